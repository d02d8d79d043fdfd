"""The command line as people and pipelines use it."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest
import yaml

import policykit
from policykit.cli.app import COMMANDS, run
from terminal import shown_on_terminal

TEXT = "某市行动方案\n一、总体要求\n坚持稳中求进。\n二、主要任务\n（一）建设智慧城市。到2027年，建成30个试点。\n"


class Result(NamedTuple):
    code: int
    out: str
    err: str


Command = Callable[..., Result]


@pytest.fixture
def command(capfdbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch) -> Command:
    """Runs the command in this process; gives exit code, standard output, standard error."""
    for name in os.environ:
        if name.startswith("POLICYKIT_"):
            monkeypatch.delenv(name)

    def call(*arguments: str | Path) -> Result:
        code = run([str(argument) for argument in arguments])
        out, err = capfdbinary.readouterr()
        return Result(code, out.decode("utf-8"), err.decode("utf-8"))

    return call


def process(*arguments: str | Path, input: bytes | None = None, **more: object) -> subprocess.CompletedProcess[bytes]:
    """Runs the command in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "policykit", *map(str, arguments)], input=input, capture_output=True, check=False, **more
    )


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to stand in, with plans/a.txt and plans/sub/b.txt."""
    for name in ("a.txt", "sub/b.txt"):
        path = tmp_path / "plans" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(TEXT, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


class TestExtract:
    def test_a_corpus_document_is_printed_as_yaml(self, command: Command) -> None:
        code, out, err = command("extract", "2023-national")
        assert (code, err) == (0, "")
        assert out.startswith("format: policykit/analysis/1\nsource: {id: 2023-national, path: 2023-national.txt, ")
        data = yaml.safe_load(out)
        assert data["document"]["title"] == "城市标准化行动方案"
        assert len(data["outline"]) == 27

    def test_it_is_what_the_library_says(self, command: Command, folder: Path) -> None:
        data = yaml.safe_load(command("extract", "plans/a.txt").out)
        found = policykit.analyse(
            policykit.SourceText(TEXT, id="a", path="plans/a.txt", sha256=data["source"]["sha256"])
        )
        assert data == found.to_data()

    def test_formats(self, command: Command, folder: Path) -> None:
        as_yaml = command("extract", "plans/a.txt").out
        as_json = command("extract", "plans/a.txt", "--format", "json").out
        as_line = command("extract", "plans/a.txt", "-f", "jsonl").out
        assert as_line.count("\n") == 1
        assert json.loads(as_json) == json.loads(as_line)
        assert list(yaml.safe_load(as_yaml)) == list(json.loads(as_json))

    def test_several_are_a_stream_an_array_or_a_line_each(self, command: Command, folder: Path) -> None:
        ids = ["a", "b", "2023-national"]
        arguments = ["extract", "plans", "2023-national"]
        assert [row["source"]["id"] for row in yaml.safe_load_all(command(*arguments).out)] == ids
        assert [row["source"]["id"] for row in json.loads(command(*arguments, "-f", "json").out)] == ids
        lines = command(*arguments, "-f", "jsonl").out.splitlines()
        assert [json.loads(line)["source"]["id"] for line in lines] == ids

    def test_a_folder_is_an_array_whatever_it_holds(self, command: Command, folder: Path) -> None:
        assert len(json.loads(command("extract", "plans/sub", "-f", "json").out)) == 1
        assert command("extract", "plans/s*/*.txt").out.startswith("---\n")

    def test_standard_input(self) -> None:
        result = process("extract", "-", "-f", "json", input=TEXT.encode())
        assert result.returncode == 0
        source = json.loads(result.stdout)["source"]
        assert (source["id"], source["path"], source["characters"]) == ("stdin", "-", len(TEXT))

    def test_all_quantities_are_shown_on_demand(self, command: Command) -> None:
        assert "quantities" not in yaml.safe_load(command("extract", "2023-national").out)
        assert "quantities" in yaml.safe_load(command("extract", "2023-national", "--all-quantities").out)

    @pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "gb18030", "big5"])
    def test_encodings_are_found_out(self, command: Command, folder: Path, encoding: str) -> None:
        text = policykit.open_corpus().document("2023-national").path.read_text(encoding="utf-8")
        simplified = policykit.normalise(policykit.source_from_text(text)).text
        Path("x.txt").write_bytes((simplified if encoding == "gb18030" else text).encode(encoding, "replace"))
        data = yaml.safe_load(command("extract", "x.txt").out)
        assert data["document"]["title"] == "城市标准化行动方案"
        assert len(data["outline"]) == 27
        assert data["source"]["encoding"].startswith(encoding.removesuffix("-sig"))

    def test_a_named_encoding_is_used(self, command: Command, folder: Path) -> None:
        Path("gb.txt").write_bytes(TEXT.encode("gb18030"))
        source = yaml.safe_load(command("extract", "gb.txt", "--encoding", "GB18030").out)["source"]
        assert (source["encoding"], source["characters"]) == ("gb18030", len(TEXT))

    def test_domains_of_ones_own_are_used(self, command: Command, folder: Path) -> None:
        Path("own").mkdir()
        Path("own/pilot.yaml").write_text("id: pilot\nname: 试点\nstrong_terms: [试点]\n", encoding="utf-8")
        data = yaml.safe_load(command("extract", "plans/a.txt", "--dictionaries", "own").out)
        assert "pilot" in data["tasks"][0]["domains"]

    def test_verbose_says_what_was_read(self, command: Command, folder: Path) -> None:
        code, _, err = command("extract", "plans/a.txt", "--verbose")
        assert code == 0
        assert err.startswith(
            f"plans/a.txt: {len(TEXT)} characters, utf-8; simplified, mainland wording; 3 outline, 1 tasks"
        )
        assert err.count("\n") == 1


class TestOutput:
    def test_a_file(self, command: Command, folder: Path) -> None:
        expected = command("extract", "plans").out
        assert command("extract", "plans", "--output", "all.yaml") == (0, "", "")
        assert Path("all.yaml").read_text(encoding="utf-8") == expected
        assert sorted(os.listdir()) == ["all.yaml", "plans"]

    def test_a_dash_is_standard_output(self, command: Command, folder: Path) -> None:
        assert command("extract", "plans/a.txt", "-o", "-") == command("extract", "plans/a.txt")
        assert os.listdir() == ["plans"]

    @pytest.mark.parametrize("name", ["out/", "out", "there"])
    def test_a_folder(self, command: Command, folder: Path, name: str) -> None:
        Path("there").mkdir()
        assert command("extract", "plans", "2023-national", "-f", "json", "-o", name).code == 0
        written = sorted(path.relative_to(name).as_posix() for path in Path(name).rglob("[!.]*.json"))
        assert written == ["2023-national.json", "a.json", "sub/b.json"]
        assert json.loads(Path(name, "sub/b.json").read_text(encoding="utf-8"))["source"]["id"] == "b"

    @pytest.mark.parametrize(
        ("words", "name", "begins"),
        [
            ("extract plans/a.txt", "x.json", "{\n"),
            ("extract plans", "x.jsonl", '{"format": "policykit/analysis/1"'),
            ("extract plans/a.txt", "x.yml", "format: policykit/analysis/1"),
            ("extract plans/a.txt", "x.dat", "format: policykit/analysis/1"),
            ("extract plans/a.txt -f yaml", "x.json", "format: policykit/analysis/1"),
            ("compare plans/a.txt 2023-national", "x.md", "# "),
            ("compare plans/a.txt 2023-national", "x.JSON", "{\n"),
            ("summarise plans/a.txt", "x.json", "{\n"),
            ("search 试点 plans", "x.csv", "document,"),
            ("check plans/a.txt", "x.sarif", '{\n "$schema"'),
            ("check plans/a.txt", "x.xml", "<?xml"),
            ("normalise plans/a.txt", "x.json", "{\n"),
            ("segment plans/a.txt", "x.jsonl", '{"format": "policykit/segmented/1"'),
            ("normalise 2023-national", "x.md", "各省、自治区、"),
        ],
    )
    def test_the_name_of_the_file_says_the_format(
        self, command: Command, folder: Path, words: str, name: str, begins: str
    ) -> None:
        assert command(*words.split(), "-o", name).code in (0, 1)
        assert Path(name).read_text(encoding="utf-8").startswith(begins)

    def test_a_folder_and_what_is_stated_elsewhere_come_before_the_name(
        self, command: Command, folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        Path("out.json").mkdir()
        assert command("extract", "plans", "-o", "out.json").code == 0
        assert Path("out.json/a.yaml").is_file()
        Path(".policykit.yaml").write_text("extract: {format: jsonl}\n", encoding="utf-8")
        assert command("extract", "plans/a.txt", "-o", "x.yaml").code == 0
        assert Path("x.yaml").read_text(encoding="utf-8").count("\n") == 1
        monkeypatch.setenv("POLICYKIT_FORMAT", "json")
        assert command("extract", "plans/a.txt", "-o", "x.yaml").code == 0
        assert Path("x.yaml").read_text(encoding="utf-8").startswith("{\n")

    def test_a_file_keeps_its_rights_and_its_link(self, command: Command, folder: Path) -> None:
        Path("real.yaml").write_text("old")
        Path("real.yaml").chmod(0o640)
        Path("link.yaml").symlink_to("real.yaml")
        assert command("extract", "plans/a.txt", "-o", "link.yaml").code == 0
        assert Path("link.yaml").is_symlink()
        assert Path("real.yaml").read_text(encoding="utf-8").startswith("format:")
        assert Path("real.yaml").stat().st_mode & 0o777 == 0o640

    def test_a_file_stays_where_everything_failed(self, command: Command, folder: Path) -> None:
        Path("old.yaml").write_text("old")
        assert command("extract", "none.txt", "-o", "old.yaml").code == 2
        assert Path("old.yaml").read_text() == "old"
        assert sorted(os.listdir()) == ["old.yaml", "plans"]

    def test_a_document_is_never_overwritten(self, command: Command, folder: Path) -> None:
        code, _, err = command("extract", "plans", "-o", "plans/a.txt")
        assert (code, err) == (2, "policykit: plans/a.txt: is one of the documents to read; name another output\n")
        assert Path("plans/a.txt").read_text(encoding="utf-8") == TEXT

    def test_two_results_never_share_a_file(self, command: Command, folder: Path) -> None:
        code, out, err = command(
            "extract", "plans/a.txt", "plans/sub/../../plans/sub/b.txt", "2023-national", "-o", "out/"
        )
        assert code == 0
        Path("a.txt").write_text(TEXT, encoding="utf-8")
        code, out, err = command("extract", "a.txt", "plans/a.txt", "-o", "new/")
        assert (code, out) == (2, "")
        assert (
            err
            == "policykit: new/a.yaml: would be written twice, for a.txt and plans/a.txt; name their common folder as the input instead\n"
        )
        assert not Path("new").exists()

    @pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere")
    def test_a_folder_that_is_read_only(self, command: Command, folder: Path) -> None:
        Path("locked").mkdir(mode=0o555)
        code, _, err = command("extract", "plans/a.txt", "-o", "locked/a.yaml")
        assert (code, err.count("\n")) == (2, 1)
        assert err.startswith("policykit: locked/a.yaml: cannot be written: permission denied")

    def test_a_folder_that_is_not_there(self, command: Command, folder: Path) -> None:
        code, _, err = command("extract", "plans/a.txt", "-o", "none/a.yaml")
        assert (code, err) == (
            2,
            "policykit: none/a.yaml: cannot be written: no such file or directory; check that the folder exists\n",
        )

    @pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
    def test_a_full_disk(self, command: Command, folder: Path) -> None:
        code, _, err = command("extract", "plans/a.txt", "-o", "/dev/full")
        assert (code, err.count("\n")) == (2, 1)
        assert err.startswith("policykit: /dev/full: cannot be written: no space left on device")
        for arguments in (["extract", "plans/a.txt"], ["schema"], ["--help"], ["corpus", "list"]):
            with open("/dev/full", "wb") as full:
                result = subprocess.run(
                    [sys.executable, "-m", "policykit", *arguments], stdout=full, stderr=subprocess.PIPE, check=False
                )
            assert result.returncode == 2
            assert result.stderr.decode() == "policykit: standard output: cannot be written: no space left on device\n"

    def test_a_device_is_written_to_and_stays(self, command: Command, folder: Path) -> None:
        assert command("extract", "plans/a.txt", "-o", os.devnull).code == 0
        assert not Path(os.devnull).is_file()


class TestDocumentsStay:
    """No result takes the place of a document that its command reads, whatever the command and however the document is named."""

    @pytest.fixture
    def files(self, folder: Path) -> Path:
        (folder / "a.txt").write_text(TEXT, encoding="utf-8")
        (folder / "b.txt").write_text(TEXT.replace("30", "40"), encoding="utf-8")
        with zipfile.ZipFile(folder / "p.zip", "w") as archive:
            archive.writestr("plans/a.txt", TEXT)
        return folder

    @pytest.mark.parametrize(
        ("line", "place"),
        [
            ("extract a.txt -o a.txt", "a.txt"),
            ("extract a.txt b.txt -o b.txt", "b.txt"),
            ("normalise a.txt -o a.txt", "a.txt"),
            ("segment a.txt -o a.txt", "a.txt"),
            ("summarise a.txt -o a.txt", "a.txt"),
            ("summarise a.txt b.txt -o ./b.txt", "./b.txt"),
            ("summarise plans -o plans/sub/b.txt", "plans/sub/b.txt"),
            ("compare a.txt b.txt -o b.txt", "b.txt"),
            ("compare a.txt b.txt -o a.txt", "a.txt"),
            ("search 建设 a.txt -o a.txt", "a.txt"),
            ("search 建设 plans -o plans/a.txt", "plans/a.txt"),
            ("export a.txt --to sqlite -o a.txt", "a.txt"),
            ("check a.txt -o a.txt", "a.txt"),
            ("check a.txt --against b.txt -o b.txt", "b.txt"),
            ("check a.txt --against b.txt --baseline b.txt --update-baseline", "b.txt"),
        ],
    )
    def test_every_command_refuses(self, command: Command, files: Path, line: str, place: str) -> None:
        before = {path: path.read_bytes() for path in files.rglob("*") if path.is_file()}
        refusal = f"policykit: {place}: is one of the documents to read; name another output\n"
        assert command(*line.split()) == (2, "", refusal)
        assert {path: path.read_bytes() for path in files.rglob("*") if path.is_file()} == before

    def test_addresses_of_this_machine_are_files(self, command: Command, files: Path) -> None:
        pytest.importorskip("fsspec")
        before = (files / "a.txt").read_bytes(), (files / "p.zip").read_bytes()
        refusal = "is one of the documents to read; name another output\n"
        for name, place in (
            (f"file://{files}/a.txt", "a.txt"),
            (f"local://{files}/a.txt", "a.txt"),
            ("zip://plans::p.zip", "p.zip"),
            (f"zip://plans/a.txt::file://{files}/p.zip", "p.zip"),
        ):
            for words in (["extract"], ["summarise"], ["search", "建设"], ["check"], ["export", "--to", "sqlite"]):
                assert command(*words, name, "-o", place) == (2, "", f"policykit: {place}: {refusal}"), (words, name)
        (files / "out").mkdir()
        (files / "out" / "a.yaml").symlink_to(files / "a.txt")
        assert command("extract", f"file://{files}", "-o", "out/") == (2, "", f"policykit: out/a.yaml: {refusal}")
        assert ((files / "a.txt").read_bytes(), (files / "p.zip").read_bytes()) == before

    def test_an_index_that_is_searched_stays(self, command: Command, files: Path) -> None:
        assert command("index", "plans", "-q").code == 0
        for place in ("plans", "plans/.policykit.sqlite"):
            found = command("search", "建设", place, "-o", "plans/.policykit.sqlite")
            assert found.code == 2 and "is one of the documents to read" in found.err

    def test_a_report_does_not_replace_the_baseline(self, command: Command, files: Path) -> None:
        assert command("check", "a.txt", "--baseline", "known.json", "--update-baseline", "-q").code == 0
        before = (files / "known.json").read_bytes()
        found = command("check", "a.txt", "--baseline", "known.json", "-o", "known.json")
        assert found == (2, "", "policykit: known.json: is the baseline; name another output\n")
        assert (files / "known.json").read_bytes() == before

    def test_another_file_is_replaced(self, command: Command, files: Path) -> None:
        (files / "old.yaml").write_text("old", encoding="utf-8")
        assert command("summarise", "a.txt", "-o", "old.yaml").code == 0
        assert (files / "old.yaml").read_text(encoding="utf-8").startswith("format: policykit/summary/1")


class TestErrors:
    @pytest.mark.parametrize(
        ("arguments", "message"),
        [
            (["extract", "none.txt"], "policykit: none.txt: no such file; check the path"),
            (["extract", "2023-natonal"], "no document with this id in the corpus; did you mean 2023-national?"),
            (["extract", "nothing-like-it"], "`policykit corpus list` prints the ids"),
            (["extract", "empty"], "policykit: empty: no documents in this folder; documents end in .txt, .text, .md"),
            (["extract", "*.doc"], "policykit: *.doc: no file matches this pattern"),
            (["extract", "empty.txt"], "policykit: empty.txt: the file is empty; "),
            (["extract", "binary.txt"], "policykit: binary.txt: this looks like a binary file (NUL at byte 4)"),
            (["extract", "picture.txt"], "policykit: picture.txt: this is a PNG picture, not a text"),
            (["extract", "garbage.txt"], "policykit: garbage.txt: its encoding is not known: UTF-8 fails at byte 0"),
            (["extract", "plans/a.txt", "--encoding", "ascii"], "policykit: plans/a.txt: not ascii at byte 0"),
            (["extract", "plans/a.txt", "--corpus", "none"], "policykit: none: no such folder"),
            (["extract", "plans/a.txt", "--dictionaries", "none"], "policykit: none: no such folder"),
            (["extract", "plans/a.txt", "--dictionaries", "broken"], "policykit: broken/x.yaml:3: "),
            (["extract", "plans/a.txt", "--encoding", "klingon"], "'klingon' is no text encoding; try utf-8, gb18030"),
            (["extract", "plans/a.txt", "--encoding", "hex"], "'hex' is no text encoding"),
            (["extract", "plans/a.txt", "--format", "xml"], "'xml' is not one of"),
            (["extract", "plans/a.txt", "--output", "a.pdf"], "no format is written here whose files end in .pdf: "),
            (["extract", "plans/a.txt", "--output", "a.csv"], "with --format (yaml, json, jsonl, parquet)"),
            (["extract"], "policykit extract: missing argument 'INPUT...'; see policykit extract --help"),
            (["extract", "--no"], "policykit extract: no such option: --no"),
            (["exract"], "policykit: no such command 'exract'"),
            (["corpus", "show", "2023-natonal"], "did you mean 2023-national?"),
            (["corpus", "path", "../x"], "no document with this id in the corpus"),
            (["domains", "show", "transprt"], "policykit: transprt: no domain with this id; did you mean transport"),
            (["evaluate", "none"], "policykit: none: no such folder"),
            (["evaluate", "empty"], "policykit: empty: no gold in this folder"),
        ],
    )
    def test_bad_input_gets_one_line(self, command: Command, folder: Path, arguments: list[str], message: str) -> None:
        Path("empty").mkdir()
        Path("empty.txt").write_bytes(b"")
        Path("binary.txt").write_bytes(b"ELF\x7f\0\0\1\2\3\0\0")
        Path("picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n")
        Path("garbage.txt").write_bytes(b"\xff\xff\xff" * 9)
        Path("broken").mkdir()
        Path("broken/x.yaml").write_text("id: x\nname: [\n", encoding="utf-8")
        code, out, err = command(*arguments)
        assert (code, out) == (2, "")
        assert message in err
        assert err.count("\n") == 1
        assert err.endswith("\n")
        assert "Traceback" not in err

    def test_some_of_many_failed(self, command: Command, folder: Path) -> None:
        code, out, err = command("extract", "none.txt", "plans/a.txt", "nowhere", "-f", "jsonl")
        assert code == 3
        assert [json.loads(line)["source"]["id"] for line in out.splitlines()] == ["a"]
        assert [line.split(":")[1] for line in err.splitlines()[:2]] == [" none.txt", " nowhere"]
        assert err.splitlines()[2] == "policykit: 1 of 3 done, 2 failed"

    def test_all_of_many_failed(self, command: Command, folder: Path) -> None:
        code, out, err = command("extract", "none.txt", "nowhere", "-f", "json")
        assert (code, out, err.count("\n")) == (2, "", 2)

    def test_control_characters_in_names_are_shown_and_not_obeyed(self, command: Command, folder: Path) -> None:
        _, _, err = command("extract", "x\x1b(31m\ny.txt")
        assert err == "policykit: x\\x1b(31m\\ny.txt: no such file; check the path\n"

    def test_a_trouble_that_nobody_foresaw_names_its_file(
        self, command: Command, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for name in ("some/file", b"some/file"):

            def refuse(*_: object, name: str | bytes = name) -> None:
                raise PermissionError(13, "Permission denied", name)

            monkeypatch.setattr("policykit.corpus.open_corpus", refuse)
            assert command("corpus", "list") == (2, "", "policykit: some/file: permission denied\n")

    def test_markup_in_names_and_texts_is_text(self, command: Command, folder: Path) -> None:
        Path("[red]x.txt").write_text("一、[bold]总体[/bold]要求\n", encoding="utf-8")
        code, out, err = command("extract", "[red]x.txt", "--verbose")
        assert code == 0
        assert "[red]x.txt" in err
        assert "[bold]" in out

    def test_a_name_that_is_not_utf8(self, folder: Path) -> None:
        name = os.fsdecode(b"plan\xff.txt")
        try:
            Path(name).write_text(TEXT, encoding="utf-8")
        except OSError:
            pytest.skip("this file system takes UTF-8 names only")
        result = process("extract", name, "-f", "json")
        assert result.returncode == 0
        assert json.loads(result.stdout)["source"]["path"] == "plan\ufffd.txt"

    def test_closed_standard_output(self) -> None:
        result = subprocess.run(
            f"{sys.executable} -m policykit extract 2023-national >&-", shell=True, stderr=subprocess.PIPE, check=False
        )
        assert result.returncode == 2
        assert result.stderr == b"policykit: standard output: is closed; write to a file with --output\n"

    def test_closed_standard_input(self) -> None:
        result = subprocess.run(
            f"{sys.executable} -m policykit extract - <&-", shell=True, capture_output=True, check=False
        )
        assert (result.returncode, result.stdout, result.stderr.count(b"\n")) == (2, b"", 1)
        assert b"Traceback" not in result.stderr


class TestFoldersOfAllKinds:
    def test_pipes_and_devices_in_folders_are_passed_over(self, command: Command, folder: Path) -> None:
        os.mkfifo(folder / "plans" / "pipe.txt")
        os.mkfifo(folder / "plans" / "pipe.json")
        (folder / "plans" / "zero.txt").symlink_to("/dev/zero")
        for place in ("plans", "plans/*", "plans/**/*.txt"):
            found = command("extract", place, "--format", "jsonl")
            assert (found.code, found.err) == (0, "") and "pipe" not in found.out, place
        assert command("search", "建设", "plans", "-f", "jsonl").code == 0
        line = "policykit: plans/pipe*: no ordinary file matches this pattern; check what it names\n"
        assert command("extract", "plans/pipe*") == (2, "", line)
        # a link that leads nowhere is said, not passed over
        (folder / "plans" / "gone.txt").symlink_to("nowhere")
        found = command("extract", "plans", "--format", "jsonl")
        assert found.code == 3 and "plans/gone.txt: no such file" in found.err

    def test_what_holds_documents_but_no_plain_text_is_told(self, command: Command, folder: Path) -> None:
        for name in ("report.PDF", "sub/page.html", "sub/photo.jpg", "sub/.hidden.pdf", "sub/~$plan.docx"):
            (folder / "plans" / name).write_bytes(b"x")
        line = "policykit: plans: passed over 2 files (.html, .pdf); what is saved as text (.txt) is read\n"
        for words in (
            ["extract", "plans", "--format", "jsonl"],
            ["normalise", "plans"],
            ["segment", "plans"],
            ["summarise", "plans"],
            ["check", "plans", "--fail-on", "never"],
            ["export", "plans", "--to", "csv", "-o", "tables"],
        ):
            found = command(*words)
            assert found.code == 0 and found.err.count(line) == 1, words
            assert "passed over" not in command(*words, "--quiet").err, words
        assert command("extract", "plans/a.txt", "plans/sub/b.txt", "--format", "jsonl").err == ""
        # a folder under two names is told once, and one that has nothing else is told too
        assert command("extract", "./plans", "plans", "--format", "jsonl").err.count("passed over") == 1
        (folder / "only").mkdir()
        (folder / "only" / "plan.ofd").write_bytes(b"x")
        for words in (["extract", "only"], ["index", "only"], ["summarise", "only"]):
            found = command(*words)
            assert found.code == 2 and found.err.startswith("policykit: only: passed over a file (.ofd); "), words

    def test_a_pipe_that_is_named_is_read(self, folder: Path) -> None:
        os.mkfifo(folder / "pipe")
        with subprocess.Popen(
            [sys.executable, "-m", "policykit", "extract", "pipe"], stdout=subprocess.PIPE
        ) as running:
            (folder / "pipe").write_text(TEXT, encoding="utf-8")
            out, _ = running.communicate(timeout=120)
        assert running.returncode == 0 and out.startswith(b"format:")

    def test_names_that_differ_in_the_suffix_keep_it(self, command: Command, folder: Path) -> None:
        for name in ("a.md", "c.txt", "sub/a.txt"):
            (folder / "plans" / name).write_text(TEXT, encoding="utf-8")
        wanted = ["a.md.yaml", "a.txt.yaml", "c.yaml", "sub/a.yaml", "sub/b.yaml"]
        for output, arguments, names in (
            ("out", ["plans"], wanted),
            ("out1", ["plans", "--resume"], wanted),
            ("out2", ["plans/*"], wanted[:3]),
            ("out3", ["plans/a.txt", "plans/c.txt", "plans/a.md"], wanted[:3]),
        ):
            assert command("extract", *arguments, "-o", f"{output}/") == (0, "", "")
            found = [path.relative_to(folder / output).as_posix() for path in (folder / output).rglob("*.yaml")]
            assert sorted(found) == names, output
        assert "path: plans/a.md" in (folder / "out" / "a.md.yaml").read_text(encoding="utf-8")
        assert command("normalise", "plans", "-o", "texts/") == (0, "", "")
        assert (folder / "texts" / "a.md.txt").exists()
        # the longer name of one is not the shorter name of another
        (folder / "plans" / "a.txt.md").write_text(TEXT, encoding="utf-8")
        assert command("extract", "plans", "-o", "more/") == (0, "", "")
        assert (folder / "more" / "a.txt.md.yaml").exists() and (folder / "more" / "a.txt.yaml").exists()

    def test_an_engine_that_is_not_used_is_said(self, command: Command, folder: Path) -> None:
        line = "policykit: one document is extracted here; --engine and --scheduler are for several\n"
        for words in (["--engine", "dask"], ["--scheduler", "tcp://nowhere:1"]):
            assert command("extract", "plans/a.txt", *words, "-o", "a.yaml") == (0, "", line)
        assert command("extract", "plans/a.txt", "--engine", "dask", "-o", "a.yaml", "-q") == (0, "", "")
        assert command("extract", "plans/a.txt", "--engine", "local", "-o", "a.yaml") == (0, "", "")
        line = "policykit: --engine local works on this machine; the scheduler is not asked\n"
        words = ["--engine", "local", "--scheduler", "tcp://nowhere:1"]
        assert command("extract", "plans", *words, "-o", "all.yaml") == (0, "", line)


class TestInternalErrors:
    """What nobody foresaw is one line and 2: 1 would be an answer of check, compare and search."""

    @pytest.mark.parametrize("error", [RuntimeError("a\nb"), RecursionError("too deep"), KeyError("x"), ValueError()])
    def test_one_line(self, command: Command, monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
        def fail(*arguments: object, **more: object) -> None:
            raise error

        monkeypatch.setattr("policykit.analyses.analyse", fail)
        said = " ".join(f"{type(error).__name__}: {error}".split()).rstrip(": ")
        line = f"policykit: internal error: {said}; please report it"
        for words in (["check", "2023-national"], ["compare", "2011-beijing", "2023-national"], ["search", "建设"]):
            assert command(*words) == (2, "", f"{line}; POLICYKIT_DEBUG=1 shows where\n")
            monkeypatch.setenv("POLICYKIT_DEBUG", "1")
            code, out, err = command(*words)
            assert (code, out) == (2, "")
            assert err.startswith("Traceback") and "in fail\n" in err and err.endswith(f"{line}\n")
            monkeypatch.delenv("POLICYKIT_DEBUG")


_DEEP = 200_000
_NUMBER = "7" * 5_000


class TestHostileData:
    """Data that no reader can walk through is one line and 2, in analyses, dictionaries, sidecars and settings."""

    @pytest.mark.parametrize(
        ("name", "text", "problem"),
        [
            ("a.json", "[" * _DEEP + "]" * _DEEP, "nested too deeply"),
            ("a.json", '{"a": ' * 500 + "1" + "}" * 500, "nested too deeply"),
            ("a.json", f'{{"format": {_NUMBER}}}', "not valid JSON: a number of thousands of digits"),
            ("a.jsonl", f'{{"format": "policykit/analysis/1", "a": {_NUMBER}}}', "a number of thousands of digits"),
            ("a.yaml", "a: " + "[" * _DEEP + "]" * _DEEP, "nested too deeply"),
            ("a.yaml", "format: x\na:\n" + "- " * _DEEP + "1", "nested too deeply"),
            ("a.yaml", "\n".join(" " * depth + "a:" for depth in range(2000)), "nested too deeply"),
            ("a.yaml", "a: " + "[" * 150 + "]" * 150, "nested too deeply"),
            ("a.yaml", f"a: {_NUMBER}", "a value that is none: "),
            ("a.yaml", f"a: 0x{_NUMBER}", "a number of more than 400 digits"),
            ("a.yaml", "a: &a [*a]", "nested too deeply"),
            (
                "a.yaml",
                "a0: &a0 [1, 1]\n" + "".join(f"a{i}: &a{i} [*a{i - 1}, *a{i - 1}]\n" for i in range(1, 60)),
                "aliases that stand for too much",
            ),
        ],
    )
    def test_one_line(self, command: Command, folder: Path, name: str, text: str, problem: str) -> None:
        (folder / name).write_text(text, encoding="utf-8")
        for words in (["summarise", name], ["check", name], ["search", "建设", name], ["compare", name, "plans/a.txt"]):
            code, _, err = command(*words)
            assert code == 2 and err.startswith(f"policykit: {name}:") and problem in err, words
            assert err.count("\n") == 1 and len(err) < 400
        if not name.endswith(".yaml"):
            return
        (folder / "own").mkdir()
        for place in ("own/a.yaml", "own/b.yaml", ".policykit.yaml"):
            (folder / place).write_text(text, encoding="utf-8")
            (folder / "own" / "b.txt").write_text(TEXT, encoding="utf-8")
            words = {
                "own/a.yaml": ["domains", "list", "--dictionaries", "own"],
                "own/b.yaml": ["corpus", "show", "b", "--corpus", "own"],
                ".policykit.yaml": ["corpus", "list"],
            }[place]
            code, out, err = command(*words)
            assert (code, out) == (2, "") and err.startswith(f"policykit: {place}"), words
            assert err.count("\n") == 1 and "internal error" not in err, err[:300]
            (folder / place).unlink()

    @pytest.mark.parametrize(("name", "text"), [("a.json", ""), ("a.json", "[]"), ("a.yaml", ""), ("a.jsonl", "\n")])
    def test_files_without_an_analysis(self, command: Command, folder: Path, name: str, text: str) -> None:
        (folder / name).write_text(text, encoding="utf-8")
        line = f"policykit: {name}: holds no analysis; extract it again\n"
        for words in (
            ["summarise", name],
            ["search", "建设", name],
            ["check", name, "--format", "csv"],
            ["compare", name, "plans/a.txt"],
            ["export", name, "--to", "sqlite", "-o", "x.db"],
        ):
            code, _, err = command(*words)
            assert (code, err) == (2, line), words
        assert not (folder / "x.db").exists()

    @pytest.mark.parametrize("kind", ["device", "pipe", "large"])
    def test_an_analysis_that_names_no_document(
        self, command: Command, folder: Path, kind: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        analysis = json.loads(command("extract", "plans/a.txt", "--format", "json").out)
        if kind == "pipe":
            os.mkfifo(folder / "pipe")
        elif kind == "large":
            monkeypatch.setattr("policykit.analyses._LARGEST", 10)
        analysis["source"]["path"] = {"device": "/dev/zero", "pipe": "pipe", "large": "plans/a.txt"}[kind]
        (folder / "a.json").write_text(json.dumps(analysis), encoding="utf-8")
        code, _, err = command("check", "a.json", "--quiet")
        assert code in (0, 1) and err == ""
        assert "the document itself is not at hand" in command("check", "a.json").err


class TestPipes:
    def test_a_reader_who_leaves_ends_it_in_silence(self) -> None:
        for arguments in ("extract 2023-national 2011-beijing", "schema", "domains list", "extract --help"):
            script = f"{sys.executable} -m policykit {arguments} | head -1; echo ${{PIPESTATUS[0]}}"
            result = subprocess.run(["bash", "-c", script], capture_output=True, check=False)
            assert result.stderr == b""
            assert result.stdout.endswith(b"\n0\n")

    def test_output_is_utf8_and_the_same_whatever_the_locale(self) -> None:
        usual = process("extract", "2023-national", "2011-beijing")
        assert usual.returncode == 0
        for environment in (
            {"LC_ALL": "C"},
            {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"},
            {"LC_ALL": "POSIX", "PYTHONIOENCODING": "latin-1"},
            {"PYTHONHASHSEED": "7", "TZ": "Asia/Shanghai", "TERM": "dumb", "NO_COLOR": "1"},
        ):
            other = process("extract", "2023-national", "2011-beijing", env={**os.environ, **environment})
            assert (other.returncode, other.stderr) == (0, b"")
            assert other.stdout == usual.stdout
        document = policykit.open_corpus().document("2011-beijing").path.read_bytes()
        ascii_only = {**os.environ, "LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}
        piped = process("extract", "-", input=document, env=ascii_only)
        assert (
            piped.stdout.decode("utf-8").splitlines()[2:]
            == process("extract", "2011-beijing").stdout.decode().splitlines()[2:]
        )

    def test_chinese_file_names_in_an_ascii_locale(self, folder: Path) -> None:
        Path("规划").mkdir()
        Path("规划/方案.txt").write_text(TEXT, encoding="utf-8")
        ascii_only = {**os.environ, "LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}
        result = process("extract", "规划", "-f", "jsonl", "-o", "结果/", env=ascii_only)
        assert (result.returncode, result.stderr) == (0, b"")
        data = json.loads(Path("结果/方案.jsonl").read_text(encoding="utf-8"))
        assert data["source"]["path"] == "规划/方案.txt"

    def test_help_in_an_eight_bit_locale(self) -> None:
        result = process("extract", "--help", env={**os.environ, "PYTHONIOENCODING": "latin-1"})
        assert result.returncode == 0
        assert "…" in result.stdout.decode("utf-8")

    def test_ctrl_c_stops_with_130_and_leaves_nothing(self, folder: Path) -> None:
        for number in range(3000):
            Path(f"plans/{number:04}.txt").write_text(TEXT * 40, encoding="utf-8")
        running = subprocess.Popen(
            [sys.executable, "-m", "policykit", "extract", "plans", "-o", "all.yaml"],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        deadline = time.monotonic() + 20
        while not any(name.startswith(".policykit") for name in os.listdir()) and time.monotonic() < deadline:
            time.sleep(0.01)
        time.sleep(0.1)
        running.send_signal(signal.SIGINT)
        out, err = running.communicate(timeout=20)
        assert running.returncode == 130
        assert (out, err) == (b"", b"")
        assert os.listdir() == ["plans"]


class TestTerminal:
    """What stands on a terminal, seen through a pseudo-terminal."""

    def on_terminal(self, *arguments: str, keep_output: bool = True) -> str:
        code, shown = shown_on_terminal(*arguments, keep_output=keep_output)
        assert code == 0
        return shown

    def test_control_characters_of_a_document_are_not_obeyed(self, folder: Path) -> None:
        Path("evil.txt").write_text("一、总体\x1b]0;pwned\x07要求\x9b31m\n", encoding="utf-8")
        for format in ("yaml", "json", "jsonl"):
            shown = self.on_terminal("extract", "evil.txt", "-f", format)
            assert not {"\x1b", "\x07", "\x9b"} & set(shown)

    def test_progress_is_shown_for_several_documents_only(self, folder: Path) -> None:
        for number in range(40):
            Path(f"plans/{number}.txt").write_text(TEXT * 30, encoding="utf-8")
        assert "documents" in self.on_terminal("extract", "plans", "-o", "out/")
        assert "documents" in self.on_terminal("extract", "plans", keep_output=False)
        assert self.on_terminal("extract", "plans", "-o", "out/", "--quiet") == ""
        assert self.on_terminal("extract", "plans/1.txt", "-o", "out/") == ""

    def test_progress_of_tables(self, folder: Path) -> None:
        for number in range(40):
            Path(f"plans/{number}.txt").write_text(TEXT * 30, encoding="utf-8")
        assert "/42" in self.on_terminal("export", "plans", "--to", "csv", "-o", "tables")
        assert self.on_terminal("export", "plans", "--to", "csv", "-o", "tables", "--quiet") == ""

    def test_results_are_whole_beside_the_progress_bar(self, folder: Path) -> None:
        shown = self.on_terminal("extract", "plans", "-f", "jsonl")
        lines = [line for line in shown.split("\r\n") if '"format"' in line]
        assert len(lines) == 2
        for line in lines:
            assert json.loads(line[line.index('{"format"') :])["format"] == "policykit/analysis/1"


class TestHelp:
    def test_version(self, command: Command) -> None:
        assert command("--version") == (0, f"policykit {policykit.__version__}\n", "")
        assert process("--version").stdout.decode() == f"policykit {policykit.__version__}\n"

    def test_every_command_explains_itself_with_an_example(self, command: Command) -> None:
        code, out, _ = command("--help")
        assert code == 0
        for name in COMMANDS:
            assert f"\n  {name} " in out
            code, text, err = command(name, "--help")
            assert (code, err) == (0, "")
            assert f"policykit {name}" in text.split("Example", 1)[1]
            assert "..." not in text.partition("Commands:")[2], "a short help is cut off"
        assert "..." not in out.split("Commands:")[1]

    def test_every_option_of_extract_has_an_environment_variable(self, command: Command) -> None:
        text = " ".join(command("extract", "--help").out.split())
        for name in ("FORMAT", "OUTPUT", "ALL_QUANTITIES", "DICTIONARIES", "CORPUS", "ENCODING", "QUIET", "VERBOSE"):
            assert f"POLICYKIT_{name}" in text

    def test_the_option_comes_before_the_environment(
        self, command: Command, folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("POLICYKIT_FORMAT", "jsonl")
        assert command("extract", "plans/a.txt").out.startswith('{"format": ')
        assert command("extract", "plans/a.txt", "-f", "yaml").out.startswith("format: ")
        monkeypatch.setenv("POLICYKIT_CORPUS", f"plans{os.pathsep}plans/sub")
        assert [json.loads(line)["source"]["path"] for line in command("extract", "a", "b").out.splitlines()] == [
            "a.txt",
            "b.txt",
        ]

    def test_nothing_asked_for_shows_help(self, command: Command) -> None:
        for arguments in ([], ["corpus"], ["domains"]):
            code, out, err = command(*arguments)
            assert (code, err) == (2, "")
            assert out.startswith("Usage: policykit")

    @pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
    def test_completion(self, shell: str) -> None:
        script = process(
            "--show-completion", shell, env={**os.environ, "_TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION": "1"}
        )
        assert script.returncode == 0
        assert b"_POLICYKIT_COMPLETE" in script.stdout

    def test_completion_knows_commands_ids_and_files(self, folder: Path) -> None:
        def offered(words: str) -> list[str]:
            environment = {
                "_POLICYKIT_COMPLETE": "complete_bash",
                "COMP_WORDS": words,
                "COMP_CWORD": str(len(words.split(" ")) - 1),
            }
            return process(env={**os.environ, **environment}).stdout.decode().split()

        assert offered("policykit ev") == ["evaluate"]
        assert set(offered("policykit e")) == {"extract", "export", "evaluate"}
        assert offered("policykit extract 2023") == ["2023-national"]
        assert offered("policykit extract pl") == ["plans/"]
        assert offered("policykit corpus show 20") == ["2011-beijing", "2023-national"]
        assert offered("policykit domains show smart") == ["smart-city"]


class TestNormalise:
    SOURCE = "一、總體要求\n\n到２０２７年,建設標準體系\x1b。\n"
    WORKING = "一、总体要求\n到2027年，建设标准体系。\n"

    @pytest.fixture(autouse=True)
    def source(self, folder: Path) -> None:
        Path("x.txt").write_text(self.SOURCE, encoding="utf-8")

    def test_text_out(self, command: Command) -> None:
        assert command("normalise", "x.txt") == (0, self.WORKING, "")
        result = process("normalise", "-", input=self.SOURCE.replace("\x1b", "").encode("big5", "replace"))
        assert result.stdout.decode().splitlines()[0] == "一、总体要求"

    def test_twice_is_as_once(self, command: Command) -> None:
        once = command("normalise", "2011-beijing").out
        assert process("normalise", "-", input=once.encode()).stdout.decode() == once

    def test_map_and_changes(self, command: Command) -> None:
        data = json.loads(command("normalise", "x.txt", "-f", "json").out)
        assert data["format"] == "policykit/normalised/1"
        assert data["text"] + "\n" == self.WORKING
        for row in data["changes"]:
            assert self.SOURCE[row["span"]["start"] : row["span"]["end"]] == row["before"]
            assert data["text"][row["working"]["start"] : row["working"]["end"]] == row["after"]
            assert row["rules"]
        assert data["map"][0]["source"][0] == data["map"][0]["working"][0] == 0
        assert data["map"][-1]["source"][1] == len(self.SOURCE)
        assert data["map"][-1]["working"][1] == len(data["text"])

    def test_difference(self, command: Command) -> None:
        lines = command("normalise", "x.txt", "--diff").out.splitlines()
        assert lines == [
            "1: 一、[-總體-]{+总体+}要求[-\\n\\n-]{+\\n+}",
            "3: 到[-２０２７-]{+2027+}年[-,-]{+，+}建[-設標準體-]{+设标准体+}系[-\\x1b-]。[-\\n-]",
        ]
        Path("same.txt").write_text("一、总体要求", encoding="utf-8")
        assert command("normalise", "same.txt", "--diff").out == ""

    def test_steps_can_be_left_out(self, command: Command) -> None:
        assert command("normalise", "x.txt", "--keep", "characters, punctuation").out.startswith(
            "一、總體要求\n到２０２７年,"
        )
        code, out, err = command("normalise", "x.txt", "--keep", "words")
        assert (code, out, err.count("\n")) == (2, "", 1)
        assert "there are characters, punctuation" in err

    def test_the_help_names_every_step(self, command: Command) -> None:
        from policykit.text.normalise import STEPS

        text = " ".join(command("normalise", "--help").out.split())
        assert f"commas between: {', '.join(STEPS)}." in text

    def test_other_readers(self, command: Command) -> None:
        assert command("normalise", "x.txt", "--to", "taiwan").out.startswith("一、總體要求\n到2027年，建設標準體系")
        assert command("normalise", "x.txt", "--to", "hong-kong").out.startswith("一、總體要求\n")
        assert "资讯" in command("normalise", "2023-national", "--to", "simplified-only").out
        assert command("normalise", "x.txt", "--to", "taiwan", "--diff").code == 2
        assert command("normalise", "x.txt", "--diff", "-f", "json").code == 2

    def test_several_texts_into_a_folder(self, command: Command) -> None:
        assert command("normalise", "plans", "-o", "out/").code == 0
        assert Path("out/sub/b.txt").read_text(encoding="utf-8") == TEXT
        assert command("normalise", "plans", "-o", "plans/").code == 2
        assert Path("plans/a.txt").read_text(encoding="utf-8") == TEXT


class TestSegment:
    def test_words_with_spaces(self, command: Command, folder: Path) -> None:
        code, out, err = command("segment", "plans/a.txt")
        assert (code, err) == (0, "")
        assert out.replace(" ", "") == TEXT
        assert "智慧城市" in out.split()

    def test_offsets(self, command: Command) -> None:
        data = json.loads(command("segment", "2023-national", "-f", "json").out)
        text = policykit.open_corpus().document("2023-national").path.read_text(encoding="utf-8")
        assert data["format"] == "policykit/segmented/1"
        for word in data["words"]:
            assert data["text"][word["start"] : word["end"]] == word["text"]
            assert text.count("\n", 0, word["span"]["start"]) + 1 == word["span"]["line"]
        assert [word["text"] for word in data["words"] if word["text"] == "信息化"]

    def test_stages_of_a_pipe(self) -> None:
        whole = f"{sys.executable} -m policykit"
        script = f"{whole} normalise 2011-beijing | {whole} segment - | cmp - <({whole} segment 2011-beijing)"
        assert subprocess.run(["bash", "-o", "pipefail", "-c", script], check=False).returncode == 0


class TestOtherCommands:
    def test_schema(self, command: Command) -> None:
        code, out, err = command("schema")
        assert (code, err) == (0, "")
        assert json.loads(out) == policykit.schema()

    def test_corpus(self, command: Command, folder: Path) -> None:
        assert command("corpus", "list").out == (
            "2011-beijing   2011-08-01  首都標準化戰略綱要\n2023-national  2023-09-14  城市標準化行動方案\n"
        )
        rows = json.loads(command("corpus", "list", "-f", "json").out)
        assert [row["id"] for row in rows] == ["2011-beijing", "2023-national"]
        assert command("corpus", "list", "--corpus", "plans").out.endswith("\na              -           -\n")
        shown = yaml.safe_load(command("corpus", "show", "2011-beijing").out)
        assert shown["issuers"] == ["北京市人民政府"]
        path = Path(command("corpus", "path", "2023-national").out.rstrip("\n"))
        assert path.read_text(encoding="utf-8").startswith("各省、自治區、直轄市")

    def test_a_text_that_its_sidecar_does_not_describe(self, command: Command, folder: Path) -> None:
        Path("plans/a.yaml").write_text("title: 甲\nsha256: '0'\n", encoding="utf-8")
        code, _, err = command("corpus", "show", "a", "--corpus", "plans")
        assert code == 0
        assert "the text is not the one that its sidecar describes" in err

    def test_a_slip_in_a_key_of_a_sidecar_is_said(self, command: Command, folder: Path) -> None:
        Path("plans/a.yaml").write_text("title: 甲\nisued: 2023-09-14\nxyz: 1\n", encoding="utf-8")
        warnings = (
            "policykit: plans/a.yaml: isued: no such key; did you mean issued?\n"
            "policykit: plans/a.yaml: xyz: no such key; there are title, issuers, issued, published, source, sha256, licence\n"
        )
        listed = command("corpus", "list", "--corpus", "plans")
        assert (listed.code, listed.err) == (0, warnings)
        assert listed.out.endswith("\na              -           甲\n")
        assert command("corpus", "show", "a", "--corpus", "plans").err == warnings
        assert command("corpus", "show", "2023-national", "--corpus", "plans").err == ""

    def test_domains(self, command: Command, folder: Path) -> None:
        lines = command("domains", "list").out.splitlines()
        assert len(lines) == 39
        assert any(line.startswith("smart-city ") and "智慧城市" in line for line in lines)
        shown = yaml.safe_load(command("domains", "show", "smart-city").out)
        assert shown["name"] == "智慧城市"
        assert shown["source"] == "package"
        Path("own").mkdir()
        Path("own/x.yaml").write_text("id: x\nname: 甲\nterms: [乙]\n", encoding="utf-8")
        assert len(command("domains", "list", "--dictionaries", "own").out.splitlines()) == 40
        assert yaml.safe_load(command("domains", "show", "x", "--dictionaries", "own").out)["terms"] == ["乙"]

    def test_evaluate(self, command: Command, folder: Path) -> None:
        gold = {
            "metadata": {"title": "某市行动方案", "issuers": [], "number": None, "issued": None, "published": None},
            "items": [{"start": TEXT.index("一、"), "marker": "一、", "role": "principle", "heading": "总体要求"}],
            "targets": [],
            "deadlines": [],
            "responsible": [],
            "references": [{"title": "没有的文件"}],
        }
        Path("gold").mkdir()
        Path("gold/a.txt").write_text(TEXT, encoding="utf-8")
        Path("gold/a.gold.json").write_text(json.dumps(gold), encoding="utf-8")
        code, out, err = command("evaluate", "gold", "--misses")
        assert (code, err) == (0, "")
        assert out.startswith("1 documents\n")
        assert "outline            0.500  0.333      1.000   1     3\n" in out
        assert "references: a@0 missed 没有的文件\n" in out
        figures = json.loads(command("evaluate", "gold", "-f", "json").out)
        assert figures["layers"]["outline"] == {"gold": 1, "found": 3, "precision": 0.3333, "recall": 1.0, "f1": 0.5}
        assert "misses" not in figures
        Path("gold/a.gold.json").write_text('{"metadata": {}\n', encoding="utf-8")
        assert command("evaluate", "gold").err.startswith("policykit: gold/a.gold.json:2: not valid JSON")
        Path("gold/a.gold.json").write_text("{}", encoding="utf-8")
        assert "no deadlines, items" in command("evaluate", "gold").err


class TestStartUp:
    """What is loaded, not how long it takes: that differs between machines."""

    def loaded(self, *arguments: str) -> set[str]:
        script = (
            "import sys; sys.argv = ['policykit', *sys.argv[1:]]\n"
            "from policykit.__main__ import main\n"
            "code = main(); sys.stdout.flush(); print(*sys.modules, file=sys.stderr); sys.exit(code)"
        )
        result = subprocess.run([sys.executable, "-c", script, *arguments], capture_output=True, check=True)
        return set(result.stderr.decode().split())

    def test_version_loads_next_to_nothing(self) -> None:
        loaded = self.loaded("--version")
        assert {name for name in loaded if name.startswith("policykit")} == {
            "policykit",
            "policykit.__main__",
            "policykit._version",
        }
        assert not loaded & {"typer", "re", "yaml", "pathlib"} - self.loaded_by_python()

    def loaded_by_python(self) -> set[str]:
        result = subprocess.run(
            [sys.executable, "-c", "import sys; print(*sys.modules)"], capture_output=True, check=True
        )
        return set(result.stdout.decode().split())

    def test_a_plain_run_loads_only_what_it_uses(self) -> None:
        loaded = self.loaded("extract", "2023-national")
        assert "policykit.analysis" in loaded
        unused = {
            "rich",
            "jieba",
            "opencc",
            "pydantic",
            "pkg_resources",
            "yaml",
            "hypothesis",
            "asyncio",
            "jsonschema",
        }
        assert not loaded & unused
        assert not loaded & {"policykit.cli.corpus", "policykit.cli.progress", "policykit.evaluation"}

    def test_help_does_without_rich(self) -> None:
        assert not self.loaded("--help") & {"rich", "policykit.analysis", "yaml"}


def test_python_m_policykit_and_the_script_are_one() -> None:
    script = shutil.which("policykit", path=str(Path(sys.executable).parent))
    if script is None:
        pytest.skip("the script is not installed")
    assert subprocess.run([script, "--version"], capture_output=True, check=True).stdout == process("--version").stdout
