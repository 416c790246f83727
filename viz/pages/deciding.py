"""Decisions that people send from a page: checked, written as ``zeren review`` writes them, and led back to the page."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from urllib.parse import parse_qs, urlencode

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from kg.correction import Correction
from kg.endpoint.entry import PAGE, read_body
from kg.errors import BusyError, CorrectionError, ZerenError
from kg.explorer import NotHereError, Snapshot
from kg.explorer.choices import Choice, read_choice
from kg.explorer.taking import Wish, take, take_back
from viz.pages.answer import frame_of, shelf_of
from viz.pages.render import render
from viz.pages.writing import is_own, is_token, token_of

LARGEST = 32_768  # bytes of a form
_LONGEST = 500  # characters of a field
_FORM = "application/x-www-form-urlencoded"
_CODES = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufffe\uffff]")  # command terminals, turn text


@dataclass(frozen=True, slots=True)
class Sent:
    """What a form said."""

    values: Mapping[str, str]
    offered: tuple[Choice, ...] = ()

    def said(self, name: str) -> str:
        """Return the words of a field."""
        return self.values.get(name, "").strip()

    @property
    def back(self) -> str:
        """The page that the form stands on: always one of this server."""
        path = self.said("back")
        return path if PAGE.fullmatch(path) else "/findings"


@dataclass(frozen=True, slots=True)
class Refused:
    """Why nothing was written, for the page that says so."""

    word: str  # key of the sentence
    status: int
    sent: Sent = field(default_factory=lambda: Sent({}))
    details: str = ""


def decision_routes() -> list[BaseRoute]:
    """Return the routes that write; all other routes of the program only read."""
    return [Route("/decide", _decide, methods=["POST"])]


async def _decide(request: Request) -> Response:
    if not token_of(request):
        return await run_in_threadpool(_refuse, request, Refused("not_writable", 403))
    if not is_own(request) or request.headers.get("content-type", "").partition(";")[0].strip().lower() != _FORM:
        return await run_in_threadpool(_refuse, request, Refused("wrong_elsewhere", 403))
    try:
        content = await read_body(request, LARGEST, request.app.state.settings.patience)
    except TimeoutError:
        return PlainTextResponse("the form did not arrive in time; send it again\n", 408, {"Connection": "close"})
    if content is None:
        return await run_in_threadpool(_refuse, request, Refused("wrong_long", 413))
    return await run_in_threadpool(_answer, request, content)


def read_form(content: bytes) -> Sent | None:
    """Return what a form said; ``None`` if it is none, or a field is too long.

    >>> read_form(b"by=%E7%8E%8B%E6%9F%90&offered=gap-justify%3Ag-0123456789").offered[0].name
    'gap-justify'
    """
    try:
        found = parse_qs(content.decode("ascii"), keep_blank_values=True, max_num_fields=60, errors="strict")
    except ValueError:
        return None
    values = {name: _CODES.sub("", texts[-1].replace("\r\n", "\n")) for name, texts in found.items()}
    if any(len(text) > (4 * _LONGEST if name in ("back", "offered") else _LONGEST) for name, text in values.items()):
        return None
    offered = (read_choice(code) for code in values.get("offered", "").split())
    return Sent(values, tuple(choice for choice in offered if choice))


def _answer(request: Request, content: bytes) -> Response:
    sent = read_form(content)
    if sent is None:
        return _refuse(request, Refused("wrong_long", 413))
    if not is_token(request, sent.said("token")):
        return _refuse(request, Refused("wrong_token", 403, sent))
    if word := _find_missing(sent):
        return _refuse(request, Refused(word, 422, sent))
    try:
        correction = _write(shelf_of(request).current(), sent)
    except NotHereError as error:
        return _refuse(request, Refused("wrong_changed", 409, sent, str(error)))
    except CorrectionError as error:
        return _refuse(request, Refused("wrong", 422, sent, str(error)))
    except BusyError as error:
        return _refuse(request, Refused("wrong_busy", 503, sent, str(error)))
    except ZerenError as error:
        return _refuse(request, Refused("wrong", 503, sent, str(error)))
    return RedirectResponse(_with_done(sent.back, correction), 303)


def _find_missing(sent: Sent) -> str:
    """Return the key of the sentence that says what is missing; empty if nothing is."""
    if read_choice(sent.said("choice")) is None and not sent.said("undo"):
        return "wrong_what"
    return "" if sent.said("by") and sent.said("why") else "wrong_who" if not sent.said("by") else "wrong_why"


def _write(snapshot: Snapshot, sent: Sent) -> Correction:
    when = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    if sent.said("undo"):
        return take_back(snapshot, sent.said("undo"), sent.said("by"), sent.said("why"), when)
    choice = read_choice(sent.said("choice"))
    if choice is None:
        raise CorrectionError("no choice was made; choose what is right")
    return take(snapshot, Wish(choice, sent.said("document"), sent.said("by"), sent.said("why"), _values(sent, choice)), when)


def _values(sent: Sent, choice: Choice) -> dict[str, str]:
    """Return the values of a choice: a field of a form that offers several has its choice's name in front."""
    return {name: sent.said(f"{choice.name}.{name}") or sent.said(name) for name in choice.wants}


def _with_done(back: str, correction: Correction) -> str:
    """Return the page that the form stood on, which says what was written."""
    path, _, anchor = back.partition("#")
    path, _, query = path.partition("?")
    kept = [part for part in query.split("&") if part and not part.startswith(("done=", "snap="))]
    address = f"{path}?{'&'.join([*kept, urlencode({'done': correction.key})])}"
    return f"{address}#{anchor or 'done'}"


def _refuse(request: Request, why: Refused) -> Response:
    """Answer with what is wrong, and the form as it was filled in."""
    try:
        snapshot = shelf_of(request).current()
    except ZerenError:
        snapshot = None
    frame = frame_of(request, snapshot, "findings")
    content = render("screens/decide.html", "decide", frame, why=why, sent=why.sent, back=why.sent.back, screen="decide")
    return HTMLResponse(content, why.status, {"Cache-Control": "no-store"})
