"""Who does the work on documents: this process, and further ones from the moment on that there is enough to do.

What comes out is the same whoever did it, in the order in which it was asked for.
"""

from __future__ import annotations

import logging
import os
import pickle
import signal
import threading
import zlib
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing import get_context, parent_process
from types import TracebackType
from typing import Any, Generic, Self, TypeVar

from kg.errors import ZerenError
from kg.pipeline.work import DocumentError, Work
from kg.registry import Registry, load_registry

log = logging.getLogger(__name__)

ALONE = 8  # steps that this process does by itself: other processes take a second until they can help
AHEAD = 3  # steps a process that are asked for before their results are fetched; bounds the memory
MOST = 60  # processes; Windows knows no more in one pool

Item = TypeVar("Item")
Job = TypeVar("Job")
Result = TypeVar("Result")
Step = Callable[[Job, Registry, Work], Result]


class Packed(Generic[Result]):
    """A record that waits for its turn in a tenth of the memory."""

    def __init__(self, record: Result) -> None:
        """Pack the record."""
        self._content = zlib.compress(pickle.dumps(record, pickle.HIGHEST_PROTOCOL), 1)

    def open(self) -> Result:
        """Return the record."""
        record: Result = pickle.loads(zlib.decompress(self._content))  # our own, from a moment ago
        return record


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What another process sends back."""

    result: Any
    error: Exception | None
    seconds: Mapping[str, float]  # by stage


class Crew:
    """Up to ``jobs`` processes; use it in a ``with`` block, which sends them home."""

    def __init__(self, jobs: int, registry: Registry, work: Work) -> None:
        """Take on nobody yet."""
        self._jobs, self.registry, self._work = min(jobs, MOST), registry, work
        self._pool: ProcessPoolExecutor | None = None
        self._done = 0

    def each(
        self, step: Step[Job, Result], items: Iterable[tuple[Item, Job | None]]
    ) -> Iterator[tuple[Item, Callable[[], Result] | None]]:
        """Yield each item in order, with what fetches the result of its job, if it has one; that raises what went wrong."""
        waiting: deque[tuple[Item, Job | None, Future[_Outcome] | None]] = deque()
        for item, job in items:
            waiting.append((item, job, None if job is None else self._ask(step, job)))
            while len(waiting) > (self._jobs * AHEAD if self._pool is not None else 0):
                yield self._fetch(step, *waiting.popleft())
        while waiting:
            yield self._fetch(step, *waiting.popleft())

    def _ask(self, step: Step[Job, Result], job: Job) -> Future[_Outcome] | None:
        """Hand a job to another process, if there is one."""
        self._done += 1
        if self._pool is None and self._jobs > 1 and self._done > ALONE:
            self._pool = ProcessPoolExecutor(self._jobs, mp_context=get_context("spawn"), initializer=_begin)
        try:
            return self._pool.submit(_run, step, job) if self._pool is not None else None
        except (BrokenProcessPool, OSError) as error:
            self._give_up(error)
            return None

    def _fetch(
        self, step: Step[Job, Result], item: Item, job: Job | None, future: Future[_Outcome] | None
    ) -> tuple[Item, Callable[[], Result] | None]:
        if job is None:
            return item, None

        def result() -> Result:
            if future is not None:
                try:
                    done: Result = self._unpack(future.result())
                    return done
                except (BrokenProcessPool, OSError) as error:
                    self._give_up(error)
            return step(job, self.registry, self._work)

        return item, result

    def _unpack(self, outcome: _Outcome) -> Any:
        for stage, seconds in outcome.seconds.items():
            self._work.seconds[stage] += seconds
        if outcome.error is not None:
            raise outcome.error
        return outcome.result

    def _give_up(self, error: Exception) -> None:
        """Go on alone: a process was ended from outside, or none can be started."""
        if self._jobs > 1:
            log.warning("a process that helped has ended (%s); this one goes on alone", str(error) or type(error).__name__)
        self._jobs = 1
        self._dismiss()

    def _dismiss(self) -> None:
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)
            self._pool = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._dismiss()


_known: list[Registry] = []  # of a process that helps


def _begin() -> None:
    """Prepare a process: it leaves Ctrl-C to its parent, and ends when that has gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_follow, daemon=True).start()
    _known.append(load_registry())


def _follow() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _run(step: Step[Any, Any], job: Any) -> _Outcome:
    """Do a step in a process that helps; what goes wrong is sent back in words that survive the way."""
    work = Work()
    try:
        return _Outcome(step(job, _known[0], work), None, dict(work.seconds))
    except ZerenError as error:
        return _Outcome(None, error, dict(work.seconds))
    except Exception as error:
        return _Outcome(None, DocumentError(f"{type(error).__name__}: {error}"), dict(work.seconds))
