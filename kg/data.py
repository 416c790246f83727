"""Where the project's knowledge lies: beside the packages in a checkout, inside the wheel once installed."""

from __future__ import annotations

from pathlib import Path

_INSTALLED = Path(__file__).parent / "_data"
_ROOT = _INSTALLED if _INSTALLED.is_dir() else Path(__file__).parent.parent

ONTOLOGY = _ROOT / "ontology"
QUERIES = _ROOT / "queries"
SEEDS = _ROOT / "seeds"
