"""Who issued a document and when: signature, the line under the title, the title itself, a news lede."""

import re
from datetime import date
from functools import lru_cache
from itertools import zip_longest
from typing import NamedTuple

from policykit.dictionaries import packaged_dictionary
from policykit.document.lines import DATE, Line, bodies_of, date_of_line, day_of, is_issuer_line
from policykit.document.titles import NUMBER, ORDER_NUMBER
from policykit.patterns import compiled
from policykit.quantities.units import alternatives


class Issue(NamedTuple):
    """The bodies and the day of issue, as far as one place in the text gives them."""

    issuers: tuple[str, ...]
    issued: date | None


NOTHING = Issue((), None)

_ORDER = compiled(
    r"(?:中华人民共和国(?=国务院|[\u4e00-\u9fff]{2,14}(?:部|署|局|委员会)))?(?P<body>[\u4e00-\u9fff]{2,30}?)令"
)
_BEFORE_NUMBER = compiled(r"^.{0,30}(?:人民政府|委员会|办公厅|日)(?=[\u4e00-\u9fff])")

# what follows a date in the line under a title, the weightiest first
_SPOKEN = compiled(r"会议上")
_ORDERED = compiled(r"(?P<body>[\u4e00-\u9fff]{2,40}?)(?:令|公告).{0,12}(?:公布|发布)[)）]?$|号文发布[)）]?$")
_REVISED = compiled(r"(?:修订|修正)[)）]?$")
_ADOPTED = compiled(r"通过[)）]?$")
_CONGRESS = compiled(r"在(?P<place>[\u4e00-\u9fff]{2,20}?)第[一二三四五六七八九十百]{1,4}届")
_TITLE_BODIES = compiled(r"(?P<bodies>[\u4e00-\u9fff 、]{2,120}?)(?:关于|印发|转发|批转|公布|发布)")
_TITLE_BODY = compiled(r"(?:国家|国务院)?[\u4e00-\u9fff]{2,14}(?:委员会|总局)(?=[\u4e00-\u9fff])")
_WORK_REPORT = compiled(r"(?:20\d\d年)?(?P<place>[\u4e00-\u9fff]{2,12}?)(?:人民)?政府工作报告")


class _Words(NamedTuple):
    """Patterns over the words of data/dictionaries/metadata.yaml."""

    signatory: re.Pattern[str]  # 总理 李某某, 省长 李某某: who signs for a body
    adopting: re.Pattern[str]
    addresses: tuple[str, ...]
    officer: re.Pattern[str]
    news: re.Pattern[str]


@lru_cache(maxsize=1)
def _words() -> _Words:
    data = packaged_dictionary("metadata")
    names = r"[\u4e00-\u9fff]{2,30}(?:、[\u4e00-\u9fff]{2,30}){0,5}"
    return _Words(
        signatory=compiled(rf"{alternatives(data['signatories'])} {{0,4}}[\u4e00-\u9fff ]{{2,6}}"),
        adopting=compiled(
            rf"(?P<body>[\u4e00-\u9fff]{{0,30}}?{alternatives(data['adopting'])})"
            r"(?=第[一二三四五六七八九十百\d]{1,5}次|[\u4e00-\u9fff]{0,6}会议)"
        ),
        addresses=tuple(data["addresses"]),
        officer=compiled(rf"(?:香港特别行政区)?(?P<officer>{alternatives(data['addresses'].values())})"),
        news=compiled(rf"(?P<issuers>{names})(?:日前|近日|联合)?{alternatives(data['news_verbs'])}了?《"),
    )


def signature(lines: list[Line], titles: list[Line]) -> Issue:
    """The bodies on the lines over a date, and that date; the last such place among the lines."""
    title_starts = {block.start for block in titles}
    for index in range(len(lines) - 1, -1, -1):
        issued = date_of_line(lines[index].text)
        if issued is None:
            continue
        bodies: list[str] = []
        position = index - 1
        while position >= 0 and _words().signatory.fullmatch(lines[position].text):
            position -= 1
        signed = position < index - 1
        while position >= 0 and is_issuer_line(lines[position].text) and lines[position].start not in title_starts:
            bodies[:0] = bodies_of(lines[position].text)
            position -= 1
        if bodies or signed:
            return Issue(tuple(dict.fromkeys(bodies)), issued)
    return NOTHING


