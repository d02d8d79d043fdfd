"""How well text comes back from Traditional script and Taiwan vocabulary, beside OpenCC and zhconv.

    python -m benchmarks.wording --documents FOLDER [--gold ROWS.yaml --gold-text TEXT]

Three measures:

- there and back: each mainland document in Simplified script goes through OpenCC's s2t, s2tw, s2hk and s2twp, is normalised again and
  compared with itself: letters, digits and Han characters, without punctuation and white space; what is counted is
  1 - edits / characters;
- words: rows of a gateway's page with what its words are in official language (start, end, quote, official, sure);
- nothing spoiled: words changed in the documents as they are, which must be none.

Peers see the same converted text and convert it back with t2s, tw2s, tw2sp and, if it is installed, zhconv's zh-cn.
"""

from __future__ import annotations

import argparse
import hashlib
import tempfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from pathlib import Path

from policykit.resources import data_directory
from policykit.text.characters import convert_characters
from policykit.text.normalise import normalise
from policykit.text.source import source_from_text
from policykit.text.wording import wording_edits

WAYS_THERE = ("s2t", "s2tw", "s2hk", "s2twp")
WAYS_BACK = ("t2s", "tw2s", "tw2sp")
CACHE = Path(tempfile.gettempdir()) / "policykit-benchmark-wording"


@dataclass(frozen=True)
class Score:
    """Characters that came back as they were, of how many, and how many of the documents fell short of a bar."""

    edits: int
    characters: int
    documents: tuple[float, ...]

    @property
    def accuracy(self) -> float:
        return 1 - self.edits / max(1, self.characters)

    def below(self, bar: float) -> int:
        return sum(accuracy < bar for accuracy in self.documents)


@lru_cache(maxsize=8)
def _opencc(configuration: str) -> Callable[[str], str]:
    from opencc import OpenCC

    convert: Callable[[str], str] = OpenCC(configuration).convert
    return convert


def converted(text: str, configuration: str) -> str:
    """The text through OpenCC, kept in the folder for temporary files, for OpenCC in Python is slow."""
    key = hashlib.sha256(f"{configuration}\n{text}".encode()).hexdigest()
    kept = CACHE / f"{key}.txt"
    if kept.exists():
        return kept.read_bytes().decode()
    result = _opencc(configuration)(text)
    CACHE.mkdir(exist_ok=True)
    kept.write_bytes(result.encode())
    return result


def peers() -> dict[str, Callable[[str], str]]:
    """The ways back to Simplified script that others offer."""

    def of_opencc(configuration: str) -> Callable[[str], str]:
        return lambda text: converted(text, configuration)

    ways = {f"OpenCC {configuration}": of_opencc(configuration) for configuration in WAYS_BACK}
    try:
        import zhconv  # type: ignore[import-not-found]
    except ImportError:
        return ways
    return {**ways, "zhconv zh-cn": lambda text: zhconv.convert(text, "zh-cn")}


def normalised(text: str) -> str:
    """The working text."""
    return normalise(source_from_text(text)).text


def letters(line: str) -> str:
    """A line without punctuation and white space."""
    return "".join(filter(str.isalnum, line))


def differences(before: str, after: str) -> list[tuple[str, str]]:
    """What stands where in two texts, their lines first: the stretches that differ, with three characters around them."""
    left = [line for line in map(letters, before.split("\n")) if line]
    right = [line for line in map(letters, after.split("\n")) if line]
    if len(left) != len(right):
        left, right = ["".join(left)], ["".join(right)]
    found = []
    for one, other in zip(left, right, strict=True):
        if one == other:
            continue
        for name, start, end, other_start, other_end in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
            if name != "equal":
                found.append((one[start:end], other[other_start:other_end]))
    return found


def score(pairs: Iterable[tuple[str, str]]) -> Score:
    """How far the second texts are from the first."""
    edits = characters = 0
    documents = []
    for before, after in pairs:
        size = len(letters(before))
        wrong = sum(max(len(one), len(other)) for one, other in differences(before, after))
        edits, characters = edits + wrong, characters + size
        documents.append(1 - wrong / max(1, size))
    return Score(edits, characters, tuple(documents))


