"""Facts written down in a line, for measures that need more bodies than the toy graph has."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kg.analysis import Body, Duty, Facts, TaskFact


def plain_facts(tasks: Mapping[str, Sequence[str]], generic: Sequence[str] = (), region: str = "r") -> Facts:
    """Return facts in which each task names its bodies: ``{"t1": ["a", "b:lead", "c:inherited"]}``."""
    duties = []
    for task, units in tasks.items():
        for unit in units:
            name, _, flag = unit.partition(":")
            role = flag if flag in ("lead", "support") else "responsible"
            duties.append(Duty(task, name, role, flag == "inherited", False, False, name))
    names = sorted({duty.unit for duty in duties if duty.unit is not None})
    bodies = {
        name: Body(name, name, "generic" if name in generic else "organization", region, region, None, None) for name in names
    }
    facts = {
        task: TaskFact(task, "d", "文件", region, (2023, 2023), order, str(order), task, False, False, None, None, None)
        for order, task in enumerate(tasks, start=1)
    }
    return Facts(bodies, facts, tuple(duties), ())


def loads_of(numbers: Mapping[str, int]) -> Facts:
    """Return facts in which each body has that many tasks of its own, so that its shared load is that number."""
    return plain_facts({f"{name}{i}": [name] for name, number in numbers.items() for i in range(number)})
