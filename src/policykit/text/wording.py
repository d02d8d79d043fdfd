"""Whose words a document is written in, and mainland words for those that a gateway put in their place.

A mainland document shown by a "big5" gateway, or sent through OpenCC's s2twp, has Taiwan's words: 資訊化 for 信息化, 支援 for 支持.
Gateways differ, and many of these words are at home in mainland language too, so each is decided by what the document shows of
that conversion and by its own neighbours. The words and their contexts lie under `data/dictionaries/wording`. Taiwan's and Hong
Kong's own documents keep their words; `equivalent_words()` holds the two sides equal for comparison and search.

Everything here reads text in Simplified characters.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Literal, NamedTuple

from policykit.dictionaries import packaged_dictionary
from policykit.text.spans import Edit
from policykit.text.wording_entries import Context, Entry, entries

if TYPE_CHECKING:
    from ahocorasick_rs import AhoCorasick

Label = Literal["mainland", "taiwan-gateway", "taiwan", "hong-kong"]

#: Words that mainland documents in Simplified script never have, and those that Taiwan's and Hong Kong's have on the first page:
#: a Simplified text without any of them is not looked at further.
_FIRST_LOOK = (
    "资讯",
    "网路",
    "软体",
    "水准",
    "高品质发展",
    "智慧财产",
    "人工智慧",
    "专案",
    "支援力度",
    "程式",
    "最佳化",
    "网际",
    "积体电路",
)
_ELSEWHERE = ("行政院", "中华民国", "立法院", "特区政府", "立法会", "行政长官", "直辖市、县")

#: How many different telltale words a text in Simplified script must have before it is taken for a gateway's: a mainland writer may
#: use one of them once.
_TELLTALES_IN_SIMPLIFIED = 3
#: How many different telltale words show that a gateway converted more than a word or two, and so perhaps those that only their
#: context can tell.
_TELLTALES_OF_BREADTH = 2
#: How many different words of OpenCC's software list show that all of its list was applied.
_TELLTALES_OF_VOCABULARY = 2
#: Everyday words that OpenCC's list converts: in a reworded text of some length that has none of them, it was applied too.
_CONVERTED = (
    "优化",
    "数据",
    "设备",
    "运行",
    "支持",
    "项目",
    "网络",
    "信息",
    "设置",
    "社区",
    "文件",
    "类型",
    "通过",
    "审核",
    "联系",
    "集成",
)
_CONVERTED_WITHIN = 1000
#: A telltale word counts unless the document has its official word more than so many times as often.
_LEFT_FOR_EACH_TELLTALE = 2
#: A word that mainland documents never have stays all the same where the official word is more than so many times as frequent:
#: somebody chose it.
_LEFT_FOR_EACH_CHOSEN = 10
#: A conversion shows itself where the word it makes stands at least so many times for each official word that is left.
_REWORDED_FOR_EACH_LEFT = 5


@dataclass(frozen=True)
class WordingResult:
    """What was found out about the words of a document.

    `evidence` counts the telltale words that the label rests on; `edits` (offsets in the text given, in order) put official words
    for a gateway's, each with the rule `wording/<word>`.
    """

    label: Label = "mainland"
    evidence: Mapping[str, int] = field(default_factory=dict)
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
    if script == "simplified" and not _first_look().find_matches_as_indexes(text):
        return WordingResult()
    hits = _hits(text)
    telltales = _telltales(text, hits)
    home, shown = _home(text)
    if home != "mainland":
        return WordingResult(home, {**shown, **telltales})
    if len(telltales) < (_TELLTALES_IN_SIMPLIFIED if script == "simplified" else 1):
        return WordingResult("mainland", shown)
    return WordingResult("taiwan-gateway", {**telltales, **shown}, tuple(_edits(text, hits, len(telltales))))


def reworded(text: str) -> str:
    """The text with mainland words, if it is taken for granted that a gateway reworded all of it: for trying entries.

    >>> reworded("全流程式控制制、公共服务共用")
    '全流程控制、公共服务共享'
    """
    parts, position = [], 0
    for hit in _hits(text):
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
    pairs = [(entry.word, entry.official) for entry in entries() if entry.official and not entry.repairs]
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

    @property
    def meant(self) -> str:
        """What the telltale word or phrase stands for."""
        official = self.official or self.entry.word
        if self.context is not None and self.context.telltale:
            return self.context.before + official + self.context.after
        return official


def _automaton(words: tuple[str, ...]) -> AhoCorasick:
    from ahocorasick_rs import AhoCorasick, MatchKind

    return AhoCorasick(words, matchkind=MatchKind.LeftmostLongest)


@lru_cache(maxsize=1)
def _first_look() -> AhoCorasick:
    return _automaton(_FIRST_LOOK + _ELSEWHERE)


@lru_cache(maxsize=1)
def _words() -> AhoCorasick:
    return _automaton(tuple(entry.word for entry in entries()))


@lru_cache(maxsize=1)
def _homes() -> tuple[AhoCorasick, tuple[tuple[Label, str], ...]]:
    listed = packaged_dictionary("wording/evidence")
    owners: tuple[tuple[Label, str], ...] = tuple((label, word) for label, words in listed.items() for word in words)
    return _automaton(tuple(word for _, word in owners)), owners


def _hits(text: str) -> list[_Hit]:
    listed = entries()
    hits = []
    for index, start, end in _words().find_matches_as_indexes(text):
        entry = listed[index]
        context = entry.context_at(text, start, end) if entry.contexts else None
        hits.append(_Hit(start, end, entry, context, entry.official if context is None else context.official))
    return hits


def _telltales(text: str, hits: list[_Hit]) -> dict[str, int]:
    """How often each word stands there that mainland documents never have, unless its official word stands there far more often."""
    counts: dict[str, int] = {}
    meant: dict[str, str] = {}
    for hit in hits:
        official = hit.official
        if official is not None and (word := hit.tells):
            counts[word] = counts.get(word, 0) + 1
            meant[word] = hit.meant
    return {word: count for word, count in counts.items() if text.count(meant[word]) <= _LEFT_FOR_EACH_TELLTALE * count}


def _home(text: str) -> tuple[Label, dict[str, int]]:
    """Where the document was written, from its institutions and turns of phrase, with what says so."""
    automaton, owners = _homes()
    counts: dict[str, dict[str, int]] = {"mainland": {}}
    for index, _, _ in automaton.find_matches_as_indexes(text):
        label, word = owners[index]
        of_label = counts.setdefault(label, {})
        of_label[word] = of_label.get(word, 0) + 1
    best: Label = "mainland"
    for label in ("taiwan", "hong-kong"):
        if sum(counts.get(label, {}).values()) > sum(counts[best].values()):
            best = "taiwan" if label == "taiwan" else "hong-kong"
    strongest = sorted(counts[best].items(), key=lambda item: (-item[1], item[0]))[:8]
    return best, dict(strongest)


def _edits(text: str, hits: list[_Hit], telltales: int) -> list[Edit]:
    document = _Document(text, hits, telltales)
    edits = []
    for hit in hits:
        official = hit.official
        if official is not None and document.shows(hit, official):
            edits.append(Edit(hit.start, hit.end, official, f"wording/{hit.entry.word}"))
    return edits


class _Document:
    """What a reworded document shows of each conversion, counted once."""

    def __init__(self, text: str, hits: list[_Hit], telltales: int) -> None:
        self._text = text
        self._counts: dict[tuple[str, str], int] = {}
        self._told: set[str] = set()
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
                self._told.add(hit.entry.word)
        self._whole_vocabulary = len(vocabulary) >= _TELLTALES_OF_VOCABULARY or (
            len(text) >= _CONVERTED_WITHIN and not any(word in text for word in _CONVERTED)
        )
        self._known: dict[tuple[str, str], bool] = {}

    def shows(self, hit: _Hit, official: str) -> bool:
        """Whether the word of a hit may be taken for the official one."""
        if hit.context is not None and hit.context.telltale:
            return True
        key = hit.entry.word, official
        if key not in self._known:
            self._known[key] = self._decide(hit.entry, official)
        return self._known[key]

    def _decide(self, entry: Entry, official: str) -> bool:
        made, left = self._counts[entry.word, official], self._text.count(official)
        if entry.where == "always":
            return left <= made * _LEFT_FOR_EACH_CHOSEN
        if not self._broad and entry.word not in self._told:
            return False
        if entry.where == "vocabulary" and not self._whole_vocabulary:
            return False
        if entry.where == "government" and self._whole_vocabulary and entry.word not in self._told:
            return False
        return left * _REWORDED_FOR_EACH_LEFT <= made
