"""What a command shows on a terminal, seen through a pseudo-terminal."""

from __future__ import annotations

import os
import select
import subprocess
import sys
import time

import pytest

#: more than any command takes on a machine that does much else, in seconds
_PATIENCE = 180


def shown_on_terminal(
    *arguments: str, columns: int = 80, keep_output: bool = True, **environment: str
) -> tuple[int, str]:
    """Exit code and what standard error and, with `keep_output`, standard output show; line ends are those of a terminal."""
    pty = pytest.importorskip("pty")
    ours, theirs = pty.openpty()
    running = subprocess.Popen(
        [sys.executable, "-m", "policykit", *arguments],
        stdin=subprocess.DEVNULL,
        stdout=theirs if keep_output else subprocess.DEVNULL,
        stderr=theirs,
        env={**os.environ, "TERM": "xterm", "COLUMNS": str(columns), **environment},
    )
    os.close(theirs)
    shown = b""
    end = time.monotonic() + _PATIENCE
    try:
        while True:
            if not select.select([ours], [], [], max(0.0, end - time.monotonic()))[0]:
                running.kill()
                running.wait()
                raise AssertionError(f"it has not ended after {_PATIENCE} seconds: {shown!r}")
            try:
                piece = os.read(ours, 65536)
            except OSError:
                break
            if not piece:
                break
            shown += piece
    finally:
        os.close(ours)
    return running.wait(_PATIENCE), shown.decode("utf-8")
