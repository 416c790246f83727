"""The measures in plain Python over facts in memory: what the SQL and the SPARQL are compared with.

Facts can be read out of a graph (``tests.analysis.stated_facts``) or written down in a line, for measures that need more bodies
than the toy graph has.
"""

from __future__ import annotations

import statistics
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import combinations
from math import floor

from pyoxigraph import Literal, NamedNode, Quad

from kg import vocab
from kg.analysis import Body, Columns, Duty, Facts, Load, Pair, Period, RegionLoad, TaskFact
from kg.analysis.load import FEWEST, HEAVY, OVERLOADED, Verdict, four_places
from kg.analysis.sharing.pairs import read_pair
from kg.tables import TableRow, fill_tables
from kg.vocab import DCTERMS, ORG, RDF, SKOS, ZR


def plain_loads(facts: Facts) -> list[Load]:
    """Return the load of each body over all documents, and then of each period: as ``measure_loads``, with its tasks."""
    periods = sorted({task.period for task in facts.tasks.values() if task.period is not None})
    return _loads(facts, None) + [load for period in periods for load in _loads(facts.within(period=period), period)]


def _loads(facts: Facts, period: Period | None) -> list[Load]:
    direct: dict[str, list[str]] = defaultdict(list)
    inherited: dict[str, list[str]] = defaultdict(list)
    for task in facts.tasks:
        for unit in facts.direct_of[task]:
            direct[unit].append(task)
        for unit in facts.inherited_of[task]:
            inherited[unit].append(task)
    loads = [_load(facts, facts.bodies[unit], direct[unit], inherited[unit], period) for unit in {*direct, *inherited}]
    judged = [load for members in _by_region(loads).values() for load in _judge(members)]
    return sorted(_rank_peers(judged), key=lambda load: (-load.tasks, -load.shared_load, load.organization))


def _load(facts: Facts, body: Body, direct: Sequence[str], inherited: Sequence[str], period: Period | None) -> Load:
    roles = [duty.role for task in direct for duty in set(_roles(facts, task)) if duty.unit == body.iri]
    targets = [fact for fact in facts.indicators if fact.task in set(direct)]
    return Load(
        organization=body.iri,
        label=body.label,
        kind=body.kind,
        region=body.region,
        region_label=body.region_label,
        function=body.function,
        function_label=body.function_label,
        period=period,
        tasks=len(direct),
        led=roles.count("lead"),
        responsible=roles.count("responsible"),
        supported=roles.count("support"),
        shared_load=four_places(sum((Fraction(1, len(facts.direct_of[task])) for task in direct), Fraction())),
        indicators=len(targets),
        binding_indicators=sum(fact.binding for fact in targets),
        inherited=len(inherited),
        task_iris=tuple(direct),
        inherited_iris=tuple(inherited),
        documents=len({facts.tasks[task].document for task in direct}),
    )


def _roles(facts: Facts, task: str) -> Iterator[Duty]:
    """Yield each body of a task once in each role."""
    return (Duty(task, duty.unit, duty.role, False, False, False, "") for duty in facts.duties_of[task])


def _by_region(loads: Iterable[Load]) -> dict[str | None, list[Load]]:
    regions: dict[str | None, list[Load]] = defaultdict(list)
    for load in loads:
        regions[load.region].append(load)
    return regions


def _compared(loads: Iterable[Load]) -> list[Load]:
    return [load for load in loads if load.kind == "organization" and load.tasks > 0 and load.region is not None]


def _judge(loads: Sequence[Load]) -> list[Load]:
    compared = _compared(loads)
    values = [_exact(load.shared_load) for load in compared]
    scores = dict(zip((load.organization for load in compared), robust_scores(values), strict=True))
    judged = []
    for load in loads:
        if load.organization in scores:
            rank = 1 + sum(value > _exact(load.shared_load) for value in values)
            if len(compared) < FEWEST:
                load = replace(load, verdict="too few to judge", rank=rank)
            else:
                score = floor(scores[load.organization] * 100 + Fraction(1, 2)) / 100
                verdict: Verdict = "overloaded" if score >= OVERLOADED else "heavy" if score >= HEAVY else "normal"
                load = replace(load, score=score, verdict=verdict, rank=rank)
        judged.append(load)
    return judged


def robust_scores(values: Sequence[Fraction]) -> list[Fraction]:
    """Return z = 0.6745 (x − median) / MAD; where MAD is 0, (x − median) / (1.253314 · mean |x − median|); all equal: 0."""
    if not values:
        return []
    median = statistics.median(values)
    distances = [abs(value - median) for value in values]
    mad, mean = statistics.median(distances), sum(distances, Fraction()) / len(distances)
    if mad > 0:
        return [Fraction("0.6745") * (value - median) / mad for value in values]
    return [(value - median) / (Fraction("1.253314") * mean) if mean > 0 else Fraction() for value in values]


def _rank_peers(loads: Sequence[Load]) -> list[Load]:
    peers: dict[tuple[str | None, str], list[Fraction]] = defaultdict(list)  # a leading group is no bureau's peer
    for load in loads:
        if load.function is not None and load.tasks:
            peers[load.function, load.kind].append(_exact(load.shared_load))
    ranked = []
    for load in loads:
        others = peers.get((load.function, load.kind), [])
        if load.tasks and others:
            rank = 1 + sum(value > _exact(load.shared_load) for value in others)
            median = four_places(statistics.median(others))
            load = replace(load, peer_rank=rank, peers=len(others), peer_median=median)
        ranked.append(load)
    return ranked


