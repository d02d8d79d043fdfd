"""Enumeration markers at the start of a line: 第一章, 第三条, 一、 (一) 1. (1) ① 1.1 ——, told apart from numbers that only look like one."""

import re
from functools import lru_cache
from itertools import chain
from typing import Literal, NamedTuple

from policykit.patterns import compiled

MarkerKind = Literal[
    "part",  # 第一编, 第一篇, 第一部分
    "chapter",  # 第一章
    "division",  # 第一节
    "article",  # 第一条
    "han-stop",  # 一、
    "han-parenthesis",  # (一)
    "digit-stop",  # 1. 1．
    "digit-comma",  # 1、
    "decimal",  # 1.1, 1.1.1, and the bare 1 above them
    "digit-parenthesis",  # (1)
    "digit-half-parenthesis",  # 1)
    "circled",  # ①
    "roman",  # (i)
    "dash",  # ——
]

#: the order in which official writing nests the kinds; a document's own use goes before it
USUAL_RANK: dict[MarkerKind, int] = {
    "part": 0,
    "chapter": 1,
    "division": 2,
    "article": 3,
    "han-stop": 4,
    "han-parenthesis": 5,
    "digit-stop": 6,
    "digit-comma": 6,
    "decimal": 7,
    "digit-parenthesis": 8,
    "digit-half-parenthesis": 8,
    "circled": 9,
    "roman": 9,
    "dash": 10,
}


class Marker(NamedTuple):
    """A marker at the start of a line: `start` is its first character, `end` the first character of what follows it."""

    start: int
    end: int
    kind: MarkerKind
    number: int | None
    text: str  # as printed, without spaces
    depth: int = 0  # of a decimal number: how many parts
    suffix: str = ""  # of an article that was put in later: 第39条之1, 第39-1条 -> 1


_HAN = "一二三四五六七八九十百千零〇○"
_DIGIT_VALUES = {character: value for value, character in enumerate("一二三四五六七八九", 1)}

#: what may stand between the line's start and the marker: left over from Markdown and from web pages
_BEFORE = r"[#>*_ \t\u3000\u2002\u2003\xa0]{0,12}"
_GAP = r"[ \t\u3000\u2002\u2003\xa0]{0,4}"
#: what may stand between the marker and what it heads
_BEHIND = rf"{_GAP}(?:\*\*{_GAP})?"

#: how markers are printed, each with what has to stand behind it, in the order in which they are tried
_FORMS = (
    (
        rf"第{_GAP}(?P<ordinal>[{_HAN}]{{1,7}}|\d{{1,4}}(?:-\d{{1,2}})?){_GAP}(?P<unit>[编篇章节条]|部分)"
        rf"(?:之{_GAP}(?P<suffix>[{_HAN}]{{1,3}}|\d{{1,2}})(?![{_HAN}\d]))?",
        "",
    ),
    (
        rf"[（(]{_GAP}(?:(?P<hanparenthesis>[{_HAN}]{{1,5}})|(?P<digitparenthesis>\d{{1,3}})|(?P<roman>[ivxIVX]{{1,5}}))"
        rf"{_GAP}[)）]",
        "",
    ),
    (rf"(?P<hanstop>[{_HAN}]{{1,5}}){_GAP}(?:、|[．.](?!\d))", ""),
    (
        r"(?P<decimal>\d{1,2}(?:[.．]\d{1,2}){1,4})[.．]?",
        r"(?=[ \t\u3000\u2002\u2003\xa0]|[^\W\d_a-zA-Z]|《|“|「)",
    ),
    (rf"(?P<digitstop>\d{{1,3}}){_GAP}[.．](?!\d)", ""),
    (r"(?P<digitcomma>\d{1,3})、", ""),
    (r"(?P<bare>\d{1,2})", rf"(?={_GAP}[\u4e00-\u9fff][^\n。，；：、（）]{{1,22}}(?:\n|\Z))"),
    (r"(?P<halfparenthesis>\d{1,2})[)）]", ""),
    (r"(?P<circled>[①-⑳⑴-⒛㈠-㈩])", ""),
    (r"(?P<dash>[—–─－]{2,3}(?![—–─－])|--(?!-)|—(?![—\d ]))", ""),
)
_FORM = compiled("|".join(form for form, _ in _FORMS))
_PRINTED = "|".join(re.sub(r"\?P<\w+>", "?:", form) + behind for form, behind in _FORMS)
_MARKER_TEXT = rf"{_BEFORE}(?P<printed>{_PRINTED}){_BEHIND}"
_MARKER = compiled(_MARKER_TEXT)
# The literal newline lets `re` skip the rest of the text at full speed, and most lines open with nothing that opens a marker.
_NEXT_MARKER = compiled(rf"\n(?=[第（(0-9{_HAN}①-⑳⑴-⒛㈠-㈩—–─\-－#>*_ \t\u3000\u2002\u2003\xa0]){_MARKER_TEXT}")

