"""Traditional characters to Simplified ones, variants to ordinary ones, wide digits and letters to narrow ones.

Every change here puts one character for one, so offsets stay. The tables are made by tools/make_character_table.py from the
dictionaries of OpenCC and from data/dictionaries/characters.yaml.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Mapping, Sequence
from functools import cached_property, lru_cache
from itertools import islice
from typing import Any, Literal, NamedTuple

from policykit.patterns import compiled
from policykit.resources import data_directory

Script = Literal["simplified", "traditional", "mixed"]

#: Signs with one plain counterpart wherever they stand. Chinese punctuation keeps its width; full-width ASCII signs lose theirs.
_SIGNS = {
    **{chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F) if chr(code) not in "！（），：；？"},
    "．": "．",  # a full stop, a decimal point or a middle dot: its neighbours decide, see punctuation.py
    **dict(zip("「」『』﹁﹂﹃﹄｢｣〝〞", "“”‘’“”‘’“”“”", strict=True)),
    **dict(zip("︰﹕∶﹔﹖﹗﹐﹑､｡︿﹀︽︾﹙﹚︵︶﹝﹞❨❩", "：：：；？！，、、。〈〉《》（）（）〔〕（）", strict=True)),
    **dict(zip("╱∕⁄％﹪﹣‐‑﹘─―⸺\u2212", "///%%---————-", strict=True)),
    **dict(zip("‧・∙⋅･•◦●◆■□▪❖\uf0be\uf0b7\uf06c\uf06e\uf0d8\uf075\uf0a7\uf0fc", "·····" + "•" * 16, strict=True)),
    # layout.py has to see ideographic spaces (some indent a paragraph) and page feeds, and takes them out
    **dict.fromkeys(
        "\t\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f", " "
    ),
    **dict.fromkeys("\x0b\x1c\x1d\x1e\x85\u2028\u2029", "\n"),
}
_SIGNS = {key: value for key, value in _SIGNS.items() if key != value}


#: In a line with so many times as many Simplified characters, the Traditional ones are names (濛溪河).
_FEW = 10
#: so many signs are replaced one after the other: of a text with more all letters are looked up
_FEW_SIGNS = 10


#: A text with so many times as many Traditional characters is Traditional as a whole.
_MANY = 20

#: What may stand between the letters of a phrase in text out of PDFs, how much of it, and how far a phrase reaches.
_WHITE = frozenset(" \n\u3000")
_SPACES_BETWEEN = 2
_REACH = 5
#: so far off is the last of the letters that a phrase reaches
_FAR = _REACH * (_SPACES_BETWEEN + 1)

_LINES = compiled(r"(?<=[\r\n])|(?=\u3000\u3000)")
#: so many characters are counted in at a time
_AT_ONCE = 50_000
_LAST_NEAR = 0xFFFF
#: the list takes as long to make as so many letters to look up without it: a process that reads one document does without
_ASKED_BEFORE_LIST = 50_000
_SURROGATE = compiled("[\ud800-\udfff]")

#: signs that are not seen, or that others see: what no paragraph has
INVISIBLE = (
    "\x00-\x08\x0e-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\ufe00-\ufe0f\ufeff\ufff9-\ufffb"
)
#: the inside of a character class: what layout.py takes out or spells out, and what markup of plain text is made of
_STRAY = f"*#\x0c{INVISIBLE}\u3380-\u33df"


class _Table(dict[int, str]):
    """A table for `str.translate` that knows letters without an entry too: an exception for each of them would be slow."""

    #: how many letters it was asked for so far
    _asked = 0

    def __missing__(self, key: int) -> str:
        value = "\ufffd" if 0xD800 <= key < 0xE000 else chr(key)
        if key <= _LAST_NEAR:
            self[key] = value
        return value

    @cached_property
    def _near(self) -> list[int]:
        """The same for the basic plane as a list of numbers, in which `str.translate` looks up three times as fast."""
        near = _basic_plane().copy()
        for key, value in tuple(self.items()):  # another thread may add letters meanwhile
            if key <= _LAST_NEAR:
                near[key] = ord(value)
        return near

    def translated(self, text: str) -> str:
        """The text with each letter that has an entry changed."""
        self._asked += len(text)
        if self._asked < _ASKED_BEFORE_LIST:
            return text.translate(self)
        # a letter beyond the basic plane takes two units: to count them is far faster than to look for one
        near = len(text.encode("utf-16-le", "surrogatepass")) == 2 * len(text)
        return text.translate(self._near if near else self)


@lru_cache(maxsize=1)
def _basic_plane() -> list[int]:
    codes = list(range(_LAST_NEAR + 1))
    codes[0xD800:0xE000] = [0xFFFD] * 0x800
    return codes


class _Tables(NamedTuple):
    everywhere: _Table  # for any text: what only Traditional text has
    traditional: _Table  # for Traditional text: the same and the letters that are at home in both scripts
    phrases: dict[str, str]
    shapes: dict[str, tuple[tuple[int, int], ...]]  # a letter that phrases change: where in them, how long they are
    simplified: frozenset[str]  # common letters of Simplified script alone
    telling: re.Pattern[str]  # both, and what is or becomes one of the `stray_characters`


@lru_cache(maxsize=1)
def _data() -> dict[str, Any]:
    path = data_directory() / "dictionaries" / "characters-table.json"
    data: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return data


@lru_cache(maxsize=1)
def _tables() -> _Tables:
    data = _data()
    everywhere = _Table({**_signs(), **_columns(data["everywhere"])})
    traditional = _Table({**everywhere, **_columns(data["traditional"])})
    phrases: dict[str, str] = data["phrases"]
    shapes: dict[str, set[tuple[int, int]]] = {}
    for key, value in phrases.items():
        by_characters = key.translate(traditional)
        index = next((at for at in range(len(key)) if value[at] != by_characters[at]), 0)
        shapes.setdefault(key[index], set()).add((index, len(key)))
    becomes_stray = [sign for sign, plain in _SIGNS.items() if stray_characters().match(plain)]
    return _Tables(
        everywhere=everywhere,
        traditional=traditional,
        phrases=phrases,
        shapes={key: tuple(sorted(value, key=lambda shape: -shape[1])) for key, value in shapes.items()},
        simplified=_letters_of_class(data["common_simplified"]),
        telling=compiled(f"[{''.join(shapes)}{data['common_simplified']}{_STRAY}{''.join(becomes_stray)}]"),
    )


def _letters_of_class(inside: str) -> frozenset[str]:
    """The letters that the inside of a character class stands for, one by one and from one to another."""
    ranges = re.findall("(.)(?:-(.))?", inside)
    return frozenset(chr(code) for first, last in ranges for code in range(ord(first), ord(last or first) + 1))


def _columns(keys_and_values: list[str]) -> dict[int, str]:
    return dict(zip(map(ord, keys_and_values[0]), keys_and_values[1], strict=True))


@lru_cache(maxsize=1)
def _signs() -> _Table:
    return _Table({**{ord(key): value for key, value in _SIGNS.items()}, **_columns(_data()["compatible"])})


def _inside_of_sign() -> str:
    return f"{''.join(map(re.escape, _SIGNS))}\u2e80-\u2fdf\uf900-\ufaff\ud800-\udfff"


@lru_cache(maxsize=1)
def _common_traditional() -> re.Pattern[str]:
    return compiled(f"[{_data()['common_traditional']}]")


@lru_cache(maxsize=1)
def stray_characters() -> re.Pattern[str]:
    """One character that has to go, or may be part of what has to."""
    return compiled(f"[{_STRAY}]")


@lru_cache(maxsize=1)
def _to_look_at() -> re.Pattern[str]:
    """Any of the three, in one look: most texts have few."""
    return compiled(f"[{_inside_of_sign()}{_STRAY}{_data()['common_traditional']}]")


@lru_cache(maxsize=1)
def _common_simplified() -> re.Pattern[str]:
    return compiled(f"[{_data()['common_simplified']}]")


def convert_characters(text: str) -> tuple[str, Script]:
    """The text in Simplified characters and narrow digits, as long as before, and the script it came in.

    A text without any of the two thousand common characters that only Traditional script has is Simplified. In a text of both, each
    line is judged by itself; single Traditional characters in Simplified lines are names, and stay.

    >>> convert_characters("産業資訊化，著力２０％，著名")
    ('产业资讯化，着力20%，著名', 'traditional')
    >>> convert_characters("乾坤、瞭望、藉以")
    ('乾坤、瞭望、藉以', 'simplified')
    """
    return characters_of(text)[:2]


class Characters(NamedTuple):
    """A text with its characters converted, the script it came in, and whether it may have any of the `stray_characters`."""

    text: str
    script: Script
    may_be_stray: bool


def characters_of(text: str) -> Characters:
    """What `convert_characters` gives, and what it saw on the way."""
    signs: set[str] = set()
    for match in _to_look_at().finditer(text):
        if match[0] not in signs:
            if _common_traditional().match(match[0]):
                return _of_both_scripts(text)
            signs.add(match[0])
    become = {sign: _signs()[ord(sign)] for sign in signs}
    may_be_stray = stray_characters().search("".join(become.values())) is not None
    changed = {sign: letter for sign, letter in become.items() if sign != letter}
    if len(changed) > _FEW_SIGNS:
        return Characters(_signs().translated(text), "simplified", may_be_stray)
    for sign, letter in changed.items():  # none becomes what another is
        text = text.replace(sign, letter)
    return Characters(text, "simplified", may_be_stray)


def _of_both_scripts(text: str) -> Characters:
    """The same for a text that has common Traditional characters."""
    tables = _tables()
    seen = _seen(text, tables, most_simplified=len(text) // _MANY)
    enough = seen.simplified * _MANY
    if enough <= len(text) and sum(1 for _ in islice(_common_traditional().finditer(text), enough)) == enough:
        return Characters(_from_traditional(text, seen, tables), "traditional", seen.may_be_stray)
    del seen
    script: Script = "simplified"
    lines = _LINES.split(_signs().translated(text))
    for index, line in enumerate(lines):
        in_line = script_evidence(line)
        if in_line[0] > in_line[1]:
            lines[index] = _from_traditional(line, _seen(line, tables), tables)
            script = "mixed"
        elif in_line[0] * _FEW > in_line[1]:
            lines[index] = tables.everywhere.translated(line)
            script = "mixed"
    return Characters("".join(lines), script, may_be_stray=True)


@lru_cache(maxsize=1)
def unit_signs() -> Mapping[str, str]:
    """Signs of units with the words that stand for them (㎡: 平方米)."""
    units: dict[str, str] = _data()["units"]
    return units


def without_surrogates(text: str) -> str:
    """The text with a replacement character for each half of a surrogate pair, which no encoding can write."""
    return _SURROGATE.sub("\ufffd", text)


def traditional_forms(character: str) -> tuple[str, ...]:
    """The Traditional characters that become a Simplified one.

    >>> traditional_forms("发")
    ('發', '髮')
    """
    return _forms().get(character, ())


@lru_cache(maxsize=1)
def _forms() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for name in ("everywhere", "traditional"):
        for code, value in sorted(_columns(_data()[name]).items()):
            found[value] = (*found.get(value, ()), chr(code))
    return found


def script_evidence(text: str) -> tuple[int, int]:
    """How many common letters only Traditional text has, and how many only Simplified text has."""
    return _count(_common_traditional(), text), _count(_common_simplified(), text)


def _count(pattern: re.Pattern[str], text: str) -> int:
    """How often a pattern of one letter is found; in parts, for a list of a million letters takes many times the text."""
    return sum(len(pattern.findall(text, start, start + _AT_ONCE)) for start in range(0, len(text), _AT_ONCE))


class _Seen(NamedTuple):
    """What a look through a text finds that may be in Traditional script."""

    phrases: list[tuple[int, int, str]]  # start, end, what stands there
    simplified: int  # how many common letters only Simplified script has
    may_be_stray: bool


def _seen(text: str, tables: _Tables, most_simplified: int = sys.maxsize) -> _Seen:
    """What phrases a text has, and whether there may be stray characters; it ends where there are more letters of Simplified script than wanted."""
    found: list[tuple[int, int, str]] = []
    simplified = 0
    may_be_stray = False
    for match in tables.telling.finditer(text):
        at = match.start()
        letter = text[at]
        if letter in tables.simplified:
            simplified += 1
            if simplified > most_simplified:
                break
        shapes = tables.shapes.get(letter)
        if shapes is None:
            may_be_stray = may_be_stray or letter not in tables.simplified
            continue
        for offset, length in shapes:
            start = at - offset
            value = tables.phrases.get(text[start : start + length]) if start >= 0 else None
            if value is not None:
                found.append((start, start + length, value))
                break
        else:
            if _is_apart(text, at):
                found.extend(_set_apart(text, at, shapes, tables.phrases))
    return _Seen(found, simplified, may_be_stray)


def _from_traditional(text: str, seen: _Seen, tables: _Tables) -> str:
    """Traditional characters to Simplified ones, phrases before characters."""
    converted = tables.traditional.translated(text)
    if not seen.phrases:
        return converted
    parts, position = [], 0
    for start, end, value in seen.phrases:
        if start < position:
            continue
        parts.append(converted[position:start])
        parts.append(value)
        position = end
    parts.append(converted[position:])
    return "".join(parts)


def _is_apart(text: str, at: int) -> bool:
    """Whether white space stands at either side of a letter."""
    return text[at - 1 : at] in _WHITE or text[at + 1 : at + 2] in _WHITE


def _set_apart(
    text: str, at: int, shapes: Sequence[tuple[int, int]], phrases: Mapping[str, str]
) -> list[tuple[int, int, str]]:
    """The letters of a phrase around `at` between which a PDF has put spaces or a line has ended, each with what stands there."""
    if not _may_be_phrase(text, at, shapes, phrases):
        return []
    before = _neighbours(text, at, -1)
    after = _neighbours(text, at, 1)
    for offset, length in shapes:
        places = [*reversed(before[:offset]), at, *after[: length - offset - 1]]
        value = phrases.get("".join(text[place] for place in places)) if len(places) == length else None
        if value is not None:
            return [(place, place + 1, letter) for place, letter in zip(places, value, strict=True)]
    return []


def _may_be_phrase(text: str, at: int, shapes: Sequence[tuple[int, int]], phrases: Mapping[str, str]) -> bool:
    """Whether a phrase stands around `at` once white space is left out: where not, as nearly always, none is set apart there."""
    before = "".join(text[max(0, at - _FAR) : at].split())
    together = before + "".join(text[at : at + 1 + _FAR].split())
    begins = [(len(before) - offset, length) for offset, length in shapes if offset <= len(before)]
    return not phrases.keys().isdisjoint([together[start : start + length] for start, length in begins])


def _neighbours(text: str, at: int, step: int) -> list[int]:
    """Where the nearest letters stand in one direction, past one or two white spaces each."""
    found: list[int] = []
    white = 0
    place = at + step
    while 0 <= place < len(text) and len(found) < _REACH and white <= _SPACES_BETWEEN:
        if text[place] in _WHITE:
            white += 1
        else:
            found.append(place)
            white = 0
        place += step
    return found
