"""`policykit corpus`: which documents can be named by id."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from policykit.cli import options
from policykit.cli.console import print_text, remark

if TYPE_CHECKING:
    from policykit.corpus import CorpusDocument

app = typer.Typer(rich_markup_mode=None, add_completion=False, no_args_is_help=True)


@app.callback(short_help="The documents that can be named by id.")
def corpus() -> None:
    """List, show and locate the documents of the corpus, which commands know by their ids.

    A folder of your own (--corpus DIR or POLICYKIT_CORPUS) is searched before the corpus that comes with the package. A document is a
    text ID.txt; ID.yaml beside it may say its title, issuers, dates, source and sha256.

    \b
    Examples:
      policykit corpus list
      policykit corpus show 2011-beijing
      less "$(policykit corpus path 2023-national)"
    """


Id = Annotated[
    str,
    typer.Argument(metavar="ID", help="An id that `policykit corpus list` prints.", autocompletion=options.complete_id),
]


@app.command("list", short_help="Print the ids, dates and titles of all documents.")
def list_documents(
    format: Annotated[
        options.TableFormat,
        typer.Option("--format", "-f", envvar="POLICYKIT_CORPUS_FORMAT", help="text with a line each, yaml, or json."),
    ] = options.TableFormat.text,
    corpus: options.CorpusFolders = None,
) -> None:
    """Print the ids, dates and titles of all documents."""
    from policykit.corpus import open_corpus

    documents = list(open_corpus(*(corpus or ())))
    for document in documents:
        _warn(document)
    if format is options.TableFormat.text:
        width = max((len(document.id) for document in documents), default=0)
        for document in documents:
            known = document.metadata
            issued = str(known.get("issued") or "-")
            print_text(f"{document.id:{width}}  {issued:10}  {options.on_one_line(known.get('title') or '-')}\n")
        return
    print_text(options.write_plain([_with_id(document, document.metadata) for document in documents], format))


@app.command("show", short_help="Print what is known about a document.")
def show_document(
    id: Id,
    format: Annotated[
        options.DataFormat, typer.Option("--format", "-f", envvar="POLICYKIT_CORPUS_FORMAT", help="yaml or json.")
    ] = options.DataFormat.yaml,
    corpus: options.CorpusFolders = None,
) -> None:
    """Print what is known about a document: title, issuers, dates, source address, sha256, licence."""
    from policykit.corpus import open_corpus

    document = open_corpus(*(corpus or ())).document(id)
    _warn(document)
    print_text(options.write_plain(_description(document), format))


def _warn(document: CorpusDocument) -> None:
    """Say which keys of a sidecar mean nothing: a slip in a key must not pass for a missing value."""
    from policykit.corpus import unknown_keys

    for line in unknown_keys(document.metadata):
        remark(f"policykit: {document.path.with_suffix('.yaml')}: {line}")


def _description(document: CorpusDocument) -> dict[str, Any]:
    import hashlib

    data = document.path.read_bytes()
    digest = hashlib.sha256(data).hexdigest()
    known = dict(document.metadata)
    stated = known.setdefault("sha256", digest)
    if stated != digest:
        remark(
            f"policykit: {document.path}: the text is not the one that its sidecar describes; its sha256 is {digest}"
        )
    return {**_with_id(document, known), "bytes": len(data)}


def _with_id(document: CorpusDocument, known: dict[str, Any]) -> dict[str, Any]:
    """What is known, behind the id that the document goes by, whatever its sidecar says."""
    return {"id": document.id, **{key: value for key, value in known.items() if key != "id"}}


@app.command("path")
def print_path(id: Id, corpus: options.CorpusFolders = None) -> None:
    """Print where the text of a document lies."""
    from policykit.corpus import open_corpus

    print_text(f"{open_corpus(*(corpus or ())).document(id).path}\n")
