"""How front-end code of others gets beside the pages: by lock file, once, and without it when it cannot be had."""

from __future__ import annotations

import importlib.util
import json
import shutil
import subprocess
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parent.parent.parent
WEB = ROOT / "viz" / "web"


@pytest.fixture
def bundle() -> ModuleType:
    """Return the program as a module: it belongs to no package."""
    spec = importlib.util.spec_from_file_location("bundle", WEB / "bundle.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def make_modules(folder: Path) -> None:
    """Write what npm would leave: the editor, one package below it, and the one for tests."""
    for name, depends, licence in (
        ("@zazuko/yasgui", {"below": "1"}, ""),
        ("below", {}, "Copyright 某人"),
        ("acorn", {}, ""),
        ("axe-core", {}, ""),
        ("stray", {}, ""),
    ):
        (folder / name / "build").mkdir(parents=True)
        content = {"name": name, "version": "1.2", "license": "MIT", "author": "甲 <a@example.org>", "dependencies": depends}
        (folder / name / "package.json").write_text(json.dumps(content), "utf-8")
        if licence:
            (folder / name / "LICENSE").write_text(licence, "utf-8")
    for file in (
        "@zazuko/yasgui/build/yasgui.min.js",
        "@zazuko/yasgui/build/yasgui.min.css",
        "axe-core/axe.min.js",
        "acorn/dist/acorn.js",
    ):
        (folder / file).parent.mkdir(parents=True, exist_ok=True)
        (folder / file).write_text(f"{file}\n//# sourceMappingURL={file}.map\n", "utf-8")


@pytest.fixture
def npm(bundle: ModuleType, monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """Let npm be a program that writes packages; return what it was asked."""
    calls: list[list[str]] = []

    def run(command: list[str], folder: Path) -> None:
        calls.append(command)
        make_modules(folder / "node_modules")

    monkeypatch.setattr(bundle, "find_npm", lambda work: ["npm"])
    monkeypatch.setattr(bundle, "_run", run)
    return calls


def test_fetches_once_and_leaves_the_map_behind(bundle: ModuleType, npm: list[list[str]], tmp_path: Path) -> None:
    vendor, for_tests = tmp_path / "vendor", tmp_path / "tests"
    assert bundle.fetch(vendor=vendor, for_tests=for_tests)
    assert (vendor / "yasgui.min.js").read_text("utf-8") == "@zazuko/yasgui/build/yasgui.min.js\n"
    assert not for_tests.exists()
    assert not bundle.fetch(vendor=vendor, for_tests=for_tests)
    assert len(npm) == 1
    assert {"ci", "--ignore-scripts", "--omit=dev"} <= set(npm[0])


def test_licences_of_all_that_is_inside_and_of_nothing_else(bundle: ModuleType, npm: list[list[str]], tmp_path: Path) -> None:
    bundle.fetch(vendor=tmp_path, for_tests=tmp_path / "tests")
    licences = (tmp_path / "licences.txt").read_text("utf-8")
    heads = [line for line in licences.splitlines() if line.startswith("== ")]
    assert [head.split()[1] for head in heads] == ["@zazuko/yasgui", "below"]
    assert "© 甲," in heads[0]
    assert "Permission is hereby granted" in licences  # the editor names its licence and ships no text
    assert "Copyright 某人" in licences
    assert json.loads((tmp_path / "bundle.json").read_text("utf-8"))["packages"] == {"@zazuko/yasgui": "1.2", "below": "1.2"}


@pytest.mark.parametrize("lost", ["bundle.json", "yasgui.min.css", "licences.txt"])
def test_a_folder_that_lacks_something_is_filled_anew(
    bundle: ModuleType, npm: list[list[str]], tmp_path: Path, lost: str
) -> None:
    bundle.fetch(vendor=tmp_path / "v", for_tests=tmp_path / "t")
    (tmp_path / "v" / lost).unlink()
    assert bundle.fetch(vendor=tmp_path / "v", for_tests=tmp_path / "t")
    assert (tmp_path / "v" / lost).exists()


def test_another_lock_file_fetches_again(
    bundle: ModuleType, npm: list[list[str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bundle.fetch(True, tmp_path / "v", tmp_path / "t")
    assert (tmp_path / "t" / "axe.min.js").exists()
    monkeypatch.setattr(bundle, "digest", lambda: "another")
    assert bundle.fetch(True, tmp_path / "v", tmp_path / "t")


def test_failure_is_one_line_and_leaves_nothing(
    bundle: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(bundle, "digest", lambda: "never seen")
    monkeypatch.setattr(bundle, "find_npm", lambda work: [str(tmp_path / "no-such-npm")])
    with pytest.raises(bundle.NotFetchedError):
        bundle.fetch(vendor=tmp_path / "v")
    assert bundle.main([]) == 1
    said = capsys.readouterr().err
    assert said.startswith("zeren: the front-end code was not fetched: no-such-npm")
    assert len(said.splitlines()) == 1
    assert not (tmp_path / "v").exists()


def test_a_folder_that_cannot_be_written_is_said(bundle: ModuleType, npm: list[list[str]], tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    with pytest.raises(bundle.NotFetchedError, match="file"):
        bundle.fetch(vendor=tmp_path / "file" / "vendor", for_tests=tmp_path / "t")


def test_the_lock_file_names_no_host_and_pins_what_is_used(bundle: ModuleType) -> None:
    lock = json.loads((WEB / "package-lock.json").read_text("utf-8"))
    package = json.loads((WEB / "package.json").read_text("utf-8"))
    locked = {name: entry for name, entry in lock["packages"].items() if name}
    assert not [name for name, entry in locked.items() if "resolved" in entry]
    assert all(entry["integrity"].startswith("sha512-") for entry in locked.values())
    for name, version in {**package["dependencies"], **package["devDependencies"]}.items():
        assert locked[f"node_modules/{name}"]["version"] == version
    assert set(bundle.RUNTIME) == set(package["dependencies"])
    assert set(bundle.TESTS) == set(package["devDependencies"])


def test_the_repository_holds_no_code_of_others() -> None:
    git = shutil.which("git")
    if git is None or not (ROOT / ".git").exists():
        pytest.skip("no git, or no repository around")
    listed = subprocess.run([git, "ls-files"], cwd=ROOT, capture_output=True, encoding="utf-8", check=True).stdout
    assert not [name for name in listed.splitlines() if "/vendor/" in name or name.endswith(".min.js") or "node_modules" in name]
