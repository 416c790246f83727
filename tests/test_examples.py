"""The examples run from top to bottom on the graph of the five documents, and show what they promise."""

from __future__ import annotations

import base64
import io
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import nbformat
import numpy as np
import pandas as pd
import pytest

from kg.errors import InstallError

ROOT = Path(__file__).parent.parent
NOTEBOOK = ROOT / "examples" / "analyst.ipynb"


def read_notebook() -> Any:
    return nbformat.read(NOTEBOOK, as_version=4)  # type: ignore[no-untyped-call]  # nbformat ships no types for it


def test_the_notebook_is_kept_without_outputs() -> None:
    """Nothing of the machine that it was last run on is in it."""
    notebook = read_notebook()
    nbformat.validate(notebook)
    assert dict(notebook.metadata) == {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    for cell in notebook.cells:
        assert not cell.metadata, cell.id
        if cell.cell_type == "code":
            assert (cell.outputs, cell.execution_count) == ([], None), cell.id


def test_every_explanation_is_in_both_languages() -> None:
    for cell in read_notebook().cells:
        if cell.cell_type == "markdown":
            chinese = sum("一" <= sign <= "鿿" for sign in cell.source)
            english = sum(sign.isascii() and sign.isalpha() for sign in cell.source)
            assert chinese > 10, cell.id
            assert english > 30, cell.id


def has_chinese_font() -> bool:
    from viz.fonts import use_chinese_font

    try:
        return bool(use_chinese_font())
    except InstallError:
        return False


@pytest.mark.filterwarnings("default")  # what the machinery of notebooks deprecates is not ours
def test_the_notebook_runs(built: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    if not has_chinese_font():
        pytest.skip("no font with Chinese characters is installed")
    from nbclient import NotebookClient

    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path))  # not the person's own settings
    notebook = read_notebook()
    NotebookClient(notebook, timeout=120, kernel_name="python3", resources={"metadata": {"path": str(built.parent)}}).execute()

    cells = {cell.id: cell.outputs for cell in notebook.cells if cell.cell_type == "code"}
    said = "".join(output.text for outputs in cells.values() for output in outputs if output.output_type == "stream")
    assert "Warning" not in said  # a glyph that is missing, a method that is going away
    assert "Glyph" not in said
    for name in ("documents", "load", "metrics", "metric", "metric-table", "gaps", "sparql"):
        (output,) = cells[name]
        assert "<td>" in output.data["text/html"], name
    assert "石家庄市生态环境局" in cells["load"][0].data["text/html"]
    assert "判定：" in said  # the trace
    for name in ("load-chart", "network"):
        (picture,) = [output.data["image/png"] for output in cells[name]]
        assert_drawn(picture)


def assert_drawn(picture: str) -> None:
    """See that a picture is no blank: many colours, and ink over much of it."""
    from matplotlib import image

    pixels = image.imread(io.BytesIO(base64.b64decode(picture)))[..., :3]
    height, width, _ = pixels.shape
    assert min(height, width) > 300
    ink = np.asarray((pixels < 0.95).any(axis=2))
    assert 0.01 < ink.mean() < 0.9
    assert ink[:, : width // 2].any()
    assert ink[:, width // 2 :].any()
    assert len({tuple(colour) for colour in pixels[ink][:: max(1, ink.sum() // 5000)].round(1).tolist()}) > 3


def run_script(*words: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
    command = [sys.executable, str(ROOT / "examples" / "due.py"), *words]
    return subprocess.run(command, cwd=cwd, env=environment, capture_output=True, encoding="utf-8", check=False)


def test_what_is_due(built: Path, tmp_path: Path) -> None:
    done = run_script("石家庄市水利局", cwd=built.parent)
    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert len(lines) > 5
    assert sorted(line[:10] for line in lines) == [line[:10] for line in lines]  # the earliest first
    table = tmp_path / "时限.csv"
    assert run_script("石家庄市水利局", "--to", str(table), cwd=built.parent).returncode == 0
    assert table.read_bytes().startswith(b"\xef\xbb\xbf")  # by which Excel knows UTF-8
    assert len(pd.read_csv(table)) == len(lines)


def test_a_name_that_nobody_has(built: Path) -> None:
    done = run_script("石家庄市水局", cwd=built.parent)
    assert done.returncode == 2
    assert "nearest: 石家庄市水利局" in done.stderr
