"""What a command asks of the system's allocator for a very long text."""

from __future__ import annotations

import contextlib

#: from so many characters on
_LONG = 300_000
#: blocks of so many bytes are given back when they are freed
_LARGE_BLOCK = 1 << 18
#: the number of that setting in malloc.h
_M_MMAP_THRESHOLD = -3


def give_back_large_blocks(length: int) -> None:
    """Has copies of a text of that many characters given back to the system as soon as they are freed, where the C library can be told.

    glibc keeps freed blocks of up to 32 MB once one such block was freed, and a text is copied at every step in another size: what it keeps
    for the next one does not fit it. For a document of 10 MB this was a ninth of the peak, for one of 1 MB a fifteenth, and no time that could
    be told from noise. It holds for the whole process, so commands ask for it and the library does not.
    """
    if length < _LONG:
        return
    # other C libraries have no such function, other systems no such library
    with contextlib.suppress(ImportError, OSError, AttributeError, TypeError):
        import ctypes

        ctypes.CDLL(None).mallopt(_M_MMAP_THRESHOLD, _LARGE_BLOCK)
