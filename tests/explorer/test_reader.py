"""The text of a document with its marks: pieces that join to the text, passages that are what was read, parts, who cites."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.explorer import NotHereError, Params, Snapshot
from kg.explorer.documents import gather_documents
from kg.explorer.reader import gather_document, list_policies
from kg.explorer.reader.cited import CitedPolicy
from kg.explorer.reader.document import Reader, read_place
from kg.explorer.reader.outline import PART, WHOLE, Heading, cut_parts
from kg.explorer.reader.pieces import Place, cut_pieces

TEXTS = st.text(st.sampled_from("由市水利局\n，。𠮷\U0001f600\u202e "), max_size=40)
PLACES = st.lists(st.tuples(st.integers(0, 45), st.integers(0, 45)), max_size=12)


def read(snapshot: Snapshot, key: str, **asked: str) -> Reader:
    found = gather_document(snapshot, Params(key, {name: (value,) for name, value in asked.items()}))
    assert isinstance(found, Reader)
    return found


@given(TEXTS, PLACES, st.integers(0, 20), st.integers(0, 45))
def test_pieces_join_to_the_text_and_marks_keep_their_words(
    text: str, places: list[tuple[int, int]], start: int, end: int
) -> None:
    marks = [Place(*sorted(place)) for place in places]
    start, end = sorted((min(start, len(text)), min(end, len(text))))
    pieces = cut_pieces(text, marks, start, end)
    assert "".join(piece.text for piece in pieces) == text[start:end]
    assert all(text[piece.start : piece.end] == piece.text for piece in pieces)
    for number, mark in enumerate(marks):
        covered = [piece for piece in pieces if number in piece.marks]
        assert "".join(piece.text for piece in covered) == text[max(mark.start, start) : max(min(mark.end, end), start)]
        assert sum(number in piece.opens for piece in pieces) == (start <= mark.start < min(mark.end, end))


def test_of_nested_marks_the_innermost_stands_last() -> None:
    pieces = cut_pieces("甲乙丙丁", [Place(0, 4), Place(1, 3), Place(2, 4)])
    assert [(piece.text, piece.marks, piece.opens) for piece in pieces] == [
        ("甲", (0,), (0,)),
        ("乙", (0, 1), (1,)),
        ("丙", (0, 2, 1), (2,)),  # 1 ends before 2, which it overlaps
        ("丁", (0, 2), ()),
    ]


def test_marks_stand_where_the_tables_say(snapshot: Snapshot) -> None:
    """Every quote of the tables is marked, by its words; nothing else is."""
    tables = {"task": "tasks", "indicator": "indicators", "citation": "citations", "body": "assignments"}
    for key, entry in snapshot.documents.items():
        reader = read(snapshot, key)
        text = snapshot.read_text(key)
        assert "".join(piece.text for piece in reader.pieces) == text
        for kind, table in tables.items():
            sql = f"SELECT DISTINCT quote_start, quote_end, quote FROM {table} WHERE document_id = {entry.number}"
            only = " AND quote IS NOT NULL AND NOT inherited" if table == "assignments" else ""
            rows = {(row["quote_start"], row["quote_end"], row["quote"]) for row in snapshot.rows(sql + only)}
            marks = [mark for mark in reader.marks if mark.kind == kind]
            assert {(mark.start, mark.end, text[mark.start : mark.end]) for mark in marks} == rows
            assert reader.counts.get(kind, 0) == len(marks)
        assert all(text[one.start : one.end] for one in reader.outline)


def test_headings_are_those_of_the_text(snapshot: Snapshot) -> None:
    key = next(key for key, one in snapshot.documents.items() if one.region == "130500")
    reader, text = read(snapshot, key), snapshot.read_text(key)
    assert (reader.outline[0].level, reader.outline[0].words) == (1, "一、继往开来，全面开启生态环境保护新征程")
    assert (reader.outline[1].level, reader.outline[1].words) == (2, "（一）生态环境保护取得历史性成就")
    assert all(one.words[:4] in text[one.start : one.end + 20].replace(" ", "") for one in reader.outline)


def test_a_passage_tells_what_was_read_there(snapshot: Snapshot) -> None:
    row = next(snapshot.rows("SELECT * FROM assignments WHERE NOT inherited AND organization IS NOT NULL ORDER BY assignment_id"))
    key = snapshot.key(row["document"])
    reader = read(snapshot, key, at=f"{row['quote_start']}-{row['quote_end']}")
    assert reader.passage == row["quote"]
    first, *around = reader.chosen
    assert (first.mark.kind, first.mark.leads, first.text) == ("body", row["organization"], row["quote"])
    assert [one.mark.iri for one in around if one.mark.kind == "task"] == [row["task"]]
    before, after = (
        read(snapshot, key, at=place).chosen[0] for place in (first.before or first.after, first.after or first.before)
    )
    assert {before.mark.kind, after.mark.kind} == {"body"}
    assert (after.place if first.after else before.place) == first.place + (1 if first.after else -1)


@pytest.mark.parametrize("words", ["", "5", "9-3", "3-3", "a-b", "-1-5", "１-５", "1-9999999999", "99999-100000"])
def test_a_passage_that_is_none_is_passed_over(words: str) -> None:
    assert read_place(words, 100) is None


def test_a_policy_without_a_text_tells_who_cites_it(snapshot: Snapshot) -> None:
    cited = [key for key in list_policies(snapshot) if key not in snapshot.documents]
    total = 0
    for key in cited:
        found = gather_document(snapshot, Params(key))
        assert isinstance(found, CitedPolicy)
        assert found.title
        total += found.cut.total
        for one in found.sentences:
            text = snapshot.read_text(one.document.key)
            assert one.before.lstrip("…") + one.quote.text + one.after.rstrip("…") in text
    here = ", ".join(f"'{snapshot.iri('policy', key)}'" for key in snapshot.documents)
    rows = snapshot.rows(f"SELECT count(*) AS n FROM citations WHERE policy IS NOT NULL AND policy NOT IN ({here})")
    assert total == next(rows)["n"]
    with pytest.raises(NotHereError):
        gather_document(snapshot, Params("nothing"))


def test_a_long_text_is_shown_in_parts_that_are_the_whole() -> None:
    text = "一二三四五六七八九\n" * 40_000
    headings = [Heading(1, f"第{number}", start, start + 3) for number, start in enumerate(range(5, len(text), 37_000))]
    for given_headings in (headings, []):
        parts = cut_parts(text, given_headings)
        assert "".join(text[part.start : part.end] for part in parts) == text
        assert all(PART // 2 <= part.end - part.start <= PART * 3 // 2 for part in parts)
        assert all(text[part.start - 1] == "\n" or part.words for part in parts[1:])
    assert len(cut_parts("字" * WHOLE, [])) == 1
    assert len(cut_parts("字" * (WHOLE + 1), [])) == 2


def test_the_list_of_documents_is_filtered_and_counted(snapshot: Snapshot) -> None:
    whole = gather_documents(snapshot, Params())
    assert [one.key for one in whole.entries] == list(snapshot.documents)
    assert whole.characters == sum(len(snapshot.read_text(key)) for key in snapshot.documents)
    part = gather_documents(snapshot, Params(query={"region": ("130100",), "q": ("2023",)}))
    assert [one.title for one in part.entries] == ["石家庄市2023年生态文明建设工作要点"]
    digest = whole.entries[3].sha256
    assert [one.sha256 for one in gather_documents(snapshot, Params(query={"q": (digest[:9],)})).entries] == [digest]
    assert gather_documents(snapshot, Params(query={"q": ("没有这样的词",)})).entries == ()
