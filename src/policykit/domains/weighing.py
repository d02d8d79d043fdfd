"""Deciding which domains a task is about, from where the terms of each domain stand in it.

What an item directs counts, not what it mentions: a term in the heading weighs most, then one in a sentence that opens a paragraph like
a heading, then the first sentence of the body, then the rest. The authority in charge, the chapter above and what the whole document is
about add to it. Each of these sources is a distribution over the domains (its weights add up to at most 1), so that a long body does not
outweigh a heading and one stray word does not decide where there is little to go by.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from policykit.domains.dictionary import DomainExample
from policykit.domains.vocabulary import Vocabulary

#: position of a domain -> weight
Shares = dict[int, float]


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each source counts. Set by hand and checked against annotated documents, with each document left out in turn."""

    heading: float = 1.2
    body: float = 1.2
    charge: float = 0.3
    chapter: float = 0.1
    theme: float = 0.1
    theme_of_safeguard: float = 0.7
    # a term in such a place of the body, against one elsewhere in it
    opening: float = 1.0
    first_sentence: float = 1.6
    # evidence that a source must have before its shares add up to 1
    heading_floor: float = 3.5
    body_floor: float = 6.0
    # a domain is given from this part of the strongest domain's score, and from this score at least
    threshold: float = 0.2
    least: float = 0.12
    # each domain after the second needs this much more
    threshold_step: float = 0.04
    repeat: float = 0.4
    first_in_heading: float = 1.0


WEIGHTS = Weights()


@dataclass(frozen=True, slots=True)
class TaskEvidence:
    """The terms found in one task, by place: indexes of the vocabulary with their counts."""

    heading: Counter[int]
    opening: Counter[int]
    first_sentence: Counter[int]
    rest: Counter[int]
    charge: Counter[int]
    heading_order: tuple[int, ...] = ()


def evidence_shares(
    vocabulary: Vocabulary, counted: Iterable[tuple[Counter[int], float]], floor: float, repeat: float = 0.5
) -> Shares:
    """The domains' parts of the evidence in some places, each place with its weight.

    A term that comes again adds `repeat` of its weight the second time and less ever after.
    """
    sums: Shares = {}
    for counts, place_weight in counted:
        for index, number in counts.items():
            often = place_weight * (1.0 if number == 1 else 1.0 + repeat * (number - 1) ** 0.5)
            for domain, weight in vocabulary.evidence[index]:
                sums[domain] = sums.get(domain, 0.0) + weight * often
    total = max(sum(sums.values()), floor)
    return {domain: value / total for domain, value in sums.items()}


def charge_shares(vocabulary: Vocabulary, charge: Counter[int]) -> Shares:
    """The domains' parts of the authorities in charge; the fewer the authorities, the more each says."""
    sums: Shares = {}
    bodies = 0
    for index in charge:
        if places := vocabulary.in_charge[index]:
            bodies += 1
            for place in places:
                sums[place] = sums.get(place, 0.0) + 1.0 / len(places)
    return {place: value / bodies for place, value in sums.items()}


def score_task(
    vocabulary: Vocabulary,
    evidence: TaskEvidence,
    *,
    chapter: Mapping[int, float],
    theme: Mapping[int, float],
    is_safeguard: bool,
    weights: Weights = WEIGHTS,
) -> Shares:
    """How strongly a task belongs to each domain."""
    w = weights
    heading = evidence_shares(vocabulary, [(evidence.heading, 1.0)], w.heading_floor, w.repeat)
    body = evidence_shares(
        vocabulary,
        [(evidence.opening, w.opening), (evidence.first_sentence, w.first_sentence), (evidence.rest, 1.0)],
        w.body_floor,
        w.repeat,
    )
    scores: Shares = {}
    for shares, weight in (
        (heading, w.heading),
        (body, w.body),
        (charge_shares(vocabulary, evidence.charge), w.charge),
        (chapter, w.chapter),
        (theme, w.theme_of_safeguard if is_safeguard else w.theme),
    ):
        for domain, share in shares.items():
            scores[domain] = scores.get(domain, 0.0) + weight * share
    if evidence.heading_order:
        for domain, _ in vocabulary.evidence[evidence.heading_order[0]]:
            scores[domain] *= w.first_in_heading
    return scores


def choose_domains(scores: Mapping[int, float], weights: Weights = WEIGHTS) -> tuple[int, ...]:
    """One to four domains, the strongest first; none where nothing speaks for any."""
    ranked = sorted(scores.items(), key=lambda row: (-row[1], row[0]))
    if not ranked or ranked[0][1] <= 0.0:
        return ()
    chosen = [ranked[0][0]]
    for domain, score in ranked[1:4]:
        needed = weights.threshold + weights.threshold_step * (len(chosen) - 1)
        if score < needed * ranked[0][1] or score < weights.least:
            break
        chosen.append(domain)
    return tuple(chosen)


def passage_domains(vocabulary: Vocabulary, text: str, weights: Weights = WEIGHTS) -> tuple[str, ...]:
    """The ids of the domains that a passage is about, read like a task without a heading; the main one first.

    >>> from policykit.domains import load_domains
    >>> from policykit.domains.vocabulary import build_vocabulary
    >>> passage_domains(build_vocabulary(load_domains()), "完善排水管网，建设地下综合管廊。")
    ('infrastructure',)
    """
    nothing: Counter[int] = Counter()
    terms = Counter([match[0] for match in vocabulary.matcher.find(text)])
    scores = score_task(
        vocabulary,
        TaskEvidence(nothing, nothing, terms, nothing, nothing),
        chapter={},
        theme={},
        is_safeguard=False,
        weights=weights,
    )
    return tuple(vocabulary.domains[domain].id for domain in choose_domains(scores, weights))


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
