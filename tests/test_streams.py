"""Pipes that close, devices that are full, Ctrl-C, and consoles of any encoding."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kg import data, store
from tests.command import ENV, ZEREN, Capture, zeren

SHELL = pytest.mark.skipif(os.name == "nt", reason="a Unix shell")


def shell(command: str, built: Path) -> subprocess.CompletedProcess[str]:
    line = command.replace("zeren", f'"{sys.executable}" -m kg.cli').replace("OUT", f'--out "{built}"')
    return subprocess.run(["bash", "-c", line], env=ENV, capture_output=True, encoding="utf-8", check=False, timeout=60)


@SHELL
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
@pytest.mark.parametrize("words", ["query documents", "query documents --format csv", "queries", "ledger --format md"])
def test_full_device_is_said_in_one_line(words: str, built: Path) -> None:
    done = shell(f"zeren {words} {'' if words == 'queries' else 'OUT'} > /dev/full", built)
    assert done.returncode == 2
    assert done.stderr.splitlines()[-1].startswith("zeren: the output cannot be written")
    assert "Traceback" not in done.stderr
    assert "Exception" not in done.stderr


@SHELL
@pytest.mark.parametrize(
    ("command", "code"),
    [
        ("zeren query - OUT <&-", 2),
        ("zeren query documents OUT >&-", 0),
        ("zeren query documents --format csv OUT >&-", 0),
        ("zeren query documents OUT 2>&-", 0),
        ("zeren ledger OUT <&- >&- 2>&-", 0),
        ("zeren frobnicate 2>&-", 2),
    ],
)
def test_closed_streams_are_no_fault_of_ours(command: str, code: int, built: Path) -> None:
    done = shell(command, built)
    assert done.returncode == code, done.stderr
    assert "internal" not in done.stderr
    assert "Traceback" not in done.stderr


@SHELL
def test_query_from_standard_input_is_not_read_for_ever(built: Path) -> None:
    done = shell("yes '# comment' | zeren query - OUT", built)
    assert done.returncode == 2
    assert done.stderr.startswith("zeren: query larger than 1 MB")


@SHELL
def test_interrupt_ends_a_long_query(built: Path, tmp_path: Path) -> None:
    (tmp_path / "long.rq").write_text("SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }", "utf-8")
    words = [*ZEREN, "query", str(tmp_path / "long.rq"), "--out", str(built)]
    process = subprocess.Popen(words, env=ENV, stderr=subprocess.PIPE)
    time.sleep(2)
    assert process.poll() is None
    process.send_signal(signal.SIGINT)
    try:
        err = process.communicate(timeout=10)[1].decode()
    finally:
        process.kill()
    assert process.returncode == -signal.SIGINT
    assert err == ""


@SHELL
def test_interrupt_during_the_imports_is_quiet() -> None:
    code = "import os, signal, sys; sys.meta_path.insert(0, type('F', (), {'find_spec': staticmethod(lambda name, *_: " + (
        "os.kill(os.getpid(), signal.SIGINT) if name == 'kg.cli.verbs' else None)})); import kg.cli"
    )
    done = subprocess.run([sys.executable, "-c", code], env=ENV, capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stderr) == (130, "")


def test_reading_verbs_leave_the_signal_as_it_was(built: Path, capsys: Capture) -> None:
    before = signal.getsignal(signal.SIGINT)
    zeren("query", "documents", "--out", built)
    assert signal.getsignal(signal.SIGINT) is before


@pytest.mark.skipif(os.name == "nt", reason="Unix pipes")
def test_closed_pipe_is_quiet(built: Path) -> None:
    command = f'"{sys.executable}" -m kg.cli ledger --out "{built}" | head -c 10'
    done = subprocess.run(["bash", "-c", command], env=ENV, capture_output=True, encoding="utf-8", check=False)
    assert done.stderr == ""


@pytest.mark.skipif(os.name == "nt", reason="Unix signals")
def test_interrupt_is_quiet_and_leaves_no_half(built: Path, tmp_path: Path) -> None:
    shutil.copytree(data.SEEDS / "documents", tmp_path / "d")
    process = subprocess.Popen(
        [*ZEREN, "build", str(tmp_path / "d"), "--out", str(tmp_path / "out")], env=ENV, stderr=subprocess.PIPE
    )
    deadline = time.monotonic() + 60
    while process.poll() is None and not (tmp_path / "out").exists() and time.monotonic() < deadline:
        time.sleep(0.01)
    process.send_signal(signal.SIGINT)
    err = process.communicate()[1].decode()
    if process.returncode != 0:  # else it was faster
        assert process.returncode == 130
        assert err == "zeren: stopped\n"
        assert store.find_current(tmp_path / "out") is None


@pytest.mark.parametrize("encoding", ["gbk", "ascii", "cp1252"])
def test_any_console_encoding_will_do(encoding: str, built: Path) -> None:
    for words in (["--help"], ["query", "deadlines"], ["ledger", "--format", "md"], ["review"]):
        out = [] if words == ["--help"] else ["--out", str(built)]
        env = {**ENV, "PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"}
        done = subprocess.run([*ZEREN, *words, *out], env=env, capture_output=True, check=False)
        assert done.returncode == 0, done.stderr


def test_programs_get_utf8_on_any_console(built: Path) -> None:
    env = {**ENV, "PYTHONIOENCODING": "gbk", "PYTHONUTF8": "0"}
    done = subprocess.run(
        [*ZEREN, "query", "documents", "--format", "csv", "--out", str(built)], env=env, capture_output=True, check=True
    )
    assert "石家庄" in done.stdout.decode("utf-8")
