"""What a document says of itself: title, carrier, kind, level, region, issuers, number, dates, and where its own text begins and ends."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from policykit.dictionaries import packaged_dictionary
from policykit.document.model import Metadata
from policykit.document.outline import Entry
from policykit.document.regions import level_and_region
from policykit.text.normalise import NormalisedText
from policykit.text.spans import Span

#: how much of a text is searched for a head where no outline begins
_HEAD_LINES = 60
_HEAD_CHARACTERS = 6000
#: how many lines behind the last entry may be signature and notes
_TAIL_LINES = 40


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class _Words:
    kind: re.Pattern[str]
    not_kind: re.Pattern[str]
    carrier: re.Pattern[str]
    carried: re.Pattern[str]
    issuer: re.Pattern[str]
    not_issuer: re.Pattern[str]
    note: re.Pattern[str]
    closing: re.Pattern[str]
    published: re.Pattern[str]


def _either(words: Sequence[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


@lru_cache(maxsize=1)
def _words() -> _Words:
    data = packaged_dictionary("metadata")
    kinds, carrying, carriers = _either(data["kinds"]), _either(data["carrying"]), _either(data["carriers"])
    brackets = r"(?:[(（〔][^()（）〔〕]{1,30}[)）〕]){0,2}"
    name = rf"[\u4e00-\u9fff·]{{0,30}}(?:{_either(data['issuer_endings'])})"
    return _Words(
        kind=re.compile(rf"(?P<kind>{kinds}){brackets}$"),
        not_kind=re.compile(rf"(?:{_either(data['not_kinds'])}){brackets}$"),
        carrier=re.compile(rf"(?:{carrying}).*(?:{carriers}){brackets}$"),
        carried=re.compile(rf"(?:{carrying})(?P<title>.+?)的?(?:{carriers}){brackets}$"),
        issuer=re.compile(rf"{name}(?:[ 、]{{1,3}}{name}){{0,8}}$"),
        not_issuer=re.compile(rf"{_either(data['not_issuers'])}|^[一-龥]{{1,4}}长 ?[一-龥 ]{{2,5}}$"),
        note=re.compile(rf"^[(（]?(?:{_either(data['notes'])})[)）。]?$"),
        closing=re.compile(rf"^[【\[(（]?(?:{_either(data['closing'])})"),
        published=re.compile(
            rf"(?:{_either(data['published'])})[:： ]{{1,3}}(?P<label>20\d\d[-年/.]\d{{1,2}}[-月/.]\d{{1,2}})"
            r"|(?P<time>20\d\d年\d{1,2}月\d{1,2}日|20\d\d[-/]\d{1,2}[-/]\d{1,2}) {0,3}\d{1,2}(?:[:：]\d\d|时\d{1,2}分)"
        ),
    )


_DIGIT = "[0-9]"
_HAN_YEAR = "[一二三四五六七八九〇○零]"
_DATE = re.compile(
    rf"(?:(?P<minguo>(?:中华)?民国 ?)(?P<minguo_year>{_DIGIT}{{1,3}}|[一二三四五六七八九十百]{{1,5}})|(?P<year>(?:19|20){_DIGIT}{{2}}|[一二]{_HAN_YEAR}{{3}})) ?年"
    r" ?(?P<month>[0-9]{1,2}|[一二三四五六七八九十]{1,2}) ?月 ?(?P<day>[0-9]{1,2}|[一二三四五六七八九十]{1,3}) ?[日号]"
    r"|(?P<iso>(?:19|20)\d\d[-/.]\d{1,2}[-/.]\d{1,2})"
)
_DATE_LINE_END = re.compile(r"[)）]?(?:星期[一二三四五六日])?(?:印发)?[)）]?$")
_HAN_DIGITS = str.maketrans("零〇○一二三四五六七八九", "000123456789")


def _number_of(text: str) -> int:
    """A day, month or year of two writings: 31, 三十一."""
    if text.isascii():
        return int(text)
    if "十" not in text and "百" not in text:
        return int(text.translate(_HAN_DIGITS))
    hundreds, _, rest = text.rpartition("百")
    tens, found, ones = rest.partition("十")
    value = 100 * int((hundreds or "0").translate(_HAN_DIGITS))
    if found:
        value += 10 * int((tens or "一").translate(_HAN_DIGITS))
    else:
        ones = rest
    return value + int((ones or "0").translate(_HAN_DIGITS))


def read_date(found: re.Match[str]) -> date | None:
    """The day that a match of the date pattern names; None for a day that does not exist."""
    try:
        if found["iso"]:
            return date(*map(int, re.split(r"[-/.]", found["iso"])))
        year = int(found["year"].translate(_HAN_DIGITS)) if found["year"] else 1911 + _number_of(found["minguo_year"])
        return date(year, _number_of(found["month"]), _number_of(found["day"]))
    except ValueError:
        return None


# 国发〔2021〕31号; 国家市场监督管理总局令第57号
_NUMBER = re.compile(r"[\u4e00-\u9fffA-Z]{1,14}[〔\[(（【][ ]?(?:19|20)\d{2}[ ]?[〕\])）】](?:第)?[ ]?\d{1,5}[ ]?号")
_ORDER_NUMBER = re.compile(r"[\u4e00-\u9fff]{2,30}(?:令|公告)(?:第|\(|（)[ ]?[\d一二三四五六七八九十百]{1,6}[ ]?号")
_BEFORE_NUMBER = re.compile(r"^.*(?:人民政府|委员会|办公厅|日)(?=[\u4e00-\u9fff])")
# 2020年6月12日 山东省第十三届人民代表大会常务委员会第二十次会议通过
_ADOPTED = re.compile(
    r"(?P<body>[\u4e00-\u9fff]{0,30}?(?:代表大会(?:常务委员会)?|委员会|政府|国务院|全体会议|总局|部|委))"
    r"(?:第[一二三四五六七八九十百\d]{1,5}次(?:全体|常务|部务|局务)?会议|令|公告|第)?.{0,20}(?:通过|修订|修正|公布|发布|会议上)"
)
_SPEECH = re.compile(r"在(?P<place>[\u4e00-\u9fff]{2,20}?)第[一二三四五六七八九十百]{1,4}届\n?人民代表大会")
_CONTAINS_PROSE = re.compile(r"[。；;！!？?，]|[:：]$|[:：].{30}")
_TITLE_BRACKET = re.compile(r"^[(（](?:.{0,6}(?:19|20)\d\d.{0,3}[-—–－至~].{0,10}年?.{0,4}|试行|暂行|修订|征求意见稿|.{0,6}年版|.{2,8}稿)[)）]$")
_ATTACHMENT = re.compile(r"^附[件录]\d{0,2}[:：]?$")
_ATTACHED = re.compile(r"^附[件录]\d{0,2}[:：] ?(?P<title>\S.{1,60})$")
_FURNITURE = re.compile(r"[>|]{1,2}|https?:|www\.|^【|【字号|】$|^\W*$|^.{0,40}(?:记者|摄|报道|电)$|^[当目]前位置")
_QUOTED_TITLE = re.compile(r"(?:印发|发布|公布|出台|制定)了?《(?P<title>[^《》]{4,80})》")
_FULL_TEXT_FOLLOWS = re.compile(r"(?:全文|主要内容)(?:如下|公布)|(?:如下|以下为.{0,6}全文)[。:：]?$")
_NEWS_ISSUERS = re.compile(r"(?P<issuers>[\u4e00-\u9fff]{2,30}(?:、[\u4e00-\u9fff]{2,30}){0,5})(?:日前|近日|联合)?(?:印发|发布|公布|出台|制定)了?《")


def read_metadata(normalised: NormalisedText, entries: list[Entry]) -> tuple[Metadata, Span]:
    """The metadata, and the extent of the policy's own text (behind letterhead and notice, before signature and furniture)."""
    return _Reader(normalised, entries).read()


