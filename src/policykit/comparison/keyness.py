"""How surprising a difference of frequencies is, and how great."""

from __future__ import annotations

from math import log, log2


def log_likelihood(count: int, total: int, other_count: int, other_total: int) -> float:
    """The log-likelihood ratio (G²) of a count in one text against another (Dunning 1993, Rayson and Garside 2000).

    From 3.84 on, a difference as great comes about by chance once in twenty times, from 6.63 on once in a hundred, from 10.83 on once in
    a thousand.

    >>> round(log_likelihood(10, 1000, 30, 1000), 2), log_likelihood(5, 100, 5, 100)
    (10.46, 0.0)
    """
    both = count + other_count
    if not both or not total or not other_total:
        return 0.0
    expected = total * both / (total + other_total)
    other_expected = other_total * both / (total + other_total)
    value = (count * log(count / expected) if count else 0.0) + (
        other_count * log(other_count / other_expected) if other_count else 0.0
    )
    return max(0.0, 2 * value)


def log_ratio(count: int, total: int, other_count: int, other_total: int) -> float:
    """By how many doublings the second frequency is greater (Hardie 2014); half an occurrence is added to each count.

    >>> round(log_ratio(10, 1000, 41, 1000), 1)
    2.0
    """
    return log2((other_count + 0.5) / max(1, other_total)) - log2((count + 0.5) / max(1, total))
