"""The server around the application: its socket, its patience with slow clients, its end."""

from __future__ import annotations

import asyncio
import logging
import signal
import socket
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from http import HTTPStatus
from typing import Any

import h11
import uvicorn
from starlette.routing import BaseRoute
from uvicorn.protocols.http.h11_impl import H11Protocol

from kg.endpoint.app import Beside, Page, create_app
from kg.endpoint.settings import Settings
from kg.errors import EndpointError
from kg.store import current

_LONGEST_HEAD = 65_536  # bytes of a request's first line and headers
_CONNECTIONS = 500
_BACKLOG = 1_024
_GRACE = 2  # seconds for running queries when the server ends


def serve(
    settings: Settings,
    announce: Callable[[str], None],
    *,
    routes: Sequence[BaseRoute] = (),
    page: Page | None = None,
    beside: Sequence[Beside] = (),
) -> None:
    """Serve until Ctrl-C or SIGTERM; ``announce`` gets the address as soon as the endpoint answers there.

    :raises EndpointError: the address cannot be had, or would be open to others without a token.
    :raises StoreError: there is no graph, or it is damaged.
    """
    server, listening = prepare(settings, announce, routes=routes, page=page, beside=beside)
    with listening, _ending(server):
        server.run(sockets=[listening])
    if server.failure is not None:
        raise server.failure


@contextmanager
def _ending(server: Server) -> Iterator[None]:
    """Let Ctrl-C and SIGTERM end the server, and nothing else: uvicorn raises them again once it has ended."""

    def end(*_: object) -> None:
        server.should_exit = True

    before = {number: signal.signal(number, end) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextmanager
def running(
    settings: Settings, *, routes: Sequence[BaseRoute] = (), page: Page | None = None, beside: Sequence[Beside] = ()
) -> Iterator[str]:
    """Serve in a thread of this program for as long as the block runs; gives the address, such as ``http://127.0.0.1:7878``."""
    ready = threading.Event()
    server, listening = prepare(settings, lambda _: ready.set(), routes=routes, page=page, beside=beside)
    thread = threading.Thread(target=_run, args=(server, listening, ready), daemon=True)
    thread.start()
    try:
        ready.wait()
        if server.failure is not None:
            raise server.failure
        yield address(settings, listening)
    finally:
        server.should_exit = True
        thread.join()
        listening.close()


def prepare(
    settings: Settings,
    announce: Callable[[str], None],
    *,
    routes: Sequence[BaseRoute] = (),
    page: Page | None = None,
    beside: Sequence[Beside] = (),
) -> tuple[Server, socket.socket]:
    """Return a server that is ready to run, and the socket that it listens on."""
    if not (settings.is_local or settings.token):
        raise EndpointError(
            f"--host {settings.host}: others could ask there; give a token with --token-file FILE or in ZEREN_TOKEN, "
            "or listen on 127.0.0.1"
        )
    logging.getLogger("uvicorn.error").addFilter(_shorten)
    current(settings.out)  # before anything is started
    listening = _listen(settings)
    config = uvicorn.Config(
        create_app(settings, routes=routes, page=page, beside=beside),
        http=type("Protocol", (PatientProtocol,), {"patience": settings.patience}),
        ws="none",
        lifespan="on",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        h11_max_incomplete_event_size=_LONGEST_HEAD,
        limit_concurrency=_CONNECTIONS,
        timeout_graceful_shutdown=_GRACE,
    )
    return Server(config, lambda: announce(address(settings, listening))), listening


def _shorten(record: logging.LogRecord) -> bool:
    """Log an error without the way through the program that led to it, unless that is wanted."""
    if not logging.getLogger().isEnabledFor(logging.DEBUG):
        record.exc_info = None
    return not record.getMessage().startswith("Cancel ")  # of what still ran at the end


def address(settings: Settings, listening: socket.socket) -> str:
    """Return the address of the server."""
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    return f"http://{host}:{listening.getsockname()[1]}"


def _listen(settings: Settings) -> socket.socket:
    where = f"{settings.host}:{settings.port}"
    try:
        family, *_, place = socket.getaddrinfo(settings.host, settings.port, type=socket.SOCK_STREAM)[0]
    except (OSError, UnicodeError) as error:
        raise EndpointError(f"--host {settings.host}: no such address; use 127.0.0.1") from error
    listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)  # asyncio sends small answers at once only on these
    try:
        if sys.platform != "win32":  # there it would let two programs have one port
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        _bind(listening, place, settings.any_port)
        listening.listen(_BACKLOG)
    except OSError as error:
        listening.close()
        reason = error.strerror or str(error)
        raise EndpointError(
            f"{where}: cannot listen there ({reason}); give another --port, or --port 0 for any free one"
        ) from error
    return listening


def _bind(listening: socket.socket, place: Any, any_port: bool) -> None:
    try:
        listening.bind(place)
    except OSError:
        if not any_port:
            raise
        listening.bind((place[0], 0, *place[2:]))


def _run(server: Server, listening: socket.socket, ready: threading.Event) -> None:
    try:
        server.run(sockets=[listening])
    except BaseException as error:  # the thread that waits raises it
        server.failure = server.failure or error
    finally:
        ready.set()


class Server(uvicorn.Server):
    """Uvicorn that says when it is ready, and remembers why it could not start."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._ready = ready
        self.failure: BaseException | None = None

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, and say so."""
        await super().startup(sockets)
        if self.started:
            self._ready()


class PatientProtocol(H11Protocol):
    """HTTP with an end to patience: a head that is too long or does not come is answered, and the line closed."""

    patience = 10.0  # seconds for a request's head
    _overdue: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin to wait for a request."""
        super().connection_made(transport)  # type: ignore[arg-type]
        self._mind()

    def data_received(self, data: bytes) -> None:
        """Take what has come, and wait for the rest only so long."""
        super().data_received(data)
        self._mind()

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait no longer."""
        super().connection_lost(exc)
        self._stop_minding()

    def send_400_response(self, msg: str) -> None:
        """Say what is wrong with a head that is no HTTP, or too long."""
        error = sys.exception()
        status = 400
        if isinstance(error, h11.RemoteProtocolError) and error.error_status_hint == 431:
            status = 431 if b"\n" in self.conn.trailing_data[0] else 414
            msg = f"longer than {_LONGEST_HEAD} bytes; send the query by POST"
        self._close_with(status, msg)

    def _mind(self) -> None:
        if self.conn.their_state is not h11.IDLE or self.transport.is_closing():
            self._stop_minding()
        elif self._overdue is None:
            self._overdue = self.loop.call_later(self.patience, self._give_up)

    def _stop_minding(self) -> None:
        if self._overdue is not None:
            self._overdue.cancel()
            self._overdue = None

    def _give_up(self) -> None:
        if self.conn.their_state is h11.IDLE and self.conn.our_state is h11.IDLE:
            self._close_with(408, f"no request within {self.patience:g} s")

    def _close_with(self, status: int, message: str) -> None:
        if self.conn.our_state in (h11.IDLE, h11.SEND_RESPONSE):
            headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"connection", b"close")]
            events = (
                h11.Response(status_code=status, headers=headers, reason=HTTPStatus(status).phrase.encode()),
                h11.Data(data=message.encode() + b"\n"),
                h11.EndOfMessage(),
            )
            for event in events:
                self.transport.write(self.conn.send(event) or b"")
        self.transport.close()
