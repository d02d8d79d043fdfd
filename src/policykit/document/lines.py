"""The lines at the head and the foot of a document, and what each of them is: title, date, issuer, number, note."""

import re
from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from policykit.dictionaries import packaged_dictionary
from policykit.patterns import compiled


class Line(NamedTuple):
    """A line of the working text: offsets, and its text without leftovers of Markdown."""

    start: int
    end: int
    text: str


class Words(NamedTuple):
    """The compiled word lists of `metadata.yaml`."""

    kind: re.Pattern[str]
    not_kind: re.Pattern[str]
    carrier: re.Pattern[str]
    carried: re.Pattern[str]
    issuer: re.Pattern[str]
    not_issuer: re.Pattern[str]
    note: re.Pattern[str]
    closing: re.Pattern[str]
    published: re.Pattern[str]


#: what may stand behind the kind in a title: (试行), (2023—2025年)
_BRACKETS = r"(?:[(（〔][^()（）〔〕]{1,30}[)）〕]){0,2}"


def either(words: Sequence[str]) -> str:
    """An alternation of literal words, the longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


@lru_cache(maxsize=1)
def words() -> Words:
    """The word lists of `metadata.yaml`, compiled once."""
    data = packaged_dictionary("metadata")
    kinds, carrying, carriers = either(data["kinds"]), either(data["carrying"]), either(data["carriers"])
    name = rf"[\u4e00-\u9fff·]{{0,30}}(?:{either(data['issuer_endings'])})"
    return Words(
        kind=compiled(rf"(?P<kind>{kinds}){_BRACKETS}$"),
        not_kind=compiled(rf"(?:{either(data['not_kinds'])}){_BRACKETS}$"),
        carrier=compiled(rf"(?:{carrying}).{{0,150}}(?:{carriers}){_BRACKETS}$"),
        carried=compiled(rf"(?:{carrying})(?P<title>.{{1,150}}?)的?(?:{carriers}){_BRACKETS}$"),
        issuer=compiled(rf"{name}(?:[ 、]{{1,3}}{name}){{0,8}}"),
        not_issuer=compiled(rf"{either(data['not_issuers'])}|^[一-龥]{{1,4}}长 ?[一-龥 ]{{2,5}}$"),
        note=compiled(rf"[(（]?(?:{either(data['notes'])})[)）。]?"),
        closing=compiled(rf"[【\[(（]?(?:{either(data['closing'])})"),
        published=compiled(
            rf"(?:{either(data['published'])})[:： ]{{1,3}}(?P<label>20\d\d[-年/.]\d{{1,2}}[-月/.]\d{{1,2}})"
            r"|(?P<time>20\d\d年\d{1,2}月\d{1,2}日|20\d\d[-/]\d{1,2}[-/]\d{1,2}) {0,3}\d{1,2}(?:[:：]\d\d|时\d{1,2}分)"
        ),
    )


_HAN_YEAR = "[一二三四五六七八九〇○零]"
DATE = compiled(
    r"(?:(?:中华)?民国 ?(?P<minguo>[0-9]{1,3}|[一二三四五六七八九十百]{1,5})"
    rf"|(?P<year>(?:19|20)[0-9]{{2}}|[一二]{_HAN_YEAR}{{3}})) ?年"
    r" ?(?P<month>[0-9]{1,2}|[一二三四五六七八九十]{1,2}) ?月 ?(?P<day>[0-9]{1,2}|[一二三四五六七八九十]{1,3}) ?[日号]"
    r"|(?P<iso>(?:19|20)[0-9]{2}[-/.年][0-9]{1,2}[-/.月][0-9]{1,2})"
)
_DATE_PARTS = compiled(r"[-/.年月]")
_BETWEEN_BODIES = compiled(r"[ 、]+")
_BEHIND_DATE = compiled(r"(?:星期[一二三四五六日])?(?:印发)?[)）]?")
_HAN_DIGITS = str.maketrans("零〇○一二三四五六七八九", "000123456789")


def _written_number(text: str) -> int:
    """A day, a month or a short year: 31, 三十一, 一百一十三."""
    if text.isascii():
        return int(text)
    hundreds, _, rest = text.rpartition("百")
    tens, found, ones = rest.partition("十")
    if not found:
        tens, ones = "零", rest
    return (
        100 * int((hundreds or "零").translate(_HAN_DIGITS))
        + 10 * int((tens or "一").translate(_HAN_DIGITS))
        + int((ones or "零").translate(_HAN_DIGITS))
    )


def day_of(found: re.Match[str]) -> date | None:
    """The day that a match of `DATE` names; None for a day that no calendar has.

    >>> [str(day_of(DATE.search(text))) for text in ("二〇一一年八月一日", "中华民国113年5月1日", "2023-02-31")]
    ['2011-08-01', '2024-05-01', 'None']
    """
    try:
        if found["iso"]:
            year, month, day = _DATE_PARTS.split(found["iso"])
            return date(int(year), int(month), int(day))
        year_number = (
            int(found["year"].translate(_HAN_DIGITS)) if found["year"] else 1911 + _written_number(found["minguo"])
        )
        return date(year_number, _written_number(found["month"]), _written_number(found["day"]))
    except ValueError:
        return None


def date_of_line(text: str) -> date | None:
    """The date that is all a line holds, with or without brackets.

    >>> str(date_of_line("（2025年5月2日）")), date_of_line("2025年5月2日起施行")
    ('2025-05-02', None)
    """
    stripped = text.lstrip("(（ ")
    found = DATE.match(stripped)
    if found is None or not _BEHIND_DATE.fullmatch(stripped, found.end()):
        return None
    return day_of(found)


def is_issuer_line(text: str) -> bool:
    """Whether a line holds nothing but names of bodies.

    >>> is_issuer_line("工业和信息化部"), is_issuer_line("中共中央 国务院"), is_issuer_line("省长 李某某"), is_issuer_line("加强组织领导")
    (True, True, False, False)
    """
    return 1 < len(text) <= 90 and bool(words().issuer.fullmatch(text)) and not words().not_issuer.search(text)


def bodies_of(text: str) -> list[str]:
    """The names of an issuer line, one by one."""
    return [body for body in _BETWEEN_BODIES.split(text) if body]


#: leftovers of a web page or newspaper that stand among the lines of the head
FURNITURE = compiled(
    r">>|https?:|www\.|^【|【字号|】$|^\W*$|(?:记者|通讯员).{0,20}(?:摄|报道)?$|电$|^[当目]前位置|^[-·•] ?\[.{0,80}\]\("
)
ATTACHMENT = compiled(r"附[件录][\d一二三四]{0,2}[:：]?")
ATTACHED = compiled(r"附[件录][\d一二三四]{0,2}[:：] ?(?P<title>\S.{1,80})")


def closes(text: str) -> bool:
    """Whether a line can stand behind a document's last sentence: signature, date, note, list of attachments, page furniture."""
    return bool(
        not text
        or words().note.fullmatch(text)
        or date_of_line(text)
        or (len(text) <= 90 and (words().closing.match(text) or ATTACHED.fullmatch(text)))
        or (len(text) <= 200 and FURNITURE.search(text))
        or is_issuer_line(text)
    )


def lines_between(text: str, start: int, end: int, most: int) -> list[Line]:
    """The first `most` lines between two offsets."""
    lines: list[Line] = []
    while start < end and len(lines) < most:
        stop = text.find("\n", start, end)
        stop = end if stop < 0 else stop
        lines.append(Line(start, stop, text[start : min(stop, start + 1000)].strip("*# _")))
        start = stop + 1
    return lines
