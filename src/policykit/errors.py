"""Errors that carry data: what is wrong, where, and what to do about it. How they look is the caller's affair."""

from __future__ import annotations

from pathlib import Path


class PolicykitError(Exception):
    """Something a user can put right.

    `problem` says what is wrong, `path` and `line` (from 1) where, `advice` what to do. `str()` joins them into one line.

    >>> str(PolicykitError("no such file", path="a.txt", advice="check the name"))
    'a.txt: no such file; check the name'
    """

    def __init__(
        self, problem: str, *, path: str | Path | None = None, line: int | None = None, advice: str | None = None
    ) -> None:
        super().__init__(problem)
        self.problem = problem
        self.path = None if path is None else str(path)
        self.line = line
        self.advice = advice

    def __str__(self) -> str:
        where = "" if self.path is None else self.path if self.line is None else f"{self.path}:{self.line}"
        text = f"{where}: {self.problem}" if where else self.problem
        return f"{text}; {self.advice}" if self.advice else text


class InputError(PolicykitError):
    """A document that cannot be found, read or decoded."""


class DictionaryError(PolicykitError):
    """A dictionary file that does not say what a dictionary must say."""
