"""The most memory that a process holds while it extracts a file, and whether a batch of many files stays flat.

    python -m benchmarks memory
    python -m benchmarks.memory --shape markers --shape table --to 10240000

Peaks are resident memory as the system counts it (Linux: ru_maxrss of the finished process), Python and its libraries included. The
files are policies one behind the other (`ordinary`) and those of a gateway in Traditional script; `--shape` takes every shape of
benchmarks.growth, also those that are nothing but numbering or dates, whose analysis is many times as long as they are.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.documents import write_documents
from benchmarks.growth import SHAPES, shaped
from benchmarks.timing import Row, ratio

#: the bar: so many bytes, and so many more for each byte of the file
FIXED, FOR_EACH_BYTE = 60_000_000, 12
SIZES = (10_000, 100_000, 1_000_000, 10_240_000)
USUAL = ("ordinary", "gateway", "one line")
#: the batch: how many files, how many of them a short one has, how many characters each; the most that the peak may grow by
FILES, _FEW, _CHARACTERS, _FLAT = 10_000, 1_000, 1_000, 1.1


def peak(*arguments: str) -> int:
    """The most memory in bytes that `policykit` with these arguments held; RuntimeError where it failed."""
    process = os.fork()
    if not process:
        try:
            nothing = os.open(os.devnull, os.O_RDWR)
            for stream in (0, 1):
                os.dup2(nothing, stream)
            os.execv(sys.executable, [sys.executable, "-m", "policykit", *arguments])
        finally:
            os._exit(127)  # it did not become policykit: nothing of ours may go on in it
    _, status, usage = os.wait4(process, 0)
    if status:
        raise RuntimeError(f"policykit {' '.join(arguments)} ended with status {status}")
    return usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024)


def of_files(shapes: Sequence[str], sizes: Sequence[int]) -> Iterator[Row]:
    """The peak for a file of each shape and size, with the bar for it."""
    with tempfile.TemporaryDirectory(prefix="policykit-benchmark-") as folder:
        path = Path(folder, "document.txt")
        path.write_text("一、总体要求\n", encoding="utf-8")
        peak("extract", str(path))  # what is kept between processes is made here
        for shape in shapes:
            for size in sizes:
                path.write_bytes(shaped(shape, size).encode())
                found, bar = peak("extract", str(path)), FIXED + FOR_EACH_BYTE * size
                yield {
                    "what": f"peak, {shape}, file of {size / 1e6:g} MB",
                    "figure": f"{found / 1e6:8.1f} MB",
                    "value": found,
                    "bar": f"≤ {bar / 1e6:.1f} MB",
                    "reached": found <= bar,
                }


def of_a_batch(files: int) -> Iterator[Row]:
    """The peak of a batch beside that of its first thousand files."""
    peaks = []
    with tempfile.TemporaryDirectory(prefix="policykit-benchmark-") as name:
        folder = Path(name)
        for count in (min(_FEW, files), files):
            write_documents(folder / str(count), count, _CHARACTERS)
            peaks.append(
                peak("extract", str(folder / str(count)), "--output", f"{folder}/out{count}/", "--jobs", "1", "--quiet")
            )
            yield {
                "what": f"peak of a batch of {count} files of {_CHARACTERS} characters",
                "figure": f"{peaks[-1] / 1e6:8.1f} MB",
                "value": peaks[-1],
            }
    yield ratio(f"peak after {files} files / after {min(_FEW, files)}", peaks[1] / peaks[0], at_most=_FLAT)


def measure(documents: str | None, repeats: int, files: int = FILES) -> list[Row]:
    """Of files of usual shapes and of a batch; neither `documents` nor `repeats` plays a part."""
    del documents, repeats
    return [*of_files(USUAL, SIZES), *of_a_batch(files)]


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the peaks of files of chosen shapes."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.memory", description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--shape", action="append", choices=SHAPES, help="only this shape (can be repeated)")
    parser.add_argument("--to", type=int, default=SIZES[-1], help="largest file, in bytes")
    chosen = parser.parse_args(arguments)
    sizes = sorted({size for size in SIZES if size < chosen.to} | {chosen.to})
    for row in of_files(chosen.shape or list(SHAPES), sizes):
        print(f"{row['what']:44}{row['figure']}  {row['bar']}{'' if row['reached'] else '  missed'}", flush=True)


if __name__ == "__main__":
    main()
