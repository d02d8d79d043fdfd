"""Which words and terms are key to the one document against the other."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence, Set
from functools import lru_cache
from itertools import chain, pairwise
from operator import itemgetter
from typing import Any

from policykit.comparison.keyness import log_likelihood, log_ratio
from policykit.comparison.similarity import Profile
from policykit.comparison.words import background, lexicon
from policykit.dictionaries import packaged_dictionary
from policykit.domains.matching import TermMatch

CHANGES = ("more", "less", "new", "gone")
#: A term is named where it stands so often in one of the documents, its difference is that unlikely by chance (once in a hundred times)
#: and it is at least twice as frequent in one of them (a log ratio of 1).
_LEAST, _LEAST_LIKELIHOOD = 3, 6.63
#: So many terms of each document are named, ritual ones beside them.
_NAMED, _RITUAL_NAMED = 30, 10
#: Two words side by side are a term where they stand so often, and where one of them stands mostly there; so are runs of such words.
_TOGETHER, _MOSTLY = _LEAST, 0.4
#: A word that stands this often inside one longer term is not named: the longer one speaks for it.
_INSIDE = 0.8
#: 第三, 第一项: no term but a number
_ORDINAL = re.compile("第[一二三四五六七八九十]{1,3}.?")


_index = itemgetter(0)


def vocabulary_rows(old: Sequence[Profile], new: Sequence[Profile]) -> list[dict[str, Any]]:
    """The key terms of the new document, then those of the old one, then the ritual ones; in each part the surest first."""
    before, after = _spoken(old), _spoken(new)
    totals = before.total(), after.total()
    often = {term for counts in (before, after) for term, count in counts.items() if count >= _LEAST}
    for term, (count, other) in _terms((old, new), (before, after), often).items():
        before[term], after[term] = max(before[term], count), max(after[term], other)
        often.add(term)
    frequent = {term for term in often if not (term[0] == "第" and _ORDINAL.fullmatch(term))}
    rows = []
    totals_at_least_one = max(1, totals[1])
    for term in frequent:
        count, other = before[term], after[term]
        # the same as log_ratio, and cheaper to pass over what is as frequent here as there
        if 0.5 < (other + 0.5) * totals[0] / ((count + 0.5) * totals_at_least_one) < 2.0:
            continue
        likelihood = log_likelihood(count, totals[0], other, totals[1])
        if likelihood >= _LEAST_LIKELIHOOD:
            ratio = log_ratio(count, totals[0], other, totals[1])
            rows.append((ratio > 0, is_ritual(term), likelihood, ratio, term))
    #: terms one a line, in which a term that is found once is inside of none
    lines = "\n".join(frequent)
    rows.sort(key=lambda row: (row[1], not row[0], -row[2], row[4]))
    kept: list[dict[str, Any]] = []
    named: dict[tuple[bool, bool], list[str]] = {}
    for in_new, ritual, likelihood, ratio, term in rows:
        others, counts = named.setdefault((in_new, ritual), []), after if in_new else before
        if len(others) >= (_RITUAL_NAMED if ritual else _NAMED):
            continue
        if (lines.count(term) > 1 and _is_inside(term, frequent, counts)) or _holds_any(term, others, counts):
            continue
        others.append(term)
        count, other = before[term], after[term]
        change = ("more" if count else "new") if in_new else ("less" if other else "gone")
        kept.append(
            {
                "change": change,
                "term": term,
                "ritual": ritual,
                "old": {"count": count, "per_10000": _rate(count, totals[0])},
                "new": {"count": other, "per_10000": _rate(other, totals[1])},
                "difference": {"log_likelihood": round(likelihood, 2), "log_ratio": round(ratio, 2)},
            }
        )
    return kept


def _rate(count: int, total: int) -> float:
    return round(10000 * count / max(1, total), 2)


def _spoken(profiles: Sequence[Profile]) -> Counter[str]:
    """How often words are spoken in several units."""
    spoken = lexicon().spoken_at
    counts = Counter(chain.from_iterable(profile.latin for profile in profiles))
    places = chain.from_iterable(profile.places for profile in profiles)
    known = counts.get
    for index, count in Counter(map(_index, places)).items():
        for word in spoken[index]:
            counts[word] = known(word, 0) + count
    return counts


def _terms(
    sides: tuple[Sequence[Profile], Sequence[Profile]],
    counts: tuple[Counter[str], Counter[str]],
    often: Iterable[str],
) -> dict[str, tuple[int, int]]:
    """The terms of several words of either document, with how often they stand in each; `often` are the words that may be part of one."""
    words = lexicon().words
    # a word that stands less often is part of no term, and with a ritual word none is made
    known = lexicon().indexes
    eligible = {known[word] for word in often if word in known and not background().is_ritual(word)}
    eligible.add(_BORDER[0])
    places = [[place for place in _one_after_the_other(profiles) if place[0] in eligible] for profiles in sides]
    together = [
        Counter([(one[0], other[0]) for one, other in pairwise(found) if one[2] == other[1]]) for found in places
    ]
    pairs = sorted(
        {
            pair
            for side in (0, 1)
            for pair, count in together[side].items()
            if count >= _TOGETHER and _is_term((words[pair[0]], words[pair[1]]), count, counts[side])
        }
    )
    found = {words[one] + words[other]: (together[0][one, other], together[1][one, other]) for one, other in pairs}
    longer = [_runs(side, frozenset(pairs)) for side in places]
    for run in longer[0].keys() | longer[1].keys():
        in_each = longer[0][run], longer[1][run]
        if max(in_each) >= _TOGETHER:
            found["".join(words[index] for index in run)] = in_each
    return found


#: what stands between the words of two units: neither begins where the other ends
_BORDER: TermMatch = (-1, -1, -2)


def _one_after_the_other(profiles: Sequence[Profile]) -> Iterable[TermMatch]:
    """The places of the words of all units, with a border behind each unit."""
    return chain.from_iterable(chain(profile.places, (_BORDER,)) for profile in profiles)


def _is_term(pair: tuple[str, str], together: int, counts: Counter[str]) -> bool:
    """Whether two words that stand side by side so often make a term in a document."""
    return together >= _MOSTLY * min(counts[pair[0]], counts[pair[1]])


def _runs(places: Iterable[TermMatch], pairs: Set[tuple[int, int]]) -> Counter[tuple[int, ...]]:
    """Three words or more, each of which makes a term with the next."""
    firsts, lasts = {pair[0] for pair in pairs}, {pair[1] for pair in pairs}
    found: Counter[tuple[int, ...]] = Counter()
    if firsts.isdisjoint(lasts):
        return found
    run: list[int] = []
    behind = -1
    parts = {*firsts, *lasts, _BORDER[0]}
    for index, start, end in [place for place in places if place[0] in parts]:
        if run and start == behind and (run[-1], index) in pairs:
            run.append(index)
        else:
            if len(run) > 2:
                found[tuple(run)] += 1
            run = [index] if index in firsts else []
        behind = end
    if len(run) > 2:
        found[tuple(run)] += 1
    return found


def _is_inside(term: str, others: Iterable[str], counts: Counter[str]) -> bool:
    """Whether a term stands mostly inside a longer one."""
    least = _INSIDE * counts[term]
    return any(counts[other] >= least for other in others if term in other and term != other)


def _holds_any(term: str, others: Iterable[str], counts: Counter[str]) -> bool:
    """Whether any of some shorter terms stands mostly inside a longer one."""
    return any(counts[term] >= _INSIDE * counts[other] for other in others if other in term and other != term)


@lru_cache(maxsize=1)
def ritual_phrases() -> tuple[str, ...]:
    """The phrases of the dictionary of ritual phrases."""
    data = packaged_dictionary("ritual_phrases")
    return tuple(phrase for name, phrases in data.items() if name != "examples" for phrase in phrases)


@lru_cache(maxsize=1)
def _phrase_set() -> frozenset[str]:
    return frozenset(ritual_phrases())


def is_ritual(term: str) -> bool:
    """Whether a term stands in most policy documents or is a ritual phrase.

    >>> is_ritual("推进"), is_ritual("科学发展观"), is_ritual("脑机接口")
    (True, True, False)
    """
    return background().is_ritual(term) or term in _phrase_set()
