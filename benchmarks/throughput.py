"""The whole analysis beside mere tokenising, in one process that is warm on both sides."""

from __future__ import annotations

import logging

from benchmarks.timing import Row, medians, ratio, speed, texts


def measure(documents: str | None, repeats: int) -> list[Row]:
    """Over the corpus, or the .txt files of the folder `documents`."""
    import jieba

    from policykit import analyse, write_json_line

    jieba.setLogLevel(logging.ERROR)
    pages = texts(documents)
    characters = sum(map(len, pages))
    times = medians(
        {
            "analyse()": lambda: [analyse(page) for page in pages],
            "analyse() and JSON lines": lambda: [write_json_line(analyse(page).to_data()) for page in pages],
            "jieba.lcut": lambda: [jieba.lcut(page) for page in pages],
        },
        repeats,
    )
    whole, written, tokens = times.values()
    return [
        *(speed(name, characters, seconds) for name, seconds in times.items()),
        ratio("analyse() is so many times as fast as jieba.lcut", tokens / whole),
        ratio("with JSON lines written", tokens / written),
    ]
