"""Where signs stand in a text."""

from __future__ import annotations

from collections.abc import Iterable


def places(text: str, signs: Iterable[str]) -> list[int]:
    """The offsets of all letters (or words) of a text that are among `signs`, in order.

    A pattern asks of every letter whether it belongs to a set; `str.find` skips what is not looked for, which for a few rare signs takes
    a tenth of the time.

    >>> places("到2027年底前，每年修订。", "年前")
    [5, 7, 10]
    """
    found: list[int] = []
    for sign in signs:
        place = text.find(sign)
        while place >= 0:
            found.append(place)
            place = text.find(sign, place + 1)
    found.sort()
    return found
