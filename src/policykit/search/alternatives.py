"""What a query with OR and brackets comes to: alternatives, in each of which all parts must hold.

A query is a tree of parts with `Every` and `Either`. Written out, 养老 (医疗 OR 教育) is 养老 医疗 or 养老 教育, and -(医疗 OR 教育) is
-医疗 -教育.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import product
from math import prod
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from policykit.search.query import Condition, Words

#: a query that comes to more was not typed by anybody
MOST_ALTERNATIVES = 100


class TooManyError(ValueError):
    """A query that comes to more than `MOST_ALTERNATIVES`."""


@dataclass(frozen=True, slots=True)
class Every:
    """All of these must hold."""

    of: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Either:
    """One of these must hold."""

    of: tuple[Node, ...]


Part: TypeAlias = "Words | Condition"
Node: TypeAlias = "Words | Condition | Every | Either"


def negated(node: Node) -> Node:
    """What holds where a node does not."""
    if isinstance(node, Every):
        return Either(tuple(map(negated, node.of)))
    if isinstance(node, Either):
        return Every(tuple(map(negated, node.of)))
    return replace(node, negated=not node.negated)


def written_out(node: Node) -> list[tuple[Part, ...]]:
    """The alternatives that a node comes to, in their order, none twice. Raises `TooManyError`."""
    if isinstance(node, Either):
        found = [parts for one in node.of for parts in written_out(one)]
    elif isinstance(node, Every):
        each = [written_out(one) for one in node.of]
        if prod(map(len, each)) > MOST_ALTERNATIVES:
            raise TooManyError
        found = [tuple(part for parts in chosen for part in parts) for chosen in product(*each)]
    else:
        return [(node,)]
    if len(found) > MOST_ALTERNATIVES:
        raise TooManyError
    return list(dict.fromkeys(found))
