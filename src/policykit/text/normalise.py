"""From a source text to the working text: Simplified characters, mainland wording, one width, paragraphs on one line each."""

from __future__ import annotations

from dataclasses import dataclass, field

from policykit.text.characters import Script, convert_characters
from policykit.text.layout import layout_edits
from policykit.text.punctuation import convert_punctuation
from policykit.text.source import SourceText
from policykit.text.spans import Rewriting, Span, rewrite


@dataclass(frozen=True)
class NormalisedText:
    """The working text and the way back to the source.

    `text` holds one paragraph a line, no blank lines, no white space at either end of a line; characters are Simplified, digits and
    Latin letters half-width, Chinese punctuation full-width. `rewritings` lead from the source to `text`, step by step.
    """

    source: SourceText
    text: str
    rewritings: tuple[Rewriting, ...] = ()
    script: Script = "simplified"
    wording: str = "mainland"  # mainland, taiwan-gateway, taiwan, hong-kong
    warnings: tuple[str, ...] = field(default=())

    def source_span(self, start: int, end: int) -> Span:
        """Where a stretch of the working text stands in the source."""
        span = Span(start, end)
        for rewriting in reversed(self.rewritings):
            span = rewriting.source_span(span)
        return span

    def working_span(self, start: int, end: int) -> Span:
        """Where a stretch of the source stands in the working text."""
        span = Span(start, end)
        for rewriting in self.rewritings:
            span = rewriting.target_span(span)
        return span

    def quote(self, start: int, end: int) -> str:
        """The source's own letters for a stretch of the working text."""
        span = self.source_span(start, end)
        return self.source.text[span.start : span.end]


def normalise(source: SourceText) -> NormalisedText:
    """The working text of a source."""
    text, script = convert_characters(source.text)
    step = rewrite(text, layout_edits(text))
    return NormalisedText(source, convert_punctuation(step.after), (step,), script)
