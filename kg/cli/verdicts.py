"""The verbs of ``zeren review`` that write: a verdict, many from a table, and taking one back; always with who, when and why."""

from __future__ import annotations

import os
from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from kg.cli import show
from kg.cli.answers import stoppable
from kg.cli.summary import command_line
from kg.errors import CorrectionError, SourceError

if TYPE_CHECKING:
    from kg.correction import Correction
    from kg.review import Desk, Order
    from kg.store import Generation

FINE = 0
EXTENTS = {"mention": "一处", "document": "本文件", "everywhere": "全部"}
ACTIONS = {
    "accept": "确认", "reject": "否定", "merge": "合并", "split": "拆分", "correct": "改值", "add": "补充", "justify": "说明理由",
}  # fmt: skip


def open_desk(out: Path) -> tuple[Desk, tuple[Correction, ...]]:
    """Return the graph with its questions, and the corrections on file."""
    from kg import pipeline, store
    from kg.review import Desk, read_book

    generation = store.current(out)
    book = read_book(out, generation.manifest.base)
    return Desk(generation, pipeline.read_ledger(generation)), book


def decide(options: Namespace) -> int:
    """Write one verdict on file."""
    from kg.review import add_corrections

    with stoppable():
        desk, _ = open_desk(options.out)
        correction = desk.decide(order_of(options), _now())
    add_corrections(options.out, [correction], desk.base)
    _say_taken([correction], desk.generation)
    return FINE


def order_of(options: Namespace) -> Order:
    """Return what the words on the command line want."""
    from kg.review import Order

    changes = {name: getattr(options, name, None) for name in ("name", "op", "value", "unit", "year", "period", "role")}
    return Order(
        action=options.deed,
        item=options.item,
        by=_person(options.by),
        why=options.because,
        target=getattr(options, "target", None),
        new=getattr(options, "new", None),
        function=getattr(options, "function", None),
        region=getattr(options, "region", None),
        extent=getattr(options, "scope", None),
        document=options.document,
        words=getattr(options, "words", None),
        changes={name: value for name, value in changes.items() if value is not None},  # type: ignore[misc]  # the parser names them
    )


def _person(name: str | None) -> str:
    """Return who decides; never the name of an account that merely happens to be logged in."""
    found = (name or os.environ.get("ZEREN_USER") or "").strip()
    if not found:
        raise CorrectionError("who decides? give --by NAME, or set ZEREN_USER")
    return found


def _now() -> str:
    from datetime import UTC, datetime

    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _say_taken(corrections: list[Correction], generation: Generation) -> None:
    from kg.review import FILE

    for one in corrections:
        how = f"{ACTIONS[one.action]}，{EXTENTS[one.extent]}；{show.cell(one.by)}：{show.cell(one.why)}"
        print(f"已记下 {one.key}：{show.cell(one.mention)} → {show.cell(one.verdict)}（{how}）")
    print(f"存于 {generation.out / FILE}；重建后生效：{rebuild(generation)}")


def take_back(options: Namespace) -> int:
    """Take a correction back."""
    from kg import store
    from kg.correction import Revocation
    from kg.review import revoke

    generation = store.current(options.out)
    if not options.because.strip():
        raise CorrectionError("why is it taken back? give --because TEXT")
    revoked = Revocation(_person(options.by), _now(), " ".join(options.because.split()))
    found = revoke(options.out, options.item, revoked, generation.manifest.base)
    print(f"已撤回 {found.key}：{show.cell(found.mention)} → {show.cell(found.verdict)}；记录仍在。")
    print(f"重建后生效：{rebuild(generation)}")
    return FINE


def apply(options: Namespace) -> int:
    """Take the verdicts of a table, all or none."""
    from kg.review import add_corrections, read_sheet

    try:
        content = options.table.read_bytes()
    except OSError as error:
        raise SourceError(f"{options.table}: cannot be read ({error.strerror}); check the path") from error
    with stoppable():
        desk, _ = open_desk(options.out)
        by = (options.by or os.environ.get("ZEREN_USER") or "").strip()
        corrections = read_sheet(content, desk, by=by, why=options.because, when=_now(), where=str(options.table))
    if not corrections:
        print(f"{options.table} 里没有填写裁定的行，没有改动。")
        return FINE
    add_corrections(options.out, corrections, desk.base)
    _say_taken(corrections, desk.generation)
    return FINE


def signed(out: Path, *words: str) -> str:
    """Return a call of ``zeren review`` that lacks nothing but the reason, and the name where nothing says it."""
    by = () if os.environ.get("ZEREN_USER") else ("--by", "姓名")
    where = () if out == Path("out") else ("--out", str(out))
    return command_line("review", *words, "--because", "理由", *by, *where)


def rebuild(generation: Generation) -> str:
    """Return the command that builds the graph again from the same sources."""
    sources = [str(source) for source in generation.manifest.extra.get("sources", ())] or ["SOURCES"]
    return command_line("build", *sources, "--out", str(generation.out))
