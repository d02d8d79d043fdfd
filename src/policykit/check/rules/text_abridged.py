"""PK305: a text that says of itself that it is abridged."""

from __future__ import annotations

from collections.abc import Iterator

from policykit.check.findings import Hit
from policykit.check.rule import Rule
from policykit.check.subject import Subject

_ABRIDGED = "the text is abridged"


def _find(subject: Subject) -> Iterator[Hit]:
    normalised = subject.loaded.normalised
    for warning in subject.data["warnings"]:
        if not warning.startswith(_ABRIDGED):
            continue
        words = warning.removeprefix(_ABRIDGED).strip(": ")
        message = f"the publisher left something out: {words}"
        item = next((item for item in normalised.furniture if item.rule == "editor"), None) if normalised else None
        if item is None:
            yield subject.whole(message, words)
        else:
            yield subject.at_source(item.span.start, item.span.end, message, words)


RULE = Rule(
    code="PK305",
    name="text-abridged",
    severity="note",
    summary="The text says that it is abridged (本文有删减).",
    why="Gazettes print some documents with parts left out. What is missing was left out by the publisher; nothing is wrong with the file, but "
    "conclusions from what it does not say are not safe.",
    bad="某市行动方案\n（本文有删减）\n一、主要任务\n（一）建设平台。建设数据平台。\n",
    good="某市行动方案\n一、主要任务\n（一）建设平台。建设数据平台。\n",
    find=_find,
)
