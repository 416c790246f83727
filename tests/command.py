"""The command line as tests run it: in this process, or as a program of its own."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from kg.cli import main

ROOT = Path(__file__).parent.parent
ENV = {**os.environ, "PYTHONPATH": str(ROOT)}
ZEREN = (sys.executable, "-m", "kg.cli")

Capture = pytest.CaptureFixture[str]


def zeren(*words: str | Path, code: int = 0) -> None:
    """Run a verb in this process; it ends as expected."""
    assert main([str(word) for word in words]) == code
