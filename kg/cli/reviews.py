"""``zeren review``: what waits for a person, and the verdicts of people: who, when and why is always said."""

from __future__ import annotations

import argparse
import sys
from argparse import Namespace
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.cli import show
from kg.cli.answers import stoppable
from kg.cli.summary import command_line
from kg.cli.verdicts import ACTIONS, EXTENTS, apply, decide, open_desk, rebuild, signed, take_back

if TYPE_CHECKING:
    from kg.correction import Correction
    from kg.review import Desk, Item

FINE = 0
TABLES = ("table", "json", "csv")
SUBJECTS = ("region", "unit", "period", "policy", "metric", "indicator", "assignment", "task", "gap")


def add_arguments(review: argparse.ArgumentParser, parser: type[argparse.ArgumentParser]) -> None:
    """Give the verb its options and its own verbs."""
    review.add_argument("--subject", choices=SUBJECTS, help="only these (default: all that is open)")
    review.add_argument("--document", metavar="TITLE|FILE", help="only in this document")
    review.add_argument("--find", metavar="WORDS", help="only mentions with these words")
    review.add_argument("--limit", type=int, default=None, metavar="N", help="at most so many (default: 20 in a table, all else)")
    review.add_argument("--all", action="store_true", help="also what is settled: anything can be corrected")
    review.add_argument("--format", choices=TABLES, default="table", help="csv has columns to be filled in for `review apply`")
    verbs = review.add_subparsers(title="verbs", metavar="VERB", dest="deed", required=False, parser_class=parser)

    def verb(name: str, run: Callable[[Namespace], int], summary: str, example: str) -> argparse.ArgumentParser:
        made = verbs.add_parser(
            name,
            help=summary,
            description=summary,
            epilog=f"example:\n  zeren review {example}",
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        made.set_defaults(run=run)
        made.add_argument("--out", type=Path, default=argparse.SUPPRESS, metavar="DIR", help="folder of the built graph")
        made.add_argument("--debug", action="store_true", default=argparse.SUPPRESS, help="show where an error happened")
        return made

    signed = "--by 王某 --because 机构已更名"
    accept = verb(
        "accept", decide, "确认 it is this one, or it was read rightly", f"accept u-7f3a2c91b0 --as 130100/data {signed}"
    )
    split = verb("split", decide, "拆分 in this document it is another body", f"split u-7f3a2c91b0 --new 市数据中心 {signed}")
    merge = verb("merge", decide, "合并 it is the same as another one, everywhere", f"merge u-7f3a2c91b0 --as 市发改委 {signed}")
    reject = verb("reject", decide, "否定 it is no body, policy, indicator, task or gap", f"reject u-7f3a2c91b0 {signed}")
    correct = verb(
        "correct", decide, "改值 another value, unit, year, role or period", f"correct i-7f3a2c91b0 --value 97 {signed}"
    )
    add = verb("add", decide, "补充 a body that was not read on a task", f"add t-7f3a2c91b0 --unit 市水利局 --role lead {signed}")
    for made in (accept, reject, merge, split, correct, add):
        made.add_argument("item", metavar="ID", help="as `zeren review` prints it; ID@PLACE speaks of one place only")
        made.add_argument("--document", metavar="TITLE|FILE", help="only in this document")
        _signature(made)
    justify = verb("justify", decide, "说明理由 a gap stays as it is, for a reason", f"justify g-7f3a2c91b0 {signed}")
    justify.add_argument("item", metavar="GAP", help="its ID as `zeren review --subject gap` prints it, or TASK:KIND")
    justify.set_defaults(document=None)
    _signature(justify)
    for made in (accept, reject):
        made.add_argument(
            "--scope", choices=("mention", "document", "everywhere"), help="how far it holds (default: its document)"
        )
    for made in (accept, merge, split):
        made.add_argument("--as", dest="target", metavar="KEY|NAME|ID", help="what it is: a candidate or anything known")
        made.add_argument("--new", metavar="NAME", help="what it is: something that nobody knew yet")
        made.add_argument("--function", metavar="NAME", help="of a new body: 生态环境, data …")
        made.add_argument("--region", metavar="NAME|CODE", help="of a new body or policy (default: the document's)")
    add.add_argument("--unit", dest="words", metavar="WORDS", help="the body, in the words of the task")
    for made in (correct, add):
        made.add_argument("--role", metavar="ROLE", help="lead, responsible or support")
    for name, words in (("name", "of the indicator"), ("op", "≥ as >= and so on"), ("value", "a number"), ("unit", "of measure")):
        correct.add_argument(f"--{name}", metavar=name.upper(), help=words)
    correct.add_argument("--year", metavar="YEAR", help="2025")
    correct.add_argument("--period", metavar="YEARS", help="of a document: 2023 or 2021-2025")
    undo = verb(
        "undo", take_back, "撤回 take a correction back; it stays on record", "undo c-3f2a9b41d0 --by 王某 --because 看错文件"
    )
    undo.add_argument("item", metavar="CORRECTION", help="as `zeren review log` prints it")
    _signature(undo)
    log = verb("log", list_book, "记录 list all corrections with what became of them", "log")
    log.add_argument("--format", choices=TABLES, default="table", help="table (default), json or csv")
    one = verb("show", show_item, "详情 show one question with all its places", "show u-7f3a2c91b0")
    one.add_argument("item", metavar="ID", help="as `zeren review` prints it")
    sheet = verb("apply", apply, "批量 take the verdicts of a filled-in table", "apply 待审.csv --by 王某")
    sheet.add_argument(
        "table", type=Path, metavar="FILE.csv", help="what `zeren review --format csv` gave, with verdicts filled in"
    )
    sheet.add_argument("--by", metavar="NAME", help="for rows that do not name anybody (default: ZEREN_USER)")
    sheet.add_argument("--because", default="", metavar="TEXT", help="for rows that give no reason")


def _signature(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--by", metavar="NAME", help="who decides; required, unless ZEREN_USER says so")
    parser.add_argument("--because", "--reason", required=True, metavar="TEXT", help="why; stays with the correction")


def review(options: Namespace) -> int:
    """List what waits for a person."""
    from kg.review import ASKED, SHOWN, choose, sheet_rows

    with stoppable():
        desk, book = open_desk(options.out)
        asked = {"subject": options.subject, "document": options.document, "words": options.find}
        found = choose(desk.questions(options.subject, settled=options.all), book, **asked, everything=options.all)
        limit = options.limit if options.limit is not None else 20 if options.format == "table" else len(found)
        shown = found[: max(limit, 0)]
        match options.format:
            case "csv":
                blank = [""] * len(ASKED)
                rows = [(*row, *blank) for row in sheet_rows(shown, desk)]
                show.data("\ufeff" + show.csv_text((*SHOWN, *ASKED), rows))
            case "json":
                rows = list(sheet_rows(shown, desk))
                show.data(show.json_text([_record(item, row, desk) for item, row in zip(shown, rows, strict=True)]))
            case _:
                _print_items(shown, desk, options.out)
                _print_counts(found, len(shown))
                _print_book(desk, book, options.out)
    return FINE


def _record(item: Item, row: tuple[Any, ...], desk: Desk) -> dict[str, Any]:
    from kg.review import SHOWN, commands_for

    words = dict(zip(SHOWN, row, strict=True))
    places = [{"document": p.document, "file": p.file, "start": p.start, "end": p.end, "context": p.context} for p in item.places]
    commands = [list(command) for command, _ in commands_for(item, desk)]
    return {**words, "subject": item.subject, "key": item.key, "places": places, "commands": commands}


def _print_items(items: list[Item], desk: Desk, out: Path, places: int = 1) -> None:
    from kg.ledger.rows import SUBJECTS as WORDS
    from kg.review import commands_for

    for item in items:
        documents = len(item.documents)
        often = f"{item.count} 次" + (f"，{documents} 份文件" if documents > 1 else "")
        print(f"{item.id}  {WORDS[item.subject]}  {show.cell(item.mention)}  {often}  {item.verdict}")
        for reason in item.reasons:
            print(f"    {show.cell(reason)}")
        for place in item.places[:places]:
            at = f"{place.start}–{place.end}" if place.start is not None else ""
            print(f"    {show.cell(place.context)}  （{show.cell(place.document)} {at}）")
            if places > 1 and place.start is not None:
                print(f"        只说这一处：{item.id}@{place.address}")
        for words, meaning in commands_for(item, desk):
            print(f"      {signed(out, *words)}   # {show.cell(meaning)}")
        print()


def _print_counts(found: list[Item], shown: int) -> None:
    from kg.ledger.rows import SUBJECTS as WORDS

    counts = Counter(item.subject for item in found)
    parts = "，".join(f"{WORDS[subject]} {count}" for subject, count in counts.items())
    more = "（--limit N 多看）" if shown < len(found) else ""
    print(f"共 {len(found)} 项{'：' + parts if parts else ''}；显示 {shown} 项{more}")


def _print_book(desk: Desk, book: tuple[Correction, ...], out: Path) -> None:
    """Say which corrections no longer hold, which were placed anew, and which wait for a build."""
    from kg.review import stand

    standing = stand(desk, book)
    for one in book:
        state, notes = standing[one.key]
        if state == "stale":
            print(f"失效的更正 {one.key}：{show.cell(one.mention)} → {show.cell(one.verdict)}；{show.cell('；'.join(notes))}")
            print(f"    核对原文后重新作出更正，或撤回：{signed(out, 'undo', one.key)}")
    states = Counter(state for state, _ in standing.values())
    if states["moved"]:
        print(f"原文改动后重新定位的更正 {states['moved']} 项，见 {command_line('review', 'log')}")
    if states["waiting"]:
        print(f"已记下、待重建后生效的更正 {states['waiting']} 项：{rebuild(desk.generation)}")


def list_book(options: Namespace) -> int:
    """List what people decided, and what became of it."""
    from kg.ledger.rows import STATES
    from kg.ledger.rows import SUBJECTS as WORDS
    from kg.review import stand

    desk, book = open_desk(options.out)
    standing = stand(desk, book)
    rows = []
    for one in book:
        state, notes = standing[one.key]
        undone = f"{one.revoked.by} {one.revoked.when[:10]}：{one.revoked.why}" if one.revoked else "；".join(notes)
        file = one.anchor.file.rpartition("/")[2] if one.anchor else ""
        what = (WORDS[one.subject], ACTIONS[one.action], EXTENTS[one.extent], one.mention, one.before, one.verdict)
        rows.append((one.key, STATES.get(state, "待重建"), *what, one.by, one.when, one.why, file, undone))
    columns = ("编号", "状态", "类别", "方式", "范围", "原文", "更正前", "更正为", "何人", "何时", "为何", "文件", "说明")
    show.listing(options.format, columns, rows)
    return FINE


def show_item(options: Namespace) -> int:
    """Show one question with all its places."""
    with stoppable():
        desk, _ = open_desk(options.out)
        item, _ = desk.find(options.item)
        _print_items([item], desk, options.out, places=len(item.places) + 1)
        sys.stdout.flush()
    return FINE
