"""The whole analysis beside the chain that one would write without it, in one process that is warm on all sides.

The chain leads the text to Simplified script (opencc-python-reimplemented, tw2s) and cuts it into words (jieba.lcut): what nearly every
program that reads such documents begins with. Its second half stands in a row of its own.
"""

from __future__ import annotations

import logging

from benchmarks.timing import Row, medians, ratio, speed, texts


def measure(documents: str | None, repeats: int) -> list[Row]:
    """Over the corpus, or the .txt files of the folder `documents`."""
    import jieba
    from opencc import OpenCC

    from policykit import analyse, write_json_line

    jieba.setLogLevel(logging.ERROR)
    convert = OpenCC("tw2s").convert
    pages = texts(documents)
    characters = sum(map(len, pages))
    times = medians(
        {
            "analyse()": lambda: [analyse(page) for page in pages],
            "analyse() and JSON lines": lambda: [write_json_line(analyse(page).to_data()) for page in pages],
            "OpenCC tw2s, then jieba.lcut": lambda: [jieba.lcut(convert(page)) for page in pages],
            "jieba.lcut alone": lambda: [jieba.lcut(page) for page in pages],
        },
        repeats,
    )
    whole, written, chain, tokens = times.values()
    return [
        *(speed(name, characters, seconds) for name, seconds in times.items()),
        ratio("analyse() is so many times as fast as OpenCC and jieba", chain / whole, at_least=8),
        ratio("with JSON lines written", chain / written, at_least=6),
        ratio("analyse() is so many times as fast as jieba alone", tokens / whole),
        ratio("with JSON lines written, than jieba alone", tokens / written),
    ]
