"""Finding many terms in one pass over a text: leftmost first, of those the longest, none overlapping another."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from itertools import compress, count
from operator import concat

from policykit.text.pieces import TermMatch as TermMatch
from policykit.text.pieces import matches_in_pieces

#: building the automaton costs as much as looking this many characters up in plain Python
_CHARACTERS_BEFORE_AUTOMATON = 60_000


class TermMatcher:
    """Finds where any of its terms stands in a text.

    A matcher that reads much builds the automaton of `ahocorasick_rs`; one that reads little (a single document) or that cannot import
    the package looks the terms up in plain Python, with the same result. `accelerated` decides between the two for good.

    >>> TermMatcher(["标准", "标准化", "城市"]).find("城市标准化")
    [(2, 0, 2), (1, 2, 5)]
    """

    def __init__(self, terms: Sequence[str], *, accelerated: bool | None = None) -> None:
        self.terms = tuple(terms)
        if not all(self.terms):
            raise ValueError("an empty term matches everywhere")
        self._read = _CHARACTERS_BEFORE_AUTOMATON if accelerated else 0
        self._may_accelerate = accelerated is not False

    def find(self, text: str) -> list[TermMatch]:
        """All matches in the order of their starts: index of the term, start, end."""
        return list(self.matches(text))

    def matches(self, text: str) -> Iterator[TermMatch]:
        """The same one by one: a long text has hundreds of thousands."""
        if self._is_worth_an_automaton(text):
            return matches_in_pieces(self._accelerated, text, self._longest)
        return iter(self._lookup(text))

    def _accelerated(self, text: str) -> list[TermMatch]:
        try:
            return self._automaton(text)
        except UnicodeEncodeError:  # lone surrogates, which only Python strings can hold, are nothing for the automaton
            return self._lookup(text)

    def _is_worth_an_automaton(self, text: str) -> bool:
        if self._may_accelerate:
            self._read += len(text)
            if self._read > _CHARACTERS_BEFORE_AUTOMATON:
                try:
                    return self._automaton is not None
                except ImportError:
                    self._may_accelerate = False
        return False

    @cached_property
    def _longest(self) -> int:
        return max(map(len, self.terms), default=0)

    @cached_property
    def _automaton(self) -> Callable[[str], list[TermMatch]]:
        from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

        automaton = AhoCorasick(
            self.terms,
            matchkind=MatchKind.LeftmostLongest,
            store_patterns=False,
            implementation=Implementation.ContiguousNFA,  # built three times as fast as the DFA, searches no slower
        )
        find: Callable[[str], list[TermMatch]] = automaton.find_matches_as_indexes
        return find

    @cached_property
    def _lookup(self) -> Callable[[str], list[TermMatch]]:
        indexes = {term: index for index, term in enumerate(self.terms)}
        lengths: dict[str, set[int]] = {}
        for term in self.terms:
            lengths.setdefault(term[:2], set()).add(len(term))
        longest_first = {pair: tuple(sorted(found, reverse=True)) for pair, found in lengths.items()}
        return _plain_lookup(indexes, longest_first)


def _plain_lookup(
    indexes: dict[str, int], longest_first: dict[str, tuple[int, ...]]
) -> Callable[[str], list[TermMatch]]:
    """Looks up the text's stretches, but only where a pair of characters begins a term."""
    singles = {start for start in longest_first if len(start) == 1}

    def candidates(text: str) -> list[int]:
        begins_term = longest_first.__contains__
        places = list(compress(count(), map(begins_term, map(concat, text, text[1:]))))
        if not singles:
            return places
        return sorted({*places, *compress(count(), map(singles.__contains__, text))})

    def find(text: str) -> list[TermMatch]:
        found: list[TermMatch] = []
        behind = 0
        for start in candidates(text):
            if start < behind:
                continue
            for length in longest_first.get(text[start : start + 2], ()):
                stretch = text[start : start + length]  # shorter where the text ends
                index = indexes.get(stretch)
                if index is not None:
                    behind = start + len(stretch)
                    found.append((index, start, behind))
                    break
            else:
                index = indexes.get(text[start]) if singles else None
                if index is not None:
                    behind = start + 1
                    found.append((index, start, behind))
        return found

    return find