def plain_regions(loads: Iterable[Load]) -> list[RegionLoad]:
    """Return how these loads lie in each region: as ``measure_regions``, from loads with their tasks."""
    groups: dict[tuple[Period | None, str | None], list[Load]] = defaultdict(list)
    for load in _compared(loads):
        groups[load.period, load.region].append(load)
    found = [_region(period, members) for (period, _), members in groups.items()]
    return sorted(found, key=lambda one: (one.period or (0, 0), -one.organizations, one.region or ""))


def _region(period: Period | None, loads: Sequence[Load]) -> RegionLoad:
    values = sorted(_exact(load.shared_load) for load in loads)
    median, total = statistics.median(values), sum(values, Fraction())
    return RegionLoad(
        region=loads[0].region,
        label=loads[0].region_label,
        period=period,
        organizations=len(values),
        tasks=len({task for load in loads for task in load.task_iris}),
        median=four_places(median),
        mad=four_places(statistics.median(abs(value - median) for value in values)),
        gini=four_places(plain_gini(values)),
        judged=len(values) >= FEWEST,
        top_share=four_places(sum(values[-3:], Fraction()) / total if total else Fraction()),
    )


def plain_gini(values: Iterable[Fraction | int]) -> Fraction:
    """Return Σ (2i − n − 1) xᵢ / (n Σ xᵢ) over the values in ascending order, i from 1.

    >>> plain_gini([1, 1, 1]), plain_gini([0, 0, 3])
    (Fraction(0, 1), Fraction(2, 3))
    """
    ordered = sorted(map(Fraction, values))
    total, n = sum(ordered, Fraction()), len(ordered)
    return sum(((2 * i - n - 1) * value for i, value in enumerate(ordered, start=1)), Fraction()) / (n * total or 1)


def _exact(load: float) -> Fraction:
    return Fraction(round(load * 10_000), 10_000)


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


def plain_columns(tasks: Mapping[str, Sequence[str]], generic: Sequence[str] = ()) -> Columns:
    """Return the same facts as tables; body ``a`` has the IRI ``x:a``."""
    facts = plain_facts(tasks, generic, vocab.region("130100").value)
    return Columns(fill_tables(_rows(facts), _shared(facts)), vocab.BASE)


def _rows(facts: Facts) -> Iterator[TableRow]:
    yield "documents", {"iri": "d", "key": "d", "period_start": "2023-01-01", "period_end": "2023-12-31"}
    for task in facts.tasks.values():
        yield "tasks", {"iri": task.iri, "document": "d", "position": task.order, "title": task.title, "measure": False}
    for number, duty in enumerate(facts.duties):
        said = {"iri": f"{number:05}", "document": "d", "task": duty.task, "position": number, "unit_written": duty.written}
        yield "assignments", {**said, "organization": f"x:{duty.unit}", "role": duty.role, "inherited": duty.inherited}


def _shared(facts: Facts) -> Iterator[Quad]:
    graph = vocab.registry_graph()
    for body in facts.bodies.values():
        node = NamedNode(f"x:{body.iri}")
        yield Quad(node, RDF.type, ORG.Organization, graph)
        yield Quad(node, SKOS.prefLabel, Literal(body.label, language="zh"), graph)
        yield Quad(node, DCTERMS.spatial, NamedNode(body.region or ""), graph)
        if body.kind == "generic":
            yield Quad(node, RDF.type, ZR.GenericBody, graph)


def columns_of(numbers: Mapping[str, int]) -> Columns:
    """Return tables in which each body has that many tasks of its own, so that its shared load is that number."""
    return plain_columns({f"{name}{i}": [name] for name, number in numbers.items() for i in range(number)})


def plain_pairs(facts: Facts) -> list[Pair]:
    """Return each pair with a task in common, those with most first.

    A and B are the sets of tasks that name each body. Jaccard = |A ∩ B| / |A ∪ B|: how much of what either does, both do.
    Lift = |A ∩ B| · N / (|A| · |B|): how many times more often than by chance among the N tasks that name any body of
    their regions; 1 is chance.
    """
    tasks_of: dict[str, set[str]] = defaultdict(set)
    tasks_in: dict[str | None, set[str]] = defaultdict(set)
    shared: dict[tuple[str, str], list[str]] = defaultdict(list)
    for task in facts.tasks:
        units = sorted(facts.direct_of[task])
        for unit in units:
            tasks_of[unit].add(task)
            tasks_in[facts.bodies[unit].region].add(task)
        for pair in combinations(units, 2):
            shared[pair].append(task)
    pairs = []
    for (a, b), tasks in shared.items():
        first, second = facts.bodies[a], facts.bodies[b]
        around = len(tasks_in[first.region] | tasks_in[second.region])
        jaccard = four_places(Fraction(len(tasks), len(tasks_of[a] | tasks_of[b])))
        lift = four_places(Fraction(len(tasks) * around, len(tasks_of[a]) * len(tasks_of[b])))
        pairs.append(
            Pair(
                a=a,
                b=b,
                label_a=first.label,
                label_b=second.label,
                region_label=first.region_label,
                generic="generic" in (first.kind, second.kind),
                shared=len(tasks),
                tasks_a=len(tasks_of[a]),
                tasks_b=len(tasks_of[b]),
                jaccard=jaccard,
                lift=lift,
                reading=read_pair(len(tasks), jaccard, lift),
                task_iris=tuple(tasks),
            )
        )
    return sorted(pairs, key=lambda pair: (-pair.shared, -pair.jaccard, pair.a, pair.b))
