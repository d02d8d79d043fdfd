"""How well an extraction agrees with hand annotation: precision, recall and F1 for what is found, accuracy for its fields.

Gold is a folder with `<id>.txt` and `<id>.gold.json` (docs/evaluation.md describes the format). Found and annotated rows are paired by
overlap of their spans, one to one, the largest overlap first; a field is right when it equals the gold field. Texts are compared in
Simplified characters without white space and punctuation.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from policykit.errors import InputError

Row = Mapping[str, Any]

#: how alike (F1 over characters) a heading and an indicator must be to count as right
_HEADING_LIKENESS = 0.9
_INDICATOR_LIKENESS = 0.6
_WHOLE = "target whole (value, unit, comparator, deadline, indicator)"


@dataclass(frozen=True)
class Miss:
    """One disagreement: in which measure, in which document, at which offset of the source, and what it is."""

    measure: str
    document: str
    offset: int
    what: str

    def __str__(self) -> str:
        return f"{self.measure}: {self.document}@{self.offset} {self.what}"


@dataclass
class LayerScore:
    """How many rows of a kind are annotated, found, and both."""

    gold: int = 0
    found: int = 0
    both: int = 0

    @property
    def precision(self) -> float:
        return self.both / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        return self.both / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall.

        >>> round(LayerScore(gold=4, found=2, both=2).f1, 3)
        0.667
        """
        total = self.gold + self.found
        return 2 * self.both / total if total else 0.0


@dataclass
class FieldScore:
    """How often a field of a paired row is right."""

    right: int = 0
    of: int = 0

    @property
    def accuracy(self) -> float:
        return self.right / self.of if self.of else 0.0


@dataclass
class Evaluation:
    """The agreement over a number of documents. Layers and fields stand in the order in which they were met."""

    documents: int = 0
    layers: dict[str, LayerScore] = field(default_factory=dict)
    fields: dict[str, FieldScore] = field(default_factory=dict)
    misses: list[Miss] = field(default_factory=list)

    def to_data(self, *, misses: bool = False) -> dict[str, Any]:
        """The figures as plain data, rounded to four digits; with `misses`, the disagreements too."""
        data: dict[str, Any] = {
            "documents": self.documents,
            "layers": {
                name: {
                    "gold": score.gold,
                    "found": score.found,
                    "precision": round(score.precision, 4),
                    "recall": round(score.recall, 4),
                    "f1": round(score.f1, 4),
                }
                for name, score in self.layers.items()
            },
            "fields": {
                name: {"of": score.of, "right": round(score.accuracy, 4)} for name, score in self.fields.items()
            },
        }
        if misses:
            data["misses"] = [vars(miss) for miss in self.misses]
        return data


@dataclass(frozen=True)
class GoldDocument:
    """An annotated document: its id, its text file and its annotation."""

    id: str
    path: Path
    annotation: dict[str, Any]


def gold_documents(folder: str | Path, texts: str | Path | None = None) -> tuple[GoldDocument, ...]:
    """The annotated documents of a folder, by id; their texts lie beside the annotation or in the folder `texts`.

    Raises `InputError` for a folder without gold, a missing text or a broken annotation.
    """
    place = Path(folder)
    if not place.is_dir():
        raise InputError("no such folder", path=folder, advice="name a folder with ID.txt and ID.gold.json files")
    paths = sorted(place.glob("*.gold.json"))
    if not paths:
        raise InputError("no gold in this folder", path=folder, advice="gold is ID.gold.json beside ID.txt")
    return tuple(_gold_document(path, place if texts is None else Path(texts)) for path in paths)


