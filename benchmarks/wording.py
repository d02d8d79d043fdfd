"""How well text comes back from Traditional script and Taiwan vocabulary, beside OpenCC and zhconv.

    python -m benchmarks wording --documents FOLDER
    python -m benchmarks.wording --documents FOLDER --gold ROWS.yaml --gold-text TEXT

What is measured:

- there and back: each mainland document in Simplified script goes through OpenCC's s2t, s2tw, s2hk and s2twp, is normalised again and
  compared with itself: letters, digits and Han characters, without punctuation and white space; what is counted is
  1 - edits / characters;
- for readers elsewhere: what `normalise --to taiwan` and `--to hong-kong` write comes back as it was;
- findings: how many of the tasks, targets and so on of such a document are the same but for spans and quotes;
- words: rows of a gateway's page with what its words are in official language (start, end, quote, official, sure);
- as they are: words changed in the documents of the folder as they are; in mainland ones there must be none;
- speed of the wording step alone, in millions of characters per second.

Peers see the same converted text and convert it back with t2s, tw2s, tw2sp and, if it is installed, zhconv's zh-cn.
"""

from __future__ import annotations

import argparse
import hashlib
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from platformdirs import user_cache_path

from benchmarks.timing import Row, medians, speed
from policykit import analyse
from policykit.resources import data_directory
from policykit.text.characters import convert_characters
from policykit.text.normalise import normalise
from policykit.text.readers import Place, for_readers
from policykit.text.source import source_from_text
from policykit.text.wording import wording_edits

WAYS_THERE = ("s2t", "s2tw", "s2hk", "s2twp")
WAYS_BACK = ("t2s", "tw2s", "tw2sp")
FINDINGS = ("outline", "tasks", "targets", "deadlines", "domains", "responsibilities", "references")
CACHE = user_cache_path("policykit") / "benchmark-wording"


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


@lru_cache(maxsize=1)
def _opencc_version() -> str:
    return version("opencc-python-reimplemented")


def converted(text: str, configuration: str) -> str:
    """The text through OpenCC, kept in the user's cache folder, for OpenCC in Python is slow."""
    key = hashlib.sha256(f"{_opencc_version()}\n{configuration}\n{text}".encode()).hexdigest()
    kept = CACHE / f"{key}.txt"
    if kept.exists():
        return kept.read_bytes().decode()
    result = _opencc(configuration)(text)
    CACHE.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=CACHE, suffix=".tmp", delete=False) as draft:
        draft.write(result.encode())
    Path(draft.name).replace(kept)
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
    """The stretches in which two texts differ, line by line where they have as many lines."""
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


def there_and_back(documents: Mapping[str, str]) -> Iterator[Row]:
    """The accuracy of every way there with every way back."""
    backs = {"policykit": normalised, **peers()}
    for way in WAYS_THERE:
        there = {name: converted(text, way) for name, text in documents.items()}
        for back, convert in backs.items():
            own = back == "policykit"
            result = score(
                (normalised(text) if own else text, convert(there[name])) for name, text in documents.items()
            )
            yield {
                "what": f"{way} and back with {back}",
                "figure": f"{result.accuracy:8.4%}, {result.edits} characters changed, "
                f"{result.below(0.9997)} documents below 99.97 %, {result.below(0.999)} below 99.9 %",
                "value": result.accuracy,
            }


def read_elsewhere(documents: Mapping[str, str]) -> Iterator[Row]:
    """The accuracy of what readers in Taiwan and Hong Kong get, normalised again."""
    places: tuple[Place, ...] = ("taiwan", "hong-kong")
    texts = [normalised(text) for text in documents.values()]
    for place in places:
        result = score((text, normalised(for_readers(text, place))) for text in texts)
        yield {
            "what": f"written for {place} and normalised again",
            "figure": f"{result.accuracy:8.4%}, {result.edits} characters changed, {result.below(0.999)} documents below 99.9 %",
            "value": result.accuracy,
        }


def comparable(data: Any) -> Any:
    """An analysis without what stands in the source's own letters."""
    if isinstance(data, dict):
        return {
            key: comparable(value) for key, value in data.items() if key not in {"span", "quote", "marker", "source"}
        }
    return [comparable(item) for item in data] if isinstance(data, list) else data


