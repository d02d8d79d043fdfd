"""What became of the tasks: rows of one to one, one to many and many to one, each with its kind of change."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from policykit.comparison.assignment import Pair
from policykit.comparison.documents import Side, Unit
from policykit.comparison.matching import VERSION, Matching
from policykit.comparison.similarity import (
    Profile,
    Weights,
    joined,
    likeness_of_words,
    own_words,
    shared_heading_words,
    shared_words,
)
from policykit.comparison.statements import without_statements
from policykit.comparison.words import lexicon
from policykit.domains.matching import TermMatch

#: the changes that a row of tasks may have; the first is none
CHANGES = ("same", "reworded", "moved", "renumbered", "split", "merged", "added", "dropped")
_SHARED_TERMS, _OWN_TERMS = 6, 12
#: Below this similarity two tasks are no versions of one, and their words are not laid side by side: those that each has alone are named.
ALIGNED = VERSION
_PIECES = re.compile(r"[0-9]+(?:\.[0-9]+)?[%‰]?|[A-Za-z]+|\s+|.", re.DOTALL)
_SENTENCES = re.compile(r"[^。！？；\n]+[。！？；\n]*|[。！？；\n]+")
_NO_WORD = re.compile(r"[\W_]+")
#: Up to so many words a task is laid beside its other version word by word: time and memory go by the product of both.
_MOST_WORDS = 5_000


@dataclass(frozen=True)
class TaskRow:
    """One row: `old` and `new` are places of units, one of them empty where there is no counterpart.

    `evidence` says what the two sides share; None where there is but one, or where the text is the same.
    """

    change: str
    also: tuple[str, ...]
    old: tuple[int, ...]
    new: tuple[int, ...]
    similarity: float | None
    evidence: Mapping[str, list[str]] | None
    words: Mapping[str, list[str]] | None

    def as_data(self, old: Side, new: Side) -> dict[str, Any]:
        """The row as `policykit/comparison/1` has it."""
        return {
            "change": self.change,
            "old": [old.units[place].as_data() for place in self.old],
            "new": [new.units[place].as_data() for place in self.new],
            "similarity": self.similarity,
            "evidence": self.evidence,
            "also": list(self.also),
            "words": self.words,
        }


def task_rows(old: Side, new: Side, matching: Matching) -> list[TaskRow]:
    """All tasks and articles of both documents in rows, in the order of the old document with what is new in between."""
    moved = _moved(old, new, matching)
    rows = [_row(old, new, matching, star, moved) for star in stars(matching.pairs)]
    taken_old = {place for row in rows for place in row.old}
    taken_new = {place for row in rows for place in row.new}
    rows += [
        TaskRow("dropped", (), (unit.place,), (), None, None, None) for unit in old.units if unit.place not in taken_old
    ]
    added = [
        TaskRow("added", (), (), (unit.place,), None, None, None) for unit in new.units if unit.place not in taken_new
    ]
    return _in_order(rows, added)


#: the document, old or new, and the place of a unit in it
_End = tuple[str, int]


def _ends(pair: Pair) -> tuple[_End, _End]:
    return ("old", pair[0]), ("new", pair[1])


def stars(pairs: Mapping[Pair, float]) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
    """Pairs as rows: one to one, one to many, many to one; every pair in one row.

    Of two ways to gather pairs the one with more of them in a row wins, then the one that is more alike.

    >>> stars({(0, 0): 0.5, (0, 1): 0.5, (1, 1): 0.4})
    [((0,), (0, 1)), ((1,), (1,))]
    """
    degrees = Counter(end for pair in pairs for end in _ends(pair))
    left = {pair: value for pair, value in pairs.items() if degrees["old", pair[0]] + degrees["new", pair[1]] > 2}
    rows: list[tuple[tuple[int, ...], tuple[int, ...]]] = [
        ((row,), (column,)) for row, column in pairs if (row, column) not in left
    ]
    ends: dict[_End, list[Pair]] = defaultdict(list)
    for pair in left:
        for end in _ends(pair):
            ends[end].append(pair)
    sizes = {end: (len(found), sum(left[pair] for pair in found)) for end, found in ends.items()}
    while ends:
        most = max(size for size, _ in sizes.values())
        # of ends with the same size and sum the one whose places come first, in either document
        best = max(
            (end for end, (size, _) in sizes.items() if size == most),
            key=lambda end: (sizes[end][1], [-sum(pair) for pair in sorted(ends[end], key=sum)]),
        )
        gathered = ends[best]
        rows.append((tuple(sorted({row for row, _ in gathered})), tuple(sorted({column for _, column in gathered}))))
        for pair in list(gathered):
            for end in _ends(pair):
                ends[end].remove(pair)
                sizes[end] = len(ends[end]), sum(left[pair] for pair in ends[end])
                if not ends[end]:
                    del ends[end], sizes[end]
    return sorted(rows)


def _row(
    old: Side,
    new: Side,
    matching: Matching,
    star: tuple[tuple[int, ...], tuple[int, ...]],
    moved: set[Pair],
) -> TaskRow:
    rows, columns = star
    pair = (rows[0], columns[0])
    if len(rows) == len(columns) == 1 and pair in matching.identical:
        one, other = old.units[pair[0]], new.units[pair[1]]
        change = "moved" if pair in moved else "renumbered" if _renumbered(one, other, 1.0) else "same"
        return TaskRow(change, (), rows, columns, 1.0, None, None)
    first = joined([matching.old[place] for place in rows])
    second = joined([matching.new[place] for place in columns])
    weights = matching.weights
    evidence = {
        "heading": shared_heading_words(first, second, weights),
        "domains": [domain for domain in first.domains if domain in second.domains],
        "terms": shared_words(first, second, weights, _SHARED_TERMS),
    }
    if len(rows) > 1 or len(columns) > 1:
        change = "split" if len(columns) > 1 else "merged"
        return TaskRow(change, (), rows, columns, round(likeness_of_words(first, second, weights), 3), evidence, None)
    one, other = old.units[pair[0]], new.units[pair[1]]
    value, merged = matching.pairs[pair], old.language != new.language
    also = ["moved"] if pair in moved else ["renumbered"] if _renumbered(one, other, value) else []
    if value >= VERSION and (
        without_statements(old, one, merged=merged) == without_statements(new, other, merged=merged)
    ):
        change, words = (also.pop(), None) if also else ("same", None)
    else:
        change, words = "reworded", _words(one, other, first, second, weights, value)
    return TaskRow(change, tuple(also), rows, columns, round(value, 3), evidence, words)


def _renumbered(one: Unit, other: Unit, similarity: float) -> bool:
    """Whether a task is found under another number; of tasks that are only related the number says nothing."""
    return similarity >= VERSION and one.numbers != other.numbers


def _moved(old: Side, new: Side, matching: Matching) -> set[Pair]:
    """The pairs of versions that stand elsewhere: out of the order of most, or under a heading that is the other's of another one."""
    partners_old = Counter(row for row, _ in matching.pairs)
    partners_new = Counter(column for _, column in matching.pairs)
    versions = sorted(
        pair
        for pair, value in matching.pairs.items()
        if value >= VERSION and partners_old[pair[0]] == 1 == partners_new[pair[1]]
    )
    votes = Counter((old.units[row].parent, new.units[column].parent) for row, column in versions)
    best_new, best_old = _favourites(votes), _favourites({(b, a): count for (a, b), count in votes.items()})
    elsewhere = {
        (row, column)
        for row, column in versions
        if best_new[old.units[row].parent] != new.units[column].parent
        and best_old[new.units[column].parent] != old.units[row].parent
    }
    # the order of the others is judged without them: where one task passes another, it is the one under another heading that moved
    others = [pair for pair in versions if pair not in elsewhere]
    return elsewhere | (set(others) - _in_common_order(others, [len(unit.text) for unit in old.units]))


