"""Whole processes, from the shell's point of view: what a pipeline pays for each call."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable

from benchmarks.timing import Row, medians, milliseconds, ratio


def _process(*arguments: str) -> Callable[[], object]:
    command = [sys.executable, *arguments]
    # installed packages have their bytecode; a checkout writes it at the first run, unless it is told not to
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return lambda: subprocess.run(
        command,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        check=True,
    )


def measure(documents: str | None, repeats: int) -> list[Row]:
    """`documents` is not used: the document is 2023-national."""
    from policykit import open_corpus

    path = open_corpus().document("2023-national").path
    jieba = f"import jieba; jieba.lcut(open({str(path)!r}, encoding='utf-8').read())"
    sides = {
        "python -c pass": _process("-c", "pass"),
        "policykit --version": _process("-m", "policykit", "--version"),
        "policykit --help": _process("-m", "policykit", "--help"),
        "policykit extract 2023-national": _process("-m", "policykit", "extract", "2023-national"),
        "python -c 'import jieba; jieba.lcut(text)'": _process("-c", jieba),
    }
    times = medians(sides, repeats)
    nothing, version, help, extract, tokens = times.values()
    return [
        *(milliseconds(name, seconds) for name, seconds in times.items()),
        milliseconds("--version more than python -c pass", version - nothing, at_most=60),
        milliseconds("--help more than python -c pass", help - nothing, at_most=130),
        ratio("extract / jieba.lcut of the same text, whole processes", extract / tokens, at_most=0.25),
    ]
