"""Whose words a document is written in, and mainland words for those that a gateway put in their place.

A mainland document shown by a "big5" gateway, or sent through OpenCC's s2twp, has Taiwan's words: 資訊化 for 信息化, 支援 for 支持.
Gateways differ, and many of these words are at home in mainland language too, so each is decided by what the document shows of
that conversion and by its own neighbours. The words and their contexts lie under `data/dictionaries/wording`. Taiwan's and Hong
Kong's own documents keep their words; `equivalent_words()` holds the two sides equal for comparison and search.

Everything here reads text in Simplified characters.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache, partial
from operator import itemgetter
from typing import Literal, NamedTuple

from policykit.dictionaries import packaged_dictionary
from policykit.text.characters import without_surrogates
from policykit.text.pieces import TermMatch, matches_in_pieces
from policykit.text.places import places
from policykit.text.spans import Edit
from policykit.text.wording_entries import Context, Entry, entries

Label = Literal["mainland", "taiwan-gateway", "taiwan", "hong-kong"]
_INDEX = itemgetter(0)

#: How many different telltale words a text in Simplified script must have before it is taken for a gateway's: a mainland writer may
#: use one of them once.
_TELLTALES_IN_SIMPLIFIED = 3
#: How many different telltale words show that a gateway converted more than a word or two, and so perhaps those that only their
#: context can tell.
_TELLTALES_OF_BREADTH = 2
#: So many different phrases that only the conversion of a word explains decide for it, however often its official word is left: a
#: gateway that mixes both within a sentence.
_PHRASES_THAT_TELL = 2
#: How many different words of OpenCC's software list show that all of its list was applied.
_TELLTALES_OF_VOCABULARY = 2
#: In a reworded text of this many characters or more, none of the everyday words that OpenCC's list converts says so too.
_CONVERTED_WITHIN = 1000
#: A telltale word counts unless the document has its official word more than so many times as often.
_LEFT_FOR_EACH_TELLTALE = 2
#: A word that mainland documents never have stays all the same where the official word is more than so many times as frequent:
#: somebody chose it.
_LEFT_FOR_EACH_CHOSEN = 10
#: The automaton that searches twice as fast takes three milliseconds more to make: it is made for those who ask for so many letters.
_ASKED_BEFORE_FAST = 50_000
#: A conversion shows itself where the word it makes stands at least so many times for each official word that is left.
_REWORDED_FOR_EACH_LEFT = 5


class WordingResult(NamedTuple):
    """What was found out about the words of a document.

    `evidence` counts the telltale words that the label rests on; `edits` (offsets in the text given, in order) put official words
    for a gateway's, each with the rule `wording/<word>`.
    """

    label: Label
    evidence: Mapping[str, int]
    edits: tuple[Edit, ...] = ()


def wording_edits(text: str, script: str = "simplified") -> WordingResult:
    """The wording of a text in Simplified characters, and the edits that give it mainland words.

    `script` is what the document came in: simplified, traditional or mixed. Mainland text and genuine Taiwan and Hong Kong
    documents get no edits.

    >>> result = wording_edits("国务院关于工业和资讯化高品质发展的意见，支援企业", "traditional")
    >>> result.label, [(edit.start, edit.text) for edit in result.edits]
    ('taiwan-gateway', [(8, '信息'), (12, '质量'), (20, '支持')])
    >>> wording_edits("推进智慧城市建设，提升城市品质").label
    'mainland'
    """
    try:
        return _wording(text, script)
    except UnicodeEncodeError:  # half of a surrogate pair, which the automata cannot read
        return _wording(without_surrogates(text), script)


def _wording(text: str, script: str) -> WordingResult:
    if script == "simplified" and next(_first_look()(text), None) is None:
        return WordingResult("mainland", {})
    found = list(_words()(text))
    telling = [hit for hit in _hits(text, found, telling=True) if hit.official and hit.tells]
    telltales = _telltales(telling, text)
    home, shown = _home(text)
    if telltales and not shown:  # nothing says that it was written elsewhere than where its words are at home
        home = "taiwan"
    if home != "mainland":
        return WordingResult(home, {**shown, **telltales})
    if len(telltales) < (_TELLTALES_IN_SIMPLIFIED if script == "simplified" else 1):
        return WordingResult("mainland", shown)
    hits = _hits(text, found)
    edits = _edits(text, hits, _left(text), len(telltales))
    return WordingResult("taiwan-gateway", {**telltales, **shown}, tuple(edits))


def reworded(text: str) -> str:
    """The text with mainland words, if it is taken for granted that a gateway reworded all of it: for trying entries.

    >>> reworded("全流程式控制制、公共服务共用")
    '全流程控制、公共服务共享'
    """
    parts, position = [], 0
    for hit in _hits(text, list(_words()(text))):
        official = hit.official
        if official is not None:
            parts.append(text[position : hit.start])
            parts.append(official)
            position = hit.end
    return "".join(parts) + text[position:]


@lru_cache(maxsize=1)
def equivalent_words() -> Mapping[str, frozenset[str]]:
    """For each word in Simplified characters the words that say the same elsewhere: mainland's for Taiwan's and Hong Kong's, and back.

    Words that are the same only in some context are left out. Equality does not run on: 资讯 = 信息 = 讯息 does not make 资讯 = 讯息.

    >>> sorted(equivalent_words()["软件"]), sorted(equivalent_words()["资安"])
    (['软体'], ['网络安全'])
    """
    words: dict[str, set[str]] = {}
    pairs = [
        (entry.word, entry.official) for entry in entries() if entry.official and entry.equal and not entry.repairs
    ]
    for place in packaged_dictionary("wording/equivalents").values():
        pairs.extend(place.items())
    for there, here in pairs:
        words.setdefault(there, set()).add(here)
        words.setdefault(here, set()).add(there)
    return {word: frozenset(others) for word, others in words.items()}


class _Hit(NamedTuple):
    """A word of the lists at its place, and what its neighbours say of it."""

    start: int
    end: int
    entry: Entry
    context: Context | None
    official: str | None  # what the word stands for if the conversion is a fact; None where it stays

    @property
    def tells(self) -> str:
        """The word or phrase here that mainland documents never have, empty if there is none."""
        if self.context is not None and self.context.telltale:
            return self.context.phrase
        return self.entry.word if self.entry.telltale else ""


class _Finder:
    """What finds the words in a text: the leftmost and longest, or all, also those within others."""

    def __init__(self, words: tuple[str, ...], *, overlapping: bool = False) -> None:
        self._words, self._longest, self._overlapping = words, max(map(len, words)), overlapping
        self._asked = 0  # how many letters it was asked for so far
        self._is_fast = False
        self._find = self._automaton()

    def __call__(self, text: str) -> Iterator[TermMatch]:
        """Index, start and end of each."""
        if self._asked < _ASKED_BEFORE_FAST:
            self._asked += len(text)
        elif not self._is_fast:
            self._is_fast = True
            self._find = self._automaton()
        return matches_in_pieces(self._find, text, self._longest, overlapping=self._overlapping)

    def _automaton(self) -> Callable[[str], Iterable[TermMatch]]:
        from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

        kind = MatchKind.Standard if self._overlapping else MatchKind.LeftmostLongest
        automaton = AhoCorasick(
            self._words, matchkind=kind, implementation=Implementation.DFA if self._is_fast else None
        )
        return partial(automaton.find_matches_as_indexes, overlapping=self._overlapping)


@lru_cache(maxsize=1)
def _first_look() -> _Finder:
    return _Finder(tuple(packaged_dictionary("wording/evidence")["first_look"]))


@lru_cache(maxsize=1)
def _words() -> _Finder:
    return _Finder(tuple(entry.word for entry in entries()))


@lru_cache(maxsize=2)
def _homes(signs: Literal["homes", "turns"]) -> tuple[_Finder, tuple[tuple[Label, str], ...]]:
    listed: dict[Label, list[str]] = packaged_dictionary("wording/evidence")[signs]
    words: dict[str, Label] = {word: label for label, words in listed.items() for word in words}
    return _Finder(tuple(words)), tuple((label, word) for word, label in words.items())


@lru_cache(maxsize=1)
def _officials() -> tuple[_Finder, tuple[str, ...]]:
    words: dict[str, None] = {}
    for entry in entries():
        for official in (entry.official, *(context.official for context in entry.contexts)):
            if official:
                words[official] = None
        words.update((context.meant, None) for context in entry.contexts if context.telltale)
    return _Finder(tuple(words), overlapping=True), tuple(words)


def _left(text: str) -> dict[str, int]:
    """How often each official word stands in the text, also within a longer one."""
    find, words = _officials()
    return {words[index]: count for index, count in Counter(map(_INDEX, find(text))).items()}


def _hits(text: str, found: list[TermMatch], *, telling: bool = False) -> list[_Hit]:
    """The words found in the text with what their neighbours say of them; `telling`: of those words alone that may tell."""
    listed = entries()
    hits = []
    for index, start, end in found:
        entry = listed[index]
        if telling and not entry.can_tell:
            continue
        context = entry.context_at(text, start, end) if entry.contexts else None
        hits.append(_Hit(start, end, entry, context, entry.official if context is None else context.official))
    return hits


def _telltales(hits: list[_Hit], text: str) -> dict[str, int]:
    """How often each word stands there that mainland documents never have, unless its official word stands there far more often."""
    counts: dict[str, int] = {}
    meant: dict[str, str] = {}
    for hit in hits:
        official = hit.official
        if official is not None and (word := hit.tells):
            counts[word] = counts.get(word, 0) + 1
            meant[word] = official if hit.context is None or not hit.context.telltale else hit.context.meant
    # they are few, so that their official words alone are counted
    left = {official: len(places(text, (official,))) for official in set(meant.values())}
    return {word: count for word, count in counts.items() if left[meant[word]] <= _LEFT_FOR_EACH_TELLTALE * count}


def _home(text: str) -> tuple[Label, dict[str, int]]:
    """Where the document was written, from its institutions, else from its turns of phrase, with what says so."""
    signs: Literal["homes", "turns"]
    for signs in ("homes", "turns"):
        find, owners = _homes(signs)
        counts: dict[Label, dict[str, int]] = {"mainland": {}, "taiwan": {}, "hong-kong": {}}
        for index, count in Counter(map(_INDEX, find(text))).items():
            label, word = owners[index]
            counts[label][word] = count
        best = max(counts, key=lambda label: sum(counts[label].values()))
        if counts[best]:
            break
    else:
        return "mainland", {}
    strongest = sorted(counts[best].items(), key=lambda item: (-item[1], item[0]))[:8]
    return best, dict(strongest)


def _edits(text: str, hits: list[_Hit], left: Mapping[str, int], telltales: int) -> list[Edit]:
    document = _Document(text, hits, left, telltales)
    edits = []
    for hit in hits:
        official = hit.official
        if official is not None and document.shows(hit, official):
            edits.append(Edit(hit.start, hit.end, official, f"wording/{hit.entry.word}"))
    return edits


class _Document:
    """What a reworded document shows of each conversion, counted once."""

    def __init__(self, text: str, hits: list[_Hit], left: Mapping[str, int], telltales: int) -> None:
        self._left = left
        self._counts: dict[tuple[str, str], int] = {}
        told: set[tuple[str, str]] = set()
        self._broad = telltales >= _TELLTALES_OF_BREADTH
        vocabulary: set[str] = set()
        for hit in hits:
            official = hit.official
            if official is None:
                continue
            key = hit.entry.word, official
            self._counts[key] = self._counts.get(key, 0) + 1
            if hit.entry.telltale_of_vocabulary:
                vocabulary.add(hit.entry.word)
            if hit.context is not None and hit.context.telltale:
                told.add((hit.entry.word, hit.context.phrase))
        self._whole_vocabulary = len(vocabulary) >= _TELLTALES_OF_VOCABULARY or (
            len(text) >= _CONVERTED_WITHIN
            and not any(word in text for word in packaged_dictionary("wording/evidence")["converted"])
        )
        #: by how many different phrases a word shows that its own conversion was made
        self._told = Counter(word for word, _ in told)
        self._known: dict[tuple[str, str], bool] = {}

    def shows(self, hit: _Hit, official: str) -> bool:
        """Whether the word of a hit may be taken for the official one."""
        if hit.context is not None and (hit.context.telltale or (self._broad and self._told[hit.entry.word])):
            return True
        key = hit.entry.word, official
        if key not in self._known:
            self._known[key] = self._decide(hit.entry, official)
        return self._known[key]

    def _decide(self, entry: Entry, official: str) -> bool:
        made, left = self._counts[entry.word, official], self._left.get(official, 0)
        if entry.where == "always":
            return left <= made * _LEFT_FOR_EACH_CHOSEN
        told = self._told[entry.word]
        if told >= _PHRASES_THAT_TELL:
            return True
        if not told and (not self._broad or entry.where == ("government" if self._whole_vocabulary else "vocabulary")):
            return False
        return left * _REWORDED_FOR_EACH_LEFT <= made
