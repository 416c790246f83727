"""The web application: where each path leads, and what becomes of a request for ``/sparql``."""

from __future__ import annotations

import asyncio
import hashlib
import re
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack, asynccontextmanager
from typing import IO

from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route
from starlette.types import Receive, Scope, Send

from kg.endpoint.description import describe_service
from kg.endpoint.formats import GRAPHS, choose, list_types, read_accept, weigh
from kg.endpoint.messages import Job, Refusal
from kg.endpoint.pool import Outcome, Pool
from kg.endpoint.protocol import LONGEST_TARGET, METHODS, RefusedError, read_question
from kg.endpoint.safety import guard_app
from kg.endpoint.settings import Settings

Page = Callable[[Request], Awaitable[Response]]
Beside = Callable[[Starlette], AbstractContextManager[object]]

_CHUNK = 1 << 16
_PATIENCE = 20  # times the longest body: so much of a longer one is read, and forgotten
_LONG = 1 << 16  # bytes of a body
_STALL = 30.0  # seconds for which a client may take nothing of its result
_CHANGING = re.compile(r"\b(?:NOW|RAND|UUID|STRUUID|BNODE|SERVICE)\b", re.IGNORECASE)


def create_app(
    settings: Settings,
    *,
    routes: Sequence[BaseRoute] = (),
    page: Page | None = None,
    beside: Sequence[Beside] = (),
    pool: Pool | None = None,
) -> Starlette:
    """Return the application.

    ``page`` answers a GET of ``/sparql`` without a query from whoever likes HTML best; ``routes`` are further paths.
    Both find the pool of workers at ``request.app.state.pool`` and ask the graph through :func:`ask_pool`.
    ``beside`` are context managers that are entered once the pool has started and left when the server ends.
    """
    pool = pool or Pool(settings)

    @asynccontextmanager
    async def life(app: Starlette) -> AsyncIterator[None]:
        await pool.start()
        try:
            with ExitStack() as stack:
                for one in beside:
                    stack.enter_context(one(app))
                yield
        finally:
            await pool.stop()

    async def sparql(request: Request) -> Response:
        return await _sparql(request, pool, page)

    app = Starlette(
        routes=[Route("/sparql", _Handler(sparql)), *routes],
        lifespan=life,
        exception_handlers={404: _not_found},
    )
    app.state.pool, app.state.settings = pool, settings
    guard_app(app, settings)
    return app


class _Handler:
    """A plain ASGI application around a function, so that all methods come to it."""

    def __init__(self, function: Page) -> None:
        self._function = function

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive, send)
        response = await self._function(request)
        await response(scope, receive, send)


async def ask_pool(request: Request, query: str, values: Mapping[str, str] | None = None, accept: str = "") -> Outcome | Refusal:
    """Ask the graph on behalf of a page: ``values`` are IRIs for variables of the query, ``accept`` media types.

    Whoever leaves the page ends its queries, too.
    """
    try:
        return await _run_while_listened(
            request, request.app.state.pool, Job(query, accept=read_accept(accept), values=dict(values or {}))
        )
    except RefusedError as error:
        return error.refusal


async def _sparql(request: Request, pool: Pool, page: Page | None) -> Response:
    accept_header = ",".join(request.headers.getlist("accept"))
    accept = read_accept(accept_header)
    try:
        if request.method == "OPTIONS":
            return Response(status_code=204, headers={"Allow": METHODS})
        if len(request.url.query) + len(request.url.path) > LONGEST_TARGET:
            raise RefusedError(414, "target", f"the address is longer than {LONGEST_TARGET} bytes; send the query by POST")
        body = await _read_body(request, pool.settings)
        target = request.scope["query_string"].decode("latin-1")
        given = request.method, target, request.headers.get("content-type"), body
        # a long form takes a while to read; others need not wait for that
        question = await asyncio.to_thread(read_question, *given) if len(body) > _LONG else read_question(*given)
        if question is None:
            return await _describe(request, pool, page, accept)
        etag = _tag(pool.version, question, accept_header)
        if etag and _matches(request.headers.get("if-none-match"), etag):
            return Response(status_code=304, headers=_about(pool.version, etag))
        job = Job(question.query, question.default_graphs, question.named_graphs, accept)
        outcome = await _run_while_listened(request, pool, job)
    except RefusedError as error:
        return refuse(error.refusal, accept, error.headers)
    if isinstance(outcome, Refusal):
        return refuse(outcome, accept)
    etag = _tag(outcome.version, question, accept_header)  # a newer graph may have come meanwhile
    return ResultResponse(outcome, _about(outcome.version, etag))


