"""From a source text to the working text: Simplified characters, mainland wording, one width, paragraphs on one line each."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

from policykit.errors import PolicykitError
from policykit.text.characters import Script, characters_of, without_surrogates
from policykit.text.layout import Removed, arrange
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

    def source_data(self, *, with_evidence: bool = False) -> dict[str, Any]:
        """What is said of the source in every format, as plain data; `with_evidence` also what the wording's label rests on."""
        source = self.source
        return {
            "id": source.id,
            "path": source.path,
            "sha256": source.sha256,
            "encoding": source.encoding,
            "script": self.script,
            "wording": self.wording,
            **({"evidence": dict(self.evidence)} if with_evidence else {}),
            "characters": len(source.text),
        }

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
        source_starts, source_ends = _led_back(self.rewritings, starts, ends)
        return dict(zip(starts, source_starts, strict=True)), dict(zip(ends, source_ends, strict=True))

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
    characters, script, may_be_stray = characters_of(source.text)
    if "characters" in keep:
        text, steps, removed = arrange(without_surrogates(source.text), keep=keep)
    else:
        text, steps, removed = arrange(characters, keep=keep, may_be_stray=may_be_stray)
    wording = wording_edits(text, script)
    if wording.edits and not {"characters", "wording"} & set(keep):
        steps.append(rewrite(text, wording.edits))
        text = steps[-1].after
    furniture = _furniture(characters, steps, removed)
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


def _led_back(steps: Sequence[Rewriting], starts: list[int], ends: list[int]) -> tuple[list[int], list[int]]:
    """Where stretches of a text begin and end in what some steps made it from, each in ascending order."""
    first, last = starts, [end - 1 for end in ends]
    for step in reversed(steps):
        first, last = step.first_letters(first), step.last_letters(last)
    return first, [letter + 1 for letter in last]


def _furniture(characters: str, steps: Sequence[Rewriting], removed: Iterable[tuple[int, Removed]]) -> list[Furniture]:
    """What was left out, with the number of the step that did it, in terms of the source."""
    found = []
    for number, rows in groupby(removed, key=itemgetter(0)):
        at_once = sorted((start, end, rule) for _, (rule, start, end) in rows)
        starts, ends = _led_back(steps[:number], [row[0] for row in at_once], [row[1] for row in at_once])
        for start, end, (_, _, rule) in zip(starts, ends, at_once, strict=True):
            lines = characters[start:end].split("\n")
            found.append(Furniture(rule, Span(start, end), "\n".join(line.strip() for line in lines if line.strip())))
    return sorted(found, key=lambda item: item.span)


@lru_cache(maxsize=4096)
def working_text(letters: str) -> str:
    """The letters of a source, as a quote has them, in the form of the working text.

    >>> working_text("１５０項")
    '150项'
    """
    return normalise(source_from_text(letters)).text
