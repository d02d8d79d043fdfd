"""What a page prints around the document: the way to it, buttons, source lines, photographs, related links, page numbers.

Lines are judged by their own words and by where they stand (head, foot, page break); a line of the body that merely holds such a
word stays. What is removed is handed back, since a date or a source in it is wanted by the metadata.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import chain, compress, count
from typing import NamedTuple

from policykit.dictionaries import packaged_dictionary
from policykit.patterns import compiled
from policykit.text.lines import Lines, is_marked
from policykit.text.places import places

#: how many lines of the document itself may stand before and between the page's lines at the head
_HEAD_LINES = 12
#: how many lines the page may have at the foot
_FOOT_LINES = 80
#: longest line that can be the page's
_LONGEST = 160
#: a page's number, and an editor's remark that the text is abridged, are no longer
_LONGEST_SIGN = 16
#: what is in any such remark
_ABRIDGED = "有删"
#: as many lines stand at least and at most between two page numbers
_LEAST_PAGE, _LONGEST_PAGE = 6, 120
#: so many page numbers show that they are; a running head stands beside as many, and is no longer than this
_LEAST_PAGES, _LONGEST_HEAD = 3, 40


#: the rule for a note's number: the lines around it are one
NOTE_MARK = "note mark"


class Removal(NamedTuple):
    """A run of lines to leave out: indexes (end exclusive) and the rule that says so."""

    first: int
    last: int
    rule: str


class _Words(NamedTuple):
    button: re.Pattern[str]
    single: re.Pattern[str]
    breadcrumb: re.Pattern[str]
    page_line: re.Pattern[str]
    label_alone: re.Pattern[str]
    caption: re.Pattern[str]
    dateline: re.Pattern[str]
    lede: re.Pattern[str]
    editor: re.Pattern[str]
    footer: re.Pattern[str]
    handing_over: re.Pattern[str]
    page_number: re.Pattern[str]
    note: re.Pattern[str]
    link: re.Pattern[str]
    # what the lines that these patterns match begin with, or end with (of footers the first sign, and the first two)
    button_starts: frozenset[str]
    breadcrumb_starts: frozenset[str]
    agency_starts: frozenset[str]
    editor_starts: frozenset[str]
    footer_starts: frozenset[str]
    footer_openings: frozenset[str]
    caption_ends: frozenset[str]


def _either(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


def _starts(*words: Iterable[str], signs: str = "") -> frozenset[str]:
    """The first signs of words, and some signs that can stand before them."""
    return frozenset(word[0] for word in chain(*words)).union(signs)


@lru_cache(maxsize=1)
def _words() -> _Words:
    data = packaged_dictionary("furniture")
    buttons, labels, inner = _either(data["buttons"]), _either(data["page_labels"]), _either(data["inner_labels"])
    agencies, after = _either(data["agencies"]), re.escape(data["footer_after"])
    clock = r"\d{4}[-年/.]\d{1,2}[-月/.]\d{1,2}日? *\d{1,2} ?[:：时] ?\d{1,2}"
    footers = [*data["footers"], *data["footer_openings"]]
    around = "】] |:：【[()（）"
    between = f"[{re.escape(around)}]"
    dateline = rf"(?:{agencies})(?:[^\s\d，。：:]{{0,8}}\d{{1,2}}月\d{{1,2}}日)?(?:电|讯)?"
    return _Words(
        # the spaces between words in Chinese are gone; each word is taken whole, or such lines could be read in many ways
        button=compiled(rf"{between}*(?>{buttons})(?:{between}*+(?>{buttons}))*+{between}*|[】\]]"),
        single=compiled(rf"{between}*[大中小简繁]?{between}*"),
        breadcrumb=compiled(
            rf"(?:{_either(data['paths'])})[:： ].{{0,200}}|(?:{_either(data['homes'])}) *(?:>|»|›|→|/|\||-).{{0,150}}"
        ),
        page_line=compiled(
            rf"[(（【\[]?(?:{labels}) ?[:：].{{0,60}}|.{{0,60}}[ )）](?:{inner}) ?[:：].{{0,60}}|(?:.{{0,40}} )?{clock}.{{0,60}}"
        ),
        label_alone=compiled(rf"(?:{labels}) ?[:：]"),
        caption=compiled(rf".{{2,90}}(?:{_either(data['captions'])})[)）。]?"),
        dateline=compiled(rf"{dateline}[ :：]*(?:[(（]记者.{{1,12}}[)）])?"),
        lede=compiled(
            rf"(?:{agencies})(?:[^\s\d，。：:]{{0,8}}\d{{1,2}}月\d{{1,2}}日)?(?:电|讯|[:：])|[^\s\d，。：:]{{2,12}}(?:网|报|社)讯[:：(（ ]"
        ),
        editor=compiled(rf"[(（\[【]?(?:{_either(data['editors'])})[)）\]】]?。?"),
        footer=compiled(
            rf"[【\[]?(?:{_either(data['footers'])})(?: *[{after}].{{0,100}})?|(?:{_either(data['footer_openings'])}).{{0,100}}"
        ),
        handing_over=compiled(rf".{{0,60}}(?:{_either(data['handing_over'])})[：:。]?"),
        note=compiled(r"注 ?(\d{1,3})[:：]"),
        link=compiled(r"[-•* ]{0,4}\[[^\]]{1,120}\] ?[(（].{1,200}[)）]"),
        page_number=compiled(
            r"[-—–·] ?\d{1,4} ?[-—–·]|第 ?\d{1,4} ?页(?:[,，/ ]*共 ?\d{1,4} ?页)?|[Pp]age \d{1,4}(?: of \d{1,4})?"
        ),
        button_starts=_starts(data["buttons"], signs=around),
        breadcrumb_starts=_starts(data["paths"], data["homes"]),
        agency_starts=_starts(data["agencies"]),
        editor_starts=_starts(data["editors"], signs="(（[【"),
        footer_starts=_starts(footers, signs="【["),
        footer_openings=frozenset(opening[:2] for word in footers for opening in (word, f"【{word}", f"[{word}")),
        caption_ends=frozenset(word[-1] for word in data["captions"]).union(")）。"),
    )


def removals(text: str, lines: Lines, *, wrapped: bool) -> list[Removal]:
    """The runs of the lines of a text that are the page's, in order; `wrapped` says that the text comes off printed pages."""
    found = [*_head(lines)]
    found += _lede(lines)
    found += _foot(lines)
    found += _editors(lines) if _ABRIDGED in text else ()
    found += _note_marks(lines)
    found += _pages(lines, wrapped=wrapped)
    found.sort()
    kept: list[Removal] = []
    for removal in found:
        if not kept or removal.first >= kept[-1].last:
            kept.append(removal)
    return kept


