"""`policykit segment`: the words of documents."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from policykit.cli import options

if TYPE_CHECKING:
    from policykit.text.normalise import NormalisedText
    from policykit.text.segment import Token
    from policykit.text.source import SourceText

app = typer.Typer(rich_markup_mode=None, add_completion=False)


class Format(StrEnum):
    """What comes out."""

    text = "text"
    json = "json"
    jsonl = "jsonl"


@app.command(short_help="The words of documents, with spaces between them.")
def segment(
    inputs: options.Inputs,
    format: Annotated[
        Format | None,
        typer.Option(
            "--format",
            "-f",
            envvar="POLICYKIT_SEGMENT_FORMAT",
            help="text, or json (jsonl) with the words and their offsets; without it what the name of the --output file ends in, else text.",
            show_default=False,
        ),
    ] = None,
    output: options.Output = None,
    corpus: options.CorpusFolders = None,
    encoding: options.Encoding = None,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> int:
    """Print the words of documents: one paragraph a line, a space between words.

    Documents are normalised first (see `policykit normalise`); words are jieba's, with the terms of policy language kept
    whole. With --format json each word has its offsets in the normalised text (start, end) and its span in the source
    (code points, from 0).

    \b
    Examples:
      policykit segment 2023-national | tr ' ' '\\n' | sort | uniq -c | sort -rn | head
      policykit normalise page.txt | policykit segment -
      policykit segment plans/ --format jsonl --output words.jsonl

    Exit code: 0 done; 2 wrong usage or unreadable input; 3 some of several inputs failed, the others are written.
    """
    from policykit.cli.batch import Batch, run_batch
    from policykit.formats.layout import Layout
    from policykit.text.normalise import normalise
    from policykit.text.segment import segment as segment_text

    wanted = options.format_for(format, output, Format, Format.text)

    def convert(source: SourceText) -> Any:
        normalised = normalise(source)
        tokens = segment_text(normalised)
        return _lines(normalised, tokens) if wanted is Format.text else _data(normalised, tokens)

    batch = Batch(inputs, corpus or (), encoding, output, quiet, verbose)
    return run_batch(batch, convert, Layout("txt" if wanted is Format.text else wanted.value))


def _lines(normalised: NormalisedText, tokens: tuple[Token, ...]) -> str:
    """Words with spaces between, lines as in the normalised text."""
    pieces: list[str] = []
    position = 0
    for token in tokens:
        if pieces:
            pieces.append("\n" if "\n" in normalised.text[position : token.start] else " ")
        pieces.append(token.text)
        position = token.end
    return "".join(pieces) + "\n" if pieces else ""


def _data(normalised: NormalisedText, tokens: tuple[Token, ...]) -> dict[str, Any]:
    source = normalised.source
    return {
        "format": "policykit/segmented/1",
        "source": normalised.source_data(),
        "text": normalised.text,
        "words": [
            {
                "text": token.text,
                "start": token.start,
                "end": token.end,
                "span": {**token.source._asdict(), "line": source.line_at(token.source.start)},
            }
            for token in tokens
        ],
    }
