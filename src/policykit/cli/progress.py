"""A progress bar on standard error, for people who watch a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, ProgressColumn, Task, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bar
from rich.text import Text


class _RateColumn(ProgressColumn):
    """Documents per second."""

    def render(self, task: Task) -> Text:
        speed = task.finished_speed or task.speed
        return Text("" if speed is None else f"{speed:,.0f}/s" if speed >= 10 else f"{speed:.1f}/s")


class _Shown:
    """A bar that is there while its block runs and leaves no trace."""

    def __init__(self, total: int | None, *columns: ProgressColumn) -> None:
        self._bar = Bar(
            TextColumn("documents", markup=False),
            BarColumn(),
            MofNCompleteColumn(),
            *columns,
            TimeRemainingColumn(),
            console=Console(stderr=True),
            transient=True,
        )
        self._task = self._bar.add_task("", total=total)

    def __enter__(self) -> Self:
        self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._bar.stop()


class Progress(_Shown):
    """Counts documents. It steps aside while results or complaints are written to the same terminal."""

    def __init__(self, total: int) -> None:
        super().__init__(total, _RateColumn())

    @contextmanager
    def aside(self) -> Iterator[None]:
        """While something else is written to the terminal."""
        self._bar.stop()
        try:
            yield
        finally:
            self._bar.start()

    def advance(self) -> None:
        """One more document is done."""
        self._bar.advance(self._task)


class Counter(_Shown):
    """Shows how many documents of how many are done; called with both numbers."""

    def __init__(self) -> None:
        super().__init__(None)

    def __call__(self, done: int, total: int) -> None:
        self._bar.update(self._task, completed=done, total=total)
