"""The command `policykit`, also as `python -m policykit`."""

from __future__ import annotations

import sys
from contextlib import suppress

#: how many values are made before those that only refer to each other are looked for (Python's own: 700); so many take a few megabytes
_MADE_BETWEEN_COLLECTIONS = 30_000


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
    import atexit
    import gc

    # Most of what a short run makes lives until its end (modules, patterns, word lists): looking through all of it again and again for
    # what nobody refers to any more takes a tenth of the time of one document.
    thresholds = gc.get_threshold()
    gc.set_threshold(_MADE_BETWEEN_COLLECTIONS, *thresholds[1:])
    atexit.register(gc.freeze)  # nor need the interpreter look through it when it ends
    try:
        from policykit.cli.app import run

        return run(sys.argv[1:])
    except KeyboardInterrupt:  # while modules were still being loaded
        return 130
    finally:
        gc.set_threshold(*thresholds)


if __name__ == "__main__":
    sys.exit(main())