def rule_of(text: str) -> str | None:
    """The rule by which a line at the head of a page is the page's; None for a line of the document.

    >>> rule_of("来源：北京日报"), rule_of("【字号：大 中 小】"), rule_of("北京市人民政府")
    ('page line', 'button', None)
    """
    if len(text) > _LONGEST:
        return None
    # most lines begin and end with other signs: that takes no pattern
    words, first = _words(), text[:1]
    if _is_button(text, words):
        return "button"
    if first in words.breadcrumb_starts and words.breadcrumb.fullmatch(text):
        return "breadcrumb"
    if _is_page_line(text, words):
        return "page line"
    if first in words.agency_starts and words.dateline.fullmatch(text):
        return "dateline"
    if first in words.editor_starts and words.editor.fullmatch(text):
        return "editor"
    if text[-1:] in words.caption_ends and words.caption.fullmatch(text):
        return "caption"
    return None


def _is_button(text: str, words: _Words) -> bool:
    return text[:1] in words.button_starts and words.button.fullmatch(text) is not None


def _is_page_line(text: str, words: _Words) -> bool:
    """Whether a line holds a label and what it names, or a date with the time of day: there is a colon in it, or the word for hour."""
    return ("：" in text or ":" in text or "时" in text) and words.page_line.fullmatch(text) is not None


def _head(lines: Lines) -> Iterator[Removal]:
    """The page's lines before and between the title, the date and the address."""
    words = _words()
    index, kept = 0, 0
    while index < len(lines) and kept < _HEAD_LINES:
        text = lines.texts[index]
        rule = rule_of(text)
        if rule is None:
            if len(text) > _LONGEST or (is_marked(text) and text[0] not in "—-*#"):
                return
            kept += 1
            index += 1
            continue
        last = index + 1
        if rule == "button":
            while last < len(lines) and _is_button(lines.texts[last], words):
                last += 1
        elif (
            text[-1] in "：:"
            and words.label_alone.fullmatch(text)
            and last < len(lines)
            and _is_value(lines.texts[last])
        ):
            last += 1
        if rule != "button" or not all(map(words.single.fullmatch, lines.texts[index:last])):
            yield Removal(index, last, rule)
        else:
            kept += last - index
        index = last


def _is_value(text: str) -> bool:
    """Whether a line can be what a label on the line above it names."""
    return len(text) <= 20 and text[-1] not in "。：:；" and rule_of(text) is None and not is_marked(text)


def _lede(lines: Lines) -> Iterator[Removal]:
    """News before the document. Where only they name its title, the line that does stays."""
    words = _words()
    for index, text in enumerate(lines.texts[:6]):
        if not (text[0] in words.agency_starts or "讯" in text) or not words.lede.match(text):
            continue
        for last in range(index, min(index + 8, len(lines))):
            if words.handing_over.fullmatch(lines.texts[last]):
                first = index + 1 if "《" in text else index
                yield from (Removal(at, at + 1, "lede") for at in range(first, last + 1) if "《" not in lines.texts[at])
                return
        return


