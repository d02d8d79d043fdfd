"""Where the time of an analysis goes: the share of each step, in percent, from decoding to the written result.

Each step is timed where the pipeline calls it; a step within another one counts for itself alone. The clock costs something at each call,
which is little beside a step: the last line says what the whole took with and without it.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from importlib import import_module
from typing import Any

from benchmarks.timing import Row, medians, texts

#: module, name in it, step
_STEPS = (
    ("policykit.text.normalise", "characters_of", "script, width of digits and letters"),
    ("policykit.text.normalise", "arrange", "lines, spaces, furniture of the page"),
    ("policykit.text.layout", "convert_punctuation", "punctuation"),
    ("policykit.text.normalise", "wording_edits", "wording of Taiwan and Hong Kong"),
    ("policykit.analysis", "normalise", "the rest of normalising"),
    ("policykit.analysis", "source_from_text", "hash of the text"),
    ("policykit.document.structure", "read_metadata", "title, issuers, number, dates of the document"),
    ("policykit.document.structure", "assign_roles", "roles of outline entries"),
    ("policykit.analysis", "read_document", "outline"),
    ("policykit.analysis", "extract_tasks", "tasks"),
    ("policykit.analysis", "extract_deadlines", "deadlines"),
    ("policykit.analysis", "extract_targets", "targets"),
    ("policykit.analysis", "governing_deadlines", "which deadline governs a target"),
    ("policykit.analysis", "extract_domains", "domains"),
    ("policykit.analysis", "extract_responsibilities", "responsibilities"),
    ("policykit.analysis", "extract_references", "references"),
)

#: what is built once, at the first text or when much was read, is built after so many bytes
_WARM = 1_000_000


class _Clock:
    """Adds up the time of each step, without that of the steps within it."""

    def __init__(self) -> None:
        self.seconds: Counter[str] = Counter()
        self._step, self._since = "", time.perf_counter()

    def enter(self, step: str) -> str:
        now = time.perf_counter()
        self.seconds[self._step] += now - self._since
        before, self._step, self._since = self._step, step, now
        return before

    def timed(self, step: str, run: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any, **options: Any) -> Any:
            before = self.enter(step)
            try:
                return run(*arguments, **options)
            finally:
                self.enter(before)

        return call


@contextmanager
def _timed(clock: _Clock, module: str, name: str, step: str) -> Iterator[None]:
    place: Any = import_module(module)
    run = getattr(place, name)
    setattr(place, name, clock.timed(step, run))
    try:
        yield
    finally:
        setattr(place, name, run)


def _through(pages: Sequence[bytes], clock: _Clock) -> None:
    import policykit.analysis

    for page in pages:
        clock.enter("decoding")
        text = page.decode()
        clock.enter("between the steps")
        found = policykit.analysis.analyse(text)
        clock.enter("spans and quotes, as plain data")
        data = found.to_data()
        clock.enter("writing JSON lines")
        policykit.write_json_line(data)
        clock.enter("")


def measure(documents: str | None, repeats: int) -> list[Row]:
    """Over the corpus, or the .txt files of the folder `documents`: the share of each step in all runs together, the greatest first."""
    pages = [text.encode() for text in texts(documents)]
    for _ in range(1 + _WARM // sum(map(len, pages))):
        _through(pages, _Clock())
    clock = _Clock()

    def with_clock() -> None:
        with ExitStack() as stack:
            for module, name, step in _STEPS:
                stack.enter_context(_timed(clock, module, name, step))
            _through(pages, clock)

    took = medians({"without": lambda: _through(pages, _Clock()), "with": with_clock}, repeats)
    clock.seconds.pop("", None)
    whole = clock.seconds.total()
    return [
        *(
            _share(step, seconds / whole)
            for step, seconds in sorted(clock.seconds.items(), key=lambda item: (-item[1], item[0]))
        ),
        {
            "what": "all steps, clocks read or not",
            "figure": f"{took['with'] * 1000:8.1f} ms, {took['without'] * 1000:.1f} ms",
            "value": took["with"],
        },
    ]


def _share(step: str, share: float) -> Row:
    return {"what": step, "figure": f"{share:8.1%}", "value": share}