_UNIT_KINDS: dict[str, MarkerKind] = {
    "编": "part",
    "篇": "part",
    "部分": "part",
    "章": "chapter",
    "节": "division",
    "条": "article",
}
_GROUP_KINDS: dict[str, MarkerKind] = {
    "hanparenthesis": "han-parenthesis",
    "digitparenthesis": "digit-parenthesis",
    "hanstop": "han-stop",
    "digitstop": "digit-stop",
    "digitcomma": "digit-comma",
    "halfparenthesis": "digit-half-parenthesis",
    "roman": "roman",
}
_HEADED = frozenset({"part", "chapter", "division"})
_CIRCLED = (0x2460, 0x2474, 0x2488, 0x3220)  # ① ⑴ ⒈ ㈠
_ROMAN = {
    text: value
    for value, text in enumerate(
        [
            "i",
            "ii",
            "iii",
            "iv",
            "v",
            "vi",
            "vii",
            "viii",
            "ix",
            "x",
            "xi",
            "xii",
            "xiii",
            "xiv",
            "xv",
            "xvi",
            "xvii",
            "xviii",
            "xix",
            "xx",
        ],
        1,
    )
}

# 第十五条第三项…, 第三章规定的…: a reference to a provision that opens a line by chance
_CONTINUES_REFERENCE = compiled(rf"{_GAP}(?:第[ {_HAN}\d]|[至到、和及或与]|[款项目]|规定|所称|所列|的|之规定|前条)")
# 一、二线城市; 三、四级医院: a list of numbers, not a marker
_CONTINUES_NUMBERS = compiled(rf"{_BEHIND}[{_HAN}]{{1,3}}(?:[、线级类期产季月年次等届轮档环]|[个项种条]|手房)")
# 1.5万亿元, 3.5个百分点, 2.4GHz: a decimal number, not a section number
_CONTINUES_DECIMAL = compiled(r"[万亿千百十个倍元吨人平公米年月日天岁户家项亩件次辆台座套度斤克升瓦℃层版度时小英海]")
# 3个, 12月: a number with its measure word
_CONTINUES_BARE = compiled(
    rf"{_GAP}(?:[万亿千百十个倍元吨人年月日天岁户家项亩件次辆台座套所条名位批期度届级种类张份处支只段岛号时分秒至到、和及或]|平方|公里|公顷)"
)
# the heading between two chapters on one line
_ON_ONE_LINE = compiled(rf"[^\n。；：！？第]{{2,40}}(?=第{_GAP}[{_HAN}]{{1,5}}{_GAP}[篇章节])")
# ——2026年1月25日在…会议上: the subtitle of a report
_CONTINUES_SUBTITLE = compiled(rf"{_BEHIND}(?:[二〇○零一\d]{{4}}年|在|.{{0,40}}会议上(?=\n|\Z))")
_SPACES = str.maketrans("", "", " \t\u3000\u2002\u2003\xa0*_#>")


_HAN_NUMBER = compiled(
    r"(?:(?P<thousands>[一二三四五六七八九])千)?零?(?:(?P<hundreds>[一二三四五六七八九])百)?零?"
    r"(?:(?P<tens>[一二三四五六七八九]?)十)?零?(?P<ones>[一二三四五六七八九]?)"
)
_HAN_DIGITS = str.maketrans("零〇○一二三四五六七八九", "000123456789")


@lru_cache(maxsize=1024)
def ordinal_value(text: str) -> int | None:
    """The number that an ordinal in Chinese numerals or digits writes; None where it writes none.

    >>> ordinal_value("二十一"), ordinal_value("一百零三"), ordinal_value("一〇三"), ordinal_value("12"), ordinal_value("十百")
    (21, 103, 103, 12, None)
    """
    digits = text.translate(_HAN_DIGITS)
    if digits.isdecimal():
        return int(digits) or None
    found = _HAN_NUMBER.fullmatch(text)
    if found is None:
        return None
    thousands, hundreds, tens, ones = (_DIGIT_VALUES.get(part or "", 0) for part in found.groups())
    if found["tens"] == "":
        tens = 1
    return 1000 * thousands + 100 * hundreds + 10 * tens + ones