async def _read_body(request: Request, settings: Settings) -> bytes:
    """Return the body of a POST, which may be neither too long nor too slow."""
    if request.method != "POST":
        return b""
    if request.headers.get("content-encoding", "identity") != "identity":
        raise RefusedError(415, "encoding", "the body is compressed; send it as it is", headers={"Accept-Encoding": "identity"})
    most, parts, size = settings.limits.body, list[bytes](), 0
    try:
        async with asyncio.timeout(settings.patience):
            async for part in request.stream():
                size += len(part)
                if size <= most:
                    parts.append(part)
                elif size > _PATIENCE * most:
                    break
    except TimeoutError as error:
        message = f"the request did not arrive within {settings.patience:g} s; send it again"
        raise RefusedError(408, "slow", message, headers={"Connection": "close"}) from error
    except ClientDisconnect as error:
        raise RefusedError(400, "gone", "the request broke off") from error
    if size > most:  # read on for a while, since most clients listen only after they have said everything
        message = f"the request is larger than {most} bytes; put what it lists into fewer, shorter values"
        raise RefusedError(413, "body", message, headers={"Connection": "close"})
    return b"".join(parts)


async def _run_while_listened(request: Request, pool: Pool, job: Job) -> Outcome | Refusal:
    """Return the outcome; a client that goes away ends its query."""
    running = asyncio.ensure_future(pool.run(job))
    leaving = asyncio.ensure_future(_wait_for_leaving(request))
    try:
        await asyncio.wait([running, leaving], return_when=asyncio.FIRST_COMPLETED)
        if not running.done():
            raise RefusedError(400, "gone", "the client has gone")  # nobody reads it
        return running.result()
    except asyncio.CancelledError:
        return Refusal(503, "end", "the endpoint is being stopped", retry_after=30)
    finally:
        for task in (running, leaving):
            task.cancel()
        await asyncio.gather(running, leaving, return_exceptions=True)


async def _wait_for_leaving(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass


async def _describe(request: Request, pool: Pool, page: Page | None, accept: tuple[tuple[str, float], ...]) -> Response:
    chosen = choose(GRAPHS, accept)
    wish = weigh(chosen[1], accept) if chosen else 0.0
    if page is not None and weigh("text/html", accept) > wish:
        return await page(request)
    if chosen is None:
        raise RefusedError(406, "accept", f"the service description comes as {list_types(GRAPHS)}; name one of them in Accept")
    url = str(request.url.replace(query="", fragment=""))
    content = describe_service(url, pool, chosen[0])
    return Response(content, media_type=chosen[1], headers=_about(pool.version, None))


def refuse(refusal: Refusal, accept: Sequence[tuple[str, float]], headers: Mapping[str, str] | None = None) -> Response:
    """Return an error: a sentence as plain text, or with the details as JSON for whoever likes that better."""
    known = dict(headers or {})
    if refusal.retry_after is not None:
        known["Retry-After"] = str(refusal.retry_after)
    if weigh("application/json", accept) > weigh("text/plain", accept):
        return JSONResponse(refusal.to_dict(), refusal.status, known)
    return PlainTextResponse(refusal.message + "\n", refusal.status, known)


class ResultResponse(Response):
    """A result, sent from the file in which it lies whole."""

    def __init__(self, outcome: Outcome, headers: Mapping[str, str]) -> None:
        self._body: IO[bytes] = outcome.body
        length = self._body.seek(0, 2)
        self._body.seek(0)
        super().__init__(None, 200, {**headers, "Content-Length": str(length)}, _with_charset(outcome.media_type))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send the head, and the body in pieces as fast as the client takes them."""
        try:
            await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
            more = True
            while more:
                chunk = b"" if scope["method"] == "HEAD" else self._body.read(_CHUNK)
                more = len(chunk) == _CHUNK
                async with asyncio.timeout(_STALL):
                    await send({"type": "http.response.body", "body": chunk, "more_body": more})
        finally:
            self._body.close()


def _with_charset(media_type: str) -> str:
    return f"{media_type}; charset=utf-8" if media_type.startswith("text/") else media_type


def _about(version: str, etag: str | None) -> dict[str, str]:
    """Return the headers that say of which state of the graph an answer is true."""
    known = {"Dataset-Version": version, "Vary": "Accept", "Cache-Control": "no-cache"}
    return {**known, "ETag": etag} if etag else known


def _tag(version: str, question: object, accept: str) -> str | None:
    """Return a tag that is the same for the same question to the same graph; rows without order may come in another."""
    text = repr(question)
    if _CHANGING.search(text):
        return None
    known = "\n".join((version, accept, text)).encode(errors="replace")
    return f'W/"{hashlib.sha256(known).hexdigest()[:32]}"'


def _matches(header: str | None, etag: str) -> bool:
    return header is not None and etag in (tag.strip() for tag in header.split(","))


async def _not_found(request: Request, error: Exception) -> Response:
    accept = read_accept(request.headers.get("accept"))
    return refuse(Refusal(404, "path", "nothing is here; queries go to /sparql"), accept)
