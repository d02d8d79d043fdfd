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
    def can_tell(self) -> bool:
        """Whether the word, or one of its phrases, is one that mainland documents never have."""
        return self.telltale or any(context.telltale for context in self.contexts)

    @cached_property
    def _phrases(self) -> _Phrases:
        return _Phrases(self.contexts)

    def context_at(self, text: str, start: int, end: int) -> Context | None:
        """The longest of the entry's phrases that stands around the word at `start`; else one that ends the clause."""
        phrases = self._phrases
        best = phrases.around(text, start, end)
        return best if best is not None or not phrases.to_clause_end else phrases.at_clause_end(text, end)


class _Phrases:
    """The phrases of a word by what stands before it, behind it, or around it, to be looked up by the letters of a text."""

    def __init__(self, contexts: Iterable[Context]) -> None:
        before: dict[str, tuple[int, Context]] = {}
        after: dict[str, tuple[int, Context]] = {}
        around: dict[str, list[tuple[int, Context]]] = {}
        self.to_clause_end: dict[str, Context] = {}
        ranked = sorted(contexts, key=lambda context: (context.rank, not context.after))
        for place, context in enumerate(ranked):
            if context.ends_clause:
                self.to_clause_end.setdefault(context.after[1:], context)
            elif not context.after:
                before.setdefault(context.before, (place, context))
            elif not context.before:
                after.setdefault(context.after, (place, context))
            else:
                around.setdefault(context.after[0], []).append((place, context))
        self._before, self._after, self._around = before, after, around
        self._lengths_before = _lengths(before)
        self._lengths_after = _lengths(after)
        self._lengths_to_clause_end = _lengths(self.to_clause_end)

    def around(self, text: str, start: int, end: int) -> Context | None:
        """The first in rank of those that stand around a word."""
        best: tuple[int, Context] | None = None
        for length in self._lengths_after:
            found = self._after.get(text[end : end + length])
            if found is not None:
                best = found
                break
        for length in self._lengths_before:
            if length <= start and (found := self._before.get(text[start - length : start])) is not None:
                if best is None or found[0] < best[0]:
                    best = found
                break
        for candidate in self._around.get(text[end : end + 1], ()):
            if best is not None and best[0] < candidate[0]:
                break
            if text.startswith(candidate[1].after, end) and text.endswith(candidate[1].before, 0, start):
                best = candidate
                break
        return None if best is None else best[1]

    def at_clause_end(self, text: str, end: int) -> Context | None:
        """The longest that ends the clause of a word."""
        found = _CLAUSE_END.search(text, end, end + _CLAUSE_LIMIT)
        if found is None or (found.start() == end + _CLAUSE_LIMIT < len(text)):
            return None
        rest = text[end : found.start()].rstrip("”》")
        if not rest:
            return self.to_clause_end.get("")
        for length in self._lengths_to_clause_end:
            if 0 < length <= len(rest) and (context := self.to_clause_end.get(rest[-length:])) is not None:
                return context
        return None


def _lengths(phrases: Iterable[str]) -> tuple[int, ...]:
    return tuple(sorted(set(map(len, phrases)), reverse=True))


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
