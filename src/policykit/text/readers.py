"""A working text for readers in Taiwan or Hong Kong: the words of the place, then its characters.

OpenCC's own Taiwan phrases are made for software (優化 becomes 最佳化, 循環 迴圈, 集群 叢集) and unfit for policies. The words here are
those of `data/dictionaries/wording/readers.yaml`; the characters are OpenCC's (s2tw, s2hk). It goes as far as that list does.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from policykit.dictionaries import packaged_dictionary

if TYPE_CHECKING:
    from ahocorasick_rs import AhoCorasick

Place = Literal["taiwan", "hong-kong"]

_CHARACTERS = {"taiwan": "s2tw", "hong-kong": "s2hk"}


def for_readers(text: str, place: Place) -> str:
    """A text in Simplified characters and mainland wording as readers of a place would have it. Offsets change.

    >>> for_readers("推进“信息化”，优化产业集群，提高服务质量", "taiwan")
    '推進「資訊化」，優化產業集群，提高服務品質'
    >>> for_readers("推进“信息化”，优化产业集群，提高服务质量", "hong-kong")
    '推進「資訊化」，優化產業集群，提高服務質素'
    """
    from opencc import OpenCC

    converted: str = OpenCC(_CHARACTERS[place]).convert(in_words_of(text, place))
    return converted.translate(_letters(place))


def in_words_of(text: str, place: Place) -> str:
    """The text with the words of a place for mainland's, in the characters that it has.

    >>> in_words_of("大数据、知识产权、软件", "taiwan")
    '大数据、智慧财产权、软体'
    """
    from policykit.text.characters import without_surrogates
    from policykit.text.pieces import matches_in_pieces

    automaton, instead, longest = _words(place)
    text = without_surrogates(text)
    parts: list[str] = []
    position = 0
    for index, start, end in matches_in_pieces(automaton.find_matches_as_indexes, text, longest):
        parts += text[position:start], instead[index]
        position = end
    return "".join(parts) + text[position:]


@lru_cache(maxsize=2)
def _letters(place: Place) -> dict[int, str]:
    """What OpenCC leaves to do: quotation marks, and letters that offices of the place write otherwise."""
    own = packaged_dictionary("wording/readers")[place].get("characters", ())
    return {ord(pair[0]): pair[1] for pair in ("“「", "”」", "‘『", "’』", *own)}


@lru_cache(maxsize=2)
def _words(place: Place) -> tuple[AhoCorasick, tuple[str, ...], int]:
    from ahocorasick_rs import AhoCorasick, MatchKind

    listed = packaged_dictionary("wording/readers")[place]
    words: dict[str, str] = {**listed["words"], **{phrase: phrase for phrase in listed["keep"]}}
    automaton = AhoCorasick(tuple(words), matchkind=MatchKind.LeftmostLongest)
    return automaton, tuple(words.values()), max(map(len, words))
