"""Deciding which domains a task is about, from where the terms of each domain stand in it.

What an item directs counts, not what it mentions. Each place of the task says something of its own: the heading, the first sentence, the
body, the authority in charge, the chapter above, the tasks next to it, what the whole document is about. `weigh_task` sums the terms up,
`score` turns the sums into signals for each domain, most of them shares between 0 and 1, so that a long body does not outweigh a heading.
Two weighted sums of the signals decide: one whether a domain is given, the other which domain is the main one. A domain that the whole
document is about is given easily, but is rarely the main one where the heading names another.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import compress, islice
from math import inf, log1p
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
    """The terms found in one task, as indexes of the vocabulary, by place; the first `opening` of `body` are those of the first sentence."""

    heading: Sequence[int]
    opening: int
    body: Sequence[int]
    charge: Sequence[int] = ()
    is_safeguard: bool = False


class TaskWeights(NamedTuple):
    """What the terms of one task weigh for each domain, by place: sums, and what these are shares of.

    A list has a number for each domain of the vocabulary: adding to it takes a fraction of the time that a dict takes.
    """

    heading: Shares
    heading_total: float
    body: list[float]
    body_total: float
    opening: list[float]
    opening_total: float
    presence: list[float]  # of the part of the heading and that of the body the larger one, times `body_total`


class SignalWeights(NamedTuple):
    """How much each of the signals that speak for a domain counts."""

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


#: the scores of each domain that is in question for a task: as one that is given, and as the main one
Scores = tuple[Shares, Shares]


#: set by logistic regression on annotated documents, each document left out in turn to see that the rest predict it
GIVEN = SignalWeights(1.4, 1.2, 3.6, 1.2, 3.1, 1.3, 2.3, 1.2, 1.3, 2.1, 0.9, 1.4)
#: the score from which a second, third and fourth domain is given
GIVEN_FROM = (4.0, 4.1, 4.5)
MAIN = SignalWeights(3.5, 0.8, 2.9, 0.1, 4.1, 1.8, 1.4, 1.1, 1.7, -0.6, 1.0, 3.4)
#: in a document about standardisation a domain is what the standards are for where the heading names it so clearly
NAMED_FROM = 0.5
#: and a domain is given beside standardisation alone where the body speaks of it so much
RATIO_BESIDE_STANDARDS = 0.5


def term_weights(vocabulary: Vocabulary, terms: Iterable[int]) -> Shares:
    """The weights of some terms, summed for each domain."""
    table = vocabulary.evidence
    sums: Shares = {}
    for index in terms:
        for domain, weight in table[index]:
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


def charge_shares(vocabulary: Vocabulary, charge: Sequence[int]) -> Mapping[int, float]:
    """The domains' parts of the authorities in charge; the fewer the authorities, the more each says."""
    if not charge:
        return NOTHING
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
    times: dict[int, int] = {}
    for index in evidence.body:
        times[index] = times[index] + 1 if index in times else 1
    body = [0.0] * len(vocabulary.domains)
    opening = body.copy()
    for index, number in times.items():
        if number > 1 or index in damping:
            factor = (1.0 + REPEAT * (number - 1) ** 0.5) * damping.get(index, 1.0)
            for domain, weight in table[index]:
                body[domain] += weight * factor
        else:
            for domain, weight in table[index]:
                body[domain] += weight
    for index in islice(evidence.body, evidence.opening):
        for domain, weight in table[index]:
            opening[domain] += weight * damping[index] if index in damping else weight
    body_total, opening_total = sum(body), sum(opening)
    if body_total < BODY_FLOOR:
        body_total = BODY_FLOOR
    if opening_total < OPENING_FLOOR:
        opening_total = OPENING_FLOOR
    if not evidence.heading:
        return tuple.__new__(TaskWeights, ({}, HEADING_FLOOR, body, body_total, opening, opening_total, body))
    heading = heading_weights(vocabulary, evidence.heading)
    heading_total = max(sum(heading.values()), HEADING_FLOOR)
    presence = body.copy()
    for domain, weight in heading.items():
        presence[domain] = max(body[domain], weight / heading_total * body_total)
    return tuple.__new__(TaskWeights, (heading, heading_total, body, body_total, opening, opening_total, presence))


