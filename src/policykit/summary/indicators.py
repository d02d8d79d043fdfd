"""Which targets of several documents measure the same thing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from policykit.dictionaries import packaged_dictionary
from policykit.formats.page import clip
from policykit.text.normalise import working_text

#: kinds that say how much something changes, not where it arrives
_CHANGES = frozenset({"increase", "decrease"})
#: an abbreviation or aside in brackets, a time in front, and the ways to say that something is measured as a share of something else
_ASIDE = re.compile("（[^（）]{1,20}）|\\([^()]{1,20}\\)")
_PERIOD = re.compile("“[一二三四五六七八九十]{1,3}五”(?:时期|期间|期末)?|(?:今后|未来)五年")
_SHARE = re.compile(
    "([^占]{2,30}?)(?:相当于|占)(.{2,20}?)的?(?:比例|比重|比率|份额)|([^占]{2,30})与(.{2,20})(?:的比率|之比)"
)
_PAIRS = (("“", "”"), ("‘", "’"), ("（", "）"), ("《", "》"), ("(", ")"))


def indicator_key(target: Mapping[str, Any], region: str | None, wording: str = "mainland") -> tuple[str, str]:
    """What a target measures, to be compared with that of others: the indicator without what varies, and the kind of measure.

    A rate of growth and a share are both percentages, so change and level count as different measures of one indicator there. The words
    of a document of Taiwan or Hong Kong are compared as those of the mainland.
    """
    indicator = target["indicator"] or ""
    if wording in ("taiwan", "hong-kong"):
        from policykit.comparison.wording import mainland_words

        indicator = mainland_words(indicator)
    unit = target["unit"] or ""
    measure = f"{unit} {'change' if target['kind'] in _CHANGES else 'level'}" if unit == "%" else unit
    return bare_indicator(indicator, region), measure


def bare_indicator(name: str, region: str | None = None) -> str:
    """The name of an indicator without whose it is and that it grows, shares of a whole in one form.

    >>> bare_indicator("广东地区生产总值年均增长", "广东省"), bare_indicator("全市国内生产总值")
    ('地区生产总值', '地区生产总值')
    >>> bare_indicator("社会物流总费用相当于全省生产总值的比例")
    '社会物流总费用占地区生产总值比重'
    """
    words = _words()
    name = _PERIOD.sub("", _ASIDE.sub("", readable(name))).strip(" 的，、")
    while True:
        shorter = _without(name, [*words.before, *_own_names(region)], str.removeprefix).removeprefix("的")
        shorter = _without(shorter, words.after, str.removesuffix)
        if shorter == name:
            break
        name = shorter
    share = _SHARE.fullmatch(name)
    if share is not None:
        part, whole = share[1] or share[3], share[2] or share[4]
        name = f"{part}占{bare_indicator(whole, region)}比重"
    return words.same.get(name, name)


def readable(name: str) -> str:
    """A name as it can be shown: without the halves of quotation marks and brackets whose other half stood outside of it.

    >>> readable("简约公屋”单位"), readable("博物馆数目（包括正在筹划"), readable("“一刻钟”生活圈")
    ('简约公屋单位', '博物馆数目', '“一刻钟”生活圈')
    """
    for opening, closing in _PAIRS:
        if name.count(opening) < name.count(closing):
            name = name.replace(closing, "")
        elif name.count(opening) > name.count(closing):
            before, _, behind = name.rpartition(opening)
            name = before if len(before) >= 2 else before + behind
    return name.strip(" 的，、：（）()") if name.count("（") == name.count("）") == 0 else name.strip(" 的，、：")


def is_name(name: str) -> bool:
    """Whether the name of an indicator says what is measured, so that it can stand in a table without its sentence.

    >>> is_name("森林覆盖率"), is_name("单位"), is_name("在提升个人发展方面取得进步")
    (True, False, False)
    """
    words = _words()
    return len(name) >= 2 and name not in words.vague and words.no_name.search(name) is None


def what_is_measured(target: Mapping[str, Any], length: int) -> str:
    """The indicator of a target in a cell of a table; where that names nothing by itself, the part of the sentence around the number."""
    name = readable(target["indicator"] or "")
    if is_name(name):
        return clip(name, length)
    sentence, number = target["sentence"], working_text(target["quote"])
    place = sentence.find(number)
    if place < 0:
        return clip(name or sentence, length)
    start = max(sentence.rfind(stop, 0, place) for stop in "，。；：、") + 1
    end = min(
        (at for stop in "，。；：" if (at := sentence.find(stop, place + len(number))) >= 0), default=len(sentence)
    )
    return "…" + clip(sentence[start:end], length, number) + "…"


def _without(name: str, words: Iterable[str], remove: Any) -> str:
    """The name without the first word that can be taken off and leaves something that names an indicator."""
    for word in words:
        shorter: str = remove(name, word)
        if shorter != name and len(shorter) >= 2:
            return shorter
    return name


def _own_names(region: str | None) -> list[str]:
    """How a document names its own region: 广东省, 广东."""
    if not region:
        return []
    short = region.rstrip("省市县区州")
    return [region, short] if len(short) >= 2 else [region]


class _Words(NamedTuple):
    before: list[str]
    after: list[str]
    same: dict[str, str]
    vague: frozenset[str]
    no_name: re.Pattern[str]


@lru_cache(maxsize=1)
def _words() -> _Words:
    data = packaged_dictionary("indicators")
    openings = [word.partition("|") for word in data["no_name"]]
    beginnings = "|".join(f"{word}(?![{other}])" if other else word for word, _, other in openings)
    return _Words(
        before=sorted(data["before"], key=len, reverse=True),
        after=sorted(data["after"], key=len, reverse=True),
        same={name: names[0] for names in data["same"] for name in names},
        vague=frozenset(data["vague"]),
        no_name=re.compile(f"^(?:{beginnings})|{'|'.join(data['no_name_within'])}"),
    )
