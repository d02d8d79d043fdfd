"""PK504: characters that are none, and what a page was written in."""

from __future__ import annotations

import re
from collections.abc import Iterator

from policykit.check.findings import Hit
from policykit.check.rule import Rule
from policykit.check.subject import Subject
from policykit.formats.characters import printable

_MOST = 20
#: replacement characters, private ones that no bullet of a word processor is, control characters, misread encodings, entities and tags
_GARBLED = re.compile(
    r"(?P<replacement>[\ufffd\ufffe\uffff]+|(?:锟斤拷)+|(?:烫烫)+|(?:屯屯屯)+)"
    r"|(?P<private>[\ue000-\uf06b\uf06d\uf06f-\uf074\uf076-\uf0a6\uf0a8-\uf0b6\uf0b8-\uf0bd\uf0bf-\uf0d7\uf0d9-\uf0fb\uf0fd-\uf8ff]+)"
    r"|(?P<control>[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f]+)"
    r"|(?P<misread>(?:[ÃÂåæçèéäï][\x80-\xbf¡-ÿ€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]{1,2}){2,})"
    r"|(?P<markup>&(?:[a-z]{2,8}|#[0-9]{2,6}|#x[0-9a-f]{2,5});|</?(?:p|br|div|span|td|tr|table|a|img|strong|b|font)(?:\s[^<>\n]{0,200})?/?>)"
    r"|(?P<question>(?<=[\u4e00-\u9fff])\?{2,}(?=[\u4e00-\u9fff]))",
    re.IGNORECASE,
)
#: what any of these begins with, looked for first
_FIRST = re.compile(r"[\ufffd\ufffe\uffff\ue000-\uf8ff\x00-\x08\x0e-\x1b\x7f-\x9f锟烫屯ÃÂåæçèéäïÅÆÇÈÉÄÏâã&<?]")
_WHAT = {
    "replacement": "characters were lost in decoding",
    "private": "characters of a private font, which nothing else can show",
    "control": "control characters",
    "misread": "text in another encoding was read as Latin letters",
    "markup": "markup of a web page",
    "question": "characters were lost in encoding",
}


def _find(subject: Subject) -> Iterator[Hit]:
    text = subject.source_text
    left = 0
    first: dict[str, int] = {}
    end = 0
    for candidate in _FIRST.finditer(text):
        found = _GARBLED.match(text, candidate.start()) if candidate.start() >= end else None
        if found is None:
            continue
        end = found.end()
        kind = found.lastgroup or ""
        first[kind] = first.get(kind, 0) + 1
        if first[kind] > _MOST:
            left += 1
            continue
        shown = printable(found[0][:20])
        around = text[max(0, found.start() - 10) : found.end() + 10]
        yield subject.at_source(found.start(), found.end(), f"{_WHAT[kind]}: {shown}", kind, around)
    if left:
        yield subject.whole(f"{left} more places like these", "more")


RULE = Rule(
    code="PK504",
    name="garbled-characters",
    severity="warning",
    summary="Characters that are none: lost in decoding, of a private font, control characters, markup of a web page.",
    why="Something went wrong between the issuer's file and this text, and words are missing or cannot be found. Get the text again. "
    "Of many places the first twenty of each kind are shown.",
    bad="某市行动方案\n一、主要任务\n（一）建设平台。建设数据&nbsp;平台，锟斤拷管理。\n",
    good="某市行动方案\n一、主要任务\n（一）建设平台。建设数据平台，加强管理。\n",
    find=_find,
    needs_text=True,
)
