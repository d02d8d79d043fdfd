"""The query language: words, phrases in quotes, fields with values, and - before what must not be.

    domain:smart-city comparator:>= deadline<2028 数据 "公共服务" -lead:*

Parts are separated by white space and must all hold. What each field means is in `fields.py`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from policykit.errors import PolicykitError
from policykit.search.fields import FIELDS, Comparison, Field, Scope, Value

#: a query that is longer was not typed by anybody
LONGEST = 2000

_QUOTES = {'"': '"', "“": "”", "”": "”", "「": "」", "『": "』", "＂": "＂"}
_OPERATORS: dict[str, Comparison] = {
    "<": "<",
    "<=": "<=",
    "≤": "<=",
    ">": ">",
    ">=": ">=",
    "≥": ">=",
    "=": "=",
    "＜": "<",
    "＞": ">",
    "＝": "=",
    "＜＝": "<=",
    "＞＝": ">=",
}


class QueryError(PolicykitError):
    """A query that cannot be read. `position` is the offset (from 0) of the character at which it goes wrong."""

    def __init__(self, problem: str, position: int, *, advice: str | None = None) -> None:
        super().__init__(problem, path=f"query, character {position + 1}", advice=advice)
        self.position = position


@dataclass(frozen=True, slots=True)
class Words:
    """A word or phrase that must stand in the passage (or, `negated`, must not). In quotes it is meant to the letter: `exact`."""

    text: str
    negated: bool
    exact: bool


@dataclass(frozen=True, slots=True)
class Condition:
    """What must hold (or not) of a field: one of several values; `values` is empty for `*`, any value at all."""

    field: str
    scope: Scope
    comparison: Comparison
    values: tuple[Value, ...]
    negated: bool


@dataclass(frozen=True, slots=True)
class Query:
    """All parts of a query, in the order in which they stand; `text` is the query as it was given."""

    text: str
    words: tuple[Words, ...]
    conditions: tuple[Condition, ...]

    def of(self, scope: Scope) -> tuple[Condition, ...]:
        """The conditions on one kind of thing."""
        return tuple(condition for condition in self.conditions if condition.scope == scope)


@lru_cache(maxsize=1)
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    return (
        re.compile(r"([A-Za-z][A-Za-z_-]{0,30})(:|：|[<>]=?|[＜＞]＝?|[≤≥=＝])"),
        # a word ends at white space or a quotation mark
        re.compile(rf"[^\s{''.join(_QUOTES)}]+"),
    )


def parse_query(text: str, *, domains: Callable[[], Mapping[str, str]] | None = None) -> Query:
    """Read a query. Raises `QueryError`, with the position, for what is none.

    `domains` gives the names (and ids) of domains with their ids; without it those of the package.

    >>> query = parse_query('数据 "公共服务" -comparator:>=')
    >>> [(word.text, word.exact) for word in query.words], query.conditions[0].values, query.conditions[0].negated
    ([('数据', False), ('公共服务', True)], ('>=',), True)
    >>> parse_query("domian:health")
    Traceback (most recent call last):
    policykit.search.query.QueryError: query, character 1: no field is called domian; did you mean domain?
    """
    if len(text) > LONGEST:
        raise QueryError(f"longer than {LONGEST} characters", LONGEST)
    return _Parser(text, domains).query()


class _Parser:
    def __init__(self, text: str, domains: Callable[[], Mapping[str, str]] | None) -> None:
        self.text, self.domains = text, domains
        self.position = 0

    def query(self) -> Query:
        words: list[Words] = []
        conditions: list[Condition] = []
        while self._skip_space():
            start = self.position
            negated = self._sign()
            part = self._condition(negated) or self._words(negated, start)
            if isinstance(part, Words):
                words.append(part)
            else:
                conditions.append(part)
        if all(word.negated for word in words) and all(condition.negated for condition in conditions):
            nothing = "only says what must not be" if words or conditions else "is empty"
            raise QueryError(f"the query {nothing}", 0, advice="name a word or a field to look for")
        return Query(self.text, tuple(words), tuple(conditions))

    def _skip_space(self) -> bool:
        while self.position < len(self.text) and self.text[self.position].isspace():
            self.position += 1
        return self.position < len(self.text)

    def _sign(self) -> bool:
        if self.text[self.position] not in "-－−":
            return False
        self.position += 1
        if self.position >= len(self.text) or self.text[self.position].isspace():
            raise QueryError("nothing stands behind -", self.position - 1, advice="put a word or a field behind it")
        return True

    def _words(self, negated: bool, start: int) -> Words:
        if self.text[self.position] in _QUOTES:
            quoted = self._quoted()
            if not quoted.strip():
                raise QueryError("nothing stands between the quotation marks", start, advice="put words there")
            return Words(quoted.strip(), negated, True)
        found = _patterns()[1].match(self.text, self.position)
        assert found is not None  # neither white space nor a quotation mark
        self.position = found.end()
        return Words(found[0], negated, False)

    def _quoted(self) -> str:
        opened = self.position
        closing = _QUOTES[self.text[opened]]
        end = self.text.find(closing, opened + 1)
        if end < 0:
            raise QueryError(f"{self.text[opened]} is never closed", opened, advice=f"put {closing} behind the phrase")
        self.position = end + 1
        return self.text[opened + 1 : end]

    def _condition(self, negated: bool) -> Condition | None:
        found = _patterns()[0].match(self.text, self.position)
        if found is None:
            return None
        name, start = found[1].lower(), self.position
        field = FIELDS.get(name)
        if field is None:
            raise QueryError(f"no field is called {found[1]}", start, advice=_advice(name))
        operator = "" if found[2] in ":：" else found[2]
        self.position = found.end()
        if not operator and field.is_ordered:
            operator = self._operator()
        if operator and not field.is_ordered:
            raise QueryError(f"{name} has no order", found.start(2), advice=f"say {name}:value")
        at = self.position
        parts = self._values(field, name)
        comparison = _OPERATORS[operator] if operator else "="
        scope, values = self._read(field, name, parts, at)
        return Condition(name, scope, comparison, values, negated)

    def _operator(self) -> str:
        found = re.compile(r"[<>]=?|[＜＞]＝?|[≤≥=＝]").match(self.text, self.position)
        if found is None:
            return ""
        self.position = found.end()
        return found[0]

    def _values(self, field: Field, name: str) -> list[tuple[str, int]]:
        """The values behind a field, each with its position."""
        at = self.position
        if at < len(self.text) and self.text[at] in _QUOTES:
            parts = [(self._quoted(), at + 1)]
        else:
            found = _patterns()[1].match(self.text, at)
            raw = found[0] if found else ""
            self.position = at + len(raw)
            pieces = [raw] if field.is_ordered else re.split("[,，、]", raw)
            parts = []
            for piece in pieces:
                parts.append((piece, at))
                at += len(piece) + 1
        if not all(value.strip() for value, _ in parts):
            where = next(position for value, position in parts if not value.strip())
            raise QueryError(f"{name} has no value", min(where, len(self.text)), advice=f"say {name}:{field.example}")
        return [(value.strip(), position) for value, position in parts]

    def _read(self, field: Field, name: str, parts: list[tuple[str, int]], at: int) -> tuple[Scope, tuple[Value, ...]]:
        if [value for value, _ in parts] == ["*"]:
            return field.scope, ()
        scopes: dict[Scope, None] = {}
        values: list[Value] = []
        for text, position in parts:
            try:
                scope, value = field.read(text, self.domains)
            except ValueError as error:
                problem, _, advice = str(error).partition("; ")
                raise QueryError(f"{name}: {problem}", position, advice=advice or None) from None
            scopes[scope] = None
            values.append(value)
        if len(scopes) > 1:
            raise QueryError(f"{name}: these values are of different kinds", at, advice="ask for each by itself")
        return next(iter(scopes)), tuple(values)


def _advice(name: str) -> str:
    from policykit.corpus import nearest

    near = nearest(name, list(FIELDS))
    return f"did you mean {near[0]}?" if near else f"there are {', '.join(FIELDS)}; put words with a colon in quotes"
