"""Analyses from wherever they come are the same."""

from __future__ import annotations

import copy
import json
import pickle
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

import policykit
from policykit.analyses import as_loaded, load_analyses, load_analysis
from policykit.errors import InputError
from policykit.formats.json import write_json, write_json_line
from policykit.formats.schema import schema
from policykit.formats.validation import first_problem
from policykit.formats.yaml import write_yaml

TEXT = "某市数据条例\n第一条 为了开放数据，制定本条例。\n第二条 本条例自2025年1月1日起施行。\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "rules.txt").write_text(TEXT, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def saved(folder: Path) -> dict[str, Any]:
    return json.loads(write_json(load_analysis("rules.txt").data))  # type: ignore[no-any-return]


class TestLoading:
    @pytest.mark.parametrize("write", [write_yaml, write_json, write_json_line])
    @pytest.mark.parametrize("suffix", ["yaml", "json", "txt", "saved"])
    def test_a_saved_analysis_is_what_it_was(self, folder: Path, write: Any, suffix: str) -> None:
        now = load_analysis("rules.txt")
        Path(f"a.{suffix}").write_text(write(now.data), encoding="utf-8")
        then = load_analysis(f"a.{suffix}")
        assert then.data == now.data
        assert then.normalised is not None
        assert now.normalised is not None
        assert then.normalised.text == now.normalised.text

    def test_its_document_is_found_beside_it(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        Path("a.json").write_text(json.dumps(saved(folder)), encoding="utf-8")
        (folder / "elsewhere").mkdir()
        monkeypatch.chdir(folder / "elsewhere")
        assert load_analysis("../a.json").normalised is not None

    def test_a_document_that_changed_since_is_not_its_document(self, folder: Path) -> None:
        Path("a.json").write_text(json.dumps(saved(folder)), encoding="utf-8")
        Path("rules.txt").write_text(TEXT + "第三条 略。\n", encoding="utf-8")
        assert load_analysis("a.json").normalised is None

    def test_a_corpus_document_is_found_by_its_id(self, folder: Path) -> None:
        Path("a.yaml").write_text(write_yaml(load_analysis("2011-beijing").data), encoding="utf-8")
        assert load_analysis("a.yaml").normalised is not None

    def test_many_in_one_file(self, folder: Path) -> None:
        one, other = load_analysis("rules.txt").data, load_analysis("2023-national").data
        Path("stream.yaml").write_text(f"---\n{write_yaml(one)}---\n{write_yaml(other)}", encoding="utf-8")
        Path("array.json").write_text(f"[{write_json(one)},{write_json(other)}]", encoding="utf-8")
        Path("lines.jsonl").write_text(f"{write_json_line(one)}\n{write_json_line(other)}\n", encoding="utf-8")
        for name in ("stream.yaml", "array.json", "lines.jsonl"):
            assert [loaded.data for loaded in load_analyses([name])] == [one, other]

    def test_what_a_program_holds(self, folder: Path) -> None:
        analysis = policykit.analyse(TEXT, id="rules")
        loaded = as_loaded(analysis)
        assert as_loaded(loaded) is loaded
        assert as_loaded(analysis.to_data()).data == loaded.data
        assert as_loaded(TEXT).data["outline"] == loaded.data["outline"]

    @pytest.mark.parametrize(
        ("change", "problem"),
        [
            (lambda data: data.pop("tasks"), "the whole has no tasks"),
            (lambda data: data["outline"][0].update(level="1"), "outline[0].level must be integer, is '1'"),
            (lambda data: data["outline"][1].update(role="law"), "outline[1].role must be one of"),
            (lambda data: data["source"].update(sha256="abc"), "source.sha256 is not written as it should be: 'abc'"),
            (
                lambda data: data["outline"][0]["span"].update(start=-1),
                "outline[0].span.start must be 0 or more, is -1",
            ),
        ],
    )
    def test_what_is_wrong_is_named(self, folder: Path, change: Any, problem: str) -> None:
        data = saved(folder)
        change(data)
        Path("a.json").write_text(json.dumps(data), encoding="utf-8")
        with pytest.raises(InputError) as error:
            load_analysis("a.json")
        assert problem in str(error.value)

    def test_a_date_that_is_none(self, folder: Path) -> None:
        data = saved(folder)
        data["document"]["issued"] = "2025-02-30"
        Path("a.json").write_text(json.dumps(data), encoding="utf-8")
        with pytest.raises(InputError, match="not a whole analysis"):
            load_analysis("a.json")


class TestValidation:
    @pytest.mark.parametrize("name", ["analysis", "comparison"])
    def test_the_schemas_use_no_keyword_that_is_not_known(self, name: str) -> None:
        known = {"$schema", "$id", "$defs", "$ref", "title", "description", "type", "properties", "required", "items", "enum", "const", "anyOf",
                 "pattern", "format", "minimum", "maximum", "minLength", "minItems", "uniqueItems", "additionalProperties"}  # fmt: skip

        def keywords(part: Any) -> set[str]:
            if not isinstance(part, dict):
                return set()
            found = set(part)
            for key in ("properties", "$defs"):
                for inner in part.get(key, {}).values():
                    found |= keywords(inner)
            for inner in (part.get("items"), part.get("additionalProperties"), *part.get("anyOf", [])):
                found |= keywords(inner)
            return found

        assert keywords(schema(name)) <= known

    def test_it_agrees_with_a_full_validator(self) -> None:
        data = json.loads(write_json(load_analysis("2023-national").data))
        validator = Draft202012Validator(schema())
        assert first_problem(data, schema()) is None
        for section in ("tasks", "targets", "deadlines", "outline"):
            for key in list(data[section][0]):
                kept = data[section][0].pop(key)
                for value in (..., 3, "x", None, [], {}):
                    if value is not ...:
                        data[section][0][key] = value
                    ours, theirs = first_problem(data, schema()), next(validator.iter_errors(data), None)
                    assert (ours is None) == (theirs is None), (section, key, value, theirs)
                data[section][0][key] = kept


@pytest.mark.parametrize("apart", [False, True])
def test_an_analysis_goes_from_process_to_process(apart: bool) -> None:
    text = TEXT + "到二零二七年新建試點十個並提升服務質素。" * 9
    analysis = policykit.analyse(" ".join(text) if apart else text)
    for other in (pickle.loads(pickle.dumps(analysis)), copy.deepcopy(analysis)):
        assert other == analysis
        assert other.to_data(all_quantities=True) == analysis.to_data(all_quantities=True)
