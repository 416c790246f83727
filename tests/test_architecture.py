"""The program is built in layers: imports point one way, data folders hold no code, what is imported is declared."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

# from the ground up; modules of one line may use each other, as long as no circle comes of it
LAYERS = (
    ("kg", "kg.checkout"),
    ("kg.errors", "kg.data", "kg.correction", "kg.model", "kg.formulas", "kg.machine", "kg.workbook"),
    ("kg.lines", "kg.text", "kg.cues"),
    ("kg.registry",),
    ("kg.read",),
    ("kg.numbering", "kg.weak_marks", "kg.headings", "kg.sections"),
    ("kg.extract",),
    ("kg.resolve",),
    ("kg.correct",),
    ("kg.vocab", "kg.schemes", "kg.queryable"),
    ("kg.rdf",),
    ("kg.ledger", "kg.tables", "kg.store", "kg.reason"),
    ("kg.ask", "kg.trace", "kg.analysis", "kg.review"),
    ("kg.check", "kg.remote", "kg.search"),
    ("kg.network", "kg.frames", "kg.interchange", "kg.endpoint", "kg.report", "kg.explorer"),
    ("kg.opened",),
    ("kg.pipeline", "kg.toy"),
    ("kg.export",),
    ("viz",),
    ("kg.cli",),
)
RANK = {name: rank for rank, layer in enumerate(LAYERS) for name in layer}
MODULES = sorted(path for package in ("kg", "viz") for path in (ROOT / package).rglob("*.py"))
FRONT_DOOR = ROOT / "kg" / "__init__.py"  # kg.open leads to what stands highest, and only when it is called


def module_name(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def unit_of(module: str) -> str:
    """Return the entry of the layers that a module belongs to: kg.extract.units → kg.extract."""
    return module.split(".")[0] if module.startswith("viz") else ".".join(module.split(".")[:2])


def imports(path: Path) -> Iterator[str]:
    """Yield every module that a file imports, at its top or inside a function; not those for types only."""
    tree = ast.parse(path.read_text("utf-8"))
    typing_only = {
        node
        for block in ast.walk(tree)
        if isinstance(block, ast.If) and isinstance(block.test, ast.Name) and block.test.id == "TYPE_CHECKING"
        for node in ast.walk(block)
    }
    for node in ast.walk(tree):
        if node in typing_only:
            continue
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path.name}:{node.lineno}: write the import in full"
            yield from (f"{node.module}.{alias.name}" for alias in node.names) if node.module == "kg" else (node.module or "",)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: module_name(path))
def test_imports_point_one_way(path: Path) -> None:
    own = unit_of(module_name(path))
    assert own in RANK, f"{own} stands in no layer: put it where it belongs"
    for imported in imports(path) if path != FRONT_DOOR else ():
        if imported.split(".")[0] in ("kg", "viz") and (other := unit_of(imported)) in RANK:
            assert RANK[other] <= RANK[own], f"{own} imports {other}, which stands above it"


def test_no_circles() -> None:
    uses = {unit: set[str]() for unit in RANK}
    for path in set(MODULES) - {FRONT_DOOR}:
        own = unit_of(module_name(path))
        uses.setdefault(own, set()).update(unit_of(name) for name in imports(path) if name.startswith(("kg.", "viz.")))
    done: set[str] = set()

    def visit(unit: str, way: tuple[str, ...]) -> None:
        assert unit not in way, f"circle: {' → '.join((*way, unit))}"
        if unit not in done:
            for other in sorted(uses.get(unit, set()) - {unit}):
                visit(other, (*way, unit))
            done.add(unit)

    for unit in sorted(uses):
        visit(unit, ())


def test_reading_knows_nothing_of_rdf() -> None:
    readers = RANK["kg.resolve"]
    for path in MODULES:
        if RANK.get(unit_of(module_name(path)), 0) <= readers:
            roots = {name.split(".")[0] for name in imports(path)}
            assert not roots & {"rdflib", "pyoxigraph", "pyshacl", "owlready2"}, path.name


def test_data_folders_hold_no_code() -> None:
    assert not [path for folder in ("ontology", "queries", "seeds") for path in (ROOT / folder).rglob("*.py")]


def test_what_is_imported_is_declared() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    project, building = settings["project"], settings["build-system"]["requires"]  # viz/web/hatch_build.py needs the second
    extras = [line for extra, lines in project["optional-dependencies"].items() if extra != "dev" for line in lines]
    declared = {re.split(r"[<>=\[; ]", line)[0].lower() for line in [*project["dependencies"], *extras, *building]}
    known = packages_distributions()
    brought_along = {"markupsafe"}  # by jinja2
    for path in MODULES:
        for root in {name.split(".")[0] for name in imports(path)} - sys.stdlib_module_names - {"kg", "viz", ""}:
            names = {name.lower() for name in known.get(root, [root])}
            assert names & (declared | brought_along), f"{path.name} imports {root}, which pyproject.toml does not declare"
