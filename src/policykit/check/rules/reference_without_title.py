"""PK402: a document cited by its number alone."""

from __future__ import annotations

import re
from collections.abc import Iterator

from policykit.check.findings import Hit
from policykit.check.rule import Rule
from policykit.check.subject import Subject

_NUMBER = re.compile(r"[〔\[［]((?:19|20)[0-9]{2})[〕\]］]第?([0-9]{1,5})号")
#: the issuer's sign before the year: 国发
_SIGN = re.compile(r"[^\W\d_]{1,12}$")
#: words that may stand before a number and are none of it: 根据国发〔2021〕31号
_BEFORE = re.compile(r"^(?:根据|按照|依据|贯彻|落实|执行|参照|依照|以及|详见|废止|和|与|及|在|对|见|按|即|由)+")


def _find(subject: Subject) -> Iterator[Hit]:
    text = subject.placed.text
    own = _digits(subject.data["document"]["number"])
    named = {_digits(row["number"]) for row in subject.data["references"] if row["number"]} | {own}
    sections = subject.placed.document.sections
    body = sections[0].start if sections else 0
    for found in _NUMBER.finditer(text, body):
        digits = f"{found[1]} {found[2]}"
        sign = _SIGN.search(text, max(0, found.start() - 12), found.start())
        if sign is None or digits in named:
            continue
        start = sign.end() - len(_BEFORE.sub("", sign[0]))
        if text[max(0, sign.start() - 2) : sign.start()].rstrip("（( ").endswith(("》", "”")):
            continue
        named.add(digits)
        number = text[start : found.end()]
        yield subject.at_text(start, found.end(), f"{number} is cited without its title", number)


def _digits(number: str | None) -> str:
    found = re.search(r"([0-9]{4})[^0-9]{1,3}([0-9]{1,5})号", number or "")
    return f"{found[1]} {found[2]}" if found else ""


RULE = Rule(
    code="PK402",
    name="reference-without-title",
    severity="note",
    summary="A document cited by its number alone (国发〔2021〕31号), without its title.",
    why="Numbers are short for those who have the file at hand; readers outside, and programs, look for titles.",
    bad="某市行动方案\n一、总体要求\n按照国发〔2021〕31号文件要求，制定本方案。\n",
    good="某市行动方案\n一、总体要求\n按照《国务院关于加快建设的意见》（国发〔2021〕31号）要求，制定本方案。\n",
    find=_find,
    needs_text=True,
)
