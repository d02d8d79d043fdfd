"""Searching a long text piece by piece.

`ahocorasick_rs` holds eight bytes for each byte of the text that it searches, which for a text of ten megabytes is more than everything
else. Piece by piece it finds the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

#: index of the term, start, end (exclusive)
TermMatch = tuple[int, int, int]

#: how many characters are searched at a time
_PIECE = 200_000


def matches_in_pieces(
    find: Callable[[str], Iterable[TermMatch]],
    text: str,
    longest: int,
    *,
    overlapping: bool = False,
    piece: int = _PIECE,
) -> Iterator[TermMatch]:
    """What `find` finds in the whole text, in its order (where matches overlap: in the order of the pieces).

    `find` gives the leftmost matches of terms, none overlapping another, or with `overlapping` all; `longest` is the length of the
    longest term.

    >>> import re
    >>> find = lambda text: [(0, *match.span()) for match in re.finditer("标准化?", text)]
    >>> list(matches_in_pieces(find, "城市标准化标准", 3, piece=4))
    [(0, 2, 5), (0, 5, 7)]
    """
    return iter(find(text)) if len(text) <= piece else _piece_by_piece(find, text, longest, overlapping, piece)


def _piece_by_piece(
    find: Callable[[str], Iterable[TermMatch]], text: str, longest: int, overlapping: bool, piece: int
) -> Iterator[TermMatch]:
    position = 0
    while position < len(text):
        # a match belongs to the piece that it begins in, which sees as far as the longest term reaches
        border = following = position + piece
        for index, start, end in find(text[position : border + longest]):
            if position + start < border:
                yield index, position + start, position + end
                if not overlapping:
                    following = max(border, position + end)
        position = following
