"""Regular expressions that are compiled once and kept between processes.

Compiling the few hundred patterns that an extraction needs takes several times as long as the extraction. `compiled` gives a
pattern as `re.compile` does; what the compiler made of a pattern is plain numbers, which are kept (policykit.cache) and handed to the matching
engine by the next process, which checks them. To these numbers is added what a pattern can begin with, where `re` does not see it
(policykit.pattern_starts). Where that does not work, on another Python or without a place to write, patterns are compiled as ever.
"""

from __future__ import annotations

import re
import sys
from functools import cache
from importlib import import_module
from os.path import dirname, join
from typing import Any

#: what is kept of a pattern: flags, code (numbers of four bytes, which load many times faster than a list), number of groups, names of groups
_Made = tuple[int, bytes, int, dict[str, int]]
_Key = tuple[str, int]
#: to be raised where other numbers are made of the same pattern
_FORM = 2

#: more than this many are not kept: patterns of versions long gone shall not pile up
_MOST = 4000

_known: dict[_Key, _Made] | None = None
_new: dict[_Key, _Made] = {}


@cache
def compiled(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """The compiled pattern: it finds what that of `re.compile(pattern, flags)` finds.

    Raises `re.error` where the pattern is none.

    >>> compiled(r"(?P<year>[0-9]{4})年").search("到2027年")["year"]
    '2027'
    """
    global _known
    if _known is None:
        _known = _load()
    key = (pattern, int(flags))
    made = _known.get(key)
    if made is None:
        made = _to_numbers(pattern, key[1])
        if made is not None:
            _known[key] = _new[key] = made
    return (made and _from_numbers(pattern, made)) or re.compile(pattern, flags)


def keep() -> None:
    """Store what this process compiled anew for those to come."""
    if _new and _known is not None:
        from policykit.cache import store_value

        kept = {**_load(), **_new}
        store_value(_entry(), kept if len(kept) <= _MOST else _new)
        _new.clear()


def _entry() -> str:
    # the numbers belong to one release of Python, one order of bytes, and the code that adds what a pattern begins with
    from policykit.cache import content_key

    release = f"{sys.hexversion:x}.{sys.byteorder}".encode()
    return content_key(f"patterns.{_FORM}", [release], made_by=join(dirname(__file__), "pattern_starts.py"))


def _load() -> dict[_Key, _Made]:
    from policykit.cache import stored_value

    found = stored_value(_entry())
    return found if isinstance(found, dict) else {}


def _from_numbers(pattern: str, made: _Made) -> re.Pattern[str] | None:
    """The pattern out of what is kept; None where this Python takes it in another form."""
    try:
        flags, code, groups, names = made
        by_number: list[str | None] = [None] * (groups + 1)
        for name, number in names.items():
            by_number[number] = name
        engine: Any = import_module("_sre")
        numbers = memoryview(code).cast("I").tolist()
        found: re.Pattern[str] = engine.compile(pattern, flags, numbers, groups, names, tuple(by_number))
    except (ImportError, AttributeError, TypeError, ValueError, IndexError, RuntimeError, OverflowError):
        return None
    return found


def _to_numbers(pattern: str, flags: int) -> _Made | None:
    """What the compiler makes of a pattern; None where this Python's compiler is another one."""
    from array import array

    try:
        from re import _compiler, _parser  # type: ignore[attr-defined]

        from policykit.pattern_starts import with_start

        parsed: Any = _parser.parse(pattern, flags)
        state = parsed.state
        code = with_start(parsed, _compiler._code(parsed, flags), state.flags | flags, _compiler)
        return int(flags | state.flags), array("I", code).tobytes(), state.groups - 1, dict(state.groupdict)
    except (ImportError, AttributeError, TypeError, ValueError, IndexError, OverflowError):
        return None
