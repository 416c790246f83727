"""How a request says who asks: a readable secret at once, or an answer to the server's challenge (RFC 7616, 7617, 6750)."""

from __future__ import annotations

import hashlib
import re
import secrets
from base64 import b64encode
from collections.abc import Callable, Iterable, Mapping
from ipaddress import ip_address
from urllib.parse import urlsplit
from urllib.request import Request, parse_http_list, parse_keqv_list

from kg.errors import RemoteError
from kg.remote.credentials import Credentials, Scheme

_KNOWN = re.compile(r"(?P<scheme>basic|digest|bearer)\b\s*(?P<rest>.*)", re.IGNORECASE | re.DOTALL)
_HASHES: Mapping[str, Callable[..., hashlib._Hash]] = {"MD5": hashlib.md5, "SHA-256": hashlib.sha256}


def is_loopback(url: str) -> bool:
    """Return whether a URL leads to this machine itself.

    >>> is_loopback("http://127.0.0.1:7878/query"), is_loopback("http://localhost.example.org/")
    (True, False)
    """
    host = urlsplit(url).hostname or ""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def origin(url: str) -> tuple[str, str, int]:
    """Return whom a URL addresses: scheme, host and port.

    >>> origin("HTTPS://KG.example.org/sparql")
    ('https', 'kg.example.org', 443)
    """
    parts = urlsplit(url)
    return parts.scheme, parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)


class Authorizer:
    """Puts the credentials into the requests to one server, and into no other's."""

    def __init__(self, credentials: Credentials, url: str) -> None:
        """Know whose credentials these are."""
        self._credentials, self._origin = credentials, origin(url)
        self._scheme: Scheme | None = credentials.scheme or ("bearer" if credentials.token else None)
        self._challenge: Mapping[str, str] | None = None
        self._count = 0  # of the answers to one challenge

    def sign(self, request: Request) -> None:
        """Say in a request who asks, as far as the server has made known how."""
        if origin(request.full_url) != self._origin or self._scheme is None:
            return
        if self._scheme == "digest":
            if self._challenge is not None:
                request.add_unredirected_header("Authorization", self._answer(request, self._challenge))
            return
        if request.type == "http" and not is_loopback(request.full_url) and not self._credentials.allow_http:
            raise RemoteError(
                f"{request.host}: the secret could be read on the way (http, {self._scheme}); use https, or, if the line is"
                " safe, say allow_http = true in the credentials file or ZEREN_ALLOW_HTTP=1"
            )
        request.add_unredirected_header("Authorization", self._readable())

    def learn(self, challenges: Iterable[str]) -> bool:
        """Take what a server wants to know; return whether another try is worth it."""
        offered = dict(map(_read, challenges))
        if "digest" in offered and self._scheme in (None, "digest"):
            self._scheme, self._challenge, self._count = "digest", offered["digest"], 0
            return True
        if "basic" in offered and self._scheme is None:
            self._scheme = "basic"
            return True
        return False

    def _readable(self) -> str:
        if self._scheme == "bearer":
            return f"Bearer {self._credentials.token}"
        pair = f"{self._credentials.user}:{self._credentials.password}"
        return f"Basic {b64encode(pair.encode()).decode()}"

    def _answer(self, request: Request, challenge: Mapping[str, str]) -> str:
        algorithm, realm, nonce = challenge.get("algorithm", "MD5"), challenge.get("realm", ""), challenge.get("nonce", "")
        qop = [word.strip() for word in challenge.get("qop", "").split(",") if word.strip()]
        if algorithm.upper() not in _HASHES or (qop and "auth" not in qop):
            raise RemoteError(f'{request.host}: wants a digest ({algorithm}) that is not known here; try scheme = "basic"')

        def hashed(*parts: str) -> str:
            return _HASHES[algorithm.upper()](":".join(parts).encode(), usedforsecurity=False).hexdigest()

        who = hashed(self._credentials.user, realm, self._credentials.password)
        what = hashed(request.get_method(), request.selector)
        said = {"username": self._credentials.user, "realm": realm, "nonce": nonce, "uri": request.selector}
        bare = {"algorithm": algorithm}
        if qop:
            self._count += 1
            count, mine = f"{self._count:08x}", secrets.token_hex(8)
            said |= {"response": hashed(who, nonce, count, mine, "auth", what), "cnonce": mine}
            bare |= {"qop": "auth", "nc": count}
        else:
            said["response"] = hashed(who, nonce, what)
        if "opaque" in challenge:
            said["opaque"] = challenge["opaque"]
        quoted = (f'{key}="{value}"' for key, value in said.items())
        return "Digest " + ", ".join((*quoted, *(f"{key}={value}" for key, value in bare.items())))


def _read(challenge: str) -> tuple[str, Mapping[str, str]]:
    """Return scheme and parameters of one ``WWW-Authenticate`` header."""
    found = _KNOWN.match(challenge.strip())
    if found is None:
        return "", {}
    parts = [part for part in parse_http_list(found["rest"]) if "=" in part]
    return found["scheme"].lower(), parse_keqv_list(parts)
