"""Which part of the country a document speaks for, from its title, its issuers and its number."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from policykit.dictionaries import packaged_dictionary
from policykit.document.model import Level
from policykit.patterns import compiled


class _Regions(NamedTuple):
    provinces: dict[str, str]  # any way to say it -> the full name
    cities: dict[str, str]  # 苏州 -> 苏州市
    special: dict[str, tuple[str, Level]]
    names: re.Pattern[str]
    city_names: re.Pattern[str]
    special_names: re.Pattern[str]
    national: re.Pattern[str]
    letters: dict[str, str]  # 沪 -> 上海市, for document numbers


@lru_cache(maxsize=1)
def _regions() -> _Regions:
    data = packaged_dictionary("regions")
    provinces: dict[str, str] = {}
    cities: dict[str, str] = {}
    letters: dict[str, str] = {}
    for name, entry in data["provinces"].items():
        provinces[name] = name
        for short in entry["short"]:
            (letters if len(short) == 1 else provinces)[short] = name
        for city in entry.get("cities", ()):
            cities[city] = city if city[-1] in "市盟" else f"{city}市"
    special = {
        word: (name, entry["level"]) for name, entry in data["special"].items() for word in (name, *entry["short"])
    }

    def either(words: Sequence[str]) -> re.Pattern[str]:
        return compiled("|".join(sorted(map(re.escape, words), key=len, reverse=True)))

    return _Regions(
        provinces,
        cities,
        special,
        either(list(provinces)),
        either(list(cities)),
        either(list(special)),
        compiled("(?:" + "|".join(map(re.escape, data["national"])) + ")"),
        letters,
    )


_COUNTY = compiled(r"^(?:[\u4e00-\u9fff]{2,4}(?:省|市))?(?P<name>[\u4e00-\u9fff]{2,5}(?:区|县|旗))(?:人民政府|委)")


def level_and_region(
    title: str | None, carrier: str | None, issuers: Sequence[str], number: str | None, wording: str = "mainland"
) -> tuple[Level, str | None]:
    """The level of government and the region that a document speaks for.

    >>> level_and_region("山东省标准化条例", None, (), None), level_and_region("意见", None, ("国务院办公厅",), None)
    (('provincial', '山东省'), ('national', None))
    >>> level_and_region(None, None, ("苏州市人民政府",), None), level_and_region(None, None, (), "沪府办发〔2023〕19号")
    (('municipal', '苏州市'), ('provincial', '上海市'))
    """
    regions = _regions()
    if wording in ("taiwan", "hong-kong"):  # the place's own words; 国家 and 行政院 there are not the mainland's
        return ("taiwan", "台湾") if wording == "taiwan" else ("hong-kong", "香港特别行政区")
    for text in (*issuers, title or "", carrier or ""):
        if not text:
            continue
        county = _COUNTY.match(text)
        if county and not regions.names.fullmatch(county["name"]) and text in issuers and "自治区" not in text:
            return "county", county["name"]
        special = regions.special_names.search(text)
        if special or text in ("行政长官", "财政司司长"):
            name, level = regions.special[special.group()] if special else ("香港特别行政区", "hong-kong")
            return level, name
        city = regions.city_names.search(text)
        if city:
            return "municipal", regions.cities[city.group()]
        province = regions.names.search(text)
        if province:
            return "provincial", regions.provinces[province.group()]
        if regions.national.match(text):
            return "national", None
    if number:
        if number[0] in regions.letters:
            return "provincial", regions.letters[number[0]]
        if number.startswith("国"):
            return "national", None
    return "unknown", None


def holds_for_whole_country(text: str) -> bool:
    """Whether a text says that it holds in the whole country; for rules that name neither an issuer nor a region.

    >>> holds_for_whole_country("第二条 在中华人民共和国境内生产、经营食品，适用本条例。")
    True
    """
    return any(words in text for words in packaged_dictionary("regions")["whole_country"])
