"""What the command's exit code says."""

from __future__ import annotations

DONE = 0
#: `check` found something that fails
FINDINGS = 1
#: wrong usage, or nothing could be read
TROUBLE = 2
#: some of several inputs failed, the others are written
PARTLY_DONE = 3
#: stopped with Ctrl-C
INTERRUPTED = 130
