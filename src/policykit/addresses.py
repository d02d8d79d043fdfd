"""Documents behind an address (`s3://…`, `https://…`, `zip://…::archive.zip`), opened with fsspec.

An address is a protocol, `://` and a place; parts joined by `::` are opened one inside the other, as fsspec has it. Nothing is imported
before an address is named.
"""

from __future__ import annotations

import errno
import os
import re
import time
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from policykit.errors import InputError

if TYPE_CHECKING:
    from zipfile import ZipFile

_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]{0,30}://")
#: what only the machine that was asked can open, or only this very process
_OF_THIS_MACHINE = frozenset({"file", "local"})
_OF_THIS_PROCESS = frozenset({"memory"})
#: where no host stands, so that an @ belongs to a name, or to the container of Azure
_WITHOUT_USERS = frozenset(
    {"file", "local", "memory", "zip", "tar", "libarchive", "dir", "abfs", "abfss", "az", "wasb", "wasbs"}
)
#: an address in a message of a library
_IN_A_MESSAGE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]{0,30}://[^\s'\"<>]{1,2000}")
#: the bit of a member of a zip archive that says that its name is UTF-8
_IS_UTF8 = 0x800
#: troubles that may pass, and among these some that do not, by the names that they have in the packages for protocols
_PASSING = frozenset(
    {"TimeoutError", "Timeout", "HTTPClientError", "ConnectionError", "ClientConnectionError", "ClientPayloadError"}
)
_LASTING = frozenset({"SSLError", "ClientSSLError", "CertificateError", "InvalidURL"})
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
    protocol, mark, path = _decoded(address).rpartition("::")[2].rpartition("://")
    if mark and protocol.lower() not in _OF_THIS_MACHINE:
        return None
    return os.path.expanduser(path)


def without_secrets(address: str) -> str:
    """An address as it may be shown and kept: without user, password and query, which may hold keys.

    >>> without_secrets("https://me:secret@example.org/a.txt?token=1"), without_secrets("zip://a@b.txt::sftp://me@host/a.zip")
    ('https://example.org/a.txt', 'zip://a@b.txt::sftp://host/a.zip')
    """
    return "::".join(map(_part_without_secrets, address.split("::")))


def _part_without_secrets(part: str) -> str:
    protocol, mark, path = part.partition("://")
    if not mark:
        return part
    place, question, query = path.partition("?")
    # elsewhere a question mark may stand for a letter
    if question and not is_page(part) and "=" not in query:
        place = path
    if protocol.lower() not in _WITHOUT_USERS:
        host, slash, below = place.partition("/")
        place = host.rpartition("@")[2] + slash + below
    if is_page(part):
        place = place.partition("#")[0]
    return f"{protocol}://{place}"


def _decoded(address: str) -> str:
    """The address with the paths of files of this machine as they are: `Path.as_uri` writes them with percent signs."""
    return "::".join(map(_decoded_part, address.split("::"))) if "%" in address else address


def _decoded_part(part: str) -> str:
    protocol, mark, path = part.partition("://")
    if not mark or "%" not in path or protocol.lower() not in _OF_THIS_MACHINE:
        return part
    # a file may have a percent sign in its name
    beginning = re.split(r"[*?\[]", path, maxsplit=1)[0]
    if os.path.lexists(path) or (beginning != path and "%" in beginning and os.path.isdir(os.path.dirname(beginning))):
        return part
    from urllib.parse import unquote

    return f"{protocol}://{unquote(path)}"


def files_behind(address: str, suffixes: tuple[str, ...]) -> Iterator[Found]:
    """The files that an address names: itself, those that its pattern fits, or those of its folder that end in `suffixes`.

    They are ordered by their paths; names that begin with a dot are left out of folders. Nothing comes of a folder without such files.
    Raises `InputError`.
    """
    address = _decoded(address)
    with _Trouble(address):
        if not is_of_this_machine(address):
            _opened_archive.cache_clear()  # whether it changed is not asked for each of its files
        system, path = _system(address)
        head, *chain = address.split("::")
        behind = "".join(f"::{part}" for part in chain)
        protocol = head.partition("://")[0]
        if is_page(head):
            yield Found(
                address, without_secrets(head).partition("://")[2].partition("/")[2].rpartition("/")[2] or "page"
            )
        elif is_pattern(head) and not system.isfile(path):
            found = sorted(name for name, kind in system.glob(path, detail=True).items() if kind["type"] == "file")
            if not found:
                raise InputError(
                    "no file matches this pattern",
                    path=without_secrets(address),
                    advice="check the folder and the spelling",
                )
            for name in found:
                below = name if protocol.lower() in _OF_THIS_MACHINE else name.removeprefix("/")
                place = name if "://" in name else f"{protocol}://{below}"
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
            raise InputError("no such file", path=without_secrets(address), advice="check the address")


