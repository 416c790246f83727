"""Whether made-up documents are read as they were meant, and how they compare with real ones."""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from benchmarks.corpus.meant import Draft, MeantIndicator
from benchmarks.corpus.wording import registry
from kg.extract import read_policy
from kg.model import Indicator, Resolved
from kg.rdf import build_document_quads
from kg.read import document_of, find_sources, read_document
from kg.resolve import resolve_reading
from kg.resolve.policies import normalize_title
from kg.vocab import BASE


def compare(made: Draft) -> Iterator[str]:
    """Yield each way in which a document is not read as it was meant."""
    found = resolve_reading(read_policy(document_of(Path(made.name), made.text.encode())), registry())
    profile, where = found.reading.profile, made.name
    whole: tuple[tuple[str, object, object], ...] = (
        ("title", normalize_title(profile.title or ""), normalize_title(made.title)),
        ("date", profile.date, made.date),
        ("period", found.period, made.period),
        ("region", found.region.code if found.region else None, made.region),
        ("goals", _counted(found, found.reading.indicators), Counter(made.goals)),
        ("citations", _titles(c.title for c in found.reading.citations if c.relation != "self"), _titles(made.citations)),
    )
    for what, is_, meant in whole:
        if is_ != meant:
            yield f"{where}: {what}: {_differ(is_, meant)}"
    tasks = [task for task in found.reading.tasks if not task.measure]
    if [task.number for task in tasks] != [task.number for task in made.tasks]:
        yield f"{where}: {len(tasks)} tasks, {len(made.tasks)} were meant"
        return
    for task, meant_task in zip(tasks, made.tasks, strict=True):
        bodies = Counter((_key(found, unit), unit.role, unit.inherited) for unit in task.units)
        meant_bodies = Counter((unit.key, unit.role, unit.inherited) for unit in meant_task.units)
        parts: tuple[tuple[str, object, object], ...] = (
            ("title", task.title, meant_task.title),
            ("bodies", bodies, meant_bodies),
            ("indicators", _counted(found, task.indicators), Counter(meant_task.indicators)),
            ("citations", _titles(c.title for c in task.citations), _titles(meant_task.citations)),
        )
        for what, is_, meant in parts:
            if is_ != meant:
                yield f"{where}: {task.number} {what}: {_differ(is_, meant)} in {task.text}"


def describe(folders: Iterable[Path], most: int = 200) -> Iterator[str]:
    """Yield a table: what a document of each folder holds, median and mean."""
    yield "| documents | characters | tasks | assignments | bodies | indicators | citations | triples |"
    yield "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |"
    for folder in folders:
        rows = [_count(path) for path in find_sources([folder])[0][:most]]
        columns = list(zip(*rows, strict=True))
        cells = [f"{statistics.median(column):.0f} / {statistics.mean(column):.0f}" for column in columns]
        yield f"| {folder.name} ({len(rows)}) | {' | '.join(cells)} |"


def _count(path: Path) -> tuple[int, ...]:
    found = resolve_reading(read_policy(read_document(path)), registry())
    reading = found.reading
    units = [unit for task in reading.tasks for unit in task.units]
    return (
        len(reading.document.text),
        len(reading.tasks),
        len(units),
        len({_key(found, unit) for unit in units}),
        sum(len(task.indicators) for task in reading.tasks) + len(reading.indicators),
        sum(len(task.citations) for task in reading.tasks) + len(reading.citations),
        sum(1 for _ in build_document_quads(found, BASE)),
    )


def _key(found: Resolved, unit: object) -> str:
    body = found.body_of(unit)  # type: ignore[arg-type]
    return body.key if body else "?"


def _counted(found: Resolved, indicators: Iterable[Indicator]) -> Counter[MeantIndicator]:
    return Counter(
        MeantIndicator(
            found.metrics[one.name].key,
            one.kind,
            one.op,
            None if one.value is None else format(one.value, "f"),
            one.year or 0,
        )
        for one in indicators
    )


def _titles(titles: Iterable[str]) -> Counter[str]:
    return Counter(map(normalize_title, titles))


def _differ(is_: object, meant: object) -> str:
    if isinstance(is_, Counter) and isinstance(meant, Counter):
        return f"read {list((is_ - meant).elements())}, meant {list((meant - is_).elements())}"
    return f"read {is_!r}, meant {meant!r}"
