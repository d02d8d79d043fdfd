"""What the full-text table of an index knows of a passage, and how to ask it: pairs of letters, and facts such as a domain.

The table's tokenizer (`ascii`) takes letters, digits and everything outside ASCII for parts of tokens and all else for gaps; so signs of
ASCII stand in the private use area. A token may promise too much, never too little: the passages decide.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from operator import add
from typing import Any

from policykit.search.fields import ScaledUnit
from policykit.search.passages import Passage
from policykit.search.query import Alternative, Condition, Query, Words
from policykit.search.wording import all_forms, folded, lowered
from policykit.text.characters import without_surrogates

#: signs and gaps of ASCII in the private use area
_SIGNS = {code: 0xE000 + code for code in range(128) if not chr(code).isalnum()}
_END, _FACT = "\ue0ff", "\ue1ff"
#: pairs of one word that are asked for at most
_MOST_PAIRS = 40
#: fields whose tokens are in the table, and what the token of any value is called
_TARGET_FACTS = ("comparator", "unit", "kind", "binding")


def tokens_of(passage: Passage) -> str:
    """The tokens of a passage, parted by blanks."""
    return " ".join(dict.fromkeys((*_pairs(_letters(passage["text"])), *_facts(passage))))


def _letters(text: str) -> str:
    return without_surrogates(lowered(text)).translate(_SIGNS)


def _pairs(letters: str) -> Iterable[str]:
    return map(add, letters, f"{letters[1:]}{_END}")


def _facts(passage: Passage) -> Iterator[str]:
    stated: list[tuple[str, Any]] = [("role", passage["role"])]
    for key, name in (("domains", "domain"), ("lead", "lead"), ("support", "support")):
        stated += [(name, "*")] if passage[key] else []
        stated += [(name, value) for value in passage[key]] if name == "domain" else []
    for target in passage["targets"]:
        stated.append(("target", "*"))
        stated += [(name, target[name]) for name in _TARGET_FACTS]
        stated += [("deadline", "*")] if target["deadline"] else []
    stated += [("deadline", "*")] if passage["deadlines"] else []
    for name, value in stated:
        if value is not None:
            yield _fact(name, str(value))


def _fact(name: str, value: str) -> str:
    return _FACT + _letters(f"{name}={value}")


def expression_of(query: Query) -> str | None:
    """The full-text expression that holds for every passage in which a query finds something; None where it says nothing of tokens.

    >>> from policykit.search.query import parse_query
    >>> expression_of(parse_query('"城市大脑" -数据 issuer:国务院')), expression_of(parse_query("issuer:国务院"))
    ('("城市" AND "市大" AND "大脑")', None)
    """
    found = [_of_alternative(one) for one in query.alternatives]
    return None if None in found else " OR ".join(f"({one})" for one in found) if len(found) > 1 else found[0]


def _of_alternative(query: Alternative) -> str | None:
    parts = [_of_word(word) for word in query.words if not word.negated]
    parts += [part for condition in query.conditions if not condition.negated and (part := _of_condition(condition))]
    return " AND ".join(parts) or None


def _of_word(word: Words) -> str:
    wanted = (folded(word.text),) if word.exact else all_forms(word.text)
    return _either(_of_form(form) for form in wanted)


def _of_form(form: str) -> str:
    letters = _letters(form)
    if len(letters) == 1:
        return f"{_quoted(letters)}*"
    pairs = dict.fromkeys(map(add, letters, letters[1:]))
    return "(" + " AND ".join(map(_quoted, list(pairs)[:_MOST_PAIRS])) + ")"


def _of_condition(condition: Condition) -> str | None:
    name = condition.field
    if condition.scope == "target":
        if name in _TARGET_FACTS and condition.values:
            return _either(
                _quoted(_fact(name, value.unit if isinstance(value, ScaledUnit) else str(value)))
                for value in condition.values
            )
        return _quoted(_fact("target", "*"))
    if condition.scope == "deadline":
        return _quoted(_fact("deadline", "*"))
    if name in ("domain", "role") and condition.values:
        return _either(_quoted(_fact(name, str(value))) for value in condition.values)
    if name in ("domain", "lead", "support"):
        return _quoted(_fact(name, "*"))
    if name == "body":
        return _either((_quoted(_fact("lead", "*")), _quoted(_fact("support", "*"))))
    return None


def _either(parts: Iterable[str]) -> str:
    alternatives = list(parts)
    return alternatives[0] if len(alternatives) == 1 else "(" + " OR ".join(alternatives) + ")"


def _quoted(token: str) -> str:
    return f'"{token}"'
