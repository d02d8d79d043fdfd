"""`policykit extract`: from documents to analyses."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any

import typer

from policykit.cli import options

app = typer.Typer(rich_markup_mode=None, add_completion=False)


class Format(StrEnum):
    """What an analysis is written as."""

    yaml = "yaml"
    json = "json"
    jsonl = "jsonl"


@app.command(short_help="Documents in, tasks, targets, deadlines and more out.")
def extract(
    inputs: options.Inputs,
    format: Annotated[
        Format,
        typer.Option(
            "--format",
            "-f",
            envvar="POLICYKIT_FORMAT",
            help="yaml for reading, json, or jsonl with one document per line.",
        ),
    ] = Format.yaml,
    output: options.Output = None,
    all_quantities: Annotated[
        bool,
        typer.Option(
            "--all-quantities",
            envvar="POLICYKIT_ALL_QUANTITIES",
            help="List the numbers that are no targets too, with what they were taken for and the rule that decided.",
        ),
    ] = False,
    dictionaries: options.DictionaryFolders = None,
    corpus: options.CorpusFolders = None,
    encoding: options.Encoding = None,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> int:
    """Print what documents say: outline, tasks, targets, deadlines, domains, responsibilities, references.

    One document is printed as one YAML document or JSON object. Several inputs, a folder or a pattern are printed as a YAML
    stream, a JSON array, or a line each. `policykit schema` prints the JSON Schema of the format.

    \b
    Examples:
      policykit extract 2023-national
      policykit extract plan.txt --format json | jq '.targets[] | .indicator, .value'
      policykit extract 'plans/**/*.txt' --format jsonl --output all.jsonl
      policykit extract plans/ --output analyses/
      curl -s https://example.org/plan.txt | policykit extract -

    Exit code: 0 done; 2 wrong usage or unreadable input; 3 some of several inputs failed, the others are written.
    """
    from policykit.analysis import analyse
    from policykit.cli.batch import Batch, run_batch
    from policykit.formats.layout import Layout
    from policykit.text.source import SourceText

    def convert(source: SourceText) -> dict[str, Any]:
        return analyse(source, dictionaries=dictionaries or ()).to_data(all_quantities=all_quantities)

    batch = Batch(inputs, corpus or (), encoding, output, quiet, verbose)
    return run_batch(batch, convert, Layout(format.value), describe=_describe)


def _describe(data: dict[str, Any]) -> str:
    counts = ", ".join(
        f"{len(data[key])} {key}"
        for key in ("outline", "tasks", "targets", "deadlines", "domains", "responsibilities", "references")
    )
    return f"{data['source']['script']}, {data['source']['wording']} wording; {counts}"
