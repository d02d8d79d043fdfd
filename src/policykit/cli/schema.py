"""`policykit schema`: the JSON Schemas of what the commands print."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

import typer

from policykit.cli.console import print_text

app = typer.Typer(rich_markup_mode=None, add_completion=False)


def _complete_name(incomplete: str) -> Iterator[str]:
    from policykit.formats.schema import schema_names

    yield from (name for name in schema_names() if name.startswith(incomplete))


def _known_name(name: str) -> str:
    from policykit.formats.schema import schema_names

    if name not in schema_names():
        raise typer.BadParameter(f"no format is called {name!r}; there are {', '.join(schema_names())}")
    return name


@app.command(short_help="Print the JSON Schema of what a command prints.")
def schema(
    name: Annotated[
        str,
        typer.Argument(
            metavar="[FORMAT]",
            help="What the first line of a result says: policykit/FORMAT/1. Without it: analysis, what extract prints.",
            callback=_known_name,
            autocompletion=_complete_name,
            show_default=False,
        ),
    ] = "analysis",
) -> None:
    """Print the JSON Schema (2020-12) of a format; without a name that of policykit/analysis/1, which `policykit extract` writes.

    \b
    Examples:
      policykit schema > analysis.schema.json
      policykit schema summary
    """
    from policykit.formats.schema import schema_text

    print_text(schema_text(name))
