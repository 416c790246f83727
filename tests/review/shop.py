"""What the tests of people's corrections share: a folder with a plan, and short ways to decide."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kg import pipeline, store, toy, vocab
from kg.cli import main
from kg.correct import correct_reading
from kg.correction import Anchor, Correction, Revocation
from kg.extract import read_policy
from kg.ledger import ledger_entry
from kg.model import Document, Metric, Organization, Policy, Region
from kg.rdf import add_revocation, add_to_file
from kg.registry import Registry
from kg.review import ASKED, SHOWN, Desk, Item, Order, add_corrections
from kg.review.sheet import sheet_rows

TEXT = toy.TEXT.replace("（责任单位：市住房城乡建设局、市城管局）", "（责任单位：市住房城乡建设局、市拾遗局）")


WHEN = "2025-03-01T08:30:00Z"


SIGNED = {"by": "王某", "why": "核对了文件"}


Capture = pytest.CaptureFixture[str]


class Shop:
    """A folder with a plan and the graph built from it."""

    def __init__(self, home: Path, text: str = TEXT) -> None:
        self.documents, self.out = home / "documents", home / "out"
        self.documents.mkdir(parents=True)
        self.file = self.documents / "plan.txt"
        self.write(text)
        self.build()

    def write(self, text: str) -> None:
        self.file.write_text(text, "utf-8")

    def build(self) -> pipeline.BuildReport:
        return pipeline.build([self.documents], self.out)

    def ledger(self) -> Mapping[str, Any]:
        return pipeline.read_ledger(store.current(self.out))

    def desk(self) -> Desk:
        return Desk(store.current(self.out), self.ledger())

    def decide(self, action: str, item: str, when: str = WHEN, **values: Any) -> Correction:
        correction = self.desk().decide(order(action, item, **values), when)
        add_corrections(self.out, [correction])
        return correction

    def quads(self, *, corrections: bool = False) -> list[str]:
        ours = vocab.corrections_graph()
        return sorted(str(quad) for quad in store.open_current(self.out) if corrections or quad.graph_name != ours)


def order(action: Any, item: str, **values: Any) -> Order:
    return Order(action, item, **{**SIGNED, **values})


def question(desk: Desk, subject: str, mention: str) -> str:
    found = [item.id for item in desk.items.values() if item.subject == subject and mention in (item.mention, "*")]
    assert len(found) == 1, (subject, mention, found)
    return found[0]


def corrected(document: Document, registry: Registry, *corrections: Correction) -> Mapping[str, Any]:
    return ledger_entry(correct_reading(read_policy(document), registry, corrections))


# what can be decided: the question, the verdict, and what the ledger says of it afterwards


def duties(entry: Mapping[str, Any]) -> list[tuple[str, str | None, str]]:
    return [(a["unit"], a["label"], a["role"]) for task in entry["tasks"] for a in task["assignments"] if not a["inherited"]]


# the file

COMPLETE = Correction(
    key="c-0123456789",
    item="u-0123456789",
    subject="unit",
    action="accept",
    extent="document",
    mention='市"水"利\\局',
    by="王某",
    when=WHEN,
    why="已更名\n两行",
    before="未识别",
    verdict="石家庄市数据局",
    anchor=Anchor("a" * 64, "文件 夹/a.txt", "题", 3, 9, "市数据\n资源局", "：", "，\t"),
    instead="130100/x-1",
    target=Organization("130100/data", "石家庄市数据局", (), "organization", "data", "130100"),
)


FORMS = [
    COMPLETE,
    replace(COMPLETE, by="https://example.org/people#wang", target=None, instead=None),
    replace(COMPLETE, target=Organization("a/b c", "组", (), "collaboration", None, None)),
    replace(COMPLETE, subject="policy", target=Policy("p-1", "条例", "province", "130000", "省政府", "冀政〔2020〕1号"), instead="p-2"),
    replace(COMPLETE, subject="metric", target=Metric("m-1", "率", "lower"), extent="everywhere", instead="m-2"),
    replace(COMPLETE, subject="region", target=Region("130100", "石家庄市数据局", "unknown", None), instead=None),
    replace(COMPLETE, subject="indicator", action="correct", target=None, instead=None, changes=(("op", ">="), ("value", "97.50"))),
    replace(COMPLETE, subject="assignment", action="add", task=COMPLETE.anchor, target=None, instead=None, changes=(("role", "lead"),)),
    replace(COMPLETE, subject="gap", action="justify", target=None, instead=None, gap="no-lead", rests_on="0123456789abcdef"),
    replace(COMPLETE, revoked=Revocation("李某", WHEN, "看错")),
]  # fmt: skip


def written(*corrections: Correction) -> bytes:
    content = b""
    for correction in corrections:
        content = add_to_file(content, replace(correction, revoked=None))
        if correction.revoked:
            content = add_revocation(content, correction.key, correction.revoked)
    return content


# decisions made in a spreadsheet


def sheet(
    desk: Desk,
    filled: Mapping[str, Mapping[str, str]],
    encoding: str = "utf-8-sig",
    delimiter: str = ",",
    items: Sequence[Item] = (),
) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter)
    writer.writerow([*SHOWN, *ASKED])
    for row in sheet_rows(list(items or desk.items.values()), desk):
        writer.writerow([*row, *(filled.get(row[0], {}).get(name, "") for name in ASKED)])
    return text.getvalue().encode(encoding, errors="replace")


# on the command line


def zeren(*words: str | Path, code: int = 0) -> None:
    assert main([str(word) for word in words]) == code
