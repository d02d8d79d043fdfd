"""`python -m benchmarks NAME`: run a measurement and print what came out."""

from __future__ import annotations

import argparse
import json
from importlib import import_module

MEASUREMENTS = {
    "accuracy": "targets and deadlines beside jionlp, recognizers-text-suite and cn2an, on annotated documents",
    "startup": "whole processes: --version, --help and extract beside an empty Python and beside jieba",
    "throughput": "characters per second of the whole analysis beside jieba.lcut of the same text",
    "formats": "writing an analysis as YAML and JSON beside PyYAML",
    "compare": "comparing two documents beside analysing them, and matching 400 tasks with 400",
    "compare-edits": "known edits to documents: precision and recall of the changes that comparison names",
    "wording": "text back from Traditional script and Taiwan vocabulary, beside OpenCC and zhconv",
}


def main() -> None:
    """Parse the command line and run."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks",
        description="Measure policykit beside what else one would use. Both sides alternate in one run; medians are printed with their "
        "ratio, which is what can be compared between machines.",
        epilog="\n".join(f"{name:12} {what}" for name, what in MEASUREMENTS.items())
        + "\n\n`python -m benchmarks.wording --help`: text led back from Traditional script and Taiwan vocabulary.",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("name", choices=MEASUREMENTS, metavar="NAME", help="|".join(MEASUREMENTS))
    parser.add_argument(
        "--documents", metavar="DIR", help="measure over the .txt files of a folder instead of the corpus"
    )
    parser.add_argument("--repeats", type=int, default=15, help="how often each side runs (default 15)")
    parser.add_argument("--json", action="store_true", help="print figures as JSON")
    arguments = parser.parse_args()
    measure = import_module(f"benchmarks.{arguments.name.replace('-', '_')}").measure
    rows = measure(arguments.documents, arguments.repeats)
    if arguments.json:
        print(json.dumps(rows, ensure_ascii=False, indent=1))
        return
    width = max(len(row["what"]) for row in rows)
    for row in rows:
        print(f"{row['what']:{width}}  {row['figure']}")


if __name__ == "__main__":
    main()
