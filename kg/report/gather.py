"""From a built graph to the report's records: every measure is asked where it is made, and none is made here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from pyoxigraph import Literal

from kg import ask, vocab
from kg.analysis import Columns, Gap, count_gaps, iterate_gaps, open_columns
from kg.analysis.lineage.policy_reach import find_missing_texts
from kg.analysis.sharing.brokers import measure_brokers
from kg.analysis.sharing.communities import Network, measure_communities
from kg.analysis.sharing.dependence import Dependence, measure_dependence
from kg.analysis.sharing.diffusion import count_diffusion, measure_diffusion
from kg.analysis.sharing.pairs import Pair, measure_pairs
from kg.analysis.sharing.parts import read_parts
from kg.errors import QueryError
from kg.report.beside import Beside, set_beside
from kg.report.facts import Reader
from kg.report.loads import Loads, measure
from kg.report.maps import make_heat_maps, make_matrix
from kg.report.model import DiffuseRow, GapRow, LeanRow, PairRow, Period, Report, Scope, Totals
from kg.store import Generation, open_store
from kg.vocab import PROV

_SCOPED = ("tasks", "assignments", "indicators", "citations", "decisions")
_PENDING = "verdict IN ('ambiguous', 'unknown') AND subject <> 'metric'"


def gather_report(
    generation: Generation, *, region: str | None = None, period: Period | None = None, documents: Sequence[str] = ()
) -> Report:
    """Return the report on the whole graph, or on one region, the documents of a period, or some documents.

    Regions and documents are named as people write them: by name, code, title, number or IRI.

    :raises QueryError: there is no such region or document, or nothing fits all of them together.
    """
    place, chosen = _resolve(generation, region, documents)
    with open_columns(generation, place, period) as columns:
        if chosen is not None:
            _keep(columns, chosen)
        reader = Reader(columns)
        if not reader.documents:
            raise QueryError("no document fits what was asked for; `zeren query documents` lists region and period of each")
        titles = tuple(one.title for one in reader.documents) if documents else ()
        scope = Scope(None if region is None else reader.documents[0].region or region, period, titles)
        loads = measure(columns, reader)
        return _gather(generation, columns, reader, scope, loads, set_beside(generation, place, period, reader.iris))


def _gather(generation: Generation, columns: Columns, reader: Reader, scope: Scope, loads: Loads, beside: Beside) -> Report:
    pairs = tuple(_pair(pair, reader) for pair in measure_pairs(columns, tasks=True))
    parts = read_parts(columns)
    networks = tuple(measure_communities(columns, parts=parts))
    indicators = reader.indicators()
    return Report(
        scope=scope,
        program=generation.manifest.program,
        generation=generation.manifest.generation,
        built=_built(generation),
        totals=Totals(
            documents=len(reader.documents),
            regions=len({document.region for document in reader.documents if document.region}),
            tasks=sum(not task.measure for task in reader.tasks.values()),
            measures=sum(task.measure for task in reader.tasks.values()),
            organizations=sum(load.kind != "generic" for load in loads.whole),
            indicators=len(indicators),
            binding=sum(one.binding == "binding" for one in indicators),
            citations=reader.count("citations", "relation <> 'self'"),
            undecided=reader.count("decisions", _PENDING),
        ),
        documents=reader.documents,
        loads=loads.whole,
        loads_by_period=loads.by_period,
        concentration=loads.concentration,
        heat_maps=tuple(make_heat_maps(reader, loads)),
        pairs=pairs,
        matrix=make_matrix([pair for pair in pairs if not pair.generic], _groups(networks), loads),
        networks=networks,
        brokers=tuple(measure_brokers(columns, parts=parts)),
        leans=tuple(_lean(one, reader) for one in measure_dependence(columns, generic=False, tasks=True)),
        diffuse=tuple(DiffuseRow(reader.task_ids[one.task], one.labels, one.joint) for one in measure_diffusion(columns)),
        diffusion=count_diffusion(columns),
        indicators=indicators,
        parents=reader.parents(),
        missing=tuple(find_missing_texts(columns)),
        weaker=beside.weaker,
        target_counts=beside.target_counts,
        continuity=beside.continuity,
        successions=beside.successions,
        gap_counts=tuple(count_gaps(columns)),
        gaps=tuple(_gap(gap, reader) for gap in iterate_gaps(columns)),
        corrections=reader.corrections(),
        tasks=reader.tasks,
        task_ids=reader.task_ids,
    )


def _resolve(generation: Generation, region: str | None, documents: Sequence[str]) -> tuple[str | None, frozenset[str] | None]:
    """Return the IRIs of what people named."""
    if region is None and not documents:
        return None, None
    graph = open_store(generation)
    place = None if region is None else ask.resolve_value(graph, "region", region).value
    chosen = frozenset(ask.resolve_value(graph, "document", words).value for words in documents) if documents else None
    return place, chosen


def _keep(columns: Columns, chosen: Iterable[str]) -> None:
    """Leave only some documents, and what stands in them."""
    named = ", ".join("'" + iri.replace("'", "''") + "'" for iri in sorted(chosen))
    columns.change("documents", f"SELECT * FROM before WHERE iri IN ({named})")
    for table in _SCOPED:
        columns.change(table, "SELECT * FROM before WHERE document_id IN (SELECT document_id FROM documents)")


def _built(generation: Generation) -> datetime:
    """Return when the graph was built: what its derivation says, else when the manifest was written."""
    base = generation.manifest.base
    stated = open_store(generation).quads_for_pattern(vocab.derivation(base), PROV.endedAtTime, None, vocab.derived_graph(base))
    for quad in stated:
        if isinstance(quad.object, Literal):
            return datetime.fromisoformat(quad.object.value)
    return datetime.fromtimestamp(int((generation.folder / "manifest.json").stat().st_mtime), UTC)


def _groups(networks: Iterable[Network]) -> list[list[str]]:
    return [[member.organization for member in group.members] for network in networks for group in network.communities]


def _pair(pair: Pair, reader: Reader) -> PairRow:
    names = (pair.a, pair.b, pair.label_a, pair.label_b, pair.region_label)
    return PairRow(*names, pair.generic, reader.find(pair.task_iris), pair.jaccard, pair.lift)


def _lean(one: Dependence, reader: Reader) -> LeanRow:
    return LeanRow(one.lead_label, one.support_label, one.region_label, reader.find(one.task_iris), one.led, one.share)


def _gap(gap: Gap, reader: Reader) -> GapRow:
    return GapRow(
        kind=gap.kind,
        severity=gap.severity,
        words=gap.words,
        words_en=gap.words_en,
        document=reader.iris[gap.document],
        task=None if gap.task is None else reader.task_ids.get(gap.task),
        name=gap.title,
        quote=gap.quote,
        start=gap.start,
        end=gap.end,
        reason=gap.reason,
    )
