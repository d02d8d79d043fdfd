"""Values that are slow to make and depend on files alone, kept between processes.

A value is stored under a key that names its whole content, so an entry never goes stale; two processes may make the same entry at once,
the last rename wins and both wrote the same. An entry that cannot be read or written is no error: the value is made again. Keys have the
form `kind-digest`; of each kind the latest few are kept.
"""

from __future__ import annotations

import contextlib
import marshal
import os
import sys
from collections.abc import Callable, Iterable
from hashlib import blake2b
from pathlib import Path
from typing import Any, TypeVar
from zlib import crc32

from policykit._version import __version__

_Value = TypeVar("_Value")
_DIGEST_SIZE = 16
#: in front of an entry stands a check on what follows: it finds damage in a tenth of the time of a digest
_CHECK_SIZE = 4
#: of one kind of entries, so many are kept: those of dictionaries and versions long gone shall not pile up
_MOST_OF_A_KIND = 8


def cache_directory() -> Path | None:
    """Where entries are kept: `POLICYKIT_CACHE` (empty: nowhere), else the user's cache folder."""
    place = os.environ.get("POLICYKIT_CACHE")
    if place is not None:
        return Path(place) if place else None
    try:
        if sys.platform.startswith("linux"):
            # what platformdirs gives, without the time of its import at every start
            home = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
            return Path(home) / "policykit"
        from platformdirs import user_cache_path

        return user_cache_path("policykit")
    except RuntimeError:  # a user without a home, as in a container that runs under any number
        return None


def content_key(kind: str, parts: Iterable[bytes], *, made_by: str | None = None) -> str:
    """A key for what is made from `parts`, by the code of the module file `made_by`: other parts, other code or another version of the
    package (whose other modules may have had a hand in it) give another key.

    >>> content_key("words", [b"a", b"b"]) == content_key("words", [b"ab"])
    False
    """
    digest = blake2b(digest_size=_DIGEST_SIZE)
    for part in (__version__.encode(), *_code(made_by), *parts):
        digest.update(b"%d:" % len(part))
        digest.update(part)
    return f"{kind}-{digest.hexdigest()}"


def _code(module_file: str | None) -> tuple[bytes, ...]:
    if module_file is None:
        return ()
    try:
        return (Path(module_file).read_bytes(),)
    except OSError:  # a module out of an archive
        return (b"",)


def cached_value(key: str, make: Callable[[], _Value]) -> _Value:
    """The value stored under `key`, or what `make` gives, which is then stored.

    `key` must name the content that the value is made from; the value must consist of plain data (dict, list, tuple, str, numbers, bool,
    None, bytes) and not be None.
    """
    value: _Value | None = stored_value(key)
    if value is None:
        value = make()
        store_value(key, value)
    return value


def stored_value(key: str) -> Any:
    """The value stored under `key`; None where there is none."""
    path = _path(key)
    if path is not None:
        with contextlib.suppress(OSError, ValueError, EOFError, TypeError):
            content = _own_content(path)
            check, data = content[:_CHECK_SIZE], memoryview(content)[_CHECK_SIZE:]
            if _check(data) == check:
                return marshal.loads(data)
    return None


def _check(data: bytes | memoryview) -> bytes:
    return crc32(data).to_bytes(_CHECK_SIZE, "big")


def _own_content(path: Path) -> bytes:
    """What a file of this user's holds. One of somebody else's is no entry: marshal and the matching engine trust what they are given."""
    with path.open("rb") as file:
        if hasattr(os, "geteuid") and os.fstat(file.fileno()).st_uid != os.geteuid():
            raise PermissionError(f"not this user's: {path}")
        return file.read()


def store_value(key: str, value: Any) -> None:
    """Store a value of plain data under `key`; where that cannot be, nothing happens."""
    path = _path(key)
    if path is not None:
        with contextlib.suppress(OSError, ValueError):
            _store(path, marshal.dumps(value))
            _forget_oldest(path.parent, key.rpartition("-")[0])


def _path(key: str) -> Path | None:
    folder = cache_directory()
    # marshal's format belongs to one version of Python
    return None if folder is None else folder / f"{key}-{sys.implementation.cache_tag}.bin"


def _store(path: Path, data: bytes) -> None:
    import tempfile

    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=path.name, suffix=".tmp")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(_check(data) + data)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _forget_oldest(folder: Path, kind: str) -> None:
    """Remove what was stored long ago under other keys of a kind (a key up to its last hyphen)."""
    stored = (
        sorted(folder.glob(f"{kind}-*.bin"), key=lambda path: path.stat().st_mtime_ns, reverse=True) if kind else []
    )
    for path in stored[_MOST_OF_A_KIND:]:
        path.unlink(missing_ok=True)
