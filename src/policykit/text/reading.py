"""From bytes to characters: which encoding a document is in, and what to say where it is in none.

A byte order mark decides; then strict UTF-8; then the encodings of Chinese, scored by how much their text looks like the language
of policy documents. Line ends stay as they are in the file.
"""

from __future__ import annotations

import codecs
import hashlib
import re
from collections import Counter
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from policykit.dictionaries import packaged_dictionary
from policykit.errors import InputError
from policykit.text.source import SourceText

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)

#: How other files than texts begin, and what they are.
_SIGNATURES = (
    (b"%PDF-", "a PDF"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Word or Excel document"),
    (b"{\\rtf", "a rich text (RTF) document"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"Rar!", "a RAR archive"),
    (b"SQLite format 3", "a database"),
)
_ADVICE = "save it as plain text (UTF-8) and give it that file"
_MEND = "where a few bytes are damaged drop them (iconv -c -f utf-8 -t utf-8)"

#: encodings without a mark that are tried, and what they are called in the result
_CANDIDATES = ("gb18030", "big5hkscs", "cp950", "utf-16-le", "utf-16-be")
_NAMES = {"big5hkscs": "big5-hkscs", "utf-8-sig": "utf-8"}

#: how many characters are looked at, and the least score (1 is policy language, 0 is noise) that a guess must have
_SAMPLE = 6000
_LEAST = 0.2


class _Guess(NamedTuple):
    score: float
    encoding: str
    text: str


def read_file(path: str | Path, *, id: str | None = None, encoding: str | None = None) -> SourceText:
    """The text of a file; `encoding` (a Python codec) where it is known.

    Raises `InputError` for a file that is missing, a folder, unreadable, empty, no text, or in no known encoding.
    """
    location = Path(path)
    try:
        data = location.read_bytes()
    except FileNotFoundError:
        raise InputError("no such file", path=path, advice="check the name") from None
    except IsADirectoryError:
        raise InputError("this is a folder", path=path, advice="name a file in it") from None
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise InputError(reason, path=path, advice="check the path and its permissions") from None
    return read_bytes(data, path=str(path), id=location.stem if id is None else id, encoding=encoding)


def read_bytes(
    data: bytes, *, path: str | None = None, id: str | None = None, encoding: str | None = None
) -> SourceText:
    """The text that bytes hold; `path` and `id` name it in the result and in errors.

    `sha256` of the result is that of the bytes, `encoding` what they were read as; a guess is noted in `warnings`. Raises `InputError`
    where they hold nothing, no text, or text in no known encoding.

    >>> read_bytes("一、總體要求".encode("big5")).text
    '一、總體要求'
    """
    text, name, guessed = _decode(data, path, encoding)
    if not text.strip("\ufeff\0 \t\r\n\x0c\u3000"):
        problem = "the file holds nothing but white space" if text.strip("\ufeff\0") else "the file is empty"
        raise InputError(problem, path=path, advice="give it a document")
    if re.match(r"\s*(?:<\?xml[^>]{0,200}>\s*)?<(?:!doctype html|html|head|body)\b", text[:2000], re.IGNORECASE):
        raise InputError("this looks like a web page (HTML), not a text", path=path, advice=_ADVICE)
    warnings = (f"the encoding was guessed: {name}",) if guessed else ()
    return SourceText(text, id=id, path=path, sha256=hashlib.sha256(data).hexdigest(), encoding=name, warnings=warnings)


def _decode(data: bytes, path: str | None, encoding: str | None) -> tuple[str, str, bool]:
    """The characters, what they are encoded in, and whether that was guessed."""
    if encoding is not None:
        return *_decode_as(data, encoding, path), False
    for mark, name in _MARKS:
        if data.startswith(mark):
            return *_decode_marked(data, mark, name, path), False
    _refuse_other_files(data, path)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        broken = error
    else:
        if text.isascii() and "\0" not in text:
            return text, "utf-8", False
        if "\0" not in text and max(text) >= "\u0800":
            return text, "utf-8", False
        # two bytes a character: as likely a short text in GB18030 (目录 reads Ŀ¼) or, with NUL bytes, UTF-16
        guess = _best_guess(data)
        if guess is not None and guess.score > max(_LEAST, _score(text)):
            return guess.text, _name(guess, data), True
        if "\0" in text:
            raise _binary(data, path)
        return text, "utf-8", False
    guess = _best_guess(data)
    if guess is not None and guess.score >= _LEAST:
        return guess.text, _name(guess, data), True
    if b"\0" in data:
        raise _binary(data, path)
    raise _undecodable(data, broken, path)


def _decode_as(data: bytes, encoding: str, path: str | None) -> tuple[str, str]:
    """The characters in an encoding that was asked for."""
    try:
        text = data.decode(encoding)
        name = codecs.lookup(encoding).name
    except LookupError:
        raise InputError(
            f"{encoding!r} is no text encoding", path=path, advice="try utf-8, gb18030, big5 or utf-16"
        ) from None
    except UnicodeDecodeError as error:
        raise InputError(
            f"not {encoding} at byte {error.start}", path=path, advice=f"name another encoding, or {_MEND}"
        ) from None
    return text.removeprefix("\ufeff"), _NAMES.get(name, name)


def _decode_marked(data: bytes, mark: bytes, name: str, path: str | None) -> tuple[str, str]:
    """The characters behind a byte order mark."""
    try:
        return data[len(mark) :].decode(name), name
    except UnicodeDecodeError as error:
        at = len(mark) + error.start
        raise InputError(
            f"it begins as {name} but is not {name} at byte {at}", path=path, advice="save it anew as UTF-8"
        ) from None


def _refuse_other_files(data: bytes, path: str | None) -> None:
    for signature, what in _SIGNATURES:
        if data.startswith(signature):
            raise InputError(f"this is {what}, not a text", path=path, advice=_ADVICE)
    if data.startswith(b"PK\x03\x04"):
        what = "a Word document" if b"word/" in data[:4000] else "an archive or Office document (zip)"
        raise InputError(f"this is {what}, not a text", path=path, advice=_ADVICE)


def _binary(data: bytes, path: str | None) -> InputError:
    at = data.index(b"\0")
    return InputError(f"this looks like a binary file (NUL at byte {at})", path=path, advice=_ADVICE)


def _undecodable(data: bytes, utf8: UnicodeDecodeError, path: str | None) -> InputError:
    """What to say of bytes that are text in no encoding: where the encodings that come furthest give up."""
    stops = {"UTF-8": utf8.start}
    for encoding, name in (("gb18030", "GB18030"), ("big5hkscs", "Big5")):
        try:
            data.decode(encoding)
        except UnicodeDecodeError as error:
            stops[name] = error.start
        else:
            stops[name] = -1
    told = ", ".join(f"{name} {'gives no Chinese' if at < 0 else f'fails at byte {at}'}" for name, at in stops.items())
    return InputError(f"its encoding is not known: {told}", path=path, advice=f"name it with --encoding, or {_MEND}")


def _best_guess(data: bytes) -> _Guess | None:
    """The encoding of Chinese whose text looks most like policy language."""
    best: _Guess | None = None
    for encoding in _CANDIDATES:
        if encoding.startswith("utf-16") and len(data) % 2:
            continue
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        score = _score(text)
        if best is None or score > best.score:
            best = _Guess(score, encoding, text)
    return best


def _name(guess: _Guess, data: bytes) -> str:
    """What a guessed encoding is called: plain Big5 where nothing of its extensions is used."""
    if guess.encoding in ("big5hkscs", "cp950"):
        try:
            if guess.text == data.decode("big5"):
                return "big5"
        except UnicodeDecodeError:
            pass
    return _NAMES.get(guess.encoding, guess.encoding)


@lru_cache(maxsize=1)
def _weights() -> dict[str, float]:
    """What a character says for an encoding that has it in a text."""
    from policykit.text.characters import traditional_forms

    data = packaged_dictionary("characters-frequent")
    weights: dict[str, float] = {}
    for group, weight in (("sometimes", 0.5), ("often", 0.8), ("most", 1.0)):
        for character in data[group].replace(" ", ""):
            for form in (character, *traditional_forms(character)):
                weights[form] = weight
    return {**weights, **dict.fromkeys("，。、；：“”（）《》「」—　〔〕！？", 1.0)}


def _score(text: str) -> float:
    """How much a text looks like Chinese policy language: about 1 if it is, about 0 or below if it was decoded wrongly."""
    if len(text) > _SAMPLE:
        third = _SAMPLE // 3
        middle = len(text) // 2
        text = text[:third] + text[middle : middle + third] + text[-third:]
    weights = _weights()
    total, counted = 0.0, 0
    for character, count in Counter(text).items():
        if "\x20" <= character < "\x7f" or character in "\t\r\n\x0c":
            continue
        counted += count
        total += count * (weights.get(character) or _rare(character))
    return total / counted if counted else 0.0


def _rare(character: str) -> float:
    """What a character that is not frequent says: a Chinese one little, one that policy documents do not hold the contrary."""
    code = ord(character)
    if 0x4E00 <= code <= 0x9FFF:
        return 0.1 if _in_basic_set(character) else -0.3
    if code < 0x20 or 0x7F <= code < 0xA0 or 0xD800 <= code < 0xF900 or code in (0xFFFD, 0xFFFE, 0xFFFF):
        return -2.0  # control, surrogates, private use
    if 0x2010 <= code <= 0x2642 or 0x3000 <= code <= 0x301F or 0xFF00 <= code <= 0xFF5E or code in (0xA0, 0xB7, 0xD7):
        return 0.3  # punctuation, numbers in circles, full-width letters
    return -1.0  # kana, hangul, other scripts, rare planes


def _in_basic_set(character: str) -> bool:
    for encoding, limit in (("gb2312", b"\xf8"), ("big5", b"\xc9")):
        try:
            if character.encode(encoding) < limit:
                return True
        except UnicodeEncodeError:
            continue
    return False