def _foot(lines: Lines) -> Iterator[Removal]:
    """The page's lines after the document."""
    words = _words()
    end = len(lines)
    cut = None
    first = max(1, end - _FOOT_LINES)
    for index, opens in enumerate(lines.firsts[first:], first):
        if opens not in words.footer_starts:
            continue
        text = lines.texts[index]
        if (
            text[:2] in words.footer_openings
            and len(text) <= _LONGEST
            and words.footer.fullmatch(text)
            and _ends_document(lines, index + 1)
        ):
            cut = index
            break
    if cut is not None:
        yield Removal(cut, end, "footer")
        end = cut
    while end > 1:
        text = lines.texts[end - 1]
        first = end - 1
        if (
            end > 2
            and lines.lasts[end - 2] in "：:"
            and words.label_alone.fullmatch(lines.texts[end - 2])
            and _is_value(text)
        ):
            first = end - 2
        elif len(text) > _LONGEST or not (_is_page_line(text, words) or _is_button(text, words)):
            return
        if words.single.fullmatch(text):
            return
        yield Removal(first, end, "footer")
        end = first


def _ends_document(lines: Lines, first: int) -> bool:
    """Whether nothing of the document follows: no numbered heading or article, no paragraph that was not there before."""
    earlier: set[str] | None = None
    for text in lines.texts[first:]:
        if is_marked(text) and text[0] not in "·•-—*":
            return False
        if len(text) >= 60 and not _words().link.fullmatch(text):
            if earlier is None:
                earlier = {other[:30] for other in lines.texts[:first]}
            if text[:30] not in earlier:
                return False
    return True


def _editors(lines: Lines) -> Iterator[Removal]:
    words = _words()
    for index in places(lines.initials, words.editor_starts):
        text = lines.texts[index]
        if _ABRIDGED in text and len(text) <= _LONGEST_SIGN and words.editor.fullmatch(text):
            yield Removal(index, index + 1, "editor")


def _note_marks(lines: Lines) -> Iterator[Removal]:
    """Numbers of notes that stand on lines of their own within a sentence; the note itself (注3：…) stays."""
    notes = [_words().note.match(lines.texts[index]) for index in places(lines.initials, "注")]
    numbers = {note[1] for note in notes if note}
    if not numbers:
        return
    for index, text in enumerate(lines.texts):
        if text not in numbers or not 0 < index < len(lines) - 1:
            continue
        if lines.lasts[index - 1] not in "。！？；：" and not lines.is_marked(index + 1):
            yield Removal(index, index + 1, NOTE_MARK)


def _pages(lines: Lines, *, wrapped: bool) -> Iterator[Removal]:
    """Page numbers, and running heads beside them."""
    page_number, texts = _words().page_number, lines.texts
    numbers = {
        index
        for index in places(lines.initials, "-—–·第Pp")
        if len(texts[index]) <= _LONGEST_SIGN and page_number.fullmatch(texts[index])
    }
    if wrapped:
        numbers |= _number_chain(lines)
    yield from (Removal(index, index + 1, "page number") for index in numbers)
    if len(numbers) < _LEAST_PAGES:
        return
    counts: Counter[str] | None = None
    for step in (1, -1):
        beside = [index + step for index in sorted(numbers) if 0 <= index + step < len(lines)]
        repeated = Counter(texts[index].replace(" ", "") for index in beside)
        seen: set[str] = set()
        for index in beside:
            text = texts[index]
            plain = text.replace(" ", "")
            if (
                repeated[plain] < _LEAST_PAGES
                or not 3 <= len(plain) <= _LONGEST_HEAD
                or lines.is_marked(index)
                or text[-1] in "。；，、"
            ):
                continue
            if counts is None:
                counts = Counter(other for other in texts if len(other) <= _LONGEST_HEAD)
            if counts[text] == repeated[plain] and plain not in seen:
                seen.add(plain)  # the heading is printed nowhere else
                continue
            yield Removal(index, index + 1, "running head")


def _number_chain(lines: Lines) -> set[int]:
    """Lines that hold nothing but a number and count on from page to page."""
    best: dict[
        int, tuple[int, int | None]
    ] = {}  # index of a line: how many pages are counted up to it, the line before it
    by_value: dict[int, int] = {}
    for index in compress(count(), map(str.isdigit, lines.texts)):
        text = lines.texts[index]
        if len(text) > 4 or not text.isascii():
            continue
        value = int(text)
        length, previous = 1, None
        for step in (1, 2):
            at = by_value.get(value - step)
            if at is not None and _LEAST_PAGE <= index - at <= _LONGEST_PAGE * step and best[at][0] >= length:
                length, previous = best[at][0] + 1, at
        best[index] = (length, previous)
        old = by_value.get(value)
        if old is None or best[old][0] <= length:
            by_value[value] = index
    if not best:
        return set()
    at = max(best, key=lambda index: best[index][0])
    if best[at][0] < _LEAST_PAGES:
        return set()
    chain = set()
    while at is not None:
        chain.add(at)
        at = best[at][1]
    return chain
