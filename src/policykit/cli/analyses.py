"""The analyses that a command line names, for commands that read analyses: what cannot be read costs a line and not the others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from policykit.analyses import LoadedAnalysis, load_input
from policykit.cli.batch import NoProgress, progress_bar
from policykit.cli.console import complain
from policykit.corpus import Corpus
from policykit.errors import InputError
from policykit.inputs import Expansion, expand


@dataclass
class NamedAnalyses:
    """What a command line names. `failed` counts what could not be read so far."""

    arguments: Sequence[str]
    corpus: Corpus
    encoding: str | None = None
    dictionaries: Sequence[Path] = ()
    failed: int = 0
    quiet: bool = True

    def __post_init__(self) -> None:
        self._progress: Any = NoProgress()
        self.expansion: Expansion = expand(self.arguments, self.corpus, with_analyses=True)
        for failure in self.expansion.failures:
            complain(str(failure))
        self.failed += len(self.expansion.failures)

    def __iter__(self) -> Iterator[LoadedAnalysis]:
        """The analyses in their order; each failure is one line on standard error."""
        for item in self.expansion.inputs:
            try:
                yield from load_input(item, corpus=self.corpus, encoding=self.encoding, dictionaries=self.dictionaries)
            except InputError as error:
                self.failed += 1
                with self._progress.aside():
                    complain(str(error))
            self._progress.advance()

    @contextmanager
    def progress(self) -> Iterator[None]:
        """While this lasts, a bar on a terminal shows how many inputs are done, unless it is to be `quiet`."""
        with progress_bar(len(self.expansion.inputs), quiet=self.quiet) as self._progress:
            yield
        self._progress = NoProgress()
