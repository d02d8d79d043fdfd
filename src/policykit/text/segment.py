"""Words of a text, by jieba with the words of policy language added.

The tokenizer is our own: jieba's global one, its log and its cache file in the temporary folder stay untouched.
"""

from __future__ import annotations

import warnings
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from policykit.cache import cached_value
from policykit.resources import data_directory
from policykit.text.normalise import NormalisedText
from policykit.text.spans import Span

if TYPE_CHECKING:
    from jieba import Tokenizer

#: part of the key of the kept dictionary: another number where it is made in another way
_MAKE = 1


class Token(NamedTuple):
    """A word: its letters and offsets in the text that was segmented, and where it stands in the source."""

    text: str
    start: int
    end: int
    source: Span


def segment(text: str | NormalisedText) -> tuple[Token, ...]:
    """The words of a text in order, white space left out; in a string, the string itself is the source.

    >>> [token.text for token in segment("推进高质量发展，制修订国家标准150项")]
    ['推进', '高质量发展', '，', '制修订', '国家标准', '150', '项']
    """
    letters, origin = (text, None) if isinstance(text, str) else (text.text, text)
    tokens, position = [], 0
    for word in _tokenizer().cut(letters):
        start, position = position, position + len(word)
        if not word.isspace():
            source = Span(start, position) if origin is None else origin.source_span(start, position)
            tokens.append(Token(word, start, position, source))
    return tuple(tokens)


def own_words() -> tuple[str, ...]:
    """The words that policykit adds to jieba's, in the order of data/dictionaries/words.txt."""
    rows = _words_file().read_text(encoding="utf-8").splitlines()
    return tuple(row.split()[0] for row in rows if row.strip() and not row.startswith("#"))


def _words_file() -> Path:
    return data_directory() / "dictionaries" / "words.txt"


@lru_cache(maxsize=1)
def _tokenizer() -> Tokenizer:
    """A tokenizer that is ready to use; its dictionary is kept between processes."""
    from hashlib import blake2b

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # jieba's own sources warn at their first import
        import jieba

    dictionary = Path(jieba.__file__).with_name("dict.txt").read_bytes()
    key = blake2b(dictionary + _words_file().read_bytes(), digest_size=12).hexdigest()
    tokenizer = jieba.Tokenizer()
    frequencies, total = cached_value(f"words-{_MAKE}-{key}", lambda: _frequencies(tokenizer, dictionary))
    tokenizer.FREQ, tokenizer.total, tokenizer.initialized = frequencies, total, True
    return tokenizer


def _frequencies(tokenizer: Tokenizer, dictionary: bytes) -> tuple[dict[str, int], int]:
    """The word frequencies of jieba's dictionary with our own words, each frequent enough to come out whole."""
    from io import BytesIO

    frequencies: dict[str, int]
    frequencies, total = tokenizer.gen_pfdict(BytesIO(dictionary))
    tokenizer.FREQ, tokenizer.total, tokenizer.initialized = frequencies, total, True
    for word in own_words():
        tokenizer.add_word(word)
    found: Any = tokenizer.total
    return tokenizer.FREQ, int(found)