def _gold_document(path: Path, texts: Path) -> GoldDocument:
    id = path.name.removesuffix(".gold.json")
    text_path = texts / f"{id}.txt"
    if not text_path.is_file():
        raise InputError(
            "the annotated text is missing", path=text_path, advice="name the folder of texts with --texts"
        )
    try:
        annotation = json.loads(path.read_text(encoding="utf-8"))
    except json.JSONDecodeError as error:
        raise InputError(f"not valid JSON: {error.msg}", path=path, line=error.lineno, advice="mend the file") from None
    except (UnicodeDecodeError, OSError) as error:
        raise InputError(f"cannot be read: {error}", path=path, advice="check the file") from None
    except RecursionError:
        raise InputError("nested too deeply", path=path, advice="see docs/evaluation.md") from None
    if problem := _problem(annotation):
        raise InputError(problem, path=path, line=1, advice="see docs/evaluation.md")
    return GoldDocument(id, text_path, annotation)


#: what each row of a list must say, and what type that must be of
_PLACES = {"start": int, "end": int, "quote": str}
_ROWS: dict[str, dict[str, type]] = {
    "items": {"start": int, "marker": str, "role": str, "heading": object},
    "targets": {**_PLACES, **dict.fromkeys(("value", "unit", "comparator", "kind", "indicator", "deadline"), object)},
    "deadlines": {**_PLACES, **dict.fromkeys(("relation", "from", "to", "duration"), object)},
    "responsible": {**_PLACES, "lead": list, "support": list},
    "references": {"title": str},
}


def _problem(annotation: object) -> str | None:
    """What keeps an annotation from being compared; None where nothing does."""
    if not isinstance(annotation, dict):
        return "an annotation must map names to rows"
    missing = {"metadata", *_ROWS} - annotation.keys()
    if missing:
        return f"no {', '.join(sorted(missing))}"
    if not isinstance(annotation["metadata"], dict):
        return "metadata must map names to values"
    for name, keys in _ROWS.items():
        if not isinstance(annotation[name], list):
            return f"{name} must be a list"
        for number, row in enumerate(annotation[name], 1):
            if not isinstance(row, dict):
                return f"{name}: row {number} must map names to values"
            for key, kind in keys.items():
                if key not in row:
                    return f"{name}: row {number} has no {key}"
                if not isinstance(row[key], kind):
                    return f"{name}: row {number}: wrong {key}"
            if name == "items" and row["role"] in ("task", "safeguard") and not isinstance(row.get("domains"), list):
                return f"{name}: row {number} has no domains"
    return None


def evaluate(documents: Iterable[tuple[str, str, Row, Row]]) -> Evaluation:
    """Compare analyses with gold. Each document is (id, decoded text, gold annotation, analysis as JSON data)."""
    evaluation = Evaluation()
    for id, text, gold, found in documents:
        evaluation.documents += 1
        _Comparison(evaluation, id, text).compare(gold, found)
    return evaluation


def overlapping_pairs(gold: Sequence[Row], found: Sequence[Row]) -> list[tuple[int, int]]:
    """Which gold row and which found row are the same (by `start` and `end`): one to one, the largest overlap first.

    >>> overlapping_pairs([{"start": 0, "end": 5}], [{"start": 4, "end": 9}, {"start": 1, "end": 5}])
    [(0, 1)]
    """
    overlaps = sorted(
        (max(g["start"], f["start"]) - min(g["end"], f["end"]), i, j)
        for i, g in enumerate(gold)
        for j, f in enumerate(found)
        if g["start"] < f["end"] and f["start"] < g["end"]
    )
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for _, i, j in overlaps:
        if i not in pairs and j not in taken:
            pairs[i] = j
            taken.add(j)
    return list(pairs.items())


@lru_cache(maxsize=8192)
def comparable(text: str | None) -> str:
    """What two ways of writing one phrase have in common.

    >>> comparable("「十二五」 規劃")
    '十二五规划'
    """
    from policykit.text.characters import convert_characters

    return re.sub(r"[\W_]+", "", convert_characters(text or "")[0])


def likeness(first: str | None, second: str | None) -> float:
    """F1 over the characters of two phrases, whatever their order; 1 where both are empty.

    >>> likeness("森林覆盖率", "全市森林覆盖率") > 0.8
    True
    """
    one, two = Counter(comparable(first)), Counter(comparable(second))
    if not one or not two:
        return float(not one and not two)
    return 2 * (one & two).total() / (one.total() + two.total())


