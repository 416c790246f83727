"""How a browser enters where a token is wanted: a form takes the token once, then a cookie shows that it was given."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import hmac
import re
from html import escape
from urllib.parse import parse_qs

from starlette.datastructures import Headers
from starlette.requests import ClientDisconnect, HTTPConnection, Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.types import Scope

PATH = "/enter"
PAGE = re.compile(r"/(?![/\\])[^\\\x00-\x1f\x7f]*")  # a page of this server, and of no other
_LARGEST = 8_192  # bytes of the form
_STYLE = (
    "body{font:16px/1.6 system-ui,'Microsoft YaHei','PingFang SC',sans-serif;color:#1f2a37;background:#f5f6f8;margin:0}"
    "main{max-width:26em;margin:12vh auto;padding:2em;background:#fff;border:1px solid #d5dae1;border-radius:8px}"
    "h1{font-size:1.3em;margin:0 0 .6em}label{display:block}p{margin:.8em 0}a{color:#174ea6}.error{color:#a4161a}"
    "input{display:block;box-sizing:border-box;width:100%;font:inherit;padding:.5em;margin-top:.3em;border:1px solid #6b7480;"
    "border-radius:4px}button{font:inherit;padding:.5em 1.4em;color:#fff;background:#174ea6;border:0;border-radius:4px}"
    ":focus-visible{outline:3px solid #f2a900;outline-offset:2px}"
)
_DIGEST = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
_POLICY = (
    f"default-src 'none'; style-src 'sha256-{_DIGEST}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"  # no script
)
_PAGE = """\
<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="same-origin"><title>责任图谱 Responsibility graph</title><style>{style}</style></head>
<body><main><h1>责任图谱 <span lang="en">Responsibility graph</span></h1>{error}
<form method="post" action="{path}"><input type="hidden" name="back" value="{back}">
<label>访问令牌 <span lang="en">Access token</span>
<input type="password" name="token" autocomplete="current-password" required autofocus></label>
<p><button type="submit">进入 <span lang="en">Enter</span></button></p></form>
<p><small>令牌由启动本服务的人给出。 <span lang="en">Whoever started this server knows the token.</span>
<a href="{back}">已经进入过，继续 <span lang="en">entered before: go on</span></a></small></p></main></body></html>
"""
_WRONG = '<p class="error" role="alert">令牌不对，请再输一次。 <span lang="en">That is not the token; give it again.</span></p>'
_PLAIN = "this endpoint wants a token; send it as 'Authorization: Bearer TOKEN'\n"


class Entry:
    """Knows who has shown the token.

    The cookie holds no token but a proof of it, which is the same after a restart; no script can read it, and browsers send it
    with no request that another site's page made. It is named after the token, so that servers on one computer keep theirs apart.
    """

    def __init__(self, token: str, patience: float) -> None:
        self._token, self._patience = token.encode(), patience
        proof = hmac.digest(self._token, b"zeren: a browser that has shown the token", "sha256").hex()
        self._name, self._proof = f"zeren-{proof[:8]}", proof[8:]

    def admits(self, scope: Scope) -> bool:
        """Whether a request shows the token, or the cookie."""
        given = Headers(scope=scope).get("authorization", "")
        cookie = HTTPConnection(scope).cookies.get(self._name, "")
        return _is_same(given, b"Bearer " + self._token) or _is_same(cookie, self._proof.encode())

    def refuse(self, scope: Scope) -> Response:
        """Answer a request without the token: people with a form, programs with a sentence."""
        headers = {"WWW-Authenticate": 'Bearer realm="zeren"', "Cache-Control": "no-store"}
        if scope["method"] not in ("GET", "HEAD") or "text/html" not in Headers(scope=scope).get("accept", ""):
            return PlainTextResponse(_PLAIN, 401, headers)
        path, query = scope["raw_path"].partition(b"?")[0].decode("latin-1"), scope["query_string"].decode("latin-1")
        return _show("/" if path == PATH else f"{path}?{query}" if query else path, headers)

    async def enter(self, request: Request) -> Response:
        """Take the token from the form, give the cookie, and lead on to the page that was wanted."""
        try:
            content = await read_body(request, _LARGEST, self._patience) or b""
            sent = parse_qs(content.decode("ascii"), max_num_fields=4, errors="strict")
        except (TimeoutError, ValueError):
            sent = {}
        back = sent.get("back", ["/"])[-1]
        if not _is_same(sent.get("token", [""])[-1].strip(), self._token):
            return _show(back, {"Cache-Control": "no-store"}, _WRONG)
        answer = RedirectResponse(back if PAGE.fullmatch(back) else "/", 303, {"Cache-Control": "no-store"})
        safe = request.headers.get("origin", "").startswith("https://")  # a proxy with TLS stands before this server
        answer.set_cookie(self._name, self._proof, path="/", secure=safe, httponly=True, samesite="strict")
        return answer


async def read_body(request: Request, most: int, patience: float) -> bytes | None:
    """Return the body of a small form; ``None`` if it is longer.

    :raises TimeoutError: it does not come.
    """
    parts, size = list[bytes](), 0
    try:
        async with asyncio.timeout(patience):
            async for part in request.stream():
                size += len(part)
                if size > most:
                    return None
                parts.append(part)
    except ClientDisconnect:
        return b""
    return b"".join(parts)


def _show(back: str, headers: dict[str, str], error: str = "") -> Response:
    back = back if PAGE.fullmatch(back) else "/"
    content = _PAGE.format(style=_STYLE, path=PATH, back=escape(back), error=error)
    return HTMLResponse(content, 401, headers | {"Content-Security-Policy": _POLICY})


def _is_same(given: str, known: bytes) -> bool:
    return hmac.compare_digest(given.encode("utf-8", "replace"), known)
