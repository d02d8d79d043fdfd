"""Analyses as tables, in every format."""

from __future__ import annotations

import csv
import hashlib
import json
import os
import sqlite3
import sys
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from policykit.cli.app import run
from policykit.tables.columns import TABLES

NAMES = ["documents", "tasks", "targets", "deadlines", "domains", "responsibilities", "references"]


@pytest.fixture(autouse=True)
def empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in os.environ:
        if name.startswith("POLICYKIT_"):
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)


def export(kind: str, output: str, *inputs: str) -> int:
    return run(["export", *(inputs or ("2023-national", "2011-beijing")), "--to", kind, "--output", output])


def analyses() -> list[dict[str, Any]]:
    run(["extract", "2023-national", "2011-beijing", "--format", "json", "--output", "all.json"])
    found: list[dict[str, Any]] = json.loads(Path("all.json").read_text(encoding="utf-8"))
    return found


def digests(folder: str) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in Path(folder).iterdir()}


def test_the_tables_are_those_of_the_format() -> None:
    assert [table.name for table in TABLES] == NAMES
    tables = {table.name: table for table in TABLES}
    for table in TABLES:
        columns = {column.name: column.kind for column in table.columns}
        assert len(columns) == len(table.columns)
        assert set(table.key) <= set(columns)
        for own, other, there in table.foreign:
            assert tables[other].key == there
            assert [columns[name] for name in own] == ["text"] * len(own)


class TestSqlite:
    def test_keys_hold_and_nothing_is_lost(self) -> None:
        assert export("sqlite", "plans.db") == 0
        with closing(sqlite3.connect("plans.db")) as database:
            assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            assert database.execute("PRAGMA foreign_key_check").fetchall() == []
            for name in NAMES:
                keys = [row[5] for row in database.execute(f'PRAGMA table_info("{name}")')]
                assert any(keys)
            for data in analyses():
                id = data["source"]["id"]
                for name in ("tasks", "targets", "deadlines", "domains", "references"):
                    (count,) = database.execute(f'SELECT count(*) FROM "{name}" WHERE document = ?', [id]).fetchone()
                    assert count == len(data[name]), name
                bodies = sum(len(row["lead"]) + len(row["support"]) for row in data["responsibilities"])
                query = "SELECT count(*) FROM responsibilities WHERE document = ?"
                assert database.execute(query, [id]).fetchone() == (bodies,)
                for target in data["targets"]:
                    query = "SELECT indicator, value, unit, deadline, quote FROM targets WHERE document = ? AND id = ?"
                    row = database.execute(query, [id, target["id"]]).fetchone()
                    assert row == tuple(target[key] for key in ("indicator", "value", "unit", "deadline", "quote"))

    def test_views_and_lists_can_be_asked(self) -> None:
        assert export("sqlite", "plans.db") == 0
        with closing(sqlite3.connect("plans.db")) as database:
            titles = {row[0] for row in database.execute("SELECT title FROM targets_in_full")}
            assert "城市标准化行动方案" in titles
            query = "SELECT value FROM documents, json_each(documents.issuers) WHERE documents.id = '2023-national'"
            assert ("民政部",) in database.execute(query).fetchall()
            assert database.execute("SELECT count(*) FROM bodies").fetchone()[0] >= 0

    def test_the_same_bytes_each_time_and_from_saved_analyses(self) -> None:
        analyses()
        assert [export("sqlite", "one.db"), export("sqlite", "two.db"), export("sqlite", "three.db", "all.json")] == [
            0
        ] * 3
        assert Path("one.db").read_bytes() == Path("two.db").read_bytes() == Path("three.db").read_bytes()

    def test_documents_of_one_name_are_told_apart(self) -> None:
        for folder in ("a", "b", "c"):
            Path(folder).mkdir()
            Path(folder, "plan.txt").write_text(f"一、任务\n到2027年，建成30个试点{folder}。\n", encoding="utf-8")
        assert export("sqlite", "plans.db", "a", "b", "c") == 0
        with closing(sqlite3.connect("plans.db")) as database:
            ids = [row[0] for row in database.execute("SELECT id FROM documents ORDER BY rowid")]
        assert ids == ["plan", "plan-2", "plan-3"]


class TestCsv:
    def test_a_data_package_declares_what_the_files_hold(self) -> None:
        assert export("datapackage", "tables") == 0
        package = json.loads(Path("tables/datapackage.json").read_text(encoding="utf-8"))
        assert package["profile"] == "tabular-data-package"
        assert [resource["name"] for resource in package["resources"]] == NAMES
        readers = {
            "string": str, "integer": int, "number": float, "date": date.fromisoformat, "array": json.loads,
            "boolean": {"true": True, "false": False}.__getitem__,
        }  # fmt: skip
        held: dict[str, list[dict[str, str]]] = {}
        for resource in package["resources"]:
            with open(f"tables/{resource['path']}", encoding="utf-8", newline="") as file:
                rows = held[resource["name"]] = list(csv.DictReader(file, strict=True))
            schema = resource["schema"]
            fields = {field["name"]: field for field in schema["fields"]}
            for row in rows:
                assert list(row) == list(fields)
                for name, cell in row.items():
                    if cell:
                        readers[fields[name]["type"]](cell)
                    else:
                        assert not fields[name].get("constraints", {}).get("required")
            keys = [tuple(row[name] for name in schema["primaryKey"]) for row in rows]
            assert len(keys) == len(set(keys))
        for resource in package["resources"]:
            for foreign in resource["schema"]["foreignKeys"]:
                there = foreign["reference"]
                known = {tuple(row[name] for name in there["fields"]) for row in held[there["resource"]]}
                for row in held[resource["name"]]:
                    key = tuple(row[name] for name in foreign["fields"])
                    assert key in known or "" in key
        assert len(held["documents"]) == 2
        assert len(held["targets"]) == sum(len(data["targets"]) for data in analyses())

    def test_csv_is_the_same_without_descriptor(self) -> None:
        assert [export("datapackage", "one"), export("csv", "two"), export("csv", "two")] == [0, 0, 0]
        one = digests("one")
        del one["datapackage.json"]
        assert one == digests("two")

    def test_frictionless_accepts_it(self) -> None:
        frictionless = pytest.importorskip("frictionless")
        assert export("datapackage", "tables") == 0
        report = frictionless.validate("tables/datapackage.json")
        assert report.valid, report.flatten(["type", "message"])


