"""Tables in place of those that were there, only when all are complete."""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from policykit.errors import PolicykitError


def check_place(output: str, *, is_file: bool) -> None:
    """Raises `PolicykitError` where a database is to take the place of a folder, or a folder of tables that of a file."""
    if os.path.isdir(output) if is_file else os.path.isfile(output):
        problem, advice = ("is a folder", "name a file") if is_file else ("is a file", "name a folder")
        raise PolicykitError(problem, path=output, advice=advice)


@contextmanager
def put_in_place(output: str, *, is_file: bool) -> Iterator[str]:
    """Where to write a database (`is_file`), or the folder to write tables to; they are put in place when the block ends well.

    An exception throws away what was written, and a folder that was made for it. Raises `PolicykitError` where the system refuses.
    """
    check_place(output, is_file=is_file)
    place = os.path.abspath(output)
    draft = None
    try:
        parent = os.path.dirname(place) if is_file else place
        os.makedirs(parent, exist_ok=True)
        draft = tempfile.mkdtemp(prefix=".policykit-", suffix=".tmp", dir=parent)
        target = os.path.join(draft, "database") if is_file else draft
        yield target
        if is_file:
            os.replace(target, place)
        else:
            for name in sorted(os.listdir(draft)):
                os.replace(os.path.join(draft, name), os.path.join(place, name))
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise PolicykitError(
            f"cannot be written: {reason}", path=output, advice="check the place and its permissions"
        ) from None
    except sqlite3.Error as error:
        raise PolicykitError(
            f"cannot be written: {error}", path=output, advice="check the place and its space"
        ) from None
    finally:
        if draft is not None:
            shutil.rmtree(draft, ignore_errors=True)
            with suppress(OSError):
                if not is_file and not os.listdir(place):
                    os.rmdir(place)
