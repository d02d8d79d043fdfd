"""Lines and spaces: one paragraph a line, no blank lines, no spaces that only a printer or a PDF put in.

Works on text whose characters are converted (characters.py): the only white space left is " ", "\\r" and "\\n".
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from policykit.text.punctuation import HAN
from policykit.text.spans import Edit

_STOPS = "，。、；：？！“”‘’《》〈〉（）〔〕【】…—·"


class _Patterns(NamedTuple):
    space: re.Pattern[str]
    between_han: re.Pattern[str]
    letter_spaced: re.Pattern[str]
    invisible: re.Pattern[str]
    digit_groups: re.Pattern[str]


@lru_cache(maxsize=1)
def _patterns() -> _Patterns:
    return _Patterns(
        # beside Chinese punctuation; between a Chinese character and a digit or Latin letter; around narrow signs among Chinese characters
        space=re.compile(
            rf"(?<=[{_STOPS}]) +| +(?=[{_STOPS}])"
            rf"|(?<=[{HAN}]) +(?=[0-9A-Za-z%,;:!?.()])|(?<=[0-9A-Za-z%,;:!?.()]) +(?=[{HAN}])"
        ),
        between_han=re.compile(rf"(?<=[{HAN}]) +(?=[{HAN}])"),
        letter_spaced=re.compile(rf"[{HAN}] (?=[{HAN}] [{HAN}])"),
        invisible=re.compile(
            "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffb]+"
        ),
        digit_groups=re.compile(r"(?<![\d.,])\d{1,3}(?:,\d{3})+(?![\d,])"),
    )


def layout_edits(text: str) -> list[Edit]:
    """The edits that bring a text to one paragraph a line, in order."""
    patterns = _patterns()
    inside = [Edit(match.start(), match.end(), "", "space") for match in patterns.space.finditer(text)]
    spaced = patterns.letter_spaced.findall(text)
    if len(spaced) >= 3 and len(spaced) * 50 >= len(text):
        inside += [
            Edit(match.start(), match.end(), "", "letter spacing") for match in patterns.between_han.finditer(text)
        ]
    if not text.isascii():
        inside += [Edit(match.start(), match.end(), "", "invisible") for match in patterns.invisible.finditer(text)]
    for match in patterns.digit_groups.finditer(text):
        inside += [
            Edit(match.start() + at, match.start() + at + 1, "", "digit group")
            for at, sign in enumerate(match[0])
            if sign == ","
        ]
    lines = [
        Edit(match.start(), match.end(), "\n" if 0 < match.start() and match.end() < len(text) else "", "lines")
        for match in re.finditer(r"[ \r\n]*\n[ \r\n]*|^[ \r]+|[ \r]+$", text)
        if match[0] != "\n" or match.start() == 0 or match.end() == len(text)
    ]
    edits, position = [], 0
    for edit in sorted(lines + inside):
        if edit.start >= position:
            edits.append(edit)
            position = edit.end
    return edits
