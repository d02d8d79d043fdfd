"""Results in files: a file is replaced only by a complete one."""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from types import TracebackType
from typing import BinaryIO, Self

from policykit.cli.console import encoded, error_reason
from policykit.errors import PolicykitError


class AtomicFile:
    """A file that is written beside its place and put there when it is complete.

    Leaving the `with` block normally puts it in place, an exception throws it away. A place that is no ordinary file (a device, a
    pipe) is written to directly; a symbolic link keeps pointing to the file, which is replaced. Raises `PolicykitError` where the
    system refuses. `drafts` names another folder to write in, where it is of the same file system.
    """

    def __init__(self, path: str, drafts: str | None = None) -> None:
        self.path = path
        self._drafts = drafts
        self._place = os.path.realpath(path)
        self._draft: str | None = None
        self._stream: BinaryIO | None = None

    def __enter__(self) -> Self:
        try:
            mode = 0o666
            with suppress(FileNotFoundError):
                status = os.stat(self._place)
                if stat.S_ISDIR(status.st_mode):
                    raise PolicykitError("is a folder", path=self.path, advice="name a file in it")
                if not stat.S_ISREG(status.st_mode):
                    self._stream = open(self.path, "wb")
                    return self
                if not os.access(self._place, os.W_OK):
                    raise PermissionError(13, "permission denied")
                mode = stat.S_IMODE(status.st_mode)
            folder = os.path.dirname(self._place)
            if self._drafts and os.stat(folder).st_dev == os.stat(self._drafts).st_dev:
                folder = self._drafts
            draft = os.path.join(folder, f".policykit-{os.getpid()}-{id(self):x}.tmp")
            self._stream = os.fdopen(
                os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), mode), "wb"
            )
            self._draft = draft
        except OSError as error:
            raise self._refused(error) from None
        return self

    def write(self, text: str) -> None:
        """Append text, in UTF-8."""
        assert self._stream is not None
        try:
            for data in encoded(text):
                self._stream.write(data)
        except BrokenPipeError:
            raise
        except OSError as error:
            raise self._refused(error) from None

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._stream is not None
        try:
            self._stream.close()
            if kind is None and self._draft is not None:
                os.replace(self._draft, self._place)
                self._draft = None
        except BrokenPipeError:
            raise
        except OSError as refusal:
            raise self._refused(refusal) from None
        finally:
            if self._draft is not None:
                with suppress(OSError):
                    os.unlink(self._draft)

    def _refused(self, error: OSError) -> PolicykitError:
        reason = error_reason(error)
        advice = (
            "check that the folder exists"
            if isinstance(error, FileNotFoundError)
            else "check the place and its permissions"
        )
        return PolicykitError(f"cannot be written: {reason}", path=self.path, advice=advice)


def make_folder(path: str) -> None:
    """The folder and those above it; raises `PolicykitError` where that cannot be."""
    try:
        os.makedirs(path, exist_ok=True)
    except OSError as error:
        reason = error_reason(error)
        raise PolicykitError(
            f"cannot be made: {reason}", path=path, advice="check the place and its permissions"
        ) from None
