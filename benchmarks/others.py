"""The whole analysis beside libraries that look for numbers and times alone.

    python -m benchmarks others --documents DIR

They take seconds to minutes for a document, so they see a sample: whole documents spread over the folder, up to so many characters. They
get the text in Simplified script already; the conversion is no part of their time, as it is of ours. jionlp is asked for amounts of money
and times, recognizers-text-suite for currencies, dimensions, percentages, numbers and times, line by line (the suite takes more than linear
time, so that helps it). Peers that are not installed are left out, with a line that says so.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Sequence
from datetime import date

from benchmarks.accuracy import Page, jionlp_side, recognizers_side
from benchmarks.timing import Row, medians, ratio, speed, texts

#: how many characters of documents the sample of each peer may have, and how often it runs at most
_JIONLP, _RECOGNIZERS = (60_000, 5), (12_000, 3)


def measure(documents: str | None, repeats: int) -> list[Row]:
    """Over a sample of the corpus, or of the .txt files of the folder `documents`."""
    everything = texts(documents)
    rows: list[Row] = []
    for name, module, side, (characters, times), bar in (
        ("jionlp: money, times", "jionlp", jionlp_side, _JIONLP, 3),
        ("recognizers-text-suite: numbers, units, times", "recognizers_number", recognizers_side, _RECOGNIZERS, 50),
    ):
        if importlib.util.find_spec(module) is None:
            package = name.partition(":")[0]
            rows.append({"what": name, "figure": f"not installed: pip install {package} 'emoji<1.7'", "value": 0.0})
            continue
        rows += _beside(name, side(), _sample(everything, characters), min(repeats, times), bar)
    return rows


def _sample(pages: Sequence[str], characters: int) -> list[str]:
    """Documents of middling length from all over the list, up to so many characters together; at least one, cut if it is longer."""
    usual = sorted(pages, key=len)[len(pages) // 4 :]
    chosen, left = [], characters
    for page in usual[:: max(1, len(usual) // 12)]:
        if len(page) <= left:
            chosen.append(page)
            left -= len(page)
    return chosen or [min(pages, key=len)[:characters]]


def _beside(
    name: str,
    finders: tuple[Callable[[Page], object], Callable[[Page], object]],
    sample: Sequence[str],
    repeats: int,
    bar: float,
) -> list[Row]:
    from opencc import OpenCC

    from policykit import analyse

    convert = OpenCC("t2s").convert
    pages = [Page(text, convert(text), [], [], date(2024, 1, 1)) for text in sample]
    quantities, times = finders
    took = medians(
        {
            "analyse()": lambda: [analyse(page.text) for page in pages],
            name: lambda: [(quantities(page), times(page)) for page in pages],
        },
        repeats,
    )
    ours, theirs = took.values()
    characters = sum(map(len, sample))
    whole = f"sample of {len(sample)} documents, {characters} characters"
    return [
        speed(f"analyse() ({whole})", characters, ours),
        speed(f"{name} (the same)", characters, theirs),
        ratio(f"analyse() is so many times as fast as {name}", theirs / ours, at_least=bar),
    ]
