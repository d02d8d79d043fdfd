"""Taiwan's and Hong Kong's words as mainland ones, so that a wording never shows as a change."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from policykit.cache import cached_value, content_key
from policykit.dictionaries import packaged_dictionary, packaged_digest
from policykit.domains.matching import TermMatcher
from policykit.text.wording_entries import entries

#: stands between texts that are looked through together, and in no word
_BORDER = "\x1f"


@lru_cache(maxsize=1)
def _matcher() -> tuple[TermMatcher, tuple[str, ...]]:
    """The words of elsewhere, and for each of them the mainland word."""
    key = content_key("mainland", [packaged_digest()], made_by=__file__)
    terms, meant = cached_value(key, _mainland)
    return TermMatcher(terms), meant


def _mainland() -> tuple[tuple[str, ...], tuple[str, ...]]:
    words = {entry.word: entry.official for entry in entries() if entry.official and not entry.repairs}
    for place in packaged_dictionary("wording/equivalents").values():
        words.update(place)
    # a word that is itself what another one becomes is at home on the mainland too
    there = sorted(word for word in words if word not in set(words.values()))
    # so is one that holds a word of elsewhere: 停车位 has 车位 in it, for which the mainland says 停车位
    inside = TermMatcher(there)
    home = sorted(word for word in set(words.values()) if inside.find(word))
    return (*there, *home), (*(words[word] for word in there), *home)


def mainland_words(text: str) -> str:
    """A text in Simplified characters with mainland words for those of Taiwan and Hong Kong.

    Words that are at home on both sides are changed as well: this is for comparing, not for reading.

    >>> mainland_words("提升资讯服务水准") == mainland_words("提升信息服务水平")
    True
    >>> mainland_words("停车位")
    '停车位'
    """
    return _replaced(text, *_matcher())


def in_mainland_words(texts: Iterable[str]) -> list[str]:
    """Many texts in mainland words: looked through in one go, for most of what a document says is short.

    >>> in_mainland_words(["资讯服务", "", "水准"])
    ['信息服务', '', '水平']
    """
    texts = list(texts)
    found = mainland_words(_BORDER.join(texts)).split(_BORDER)
    return found if len(found) == len(texts) else [mainland_words(text) for text in texts]


@lru_cache(maxsize=1)
def _merging() -> tuple[TermMatcher, tuple[str, ...]]:
    """The words that a gateway writes as another mainland word, and that word."""
    key = content_key("merging", [packaged_digest()], made_by=__file__)
    terms, written = cached_value(key, _merged)
    return TermMatcher(terms), written


def _merged() -> tuple[tuple[str, ...], tuple[str, ...]]:
    words: dict[str, str] = {}
    for entry in entries():
        for meant in (entry.official, *(context.official for context in entry.contexts)):
            if meant and meant != entry.word and not entry.repairs:
                words.setdefault(meant, entry.word)
    there = sorted(word for word in words if word not in set(words.values()))
    return tuple(there), tuple(words[word] for word in there)


def merged_words(text: str) -> str:
    """A text with one word for those that a gateway makes one of: what it wrote 建立 may have been 创建.

    Only for comparing a document with one that may have come through a gateway.

    >>> merged_words("创建平台") == merged_words("建立平台")
    True
    """
    return _replaced(text, *_merging())


def _replaced(text: str, matcher: TermMatcher, words: tuple[str, ...]) -> str:
    parts: list[str] = []
    behind = 0
    for index, start, end in matcher.find(text):
        parts += (text[behind:start], words[index])
        behind = end
    return "".join(parts) + text[behind:] if parts else text
