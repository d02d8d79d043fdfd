"""What a pattern can begin with, so that a search skips to those places.

Python's engine skips where a pattern begins with a letter or a set, or consists of alternatives that all begin with a letter. Here the same
is worked out for patterns that begin with a look at their surroundings (`(?<!以)上年`), with groups or with something that may be missing:
without it the engine tries them at every letter. What a pattern matches does not change: the set holds every letter that it can begin
with, and others do no harm.

This reads what `re` makes of a pattern before it is compiled. Where another Python has that in another form, an error (any of
`policykit.patterns`' kind) says so and the pattern is compiled as ever.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

#: `re`'s names for looks at the surroundings, for groups, and for what repeats
_AROUND = frozenset({"ASSERT", "ASSERT_NOT", "AT"})
_REPEATS = frozenset({"MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"})
#: where the engine's information on a pattern says what it knows: nothing yet, or a set of letters
_MASK, _BEHIND_WIDTHS = 2, 5
_NOTHING_KNOWN, _SET_KNOWN = 0, 4

_Signs = list[tuple[Any, Any]]


class _NoStartError(Exception):
    """A pattern that may begin with nearly anything."""


def with_start(parsed: Any, code: Sequence[int], flags: int, compiler: Any) -> list[int]:
    """The engine's numbers for a parsed pattern, with the set of letters that it begins with where `re` does not know them."""
    # the numbers open with: the name of the block, its length, what is known, the shortest and the longest match
    is_open = code[_MASK] == _NOTHING_KNOWN and code[_MASK + 1] > 0 and not flags & (re.IGNORECASE | re.LOCALE)
    if not is_open:
        return list(code)
    try:
        signs, may_be_empty = _first(parsed.data)
    except _NoStartError:
        return list(code)
    if may_be_empty:
        return list(code)
    information = [*code[:_MASK], _SET_KNOWN, *code[_MASK + 1 : _BEHIND_WIDTHS]]
    compiler._compile_charset(compiler._optimize_charset(signs)[0], flags, information)
    information[1] = len(information) - 1
    return [*information, *code[1 + code[1] :]]


def _first(parts: Any) -> tuple[_Signs, bool]:
    """The letters that a sequence can begin with, and whether it can be empty."""
    signs: _Signs = []
    for operation, value in parts:
        found, may_be_empty = _first_of(str(operation), operation, value)
        signs += found
        if not may_be_empty:
            return signs, False
    return signs, True


def _first_of(name: str, operation: Any, value: Any) -> tuple[_Signs, bool]:
    if name in _AROUND:
        return [], True
    if name == "LITERAL":
        return [(operation, value)], False
    if name == "IN" and str(value[0][0]) != "NEGATE":
        return list(value), False
    if name == "BRANCH":
        branches = [_first(branch) for branch in value[1]]
        return [sign for signs, _ in branches for sign in signs], any(may_be_empty for _, may_be_empty in branches)
    if name == "SUBPATTERN" and not value[1] and not value[2]:
        return _first(value[3])
    if name in _REPEATS:
        signs, may_be_empty = _first(value[2])
        return signs, may_be_empty or value[0] == 0
    raise _NoStartError
