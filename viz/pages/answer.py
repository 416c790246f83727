"""From a request to a screen: as a page for people, as JSON for programs."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import time
from collections.abc import Awaitable, Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from kg.errors import CorrectionError, StoreError, ZerenError
from kg.explorer import NotHereError, Params, Shelf, Snapshot
from kg.explorer.decided import stamp_book
from viz.pages.frame import Frame, State
from viz.pages.links import ServerLinks
from viz.pages.render import language_of, render
from viz.pages.screen import Screen
from viz.pages.screens import SCREENS
from viz.pages.writing import find_done, token_of

LONGEST_ADDRESS = 16_000  # bytes
Answer = Callable[[Request], Awaitable[Response]]


def screen_routes() -> list[BaseRoute]:
    """Return the routes of all screens, and of their records as JSON."""
    pages = [Route(screen.route, _page(screen)) for screen in SCREENS]
    records = [Route(screen.api, _record(screen)) for screen in SCREENS]
    return [*pages, *records, Route("/api/meta", _meta)]


def shelf_of(request: Request) -> Shelf:
    """Return where this application finds its snapshots."""
    state = request.app.state
    if not hasattr(state, "shelf"):
        state.shelf = Shelf(state.settings.out)
    found: Shelf = state.shelf
    return found


def read_params(request: Request, ending: str = "") -> Params:
    """Return what an address asks; the key of a thing as it stands in its IRI, escapes and all, before the path's ending."""
    key = ""
    if "key" in request.path_params:
        raw = request.scope["raw_path"].partition(b"?")[0].decode("latin-1").removesuffix(ending)
        start = str(request.scope["path"]).removesuffix(ending).removesuffix(str(request.path_params["key"]))
        key = raw[len(start) :]
    return Params(key, {name: tuple(request.query_params.getlist(name)) for name in request.query_params})


def state_of(snapshot: Snapshot) -> State:
    """Return what pages say of the state of the graph."""
    return State(snapshot.id, snapshot.built, snapshot.generation.manifest.program, snapshot.base)


def frame_of(request: Request, snapshot: Snapshot | None, tab: str) -> Frame:
    """Return the surroundings of a page on this server."""
    params = read_params(request)
    path = request.scope["raw_path"].partition(b"?")[0].decode("latin-1")
    state, done = (state_of(snapshot), find_done(snapshot, params.one("done"))) if snapshot else (None, None)
    return Frame(ServerLinks(), language_of(request), path, params.query, tab, state, token_of(request), done)


async def render_local(template: str, request: Request, tab: str = "", **values: Any) -> str:
    """Return a page that only a server has; it is there even where the tables cannot be read."""

    def current() -> Snapshot | None:
        try:
            return shelf_of(request).current()
        except ZerenError:
            return None

    snapshot = await run_in_threadpool(current)
    return render(template, "pages", frame_of(request, snapshot, tab), **values)


def status_of(error: ZerenError) -> int:
    """Return what an error means to whoever asks: nothing is there, the data cannot be read, or the question makes no sense."""
    return 404 if isinstance(error, NotHereError) else 503 if isinstance(error, StoreError | CorrectionError) else 400


def _is_too_long(request: Request) -> bool:
    """Whether an address is longer than any state of a page; each link of the page would say all of it again."""
    return len(request.scope["raw_path"]) + len(request.scope["query_string"]) > LONGEST_ADDRESS


def _refuse_long() -> Response:
    return PlainTextResponse(f"the address is longer than {LONGEST_ADDRESS:,} bytes; choose fewer things at once\n", 414)


def _page(screen: Screen) -> Answer:
    async def answer(request: Request) -> Response:
        return _refuse_long() if _is_too_long(request) else await run_in_threadpool(_answer_page, request, screen)

    return answer


def _answer_page(request: Request, screen: Screen) -> Response:
    started = time.perf_counter()
    snapshot: Snapshot | None = None
    tab = screen.tab or screen.name
    try:
        snapshot = shelf_of(request).current()
        tag = _tag(request, snapshot)
        if request.headers.get("if-none-match") == tag:
            return Response(status_code=304, headers={"ETag": tag, "Cache-Control": "no-cache"})
        data = screen.gather(snapshot, read_params(request))
        gathered = time.perf_counter()
        frame = frame_of(request, snapshot, tab)
        content = render(f"screens/{screen.name}.html", screen.name, frame, data=data, screen=screen.name)
    except ZerenError as error:
        return _fail(request, error, snapshot, tab)
    spent = f"gather;dur={(gathered - started) * 1e3:.1f}, render;dur={(time.perf_counter() - gathered) * 1e3:.1f}"
    return HTMLResponse(content, headers={"ETag": tag, "Cache-Control": "no-cache", "Server-Timing": spent})


def _fail(request: Request, error: ZerenError, snapshot: Snapshot | None, tab: str) -> Response:
    status = status_of(error)
    frame = frame_of(request, snapshot, tab)
    return HTMLResponse(render("screens/failed.html", "failed", frame, error=error, status=status, screen="failed"), status)


def _record(screen: Screen) -> Answer:
    async def answer(request: Request) -> Response:
        return _refuse_long() if _is_too_long(request) else await run_in_threadpool(_answer_record, request, screen)

    return answer


def _answer_record(request: Request, screen: Screen) -> Response:
    try:
        snapshot = shelf_of(request).current()
        tag = _tag(request, snapshot)
        if request.headers.get("if-none-match") == tag:
            return Response(status_code=304, headers={"ETag": tag})
        content = encode_record(screen.gather(snapshot, read_params(request)))
    except ZerenError as error:
        status = status_of(error)
        return JSONResponse({"error": str(error)}, status)
    headers = {"ETag": tag, "Cache-Control": "no-cache", "Dataset-Version": snapshot.id}
    return Response(content, media_type="application/json", headers=headers)


async def _meta(request: Request) -> Response:
    """Answer with the state of the graph: pages look here whether theirs is still the current one."""
    try:
        snapshot = await run_in_threadpool(shelf_of(request).current)
    except ZerenError as error:
        return JSONResponse({"error": str(error)}, 503)
    return JSONResponse({"snapshot": snapshot.id, "built": snapshot.built.isoformat()}, headers={"Cache-Control": "no-store"})


def encode_record(record: Any) -> str:
    """Return a record as JSON: dates as ISO 8601, decimals as they are written."""
    return json.dumps(record, ensure_ascii=False, default=_plain)


def _plain(value: object) -> object:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: getattr(value, field.name) for field in dataclasses.fields(value)}
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, set | frozenset):
        return sorted(value)
    raise TypeError(f"{type(value).__name__} has no form in JSON")


def _tag(request: Request, snapshot: Snapshot) -> str:
    """Return what changes whenever the answer may: with the graph, the program, what people decided, and this server's token."""
    known = (snapshot.id, snapshot.generation.manifest.program, stamp_book(snapshot), token_of(request), request.url)
    return f'W/"{hashlib.sha256(" ".join(map(str, known)).encode()).hexdigest()[:24]}"'
