"""One server, as this program talks to it: patient when it is busy, with limits, and with errors that say what to do."""

from __future__ import annotations

import http.client
import random
import ssl
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from email.message import Message
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urljoin, urlsplit
from urllib.request import Request

from kg import __version__
from kg.ask.places import squeeze
from kg.errors import RemoteError
from kg.remote.auth import Authorizer, is_loopback, origin
from kg.remote.credentials import Credentials

AGENT = f"zeren/{__version__}"
TIMEOUT = 60.0  # seconds for one answer
LONGEST_WAIT = 60.0  # seconds, all pauses together, for a server that is busy
TRIES, RECONNECTS = 6, 3
LARGEST = 1 << 30  # bytes of an answer
_BUSY = {429, 502, 503, 504}
_MOVED = {301, 302, 303, 307, 308}
_HOPS = 5
_CHUNK = 1 << 16


@dataclass(frozen=True, slots=True)
class Reply:
    """What a server answered."""

    status: int
    headers: Message
    body: bytes

    @property
    def kind(self) -> str:
        """The media type, without its parameters."""
        return self.headers.get_content_type() if "content-type" in self.headers else ""


@dataclass(frozen=True, slots=True)
class Clock:
    """What time it is, how to wait, and a number from 0 to 1 by which clients of one server do not all come back at once."""

    now: Callable[[], float] = time.monotonic
    wait: Callable[[float], None] = time.sleep
    chance: Callable[[], float] = random.random


class Connection:
    """A way to one server; every request may be sent twice without harm, so that it is sent again when the server is busy."""

    def __init__(
        self,
        url: str,
        credentials: Credentials | None = None,
        *,
        timeout: float = TIMEOUT,
        largest: int = LARGEST,
        clock: Clock | None = None,
    ) -> None:
        """Take the URL, :raises RemoteError: it is none, or holds a password."""
        self.url = check_url(url)
        self.shown = url.partition("?")[0]  # what follows may be somebody's key
        self._timeout, self._largest, self._clock = timeout, largest, clock or Clock()
        self._hide = credentials.hide if credentials else str
        self._authorizer = Authorizer(credentials, url) if credentials else None
        self._openers: dict[str, urllib.request.OpenerDirector] = {}

    def send(self, request: Request, accept: tuple[int, ...] = ()) -> Reply:
        """Return the answer; statuses of 400 and more are errors, but for those in ``accept``.

        :raises RemoteError: there is none, it is cut or too large, or the server refuses.
        """
        begun, busy, broken = self._clock.now(), 0, 0
        while True:
            try:
                reply = self._follow(request)
            except (ConnectionError, http.client.HTTPException) as error:
                broken += 1
                if broken >= RECONNECTS:
                    raise RemoteError(self._hide(f"{self.shown}: {_explain(error)}")) from None
                self._clock.wait(self._pause(broken))
                continue
            if reply.status in _BUSY and reply.status not in accept:
                busy += 1
                pause = max(_retry_after(reply), self._pause(busy))
                if busy >= TRIES or self._clock.now() - begun + pause > LONGEST_WAIT:
                    raise self.refusal(reply, f"busy, tried {busy} times; try again later")
                self._clock.wait(pause)
                continue
            if reply.status >= 400 and reply.status not in accept:
                raise self.refusal(reply, _ADVICE.get(reply.status, "see the server's own log"))
            return reply

    def refusal(self, reply: Reply, advice: str) -> RemoteError:
        """Return the error that a status is, with the server's words."""
        words = "" if "html" in reply.kind else squeeze(reply.body[:2000].decode("utf-8", "replace"))
        said = f"{reply.status} {http.client.responses.get(reply.status, '')}".strip() + (f": {words}" if words else "")
        return RemoteError(self._hide(f"{self.shown}: the server says {said}; {advice}"))

    def fault(self, what: str) -> RemoteError:
        """Return an error about this server, without any secret in it."""
        return RemoteError(self._hide(f"{self.shown}: {what}"))

    def _pause(self, times: int) -> float:
        return (0.5 + self._clock.chance()) * 0.25 * 2.0**times

    def _follow(self, request: Request) -> Reply:
        """Send a request where the server wants it: elsewhere on itself, and once more with an answer to its challenge."""
        challenged = False
        for _ in range(_HOPS):
            if self._authorizer:
                self._authorizer.sign(request)
            reply = self._once(request)
            if reply.status == 401 and self._authorizer and not challenged:
                challenged = True
                if self._authorizer.learn(reply.headers.get_all("www-authenticate", [])):
                    continue
            if reply.status not in _MOVED or "location" not in reply.headers:
                return reply
            request = self._moved(request, reply)
        raise self.fault(f"redirects more than {_HOPS} times; give the URL where it ends")

    def _moved(self, request: Request, reply: Reply) -> Request:
        target = check_url(urljoin(request.full_url, reply.headers["location"]))
        scheme, host, _ = origin(request.full_url)
        safer = (scheme, urlsplit(target).scheme) == ("http", "https") and urlsplit(target).hostname == host
        if origin(target) != origin(request.full_url) and not safer:
            raise self.fault(f"redirects to another server, {target}; give that URL if you trust it")
        method, data = ("GET", None) if reply.status == 303 else (request.get_method(), request.data)
        return Request(target, data, dict(request.headers), method=method)  # checked above

    def _once(self, request: Request) -> Reply:
        end = self._clock.now() + self._timeout
        try:
            with self._opener(request).open(request, timeout=self._timeout) as answer:
                return Reply(answer.status, answer.headers, self._read(answer, end))
        except TimeoutError:
            raise self._late() from None
        except urllib.error.URLError as error:
            reason: object = error.reason
            if isinstance(reason, TimeoutError):
                raise self._late() from None
            if isinstance(reason, ConnectionError):
                raise reason from None
            raise self.fault(_explain(reason)) from None

    def _opener(self, request: Request) -> urllib.request.OpenerDirector:
        """Return what opens http or https URLs and nothing else; redirects and logins are decided here, not there."""
        if request.type not in self._openers:
            made = self._openers[request.type] = urllib.request.OpenerDirector()
            # the way to this machine itself leads through no proxy
            made.add_handler(urllib.request.ProxyHandler({} if is_loopback(request.full_url) else None))
            made.add_handler(urllib.request.HTTPSHandler() if request.type == "https" else urllib.request.HTTPHandler())
        return self._openers[request.type]

    def _late(self) -> RemoteError:
        return self.fault(f"no answer within {self._timeout:g} s; ask for less, or give more time with --timeout")

    def _read(self, answer: Any, end: float) -> bytes:
        pieces, size = [], 0
        while piece := answer.read1(_CHUNK) if hasattr(answer, "read1") else answer.read(_CHUNK):
            pieces.append(piece)
            size += len(piece)
            if size > self._largest:
                raise self.fault(f"the answer is larger than {self._largest / 1e6:.0f} MB; ask for less, with LIMIT")
            if self._clock.now() > end:
                raise self._late()
        if answer.length:  # read1 does not say that the rest is missing
            raise http.client.IncompleteRead(b"", answer.length)
        return b"".join(pieces)


