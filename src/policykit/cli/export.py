"""`policykit export`: analyses as tables."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import Annotated, Any

import typer

from policykit.cli import options

app = typer.Typer(rich_markup_mode=None, add_completion=False)


class Kind(StrEnum):
    """What the tables are written as."""

    sqlite = "sqlite"
    csv = "csv"
    datapackage = "datapackage"
    parquet = "parquet"


@app.command(short_help="Documents or analyses in, tables out: SQLite, CSV, data package, Parquet.")
def export(
    inputs: options.Inputs,
    to: Annotated[
        Kind,
        typer.Option(
            "--to",
            "-t",
            envvar="POLICYKIT_EXPORT_TO",
            help="sqlite (a file), or csv, datapackage (CSV with a Frictionless datapackage.json) or parquet (a folder).",
            show_default=False,
        ),
    ],
    output: Annotated[
        str,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE|DIR",
            envvar="POLICYKIT_OUTPUT",
            help="The database, or the folder of the tables. They are replaced only when all are complete.",
            show_default=False,
        ),
    ],
    dictionaries: options.DictionaryFolders = None,
    corpus: options.CorpusFolders = None,
    encoding: options.Encoding = None,
    quiet: options.Quiet = False,
) -> int:
    """Write the tables documents, tasks, targets, deadlines, domains, responsibilities and references.

    Inputs are documents or saved analyses. Columns, types and keys are the same in every format; docs/batches.md describes them.
    Parquet needs pyarrow: pip install 'policykit[parquet]'.

    \b
    Examples:
      policykit export plans/ --to sqlite --output plans.db && sqlite3 plans.db 'select * from bodies limit 10'
      policykit export analyses/ --to datapackage --output tables/
      policykit export all.jsonl --to parquet --output tables/

    Exit code: 0 done; 2 wrong usage, nothing could be read, or the tables cannot be written; 3 some of several inputs failed.
    """
    from policykit.cli.analyses import NamedAnalyses
    from policykit.cli.batch import NothingDoneError
    from policykit.cli.console import remark
    from policykit.cli.exit_codes import DONE, PARTLY_DONE, TROUBLE
    from policykit.cli.passed_over import remark_on_passed_over
    from policykit.cli.places import refuse_to_overwrite
    from policykit.corpus import open_corpus
    from policykit.tables.place import check_place, put_in_place
    from policykit.tables.rows import document_rows

    write = _writer(to)
    if not quiet:
        remark_on_passed_over(inputs)
    analyses = NamedAnalyses(inputs, open_corpus(*(corpus or ())), encoding, dictionaries or (), quiet=quiet)
    check_place(output, is_file=to is Kind.sqlite)
    refuse_to_overwrite([output], analyses.expansion.inputs)
    try:
        with put_in_place(output, is_file=to is Kind.sqlite) as target, analyses.progress():
            count = write(target, document_rows(analysis.data for analysis in analyses))
            if not count:
                raise NothingDoneError
    except NothingDoneError:
        return TROUBLE
    if not quiet:
        failed = f", {analyses.failed} failed" if analyses.failed else ""
        remark(f"policykit export: {count} document{'' if count == 1 else 's'} in {output}{failed}")
    return PARTLY_DONE if analyses.failed else DONE


def _writer(kind: Kind) -> Callable[[str, Any], int]:
    match kind:
        case Kind.sqlite:
            from policykit.tables.sqlite import write_sqlite

            return write_sqlite
        case Kind.parquet:
            from policykit.tables.parquet import write_parquet

            return write_parquet
        case Kind.csv:
            from policykit.tables.csv import write_csv

            return write_csv
        case Kind.datapackage:
            from policykit.tables.csv import write_datapackage

            return write_datapackage
