"""What part an outline entry plays: chapter, principle, objective, task, safeguard, article or other."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from policykit.dictionaries import packaged_dictionary
from policykit.document.model import Metadata, Role
from policykit.document.outline import Entry

#: what a heading's words say; the order is that in which they are asked
HEADING_CLASSES = ("background", "objective", "principle", "safeguard")


class _HeadingWords(NamedTuple):
    pattern: re.Pattern[str]
    late: re.Pattern[str] | None


@lru_cache(maxsize=1)
def _heading_words() -> dict[str, _HeadingWords]:
    dictionary = packaged_dictionary("roles")
    compiled = {}
    for name in HEADING_CLASSES:
        words = dictionary[name]
        verbs = "|".join(map(re.escape, words.get("not_after") or ()))
        alternatives = []
        tail = r"(?:[(（].{0,20}[)）])?$"
        if words.get("whole"):
            alternatives.append(f"^(?:{'|'.join(map(re.escape, words['whole']))}){tail}")
        if words.get("ends"):
            guard = f"(?!.{{0,4}}(?:{verbs}))" if verbs else ""
            alternatives.append(f"^{guard}.{{0,40}}(?:{'|'.join(map(re.escape, words['ends']))}){tail}")
        if words.get("contains"):
            guard = f"(?!.{{0,4}}(?:{verbs}))" if verbs else ""
            alternatives.append(f"^{guard}.{{0,40}}(?:{'|'.join(map(re.escape, words['contains']))})")
        late = words.get("late")
        compiled[name] = _HeadingWords(
            re.compile("|".join(alternatives)), re.compile("|".join(map(re.escape, late))) if late else None
        )
    return compiled


def heading_class(heading: str | None, *, late: bool = False) -> str | None:
    """What the words of a heading say: background, objective, principle, safeguard, or None. `late`: it heads one of the last chapters.

    >>> heading_class("重大意义"), heading_class("试点目标"), heading_class("总体要求"), heading_class("强化组织领导"), heading_class("主要任务")
    ('background', 'objective', 'principle', 'safeguard', None)
    """
    if not heading:
        return None
    for name, words in _heading_words().items():
        if words.pattern.search(heading):
            return name
        if late and words.late and words.late.search(heading):
            return name
    return None


def assign_roles(text: str, entries: list[Entry], metadata: Metadata) -> list[Role]:
    """The role of each entry, in order."""
    is_report = bool(metadata.kind and metadata.kind.endswith("报告"))
    return _Roles(text, entries, is_report).roles()


_LEAD_OBJECTIVE = re.compile(r"目标|到20\d\d年|到二〇|愿景")
_FULL_PARAGRAPH_END = ("。", "）", ")", "！", "”")


class _Roles:
    def __init__(self, text: str, entries: list[Entry], is_report: bool) -> None:
        self.text = text
        self.entries = entries
        self.is_report = is_report
        self.context: dict[Entry, str] = {}
        self.top = [entry for entry in entries if entry.parent is None and entry.zone == "body"]
        last_chapters = [entry for entry in self.top if entry.kind != "dash"]
        self.late = set(map(id, last_chapters[-2:] if len(last_chapters) > 3 else last_chapters[-1:]))

    def roles(self) -> list[Role]:
        return [self._role(entry) for entry in self.entries]

    def _role(self, entry: Entry) -> Role:
        if entry.zone != "body":
            self.context[entry] = "other"
            return "other"
        parent = entry.parent
        if entry.kind == "article":
            self.context[entry] = "article"
            return "article"
        above = self.context[parent] if parent is not None else "task"
        if above in ("article", "other"):
            self.context[entry] = "other"
            return "other"
        if entry.kind == "dash":
            context = self._bullet(entry, above)
            self.context[entry] = context
            return "other" if context in ("background", "other") else context  # type: ignore[return-value]
        context = self._context(entry, above)
        self.context[entry] = context
        if self._heads_others(entry):
            return "chapter"
        if parent is not None and not self._stands_for_itself(entry):
            self.context[entry] = "other"
            return "other"
        if context == "background":
            return "other" if self.is_report and parent is not None else "chapter"
        return context  # type: ignore[return-value]

    def _context(self, entry: Entry, above: str) -> str:
        heading = entry.heading(self.text)
        outermost = entry.parent is None or (entry.parent.kind in ("part", "chapter") and above == "task")
        own = heading_class(heading, late=id(entry) in self.late)
        if above == "background" or above == "safeguard":
            return above
        if above in ("principle", "objective"):
            return own if own in ("principle", "objective", "background") else above
        if own == "safeguard" and not outermost:
            return above
        return own or above

    def _bullet(self, entry: Entry, above: str) -> str:
        """A —— bullet takes part in what its lead-in says: 主要目标是… or 基本原则."""
        parent = entry.parent
        if above == "background":
            return "other"
        if above == "objective" or (parent is None and above == "task"):
            return above
        siblings = parent.children if parent is not None else []
        start = parent.marker.start if parent is not None else 0
        first = siblings[0].marker.start if siblings else entry.marker.start
        lead_start = self.text.rfind("\n", start, max(start, first - 1)) + 1
        if _LEAD_OBJECTIVE.search(self.text, max(start, lead_start), first):
            return "objective"
        return above

    def _heads_others(self, entry: Entry) -> bool:
        """Whether numbered entries below it are what counts."""
        if entry.kind in ("part", "chapter", "division") and entry.children:
            return any(child.kind != "dash" for child in entry.children)
        return any(self._stands_for_itself(child) for child in entry.children if child.kind != "dash")

    def _stands_for_itself(self, entry: Entry) -> bool:
        """Whether an entry has a heading or a full paragraph of its own, unlike a fragment of an enumeration."""
        if entry.heading_end > entry.heading_start or entry.children:
            return True
        last = self.text[entry.marker.end : entry.own_end].rstrip()
        return last.endswith(_FULL_PARAGRAPH_END)
