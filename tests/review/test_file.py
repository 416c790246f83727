"""The file of corrections: what is written is read again; what is broken is named and left alone."""

from __future__ import annotations

import contextlib
import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import RdfFormat, Store

from kg import pipeline
from kg.check import check
from kg.check.shapes import _shapes, read_graph
from kg.correction import Correction
from kg.errors import CorrectionError
from kg.rdf import parse_corrections, read_corrections
from kg.review import add_corrections
from tests.review.shop import COMPLETE, FORMS, WHEN, Shop, written


@pytest.mark.parametrize("correction", FORMS, ids=range(len(FORMS)))
def test_what_is_written_is_read_again(correction: Correction) -> None:
    assert parse_corrections(written(correction), "x") == (correction,)
    assert written(correction) == written(correction)


NAMES = st.text(min_size=1, max_size=20).map(str.strip).filter(bool)


@given(NAMES, NAMES, NAMES)
def test_any_words_can_be_written(by: str, why: str, mention: str) -> None:
    correction = replace(COMPLETE, by=by, why=why, mention=mention)
    assert parse_corrections(written(correction), "x") == (correction,)


def test_the_file_is_only_added_to(tmp_path: Path) -> None:
    first = written(COMPLETE)
    by_hand = first + "\n# 注：以上由王某口头确认\n".encode()
    (tmp_path / "corrections.ttl").write_bytes(by_hand)
    add_corrections(tmp_path, [replace(COMPLETE, key="c-2", when="2025-03-02T00:00:00Z")])
    after = (tmp_path / "corrections.ttl").read_bytes()
    assert after.startswith(by_hand.rstrip(b"\n"))
    assert [c.key for c in read_corrections(tmp_path / "corrections.ttl")] == ["c-0123456789", "c-2"]
    add_corrections(tmp_path, [COMPLETE])  # it is there already
    assert (tmp_path / "corrections.ttl").read_bytes() == after


BROKEN: list[tuple[str, str, int | None, str]] = [
    ("zr:Correction ;", "zr:Correction ;;; (", 21, "is no Turtle"),
    ("    zr:reason ", "    zr:raison ", 21, "has no reason"),
    ("    prov:wasAttributedTo", "    prov:wasBy", 21, "has no person"),
    ("    prov:generatedAtTime", "    prov:at", 21, "has no time"),
    (WHEN, "gestern", 21, "no xsd:dateTime"),
    ("action:accept", "action:acept", 21, "'acept' is none of accept, reject"),
    ("extent:document", 'extent:document ; zr:extent "x"', 21, "2 values of extent"),
    ("    oa:hasTarget", "    oa:hasTorget", 21, "has no words of the text"),
    ("oa:start 3", 'oa:start "drei"', None, "is no offset"),
    ("skos:prefLabel", "skos:label", None, "has no name"),
    ("zeren/id/org/130100/data> ;\n    oa", "zeren/id/policy/p-1> ;\n    oa", 21, "does not begin with"),
]


@pytest.mark.parametrize(("old", "new", "line", "says"), BROKEN, ids=[row[3] for row in BROKEN])
def test_a_broken_file_is_named_with_its_line_and_left_alone(
    old: str, new: str, line: int | None, says: str, shop: Shop, tmp_path: Path
) -> None:
    text = written(COMPLETE).decode()
    assert old in text
    broken = text.replace(old, new, 1).encode()
    with pytest.raises(CorrectionError) as caught:
        parse_corrections(broken, "out/corrections.ttl")
    assert says in str(caught.value)
    assert re.search(rf"line {line if line else '[0-9]+'}\b", str(caught.value)), caught.value
    (tmp_path / "corrections.ttl").write_bytes(broken)
    with pytest.raises(CorrectionError):
        add_corrections(tmp_path, [replace(COMPLETE, key="c-2")])
    with pytest.raises(CorrectionError):
        pipeline.build([shop.documents], tmp_path)
    assert (tmp_path / "corrections.ttl").read_bytes() == broken


def test_the_check_finds_a_broken_file_before_a_build_does(tmp_path: Path) -> None:
    shop = Shop(tmp_path)
    (shop.out / "corrections.ttl").write_bytes(written(COMPLETE).replace(b"action:accept", b"action:acept"))
    found = [finding for finding in check(shop.out, java="").findings if finding.name == "corrections-broken"]
    assert [finding.severity for finding in found] == ["violation"]
    assert "line 21" in found[0].detail


@given(choice=st.data())
@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow], deadline=None)
def test_a_file_with_bytes_lost_is_read_or_refused(choice: st.DataObject) -> None:
    content = written(COMPLETE, replace(COMPLETE, key="c-2"))
    start = choice.draw(st.integers(0, len(content)))
    end = choice.draw(st.integers(start, min(len(content), start + 40)))
    with contextlib.suppress(CorrectionError):
        parse_corrections(content[:start] + content[end:], "x")


def test_shapes_find_the_file_right_and_a_spoiled_one_wrong(tmp_path: Path) -> None:
    from pyshacl import validate

    for content, fine in ((written(*FORMS[:1]), True), (written(COMPLETE).replace(b"    zr:reason", b"    zr:raison"), False)):
        path = tmp_path / "quads.nq"
        triples = Store()
        triples.bulk_load(input=content, format=RdfFormat.TURTLE)
        triples.dump(str(path), format=RdfFormat.N_QUADS)
        conforms, _, words = validate(read_graph(path), shacl_graph=_shapes(), inference="none")
        assert conforms is fine, words


# apply, then undo
