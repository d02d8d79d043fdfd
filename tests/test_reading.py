"""From bytes to characters: every encoding that Chinese documents come in, and what is said of files that hold no text."""

from __future__ import annotations

import codecs
import hashlib
from pathlib import Path

import pytest
from opencc import OpenCC

from policykit.corpus import open_corpus
from policykit.errors import InputError
from policykit.text.reading import read_bytes, read_file

TO_TRADITIONAL = OpenCC("s2tw").convert
TO_HONG_KONG = OpenCC("s2hk").convert

NOTICE = """某市人民政府办公室关于印发某市促进现代服务业发展若干措施的通知
各区人民政府，市政府各部门：
《某市促进现代服务业发展若干措施》已经市政府同意，现印发给你们，请认真贯彻执行。
一、支持企业做大做强。对首次纳入统计的企业，给予10万元奖励。到2027年，培育规模以上企业150家。
"""
SNIPPETS = [
    "关于加强标准化工作的通知",
    "（一）健全标准体系。到2027年，制修订国家标准150项以上。",
    "完善社区养老服务设施，推动同步规划、同步建设",
    "第三条　本办法所称公共数据，是指各级行政机关依法履行职责产生的数据。",
]


def documents() -> list[tuple[str, str]]:
    found = [("notice", NOTICE)]
    for id in ("2011-beijing", "2023-national"):
        text = open_corpus().document(id).path.read_bytes().decode("utf-8-sig")
        found.append((id, text))
    return found


DOCUMENTS = documents()


def written(text: str, encoding: str) -> tuple[bytes, str]:
    """A text in an encoding, and what of it the encoding can write."""
    if encoding.startswith("big5"):
        data = TO_TRADITIONAL(text).encode(encoding, "ignore")
        return data, data.decode(encoding)
    return text.encode(encoding), text


class TestEncodings:
    @pytest.mark.parametrize(
        ("encoding", "name"),
        [
            ("utf-8", "utf-8"),
            ("utf-8-sig", "utf-8"),
            ("utf-16", "utf-16-le"),
            ("utf-16-le", "utf-16-le"),
            ("utf-16-be", "utf-16-be"),
            ("utf-32", "utf-32-le"),
            ("gb18030", "gb18030"),
            ("big5", "big5"),
        ],
    )
    @pytest.mark.parametrize(("id", "text"), DOCUMENTS, ids=[id for id, _ in DOCUMENTS])
    def test_documents(self, id: str, text: str, encoding: str, name: str) -> None:
        data, text = written(text, encoding)
        source = read_bytes(data, id=id)
        assert (source.text, source.encoding, source.id) == (text, name, id)
        assert source.sha256 == hashlib.sha256(data).hexdigest()

    @pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "gbk", "gb2312", "big5", "utf-16-le", "utf-16-be"])
    @pytest.mark.parametrize("text", SNIPPETS)
    def test_short_texts(self, text: str, encoding: str) -> None:
        data, text = written(text, encoding)
        assert read_bytes(data).text == text

    @pytest.mark.parametrize("encoding", ["gb18030", "utf-8"])
    def test_traditional_text_in_mainland_encodings(self, encoding: str) -> None:
        text = TO_TRADITIONAL(NOTICE)
        assert read_bytes(text.encode(encoding)).text == text

    def test_hong_kong_characters(self) -> None:
        text = TO_HONG_KONG(NOTICE) + "深水埗的衞生署喺羣衆中推廣，啲市民話：邨內設𨋢。"
        source = read_bytes(text.encode("big5hkscs"))
        assert (source.text, source.encoding) == (text, "big5-hkscs")

    def test_the_byte_order_mark_of_gb18030(self) -> None:
        assert read_bytes(b"\x84\x31\x95\x33" + NOTICE.encode("gb18030")).text == NOTICE

    def test_two_bytes_that_are_utf_8_as_well(self) -> None:
        data = "目录".encode("gb18030")
        assert data.decode("utf-8") == "Ŀ¼"
        assert read_bytes(data).text == "目录"

    def test_line_ends_stay(self) -> None:
        text = "一、总则\r\n二、附则\r第三条\n"
        assert read_bytes(text.encode()).text == text

    def test_plain_latin_text(self) -> None:
        source = read_bytes(b"GB/T 1.1")
        assert (source.text, source.encoding, source.warnings) == ("GB/T 1.1", "utf-8", ())

    def test_a_guess_is_warned_of(self) -> None:
        assert read_bytes(NOTICE.encode("gb18030")).warnings == ("the encoding was guessed: gb18030",)
        assert read_bytes(NOTICE.encode()).warnings == ()
        assert read_bytes(NOTICE.encode("utf-16")).warnings == ()

    @pytest.mark.parametrize(("encoding", "name"), [("gbk", "gbk"), ("UTF-8", "utf-8"), ("utf-8-sig", "utf-8")])
    def test_a_named_encoding_is_used(self, encoding: str, name: str) -> None:
        source = read_bytes(NOTICE.encode(encoding), encoding=encoding)
        assert (source.text, source.encoding, source.warnings) == (NOTICE, name, ())