def same_number(first: object, second: object) -> bool:
    """Whether two values are the same number (to a billionth), or both missing."""
    if first is None or second is None:
        return first is second
    try:
        one, two = float(str(first)), float(str(second))
    except ValueError:
        return False
    return abs(one - two) <= 1e-9 * max(1.0, abs(one))


def _same_unit(gold: str | None, found: str | None) -> bool:
    # a unit of signs only (%) has nothing that `comparable` keeps
    return comparable(gold) == comparable(found) if re.search(r"\w", gold or "") else gold == found


def _with_ends(row: Row) -> Row:
    return {**row, **row["span"]}


class _Comparison:
    """Compares one document and adds to the evaluation."""

    def __init__(self, evaluation: Evaluation, document: str, text: str) -> None:
        self.evaluation, self.document, self.text = evaluation, document, text

    def compare(self, gold: Row, found: Row) -> None:
        self.quotes(found)
        self.outline(gold["items"], found["outline"])
        self.tasks(gold["items"], found["tasks"])
        self.rows("targets", gold["targets"], found["targets"], self.target)
        self.rows("deadlines", gold["deadlines"], found["deadlines"], self.deadline)
        self.rows("responsibilities", gold["responsible"], found["responsibilities"], self.responsibility)
        self.references(gold["references"], found["references"])
        self.metadata(gold["metadata"], found["document"])

    def miss(self, measure: str, offset: int, what: str) -> None:
        self.evaluation.misses.append(Miss(measure, self.document, offset, what))

    def layer(self, name: str, *, gold: int, found: int, both: int) -> None:
        score = self.evaluation.layers.setdefault(name, LayerScore())
        score.gold += gold
        score.found += found
        score.both += both

    def field(self, name: str, right: bool, place: Row, got: object = None, want: object = None) -> None:
        score = self.evaluation.fields.setdefault(name, FieldScore())
        score.of += 1
        score.right += right
        if not right:
            shown = place.get("quote") or place.get("heading")
            about = f"{shown!r}: " if shown else ""
            difference = "" if got is None and want is None else f"{got!r}, not {want!r}"
            self.miss(name, place["start"], f"{about}{difference}".rstrip(": "))

    def quotes(self, found: Row) -> None:
        for kind in ("targets", "deadlines", "responsibilities"):
            for row in found[kind]:
                cut = self.text[row["span"]["start"] : row["span"]["end"]]
                self.field("quote is the text at its span", row["quote"] == cut, _with_ends(row), row["quote"], cut)

    def outline(self, items: Sequence[Row], entries: Sequence[Row]) -> None:
        # rows of tables, definitions and the like may be found or not
        gold = {item["start"]: item for item in items if item["role"] != "other"}
        free = {item["start"] for item in items if item["role"] == "other"}
        found = {entry["span"]["start"]: entry for entry in entries}
        self.places(
            "outline", gold, {place: entry for place, entry in found.items() if place in gold or place not in free}
        )
        for place in sorted(gold.keys() & found.keys()):
            want, got = gold[place], found[place]
            self.field("outline role", want["role"] == got["role"], want, got["role"], want["role"])
            alike = likeness(want["heading"], got["heading"]) >= _HEADING_LIKENESS
            self.field("outline heading", alike, want, got["heading"], want["heading"])

    def places(self, layer: str, gold: Mapping[int, Row], found: Mapping[int, Row]) -> None:
        """Rows that are the same where they begin at the same character."""
        self.layer(layer, gold=len(gold), found=len(found), both=len(gold.keys() & found.keys()))
        for place in sorted(gold.keys() - found.keys()):
            self.miss(layer, place, f"missed {gold[place]['marker']} {gold[place]['heading']}")
        for place in sorted(found.keys() - gold.keys()):
            self.miss(layer, place, f"spurious {found[place].get('marker') or ''} {found[place]['heading']}")

    def tasks(self, items: Sequence[Row], tasks: Sequence[Row]) -> None:
        gold = {item["start"]: item for item in items if item["role"] in ("task", "safeguard")}
        found = {task["span"]["start"]: task for task in tasks}
        self.places("tasks", gold, found)
        for place in sorted(gold.keys() & found.keys()):
            want, got = gold[place]["domains"], found[place]["domains"]
            self.layer("task domains", gold=len(want), found=len(got), both=len(set(want) & set(got)))
            self.field("task's first domain", got[:1] == want[:1], gold[place], got, want)

    def rows(
        self, layer: str, gold: Sequence[Row], found: Sequence[Row], compare_fields: Callable[[Row, Row], None]
    ) -> None:
        """Rows that are the same where their spans overlap."""
        found = [_with_ends(row) for row in found]
        pairs = overlapping_pairs(gold, found)
        self.layer(layer, gold=len(gold), found=len(found), both=len(pairs))
        met, taken = {i for i, _ in pairs}, {j for _, j in pairs}
        for index, row in enumerate(gold):
            if index not in met:
                self.miss(layer, row["start"], f"missed {row['quote']!r}")
        for index, row in enumerate(found):
            if index not in taken:
                self.miss(layer, row["start"], f"spurious {row['quote']!r}")
        for i, j in pairs:
            compare_fields(gold[i], found[j])

    def target(self, want: Row, got: Row) -> None:
        value = same_number(want["value"], got["value"]) and same_number(want.get("value_max"), got.get("value_max"))
        unit = _same_unit(want["unit"], got["unit"])
        comparator = want["comparator"] == got["comparator"]
        deadline = want["deadline"] == got["deadline"]
        indicator = likeness(want["indicator"], got["indicator"]) >= _INDICATOR_LIKENESS
        self.field("target value", value, want, got["value"], want["value"])
        self.field("target unit", unit, want, got["unit"], want["unit"])
        self.field("target comparator", comparator, want, got["comparator"], want["comparator"])
        self.field("target deadline", deadline, want, got["deadline"], want["deadline"])
        self.field("target kind", want["kind"] == got["kind"], want, got["kind"], want["kind"])
        self.field("target indicator", indicator, want, got["indicator"], want["indicator"])
        self.field(_WHOLE, value and unit and comparator and deadline and indicator, want)

    def deadline(self, want: Row, got: Row) -> None:
        self.field("deadline relation", want["relation"] == got["relation"], want, got["relation"], want["relation"])
        dates = tuple((row["from"], row["to"], row["duration"]) for row in (got, want))
        self.field("deadline dates", dates[0] == dates[1], want, *dates)

    def responsibility(self, want: Row, got: Row) -> None:
        bodies = [tuple({comparable(body) for body in row[key]} for key in ("lead", "support")) for row in (got, want)]
        shown = [(row["lead"], row["support"]) for row in (got, want)]
        self.field("lead and support", bodies[0] == bodies[1], want, *shown)

    def references(self, gold: Sequence[Row], found: Sequence[Row]) -> None:
        want = {comparable(row["title"]): row for row in gold}
        got = {comparable(row["title"]): row for row in found}
        self.layer("references", gold=len(want), found=len(got), both=len(want.keys() & got.keys()))
        for title in sorted(want.keys() - got.keys()):
            self.miss("references", want[title].get("start", 0), f"missed {want[title]['title']}")
        for title in sorted(got.keys() - want.keys()):
            self.miss("references", got[title]["span"]["start"], f"spurious {got[title]['title']}")

    def metadata(self, want: Row, got: Row) -> None:
        nowhere = {"start": 0}
        for key in ("title", "number", "issued", "published"):
            a, b = want.get(key), got.get(key)
            self.field(f"document {key}", comparable(a and str(a)) == comparable(b and str(b)), nowhere, b, a)
        bodies = [[comparable(body) for body in row.get("issuers") or []] for row in (want, got)]
        self.field("document issuers", bodies[0] == bodies[1], nowhere, got.get("issuers"), want.get("issuers"))
