"""An index of a folder of documents: one SQLite file that holds the passages of all documents and which letters stand side by side in each.

Chinese has no spaces, and many of its words have two letters: so each pair of neighbouring letters (and what was found in a passage) is a
token of a full-text table (FTS5). The table says which passages may hold what is looked for; the passages themselves decide, by the
same code as without an index, so both find the same.

The file is written in one transaction: whoever reads meanwhile sees the state before, whoever writes meanwhile waits, and a run that
is stopped leaves it as it was.
"""

from __future__ import annotations

import json
import os
import sqlite3
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, field
from hashlib import blake2b, sha256
from pathlib import Path
from typing import Any

from policykit.analyses import load_input
from policykit.corpus import Corpus
from policykit.errors import InputError, PolicykitError
from policykit.inputs import Input, content_of, expand, readable
from policykit.search.passages import document_of, passages
from policykit.search.tokens import tokens_of

#: the index of a folder, in the folder
INDEX_NAME = ".policykit.sqlite"
#: another number where the tables or tokens are made in another way
_LAYOUT = 1
#: how many seconds to wait for another process that writes the index
_PATIENCE = 600.0
_TABLES = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE files (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, sha256 TEXT NOT NULL, size INTEGER NOT NULL, changed INTEGER NOT NULL);
CREATE TABLE documents (id INTEGER PRIMARY KEY, file INTEGER NOT NULL, part INTEGER NOT NULL, data BLOB NOT NULL);
CREATE TABLE passages (id INTEGER PRIMARY KEY, document INTEGER NOT NULL, data BLOB NOT NULL);
CREATE INDEX documents_of_file ON documents (file, part);
CREATE INDEX passages_of_document ON passages (document, id);
"""
_FULL_TEXT = "CREATE VIRTUAL TABLE letters USING fts5(tokens, content='', detail=none, columnsize=0, tokenize='ascii')"


@dataclass
class Update:
    """What became of the files of a folder: their names, and the errors of those, and of the folders below it, that could not be read."""

    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    failed: list[InputError] = field(default_factory=list)


def update_index(
    folder: str,
    path: str | None = None,
    *,
    corpus: Corpus,
    encoding: str | None = None,
    dictionaries: Sequence[str | Path] = (),
    advance: Callable[[int, int], None] = lambda done, total: None,
) -> Update:
    """Make the index of a folder, or bring it up to date: only files with another content are read again.

    `path` is where it lies (in the folder, unless said otherwise). `advance` is told how many files of how many are done. Raises
    `PolicykitError` where the folder cannot be read or the index cannot be written. A file that cannot be read keeps no entry; what
    stands below a folder that cannot be listed is left as it is.
    """
    expansion = expand([folder], corpus, with_analyses=True)
    if expansion.failures and not expansion.inputs:
        raise expansion.failures[0]
    place = path or os.path.join(folder, INDEX_NAME)
    _check_full_text(place)
    made_by = maker(encoding, dictionaries)
    update = Update(failed=[*expansion.failures])
    with closing(_connect(place, create=True)) as database:
        try:
            with database:
                database.execute("BEGIN IMMEDIATE")
                known = _prepared(database, made_by, _root(folder, place))
                for number, item in enumerate(expansion.inputs):
                    _take_in(database, item, folder, known, update, corpus, encoding, dictionaries)
                    advance(number + 1, len(expansion.inputs))
                unread = tuple(f"{_name_below(folder, str(failure.path))}/" for failure in expansion.failures)
                for name in sorted(known):
                    if name.startswith(unread):
                        continue  # nobody knows what has become of it
                    _remove(database, known[name][0])
                    update.removed.append(name)
        except sqlite3.Error as error:
            raise _refused(place, error) from None
    return update


def _check_full_text(path: str) -> None:
    """Raises `PolicykitError` where Python's SQLite cannot make an index, before there is half of one."""
    with closing(sqlite3.connect(":memory:")) as database:
        try:
            database.execute(_FULL_TEXT)
        except sqlite3.Error as error:
            raise _refused(path, error) from None


def _prepared(database: sqlite3.Connection, made_by: str, root: str) -> dict[str, tuple[int, str]]:
    """The files that are in the index, by name, with id and SHA-256; in one that others made, no SHA-256 counts."""
    stated = _meta(database)
    if stated.get("layout") != str(_LAYOUT):
        for name in ("letters", "passages", "documents", "files", "meta"):
            database.execute(f"DROP TABLE IF EXISTS {name}")
        for statement in filter(str.strip, _TABLES.split(";")):
            database.execute(statement)
        database.execute(_FULL_TEXT)
    is_ours = stated.get("maker") == made_by
    meta = {"layout": str(_LAYOUT), "maker": made_by, "root": root}
    database.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", meta.items())
    rows = database.execute("SELECT name, id, sha256 FROM files").fetchall()
    return {name: (id, digest if is_ours else "") for name, id, digest in rows}


