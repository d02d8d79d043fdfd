"""How much a summary says."""

from __future__ import annotations

from dataclasses import dataclass

from policykit.errors import PolicykitError

#: more sentences than this are no summary
_MOST_SENTENCES = 100


@dataclass(frozen=True, slots=True)
class Length:
    """How many rows each part of a summary has at most."""

    sentences: int
    goals: int
    dates: int
    per_date: int  # statements for each date
    tasks: int  # lines of chapters and tasks
    domains: int
    bodies: int
    missing: int  # rows of each list of what is missing
    indicators: int  # rows of the matrix of several documents


_NAMED = {
    "short": Length(3, 6, 4, 1, 12, 5, 4, 3, 10),
    "medium": Length(6, 12, 8, 2, 60, 10, 8, 6, 25),
    "long": Length(15, 60, 40, 6, 2000, 50, 40, 100, 200),
}


def length(wanted: str | int) -> Length:
    """The length of a name (`short`, `medium`, `long`) or of a number of sentences.

    Raises `PolicykitError` for anything else.

    >>> length("short").sentences, length(10).sentences, length("10").goals
    (3, 10, 12)
    """
    if wanted in _NAMED:
        return _NAMED[str(wanted)]
    try:
        number = int(wanted)
    except ValueError:
        number = -1
    if not 0 <= number <= _MOST_SENTENCES:
        raise PolicykitError(
            f"no length of a summary: {wanted}",
            advice=f"say short, medium, long, or a number of sentences up to {_MOST_SENTENCES}",
        )
    nearest = "short" if number <= _NAMED["short"].sentences else "medium" if number <= 10 else "long"
    rows = _NAMED[nearest]
    return Length(number, *(getattr(rows, name) for name in Length.__slots__[1:]))
