"""PK303: an annex that is announced and not there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from policykit.check.findings import Hit
from policykit.check.rule import Rule
from policykit.check.subject import Subject
from policykit.document.markers import ordinal_value

#: no document announces more
_MOST = 99
_NUMBER = r"[0-9一二三四五六七八九十]{1,3}"
#: 附件：1.重点任务分工表
_LIST = re.compile(rf"^附[件表]({_NUMBER})?[：:] ?(?P<title>[^\n]{{2,120}})$", re.MULTILINE)
#: the following lines of such a list: 2.主要指标
_MORE = re.compile(rf"\n({_NUMBER})[.．、] ?([^\n。；]{{2,80}})(?=\n|\Z)")
_OPENING_NUMBER = re.compile(rf"({_NUMBER})[.．、] ?")
#: the head of an annex: 附件, 附件1, 附件1 重点任务分工表
_HEAD = re.compile(rf"^附[件表] ?({_NUMBER})?(?: ?[：:]| |$)", re.MULTILINE)
#: （见附件2）, 详见附件
_MENTION = re.compile(rf"(?:详?见|按照|根据|填写|参照)(?:本[^，。；\n]{{1,8}})?附[件表] ?({_NUMBER})?(?![\w])")
#: the date under a signature
_DATE = re.compile(r"^(?:[12][0-9]{3}|[二一][〇○零一二三四五六七八九]{3})年.{1,8}日$")
#: less than this behind the line is no annex
_LEAST_TEXT = 120
_BRACKETS = re.compile(r"[\W_]+")


class _Announced(NamedTuple):
    start: int
    end: int
    number: int | None
    title: str | None


def _find(subject: Subject) -> Iterator[Hit]:
    text = subject.placed.text
    announced = list(islice(_lists(text), _MOST)) or list(islice(_mentions(text), _MOST))
    for item in announced:
        if not _is_there(text, item, {other.start for other in announced}):
            name = f"附件{item.number or ''}"
            message = f"{name} is announced and is not in the text" + (f": {item.title}" if item.title else "")
            yield subject.at_text(item.start, item.end, message, name, item.title or "")


def _lists(text: str) -> Iterator[_Announced]:
    """The annexes that a list at the end of a notice names."""
    seen: set[str] = set()
    for found in _LIST.finditer(text):
        bare = _BRACKETS.sub("", found["title"])
        if bare in seen or _is_head(text, found):
            continue
        seen.add(bare)
        title, first = found["title"], _OPENING_NUMBER.match(found["title"])
        start = found.start("title")
        if first is None:
            number = ordinal_value(found[1]) if found[1] else None
            yield _Announced(found.start(), found.end(), number, title)
            continue
        yield _Announced(start, found.end(), ordinal_value(first[1]), title[first.end() :])
        position, number = found.end(), ordinal_value(first[1]) or 0
        while (more := _MORE.match(text, position)) and ordinal_value(more[1]) == number + 1:
            number += 1
            yield _Announced(more.start() + 1, more.end(), number, more[2])
            position = more.end()


def _is_head(text: str, found: re.Match[str]) -> bool:
    """Whether a line 附件：… opens the annex itself: neither more annexes nor a signature follow, but its text."""
    if len(text) - found.end() <= _LEAST_TEXT:
        return False
    following = text[found.end() : found.end() + 600].split("\n")[1:7]
    if any(_DATE.search(line) for line in following):
        return False
    is_list = _OPENING_NUMBER.match(found["title"]) is not None
    return not (is_list and following and _MORE.match("\n" + following[0]))


def _mentions(text: str) -> Iterator[_Announced]:
    """The annexes that the text only refers to, each once."""
    seen: set[int | None] = set()
    for found in _MENTION.finditer(text):
        number = ordinal_value(found[1]) if found[1] else None
        if number not in seen:
            seen.add(number)
            yield _Announced(found.start(), found.end(), number, None)


def _is_there(text: str, item: _Announced, announcements: set[int]) -> bool:
    """Whether an annex begins somewhere: a line 附件2, or its title on a line of its own behind its announcement."""
    for head in _HEAD.finditer(text):
        if (
            head.start() in announcements
            or head.start() == item.start
            or (_LIST.match(text, head.start()) and head.start() <= item.start)
        ):
            continue
        number = ordinal_value(head[1]) if head[1] else None
        if (
            number == item.number
            or (number is None and item.number in (None, 1))
            or (item.number is None and number == 1)
        ):
            return True
    if item.title:
        wanted = _BRACKETS.sub("", item.title)
        if any(
            other.start() > item.start and _BRACKETS.sub("", other["title"]) == wanted for other in _LIST.finditer(text)
        ):
            return True
        return any(
            _BRACKETS.sub("", line) == wanted
            for line in text[item.end :].split("\n")
            if len(line) <= len(item.title) + 20
        )
    return False


RULE = Rule(
    code="PK303",
    name="annex-missing",
    severity="warning",
    summary="附件 announced and missing.",
    why="Targets and divisions of labour often stand in the annex. Web pages give annexes as files of their own, and a text that was copied "
    "from the page lacks them.",
    bad="某市人民政府关于印发行动方案的通知\n各区人民政府：\n现将行动方案印发给你们，请认真贯彻执行。\n附件：1.行动方案\n2.重点任务分工表\n某市人民政府\n2023年9月14日\n"
    "附件1\n行动方案\n一、主要任务\n（一）建设平台。建设数据平台。\n",
    good="某市人民政府关于印发行动方案的通知\n各区人民政府：\n现将行动方案印发给你们，请认真贯彻执行。\n附件：行动方案\n某市人民政府\n2023年9月14日\n"
    "附件\n行动方案\n一、主要任务\n（一）建设平台。建设数据平台。\n",
    find=_find,
    needs_text=True,
)