def _favourites(votes: Mapping[tuple[str | None, str | None], int]) -> dict[str | None, str | None]:
    """For each heading the one of the other document that most of its tasks stand under."""
    found: dict[str | None, tuple[int, str]] = {}
    for (mine, theirs), count in votes.items():
        candidate = (count, theirs or "")
        if mine not in found or candidate > found[mine]:
            found[mine] = candidate
    return {mine: theirs or None for mine, (_, theirs) in found.items()}


def _in_common_order(versions: Sequence[Pair], lengths: Sequence[int] = ()) -> set[Pair]:
    """The most pairs (of as many, those with more text, by the `lengths` of old places) that stand in the same order on both sides."""
    # a Fenwick tree over the new places holds the heaviest chain that ends at or before each
    columns = sorted({column for _, column in versions})
    best: list[tuple[tuple[int, int, int], int]] = [((0, 0, 0), -1)] * (len(columns) + 1)
    before: list[int] = []
    for number, (row, column) in enumerate(versions):
        place = bisect_left(columns, column) + 1
        chain, last = (0, 0, 0), -1
        index = place - 1
        while index > 0:
            if best[index][0] > chain:
                chain, last = best[index]
            index -= index & -index
        # the third weight only settles ties, alike from both sides
        chain = (chain[0] + 1, chain[1] + (lengths[row] if lengths else 0), chain[2] - (row + column) ** 2)
        before.append(last)
        index = place
        while index < len(best):
            if chain > best[index][0]:
                best[index] = (chain, number)
            index += index & -index
    chain, last = (0, 0, 0), -1
    index = len(columns)
    while index > 0:
        if best[index][0] > chain:
            chain, last = best[index]
        index -= index & -index
    kept = set()
    while last >= 0:
        kept.add(versions[last])
        last = before[last]
    return kept