class _Reader:
    def __init__(self, normalised: NormalisedText, entries: list[Entry]) -> None:
        self.text = normalised.text
        self.normalised = normalised
        self.words = _words()
        self.entries = [entry for entry in entries if entry.zone == "body"]
        first = next((entry for entry in entries if entry.zone in ("body", "contents") and entry.kind != "dash"), None)
        self.head_end = min(first.marker.start if first else len(self.text), _HEAD_CHARACTERS)
        self.head = self._lines(0, self.head_end, _HEAD_LINES)
        self.blocks = self._title_blocks()

    def _lines(self, start: int, end: int, most: int) -> list[_Line]:
        lines = []
        while start < end and len(lines) < most:
            stop = self.text.find("\n", start, end)
            stop = end if stop < 0 else stop
            lines.append(_Line(start, stop, self.text[start:stop].strip("*# _")))
            start = stop + 1
        return lines

    def read(self) -> tuple[Metadata, Span]:
        title_block, carrier = self._title_and_carrier()
        title = title_block.text if title_block else self._quoted_title()
        tail, body_end = self._tail()
        signature = self._signature(self.head) or self._signature(tail)
        issuers, issued = signature if signature else ((), None)
        adopted_issuers, adopted = self._adoption()
        issued = issued or adopted
        named = title if title and not carrier else carrier or title
        issuers = issuers or adopted_issuers or self._title_issuers(named) or self._letterhead() or self._news_issuers()
        if title and title != carrier and carrier is None and title_block is None:
            issuers = issuers or self._news_issuers()
        kind = self._kind(title)
        number = self._document_number()
        level, region = level_and_region(title, carrier, issuers, number)
        body_start = title_block.end + 1 if title_block else (self.head[0].start if self.head else 0)
        metadata = Metadata(
            title=title,
            carrier=carrier,
            kind=kind,
            level=level,
            region=region,
            issuers=issuers,
            number=number,
            issued=issued,
            published=self._published(),
        )
        return metadata, Span(min(body_start, body_end), body_end)

    # title

    def _is_prose(self, line: _Line) -> bool:
        return len(line.text) > 90 or bool(_CONTAINS_PROSE.search(line.text))

    def _title_blocks(self) -> list[_Line]:
        """Runs of lines that stand like a title and end with the name of a kind of document."""
        blocks: list[_Line] = []
        run: list[_Line] = []
        words = self.words
        for line in self.head:
            text = line.text
            if blocks and not run and blocks[-1].end + 1 == line.start and _TITLE_BRACKET.match(text):
                last = blocks[-1]
                blocks[-1] = _Line(last.start, line.end, last.text + text)
                continue
            if (
                not text
                or self._is_prose(line)
                or _ATTACHMENT.match(text)
                or _FURNITURE.search(text)
                or words.note.match(text)
                or self._date_of_line(text)
                or _NUMBER.fullmatch(text)
                or text.startswith(("——", "附件", "(", "（"))
                or text.endswith(("：", ":"))
            ):
                run = []
                continue
            run.append(line)
            if words.kind.search(text) and not words.not_kind.search(text):
                joined = self._join(run)
                if joined is not None:
                    blocks.append(joined)
                run = []
            elif len(run) > 6:
                del run[0]
        return blocks

    def _join(self, run: list[_Line]) -> _Line | None:
        """The lines of a title as one; issuers over it belong to it where it begins with 关于."""
        first = len(run) - 1
        while first > 0:
            above = run[first - 1]
            here = run[first].text
            if above.end + 1 != run[first].start:
                break
            if self.words.issuer.match(above.text) and not here.startswith(("关于", "印发", "转发")):
                break
            if len(above.text) < 5 and not self.words.issuer.match(above.text):
                break
            first -= 1
        parts = [line.text for line in run[first:]]
        text = parts[0]
        for part in parts[1:]:
            text += part
        return _Line(run[first].start, run[-1].end, text) if len(text) <= 150 else None

    def _title_and_carrier(self) -> tuple[_Line | None, str | None]:
        blocks = self.blocks
        if self.head:  # 附件：… over a text that was cut out of its notice
            attached = _ATTACHED.match(self.head[0].text)
            known = attached and any(block.text == attached["title"] for block in blocks)
            if attached and not known and self.words.kind.search(attached["title"]):
                return _Line(self.head[0].start, self.head[0].end, attached["title"]), None
        if not blocks:
            return None, None
        carrying = self.words.carrier
        if not carrying.search(blocks[0].text):
            return blocks[0], None
        policy = next((block for block in blocks[1:] if not carrying.search(block.text)), None)
        if policy is not None:
            return policy, blocks[0].text
        carried = self.words.carried.search(blocks[0].text)
        if carried is None:
            return blocks[0], None
        quoted = carried["title"].strip("《》 ")
        return _Line(blocks[0].start, blocks[0].end, quoted), blocks[0].text

    def _quoted_title(self) -> str | None:
        """The title in a news lede (…印发了《…》，全文如下)."""
        if any(_FULL_TEXT_FOLLOWS.search(line.text) for line in self.head):
            for line in self.head:
                quoted = _QUOTED_TITLE.search(line.text)
                if quoted:
                    return quoted["title"]
        return None

    def _kind(self, title: str | None) -> str | None:
        found = self.words.kind.search(title.rstrip("》”")) if title else None
        return found["kind"] if found else None

    # dates, signature

    def _date_of_line(self, text: str) -> date | None:
        """The date that is all a line holds."""
        stripped = text.lstrip("(（ ")
        found = _DATE.match(stripped)
        if found is None or not _DATE_LINE_END.fullmatch(stripped, found.end()):
            return None
        return read_date(found)

    def _signature(self, lines: list[_Line]) -> tuple[tuple[str, ...], date] | None:
        """The bodies over a line with a date, and that date."""
        for index in range(len(lines) - 1, -1, -1):
            issued = self._date_of_line(lines[index].text)
            if issued is None:
                continue
            bodies: list[str] = []
            position = index - 1
            while position >= 0 and self._is_issuer_line(lines[position].text):
                bodies[:0] = self._bodies(lines[position].text)
                position -= 1
            if bodies and not any(line.start == block.start for block in self.blocks for line in lines[position + 1 : index]):
                return tuple(dict.fromkeys(bodies)), issued
        return None

    def _is_issuer_line(self, text: str) -> bool:
        return len(text) <= 90 and bool(self.words.issuer.fullmatch(text)) and not self.words.not_issuer.search(text)

    @staticmethod
    def _bodies(text: str) -> list[str]:
        return [body for body in re.split(r"[ 、]+", text) if body]

    def _adoption(self) -> tuple[tuple[str, ...], date | None]:
        """Issuer and date from the line under the title: (2025年5月2日), …会议通过, …令第57号公布, …在…会议上."""
        best: tuple[int, tuple[str, ...], date] | None = None
        after = self.blocks[0].start if self.blocks else 0
        for position, line in enumerate(self.head):
            text = line.text
            if line.start < after or len(text) > 400:
                continue
            only = self._date_of_line(text)
            if only is not None:
                if best is None:
                    best = (0, (), only)
                continue
            if not text.endswith(("上", "上)", "上）")) and position + 1 < len(self.head) and text.startswith(("——", "(", "（")):
                text += self.head[position + 1].text
            if "。" in text:
                continue
            for found in _DATE.finditer(text):
                stop = _DATE.search(text, found.end())
                clause = text[found.end() : stop.start() if stop else len(text)].strip(" 　")
                rank = self._adoption_rank(clause)
                day = read_date(found)
                if rank and day and (best is None or rank >= best[0]):
                    body = _ADOPTED.match(clause.removeprefix("在"))
                    bodies = (body["body"],) if body and rank < 4 else ()
                    speech = _SPEECH.search(clause)
                    if speech:
                        bodies = (f"{speech['place']}人民政府",)
                    best = (rank, bodies or (best[1] if best else ()), day)
        return (best[1], best[2]) if best else ((), None)

    @staticmethod
    def _adoption_rank(clause: str) -> int:
        if "会议上" in clause:
            return 4
        if re.search(r"(?:令|公告)第?.{0,8}号?(?:公布|发布)|号文发布$", clause):
            return 3
        if re.search(r"(?:修订|修正)[)）]?$", clause):
            return 2
        return 1 if re.search(r"通过[)）]?$", clause) else 0

    # number, issuers

    def _document_number(self) -> str | None:
        for line in self.head:
            if len(line.text) > 90 or "。" in line.text:
                continue
            found = _NUMBER.search(line.text) or _ORDER_NUMBER.search(line.text)
            if found is None or line.text.count("《") > line.text[: found.start()].count("》") + line.text.count("《", found.end()):
                continue
            number = found.group().replace(" ", "")
            return _BEFORE_NUMBER.sub("", number) if "令" not in number and "公告" not in number else number
        return None

    def _title_issuers(self, title: str | None) -> tuple[str, ...]:
        """The bodies before 关于, 印发 or the subject of a title: 国务院关于…, 2026年北京市政府工作报告."""
        if not title:
            return ()
        report = re.search(r"(?:20\d\d年)?(?P<place>[\u4e00-\u9fff]{2,12}?)(?:人民)?政府工作报告", title)
        if report:
            return (f"{report['place']}人民政府",)
        if re.match(r"(?:香港特别行政区)?行政长官", title):
            return ("行政长官",)
        before = re.match(r"(?P<bodies>[\u4e00-\u9fff 、]{2,90}?)(?:关于|印发|转发|批转|公布|发布|令)", title)
        if before and self._is_issuer_line(before["bodies"].strip()):
            return tuple(self._bodies(before["bodies"].strip()))
        prefix = re.match(r"(?:国家|国务院)?[\u4e00-\u9fff]{2,14}(?:委员会|总局)(?=[\u4e00-\u9fff])", title)
        if prefix and self._kind(title) not in ("工作报告",):
            return (prefix.group(),)
        return ()

    def _letterhead(self) -> tuple[str, ...]:
        """A line of issuers before the title."""
        if not self.blocks:
            return ()
        for line in self.head:
            if line.start >= self.blocks[0].start:
                break
            if self._is_issuer_line(line.text):
                return tuple(self._bodies(line.text))
        return ()

    def _news_issuers(self) -> tuple[str, ...]:
        if self.blocks:
            return ()
        for line in self.head[:8]:
            found = _NEWS_ISSUERS.search(line.text)
            if found:
                names = tuple(found["issuers"].removesuffix("日前").removesuffix("近日").split("、"))
                if all(self._is_issuer_line(name) for name in names):
                    return names
        return ()

    def _published(self) -> date | None:
        """The date of the page, from its line above or below the title; the removed furniture is asked too."""
        furniture = getattr(self.normalised, "furniture", ())
        heads = [line.text for line in self.head[:12]]
        for text in (*map(str, furniture), *heads):
            found = self.words.published.search(text)
            if found and "。" not in text:
                day = _DATE.search(found["label"] or found["time"])
                if day:
                    return read_date(day)
        return None

    # the end

    def _tail(self) -> tuple[list[_Line], int]:
        """The lines behind the last entry's first line, and where signature and notes among them begin."""
        text = self.text
        end = len(text)
        last = self.entries[-1] if self.entries else None
        if last is not None:
            end = min(end, last.own_end)
        start = last.line_end + 1 if last is not None else self.head_end
        if start >= end:
            return [], end
        first = start
        position = end
        for _ in range(_TAIL_LINES):
            if position <= start:
                break
            position = text.rfind("\n", start, position - 1) + 1 or start
        lines = self._lines(max(first, position), end, _TAIL_LINES + 1)
        body_end = end
        for line in reversed(lines):
            if self._closes(line.text):
                body_end = line.start
            elif line.text:
                break
        return lines, body_end

    def _closes(self, text: str) -> bool:
        words = self.words
        return bool(
            not text
            or words.note.match(text)
            or self._date_of_line(text)
            or (len(text) <= 60 and (words.closing.match(text) or _ATTACHED.match(text)))
            or _FURNITURE.search(text)
            or self._is_issuer_line(text)
        )
