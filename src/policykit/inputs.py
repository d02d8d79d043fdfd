"""From what a user names (files, folders, patterns, corpus ids, - for standard input) to documents to read."""

import os
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

from policykit.addresses import content_behind, files_behind, is_address, is_page, is_pattern, without_secrets
from policykit.corpus import Corpus, nearest
from policykit.errors import InputError
from policykit.text import reading
from policykit.text.source import SourceText

#: what counts as a document in a folder
DOCUMENT_SUFFIXES = (".txt", ".text", ".md")
#: what counts as saved analyses in a folder
ANALYSIS_SUFFIXES = (".yaml", ".yml", ".json", ".jsonl")
STANDARD_INPUT = "-"


class Input(NamedTuple):
    """One document to read.

    `name` is what the result calls its path, `id` the name it goes by, `location` the file, `stem` where its result goes in an output
    folder: a relative path without suffix. What is no file of this system has an `address`; standard input has neither.
    """

    name: str
    id: str
    location: Path | None
    stem: str
    address: str | None = None

    @property
    def is_standard_input(self) -> bool:
        """Whether it comes from standard input."""
        return self.location is None and self.address is None

    @property
    def file(self) -> Path | None:
        """The file of this machine that it lies in, also where it has an address (that of an archive: the archive)."""
        if self.address is None:
            return self.location
        from policykit.addresses import file_of

        place = file_of(self.address)
        return None if place is None else Path(place)

    @property
    def is_of_this_process(self) -> bool:
        """Whether this process alone can read it: standard input, an address of its own memory."""
        from policykit.addresses import is_of_this_process

        return is_of_this_process(self.address) if self.address is not None else self.location is None


class Expansion(NamedTuple):
    """What the arguments came to. `several` says whether the arguments ask for several documents (more than one of them, a folder or a
    pattern), which decides the shape of the output, whatever number of documents is found."""

    inputs: tuple[Input, ...]
    failures: tuple[InputError, ...]
    several: bool


def expand(arguments: Sequence[str], corpus: Corpus, *, with_analyses: bool = False) -> Expansion:
    """The documents that the arguments name, in their order (those of a folder or pattern by name), each once.

    A file or folder of a name comes before a corpus id. What cannot be found is a failure; nothing is read yet. Where saved analyses
    are wanted too (`with_analyses`), a folder without documents stands for the analyses in it.
    """
    found: list[Input] = []
    failures: list[InputError] = []
    for item in listing(arguments, corpus, with_analyses=with_analyses):
        if isinstance(item, InputError):
            failures.append(item)
        else:
            found.append(item)
    return Expansion(tuple(found), tuple(failures), asks_for_several(arguments))


def asks_for_several(arguments: Sequence[str]) -> bool:
    """Whether arguments ask for several documents, whatever number of documents is found: several of them, a folder or a pattern."""
    return len(arguments) > 1 or any(
        argument != STANDARD_INPUT and (os.path.isdir(argument) or _is_pattern(argument) or _is_folder_behind(argument))
        for argument in arguments
    )


def _is_folder_behind(argument: str) -> bool:
    """Whether an address names a folder or a pattern, as far as its form says: nothing is opened for that."""
    if not is_address(argument):
        return False
    head = argument.partition("::")[0].lower()
    return not (is_page(head) or head.endswith(DOCUMENT_SUFFIXES + ANALYSIS_SUFFIXES)) or is_pattern(head)


def listing(arguments: Sequence[str], corpus: Corpus, *, with_analyses: bool = False) -> Iterator[Input | InputError]:
    """What `expand` finds, one after the other, with what cannot be found in its place.

    Folders are listed while one goes: of documents gone by, 16 bytes each are held.
    """
    known: set[bytes] = set()
    places = RealPaths()
    crowded = _crowded(map(os.path.normpath, arguments)) if len(arguments) > 1 else frozenset()
    for argument in arguments:
        try:
            for item in _expand_one(argument, corpus, with_analyses):
                if isinstance(item, InputError):
                    yield item
                    continue
                if crowded and argument == str(item.location) and os.path.normpath(argument) in crowded:
                    item = _file(argument, whole_name=True)
                place = item.address or (STANDARD_INPUT if item.location is None else places.of(item.location))
                mark = blake2b(os.fsencode(place), digest_size=16).digest()
                if mark not in known:
                    known.add(mark)
                    yield item
        except InputError as error:
            yield error


