"""What part an outline entry plays: chapter, principle, objective, task, safeguard, article or other."""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from policykit.dictionaries import packaged_dictionary
from policykit.document.addresses import is_address, paragraph_role
from policykit.document.model import Metadata, Role
from policykit.document.outline import Entry
from policykit.patterns import compiled

#: what a heading's words say; the order is that in which they are asked
HEADING_CLASSES = ("background", "objective", "principle", "safeguard")


class _HeadingWords(NamedTuple):
    """The word lists turned round: from a word to the classes that it speaks for."""

    whole: dict[str, str]
    ends: dict[str, str]
    end_lengths: dict[str, tuple[int, ...]]  # by their last letter
    contains: re.Pattern[str]
    contains_classes: dict[str, str]
    late: re.Pattern[str]
    late_classes: dict[str, str]
    blocked: dict[
        str, re.Pattern[str]
    ]  # verbs at the start of a heading that turn the words of a class into work to be done
    not_within: re.Pattern[str]


def _either(words: Iterable[str]) -> re.Pattern[str]:
    return compiled("|".join(sorted(map(re.escape, words), key=len, reverse=True)) or r"(?!)")


@lru_cache(maxsize=1)
def _heading_words() -> _HeadingWords:
    dictionary = packaged_dictionary("roles")

    def classes(key: str) -> dict[str, str]:
        """Each word of a kind with its class; where two classes name it, the one that is asked first."""
        return {word: name for name in reversed(HEADING_CLASSES) for word in dictionary[name].get(key) or ()}

    contains, late, ends = classes("contains"), classes("late"), classes("ends")
    return _HeadingWords(
        classes("whole"),
        ends,
        {last: tuple({len(word) for word in ends if word[-1] == last}) for last in {word[-1] for word in ends}},
        _either(contains),
        contains,
        _either(late),
        late,
        {
            name: compiled(f".{{0,4}}(?:{_either(words).pattern})")
            for name in HEADING_CLASSES
            if (words := dictionary[name].get("not_after"))
        },
        _either(word for name in HEADING_CLASSES for word in dictionary[name].get("not_within") or ()),
    )


def heading_class(heading: str | None, *, late: bool = False) -> str | None:
    """What the words of a heading say: background, objective, principle, safeguard, or None. `late`: it heads the last chapter.

    >>> heading_class("重大意义"), heading_class("试点目标"), heading_class("总体要求"), heading_class("强化组织领导"), heading_class("主要任务")
    ('background', 'objective', 'principle', 'safeguard', None)
    """
    if not heading:
        return None
    words = _heading_words()
    core = heading
    if core[-1] in ")）":  # 阶段目标（到2015年）
        core = core[: max(core.rfind("("), core.rfind("（"))] or core
    found = set()
    if core in words.whole:
        found.add(words.whole[core])
    for length in words.end_lengths.get(core[-1], ()):
        end = core[-length:]
        if end in words.ends:
            found.add(words.ends[end])
    for word in words.contains.findall(heading):
        found.add(words.contains_classes[word])
    if late:
        for word in words.late.findall(heading):
            found.add(words.late_classes[word])
    if not found:
        return None
    if words.not_within.search(heading):
        return heading_class(words.not_within.sub("", heading), late=late)
    for name in HEADING_CLASSES:
        if name in found and not (
            core not in words.whole and name in words.blocked and words.blocked[name].match(heading)
        ):
            return name
    return None


def assign_roles(text: str, entries: list[Entry], metadata: Metadata) -> list[Role]:
    """The role of each entry, in order."""
    return _Roles(text, entries, metadata).roles()


_LEAD_OBJECTIVE = compiled(r"目标|到20\d\d年|到二〇|愿景")
_LEAD_PRINCIPLE = compiled(r"原则|要求|坚持|必须|把握|做到|更加注重|思想")
_LEAD_REACH = 400
_FULL_PARAGRAPH_END = "。）)！”〕"
# a footnote, a row of a glossary
_DEFINES = compiled(r"是?指(?![导标引向挥定南数针])|\[\]|注[:：]")
# a chapter of goals that also sets tasks: its numbered entries direct work
_SETS_TASKS = compiled(r"任务|举措|安排")


