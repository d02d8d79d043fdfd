"""What a search gives back: a row for each sentence, with its place and what was found in it (`policykit/search/1`)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from policykit.analyses import LoadedAnalysis
from policykit.search.matching import Hit, asks_for_documents, document_fits, hits, merged
from policykit.search.passages import Passage, document_of, passages, source_span
from policykit.search.query import Query, parse_query
from policykit.text.source import SourceText
from policykit.text.spans import Span

FORMAT = "policykit/search/1"

_TARGET_KEYS = ("indicator", "comparator", "value", "value_max", "unit", "kind", "deadline", "quote", "span")
_DEADLINE_KEYS = ("relation", "from", "to", "duration", "quote", "span")


def search(query: str | Query, documents: Iterable[LoadedAnalysis]) -> Iterator[dict[str, Any]]:
    """The rows that a query finds in documents, in their order. Raises `QueryError` for a query that cannot be read.

    >>> from policykit.analyses import load_analysis
    >>> rows = list(search("資訊技術 domain:smart-city", [load_analysis("2023-national")]))
    >>> [(row["section"], row["line"], row["words"][0]["quote"]) for row in rows]
    [('2.3', 23, '資訊技術')]
    """
    wanted = parse_query(query) if isinstance(query, str) else query
    for loaded in documents:
        yield from found_in(wanted, document_of(loaded), passages(loaded))


def fits(query: Query, document: Mapping[str, Any]) -> bool:
    """Whether a document as a whole is one that a query asks for."""
    return any(document_fits(one, document) for one in query.alternatives)


def found_in(query: Query, document: Mapping[str, Any], candidates: Iterable[Passage]) -> Iterator[dict[str, Any]]:
    """The rows that a query finds in passages of a document; one row for what asks for documents only."""
    asked = [one for one in query.alternatives if document_fits(one, document)]
    for passage in candidates if asked else ():
        found = {one: hits(one, passage, document["wording"]) for one in asked}
        for hit in merged(list(found.values())):
            yield _row(document, passage, hit)
        asked = [one for one in asked if not (found[one] and asks_for_documents(one))]
        if not asked:
            return


def _row(document: Mapping[str, Any], passage: Passage, hit: Hit) -> dict[str, Any]:
    sentence = passage["text"][hit.sentence.start : hit.sentence.end]
    places = _Places(passage)
    first = min(
        [span.start for span in hit.words] + [row["at"][0] for row in (*hit.targets, *hit.deadlines)],
        default=hit.sentence.start,
    )
    section, heading = _innermost(passage, first)
    place = places.of(hit.sentence)
    words = [{"text": passage["text"][start:end], **places.of(Span(start, end))} for start, end in hit.words]
    lines = [row["span"]["line"] for row in (*words, *hit.targets, *hit.deadlines) if row["span"]]
    return {
        "document": document["id"],
        "title": document["title"],
        "path": document["path"],
        "section": section,
        "heading": heading,
        "role": passage["role"],
        "line": min(lines) if lines else place["span"]["line"] if place["span"] else None,
        "words": words,
        "targets": [{key: target[key] for key in _TARGET_KEYS} for target in hit.targets],
        "deadlines": [{key: deadline[key] for key in _DEADLINE_KEYS} for deadline in hit.deadlines],
        "sentence": sentence,
        **place,
    }


def _innermost(passage: Passage, offset: int) -> tuple[str | None, str | None]:
    """The outline entry that stands closest around an offset of a passage, and its heading."""
    found = passage["section"], passage["heading"]
    for start, id, heading in passage["inner"]:
        if start <= offset:
            found = id, heading or found[1]
    return found


class _Places:
    """Quotes and spans of stretches of one passage."""

    def __init__(self, passage: Passage) -> None:
        self._passage = passage
        self._source: SourceText | None = None

    def of(self, stretch: Span) -> dict[str, Any]:
        """The `quote` and `span` of a stretch; where the source is not at hand no quote, and the span of the entry."""
        passage = self._passage
        span = source_span(passage, stretch.start, stretch.end)
        if span is None:
            return {"quote": None, "span": passage["span"]}
        if self._source is None:
            self._source = SourceText(passage["source"])
        start = passage["source_start"]
        line = passage["line"] + self._source.line_at(span.start - start) - 1
        return {
            "quote": passage["source"][span.start - start : span.end - start],
            "span": {"start": span.start, "end": span.end, "line": line},
        }
