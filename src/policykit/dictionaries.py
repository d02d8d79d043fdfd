"""Reading the word lists under `data/dictionaries`: YAML in, plain data out, a bad file named with its line."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any

from policykit.cache import cached_value, content_key
from policykit.errors import DictionaryError
from policykit.resources import data_directory


def parse_dictionary(text: str, path: str | Path) -> Any:
    """The data of a YAML dictionary.

    Raises `DictionaryError`, with its line where the YAML is broken.
    """
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        return yaml.load(text, Loader=loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise DictionaryError(
            f"not valid YAML: {error.problem or error.context}",
            path=path,
            line=mark.line + 1 if mark else None,
            advice="mend the file or take it out of the folder",
        ) from None
    except yaml.YAMLError as error:
        raise DictionaryError(f"not valid YAML: {error}", path=path, advice="mend the file") from None
    except (ValueError, OverflowError) as error:  # 2023-13-45, or a number of thousands of digits
        raise DictionaryError(f"a value that is none: {error}", path=path, advice="put it in quotes") from None
    except RecursionError:
        raise DictionaryError("nested too deeply", path=path, advice="mend the file") from None


def read_dictionary(path: Path) -> Any:
    """The data of a YAML dictionary file; raises `DictionaryError`."""
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise DictionaryError(f"not UTF-8 at byte {error.start}", path=path, advice="save it as UTF-8") from None
    except OSError as error:
        raise DictionaryError(error.strerror or str(error), path=path, advice="check the path") from None
    return parse_dictionary(text, path)


def packaged_dictionary(name: str) -> Any:
    """The data of `data/dictionaries/<name>.yaml` that comes with the package. Callers must not change it.

    >>> packaged_dictionary("domains/smart-city")["name"]
    '智慧城市'
    """
    return _packaged()[name]


def packaged_names(folder: str) -> tuple[str, ...]:
    """The names of the packaged dictionaries below a folder, in order."""
    return tuple(sorted(name for name in _packaged() if name.startswith(f"{folder}/")))


def packaged_digest() -> bytes:
    """A digest of all packaged dictionaries: for keys of what is made from them."""
    return _packaged_contents()[1].encode()


@lru_cache(maxsize=1)
def _packaged() -> dict[str, Any]:
    """All packaged dictionaries by name: from the cache where it holds these very files, else parsed."""
    contents, key = _packaged_contents()
    folder = _folder()
    return cached_value(
        key,
        lambda: {
            name: parse_dictionary(content.decode("utf-8"), folder / f"{name}.yaml")
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
    parts = (part for name, content in contents.items() for part in (name.encode(), content))
    return contents, content_key("dictionaries", parts)


def _folder() -> Path:
    return data_directory() / "dictionaries"


def line_of(path: Path, is_wanted: Callable[[str], bool]) -> int | None:
    """The first line (from 1) of a file that `is_wanted` accepts: to point at a bad entry."""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if is_wanted(line):
            return number
    return None
