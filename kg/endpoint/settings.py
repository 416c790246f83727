"""What the person who starts the endpoint decides: where it listens, what a query may cost, who may ask."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from pathlib import Path

from kg.machine import count_processors

PORT = 7878  # what `zeren serve` takes if it is free, so that links go on leading there; 0: any free one
MEGABYTE = 1_000_000
_LOOPBACK = re.compile(r"localhost|::1|127(\.\d{1,3}){3}")  # no names that only begin like an address


@dataclass(frozen=True, slots=True)
class Limits:
    """What one query may cost."""

    seconds: float = 30.0  # then it is ended
    rows: int = 1_000_000  # of its result
    bytes: int = 64 * MEGABYTE  # of its result, as it is sent
    memory: int = 1_024 * MEGABYTE  # beside the graph; where the system can hold a process to it
    body: int = 1_100_000  # bytes of a request: the longest query, and some room for a form's escapes
    services: tuple[str, ...] = ()  # the endpoints that SERVICE may call


@dataclass(frozen=True, slots=True)
class Settings:
    """How the endpoint runs."""

    out: Path
    host: str = "127.0.0.1"
    port: int = PORT
    any_port: bool = False  # take another one where this is taken
    limits: Limits = field(default_factory=Limits)
    workers: int = field(default_factory=lambda: 4 * max(2, count_processors()))  # queries that run at full priority at a time
    slow: int = field(default_factory=lambda: 4 * max(2, count_processors()))  # queries beside them that take longer
    aside_after: float = 0.05  # seconds of the processor; from then on a query lets others go first
    slow_after: float = 0.2  # seconds of it; then it is slow, and turned away if there is no room for another
    waiting: int = 64  # queries that may wait for their turn
    patience: float = 10.0  # seconds for which a query waits, and in which a request has to arrive
    in_memory: int = 2_000 * MEGABYTE  # the graph is held in memory if it needs no more than that
    cors: tuple[str, ...] = ()  # origins whose pages may ask
    token: str = field(default="", repr=False)  # what a client has to show; empty: nothing
    write: bool = False  # pages may write decisions even where others reach the endpoint
    fork: bool = hasattr(os, "fork")  # workers are copies of one process that holds the graph, not new processes

    @property
    def is_local(self) -> bool:
        """Whether only this computer reaches the endpoint."""
        return _LOOPBACK.fullmatch(self.host) is not None

    @property
    def may_write(self) -> bool:
        """Whether pages may write decisions of people beside the graph; SPARQL never writes."""
        return self.is_local or self.write
