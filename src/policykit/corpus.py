"""The corpus: documents with an id, their text in `<id>.txt`, what is known about them in `<id>.yaml` beside it."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

from policykit.errors import InputError
from policykit.resources import data_directory

#: what a sidecar may say (docs/corpus.md)
KEYS = ("title", "issuers", "issued", "published", "source", "sha256", "licence")


@dataclass(frozen=True)
class CorpusDocument:
    """A document of a corpus folder: its id and where its text lies."""

    id: str
    path: Path

    @cached_property
    def metadata(self) -> dict[str, Any]:
        """What the sidecar says (title, issuers, dates, source, sha256); empty where there is none.

        Raises `DictionaryError` where the sidecar is not valid YAML, `InputError` where it is no mapping of names to plain data.
        """
        sidecar = self.path.with_suffix(".yaml")
        if not sidecar.is_file():
            return {}
        from policykit.dictionaries import read_dictionary

        data = read_dictionary(sidecar)
        if not isinstance(data, dict):
            raise InputError("a sidecar must map names to values", path=sidecar, line=1, advice="see docs/corpus.md")
        if not _is_plain(data):
            raise InputError(
                "a sidecar must hold text, numbers, dates and lists under names of text",
                path=sidecar,
                advice="see docs/corpus.md",
            )
        return data


def unknown_keys(metadata: Mapping[str, Any]) -> list[str]:
    """What a sidecar says under names that mean nothing, each with what may be meant.

    >>> unknown_keys({"title": "甲", "isued": "2023-09-14"})
    ['isued: no such key; did you mean issued?']
    """
    found = []
    for key in metadata:
        if key not in (*KEYS, "id"):
            near = nearest(key, KEYS)
            advice = f"did you mean {near[0]}?" if near else f"there are {', '.join(KEYS)}"
            found.append(f"{key}: no such key; {advice}")
    return found


def _is_plain(value: object) -> bool:
    """Whether a value of a sidecar can be printed as YAML and JSON: no bytes, no sets, no names that are numbers."""
    if isinstance(value, dict):
        return all(isinstance(key, str) and _is_plain(item) for key, item in value.items())
    if isinstance(value, list):
        return all(map(_is_plain, value))
    return value is None or isinstance(value, (str, int, float, date))


@dataclass(frozen=True)
class Corpus:
    """Folders with documents; where two hold the same id, the first one counts."""

    folders: tuple[Path, ...]

    def find(self, id: str) -> CorpusDocument | None:
        """The document with an id, or None."""
        if not id or id.startswith(".") or any(mark in id for mark in ("/", "\\", "\0")):
            return None
        for folder in self.folders:
            path = folder / f"{id}.txt"
            if os.path.isfile(path):
                return CorpusDocument(id, path)
        return None

    def __iter__(self) -> Iterator[CorpusDocument]:
        """All documents, ordered by id."""
        found: dict[str, Path] = {}
        for folder in self.folders:
            for entry in os.scandir(folder):
                if entry.name.endswith(".txt") and not entry.name.startswith(".") and entry.is_file():
                    found.setdefault(entry.name.removesuffix(".txt"), folder / entry.name)
        return (CorpusDocument(id, found[id]) for id in sorted(found))

    def document(self, id: str) -> CorpusDocument:
        """The document with an id. Raises `InputError`, with the nearest ids, where there is none.

        >>> open_corpus().document("2023-national").path.name
        '2023-national.txt'
        >>> open_corpus().document("2023-nation")
        Traceback (most recent call last):
        policykit.errors.InputError: 2023-nation: no document with this id in the corpus; did you mean 2023-national?
        """
        document = self.find(id)
        if document is None:
            raise InputError("no document with this id in the corpus", path=id, advice=self.suggestion(id))
        return document

    def suggestion(self, id: str) -> str:
        """What to tell someone who asked for an id that is not there."""
        near = nearest(id, [document.id for document in self])
        return f"did you mean {' or '.join(near)}?" if near else "`policykit corpus list` prints the ids"


def nearest(name: str, names: Sequence[str], *, likeness: float = 0.6) -> list[str]:
    """Up to three of `names` that resemble `name`, the nearest first."""
    from difflib import get_close_matches

    return get_close_matches(name, names, n=3, cutoff=likeness)


def open_corpus(*folders: str | Path) -> Corpus:
    """The corpus that comes with the package, behind folders of one's own, which are searched first.

    Raises `InputError` where a folder is none.

    >>> [document.id for document in open_corpus()]
    ['2011-beijing', '2023-national']
    """
    own = tuple(Path(folder) for folder in folders)
    for folder in own:
        if not folder.is_dir():
            problem = "not a folder" if folder.exists() else "no such folder"
            raise InputError(
                problem, path=folder, advice="--corpus and POLICYKIT_CORPUS name a folder with .txt documents"
            )
    return Corpus((*own, data_directory() / "corpus"))
