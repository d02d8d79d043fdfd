"""`policykit evaluate`: how well the extraction agrees with hand annotation."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from policykit.cli import options
from policykit.cli.console import is_terminal, print_text
from policykit.formats.characters import printable

if TYPE_CHECKING:
    from policykit.evaluation import Evaluation, Row

app = typer.Typer(rich_markup_mode=None, add_completion=False)


class Format(StrEnum):
    """How the figures are printed."""

    text = "text"
    json = "json"


@app.command(short_help="Measure the extraction against hand annotation.")
def evaluate_gold(
    folder: Annotated[
        Path,
        typer.Argument(metavar="GOLD_DIR", help="A folder with ID.gold.json files.", show_default=False),
    ],
    texts: Annotated[
        Path | None,
        typer.Option(
            "--texts",
            metavar="DIR",
            envvar="POLICYKIT_EVALUATE_TEXTS",
            help="Where the annotated ID.txt files lie.  [default: beside the annotation]",
            show_default=False,
        ),
    ] = None,
    format: Annotated[
        Format, typer.Option("--format", "-f", envvar="POLICYKIT_EVALUATE_FORMAT", help="text (a table) or json.")
    ] = Format.text,
    misses: Annotated[
        bool,
        typer.Option(
            "--misses", envvar="POLICYKIT_MISSES", help="List every disagreement with its document and offset."
        ),
    ] = False,
    dictionaries: options.DictionaryFolders = None,
    encoding: options.Encoding = None,
) -> None:
    """Measure the extraction against documents annotated by hand.

    Prints precision, recall and F1 for outline, tasks, task domains, targets, deadlines, responsibilities and references, and how
    often each field of what was found is right. docs/evaluation.md describes the annotation.

    \b
    Examples:
      policykit evaluate gold/
      policykit evaluate gold/ --texts documents/
      policykit evaluate gold/ --misses | grep '^targets'
      policykit evaluate gold/ --format json | jq .layers.targets.f1
    """
    import json

    from policykit.analysis import analyse
    from policykit.evaluation import evaluate, gold_documents
    from policykit.formats.json import write_json, write_json_line
    from policykit.inputs import Input, read

    def compared() -> Iterator[tuple[str, str, Row, Row]]:
        for gold in gold_documents(folder, texts):
            source = read(Input(str(gold.path), gold.id, gold.path, gold.id), encoding)
            found = json.loads(write_json_line(analyse(source, dictionaries=dictionaries or ()).to_data()))
            yield gold.id, source.text, gold.annotation, found

    evaluation = evaluate(compared())
    if format is Format.json:
        print_text(write_json(evaluation.to_data(misses=misses)))
    elif is_terminal(sys.stdout):
        _show_table(evaluation)
    else:
        print_text(_plain_table(evaluation))
    if misses and format is Format.text:
        for miss in evaluation.misses:
            print_text(printable(str(miss)) + "\n")


def _plain_table(evaluation: Evaluation) -> str:
    rows = [f"{evaluation.documents} documents", "layer              F1     precision  recall  gold  found"]
    for name, layer in evaluation.layers.items():
        figures = f"{layer.f1:.3f}  {layer.precision:.3f}      {layer.recall:.3f}   {layer.gold:<5} {layer.found}"
        rows.append(f"{name:17}  {figures}")
    width = max((len(name) for name in evaluation.fields), default=0)
    rows.append(f"{'field':{width}}  right  of")
    rows += [f"{name:{width}}  {score.accuracy:.3f}  {score.of}" for name, score in evaluation.fields.items()]
    return "\n".join(rows) + "\n"


def _show_table(evaluation: Evaluation) -> None:
    from rich.console import Console
    from rich.table import Table

    console = Console(markup=False, highlight=False)
    layers = Table(title=f"{evaluation.documents} documents", title_justify="left", box=None)
    for heading in ("layer", "F1", "precision", "recall", "gold", "found"):
        layers.add_column(heading, justify="left" if heading == "layer" else "right")
    for name, layer in evaluation.layers.items():
        layers.add_row(
            name, f"{layer.f1:.3f}", f"{layer.precision:.3f}", f"{layer.recall:.3f}", str(layer.gold), str(layer.found)
        )
    fields = Table(box=None)
    for heading in ("field", "right", "of"):
        fields.add_column(heading, justify="left" if heading == "field" else "right")
    for name, score in evaluation.fields.items():
        fields.add_row(name, f"{score.accuracy:.3f}", str(score.of))
    console.print(layers)
    console.print()
    console.print(fields)