def find_markers(text: str) -> list[Marker]:
    r"""Every line opening of the working text that looks like an enumeration marker, in order.

    What only looks so is dropped where the characters behind it say so; whether the numbers make a sequence is for the outline.
    Chapters that share a line (a printed contents list, lost line breaks) are found one by one.

    >>> [(m.kind, m.number, m.text) for m in find_markers("第 3 条\n一、总则\n(二)分则\n1.5万元\n2025年底\n——目标")]
    [('article', 3, '第3条'), ('han-stop', 1, '一、'), ('han-parenthesis', 2, '(二)'), ('dash', None, '——')]
    """
    markers: list[Marker] = []
    bare = False
    first = _MARKER.match(text)
    for found in chain((first,) if first else (), _NEXT_MARKER.finditer(text)):
        marker = _read(text, found)
        if marker is not None:
            markers.append(marker)
            _, _, kind, _, _, depth, _ = marker
            if kind in _HEADED:
                _read_on(text, marker, markers)
            elif depth == 1:
                bare = True
    return _without_stray_numbers(markers) if bare else markers


def _read_on(text: str, marker: Marker, markers: list[Marker]) -> None:
    """Adds the markers of parts, chapters and sections that follow on the same line."""
    while True:
        found = _ON_ONE_LINE.match(text, marker.end)
        if found is None:
            return
        following = _MARKER.match(text, found.end())
        marker_found = _read(text, following) if following else None
        if marker_found is None or not _may_share_line(marker, marker_found):
            return
        markers.append(marker_found)
        marker = marker_found


def _may_share_line(first: Marker, second: Marker) -> bool:
    if first.kind == second.kind:
        return second.number == (first.number or 0) + 1
    return second.kind in _HEADED


def _without_stray_numbers(markers: list[Marker]) -> list[Marker]:
    """Keeps a bare number only as the head of decimal numbers (1 before 1.1) or as the next of such heads."""
    kept: list[Marker] = []
    last = 0
    for index, marker in enumerate(markers):
        if marker.depth == 1:
            following = markers[index + 1] if index + 1 < len(markers) else None
            heads = following is not None and following.depth == 2 and following.text.split(".")[0] == marker.text
            if not heads and not (last and marker.number == last + 1):
                continue
            last = marker.number or 0
        kept.append(marker)
    return kept


def _read(text: str, found: re.Match[str]) -> Marker | None:
    """The marker that a match stands for; None where what is printed or what follows shows that it is none."""
    said_and_continues = _said(found[1])  # the first group is what is printed
    if said_and_continues is None:
        return None
    said, continues = said_and_continues
    start, stop = found.span(1)
    if continues is not None and continues.match(text, stop):
        return None
    return tuple.__new__(Marker, (start, found.end(), *said))  # as Marker(…) gives it, in half the time


class _Form(NamedTuple):
    """What a marker says by itself; `continues` is what shows, behind it, that it is none."""

    kind: MarkerKind
    number: int | None
    shown: str
    depth: int = 0
    suffix: str = ""
    continues: re.Pattern[str] | None = None


# most documents are numbered by the same few hundred markers
@lru_cache(maxsize=2048)
def _said(printed: str) -> tuple[tuple[object, ...], re.Pattern[str] | None] | None:
    """What a marker as it is printed says, as the fields of a `Marker` behind its bounds, and what shows behind it that it is none."""
    form = _form(printed)
    return None if form is None else (form[:-1], form.continues)


def _form(printed: str) -> _Form | None:
    """What a marker as it is printed says; None where its numerals write no number."""
    found = _FORM.fullmatch(printed)
    if found is None:
        return None
    group = found.lastgroup or ""
    shown = printed.translate(_SPACES)
    if group in ("unit", "suffix"):
        return _structural(found, shown)
    if group == "dash":
        return _Form("dash", None, "——", continues=_CONTINUES_SUBTITLE)
    if group == "circled":
        number = next(ord(printed) - first + 1 for first in _CIRCLED if 0 <= ord(printed) - first < 20)
        return _Form("circled", number, printed)
    written = found[group]
    if group == "decimal":
        parts = written.replace("．", ".").split(".")
        continues = _CONTINUES_DECIMAL if written == printed else None  # 1.1. is none, whatever follows
        return _Form("decimal", int(parts[-1]), ".".join(parts), len(parts), continues=continues)
    if group == "bare":
        return _Form("decimal", int(written), written, 1, continues=_CONTINUES_BARE)
    value = _ROMAN.get(written.lower()) if group == "roman" else ordinal_value(written)
    if value is None:
        return None
    return _Form(_GROUP_KINDS[group], value, shown, continues=_CONTINUES_NUMBERS if group == "hanstop" else None)


def _structural(found: re.Match[str], shown: str) -> _Form:
    """What the marker of a part, chapter, section or article says: 第三条之一."""
    ordinal, unit, suffix = found.group("ordinal", "unit", "suffix")
    number, _, inserted = ordinal.partition("-")
    if suffix and not inserted:
        inserted = str(ordinal_value(suffix) or "")
    return _Form(_UNIT_KINDS[unit], ordinal_value(number), shown, suffix=inserted, continues=_CONTINUES_REFERENCE)