def mainland_documents(folder: Path) -> dict[str, str]:
    """The documents of a folder that are in Simplified script."""
    texts = {path.stem: path.read_bytes().decode() for path in sorted(folder.glob("*.txt"))}
    return {name: text for name, text in texts.items() if convert_characters(text)[1] == "simplified"}


def there_and_back(documents: dict[str, str]) -> None:
    """Print the accuracy of every way there with every way back."""
    print(f"there and back: {len(documents)} documents, {sum(map(len, documents.values()))} characters")
    print(f"{'':14}{'':>6}  {'accuracy':>10} {'edits':>6} {'documents below 99.97 %':>24} {'below 99.9 %':>13}")
    backs = {"policykit": normalised, **peers()}
    for way in WAYS_THERE:
        there = {name: converted(text, way) for name, text in documents.items()}
        for back, convert in backs.items():
            own = back == "policykit"
            result = score(
                (normalised(text) if own else text, convert(there[name])) for name, text in documents.items()
            )
            print(
                f"{back:14}{way:>6}  {result.accuracy:>10.4%} {result.edits:>6} {result.below(0.9997):>24} {result.below(0.999):>13}"
            )


def words(rows_path: Path, text_path: Path) -> None:
    """Print which of the rows come out as official language has them."""
    import yaml

    rows = yaml.safe_load(rows_path.read_text(encoding="utf-8"))
    text = text_path.read_bytes().decode()
    result = normalise(source_from_text(text))
    wrong = []
    for row in rows:
        span = result.working_span(row["start"], row["end"])
        got = result.text[span.start : span.end]
        if got != row["official"] and row.get("sure", True):
            wrong.append((row["quote"], row["official"], got))
    sure = sum(row.get("sure", True) for row in rows)
    print(f"words: {sure - len(wrong)} of {sure} sure rows right")
    for quote, official, got in wrong:
        print(f"  {quote} is {official}, not {got}")
    for name, convert in peers().items():
        # character conversions keep the length, so the row's own quote is what they convert
        right = sum(convert(row["quote"]) == row["official"] for row in rows if row.get("sure", True))
        print(f"  {name}: {right}, each word taken by itself")


def spoiled(folder: Path) -> None:
    """Print every word that is changed in the documents as they are."""
    changed = 0
    texts = {path.stem: path.read_bytes().decode() for path in sorted(folder.glob("*.txt"))}
    for name, text in texts.items():
        characters, script = convert_characters(text)
        result = wording_edits(characters, script)
        changed += len(result.edits)
        for edit in result.edits:
            print(
                f"  {name}: {characters[edit.start - 4 : edit.end + 4]!r}: {characters[edit.start : edit.end]} -> {edit.text}"
            )
    print(f"as they are: {changed} words changed in {len(texts)} documents")


def main(arguments: Sequence[str] | None = None) -> None:
    """Print all measures."""
    parser = argparse.ArgumentParser(prog="benchmarks.wording", description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--documents", type=Path, default=data_directory() / "corpus", help="folder of .txt documents")
    parser.add_argument("--gold", type=Path, help="YAML rows: start, end, quote, official, sure")
    parser.add_argument("--gold-text", type=Path, default=data_directory() / "corpus" / "2023-national.txt")
    chosen = parser.parse_args(arguments)
    documents = mainland_documents(chosen.documents)
    if not documents:  # the packaged corpus came through gateways: what they say in the end goes there and back
        texts = [path.read_bytes().decode() for path in sorted(chosen.documents.glob("*.txt"))]
        documents = {str(number): normalised(text) for number, text in enumerate(texts)}
    there_and_back(documents)
    if chosen.gold:
        words(chosen.gold, chosen.gold_text)
    spoiled(chosen.documents)


if __name__ == "__main__":
    main()
