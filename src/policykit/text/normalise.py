"""From a source text to the working text: Simplified characters, mainland wording, one width, paragraphs on one line each."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from policykit.errors import PolicykitError
from policykit.text.characters import Script, convert_characters, without_surrogates
from policykit.text.layout import arrange
from policykit.text.source import SourceText, source_from_text
from policykit.text.spans import Rewriting, Span, rewrite
from policykit.text.wording import Label, wording_edits

#: The steps of normalisation that can be switched off, in their order.
STEPS = ("characters", "punctuation", "spaces", "furniture", "lines", "wording")


class Furniture(NamedTuple):
    """Something that the page prints around the document, left out of the working text.

    `rule` says what it was taken for (`page line`, `breadcrumb`, `button`, `caption`, `lede`, `footer`, `page number`, …), `span` is
    where it stands in the source, `text` what it says in the characters of the working text. `str()` is the text.
    """

    rule: str
    span: Span
    text: str

    def __str__(self) -> str:
        return self.text


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
    wording: Label = "mainland"
    #: the telltale words that the wording label rests on, with how often they stand in the text
    evidence: Mapping[str, int] = field(default_factory=dict)
    warnings: tuple[str, ...] = field(default=())
    furniture: tuple[Furniture, ...] = field(default=())

    def source_span(self, start: int, end: int) -> Span:
        """Where a stretch of the working text stands in the source."""
        span = Span(start, end)
        for rewriting in reversed(self.rewritings):
            span = rewriting.source_span(span)
        return span

    def source_bounds(self, starts: Collection[int], ends: Collection[int]) -> tuple[dict[int, int], dict[int, int]]:
        """Where many stretches begin and end in the source: from the beginnings, and from the ends, in the working text.

        A stretch that is empty, here or in the source, comes out as one that ends before it begins or where it does: `source_span` knows
        where it stands.
        """
        starts, ends = sorted(starts), sorted(ends)
        first, last = starts, [end - 1 for end in ends]
        for rewriting in reversed(self.rewritings):
            first, last = rewriting.first_letters(first), rewriting.last_letters(last)
        return dict(zip(starts, first, strict=True)), dict(zip(ends, [letter + 1 for letter in last], strict=True))

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


def normalise(source: SourceText, *, keep: Collection[str] = ()) -> NormalisedText:
    """The working text of a source; `keep` names steps to leave out (see `STEPS`). Any text is accepted.

    Raises `PolicykitError` for a step that does not exist.

    >>> result = normalise(source_from_text("一、總體要求\\n\\n到２０２７年,建設標準體系"))
    >>> result.text, result.script, result.quote(7, 13)
    ('一、总体要求\\n到2027年，建设标准体系', 'traditional', '到２０２７年')
    """
    unknown = sorted(set(keep) - set(STEPS))
    if unknown:
        raise PolicykitError(f"no step of normalisation is called {unknown[0]}", advice=f"there are {', '.join(STEPS)}")
    characters, script = convert_characters(source.text)
    arranged = without_surrogates(source.text) if "characters" in keep else characters
    text, steps, removed = arrange(arranged, keep=keep)
    wording = wording_edits(text, script)
    if wording.edits and not {"characters", "wording"} & set(keep):
        steps.append(rewrite(text, wording.edits))
        text = steps[-1].after
    furniture = []
    for number, (rule, start, end) in removed:
        span = Span(start, end)
        for step in reversed(steps[:number]):
            span = step.source_span(span)
        lines = characters[span.start : span.end].split("\n")
        furniture.append(Furniture(rule, span, "\n".join(line.strip() for line in lines if line.strip())))
    furniture.sort(key=lambda item: item.span)
    abridged = next((item.text for item in furniture if item.rule == "editor"), None)
    return NormalisedText(
        source,
        text,
        tuple(steps),
        script,
        wording.label,
        wording.evidence,
        warnings=() if abridged is None else (f"the text is abridged: {abridged}",),
        furniture=tuple(furniture),
    )


@lru_cache(maxsize=4096)
def working_text(letters: str) -> str:
    """The letters of a source, as a quote has them, in the form of the working text.

    >>> working_text("１５０項")
    '150项'
    """
    return normalise(source_from_text(letters)).text