class RealPaths:
    """Real paths, quick where one file follows the other in a folder."""

    def __init__(self) -> None:
        self._folder, self._real = "", os.path.realpath("")

    def of(self, path: str | Path) -> str:
        """The path without links and detours."""
        place = os.fspath(path)
        folder, name = os.path.split(place)
        if name in ("", os.curdir, os.pardir) or os.path.islink(place):
            return os.path.realpath(place)
        if folder != self._folder:
            self._folder, self._real = folder, os.path.realpath(folder)
        return os.path.join(self._real, name)


def _is_pattern(argument: str) -> bool:
    return any(mark in argument for mark in "*?[") and not os.path.lexists(argument)


def _expand_one(argument: str, corpus: Corpus, with_analyses: bool) -> Iterator[Input | InputError]:
    if argument == STANDARD_INPUT:
        yield Input(STANDARD_INPUT, "stdin", None, "stdin")
    elif os.path.isdir(argument):
        yield from _folder(argument, with_analyses)
    elif os.path.exists(argument):
        yield _file(argument)
    elif is_address(argument):
        yield from _behind(argument, with_analyses)
    elif _is_pattern(argument):
        yield from _pattern(argument, with_analyses)
    elif document := corpus.find(argument):
        yield Input(f"{document.id}.txt", document.id, document.path, document.id)
    else:
        raise _not_found(argument, corpus)


def _file(path: str, *, whole_name: bool = False) -> Input:
    """A file; its result keeps the suffix in its name (`whole_name`) where another would be called the same."""
    name = os.path.basename(path)
    stem = readable(os.path.splitext(name)[0])
    return Input(readable(path), stem, Path(path), readable(name) if whole_name else stem)


def _crowded(paths: Iterable[str]) -> frozenset[str]:
    """Those of some paths that are another one of them but for the suffix: `a.txt` and `a.md`, and `a.txt.md` beside `a.txt`.

    It depends on the names alone and on nothing before or behind them.
    """
    whole = set(paths)
    counts = Counter(os.path.splitext(path)[0] for path in whole)
    return frozenset(path for path in whole if counts[stem := os.path.splitext(path)[0]] > 1 or stem in whole)


def _folder(folder: str, with_analyses: bool = False) -> Iterator[Input | InputError]:
    """The documents below a folder, ordered by path; what begins with a dot is left out."""
    empty = True
    above = len(os.path.join(folder, ""))
    for suffixes in (DOCUMENT_SUFFIXES, ANALYSIS_SUFFIXES) if with_analyses else (DOCUMENT_SUFFIXES,):
        for path in _paths(folder, suffixes):
            empty = False
            if isinstance(path, InputError):
                yield path
                continue
            place, is_crowded = path
            below = place[above:] if is_crowded else os.path.splitext(place[above:])[0]
            yield _file(place)._replace(stem=readable(below).replace(os.sep, "/"))
        if not empty:
            return
    raise _no_documents(folder)


def _paths(folder: str, suffixes: tuple[str, ...]) -> Iterator[tuple[str, bool] | InputError]:
    """The files below a folder that end so, ordered by their whole path, each with whether it is crowded (see `_crowded`).

    What begins with a dot is left out, and so are pipes and devices, which nobody means who names a folder: reading them may never end.
    A folder that cannot be listed gives an error in its place.
    """
    try:
        with os.scandir(folder) as entries:
            # a folder stands where its paths stand: "a/b" behind "a-b", before "a0"
            names = sorted(
                entry.name + os.sep if is_folder else entry.name
                for entry in entries
                if not entry.name.startswith(".")
                and ((is_folder := entry.is_dir()) or (entry.name.lower().endswith(suffixes) and _is_readable(entry)))
                and not (is_folder and entry.is_symlink())
            )
    except OSError as error:
        yield InputError(_reason(error), path=readable(folder), advice="check its permissions")
        return
    crowded = _crowded(name for name in names if not name.endswith(os.sep))
    for name in names:
        path = os.path.join(folder, name)
        if name.endswith(os.sep):
            yield from _paths(path.removesuffix(os.sep), suffixes)
        else:
            yield path, name in crowded


