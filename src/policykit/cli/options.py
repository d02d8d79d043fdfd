"""The options that commands share. Each has an environment variable; what stands on the command line comes before it."""

from __future__ import annotations

import codecs
import os
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, TypeVar

import typer

_Format = TypeVar("_Format", bound=StrEnum)


def _text_encoding(name: str | None) -> str | None:
    """A name of an encoding that Python can decode text with."""
    if name is None:
        return None
    try:
        "".encode(name)
        b"".decode(name)
    except (LookupError, ValueError):
        raise typer.BadParameter(f"{name!r} is no text encoding; try utf-8, gb18030, big5hkscs or utf-16") from None
    return codecs.lookup(name).name


def complete_input(incomplete: str) -> Iterator[str]:
    """What a shell offers for an input: corpus ids, files and folders."""
    yield from complete_id(incomplete)
    folder, name = os.path.split(incomplete)
    try:
        entries = sorted(os.scandir(folder or "."), key=lambda entry: entry.name)
    except OSError:
        return
    for entry in entries:
        if entry.name.startswith(name) and not (entry.name.startswith(".") and not name):
            yield os.path.join(folder, entry.name) + ("/" if entry.is_dir() else "")


def complete_id(incomplete: str) -> list[str]:
    """What a shell offers for an id of the corpus."""
    from policykit.corpus import open_corpus

    return [document.id for document in open_corpus() if document.id.startswith(incomplete)]


def complete_domain(incomplete: str) -> list[str]:
    """What a shell offers for an id of a domain."""
    from policykit.domains import load_domains

    return [domain.id for domain in load_domains() if domain.id.startswith(incomplete)]


Inputs = Annotated[
    list[str],
    typer.Argument(
        metavar="INPUT...",
        help="Files, folders (their .txt, .text and .md files), patterns in quotes ('plans/**/*.txt'), ids of the corpus, addresses "
        "(s3://…, with fsspec), or - for standard input.",
        autocompletion=complete_input,
        show_default=False,
    ),
]
Output = Annotated[
    str | None,
    typer.Option(
        "--output",
        "-o",
        metavar="FILE|DIR",
        envvar="POLICYKIT_OUTPUT",
        help="Write to a file, or to a folder with one result per document (a folder that exists, or a name that ends in /), "
        "or - for standard output. A file is replaced only when its result is complete.",
        show_default=False,
    ),
]
ResultFile = Annotated[
    str | None,
    typer.Option(
        "--output",
        "-o",
        metavar="FILE",
        envvar="POLICYKIT_OUTPUT",
        help="Write to a file, which is replaced only when the result is complete, or - for standard output.",
        show_default=False,
    ),
]
CorpusFolders = Annotated[
    list[Path] | None,
    typer.Option(
        "--corpus",
        metavar="DIR",
        envvar="POLICYKIT_CORPUS",
        help="A folder with documents of your own that can be named by id (ID.txt, with ID.yaml beside it if you like); searched "
        "before the corpus that comes with the package. May be given several times.",
        show_default=False,
    ),
]
DictionaryFolders = Annotated[
    list[Path] | None,
    typer.Option(
        "--dictionaries",
        metavar="DIR",
        envvar="POLICYKIT_DICTIONARIES",
        help="A folder with domain files of your own. May be given several times.",
        show_default=False,
    ),
]
Encoding = Annotated[
    str | None,
    typer.Option(
        "--encoding",
        metavar="NAME",
        envvar="POLICYKIT_ENCODING",
        help="The encoding of the documents, where it is not to be found out (utf-8, gb18030, big5hkscs, utf-16 …).",
        callback=_text_encoding,
        show_default=False,
    ),
]
Quiet = Annotated[
    bool, typer.Option("--quiet", "-q", envvar="POLICYKIT_QUIET", help="No progress and no remarks, only errors.")
]
Verbose = Annotated[
    bool,
    typer.Option(
        "--verbose",
        "-v",
        envvar="POLICYKIT_VERBOSE",
        help="Say on standard error what each document was read as and what was found.",
    ),
]


#: keys whose lists are written one item a line
_LONG_LISTS = frozenset({"strong_terms", "terms", "weak_terms", "counter_terms", "bodies", "examples", "source"})


class Language(StrEnum):
    """What the labels of a page are written in."""

    zh = "zh"
    en = "en"


def language(envvar: str) -> Any:
    """The option for the language of a page's labels, with its environment variable."""
    return typer.Option("--language", envvar=envvar, help="The language of the labels in text and markdown.")


class DataFormat(StrEnum):
    """How plain data is printed."""

    yaml = "yaml"
    json = "json"


class TableFormat(StrEnum):
    """How rows are printed: for reading, or as data."""

    text = "text"
    yaml = "yaml"
    json = "json"


#: what the name of a file says about what is to stand in it; the first of the formats that a command has
_SUFFIXES = {
    ".yaml": ("yaml",),
    ".yml": ("yaml",),
    ".json": ("json",),
    ".jsonl": ("jsonl",),
    ".ndjson": ("jsonl",),
    ".csv": ("csv",),
    ".md": ("markdown", "text"),
    ".markdown": ("markdown", "text"),
    ".txt": ("text", "table", "readable"),
    ".sarif": ("sarif",),
    ".xml": ("junit",),
    ".parquet": ("parquet",),
}
#: what other programs make of a document or a table
_OTHER_SUFFIXES = frozenset(".pdf .doc .docx .odt .rtf .html .htm .xls .xlsx .ods .tsv .sqlite .db".split())


def format_for(stated: _Format | None, output: str | None, formats: type[_Format], otherwise: _Format) -> _Format:
    """The format that is stated (by option, variable or settings file), else that which the name of the output file says, else another.

    A folder says nothing, nor does an ending that stands for nothing in particular. Raises `typer.BadParameter` for one that stands for what
    the command does not write: nobody wants YAML in a PDF.

    >>> format_for(None, "a.json", DataFormat, DataFormat.yaml).value, format_for(None, "a.out", DataFormat, DataFormat.yaml).value
    ('json', 'yaml')
    """
    if stated is not None:
        return stated
    if output is not None and not os.path.isdir(output):
        known = {format.value: format for format in formats}
        suffix = os.path.splitext(output)[1].lower()
        for name in _SUFFIXES.get(suffix, ()):
            if name in known:
                return known[name]
        # a page for reading or the text itself may stand in any .txt
        if suffix in _OTHER_SUFFIXES or (suffix in _SUFFIXES and suffix != ".txt"):
            raise typer.BadParameter(
                f"no format is written here whose files end in {suffix}: say which one is meant with --format "
                f"({', '.join(known)}), or name another file",
                param_hint="'--output'",
            )
    return otherwise


def write_plain(data: Any, format: StrEnum) -> str:
    """Plain data as YAML or JSON."""
    if format.value == "json":
        from policykit.formats.json import write_json, write_json_line

        if isinstance(data, list):
            return "[\n" + ",\n".join(f" {write_json_line(row)}" for row in data) + "\n]\n" if data else "[]\n"
        return write_json(data)
    from policykit.formats.yaml import write_yaml

    return write_yaml(data, blocks=_LONG_LISTS)


def on_one_line(value: object) -> str:
    """A value out of a file as part of a line."""
    return " ".join(str(value).split())
