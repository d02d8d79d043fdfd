"""What all tests share."""

from __future__ import annotations

import os

from hypothesis import settings

# machines differ in speed, so no example has a time limit; in CI the examples are the same in every run
settings.register_profile("policykit", deadline=None, derandomize=bool(os.environ.get("CI")))
settings.load_profile("policykit")
