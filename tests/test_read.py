"""Files in: encodings, and what is no document."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import SourceError
from kg.read import decode, find_sources, read_document

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
    (b"%PDF-1.7", "a.pdf", "save the document as plain text"),
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


def test_a_folder_is_searched_and_others_are_named(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    for name in ("b.txt", "sub/a.md", "c.docx", ".hidden.txt"):
        (tmp_path / name).write_text("内容", "utf-8")
    found, passed = find_sources([tmp_path])
    assert [path.name for path in found] == ["b.txt", "a.md"]
    assert [path.name for path in passed] == ["c.docx"]


def test_a_missing_path_and_an_empty_folder_are_told_apart(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="no such file"):
        find_sources([tmp_path / "nowhere"])
    with pytest.raises(SourceError, match="no document found"):
        find_sources([tmp_path])
