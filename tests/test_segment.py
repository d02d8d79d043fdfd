"""Words and where they stand, with our own words and without touching jieba's global state."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from policykit.text.normalise import normalise
from policykit.text.segment import own_words, segment
from policykit.text.source import source_from_text


def test_tokens_stand_where_they_say() -> None:
    text = "到2027年，推进高质量发展。\n建设GB/T 1.1 标准体系"
    tokens = segment(text)
    assert all(text[token.start : token.end] == token.text for token in tokens)
    assert all(token.source == (token.start, token.end) for token in tokens)
    assert "".join(token.text for token in tokens) == "".join(text.split())
    assert "高质量发展" in [token.text for token in tokens]


def test_tokens_of_a_working_text_lead_back_to_the_source() -> None:
    text = "一、推進 標 準 化\r\n\r\n加強資訊化建設，提升高品質發展水準"
    working = normalise(source_from_text(text))
    tokens = {token.text: token for token in segment(working)}
    for word, original in (("信息化", "資訊化"), ("标准化", "標 準 化"), ("高质量发展", "高品質發展")):
        span = tokens[word].source
        assert text[span.start : span.end] == original
        assert working.text[tokens[word].start : tokens[word].end] == word


def test_each_of_our_words_is_one_token() -> None:
    words = own_words()
    assert len(words) == len(set(words)) > 200
    assert [word for word in words if [token.text for token in segment(word)] != [word]] == []


def test_any_text() -> None:
    assert segment("") == ()
    assert segment(" \n　") == ()
    assert [token.text for token in segment("😀\ud800a")] == ["😀", "\ud800", "a"]


def test_jieba_stays_as_it_was(tmp_path: Path) -> None:
    """Nothing is logged or printed, the global tokenizer is not set up, and the temporary folder stays empty."""
    program = (
        "import sys, policykit.text.segment as s\n"
        "assert 'jieba' not in sys.modules\n"
        "assert [t.text for t in s.segment('新质生产力')] == ['新质生产力']\n"
        "import jieba\n"
        "assert not jieba.dt.initialized and not jieba.dt.FREQ\n"
    )
    folder = tmp_path / "tmp"
    folder.mkdir()
    environment = {**os.environ, "TMPDIR": str(folder), "POLICYKIT_CACHE": str(tmp_path / "cache")}
    # two processes that start at once with an empty cache
    processes = [
        subprocess.Popen([sys.executable, "-c", program], env=environment, stdout=-1, stderr=-1) for _ in range(2)
    ]
    results = [(*process.communicate(timeout=120), process.returncode) for process in processes]
    assert results == [(b"", b"", 0)] * 2
    assert list(folder.iterdir()) == []
    assert len(list((tmp_path / "cache").glob("words-*.bin"))) == 1
