"""The tables say what the quads say, and nothing else: after a build, after another one, after a person's verdict."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest

from kg import pipeline, store, toy
from kg.ask import ask
from kg.tables import TABLES, open_tables, render_page, table_files
from tests.read.test_whole import as_pdf
from tests.review.shop import Shop, question
from tests.tables.same import PREFIXES, compare

ROOT = Path(__file__).parent.parent.parent
NOTICE = """\
关于印发《廊坊市2024年河湖与空气质量工作要点》的通知
廊政办〔2024〕3号
各县（市、区）人民政府：
现将《廊坊市2024年河湖与空气质量工作要点》印发给你们，请认真贯彻落实。
廊坊市人民政府办公室
2024年2月6日
"""


def bytes_of(out: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in table_files(store.current(out).folder)}


def agree(out: Path) -> dict[str, int]:
    with open_tables(out) as connection:
        return compare(store.open_current(out), connection)


def test_every_table_says_what_the_store_says(built: Path) -> None:
    counts, manifest = agree(built), store.current(built).manifest.counts
    assert counts["documents"] == 5
    for table, kind in (("tasks", "Task"), ("assignments", "Assignment"), ("indicators", "Indicator"), ("citations", "Citation")):
        assert counts[table] == manifest[kind], table
    assert (counts["organizations"], counts["decisions"]) == (manifest["Organization"], manifest["Decision"])


ADDED = [
    ("plan.txt", toy.TEXT.encode()),
    ("notice.txt", (NOTICE + toy.TEXT).encode()),
    ("none.txt", b"No Chinese in here."),
    ("XX.txt", toy.TEXT.replace("120个", "XX个").encode()),
    ("pages.pdf", as_pdf()),
]


@pytest.mark.parametrize(("name", "content"), ADDED, ids=[name for name, _ in ADDED])
def test_documents_of_other_shapes_are_in_the_tables_too(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    pipeline.build([tmp_path / name], tmp_path / "out")
    assert agree(tmp_path / "out")["documents"] == 1


def test_a_person_s_verdicts_are_in_the_tables(tmp_path: Path) -> None:
    shop = Shop(tmp_path)
    item = question(shop.desk(), "unit", "市拾遗局")
    correction = shop.decide("accept", item, target="市财政局")
    shop.build()
    counts = agree(shop.out)
    with open_tables(shop.out) as connection:
        said = connection.execute(
            "SELECT verdict, corrected_by, correction_reason FROM decisions WHERE mention = '市拾遗局'"
        ).fetchall()
        body = connection.execute(
            "SELECT DISTINCT name FROM assignments JOIN organizations USING (organization_id) WHERE unit_written = '市拾遗局'"
        ).fetchall()
    assert said == [("overruled", correction.by, correction.why)]
    assert body == [("廊坊市财政局",)]
    (shop.documents / "b.txt").write_text(toy.TEXT, "utf-8")  # the next build keeps the corrected document as it is
    shop.build()
    assert agree(shop.out)["tasks"] > counts["tasks"]


CHANGES: list[Callable[[Path], object]] = [
    lambda folder: (folder / "b.txt").write_text(toy.TEXT.replace("2024", "2026"), "utf-8"),
    lambda folder: (folder / "b.txt").unlink(),
    lambda folder: (folder / "0.txt").write_text(toy.TEXT.replace("廊坊", "沧州"), "utf-8"),
    # 市发改委 by its full name: the body that both documents share gets another name
    lambda folder: (folder / "0.txt").write_text(
        toy.TEXT.replace("市发改委", "市发展和改革委员会").replace("2024", "2023"), "utf-8"
    ),
    lambda folder: (folder / "a.txt").unlink(),  # b takes over the plain key
]


@pytest.mark.parametrize("change", CHANGES)
def test_what_is_kept_gives_the_bytes_of_a_fresh_build(tmp_path: Path, change: Callable[[Path], object]) -> None:
    folder = tmp_path / "documents"
    folder.mkdir()
    (folder / "a.txt").write_text(toy.TEXT, "utf-8")
    (folder / "b.txt").write_text(toy.TEXT.replace("45%", "50%"), "utf-8")
    pipeline.build([folder], tmp_path / "out")
    change(folder)
    pipeline.build([folder], tmp_path / "out")
    pipeline.build([folder], tmp_path / "fresh")
    assert bytes_of(tmp_path / "out") == bytes_of(tmp_path / "fresh")
    assert not list((tmp_path / "out").glob("generations/*/tables.rows"))


def test_columns_are_as_declared(tables: duckdb.DuckDBPyConnection) -> None:
    for table in TABLES:
        found = [(row[0], row[1].replace('"', "")) for row in tables.execute(f"DESCRIBE {table.name}").fetchall()]
        assert found == [(column.name, column.type) for column in table.columns]
        for column in table.columns:
            count = f"SELECT count(*) FROM {table.name} WHERE {column.name} IS NULL"
            assert column.empty or tables.execute(count).fetchall() == [(0,)], f"{table.name}.{column.name} can be empty"


def test_the_dictionary_is_that_of_the_schema() -> None:
    assert (ROOT / "kg" / "tables" / "README.md").read_text("utf-8") == render_page()
    for table in TABLES:
        assert table.zh
        assert table.en
        for column in table.columns:
            assert column.zh, f"{table.name}.{column.name}"
            assert column.en, f"{table.name}.{column.name}"


JOINS = [
    ("tasks", "document_id", "documents", "t.document = o.iri"),
    ("assignments", "document_id", "documents", "t.document = o.iri"),
    ("assignments", "task_id", "tasks", "t.task = o.iri"),
    ("assignments", "organization_id", "organizations", "t.organization = o.iri"),
    ("indicators", "task_id", "tasks", "t.task = o.iri"),
    ("citations", "task_id", "tasks", "t.task = o.iri"),
    ("decisions", "document_id", "documents", "t.document = o.iri"),
]


@pytest.mark.parametrize(("table", "key", "other", "same"), JOINS)
def test_numbers_join_what_the_iris_join(tables: duckdb.DuckDBPyConnection, table: str, key: str, other: str, same: str) -> None:
    counted = tables.execute(f"SELECT count(*), count(*) FILTER ({same}) FROM {table} t JOIN {other} o USING ({key})").fetchall()
    stated = tables.execute(f"SELECT count(*) FROM {table} t JOIN {other} o ON {same}").fetchall()
    assert counted[0] == (stated[0][0], stated[0][0])
    assert stated[0][0] > 0


def test_rows_are_numbered_from_one_in_their_order(tables: duckdb.DuckDBPyConnection) -> None:
    for table in TABLES:
        numbers = [row[0] for row in tables.execute(f"SELECT {table.name[:-1]}_id FROM {table.name}").fetchall()]
        assert numbers == list(range(1, len(numbers) + 1)), table.name


def test_headings_are_those_of_the_sections_above(built: Path, tables: duckdb.DuckDBPyConnection) -> None:
    query = "SELECT ?section ?above ?label WHERE { ?section a zr:Section ; rdfs:label ?label OPTIONAL { ?section zr:parentSection ?above } }"
    sections: dict[str, Any] = {r["section"]: r for r in ask(store.open_current(built), PREFIXES + query).records()}
    rows = tables.execute("SELECT section, path FROM tasks WHERE section IS NOT NULL").fetchall()
    assert rows
    for section, path in rows:
        headings: list[str] = []
        while section is not None:
            headings.insert(0, sections[section]["label"])
            section = sections[section]["above"]
        assert path == headings


def test_a_number_that_the_text_leaves_out_is_empty_and_its_words_are_there(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(toy.TEXT.replace("120个", "XX个"), "utf-8")
    pipeline.build([tmp_path / "a.txt"], tmp_path / "out")
    with open_tables(tmp_path / "out") as connection:
        rows = connection.execute("SELECT value, value_text, as_written FROM indicators WHERE kind = 'placeholder'").fetchall()
    assert [(value, text, "XX个" in words) for value, text, words in rows] == [(None, None, True)]
