"""The corpus: letter for letter, with what is known about each document; folders of one's own come first."""

from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path

import pytest

import policykit
from policykit.corpus import Corpus, open_corpus
from policykit.errors import DictionaryError, InputError
from policykit.inputs import expand, read

#: of the files as they were taken over; they never change
DIGESTS = {
    "2011-beijing": "e90d368afdcbaebe053de2c7b34bfecd258785e1e5dbbf115f12f46391bd6887",
    "2023-national": "3c1f3e3dbceab4f23f11e9c773cec9212b09744614d7675d0623fe00e4bb61ce",
}


def test_the_corpus_holds_the_seeds_letter_for_letter() -> None:
    for id, digest in DIGESTS.items():
        assert hashlib.sha256(open_corpus().document(id).path.read_bytes()).hexdigest() == digest


@pytest.mark.parametrize("document", list(open_corpus()), ids=lambda document: document.id)
def test_every_document_has_a_sidecar_that_fits_it(document: policykit.CorpusDocument) -> None:
    known = document.metadata
    assert list(known) == ["title", "issuers", "issued", "published", "source", "sha256", "licence"]
    assert known["sha256"] == hashlib.sha256(document.path.read_bytes()).hexdigest()
    text = document.path.read_text(encoding="utf-8")
    assert known["title"] in text
    assert all(issuer in text for issuer in known["issuers"])
    assert type(known["issued"]) is date
    assert known["source"]["address"] is None or known["source"]["address"] in text
    assert known["source"]["note"]
    assert known["licence"]


def test_a_folder_of_ones_own_is_searched_first(tmp_path: Path) -> None:
    (tmp_path / "2023-national.txt").write_text("一、我的版本\n", encoding="utf-8")
    (tmp_path / "mine.txt").write_text("一、另一个\n", encoding="utf-8")
    corpus = open_corpus(tmp_path)
    assert [document.id for document in corpus] == ["2011-beijing", "2023-national", "mine"]
    assert corpus.document("2023-national").path.parent == tmp_path
    assert corpus.document("2011-beijing").path.parent != tmp_path
    assert corpus.document("mine").metadata == {}


def test_an_unknown_id_names_the_nearest() -> None:
    with pytest.raises(InputError, match="did you mean 2023-national\\?"):
        open_corpus().document("2023-nationl")
    with pytest.raises(InputError, match="`policykit corpus list` prints the ids"):
        open_corpus().document("xyzzy")


@pytest.mark.parametrize("id", ["", ".", "..", "../corpus/2023-national", "a/b", "a\\b", "\0", "x" * 5000])
def test_an_id_never_leads_out_of_the_folder(id: str) -> None:
    assert open_corpus().find(id) is None


def test_a_corpus_folder_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such folder"):
        open_corpus(tmp_path / "none")
    (tmp_path / "file").write_text("x")
    with pytest.raises(InputError, match="not a folder"):
        open_corpus(tmp_path / "file")


def test_a_broken_sidecar_is_named_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("一、\n", encoding="utf-8")
    (tmp_path / "a.yaml").write_text("title: 甲\nissuers: [乙\n", encoding="utf-8")
    with pytest.raises(DictionaryError, match=r"a\.yaml:\d: not valid YAML"):
        _ = open_corpus(tmp_path).document("a").metadata
    (tmp_path / "a.yaml").write_text("- 甲\n", encoding="utf-8")
    with pytest.raises(InputError, match="must map names to values"):
        _ = open_corpus(tmp_path).document("a").metadata


