"""The entries of the wording dictionaries: a gateway's word, the official one, and the neighbours that decide between them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from functools import cached_property, lru_cache
from typing import Any, Literal, NamedTuple

from policykit.cache import cached_value, content_key
from policykit.dictionaries import packaged_dictionary, packaged_digest
from policykit.errors import DictionaryError
from policykit.patterns import compiled

Where = Literal["always", "document", "government", "vocabulary"]

#: What ends the clause that a word stands in, and how far off that may be for a phrase with `…`.
_CLAUSE_END = compiled(r"[，。；：、,;:（()）\n]|\Z")
_CLAUSE_LIMIT = 30
#: The lists under `data/dictionaries/wording` that hold entries.
LISTS = ("government", "computing", "names")
_KEYS = {"word", "official", "where", "contexts", "keep", "telltale", "repairs", "equal", "examples"}


class Context(NamedTuple):
    """A phrase around a gateway's word: what stands before and after it, and the official word there (None: the word stays)."""

    phrase: str
    before: str
    after: str
    official: str | None
    telltale: bool = False

    @property
    def ends_clause(self) -> bool:
        """Whether the phrase has `…` after the word: anything up to what follows it, at the end of the clause."""
        return self.after.startswith("…")

    @property
    def rank(self) -> tuple[int, bool, bool]:
        """The longest phrase comes first; of equal ones those that tell, then those that keep the word."""
        return -len(self.before) - len(self.after), not self.telltale, self.official is not None

    @property
    def meant(self) -> str:
        """The phrase with the official word; empty where the word stays."""
        return self.before + self.official + self.after if self.official else ""


@dataclass(frozen=True)
class Entry:
    """One gateway word. The meaning of its parts is told at the head of `data/dictionaries/wording/government.yaml`."""

    word: str
    official: str | None
    where: Where
    contexts: tuple[Context, ...]
    telltale: bool
    telltale_of_vocabulary: bool
    repairs: bool
    equal: bool
    examples: Mapping[str, str]

    @cached_property
    def _by_neighbour(self) -> tuple[dict[str, tuple[Context, ...]], dict[str, tuple[Context, ...]]]:
        after: dict[str, list[Context]] = {}
        before: dict[str, list[Context]] = {}
        for context in self.contexts:
            if context.ends_clause:
                continue
            if context.after:
                after.setdefault(context.after[0], []).append(context)
            else:
                before.setdefault(context.before[-1], []).append(context)
        return _frozen(after), _frozen(before)

    def context_at(self, text: str, start: int, end: int) -> Context | None:
        """The longest of the entry's phrases that stands around the word at `start`."""
        after, before = self._by_neighbour
        best: Context | None = None
        for context in after.get(text[end : end + 1], ()):
            if text.startswith(context.after, end) and text.endswith(context.before, 0, start):
                best = context
                break
        for context in before.get(text[start - 1 : start], ()):
            if best is not None and best.rank <= context.rank:
                break
            if text.endswith(context.before, 0, start):
                best = context
                break
        return best if best is not None or not self._to_clause_end else self._clause_at(text, end)

    @cached_property
    def _to_clause_end(self) -> tuple[Context, ...]:
        return tuple(
            sorted((context for context in self.contexts if context.ends_clause), key=lambda context: context.rank)
        )

    def _clause_at(self, text: str, end: int) -> Context | None:
        found = _CLAUSE_END.search(text, end, end + _CLAUSE_LIMIT)
        if found is None or (found.start() == end + _CLAUSE_LIMIT < len(text)):
            return None
        rest = text[end : found.start()].rstrip("”》")
        for context in self._to_clause_end:
            if rest.endswith(context.after[1:]) if context.after[1:] else not rest:
                return context
        return None


def _frozen(contexts: dict[str, list[Context]]) -> dict[str, tuple[Context, ...]]:
    return {key: tuple(sorted(value, key=lambda context: context.rank)) for key, value in contexts.items()}


class _Gateway:
    """What a gateway puts for official words, to read the neighbours in a phrase as it leaves them."""

    def __init__(self, found: Iterable[Entry], wheres: tuple[Where, ...]) -> None:
        from ahocorasick_rs import AhoCorasick, MatchKind

        words: dict[str, str] = {}
        for entry in found:
            if entry.official and entry.where in wheres and not entry.repairs:
                words.setdefault(entry.official, entry.word)
        self._words = tuple(words.values())
        self._officials = AhoCorasick(tuple(words), matchkind=MatchKind.LeftmostLongest)

    def worded(self, text: str) -> str:
        """The text as the gateway leaves it."""
        if len(text) < 2:
            return text
        parts, position = [], 0
        for index, start, end in self._officials.find_matches_as_indexes(text):
            parts.append(text[position:start] + self._words[index])
            position = end
        return "".join(parts) + text[position:]


