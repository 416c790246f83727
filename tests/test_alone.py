"""Work in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from benchmarks.alone import peak_memory, run_alone, run_program

ROOT = Path(__file__).parent.parent


def test_what_is_done_alone_comes_back_from_another_process() -> None:
    assert run_alone(sorted, [2, 1]) == [1, 2]
    assert run_alone(os.getpid) != os.getpid()


def test_what_takes_too_long_is_ended() -> None:
    started = time.monotonic()
    assert run_alone(time.sleep, 600, limit=0.5) is None
    assert time.monotonic() - started < 300


def test_what_fails_is_told() -> None:
    with pytest.raises(EOFError):
        run_alone(os._exit, 3)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows does not tell")
def test_the_memory_is_that_of_the_program() -> None:
    work = "import sys; from benchmarks.alone import run_program as run; sys.exit(run(sys.executable, '-c', {!r}).memory > {})"
    small, large = "pass", "print(len(bytearray(300_000_000)))"  # a process of its own starts them: this one may be larger
    run_program(sys.executable, "-c", work.format(small, 100_000_000), cwd=ROOT)
    run_program(sys.executable, "-c", work.format(large, 400_000_000), cwd=ROOT)
    with pytest.raises(subprocess.CalledProcessError):
        run_program(sys.executable, "-c", work.format(large, 300_000_000), cwd=ROOT)
    assert (peak_memory() or 0) > 0


def test_a_program_that_fails_is_told() -> None:
    with pytest.raises(subprocess.CalledProcessError):
        run_program(sys.executable, "-c", "raise SystemExit(3)")
