"""What server and workers hand each other: a job, its outcome, and both as bytes."""

from __future__ import annotations

import json
import struct
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import IO, Any

_HEAD = struct.Struct(">IQ")  # lengths of the head (JSON) and of the body
HEAD = _HEAD.size


@dataclass(frozen=True, slots=True)
class Job:
    """A query, what it is asked from, and the media types its answer may have, each with its weight."""

    query: str
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    accept: tuple[tuple[str, float], ...] = ()  # empty: any
    values: Mapping[str, str] = field(default_factory=dict)  # IRIs that variables of the query are bound to

    def to_dict(self) -> dict[str, Any]:
        """Return the job as JSON knows it."""
        return asdict(self)

    @classmethod
    def from_dict(cls, raw: dict[str, Any]) -> Job:
        """Return the job that :meth:`to_dict` gave."""
        graphs = {name: tuple(raw[name]) for name in ("default_graphs", "named_graphs")}
        accept = tuple((media, weight) for media, weight in raw["accept"])
        return cls(raw["query"], **graphs, accept=accept, values=raw["values"])


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why there is no result: an HTTP status, a word for programs, a sentence for people."""

    status: int
    reason: str
    message: str
    line: int | None = None
    column: int | None = None
    retry_after: int | None = None  # seconds

    def to_dict(self) -> dict[str, Any]:
        """Return what is known, as JSON knows it."""
        return {name: value for name, value in asdict(self).items() if value is not None}


def pack(head: Mapping[str, Any], body: bytes = b"") -> bytes:
    """Return a message as bytes."""
    text = json.dumps(head, ensure_ascii=True).encode()
    return _HEAD.pack(len(text), len(body)) + text + body


def lengths(start: bytes) -> tuple[int, int]:
    """Return how long a message's head and body are, from its first bytes."""
    head, body = _HEAD.unpack(start)
    return head, body


def read(stream: IO[bytes]) -> dict[str, Any] | None:
    """Return the next message's head, or ``None`` at the end of the stream; messages to a worker have no body."""
    start = stream.read(HEAD)
    if len(start) < HEAD:
        return None
    length, _ = lengths(start)
    text = stream.read(length)
    if len(text) < length:
        return None
    head: dict[str, Any] = json.loads(text)
    return head
