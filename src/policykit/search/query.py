"""The query language: words, phrases in quotes, fields with values, - before what must not be, OR (or |) and brackets.

    domain:smart-city comparator:>= deadline<2028 数据 "公共服务" -lead:*
    养老 (医疗 OR 教育)

Parts are separated by white space and must all hold; OR binds the two parts that it stands between. What each field means is in `fields.py`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from policykit.errors import PolicykitError
from policykit.search.alternatives import (
    MOST_ALTERNATIVES,
    Either,
    Every,
    Node,
    Part,
    TooManyError,
    negated,
    written_out,
)
from policykit.search.fields import FIELDS, Comparison, Field, Scope, Value

#: a query that is longer was not typed by anybody
LONGEST = 2000

#: how deep brackets may stand in others
_DEEPEST = 20
_OPENING, _CLOSING = "(（", ")）"
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
class Alternative:
    """Parts that must all hold, in the order in which they stand."""

    words: tuple[Words, ...]
    conditions: tuple[Condition, ...]

    def of(self, scope: Scope) -> tuple[Condition, ...]:
        """The conditions on one kind of thing."""
        return tuple(condition for condition in self.conditions if condition.scope == scope)


@dataclass(frozen=True, slots=True)
class Query:
    """A query: one alternative without OR, else what OR and brackets come to; `text` is the query as it was given."""

    text: str
    alternatives: tuple[Alternative, ...]

    @property
    def words(self) -> tuple[Words, ...]:
        """The words of all alternatives."""
        return tuple(word for one in self.alternatives for word in one.words)

    @property
    def conditions(self) -> tuple[Condition, ...]:
        """The conditions of all alternatives."""
        return tuple(condition for one in self.alternatives for condition in one.conditions)


@lru_cache(maxsize=1)
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    return (
        re.compile(r"([A-Za-z][A-Za-z_-]{0,30})(:|：|[<>]=?|[＜＞]＝?|[≤≥=＝])"),
        # a word ends at white space, a quotation mark or |; brackets are looked at one by one
        re.compile(rf"[^\s|｜()（）{''.join(_QUOTES)}]+|[()（）]"),
        # OR, AND and NOT by themselves
        re.compile(r"(?:(or|and|not)(?=[\s(（)）\"“”「『＂]|$)|([|｜]{1,2}))", re.IGNORECASE),
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
    >>> [[word.text for word in one.words] for one in parse_query("养老 (医疗 OR 教育)").alternatives]
    [['养老', '医疗'], ['养老', '教育']]
    """
    if len(text) > LONGEST:
        raise QueryError(f"longer than {LONGEST} characters", LONGEST)
    return _Parser(text, domains).query()


