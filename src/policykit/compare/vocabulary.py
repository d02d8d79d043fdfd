"""Which words and terms are key to the one document against the other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import chain, compress, pairwise
from operator import eq
from typing import Any

from policykit.compare.keyness import log_likelihood, log_ratio
from policykit.compare.similarity import Profile
from policykit.compare.words import background, lexicon
from policykit.dictionaries import packaged_dictionary

CHANGES = ("more", "less", "new", "gone")
#: A term is named where it stands so often in one of the documents, its difference is that unlikely by chance (once in a hundred times)
#: and it is at least twice as frequent in one of them (a log ratio of 1).
_LEAST, _LEAST_LIKELIHOOD = 3, 6.63
#: So many terms of each document are named, ritual ones beside them.
_NAMED, _RITUAL_NAMED = 30, 10
#: Two words side by side are a term where they stand so often, and where one of them stands mostly there.
_TOGETHER, _MOSTLY = 3, 0.4
#: A word that stands this often inside one longer term is not named beside it.
_INSIDE = 0.8


def vocabulary_rows(old: Sequence[Profile], new: Sequence[Profile]) -> list[dict[str, Any]]:
    """The key terms of the new document, then those of the old one, then the ritual ones; in each part the surest first."""
    before, after = _counts(old), _counts(new)
    totals = before.total(), after.total()
    pairs_before, pairs_after = _side_by_side(old), _side_by_side(new)
    terms = [
        pair
        for pair in sorted({*pairs_before, *pairs_after})
        if _is_term(pair, pairs_before, before) or _is_term(pair, pairs_after, after)
    ]
    for pair in terms:
        term = "".join(pair)
        before[term] = max(before[term], pairs_before[pair])
        after[term] = max(after[term], pairs_after[pair])
    rows = []
    frequent = {term for counts in (before, after) for term, count in counts.items() if count >= _LEAST}
    for term in frequent:
        count, other = before[term], after[term]
        # the same as log_ratio, and cheaper to pass over what is as frequent here as there
        if 0.5 < (other + 0.5) * totals[0] / ((count + 0.5) * max(1, totals[1])) < 2.0:
            continue
        likelihood = log_likelihood(count, totals[0], other, totals[1])
        if likelihood >= _LEAST_LIKELIHOOD:
            ratio = log_ratio(count, totals[0], other, totals[1])
            rows.append((ratio > 0, is_ritual(term), likelihood, ratio, term))
    rows.sort(key=lambda row: (row[1], not row[0], -row[2], row[4]))
    kept: list[dict[str, Any]] = []
    named: dict[tuple[bool, bool], list[str]] = {}
    for in_new, ritual, likelihood, ratio, term in rows:
        others = named.setdefault((in_new, ritual), [])
        if len(others) >= (_RITUAL_NAMED if ritual else _NAMED) or _is_part(term, others, after if in_new else before):
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


def _counts(profiles: Iterable[Profile]) -> Counter[str]:
    places = chain.from_iterable(profile.places for profile in profiles)
    return Counter(lexicon().spoken(places))


def _rate(count: int, total: int) -> float:
    return round(10000 * count / max(1, total), 2)


def _side_by_side(profiles: Iterable[Profile]) -> Counter[tuple[str, str]]:
    """How often two words stand next to each other."""
    counts: Counter[tuple[int, int]] = Counter(chain.from_iterable(map(_neighbours, profiles)))
    words = lexicon().words
    return Counter({(words[a], words[b]): count for (a, b), count in counts.items() if count >= _TOGETHER})


def _neighbours(profile: Profile) -> Iterable[tuple[int, int]]:
    """The words of a unit that begin where the word before them ends, each with that word."""
    if len(profile.places) < 2:
        return ()
    indexes, starts, ends = zip(*profile.places, strict=True)
    return compress(pairwise(indexes), map(eq, ends, starts[1:]))


def _is_term(pair: tuple[str, str], together: Counter[tuple[str, str]], counts: Counter[str]) -> bool:
    """Whether two words side by side make a term in a document."""
    count = together[pair]
    if count < _TOGETHER or all(background().is_ritual(word) for word in pair):
        return False
    return count >= _MOSTLY * min(counts[word] for word in pair)


def _is_part(term: str, others: Iterable[str], counts: Counter[str]) -> bool:
    """Whether a term stands mostly inside one that is named already, or holds one that stands nearly nowhere else."""
    for other in others:
        if (term in other and counts[other] >= _INSIDE * counts[term]) or (
            other in term and counts[term] >= _INSIDE * counts[other]
        ):
            return True
    return False


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
