"""The name and the secret by which a server knows its users: from the environment or a file, and never shown."""

from __future__ import annotations

import os
import stat
import sys
import tomllib
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, get_args
from urllib.parse import quote, quote_plus

from kg.errors import RemoteError

Scheme = Literal["basic", "digest", "bearer"]
_KEYS = {"user", "password", "token", "scheme", "allow_http"}
_ADVICE = 'write user = "…" and password = "…", or token = "…"'


@dataclass(frozen=True, slots=True)
class Credentials:
    """Who asks; what is secret is left out where this is printed."""

    user: str = ""
    password: str = field(default="", repr=False)
    token: str = field(default="", repr=False)
    scheme: Scheme | None = None  # None: as the server wants it
    allow_http: bool = False  # to send a readable secret over a line that is not encrypted

    def hide(self, text: str) -> str:
        """Return a text with every secret in it blotted out, however it is written.

        >>> Credentials("clerk", "s3cret").hide("no such page: /?key=s3cret")
        'no such page: /?key=***'
        """
        pair = b64encode(f"{self.user}:{self.password}".encode()).decode() if self.password else ""
        plain = [secret for secret in (pair, self.password, self.token) if secret]
        for secret in sorted({form for one in plain for form in (one, quote(one, ""), quote_plus(one))}, key=len, reverse=True):
            text = text.replace(secret, "***")
        return text


def read_credentials(path: Path | None = None, environ: Mapping[str, str] = os.environ) -> Credentials | None:
    """Return the credentials in a file, or else in the environment; ``None`` where there are none.

    :raises RemoteError: the file cannot be read, is open to others, or says something else.
    """
    if path is not None:
        return _read_file(path)
    found = {key: environ.get(f"ZEREN_{key.upper()}", "") for key in ("user", "password", "token", "scheme")}
    if not (found["password"] or found["token"]):
        return None
    return _made({**found, "allow_http": environ.get("ZEREN_ALLOW_HTTP", "") in ("1", "true")}, "ZEREN_USER and ZEREN_PASSWORD")


def _read_file(path: Path) -> Credentials:
    try:
        with path.open("rb") as stream:
            if sys.platform != "win32" and os.fstat(stream.fileno()).st_mode & (stat.S_IRWXG | stat.S_IRWXO):
                raise RemoteError(f"{path}: others on this machine can read it; run: chmod 600 {path}")
            content = stream.read().decode("utf-8-sig")
    except OSError as error:
        raise RemoteError(f"{path}: cannot be read ({error.strerror}); check the path") from error
    except UnicodeDecodeError:
        raise RemoteError(f"{path}: is not UTF-8; save it again as UTF-8") from None
    try:
        return _made(tomllib.loads(content), str(path))
    except tomllib.TOMLDecodeError:  # whose message and cause may hold the secret
        raise RemoteError(f"{path}: is no TOML; {_ADVICE}") from None


def _made(raw: Mapping[str, Any], where: str) -> Credentials:
    if unknown := sorted(raw.keys() - _KEYS):
        raise RemoteError(f"{where}: {unknown[0]!r} is not known here; {_ADVICE}")
    texts = {key: raw.get(key, "") for key in ("user", "password", "token", "scheme")}
    if not all(isinstance(value, str) for value in texts.values()):
        raise RemoteError(f"{where}: a value is no text; {_ADVICE}")
    if any(not char.isprintable() for value in texts.values() for char in value):
        raise RemoteError(f"{where}: a value holds a line break or a control character; {_ADVICE}")
    scheme = next((known for known in get_args(Scheme) if known == texts["scheme"]), None)
    if texts["scheme"] and scheme is None:
        raise RemoteError(f"{where}: scheme is basic, digest or bearer; leave it out to do as the server wants")
    if not (texts["token"] or (texts["user"] and texts["password"])):
        raise RemoteError(f"{where}: no user with a password, and no token; {_ADVICE}")
    return Credentials(texts["user"], texts["password"], texts["token"], scheme, raw.get("allow_http") is True)
