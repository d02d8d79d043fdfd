"""The whole analysis grows no faster than its text, whatever the text consists of.

Two measures, for neither sees everything. The lines of Python that run are counted: the count is exact, so the bar is close to 2 for twice
the text, but one line may search a whole text. The time of eight times the text beside that of the text sees that too; it is a ratio of
processor times, the best of several tries. Linear work gives eight and quadratic work sixty-four, and a busy machine has shown twelve.
"""

from __future__ import annotations

import sys
from functools import lru_cache
from pathlib import Path
from time import process_time
from types import FrameType
from typing import Any

import pytest

from policykit import analyse, write_json_line

sys.path.insert(0, str(Path(__file__).parents[1]))
from benchmarks.growth import SHAPES, shaped

#: bytes of the text whose lines are counted, and the most that twice of it may do
_COUNTED, _TWICE = 8_000, 2.15
#: bytes of the text whose time is taken, how many times as long the other is, and how many times the time it may take
_TIMED, _TIMES, _MOST = 24_000, 8, 12.0
_TRIES = 6
#: so many times the time is no noise, and may be minutes
_NO_NOISE = 40


def _extract(text: str) -> str:
    return write_json_line(analyse(text).to_data(all_quantities=True))


@lru_cache(maxsize=1)
def _warm() -> None:
    """Everything is loaded, compiled and built: the matcher builds its automaton when it has read much."""
    _extract(shaped("ordinary", 400_000))


def _lines_run(text: str) -> int:
    """How many lines of Python an extraction runs; each turn of a loop counts, also where the loop is one line."""
    count = 0

    def trace(frame: FrameType, event: str, argument: Any) -> Any:
        nonlocal count
        count += 1
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        _extract(text)
    finally:
        sys.settrace(before)
    return count


def _seconds(text: str) -> float:
    started = process_time()
    _extract(text)
    return process_time() - started


@pytest.mark.parametrize("shape", SHAPES)
def test_twice_the_text_runs_no_more_than_twice_the_lines(shape: str) -> None:
    _warm()
    one, two = shaped(shape, _COUNTED), shaped(shape, 2 * _COUNTED)
    _extract(two)
    assert _lines_run(two) <= _TWICE * _lines_run(one)


def _times_as_long(one: str, much: str, tries: int = _TRIES) -> float:
    """How many times as long the second text takes, the best of several tries."""
    shortest = longest = float("inf")
    for _ in range(tries):
        # the short text several times for each run of the long one: the best of them is what it takes
        shortest = min(shortest, *(_seconds(one) for _ in range(3)))
        longest = min(longest, _seconds(much))
        if not _MOST * shortest < longest <= _NO_NOISE * shortest:
            break
    return longest / shortest


@pytest.mark.parametrize("shape", SHAPES)
def test_eight_times_the_text_takes_about_eight_times_as_long(shape: str) -> None:
    _warm()
    one, much, very_much = (shaped(shape, _TIMED * _TIMES**power) for power in range(3))
    found = [_times_as_long(one, much)]
    if found[0] > _MOST:
        # A busy machine, or a longer piece that holds more tasks for its length: both weigh less from there on, and what grows with the
        # square weighs more.
        found.append(_times_as_long(much, very_much, tries=2))
    assert min(found) <= _MOST
