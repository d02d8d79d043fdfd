"""Writing: results to standard output or a file, a line for people to standard error. Nothing goes through rich's markup."""

from __future__ import annotations

import os
import sys

from policykit.errors import PolicykitError
from policykit.formats.characters import printable, safe_for_terminal


class ClosedPipeError(Exception):
    """Whoever read our output has gone."""


def is_terminal(stream: object) -> bool:
    """Whether a stream is a terminal that shows what is written to it."""
    try:
        return bool(stream.isatty())  # type: ignore[attr-defined]
    except (AttributeError, ValueError):
        return False


def complain(message: str, *, name: str = "policykit") -> None:
    """Say what is wrong, in one line on standard error."""
    _say(f"{name}: {message}")


def remark(message: str) -> None:
    """Say something that is good to know, in one line on standard error."""
    _say(message)


def _say(line: str) -> None:
    if sys.stderr is None:
        return
    try:
        sys.stderr.write(printable(line) + "\n")
        sys.stderr.flush()
    except (OSError, ValueError):
        pass  # nobody listens


def print_text(text: str) -> None:
    """Write text to standard output, in UTF-8 whatever the locale, at once.

    On a terminal, control characters are shown as escape sequences and not obeyed. Raises `ClosedPipeError`.
    """
    if sys.stdout is None:
        return
    if is_terminal(sys.stdout):
        text = safe_for_terminal(text)
    data = text.encode("utf-8", "backslashreplace")
    try:
        stream = getattr(sys.stdout, "buffer", None)
        if stream is None:
            sys.stdout.write(text)
        else:
            stream.write(data)
        sys.stdout.flush()
    except BrokenPipeError:
        raise ClosedPipeError from None
    except OSError as error:
        raise PolicykitError(f"cannot be written: {error_reason(error)}", path="standard output") from None


def error_reason(error: OSError) -> str:
    """Why the system refused, as it is said in the middle of a line."""
    return (error.strerror or os.strerror(error.errno or 0)).lower()
