"""Documents behind an address (`s3://…`, `https://…`, `zip://…::archive.zip`), opened with fsspec.

An address is a protocol, `://` and a place; parts joined by `::` are opened one inside the other, as fsspec has it. Nothing is imported
before an address is named.
"""

from __future__ import annotations

import os
import re
import time
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, NamedTuple

from policykit.errors import InputError

_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]{0,30}://")
#: what only the machine that was asked can open, or only this very process
_OF_THIS_MACHINE = frozenset({"file", "local"})
_OF_THIS_PROCESS = frozenset({"memory"})
#: how long to wait before a read that failed is tried again, in seconds
_PAUSES = (0.5, 2.0)


class Found(NamedTuple):
    """A file behind an address: its own address, and its path below the folder that was named (its name where a file was)."""

    address: str
    below: str


def is_address(argument: str) -> bool:
    """Whether an argument is an address.

    >>> is_address("s3://bucket/plans/"), is_address("plans/a.txt"), is_address("zip://a.txt::plans.zip")
    (True, False, True)
    """
    return _ADDRESS.match(argument) is not None


def is_page(address: str) -> bool:
    """Whether an address is that of a page on the web: those have no folders, and signs of their own."""
    return address.lower().startswith(("http://", "https://"))


def is_pattern(address: str) -> bool:
    """Whether an address is a pattern for several."""
    return not is_page(address) and any(mark in address for mark in "*?[")


def _protocols(address: str) -> set[str]:
    return {part.partition("://")[0].lower() if "://" in part else "file" for part in address.split("::")}


def is_of_this_process(address: str) -> bool:
    """Whether no other process can read what an address names.

    >>> is_of_this_process("memory://a.txt"), is_of_this_process("zip://a.txt::plans.zip")
    (True, False)
    """
    return not _protocols(address).isdisjoint(_OF_THIS_PROCESS)


def is_of_this_machine(address: str) -> bool:
    """Whether another machine may find nothing, or something else, under an address.

    >>> is_of_this_machine("zip://a.txt::plans.zip"), is_of_this_machine("zip://a.txt::s3://bucket/plans.zip")
    (True, False)
    """
    return not _protocols(address).isdisjoint(_OF_THIS_MACHINE | _OF_THIS_PROCESS)


def file_of(address: str) -> str | None:
    """The path of the file (or folder) of this machine that an address leads to in the end; None where it leads elsewhere.

    >>> file_of("file:///tmp/a.txt"), file_of("zip://a.txt::plans.zip"), file_of("zip://a.txt::s3://bucket/plans.zip")
    ('/tmp/a.txt', 'plans.zip', None)
    """
    protocol, mark, path = address.rpartition("::")[2].rpartition("://")
    if mark and protocol.lower() not in _OF_THIS_MACHINE:
        return None
    return os.path.expanduser(path)


def files_behind(address: str, suffixes: tuple[str, ...]) -> Iterator[Found]:
    """The files that an address names: itself, those that its pattern fits, or those of its folder that end in `suffixes`.

    They are ordered by their paths; names that begin with a dot are left out of folders. Nothing comes of a folder without such files.
    Raises `InputError`.
    """
    with _Trouble(address):
        system, path = _system(address)
        head, *chain = address.split("::")
        behind = "".join(f"::{part}" for part in chain)
        protocol = head.partition("://")[0]
        if is_page(head):
            yield Found(address, path.partition("?")[0].rpartition("/")[2] or "page")
        elif is_pattern(head):
            found = sorted(name for name, kind in system.glob(path, detail=True).items() if kind["type"] == "file")
            if not found:
                raise InputError(
                    "no file matches this pattern", path=address, advice="check the folder and the spelling"
                )
            for name in found:
                place = name if "://" in name else f"{protocol}://{name.removeprefix('/')}"
                yield Found(place + behind, name.rpartition("/")[2])
        elif path and system.isfile(path):
            yield Found(address, path.rstrip("/").rpartition("/")[2])
        elif not path or system.isdir(path):
            base = path.rstrip("/")
            root = head if head.endswith("/") else f"{head}/"
            for name in sorted(system.find(path)):
                below = name[len(base) :].lstrip("/")
                parts = below.split("/")
                if below.lower().endswith(suffixes) and not any(part.startswith(".") for part in parts):
                    yield Found(f"{root}{below}{behind}", below)
        else:
            raise InputError("no such file", path=address, advice="check the address")


def content_behind(address: str) -> bytes:
    """What the file behind an address holds. What may be a passing trouble is tried again. Raises `InputError`."""
    with _Trouble(address):
        for pause in _PAUSES:
            try:
                return _read(address)
            except (FileNotFoundError, PermissionError, IsADirectoryError, ImportError, InputError):
                raise
            except Exception:
                time.sleep(pause)
        return _read(address)


def _read(address: str) -> bytes:
    system, path = _system(address)
    content: bytes = system.cat_file(path)
    return content


def _system(address: str) -> tuple[Any, str]:
    """The file system of an address and the path in it."""
    try:
        from fsspec.core import url_to_fs
    except ImportError:
        raise InputError(
            "addresses need fsspec, which is not installed", path=address, advice="pip install 'policykit[dask]'"
        ) from None
    head, mark, chain = address.partition("::")
    if mark:
        protocol, _, path = head.partition("://")
        return _opened_archive(protocol, chain), path
    system, path = url_to_fs(address)
    return system, path


@lru_cache(maxsize=4)
def _opened_archive(protocol: str, chain: str) -> Any:
    """The file system inside something else: its table of contents shall not be read for every file."""
    from fsspec.core import url_to_fs

    return url_to_fs(f"{protocol}://::{chain}")[0]


class _Trouble:
    """Turns what libraries raise into one line about an address: which errors there are depends on the protocol."""

    def __init__(self, address: str) -> None:
        self._address = address

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> None:
        if error is None or isinstance(error, InputError | GeneratorExit) or not isinstance(error, Exception):
            return
        advice = "check the address and the rights to it"
        if isinstance(error, FileNotFoundError | KeyError):
            problem = "no such file"
        elif isinstance(error, ImportError):
            problem, advice = "a package for this protocol is missing", " ".join(str(error).split())
        else:
            reason = " ".join((getattr(error, "strerror", None) or str(error) or type(error).__name__).split())
            problem = f"cannot be read: {reason[:200]}"
        raise InputError(problem, path=self._address, advice=advice) from None
