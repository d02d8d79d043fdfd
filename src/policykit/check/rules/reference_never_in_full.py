"""PK401: a document cited that is never named in full."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from policykit.check.findings import Hit
from policykit.check.rule import Rule
from policykit.check.subject import Subject
from policykit.dictionaries import packaged_dictionary

_TITLE = re.compile(r"《([^《》\n]{1,120})》")
#: 以下简称《规划》: here the short name is given; 《本规划》, 本《办法》: the document itself
_INTRODUCED = re.compile(r"(?:简称|下称|以下称|并称|合称|统称)(?:为)?[：:“\"]?$|(?:本|此)$")


def _find(subject: Subject) -> Iterator[Hit]:
    text = subject.placed.text
    document = subject.data["document"]
    full = [title for title in (document["title"], document["carrier"]) if title]
    mentions = list(_TITLE.finditer(text))
    full += [found[1] for found in mentions if found[1] not in _generic()]
    seen: set[str] = set()
    for found in mentions:
        name = found[1]
        if name not in _generic() or name in seen:
            continue
        seen.add(name)
        if _is_named(name, full) or any(_introduced(text, other.start()) for other in mentions if other[1] == name):
            continue
        yield subject.at_text(
            found.start(), found.end(), f"《{name}》 is cited, and no document of the text is called so in full", name
        )


def _is_named(name: str, full: list[str]) -> bool:
    """Whether a full title can be meant by a short one: it is a document of that kind."""
    return any(re.sub(r"[（(][^（）()]{1,30}[）)]$", "", title).rstrip("〉》>”").endswith(name) for title in full)


def _introduced(text: str, start: int) -> bool:
    return _INTRODUCED.search(text, max(0, start - 10), start) is not None


@lru_cache(maxsize=1)
def _generic() -> frozenset[str]:
    return frozenset(packaged_dictionary("reference_titles")["generic"])


RULE = Rule(
    code="PK401",
    name="reference-never-in-full",
    severity="warning",
    summary="A document cited by a short name (《纲要》) that is never named in full.",
    why="A reader cannot find what is cited, nor can a program link it. The passage that named it (以下简称《纲要》) may have been cut out.",
    bad="某市行动方案\n一、总体要求\n为贯彻落实《纲要》，制定本方案。\n",
    good="某市行动方案\n一、总体要求\n为贯彻落实《国家标准化发展纲要》（以下简称《纲要》），按照《纲要》要求，制定本方案。\n",
    find=_find,
    needs_text=True,
)