def _take_in(
    database: sqlite3.Connection,
    item: Input,
    folder: str,
    known: dict[str, tuple[int, str]],
    update: Update,
    corpus: Corpus,
    encoding: str | None,
    dictionaries: Sequence[str | Path],
) -> None:
    """One file: passed over where its content is known, else read; it is taken off `known`."""
    name = name_of(item, folder)
    id, digest = known.get(name, (None, ""))
    try:
        status = _status(item)
        content = content_of(item)
        found = sha256(content).hexdigest()
        if id is not None and found == digest:
            database.execute("UPDATE files SET size = ?, changed = ? WHERE id = ?", (*status, id))
            update.unchanged.append(name)
            del known[name]
            return
        loaded = list(load_input(item, corpus=corpus, encoding=encoding, dictionaries=dictionaries))
    except InputError as error:
        update.failed.append(error)
        return  # what stands in `known` still is taken out of the index
    if id is not None:
        _remove(database, id)
        del known[name]
    file = database.execute(
        "INSERT INTO files (name, sha256, size, changed) VALUES (?, ?, ?, ?)", (name, found, *status)
    ).lastrowid
    for part, one in enumerate(loaded):
        document = document_of(one)
        if document["path"] == item.name:
            document["path"] = None  # the place of the file, which depends on who asks
        row = database.execute(
            "INSERT INTO documents (file, part, data) VALUES (?, ?, ?)", (file, part, _packed(document))
        )
        for passage in passages(one):
            added = database.execute(
                "INSERT INTO passages (document, data) VALUES (?, ?)", (row.lastrowid, _packed(passage))
            )
            database.execute("INSERT INTO letters (rowid, tokens) VALUES (?, ?)", (added.lastrowid, tokens_of(passage)))
    (update.added if id is None else update.changed).append(name)


def _remove(database: sqlite3.Connection, file: int) -> None:
    documents = database.execute("SELECT id FROM documents WHERE file = ?", (file,)).fetchall()
    for (document,) in documents:
        rows = database.execute("SELECT id, data FROM passages WHERE document = ?", (document,)).fetchall()
        for id, data in rows:
            # a table without content must be told what to forget
            values = (id, tokens_of(_unpacked(data)))
            database.execute("INSERT INTO letters (letters, rowid, tokens) VALUES ('delete', ?, ?)", values)
        database.execute("DELETE FROM passages WHERE document = ?", (document,))
    database.execute("DELETE FROM documents WHERE file = ?", (file,))
    database.execute("DELETE FROM files WHERE id = ?", (file,))


def _packed(data: Any) -> bytes:
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return zlib.compress(text.encode("utf-8", "surrogatepass"))


def _unpacked(data: bytes) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(zlib.decompress(data))
    return found


def name_of(item: Input, folder: str) -> str:
    """What a file is called in the index: its path below the folder; bytes that are no UTF-8 as escapes."""
    assert item.location is not None
    return _name_below(folder, item.location)


def _name_below(folder: str, path: str | Path) -> str:
    name = os.fsencode(os.path.relpath(path, folder)).decode("utf-8", "backslashreplace")
    return name.replace(os.sep, "/")


def _root(folder: str, place: str) -> str:
    """The folder as seen from the index, so that both can be moved together."""
    return readable(os.path.relpath(os.path.realpath(folder), os.path.dirname(os.path.realpath(place)))).replace(
        os.sep, "/"
    )


def _folder_from(place: str, root: str) -> str:
    """The folder that `_root` made a path to, by the name of the index where that leads there, else (behind links) by its real place."""
    named = os.path.normpath(os.path.join(os.path.dirname(place), root))
    real = os.path.realpath(os.path.join(os.path.dirname(os.path.realpath(place)), root))
    return named if os.path.realpath(named) == real else real


def _status(item: Input) -> tuple[int, int]:
    """Size and time of the last change of a file."""
    assert item.location is not None
    try:
        status = item.location.stat()
    except OSError as error:
        raise InputError((error.strerror or str(error)).lower(), path=item.name, advice="check it") from None
    return status.st_size, status.st_mtime_ns


def maker(encoding: str | None, dictionaries: Sequence[str | Path]) -> str:
    """What the content of an index depends on beside the documents: this code, its dictionaries, and those of the user."""
    from policykit.resources import data_directory

    here = Path(__file__).resolve().parent.parent
    digest = blake2b(f"{_LAYOUT} {encoding}".encode(), digest_size=16)
    places = [*sorted(here.rglob("*.py")), *sorted((data_directory() / "dictionaries").rglob("*.*"))]
    for folder in dictionaries:
        places += sorted(Path(folder).rglob("*.yaml"))
    for place in places:
        if here / "cli" in place.parents:
            continue
        with suppress(OSError):
            digest.update(blake2b(place.read_bytes(), digest_size=16).digest())
    return digest.hexdigest()


