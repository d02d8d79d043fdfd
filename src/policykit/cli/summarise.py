"""`policykit summarise`: a page about a document, a matrix of several."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from policykit.cli import options
from policykit.cli.console import remark

if TYPE_CHECKING:
    from policykit.cli.results import Destination

app = typer.Typer(rich_markup_mode=None, add_completion=False)


class Format(StrEnum):
    """What a summary is written as."""

    text = "text"
    yaml = "yaml"
    json = "json"
    markdown = "markdown"


def _length(wanted: str) -> str:
    from policykit.errors import PolicykitError
    from policykit.summary.length import length

    try:
        length(wanted)
    except PolicykitError as error:
        raise typer.BadParameter(str(error)) from None
    return wanted


@app.command(short_help="A page about a document; a matrix of several.")
def summarise(
    inputs: options.Inputs,
    format: Annotated[
        Format | None,
        typer.Option(
            "--format",
            "-f",
            envvar="POLICYKIT_SUMMARY_FORMAT",
            help="text (a page with bars), markdown, yaml or json; without it what the name of the --output file ends in, else "
            "text on a terminal and yaml elsewhere.",
            show_default=False,
        ),
    ] = None,
    length: Annotated[
        str,
        typer.Option(
            "--length",
            "-l",
            metavar="short|medium|long|NUMBER",
            envvar="POLICYKIT_SUMMARY_LENGTH",
            help="How much to say; a number is that of the telling sentences.",
            callback=_length,
        ),
    ] = "medium",
    language: Annotated[options.Language, options.language(envvar="POLICYKIT_SUMMARY_LANGUAGE")] = options.Language.zh,
    output: options.ResultFile = None,
    dictionaries: options.DictionaryFolders = None,
    corpus: options.CorpusFolders = None,
    encoding: options.Encoding = None,
    quiet: options.Quiet = False,
) -> int:
    """Print a page about a document: what it is, its main goals, what is due when, the tasks and who leads them, the domains by weight,
    the most telling sentences in its own words, and what is missing.

    Several inputs, a folder or a pattern are put side by side: documents and domains, indicators with the values that each document
    promises, deadlines. An input may also be a saved analysis (what `policykit extract` wrote). `policykit schema summary` and
    `policykit schema overview` print the JSON Schemas.

    \b
    Examples:
      policykit summarise 2023-national
      policykit summarise plan.txt --format markdown --language en > plan.md
      policykit summarise plan.txt --length 10
      policykit summarise reports/ --format yaml | less
      policykit extract plans/ --format jsonl | policykit summarise -

    Exit code: 0 done; 2 wrong usage or nothing could be read; 3 some of several inputs failed, the others are in the matrix.
    """
    from policykit.cli.analyses import NamedAnalyses
    from policykit.cli.exit_codes import DONE, PARTLY_DONE, TROUBLE
    from policykit.cli.passed_over import remark_on_passed_over
    from policykit.cli.results import Destination
    from policykit.corpus import open_corpus
    from policykit.summary import overview, summarise

    if not quiet:
        remark_on_passed_over(inputs)
    named = NamedAnalyses(inputs, open_corpus(*(corpus or ())), encoding, dictionaries or ())
    destination = Destination.named(output, named.expansion.inputs)
    documents = list(named)
    if not documents:
        return TROUBLE
    several = named.expansion.several or len(documents) > 1
    data = overview(documents, length) if several else summarise(documents[0], length)
    wanted = destination.format(format, Format, for_reading=Format.text, otherwise=Format.yaml)
    destination.write(_written(data, wanted, language, destination), is_safe=wanted is Format.text)
    if named.failed and not quiet:
        remark(f"policykit: {len(documents)} of {len(documents) + named.failed} done, {named.failed} failed")
    return PARTLY_DONE if named.failed else DONE


def _written(data: Mapping[str, Any], format: Format, language: options.Language, to: Destination) -> str:
    if format is Format.json:
        from policykit.formats.json import write_json

        return write_json(data)
    if format is Format.yaml:
        from policykit.formats.yaml import write_yaml

        return write_yaml(data, blocks=("document", "documents", "sentences", "missing", "timeline", "indicators"))
    from policykit.summary.overview_view import overview_view
    from policykit.summary.view import page_view

    parts = overview_view(data, language.value) if "documents" in data else page_view(data, language.value)
    if format is Format.markdown:
        from policykit.formats.page import write_markdown

        return write_markdown(parts)
    from policykit.cli.page import write_page

    return write_page(parts, colour=to.colour, width=to.width)
