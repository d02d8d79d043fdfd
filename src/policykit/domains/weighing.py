"""Deciding which domains a task is about, from where the terms of each domain stand in it.

What an item directs counts, not what it mentions. Each place of the task says something of its own: the heading, the first sentence, the
body, the authority in charge, the chapter above, the tasks next to it, what the whole document is about. `weigh_task` sums the terms up,
`signals` turns the sums into numbers for each domain, most of them shares between 0 and 1, so that a long body does not outweigh a
heading. Two weighted sums decide: one whether a domain is given, the other which domain is the main one. A domain that the whole document
is about is given easily, but is rarely the main one where the heading names another.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from math import log1p
from operator import mul
from types import MappingProxyType
from typing import NamedTuple

from policykit.domains.dictionary import DomainExample
from policykit.domains.vocabulary import ORDINARY, STRONG, Vocabulary

#: position of a domain -> weight or share
Shares = dict[int, float]

#: evidence that a place must hold before its shares add up to 1: one stray word decides nothing
HEADING_FLOOR, BODY_FLOOR, OPENING_FLOOR, TITLE_FLOOR = 3.0, 8.0, 4.0, 3.0
#: the strongest domain of the body is taken to have at least this much
RATIO_FLOOR = 9.0
#: a term that comes again adds this part of its weight, growing with the square root of the repetitions
REPEAT = 0.7
MOST_DOMAINS = 4
#: less than this in the body, or this part of the theme, makes no candidate
CANDIDATE_FROM, CANDIDATE_THEME = 3.0, 0.2
NOTHING: Mapping[int, float] = MappingProxyType({})


class TaskEvidence(NamedTuple):
    """The terms found in one task, as indexes of the vocabulary, by place; `body` holds those of the first sentence too."""

    heading: Sequence[int]
    opening: Sequence[int]
    body: Sequence[int]
    charge: Sequence[int] = ()
    is_safeguard: bool = False


class TaskWeights(NamedTuple):
    """What the terms of one task weigh for each domain, by place."""

    heading: Shares  # sums
    heading_shares: Shares
    body: Shares  # sums
    body_shares: Shares
    opening_shares: Shares
    presence: Shares  # the part of the heading or of the body, whichever is larger


class Signals(NamedTuple):
    """What speaks for one domain in one task; also the weights of the same."""

    heading_share: float  # its part of the terms in the heading
    heading_named: float  # 1 where the heading names it
    body_ratio: float  # its terms in the body against those of the body's strongest domain
    body_amount: float  # logarithm of its terms in the body
    body_alone: float  # its part of the terms in the body, where the heading names no domain
    opening_share: float  # its part of the terms in the first sentence
    charge: float  # its part of the authorities in charge
    chapter: float  # its part of the terms in the headings above
    company: float  # its mean part in the neighbouring tasks under the same heading
    theme: float  # its part of what the whole document is about
    theme_of_safeguard: float  # the same, in a safeguard
    theme_alone: float  # the same, where the heading names no domain


#: set by logistic regression on annotated documents, each document left out in turn to see that the rest predict it
GIVEN = Signals(1.4, 1.2, 3.6, 1.2, 3.1, 1.3, 2.3, 1.2, 1.3, 2.1, 0.9, 1.4)
#: the score from which a second, third and fourth domain is given
GIVEN_FROM = (4.0, 4.1, 4.5)
MAIN = Signals(3.5, 0.8, 2.9, 0.1, 4.1, 1.8, 1.4, 1.1, 1.7, -0.6, 1.0, 3.4)
#: in a document about standardisation a domain is what the standards are for where the heading names it so clearly
NAMED_FROM = 0.5
#: and a domain is given beside standardisation alone where the body speaks of it so much
RATIO_BESIDE_STANDARDS = 0.5


def term_weights(vocabulary: Vocabulary, terms: Iterable[int]) -> Shares:
    """The weights of some terms, summed for each domain."""
    evidence = vocabulary.evidence
    sums: Shares = {}
    for index in terms:
        for domain, weight in evidence[index]:
            sums[domain] = sums.get(domain, 0.0) + weight
    return sums


def heading_weights(vocabulary: Vocabulary, terms: Iterable[int]) -> Shares:
    """The same for a heading, where an ordinary term names a domain as well as a strong one."""
    evidence = vocabulary.evidence
    sums: Shares = {}
    for index in terms:
        for domain, weight in evidence[index]:
            sums[domain] = sums.get(domain, 0.0) + (weight if weight < ORDINARY else STRONG)
    return sums


def shares(sums: Mapping[int, float], floor: float) -> Shares:
    """Weights as parts of their sum, or of `floor` where there is less.

    >>> shares({3: 1.0, 5: 3.0}, 2.0), shares({3: 1.0}, 2.0)
    ({3: 0.25, 5: 0.75}, {3: 0.5})
    """
    total = max(sum(sums.values()), floor)
    return {domain: value / total for domain, value in sums.items()}


def charge_shares(vocabulary: Vocabulary, charge: Sequence[int]) -> Shares:
    """The domains' parts of the authorities in charge; the fewer the authorities, the more each says."""
    sums: Shares = {}
    bodies = 0
    for index in dict.fromkeys(charge):
        if places := vocabulary.in_charge[index]:
            bodies += 1
            for place in places:
                sums[place] = sums.get(place, 0.0) + 1.0 / len(places)
    return {place: value / bodies for place, value in sums.items()}


