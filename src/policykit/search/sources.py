"""Where a search looks: the corpus, files, folders with or without an index, patterns, saved analyses, indexes."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from policykit.analyses import load_input
from policykit.corpus import Corpus
from policykit.errors import InputError, PolicykitError
from policykit.inputs import Input, expand
from policykit.search.index import INDEX_NAME, Index, IndexedFile, is_index, maker, name_of
from policykit.search.passages import document_of, passages
from policykit.search.query import Query
from policykit.search.results import fits, found_in
from policykit.search.tokens import expression_of


@dataclass
class Search:
    """A search through what a user names.

    `complain` is told of each place that cannot be read (the others are searched), `remark` of an index that is out of date.
    """

    query: Query
    corpus: Corpus
    encoding: str | None = None
    dictionaries: Sequence[str | Path] = ()
    complain: Callable[[PolicykitError], None] = lambda error: None
    remark: Callable[[str], None] = lambda line: None
    _seen: set[str] = field(default_factory=set)

    def rows(self, arguments: Sequence[str]) -> Iterator[dict[str, Any]]:
        """The rows found, in the order of the arguments; without arguments in the corpus. Each file is searched once."""
        for argument in arguments or [document.id for document in self.corpus]:
            try:
                if os.path.isfile(argument) and is_index(argument):
                    yield from self._in_index(argument)
                elif os.path.isdir(argument) and is_index(os.path.join(argument, INDEX_NAME)):
                    yield from self._in_indexed_folder(argument)
                else:
                    yield from self._in_items(argument)
            except PolicykitError as error:
                self.complain(error)

    def _items(self, argument: str) -> Iterator[Input]:
        """The files that an argument names and no argument before it did."""
        expansion = expand([argument], self.corpus, with_analyses=True)
        for failure in expansion.failures:
            self.complain(failure)
        for item in expansion.inputs:
            key = item.address or ("-" if item.location is None else os.path.realpath(item.location))
            if key not in self._seen:
                self._seen.add(key)
                yield item

    def _in_items(self, argument: str) -> Iterator[dict[str, Any]]:
        for item in self._items(argument):
            yield from self._in_item(item)

    def _in_item(self, item: Input) -> Iterator[dict[str, Any]]:
        try:
            loaded = load_input(item, corpus=self.corpus, encoding=self.encoding, dictionaries=self.dictionaries)
            for one in loaded:
                document = document_of(one)
                if fits(self.query, document):
                    yield from found_in(self.query, document, passages(one))
        except InputError as error:
            self.complain(error)

    def _in_indexed_folder(self, folder: str) -> Iterator[dict[str, Any]]:
        """The files of a folder, from its index where they are still what was indexed."""
        try:
            index = Index(os.path.join(folder, INDEX_NAME))
        except PolicykitError as error:
            self.remark(f"{error}; the files are read instead")
            yield from self._in_items(folder)
            return
        with index:
            yield from self._as_they_are(index, folder)

    def _in_index(self, path: str) -> Iterator[dict[str, Any]]:
        """The files that an index is of, as they are now; where they are not at hand as they were when it was made."""
        with Index(path) as index:
            if index.is_at_hand():
                yield from self._as_they_are(index, index.root)
                return
            otherwise = (
                ""
                if index.maker == maker(self.encoding, self.dictionaries)
                else ", by another version or with other dictionaries"
            )
            self.remark(f"{path}: its files are not in {index.root}; they are searched as they were indexed{otherwise}")
            candidates = index.candidates(expression_of(self.query))
            for name in sorted(index.files, key=lambda name: os.path.join(index.root, name)):
                place = os.path.join(index.root, *name.split("/"))
                key = os.path.realpath(place)
                if key not in self._seen:
                    self._seen.add(key)
                    yield from self._in_file(index, index.files[name], place, candidates)

    def _as_they_are(self, index: Index, folder: str) -> Iterator[dict[str, Any]]:
        """The files of a folder: from an index those that are still what was indexed, the others by reading them."""
        renewing = f"policykit index {folder}"
        if os.path.realpath(index.path) != os.path.realpath(os.path.join(folder, INDEX_NAME)):
            renewing += f" --output {index.path}"
        if index.maker != maker(self.encoding, self.dictionaries):
            self.remark(f"{index.path}: made by another version or with other dictionaries; `{renewing}` renews it")
            yield from self._in_items(folder)
            return
        candidates = index.candidates(expression_of(self.query))
        changed = 0
        for item in self._items(folder):
            file = index.files.get(name_of(item, folder))
            if file is not None and file.is_current(item):
                yield from self._in_file(index, file, item.name, candidates)
            else:
                changed += 1
                yield from self._in_item(item)
        if changed:
            self.remark(f"{index.path}: {changed} files are new or changed since; `{renewing}` takes them in")

    def _in_file(
        self, index: Index, file: IndexedFile, path: str, candidates: dict[int, list[int]] | None
    ) -> Iterator[dict[str, Any]]:
        for id, document in index.documents(file, path):
            if (candidates is None or id in candidates) and fits(self.query, document):
                yield from found_in(self.query, document, index.passages(id, candidates[id] if candidates else None))
