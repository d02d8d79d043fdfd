"""Every output is what its schema says, and the same data in every format."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

import policykit
from policykit.corpus import open_corpus
from policykit.formats.json import write_json, write_json_line
from policykit.formats.layout import Layout
from policykit.formats.schema import schema, schema_text
from policykit.formats.yaml import write_yaml
from policykit.inputs import Input, read

CASES = Path(__file__).parent / "cases"
CORPUS = [document.id for document in open_corpus()]
VALIDATOR = Draft202012Validator(schema(), format_checker=Draft202012Validator.FORMAT_CHECKER)


def analysis_of(id: str, **options: Any) -> dict[str, Any]:
    document = open_corpus().document(id)
    return policykit.analyse(read(Input(f"{id}.txt", id, document.path, id))).to_data(**options)


def as_json(data: Any) -> Any:
    """The data as JSON has it: dates as text."""
    if isinstance(data, dict):
        return {key: as_json(value) for key, value in data.items()}
    if isinstance(data, list):
        return [as_json(value) for value in data]
    return data.isoformat() if isinstance(data, date) else data


def case_texts() -> Iterator[str]:
    """Every sentence and document that stands in the cases."""

    def texts(data: Any) -> Iterator[str]:
        if isinstance(data, dict | list):
            for value in data.values() if isinstance(data, dict) else data:
                yield from texts(value)
        elif isinstance(data, str) and len(data) >= 8 and not data.isascii():
            yield data

    for path in sorted(CASES.rglob("*.yaml")):
        yield from texts(yaml.safe_load(path.read_text(encoding="utf-8")))  # libyaml refuses half surrogate pairs


def problems(data: Any, text: str) -> list[str]:
    """What the schema cannot say: quotes are cut from the text, ids lead somewhere."""
    found = []
    rows = [
        (kind, row) for kind in ("targets", "deadlines", "responsibilities", "quantities") for row in data.get(kind, [])
    ]
    for kind, row in rows:
        if text[row["span"]["start"] : row["span"]["end"]] != row["quote"]:
            found.append(f"{kind}: {row['quote']} is not the text at its span")
    outline = {row["id"] for row in data["outline"]}
    tasks = {row["id"] for row in data["tasks"]}
    targets = {row["id"] for row in data["targets"]}
    deadlines = {row["id"] for row in data["deadlines"]}
    links = [
        *((row["parent"], outline) for row in data["outline"]),
        *((row["id"], outline) for row in data["tasks"]),
        *((id, targets) for row in data["tasks"] for id in row["targets"]),
        *((id, deadlines) for row in data["tasks"] for id in row["deadlines"]),
        *((row["section"], outline) for _, row in rows if "section" in row),
        *((row["deadline_from"], deadlines) for row in data["targets"]),
        *((row["task"], tasks) for row in data["responsibilities"]),
        *((id, tasks) for row in data["domains"] for id in row["tasks"]),
    ]
    found += [f"{id} leads nowhere" for id, known in links if id is not None and id not in known]
    for kind in ("outline", "tasks", "targets", "deadlines"):
        if len({row["id"] for row in data[kind]}) != len(data[kind]):
            found.append(f"{kind}: an id stands twice")
    return found


def test_the_schema_is_a_schema() -> None:
    Draft202012Validator.check_schema(schema())
    assert schema()["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert json.loads(schema_text()) == schema()


def test_the_schema_is_strict_and_explains_itself() -> None:
    def objects(node: Any, path: str) -> Iterator[tuple[str, dict[str, Any]]]:
        if isinstance(node, dict):
            if node.get("type") == "object" and "properties" in node:
                yield path, node
            for key, value in node.items():
                yield from objects(value, f"{path}/{key}")
        elif isinstance(node, list):
            for value in node:
                yield from objects(value, path)

    found = list(objects(schema(), ""))
    assert len(found) > 12
    for path, node in found:
        assert node["additionalProperties"] is False, path
        assert set(node["properties"]) - set(node["required"]) <= {"quantities"}, path
        for name, value in node["properties"].items():
            assert "description" in value or "$ref" in value, f"{path}/{name}"


@pytest.mark.parametrize("all_quantities", [False, True])
@pytest.mark.parametrize("id", CORPUS)
def test_analyses_of_the_corpus_follow_the_schema(id: str, all_quantities: bool) -> None:
    data = analysis_of(id, all_quantities=all_quantities)
    assert [error.message for error in VALIDATOR.iter_errors(as_json(data))] == []
    text = open_corpus().document(id).path.read_bytes().decode("utf-8-sig")
    assert problems(data, text) == []
    assert ("quantities" in data) is all_quantities


def test_analyses_of_all_cases_follow_the_schema() -> None:
    texts = list(case_texts())
    assert len(texts) > 500
    for text in texts:
        data = policykit.analyse(text, id="case").to_data(all_quantities=True)
        assert [error.message for error in VALIDATOR.iter_errors(as_json(data))] == [], text
        assert problems(data, text) == [], text


@pytest.mark.parametrize(
    "text", ["", " ", "\ufeff", "第", "\x00\x1b[31m", "a\ud800b", "一、\n二、\n", "😀" * 50, "\r\n\r\n"]
)
def test_analyses_of_strange_texts_follow_the_schema(text: str) -> None:
    data = policykit.analyse(text).to_data(all_quantities=True)
    assert [error.message for error in VALIDATOR.iter_errors(as_json(data))] == []
    assert json.loads(write_json(data)) == as_json(data)


def test_the_schema_refuses_what_is_wrong() -> None:
    good = as_json(analysis_of("2023-national"))
    for spoil in (
        lambda data: data.pop("warnings"),
        lambda data: data["source"].update(more=1),
        lambda data: data["source"].update(sha256="0"),
        lambda data: data["document"].update(issued="14.9.2023"),
        lambda data: data["outline"][0].update(role="heading"),
        lambda data: data["outline"][0]["span"].update(line=0),
        lambda data: data["tasks"][0].update(domains=None),
    ):
        bad = json.loads(json.dumps(good))
        spoil(bad)
        assert not VALIDATOR.is_valid(bad)
    assert VALIDATOR.is_valid(good)


@pytest.mark.parametrize("id", CORPUS)
def test_all_formats_say_the_same(id: str) -> None:
    data = analysis_of(id)
    wanted = as_json(data)
    assert as_json(yaml.safe_load(write_yaml(data))) == wanted
    assert json.loads(write_json(data)) == wanted
    assert json.loads(write_json_line(data)) == wanted
    assert "\n" not in write_json_line(data)
    assert list(yaml.safe_load(write_yaml(data))) == list(data)


def test_an_analysis_is_written_as_the_golden_files_show() -> None:
    """A change in them is a change of what people's own tools read."""
    golden = Path(__file__).parent / "golden"
    data = yaml.safe_load((golden / "analysis.yaml").read_text(encoding="utf-8"))
    for kind in ("yaml", "json", "jsonl"):
        assert Layout(kind).document(data) == (golden / f"analysis.{kind}").read_text(encoding="utf-8")
    assert [error.message for error in VALIDATOR.iter_errors(as_json(data))] == []


