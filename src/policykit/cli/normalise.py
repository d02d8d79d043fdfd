"""`policykit normalise`: one text out of different scripts, wordings and layouts."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from policykit.cli import options

if TYPE_CHECKING:
    from policykit.text.normalise import NormalisedText
    from policykit.text.source import SourceText

app = typer.Typer(rich_markup_mode=None, add_completion=False)


class Format(StrEnum):
    """What comes out."""

    text = "text"
    json = "json"
    jsonl = "jsonl"


class Side(StrEnum):
    """For whom the text is written."""

    taiwan = "taiwan"
    hong_kong = "hong-kong"
    simplified_only = "simplified-only"


@app.command(short_help="One text out of different scripts, wordings and layouts.")
def normalise(
    inputs: options.Inputs,
    format: Annotated[
        Format | None,
        typer.Option(
            "--format",
            "-f",
            envvar="POLICYKIT_NORMALISE_FORMAT",
            help="text, or json (jsonl) with text, map and changes; without it what the name of the --output file ends in, else text.",
            show_default=False,
        ),
    ] = None,
    diff: Annotated[
        bool, typer.Option("--diff", envvar="POLICYKIT_DIFF", help="Show what changed instead, line by line.")
    ] = False,
    keep: Annotated[
        str,
        typer.Option(
            "--keep",
            metavar="LIST",
            envvar="POLICYKIT_KEEP",
            help="Steps to leave out, with commas between: characters, punctuation, spaces, furniture, lines, wording.",
            show_default=False,
        ),
    ] = "",
    to: Annotated[
        Side | None,
        typer.Option(
            "--to",
            envvar="POLICYKIT_TO",
            help="Write for readers on the other side, as far as words are listed for them; simplified-only changes characters and no words.",
            show_default=False,
        ),
    ] = None,
    output: options.Output = None,
    corpus: options.CorpusFolders = None,
    encoding: options.Encoding = None,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> int:
    """Print the working text of documents: Simplified characters, mainland wording, one width, one paragraph a line.

    This is the text that all commands work on. Page furniture is left out, broken lines are joined. With --format json
    every change is listed with its rule, and the map leads from the source to the text and back (code points, from 0).

    \b
    Examples:
      policykit normalise 2023-national
      policykit normalise page.txt --diff | less -R
      cat page.txt | policykit normalise - --keep wording | grep 標準 | wc -l
      policykit normalise plan.txt --to taiwan
      policykit normalise plans/ --format jsonl --output texts.jsonl

    Exit code: 0 done; 2 wrong usage or unreadable input; 3 some of several inputs failed, the others are written.
    """
    import sys

    from policykit.cli.batch import Batch, run_batch
    from policykit.cli.console import wants_colour
    from policykit.formats.layout import Layout
    from policykit.text.normalise import STEPS
    from policykit.text.normalise import normalise as normalise_text
    from policykit.text.readers import for_readers

    steps = [step.strip() for step in keep.split(",") if step.strip()]
    for step in steps:
        if step not in STEPS:
            raise typer.BadParameter(f"{step!r} is no step; there are {', '.join(STEPS)}", param_hint="--keep")
    wanted = options.format_for(format, output, Format, Format.text)
    if wanted is not Format.text and (diff or to in (Side.taiwan, Side.hong_kong)):
        raise typer.BadParameter("--diff and --to print text, not JSON", param_hint="--format")
    if diff and to in (Side.taiwan, Side.hong_kong):
        raise typer.BadParameter("not together with --to", param_hint="--diff")
    if to is Side.simplified_only:
        steps.append("wording")
    coloured = diff and output is None and wants_colour(sys.stdout)

    def convert(source: SourceText) -> Any:
        normalised = normalise_text(source, keep=steps)
        if wanted is not Format.text:
            return _data(normalised)
        if diff:
            return _difference(normalised, coloured)
        text = normalised.text + "\n" if normalised.text else ""
        if to in (None, Side.simplified_only):
            return text
        return for_readers(text, "taiwan" if to is Side.taiwan else "hong-kong")

    batch = Batch(inputs, corpus or (), encoding, output, quiet, verbose)
    return run_batch(batch, convert, Layout("txt" if wanted is Format.text else wanted.value), is_safe=coloured)


def _data(normalised: NormalisedText) -> dict[str, Any]:
    from policykit.text.changes import changes, mapping

    source = normalised.source
    return {
        "format": "policykit/normalised/1",
        "source": normalised.source_data(with_evidence=True),
        "text": normalised.text,
        "changes": [
            {
                "rules": list(change.rules),
                "before": change.before,
                "after": change.after,
                "span": {**change.source._asdict(), "line": source.line_at(change.source.start)},
                "working": change.working._asdict(),
            }
            for change in changes(normalised)
        ],
        "map": [{"source": list(source), "working": list(working)} for source, working in mapping(normalised)],
        "warnings": [*source.warnings, *normalised.warnings],
    }


def _difference(normalised: NormalisedText, coloured: bool) -> str:
    """The lines of the source that changed, with what went as [-…-] and what came as {+…+}, or in colour."""
    from policykit.formats.characters import printable
    from policykit.text.changes import changes

    went, came = ("\x1b[31;9m{}\x1b[0m", "\x1b[32m{}\x1b[0m") if coloured else ("[-{}-]", "{{+{}+}}")
    shown: list[str] = []
    line: list[str] = []
    number = begun = 1
    is_changed = False

    def end_line() -> None:
        nonlocal begun, is_changed
        if is_changed:
            shown.append(f"{begun}: {''.join(line)}\n")
        line.clear()
        begun, is_changed = number, False

    def unchanged(text: str) -> None:
        nonlocal number
        first, *others = text.split("\n")
        line.append(printable(first))
        for other in others:
            number += 1
            end_line()
            line.append(printable(other))

    text, place = normalised.source.text, 0
    for change in changes(normalised):
        unchanged(text[place : change.source.start])
        line += [sign.format(printable(part)) for sign, part in ((went, change.before), (came, change.after)) if part]
        number += change.before.count("\n")
        is_changed = True
        place = change.source.end
        if "\n" in change.after:
            end_line()
    unchanged(text[place:])
    end_line()
    return "".join(shown)
