"""Reading the word lists under `data/dictionaries`: YAML in, plain data out, a bad file named with its line."""

from __future__ import annotations

import marshal
from collections.abc import Callable
from functools import cache, lru_cache
from pathlib import Path
from typing import Any
from zlib import crc32

from policykit.cache import cached_value, content_key
from policykit.errors import DictionaryError
from policykit.plain_data import DataError, yaml_values
from policykit.resources import data_directory

#: a new one where the same files are kept in another form
_FORM = b"2"


def parse_dictionary(text: str, path: str | Path) -> Any:
    """The data of a YAML dictionary.

    Raises `DictionaryError`, with its line where the YAML is broken.
    """
    try:
        values = list(yaml_values(text))
    except DataError as error:
        advice = "mend the file or take it out of the folder"
        raise DictionaryError(error.problem, path=path, line=error.line, advice=advice) from None
    if len(values) > 1:
        raise DictionaryError("several YAML documents where one is wanted", path=path, advice="take out the --- lines")
    return values[0] if values else None


def read_dictionary(path: Path) -> Any:
    """The data of a YAML dictionary file; raises `DictionaryError`."""
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise DictionaryError(f"not UTF-8 at byte {error.start}", path=path, advice="save it as UTF-8") from None
    except OSError as error:
        raise DictionaryError(error.strerror or str(error), path=path, advice="check the path") from None
    return parse_dictionary(text, path)


@cache
def packaged_dictionary(name: str) -> Any:
    """The data of `data/dictionaries/<name>.yaml` that comes with the package. Callers must not change it.

    >>> packaged_dictionary("domains/smart-city")["name"]
    '智慧城市'
    """
    return marshal.loads(_packaged()[name])


def packaged_names(folder: str) -> tuple[str, ...]:
    """The names of the packaged dictionaries below a folder, in order."""
    return tuple(sorted(name for name in _packaged() if name.startswith(f"{folder}/")))


def packaged_digest() -> bytes:
    """A digest of all packaged dictionaries: for keys of what is made from them."""
    return _packaged_contents()[1].encode()


@lru_cache(maxsize=1)
def _packaged() -> dict[str, bytes]:
    """All packaged dictionaries by name: from the cache where it holds these very files, else parsed.

    Each is kept in bytes of its own: a document needs few of them.
    """
    contents, key = _packaged_contents()
    folder = _folder()
    return cached_value(
        key,
        lambda: {
            name: marshal.dumps(parse_dictionary(content.decode("utf-8"), folder / f"{name}.yaml"))
            for name, content in contents.items()
        },
    )


@lru_cache(maxsize=1)
def _packaged_contents() -> tuple[dict[str, bytes], str]:
    """The files by name, and the key that stands for all of them."""
    folder = _folder()
    contents = {
        path.relative_to(folder).with_suffix("").as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*.yaml"))
    }
    # read at every start: a digest of every byte would take as long as all the word lists take to load
    parts = (f"{name} {len(content)} {crc32(content)}".encode() for name, content in contents.items())
    return contents, content_key("dictionaries", [_FORM, *parts])


def _folder() -> Path:
    return data_directory() / "dictionaries"


def line_of(path: Path, is_wanted: Callable[[str], bool]) -> int | None:
    """The first line (from 1) of a file that `is_wanted` accepts: to point at a bad entry."""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if is_wanted(line):
            return number
    return None
