"""An endpoint whose queries run in the test itself: for the rules of HTTP and SPARQL, which need no processes."""

from __future__ import annotations

import asyncio
import io
from pathlib import Path
from typing import Any

import httpx
from pyoxigraph import RdfFormat, Store
from starlette.applications import Starlette

from kg.endpoint import Limits, Settings
from kg.endpoint.answers import Result, answer
from kg.endpoint.app import create_app
from kg.endpoint.messages import Job, Refusal
from kg.endpoint.pool import Outcome, Pool
from kg.store import Generation, Manifest

G1, G2, G3 = (f"http://example.org/g{number}" for number in (1, 2, 3))
DATA = f"""
<http://example.org/a> <http://example.org/p> "1" <{G1}> .
<http://example.org/b> <http://example.org/p> "2" <{G2}> .
<http://example.org/c> <http://example.org/p> "3" <{G3}> .
"""


class InlinePool(Pool):
    """Answers at once, from a small graph."""

    def __init__(self, settings: Settings, data: str = DATA) -> None:
        super().__init__(settings)
        self._store = Store()
        self._store.load(data.encode(), format=RdfFormat.N_QUADS)
        self.asked: list[Job] = []
        self._version = "000001-0123456789ab"

    @property
    def version(self) -> str:
        return self._version

    @version.setter
    def version(self, value: str) -> None:
        self._version = value

    @property
    def generation(self) -> Generation:
        manifest = Manifest("000001", None, "", "", "", "", (), {"quads": len(self._store)}, {}, {})
        return Generation(Path("generations/000001"), manifest)

    async def start(self) -> None: ...

    async def stop(self) -> None: ...

    async def run(self, job: Job) -> Outcome | Refusal:
        self.asked.append(job)
        found = answer(self._store, job, self.settings.limits)
        return Outcome(found.media_type, io.BytesIO(found.content), self.version) if isinstance(found, Result) else found


class Client:
    """Asks an application without a server between."""

    def __init__(self, app: Starlette, base_url: str) -> None:
        self.pool: InlinePool = app.state.pool
        self._app, self._base_url = app, base_url

    def request(self, method: str, path: str, **more: Any) -> httpx.Response:
        async def ask() -> httpx.Response:
            transport = httpx.ASGITransport(app=self._app)
            async with httpx.AsyncClient(transport=transport, base_url=self._base_url) as client:
                return await client.request(method, path, **more)

        return asyncio.run(ask())

    def get(self, path: str, **more: Any) -> httpx.Response:
        return self.request("GET", path, **more)

    def post(self, path: str, **more: Any) -> httpx.Response:
        return self.request("POST", path, **more)


def client(limits: Limits | None = None, *, data: str = DATA, url: str = "http://127.0.0.1:7878", **settings: Any) -> Client:
    """Return a client of an endpoint with these settings."""
    made = Settings(Path("out"), limits=limits or Limits(), **settings)
    return Client(create_app(made, pool=InlinePool(made, data)), url)
