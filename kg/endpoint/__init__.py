"""The SPARQL endpoint: `zeren serve`, read only, on this computer unless told otherwise.

    client ── HTTP ── server.py    the socket, slow clients, the end
                      safety.py    host, origin, headers of all answers    entry.py      the token, for programs and browsers
                      app.py       the paths; what becomes of a request
                      protocol.py  what is asked, by the SPARQL 1.1 Protocol   formats.py      in which format it is answered
                      pool.py      who runs when; time limits                  description.py  what the endpoint says of itself
                      nursery.py   the workers of a generation                 makers.py, priority.py  their processes
             ── pipe ── worker.py, zygote.py, answers.py                       the store, one query at a time

What an error means: 400 what was sent is no query, 403 it asks for a change or a server that may not be called, 406 no such
format, 408 the request itself came too slowly, 413 and 414 it is too long, 415 it is of another kind, 421 another host name;
500 the result is too large, or the query died for want of memory; 503 with ``Retry-After`` there is no room now, without
it the query took too long, as it would again.

Where paths go: ``create_app(settings, routes=…, page=…, beside=…)`` in ``app.py`` serves ``/sparql`` and whatever ``routes`` name
(``/id/…``, ``/ns``, static files); ``page`` is the function that answers ``GET /sparql`` without a query when HTML is
liked best; ``beside`` are context managers around the time that the server runs, for what is made while nobody asks.
The same three arguments go through :func:`serve` and :func:`running`, and ``kg/cli/serve.py`` passes them.
A route asks the graph by ``outcome = await ask_pool(request, query, {"variable": iri}, accept="text/turtle")`` and gets an
``Outcome`` (``media_type``, ``body``, an open file) or a ``Refusal`` (``status``, ``message``; ``refuse()`` makes the
response of it). All answers get the headers of ``safety.HEADERS`` that they do not set themselves.

To start one from Python::

    with running(Settings(Path("out"), port=0)) as url:
        ...  # ask f"{url}/sparql"
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kg.endpoint.settings import Limits, Settings

if TYPE_CHECKING:
    from kg.endpoint.app import Page, ask_pool, create_app, refuse
    from kg.endpoint.server import running, serve

__all__ = ["Limits", "Page", "Settings", "ask_pool", "create_app", "refuse", "running", "serve"]

_HOMES = {"Page": "app", "ask_pool": "app", "create_app": "app", "refuse": "app", "running": "server", "serve": "server"}


def __getattr__(name: str) -> Any:
    """Load the server when it is wanted: workers need none of it."""
    from importlib import import_module

    if name not in _HOMES:
        raise AttributeError(name)
    return getattr(import_module(f"kg.endpoint.{_HOMES[name]}"), name)
