"""Known edits made to real documents: is each reported as what it is, and nothing else?"""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

from benchmarks.edits import Outcome, run
from benchmarks.timing import Row
from policykit import open_corpus

#: documents of our own, with what the corpus lacks: bodies in charge, articles, indicators in many units
DOCUMENTS = Path(__file__).parents[1] / "tests" / "cases" / "compare" / "documents"


def documents(folder: str | None) -> list[tuple[str, str]]:
    """The documents to edit: the .txt files of a folder, or the corpus and our own."""
    if folder:
        paths = sorted(Path(folder).glob("*.txt"))
    else:
        paths = [*(document.path for document in open_corpus()), *sorted(DOCUMENTS.glob("*.txt"))]
    return [(path.stem, path.read_text(encoding="utf-8-sig")) for path in paths]


def figures(outcomes: list[Outcome]) -> tuple[float, float]:
    """Precision and recall of the changes named."""
    right = sum(outcome.right for outcome in outcomes)
    wrong = sum(len(outcome.wrong) for outcome in outcomes)
    missed = sum(len(outcome.missed) for outcome in outcomes)
    return right / max(1, right + wrong), right / max(1, right + missed)


def measure(folder: str | None, repeats: int) -> list[Row]:
    """Precision and recall over all edits, and for each kind how many edits came out just right. `repeats` has no meaning here."""
    outcomes = run(documents(folder))
    precision, recall = figures(outcomes)
    by_kind: dict[str, list[Outcome]] = defaultdict(list)
    for outcome in outcomes:
        by_kind[outcome.edit.kind].append(outcome)
    rows: list[Row] = [
        {"what": "edits", "figure": f"{len(outcomes):8} of {len(by_kind)} kinds", "value": len(outcomes)},
        {"what": "precision", "figure": f"{precision:8.3f}", "value": precision},
        {"what": "recall", "figure": f"{recall:8.3f}", "value": recall},
    ]
    for kind, found in by_kind.items():
        right = sum(not outcome.missed and not outcome.wrong for outcome in found)
        rows.append({"what": kind, "figure": f"{right:8} of {len(found)}", "value": right / len(found)})
    return rows
