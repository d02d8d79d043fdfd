"""Where a quantity stands: its sentence, clause and list segment, and the verbs that govern it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Literal, NamedTuple

from policykit.document.model import Document
from policykit.extractors.quantities.candidate import Candidate
from policykit.extractors.quantities.cues import CuePattern, cue_set, cue_words
from policykit.findings import QuantityStatus
from policykit.text.places import places
from policykit.text.spans import Span

VerbClass = Literal["reach", "increase", "decrease", "produce"]
VerbPlace = Literal["adjacent", "comparator", "opening", "inner"]


class Verb(NamedTuple):
    """A verb that governs a quantity: right before the number (or the comparator there, 不低于), at the beginning of its segment, or between."""

    word: str
    verb_class: VerbClass
    place: VerbPlace
    start: int
    end: int


#: `Verb(word, …)` takes twice as long
_verb: Callable[[tuple[str, VerbClass, VerbPlace, int, int]], Verb] = partial(tuple.__new__, Verb)


@dataclass(slots=True)
class Context:
    """A quantity in its sentence.

    The clause lies between commas; the segment is the quantity's own part of it, beginning behind the quantity before it in a list
    (建设10个甲、20个乙).
    """

    text: str
    candidate: Candidate
    paragraph: Span
    sentence: Span
    clause: Span
    segment_start: int
    is_list_member: bool  # joined to the quantity before it: 、20个, 和6%
    previous: Context | None  # the quantity before it in the sentence
    verb: Verb | None
    before: str  # the segment up to the number (and the comparator in front of it)
    after: str  # what follows the number (and the comparator behind it) in the clause
    next_start: int  # where the segment of the next quantity of the clause begins; the clause's end if there is none
    governing: Context | None = None  # what `holder` gives
    decision: tuple[QuantityStatus, str] | None = None  # status and rule, once decided: a list shares them
    years: list[int] | None = None  # those that the sentence names, once read

    @property
    def own_after(self) -> str:
        """What follows it up to the part of the clause that belongs to the next quantity."""
        return self.text[self.candidate.right : self.next_start]

    @property
    def adjacent(self) -> Verb | None:
        """The verb right before the number, if there is one."""
        return self.verb if self.verb is not None and self.verb.place in ("adjacent", "comparator") else None

    @property
    def is_trait(self) -> bool:
        """Whether it describes what a verb before it is about: 培育|年产值超100亿元、具备竞争力的|企业."""
        verb = self.verb
        return (
            verb is not None
            and verb.place != "opening"
            and self.candidate.unit_class in ("money", "physical", "percentages")
            and "的" in self.own_after
            and opening_class(self.text, self.segment_start, self.candidate.left) == "produce"
        )

    @property
    def is_part(self) -> bool:
        """Whether it tells a part of the quantity before it: ，其中非化石能源装机1000万千瓦."""
        return self.text.startswith(("其中", "当中"), self.clause.start)

    def __post_init__(self) -> None:
        shares = self.verb is None and self.previous is not None and (self.is_list_member or self.is_part)
        self.governing = self.previous.holder if shares and self.previous is not None else None

    @property
    def holder(self) -> Context:
        """The context that holds the verb: its own, or in a list that of the nearest member before it that has one."""
        return self.governing or self

    @property
    def governor(self) -> Verb | None:
        """The verb of the quantity, its own or that of its list."""
        return self.holder.verb


@lru_cache(maxsize=1)
def _verbs() -> Mapping[str, VerbClass]:
    classes: tuple[VerbClass, ...] = ("produce", "decrease", "increase", "reach")
    return {word: name for name in classes for word in cue_words(name)}


def _lengths(words: Iterable[str]) -> dict[str, list[int]]:
    """How many characters the words of a list have that end in a character, the most first; no more than four are asked for."""
    lengths: dict[str, list[int]] = {}
    for length in (4, 3, 2, 1):
        for end in {word[-1] for word in words if len(word) == length}:
            lengths.setdefault(end, []).append(length)
    return lengths


@lru_cache(maxsize=1)
def _beside_numbers() -> tuple[Mapping[str, VerbClass], dict[str, list[int]], frozenset[str], dict[str, list[int]]]:
    """The verbs and the small words in front of numbers, each with how long those are that end in a character."""
    verbs, small = _verbs(), cue_set("between_verb_and_number")
    return verbs, _lengths(verbs), small, _lengths(small)


#: 到2025年底, 2025年, “十五五”时期: times in front of a clause's verb
TIME = (
    r"(?:(?:到|在|于|至|达至)?(?:20[0-9]{2}(?:[—–-]20[0-9]{2})?年(?:[0-9]{1,2}月)?(?:底|末|初|中(?![小央国心医型等试部外])|内|第[一二三四]季度?内?|[上下]半年)?|“?十[一二三四五六七]五”?(?:时期|期间|末)?"
    r"|(?:(?:未来|今后)[一二三四五六七八九十0-9]{1,3}年内?|[一二三四五六七八九十0-9]{1,3}年(?:内|时间))(?:（[^（）]{1,30}）)?|20[0-9]{2}- ?[0-9]{2}(?:至20[0-9]{2}- ?[0-9]{2})?年度(?:完结前|内)?|二[零〇][零〇一二三四五六七八九]{2}(?:[/-][零〇一二三四五六七八九]{2})?年度?)"
    r"(?:之?前|期间)?(?:或之前)?[，,]?)"
)
#: 增至2023年的1000万次: a year between verb and number
_YEAR_BETWEEN = CuePattern(r"(?:20[0-9]{2})年(?:底|末)?的?$")
_PREFACE = f"(?:[（(][0-9ivxIVX一二三四五六七八九十]{{1,4}}[）)] ?)?(?:<adverbs|subjects>|{TIME}){{0,6}}"
#: what a clause may begin with before its verb
_ONLY_ADVERBS = CuePattern(_PREFACE)
_OPENING = CuePattern(f"{_PREFACE}(<verbs>)")
_INNER = CuePattern("<inner_verbs>")
#: 份额|占预算总额的|40%
_SHARE_OF_TOTAL = CuePattern("占[^，。；、占]{1,24}的$")
#: a noun of measurement at the end of a phrase
_MEASURE = CuePattern("<measure_nouns><between_verb_and_number>?$")


def adjacent_verb(text: str, start: int, end: int) -> Verb | None:
    """The verb that ends right before a number at `end`, with at most two small words between (分别, 约, 年均)."""
    verbs, verb_lengths, small, small_lengths = _beside_numbers()
    position = end
    if end > start and text[end - 1] in "年底末的":
        year = _YEAR_BETWEEN.search(text, max(start, end - 8), end)
        position = year.start() if year is not None else end
    for _ in range(3):
        last = text[position - 1] if position > start else ""
        for length in verb_lengths.get(last, ()):
            word = text[position - length : position]
            if word in verbs and position - length >= start:
                return _verb((word, verbs[word], "adjacent", position - length, position))
        for length in small_lengths.get(last, ()):
            if text[position - length : position] in small and position - length >= start:
                position -= length
                break
        else:
            return None
    return None


#: behind a verb they make a noun of it: 保障性, 抽检量, 参加者
_NOUN_ENDS = frozenset("业性型者站区点器商员率量线力份比额")
#: of these the ones that no noun begins with: 保障|性住房, 抽检|量; but 建设|站点. (总值 ends 地区生产总值)
_PARTS_OF_NOUNS = frozenset("性者率量")
#: comparators that go beside a verb and say nothing by themselves
_NO_VERBS = frozenset({"至少", "最少", "最多", "至多", "最高", "最低", "不足", "不到"})


def opening_class(text: str, start: int, end: int) -> VerbClass | None:
    """The class of the verb that a stretch begins with, where something stands behind it."""
    match = _OPENING.match(text, start, end)
    return _verbs()[match[1]] if match is not None and match.end() < end - 2 else None


def ends_with_measure(words: str) -> bool:
    """Whether a phrase ends with a noun of measurement (粮食播种面积)."""
    return _MEASURE.search(words) is not None


def _governing_verb(text: str, start: int, candidate: Candidate, is_list_member: bool) -> Verb | None:
    end = candidate.left
    verb = adjacent_verb(text, start, end)
    if verb is not None and (
        verb.verb_class not in ("produce", "increase")
        or (
            verb.verb_class == "increase"
            and not (verb.word in cue_set("treatments") and candidate.unit_class in ("measure_words", "physical"))
        )
        or verb.end < end
        or candidate.unit_class in ("money", "percentages")
        or _has_object_behind(text, candidate)
        or text.endswith(("分别", "各", "均", "共", "累计", "将", "力争"), start, verb.start)
        or is_opening(text, start, verb)
    ):
        return verb
    share = _SHARE_OF_TOTAL.search(text, max(start, end - 30), end)
    if share is not None:
        return _verb(("占", "reach", "adjacent", share.start(), end))
    # 拆除违法|建设|500万平方米: a verb right before the number that is part of its noun
    noun_start = end if verb is None else verb.start
    match = _OPENING.match(text, start, noun_start)
    if match is not None and not (
        match[1] in cue_set("noun_verbs") and (is_list_member or text[match.end(1) : match.end(1) + 1] in _NOUN_ENDS)
    ):
        return _verb((match[1], _verbs()[match[1]], "opening", match.start(1), match.end(1)))
    if verb is not None and verb.verb_class == "increase":
        return verb
    if candidate.before and candidate.comparator in (">=", ">", "<=", "<") and candidate.before not in _NO_VERBS:
        made = _made_inside(text, start, candidate)
        if made is not None:
            return made
        return _verb((candidate.before, "reach", "comparator", end, end))
    if is_list_member or start >= end or _MEASURE.search(text, max(start, end - 10), end):
        return None
    last = None
    for match in _INNER.finditer(text, start, noun_start):
        if text[match.end() : match.end() + 1] not in _PARTS_OF_NOUNS and not text.startswith("总值", match.end()):
            last = match
    return None if last is None else _verb((last[0], _verbs()[last[0]], "inner", last.start(), last.end()))


#: what ends a clause
_MARKS = CuePattern(r"[，,；;：:。！？!?（(）)•]|——|(?<![0-9])\.(?![0-9])")
#: of these the ones that need a look at what stands before them
_LOOKED_BEHIND = ("）", ")", "——")
#: what joins the members of a list
_LIST_JOINT = CuePattern(r"[、和与及或并]|以及")
#: a joint inside a phrase; not the 和 of 和谐 or the 及 of 普及
JOINT = CuePattern(
    r"[、]|(?<![温平总柔缓饱共中])和(?![谐平美睦解气])|(?<!参)与(?!会)|(?<![普涉波触企])及(?![时格其])|或(?!者)"
)


#: how far a sentence and a clause are looked at, in front of a number and behind it: longer ones are lists without end
_SENTENCE_REACH = 400
_CLAUSE_REACH = 160


#: `Span(first, last)` takes twice as long
_span: Callable[[tuple[int, int]], Span] = partial(tuple.__new__, Span)


class _Sentence:
    """A sentence (up to 。！？；) around a quantity, no longer than what can be read at a glance."""

    __slots__ = ("_reach", "_text", "span")

    def __init__(self, text: str, paragraph: Span, candidate: Candidate, ends: list[int]) -> None:
        start, end = candidate.start, candidate.end
        first, last = paragraph
        if first < start - _SENTENCE_REACH:
            first = start - _SENTENCE_REACH
        if last > end + _SENTENCE_REACH:
            last = end + _SENTENCE_REACH
        index = bisect_left(ends, start)
        if index and ends[index - 1] >= first:
            first = ends[index - 1] + 1
        if index < len(ends) and ends[index] < last:
            last = ends[index]
        self.span = _span((first, last))
        self._text, self._reach = text, end + _SENTENCE_REACH

    def holds(self, candidate: Candidate) -> bool:
        """Whether it is the sentence of a later quantity too: not where it was cut off at either end, seen from there."""
        first, last = self.span
        return candidate.end <= last < self._reach and candidate.start - _SENTENCE_REACH <= first

    def clause(self, start: int, end: int) -> Span:
        """The clause (between commas) around a stretch. A bracket that is closed again belongs to its clause."""
        first, last = self.span
        first = self._clause_start(first if start - _CLAUSE_REACH < first else start - _CLAUSE_REACH, start)
        last = last if end + _CLAUSE_REACH > last else end + _CLAUSE_REACH
        depth = 0
        while (match := _MARKS.search(self._text, end, last + 1)) is not None and match.start() < last:
            mark, end = match.group(), match.end()
            if mark in "（(":
                depth += 1
            elif depth and mark in "）)":
                depth -= 1
            elif not depth:
                last = match.start()
                break
        return _span((first, last))

    def _clause_start(self, first: int, start: int) -> int:
        # mostly no other mark stands behind the last comma
        comma = self._text.rfind("，", first, start)
        if comma >= 0 and self._text[comma + 1 : start].isalnum():
            return comma + 1
        nearest = None
        # a mark may be told by what follows it: up to and with the first character of the number, which is none
        for nearest in _MARKS.finditer(self._text, comma + 1 if comma >= 0 else first, start + 1):  # noqa: B007
            pass
        if nearest is None:
            return comma + 1 if comma >= 0 else first
        if nearest.group() not in _LOOKED_BEHIND:
            return nearest.end()
        depth = 0
        for match in reversed(list(_MARKS.finditer(self._text, first, nearest.end()))):
            mark = match.group()
            if mark in "）)":
                depth += 1
            elif depth and mark in "（(":
                depth -= 1
            elif not depth:
                return match.end()
        return first


def _made_inside(text: str, start: int, candidate: Candidate) -> Verb | None:
    """The verb of 主导制定|行业标准|不少于100项: what is counted is its object, whatever bound stands at the number."""
    if candidate.unit_class != "measure_words" or _has_object_behind(text, candidate):
        return None
    last = None
    for match in _INNER.finditer(text, start, candidate.left):
        if match.end() < candidate.left - 1 and match[0] not in cue_set("noun_verbs"):
            last = match
    if last is None or _MEASURE.search(text, start, candidate.left) or _verbs()[last[0]] != "produce":
        return None
    return _verb((last[0], "produce", "inner", last.start(), last.end()))


def _has_object_behind(text: str, candidate: Candidate) -> bool:
    following = text[candidate.right : candidate.right + 1]
    return "\u4e00" <= following <= "\u9fff" or following in ("“", "《", "‘")


def is_opening(text: str, start: int, verb: Verb) -> bool:
    """Whether nothing but adverbs stands before a verb in its segment."""
    return _ONLY_ADVERBS.fullmatch(text, start, verb.start) is not None


def later_verb(text: str, start: int, end: int) -> bool:
    """Whether something is done in a stretch behind a number."""
    return _INNER.search(text, start, end) is not None


def sentence_ends(document: Document) -> list[int]:
    """Where sentences end for `read_contexts`: at the document's own marks, and at half-width ones."""
    text = document.text
    if ";" in text or "!" in text or "?" in text:
        return sorted([*document.sentence_ends, *places(text, ";!?")])
    return document.sentence_ends


