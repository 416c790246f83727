"""A server that goes wrong as told: it gives out prepared answers, one a request, and the last one again and again."""

from __future__ import annotations

import contextlib
import socket
import struct
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass(frozen=True, slots=True)
class Said:
    """One request as it came."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes


Play = Callable[[BaseHTTPRequestHandler], None]


@dataclass(slots=True)
class Faulty:
    """The server, and what it was asked."""

    url: str
    requests: list[Said] = field(default_factory=list)


def answer(body: bytes = b"", status: int = 200, kind: str = "application/sparql-results+json", **headers: str) -> Play:
    """Answer whole; a header's ``_`` stands for ``-``."""

    def play(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response_only(status)
        for name, value in {"Content-Type": kind, "Content-Length": str(len(body)), **headers}.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(body)

    return play


def cut(handler: BaseHTTPRequestHandler) -> None:
    """Break off in the middle of an answer."""
    handler.send_response(200)
    handler.send_header("Content-Type", "application/sparql-results+json")
    handler.send_header("Content-Length", "1000")
    handler.end_headers()
    handler.wfile.write(b'{"head": {"vars": ["s"]}, "resul')


def reset(handler: BaseHTTPRequestHandler) -> None:
    """Hang up without a word."""
    handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    handler.connection.close()


@contextlib.contextmanager
def faulty(*plays: Play) -> Iterator[Faulty]:
    """Run the server until the end of the block."""
    left = list(plays)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:  # the base class calls it so
            body = self.rfile.read(int(self.headers.get("content-length", 0)))
            found.requests.append(Said(self.command, self.path, {k.lower(): v for k, v in self.headers.items()}, body))
            with contextlib.suppress(OSError):
                (left.pop(0) if len(left) > 1 else left[0])(self)

        do_GET = do_PUT = do_DELETE = do_HEAD = do_POST  # noqa: N815

        def log_message(self, *_: object) -> None:
            """Say nothing."""

        def finish(self) -> None:
            with contextlib.suppress(OSError, ValueError):
                super().finish()

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as running:
        running.daemon_threads, running.block_on_close = True, False
        found = Faulty(f"http://127.0.0.1:{running.server_port}/sparql")
        thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield found
        finally:
            running.shutdown()
            thread.join()
