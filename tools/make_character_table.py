"""Writes data/dictionaries/characters-table.json from OpenCC's dictionaries and data/dictionaries/characters.yaml.

    python tools/make_character_table.py [--check]

OpenCC's own conversion walks a tree of strings and reads 60,000 phrases; the way from Traditional to Simplified needs one
character table and a few hundred phrases in which a character is not what the table says. They are taken from the package
opencc-python-reimplemented, so the result does not depend on which build of OpenCC is installed where policykit runs.
`--check` writes nothing and fails where the file on disk is not what would be written.
"""

from __future__ import annotations

import json
import sys
import unicodedata
from collections.abc import Iterable
from pathlib import Path

import opencc
import yaml

ROOT = Path(__file__).resolve().parents[1]
TABLE = ROOT / "data" / "dictionaries" / "characters-table.json"
REVIEWED = ROOT / "data" / "dictionaries" / "characters.yaml"
OPENCC = Path(opencc.__file__).parent / "dictionary"


def opencc_dictionary(name: str) -> dict[str, str]:
    """Key and first value of each line of an OpenCC dictionary."""
    rows = (line.rstrip("\n").split("\t") for line in (OPENCC / f"{name}.txt").read_text(encoding="utf-8").splitlines())
    return {row[0]: row[1].split(" ")[0] for row in rows if len(row) == 2}


def compatibility_characters() -> dict[str, str]:
    """Compatibility ideographs and radicals that stand for one ordinary character."""
    found = {}
    for block in ((0x2E80, 0x2FDF), (0xF900, 0xFAFF)):
        for code in range(block[0], block[1] + 1):
            plain = unicodedata.normalize("NFKC", chr(code))
            if len(plain) == 1 and plain != chr(code):
                found[chr(code)] = plain
    return found


def build() -> dict[str, object]:
    """The table: what every document gets, what only Traditional text gets, phrases that differ from the characters."""
    reviewed = yaml.safe_load(REVIEWED.read_text(encoding="utf-8"))
    to_simplified = opencc_dictionary("TSCharacters")
    variants = opencc_dictionary("HKVariantsRev") | opencc_dictionary("TWVariantsRev")
    own = {pair[0]: pair[1] for pair in reviewed["variants"]}
    keep = set(reviewed["keep"])

    characters: dict[str, str] = {}
    for key in sorted({*to_simplified, *variants, *own}):
        value = own.get(key) or to_simplified.get(variants.get(key, key), variants.get(key, key))
        if key not in keep and value != key:
            characters[key] = value
    for key in list(characters):  # a value that is itself a key would change again at the next run
        while characters[key] in characters:
            characters[key] = characters[characters[key]]

    def plain(text: str) -> str:
        return "".join(characters.get(character, character) for character in text)

    phrases: dict[str, str] = {}
    before_variants = opencc_dictionary("TWVariantsRevPhrases") | opencc_dictionary("HKVariantsRevPhrases")
    for key, value in before_variants.items():
        simplified = "".join(to_simplified.get(character, character) for character in value)
        if simplified != plain(key):
            phrases[key] = simplified
    for key, value in opencc_dictionary("TSPhrases").items():
        if value != plain(key):
            phrases[key] = value
    for key, value in reviewed["phrases"].items():
        phrases[key] = value
    dropped = set(reviewed["dropped_phrases"])
    phrases = {key: value for key, value in phrases.items() if key not in dropped}
    for key, value in phrases.items():
        if len(key) != len(value):
            raise SystemExit(f"{key} → {value} changes the length")

    at_home = set(reviewed["at_home"])
    everywhere = {key: value for key, value in characters.items() if key not in at_home and not in_gb2312(key)}
    elsewhere = {key: value for key, value in characters.items() if key not in everywhere}
    compatible = compatibility_characters() | {pair[0]: pair[1] for pair in reviewed["radicals"]}
    compatible = {key: plain(value) for key, value in compatible.items() if key not in characters}

    traditional_forms = set()
    simplified_only = []
    rows = (OPENCC / "STCharacters.txt").read_text(encoding="utf-8").splitlines()
    for row in rows:
        key, values = row.split("\t")
        traditional_forms.update(values.split(" "))
    for row in rows:
        key, values = row.split("\t")
        if key not in values.split(" ") and key not in traditional_forms and is_common(key, "gb2312", b"\xd8"):
            simplified_only.append(key)
    return {
        "everywhere": columns(everywhere),
        "traditional": columns(elsewhere),
        "compatible": columns(compatible),
        "common_traditional": ranges(key for key in everywhere if is_common(key, "big5", b"\xc9")),
        "common_simplified": ranges(simplified_only),
        "units": reviewed["units"],
        "phrases": dict(sorted(phrases.items())),
    }


def in_gb2312(character: str) -> bool:
    """Whether the mainland's basic character set has it: then a Simplified text may mean it."""
    try:
        character.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def is_common(character: str, encoding: str, limit: bytes) -> bool:
    """Whether a two-byte character set has a character in its first plane, that of the common ones."""
    try:
        return character.encode(encoding) < limit
    except UnicodeEncodeError:
        return False


def ranges(characters: Iterable[str]) -> str:
    """Characters as the inside of a character class."""
    parts: list[list[str]] = []
    for character in sorted(characters):
        if parts and ord(parts[-1][-1]) + 1 == ord(character):
            parts[-1] = [parts[-1][0], character]
        else:
            parts.append([character])
    return "".join("-".join(part) for part in parts)


def columns(table: dict[str, str]) -> list[str]:
    """The keys and the values of a table as two strings."""
    return ["".join(table), "".join(table.values())]


def main() -> None:
    text = json.dumps(build(), ensure_ascii=False, indent=0) + "\n"
    if "--check" in sys.argv[1:]:
        if TABLE.read_text(encoding="utf-8") != text:
            raise SystemExit(f"{TABLE} is out of date: run python {Path(__file__).name}")
        return
    TABLE.write_text(text, encoding="utf-8")
    print(f"wrote {TABLE} ({len(text)} characters)")


if __name__ == "__main__":
    main()
