"""`policykit index`: an index of a folder, for quick searches."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from policykit.cli import options
from policykit.cli.console import complain, is_terminal, remark

app = typer.Typer(rich_markup_mode=None, add_completion=False)


@app.command(short_help="Index a folder of documents, for quick searches.")
def index(
    folder: Annotated[
        str, typer.Argument(metavar="DIR", help="A folder with documents or saved analyses.", show_default=False)
    ],
    output: Annotated[
        str | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            envvar="POLICYKIT_INDEX",
            help="Where the index lies; without it .policykit.sqlite in the folder, where `policykit search` finds it.",
            show_default=False,
        ),
    ] = None,
    dictionaries: options.DictionaryFolders = None,
    corpus: options.CorpusFolders = None,
    encoding: options.Encoding = None,
    quiet: options.Quiet = False,
) -> int:
    """Make or update the index of a folder. Only files whose content has changed are read again (all of them after an update of
    policykit or of its dictionaries).

    `policykit search QUERY DIR` then searches by the index, and reads what has changed since by itself. An index may be made while
    another process searches or makes it; one that is stopped leaves it as it was.

    \b
    Examples:
      policykit index plans/
      policykit search '养老服务' plans/
      policykit index /mnt/plans --output plans.sqlite && policykit search '养老服务' plans.sqlite

    Exit code: 0 done; 2 wrong usage, no documents, or the index cannot be written; 3 some files
    or folders could not be read.
    """
    from policykit.cli.exit_codes import DONE, PARTLY_DONE
    from policykit.cli.passed_over import remark_on_passed_over
    from policykit.corpus import open_corpus
    from policykit.errors import InputError
    from policykit.search.index import update_index

    if not _is_folder(folder):
        raise InputError("not a folder", path=folder, advice="name the folder that holds the documents")
    if not quiet:
        remark_on_passed_over([folder])
    corpora = open_corpus(*(corpus or ()))
    if quiet or not is_terminal(sys.stderr):
        update = update_index(folder, output, corpus=corpora, encoding=encoding, dictionaries=dictionaries or ())
    else:
        from policykit.cli.progress import Counter

        with Counter() as counter:
            update = update_index(
                folder, output, corpus=corpora, encoding=encoding, dictionaries=dictionaries or (), advance=counter
            )
    for failure in update.failed:
        complain(str(failure))
    if not quiet:
        counts = {name: len(getattr(update, name)) for name in ("added", "changed", "removed", "unchanged")}
        remark("policykit index: " + ", ".join(f"{count} {name}" for name, count in counts.items()))
    return PARTLY_DONE if update.failed else DONE


def _is_folder(path: str) -> bool:
    import os

    return os.path.isdir(path)
