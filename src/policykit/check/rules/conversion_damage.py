"""PK503: words that a conversion spoiled."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from policykit.check.findings import Hit
from policykit.check.rule import Rule
from policykit.check.subject import Subject
from policykit.text.characters import convert_characters, without_surrogates

if TYPE_CHECKING:
    from ahocorasick_rs import AhoCorasick

    from policykit.text.wording_entries import Entry

#: the rest of a word before the spoiled part
_BEFORE = re.compile(r"[\u4e00-\u9fff]+$")


def _find(subject: Subject) -> Iterator[Hit]:
    # one character for one, so offsets are those of the source
    text = without_surrogates(convert_characters(subject.source_text)[0])
    automaton, spoiled = _spoiled()
    for index, start, end in automaton.find_matches_as_indexes(text):
        entry = spoiled[index]
        context = entry.context_at(text, start, end) if entry.contexts else None
        official = entry.official if context is None else context.official
        if official is not None:
            before = _BEFORE.search(text[max(0, start - 3) : start])
            word = before[0] if before else ""
            message = f"a conversion spoiled {word}{entry.word}: {word}{official} is meant"
            yield subject.at_source(start, end, message, text[max(0, start - 10) : end + 10])


@lru_cache(maxsize=1)
def _spoiled() -> tuple[AhoCorasick, tuple[Entry, ...]]:
    from ahocorasick_rs import AhoCorasick, MatchKind

    from policykit.text.wording_entries import entries

    # the other words are there so that the longest match decides, as in normalisation
    found = tuple(entry for entry in entries() if entry.repairs)
    return AhoCorasick([entry.word for entry in found], matchkind=MatchKind.LeftmostLongest), found


RULE = Rule(
    code="PK503",
    name="conversion-damage",
    severity="warning",
    summary="Words that a conversion spoiled: 全流程式控制制 for 全流程控制.",
    why="A machine took the end of one word and the beginning of the next for a word of its list. No reader understands the result, no search finds "
    "it.",
    bad="某市行动方案\n一、主要任务\n（一）强化监管。实施全流程式控制制，健全质量追溯体系。\n",
    good="某市行动方案\n一、主要任务\n（一）强化监管。实施全流程控制，健全质量追溯体系。\n",
    find=_find,
    needs_text=True,
)
