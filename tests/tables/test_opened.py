"""Tables are opened whole or not at all, and who asks them reaches nothing else."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from kg import pipeline, store, toy
from kg.errors import OutputError, StoreError
from kg.tables import TABLES, TableDraft, open_tables, opened


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """Return a graph of the toy; the folder's name is no pattern and no SQL."""
    (tmp_path / "a.txt").write_text(toy.TEXT, "utf-8")
    folder = tmp_path / "out [1]'责任"
    pipeline.build([tmp_path / "a.txt"], folder)
    return folder


def delete(path: Path) -> None:
    path.unlink()


def truncate(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


DAMAGE: list[tuple[Callable[[Path], None], str]] = [
    (delete, r"tasks\.parquet: is missing; run `zeren build SOURCES --out .*` again"),
    (truncate, r"damaged.*run `zeren build SOURCES --out .*` again"),
    (flip, r"damaged.*run `zeren build SOURCES --out .*` again"),
]


@pytest.mark.parametrize(("spoil", "message"), DAMAGE)
def test_damage_is_told_and_mended_by_another_build(out: Path, spoil: Callable[[Path], None], message: str) -> None:
    generation = store.current(out)
    before = {path.name: path.read_bytes() for path in generation.tables.iterdir()}
    spoil(generation.tables / "tasks.parquet")
    assert not generation.is_whole()
    with pytest.raises(StoreError, match=message):
        open_tables(out)
    assert not pipeline.build([out.parent / "a.txt"], out).unchanged
    assert {path.name: path.read_bytes() for path in store.current(out).tables.iterdir()} == before
    open_tables(out).close()


def test_large_tables_are_not_read_through_before_they_are_asked(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opened, "SMALL", 0)
    monkeypatch.setattr(opened, "digest", lambda path: pytest.fail("read through"))
    open_tables(out).close()
    truncate(store.current(out).tables / "tasks.parquet")
    with pytest.raises(StoreError, match="damaged"):
        open_tables(out)


def test_where_nothing_was_built_it_says_so(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no graph here yet"):
        open_tables(tmp_path)


BARRED = [
    "SELECT * FROM read_csv('{home}/a.txt')",
    "SELECT * FROM read_text('{home}/*.txt')",
    "SELECT * FROM 'https://example.org/a.parquet'",
    "COPY tasks TO '{home}/b.csv'",
    "ATTACH '{home}/b.db'",
    "INSTALL httpfs",
    "LOAD httpfs",
    "SET enable_external_access = true",
    "SET memory_limit = '100GB'",
]


@pytest.mark.parametrize("statement", BARRED)
def test_nothing_but_the_tables_can_be_reached(out: Path, statement: str) -> None:
    before = sorted(out.parent.iterdir())
    with open_tables(out) as connection:
        assert connection.execute("SELECT count(*) FROM tasks").fetchall() == [(5,)]
        with pytest.raises(duckdb.Error, match=r"disabled|Cannot (?:access|change)"):
            connection.execute(statement.format(home=out.parent)).fetchall()
    assert sorted(out.parent.iterdir()) == before


def test_both_a_folder_and_a_generation_can_be_opened(out: Path) -> None:
    for graph in (out, store.current(out)):
        with open_tables(graph) as connection:
            names = [row[0] for row in connection.execute("SHOW TABLES").fetchall()]
        assert names == sorted(table.name for table in TABLES)


def test_each_connection_has_a_place_of_its_own_for_what_does_not_fit(out: Path) -> None:
    with open_tables(out, memory="30MB") as one, open_tables(out, memory="30MB") as two:
        places = {connection.execute("SELECT current_setting('temp_directory')").fetchall()[0][0] for connection in (one, two)}
        many = "SELECT count(*), max(hash) FROM (SELECT hash(range) AS hash FROM range(2000000) ORDER BY hash)"
        assert one.execute(many).fetchall() == two.execute(many).fetchall()
    assert len(places) == 2
    assert not [place for place in places if Path(place).exists()]


ROWS = ["", "\0", "甲" * 20_000_000, '"\\\n\t\u2028', "'; DROP TABLE tasks; --", "𠮷"]


@pytest.mark.parametrize("words", ROWS, ids=range(len(ROWS)))
def test_whatever_words_a_row_has_come_out_as_they_went_in(tmp_path: Path, words: str) -> None:
    row = {"iri": "i", "document": "d", "subject": "unit", "position": 1, "mention": words, "candidates": [words[:9]], "count": 1}
    with TableDraft(tmp_path) as draft:
        draft.add([("documents", {"iri": "d", "key": "k"}), ("decisions", row)])
        draft.write([])
    source = f"read_parquet('{tmp_path}/tables/decisions.parquet')"
    found = duckdb.connect().execute(f"SELECT mention, candidates FROM {source}").fetchall()
    assert found == [(words, [words[:9]])]


@pytest.mark.parametrize("name", ["tables", "tables.rows"])
def test_what_cannot_be_written_is_told(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("in the way", "utf-8")
    with pytest.raises(OutputError, match=f"{name}: cannot be written .*free space or give another --out"):
        TableDraft(tmp_path)


def test_a_full_disk_is_told(tmp_path: Path) -> None:
    with TableDraft(tmp_path) as draft:
        draft.add([("documents", {"iri": "d", "key": "k"})])
        (tmp_path / "tables").rmdir()
        with pytest.raises(OutputError, match="cannot be written"):
            draft.write([])
