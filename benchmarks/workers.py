"""A batch with two worker processes beside the same batch with one.

    python -m benchmarks workers --files 20000

The documents are made from the corpus, 7,000 characters each. What counts is the time on the wall, so the two cores have to be free.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.documents import write_documents
from benchmarks.timing import Row, ratio

#: length of the documents in characters, how many there are unless told, from how many on one run of each side is enough
_CHARACTERS, FILES, _MANY = 7_000, 800, 5_000


def measure(documents: str | None, repeats: int, files: int = FILES) -> list[Row]:
    """With one worker and with two, in turn; the best of up to three runs each. `documents` plays no part."""
    del documents
    times: dict[int, list[float]] = {1: [], 2: []}
    with tempfile.TemporaryDirectory(prefix="policykit-benchmark-") as name:
        folder = Path(name)
        write_documents(folder / "in", files, _CHARACTERS)
        write_documents(folder / "warm", 2, _CHARACTERS)
        _seconds(folder / "warm", folder / "out", 2)  # what is kept between processes is made here
        for _ in range(1 if files >= _MANY else min(repeats, 3)):
            for jobs in times:
                times[jobs].append(_seconds(folder / "in", folder / "out", jobs))
    one, two = (min(values) for values in times.values())
    what = f"{files} documents of {_CHARACTERS} characters"
    return [
        {"what": f"{what}, one worker", "figure": f"{one:8.1f} s, {files / one:.0f} documents a second", "value": one},
        {
            "what": "the same, two workers",
            "figure": f"{two:8.1f} s, {files / two:.0f} documents a second",
            "value": two,
        },
        ratio("two workers are so many times as fast as one", one / two, at_least=1.8),
    ]


def _seconds(inputs: Path, output: Path, jobs: int) -> float:
    command = [sys.executable, "-m", "policykit", "extract", str(inputs), "--output", f"{output}{os.sep}"]
    started = time.perf_counter()
    subprocess.run([*command, "--jobs", str(jobs), "--quiet"], check=True, stdin=subprocess.DEVNULL)
    took = time.perf_counter() - started
    shutil.rmtree(output)
    return took
