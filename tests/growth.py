"""How the work grows with the text: a ratio of two runs, so that no test depends on how fast a machine is."""

from __future__ import annotations

from collections.abc import Callable
from time import process_time

#: work below this (in seconds of processor time) is too little to tell growth from noise
_NOISE = 0.05


def _seconds(run: Callable[[], object]) -> float:
    started = process_time()
    run()
    return process_time() - started


def assert_grows_linearly(prepare: Callable[[str], Callable[[], object]], unit: str, characters: int = 20_000) -> None:
    """Fail where four times the text takes much more than four times the work.

    `prepare` gets a text, `unit` repeated, and gives the call to measure. Twice the ratio of linear work is let pass: a quadratic rule
    takes sixteen times as long.
    """
    count = max(1, characters // 4 // len(unit))
    small, large = prepare(unit * count), prepare(unit * (4 * count))
    small()  # what is built at the first call is no part of the measure
    little = much = float("inf")
    for _ in range(6):
        # the best of them is what it takes: a neighbour on the machine makes a run longer, never shorter
        little, much = min(little, *(_seconds(small) for _ in range(3))), min(much, _seconds(large))
        if much < _NOISE or much <= 8 * little:
            return
    raise AssertionError(f"{4 * count} times {unit!r} took {much / little:.1f} times as long as {count} times")
