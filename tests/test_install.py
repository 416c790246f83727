"""What a newcomer does: a wheel in a fresh environment, and a clone with its two commands."""

from __future__ import annotations

import ast
import json
import os
import re
import shutil
import subprocess
import sys
import urllib.request
import venv
from pathlib import Path

import pytest

from kg import checkout
from viz.pages.screens import SCREENS

ROOT = Path(__file__).parent.parent
SCRIPTS = "Scripts" if os.name == "nt" else "bin"
# nothing of this checkout or of the running environment may help
CLEAN = {key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "VIRTUAL_ENV", "COV_", "COVERAGE"))}

pytestmark = pytest.mark.slow


def run(*command: str | Path, cwd: Path, code: int = 0) -> str:
    done = subprocess.run(
        [str(word) for word in command], cwd=cwd, env=CLEAN, capture_output=True, encoding="utf-8", errors="replace", check=False
    )
    assert done.returncode == code, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with five documents and an environment that holds the wheel and what it asks for, nothing else."""
    folder = tmp_path_factory.mktemp("elsewhere")
    venv.create(folder / "venv", with_pip=True)
    python = folder / "venv" / SCRIPTS / "python"
    run(sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", folder, ROOT, cwd=folder)
    (wheel,) = folder.glob("zeren-*.whl")
    run(python, "-m", "pip", "install", "--quiet", wheel, cwd=folder)
    shutil.copytree(ROOT / "seeds" / "documents", folder / "文件")
    return folder


@pytest.fixture(scope="module")
def zeren(elsewhere: Path) -> Path:
    return elsewhere / "venv" / SCRIPTS / "zeren"


def test_wheel_does_the_main_job(elsewhere: Path, zeren: Path) -> None:
    where = run(elsewhere / "venv" / SCRIPTS / "python", "-c", "import kg; print(kg.__file__)", cwd=elsewhere)
    assert Path(where.strip()).is_relative_to(elsewhere / "venv")
    said = run(zeren, "build", "文件", "--out", "图谱", cwd=elsewhere)
    assert "graph.html" in said
    assert (elsewhere / "图谱" / "graph.html").stat().st_size > 100_000
    rows = run(
        zeren,
        "query",
        "department-tasks",
        "--param",
        "unit=石家庄市生态环境局",
        "--format",
        "csv",
        "--out",
        "图谱",
        cwd=elsewhere,
    )
    assert len(rows.splitlines()) > 10
    run(zeren, "ledger", "--to", "责任清单.xlsx", "--out", "图谱", cwd=elsewhere)
    assert (elsewhere / "责任清单.xlsx").stat().st_size > 10_000
    assert "load" in run(zeren, "queries", cwd=elsewhere)
    run(zeren, "analyze", "--out", "图谱", cwd=elsewhere)
    run(zeren, "check", "--out", "图谱", cwd=elsewhere)


def test_wheel_has_no_leftovers(elsewhere: Path) -> None:
    site = next((elsewhere / "venv").rglob("site-packages"))
    assert not (site / "kg" / "checkout.py").exists()
    assert (site / "kg" / "_data" / "ontology" / "zeren.ttl").exists()
    assert not [name for name in ("tests", "benchmarks", "ontology", "queries", "seeds") if (site / name).exists()]
    assert not (site / "viz" / "web").exists()


def test_wheel_holds_the_front_end_and_its_licences(elsewhere: Path) -> None:
    vendor = next((elsewhere / "venv").rglob("site-packages")) / "viz" / "static" / "vendor"
    assert (vendor / "yasgui.min.js").stat().st_size > 500_000
    assert (vendor / "yasgui.min.css").stat().st_size > 20_000
    licences = (vendor / "licences.txt").read_text("utf-8")
    for name in json.loads((vendor / "bundle.json").read_text("utf-8"))["packages"]:
        assert f"== {name} " in licences
    assert licences.count("Permission is hereby granted") > 20


def test_wheel_serves_its_pages(elsewhere: Path, zeren: Path) -> None:
    if not (elsewhere / "图谱").exists():
        run(zeren, "build", "文件", "--out", "图谱", cwd=elsewhere)
    command = [str(zeren), "serve", "--port", "0", "--out", "图谱"]
    with subprocess.Popen(command, cwd=elsewhere, env=CLEAN, stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as server:
        try:
            assert server.stdout is not None
            said = server.stdout.readline().decode("utf-8", "replace")
            found = re.search(r"http://[\d.:]+", said)
            assert found is not None, said + server.stdout.read().decode("utf-8", "replace")
            opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
            pages = {}
            screens = [screen.path for screen in SCREENS if not screen.has_key]
            named = ["/sparql?name=department-load", "/id/region/130100", "/ns", "/static/vendor/yasgui.min.js"]
            for path in [*named, *screens, "/table/tasks", "/api/search?q=fgw"]:
                with opener.open(urllib.request.Request(found[0] + path, headers={"Accept": "text/html"}), timeout=30) as answer:
                    pages[path] = answer.read().decode("utf-8")
        finally:
            server.terminate()
    assert "石家庄市生态环境局" in pages["/sparql?name=department-load"]
    assert "yasgui.min.js" in pages["/sparql?name=department-load"]
    assert "石家庄市" in pages["/id/region/130100"]
    assert 'id="leadUnit"' in pages["/ns"]
    assert "发展和改革委员会" in pages["/api/search?q=fgw"]
    for path in screens:  # each with the styles and words that the wheel brought along
        assert "/static/app/base.css" in pages[path], path


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the checkout as git would give it."""
    folder = tmp_path_factory.mktemp("clone") / "zeren"
    leave_out = shutil.ignore_patterns(".*", "out", "*-out", "build", "dist", "__pycache__", "*.egg-info", "vendor")
    return Path(shutil.copytree(ROOT, folder, ignore=leave_out))


def test_demo_sets_up_and_shows_the_graph(clone: Path) -> None:
    command = (
        ["make", "demo", f"PYTHON={sys.executable}"] if shutil.which("make") else [sys.executable, "-m", "kg.checkout", "demo"]
    )
    first = run(*command, cwd=clone)
    assert "Installed in" in first
    assert (clone / "viz" / "static" / "vendor" / "yasgui.min.js").exists()
    assert (clone / "out" / "graph.html").exists()
    second = run(*command, cwd=clone)
    assert "Install" not in second
    # what it says to ask next works as it is printed
    asked = [line.strip() for line in second.splitlines() if " query " in line]
    assert len(asked) >= 3
    for line in asked[:3]:
        done = subprocess.run(line, shell=True, cwd=clone, env=CLEAN, capture_output=True, encoding="utf-8", check=False)
        assert done.returncode == 0, line + done.stderr
        assert len(done.stdout.splitlines()) > 2, line


def test_old_python_can_read_what_tells_it() -> None:
    for name in ("__init__.py", "checkout.py"):
        ast.parse((ROOT / "kg" / name).read_text("utf-8"), feature_version=(3, 7))


def test_old_python_is_told(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(checkout, "OLDEST", (3, 99))
    assert checkout.main(["demo"]) == 2
    assert "Python 3.99 or newer is needed" in capsys.readouterr().out


def test_missing_venv_is_told(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    monkeypatch.setattr(checkout, "PYTHON", tmp_path / "none")
    monkeypatch.setattr(checkout, "VENV", tmp_path / "venv")
    monkeypatch.setattr(checkout, "lacks", lambda python: "ensurepip")
    assert checkout.main(["test"]) == 2
    assert "sudo apt install python3-venv" in capsys.readouterr().out