def test_several_results_are_a_stream_an_array_or_lines() -> None:
    results = [{"a": 1}, {"b": [{"c": "两"}]}, {}]

    def joined(kind: str) -> str:
        layout = Layout(kind)
        return "".join(layout.piece(result, number) for number, result in enumerate(results)) + layout.end()

    assert list(yaml.safe_load_all(joined("yaml"))) == results
    assert joined("yaml").startswith("---\n")
    assert json.loads(joined("json")) == results
    assert [json.loads(line) for line in joined("jsonl").splitlines()] == results


def test_rows_are_laid_out_as_the_format_shows_them() -> None:
    lines = write_yaml(analysis_of("2023-national")).splitlines()
    assert lines[0] == "format: policykit/analysis/1"
    assert lines[1].startswith("source: {id: 2023-national, path: 2023-national.txt, sha256: 3c1f3e3d")
    assert any(
        line.startswith("- {id: '2.1', parent: '2', level: 2, marker: (一), number: 1, role: task, heading: ")
        for line in lines
    )
    assert "- id: '2.1'" in lines
    assert lines[-1] == "warnings: []"


def test_json_carries_nothing_raw_that_a_terminal_obeys() -> None:
    written = write_json_line({"quote": "\x00\x1b[31m\x7f\x85\x9b\u2028\u202e\ufeff\ud800"})
    assert written.isprintable()
    assert json.loads(written) == {"quote": "\x00\x1b[31m\x7f\x85\x9b\u2028\u202e\ufeff\ud800"}


def test_numbers_are_written_exactly() -> None:
    data = {"targets": [{"value": 3500000000000, "share": 0.1, "small": 1e-07, "big": 1e16}]}
    assert yaml.safe_load(write_yaml(data)) == data == json.loads(write_json(data))


def test_only_plain_data_is_written_as_json() -> None:
    with pytest.raises(TypeError, match="not plain data: set"):
        write_json({"a": {1}})
