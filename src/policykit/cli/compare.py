"""`policykit compare`: what changed between two documents in what they ask for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from policykit.cli import options
from policykit.cli.console import remark

if TYPE_CHECKING:
    from policykit.cli.results import Destination
    from policykit.comparison import Comparison

app = typer.Typer(rich_markup_mode=None, add_completion=False)

#: as diff has it: nothing changed, something changed (trouble is 2)
UNCHANGED, CHANGED = 0, 1


class Format(StrEnum):
    """What a comparison is written as."""

    text = "text"
    yaml = "yaml"
    json = "json"
    markdown = "markdown"
    csv = "csv"


def _split(values: Sequence[str] | None) -> list[str]:
    """Names that may be given several times, or joined by commas."""
    return [name.strip() for value in values or () for name in value.split(",") if name.strip()]


def _sections(values: list[str] | None) -> list[str]:
    from policykit.comparison import SECTIONS

    return _known(_split(values), SECTIONS, "section")


def _changes(values: list[str] | None) -> list[str]:
    from policykit.comparison import known_changes

    kinds = known_changes()
    return _known(_split(values), [*kinds, *dict.fromkeys(kind.partition("-")[0] for kind in kinds)], "change")


def _known(names: list[str], known: Sequence[str], what: str) -> list[str]:
    for name in names:
        if name not in known:
            from policykit.corpus import nearest

            near = nearest(name, known) or known
            raise typer.BadParameter(f"no {what} is called {name!r}; there is {', '.join(near)}")
    return names


def _complete_section(incomplete: str) -> list[str]:
    from policykit.comparison import SECTIONS

    return [section for section in SECTIONS if section.startswith(incomplete)]


def _complete_change(incomplete: str) -> list[str]:
    from policykit.comparison import known_changes

    return [change for change in known_changes() if change.startswith(incomplete)]


_DOCUMENT = "a corpus id, a file, a saved analysis (YAML or JSON), or - for standard input."


@app.command(short_help="What changed between two documents in what they ask for.")
def compare(
    context: typer.Context,
    old: Annotated[
        str,
        typer.Argument(
            metavar="OLD",
            help=f"The older document: {_DOCUMENT}",
            autocompletion=options.complete_input,
            show_default=False,
        ),
    ],
    new: Annotated[
        str,
        typer.Argument(
            metavar="NEW",
            help=f"The newer document: {_DOCUMENT}",
            autocompletion=options.complete_input,
            show_default=False,
        ),
    ],
    format: Annotated[
        Format | None,
        typer.Option(
            "--format",
            "-f",
            envvar="POLICYKIT_COMPARE_FORMAT",
            help="text (for reading, side by side where the width allows), yaml, json, markdown, or csv with a row per line; without it "
            "what the name of the --output file ends in, else text on a terminal and yaml elsewhere.",
            show_default=False,
        ),
    ] = None,
    only: Annotated[
        list[str] | None,
        typer.Option(
            "--only",
            metavar="SECTION[,…]",
            envvar="POLICYKIT_COMPARE_ONLY",
            help="Compare only these: tasks, targets, deadlines, domains, responsibilities, references, vocabulary, passages.",
            callback=_sections,
            autocompletion=_complete_section,
            show_default=False,
        ),
    ] = None,
    fail_on: Annotated[
        list[str] | None,
        typer.Option(
            "--fail-on",
            metavar="CHANGE[,…]",
            envvar="POLICYKIT_COMPARE_FAIL_ON",
            help="Exit with 1 only where one of these changes is found: task-dropped, target-lowered, deadline-later, target (any change of "
            "a target) …",
            callback=_changes,
            autocompletion=_complete_change,
            show_default=False,
        ),
    ] = None,
    exit_zero: Annotated[
        bool,
        typer.Option("--exit-zero", envvar="POLICYKIT_COMPARE_EXIT_ZERO", help="Exit with 0 whatever has changed."),
    ] = False,
    language: Annotated[options.Language, options.language(envvar="POLICYKIT_COMPARE_LANGUAGE")] = options.Language.zh,
    output: options.ResultFile = None,
    dictionaries: options.DictionaryFolders = None,
    corpus: options.CorpusFolders = None,
    encoding: options.Encoding = None,
    quiet: options.Quiet = False,
) -> int:
    """Compare two documents: two versions of one, a plan and its local counterpart, or plans of different times, scripts and wordings.

    Tasks and articles are paired by what they say: reworded, moved, renumbered, split, merged, added, dropped. Targets are paired by what
    they measure: raised, lowered, tightened, loosened, earlier, later. Deadlines, domains, bodies in charge, cited documents, key terms
    and shared passages follow. `policykit schema comparison` prints the JSON Schema.

    \b
    Examples:
      policykit compare 2011-beijing 2023-national
      policykit compare old.txt new.txt --only targets,deadlines
      policykit compare last-year.yaml plan.txt --format markdown --language en > changes.md
      policykit compare approved.txt draft.txt --fail-on target-lowered,task-dropped,deadline-later

    Exit code: 0 nothing changed; 1 something changed; 2 wrong usage or unreadable input.
    """
    from policykit.analyses import load_analysis
    from policykit.cli.results import Destination
    from policykit.comparison import SECTIONS
    from policykit.comparison import compare as compare_documents
    from policykit.corpus import open_corpus
    from policykit.errors import InputError
    from policykit.inputs import STANDARD_INPUT, listing

    if old == new == STANDARD_INPUT:
        raise InputError("both documents cannot come from it", path="standard input", advice="name a file for one")
    stated = context.get_parameter_source("fail_on")
    if stated is not None and stated.name == "COMMANDLINE":  # those of a settings file hold for whatever is compared
        _refuse_what_cannot_be_found(fail_on or [], only or SECTIONS)
    known = open_corpus(*(corpus or ()))
    destination = Destination.named(output, listing((old, new), known, with_analyses=True))
    before, after = (
        load_analysis(name, corpus=known, encoding=encoding, dictionaries=dictionaries or ()) for name in (old, new)
    )
    result = compare_documents(before, after, only=only or SECTIONS)
    wanted = destination.format(format, Format, for_reading=Format.text, otherwise=Format.yaml)
    destination.write(_written(result.to_data(), wanted, language, destination), is_safe=wanted is Format.text)
    if not quiet and wanted not in (Format.text, Format.markdown):
        for warning in result["warnings"]:
            remark(f"policykit: {warning}")
    return _exit_code(result, fail_on or [], exit_zero)


def _refuse_what_cannot_be_found(changes: Sequence[str], sections: Sequence[str]) -> None:
    """Raises `typer.BadParameter` for a change to fail on that the sections to compare cannot show."""
    from policykit.comparison import section_of

    for change in changes:
        if section_of(change) not in sections:
            raise typer.BadParameter(
                f"{change} cannot be found where only {', '.join(sections)} are compared; add {section_of(change)} to --only",
                param_hint="'--fail-on'",
            )


def _exit_code(result: Comparison, fail_on: Sequence[str], exit_zero: bool) -> int:
    found = result.changes()
    if fail_on:
        found = [change for change in found if change in fail_on or change.partition("-")[0] in fail_on]
    return CHANGED if found and not exit_zero else UNCHANGED


def _written(data: Mapping[str, Any], format: Format, language: options.Language, to: Destination) -> str:
    if format is Format.json:
        from policykit.formats.json import write_json

        return write_json(data)
    if format is Format.yaml:
        from policykit.formats.yaml import write_yaml

        return write_yaml(data, blocks=("old", "new", "summary", "tasks", "targets", "deadlines"))
    if format is Format.csv:
        from policykit.comparison.table import write_csv

        return write_csv(data)
    from policykit.comparison.view import comparison_view

    parts = comparison_view(data, language.value)
    if format is Format.markdown:
        from policykit.formats.page import write_markdown

        return write_markdown(parts)
    from policykit.cli.compare_page import write_comparison

    return write_comparison(parts, colour=to.colour, width=to.width)