class TestParquet:
    def test_types_and_rows(self) -> None:
        parquet = pytest.importorskip("pyarrow.parquet")
        assert [export("parquet", "tables"), export("parquet", "again"), export("sqlite", "plans.db")] == [0, 0, 0]
        assert digests("tables") == digests("again")
        with closing(sqlite3.connect("plans.db")) as database:
            for name in NAMES:
                held = parquet.read_table(f"tables/{name}.parquet")
                assert database.execute(f'SELECT count(*) FROM "{name}"').fetchone() == (held.num_rows,)
        schema = parquet.read_schema("tables/targets.parquet")
        assert str(schema.field("value").type) == "double"
        assert str(schema.field("deadline").type) == "date32[day]"
        issuers = parquet.read_table("tables/documents.parquet").column("issuers").to_pylist()
        assert "民政部" in issuers[0]

    def test_extract_writes_what_export_writes(self, capsys: pytest.CaptureFixture[str]) -> None:
        pytest.importorskip("pyarrow")
        for name in ("a", "b"):
            Path(name).mkdir()
            text = f"一、任务\n（一）建设{name}。到2027年，建成30个试点。（工信厅牵头）\n"
            Path(name, "plan.txt").write_text(text, encoding="utf-8")
        Path("a", "bad.txt").write_bytes(b"")
        arguments = ["a", "b", "2023-national"]
        assert run(["extract", *arguments, "--format", "parquet", "--output", "extracted"]) == 3
        assert capsys.readouterr().err.endswith("policykit: 3 of 4 done, 1 failed\n")
        assert export("parquet", "exported", *arguments) == 3
        assert digests("extracted") == digests("exported")
        assert run(["extract", "2023-national", "--format", "parquet", "--output", "single"]) == 0
        assert run(["extract", "2023-national", "--output", "named.parquet"]) == 0
        assert sorted(path.name for path in Path("named.parquet").iterdir()) == sorted(
            path.name for path in Path("single").iterdir()
        )
        assert len(digests("single")) == 7

    def test_what_does_not_go_with_tables(self, capsys: pytest.CaptureFixture[str]) -> None:
        for more, said in (
            ([], "--format parquet needs a folder for its tables; name one with --output DIR"),
            (["-o", "x", "--resume"], "--resume goes with a result for each document, and tables are made whole; "),
            (["-o", "x", "--all-quantities"], "--all-quantities: the tables do not hold them; "),
            (["-o", "file"], "file: is a file; name a folder"),
            (["-o", "x", "missing.txt"], "missing.txt: no such file; check the path"),
        ):
            Path("file").write_text("", encoding="utf-8")
            inputs = [] if "missing.txt" in more else ["2023-national"]
            assert run(["extract", *inputs, "--format", "parquet", *more]) == 2
            err = capsys.readouterr().err
            assert err.startswith(f"policykit: {said}")
            assert err.count("\n") == 1
            assert os.listdir() == ["file"]

    def test_without_pyarrow_it_says_what_to_install(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        monkeypatch.setitem(sys.modules, "pyarrow", None)
        assert export("parquet", "tables") == 2
        said = "policykit: Parquet needs pyarrow, which is not installed; pip install 'policykit[parquet]'\n"
        assert capsys.readouterr().err == said
        assert not Path("tables").exists()


class TestTrouble:
    def test_what_fails_is_left_out(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert export("sqlite", "plans.db", "2023-national", "missing.txt") == 3
        assert capsys.readouterr().err.endswith("policykit export: 1 document in plans.db, 1 failed\n")

    def test_nothing_read_leaves_what_was_there(self) -> None:
        Path("plans.db").write_text("before", encoding="utf-8")
        assert export("sqlite", "plans.db", "missing.txt") == 2
        assert Path("plans.db").read_text(encoding="utf-8") == "before"
        assert os.listdir() == ["plans.db"]

    def test_places_that_cannot_be(self) -> None:
        Path("folder").mkdir()
        Path("plan.txt").write_text("一、任务\n", encoding="utf-8")
        assert export("sqlite", "folder") == 2
        assert export("csv", "plan.txt") == 2
        assert export("sqlite", "plan.txt", "plan.txt") == 2
        assert Path("plan.txt").read_text(encoding="utf-8") == "一、任务\n"
