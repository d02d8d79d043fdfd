"""Where a quantity stands: its sentence, clause and list segment, and the verbs that govern it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from policykit.dictionaries import packaged_dictionary
from policykit.extractors.quantities.candidates import Candidate
from policykit.quantities.units import alternatives
from policykit.text.spans import Span

VerbClass = Literal["reach", "increase", "decrease", "produce"]


@dataclass(frozen=True, slots=True)
class Verb:
    """A verb that governs a quantity, and where it stands."""

    word: str
    verb_class: VerbClass
    start: int
    end: int


@dataclass(slots=True)
class Context:
    """A quantity in its sentence.

    The clause lies between commas; the segment is the quantity's own part of it, beginning behind the quantity before it in a list
    (建设10个甲、20个乙). `adjacent` is the verb right before the number, `opening` the one that the segment begins with.
    """

    text: str
    candidate: Candidate
    paragraph: Span
    sentence: Span
    clause: Span
    segment_start: int
    previous: Context | None  # the quantity before it in the sentence
    adjacent: Verb | None
    opening: Verb | None

    @property
    def before(self) -> str:
        """The segment up to the number (and the comparator in front of it)."""
        return self.text[self.segment_start : self.candidate.left]

    @property
    def after(self) -> str:
        """What follows the number (and the comparator behind it) in the clause."""
        return self.text[self.candidate.right : self.clause.end]

    @property
    def is_list_member(self) -> bool:
        """Whether the quantity shares its clause with one before it."""
        return self.previous is not None and self.segment_start > self.clause.start


@lru_cache(maxsize=1)
def cues() -> Mapping[str, list[str]]:
    """The words around quantities, by what they say."""
    data = packaged_dictionary("target_cues")
    return {name: words.split() if isinstance(words, str) else words for name, words in data.items()}


@lru_cache(maxsize=1)
def _verbs() -> Mapping[str, VerbClass]:
    classes: tuple[VerbClass, ...] = ("produce", "decrease", "increase", "reach")
    return {word: name for name in classes for word in cues()[name]}


@lru_cache(maxsize=1)
def _opening_pattern() -> re.Pattern[str]:
    return re.compile(f"{_TIME}(?:{alternatives(cues()['adverbs'])}|{_TIME}){{0,5}}({alternatives(_verbs())})")


#: 到2025年底, 2025年, “十五五”时期: times in front of a clause's verb
_TIME = (
    r"(?:(?:到|在|于|至)?(?:20[0-9]{2}(?:[—–-]20[0-9]{2})?年(?:底|末)?|“?十[一二三四五六七]五”?(?:时期|期间|末)?)(?:之?前|期间)?(?:或之前)?[，,]?)?"
)


def _adjacent_verb(text: str, start: int, end: int) -> Verb | None:
    """The verb that ends right before a number at `end`, with at most two small words between (分别, 约, 年均)."""
    verbs, small = _verbs(), _small_words()
    position = end
    for _ in range(3):
        for length in (4, 3, 2, 1):
            word = text[max(start, position - length) : position]
            if len(word) == length and word in verbs:
                return Verb(word, verbs[word], position - length, position)
        for length in (4, 3, 2, 1):
            if position - length >= start and text[position - length : position] in small:
                position -= length
                break
        else:
            return None
    return None


@lru_cache(maxsize=1)
def _small_words() -> frozenset[str]:
    return frozenset(cues()["between_verb_and_number"])


def _opening_verb(text: str, start: int, end: int) -> Verb | None:
    match = _opening_pattern().match(text, start, end)
    return None if match is None else Verb(match[1], _verbs()[match[1]], match.start(1), match.end(1))


_MARKS = re.compile(r"[，,；;：:。！？!?（(）)]|——|(?<![0-9])\.(?![0-9])")
_SENTENCE_MARKS = frozenset("。！？；;!?")
_CLOSING = {"）": "（", ")": "("}
#: what may stand between the members of a list
_LIST_MARK = re.compile(r"[、和与及或]|以及|并")


class Paragraph:
    """The marks of a paragraph, found once, and the stretches between them."""

    def __init__(self, text: str, span: Span) -> None:
        self.text = text
        self.span = span
        self._marks = [(match.start(), match.end(), match.group()) for match in _MARKS.finditer(text, span.start, span.end)]

    def sentence(self, start: int, end: int) -> Span:
        """The sentence (up to 。！？；) around a stretch."""
        first, last = self.span
        for position, behind, mark in self._marks:
            if position >= end:
                if mark in _SENTENCE_MARKS:
                    last = position
                    break
            elif behind <= start and mark in _SENTENCE_MARKS:
                first = behind
        return Span(first, last)

    def clause(self, start: int, end: int) -> Span:
        """The clause (between commas) around a stretch. A bracket that is closed again belongs to its clause."""
        first, last = self.span
        depth = 0
        for position, behind, mark in reversed(self._marks):
            if behind > start:
                continue
            if mark in "）)":
                depth += 1
            elif mark in "（(":
                if depth == 0:
                    first = behind
                    break
                depth -= 1
            elif depth == 0:
                first = behind
                break
        depth = 0
        for position, _, mark in self._marks:
            if position < end:
                continue
            if mark in "（(":
                depth += 1
            elif mark in "）)":
                if depth == 0:
                    last = position
                    break
                depth -= 1
            elif depth == 0:
                last = position
                break
        return Span(first, last)


def read_contexts(text: str, paragraph: Span, candidates: Iterable[Candidate]) -> list[Context]:
    """The contexts of the quantities of one paragraph, in order."""
    marks = Paragraph(text, paragraph)
    contexts: list[Context] = []
    previous: Context | None = None
    for candidate in candidates:
        sentence = marks.sentence(candidate.start, candidate.end)
        clause = marks.clause(candidate.start, candidate.end)
        if previous is not None and previous.sentence != sentence:
            previous = None
        start = clause.start
        if previous is not None and previous.candidate.right > clause.start:
            start = previous.candidate.right
        context = Context(
            text, candidate, paragraph, sentence, clause, start, previous,
            _adjacent_verb(text, start, candidate.left), _opening_verb(text, start, candidate.left),
        )
        contexts.append(context)
        previous = context
    return contexts
