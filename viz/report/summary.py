"""The report in sentences: what a reader with one minute takes away."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from markupsafe import Markup

from kg.analysis.load import FEWEST
from kg.analysis.sharing import pairs
from kg.report import LoadRow, PairRow, Report
from viz.report.evidence import Evidence
from viz.report.plans import describe_plans
from viz.report.svg import tag
from viz.report.words import Words

MOST_REGIONS = 6  # that get a sentence of their own
MOST_NAMES = 5
MOST_PLANS = 3


def summarize(report: Report, evidence: Evidence, words: Words) -> Iterator[Markup]:
    """Yield the sentences, the most general first."""
    yield _scope(report, words)
    yield from _regions(report, evidence, words)
    yield from _verdicts(report, words)
    if first := next((pair for pair in report.pairs if not pair.generic), None):
        yield _pair(first, evidence, words)
    yield from _gaps(report, words)
    if report.indicators:
        without = sum(one.value is None and one.kind != "milestone" for one in report.indicators)
        counts = {"n": len(report.indicators), "binding": report.totals.binding, "without": without}
        yield words.say("s_indicators", **{key: to_part(words.number(n), "indicators") for key, n in counts.items()})
    if report.parents:
        missing = sum(not parent.reach.here for parent in report.parents)
        held = words.count(len(report.parents), "policy", to_part(words.number(len(report.parents)), "lineage"))
        yield words.say("s_parents", n=held, missing=to_part(words.number(missing), "lineage"))
    if report.weaker:
        yield words.say("s_weaker", n=to_part(words.number(len(report.weaker)), "lineage"))
    for one in report.continuity[:MOST_PLANS]:
        yield words.say(
            "s_continuity",
            later=to_part(one.later.title, "continuity"),
            earlier=one.earlier.title,
            counts=describe_plans(one, words),
        )
    if report.corrections:
        yield words.say("s_corrections", n=to_part(words.number(len(report.corrections)), "corrections"))
    if report.totals.undecided:
        yield words.say("s_undecided", n=words.number(report.totals.undecided))


def to_part(text: object, part: str) -> Markup:
    """Return what leads to a part of the report."""
    return tag("a", text, href=f"#p-{part}")


def describe_pair(pair: PairRow, words: Words) -> Markup:
    """Return what Jaccard and lift of a pair mean, in words, by the thresholds of :mod:`kg.analysis.sharing.pairs`."""
    if len(pair.tasks) < pairs.FEWEST:
        return words.say("reading_few")
    often = "bound" if pair.lift >= pairs.BOUND else "more" if pair.lift >= pairs.MORE else "less"
    often = "chance" if pairs.LESS < pair.lift < pairs.MORE else often
    same = "mostly" if pair.jaccard >= pairs.MOSTLY else "partly" if pair.jaccard >= pairs.PARTLY else "hardly"
    said = {"often": words[f"often_{often}"], "same": words[f"same_{same}"]}
    return words.say("reading_lift", **said, lift=words.number(pair.lift, 1))


def _scope(report: Report, words: Words) -> Markup:
    totals = report.totals
    periods = [document.period for document in report.documents if document.period]
    years = words.years((min(first for first, _ in periods), max(last for _, last in periods))) if periods else words["no_period"]

    def counted(number: int, what: str, part: str) -> Markup:
        return words.count(number, what, to_part(words.number(number), part))

    return words.say(
        "s_scope",
        documents=counted(totals.documents, "document", "sources"),
        regions=words.count(totals.regions, "region"),
        years=years,
        tasks=counted(totals.tasks, "task", "evidence"),
        measures=counted(totals.measures, "measure", "evidence"),
        bodies=counted(totals.organizations, "body", "load"),
        indicators=counted(totals.indicators, "indicator", "indicators"),
    )


def _regions(report: Report, evidence: Evidence, words: Words) -> Iterator[Markup]:
    ranked = sorted(
        report.concentration, key=lambda one: (-one.region.tasks, one.region.region or "", one.region.period or (0, 0))
    )
    for one in ranked[:MOST_REGIONS]:
        own = [
            load
            for load in report.loads_by_period or report.loads
            if load.kind != "generic" and (load.region, load.period) == (one.region.label, one.region.period)
        ]
        if not own:
            continue
        first = own[0]
        what = f"{first.label} {words.years(first.period)}"
        tied = sum(len(load.tasks) == len(first.tasks) for load in own) - 1
        led = evidence.cite(first.led, f"{what} {words['c_led']}", "load")
        yield words.say(
            "s_most",
            region=one.region.label or words["nothing"],
            years=words.years(first.period) if first.period else words["whole"],
            body=first.label,
            tasks=words.count(len(first.tasks), "task", evidence.cite(first.tasks, f"{what} {words['c_tasks']}", "load")),
            roles=words.say("s_led", n=led) if first.led else "",
            tied=words.say("s_tied", n=tied) if tied else words["s_alone"],
            share=to_part(words.share(one.region.top_share), "concentration"),
        )


def _verdicts(report: Report, words: Words) -> Iterator[Markup]:
    loads = report.loads_by_period or report.loads
    found = {verdict: [load for load in loads if load.verdict == verdict] for verdict in ("overloaded", "heavy")}
    for verdict, key in (("overloaded", "s_over"), ("heavy", "s_heavy")):
        if own := sorted(found[verdict], key=lambda load: (-(load.score or 0), load.key)):
            bodies = len({load.key for load in own})
            times = words.say("s_times", n=len(own)) if len(own) > bodies else ""
            yield words.say(key, bodies=to_part(words.number(bodies), "overload"), times=times, names=_names(own, words))
    few = [one.region for one in report.concentration if not one.region.judged]
    undated = [document.title for document in report.documents if document.period is None]
    if undated and report.loads_by_period:
        yield words.say("s_undated", n=words.count(len(undated), "document"), first=undated[0])
    if not any(found.values()) and len(few) < len(report.concentration):
        yield Markup(words["s_none_over"])
    if few:
        names = list(dict.fromkeys(f"{region.label or words['nothing']} {words.years(region.period)}" for region in few))
        yield words.say("s_few", names=_shorten(names, words), fewest=FEWEST)


def _names(loads: Sequence[LoadRow], words: Words) -> str:
    return _shorten([load.label + words["bracket"].format(words=words.years(load.period)) for load in loads], words)


def _shorten(names: Sequence[str], words: Words) -> str:
    shown = words["comma"].join(names[:MOST_NAMES])
    return shown if len(names) <= MOST_NAMES else shown + words["s_names_more"].format(n=len(names))


def _pair(pair: PairRow, evidence: Evidence, words: Words) -> Markup:
    both = f"{pair.label_a}{words['comma']}{pair.label_b}"
    tasks = words.count(len(pair.tasks), "task", evidence.cite(pair.tasks, both, "sharing"))
    return words.say("s_pair", a=pair.label_a, b=pair.label_b, tasks=tasks, reading=describe_pair(pair, words))


def _gaps(report: Report, words: Words) -> Iterator[Markup]:
    told = [one for one in report.gap_counts if one.count and one.severity != "low"]
    if told:
        parts = [
            words.say(
                "s_gap_one",
                n=to_part(words.number(one.count), f"gap-{one.kind}"),
                title=words.term("gap", one.kind),
                share=words.share(one.count, one.of),
            )
            for one in told
        ]
        yield words.say("s_gap", gaps=Markup(words["semicolon"]).join(parts))