def read_contexts(text: str, paragraph: Span, candidates: Iterable[Candidate], ends: list[int]) -> list[Context]:
    """The contexts of quantities of one paragraph, in order. `ends` are those of the sentences."""
    contexts: list[Context] = []
    previous: Context | None = None
    marked: _Sentence | None = None
    for candidate in candidates:
        if marked is None or not marked.holds(candidate):
            marked = _Sentence(text, paragraph, candidate, ends)
        sentence, clause = marked.span, marked.clause(candidate.start, candidate.end)
        if previous is not None and previous.sentence != sentence:
            previous = None
        start, is_list_member = _segment_start(text, clause, candidate, previous)
        if previous is not None and previous.clause == clause:
            previous.next_start = max(previous.candidate.right, start - 1 if is_list_member else candidate.left)
        verb = _governing_verb(text, start, candidate, is_list_member)
        previous = Context(
            text,
            candidate,
            paragraph,
            sentence,
            clause,
            start,
            is_list_member,
            previous,
            verb,
            text[start : candidate.left],
            text[candidate.right : clause.end],
            clause.end,
        )
        contexts.append(previous)
    return contexts


def _segment_start(text: str, clause: Span, candidate: Candidate, previous: Context | None) -> tuple[int, bool]:
    """Where a quantity's own part of its clause begins, and whether it is joined to the quantity before it.

    Behind the quantity before it comes the noun that belongs to that one, then a joint: 5个集团|、覆盖率达80%.
    """
    if previous is None or previous.candidate.right <= clause.start:
        return clause.start, False
    start = previous.candidate.right
    joint = _LIST_JOINT.match(text, start, candidate.left)
    if joint is not None:
        return joint.end(), True
    comma = text.find("、", start, candidate.left)
    if comma >= 0:
        return comma + 1, True
    # 6个国家级中心和3个省级中心, 14条公路项目和黄百等4个铁路项目
    last = None
    for last in JOINT.finditer(text, start + 1, candidate.left):  # noqa: B007
        pass
    return (start, False) if last is None else (last.end(), True)
