"""The words around quantities (data/dictionaries/target_cues.yaml, tense_cues.yaml) and patterns that are made of them when first used."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from typing import Any

from policykit.dictionaries import packaged_dictionary
from policykit.patterns import compiled
from policykit.quantities.units import alternatives


@lru_cache(maxsize=1)
def _lists() -> Mapping[str, tuple[str, ...]]:
    """The lists of the dictionaries, and those made of them: 新 and 再 before producing verbs, all verbs of more than one character."""
    tenses = packaged_dictionary("tense_cues")
    lists: dict[str, Any] = {**packaged_dictionary("target_cues"), **tenses["sentences"]}
    for part in ("headings", "paragraphs"):
        lists.update({f"{part}_{name}": words for name, words in tenses[part].items()})
    found = {
        name: tuple(words.split() if isinstance(words, str) else words)
        for name, words in lists.items()
        if name != "examples"
    }
    prefixed = tuple(
        prefix + word for prefix in "新再" for word in (*found["produce"], "增设", "增加") if len(word) == 2
    )
    found["produce"] += prefixed
    classes = ("produce", "decrease", "increase", "reach")
    found["verbs"] = tuple(word for name in classes for word in found[name] if len(word) > 1)
    found["inner_verbs"] = tuple(word for name in classes[:3] for word in found[name] if len(word) > 1)
    # before a name: all but single characters that may begin one (会展业, 共享平台)
    found["leading"] = tuple(
        word
        for word in (*found["adverbs"], *found["light_verbs"], "且")
        if word not in found["naming_adverbs"] and (len(word) > 1 or word in "且、")
    )
    return found


def cue_words(name: str) -> tuple[str, ...]:
    """The words of a list; `a|b` gives those of both.

    >>> "增长" in cue_words("increase"), "增长" in cue_words("decrease|increase")
    (True, True)
    """
    return tuple(word for part in name.split("|") for word in _lists()[part])


@lru_cache(maxsize=64)
def cue_set(name: str) -> frozenset[str]:
    """The words of a list, to look a word up in."""
    return frozenset(cue_words(name))


@lru_cache(maxsize=64)
def cue_ends(name: str) -> frozenset[str]:
    """The last characters of the words of a list."""
    return frozenset(word[-1] for word in cue_words(name))


@lru_cache(maxsize=64)
def cue_starts(name: str) -> frozenset[str]:
    """The first characters of the words of a list."""
    return frozenset(word[0] for word in cue_words(name))


_PLACE = compiled(r"(?<!\?P)<([a-z_]+(?:\|[a-z_]+)*)>")


class CuePattern:
    """A pattern with the names of word lists in angle brackets, compiled when it is first used.

    `<grants>` stands for any of the words of that list. `search`, `match`, `fullmatch`, `finditer` and `sub` are those of `re.Pattern`.

    >>> CuePattern("<decrease>(?:到|至)").match("下降到3%").group()
    '下降到'
    """

    __slots__ = ("_template", "finditer", "fullmatch", "match", "search", "split", "sub")

    search: Callable[..., re.Match[str] | None]
    match: Callable[..., re.Match[str] | None]
    fullmatch: Callable[..., re.Match[str] | None]
    finditer: Callable[..., Iterator[re.Match[str]]]
    sub: Callable[..., str]
    split: Callable[..., list[str]]

    def __init__(self, template: str) -> None:
        self._template = template

    def __getattr__(self, name: str) -> Any:
        # called once for each method: afterwards the pattern's own method stands in its slot
        if name.startswith("_"):
            raise AttributeError(name)
        words = _PLACE.sub(lambda place: alternatives(cue_words(place[1])), self._template)
        method = getattr(compiled(words), name)
        setattr(self, name, method)
        return method
