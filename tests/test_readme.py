"""Both READMEs: every command in them runs, in the order in which it stands."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from kg import checkout
from kg.cli import build_parser

ROOT = Path(__file__).parent.parent
READMES = ("README.md", "README.zh-CN.md")
# shown to be typed once on a fresh machine; test_install.py does the same with a clone and a wheel
SET_UP = re.compile(r"make (demo|test)|git clone \S+|cd \S+|pip install \.|source \.venv/bin/activate")


def blocks(text: str, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", text, re.MULTILINE | re.DOTALL)


def commands(readme: str) -> list[str]:
    """Return the lines after a prompt in the console blocks."""
    text = (ROOT / readme).read_text("utf-8")
    return [line[2:] for block in blocks(text, "console") for line in block.splitlines() if line.startswith("$ ")]


@pytest.mark.skipif(os.name == "nt", reason="the console blocks are for a Unix shell")
@pytest.mark.parametrize("readme", READMES)
def test_every_command_runs(readme: str, built: Path, tmp_path: Path) -> None:
    shutil.copytree(built, tmp_path / "out")
    shutil.copytree(ROOT / "seeds", tmp_path / "seeds")
    tools = tmp_path / "tools"
    tools.mkdir()
    (tools / "zeren").write_text(f'#!/bin/sh\nPYTHONPATH="{ROOT}" exec "{sys.executable}" -m kg.cli "$@"\n')
    (tools / "zeren").chmod(0o755)
    path = f"{tools}{os.pathsep}{os.environ['PATH']}"
    asked = [command for command in commands(readme) if not SET_UP.fullmatch(command)]
    assert len(asked) > 8
    for command in asked:
        done = subprocess.run(
            command,
            shell=True,
            cwd=tmp_path,
            env={**os.environ, "PATH": path},
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        assert done.returncode == 0, f"{command}\n{done.stderr}"
        assert done.stdout.strip(), f"{command} prints nothing"


def test_both_languages_show_the_same_commands() -> None:
    english, chinese = (commands(readme) for readme in READMES)
    assert english == chinese


@pytest.mark.parametrize("readme", READMES)
def test_windows_has_the_same_two(readme: str) -> None:
    lines = [line for block in blocks((ROOT / readme).read_text("utf-8"), "powershell") for line in block.splitlines()]
    assert [line for line in lines if line.startswith("py ")] == ["py -m kg.checkout demo", "py -m kg.checkout test"]
    assert Path(checkout.__file__).name == "checkout.py"


def test_make_and_windows_are_one() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    for target in ("demo", "test"):
        assert re.search(rf"^{target}:.*\n\t@\$\(PYTHON\) -m kg\.checkout {target}$", makefile, re.MULTILINE)


@pytest.mark.parametrize("readme", READMES)
def test_every_verb_is_there(readme: str) -> None:
    text = (ROOT / readme).read_text("utf-8")
    verbs = next(action.choices for action in build_parser()._actions if isinstance(action.choices, dict))
    assert not [verb for verb in verbs if f"zeren {verb}" not in text]


@pytest.mark.parametrize("readme", READMES)
def test_links_lead_somewhere(readme: str) -> None:
    for target in re.findall(r"\]\((?!https?://|#)([^)#]+)", (ROOT / readme).read_text("utf-8")):
        assert (ROOT / target).exists(), target
