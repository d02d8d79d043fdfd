"""Searching a long text piece by piece, and keeping it in pieces.

`ahocorasick_rs` holds eight bytes for each byte of the text that it searches, which for a text of ten megabytes is more than everything
else. Piece by piece it finds the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

#: index of the term, start, end (exclusive)
TermMatch = tuple[int, int, int]

#: how many characters are searched at a time
_PIECE = 200_000
#: a text of more letters is kept in pieces of so many
_KEPT = 100_000


class TextInPieces:
    """A text that is kept for later. One letter beyond the basic plane makes every letter of a text twice as long: here of its piece alone.

    >>> str(TextInPieces("到2027年底", size=3))
    '到2027年底'
    """

    def __init__(self, text: str, size: int) -> None:
        self._pieces = [text[start : start + size] for start in range(0, len(text), size)]
        self._size = size

    def __str__(self) -> str:
        return "".join(self._pieces)

    def count(self, letter: str, start: int, end: int) -> int:
        """How often a letter stands in a stretch of the text."""
        first, size = start // self._size, self._size
        pieces = enumerate(self._pieces[first : end // size + 1], first)
        return sum([piece.count(letter, max(0, start - at * size), max(0, end - at * size)) for at, piece in pieces])


def in_pieces(text: str) -> str | TextInPieces:
    """A text that is kept for later, in pieces where it is long."""
    return text if len(text) <= _KEPT else TextInPieces(text, _KEPT)


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
