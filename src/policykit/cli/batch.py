"""One document or many: read, convert, write; say what failed; know the exit code."""

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from policykit.cli.console import complain, print_text, remark
from policykit.cli.exit_codes import DONE, PARTLY_DONE, TROUBLE
from policykit.cli.files import AtomicFile, make_folder
from policykit.cli.passed_over import remark_on_passed_over
from policykit.cli.places import refuse_to_overwrite
from policykit.corpus import open_corpus
from policykit.errors import InputError, PolicykitError
from policykit.formats.layout import Layout
from policykit.inputs import Expansion, Input, expand, read
from policykit.memory import give_back_large_blocks
from policykit.text.source import SourceText


class Batch(NamedTuple):
    """What the command line asked for."""

    arguments: Sequence[str]
    corpus: Sequence[Path] = ()
    encoding: str | None = None
    output: str | None = None
    quiet: bool = False
    verbose: bool = False


class Sink(Protocol):
    """Where results go."""

    def add(self, item: Input, result: Any) -> None: ...


class _Stream:
    """Results one behind the other, on standard output or in a file."""

    def __init__(self, write: Callable[[str], None], layout: Layout, several: bool) -> None:
        self._write, self._layout, self._several = write, layout, several
        self._number = 0

    def add(self, item: Input, result: Any) -> None:
        parts = (self._layout.piece(result, self._number),) if self._several else self._layout.parts(result)
        self._number += 1
        for part in parts:
            self._write(part)

    def close(self) -> None:
        if self._several and self._number:
            self._write(self._layout.end())


class _Folder:
    """Each result in a file of its own."""

    def __init__(self, folder: str, layout: Layout) -> None:
        self._folder, self._layout = folder, layout

    def path(self, item: Input) -> str:
        # the stem is text, a path is bytes in the coding of the system
        return os.path.join(self._folder, os.fsdecode(f"{item.stem}.{self._layout.kind}".encode()))

    def add(self, item: Input, result: Any) -> None:
        path = self.path(item)
        make_folder(os.path.dirname(path))
        with AtomicFile(path) as file:
            for part in self._layout.parts(result):
                file.write(part)


class NothingDoneError(Exception):
    """Every input failed: the output file stays as it was."""


def run_batch(
    batch: Batch,
    convert: Callable[[SourceText], Any],
    layout: Layout,
    *,
    describe: Callable[[Any], str] | None = None,
    is_safe: bool = False,
) -> int:
    """Convert every document that the batch names and write the results in their order; returns the exit code.

    A document that cannot be read costs a line on standard error and not the others. `describe` says in a few words what was found
    (--verbose); `is_safe` promises that control characters in the results are ours and may reach a terminal.
    """
    expansion = expand(batch.arguments, open_corpus(*batch.corpus))
    if not batch.quiet:
        remark_on_passed_over(batch.arguments)
    for failure in expansion.failures:
        complain(str(failure))
    failed, done = len(expansion.failures), 0
    try:
        with (
            _sink(batch.output, layout, expansion, is_safe) as sink,
            progress_bar(len(expansion.inputs), quiet=batch.quiet) as progress,
        ):
            for item in expansion.inputs:
                try:
                    source = read(item, batch.encoding)
                    give_back_large_blocks(len(source.text))
                    result = convert(source)
                except InputError as error:
                    failed += 1
                    with progress.aside():
                        complain(str(error))
                else:
                    done += 1
                    with progress.aside():
                        sink.add(item, result)
                        if batch.verbose and not batch.quiet:
                            remark(_description(source, result, describe))
                progress.advance()
            if not done:
                raise NothingDoneError
    except NothingDoneError:
        return TROUBLE
    if failed and not batch.quiet:
        remark(f"policykit: {done} of {done + failed} done, {failed} failed")
    return PARTLY_DONE if failed else DONE


def _description(source: SourceText, result: Any, describe: Callable[[Any], str] | None) -> str:
    found = f"; {describe(result)}" if describe else ""
    return f"{source.path}: {len(source.text)} characters, {source.encoding}{found}"


@contextmanager
def _sink(output: str | None, layout: Layout, expansion: Expansion, is_safe: bool) -> Iterator[Sink]:
    if output in (None, "-"):
        stream = _Stream(partial(print_text, is_safe=is_safe), layout, expansion.several)
        yield stream
        stream.close()
    elif _is_folder(output, expansion):
        folder = _Folder(output, layout)
        _refuse_twice([(folder.path(item), item) for item in expansion.inputs])
        refuse_to_overwrite(map(folder.path, expansion.inputs), expansion.inputs)
        yield folder
    else:
        refuse_to_overwrite([output], expansion.inputs)
        with AtomicFile(output) as file:
            stream = _Stream(file.write, layout, expansion.several)
            yield stream
            stream.close()


def _is_folder(output: str, expansion: Expansion) -> bool:
    if output.endswith(("/", os.sep)) or os.path.isdir(output):
        return True
    return expansion.several and not os.path.splitext(output)[1] and not os.path.exists(output)


def _refuse_twice(places: Sequence[tuple[str, Input]]) -> None:
    """Two results must not want one file."""
    taken: dict[str, Input] = {}
    for place, item in places:
        other = taken.setdefault(place, item)
        if other is not item:
            raise PolicykitError(
                f"would be written twice, for {other.name} and {item.name}",
                path=place,
                advice="name their common folder as the input instead",
            )


class NoProgress:
    """What stands in for a progress bar where nobody watches."""

    def aside(self) -> nullcontext[None]:
        return nullcontext()

    def advance(self) -> None:
        pass


def progress_bar(total: int, *, quiet: bool = False) -> Any:
    """A progress bar on standard error, where a terminal is there to show it and there is more than one document."""
    import sys

    from policykit.cli.console import is_terminal

    if quiet or total < 2 or not is_terminal(sys.stderr):
        return nullcontext(NoProgress())
    from policykit.cli.progress import Progress

    return Progress(total)
