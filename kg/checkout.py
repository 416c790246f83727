"""What someone does in a fresh clone: ``python -m kg.checkout demo`` and ``… test``; needs nothing but Python itself.

Makes ``.venv``, installs the project there and goes on with that environment's Python. The second run installs nothing
unless ``pyproject.toml`` or the lock file of the front-end code changed. It keeps to syntax that Python 3.7 reads, so that
an old one can be told it is too old.
"""

from __future__ import annotations

import argparse
import functools
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
SCRIPTS = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = SCRIPTS / ("python.exe" if os.name == "nt" else "python")
ZEREN = SCRIPTS / ("zeren.exe" if os.name == "nt" else "zeren")
OLDEST = (3, 11)
NEWEST = (3, 15)

CHECKS = (
    ("lint", ["-m", "ruff", "check", "."]),
    ("format", ["-m", "ruff", "format", "--check", "."]),
    ("types", ["-m", "mypy"]),
)
NOTHING_CHOSEN = 5  # what pytest says where its arguments leave no test


class SetupError(Exception):
    """Something that the person in front of the computer has to mend."""


def main(argv: list[str] | None = None) -> int:
    """Run one command; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m kg.checkout", description=(__doc__ or "").split(";")[0])
    parser.add_argument(
        "command", choices=("demo", "test"), help="demo: build the graph of the five documents; test: run every check"
    )
    parser.add_argument("args", nargs=argparse.REMAINDER, help="test: further arguments for pytest")
    options = parser.parse_args(argv)
    try:
        if sys.version_info < OLDEST:
            return hand_over(sys.argv[1:] if argv is None else argv)
        return demo() if options.command == "demo" else test(options.args)
    except SetupError as error:
        say(f"zeren: {error}")
        return 2
    except KeyboardInterrupt:
        return 130


def hand_over(argv: list[str]) -> int:
    """Go on with a newer Python where one is installed beside this one."""
    for minor in range(NEWEST[1], OLDEST[1] - 1, -1):
        newer = shutil.which(f"python3.{minor}")
        if newer and lacks(newer) is None:
            return run(newer, "-m", "kg.checkout", *argv)
    raise SetupError(
        f"Python {OLDEST[0]}.{OLDEST[1]} or newer is needed and this is {sys.version.split()[0]}; install one, then run: "
        f"make {argv[0]} PYTHON=python3.{OLDEST[1]} (on Windows: py -3.{OLDEST[1]} -m kg.checkout {argv[0]})"
    )


def demo() -> int:
    """Build the graph of the documents that come with the project."""
    prepare("")
    return run(ZEREN, "build", Path("seeds", "documents"), "--out", "out")


def test(pytest_args: list[str]) -> int:
    """Run every check, also when one fails, and say at the end which did."""
    prepare("dev")
    failed = []
    checks = [(name, functools.partial(run, PYTHON, *command)) for name, command in CHECKS]
    for name, step in [*checks, ("tests", functools.partial(run_tests, pytest_args))]:
        say(f"== {name} ==")
        started = time.monotonic()
        code = step()
        say(f"== {name}: {'failed' if code else 'passed'} in {time.monotonic() - started:.1f} s ==\n")
        if code:
            failed.append(name)
    say(f"FAILED: {', '.join(failed)}" if failed else "All checks passed.")
    return 1 if failed else 0


def run_tests(pytest_args: list[str]) -> int:
    """Run the slow tests, which open browsers and make environments, beside all others; return 0 if none failed."""
    command = [str(PYTHON), "-m", "pytest", "-m"]
    with tempfile.TemporaryFile() as said:
        with subprocess.Popen([*command, "slow", *pytest_args], cwd=str(ROOT), stdout=said, stderr=said) as slow:
            try:
                quick = run(*command, "not slow", *pytest_args)
            except BaseException:
                slow.terminate()
                raise
        said.seek(0)
        say("== slow tests ==\n" + said.read().decode("utf-8", "replace"))
    codes = [quick, slow.returncode]
    return next((code for code in codes if code not in (0, NOTHING_CHOSEN)), min(codes))


def prepare(extra: str) -> None:
    """Make the environment and install the project with ``extra`` in it, unless that was done already."""
    decisive = b"".join((ROOT / name).read_bytes() for name in ("pyproject.toml", "viz/web/package-lock.json"))
    wanted = hashlib.sha256(decisive + sys.version.encode()).hexdigest()
    stamps = {name: VENV / f"installed-{name or 'plain'}.txt" for name in (extra, "dev")}  # "dev" holds all that plain has
    if PYTHON.exists() and any(stamp.exists() and stamp.read_text() == wanted for stamp in stamps.values()):
        return
    started = time.monotonic()
    if not PYTHON.exists() or version_of(PYTHON) != sys.version.split()[0]:
        say("Making the virtual environment .venv …")
        make_environment()
    say("Installing Zeren and what it needs into .venv (this time only) …")
    fetch_front_end(tests=bool(extra))
    target = f".[{extra}]" if extra else "."
    if run(PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--editable", target):
        raise SetupError(
            "pip could not install the packages (its own message stands above); check the connection to the package index "
            "or name a mirror with the variable PIP_INDEX_URL, then run the command again"
        )
    stamps[extra].write_text(wanted)
    say(f"Installed in {time.monotonic() - started:.0f} s.")


def fetch_front_end(tests: bool) -> None:
    """Fetch the code of others that pages use; the program works without it too."""
    if run(PYTHON, Path("viz", "web", "bundle.py"), *(["--tests"] if tests else [])):
        say("Going on without it: the SPARQL page will be a plain form. To fetch it later: python viz/web/bundle.py")


def make_environment() -> None:
    """Make ``.venv`` anew."""
    missing = lacks(sys.executable)
    if missing:
        raise SetupError(
            f"this Python cannot make virtual environments (it has no module {missing}); "
            "on Debian or Ubuntu run: sudo apt install python3-venv"
        )
    command = [sys.executable, "-m", "venv", "--clear", str(VENV)]
    made = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
    if made.returncode:
        said = made.stdout.decode(errors="replace").strip().splitlines() or ["no reason given"]
        raise SetupError(f"{VENV} could not be made: {said[-1]}; check that the folder can be written")


def lacks(python: str) -> str | None:
    """Return the module that ``python`` would need to make an environment and has not."""
    for module in ("venv", "ensurepip"):
        if subprocess.call([python, "-c", f"import {module}"], stderr=subprocess.DEVNULL):
            return module
    return None


def version_of(python: Path) -> str:
    """Return the version of another Python, empty when it does not start."""
    command = [str(python), "-c", "import sys; print(sys.version.split()[0])"]
    answer = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False)
    return answer.stdout.decode().strip()


def run(*command: str | Path) -> int:
    """Run a program in the clone; return its exit code."""
    return subprocess.call([str(word) for word in command], cwd=str(ROOT))


def say(line: str) -> None:
    """Print a line at once, in whatever encoding the terminal has."""
    encoding = sys.stdout.encoding or "utf-8"
    print(line.encode(encoding, "replace").decode(encoding), flush=True)


if __name__ == "__main__":
    sys.exit(main())