def findings(documents: Mapping[str, str]) -> Iterator[Row]:
    """The share of findings that are the same after every way there."""
    official = {name: comparable(analyse(text).to_data()) for name, text in documents.items()}
    for way in WAYS_THERE:
        same = total = 0
        for name, text in documents.items():
            after = comparable(analyse(converted(text, way)).to_data())
            for kind in FINDINGS:
                one, other = (Counter(map(repr, data[kind])) for data in (official[name], after))
                same += (one & other).total()
                total += max(one.total(), other.total())
        share = same / max(1, total)
        yield {"what": f"findings the same after {way}", "figure": f"{share:8.4%} of {total}", "value": share}


def words(rows_path: Path, text_path: Path) -> Iterator[Row]:
    """Which of the rows come out as official language has them; the peers take each word by itself."""
    import yaml

    rows = [row for row in yaml.safe_load(rows_path.read_text(encoding="utf-8")) if row.get("sure", True)]
    result = normalise(source_from_text(text_path.read_bytes().decode()))
    wrong = []
    for row in rows:
        span = result.working_span(row["start"], row["end"])
        if (got := result.text[span.start : span.end]) != row["official"]:
            wrong.append(f"{row['quote']} is {row['official']}, not {got}")
    yield _of("gateway words right with policykit", len(rows) - len(wrong), len(rows), "; ".join(wrong))
    for name, convert in peers().items():
        yield _of(
            f"gateway words right with {name}", sum(convert(row["quote"]) == row["official"] for row in rows), len(rows)
        )


def _of(what: str, right: int, total: int, remark: str = "") -> Row:
    return {"what": what, "figure": f"{right:8} of {total}{remark and '; '}{remark}", "value": right / max(1, total)}


def as_they_are(folder: Path) -> Iterator[Row]:
    """How many words are changed in the documents as they are, under what label."""
    changed: dict[str, list[int]] = {}
    for path in sorted(folder.glob("*.txt")):
        result = wording_edits(*convert_characters(path.read_bytes().decode()))
        changed.setdefault(result.label, []).append(len(result.edits))
    for label, counts in sorted(changed.items()):
        figure = f"{sum(counts):8} in {len(counts)} documents"
        yield {"what": f"words changed in {label} documents as they are", "figure": figure, "value": sum(counts)}


def speeds(documents: Mapping[str, str], repeats: int) -> Iterator[Row]:
    """The wording step on documents in Simplified script, and on them in Traditional script and in a gateway's words."""
    inputs = {
        "Simplified": [convert_characters(text) for text in documents.values()],
        "Traditional": [convert_characters(converted(text, "s2t")) for text in documents.values()],
        "gateway": [convert_characters(converted(text, "s2twp")) for text in documents.values()],
    }
    sides = {name: lambda pairs=pairs: [wording_edits(*pair) for pair in pairs] for name, pairs in inputs.items()}
    for name, seconds in medians(sides, repeats).items():
        yield speed(f"wording of {name} documents", sum(len(text) for text, _ in inputs[name]), seconds)


def measure(documents: str | None, repeats: int) -> list[Row]:
    """Over the mainland documents in Simplified script of a folder; without one, over what the corpus says in the end."""
    folder = Path(documents) if documents else data_directory() / "corpus"
    texts = mainland_documents(folder) if documents else {}
    if not texts:
        texts = {path.stem: normalised(path.read_bytes().decode()) for path in sorted(folder.glob("*.txt"))}
    return [
        *there_and_back(texts),
        *read_elsewhere(texts),
        *findings(texts),
        *as_they_are(folder),
        *speeds(texts, min(repeats, 5)),
    ]


def main(arguments: Sequence[str] | None = None) -> None:
    """Print all measures."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.wording", description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--documents", help="folder of .txt documents (default: the corpus)")
    parser.add_argument("--gold", type=Path, help="YAML rows: start, end, quote, official, sure")
    parser.add_argument("--gold-text", type=Path, default=data_directory() / "corpus" / "2023-national.txt")
    chosen = parser.parse_args(arguments)
    rows = measure(chosen.documents, 5)
    if chosen.gold:
        rows.extend(words(chosen.gold, chosen.gold_text))
    for row in rows:
        print(f"{row['what']:46}  {row['figure']}")


if __name__ == "__main__":
    main()