class _Parser:
    def __init__(self, text: str, domains: Callable[[], Mapping[str, str]] | None) -> None:
        self.text, self.domains = text, domains
        self.position = 0
        self.opened: list[int] = []

    def query(self) -> Query:
        tree = self._every()
        if not tree.of:
            raise QueryError("the query is empty", 0, advice="name a word or a field to look for")
        try:
            written = written_out(tree)
        except TooManyError:
            problem = f"OR makes more than {MOST_ALTERNATIVES} alternatives of it"
            raise QueryError(problem, 0, advice="ask for less at a time") from None
        if any(all(part.negated for part in parts) for parts in written):
            nothing = "only says what must not be"
            what = f"the query {nothing}" if len(written) == 1 else f"one side of OR {nothing}"
            raise QueryError(what, 0, advice="name a word or a field to look for")
        return Query(self.text, tuple(map(_alternative, written)))

    def _every(self) -> Every:
        """Parts up to the end, or to the bracket that closes what was opened."""
        found: list[Node] = []
        while self._more():
            found.append(self._either())
        return Every(tuple(found))

    def _either(self) -> Node:
        """A part, or several with OR between them."""
        sides = [self._signed()]
        while self._connective("or"):
            if not self._more():
                raise QueryError("nothing stands behind OR", self.position, advice="put a word or a field behind it")
            sides.append(self._signed())
        return sides[0] if len(sides) == 1 else Either(tuple(sides))

    def _more(self) -> bool:
        """Whether another part follows; AND between parts says nothing that is not so anyway."""
        while self._connective("and"):
            pass
        if not self._skip_space():
            return False
        character = self.text[self.position]
        if character in _CLOSING and not self.opened:
            raise QueryError(f"nothing was opened that {character} closes", self.position, advice="put it in quotes")
        return character not in _CLOSING

    def _connective(self, name: str) -> bool:
        """Read OR, AND or NOT, where it is what follows."""
        self._skip_space()
        found = _patterns()[2].match(self.text, self.position)
        if found is None or (found[1] or "or").lower() != name:
            return False
        self.position = found.end()
        return True

    def _signed(self) -> Node:
        """A part or a group in brackets, with a sign before it or none."""
        start = self.position
        negations = 0
        while self._connective("not"):
            negations += 1
        if self._connective("or") or not self._skip_space():
            missing = "behind NOT" if negations else "before OR"
            raise QueryError(f"nothing stands {missing}", start, advice="put a word or a field there")
        start = self.position
        is_negated = (negations + self._sign()) % 2 == 1
        if self.text[self.position] in _OPENING:
            group = self._group()
            return negated(group) if is_negated else group
        return self._condition(is_negated) or self._words(is_negated, start)

    def _group(self) -> Node:
        opened = self.position
        if len(self.opened) >= _DEEPEST:
            raise QueryError(f"brackets stand in more than {_DEEPEST} others", opened, advice="ask for less at a time")
        self.opened.append(opened)
        self.position += 1
        group = self._every()
        if self.position >= len(self.text):
            raise QueryError(f"{self.text[opened]} is never closed", opened, advice="put ) behind the group")
        self.opened.pop()
        self.position += 1
        if not group.of:
            raise QueryError("nothing stands between the brackets", opened, advice="put words there")
        return group

    def _word(self) -> str:
        """The letters up to white space, a quotation mark, |, or a bracket that closes a group; other brackets are letters."""
        start, inside = self.position, 0
        while found := _patterns()[1].match(self.text, self.position):
            if found[0] in _CLOSING:
                if self.opened and not inside:
                    break
                inside = max(0, inside - 1)
            inside += found[0] in _OPENING
            self.position = found.end()
        return self.text[start : self.position]

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

    def _words(self, is_negated: bool, start: int) -> Words:
        if self.text[self.position] in _QUOTES:
            quoted = self._quoted()
            if not quoted.strip():
                raise QueryError("nothing stands between the quotation marks", start, advice="put words there")
            return Words(quoted.strip(), is_negated, True)
        word = self._word()
        if not word:
            where = self.text[self.position]
            raise QueryError(
                f"nothing stands before {where}", self.position, advice="put a word there, or it in quotes"
            )
        return Words(word, is_negated, False)

    def _quoted(self) -> str:
        opened = self.position
        closing = _QUOTES[self.text[opened]]
        end = self.text.find(closing, opened + 1)
        if end < 0:
            raise QueryError(f"{self.text[opened]} is never closed", opened, advice=f"put {closing} behind the phrase")
        self.position = end + 1
        return self.text[opened + 1 : end]

    def _condition(self, is_negated: bool) -> Condition | None:
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
        return Condition(name, scope, comparison, values, is_negated)

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
            raw = self._word()
            while not field.is_ordered and self.text[self.position : self.position + 1] in ("|", "｜"):
                self.position += 1
                raw += f"|{self._word()}"
            pieces = [raw] if field.is_ordered else re.split("[,，、|]", raw)
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


def _alternative(parts: tuple[Part, ...]) -> Alternative:
    return Alternative(
        tuple(part for part in parts if isinstance(part, Words)),
        tuple(part for part in parts if isinstance(part, Condition)),
    )


def _advice(name: str) -> str:
    from policykit.corpus import nearest

    near = nearest(name, list(FIELDS))
    return f"did you mean {near[0]}?" if near else f"there are {', '.join(FIELDS)}; put words with a colon in quotes"
