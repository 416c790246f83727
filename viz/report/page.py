"""One HTML file: every number leads to its words, nothing is loaded, no script runs."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from collections import defaultdict
from functools import cache
from importlib.resources import files
from itertools import count

from jinja2 import Environment, StrictUndefined, Template
from markupsafe import Markup

from kg.analysis import gap_kinds
from kg.analysis.continuity.alignment import CONTINUED, PART
from kg.analysis.load import FEWEST, HEAVY, OVERLOADED
from kg.analysis.sharing.partitions import RUNS
from kg.analysis.targets.growth import find_growth
from kg.report import GapRow, IndicatorRow, LoadRow, Report, Scope
from viz.fonts import FANG, HEI, SONG, css_family
from viz.report.charts import draw_bars, draw_heat_map, draw_matrix
from viz.report.evidence import Evidence
from viz.report.lineage import MOST_DOCUMENTS, draw_lineage
from viz.report.plans import SIGNS, cite_item, describe_above, describe_bodies, describe_goal, describe_plans, describe_step
from viz.report.summary import describe_pair, summarize
from viz.report.words import Language, Words, verdict_key

ROWS = 20  # of each table, unless someone asks for more or fewer
# in the order in which an office reads them
PARTS = (
    "summary",
    "sources",
    "load",
    "overload",
    "concentration",
    "sections",
    "sharing",
    "groups",
    "indicators",
    "lineage",
    "continuity",
    "gaps",
    "corrections",
    "method",
    "evidence",
)
_THRESHOLDS = {
    "overloaded": f"{OVERLOADED:g}",
    "heavy": f"{HEAVY:g}",
    "fewest": FEWEST,
    "continued": CONTINUED,
    "part": PART,
}
_TOP_OF_REGION = 3  # bodies of each region and period that the table of verdicts shows, whatever is said of them


def render_report(report: Report, lang: Language = "zh", *, rows: int = ROWS, workbook: str | None = None) -> str:
    """Return the page; the same report gives the same text. ``workbook`` names the file beside it that has all rows."""
    words = Words(lang)
    evidence = Evidence(report, words, rows)
    figures, tables = count(1), count(1)
    gaps: dict[str, list[GapRow]] = defaultdict(list)
    for gap in report.gaps:
        gaps[gap.kind].append(gap)
    style = _style(words)
    return _template().render(
        r=report,
        w=words,
        e=evidence,
        policy=f"default-src 'none'; style-src '{_hash(style)}'; base-uri 'none'; form-action 'none'",
        style=Markup(style),
        scope=name_scope(report.scope, words),
        workbook=workbook,
        most=rows,
        half=max(1, rows // 2),
        groups=[group for network in report.networks for group in network.communities],
        gap_kinds=gap_kinds(),
        most_indicators=2 * rows,
        parts=PARTS,
        number=lambda key: PARTS.index(key) + 1,
        figure=lambda: next(figures),
        table=lambda: next(tables),
        sentences=list(summarize(report, evidence, words)),
        loads=[load for load in report.loads if load.kind != "generic" or load.tasks],
        judged=list_judged(report),
        verdict_key=verdict_key,
        pairs=[pair for pair in report.pairs if not pair.generic],
        indicators=sorted(report.indicators, key=lambda one: (one.binding != "binding", one.value is None)),
        gaps_of=gaps,
        dutied=sum(1 for _ in {report.tasks[task].document for load in report.loads for task in load.tasks}),
        runs=RUNS,
        thresholds=_THRESHOLDS,
        value=lambda one: write_value(one, words),
        colon="：" if lang == "zh" else ": ",
        most_documents=MOST_DOCUMENTS,
        most_links=2 * rows if evidence.most is None else max(1, rows // 2),
        most_items=rows if evidence.most is None else max(1, rows // 2),
        task_of=cite_item(evidence),
        describe_above=describe_above,
        describe_bodies=describe_bodies,
        describe_plans=describe_plans,
        describe_goal=describe_goal,
        describe_step=describe_step,
        describe_pair=describe_pair,
        draw_bars=draw_bars,
        draw_heat_map=draw_heat_map,
        draw_matrix=draw_matrix,
        draw_lineage=draw_lineage,
    )


def list_judged(report: Report) -> list[LoadRow]:
    """Return who is overloaded or heavily loaded, and the first three of each region and period, the highest score first."""
    loads = [load for load in report.loads_by_period or report.loads if load.rank is not None]
    shown = [load for load in loads if load.verdict in ("overloaded", "heavy") or (load.rank or 0) <= _TOP_OF_REGION]
    return sorted(shown, key=lambda load: (load.score is None, -(load.score or 0.0), load.key, load.period or (0, 0)))


def name_scope(scope: Scope, words: Words) -> str:
    """Return what the report is about, in words."""
    parts = [scope.region, words.years(scope.period) if scope.period else None, words["comma"].join(scope.documents)]
    return words["semicolon"].join(part for part in parts if part) or words["whole"]


def write_value(indicator: IndicatorRow, words: Words) -> str:
    """Return a target's number as the text has it, with the sign of its comparator."""
    if growth := find_growth(indicator.kind, indicator.quote):
        return growth
    if indicator.written is None:
        return ""
    sign = SIGNS.get(indicator.comparator or "", "")
    return f"{sign} {indicator.written}".strip()


@cache
def _template() -> Template:
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    return environment.from_string(_read("report.html"))


def _style(words: Words) -> str:
    latin = ("Times New Roman", "Liberation Serif")
    fonts = {
        "SONG_FONTS": css_family(latin, SONG, "serif"),
        "HEI_FONTS": css_family(("Helvetica Neue", "Arial", "Liberation Sans"), HEI, "sans-serif"),
        "FANG_FONTS": css_family(latin, FANG, "serif"),
        "PAGE_WORDS": words["page_of"],
    }
    style = _read("report.css")
    for name, value in fonts.items():
        style = style.replace(name, value)
    return style


def _hash(text: str) -> str:
    return f"sha256-{b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


def _read(name: str) -> str:
    return files("viz.report").joinpath(name).read_text("utf-8")
