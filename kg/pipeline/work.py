"""What runs along with a build: the clock, the bar, and the word on each file that failed."""

from __future__ import annotations

import logging
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from kg.errors import SourceError, ZerenError
from kg.read import readable

log = logging.getLogger(__name__)

Progress = Callable[[str, int, int], None]  # stage, done, total


class DocumentError(Exception):
    """What failed on a document in another process, kind and message in words."""


class Work:
    """One build as it goes on."""

    def __init__(self, progress: Progress | None = None) -> None:
        self.seconds: dict[str, float] = defaultdict(float)  # by stage
        self.failed: list[tuple[Path, str]] = []  # files, and why
        self._progress = progress

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Count the time of what happens within to a stage."""
        start = time.perf_counter()
        try:
            yield
        finally:
            self.seconds[name] += time.perf_counter() - start

    def tell(self, stage: str, done: int, total: int) -> None:
        """Move the bar."""
        if self._progress is not None:
            self._progress(stage, done, total)

    @contextmanager
    def guard(self, path: Path) -> Iterator[None]:
        """Let one document fail alone, whatever it is that fails; errors of the knowledge and the output stop the build."""
        name = readable(path)
        try:
            yield
        except SourceError as error:
            self.failed.append((Path(name), str(error)))
        except ZerenError:
            raise
        except Exception as error:
            log.debug("%s", name, exc_info=True)
            what = str(error) if isinstance(error, DocumentError) else f"{type(error).__name__}: {error}"
            self.failed.append((Path(name), f"{name}: could not be processed ({what}); leave it out for now, and report it"))