def weigh_task(vocabulary: Vocabulary, evidence: TaskEvidence, damping: Mapping[int, float] = NOTHING) -> TaskWeights:
    """What the terms of a task weigh for each domain; `damping` holds factors for terms that say little in this document."""
    table = vocabulary.evidence
    factor_of = damping.get
    body: Shares = {}
    for index, count in Counter(evidence.body).items():
        if rows := table[index]:
            factor = factor_of(index, 1.0)
            if count > 1:
                factor *= 1.0 + REPEAT * (count - 1) ** 0.5
            for domain, weight in rows:
                body[domain] = body.get(domain, 0.0) + weight * factor
    heading = heading_weights(vocabulary, evidence.heading)
    opening: Shares = {}
    for index in evidence.opening:
        for domain, weight in table[index]:
            opening[domain] = opening.get(domain, 0.0) + weight * factor_of(index, 1.0)
    heading_shares, body_shares = shares(heading, HEADING_FLOOR), shares(body, BODY_FLOOR)
    presence = dict(body_shares)
    for domain, share in heading_shares.items():
        if share > presence.get(domain, 0.0):
            presence[domain] = share
    return TaskWeights(heading, heading_shares, body, body_shares, shares(opening, OPENING_FLOOR), presence)


def signals(
    weights: TaskWeights,
    *,
    charge: Mapping[int, float] = NOTHING,
    chapter: Mapping[int, float] = NOTHING,
    theme: Mapping[int, float] = NOTHING,
    company: Sequence[Mapping[int, float]] = (),
    is_safeguard: bool = False,
) -> dict[int, Signals]:
    """What speaks for each domain that anything in the task, its headings, its charge or its document's theme speaks for.

    `charge`, `chapter` and `theme` are shares, `company` the presence of each domain in each of the tasks near this one.
    """
    heading, heading_shares, body, body_shares, opening, _ = weights
    unnamed = 1.0 - min(1.0, sum(heading.values()) / STRONG)
    strongest = max(*body.values(), RATIO_FLOOR) if body else RATIO_FLOOR
    neighbours = len(company) or 1
    # a domain that one word of the body or a small part of the theme speaks for comes last anyway
    candidates = {domain for domain, weight in body.items() if weight >= CANDIDATE_FROM}
    candidates.update(domain for domain, share in theme.items() if share >= CANDIDATE_THEME)
    candidates.update(heading, charge, chapter)
    found: dict[int, Signals] = {}
    for domain in candidates or body:
        in_body = body.get(domain, 0.0)
        in_theme = theme.get(domain, 0.0)
        in_company = 0.0
        for near in company:
            in_company += near.get(domain, 0.0)
        found[domain] = Signals(
            heading_shares.get(domain, 0.0),
            min(1.0, heading.get(domain, 0.0) / STRONG),
            in_body / strongest,
            log1p(in_body),
            body_shares.get(domain, 0.0) * unnamed,
            opening.get(domain, 0.0),
            charge.get(domain, 0.0),
            chapter.get(domain, 0.0),
            in_company / neighbours,
            in_theme,
            in_theme if is_safeguard else 0.0,
            in_theme * unnamed,
        )
    return found


def choose(found: Mapping[int, Signals], given: Signals = GIVEN, main: Signals = MAIN) -> tuple[int, ...]:
    """The domains of a task: the main one, and up to three others that are given, the strongest first; none where nothing speaks."""
    if not found:
        return ()
    # the highest score first, of equal ones the domain that comes first
    first = min([(-sum(map(mul, main, row)), domain) for domain, row in found.items()])[1]
    chosen = [first]
    for score, domain in sorted([(-sum(map(mul, given, row)), domain) for domain, row in found.items()]):
        if len(chosen) == MOST_DOMAINS or -score < GIVEN_FROM[len(chosen) - 1]:
            break
        if domain != first:
            chosen.append(domain)
    return tuple(chosen)


def choose_for_standards(standards: int, found: Mapping[int, Signals]) -> tuple[int, ...]:
    """The domains of a task in a document about standardisation: what the standards are for, then standardisation, then others.

    Only the heading says what the standards are for; where it names nothing else the task is about standardisation itself.
    """
    others = {domain: row for domain, row in found.items() if domain != standards}
    ranked = choose({domain: row for domain, row in others.items() if row.heading_named >= NAMED_FROM})[:1]
    rest = [
        domain
        for domain in choose(others)
        if domain not in ranked and (ranked or others[domain].body_ratio >= RATIO_BESIDE_STANDARDS)
    ]
    return (*ranked, standards, *rest[: MOST_DOMAINS - 2])


def passage_domains(vocabulary: Vocabulary, text: str) -> tuple[str, ...]:
    """The ids of the domains that a passage is about, read like a task without a heading; the main one first.

    >>> from policykit.domains import load_domains
    >>> from policykit.domains.vocabulary import build_vocabulary
    >>> passage_domains(build_vocabulary(load_domains()), "完善排水管网，建设地下综合管廊。")
    ('infrastructure',)
    """
    terms = [match[0] for match in vocabulary.matcher.find(text)]
    found = signals(weigh_task(vocabulary, TaskEvidence(heading=(), opening=terms, body=terms)))
    return tuple(vocabulary.domains[domain].id for domain in choose(found))


def failed_examples(vocabulary: Vocabulary) -> list[tuple[str, DomainExample, tuple[str, ...]]]:
    """The examples of the domains that do not come out as they should: domain id, example, the domains found instead."""
    failed = []
    for domain in vocabulary.domains:
        for example in domain.examples:
            found = passage_domains(vocabulary, example.text)
            as_expected = {
                "first": found[:1] == (domain.id,),
                "given": domain.id in found,
                "absent": domain.id not in found,
            }
            if not as_expected[example.expect]:
                failed.append((domain.id, example, found))
    return failed
