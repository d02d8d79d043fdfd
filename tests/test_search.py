"""Search: what queries find, the index, the command."""

from __future__ import annotations

import contextlib
import csv
import io
import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml
from jsonschema import Draft202012Validator

import policykit
from growth import assert_grows_linearly
from policykit.analyses import LoadedAnalysis, as_loaded, load_analysis
from policykit.cli.app import run
from policykit.cli.matches import write_matches
from policykit.corpus import open_corpus
from policykit.errors import PolicykitError
from policykit.formats.json import write_json_line
from policykit.formats.schema import schema
from policykit.search import QueryError, parse_query, search
from policykit.search.index import INDEX_NAME, Index, Update, update_index
from policykit.search.passages import passages, source_span
from policykit.search.sources import Search
from policykit.search.wording import forms
from terminal import shown_on_terminal

CASES = yaml.safe_load((Path(__file__).parent / "cases" / "search" / "queries.yaml").read_text(encoding="utf-8"))
CORPUS = ("2011-beijing", "2023-national")


def documents() -> list[LoadedAnalysis]:
    return [as_loaded(policykit.analyse(text, id=id)) for id, text in CASES["documents"].items()]


def found(row: dict[str, Any]) -> list[Any]:
    """Document, section and what was found, in the order of the text."""
    items = [*row["words"], *row["targets"], *row["deadlines"]]
    return [
        row["document"],
        row["section"],
        [item["quote"] for item in sorted(items, key=lambda item: item["span"]["start"])],
    ]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to stand in, with plans/ that holds the documents of the cases."""
    for id, text in CASES["documents"].items():
        path = tmp_path / "plans" / f"{id}.txt"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    for name in list(os.environ):
        if name.startswith("POLICYKIT_") and name != "POLICYKIT_CACHE":
            monkeypatch.delenv(name)
    return tmp_path


class Result(NamedTuple):
    code: int
    out: str
    err: str


Command = Callable[..., Result]


@pytest.fixture
def command(capfdbinary: pytest.CaptureFixture[bytes]) -> Command:
    def call(*arguments: str | Path) -> Result:
        code = run([str(argument) for argument in arguments])
        out, err = capfdbinary.readouterr()
        return Result(code, out.decode("utf-8"), err.decode("utf-8"))

    return call


class TestQueries:
    @pytest.mark.parametrize("case", CASES["cases"], ids=lambda case: case["query"])
    def test_case(self, case: dict[str, Any]) -> None:
        assert [found(row) for row in search(case["query"], documents())] == case["found"]

    @pytest.mark.parametrize("case", CASES["errors"], ids=lambda case: case["query"] or "empty")
    def test_error(self, case: dict[str, Any]) -> None:
        with pytest.raises(QueryError) as raised:
            parse_query(case["query"])
        assert raised.value.position == case["position"]
        assert case["says"] in str(raised.value)
        assert str(raised.value).startswith(f"query, character {case['position'] + 1}: ")
        assert "\n" not in str(raised.value)

    @pytest.mark.parametrize(
        ("query", "quotes"),
        [
            ("unit:亿元", ["2000亿元"]),
            ("unit:萬億元", ["1.2万亿元"]),
            ("unit:万元", ["5万元"]),
            ("unit:元", ["2000亿元", "1.2万亿元", "5万元"]),
            ("unit:万亩,万千瓦", ["500万亩", "300万千瓦"]),
            ("unit:百分点", ["50个百分点"]),
            ("value:50", ["50项", "50%", "50个百分点"]),
            ("value:50%", ["50%"]),
            ("value:50个百分点", ["50个百分点"]),
            ("value>=1000亿元", ["2000亿元", "1.2万亿元"]),
            ("value<10万元", ["5万元"]),
            ("value>=一百万千瓦", ["300万千瓦"]),
            ("value:300千瓦", []),
        ],
    )
    def test_units_with_scale_words(self, query: str, quotes: list[str]) -> None:
        text = (
            "一、主要任务\n（一）做强产业。到2027年，产业规模达到2000亿元，建成高标准农田500万亩，服务企业50项，覆盖率达到50%，"
            "提高50个百分点，地区生产总值达到1.2万亿元，装机达到300万千瓦，人均收入达到5万元。\n"
        )
        assert [row["quote"] for hit in search(query, [as_loaded(text)]) for row in hit["targets"]] == quotes

    def test_a_scaled_unit_in_the_head_of_a_table_is_found(self) -> None:
        text = "主要目标\n指标 单位 2025年 属性\n产业规模（亿元） 2000 预期性\n床位（万张） 30 预期性\n"
        hits = list(search("unit:亿元", [as_loaded(text)]))
        assert [row["value"] for hit in hits for row in hit["targets"]] == [200000000000]

    def test_signs_of_a_chinese_keyboard_are_understood(self) -> None:
        for query, same in (
            ("domain：smart-city", "domain:smart-city"),
            ("deadline＜2028", "deadline<2028"),
            ("value≥10", "value>=10"),
            ("“公共服务”", '"公共服务"'),
            ("「公共服务」", '"公共服务"'),
            ("　数据　平台　", "数据 平台"),
            ("数据 －平台", "数据 -平台"),
        ):
            one, other = parse_query(query), parse_query(same)
            assert (one.words, one.conditions) == (other.words, other.conditions)

    def test_a_colon_behind_other_than_a_latin_word_is_no_field(self) -> None:
        assert [word.text for word in parse_query("时间：2025 12:30").words] == ["时间：2025", "12:30"]

    def test_too_long_a_query_is_refused(self) -> None:
        with pytest.raises(QueryError, match="longer than"):
            parse_query("数" * 2001)

    def test_the_work_grows_with_the_text(self) -> None:
        def prepare(text: str) -> Callable[[], object]:
            loaded = as_loaded(text)
            return lambda: list(search("平台 value>=10", [loaded]))

        assert_grows_linearly(prepare, "（一）建设平台。建设数据平台30个，到2027年完成。\n")

    def test_hostile_queries_take_no_time(self) -> None:
        for query in (
            "资讯" * 900,
            "a:" * 900,
            '"' * 2000,
            "-" * 2000,
            "数据 " * 600,
            "domain:" + "," * 1900,
            "value:" + "万" * 1900,
        ):
            with contextlib.suppress(QueryError):
                list(search(query, documents()))


class TestWording:
    def test_words_of_elsewhere_are_found_where_they_are_at_home(self) -> None:
        assert forms("数据", "mainland") == ("数据",)
        assert "资料" in forms("数据", "taiwan")
        assert "数据" in forms("資料", "mainland")
        assert "信息技术" in forms("資訊技術", "taiwan-gateway")

    def test_there_is_an_end_to_forms(self) -> None:
        assert len(forms("信息数据质量网络软件程序" * 5, "taiwan")) <= 24


class TestRows:
    def test_rows_follow_the_schema(self) -> None:
        validator = Draft202012Validator(schema("search"))
        for case in CASES["cases"]:
            rows = json.loads(write_json_line(list(search(case["query"], documents()))))
            data = {"format": "policykit/search/1", "query": case["query"], "matches": rows}
            assert [error.message for error in validator.iter_errors(data)] == []

    @pytest.mark.parametrize(
        "query", ["标准", "资讯", "到", "value>0", "deadline<2100", "工程式 -标准", "role:task 城市"]
    )
    def test_quotes_and_lines_are_those_of_the_text(self, query: str) -> None:
        for id in CORPUS:
            loaded = load_analysis(id)
            assert loaded.normalised is not None
            source = loaded.normalised.source
            for row in search(query, [loaded]):
                for item in (row, *row["words"], *row["targets"], *row["deadlines"]):
                    assert source.text[item["span"]["start"] : item["span"]["end"]] == item["quote"]
                    assert source.line_at(item["span"]["start"]) == item["span"]["line"]
                assert row["sentence"] in loaded.normalised.text

    def test_passages_are_the_whole_text(self) -> None:
        for id in CORPUS:
            loaded = load_analysis(id)
            assert loaded.normalised is not None
            parts = list(passages(loaded))
            assert "".join(part["text"] for part in parts) == loaded.normalised.text
            position = 0
            for part in parts:
                for start in range(0, len(part["text"]) - 2, 7):
                    wanted = loaded.normalised.source_span(position + start, position + start + 3)
                    assert source_span(part, start, start + 3) == wanted
                position += len(part["text"])

    def test_a_saved_analysis_is_searched_as_far_as_it_goes(self) -> None:
        data = json.loads(write_json_line(load_analysis("2023-national").data))
        gone = as_loaded({**data, "source": {**data["source"], "path": None, "id": "gone"}})
        rows = list(search("资讯技术 domain:smart-city", [gone]))
        assert [(row["section"], row["line"], row["quote"]) for row in rows] == [("2.3", 23, None)]
        assert [target["quote"] for row in search("comparator:>=", [gone]) for target in row["targets"]] == [
            "150項",
            "5個",
            "30個",
        ]


class TestIndex:
    def update(self, path: str | None = None, folder: str = "plans") -> Update:
        return update_index(folder, path, corpus=open_corpus())

    def rows(self, query: str, *places: str) -> list[str]:
        troubles: list[object] = []
        through = Search(parse_query(query), open_corpus(), complain=troubles.append, remark=troubles.append)
        rows = [write_json_line(row) for row in through.rows(places)]
        assert not troubles
        return rows

    def test_it_finds_what_a_search_without_it_finds(self, folder: Path) -> None:
        queries = [case["query"] for case in CASES["cases"]] + ["数", "。", "2027年", "AI", "a", "第 条", '"， "']
        without = {query: self.rows(query, "plans") for query in queries}
        self.update()
        for query in queries:
            assert self.rows(query, "plans") == without[query]
            assert self.rows(query, f"plans/{INDEX_NAME}") == without[query]
        assert self.rows("开放", "plans/law.txt", "plans") == [
            *(row for row in without["开放"] if '"law"' in row),
            *(row for row in without["开放"] if '"law"' not in row),
        ]

    def test_only_changed_files_are_read_again(self, folder: Path) -> None:
        assert sorted(self.update().added) == ["law.txt", "plan.txt", "taiwan.txt"]
        again = self.update()
        assert (again.added, again.changed, again.removed, len(again.unchanged)) == ([], [], [], 3)
        Path("plans/plan.txt").write_text("一、任务\n（一）建设港口。建设深水港口。\n", encoding="utf-8")
        Path("plans/taiwan.txt").unlink()
        Path("plans/new.txt").write_text("一、任务\n（一）建设机场。\n", encoding="utf-8")
        os.utime("plans/law.txt")
        update = self.update()
        assert update.added == ["new.txt"]
        assert update.changed == ["plan.txt"]
        assert update.removed == ["taiwan.txt"]
        assert update.unchanged == ["law.txt"]
        assert self.rows("智慧城市", f"plans/{INDEX_NAME}") == []
        assert len(self.rows("深水港口", f"plans/{INDEX_NAME}")) == 1
        # what is forgotten is forgotten by the full-text table too
        with Index(f"plans/{INDEX_NAME}") as index:
            assert index.candidates('"智慧"') == {}

    def test_all_files_are_read_again_where_it_was_made_otherwise(self, folder: Path) -> None:
        self.update()
        with sqlite3.connect(f"plans/{INDEX_NAME}") as database:
            database.execute("UPDATE meta SET value = 'older' WHERE key = 'maker'")
        assert len(self.update().changed) == 3
        with sqlite3.connect(f"plans/{INDEX_NAME}") as database:
            database.execute("UPDATE meta SET value = '0' WHERE key = 'layout'")
        with pytest.raises(PolicykitError, match="another version"):
            Index(f"plans/{INDEX_NAME}")
        assert len(self.update().added) == 3
        assert len(self.rows("开放", "plans")) == 4

    def test_a_changed_file_is_searched_as_it_is_now(self, folder: Path, command: Command) -> None:
        self.update()
        Path("plans/plan.txt").write_text("一、任务\n（一）建设港口。建设深水港口。\n", encoding="utf-8")
        result = command("search", "港口", "plans", "-f", "jsonl")
        assert result.code == 0
        assert len(result.out.splitlines()) == 2
        assert "1 files are new or changed since" in result.err
        assert command("search", "智慧城市平台", "plans", "-q").code == 1

    def test_so_it_is_where_the_index_is_named(self, folder: Path, command: Command) -> None:
        self.update()
        self.update("index.sqlite")
        Path("plans/plan.txt").write_text("一、任务\n（一）建设港口。建设深水港口。\n", encoding="utf-8")
        Path("plans/new.txt").write_text("一、任务\n（一）建设港口。\n", encoding="utf-8")
        Path("plans/law.txt").unlink()
        Path("link.sqlite").symlink_to(f"plans/{INDEX_NAME}")
        renewing = {
            f"plans/{INDEX_NAME}": "policykit index plans",
            "index.sqlite": "policykit index plans --output index.sqlite",
            "link.sqlite": f"policykit index {folder.resolve()}/plans",
        }
        for index, how in renewing.items():
            result = command("search", "港口", index, "-f", "jsonl")
            assert (result.code, len(result.out.splitlines())) == (0, 3)
            assert result.err == f"policykit: {index}: 2 files are new or changed since; `{how}` takes them in\n"
            assert command("search", "智慧城市平台", index, "-q").code == 1
            refused = command("search", "港口", index, "-o", "plans/new.txt")
            assert refused.code == 2
            assert "港口" in Path("plans/new.txt").read_text(encoding="utf-8")
        with sqlite3.connect("index.sqlite") as database:
            database.execute("UPDATE meta SET value = 'older' WHERE key = 'maker'")
        result = command("search", "港口", "index.sqlite", "-f", "jsonl")
        assert (len(result.out.splitlines()), len(result.err.splitlines())) == (3, 1)

    def test_an_index_without_its_folder_says_that_it_answers_from_before(self, folder: Path, command: Command) -> None:
        self.update("index.sqlite")
        before = command("search", "开放", "index.sqlite", "-f", "jsonl")
        assert before.err == ""
        Path("plans").rename("elsewhere")
        result = command("search", "开放", "index.sqlite", "-f", "jsonl")
        assert (result.code, result.out) == (0, before.out)
        assert result.err == (
            "policykit: index.sqlite: its files are not in plans; they are searched as they were indexed\n"
        )
        assert command("search", "开放", "index.sqlite", "-q", "-f", "jsonl") == (0, before.out, "")

    def test_what_cannot_be_read_has_no_entry(self, folder: Path, command: Command) -> None:
        Path("plans/empty.txt").write_bytes(b"")
        result = command("index", "plans")
        assert result.code == 3
        assert result.err.splitlines() == [
            "policykit: plans/empty.txt: the file is empty; check where it comes from",
            "policykit index: 3 added, 0 changed, 0 removed, 0 unchanged",
        ] or result.err.startswith("policykit: plans/empty.txt: the file is empty; ")
        Path("plans/plan.txt").write_bytes(b"")
        assert self.update().removed == ["plan.txt"]

    def test_a_folder_below_that_cannot_be_read_does_not_stop_it(
        self, folder: Path, command: Command, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        locked, text = Path("plans/locked"), "一、任务\n建设智慧城市。\n"
        locked.mkdir()
        (locked / "known.txt").write_text(text, encoding="utf-8")
        added = self.update().added
        assert "locked/known.txt" in added
        Path("plans/new.txt").write_text(text, encoding="utf-8")
        scandir = os.scandir

        def guarded(path: str) -> Any:
            if os.path.basename(path) == "locked":
                raise PermissionError(13, "Permission denied", path)
            return scandir(path)

        with monkeypatch.context() as patched:
            patched.setattr("policykit.inputs.os.scandir", guarded)
            code, _, err = command("index", "plans")
        assert code == 3 and "policykit: plans/locked: permission denied; check its permissions" in err
        # what is below it stays, for nobody knows what has become of it
        assert f"policykit index: 1 added, 0 changed, 0 removed, {len(added) - 1} unchanged" in err
        assert sorted(self.update().unchanged) == sorted([*added, "new.txt"])

    def test_it_may_lie_elsewhere_and_move(self, folder: Path) -> None:
        self.update("index.sqlite")
        assert not Path(f"plans/{INDEX_NAME}").exists()
        assert self.rows("开放", "index.sqlite") == self.rows("开放", "plans")
        Path("moved").mkdir()
        Path("index.sqlite").rename("moved/index.sqlite")
        Path("plans").rename("moved/plans")
        assert [json.loads(row)["path"] for row in self.rows("智慧城市平台", "moved/index.sqlite")] == [
            "moved/plans/plan.txt"
        ]

    def test_saved_analyses_can_be_indexed(self, folder: Path) -> None:
        assert run(["extract", "plans", "-o", "analyses.jsonl", "-f", "jsonl"]) == 0
        Path("analyses").mkdir()
        Path("analyses.jsonl").rename("analyses/all.jsonl")
        without = self.rows("开放", "analyses")
        self.update(folder="analyses")
        assert self.rows("开放", "analyses") == without == self.rows("开放", "plans")

    def test_a_run_that_is_stopped_leaves_it_as_it_was(self, folder: Path) -> None:
        self.update()
        before = Path(f"plans/{INDEX_NAME}").read_bytes()
        Path("plans/plan.txt").write_text("一、任务\n（一）开放港口。\n", encoding="utf-8")

        def stop(done: int, total: int) -> None:
            if done == 2:
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            update_index("plans", corpus=open_corpus(), advance=stop)
        assert Path(f"plans/{INDEX_NAME}").read_bytes() == before
        assert self.update().changed == ["plan.txt"]

    def test_several_may_write_and_read_at_once(self, folder: Path) -> None:
        for number in range(12):
            Path(f"plans/{number}.txt").write_text(
                f"一、任务\n（一）建设第{number}个平台。建设平台。\n" * 20, encoding="utf-8"
            )
        program = [sys.executable, "-m", "policykit"]
        running = [subprocess.Popen([*program, "index", "plans", "-q"]) for _ in range(3)]
        readers = [
            subprocess.Popen([*program, "search", "开放", "plans", "-q", "-f", "jsonl"], stdout=subprocess.PIPE)
            for _ in range(3)
        ]
        outputs = {reader.communicate()[0] for reader in readers}
        assert [process.wait() for process in running] == [0, 0, 0]
        assert len(outputs) == 1
        assert len(outputs.pop().splitlines()) == 4
        assert len(self.update().unchanged) == 15

    def test_what_is_no_index_is_told(self, folder: Path, command: Command) -> None:
        with sqlite3.connect("other.sqlite") as database:
            database.execute("CREATE TABLE cities (name TEXT)")
        database.close()
        result = command("search", "开放", "other.sqlite")
        assert (result.code, result.err) == (
            2,
            "policykit: other.sqlite: is no index of policykit; run `policykit index` again\n",
        )
        assert (
            command("index", "nowhere").err
            == "policykit: nowhere: not a folder; name the folder that holds the documents\n"
        )
        Path("bare").mkdir()
        assert command("index", "bare").code == 2
        damaged = Path(f"plans/{INDEX_NAME}")
        damaged.write_bytes(b"SQLite format 3\x00" + b"x" * 200)
        result = command("search", "开放", damaged)
        assert result.code == 2
        assert len(result.err.splitlines()) == 1
        result = command("search", "开放", "plans", "-f", "jsonl")
        assert (result.code, len(result.out.splitlines())) == (0, 4)
        assert "the files are read instead" in result.err

    def test_it_says_where_full_text_search_is_missing(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(
            "policykit.search.index._FULL_TEXT", "CREATE VIRTUAL TABLE letters USING fts5_is_not_there(tokens)"
        )
        with pytest.raises(PolicykitError, match=r"no full-text search \(FTS5\)"):
            self.update()
        assert not Path(f"plans/{INDEX_NAME}").exists()


class TestCommand:
    def test_exit_codes_are_those_of_grep(self, folder: Path, command: Command) -> None:
        assert command("search", "开放", "plans").code == 0
        assert command("search", "不存在的词", "plans").code == 1
        assert command("search", "不存在的词", "plans", "-f", "table") == (1, "", "policykit: nothing found\n")
        assert command("search", "不存在的词", "plans", "-f", "table", "-q") == (1, "", "")
        assert command("search", "domain:", "plans") == (
            2,
            "",
            "policykit: query, character 8: domain has no value; say domain:smart-city\n",
        )
        missing = command("search", "开放", "plans", "missing.txt")
        assert missing.code == 2
        assert "matches:" in missing.out
        assert missing.err.count("\n") == 1

    def test_formats_say_the_same(self, folder: Path, command: Command) -> None:
        arguments = ("search", "comparator:>=", "plans")
        from_yaml = json.loads(write_json_line(yaml.safe_load(command(*arguments).out)))
        from_json = json.loads(command(*arguments, "-f", "json").out)
        lines = [json.loads(line) for line in command(*arguments, "-f", "jsonl").out.splitlines()]
        assert from_yaml == from_json
        assert from_json["matches"] == lines
        assert from_json["query"] == "comparator:>="
        rows = list(csv.DictReader(io.StringIO(command(*arguments, "-f", "csv").out)))
        assert [
            (row["document"], row["indicator"], row["comparator"], row["value"], row["deadline"]) for row in rows
        ] == [
            (line["document"], target["indicator"], target["comparator"], str(target["value"]), target["deadline"])
            for line in lines
            for target in line["targets"]
        ]
        table = command(*arguments, "-f", "table").out
        assert "30个" in table
        assert table.endswith("1 match\n")

    def test_without_a_place_the_corpus_is_searched(self, folder: Path, command: Command) -> None:
        result = command("search", "國際標準", "-f", "jsonl", "--limit", "3")
        assert [json.loads(line)["document"] for line in result.out.splitlines()] == ["2011-beijing"] * 3
        assert command("search", "智慧城市平台", "--corpus", "plans", "-f", "jsonl").out.count("\n") == 1

    def test_a_file_is_written_when_the_search_is_done(self, folder: Path, command: Command) -> None:
        assert command("search", "开放", "plans", "-f", "jsonl", "-o", "rows.jsonl") == (0, "", "")
        assert Path("rows.jsonl").read_text(encoding="utf-8") == command("search", "开放", "plans", "-f", "jsonl").out

    def test_domains_of_ones_own_can_be_named(self, folder: Path, command: Command) -> None:
        Path("mine").mkdir()
        Path("mine/pilot.yaml").write_text(
            "id: pilot\nname: 试点示范\nstrong_terms: [养老服务, 养老床位]\n", encoding="utf-8"
        )
        assert command("search", "domain:pilot", "plans").code == 2
        result = command("search", "domain:试点示范", "plans", "--dictionaries", "mine", "-f", "jsonl")
        assert [json.loads(line)["section"] for line in result.out.splitlines()] == ["2.2"]

    def test_it_reads_standard_input(self, folder: Path) -> None:
        text = Path("plans/law.txt").read_bytes()
        arguments = [sys.executable, "-m", "policykit", "search", "施行", "-", "-f", "csv"]
        result = subprocess.run(arguments, input=text, capture_output=True, check=True)
        assert result.stdout.decode().splitlines()[1].startswith("stdin,某市数据条例,-,3,")

    def test_on_a_terminal_nothing_in_a_document_is_obeyed(self, folder: Path) -> None:
        Path("evil.txt").write_text(
            "一、开放\x1b]0;pwned\x07数据[bold]\x9b31m：\n（一）开放[red]平台\x1b[2J。\n", encoding="utf-8"
        )
        for format in ("table", "csv", "yaml", "json", "jsonl"):
            code, shown = shown_on_terminal("search", "开放", "evil.txt", "-f", format)
            assert code == 0
            assert "\x1b]0" not in shown
            assert "\x1b[2J" not in shown
            assert "\x07" not in shown
            assert "\x9b" not in shown
            assert "[red]平台" in shown.replace("\x1b[0m", "")

    def test_a_table_marks_what_was_found(self) -> None:
        rows = list(search("國際標準 document:2023", [load_analysis(id) for id in CORPUS]))
        plain = write_matches(rows, colour=False)
        assert "\x1b" not in plain
        assert "2023-national" in plain
        assert "\x1b[1;31m國際標準\x1b[0m" in write_matches(rows, colour=True)
        assert write_matches([], colour=False) == ""


class TestStartUp:
    def test_a_search_loads_no_more_than_it_needs(self) -> None:
        script = (
            "import sys; sys.argv = ['policykit', *sys.argv[1:]]\n"
            "from policykit.__main__ import main\n"
            "code = main(); sys.stdout.flush(); print(*sys.modules, file=sys.stderr); sys.exit(code)"
        )
        for arguments in (
            ["search", "标准", "2023-national", "-f", "jsonl"],
            ["summarise", "2023-national", "-f", "json"],
        ):
            result = subprocess.run([sys.executable, "-c", script, *arguments], capture_output=True, check=True)
            loaded = set(result.stderr.decode().split())
            assert not loaded & {"rich", "jieba", "opencc", "jsonschema", "policykit.evaluation"}


def test_no_cell_of_the_table_is_a_formula() -> None:
    from policykit.search.csv import COLUMNS, write_csv

    row = dict.fromkeys(COLUMNS) | {"words": [], "deadlines": [], "line": 3}
    target = {"value": -5, "comparator": ">=", "indicator": "+甲", "quote": "\t=乙"}
    rows = [
        {**row, "sentence": "=HYPERLINK(1)", "title": "@丙", "heading": "\r-丁", "path": "-a.txt", "targets": [target]}
    ]
    (found,) = csv.DictReader(io.StringIO(write_csv(rows)))
    cells = {name: cell for name, cell in found.items() if cell}
    assert cells.pop("line") == "3" and cells.pop("value") == "-5" and cells.pop("comparator") == ">="
    assert set(cells) == {"sentence", "title", "heading", "path", "indicator", "found"}
    assert all(cell.startswith("'") for cell in cells.values()), cells