def line_under_title(head: list[Line], titles: list[Line]) -> Issue:
    """Issuer and date from the line under the title: (2025年5月2日), …会议通过, …令第57号公布, …在…会议上.

    Of several dates that of publication by order counts before revision, revision before adoption; later ones before earlier ones.
    """
    best: tuple[int, Issue] = (-1, NOTHING)
    after = titles[0].start if titles else 0
    for position, line in enumerate(head):
        text = line.text
        if line.start < after or len(text) > 600:
            continue
        only = date_of_line(text)
        if only is not None:
            if best[0] < 0:
                best = (0, Issue((), only))
            continue
        opens = text.startswith(("——", "(", "（"))
        if opens and not text.endswith(("上", ")", "）")) and position + 1 < len(head):
            text += head[position + 1].text
        if "。" in text:
            continue
        dates = list(DATE.finditer(text))
        for found, following in zip_longest(dates, dates[1:]):
            clause = text[found.end() : following.start() if following else len(text)].strip()
            weight, body = _weigh(clause)
            day = day_of(found)
            if weight > 0 and day is not None and weight >= best[0]:
                best = (weight, Issue((body,) if body else best[1].issuers, day))
    return best[1]


def _weigh(clause: str) -> tuple[int, str | None]:
    """How much a clause behind a date says about the issue, and the body it names."""
    if _SPOKEN.search(clause):
        place = _CONGRESS.search(clause)
        return 4, f"{place['place']}人民政府" if place and "人民代表大会" in clause else None
    ordered = _ORDERED.search(clause)
    if ordered:
        body = ordered["body"]
        return 3, body.removeprefix("中华人民共和国") if body and body.endswith("国务院") else body
    body_found = _words().adopting.search(clause)
    body = body_found["body"] if body_found else None
    if _REVISED.search(clause):
        return 2, body
    return (1, body) if _ADOPTED.search(clause) else (0, None)


def bodies_in_title(title: str | None, head: list[Line]) -> tuple[str, ...]:
    """The bodies that a title opens with before 关于 or 印发, the government of a work report, an office of Hong Kong.

    >>> bodies_in_title("中共中央办公厅 国务院办公厅关于持续推进城市更新行动的意见", [])
    ('中共中央办公厅', '国务院办公厅')
    >>> bodies_in_title("2026年某某省政府工作报告", []), bodies_in_title("关于加强管理的意见", [])
    (('某某省人民政府',), ())
    """
    if not title:
        return ()
    report = _WORK_REPORT.search(title)
    if report:
        return (f"{report['place']}人民政府",)
    if title.endswith(_words().addresses):
        for text in (title, *(line.text for line in head[:6])):
            officer = _words().officer.match(text)
            if officer:
                return (officer["officer"],)
    order = _ORDER.fullmatch(title)
    if order:
        return (order["body"],)
    before = _TITLE_BODIES.match(title)
    if before and is_issuer_line(before["bodies"].strip()):
        return tuple(bodies_of(before["bodies"].strip()))
    return ()


def body_before_subject(title: str | None) -> tuple[str, ...]:
    """The body whose name opens a title without 关于: 国家发展委员会促进…补助办法."""
    found = _TITLE_BODY.match(title) if title else None
    return (found.group(),) if found else ()


def letterhead(head: list[Line], titles: list[Line]) -> tuple[str, ...]:
    """A line of issuers before the title."""
    for line in head:
        if not titles or line.start >= titles[0].start:
            break
        if is_issuer_line(line.text):
            return tuple(bodies_of(line.text))
    return ()


def news_issuers(head: list[Line]) -> tuple[str, ...]:
    """The bodies of a news lede: 近日，中共中央、国务院印发了《…》."""
    for line in head[:8]:
        found = _words().news.search(line.text[:300]) if "《" in line.text else None
        if found:
            names = tuple(found["issuers"].removesuffix("日前").removesuffix("近日").split("、"))
            if all(is_issuer_line(name) for name in names):
                return names
    return ()


def document_number(head: list[Line]) -> str | None:
    """The document's own number (发文字号), not that of a document it cites.

    >>> document_number([Line(0, 14, "工信部联科〔2024〕12号")])
    '工信部联科〔2024〕12号'
    """
    for position, line in enumerate(head):
        if len(line.text) > 90 or "。" in line.text:
            continue
        text = line.text
        if text.endswith("令") and position + 1 < len(head) and head[position + 1].text.startswith("第"):
            text += head[position + 1].text
        found = (NUMBER.search(text) or ORDER_NUMBER.search(text)) if "号" in text else None
        if found is None or "《" in text[: found.start()]:
            continue
        number = found.group().replace(" ", "")
        return number if ORDER_NUMBER.fullmatch(number) else _BEFORE_NUMBER.sub("", number)
    return None