def content_behind(address: str) -> bytes:
    """What the file behind an address holds. What may be a passing trouble is tried again. Raises `InputError`."""
    with _Trouble(address):
        for pause in _PAUSES:
            try:
                return _read(address)
            except Exception as error:
                if not _may_pass(error):
                    raise
                time.sleep(pause)
        return _read(address)


def _may_pass(error: BaseException | None) -> bool:
    """Whether a trouble may pass: a time-out, a connection that broke, a server that has troubles of its own (a status of 500 or more).

    >>> _may_pass(ConnectionResetError()), _may_pass(PermissionError()), _may_pass(ValueError("no such bucket"))
    (True, False, False)
    """
    while error is not None:
        names = {kind.__name__ for kind in type(error).__mro__}
        status = _status(error)
        if status is not None:
            return 500 <= status < 600
        if names & _LASTING:
            return False
        if names & _PASSING or getattr(error, "errno", None) in (errno.EHOSTUNREACH, errno.ENETUNREACH, errno.ENETDOWN):
            return True
        error = error.__cause__
    return False


def _status(error: BaseException) -> int | None:
    """The status of a server's answer, wherever the packages for protocols have it."""
    response: Any = getattr(error, "response", None)
    if isinstance(response, dict):
        found = response.get("ResponseMetadata", {}).get("HTTPStatusCode")
    else:
        found = getattr(response, "status_code", None)
    for name in ("status", "status_code", "code"):
        found = found if found is not None else getattr(error, name, None)
    return found if isinstance(found, int) and 100 <= found < 600 else None


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
            "addresses need fsspec, which is not installed",
            path=without_secrets(address),
            advice="pip install 'policykit[addresses]'",
        ) from None
    address = _decoded(address)
    head, mark, chain = address.partition("::")
    if mark:
        protocol, _, path = head.partition("://")
        return _opened_archive(protocol, chain, _state(chain)), path
    system, path = url_to_fs(address)
    return system, path


def _state(chain: str) -> tuple[int, int] | None:
    """Time of change in nanoseconds and size of the file of this machine that an archive lies in; None where it lies elsewhere."""
    place = file_of(chain)
    if place is None:
        return None
    state = os.stat(place)
    return state.st_mtime_ns, state.st_size


@lru_cache(maxsize=4)
def _opened_archive(protocol: str, chain: str, state: tuple[int, int] | None) -> Any:
    """The file system inside something else: its table of contents shall not be read for every file. `state` tells contents apart."""
    from fsspec.core import url_to_fs

    system = url_to_fs(f"{protocol}://::{chain}")[0]
    if protocol.lower() == "zip":
        _read_names(system.zip)
    return system


def _read_names(archive: ZipFile) -> None:
    """Gives the members of an archive the names that they were packed with: without the mark of UTF-8 these are bytes, which Windows in
    China writes as GB18030 and others as UTF-8, and which Python takes for those of an American PC."""
    for member in archive.infolist():
        if member.flag_bits & _IS_UTF8 or member.filename.isascii():
            continue
        for encoding in ("utf-8", "gb18030"):
            try:
                member.filename = member.filename.encode("cp437").decode(encoding)
            except UnicodeError:
                continue
            break
    archive.NameToInfo = {member.filename: member for member in archive.infolist()}


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
            reason = _IN_A_MESSAGE.sub(lambda found: without_secrets(found[0]), reason)
            problem = f"cannot be read: {reason[:200]}"
        raise InputError(problem, path=without_secrets(self._address), advice=advice) from None
