"""What a document says of itself, and where its own text begins and ends."""

from __future__ import annotations

from datetime import date

from policykit.document.issuers import (
    bodies_in_title,
    body_before_subject,
    document_number,
    letterhead,
    line_under_title,
    news_issuers,
    signature,
)
from policykit.document.lines import DATE, Line, closes, day_of, lines_between, words
from policykit.document.model import Metadata
from policykit.document.outline import Entry
from policykit.document.regions import holds_for_whole_country, level_and_region
from policykit.document.titles import NUMBER, document_kind, read_titles
from policykit.text.normalise import NormalisedText
from policykit.text.spans import Span

#: how much of a text is searched for its head where no outline begins
_HEAD_LINES = 60
_HEAD_CHARACTERS = 6000
#: how many lines behind the last entry may be signature and notes
_TAIL_LINES = 40


def read_metadata(normalised: NormalisedText, entries: list[Entry], own_text_end: int) -> tuple[Metadata, Span]:
    """The metadata, and the extent of the policy's own text: behind letterhead and notice, before signature and furniture.

    Only the lines before the first outline entry and behind the last are read.
    """
    text = normalised.text
    first = next((entry for entry in entries if entry.zone != "appendix" and entry.kind != "dash"), None)
    head_end = min(first.marker.start if first else len(text), _HEAD_CHARACTERS)
    head = lines_between(text, 0, head_end, _HEAD_LINES)
    furniture = [str(piece) for piece in normalised.furniture]
    titles, blocks = read_titles(head, furniture)
    tail, body_end = _tail(text, entries, head_end, own_text_end)
    named = titles.carrier or titles.title
    signed = signature(head, blocks)
    if signed.issued is None:
        signed = signature(tail, [])
    under_title = line_under_title(head, blocks)
    issuers = (
        signed.issuers
        or bodies_in_title(named, head)
        or under_title.issuers
        or body_before_subject(named)
        or letterhead(head, blocks)
        or (news_issuers(head) if not blocks else ())
    )
    number = document_number(head)
    level, region = level_and_region(titles.title, titles.carrier, issuers, number, normalised.wording)
    if level == "unknown" and holds_for_whole_country(text[:_HEAD_CHARACTERS]):
        level = "national"
    metadata = Metadata(
        title=titles.title,
        carrier=titles.carrier,
        kind=document_kind(titles.title),
        level=level,
        region=region,
        issuers=issuers,
        number=number,
        issued=signed.issued or under_title.issued,
        published=_published([*furniture, *(line.text for line in head)]),
    )
    body_start = min(_body_start(head, titles.block, entries), body_end)
    return metadata, Span(body_start, body_end)


def _body_start(head: list[Line], block: Line | None, entries: list[Entry]) -> int:
    """Where the text begins behind the title, its number, date, signatories and addressees, and behind a contents list."""
    contents = [entry for entry in entries if entry.zone == "contents"]
    if contents:
        return contents[-1].own_end
    if block is None:
        return 0
    start = block.end + 1
    for line in head:
        if line.start < start:
            continue
        text = line.text
        apart = text.startswith(("——", "（", "(")) or NUMBER.fullmatch(text) or DATE.match(text)
        if len(text) > 300 or "。" in text or not (apart or closes(text) or text.endswith(("：", ":"))):
            break
        start = line.end + 1
    return start


def _published(texts: list[str]) -> date | None:
    """The date of the page, from what was taken out of the text as furniture or from a line of the head."""
    for text in texts:
        found = words().published.search(text[:300]) if "20" in text and "。" not in text else None
        day = DATE.search(found["label"] or found["time"]) if found else None
        if day:
            return day_of(day)
    return None


def _tail(text: str, entries: list[Entry], head_end: int, own_text_end: int) -> tuple[list[Line], int]:
    """The lines that may hold the signature, and where signature and notes begin behind the last entry.

    The signature may stand behind a list of attachments, where the document's own text has ended already.
    """
    last = next((entry for entry in reversed(entries) if entry.zone == "body"), None)
    start, end = (last.line_end + 1, last.own_end) if last else (head_end, own_text_end)
    lines = lines_between(text, start, len(text), _TAIL_LINES)
    closing = lines
    if lines and lines[-1].end + 1 < end:  # a long last entry: its last lines
        position = end
        for _ in range(_TAIL_LINES):
            position = text.rfind("\n", start, max(start, position - 1)) + 1 or start
        closing = lines_between(text, position, end, _TAIL_LINES)
        lines = closing
    body_end = end
    for line in reversed(closing):
        if line.start >= end:
            continue
        if not closes(line.text):
            break
        body_end = line.start
    return lines, body_end