@pytest.mark.parametrize(
    "sidecar",
    [
        "issued: 2023-13-45",
        "number: !!int zz",
        f"number: {'9' * 5000}",
        "1: 甲",
        "title: !!binary aGVsbG8=",
        "x: !!set {a}",
    ],
)
def test_a_sidecar_that_says_what_cannot_be_is_named(sidecar: str, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("一、\n", encoding="utf-8")
    (tmp_path / "a.yaml").write_text(sidecar, encoding="utf-8")
    with pytest.raises((DictionaryError, InputError), match=r"a\.yaml: "):
        _ = open_corpus(tmp_path).document("a").metadata


def test_a_folder_is_no_document(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").mkdir()
    assert [document.id for document in open_corpus(tmp_path)] == list(DIGESTS)


class TestInputs:
    """What arguments come to."""

    @pytest.fixture
    def folder(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        for name in ("b.txt", "a.txt", "sub/c.md", "sub/.hidden.txt", ".git/d.txt", "e.pdf"):
            path = tmp_path / "plans" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text("一、总体要求\n", encoding="utf-8")
        (tmp_path / "empty").mkdir()
        monkeypatch.chdir(tmp_path)
        return tmp_path

    def names(self, *arguments: str) -> list[str]:
        return [item.name for item in expand(arguments, Corpus((open_corpus().folders[-1],))).inputs]

    def test_files_folders_patterns_ids_and_standard_input(self, folder: Path) -> None:
        assert self.names("plans/b.txt") == ["plans/b.txt"]
        assert self.names("plans") == ["plans/a.txt", "plans/b.txt", "plans/sub/c.md"]
        assert self.names("plans/") == self.names("plans")
        assert self.names("plans/*.txt") == ["plans/a.txt", "plans/b.txt"]
        assert self.names("plans/**/*.md") == ["plans/sub/c.md"]
        assert self.names("pla*") == ["plans/a.txt", "plans/b.txt", "plans/sub/c.md"]
        assert self.names("2023-national", "-") == ["2023-national.txt", "-"]

    def test_order_is_that_of_the_arguments_and_each_comes_once(self, folder: Path) -> None:
        assert self.names("plans/b.txt", "plans", "plans/a.txt") == ["plans/b.txt", "plans/a.txt", "plans/sub/c.md"]
        assert self.names("-", "-") == ["-"]

    def test_a_file_comes_before_an_id(self, folder: Path) -> None:
        Path("2023-national").write_text("一、\n", encoding="utf-8")
        assert self.names("2023-national") == ["2023-national"]

    def test_a_name_with_pattern_letters_may_be_a_file(self, folder: Path) -> None:
        Path("plan[1].txt").write_text("一、\n", encoding="utf-8")
        assert self.names("plan[1].txt") == ["plan[1].txt"]

    def test_the_arguments_decide_whether_several_are_asked_for(self, folder: Path) -> None:
        Path("one").mkdir()
        Path("one/x.txt").write_text("一、\n", encoding="utf-8")
        corpus = open_corpus()
        assert not expand(["one/x.txt"], corpus).several
        assert not expand(["2023-national"], corpus).several
        assert not expand(["-"], corpus).several
        assert expand(["one"], corpus).several
        assert expand(["one/*.txt"], corpus).several
        assert expand(["one/x.txt", "-"], corpus).several

    @pytest.mark.parametrize(
        ("argument", "message"),
        [
            ("plans/aa.txt", "plans/aa.txt: no such file; did you mean plans/a.txt?"),
            ("nowhere/a.txt", "nowhere/a.txt: no such file; check the path"),
            ("2023-nationa", "no such file, and no document with this id in the corpus; did you mean 2023-national?"),
            ("empty", "empty: no documents in this folder; documents end in .txt, .text, .md"),
            ("*.doc", "*.doc: no file matches this pattern; check the folder and the spelling"),
        ],
    )
    def test_what_is_not_there_is_a_failure_and_stops_no_other(self, folder: Path, argument: str, message: str) -> None:
        expansion = expand(["plans/a.txt", argument, "2011-beijing"], open_corpus())
        assert [item.id for item in expansion.inputs] == ["a", "2011-beijing"]
        assert message in str(expansion.failures[0])

    def test_results_of_a_folder_keep_its_shape(self, folder: Path) -> None:
        assert [item.stem for item in expand(["plans"], open_corpus()).inputs] == ["a", "b", "sub/c"]

    def test_reading_names_the_document(self, folder: Path) -> None:
        source = read(expand(["plans/sub/c.md"], open_corpus()).inputs[0])
        assert (source.id, source.path, source.text) == ("c", "plans/sub/c.md", "一、总体要求\n")

    def test_a_folder_linked_into_itself_ends(self, folder: Path) -> None:
        Path("plans/loop").symlink_to(Path("../plans"))
        assert self.names("plans") == ["plans/a.txt", "plans/b.txt", "plans/sub/c.md"]
