"""All terms of all domains in one matcher, and what each of them says for which domain."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import compress
from typing import NamedTuple

from policykit.cache import cached_value, content_key
from policykit.domains.dictionary import Domain
from policykit.domains.matching import TermMatcher

STRONG, ORDINARY, WEAK = 3.0, 1.5, 0.5

#: (position of the domain, weight)
Evidence = tuple[tuple[int, float], ...]


class Vocabulary(NamedTuple):
    """What to look for and what it means.

    `evidence[index]` says for which domains the term with that index speaks in a sentence, `in_charge[index]` for which it speaks as
    the name of an authority where responsibilities are assigned. Domains are named by their position in `domains`.
    """

    domains: tuple[Domain, ...]
    matcher: TermMatcher
    evidence: list[Evidence]  # a list's items are looked up by `map` in a fifth of the time of a tuple's
    in_charge: tuple[tuple[int, ...], ...]
    numbers: list[int]  # the indexes of the terms, each as the one object that stands for all that are equal
    listed: dict[str, int]  # the index of each term that speaks for a domain
    holding_signs: tuple[str, ...]  # those of them that hold a 、

    def position(self, id: str) -> int | None:
        """Where a domain stands in `domains`; None where there is none with that id."""
        return next((place for place, domain in enumerate(self.domains) if domain.id == id), None)


def build_vocabulary(domains: Sequence[Domain]) -> Vocabulary:
    """The vocabulary of a set of domains.

    A longer term shadows the shorter ones in it for all domains: 农产品质量安全 is about food safety alone, unless another domain lists it
    too. It weighs no less than the terms of its own domain that stand in it. A phrase that is only a counter term silences its own domain
    only: the terms of other domains in it go on counting. An authority's name silences all. What comes out is kept between
    processes.
    """
    words = [
        (domain.strong_terms, domain.terms, domain.weak_terms, domain.counter_terms, domain.bodies)
        for domain in domains
    ]
    key = content_key("vocabulary", [repr(words).encode()], made_by=__file__)
    terms, evidence, in_charge = cached_value(key, lambda: _terms_and_meanings(domains))
    numbers = list(range(len(terms)))
    listed = dict(compress(zip(terms, numbers, strict=True), evidence))
    holding_signs = tuple(term for term in listed if "、" in term)
    return Vocabulary(
        tuple(domains),
        TermMatcher(terms),
        list(evidence),
        in_charge,
        numbers,
        listed,
        holding_signs,
    )


def _terms_and_meanings(
    domains: Sequence[Domain],
) -> tuple[tuple[str, ...], tuple[Evidence, ...], tuple[tuple[int, ...], ...]]:
    """The terms in order, with the evidence of each and what it is in charge of."""
    weights: dict[str, dict[int, float]] = {}
    silenced: dict[str, set[int]] = {}
    in_charge: dict[str, list[int]] = {}
    for place, domain in enumerate(domains):
        for weight, terms in (
            (STRONG, domain.strong_terms),
            (ORDINARY, domain.terms),
            (WEAK, domain.weak_terms),
        ):
            for term in terms:
                weights.setdefault(term, {})[place] = weight
        for term in domain.counter_terms:
            silenced.setdefault(term, set()).add(place)
        for term in domain.bodies:
            in_charge.setdefault(term, []).append(place)
    evidence: dict[str, Evidence] = {}
    for term, inside in _longest_inside({**weights, **silenced}, weights).items():
        own = weights.get(term, {})
        merged = dict(own)
        for shorter in inside:
            for place, weight in weights[shorter].items():
                if place in own or not own:
                    merged[place] = max(weight, merged.get(place, 0.0))
        silent = silenced.get(term, set())
        evidence[term] = tuple((place, weight) for place, weight in merged.items() if place not in silent)
    for term in in_charge:
        evidence[term] = ()
    ordered = sorted(evidence)
    return (
        tuple(ordered),
        tuple(evidence[term] for term in ordered),
        tuple(tuple(in_charge.get(term, ())) for term in ordered),
    )


def _longest_inside(phrases: Iterable[str], terms: dict[str, dict[int, float]]) -> dict[str, list[str]]:
    """For each phrase the terms shorter than itself that stand in it, leftmost first, the longest of those."""
    by_start: dict[str, list[str]] = {}
    for term in sorted(terms, key=len, reverse=True):
        by_start.setdefault(term[0], []).append(term)
    found: dict[str, list[str]] = {}
    for phrase in phrases:
        place, inside = 0, []
        while place < len(phrase):
            for term in by_start.get(phrase[place], ()):
                if len(term) < len(phrase) and phrase.startswith(term, place):
                    inside.append(term)
                    place += len(term)
                    break
            else:
                place += 1
        found[phrase] = inside
    return found