def _is_readable(entry: os.DirEntry[str]) -> bool:
    """Whether an entry is an ordinary file, or a link that leads nowhere, which must be said."""
    return entry.is_file() or not os.path.exists(entry.path)


def _pattern(pattern: str, with_analyses: bool) -> Iterator[Input | InputError]:
    from glob import glob

    paths = sorted(glob(pattern, recursive=True))
    if not paths:
        raise InputError(
            "no file matches this pattern", path=readable(pattern), advice="check the folder and the spelling"
        )
    files = [path for path in paths if os.path.isfile(path)]
    folders = [] if files else [path for path in paths if os.path.isdir(path)]
    if not files and not folders:
        raise InputError("no ordinary file matches this pattern", path=readable(pattern), advice="check what it names")
    crowded = _crowded(files)
    for path in files:
        yield _file(path, whole_name=path in crowded)
    for path in folders:
        yield from _folder(path, with_analyses)


def _behind(address: str, with_analyses: bool) -> Iterator[Input]:
    """The documents behind an address."""
    empty = True
    for suffixes in (DOCUMENT_SUFFIXES, ANALYSIS_SUFFIXES) if with_analyses else (DOCUMENT_SUFFIXES,):
        for found in files_behind(address, suffixes):
            empty = False
            stem = readable(os.path.splitext(found.below)[0])
            yield Input(without_secrets(found.address), stem.rpartition("/")[2], None, stem, found.address)
        if not empty:
            return
    raise _no_documents(without_secrets(address))


def _no_documents(folder: str) -> InputError:
    kinds = ", ".join(DOCUMENT_SUFFIXES)
    return InputError("no documents in this folder", path=readable(folder), advice=f"documents end in {kinds}")


def _not_found(argument: str, corpus: Corpus) -> InputError:
    folder, name = os.path.split(argument)
    if folder or name.lower().endswith(DOCUMENT_SUFFIXES):
        try:
            near = nearest(name, os.listdir(folder or "."), likeness=0.75)
        except OSError:  # no such folder, or one that may not be read
            near = []
        advice = f"did you mean {os.path.join(folder, near[0])}?" if near else "check the path"
        return InputError("no such file", path=readable(argument), advice=readable(advice))
    return InputError(
        "no such file, and no document with this id in the corpus",
        path=readable(argument),
        advice=corpus.suggestion(argument),
    )


def _reason(error: OSError) -> str:
    return (error.strerror or str(error)).lower()


def readable(path: str) -> str:
    """A path as text: file names are bytes, and what is not UTF-8 in them becomes the replacement character."""
    return os.fsencode(path).decode("utf-8", "replace")


def read(item: Input, encoding: str | None = None) -> SourceText:
    """The decoded text of an input. Raises `InputError` for what cannot be read or is no text."""
    return decode(content_of(item), item, encoding)


def content_of(item: Input) -> bytes:
    """What an input holds. Raises `InputError` where the system refuses."""
    if item.address is not None:
        return content_behind(item.address)
    try:
        if item.location is not None:
            return item.location.read_bytes()
        if sys.stdin is None:
            raise InputError("it is closed", path=place_of(item), advice="name a file or give it a text")
        return sys.stdin.buffer.read()
    except OSError as error:
        raise InputError(_reason(error), path=place_of(item), advice="check it and its permissions") from None


def decode(content: bytes, item: Input, encoding: str | None = None) -> SourceText:
    """The text that the bytes of an input hold. Raises `InputError` where they hold none."""
    try:
        return reading.read_bytes(content, path=item.name, id=item.id, encoding=encoding)
    except InputError as error:
        raise InputError(error.problem, path=place_of(item), line=error.line, advice=error.advice) from None


def place_of(item: Input) -> str:
    """What an input is called in a complaint."""
    return "standard input" if item.is_standard_input else item.name
