"""Who may write decisions on pages: the token of this server, and what was written a moment ago."""

from __future__ import annotations

import hmac
import secrets
from functools import cache

from starlette.requests import Request

from kg.errors import ZerenError
from kg.explorer import Snapshot
from kg.explorer.decided import build_command, read_decided
from kg.review import FILE
from viz.pages.frame import Done


@cache
def _token() -> str:
    """Return what a form of this server process carries and no page elsewhere can know."""
    return secrets.token_urlsafe(24)


def token_of(request: Request) -> str:
    """Return the token for forms; empty where pages may not write."""
    return _token() if request.app.state.settings.may_write else ""


def is_token(request: Request, given: str) -> bool:
    """Whether a form came with this server's token."""
    return bool(token_of(request)) and hmac.compare_digest(given.encode("utf-8", "replace"), token_of(request).encode())


def is_own(request: Request) -> bool:
    """Whether a request comes from a page of this server, as far as the browser says where it comes from."""
    origin, site = request.headers.get("origin"), request.headers.get("sec-fetch-site")
    at_home = origin is None or origin.partition("://")[2] == request.headers.get("host")
    return at_home and site in (None, "same-origin")


def find_done(snapshot: Snapshot, key: str) -> Done | None:
    """Return the decision that an address names as just written; ``None`` if there is no such one."""
    if not key:
        return None
    try:
        decided = read_decided(snapshot)
    except ZerenError:
        return None
    one = decided.by_key.get(key)
    if one is None:
        return None
    command = build_command(snapshot.generation)
    file = str(snapshot.generation.out / FILE)
    return Done(one.key, one.mention, one.verdict, one.revoked is not None, decided.is_waiting(one), file, command)
