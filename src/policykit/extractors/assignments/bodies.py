"""Names of bodies, and the words around them that say what they do; how both are read from running text."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Literal, NamedTuple

from policykit.dictionaries import packaged_dictionary
from policykit.patterns import compiled

#: what a list says of bodies: they lead, they are in charge, they help
Part = Literal["lead", "charge", "support"]
#: those who lead and those who support
Bodies = tuple[tuple[str, ...], tuple[str, ...]]

#: longest body name taken from running text, in characters
LONGEST_NAME = 24


#: what 等有关单位, 等部门 end in
OTHERS_ENDS = frozenset("等关员门位面区构）")


class Grammar(NamedTuple):
    """The patterns, compiled from the dictionary once. Words are by their last letters."""

    assigns: re.Pattern[str]
    subject_ends: frozenset[str]
    label: re.Pattern[str]
    label_parts: dict[str, Part]
    label_ends: frozenset[str]
    longest_label: int
    labelled_line: re.Pattern[str]
    closing_verb: re.Pattern[str]
    verb_parts: dict[str, Part]
    verb_ends: frozenset[str]
    body_ends: Mapping[str, tuple[str, ...]]
    first_body: re.Pattern[str]
    acting: re.Pattern[str]
    acting_behind_body: re.Pattern[str]
    strong: tuple[str, ...]
    modal: re.Pattern[str]
    chairing: re.Pattern[str]
    members: re.Pattern[str]
    not_assigning: re.Pattern[str]
    names: frozenset[str]
    national: frozenset[str]
    governments: frozenset[str]
    specific: tuple[str, ...]
    generic: tuple[str, ...]
    vague: re.Pattern[str]


def _alternatives(words: list[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


def by_last_letter(words: list[str]) -> dict[str, tuple[str, ...]]:
    """Words by their last letters, without those that end in another of them: for asking whether a text ends in one.

    >>> by_last_letter(["部", "财政部", "委", "管委会"])
    {'部': ('部',), '委': ('委',), '会': ('管委会',)}
    """
    found: dict[str, tuple[str, ...]] = {}
    for word in words:
        if not any(word != other and word.endswith(other) for other in words):
            found[word[-1]] = (*found.get(word[-1], ()), word)
    return found


@lru_cache(maxsize=1)
def grammar() -> Grammar:
    """The patterns over the words of data/dictionaries/bodies.yaml, compiled when first asked for."""
    data = packaged_dictionary("bodies")
    label_parts: dict[str, Part] = {label: part for part, labels in data["labels"].items() for label in labels}
    verb_parts: dict[str, Part] = {verb: part for part, verbs in data["verbs"].items() for verb in verbs}
    suffixes = _alternatives(data["suffixes"])
    known = _alternatives([*data["names"], *data["national"]])
    ending = [*data["names"], *data["national"], *data["suffixes"], *data["officers"]]
    subject_ends = OTHERS_ENDS | {word[-1] for word in ending}
    labels = _alternatives(list(label_parts))
    officers, chairs = _alternatives(data["officers"]), _alternatives(data["chairs"])
    partners = r"(?:国务院|市级|省级)?(?:有关|相关)(?:部门和单位|部门|方面|单位)(?:（单位）)?"
    #: 办 in 办公厅, 部 in 部门, 委 in 委员会 do not end a name
    no_longer = r"(?![公门队员托长政人域级管])"
    assigning = _alternatives(data["assigning"])
    is_responsible = r"[^，。；]{0,30}责任主体"
    chairing = rf"([\u4e00-\u9fff]{{2,12}}?(?:{officers}))(?:担)?任(?:{chairs})"
    return Grammar(
        assigns=compiled(rf"{labels}|{_alternatives(list(verb_parts))}|会同"),
        subject_ends=subject_ends,
        label=compiled(rf"(?:^|[，,；;。\s]\s*)({labels})[:：为]\s*"),
        label_parts=label_parts,
        label_ends=frozenset([label[-1] for label in label_parts]),
        longest_label=max(map(len, label_parts)),
        labelled_line=compiled(rf"(?:{labels})[:：][^\n。（）()]{{2,300}}"),
        closing_verb=compiled(rf"(?:等)?({_alternatives(list(verb_parts))})$"),
        verb_parts=verb_parts,
        verb_ends=frozenset([verb[-1] for verb in verb_parts]),
        body_ends=by_last_letter(ending),
        first_body=compiled(rf"{partners}|{known}|[\u4e00-\u9fff“”]{{1,{LONGEST_NAME}}}?(?:{suffixes}){no_longer}"),
        acting=compiled(f"{assigning}|是{is_responsible}"),
        acting_behind_body=compiled(rf"(?<=[{''.join(sorted(subject_ends))}])(?:{assigning}|是(?={is_responsible}))"),
        strong=tuple(data["strongly_assigning"]),
        modal=compiled(r"(?:要|应当|应|将|须|负责)?(?:积极|主动)?$"),
        chairing=compiled(f"由{chairing}"),
        members=compiled(rf"成员包括([\u4e00-\u9fff、]{{2,80}}(?:{officers}))(?=等|，|$)"),
        not_assigning=compiled(_alternatives(data["not_assigning"])),
        names=frozenset([*data["names"], *data["national"]]),
        national=frozenset(data["national"]),
        governments=frozenset(data["governments"]),
        specific=tuple(data["specific_prefixes"]),
        generic=tuple(data["generic_prefixes"]),
        vague=compiled(_alternatives(data["vague"])),
    )


_AND_OTHERS_AND = compiled(r"等(?:有关|相关)?(?:部门|单位)?和(?!单位)(?=.)")
_AND = compiled(r"以及|[和及]")
_OTHERS = compiled(
    r"等?(?:有关|相关)?(?:部门和单位|地方和部门)$|等(?:有关|相关|成员)?(?:部门|单位|方面|地区|机构)?(?:（单位）)?$"
)


def without_others(names: str) -> str:
    """Names without the 等, 等有关部门 that they end in."""
    return _OTHERS.sub("", names) if names[-1:] in OTHERS_ENDS else names


def is_by_fields(names: str) -> bool:
    """财政、教育等部门: bodies named by their field alone."""
    return names.endswith("部门") and "、" in names


@lru_cache(maxsize=2048)
def names_in(piece: str) -> tuple[str, ...]:
    """The names in a piece without separators: 等 dropped, 和 split where both sides are bodies.

    Kept, as is the next: documents name the same few bodies in bracket after bracket.
    """
    found: list[str] = []
    piece = piece.strip()
    for part in _AND_OTHERS_AND.split(piece) if "等" in piece else (piece,):
        is_whole = part[-1:] not in OTHERS_ENDS or part[:1] == "各" or part in grammar().names
        name = part if is_whole else _OTHERS.sub("", part)
        name = name.removeprefix("由").strip()
        while (split := _split_at_and(name)) is not None:
            found.append(split[0])
            name = split[1]
        if name:
            found.append(name)
    return tuple(found)


def _split_at_and(name: str) -> tuple[str, str] | None:
    """`国家发展改革委和科技部` in two; `工业和信息化部` stays whole."""
    if "和" not in name and "及" not in name:
        return None
    for joint in _AND.finditer(name):
        left, right = name[: joint.start()], name[joint.end() :]
        if right != "单位" and ends_as_body(left) and ends_as_body(right):
            return left, right
    return None


def ends_as_body(name: str) -> bool:
    """Whether a name ends as those of bodies do."""
    return name.endswith(grammar().body_ends.get(name[-1:], ()))


@lru_cache(maxsize=2048)
def is_body(name: str) -> bool:
    """Whether a name ends as those of bodies do, or calls on all (各县人民政府)."""
    return name[:1] == "各" or ends_as_body(name)


def without_repeats(names: list[str]) -> tuple[str, ...]:
    """Names in their order, each once."""
    return tuple(dict.fromkeys(names))


def pieces_of(bodies: str) -> list[str]:
    """What stands between the 、 of a list."""
    return [piece for piece in bodies.split("、") if piece]


#: 由 or a bracket inside shows that more than a name was cut out
NAME = compiled(rf"[\u4e00-\u4eff\u4f00-\u7530\u7532-\u9fff“”A-Za-z]{{2,{LONGEST_NAME}}}")
_PLACE = compiled(r"[\u4e00-\u9fff]{2,3}(?:省|市|自治区|特区)")


def acting_bodies(bodies: str, *, strongly: bool) -> tuple[str, ...]:
    """The names of a subject, or nothing where it is a general call.

    `strongly`: the verb leaves no doubt that work is handed out (会同, 牵头, 负责); then a body need not be known by name.
    """
    words = grammar()
    names = [name for piece in pieces_of(bodies) for name in names_in(piece)]
    if not names or names[0].startswith(words.generic) or any(words.vague.search(name) for name in names):
        return ()
    if any(name in words.governments or not NAME.fullmatch(name) for name in names):
        return ()
    if not all(is_body(name) for name in names) and not is_by_fields(bodies):
        return ()
    if strongly or any(
        name in words.national or name.startswith(words.specific) or len(names) > 2 or _PLACE.match(name)
        for name in names
    ):
        return without_repeats(names)
    return ()
