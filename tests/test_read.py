"""Files in: encodings, and what is no document."""

from __future__ import annotations

import io
import os
import zipfile
from pathlib import Path

import pytest

from kg.errors import SourceError
from kg.read import decode, document_of, find_sources, read_bytes, read_document

SIMPLIFIED = "责任单位：市生态环境局、市水利局，各县（市、区）政府。加强水环境质量监测。"
TRADITIONAL = "責任單位：市生態環境局、市水利局，加強水環境質量監測，推進污染防治。"
BYTES = [
    (SIMPLIFIED.encode(), "utf-8", SIMPLIFIED),
    (b"\xef\xbb\xbf" + SIMPLIFIED.encode(), "utf-8", SIMPLIFIED),
    (SIMPLIFIED.encode("gb18030"), "gb18030", SIMPLIFIED),
    # both codecs accept many of the other's bytes: the commonest characters decide
    (TRADITIONAL.encode("big5"), "big5", TRADITIONAL),
    (TRADITIONAL.encode("gb18030"), "gb18030", TRADITIONAL),
    (SIMPLIFIED.encode("utf-16"), "utf-16", SIMPLIFIED),
    # its first two bytes are those of UTF-16
    (SIMPLIFIED.encode("utf-32"), "utf-32", SIMPLIFIED),
    (b"\0\0\xfe\xff" + SIMPLIFIED.encode("utf-32-be"), "utf-32", SIMPLIFIED),
    # no Chinese in it: a text all the same
    (b"All units are to report.", "utf-8", "All units are to report."),
]


@pytest.mark.parametrize(("content", "encoding", "text"), BYTES, ids=[f"{e}-{i}" for i, (_, e, _) in enumerate(BYTES)])
def test_encoding_is_found(content: bytes, encoding: str, text: str) -> None:
    assert decode(content) == (text, encoding)


BROKEN = [
    (b"", "a.txt", "is empty"),
    (b"  \n ", "a.txt", "is empty"),
    (bytes(range(256)) * 4, "a.txt", "binary"),
    ("プロジェクトのひみつ".encode("shift_jis") * 9, "a.txt", "UTF-8, GB18030 or Big5"),
    ("任务".encode("utf-16")[:-1], "a.txt", "utf-16"),
    (b"\xef\xbb\xbf" + SIMPLIFIED.encode() + b"\0", "a.txt", "binary"),
    (SIMPLIFIED.encode() + b" " * 70_000 + b"\0", "a.txt", "binary"),  # far down
    ((SIMPLIFIED + "\0").encode("utf-16"), "a.txt", "binary"),
    (SIMPLIFIED.encode("gb18030") + b"\0", "a.txt", "binary"),
]


