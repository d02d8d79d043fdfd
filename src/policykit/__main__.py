"""The command `policykit`, also as `python -m policykit`."""

from __future__ import annotations

import sys
from contextlib import suppress


def main() -> int:
    """Run the command line; returns the exit code."""
    if sys.argv[1:] == ["--version"]:
        # asked at every build of a pipeline: answered before anything else is imported
        from policykit._version import __version__

        with suppress(OSError, AttributeError):
            sys.stdout.write(f"policykit {__version__}\n")
            sys.stdout.flush()
            return 0
        # nobody listens, or the disk is full: the long way says so
    try:
        from policykit.cli.app import run

        return run(sys.argv[1:])
    except KeyboardInterrupt:  # while modules were still being loaded
        return 130


if __name__ == "__main__":
    sys.exit(main())
