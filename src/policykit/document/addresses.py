"""Policy addresses and budgets of Hong Kong: which of their numbered paragraphs direct work."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal, NamedTuple

from policykit.dictionaries import packaged_dictionary
from policykit.document.model import Metadata

ParagraphRole = Literal["task", "principle", "other"]


class _Patterns(NamedTuple):
    kinds: frozenset[str]
    directs: re.Pattern[str]
    concrete: re.Pattern[str]
    principle: re.Pattern[str]


@lru_cache(maxsize=1)
def _patterns() -> _Patterns:
    data = packaged_dictionary("roles")["address"]

    def either(key: str) -> str:
        return "|".join(sorted(map(re.escape, data[key]), key=len, reverse=True))

    modal = rf"(?!{either('not_modal')})(?:(?<![社机都协学大晚展国工商总聚宴开议])会|{either('modals')})"
    future = rf"(?!{either('not_modal')})(?:(?<![社机都协学大晚展国工商总聚宴开议])会|将|拟)"
    return _Patterns(
        kinds=frozenset(data["kinds"]),
        directs=re.compile(
            rf"(?:{either('actors')}|[”）])(?:亦|也|并|还|更|同时|现|现正)?{modal}"
            rf"|(?:{either('actors')}|[”）])(?:(?!{either('expected')})[^，。；：\n]){{1,10}}?{future}"
            rf"|(?:^|[。；\n]|外，|同时，|此外，)(?:并|亦|也)?{future}"
            r"|(?:明年|今年内|年内|年底前|季内|月起)(?!地)[^。，\n]{0,8}(?:推出|公布|提交|开展|检讨|成立|完成)"
            rf"|{either('direct')}"
        ),
        concrete=re.compile(either("concrete")),
        principle=re.compile(either("principle")),
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
    paragraph = paragraph[: max(map(paragraph.rfind, "。；：！")) + 1] or paragraph  # without the next heading below it
    found = patterns.directs.search(paragraph)
    if found is None:
        return "other"
    if patterns.concrete.search(paragraph, found.start()):
        return "task"
    if patterns.principle.search(paragraph, found.start()):
        return "principle"
    return "other" if "。" in paragraph[: found.start() + 1] else "task"
