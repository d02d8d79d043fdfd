"""What a document is: title, who, when, for whom, in force from when."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from policykit.dictionaries import packaged_dictionary
from policykit.placed_text import PlacedText, sentences

#: lines at the top among which the addressees are looked for, and how long such a line may be
_TOP_LINES, _LONGEST = 60, 400
#: what a document says of its own force, at most so far from the 自 that it begins with
_IN_FORCE = re.compile(
    "自[^。；]{1,40}起(?:施行|实施|生效|执行)|有效期(?:至|为|[0-9一二三四五六七八九十两])|由[^。；]{1,20}定之"
)


def identity(placed: PlacedText) -> dict[str, Any]:
    """The `document` of a summary: what the analysis says of it, and whom it addresses, from when to when it is in force."""
    data = placed.data
    source, stated = data["source"], data["document"]
    return {
        "id": source["id"],
        "path": source["path"],
        "sha256": source["sha256"],
        **{
            key: stated[key]
            for key in ("title", "carrier", "kind", "level", "region", "issuers", "number", "issued", "published")
        },
        "addressees": addressees(placed),
        **_force(placed),
        "characters": source["characters"],
        "chapters": sum(1 for row in data["outline"] if row["role"] == "chapter"),
        "articles": sum(1 for row in data["outline"] if row["role"] == "article"),
        "tasks": len(data["tasks"]),
        "targets": len(data["targets"]),
        "deadlines": len(data["deadlines"]),
    }


def addressees(placed: PlacedText) -> str | None:
    """Whom the document is for, where a line says so; None where none does."""
    if not placed.is_source:
        return None
    sections = placed.document.sections
    top = sections[0].start if sections else len(placed.text)
    for paragraph in placed.document.paragraphs[:_TOP_LINES]:
        if paragraph.start >= top:
            break
        line = placed.text[paragraph.start : paragraph.end]
        if is_addressees(line):
            return line[:-1].strip()
    return None


def is_addressees(line: str) -> bool:
    """Whether a line of the working text names whom the document is for.

    >>> is_addressees("各区人民政府，市政府各委、办、局："), is_addressees("主要目标是：")
    (True, False)
    """
    if not line.endswith(("：", ":")) or len(line) > _LONGEST or "。" in line:
        return False
    ending, other = _patterns()
    return ending.search(line) is not None and other.search(line) is None


@lru_cache(maxsize=1)
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    words = packaged_dictionary("addressees")
    ends = "|".join(sorted(map(re.escape, words["ends"]), key=len, reverse=True))
    return (
        re.compile(rf"(?:{ends})(?:（[^（）]{{1,20}}）)?[：:]$"),
        re.compile(f"{'|'.join(words['not_with'])}|^(?:{'|'.join(words['labels'])})"),
    )


def _force(placed: PlacedText) -> dict[str, Any]:
    """From when to when the document is in force, and the sentence that says so: `effective`, `expires`, `in_force`."""
    found: dict[str, Any] = {"effective": None, "expires": None, "in_force": None}
    for row in placed.data["deadlines"]:
        if row["relation"] not in ("effective", "until"):
            continue
        sentence = statement(placed, row)
        if sentence is None or not _IN_FORCE.search(sentence):
            continue
        found["effective" if row["relation"] == "effective" else "expires"] = row[
            "from" if row["relation"] == "effective" else "to"
        ]
        found["in_force"] = sentence
    return found


def statement(placed: PlacedText, row: Mapping[str, Any]) -> str | None:
    """The normalised sentence that a finding stands in; None where the document is not at hand."""
    span = placed.span_of(row)
    if span is None:
        return None
    start, end = placed.document.sentence_at(span.start)
    section = placed.document.section_at(span.start)
    if section is not None and start < section.body_start <= span.start:
        start = section.body_start  # without the marker
    first = next(sentences(placed.text, start, end, whole=True), None)
    return placed.text[start:end].strip() if first is None else placed.text[first.start : end].strip()
