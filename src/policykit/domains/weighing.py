"""Deciding which domains a task is about, from where the terms of each domain stand in it.

What an item directs counts, not what it mentions. Each place of the task says something of its own: the heading, the first sentence, how
many sentences speak of a domain, how much of the body does, the authority in charge, the chapter above, what the whole document is about.
`signals` turns these into numbers for each domain, most of them shares between 0 and 1, so that a long body does not outweigh a heading.
Two weighted sums decide: one whether a domain is given, the other which domain is the main one. A domain that the whole document is about
is given easily, but is rarely the main one where the heading names another.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import log1p
from operator import mul
from types import MappingProxyType
from typing import NamedTuple

from policykit.domains.dictionary import DomainExample
from policykit.domains.vocabulary import ORDINARY, STRONG, Vocabulary

#: position of a domain -> weight or share
Shares = dict[int, float]

#: evidence that a place must hold before its shares add up to 1: one stray word decides nothing
HEADING_FLOOR, BODY_FLOOR, OPENING_FLOOR, SENTENCE_FLOOR, TITLE_FLOOR = 3.0, 8.0, 4.0, 3.0, 3.0
#: with this much evidence for other domains a task is not only about what the whole document is about
BARE_FROM = 10.0
#: a term that comes again adds this part of its weight, growing with the square root of the repetitions
REPEAT = 0.7
RATIO_FLOOR = 9.0
MOST_DOMAINS = 4
NOTHING: Mapping[int, float] = MappingProxyType({})


class Signals(NamedTuple):
    """What speaks for one domain in one task; also the weights of the same."""

    heading_share: float  # its part of the terms in the heading
    heading_named: float  # 1 where the heading names it with a strong term
    body_share: float  # its part of the terms in the body
    body_ratio: float  # its terms in the body against those of the body's strongest domain
    body_amount: float  # logarithm of its terms in the body
    body_variety: float  # logarithm of its different terms in the body
    opening_share: float  # its part of the terms in the first sentence
    charge: float  # its part of the authorities in charge
    chapter: float  # its part of the terms in the heading above
    theme: float  # its part of what the whole document is about
    theme_of_safeguard: float  # the same, in a safeguard
    theme_alone: float  # the same, where the heading names no domain
    theme_bare: float  # the same, where heading and body say nothing of other domains
    coverage: float  # its mean part of the terms of each sentence
    body_alone: float  # its part of the body, where the heading names no domain
    company: float = 0.0  # its mean part in the neighbouring tasks under the same heading


#: set by logistic regression on annotated documents, each document left out in turn to see that the rest predict it
GIVEN = Signals(1.40, 1.10, 3.77, 2.26, 1.83, -0.89, 0.55, 2.42, 1.35, 1.44, 0.87, 1.21, 1.75, 2.79, 1.97, 1.20)
#: the score from which a second, third and fourth domain is given
GIVEN_FROM = (4.05, 4.28, 4.58)
MAIN = Signals(3.09, 0.81, 1.48, 2.29, 0.21, -0.28, 1.90, 1.33, 1.09, -0.92, 1.05, 3.17, 1.38, 1.26, 3.15, 1.66)


class TaskEvidence(NamedTuple):
    """The terms found in one task, as indexes of the vocabulary: those of the heading, those of each sentence of the body, and the
    authorities in charge."""

    heading: Sequence[int]
    sentences: Sequence[Sequence[int]]
    charge: Sequence[int] = ()
    sentence_count: int = 0  # with those that hold no term
    is_safeguard: bool = False


def term_weights(vocabulary: Vocabulary, terms: Sequence[int], damping: Mapping[int, float] = NOTHING) -> Shares:
    """The weights of some terms, summed for each domain; `damping` gives factors for some of the terms."""
    evidence = vocabulary.evidence
    sums: Shares = {}
    for index in terms:
        factor = damping.get(index, 1.0)
        for domain, weight in evidence[index]:
            sums[domain] = sums.get(domain, 0.0) + weight * factor
    return sums


def heading_weights(vocabulary: Vocabulary, terms: Sequence[int]) -> Shares:
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


def signals(
    vocabulary: Vocabulary,
    evidence: TaskEvidence,
    *,
    chapter: Mapping[int, float],
    theme: Mapping[int, float],
    damping: Mapping[int, float] = NOTHING,
) -> dict[int, Signals]:
    """What speaks for each domain that anything in the task, its chapter or its document speaks for."""
    heading = heading_weights(vocabulary, evidence.heading)
    heading_shares = shares(heading, HEADING_FLOOR)
    unnamed = 1.0 - min(1.0, sum(heading.values()) / STRONG)
    counts: dict[int, int] = {}
    coverage: Shares = {}
    opening: Shares = {}
    for number, sentence in enumerate(evidence.sentences):
        weights = term_weights(vocabulary, sentence, damping)
        total = max(sum(weights.values()), SENTENCE_FLOOR)
        for domain, weight in weights.items():
            coverage[domain] = coverage.get(domain, 0.0) + weight / total
        if number == 0:
            opening = shares(weights, OPENING_FLOOR)
        for index in sentence:
            counts[index] = counts.get(index, 0) + 1
    body: Shares = {}
    variety: dict[int, int] = {}
    for index, count in counts.items():
        often = (1.0 if count == 1 else 1.0 + REPEAT * (count - 1) ** 0.5) * damping.get(index, 1.0)
        for domain, weight in vocabulary.evidence[index]:
            body[domain] = body.get(domain, 0.0) + weight * often
            variety[domain] = variety.get(domain, 0) + 1
    body_shares = shares(body, BODY_FLOOR)
    strongest = max(*body.values(), RATIO_FLOOR) if body else RATIO_FLOOR
    charge = charge_shares(vocabulary, evidence.charge)
    elsewhere = sum(weight for domain, weight in body.items() if domain not in theme)
    elsewhere += sum(weight for domain, weight in heading.items() if domain not in theme)
    bare = 1.0 - min(1.0, elsewhere / BARE_FROM)
    sentence_count = max(evidence.sentence_count, len(evidence.sentences), 1)
    found: dict[int, Signals] = {}
    for domain in {**heading, **body, **charge, **chapter, **theme}:
        in_body = body.get(domain, 0.0)
        in_theme = theme.get(domain, 0.0)
        found[domain] = Signals(
            heading_shares.get(domain, 0.0),
            min(1.0, heading.get(domain, 0.0) / STRONG),
            body_shares.get(domain, 0.0),
            in_body / strongest,
            log1p(in_body),
            log1p(variety.get(domain, 0)),
            opening.get(domain, 0.0),
            charge.get(domain, 0.0),
            chapter.get(domain, 0.0),
            in_theme,
            in_theme if evidence.is_safeguard else 0.0,
            in_theme * unnamed,
            in_theme * bare,
            coverage.get(domain, 0.0) / sentence_count,
            body_shares.get(domain, 0.0) * unnamed,
        )
    return found


def choose(found: Mapping[int, Signals], given: Signals = GIVEN, main: Signals = MAIN) -> tuple[int, ...]:
    """The domains of a task: the main one, and up to three others that are given, the strongest first; none where nothing speaks."""
    if not found:
        return ()
    given_scores = {domain: sum(map(mul, given, row)) for domain, row in found.items()}
    main_scores = {domain: sum(map(mul, main, row)) for domain, row in found.items()}
    first = max(main_scores, key=lambda domain: (main_scores[domain], -domain))
    chosen = [first]
    for domain in sorted(given_scores, key=lambda domain: (-given_scores[domain], domain)):
        if len(chosen) == MOST_DOMAINS or given_scores[domain] < GIVEN_FROM[len(chosen) - 1]:
            break
        if domain != first:
            chosen.append(domain)
    return tuple(chosen)


def choose_for_standards(standards: int, found: Mapping[int, Signals]) -> tuple[int, ...]:
    """The domains of a task in a document about standardisation: what the standards are for, then standardisation, then others.

    Only the heading says what the standards are for; where it names nothing else the task is about standardisation itself.
    """
    others = {domain: row for domain, row in found.items() if domain != standards}
    named = {domain: row for domain, row in others.items() if row.heading_named >= 0.5}
    ranked = choose(named)[:1]
    given = choose(others)
    rest = [domain for domain in given if domain not in ranked and (ranked or others[domain].coverage >= 0.12)]
    return (*ranked, standards, *rest[: MOST_DOMAINS - 2])


def passage_domains(vocabulary: Vocabulary, text: str) -> tuple[str, ...]:
    """The ids of the domains that a passage is about, read like a task without a heading; the main one first.

    >>> from policykit.domains import load_domains
    >>> from policykit.domains.vocabulary import build_vocabulary
    >>> passage_domains(build_vocabulary(load_domains()), "完善排水管网，建设地下综合管廊。")
    ('infrastructure',)
    """
    terms = [match[0] for match in vocabulary.matcher.find(text)]
    found = signals(vocabulary, TaskEvidence((), [terms]), chapter={}, theme={})
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
