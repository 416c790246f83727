"""Tables written down in a line, for measures that need more bodies than the toy graph has."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import duckdb

from kg.analysis import Columns
from kg.tables import TABLES

BASE = "urn:made:"


def make_columns(
    tasks: Mapping[str, Sequence[str]],
    generic: Sequence[str] = (),
    regions: Mapping[str, str] | None = None,
    headings: Mapping[str, str] | None = None,
) -> Columns:
    """Return tables in which each task names its bodies: ``{"t1": ["a:lead", "b:support", "c", "d:inherited"]}``.

    A body is in the region that ``regions`` gives it, else in ``r``; a task under the heading that ``headings`` gives it. IRIs
    are the names.
    """
    named = [(task, *_read(unit)) for task, units in tasks.items() for unit in units]
    bodies = sorted({name for _, name, _, _ in named} | set(regions or ()))
    number, place = {name: n for n, name in enumerate(bodies, 1)}, {task: n for n, task in enumerate(tasks, 1)}
    rows: dict[str, list[dict[str, object]]] = {
        "documents": [{"document_id": 1, "iri": "d", "key": "d", "title": "文件", "region_name": "甲市", "region_code": "r"}],
        "organizations": [
            {
                "organization_id": number[name],
                "iri": name,
                "key": name,
                "name": f"{name}局",
                "kind": "generic" if name in generic else "organization",
                "region_code": (regions or {}).get(name, "r"),
                "region_name": (regions or {}).get(name, "r"),
                "function_name": f"职能{name}",
            }
            for name in bodies
        ],
        "tasks": [
            {"task_id": n, "document_id": 1, "iri": task, "document": "d", "position": n, "title": task, "measure": False}
            | {"joint": False, "path": [(headings or {}).get(task, "一、重点任务")]}
            for task, n in place.items()
        ],
        "assignments": [
            {"assignment_id": n, "document_id": 1, "task_id": place[task], "organization_id": number[name], "task": task}
            | {"organization": name, "role": role, "inherited": inherited, "collective": False, "vague": False}
            for n, (task, name, role, inherited) in enumerate(named, 1)
        ],
    }
    connection = duckdb.connect()
    for table in TABLES:
        columns = ", ".join(f"{column.name} {column.type}" for column in table.columns)
        connection.execute(f"CREATE TABLE {table.name} ({columns})")
        for row in rows.get(table.name, ()):
            places = ", ".join(f"${name}" for name in row)
            connection.execute(f"INSERT INTO {table.name} ({', '.join(row)}) VALUES ({places})", row)
    return Columns(connection, BASE)


def _read(unit: str) -> tuple[str, str, bool]:
    name, _, flag = unit.partition(":")
    return name, flag if flag in ("lead", "support") else "responsible", flag == "inherited"