def _connect(path: str, *, create: bool = False) -> sqlite3.Connection:
    """A connection to an index; nothing is written before a transaction begins. Raises `PolicykitError`."""
    mode = "rwc" if create else "rw"
    address = f"{Path(os.path.abspath(path)).as_uri()}?mode={mode}"
    try:
        database = sqlite3.connect(address, uri=True, timeout=_PATIENCE, isolation_level=None)
        database.text_factory = lambda data: data.decode("utf-8", "surrogatepass")
        return database
    except sqlite3.Error as error:
        raise _refused(path, error) from None


def _meta(database: sqlite3.Connection) -> dict[str, str]:
    if database.execute("SELECT 1 FROM sqlite_master WHERE name = 'meta'").fetchone() is None:
        return {}
    return dict(database.execute("SELECT key, value FROM meta").fetchall())


def _refused(path: str, error: sqlite3.Error) -> PolicykitError:
    problem = str(error)
    if "fts5" in problem:
        return PolicykitError(
            "this Python's SQLite has no full-text search (FTS5)",
            path=path,
            advice="search the files themselves, without an index",
        )
    if "locked" in problem:
        return PolicykitError("another process writes the index and does not end", path=path, advice="try again later")
    if "not a database" in problem or "malformed" in problem or "no such" in problem:
        return PolicykitError(
            "is no index of policykit, or a damaged one", path=path, advice="remove it and run `policykit index` again"
        )
    if "unable to open" in problem or "readonly" in problem:
        return PolicykitError(
            "cannot be opened", path=path, advice="check the place and its permissions, or name another with --output"
        )
    return PolicykitError(problem, path=path, advice="remove it and run `policykit index` again")


def is_index(path: str) -> bool:
    """Whether a path is that of an SQLite file."""
    try:
        with open(path, "rb") as file:
            return file.read(16) == b"SQLite format 3\x00"
    except OSError:
        return False


@dataclass(frozen=True, slots=True)
class IndexedFile:
    """A file in an index, and how to tell whether it is still the same."""

    id: int
    name: str
    sha256: str
    size: int
    changed: int

    def is_current(self, item: Input) -> bool:
        """Whether a file still has the content that was indexed; its size and time tell, else its bytes."""
        try:
            if _status(item) == (self.size, self.changed):
                return True
            return sha256(content_of(item)).hexdigest() == self.sha256
        except InputError:
            return False


class Index:
    """An index that is read."""

    def __init__(self, path: str) -> None:
        self.path = path
        self._database = _connect(path)
        try:
            stated = _meta(self._database)
            if stated.get("layout") != str(_LAYOUT):
                problem = (
                    "was made by another version of policykit" if "layout" in stated else "is no index of policykit"
                )
                raise PolicykitError(problem, path=path, advice="run `policykit index` again")
            self.maker = stated["maker"]
            self.root = _folder_from(path, stated["root"])
            rows = self._database.execute("SELECT id, name, sha256, size, changed FROM files").fetchall()
        except sqlite3.Error as error:
            raise _refused(path, error) from None
        self.files = {row[1]: IndexedFile(*row) for row in rows}

    def __enter__(self) -> Index:
        return self

    def __exit__(self, *_: object) -> None:
        self._database.close()

    def is_at_hand(self) -> bool:
        """Whether the folder that was indexed is where the index expects it: it holds at least one of the files."""
        return any(os.path.lexists(os.path.join(self.root, *name.split("/"))) for name in self.files)

    def documents(self, file: IndexedFile, path: str) -> Iterator[tuple[int, dict[str, Any]]]:
        """The documents of a file, with their ids; `path` is what the file is called now."""
        rows = self._database.execute("SELECT id, data FROM documents WHERE file = ? ORDER BY part", (file.id,))
        for id, data in rows.fetchall():
            document = _unpacked(data)
            yield id, {**document, "path": document["path"] or path}

    def candidates(self, expression: str | None) -> dict[int, list[int]] | None:
        """The passages that may hold what a full-text expression asks for, by document; None without one: all may."""
        if expression is None:
            return None
        query = "SELECT passages.document, passages.id FROM letters JOIN passages ON passages.id = letters.rowid WHERE letters MATCH ?"
        found: dict[int, list[int]] = {}
        try:
            for document, id in self._database.execute(query, (expression,)):
                found.setdefault(document, []).append(id)
        except sqlite3.Error as error:
            raise _refused(self.path, error) from None
        return {document: sorted(ids) for document, ids in found.items()}

    def passages(self, document: int, ids: Sequence[int] | None) -> Iterator[dict[str, Any]]:
        """Passages of a document in order: those with the ids, or all."""
        if ids is None:
            for (data,) in self._database.execute(
                "SELECT data FROM passages WHERE document = ? ORDER BY id", (document,)
            ):
                yield _unpacked(data)
            return
        for id in ids:
            (data,) = self._database.execute("SELECT data FROM passages WHERE id = ?", (id,)).fetchone()
            yield _unpacked(data)