def check_url(url: str) -> str:
    """Return the URL of a server, if it is one.

    :raises RemoteError: it is none, or holds a password.
    """
    if "@" in url:
        raise RemoteError(
            "no name and password in a URL, where others can read them; set ZEREN_USER and ZEREN_PASSWORD, or give"
            " --credentials FILE (and write an @ that belongs there as %40)"
        )
    try:
        parts = urlsplit(url)
        fits = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        fits = False
    if not fits or not url.isascii() or not url.isprintable() or " " in url:
        raise RemoteError(f"{squeeze(url, 80)!r} is no URL of a server; give one like http://127.0.0.1:7878/query")
    return url


def _retry_after(reply: Reply) -> float:
    said = reply.headers.get("retry-after", "").strip()
    if said.isdecimal():
        return float(said[:9])
    try:
        then, now = parsedate_to_datetime(said), parsedate_to_datetime(reply.headers.get("date", ""))
        return max(0.0, (then - now).total_seconds())
    except (TypeError, ValueError):
        return 0.0


def _explain(error: object) -> str:
    if isinstance(error, ConnectionRefusedError):
        return "no server listens there; start it, or correct the URL"
    if isinstance(error, http.client.IncompleteRead):
        return "the answer breaks off in the middle; try again, or see the server's own log"
    if isinstance(error, ssl.SSLError):
        return f"no safe connection ({error.reason or error}); check the certificate and the URL"
    if isinstance(error, ConnectionError | http.client.HTTPException):
        return (
            f"the connection breaks off ({squeeze(str(error)) or type(error).__name__}); try again, or see the server's own log"
        )
    return f"cannot be reached ({squeeze(str(error))}); check the URL and the network"


_ADVICE = {
    400: "mend the query",
    401: "set ZEREN_USER and ZEREN_PASSWORD (or ZEREN_TOKEN), or give --credentials FILE; if they are set, check them",
    403: "this user may not do that; ask who runs the server",
    404: "check the URL: Oxigraph answers at /query, Virtuoso and many others at /sparql",
    405: "check the URL: nothing takes queries there",
    413: "ask for less at once",
    414: "ask for less at once",
}