class _Roles:
    def __init__(self, text: str, entries: list[Entry], metadata: Metadata) -> None:
        self.text = text
        self.entries = entries
        self.is_report = bool(metadata.kind and metadata.kind.endswith("报告"))
        self.is_address = is_address(metadata)
        self.context: dict[Entry, str] = {}
        self.lead_context: dict[Entry, str | None] = {}  # what the words before the first bullet of an entry say
        chapters = [
            entry for entry in entries if entry.parent is None and entry.zone == "body" and entry.kind != "dash"
        ]
        self.last_chapter = chapters[-1] if len(chapters) > 2 else None

    def roles(self) -> list[Role]:
        return [self._role(entry) for entry in self.entries]

    def _role(self, entry: Entry) -> Role:
        parent = entry.parent
        above = self.context[parent] if parent is not None else "task"
        if entry.zone != "body" or entry.kind == "roman" or (above in ("article", "other") and entry.kind != "article"):
            self.context[entry] = "other"
            return "other"
        if entry.kind == "article":
            self.context[entry] = "article"
            return "article"
        if self.is_address and entry.kind == "digit-stop":
            role = paragraph_role(self.text[entry.marker.end : entry.end])
            self.context[entry] = "other"
            return role
        context = self._bullet(entry, above) if entry.kind == "dash" else self._context(entry, above)
        self.context[entry] = context
        if entry.kind != "dash" and self._heads_others(entry):
            return "chapter"
        if parent is not None and entry.kind != "dash" and not self._stands_for_itself(entry):
            self.context[entry] = "other"
            return "other"
        if context == "background":
            inner = entry.kind == "dash" or (self.is_report and parent is not None)
            return "other" if inner else "chapter"
        return context  # type: ignore[return-value]

    def _context(self, entry: Entry, above: str) -> str:
        """What the entry's part of the document is about: its own heading's word, else what it stands below."""
        parent = entry.parent
        heading = entry.heading(self.text)
        own = heading_class(heading, late=entry is self.last_chapter)
        if above == "safeguard":
            return above
        if above == "background":
            return own if own in ("principle", "objective") and not self.is_report else above
        if above in ("principle", "objective"):
            if own in ("principle", "objective", "background"):
                return own
            sets_tasks = (
                above == "objective" and parent is not None and _SETS_TASKS.search(parent.heading(self.text) or "")
            )
            return "task" if sets_tasks else above
        if own == "safeguard" and parent is not None and parent.kind not in ("part", "chapter"):
            return above
        if own is None and entry is self.last_chapter and self._opens_with_safeguard(entry):
            return "safeguard"
        return own or above

    def _opens_with_safeguard(self, chapter: Entry) -> bool:
        """Whether the first entry below the last chapter is of the kind that opens safeguards: 加强组织领导, 加强组织协调."""
        first = next((child for child in chapter.children() if child.kind != "dash"), None)
        return first is not None and heading_class(first.heading(self.text), late=True) == "safeguard"

    def _bullet(self, entry: Entry, above: str) -> str:
        """A —— bullet takes part in what its lead-in says (主要目标是…, …原则), else in what it stands below."""
        parent = entry.parent
        if parent is None or above in ("background", "safeguard"):
            return above
        if parent not in self.lead_context:
            self.lead_context[parent] = self._lead_in(parent, entry)
        lead = self.lead_context[parent]
        return above if lead is None or (lead == "principle" and above != "objective") else lead

    def _lead_in(self, parent: Entry, first: Entry) -> str | None:
        """Whether the paragraph before the first bullet speaks of goals or of principles; the later word counts."""
        begin, end = parent.marker.start, first.marker.start
        paragraph = max(begin, self.text.rfind("\n", begin, max(begin, end - 1)), end - _LEAD_REACH)
        goal = max((found.end() for found in _LEAD_OBJECTIVE.finditer(self.text, paragraph, end)), default=-1)
        principle = max((found.end() for found in _LEAD_PRINCIPLE.finditer(self.text, paragraph, end)), default=-1)
        if goal == principle:
            return None
        return "objective" if goal > principle else "principle"

    def _heads_others(self, entry: Entry) -> bool:
        """Whether numbered entries below it are what counts."""
        if entry.first_child is None:
            return False
        numbered = [child for child in entry.children() if child.kind != "dash" and child.zone == "body"]
        if entry.kind in ("part", "chapter", "division"):
            return bool(numbered)
        return any(self._stands_for_itself(child) for child in numbered)

    def _stands_for_itself(self, entry: Entry) -> bool:
        """Whether an entry has a heading or a full paragraph of its own, unlike a fragment of an enumeration."""
        if entry.kind == "roman" or _DEFINES.match(self.text, entry.marker.end):
            return False
        if entry.heading_end > entry.heading_start or entry.first_child is not None:
            return True
        last = entry.own_end - 1 if self.text.startswith("\n", entry.own_end - 1) else entry.own_end
        return last > entry.marker.end and self.text[last - 1] in _FULL_PARAGRAPH_END
