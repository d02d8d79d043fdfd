"""`python -m benchmarks NAME`: run a measurement and print what came out."""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
from collections.abc import Iterator
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Any

from benchmarks.timing import Row

MEASUREMENTS = {
    "accuracy": "targets and deadlines beside jionlp, recognizers-text-suite and cn2an, on annotated documents",
    "startup": "whole processes: --version, --help and extract beside an empty Python and beside jieba",
    "throughput": "characters per second of the whole analysis beside OpenCC and jieba on the same text",
    "others": "the whole analysis beside jionlp and recognizers-text-suite, which look for numbers and times alone",
    "workers": "a batch with two worker processes beside the same batch with one",
    "growth": "what doubling the text does to the time, from 10 KB to 10 MB, over shapes that invite trouble",
    "memory": "peak memory of files of 10 KB to 10 MB, and of batches of 1,000 and 10,000 files",
    "steps": "where the time of an analysis goes, in percent",
    "formats": "writing an analysis as YAML and JSON beside PyYAML",
    "compare": "comparing two documents beside analysing them, and matching 400 tasks with 400",
    "compare-edits": "known edits to documents: precision and recall of the changes that comparison names",
    "wording": "text back from Traditional script and Taiwan vocabulary, beside OpenCC and zhconv",
}

#: what `all` measures: the most repeats, and what is measured at a smaller scale than on its own, so that all takes some ten minutes
_ALL: dict[str, tuple[int, dict[str, Any]]] = {
    "startup": (9, {}),
    "throughput": (5, {}),
    "others": (3, {}),
    "workers": (2, {}),
    "growth": (1, {"largest": 2_560_000}),
    "memory": (1, {"files": 5_000}),
    "steps": (5, {}),
}


def main() -> None:
    """Parse the command line and run."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks",
        description="Measure policykit beside what else one would use. Both sides alternate in one run; medians are printed with their "
        "ratio, which is what can be compared between machines.",
        epilog="\n".join(f"{name:12} {what}" for name, what in MEASUREMENTS.items())
        + "\nall          startup to steps, as tables in Markdown with the bars; growth and memory at a smaller scale"
        + "\n\n`python -m benchmarks.wording --help`: text led back from Traditional script and Taiwan vocabulary."
        + "\n`python -m benchmarks.growth --help`, `python -m benchmarks.memory --help`: shapes and sizes one by one.",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("name", choices=(*MEASUREMENTS, "all"), metavar="NAME", help="|".join((*MEASUREMENTS, "all")))
    parser.add_argument(
        "--documents", metavar="DIR", help="measure over the .txt files of a folder instead of the corpus"
    )
    parser.add_argument("--repeats", type=int, default=15, help="how often each side runs (default 15)")
    parser.add_argument("--files", type=int, help="how many files the batch of workers or memory has")
    parser.add_argument("--json", action="store_true", help="print figures as JSON")
    arguments = parser.parse_args()
    if arguments.name == "all":
        for line in _markdown(arguments.documents, arguments.repeats):
            print(line, flush=True)
        return
    options = {"files": arguments.files} if arguments.files else {}
    rows = _measured(arguments.name, arguments.documents, arguments.repeats, options)
    if arguments.json:
        print(json.dumps(rows, ensure_ascii=False, indent=1))
        return
    print(f"{date.today().isoformat()}, {_machine()}", file=sys.stderr)
    width = max(len(row["what"]) for row in rows)
    for row in rows:
        print(f"{row['what']:{width}}  {row['figure']}{_judged(row)}")


def _measured(name: str, documents: str | None, repeats: int, options: dict[str, Any]) -> list[Row]:
    rows: list[Row] = import_module(f"benchmarks.{name.replace('-', '_')}").measure(documents, repeats, **options)
    return rows


def _judged(row: Row) -> str:
    return f"  ({row['bar']}{'' if row['reached'] else ', missed'})" if "bar" in row else ""


def _markdown(documents: str | None, repeats: int) -> Iterator[str]:
    """Tables of everything that speed is judged by, each as soon as it is measured."""
    yield f"Measured on {date.today().isoformat()}, {_machine()}."
    for name, (most, options) in _ALL.items():
        yield f"\n### {name}\n\n{MEASUREMENTS[name][0].upper()}{MEASUREMENTS[name][1:]}.\n"
        rows = _measured(name, documents, min(repeats, most), options)
        judged = any("bar" in row for row in rows)
        yield "| what | measured |" + (" bar | reached |\n|---|---|---|---|" if judged else "\n|---|---|")
        for row in rows:
            bar = f" {row.get('bar', '')} | {('yes' if row['reached'] else '**no**') if 'bar' in row else ''} |"
            yield f"| {row['what']} | {row['figure'].strip()} |" + (bar if judged else "")


def _machine() -> str:
    """The processor, its cores and Python, and how busy the machine was to begin with."""
    processor = platform.processor() or platform.machine()
    information = Path("/proc/cpuinfo")
    if information.exists():
        lines = information.read_text(encoding="utf-8", errors="replace").splitlines()
        processor = next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), processor)
    load = f", load {os.getloadavg()[0]:.1f} at the start" if hasattr(os, "getloadavg") else ""
    from policykit.extractors import targets

    compiled = "" if str(targets.__file__).endswith(".py") else ", policykit compiled"
    return f"{processor}, {os.cpu_count()} cores, Python {platform.python_version()}{compiled}{load}"


if __name__ == "__main__":
    main()
