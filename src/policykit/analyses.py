"""Analyses from wherever they come: a document to be read now, or an analysis that was saved before.

Comparison, summary, search and checks read analyses as plain data (`policykit/analysis/1`), never documents. `load_analysis` takes what
a user names (a corpus id, a text file, a saved analysis in YAML, JSON or JSON lines, - for standard input), `as_loaded` what a program
holds. Both give the same data for the same document. The normalised text of tasks is part of the data; for what else of the text is
needed (articles, the words around a finding) `LoadedAnalysis.normalised` holds the document where it is at hand: a saved analysis names
its file, which counts only while its SHA-256 is the same.
"""

from __future__ import annotations

import hashlib
import re
import stat
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

from policykit.analysis import FORMAT, Analysis, analyse
from policykit.corpus import Corpus, open_corpus
from policykit.errors import InputError
from policykit.inputs import Input, content_of, decode, expand, place_of
from policykit.plain_data import DataError, json_values, yaml_values
from policykit.text.normalise import NormalisedText, normalise
from policykit.text.source import SourceText

#: how a saved analysis begins, alone or among several
_SAVED = re.compile(rb"""(?:\xef\xbb\xbf)?\s*(?:---\s+|\[\s*)*[{-]?\s*["']?format["']?\s*:\s*["']?policykit/""")
_DATA_SUFFIXES = (".yaml", ".yml", ".json", ".jsonl")
#: what is larger (in bytes) is not looked at as the document that a saved analysis names
_LARGEST = 256 << 20
_DATES = {"issued", "published", "from", "to", "deadline", "date"}


@dataclass(frozen=True)
class LoadedAnalysis:
    """One analysis: `data` in the format `policykit/analysis/1`, with dates as `date`. Nobody may change it."""

    data: Mapping[str, Any]
    _find_text: Callable[[], NormalisedText | None] = field(default=lambda: None, repr=False, compare=False)

    @cached_property
    def normalised(self) -> NormalisedText | None:
        """The document's working text with its way back to the source; None where the document is not at hand."""
        return self._find_text()

    @property
    def name(self) -> str:
        """What to call the document: its id, else its title."""
        return str(self.data["source"]["id"] or self.data["document"]["title"] or "document")


def as_loaded(document: str | SourceText | Analysis | Mapping[str, Any] | LoadedAnalysis) -> LoadedAnalysis:
    """An analysis out of what a program holds: the text of a document, an `Analysis`, plain data, or one that is loaded already.

    Raises `InputError` for data that is no analysis.

    >>> as_loaded("一、主要任务\\n（一）建设平台。建设数据平台。").data["tasks"][0]["text"]
    '建设数据平台。'
    """
    if isinstance(document, LoadedAnalysis):
        return document
    if isinstance(document, str | SourceText):
        document = analyse(document)
    if isinstance(document, Analysis):
        normalised = document.normalised
        return LoadedAnalysis(document.to_data(), lambda: normalised)
    return _saved(document, "analysis", None, open_corpus())


def load_analysis(
    argument: str, *, corpus: Corpus | None = None, encoding: str | None = None, dictionaries: Sequence[str | Path] = ()
) -> LoadedAnalysis:
    """The analysis of the one document that an argument names. Raises `InputError` where it names none or several.

    >>> load_analysis("2023-national").data["document"]["title"]
    '城市标准化行动方案'
    """
    found = list(load_analyses([argument], corpus=corpus, encoding=encoding, dictionaries=dictionaries))
    if len(found) != 1:
        raise InputError(f"{len(found)} documents where one is wanted", path=argument, advice="name one of them")
    return found[0]


def load_analyses(
    arguments: Sequence[str],
    *,
    corpus: Corpus | None = None,
    encoding: str | None = None,
    dictionaries: Sequence[str | Path] = (),
) -> Iterator[LoadedAnalysis]:
    """The analyses of all documents that the arguments name, in their order.

    An argument is a corpus id, a file, a folder with documents, a pattern, or - for standard input. A file may hold a document or saved
    analyses (one, a YAML stream, a JSON array, JSON lines). Raises `InputError` for the first that cannot be read.
    """
    corpus = corpus or open_corpus()
    expansion = expand(arguments, corpus, with_analyses=True)
    if expansion.failures:
        raise expansion.failures[0]
    for item in expansion.inputs:
        yield from load_input(item, corpus=corpus, encoding=encoding, dictionaries=dictionaries)