def score(
    weights: TaskWeights,
    *,
    charge: Mapping[int, float] = NOTHING,
    chapter: Mapping[int, float] = NOTHING,
    theme: Mapping[int, float] = NOTHING,
    company: Sequence[tuple[list[float], float]] = (),
    is_safeguard: bool = False,
) -> Scores:
    """The scores, in the order of the domains, of each that anything in the task, its headings, its charge or its document's theme speaks for.

    `charge`, `chapter` and `theme` are shares, `company` the presence of each domain in each of the tasks near this one, and what it
    is to be divided by.
    """
    heading, heading_total, body, body_total, opening, opening_total, _ = weights
    # a domain that one word of the body or a small part of the theme speaks for comes last anyway
    candidates = [domain for domain in compress(range(len(body)), body) if body[domain] >= CANDIDATE_FROM]
    strongest = RATIO_FLOOR
    for domain in candidates:
        if body[domain] > strongest:
            strongest = body[domain]
    if theme or heading or charge or chapter:
        leading = [domain for domain, share in theme.items() if share >= CANDIDATE_THEME]
        candidates = sorted({*candidates, *leading, *heading, *charge, *chapter})
    given: Shares = {}
    main: Shares = {}
    if not candidates:
        candidates = list(compress(range(len(body)), body))
        if not candidates:
            return given, main
    # each score is the sum of the signals by their weights, most of which are nothing: only what is there is added up
    (
        given_heading, given_named, given_ratio, given_amount, given_alone, given_opening,
        given_charge, given_chapter, given_company, given_theme, given_safeguard, given_theme_alone,
    ) = GIVEN  # fmt: skip
    (
        main_heading, main_named, main_ratio, main_amount, main_alone, main_opening,
        main_charge, main_chapter, main_company, main_theme, main_safeguard, main_theme_alone,
    ) = MAIN  # fmt: skip
    unnamed = 1.0 - min(1.0, sum(heading.values()) / STRONG) if heading else 1.0
    given_body = given_ratio / strongest + given_alone * unnamed / body_total
    main_body = main_ratio / strongest + main_alone * unnamed / body_total
    neighbours = len(company)
    for domain in candidates:
        for_given = for_main = 0.0
        if in_body := body[domain]:
            amount = log1p(in_body)
            for_given = in_body * given_body + amount * given_amount
            for_main = in_body * main_body + amount * main_amount
            # the first sentence is a part of the body
            if in_opening := opening[domain]:
                in_opening /= opening_total
                for_given += in_opening * given_opening
                for_main += in_opening * main_opening
        in_company = 0.0
        for near, total in company:
            if in_near := near[domain]:
                in_company += in_near / total
        if in_company:
            in_company /= neighbours
            for_given += in_company * given_company
            for_main += in_company * main_company
        given[domain] = for_given
        main[domain] = for_main
    for domain, weight in heading.items():
        share, named = weight / heading_total, weight / STRONG if weight < STRONG else 1.0
        given[domain] += share * given_heading + named * given_named
        main[domain] += share * main_heading + named * main_named
    for domain, share in charge.items():
        given[domain] += share * given_charge
        main[domain] += share * main_charge
    for domain, share in chapter.items():
        given[domain] += share * given_chapter
        main[domain] += share * main_chapter
    if theme:
        given_theme += given_theme_alone * unnamed
        main_theme += main_theme_alone * unnamed
        if is_safeguard:
            given_theme += given_safeguard
            main_theme += main_safeguard
        for domain, share in theme.items():
            if domain in given:
                given[domain] += share * given_theme
                main[domain] += share * main_theme
    return given, main


def choose(scores: Scores, among: Collection[int] | None = None) -> tuple[int, ...]:
    """The domains of a task: the main one, and up to three others that are given, the strongest first; none where nothing speaks.

    `among` are those to choose from, all where it is None.
    """
    given, main = scores
    if among is not None:
        main = {domain: score for domain, score in main.items() if domain in among}
    # the highest score first, of equal ones the domain that comes first
    first, highest = None, -inf
    for domain, its_score in main.items():
        if its_score > highest:
            first, highest = domain, its_score
    if first is None:
        return ()
    others = [domain for domain in main if given[domain] >= GIVEN_FROM[0] and domain != first]
    if not others:
        return (first,)
    others.sort(key=given.__getitem__, reverse=True)
    chosen = [first]
    for domain, least in zip(others, GIVEN_FROM, strict=False):
        if given[domain] < least:
            break
        chosen.append(domain)
    return tuple(chosen)


def choose_for_standards(standards: int, scores: Scores, weights: TaskWeights) -> tuple[int, ...]:
    """The domains of a task in a document about standardisation: what the standards are for, then standardisation, then others.

    Only the heading says what the standards are for; where it names nothing else the task is about standardisation itself.
    """
    others = scores[1].keys() - {standards}
    named = {domain for domain in others if weights.heading.get(domain, 0.0) >= NAMED_FROM * STRONG}
    ranked = choose(scores, named)[:1]
    spoken_of = RATIO_BESIDE_STANDARDS * max(*weights.body, RATIO_FLOOR)
    rest = [
        domain
        for domain in choose(scores, others)
        if domain not in ranked and (ranked or weights.body[domain] >= spoken_of)
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
    scores = score(weigh_task(vocabulary, TaskEvidence(heading=(), opening=len(terms), body=terms)))
    return tuple(vocabulary.domains[domain].id for domain in choose(scores))


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
