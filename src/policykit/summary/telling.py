"""The sentences that tell most: TextRank over the sentences of a document, weighed by where they stand and what they commit to.

Two sentences support each other by the pairs of characters they share, each pair weighted by how few sentences have it. The ranks
are those of the random walk sentence -> pair -> sentence, worked out over the pairs (as in the bipartite form of TextRank), so the cost
grows with the text and not with the square of its sentences. What has been reached, what is ritual, and what repeats a sentence already
chosen counts less. Sentences are taken as they are; nothing is shortened or joined.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import log, sqrt
from operator import add
from typing import TYPE_CHECKING, Any

from policykit.dictionaries import packaged_dictionary
from policykit.document.model import Section
from policykit.extractors.quantities.tense import Tenses
from policykit.placed_text import PlacedText, sentences
from policykit.text.spans import Span

if TYPE_CHECKING:
    from ahocorasick_rs import AhoCorasick

#: sentences of so many characters can stand alone; longer ones are taken apart at their semicolons
_SHORTEST, _LONGEST = 18, 180
#: from so many characters on a paragraph without a full stop may be a sentence
_CUT = 30
#: the walk: how often it is repeated, and how much of a rank comes from the neighbours
_STEPS, _DAMPING = 3, 0.85
#: a pair of characters in more than this part of the sentences says nothing
_COMMON = 0.4
_BY_ROLE = {
    "objective": 1.5,
    "task": 1.0,
    "article": 1.0,
    "safeguard": 0.5,
    "chapter": 0.8,
    "principle": 0.6,
    "other": 0.5,
}
_BEFORE_OUTLINE = 0.4
_REACHED = 0.25
_HAS_TARGET, _HAS_DEADLINE = 0.6, 0.25
#: a sentence that says what shall be reached by a date (到2027年) weighs this much wherever it stands
_BY_DATE = 1.8
#: what weighs less does not take part where there is enough else
_LIGHTEST = 0.3
#: how many sentences take part at most
_MOST = 400
#: a sentence that leans on others, threatens, or says what somebody said can hardly stand for the document; one that calls on all (！)
#: ends a speech
_LEANING, _PENAL, _QUOTED, _CALLING = 0.4, 0.5, 0.4, 0.2
_SAYS_WHAT_WAS_SAID = re.compile("[^，。]{2,16}(?:强调|指出|要求|指示)[，：“]")
#: the first article of a law (or of an emergency plan) says what it is for, where it says more than the title
_PURPOSE = 2.5
_LAW_PURPOSE = re.compile("为了?([^。]{24,300}?)，(?:根据|依据|依照|按照|结合|参照|[现特爰兹]?制定)")
#: one that asks for nothing, and says of nothing how it shall be, where it is not the place that says so
_ASKING_NOTHING = 0.4
_SAYS_WHAT_SOMETHING_IS = re.compile("[^，。]{2,40}，?(?<![一二三四五六七八九十])是(?!否)")
_ASKS_ANYHOW = frozenset({"article"})
#: what a second sentence from one chapter is worth beside the first
_SAME_CHAPTER = 0.6
#: characters that hold words together and are no part of them
_GLUE = "的了和与及或等在对为以是有将把被从到并也其这该各之于而则"


@dataclass(frozen=True, slots=True)
class _Candidate:
    span: Span
    section: str | None
    chapter: str | None
    weight: float
    text: str


def telling_sentences(placed: PlacedText, number: int) -> list[dict[str, Any]]:
    """The most telling sentences, in the order of the document: normalised text, quote, section, span and score (1 for the best)."""
    candidates = _worth_choosing(_candidates(placed), number) if number else []
    pairs = [_pairs(candidate.text) for candidate in candidates]
    scores = [rank * candidate.weight for rank, candidate in zip(_ranks(pairs), candidates, strict=True)]
    chosen = _choose(candidates, pairs, scores, number)
    best = max((scores[index] for index in chosen), default=1.0) or 1.0
    return [_row(placed, candidates[index], scores[index] / best) for index in sorted(chosen)]


def _row(placed: PlacedText, candidate: _Candidate, score: float) -> dict[str, Any]:
    place = placed.place(*candidate.span)
    heading = next((row["heading"] for row in placed.within(candidate.section) if row["heading"]), None)
    return {
        "sentence": candidate.text,
        "quote": place.quote,
        "section": candidate.section,
        "heading": heading,
        "score": round(score, 3),
        "line": place.line,
        "span": None if place.span is None else dict(place.span),
    }


def _candidates(placed: PlacedText) -> list[_Candidate]:
    """The sentences that can be chosen, each with the weight of its place and content; those that say no more than that the document is
    issued only where there are no others."""
    text = placed.text
    tenses = Tenses(placed.document) if placed.is_source else None
    targets = _starts(placed, placed.data["targets"])
    deadlines = _starts(placed, placed.data["deadlines"])
    dates = _starts(placed, [row for row in placed.data["deadlines"] if row["relation"] == "by" and row["to"]])
    found: list[_Candidate] = []
    issuing: list[_Candidate] = []
    for paragraph in placed.document.paragraphs:
        if paragraph.end - paragraph.start < _SHORTEST:
            continue
        reached: bool | None = None
        for span in _alone(text, paragraph):
            section = placed.document.section_at(span.start)
            if section is not None and span.start < section.body_start:
                span = _behind_heading(text, section, span)
                if span.end - span.start < _SHORTEST:
                    continue
            if reached is None:
                reached = tenses is not None and tenses.at(paragraph) == "past"
            sentence = text[span.start : span.end]
            is_purpose = section is not None and "制定本" in sentence and _LAW_PURPOSE.match(sentence) is not None
            weight = _BEFORE_OUTLINE if section is None else _BY_ROLE[section.role]
            if _holds(dates, span):
                weight = max(weight, _BY_DATE)
            has_target, has_deadline = _holds(targets, span), _holds(deadlines, span)
            weight *= 1 + _HAS_TARGET * has_target + _HAS_DEADLINE * has_deadline
            weight *= min(1.0, _LONGEST / len(sentence))
            if is_purpose:
                weight *= _PURPOSE
            else:
                weight *= _standing(sentence) * (1 - _ritual_part(sentence))
                weight *= _REACHED if reached or looks_back(sentence) else 1.0
                is_asked = has_target or has_deadline or (section is not None and section.role in _ASKS_ANYHOW)
                weight *= 1.0 if is_asked or asks(sentence) else _ASKING_NOTHING
            id = None if section is None else section.id
            chapter = next((row["id"] for row in placed.within(id) if row["parent"] is None), id)
            kind = issuing if not is_purpose and says_that_it_is_issued(sentence) else found
            kind.append(_Candidate(span, id, chapter, weight, sentence))
    return found or issuing


def _worth_choosing(candidates: list[_Candidate], number: int) -> list[_Candidate]:
    """The candidates without those that could hardly be chosen, where enough others are left; of very many the weightiest."""
    worth = [candidate for candidate in candidates if candidate.weight >= _LIGHTEST]
    worth = worth if len(worth) >= 3 * number else candidates
    if len(worth) <= _MOST:
        return worth
    return sorted(sorted(worth, key=lambda candidate: -candidate.weight)[:_MOST], key=lambda candidate: candidate.span)


def _behind_heading(text: str, section: Section, span: Span) -> Span:
    """A sentence without the marker and heading that it begins with; the heading, where no sentence but a bracket stands behind it."""
    behind = text[section.body_start : section.own_end].strip()
    if section.role in ("task", "safeguard") and (not behind or (behind[0] in "（(" and "。" not in behind)):
        return Span(section.heading_start, min(span.end, section.body_start))
    return Span(section.body_start, span.end)


def _alone(text: str, paragraph: Span) -> Iterable[Span]:
    """The sentences of a paragraph that can stand alone."""
    for whole in sentences(text, *paragraph, whole=True):
        for span in [whole] if whole.end - whole.start <= _LONGEST else sentences(text, *whole):
            if span.end - span.start < _SHORTEST or text[span.start] in "（(":
                continue
            if text[span.end - 1] in "。！？；”’）》" or _is_cut(text[span.start : span.end]):
                yield span


def _is_cut(paragraph: str) -> bool:
    """Whether a paragraph without a full stop reads as a sentence that lost it, and not as a title, an address or the head of a list."""
    return (
        len(paragraph) >= _CUT and "，" in paragraph and paragraph[-1] not in "：:，、" and "》" not in paragraph[-3:]
    )


def _starts(placed: PlacedText, rows: Iterable[Mapping[str, Any]]) -> list[int]:
    spans = (placed.span_of(row) for row in rows)
    return sorted(span.start for span in spans if span is not None)


def _holds(starts: Sequence[int], span: Span) -> bool:
    return bisect_left(starts, span.start) < bisect_left(starts, span.end)


def _pairs(sentence: str) -> tuple[str, ...]:
    """The different pairs of neighbouring Han characters, in order."""
    pairs: dict[str, None] = {}
    for run in _han_run().findall(sentence):
        pairs.update(dict.fromkeys(map(add, run, run[1:])))
    return tuple(pairs)


@lru_cache(maxsize=1)
def _han_run() -> re.Pattern[str]:
    """Han characters without those of `_GLUE`."""
    glue = sorted(map(ord, _GLUE))
    ranges = zip([0x4E00, *(code + 1 for code in glue)], [*(code - 1 for code in glue), 0x9FFF], strict=True)
    letters = "".join(f"{chr(first)}-{chr(last)}" for first, last in ranges if first <= last)
    return re.compile(f"[{letters}]{{2,}}")


def _ranks(sentences: Sequence[tuple[str, ...]]) -> list[float]:
    """How central each sentence is, on average 1, from the pairs of each."""
    number = len(sentences)
    frequency: Counter[str] = Counter()
    for pairs in sentences:
        frequency.update(pairs)
    most = max(2.0, _COMMON * number)
    weights = {pair: log(1 + number / count) ** 2 for pair, count in frequency.items() if 1 < count <= most}
    known = [[pair for pair in pairs if pair in weights] for pairs in sentences]
    # long sentences share more pairs with all others; the root keeps them from winning by length alone
    shares = [1 / sqrt(len(pairs) + 10) for pairs in sentences]
    ranks = [1.0] * number
    for _ in range(_STEPS):
        totals = dict.fromkeys(weights, 0.0)
        for rank, share, shared in zip(ranks, shares, known, strict=True):
            given = rank * share
            for pair in shared:
                totals[pair] += given
        for pair, weight in weights.items():
            totals[pair] *= weight
        passed = [share * sum(map(totals.__getitem__, shared)) for share, shared in zip(shares, known, strict=True)]
        mean = sum(passed) / number if any(passed) else 1.0
        ranks = [1 - _DAMPING + _DAMPING * value / mean for value in passed]
    return ranks


def _choose(
    candidates: Sequence[_Candidate], pairs: Sequence[tuple[str, ...]], scores: Sequence[float], number: int
) -> list[int]:
    """The best sentences one after the other; what a chosen one says already, and what stands in its chapter, counts less."""
    said: set[str] = set()
    chapters: Counter[str | None] = Counter()
    # of each sentence no more can be left than its score: look at the best only
    order = sorted(range(len(candidates)), key=lambda index: (-round(scores[index], 9), index))[: 20 + 4 * number]
    chosen: list[int] = []

    def left(index: int) -> float:
        repeated = len(said.intersection(pairs[index])) / (len(pairs[index]) or 1)
        return round(scores[index] * (1 - repeated) * _SAME_CHAPTER ** chapters[candidates[index].chapter], 9)

    while order and len(chosen) < number:
        best = max(order, key=lambda index: (left(index), -index))
        order.remove(best)
        chosen.append(best)
        said.update(pairs[best])
        chapters[candidates[best].chapter] += 1
    return chosen


def _standing(sentence: str) -> float:
    """How well a sentence can stand for its document, by how it begins and ends."""
    leaning, penal, punishing = _openings()
    if sentence.endswith("！"):
        return _CALLING
    if sentence.startswith(leaning):
        return _LEANING
    if sentence.startswith(penal) or any(word in sentence for word in punishing):
        return _PENAL
    if _SAYS_WHAT_WAS_SAID.match(sentence):
        return _QUOTED
    return 1.0


def says_that_it_is_issued(sentence: str) -> bool:
    """Whether a sentence says of the document that it is issued, for which purpose and on which grounds.

    >>> says_that_it_is_issued("为贯彻落实国家部署，现提出如下意见。"), says_that_it_is_issued("为企业提供数据服务。")
    (True, False)
    """
    return _issuing().search(sentence) is not None


@lru_cache(maxsize=1)
def _issuing() -> re.Pattern[str]:
    verbs = "|".join(packaged_dictionary("telling")["issuing"])
    # 制定本方案, 提出如下意见, 通知如下, 现予印发; not 制定本地区的目录
    said = f"(?:{verbs})了?(?:如下|以下|本(?![地部单级行市省区县乡])|《)|现予?(?:{verbs})"
    return re.compile(f"^(?:“[^”]{{2,12}}”时期，)?(?:为|根据|依据|依照|按照|经|现)[^。；]{{0,400}}?(?:{said})")


def asks(sentence: str) -> bool:
    """Whether a sentence asks for something, obliges somebody, or says how something shall be.

    >>> asks("推进公共数据开放。"), asks("数据是重要资源。")
    (True, False)
    """
    beginning, anywhere = _asking()
    if _SAYS_WHAT_SOMETHING_IS.match(sentence):
        return False
    return beginning.search(sentence) is not None or bool(anywhere.find_matches_as_indexes(sentence))


@lru_cache(maxsize=1)
def _asking() -> tuple[re.Pattern[str], AhoCorasick]:
    from ahocorasick_rs import AhoCorasick

    words = packaged_dictionary("telling")
    return (
        re.compile(f"(?:^|[，；：、])(?:要|并|将|以及|同时|重点)?(?:{'|'.join(words['asking'])})"),
        AhoCorasick((*words["obliging"], *words["reaching"])),
    )


@lru_cache(maxsize=1)
def _openings() -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    words = packaged_dictionary("telling")
    return tuple(words["leaning"]), tuple(words["penal"]), tuple(words["punishing"])


def looks_back(sentence: str) -> bool:
    """Whether a sentence says what was reached, and nothing of what will be."""
    words, past = _tense_words()
    found = {past[index] for index, _, _ in words.find_matches_as_indexes(sentence)}
    return found == {True}


@lru_cache(maxsize=1)
def _tense_words() -> tuple[AhoCorasick, list[bool]]:
    from ahocorasick_rs import AhoCorasick, MatchKind

    cues = packaged_dictionary("tense_cues")["sentences"]
    words = {**dict.fromkeys([*cues["past"], *cues["since"]], True), **dict.fromkeys(cues["future"], False)}
    return AhoCorasick(tuple(words), matchkind=MatchKind.LeftmostLongest), list(words.values())


def _ritual_part(sentence: str) -> float:
    """Which part of a sentence stands in every policy document."""
    found = _ritual().find_matches_as_indexes(sentence)
    return min(1.0, 1.5 * sum(end - start for _, start, end in found) / len(sentence)) if found else 0.0


@lru_cache(maxsize=1)
def _ritual() -> AhoCorasick:
    from ahocorasick_rs import AhoCorasick, MatchKind

    groups = packaged_dictionary("ritual_phrases")
    phrases = dict.fromkeys(phrase for name, group in groups.items() if name != "examples" for phrase in group)
    return AhoCorasick(tuple(phrases), matchkind=MatchKind.LeftmostLongest)
