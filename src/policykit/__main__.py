"""The command `policykit`, also as `python -m policykit`."""

from __future__ import annotations

import sys


def main() -> int:
    """Run the command line; returns the exit code."""
    if sys.argv[1:] == ["--version"]:
        # asked at every build of a pipeline: answered before anything else is imported
        from policykit._version import __version__

        print(f"policykit {__version__}")
        return 0
    try:
        from policykit.cli.app import run

        return run(sys.argv[1:])
    except KeyboardInterrupt:  # while modules were still being loaded
        return 130


if __name__ == "__main__":
    sys.exit(main())
