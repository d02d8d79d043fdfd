"""`policykit schema`: the JSON Schema of what `extract` prints."""

from __future__ import annotations

import typer

from policykit.cli.console import print_text

app = typer.Typer(rich_markup_mode=None, add_completion=False)


@app.command(short_help="Print the JSON Schema of what extract prints.")
def schema() -> None:
    """Print the JSON Schema (2020-12) of the format policykit/analysis/1, which `policykit extract` writes.

    \b
    Example:
      policykit schema > analysis.schema.json
    """
    from policykit.formats.schema import schema_text

    print_text(schema_text())
