"""Who may ask, and what browsers may do with an answer: host names, origins, the token (``entry.py``), headers."""

from __future__ import annotations

import re

from starlette.applications import Starlette
from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kg.endpoint.entry import PATH, Entry
from kg.endpoint.settings import Settings

_POLICY = "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'"
HEADERS = {  # of each answer that does not say otherwise
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
_HOST = re.compile(r"(\[[0-9A-Fa-f:.]+\]|[^:\[\]@/?#\s]+)(?::\d{1,5})?")
_LOCAL = re.compile(r"localhost|127\.\d{1,3}\.\d{1,3}\.\d{1,3}|\[::1\]", re.IGNORECASE)


def guard_app(app: Starlette, settings: Settings) -> None:
    """Put the checks before everything that the application does."""
    app.add_middleware(_Gate, settings=settings)
    if settings.cors:
        app.add_middleware(
            CORSMiddleware,
            allow_origins=list(settings.cors),
            allow_methods=["GET", "HEAD", "POST"],
            allow_headers=["Accept", "Authorization", "Content-Type", "If-None-Match"],
            expose_headers=["Dataset-Version", "ETag", "Retry-After"],
        )
    app.add_middleware(_Labels, shared=bool(settings.cors))


class _Labels:
    """Adds the headers that keep a browser from taking an answer for something else."""

    def __init__(self, app: ASGIApp, shared: bool) -> None:
        self._app = app
        self._headers = {**HEADERS, "Cross-Origin-Resource-Policy": "cross-origin"} if shared else HEADERS

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def labelled(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self._headers.items():
                    headers.setdefault(name, value)
            await send(message)

        await self._app(scope, receive, labelled if scope["type"] == "http" else send)


class _Gate:
    """Turns away whoever has no token, or comes by a name that is not ours."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self._app, self._settings = app, settings
        self._entry = Entry(settings.token, settings.patience) if settings.token else None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        answer: ASGIApp = self._app
        if scope["type"] == "http":
            answer = self._refuse(Headers(scope=scope)) or await self._ask_in(scope, receive) or answer
        await answer(scope, receive, send)

    async def _ask_in(self, scope: Scope, receive: Receive) -> Response | None:
        """Answer whoever has yet to show the token."""
        if self._entry is None:
            return None
        if scope["path"] == PATH and scope["method"] == "POST":
            return await self._entry.enter(Request(scope, receive))
        return None if self._entry.admits(scope) else self._entry.refuse(scope)

    def _refuse(self, headers: Headers) -> PlainTextResponse | None:
        host = _HOST.fullmatch(headers.get("host", ""))
        # a page elsewhere may have its own name lead to this computer; it cannot have "localhost" lead there
        if host is None or (not self._settings.token and not _LOCAL.fullmatch(host[1])):
            return PlainTextResponse("this name is not known here; use http://127.0.0.1:PORT/\n", 421)
        origin = headers.get("origin")
        if origin is None and (headers.get("sec-fetch-site"), headers.get("sec-fetch-mode")) == ("cross-site", "no-cors"):
            origin = "null"  # an image or script of a page elsewhere, that would only burden this computer
        if origin is not None and not self._is_known(origin, headers["host"]):
            return PlainTextResponse("pages from elsewhere may not ask; allow theirs with --cors ORIGIN\n", 403)
        return None

    def _is_known(self, origin: str, host: str) -> bool:
        allowed = self._settings.cors
        return "*" in allowed or origin in allowed or origin.partition("://")[2] == host
