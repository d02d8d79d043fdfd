"""Every number with a unit in a text, exact. What it is for is decided elsewhere."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import lru_cache
from typing import Any

from policykit.dictionaries import packaged_dictionary
from policykit.extractors.quantities.candidate import BESIDE, Candidate, Form, candidate_at, share_comparators
from policykit.extractors.quantities.cues import CuePattern
from policykit.patterns import compiled
from policykit.quantities.numerals import (
    NUMERAL_CHARACTERS,
    SCALE_CHARACTERS,
    parse_fraction,
    parse_number,
    without_exponent,
)
from policykit.quantities.units import (
    SCALE_PATTERN,
    alternatives,
    split_unit,
    unit_class,
    unit_classes,
    unit_list,
    unit_pattern,
)


@lru_cache(maxsize=1)
def _words() -> Mapping[str, Mapping[str, Any]]:
    entries = packaged_dictionary("quantity_words")["words"]
    return {entry["word"]: {**entry, "value": Decimal(entry["value"])} for entry in entries}


_HAN = NUMERAL_CHARACTERS
_SCALE = rf"(?: ?{SCALE_PATTERN})"
# read for good: nothing of a rank follows where a digit is given back
_RANK_NUMBER = rf"(?:[0-9]{{1,3}}+|[{_HAN}]{{1,3}}+)"


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    """One pattern for all that may be a quantity; its last group tells what it found, none that it is a word (翻一番).

    Each alternative begins with a letter or a set, so that the engine sees at once which of them come into question. What is no quantity
    by what stands behind it is left out here already: most figures and most ordinals of a text are.
    """
    by_first: dict[str, list[str]] = {}
    for word in _words():
        by_first.setdefault(word[0], []).append(word[1:])
    words = "|".join(first + alternatives(tails) for first, tails in by_first.items())
    # 2025年6月30日 is no quantity
    date = r"[12](?<![0-9].)[09][0-9]{2} ?年(?:度)?(?: ?[0-9]{1,2} ?月(?: ?[0-9]{1,2} ?日)?)?(?P<date>)"
    # figures: not after a letter (M102线), an ordinal mark or a decimal point. They are read for good: no unit is found by giving a digit back
    figures = rf"(?:[0-9]{{0,2}}+(?=[ ,])(?:(?: ?,| )[0-9]{{3}}){{1,4}}(?![0-9])|[0-9]{{0,14}})(?:\. ?[0-9]{{1,6}})?{_SCALE}?[余多]?"
    # 12.健全, 2025、2026, the end of a line: nothing can follow that makes a quantity of it
    no_number = r"(?![0-9]{0,14}+(?:[、）)\n]|\.(?![0-9 ])))"
    # asked before the hundred units themselves are tried
    unit = rf"(?= ?{_any_of(frozenset(word[0] for word in unit_classes()))}) ?{unit_pattern()}"
    # 3—5个: what a number without a unit must be followed by, the upper end of a range with its unit (or more than that)
    upper = rf" ?(?:[-－~～–至到]|—{{1,2}}) ?(?:[0-9]{{1,15}}+(?:\.[0-9]{{1,6}}+)?{_SCALE}?|[{_HAN}]{{1,8}}){unit}"
    digits = (
        rf"[0-9](?<![A-Za-z0-9._第].)(?:(?<={_any_of(_BEFORE_BARE)}.)(?P<led>)|{no_number})(?>{figures})(?P<figures>)"
        rf"(?:(?P<unit>{unit}级?)|(?(led)|(?:(?<=[万亿])|(?={upper}|{_HOUSEHOLD}))))"
    )
    # the lower end of 五十至一百家, whose unit stands behind the upper one
    lower = rf"[{_HAN}]{{0,7}}(?P<lower>)(?=(?:[至到–～~-]|—{{1,2}})[{_HAN}]{{1,8}} ?(?:{_measures()}))"
    share = rf"(?:[{_HAN}]{{0,5}}分之(?:[{_HAN}点]{{1,7}}|[0-9.]{{1,6}})|[{_HAN}]{{0,2}} ?成[五半]?(?![{_NOT_TENTHS}]))(?P<share>)"
    chinese = (
        rf"[{_HAN}]{{0,11}}(?:点[零一二三四五六七八九]{{1,4}}[万亿]{{0,2}})?[余多]?"
        rf"(?P<measure> ?(?:{_measures()}|级(?<=亿级)))"
    )
    numeral = rf"[{_HAN}](?<![第{_HAN}].)(?=[{_HAN}]{{0,11}}+{_any_of(_after_numerals())})(?:{share}|{chinese}|{lower})"
    rank = rf"前{_RANK_NUMBER}[位名强]?(?P<rank>){_RANK_END}|第{_RANK_NUMBER}[位名]?(?P<ordinal>){_RANK_END}"
    return compiled(rf"{date}|{digits}|{words}|{numeral}|{rank}")


def _measures() -> str:
    return f"{alternatives(sorted(unit_list('after_chinese_numerals')))}(?:/[万亿]?[亩人户元年米])?"


def _after_numerals() -> frozenset[str]:
    """What may stand behind the characters of a Chinese numeral: a measure word, what such a word has behind its own 千 (千瓦), a joint."""
    measures = {word.lstrip(_HAN)[0] for word in unit_list("after_chinese_numerals")}
    return frozenset(f"{_HAN} 分成点余多级至到–～~—-").union(measures)


def _any_of(characters: frozenset[str]) -> str:
    return f"[{re.escape(''.join(sorted(characters)))}]"


#: words in which 成 does not mean tenths: 三成立, 一成果
_NOT_TENTHS = "立果本员为就功效长型分都品交熟绩套群片年人色因千上"

#: what joins the two ends of a range: 3—5个, 4.5%-5%, 10个至20个, 三到五家
_RANGE = CuePattern(r" ?(?:[-－~～]|—{1,2}|–|至|到) ?(?=[0-9一二三四五六七八九两十百千万])")
RANGE_STARTS = frozenset("-－~～—–至到 ")
#: 孕产妇死亡率降到22/10万
_PER = CuePattern("/(?:10万|十万|百万|万|千)(?![\u4e00-\u9fff])")
#: what may stand right in front of a number without a unit: 达到85, 降至2.3, <15000
_BEFORE_BARE = frozenset("到达至在为于超过<>≤≥＜＞")
#: 230000长者户: households, with a word of two characters between number and measure
_HOUSEHOLD = "(?:长者|基层|目标|受惠|贫困|困难)住?户"
_HOUSEHOLDS = CuePattern(_HOUSEHOLD)


@lru_cache(maxsize=1)
def _range_end() -> re.Pattern[str]:
    return compiled(rf"(?:[0-9]{{1,15}}(?:\.[0-9]{{1,6}})?{_SCALE}?|[{_HAN}]{{1,8}})(?P<unit> ?{unit_pattern()})?")


def find_candidates(text: str, passed_over: Callable[[re.Match[str]], int] | None = None) -> list[Candidate]:
    """Every quantity of a text, in order, without overlap.

    `passed_over` says of a match where to go on if nobody wants to know of it, 0 where it is to be read. It is not asked of numbers that
    stand so near to one another that they may share a comparator (but of 6月|10日, which have nothing between them).

    >>> text = "培育3—5家企业，产值突破1.5万亿元，吸引百名以上人才。"
    >>> [(text[c.start:c.end], str(c.value), c.unit, c.comparator) for c in find_candidates(text)]
    [('3—5家', '3', '家', 'range'), ('1.5万亿元', '1500000000000', '元', '>'), ('百名', '100', '名', '>=')]
    """
    found: list[Candidate] = []
    start, last = 0, -BESIDE
    passed: re.Match[str] | None = None  # what was passed over, as long as a number may follow that stands beside it
    while start >= 0:
        matches, start = _pattern().finditer(text, start), -1
        for match in matches:
            form = match.lastgroup
            if form == "date":
                continue
            if passed_over is not None:
                if not 0 < match.start() - last <= BESIDE:
                    passed, end = None, passed_over(match)
                    if end == match.end():
                        passed, last = match, end
                        continue
                    if end:
                        start = end
                        break
                elif passed is not None:
                    found += filter(None, [_read(text, passed, passed.lastgroup)])
                    passed = None
            candidate = _read(text, match, form)
            if candidate is not None:
                found.append(candidate)
                last = candidate.end
            # 提前一倍: what looked like 前一 may hide a number
            reached = match.start() + 1 if candidate is None else candidate.end
            if reached != match.end():
                start = reached
                break
    share_comparators(text, found)
    return found


def _read(text: str, match: re.Match[str], form: str | None) -> Candidate | None:
    start, end = match.span()
    if form is None:
        entry = _words()[text[start:end]]
        if entry.get("kind") == "rank" and not _RANK_CUE.search(text, max(0, start - 8), start):
            return None
        value = entry["value"]
        return candidate_at(
            text, start, end, end, value, entry["unit"], "word", entry.get("comparator"), None, entry.get("kind")
        )
    if form in ("rank", "ordinal"):  # two groups, since each ends its own branch of the pattern
        return _rank(text, start, end)
    if form == "share":
        percent = parse_fraction(text[start:end])
        return None if percent is None else _share(text, start, end, percent)
    return _number(text, start, end, match.start(form) if form in ("unit", "measure") else end)


#: 百分之二点五|至三点五, 七成|至八成
_SHARE_RANGE = CuePattern(
    rf"(?:[至到–～~-]|—{{1,2}})(?:(?P<whole>[{_HAN}]{{0,5}}分之[{_HAN}点]{{1,7}}|[{_HAN}]{{1,2}} ?成[五半]?(?![{_NOT_TENTHS}]))"
    rf"|(?P<bare>[{_HAN}点]{{1,7}})(?![{_HAN}点年月日位名个项家元人次倍]))"
)


def _is_change(text: str, start: int, end: int) -> bool:
    """由六成|至七成: from one level to another, no range."""
    return text[end : end + 1] in "至到" and text[start - 1 : start] in ("由", "从", "自")


def _share(text: str, start: int, end: int, percent: Decimal) -> Candidate:
    """A share in words, maybe the lower end of a range."""
    upper = None if _is_change(text, start, end) else _SHARE_RANGE.match(text, end)
    if upper is not None:
        bare = upper["bare"]
        high = parse_fraction(upper["whole"] or (f"百分之{bare}" if "百分之" in text[start:end] else ""))
        if high is not None and high > percent:
            return candidate_at(text, start, upper.end(), upper.end(), percent, "%", "share", "range", value_max=high)
    return candidate_at(text, start, end, end, percent, "%", "share")


#: what stands in front of a rank: 居全国首位, 进入前10位, 排名第一
_RANK_CUE = CuePattern(
    r"(?:居|列|排名|排|名|保持|进位|升至|跃升|跻身|进入|进|全国|全省|全市|全区|世界|全球|国内|亚洲|同类|西部|中部|东部)[^，。；、]{0,4}$"
)
#: what may follow one: its measure word, or the end of its phrase
_RANK_END = r"(?m:(?<=[位名强])(?![^的以，。；、）和及])|(?=[，。；、）和及]|$))"


def _rank(text: str, start: int, end: int) -> Candidate | None:
    """前10位, 第一 where they say what place is taken; 第三批 and 前五年 say something else."""
    if not _RANK_CUE.search(text, max(0, start - 8), start):
        return None
    number = parse_number(text[start + 1 : end].rstrip("位名强"))
    if number is None:
        return None
    return candidate_at(text, start, end, end, number, "位", "rank", kind="rank")


def _number(text: str, start: int, end: int, unit_start: int) -> Candidate | None:
    """A number in figures or Chinese numerals, maybe the lower end of a range."""
    if unit_start == end and not _may_stand_alone(text, start, end):
        return None
    if ". " in text[start:unit_start] and (start == 0 or text[start - 1] == "\n"):
        return None  # 3. 20个: a list's own number
    is_more = text[unit_start - 1] in "余多"
    number = text[start : unit_start - 1 if is_more else unit_start]
    value = parse_number(number)
    if value is None or number == "零":
        return None
    form: Form = "digits" if number[0].isascii() else "chinese"
    factor, unit = split_unit(text[unit_start:end])
    # a numeral such as 百 or 千亿 is itself the scale word, 3亿 has taken its scale word along
    if factor != 1:
        value = without_exponent(value * factor)
    if text[end : end + 1] in RANGE_STARTS and not _is_change(text, start, end):
        joint = _RANGE.match(text, end)
        upper = _range_end().match(text, joint.end()) if joint is not None else None
        found = _range(text, start, number, unit, upper, form) if upper is not None else None
        if found is not None:
            return found
    if unit == "级":
        return candidate_at(text, start, end, unit_start, value, "元", form)
    if unit is None and text[end : end + 1] == "/":
        per = _PER.match(text, end)
        if per is not None:
            return candidate_at(text, start, per.end(), end, value, per.group(), form)
    if unit is None:
        if end - start > 2 and _HOUSEHOLDS.match(text, end) is not None:
            return candidate_at(text, start, end, end, value, "户", form)
        if number[-1] in "万亿":
            return candidate_at(text, start, end, end, value, None, form)
        if (
            start == 0
            or text[start - 1] not in _BEFORE_BARE
            or _looks_like_year(text, start, end)
            or _CONTINUED.match(text, end)
        ):
            return None
        return candidate_at(text, start, end, end, value, None, "bare")
    if unit[0] == "G" and unit_class(unit) == "latin" and (value < 10 or _NAME_GOES_ON.match(text, end) is not None):
        return None  # 5G, 5G/6G, 10G-PON
    if unit in ("年", "倍") and text[end : end + 1] == "半" and value < 100:
        value, end = value + Decimal("0.5"), end + 1
    if unit == "成":
        return candidate_at(text, start, end, unit_start, without_exponent(value * 10), "%", "share")
    return candidate_at(text, start, end, unit_start, value, unit, form, ">" if is_more else None)


def _may_stand_alone(text: str, start: int, end: int) -> bool:
    """Whether a number without a unit can be a quantity at all: 100万, 达到85, 3—5个. Most are dates, ordinals, names."""
    return (
        text[end - 1] in "万亿"
        or text[end : end + 1] in RANGE_STARTS
        or (start > 0 and text[start - 1] in _BEFORE_BARE)
        or (end - start > 4 and _HOUSEHOLDS.match(text, end) is not None)
    )


#: what a number of G is followed by in the name of a technique
_NAME_GOES_ON = CuePattern("[-—–－ ]?[A-Z]")
#: what a number without a unit must not be followed by: a word, the other half of a ratio
_CONTINUED = CuePattern(r"(?!以上|以下|以内|左右|上下)[\u4e00-\u9fff:：.×xX*]")


def _looks_like_year(text: str, start: int, end: int) -> bool:
    return end - start == 4 and text[start : start + 2] in ("19", "20")


def _range(text: str, start: int, lower: str, unit: str | None, upper: re.Match[str], form: Form) -> Candidate | None:
    """A range from its lower number (as written) to the match of its upper end; None where the two do not belong together."""
    upper_text = upper.group()[: len(upper.group()) - len(upper["unit"] or "")]
    low, high = parse_number(lower), parse_number(upper_text)
    factor, upper_unit = split_unit(upper["unit"] or "")
    if low is None or high is None or upper_unit is None or (unit is not None and unit != upper_unit):
        return None
    high *= factor
    if unit is None and lower[-1] not in SCALE_CHARACTERS:
        # 3—5万人: the scale word of the upper end is that of both
        shared = factor
        for character in reversed(upper_text):
            if character not in "万亿":
                break
            shared *= 10**4 if character == "万" else 10**8
        if low * shared < high:
            low *= shared
    elif unit is not None:
        low *= split_unit(text[start + len(lower) : upper.start()])[0]
    if low >= high:
        return None
    return candidate_at(
        text,
        start,
        upper.end(),
        upper.start("unit"),
        without_exponent(low),
        upper_unit,
        form,
        "range",
        value_max=without_exponent(high),
    )