def load_input(
    item: Input, *, corpus: Corpus, encoding: str | None = None, dictionaries: Sequence[str | Path] = ()
) -> Iterator[LoadedAnalysis]:
    """The analysis of a document, or the analyses that a file holds. Raises `InputError` where it cannot be read."""
    content = content_of(item)
    if _is_saved(item, content):
        is_empty = True
        for data in _parse(content, item):
            is_empty = False
            yield _saved(data, place_of(item), item.location, corpus)
        if is_empty:
            raise InputError("holds no analysis", path=place_of(item), advice="extract it again")
    else:
        yield as_loaded(analyse(decode(content, item, encoding), dictionaries=dictionaries))


def _is_saved(item: Input, content: bytes) -> bool:
    suffix = Path(item.name).suffix.lower()
    return suffix in _DATA_SUFFIXES or _SAVED.match(content[:400]) is not None


def _parse(content: bytes, item: Input) -> Iterator[Any]:
    """The values in a file of data: JSON, JSON lines or YAML, one or several."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(f"not utf-8 at byte {error.start}", path=place_of(item), advice="save it as UTF-8") from None
    values = json_values if text.lstrip()[:1] in ("{", "[") else yaml_values
    try:
        for data in values(text):
            yield from data if isinstance(data, list) else [data]
    except DataError as error:
        raise InputError(error.problem, path=place_of(item), line=error.line, advice="save it again") from None


def _saved(data: Any, name: str, place: Path | None, corpus: Corpus) -> LoadedAnalysis:
    """A saved analysis, checked, with its dates as dates."""
    from policykit.formats.schema import schema
    from policykit.formats.validation import first_problem

    form = data.get("format") if isinstance(data, Mapping) else None
    if form != FORMAT:
        problem = "not an analysis" if not isinstance(form, str) else f"of the format {form}, not {FORMAT}"
        raise InputError(problem, path=name, advice="`policykit extract` writes analyses")
    found = first_problem(data, schema())
    if found is not None:
        raise InputError(f"not a whole analysis: {found.where} {found.what}", path=name, advice="extract it again")
    unseen = {entry["id"] for entry in data["outline"]}
    for entry in data["outline"]:
        if entry["parent"] in unseen:
            raise InputError(
                f"not a whole analysis: outline entry {entry['id']} stands before what it belongs to, {entry['parent']}",
                path=name,
                advice="extract it again",
            )
        unseen.discard(entry["id"])
    try:
        dated = _with_dates(data)
    except ValueError as error:
        raise InputError(f"not a whole analysis: {error}", path=name, advice="extract it again") from None
    return LoadedAnalysis(dated, lambda: _text_of(dated, place, corpus))


def _with_dates(value: Any, key: str | None = None) -> Any:
    if isinstance(value, Mapping):
        return {name: _with_dates(item, name) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [_with_dates(item) for item in value]
    if key in _DATES and isinstance(value, str):
        return date.fromisoformat(value)
    return value


def _text_of(data: Mapping[str, Any], place: Path | None, corpus: Corpus) -> NormalisedText | None:
    """The text that an analysis was made from, if the file it names is still the same."""
    source = data["source"]
    paths = []
    if source["path"]:
        paths = [Path(source["path"])] + ([place.parent / source["path"]] if place is not None else [])
    known = corpus.find(source["id"]) if source["id"] else None
    if known is not None:
        paths.append(known.path)
    for path in paths:
        try:
            status = path.stat()
            if not stat.S_ISREG(status.st_mode) or status.st_size > _LARGEST:
                continue  # a pipe would never end, a device neither
            content = path.read_bytes()
        except (OSError, ValueError):
            continue
        if hashlib.sha256(content).hexdigest() == source["sha256"]:
            item = Input(str(path), source["id"] or "", path, "")
            return normalise(replace(decode(content, item, source["encoding"]), path=source["path"]))
    return None
