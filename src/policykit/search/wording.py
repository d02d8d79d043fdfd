"""The words to look for in a document when somebody asks for one: the same in Simplified characters, and what says the same there.

Which words say the same depends on where the document was written: who asks for 数据 finds 資料 in a document of Taiwan, but not in one
of the mainland, where 资料 is another word.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import islice, product
from typing import TYPE_CHECKING, NamedTuple

from policykit.dictionaries import packaged_dictionary
from policykit.text.characters import convert_characters
from policykit.text.punctuation import convert_punctuation
from policykit.text.wording_entries import entries

if TYPE_CHECKING:
    from ahocorasick_rs import AhoCorasick

#: the wordings whose documents keep their own words in the working text; those of all others are the mainland's
OWN_WORDINGS = ("taiwan", "hong-kong")
#: how many forms of one query word are looked for at most
_MOST_FORMS = 24


def folded(text: str) -> str:
    """A text as search compares it, as long as before: Simplified, half-width, small letters.

    >>> folded("資訊ＡＩ")
    '资讯ai'
    """
    return lowered(convert_punctuation(convert_characters(text)[0]))


def lowered(text: str) -> str:
    """The text in small letters, as long as before."""
    small = text.lower()
    if len(small) == len(text):
        return small
    return "".join(letter.lower() if len(letter.lower()) == 1 else letter for letter in text)


def forms(word: str, wording: str) -> tuple[str, ...]:
    """What to look for in a document of a wording, the word itself first.

    >>> forms("数据", "mainland"), forms("数据", "taiwan"), forms("資訊化", "mainland")
    (('数据',), ('数据', '资料'), ('资讯化', '信息化'))
    >>> "资讯安全" in forms("信息安全", "taiwan")
    True
    """
    return _forms(folded(word), wording if wording in OWN_WORDINGS else "mainland")


def all_forms(word: str) -> tuple[str, ...]:
    """What to look for in documents of any wording."""
    found = (form for wording in ("mainland", *OWN_WORDINGS) for form in forms(word, wording))
    return tuple(dict.fromkeys(found))


@lru_cache(maxsize=256)
def _forms(word: str, wording: str) -> tuple[str, ...]:
    options: list[tuple[str, ...]] = []
    position = 0
    others = _others()[wording]
    for start, end, listed in _listed(word):
        options.append((word[position:start],))
        options.append((listed, *others.get(listed, ()), *_by_parts(listed, others)))
        position = end
    options.append((word[position:],))
    made = ("".join(parts) for parts in product(*options))
    return tuple(dict.fromkeys(islice(made, _MOST_FORMS)))


def _by_parts(listed: str, others: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    """A listed word with another one for a word inside it: who asks for 信息安全 (資通安全 in Taiwan) finds 資訊安全 too."""
    for start in range(len(listed) - 1):
        for end in range(start + 2, len(listed) + 1):
            if end - start < len(listed):
                for other in others.get(listed[start:end], ()):
                    yield f"{listed[:start]}{other}{listed[end:]}"


class _Words(NamedTuple):
    automaton: AhoCorasick
    words: tuple[str, ...]


def _listed(text: str) -> list[tuple[int, int, str]]:
    """The words of the lists in a text, the longest first at each place."""
    automaton, words = _automaton()
    return [(start, end, words[index]) for index, start, end in automaton.find_matches_as_indexes(text)]


@lru_cache(maxsize=1)
def _automaton() -> _Words:
    from ahocorasick_rs import AhoCorasick, MatchKind

    words = tuple(sorted({word for table in _others().values() for word in table}))
    return _Words(AhoCorasick(words, matchkind=MatchKind.LeftmostLongest), words)


@lru_cache(maxsize=1)
def _others() -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    """For each wording and each listed word the words that say the same in documents of that wording."""
    pairs: dict[str, list[tuple[str, str]]] = {
        place: list(words.items()) for place, words in packaged_dictionary("wording/equivalents").items()
    }
    pairs.setdefault("taiwan", []).extend(
        (lowered(entry.word), lowered(entry.official))
        for entry in entries()
        if entry.official and entry.equal and not entry.repairs
    )
    home: dict[str, dict[str, None]] = {}
    for listed in pairs.values():
        for there, here in listed:
            home.setdefault(there, {})[here] = None
    tables: dict[str, Mapping[str, tuple[str, ...]]] = {
        "mainland": {word: tuple(found) for word, found in home.items()}
    }
    for place in OWN_WORDINGS:
        table: dict[str, dict[str, None]] = {word: dict(found) for word, found in home.items()}
        own: dict[str, dict[str, None]] = {}
        for there, here in pairs.get(place, ()):
            own.setdefault(here, {})[there] = None
        for here, theirs in own.items():
            table.setdefault(here, {}).update(theirs)
        for there, heres in home.items():  # another place's word by way of the mainland's
            for here in heres:
                table.setdefault(there, {}).update({word: None for word in own.get(here, ()) if word != there})
        tables[place] = {word: tuple(found) for word, found in table.items()}
    return tables