@pytest.mark.parametrize(
    ("content", "name", "message"), BROKEN, ids=[m for _, _, m in BROKEN[:1]] + [str(i) for i in range(1, len(BROKEN))]
)
def test_what_is_no_document_is_named_with_the_remedy(tmp_path: Path, content: bytes, name: str, message: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(SourceError, match=message) as raised:
        read_document(path)
    assert name in str(raised.value)


def ole(stream: str) -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + stream.encode("utf-16-le") + bytes(600)


def packed(*names: str, mimetype: str = "") -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name in names:
            archive.writestr(name, mimetype)
    return stream.getvalue()


UNREAD = [
    (ole("WordDocument"), "a.doc", r"is an old Word or WPS document .*save it as \.docx"),
    (ole("WordDocument"), "a.docx", r"is an old Word or WPS document .*save it as \.docx"),  # renamed
    (ole("Workbook"), "a.et", r"is an old Excel or WPS workbook .*save it as \.xlsx"),
    (ole("Contents"), "a.wps", r"save it as \.docx"),
    (ole("PowerPoint Document"), "a.ppt", "is a presentation"),
    (ole("EncryptedPackage"), "a.docx", "is locked with a password.*take the password off"),
    (b"{\\rtf1\\ansi", "a.doc", r"is a rich text document .*save it as \.docx"),
    (b'<?xml version="1.0"?><?mso-application progid="Word.Document"?><w:wordDocument/>', "a.doc", r"save it as \.docx"),
    (packed("OFD.xml", "Doc_0/Document.xml"), "a.ofd", "is an OFD document.*export it"),
    (packed("mimetype", mimetype="application/vnd.oasis.opendocument.text"), "a.odt", r"save it as \.docx"),
    (packed("mimetype", mimetype="application/vnd.oasis.opendocument.spreadsheet"), "a.ods", r"save it as \.xlsx"),
    (packed("ppt/presentation.xml"), "a.pptx", "is a presentation"),
    (packed("xl/workbook.bin"), "a.xlsb", r"save it as \.xlsx"),
    (packed("a.doc"), "a.txt", "is an archive.*unpack it"),
    (b"\xff\xd8\xff\xe0", "a.jpg", "is a picture.*OCR"),
    (b"\x89PNG\r\n\x1a\n", "a.txt", "is a picture.*OCR"),
    (b"RIFF\0\0\0\0WEBP", "a.webp", "is a picture.*OCR"),
    (b"\x1f\x8b\x08", "a.txt", "is an archive"),
]


@pytest.mark.parametrize(("content", "name", "message"), UNREAD, ids=range(len(UNREAD)))
def test_a_kind_that_is_not_read_is_told_by_its_content_with_the_remedy(content: bytes, name: str, message: str) -> None:
    with pytest.raises(SourceError, match=message) as raised:
        document_of(Path(name), content)
    assert str(raised.value).startswith(f"{name}: ")
    assert "\n" not in str(raised.value)


MISREAD = ["mac_cyrillic", "cp1251", "latin-1", "mac_roman", "koi8-r", "cp866", "cp437"]


@pytest.mark.parametrize("wrong", MISREAD)
@pytest.mark.parametrize("right", ["utf-8", "gb18030"])
def test_text_that_was_read_in_the_wrong_encoding_is_set_right(wrong: str, right: str) -> None:
    text, encoding = decode(SIMPLIFIED.encode(right).decode(wrong).encode())
    assert text == SIMPLIFIED
    assert encoding == f"utf-8 in {'cp1252' if wrong == 'latin-1' else wrong}"


GARBLED = [
    SIMPLIFIED.encode().decode("gb18030", "replace"),  # odd bytes are lost for good
    SIMPLIFIED.encode().decode("cp1252", "ignore"),
    "责任单位" + "锟斤拷" * 5 + "市水利局",
    "责任\ufffd\ufffd单位\ufffd\ufffd",
]


@pytest.mark.parametrize("text", GARBLED)
def test_text_that_cannot_be_set_right_is_refused(text: str) -> None:
    with pytest.raises(SourceError, match=r"is garbled .*get the document from its source again"):
        decode(text.encode(), "a.txt")


def test_a_stray_blank_in_misread_text_stays_one() -> None:
    mess = SIMPLIFIED.encode().decode("mac_cyrillic")
    text, _ = decode((mess + "\xa0" + mess).encode())
    assert text == f"{SIMPLIFIED} {SIMPLIFIED}"


SOUND = [
    "В соответствии с планом развития города на 2025 год",
    "Größere Straßenbäume überprüfen",
    "環境 プロジェクト",
    "善本古籍珍稀刻本",
]


@pytest.mark.parametrize("text", SOUND)
def test_other_languages_are_left_alone(text: str) -> None:
    assert decode(text.encode()) == (text, "utf-8")


def test_only_files_of_some_size_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.txt").write_text(SIMPLIFIED, "utf-8")
    monkeypatch.setattr("kg.read.files.MAX_BYTES", 10)
    with pytest.raises(SourceError, match=r"a\.txt: larger than"):
        read_bytes(tmp_path / "a.txt")
    with pytest.raises(SourceError, match="is no file but a folder, pipe or device"):
        read_bytes(tmp_path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.txt")
    with pytest.raises(SourceError, match="pipe or device"):
        read_document(tmp_path / "a.txt")


@pytest.mark.parametrize("name", ["长" * 300 + ".txt", "a\0b.txt"], ids=["too long", "zero byte"])
def test_a_name_that_cannot_be_is_an_error_that_says_so(tmp_path: Path, name: str) -> None:
    with pytest.raises(SourceError, match=r"cannot be read|no such file"):
        find_sources([tmp_path / name])
    with pytest.raises(SourceError, match="cannot be read"):
        read_document(tmp_path / name)


def test_a_name_that_is_not_utf8(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"b\\xff\.txt: its name is not UTF-8.*rename it") as raised:
        read_bytes(tmp_path / "b\udcff.txt")
    assert str(raised.value).encode()


def test_what_was_built_is_no_source(tmp_path: Path) -> None:
    for name in ("a.txt", "out/b.txt", "generations/c.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("内容", "utf-8")
    rows = [("out", ["a.txt", "c.txt"]), (".", ["a.txt", "b.txt"]), ("../elsewhere", ["a.txt", "b.txt", "c.txt"])]
    for out, wanted in rows:
        assert sorted(path.name for path in find_sources([tmp_path], tmp_path / out)[0]) == wanted
    assert find_sources([tmp_path / "out"], tmp_path)[0] == [tmp_path / "out" / "b.txt"]


def test_a_folder_is_searched_and_others_are_named(tmp_path: Path) -> None:
    names = "b.txt sub/a.md c.docx d.PDF e.xlsx f.htm g.doc h.ofd i.css j.zip .hidden.txt ~$c.docx f_files/k.html l_files/m.html"
    for name in names.split():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("内容", "utf-8")
    found, passed = find_sources([tmp_path])
    # each .doc and .ofd is to say what to do about it; what a browser saved beside a page is no document
    assert [path.name for path in found] == ["b.txt", "c.docx", "d.PDF", "e.xlsx", "f.htm", "g.doc", "h.ofd", "m.html", "a.md"]
    assert [path.name for path in passed] == ["i.css", "j.zip"]


def test_a_missing_path_and_an_empty_folder_are_told_apart(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="no such file"):
        find_sources([tmp_path / "nowhere"])
    with pytest.raises(SourceError, match="no document found"):
        find_sources([tmp_path])
