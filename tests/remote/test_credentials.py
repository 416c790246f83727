"""Credentials: where they come from, and what is refused."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from kg.errors import RemoteError
from kg.remote import Credentials, read_credentials

BAD = [
    ("user = ", "is no TOML"),
    ("user = 'clerk'", "no user with a password"),
    ("password = 'x'", "no user with a password"),
    ("", "no user with a password"),
    ("user = 'clerk'\npassword = 5", "a value is no text"),
    ('token = "a\\r\\nX-Admin: yes"', "a line break"),
    ("token = 'x'\nscheme = 'ntlm'", "scheme is basic"),
    ("token = 'x'\nhost = 'h'", "'host' is not known here"),
]


def written(folder: Path, text: str | bytes, mode: int = 0o600) -> Path:
    path = folder / "server.toml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    path.chmod(mode)
    return path


def test_from_a_file(tmp_path: Path) -> None:
    path = written(tmp_path, "\ufeffuser = '办事员'\npassword = 's3cret'\nscheme = 'digest'\n")
    assert read_credentials(path, {"ZEREN_TOKEN": "other"}) == Credentials("办事员", "s3cret", scheme="digest")


def test_from_the_environment() -> None:
    assert read_credentials(environ={}) is None
    assert read_credentials(environ={"ZEREN_USER": "clerk"}) is None
    assert read_credentials(environ={"ZEREN_USER": "clerk", "ZEREN_PASSWORD": "x"}) == Credentials("clerk", "x")
    assert read_credentials(environ={"ZEREN_TOKEN": "t", "ZEREN_ALLOW_HTTP": "1"}) == Credentials(token="t", allow_http=True)


@pytest.mark.parametrize(("text", "message"), BAD)
def test_what_is_refused(text: str, message: str, tmp_path: Path) -> None:
    path = written(tmp_path, text)
    with pytest.raises(RemoteError, match=message) as found:
        read_credentials(path)
    assert str(path) in str(found.value)
    assert found.value.__cause__ is None


def test_what_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(RemoteError, match="cannot be read"):
        read_credentials(tmp_path / "none.toml")
    with pytest.raises(RemoteError, match="is not UTF-8"):
        read_credentials(written(tmp_path, b"user = '\xff'"))


@pytest.mark.skipif(sys.platform == "win32", reason="files there have no such permissions")
@pytest.mark.parametrize("mode", [0o644, 0o640, 0o620])
def test_a_file_that_others_can_read(mode: int, tmp_path: Path) -> None:
    with pytest.raises(RemoteError, match="chmod 600"):
        read_credentials(written(tmp_path, "token = 't'", mode))


def test_secrets_are_blotted_out_however_written() -> None:
    found = Credentials("clerk", "a b/ö", "T0ken")
    said = "a b/ö | a%20b%2F%C3%B6 | a+b%2F%C3%B6 | Y2xlcms6YSBiL8O2 | T0ken"
    assert found.hide(said) == "*** | *** | *** | *** | ***"
    assert "T0ken" not in repr(found)