def _in_words_of_gateways(entry: Entry, gateways: tuple[_Gateway, ...]) -> Entry:
    """The entry with its phrases as they stand, and as gateways leave the words beside its own."""
    contexts = {(context.before, context.after): context for context in reversed(entry.contexts)}
    for context in entry.contexts:
        for gateway in gateways:
            before, after = gateway.worded(context.before), gateway.worded(context.after)
            if (before, after) not in contexts:
                contexts[before, after] = context._replace(before=before, after=after)
    return entry if len(contexts) == len(entry.contexts) else replace(entry, contexts=tuple(contexts.values()))


@lru_cache(maxsize=1)
def entries() -> tuple[Entry, ...]:
    """All entries of the packaged dictionaries. Raises `DictionaryError` where one does not say what it must."""
    key = content_key("wording", [packaged_digest()], made_by=__file__)
    rows = cached_value(key, lambda: [_row(entry) for entry in _entries()])
    return tuple(Entry(**{**row, "contexts": tuple(map(Context._make, row["contexts"]))}) for row in rows)


def _row(entry: Entry) -> dict[str, Any]:
    """An entry as plain data."""
    row = {field.name: getattr(entry, field.name) for field in fields(entry)}
    return {**row, "contexts": tuple(map(tuple, entry.contexts))}


def _entries() -> tuple[Entry, ...]:
    found: dict[str, Entry] = {}
    for name in LISTS:
        path = f"data/dictionaries/wording/{name}.yaml"
        for row in packaged_dictionary(f"wording/{name}"):
            entry = entry_of(row, path)
            if entry.word in found:
                raise DictionaryError(
                    f"{entry.word} stands twice in the wording dictionaries", path=path, advice="join them"
                )
            found[entry.word] = entry
    gateways = (
        _Gateway(found.values(), ("always", "document", "government")),
        _Gateway(found.values(), ("always", "document", "vocabulary")),
    )
    return tuple(_in_words_of_gateways(entry, gateways) for entry in found.values())


def entry_of(row: Mapping[str, Any], path: str) -> Entry:
    """The entry that a row of a wording dictionary states; raises `DictionaryError`."""
    word = row.get("word")
    if not isinstance(word, str) or not word:
        raise DictionaryError("an entry without a word", path=path, advice="give it one")
    if unknown := row.keys() - _KEYS:
        raise DictionaryError(
            f"{word}: unknown key {min(unknown)}", path=path, advice=f"the keys are {', '.join(sorted(_KEYS))}"
        )
    telltale = row.get("telltale", False)
    telling = frozenset(telltale) if isinstance(telltale, list) else frozenset()
    contexts = [
        _context(word, phrase, None if official == word else official, phrase in telling, path)
        for official, phrases in row.get("contexts", {}).items()
        for phrase in phrases
    ]
    stated = {context.phrase for context in contexts}
    official = row.get("official")
    if official is None and (alone := telling - stated):
        raise DictionaryError(
            f"{word}: {min(alone)} tells, but of no official word", path=path, advice="put it among the contexts"
        )
    contexts += [_context(word, phrase, official, True, path) for phrase in telling - stated]
    contexts += [_context(word, phrase, None, False, path) for phrase in row.get("keep", ())]
    return Entry(
        word=word,
        official=official,
        where=row.get("where", "always"),
        contexts=tuple(contexts),
        telltale=telltale in (True, "vocabulary"),
        telltale_of_vocabulary=telltale == "vocabulary",
        repairs=row.get("repairs", False),
        equal=row.get("equal", True),
        examples=row.get("examples", {}),
    )


def _context(word: str, phrase: str, official: str | None, telltale: bool, path: str) -> Context:
    before, found, after = phrase.partition(word)
    if not found or not (before or after):
        raise DictionaryError(
            f"{word}: the phrase {phrase} must hold the word and a neighbour", path=path, advice="mend the phrase"
        )
    return Context(phrase, before, after, official, telltale)
