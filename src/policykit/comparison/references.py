"""What is newly cited and what no longer, and whether one of the two documents carries out or repeals the other."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from policykit.comparison.documents import Side, bare
from policykit.comparison.wording import mainland_words
from policykit.dictionaries import packaged_dictionary
from policykit.quantities.units import alternatives

CHANGES = ("same", "newly cited", "no longer cited")
#: What stands around a mention of the other document within so many characters says what is done with it.
_BEFORE, _BEHIND = 24, 40
#: what a title has in brackets behind it: years, or which version it is
_VERSION = re.compile(
    r"[（(](?:[0-9]{4}\s*[—\-－～~至年][^）)]{0,12}|[^）)]{0,8}(?:修订|修正|修改|征求意见|草案|试行|暂行|送审)[^）)]{0,4})[）)]"
)


def reference_rows(old: Side, new: Side) -> list[dict[str, Any]]:
    """All cited documents of either document: those of the old one in their order, then those that came.

    That a document names itself, as the notice that transmits it does, is no citation.
    """
    before, after = _cited(old), _cited(new)
    rows = []
    for key in [*reversed(before), *(key for key in reversed(after) if key not in before)]:
        one, other = before.get(key), after.get(key)
        rows.append(
            {
                "change": "same" if one and other else "newly cited" if other else "no longer cited",
                "title": (other or one or {})["title"],
                "old": dict(one) if one else None,
                "new": dict(other) if other else None,
            }
        )
    return rows


def _cited(side: Side) -> dict[str, Mapping[str, Any]]:
    """The first row of each document that is cited, the last one first."""
    own = _key(side.data["document"]["title"] or "")
    found = {_key(row["title"]): row for row in reversed(side.data["references"])}
    found.pop(own, None)
    return found


def relations(old: Side, new: Side) -> list[dict[str, Any]]:
    """What one document says of the other: that it implements, repeals or only cites it.

    `by` is the document that says so (old or new); `evidence` the words it says it with, or its title.
    """
    found = [*_relations(old, new, "old"), *_relations(new, old, "new")]
    return [{"by": by, "relation": relation, "evidence": evidence} for by, relation, evidence in found]


def _relations(one: Side, other: Side, by: str) -> Iterator[tuple[str, str, str]]:
    title = other.data["document"]["title"]
    if not title:
        return
    key = _key(title)
    own = one.data["document"]["title"] or ""
    if _key(own) == key:
        return  # versions of one document, which names itself
    if key == _key(other.data["document"]["kind"] or ""):
        return  # 政府工作报告 is the title of many
    said: dict[str, str] = {}
    for row in one.data["references"]:
        if _names(_key(row["title"]), key):
            relation, evidence = _said(one, row)
            if relation not in said:
                said[relation] = evidence
    if "implements" not in said and len(key) >= 6 and _carries_out(_key(own), key):
        said["implements"] = own
    if len(said) > 1:
        said.pop("cites", None)
    for relation in sorted(said):
        yield by, relation, said[relation]


def _carries_out(own: str, title: str) -> bool:
    """Whether a title says that its document carries out the one with another title: 贯彻落实…的意见, …实施细则."""
    before, found, behind = own.partition(title)
    words = _words()
    return bool(found) and (words["implements"].search(before) or words["carries_out"].match(behind)) is not None


def _names(cited: str, title: str) -> bool:
    """Whether a cited title is that of a document, which may be printed with its issuer before it."""
    return cited == title or (len(cited) >= 6 and title.endswith(cited)) or (len(title) >= 6 and cited.endswith(title))


def _said(side: Side, row: Mapping[str, Any]) -> tuple[str, str]:
    """What a document does with one that it cites, and the words that say so."""
    normalised = side.loaded.normalised
    if normalised is None:
        return "cites", f"《{row['title']}》"
    words = _words()
    text = normalised.text
    span = normalised.working_span(row["span"]["start"], row["span"]["end"])
    title = text[span.start : span.end]
    place = text.find(title)
    first = ""
    while place >= 0:
        start, end = max(0, place - _BEFORE), place + len(title) + _BEHIND
        before, behind = _clause_end(text[start:place]), _clause_start(text[place + len(title) : end])
        # what is cut off in the middle begins with its next clause
        shown = before.partition("，")[2] if len(before) == _BEFORE and "，" in before else before
        quoted = f"{shown}{title}{behind}".strip()
        if words["repeals"].search(behind) or words["repeals"].search(before):
            return "repeals", quoted
        if words["implements"].search(before):
            return "implements", quoted
        first = first or quoted
        place = text.find(title, place + len(title))
    return "cites", first


def _clause_end(text: str) -> str:
    """The last clause of what stands before."""
    return re.split("[。；！？\n]", text)[-1]


def _clause_start(text: str) -> str:
    """The first clause of what stands behind."""
    return re.split("[。；！？\n]", text)[0]


@lru_cache(maxsize=1)
def _words() -> dict[str, re.Pattern[str]]:
    return {
        name: re.compile(alternatives(words))
        for name, words in packaged_dictionary("relations").items()
        if name != "examples"
    }


def _key(title: str) -> str:
    """A title as it is compared: without punctuation, brackets with years or versions, and the name of the state."""
    text = bare(mainland_words(_VERSION.sub("", title)))
    return text.removeprefix("中华人民共和国")
