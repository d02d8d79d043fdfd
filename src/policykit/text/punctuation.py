"""Half-width and stray punctuation to what mainland documents print among Chinese characters.

Every change puts one character for one, so offsets stay. Latin text, numbers, addresses and standard numbers keep theirs.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from policykit.patterns import compiled
from policykit.text.places import places

#: The inside of a character class: what is no letter or sign of Chinese text (ASCII and Latin letters, white space), its punctuation.
#: The other way round, as a class of all Chinese characters, `re` needs two milliseconds to compile it.
_LATIN = r"\x00-\u02ff\u1680\u2000-\u200a\u2010-\u2017\u2020-\u2025\u2027-\u205f\u3000"
_PUNCTUATION = r"\u2018-\u201f\u2026\u3001\u3002\u3008-\u301f\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65\ufffd"

#: A character class for one Chinese character (or what stands for one: 〇 ① ℃), and one for anything else.
HAN = f"[^{_LATIN}{_PUNCTUATION}]"
NOT_HAN = f"[{_LATIN}{_PUNCTUATION}]"

#: behind the ideographic space there is nothing but what `_LATIN` leaves out
_LAST_SPACE = "\u3000"
#: from here to there `HAN` has every letter
_FIRST_LETTER, _LAST_LETTER = "\u3400", "\uf8ff"
_WIDE = str.maketrans(",:;?!()", "，：；？！（）")
#: how far from a comma between Latin letters or digits to look for a Chinese character
_NEAR = 30
#: lines of so many characters together are converted at a time
_AT_ONCE = 100_000
#: how far into a pair of parentheses to look for one
_INSIDE = 300


class _Patterns(NamedTuple):
    han: re.Pattern[str]
    double_quoted: re.Pattern[str]
    single_quoted: re.Pattern[str]
    parenthesis: re.Pattern[str]
    parenthesised: re.Pattern[str]
    comma_behind: re.Pattern[str]
    signs: re.Pattern[str]
    chinese: re.Pattern[str]
    address: re.Pattern[str]
    full_stop: re.Pattern[str]
    lost_bullet: re.Pattern[str]


@lru_cache(maxsize=1)
def _patterns() -> _Patterns:
    return _Patterns(
        han=compiled(HAN),
        double_quoted=compiled(r'"([^"\n]{0,200})"'),
        single_quoted=compiled(r"'([^'\n]{0,200})'"),
        parenthesis=compiled(r"[()（）]"),
        parenthesised=compiled(
            rf"\((?:(?<={HAN}.)|(?=[^()（）\n{_FIRST_LETTER}-{_LAST_LETTER}]{{0,9}}[{_FIRST_LETTER}-{_LAST_LETTER}])"
            rf"|(?=[^()（）\n]*\){HAN}))([^()（）\n]*)\)"
        ),
        comma_behind=compiled(rf",(?<=[^\x00-{_LAST_SPACE}].)"),
        signs=compiled(r"[,:;?!]+"),
        chinese=compiled(f"[^{_LATIN}]"),
        address=compiled(r"(?:://|www\.|@)[!-~]{0,150}$"),
        # a bullet of a font that a PDF did not name
        lost_bullet=compiled(r"^([ \u3000]{0,9})\ufffd(?=[ \u3000]{0,3}[^\s\ufffd])", re.MULTILINE),
        full_stop=compiled(r"．"),
    )


def convert_punctuation(text: str) -> str:
    """The text with Chinese punctuation where it stands among Chinese characters, as long as before.

    >>> convert_punctuation('提高水平,到2025年达到1,200项(含GB/T 1.1),如"十五"计划;at 15:30, (see below)')
    '提高水平，到2025年达到1,200项（含GB/T 1.1），如“十五”计划；at 15:30, (see below)'
    """
    if len(text) <= _AT_ONCE:
        return _converted(text)
    # some lines at a time, for none has to do with another: of a long text there are not several copies then
    pieces: list[str] = []
    position = 0
    while position < len(text):
        end = text.find("\n", position + _AT_ONCE) + 1 or len(text)
        pieces.append(_converted(text[position:end]))
        position = end
    return "".join(pieces)


def _converted(text: str) -> str:
    """The same for some lines."""
    patterns = _patterns()
    if '"' in text:
        text = patterns.double_quoted.sub(lambda m: f"“{m[1]}”" if patterns.han.search(m[1]) else m[0], text)
    if "'" in text:
        text = patterns.single_quoted.sub(lambda m: f"‘{m[1]}’" if patterns.han.search(m[1]) else m[0], text)
    if "．" in text:
        text = patterns.full_stop.sub(_full_stop, text)
    if "\ufffd" in text:
        text = patterns.lost_bullet.sub(r"\1•", text)
    if "(" in text or ")" in text:
        text = _convert_parentheses(text, patterns)
    if "," in text:
        # nearly all of them stand behind something Chinese: that takes no call
        text = patterns.comma_behind.sub("，", text)
    if "," in text or ":" in text or ";" in text or "?" in text or "!" in text:
        text = _convert_signs(text, patterns)
    return text


def _convert_signs(text: str, patterns: _Patterns) -> str:
    """Half-width signs in full width where they stand beside something Chinese. Few are left: nothing else is looked at."""
    pieces: list[str] = []
    position = 0
    for at in places(text, ",:;?!"):
        if at >= position and (run := patterns.signs.match(text, at)):
            pieces += (text[position:at], _signs(run))
            position = run.end()
    pieces.append(text[position:])
    return "".join(pieces)


def _signs(match: re.Match[str]) -> str:
    """What stands for some half-width signs that follow one another."""
    text, (start, end), chinese = match.string, match.span(), _patterns().chinese
    # nearly always a letter stands before it: that takes no pattern
    if (start > 0 and (text[start - 1] > _LAST_SPACE or chinese.match(text, start - 1))) or chinese.match(text, end):
        return match[0].translate(_WIDE)
    return _comma(match) if end - start == 1 and match[0] in ",;" and start > 0 and end < len(text) else match[0]


def _full_stop(match: re.Match[str]) -> str:
    """A full-width full stop: a decimal point or the stop of a number among digits, else the dot between names."""
    before = match.string[match.start() - 1 : match.start()]
    return "." if before.isascii() else "·"


def _comma(match: re.Match[str]) -> str:
    """A comma or semicolon between Latin letters or digits: Chinese where a Chinese character is near, unless it parts digits."""
    text, at, patterns = match.string, match.start(), _patterns()
    before, after = text[at - 1], text[at + 1]
    if (
        before.isspace()
        or after.isspace()
        or (before.isdigit() and after.isdigit())
        or patterns.address.search(text, max(0, at - 200), at)
    ):
        return match[0]
    start, end = max(0, at - _NEAR, text.rfind("\n", 0, at) + 1), at + _NEAR
    end = min(end, text.find("\n", at, end) % (len(text) + 1))
    return match[0].translate(_WIDE) if patterns.han.search(text, start, end) else match[0]


def _convert_parentheses(text: str, patterns: _Patterns) -> str:
    """Pairs with something Chinese in or beside them in full width; unpaired ones where they stand beside Chinese characters."""
    # most pairs hold no other parentheses, and Chinese letters or stand beside one: whatever else is around them, they are wide
    parts = patterns.parenthesised.split(text)
    parts[1::2] = [f"（{inside}）" for inside in parts[1::2]]
    return "".join(_other_parentheses("".join(parts), patterns))


def _other_parentheses(text: str, patterns: _Patterns) -> list[str]:
    """The same, in pieces, for the lines that still have narrow ones."""
    pieces: list[str] = []
    position = 0
    for at in places(text, "()"):
        if at >= position:
            start, end = text.rfind("\n", position, at) + 1, text.find("\n", at)
            start, end = max(start, position), len(text) if end < 0 else end
            pieces += (text[position:start], _with_parentheses(text[start:end], patterns))
            position = end
    pieces.append(text[position:])
    return pieces


def _with_parentheses(text: str, patterns: _Patterns) -> str:
    """The same for one line."""
    han = patterns.han
    opened: list[int] = []
    wide: set[int] = set()
    narrow_ends: dict[int, int] = {}  # pairs that stay, by the offset behind them: (3) in 第8(3)(a)条 goes with (a)

    def is_han(at: int) -> bool:
        # nearly always it is one of these: that takes no pattern
        return _FIRST_LETTER <= text[at] <= _LAST_LETTER or han.match(text, at) is not None

    def beside_han(start: int, end: int) -> bool:
        return (end < len(text) and is_han(end)) or (start > 0 and is_han(start - 1))

    found = [match.start() for match in patterns.parenthesis.finditer(text)]
    for at in found:
        sign = text[at]
        if sign in "(（":
            opened.append(at)
        elif opened:
            start = opened.pop()
            if (
                _FIRST_LETTER <= text[start + 1] <= _LAST_LETTER
                or text[start] == "（"
                or sign == "）"
                or start - 1 in wide
                or beside_han(start, at + 1)
                or han.search(text, start, min(at, start + _INSIDE))
            ):
                wide.add(start)
                wide.add(at)
                end = start
                while end in narrow_ends:
                    narrow, end = end - 1, narrow_ends.pop(end)
                    wide |= {narrow, end}
            else:
                narrow_ends[at + 1] = start
        elif beside_han(at, at + 1):
            wide.add(at)
    wide.update(at for at in opened if beside_han(at, at + 1))
    if not wide:
        return text
    if wide.issuperset(found):
        return text.replace("(", "（").replace(")", "）")
    parts: list[str] = []
    position = 0
    for at in sorted(wide):
        parts += (text[position:at], text[at].translate(_WIDE))
        position = at + 1
    parts.append(text[position:])
    return "".join(parts)
