"""Timing two or more sides in one run: they alternate, so that a busy machine is busy for all of them."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NotRequired, TypedDict


class Row(TypedDict):
    """A line of a result: what was measured, the figure as text, and its value (seconds, characters per second, bytes or a ratio).

    Where there is something to reach, `bar` says what, and `reached` whether it was.
    """

    what: str
    figure: str
    value: float
    bar: NotRequired[str]
    reached: NotRequired[bool]


def medians(sides: Mapping[str, Callable[[], object]], repeats: int) -> dict[str, float]:
    """The median time of each side in seconds. Each runs once before the clock counts."""
    for run in sides.values():
        run()
    times: dict[str, list[float]] = {name: [] for name in sides}
    for _ in range(repeats):
        for name, run in sides.items():
            gc.collect()
            start = time.perf_counter()
            run()
            times[name].append(time.perf_counter() - start)
    return {name: statistics.median(values) for name, values in times.items()}


def milliseconds(what: str, seconds: float, *, at_most: float | None = None) -> Row:
    """A time; `at_most` is the bar, in milliseconds."""
    row: Row = {"what": what, "figure": f"{seconds * 1000:8.1f} ms", "value": seconds}
    if at_most is not None:
        row.update(bar=f"≤ {at_most:g} ms", reached=seconds * 1000 <= at_most)
    return row


def speed(what: str, characters: int, seconds: float) -> Row:
    value = characters / seconds
    return {"what": what, "figure": f"{value / 1e6:8.3f} million characters per second", "value": value}


def ratio(what: str, value: float, *, at_least: float | None = None, at_most: float | None = None) -> Row:
    """One figure by another, with the bar if there is one."""
    row: Row = {"what": what, "figure": f"{value:8.2f}", "value": value}
    if at_least is not None:
        row.update(bar=f"≥ {at_least:g}", reached=value >= at_least)
    if at_most is not None:
        row.update(bar=f"≤ {at_most:g}", reached=value <= at_most)
    return row


def texts(folder: str | None) -> list[str]:
    """The documents to measure over: the .txt files of a folder, or the corpus."""
    from policykit import open_corpus

    paths = sorted(Path(folder).glob("*.txt")) if folder else [document.path for document in open_corpus()]
    return [path.read_text(encoding="utf-8-sig") for path in paths]