class TestWhatIsNoText:
    @pytest.mark.parametrize(
        ("data", "what"),
        [
            (b"", "is empty"),
            (codecs.BOM_UTF8, "is empty"),
            (b" \n\r\n", "holds nothing but white space"),
            (codecs.BOM_UTF16_LE + "　\n".encode("utf-16-le"), "holds nothing but white space"),
        ],
    )
    def test_empty(self, data: bytes, what: str) -> None:
        with pytest.raises(InputError, match=rf"^plan\.txt: the file {what}; give it a document$"):
            read_bytes(data, path="plan.txt")

    @pytest.mark.parametrize(
        ("data", "what"),
        [
            (b"%PDF-1.7\n%\xe2\xe3", "a PDF"),
            (b"PK\x03\x04" + b"\0" * 22 + b"word/document.xml", "a Word document"),
            (b"PK\x03\x04" + b"\0" * 22 + b"a.txt", "an archive or Office document"),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0", "an old Word or Excel document"),
            (b"{\\rtf1\\ansi", "a rich text"),
            (b"\x89PNG\r\n\x1a\n\0", "a PNG picture"),
            (b"\xff\xd8\xff\xe0\0\x10JFIF", "a JPEG picture"),
        ],
    )
    def test_other_files(self, data: bytes, what: str) -> None:
        with pytest.raises(InputError, match=f"this is {what}.*not a text; save it as plain text"):
            read_bytes(data)

    @pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
    def test_a_web_page(self, encoding: str) -> None:
        page = f"<!DOCTYPE html>\n<html><body><p>{NOTICE}</p></body></html>"
        with pytest.raises(InputError, match="looks like a web page"):
            read_bytes(page.encode(encoding))

    def test_a_binary_file(self) -> None:
        with pytest.raises(InputError, match=r"looks like a binary file .NUL at byte 4."):
            read_bytes(bytes([0x7F, 0x45, 0x4C, 0x46, 0, 1, 0xFE, 0xFF, 0x80] * 9))

    def test_bytes_of_no_encoding(self) -> None:
        data = "标准".encode() + b"\xff\xff" + "化".encode()
        with pytest.raises(InputError, match=r"UTF-8 fails at byte 6, GB18030 .*, Big5 .*; name it with --encoding"):
            read_bytes(data)

    def test_a_text_of_another_language(self) -> None:
        with pytest.raises(InputError, match="its encoding is not known"):
            read_bytes("Décision relative à la normalisation des méthodes, publiée par le ministère.".encode("latin-1"))

    def test_bytes_that_are_not_what_their_mark_says(self) -> None:
        with pytest.raises(InputError, match="begins as utf-8 but is not utf-8 at byte 6"):
            read_bytes(codecs.BOM_UTF8 + "标".encode() + b"\xff")
        with pytest.raises(InputError, match="begins as utf-16-le but is not utf-16-le at byte 4"):
            read_bytes(codecs.BOM_UTF16_LE + "标".encode("utf-16-le") + b"\x00")

    def test_bytes_that_are_not_in_the_named_encoding(self) -> None:
        with pytest.raises(InputError, match="not utf-8 at byte 2"):
            read_bytes(NOTICE.encode("gb18030"), encoding="utf-8")

    @pytest.mark.parametrize("encoding", ["klingon", "hex"])
    def test_an_encoding_that_does_not_exist(self, encoding: str) -> None:
        with pytest.raises(InputError, match=f"{encoding!r} is no text encoding"):
            read_bytes(b"text", encoding=encoding)


class TestFiles:
    def test_a_file(self, tmp_path: Path) -> None:
        path = tmp_path / "方案.txt"
        path.write_bytes(NOTICE.encode("gb18030"))
        source = read_file(path)
        assert (source.text, source.path, source.id) == (NOTICE, str(path), "方案")

    def test_a_missing_file(self, tmp_path: Path) -> None:
        with pytest.raises(InputError, match=r"missing\.txt: no such file; check the name"):
            read_file(tmp_path / "missing.txt")

    def test_a_folder(self, tmp_path: Path) -> None:
        with pytest.raises(InputError, match="this is a folder; name a file in it"):
            read_file(tmp_path)
