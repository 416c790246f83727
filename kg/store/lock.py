"""One build at a time on one output folder; the system lets go of the lock even when the build is killed."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import IO

from kg.errors import BusyError

if sys.platform == "win32":
    import msvcrt

    def _take(stream: IO[bytes]) -> None:
        msvcrt.locking(stream.fileno(), msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _take(stream: IO[bytes]) -> None:
        fcntl.flock(stream.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)


class BuildLock:
    """A held lock on an output folder."""

    def __init__(self, out: Path) -> None:
        """Take the lock; :raises BusyError: another build holds it."""
        stream = (out / "lock").open("a+b")
        try:
            _take(stream)
        except OSError as error:
            stream.close()
            if isinstance(error, BlockingIOError | PermissionError):
                raise BusyError(f"{out}: another build is running there; wait for it, or give another --out") from error
            raise
        self._stream: IO[bytes] | None = stream

    def release(self) -> None:
        """Let go; the file stays, since deleting it would let two builds lock two files of one name."""
        if self._stream is not None:
            self._stream.close()
            self._stream = None