def _words(
    one: Unit, other: Unit, first: Profile, second: Profile, weights: Weights, similarity: float
) -> dict[str, list[str]]:
    """The words that went and the words that came; of very long tasks the sentences."""
    if similarity < ALIGNED:
        return {
            "removed": own_words(first, second, weights, _OWN_TERMS),
            "added": own_words(second, first, weights, _OWN_TERMS),
        }
    from rapidfuzz.distance import Indel

    before, after = pieces(one.whole, first.places), pieces(other.whole, second.places)
    if max(len(before), len(after)) > _MOST_WORDS:
        before, after = _SENTENCES.findall(one.whole), _SENTENCES.findall(other.whole)
    removed: list[str] = []
    added: list[str] = []
    for operation in Indel.opcodes(before, after):
        if operation.tag == "delete":
            removed.append("".join(before[operation.src_start : operation.src_end]))
        elif operation.tag == "insert":
            added.append("".join(after[operation.dest_start : operation.dest_end]))
    return {"removed": _worth_naming(removed), "added": _worth_naming(added)}


def _worth_naming(stretches: Iterable[str]) -> list[str]:
    return [stretch.strip(" \n，。；、：") for stretch in stretches if not _NO_WORD.fullmatch(stretch)]


def pieces(text: str, places: Sequence[TermMatch] | None = None) -> list[str]:
    """A text as words, numbers, names and single characters, all of it in its order; `places` of the words where they are known.

    >>> pieces("建设30个实验室。")
    ['建设', '30', '个', '实验室', '。']
    """
    found: list[str] = []
    behind = 0
    words = lexicon().words
    for index, start, end in lexicon().places(text) if places is None else places:
        if start == behind + 1:
            found.append(text[behind])
        elif start > behind:
            found += _PIECES.findall(text, behind, start)
        found.append(words[index])
        behind = end
    return found + _PIECES.findall(text, behind)


def _in_order(rows: list[TaskRow], added: list[TaskRow]) -> list[TaskRow]:
    """Rows by their old places, and in between what was added, by its new places.

    An added row stands behind those before it in the new document: of rows whose order changed those count that are in the order of
    most. What was dropped at a place stands before what was added there.
    """
    rows = sorted(rows, key=lambda row: (row.old, row.new))
    kept = _in_common_order([(number, row.new[0]) for number, row in enumerate(rows) if row.new])
    ordered: list[TaskRow] = []
    waiting = deque(sorted(added, key=lambda row: row.new))
    for number, row in enumerate(rows):
        if row.new and (number, row.new[0]) in kept:
            while waiting and waiting[0].new < row.new:
                ordered.append(waiting.popleft())
        ordered.append(row)
    return [*ordered, *waiting]
