"""The report as a workbook: a sheet for each part, all rows, filters on the first line."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from kg.analysis.targets.growth import find_growth
from kg.report import LoadRow, Report
from kg.workbook import Sheet, Value, render_sheets
from viz.report.page import list_judged, name_scope
from viz.report.plans import describe_bodies, describe_goal, describe_step
from viz.report.summary import describe_pair
from viz.report.words import Language, Words

MOST = 200_000  # rows of a sheet; the office's programs slow down long before their limit
_REFS = 300  # tasks that a cell lists
_WIDE = {
    "c_document": 36, "c_body": 28, "c_file": 28, "c_digest": 66, "c_leaders": 60, "c_section": 32, "c_members": 90,
    "c_metric": 30, "c_common": 26, "c_quote": 70, "c_policy": 46, "c_words": 40, "c_refs": 60, "c_title": 40, "c_a": 28,
    "c_b": 28, "c_lead": 28, "c_support": 28, "c_group": 36, "c_joins": 60,
    "c_quote_above": 70, "c_quote_before": 70, "c_quote_after": 70, "c_task_before": 40, "c_task_after": 40,
    "c_earlier": 36, "c_later": 36, "c_alike": 60, "c_bodies": 40, "c_own": 24, "c_above": 24,
    "c_reading": 44, "c_verdict": 18, "c_period": 14, "c_written": 20, "c_date": 14, "c_region": 12,
    "c_mention": 24, "c_now": 28, "c_before": 28, "c_why": 40, "c_when": 20, "c_gap": 26, "c_task": 30, "w_content": 100,
    "w_item": 16,
}  # fmt: skip
Rows = Iterator[tuple[Value, ...]]


def render_workbook(report: Report, lang: Language = "zh") -> bytes:
    """Return the bytes of the workbook; the same report gives the same bytes."""
    words = Words(lang)
    sheets = [
        _sheet(words, "part_sources", _SOURCES, _sources(report, words)),
        _sheet(words, "part_load", _LOADS, _loads(report.loads, report, words)),
        _sheet(words, "w_periods", _LOADS, _loads(report.loads_by_period, report, words)),
        _sheet(words, "part_overload", _LOADS, _loads(list_judged(report), report, words)),
        _sheet(words, "part_concentration", _CONCENTRATION, _concentration(report, words)),
        _sheet(words, "part_sections", _SECTIONS, _sections(report)),
        _sheet(words, "part_sharing", _PAIRS, _pairs(report, words)),
        _sheet(words, "w_diffuse", _DIFFUSE, _diffuse(report, words)),
        _sheet(words, "part_groups", _GROUPS, _groups(report, words)),
        _sheet(words, "w_brokers", _BROKERS, _brokers(report, words)),
        _sheet(words, "w_leans", _LEANS, _leans(report)),
        _sheet(words, "part_indicators", _INDICATORS, _indicators(report, words)),
        _sheet(words, "part_lineage", _PARENTS, _parents(report, words)),
        _sheet(words, "w_missing", _MISSING, _missing(report, words)),
        _sheet(words, "w_weaker", _WEAKER, _weaker(report)),
        _sheet(words, "w_links", _LINKS, _links(report, words)),
        _sheet(words, "w_goals", _GOALS, _goals(report, words)),
        _sheet(words, "w_gap_kinds", _KINDS, _kinds(report, words)),
        _sheet(words, "part_gaps", _GAPS, _gaps(report, words)),
        _sheet(words, "part_corrections", _CORRECTIONS, _corrections(report, words)),
        _sheet(words, "w_tasks", _TASKS, _tasks(report)),
    ]
    return render_sheets([_about(report, words), *sheets], f"{words['title']} {name_scope(report.scope, words)}")


def _about(report: Report, words: Words) -> Sheet:
    totals = report.totals
    rows: list[tuple[Value, ...]] = [
        (words["title"], name_scope(report.scope, words)),
        (words["built"], words.day(report.built)),
        (words["program"], str(words.say("program_words", version=report.program, generation=report.generation))),
        (words["c_document"], totals.documents),
        (words["c_task"], totals.tasks),
        (words["c_body"], totals.organizations),
        (words["c_indicators"], totals.indicators),
        (words["c_refs"], words["evidence_lead"]),
    ]
    columns = ("w_item", "w_content")
    return Sheet(words["w_about"], [words[key] for key in columns], rows, _widths(words, columns))


def _sheet(words: Words, name: str, columns: Sequence[str], rows: Rows) -> Sheet:
    return Sheet(words[name], [words[key] for key in columns], _first(rows, columns), _widths(words, columns))


def _first(rows: Rows, columns: Sequence[str]) -> Rows:
    for place, row in enumerate(rows):
        if place == MOST:
            yield ("…", *[None] * (len(columns) - 1))
            return
        yield row


def _widths(words: Words, columns: Sequence[str]) -> dict[str, int]:
    return {words[key]: _WIDE.get(key, max(9, 2 * len(words[key]))) for key in columns}


def _refs(report: Report) -> Callable[[Sequence[int]], str]:
    def cite(tasks: Sequence[int]) -> str:
        shown = " ".join(report.tasks[task].ref for task in tasks[:_REFS])
        return shown + (" …" if len(tasks) > _REFS else "")

    return cite


_SOURCES = (
    "c_no", "c_document", "c_region", "c_period", "c_written", "c_date", "c_tasks", "c_characters", "c_file", "c_digest",
)  # fmt: skip
_LOADS = (
    "c_region", "c_period", "c_body", "c_tasks", "c_led", "c_responsible", "c_supported", "c_inherited", "c_indicators",
    "c_binding", "c_shared", "c_score", "c_verdict", "c_rank", "c_peer", "c_refs",
)  # fmt: skip
_CONCENTRATION = (
    "c_region", "c_period", "c_organizations", "c_tasks", "c_median", "c_mad", "c_gini", "c_top", "c_leaders",
)  # fmt: skip
_SECTIONS = ("c_document", "c_section", "c_body", "c_tasks", "c_refs")
_PAIRS = ("c_region", "c_a", "c_b", "c_both", "c_jaccard", "c_lift", "c_reading", "c_refs")
_GROUPS = ("c_group", "c_region", "c_organizations", "c_ties", "c_stability", "c_members")
_BROKERS = ("c_body", "c_region", "c_between", "c_betweenness", "c_neighbours", "c_group", "c_joins")
_LEANS = ("c_region", "c_lead", "c_support", "c_both", "c_led_all", "c_share", "c_refs")
_DIFFUSE = ("c_no", "c_document", "c_title", "c_organizations", "c_members")
_INDICATORS = (
    "c_document", "c_task", "c_metric", "c_common", "c_kind", "c_comparison", "c_value", "c_unit", "c_year", "c_nature",
    "c_quote",
    "c_file", "c_from", "c_to",
)  # fmt: skip
_PARENTS = (
    "c_policy", "c_level", "c_documents", "c_tasks", "c_reached", "c_tasks_reached", "c_bodies_reached", "c_text", "c_refs",
)  # fmt: skip
_MISSING = ("c_policy", "c_level", "c_hang", "c_direct", "c_documents", "c_document", "c_quote", "c_file", "c_from", "c_to")
_WEAKER = ("c_metric", "c_year", "c_document", "c_own", "c_quote", "c_policy", "c_above", "c_quote_above", "c_reading")
_LINKS = ("c_earlier", "c_later", "c_link", "c_likeness", "c_task_before", "c_task_after", "c_alike", "c_bodies")
_GOALS = ("c_earlier", "c_later", "c_metric", "c_before_value", "c_after_value", "c_change", "c_quote_before", "c_quote_after")
_KINDS = ("c_gap", "c_severity", "c_count", "c_justified", "c_of", "c_share")
_GAPS = (
    "c_gap", "c_severity", "c_document", "c_no", "c_title", "c_words", "c_quote", "c_from", "c_to", "c_why", "c_by", "c_when",
)  # fmt: skip
_CORRECTIONS = ("c_document", "c_mention", "c_now", "c_before", "c_by", "c_when", "c_why")
_TASKS = ("c_no", "c_document", "c_title", "c_quote", "c_file", "c_page", "c_from", "c_to")


def _sources(report: Report, words: Words) -> Rows:
    for one in report.documents:
        years = words.years(one.period) if one.period else None
        yield (
            one.number, one.title, one.region, years, one.written, one.date, one.tasks, one.characters, one.file, one.sha256,
        )  # fmt: skip


def _loads(loads: Sequence[LoadRow], report: Report, words: Words) -> Rows:
    cite = _refs(report)
    for one in loads:
        years = words.years(one.period) if one.period else None
        counts = (len(one.tasks), len(one.led), len(one.responsible), len(one.supported), len(one.inherited))
        peers = f"{one.peer_rank} / {one.peers}" if one.peer_rank else None
        verdict = words.verdict(one.verdict)
        figures = (one.indicators, one.binding, one.shared_load, one.score, verdict, one.rank, peers)
        yield (one.region, years, one.label, *counts, *figures, cite(one.tasks))


def _concentration(report: Report, words: Words) -> Rows:
    for one in report.concentration:
        place = one.region
        years = words.years(place.period) if place.period else None
        figures = (place.organizations, place.tasks, place.median, place.mad, place.gini, place.top_share)
        yield (place.label, years, *figures, words["comma"].join(one.top))


def _sections(report: Report) -> Rows:
    cite = _refs(report)
    for heat in report.heat_maps:
        for (body, section), tasks in heat.cells.items():
            yield (report.document(heat.document).title, heat.sections[section], heat.bodies[body], len(tasks), cite(tasks))


def _pairs(report: Report, words: Words) -> Rows:
    cite = _refs(report)
    for one in report.pairs:
        figures = (len(one.tasks), one.jaccard, one.lift, str(describe_pair(one, words)))
        yield (one.region, one.label_a, one.label_b, *figures, cite(one.tasks))


def _diffuse(report: Report, words: Words) -> Rows:
    for one in report.diffuse:
        task = report.tasks[one.task]
        title = report.document(task.document).title
        yield (task.ref, title, task.title, len(one.bodies), words["comma"].join(one.bodies))


def _groups(report: Report, words: Words) -> Rows:
    for group in (group for network in report.networks for group in network.communities):
        members = words["comma"].join(member.label for member in group.members)
        yield (group.label, group.region_label, len(group.members), group.shared, group.stability, members)


def _brokers(report: Report, words: Words) -> Rows:
    for one in report.brokers:
        joins = words["semicolon"].join(tie.label for tie in one.ties)
        yield (one.label, one.region_label, one.between, one.betweenness, one.neighbours, one.community, joins)


def _leans(report: Report) -> Rows:
    cite = _refs(report)
    for one in report.leans:
        yield (one.region, one.lead, one.support, len(one.tasks), one.led, one.share, cite(one.tasks))


def _indicators(report: Report, words: Words) -> Rows:
    for one in report.indicators:
        task = None if one.task is None else report.tasks[one.task].ref
        kinds = (words.term("indicator-kind", one.kind), words.term("comparator", one.comparator))
        nature = words[one.binding] if one.binding else None
        value = find_growth(one.kind, one.quote) or one.value
        figures = (value, one.unit, one.year, nature, one.quote, one.file, one.start, one.end)
        yield (report.document(one.document).title, task, one.name, one.metric, *kinds, *figures)


def _parents(report: Report, words: Words) -> Rows:
    cite = _refs(report)
    for one in report.parents:
        held = words["yes"] if one.reach.here else words["no"]
        counts = (len(one.documents), len(one.tasks), one.reach.reached, one.reach.tasks_reached, one.reach.bodies_reached)
        yield (one.title, words.term("level", one.reach.level), *counts, held, cite(one.tasks))


def _missing(report: Report, words: Words) -> Rows:
    for one in report.missing:
        level, place = words.term("level", one.level), (one.document_title, one.quote, one.file, one.start, one.end)
        yield (one.title or one.number or one.policy, level, one.tasks, one.tasks_direct, one.documents, *place)


def _weaker(report: Report) -> Rows:
    for one in report.weaker:
        own, above = one.child, one.parent
        sides = (own.title, own.show(one.unit), own.quote, above.title, above.show(one.unit), above.quote)
        yield (one.metric_name or own.name, one.year, *sides, one.reason)


def _links(report: Report, words: Words) -> Rows:
    for one in report.continuity:
        titles = (one.earlier.title, one.later.title)
        for link in one.continuations:
            names = (link.earlier.title, link.later.title, " / ".join(link.words), describe_bodies(link.bodies, words))
            yield (*titles, words[f"k_{link.kind}"], link.score, *names)
        yield from ((*titles, words["k_dropped"], None, item.title, None, None, None) for item in one.dropped)
        yield from ((*titles, words["k_new"], None, None, item.title, None, None) for item in one.new)


_ENDS = {"added": "k_new", "removed": "k_dropped"}


def _goals(report: Report, words: Words) -> Rows:
    for one in report.continuity:
        for goal in one.goals:
            sides = [describe_goal(side, words) if side else None for side in (goal.before, goal.after)]
            quotes = (goal.before.quote if goal.before else None, goal.after.quote if goal.after else None)
            said = describe_step(goal.step, words) if goal.kind == "kept" else words[_ENDS[goal.kind]]
            yield (one.earlier.title, one.later.title, goal.metric_name, *sides, said, *quotes)


def _kinds(report: Report, words: Words) -> Rows:
    for one in report.gap_counts:
        share = round(one.count / one.of, 4) if one.of else None
        yield (words.term("gap", one.kind), words[f"severity_{one.severity}"], one.count, one.justified, one.of, share)


def _gaps(report: Report, words: Words) -> Rows:
    for one in report.gaps:
        what = (words.term("gap", one.kind), words[f"severity_{one.severity}"], report.document(one.document).title)
        ref = None if one.task is None else report.tasks[one.task].ref
        said = one.words if words.lang == "zh" else one.words_en
        reason = (one.reason.why, one.reason.by, one.reason.when) if one.reason else (None, None, None)
        yield (*what, ref, one.name, said, one.quote, one.start, one.end, *reason)


def _corrections(report: Report, words: Words) -> Rows:
    for one in report.corrections:
        when = words.day(one.when) if one.when else None
        yield (report.document(one.document).title, one.words, one.now, one.before, one.by, when, one.why)


def _tasks(report: Report) -> Rows:
    for one in report.tasks.values():
        title = report.document(one.document).title
        yield (one.ref, title, one.title, one.quote, one.file, one.page, one.start, one.end)
