"""Pairs of tasks against crosswalks made by hand.

A crosswalk names the pairs of two documents by the offsets of their markers, with their strength: precision counts every pair printed
that it names, recall the pairs of strength 2 that were printed.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
import yaml

from policykit import compare, load_analysis

HERE = Path(__file__).parent
#: documents that are not part of the repository
FURTHER_TEXTS = Path(os.environ.get("FURTHER_TEXTS", "none"))
FURTHER_GOLD = Path(os.environ.get("FURTHER_GOLD", "none"))


def pair_f1(crosswalk: Path, texts: Path | None) -> float:
    stated = yaml.safe_load(crosswalk.read_text(encoding="utf-8"))
    old, new = (stated[side] if texts is None else str(texts / f"{stated[side]}.txt") for side in ("old", "new"))
    rows = compare(load_analysis(old), load_analysis(new), only=("tasks",)).to_data()["tasks"]
    found = {
        (mine["span"]["start"], theirs["span"]["start"])
        for row in rows
        for mine in row["old"] or ()
        for theirs in row["new"] or ()
    }
    named = {(pair["old"], pair["new"]): pair["strength"] for pair in stated["pairs"]}
    plain = {pair for pair, strength in named.items() if strength == 2}
    precision, recall = len(found & named.keys()) / len(found), len(found & plain) / len(plain)
    return 2 * precision * recall / (precision + recall)


@pytest.mark.skipif(not FURTHER_TEXTS.is_dir(), reason="the documents are not here")
@pytest.mark.parametrize("crosswalk", sorted((HERE / "gold" / "compare").glob("*.yaml")), ids=lambda path: path.stem)
def test_pairs_of_further_documents(crosswalk: Path) -> None:
    assert pair_f1(crosswalk, FURTHER_TEXTS) >= 0.75


@pytest.mark.skipif(not (FURTHER_GOLD / "compare").is_dir(), reason="the crosswalk is not here")
def test_pairs_of_the_corpus() -> None:
    for crosswalk in sorted((FURTHER_GOLD / "compare").glob("*.yaml")):
        assert pair_f1(crosswalk, None) >= 0.75
