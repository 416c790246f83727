"""The tables as CSV and Parquet, read again by pandas: as many rows as the store has, and the same values."""

from __future__ import annotations

import json
import zipfile
from decimal import Decimal
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from kg import pipeline, store, toy
from kg.export import export
from kg.tables import TABLES, open_tables, render_dictionary

NAMES = [table.name for table in TABLES]


def rows_of(generation: store.Generation, table: str) -> list[tuple[Any, ...]]:
    with open_tables(generation) as tables:
        return tables.execute(f"SELECT * FROM {table} ORDER BY {table[:-1]}_id").fetchall()


def read_csv(path: Any) -> pd.DataFrame:
    return pd.read_csv(path, dtype=str, keep_default_na=False)


def same(cell: str, value: Any) -> bool:
    match value:
        case None:
            return cell == ""
        case bool():
            return cell == str(value).lower()
        case Decimal():
            return Decimal(cell) == value
        case list():
            return bool(json.loads(cell) == value)
        case str():
            return cell in (value, f"'{value}")
        case _:
            return cell == str(value)


def test_csv_read_again_has_every_value(built: Path, target: Path) -> None:
    generation = store.current(built)
    export(generation, "csv", target)
    counts = generation.manifest.counts
    for table in TABLES:
        frame, rows = read_csv(target / f"{table.name}.csv"), rows_of(generation, table.name)
        assert list(frame.columns) == [column.name for column in table.columns]
        assert len(frame) == len(rows)
        for cells, values in zip(frame.itertuples(index=False), rows, strict=True):
            assert all(same(cell, value) for cell, value in zip(cells, values, strict=True)), (table.name, cells, values)
    assert len(read_csv(target / "tasks.csv")) == counts["Task"]
    assert len(read_csv(target / "assignments.csv")) == counts["Assignment"]
    assert (target / "README.md").read_text("utf-8").startswith(render_dictionary())


def test_parquet_read_again_has_every_value(built: Path, target: Path) -> None:
    generation = store.current(built)
    export(generation, "parquet", target)
    for table in TABLES:
        frame, rows = pd.read_parquet(target / f"{table.name}.parquet"), rows_of(generation, table.name)
        assert list(frame.columns) == [column.name for column in table.columns]
        assert frame["iri"].tolist() == [row[list(frame.columns).index("iri")] for row in rows]
    tasks, assignments = (pd.read_parquet(target / f"{name}.parquet") for name in ("tasks", "assignments"))
    assert len(tasks) == generation.manifest.counts["Task"]
    assert len(assignments.merge(tasks, on="task_id")) == generation.manifest.counts["Assignment"]


@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_a_selection_has_the_rows_of_its_documents(generation: store.Generation, target: Path, form: Any) -> None:
    export(generation, form, target, documents=["沧州市2025年"])
    frames = {
        name: read_csv(target / f"{name}.csv") if form == "csv" else pd.read_parquet(target / f"{name}.parquet") for name in NAMES
    }
    assert frames["documents"]["region_name"].tolist() == ["沧州市"]
    (iri,) = frames["documents"]["iri"]
    for name in ("tasks", "assignments", "indicators", "citations", "decisions"):
        assert set(frames[name]["document"]) == {iri}
        with open_tables(generation) as tables:
            assert len(frames[name]) == len(tables.execute(f"SELECT iri FROM {name} WHERE document = ?", [iri]).fetchall())
    named = {one for one in [*frames["assignments"]["organization"], *frames["documents"]["issuer"]] if one}
    assert set(frames["organizations"]["iri"]) == named


def test_a_zip_holds_the_same_files(generation: store.Generation, tmp_path: Path) -> None:
    export(generation, "csv", tmp_path / "folder")
    for name in ("a.zip", "b.zip"):
        export(generation, "csv", tmp_path / name)
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()
    with zipfile.ZipFile(tmp_path / "a.zip") as archive:
        assert sorted(archive.namelist()) == sorted(path.name for path in (tmp_path / "folder").iterdir() if path.name[0] != ".")
        for name in archive.namelist():
            assert archive.read(name) == (tmp_path / "folder" / name).read_bytes()


def test_excel_knows_the_encoding_by_the_mark(generation: store.Generation, tmp_path: Path) -> None:
    export(generation, "csv", tmp_path / "with", bom=True)
    export(generation, "csv", tmp_path / "without")
    for name in NAMES:
        content = (tmp_path / "with" / f"{name}.csv").read_bytes()
        assert content == b"\xef\xbb\xbf" + (tmp_path / "without" / f"{name}.csv").read_bytes()


def test_no_cell_is_run_as_a_formula(tmp_path: Path) -> None:
    text = toy.TEXT.replace("1.整治入河排污口。", "1.=HYPERLINK(1)整治入河排污口。").replace("市水利局", "+市水利局")
    (tmp_path / "=a.txt").write_text(text, "utf-8")
    pipeline.build([tmp_path / "=a.txt"], tmp_path / "out")
    export(store.current(tmp_path / "out"), "csv", tmp_path / "csv")
    cells = [cell for name in NAMES for row in read_csv(tmp_path / "csv" / f"{name}.csv").itertuples(index=False) for cell in row]
    assert "'=a.txt" in cells
    assert not [cell for cell in cells if cell[:1] in "=+@\t" and cell]


def test_the_metadata_describe_the_files(generation: store.Generation, target: Path) -> None:
    export(generation, "csv", target)
    content = json.loads((target / "csv-metadata.json").read_text("utf-8"))
    assert content["@context"] == "http://www.w3.org/ns/csvw"
    assert [table["url"] for table in content["tables"]] == [f"{name}.csv" for name in NAMES]
    for table in content["tables"]:
        frame = read_csv(target / table["url"])
        schema = table["tableSchema"]
        assert [column["name"] for column in schema["columns"]] == list(frame.columns)
        assert frame[schema["primaryKey"]].is_unique
        assert [c["name"] for c in schema["columns"] if c["required"] and (frame[c["name"]] == "").any()] == []
        for key in schema["foreignKeys"]:
            there = set(read_csv(target / key["reference"]["resource"])[key["reference"]["columnReference"]])
            assert set(frame[key["columnReference"]]) - {""} <= there, (table["url"], key)
    assert len(content["tables"][2]["tableSchema"]["foreignKeys"]) == 3


def test_parquet_is_that_of_the_generation(generation: store.Generation, target: Path) -> None:
    export(generation, "parquet", target)
    for name in NAMES:
        assert (target / f"{name}.parquet").read_bytes() == (generation.tables / f"{name}.parquet").read_bytes()
