"""`policykit search`: passages by their words and by what was found in them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from enum import StrEnum
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from policykit.cli import options
from policykit.cli.console import complain, print_text, remark
from policykit.errors import PolicykitError

if TYPE_CHECKING:
    from policykit.cli.results import Destination
    from policykit.corpus import Corpus
    from policykit.errors import InputError
    from policykit.inputs import Input

app = typer.Typer(rich_markup_mode=None, add_completion=False)

#: as grep has it: something was found, nothing was found (trouble is 2)
FOUND, NOTHING_FOUND = 0, 1


class Format(StrEnum):
    """What the rows are written as."""

    table = "table"
    yaml = "yaml"
    json = "json"
    jsonl = "jsonl"
    csv = "csv"


@app.command(short_help="Find passages by their words and by what was found in them.")
def search(
    query: Annotated[str, typer.Argument(metavar="QUERY", help="What to look for; see below.", show_default=False)],
    paths: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[PATH...]",
            help="Where: files, folders, patterns in quotes, ids of the corpus, saved analyses, an index that `policykit index` made, "
            "or - for standard input; without it the whole corpus. A folder that has an index is searched by it.",
            autocompletion=options.complete_input,
            show_default=False,
        ),
    ] = None,
    format: Annotated[
        Format | None,
        typer.Option(
            "--format",
            "-f",
            envvar="POLICYKIT_SEARCH_FORMAT",
            help="table (for reading), yaml, json, jsonl with a match per line, or csv with a target per line; without it what the "
            "name of the --output file ends in, else table on a terminal and yaml elsewhere.",
            show_default=False,
        ),
    ] = None,
    limit: Annotated[
        int | None,
        typer.Option(
            "--limit",
            "-n",
            metavar="NUMBER",
            min=1,
            envvar="POLICYKIT_SEARCH_LIMIT",
            help="Stop after so many matches.",
            show_default=False,
        ),
    ] = None,
    output: options.ResultFile = None,
    dictionaries: options.DictionaryFolders = None,
    corpus: options.CorpusFolders = None,
    encoding: options.Encoding = None,
    quiet: options.Quiet = False,
) -> int:
    """Print the sentences of documents that a query finds, each with document, section, line and what was found in it.

    All parts of a query must hold for one passage (a task, an article, or the text of a heading). Words are found in either script and
    in the wording of the mainland, Taiwan and Hong Kong; in quotes they are meant to the letter. A - before a part means: not. A query
    that begins with - stands behind --.

    \b
      数据 "公共服务" -试点         words, a phrase, a word that must not be there
      domain:smart-city            of a task: domain, role, lead, support, body, heading, section
      comparator:>= unit:% value>50   of one target: also kind, indicator, binding
      value>=1000亿元, value:50%    a number in a unit; unit:亿元 what is written in it
      deadline<2028                < <= > >= = or : with a year, month or day
      level:provincial issuer:北京   of the document: also region, title, kind, document, issued
      lead:*                       any at all; domain:health,education either
      养老 OR 托育, (养老 服务)|托育   either; OR binds the parts beside it

    \b
    Examples:
      policykit search '數據治理'
      policykit search 'domain:smart-city comparator:>= deadline<2028 数据' plans/
      policykit search 'role:task -body:*' plan.txt --format csv > unassigned.csv
      policykit index plans/ && policykit search '养老服务 value>=100' plans/

    Exit code: 0 something was found; 1 nothing; 2 wrong usage, a query that cannot be read, or a place that cannot be.
    """
    from policykit.cli.exit_codes import TROUBLE
    from policykit.cli.results import Destination
    from policykit.corpus import open_corpus
    from policykit.inputs import readable
    from policykit.search.fields import domain_names
    from policykit.search.query import parse_query
    from policykit.search.sources import Search

    def domains() -> Any:
        from policykit.domains import load_domains

        return domain_names(load_domains(dictionaries or ()))

    troubles: list[PolicykitError] = []

    def note(error: PolicykitError) -> None:
        troubles.append(error)
        complain(str(error))

    # in an 8-bit locale Python leaves what is not ASCII in words of the command line undecoded
    query = readable(query)
    wanted = parse_query(query, domains=domains)

    def remark_on(line: str) -> None:
        if not quiet:
            remark(f"policykit: {line}")

    known = open_corpus(*(corpus or ()))
    destination = Destination.named(output, _read_by(paths or [], known))
    through = Search(wanted, known, encoding, dictionaries or (), note, remark_on)
    rows = islice(through.rows(paths or []), limit)
    written = destination.format(format, Format, for_reading=Format.table, otherwise=Format.yaml)
    count = _write(rows, query, written, destination)
    if not count and not troubles and written is Format.table:
        remark_on("nothing found")
    return TROUBLE if troubles else FOUND if count else NOTHING_FOUND


def _read_by(paths: list[str], corpus: Corpus) -> Iterator[Input | InputError]:
    """What a search may read: documents, analyses, indexes."""
    from policykit.inputs import Input, listing
    from policykit.search.index import INDEX_NAME, Index, is_index

    yield from listing(paths or [document.id for document in corpus], corpus, with_analyses=True)
    for path in paths:
        index = Path(path, INDEX_NAME)
        if index.is_file():
            yield Input(str(index), "", index, "")
        elif is_index(path):
            with suppress(PolicykitError), Index(path) as named:
                yield from listing([named.root] if named.is_at_hand() else [], corpus, with_analyses=True)


def _write(rows: Iterator[dict[str, Any]], query: str, format: Format, to: Destination) -> int:
    """Write the rows; returns how many there were."""
    if format is Format.jsonl and to.output is None:
        return _print_lines(rows)
    found = list(rows)
    text = _text(found, query, format, to)
    if text or to.output is not None:
        to.write(text, is_safe=format is Format.table)
    return len(found)


def _print_lines(rows: Iterable[dict[str, Any]]) -> int:
    """One row a line, each as soon as it is found."""
    from policykit.formats.json import write_json_line

    count = 0
    for row in rows:
        print_text(write_json_line(row) + "\n")
        count += 1
    return count


def _text(rows: list[dict[str, Any]], query: str, format: Format, to: Destination) -> str:
    from policykit.search.results import FORMAT

    match format:
        case Format.yaml:
            from policykit.formats.yaml import write_yaml

            return write_yaml({"format": FORMAT, "query": query, "matches": rows}, blocks=("matches",))
        case Format.json:
            from policykit.formats.json import write_json

            return write_json({"format": FORMAT, "query": query, "matches": rows})
        case Format.jsonl:
            from policykit.formats.json import write_json_line

            return "".join(write_json_line(row) + "\n" for row in rows)
        case Format.csv:
            from policykit.search.csv import write_csv

            return write_csv(rows)
        case Format.table:
            from policykit.cli.matches import write_matches

            return write_matches(rows, colour=to.colour, width=to.width)
