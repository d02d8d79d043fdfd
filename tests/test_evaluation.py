"""The measures, and what they say of the annotated corpus documents."""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import sys
import types
from pathlib import Path
from typing import Any

import pytest

import policykit
from policykit.errors import InputError
from policykit.evaluation import Evaluation, comparable, evaluate, gold_documents, likeness, same_number
from policykit.formats.json import write_json_line
from policykit.text.characters import convert_characters

HERE = Path(__file__).parent
#: a folder with further annotated documents (`dev`) and their own scorer (`score.py`), where there is one: not part of the repository
FURTHER_GOLD = Path(os.environ.get("FURTHER_GOLD", "none"))
#: the texts that tests/gold/further annotates, where there are any
FURTHER_TEXTS = Path(os.environ.get("FURTHER_TEXTS", "none"))


def evaluated(folder: Path, texts: Path | None = None) -> Evaluation:
    return evaluate(
        (gold.id, source.text, gold.annotation, json.loads(write_json_line(policykit.analyse(source).to_data())))
        for gold in gold_documents(folder, texts)
        for source in [policykit.read_file(gold.path, id=gold.id)]
    )


@pytest.fixture(scope="module")
def seeds(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The gold of the corpus documents beside their texts."""
    folder = tmp_path_factory.mktemp("gold")
    for path in (HERE / "gold").glob("*.gold.json"):
        shutil.copy(path, folder)
        shutil.copy(policykit.open_corpus().document(path.name.removesuffix(".gold.json")).path, folder)
    return folder


def test_the_corpus_documents_are_read_as_annotated(seeds: Path) -> None:
    found = evaluated(seeds)
    assert found.documents == 2
    for layer in ("outline", "tasks", "targets", "deadlines", "references", "responsibilities"):
        assert found.layers[layer].f1 == 1.0, [str(miss) for miss in found.misses if miss.measure == layer]
    assert found.layers["task domains"].f1 >= 0.85
    for field in ("quote is the text at its span", "outline role", "target value", "target deadline", "deadline dates"):
        assert found.fields[field].accuracy == 1.0, [str(miss) for miss in found.misses if miss.measure == field]


def test_gold_agrees_with_itself(seeds: Path) -> None:
    """What the annotation says, given in the shape of an analysis, is all right; what is spoiled is counted."""
    for gold in gold_documents(seeds):
        text = policykit.read_file(gold.path).text
        perfect = _as_analysis(gold.annotation)
        found = evaluate([(gold.id, text, gold.annotation, perfect)])
        assert found.misses == []
        assert all(layer.f1 == 1.0 for layer in found.layers.values() if layer.gold)
        spoiled = json.loads(json.dumps(perfect))
        spoiled["targets"][0]["value"] += 1
        spoiled["targets"].pop()
        spoiled["outline"][0]["role"] = "other"
        spoiled["document"]["title"] = None
        worse = evaluate([(gold.id, text, gold.annotation, spoiled)])
        assert {miss.measure for miss in worse.misses} == {
            "targets",
            "target value",
            "target whole (value, unit, comparator, deadline, indicator)",
            "outline role",
            "document title",
        }


def _as_analysis(gold: dict[str, Any]) -> dict[str, Any]:
    def span(row: dict[str, Any]) -> dict[str, int]:
        return {"start": row["start"], "end": row.get("end", row["start"] + 1), "line": 1}

    outline = [{**row, "span": span(row)} for row in gold["items"]]
    return {
        "document": gold["metadata"],
        "outline": outline,
        "tasks": [row for row in outline if row["role"] in ("task", "safeguard")],
        "targets": [{**row, "span": span(row)} for row in gold["targets"]],
        "deadlines": [{**row, "span": span(row)} for row in gold["deadlines"]],
        "responsibilities": [{**row, "span": span(row)} for row in gold["responsible"]],
        "references": [{**row, "span": {"start": 0, "end": 1, "line": 1}} for row in gold["references"]],
    }


@pytest.mark.skipif(
    not (FURTHER_GOLD / "score.py").exists(),
    reason="FURTHER_GOLD names no folder with annotated documents and a scorer",
)
def test_the_figures_are_those_of_the_scorer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # both sides shall simplify alike: what is compared is the measures
    simplify = types.SimpleNamespace(convert=lambda text: convert_characters(text)[0])
    monkeypatch.setitem(sys.modules, "opencc", types.SimpleNamespace(OpenCC=lambda way: simplify))  # type: ignore[arg-type]
    spec = importlib.util.spec_from_file_location("score", FURTHER_GOLD / "score.py")
    assert spec is not None
    assert spec.loader is not None
    scorer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scorer)
    theirs = scorer.Score()
    for gold in gold_documents(FURTHER_GOLD / "dev"):
        source = policykit.read_file(gold.path, id=gold.id)
        found = json.loads(write_json_line(policykit.analyse(source).to_data()))
        scorer.score_document(theirs, gold.id, source.text, gold.annotation, found)
    ours = evaluated(FURTHER_GOLD / "dev")
    assert {name: (layer.both, layer.gold, layer.found) for name, layer in ours.layers.items()} == {
        name: (theirs.hit[name], theirs.gold[name], theirs.found[name]) for name in theirs.gold
    }
    assert {name: (score.right, score.of) for name, score in ours.fields.items()} == {
        name: (theirs.right[name], theirs.seen[name]) for name in theirs.seen
    }
    assert len(ours.misses) == sum(map(len, theirs.notes.values()))


def test_texts_are_compared_without_script_and_punctuation() -> None:
    assert comparable("《國家標準化發展綱要》") == comparable("国家标准化发展纲要")
    assert comparable(None) == ""
    assert likeness("森林覆盖率", "森林覆盖率") == 1.0
    assert likeness("森林覆盖率", "粮食产量") == 0.0
    assert likeness("", None) == 1.0
    assert likeness("甲", None) == 0.0


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        (1, 1.0, True),
        (None, None, True),
        (None, 0, False),
        (3.5e12, 3500000000000, True),
        (1, 1.1, False),
        ("x", 1, False),
    ],
)
def test_numbers_are_compared_by_value(first: object, second: object, expected: bool) -> None:
    assert same_number(first, second) is expected


def test_gold_that_is_not_there_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.gold.json").write_text("{}")
    with pytest.raises(InputError, match=r"a\.txt: the annotated text is missing"):
        gold_documents(tmp_path)
    with pytest.raises(InputError, match="no such folder"):
        gold_documents(tmp_path / "none")


EMPTY: dict[str, Any] = {
    "metadata": {},
    "items": [],
    "targets": [],
    "deadlines": [],
    "responsible": [],
    "references": [],
}


@pytest.mark.parametrize(
    ("annotation", "problem"),
    [
        ("{", "not valid JSON"),
        ("[" * 100_000, "nested too deeply"),
        ("3", "an annotation must map names to rows"),
        ("{}", "no deadlines, items, metadata, references, responsible, targets"),
        (json.dumps({**EMPTY, "metadata": None}), "metadata must map names to values"),
        (json.dumps({**EMPTY, "items": 5}), "items must be a list"),
        (json.dumps({**EMPTY, "references": ["x"]}), "references: row 1 must map names to values"),
        (json.dumps({**EMPTY, "references": [{"title": "甲"}, {}]}), "references: row 2 has no title"),
        (json.dumps({**EMPTY, "items": [{"start": "0"}]}), "items: row 1: wrong start"),
        (
            json.dumps({**EMPTY, "items": [{"start": 0, "marker": "一、", "role": "task", "heading": None}]}),
            "items: row 1 has no domains",
        ),
    ],
)
def test_a_broken_annotation_is_named(annotation: str, problem: str, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("一、\n", encoding="utf-8")
    (tmp_path / "a.gold.json").write_text(annotation, encoding="utf-8")
    with pytest.raises(InputError, match=rf"a\.gold\.json.*: {problem}"):
        gold_documents(tmp_path)


def test_a_task_may_be_annotated_with_no_domain() -> None:
    item = {"start": 0, "marker": "一、", "role": "task", "heading": None, "domains": []}
    found = evaluate([("a", "一、建设试点。", {**EMPTY, "items": [item]}, _as_analysis({**EMPTY, "items": [item]}))])
    assert found.fields["task's first domain"].accuracy == 1.0


#: what extraction has to reach on annotated documents, in F1 and in the part of rows whose field is right
BARS = {
    "outline": 0.99,
    "tasks": 0.97,
    "task domains": 0.85,
    "targets": 0.95,
    "deadlines": 0.95,
    "responsibilities": 0.97,
    "references": 0.98,
    "outline role": 0.97,
    "outline heading": 0.97,
    "task's first domain": 0.88,
    "target value": 0.98,
    "target unit": 0.98,
    "target comparator": 0.98,
    "target deadline": 0.95,
    "target kind": 0.93,
    "target indicator": 0.90,
    "deadline relation": 0.96,
    "deadline dates": 0.96,
    "lead and support": 0.95,
    "document title": 0.95,
    "document number": 0.95,
    "document issued": 0.95,
    "quote is the text at its span": 1.0,
}


def below(found: Evaluation, allowance: float) -> dict[str, float]:
    figures = {name: layer.f1 for name, layer in found.layers.items()}
    figures |= {name: field.accuracy for name, field in found.fields.items()}
    assert set(figures) >= set(BARS), "a measure has another name"
    return {name: figures[name] for name, bar in BARS.items() if figures[name] < bar - (bar < 1) * allowance}


@pytest.mark.slow
@pytest.mark.skipif(not FURTHER_GOLD.is_dir(), reason="no further gold here")
def test_the_bars_are_reached() -> None:
    assert below(evaluated(FURTHER_GOLD / "dev"), 0) == {}


@pytest.mark.slow
@pytest.mark.skipif(not FURTHER_TEXTS.is_dir(), reason="the annotated texts are not here")
def test_documents_annotated_apart_come_near_the_bars() -> None:
    assert below(evaluated(HERE / "gold" / "further", FURTHER_TEXTS), 0.06) == {}
