"""The characters that no output carries raw."""

from __future__ import annotations

import re
from functools import lru_cache

#: what a terminal may obey; a line break and a tab are harmless
_UNSAFE = "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"


@lru_cache(maxsize=1)  # --help needs none of the patterns that are kept, which take longer to load than all else
def escaped() -> re.Pattern[str]:
    """Control characters (C0, DEL, C1), line and paragraph separators, bidirectional controls, byte order mark, halves of surrogate pairs
    and the two non-characters: a terminal obeys some of them, a parser may stumble over the others."""
    from policykit.patterns import compiled

    return compiled("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff]")


def printable(text: str) -> str:
    r"""The text on one line as a terminal may show it: every character of `escaped` as an escape sequence.

    >>> print(printable("a\x1b[31m\nb"))
    a\x1b[31m\nb
    """
    return escaped().sub(lambda found: found[0].encode("unicode_escape").decode("ascii"), text)


def safe_for_terminal(text: str) -> str:
    r"""The text with its lines as a terminal may show it.

    >>> safe_for_terminal("a\x1b[31m\nb")
    'a\\x1b[31m\nb'
    """
    return re.sub(_UNSAFE, lambda found: found[0].encode("unicode_escape").decode("ascii"), text)
