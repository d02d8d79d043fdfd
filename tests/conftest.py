"""What all tests share."""

from __future__ import annotations

import os
import signal

from hypothesis import settings

# machines differ in speed, so no example has a time limit; in CI the examples are the same in every run
settings.register_profile("policykit", deadline=None, derandomize=bool(os.environ.get("CI")))
settings.load_profile("policykit")

# A job that a shell started in the background ignores Ctrl-C, and what it starts inherits that: the tests of Ctrl-C would wait for nothing.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)
