"""What a document is made of: paragraphs, outline entries, metadata. Offsets are those of the working text."""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import accumulate, count
from operator import add
from typing import Literal, NamedTuple

from policykit.text.normalise import NormalisedText
from policykit.text.places import places
from policykit.text.spans import Span

Role = Literal["chapter", "principle", "objective", "task", "safeguard", "article", "other"]
Level = Literal["national", "provincial", "municipal", "county", "hong-kong", "macau", "taiwan", "unknown"]


class Section(NamedTuple):
    """One outline entry: a numbered heading or paragraph, or a —— bullet.

    `start` is the offset of the marker; `heading_start`/`heading_end` bound the heading text (equal where there is none);
    `body_start` is where the text after marker and heading begins; `own_end` where the next entry of any level begins (or the text
    of this entry stops); `end` where the next entry begins that does not stand below this one.
    """

    id: str
    parent: str | None
    level: (
        int  # from 1: how deep its kind of marker stands in this document, the same for all of the kind; bullets lowest
    )
    marker: str  # as printed, without spaces, in the working text's characters
    number: int | None
    role: Role
    heading: str | None
    start: int
    heading_start: int
    heading_end: int
    body_start: int
    own_end: int
    end: int


class Metadata(NamedTuple):
    """What the document says of itself; None (or an empty tuple) where it does not."""

    title: str | None = None
    carrier: str | None = None
    kind: str | None = None
    level: Level = "unknown"
    region: str | None = None
    issuers: tuple[str, ...] = ()
    number: str | None = None
    issued: date | None = None
    published: date | None = None


_NOWHERE = Span(0, 0)
#: no writer's sentence goes on for longer before or behind a place
_SENTENCE_REACH = 1000
_NOTHING_SAID = Metadata()


@dataclass(frozen=True)
class Document:
    """The working text with its structure: what every extractor reads."""

    normalised: NormalisedText
    sections: tuple[Section, ...] = ()
    metadata: Metadata = _NOTHING_SAID
    #: where the policy's own text begins and ends in the working text (behind letterhead and transmittal notice, before furniture)
    body: Span = _NOWHERE

    @property
    def text(self) -> str:
        return self.normalised.text

    @cached_property
    def paragraphs(self) -> tuple[Span, ...]:
        """Every line of the working text."""
        starts = self._paragraph_starts
        return tuple(map(Span, starts, [*(start - 1 for start in starts[1:]), len(self.text)]))

    @cached_property
    def _paragraph_starts(self) -> list[int]:
        ends = map(add, accumulate(map(len, self.text.split("\n"))), count(1))
        return [0, *ends][:-1]

    @cached_property
    def _section_starts(self) -> list[int]:
        return [section.start for section in self.sections]

    @cached_property
    def _sections_by_id(self) -> dict[str, Section]:
        return {section.id: section for section in self.sections}

    @cached_property
    def sentence_ends(self) -> list[int]:
        """The offsets of the signs and line ends that end sentences."""
        line_ends = [start - 1 for start in self._paragraph_starts[1:]]
        return sorted(line_ends + places(self.text, "。！？；"))

    def paragraph_at(self, offset: int) -> Span:
        """The paragraph (a line of the working text) that holds an offset."""
        # not out of `paragraphs`: a few are asked for of hundreds
        starts = self._paragraph_starts
        index = bisect_right(starts, offset) or 1
        bounds = starts[index - 1], starts[index] - 1 if index < len(starts) else len(self.text)
        return tuple.__new__(Span, bounds)  # as Span(*bounds) gives it, in half the time

    def section_at(self, offset: int) -> Section | None:
        """The innermost outline entry that an offset belongs to; None before the first and behind the last."""
        index = bisect_right(self._section_starts, offset) - 1
        if index < 0:
            return None
        section: Section | None = self.sections[index]
        while section is not None and offset >= section.end:
            section = self.parent_of(section)
        return section

    def parent_of(self, section: Section) -> Section | None:
        """The entry that a section stands below."""
        return None if section.parent is None else self._sections_by_id[section.parent]

    def ancestors(self, section: Section) -> tuple[Section, ...]:
        """The entries above a section, the nearest first."""
        found, above = [], self.parent_of(section)
        while above is not None:
            found.append(above)
            above = self.parent_of(above)
        return tuple(found)

    def section(self, id: str) -> Section:
        """The outline entry with an id; raises KeyError."""
        return self._sections_by_id[id]

    def sentence_at(self, offset: int) -> Span:
        """The sentence (up to 。！？； or the paragraph's end) that holds an offset; of one without end what can be read around the offset."""
        ends = self.sentence_ends
        index = bisect_left(ends, offset)
        start = max(ends[index - 1] + 1 if index else 0, offset - _SENTENCE_REACH)
        if index == len(ends):
            return Span(start, min(len(self.text), offset + _SENTENCE_REACH))
        end = ends[index] if self.text[ends[index]] == "\n" else ends[index] + 1
        return Span(start, min(end, offset + _SENTENCE_REACH))
