"""Policy addresses and budgets of Hong Kong: which of their numbered paragraphs direct work."""

import re
from functools import lru_cache
from typing import Literal, NamedTuple

from policykit.dictionaries import packaged_dictionary
from policykit.document.model import Metadata
from policykit.patterns import compiled

ParagraphRole = Literal["task", "principle", "other"]

#: how much of the clause before a modal is looked at for the one who is to act
_BEFORE = 24
_CLAUSE_BREAK = compiled(r"[，。；：\n]")
#: behind what a sentence or clause begins with its modal: 会提供…, …外，会建立…, and what may stand between
_OPENINGS = ("。", "；", "\n", "外，", "同时，")
_AND = frozenset("并亦也")
_DATED = r"(?:明年|今年内|年内|年底前|季内|月起)(?!地)[^。，\n]{0,8}(?:推出|公布|提交|开展|检讨|成立|完成)"


class _Patterns(NamedTuple):
    kinds: frozenset[str]
    trigger: re.Pattern[str]  # future: 会, 将; modal: 致力, 建议; direct: what directs without an actor
    actor: re.Pattern[str]  # at the end of what stands before a modal
    actor_near: re.Pattern[str]  # the same with a few words between, 会 and 将 only
    concrete: re.Pattern[str]
    principle: re.Pattern[str]


@lru_cache(maxsize=1)
def _patterns() -> _Patterns:
    data = packaged_dictionary("roles")["address"]

    def either(key: str) -> str:
        return "|".join(sorted(map(re.escape, data[key]), key=len, reverse=True))

    actor = rf"(?:{either('actors')}|[”）])"
    return _Patterns(
        kinds=frozenset(data["kinds"]),
        trigger=compiled(
            rf"(?P<direct>{either('direct')}|{_DATED})"
            rf"|(?P<future>(?!{either('not_modal')})(?:(?<!{either('before_noun')})会|将|拟))"
            rf"|(?P<modal>{either('modals')})"
        ),
        actor=compiled(rf"{actor}(?:亦|也|并|还|更|同时|现|现正)?$"),
        actor_near=compiled(rf"{actor}(?:(?!{either('expected')}).){{0,10}}$"),
        concrete=compiled(either("concrete")),
        principle=compiled(either("principle")),
    )


def is_address(metadata: Metadata) -> bool:
    """Whether the document is a policy address or a budget, whose numbered paragraphs have no headings."""
    return metadata.kind in _patterns().kinds


def paragraph_role(paragraph: str) -> ParagraphRole:
    """What a numbered paragraph of an address does: direct work, state a principle, or review and introduce.

    >>> paragraph_role("政府会推出新计划，资助企业转型。"), paragraph_role("香港是国际金融中心。政府会不断进步。")
    ('task', 'other')
    """
    patterns = _patterns()
    if not paragraph.endswith(("。", "。\n")):  # without the next heading below it
        paragraph = paragraph[: max(map(paragraph.rfind, "。；：！")) + 1] or paragraph
    directs = _first_directive(paragraph, patterns)
    if directs < 0:
        return "other"
    if patterns.concrete.search(paragraph, directs):
        return "task"
    if patterns.principle.search(paragraph, directs):
        return "principle"
    return "other" if "。" in paragraph[: directs + 1] else "task"


def _first_directive(paragraph: str, patterns: _Patterns) -> int:
    """The offset of the first word that says what somebody will do; -1 where there is none."""
    for found in patterns.trigger.finditer(paragraph):
        position = found.start()
        if found.lastgroup == "direct":
            return position
        before = paragraph[max(0, position - _BEFORE) : position]
        if found.lastgroup == "future" and _opens(before):
            return position
        clause = _CLAUSE_BREAK.split(before)[-1]
        near = patterns.actor_near if found.lastgroup == "future" else patterns.actor
        if near.search(clause):
            return position
    return -1


def _opens(before: str) -> bool:
    """Whether a modal behind some words opens a sentence or clause."""
    words = before[:-1] if before[-1:] in _AND else before
    return not words or words.endswith(_OPENINGS)
