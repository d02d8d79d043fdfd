"""What all tests share."""

from __future__ import annotations

import os
import shutil
import signal
from pathlib import Path

import pytest
from hypothesis import settings

import policykit

# machines differ in speed, so no example has a time limit; in CI the examples are the same in every run
settings.register_profile("policykit", deadline=None, derandomize=bool(os.environ.get("CI")))
settings.load_profile("policykit")

# A job that a shell started in the background ignores Ctrl-C, and what it starts inherits that: the tests of Ctrl-C would wait for nothing.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session")
def still_sources(tmp_path_factory: pytest.TempPathFactory) -> str:
    """PYTHONPATH for processes that must find the same policykit one after the other.

    A result is done again by --resume when a dictionary is another, so that an edit in the checkout while such a test runs would fail it.
    In a checkout it is a copy as it was when the first of these tests began; elsewhere nothing changes.
    """
    before = os.environ.get("PYTHONPATH", "")
    package = Path(policykit.__file__).resolve().parent
    data = package.parents[1] / "data"
    if (package / "data").is_dir() or not data.is_dir():
        return before
    copy = tmp_path_factory.mktemp("still")
    shutil.copytree(package, copy / "src" / "policykit")
    shutil.copytree(data, copy / "data")
    return os.pathsep.join(filter(None, [str(copy / "src"), before]))
