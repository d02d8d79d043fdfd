"""What is done in an output folder, in `.policykit/done.jsonl`: a line for each result, kept up to date while the batch runs.

Lines are appended as results are finished, so that a batch that is killed at any moment loses what was under way and no more. When it
ends, the lines in the order of the documents take their place: the same files come of a batch that was stopped and resumed as of one
that was not. Nothing in them depends on the time.
"""

from __future__ import annotations

import json
import os
from contextlib import suppress
from hashlib import blake2b
from types import TracebackType
from typing import IO, Any, Self

from policykit.errors import PolicykitError

FOLDER = ".policykit"
FAILURES = "failures.jsonl"


def _text_file(path: str, mode: str) -> IO[str]:
    return open(path, mode, encoding="utf-8", errors="backslashreplace", newline="\n")


def _mark(path: str, made_by: str) -> bytes:
    return blake2b(f"{made_by} {path}".encode("utf-8", "replace"), digest_size=16).digest()


class Journal:
    """The record of one output folder. Raises `PolicykitError` where another batch writes to the folder, or the system refuses."""

    def __init__(self, output: str, made_by: str) -> None:
        self.folder = os.path.join(output, FOLDER)
        self._output, self._made_by = output, made_by
        self._done: IO[str] | None = None
        self._is_locked = False
        self._ordered: IO[str] | None = None
        self._failures: IO[str] | None = None
        # of path and way of making a digest, then both SHA-256: 80 bytes for each result
        self._known: dict[str, bytes] = {}

    def __enter__(self) -> Self:
        try:
            os.makedirs(self.folder, exist_ok=True)
            self._done = _text_file(self._path("done.jsonl"), "a+")
            self._lock()
            for name in os.listdir(self.folder):
                if name.endswith(".tmp"):  # of a batch that was killed
                    os.unlink(self._path(name))
            self._read()
            self._ordered = _text_file(self._path("ordered.tmp"), "w")
            self._failures = _text_file(self._path("failures.tmp"), "w")
            with suppress(FileNotFoundError):
                os.unlink(os.path.join(self._output, FAILURES))
        except BaseException as error:
            for file in (self._done, self._ordered, self._failures):
                if file is not None:
                    file.close()
            if isinstance(error, OSError):
                raise self._refused(error) from None
            raise
        return self

    def _path(self, name: str) -> str:
        return os.path.join(self.folder, name)

    def _lock(self) -> None:
        """Keep other batches out until this process ends, however it ends."""
        assert self._done is not None
        try:
            import fcntl
        except ImportError:  # not on this system
            return
        try:
            fcntl.flock(self._done, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise PolicykitError(
                "another batch writes to this folder", path=self._output, advice="wait for it or name another folder"
            ) from None
        self._is_locked = True

    def _read(self) -> None:
        assert self._done is not None
        self._done.seek(0)
        ends_well = True
        for line in self._done:
            ends_well = line.endswith("\n")
            with suppress(
                ValueError, KeyError, TypeError
            ):  # the last line of a batch that was killed may be half a line
                row = json.loads(line)
                sums = bytes.fromhex(row["sha256"]) + bytes.fromhex(row["result_sha256"])
                self._known[row["result"]] = _mark(row["path"], row["made_by"]) + sums
        if not ends_well:
            self._done.write("\n")

    def known(self, result: str, path: str) -> tuple[str, str] | None:
        """SHA-256 of document and result, where a result was made of a document of this path in the same way."""
        found = self._known.get(result)
        if found is None or found[:16] != _mark(path, self._made_by):
            return None
        return found[16:48].hex(), found[48:].hex()

    def holds(self, result: str) -> bool:
        """Whether an earlier batch wrote this result."""
        return result in self._known

    def add(self, result: str, path: str, sha256: str, result_sha256: str) -> None:
        """Note at once that a result is done."""
        assert self._done is not None
        try:
            self._done.write(self._line(result, path, sha256, result_sha256))
            self._done.flush()
        except OSError as error:
            raise self._refused(error) from None

    def add_in_order(self, result: str, path: str, sha256: str, result_sha256: str) -> None:
        """The same, called in the order of the documents."""
        assert self._ordered is not None
        self._ordered.write(self._line(result, path, sha256, result_sha256))

    def _line(self, result: str, path: str, sha256: str, result_sha256: str) -> str:
        row = {
            "result": result,
            "path": path,
            "sha256": sha256,
            "result_sha256": result_sha256,
            "made_by": self._made_by,
        }
        return json.dumps(row, ensure_ascii=False) + "\n"

    def fail(self, failure: dict[str, Any]) -> None:
        """Note a failure, called in the order of the documents."""
        assert self._failures is not None
        row = {key: failure.get(key) for key in ("path", "line", "problem", "advice")}
        self._failures.write(json.dumps(row, ensure_ascii=False) + "\n")

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._done is not None
        assert self._ordered is not None
        assert self._failures is not None
        try:
            self._ordered.close()
            self._failures.close()
            if os.path.getsize(self._failures.name):
                os.replace(self._failures.name, os.path.join(self._output, FAILURES))
            else:
                os.unlink(self._failures.name)
            if kind is None:
                if not self._is_locked:
                    # where there are no locks, as on Windows, a file that is open cannot be replaced; elsewhere the lock holds until then
                    self._done.close()
                os.replace(self._ordered.name, self._path("done.jsonl"))
            else:
                os.unlink(self._ordered.name)
        except OSError as refusal:
            raise self._refused(refusal) from None
        finally:
            self._done.close()

    def _refused(self, error: OSError) -> PolicykitError:
        reason = (error.strerror or str(error)).lower()
        return PolicykitError(
            f"cannot be written: {reason}", path=self._output, advice="check the place and its permissions"
        )
