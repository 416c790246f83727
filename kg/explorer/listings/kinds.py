"""What tables there are: of tasks, bodies, indicators and policies."""

from __future__ import annotations

from kg.analysis.gaps.kinds import gap_kinds
from kg.analysis.load import FEWEST, HEAVY, OVERLOADED
from kg.explorer.listings.model import NOT_SAID, Column, Facet, Listing

_DOCUMENTS = "SELECT key AS code, title AS name FROM documents"
_REGIONS = "SELECT DISTINCT region_code AS code, region_name AS name FROM documents WHERE region_code IS NOT NULL"
_HOMES = "SELECT DISTINCT region_code AS code, region_name AS name FROM organizations WHERE region_code IS NOT NULL"
_BODIES = "SELECT key AS code, coalesce(name, key) AS name FROM organizations"
_METRICS = "SELECT metric_key AS code, any_value(metric) AS name FROM listed_indicators GROUP BY ALL"
_POLICIES = "SELECT key AS code, title AS name FROM listed_policies"
_FUNCTIONS = (
    "SELECT function AS code, any_value(function_name) AS name FROM organizations WHERE function IS NOT NULL GROUP BY ALL"
)
_READING = "region_code = '-', region_code, first_year, last_year, document_id, place, id"  # documents of a region together
_ROLES = ("lead", "responsible", "support", "inherited", NOT_SAID)
_YES = ("yes", "no")
_LEVELS = ("national", "province", "prefecture", "county", "unknown")
_KINDS = ("quantitative", "zero", "trend", "delegated", "placeholder", "milestone")

_REGION = Facet("region", "region_code", names=_REGIONS)
_DOCUMENT = Facet("document", "document_key", names=_DOCUMENTS)
_PERIOD = Facet("period", "period_code", by_value=True)
_DEPARTMENT = Facet("department", "departments", many=True, every=True, names=_BODIES)

_TITLE_OF_DOCUMENT = Column("document", page="document", page_key="document_key")
_REGION_NAME = Column("region", shown=False)
_PERIOD_YEARS = Column("period", value="nullif(period_code, '-')", sort="period_code", shown=False)
_WORDS = (
    Column("quote", "words", shown=False),
    Column("page", "number", shown=False),
    Column("rule", shown=False, sort="rule"),
    Column("file", shown=False, sort="file"),
)

_IN_ROLES = (  # of the bodies that are asked for, once some are
    "list_filter(["
    + ", ".join(
        f"if(len(list_filter(duties, lambda one: one.{role} AND list_contains($department, one.key))) > 0, '{role}', NULL)"
        for role in _ROLES[:-1]
    )
    + "], lambda role: role IS NOT NULL)"
)

_PAIRS = (  # of all bodies, for pages that no server answers
    "flatten(list_transform(duties, lambda one: list_filter(["
    + ", ".join(f"if(one.{role}, one.key || ' {role}', NULL)" for role in _ROLES[:-1])
    + "], lambda pair: pair IS NOT NULL)))"
)

TASKS = Listing(
    "tasks",
    (
        Column("number", sort=_READING),
        Column("task", value="title", page="task", page_key="key"),
        _REGION_NAME,
        _PERIOD_YEARS,
        _TITLE_OF_DOCUMENT,
        Column("section", value="nullif(section, '-')", sort=_READING, shown=False),
        Column("path", sort=_READING, shown=False),
        Column("kind", "code", shown=False, codes="task_kind"),
        Column("lead", "things", page="department"),
        Column("responsible", "things", page="department"),
        Column("support", "things", page="department"),
        Column("inherited", "things", page="department", shown=False),
        Column("bodies", "number", shown=False),
        Column("indicators", "number"),
        Column("due", value="due_text", sort="due_date"),
        Column("due_date", "date", shown=False),
        Column("finding", "codes", value="list_filter(findings, lambda one: one <> '-')", codes="finding"),
        *_WORDS,
        Column("key", shown=False, sort="key"),
    ),
    (
        _REGION,
        _DOCUMENT,
        _PERIOD,
        Facet("section", "section", once="document"),
        _DEPARTMENT,
        Facet("role", "roles", many=True, codes=_ROLES, within=("department", _IN_ROLES), pairs=_PAIRS),
        Facet("function", "functions", many=True, names=_FUNCTIONS),
        Facet("has_lead", "has_lead", codes=_YES),
        Facet("has_indicator", "has_indicator", codes=_YES),
        Facet("due", "due_year", by_value=True),
        Facet("finding", "findings", many=True, codes=(*gap_kinds(), NOT_SAID)),
        Facet("kind", "kind", codes=("task", "safeguard")),
        Facet("policy", "policies", many=True, names=_POLICIES, once="policy"),
    ),
    _READING,
    "document",
)

DEPARTMENTS = Listing(
    "departments",
    (
        Column("department", value="label", page="department", page_key="key"),
        Column("aliases", shown=False),
        Column("region"),
        Column("kind", "code", shown=False, codes="body_kind"),
        Column("function", value="function_label"),
        Column("tasks", "number", page="tasks", page_key="if(tasks > 0, key, NULL)"),
        Column("led", "number", page="tasks/lead", page_key="if(led > 0, key, NULL)"),
        Column("responsible", "number", page="tasks/responsible", page_key="if(responsible > 0, key, NULL)"),
        Column("supported", "number", page="tasks/support", page_key="if(supported > 0, key, NULL)"),
        Column("inherited", "number", page="tasks/inherited", page_key="if(inherited > 0, key, NULL)"),
        Column("load", "decimal", value="shared_load"),
        Column("indicators", "number", page="indicators", page_key="if(indicators > 0, key, NULL)"),
        Column(
            "binding_indicators",
            "number",
            shown=False,
            page="indicators/binding",
            page_key="if(binding_indicators > 0, key, NULL)",
        ),
        Column("documents", "number", shown=False),
        Column("score", "decimal"),
        Column("verdict", "code", sort="score", codes="verdict"),
        Column("rank", "number", shown=False),
        Column("peer_rank", "number", shown=False),
        Column("peers", "number", shown=False),
        Column("peer_median", "decimal", shown=False),
        *_WORDS[:1],
        Column("key", shown=False, sort="key"),
    ),
    (
        Facet("region", "region_code", names=_HOMES),
        Facet("period", "period_code", single=True, by_value=True),
        Facet("verdict", "verdict", codes=("overloaded", "heavy", "normal", "too few to judge", "not judged")),
        Facet("function", "function_code", names=_FUNCTIONS),
        Facet("role", "roles", many=True, codes=_ROLES[:-1]),
        Facet("has_lead", "has_lead", codes=_YES),
        Facet("has_binding", "has_binding", codes=_YES),
        Facet("kind", "kind", codes=("organization", "collaboration", "generic")),
    ),
    "place, id",
    "region",
    {"load": "load"},
    {"fewest": FEWEST, "overloaded": OVERLOADED, "heavy": HEAVY},
)

INDICATORS = Listing(
    "indicators",
    (
        Column("indicator", value="name", page="metric", page_key="metric_key"),
        Column("metric", page="metric", page_key="metric_key", shown=False),
        Column("kind", "code", codes="indicator_kind"),
        Column("comparator", "code", value="nullif(comparator, '-')", codes="comparator"),
        Column("value", "text", value="value_text", sort="value"),
        Column("unit", value="unit_written"),
        Column("year", "number"),
        Column("baseline", "decimal", value="baseline_value"),
        Column("baseline_year", "number", shown=False),
        Column("binding", "code", value="nullif(binding, '-')", codes="binding"),
        Column("region"),
        _PERIOD_YEARS,
        Column("document", page="document", page_key="document_key", shown=False),
        Column("of_task", value="task_title", page="task", page_key="task_key"),
        Column("bodies", "things", page="department"),
        Column("as_written", "words", shown=False),
        Column("finding", "codes", value="list_filter(findings, lambda one: one <> '-')", codes="finding", shown=False),
        *_WORDS,
    ),
    (
        _REGION,
        _DOCUMENT,
        _PERIOD,
        Facet("year", "year_code", by_value=True),
        Facet("kind", "kind", codes=_KINDS),
        Facet("unit", "unit_code"),
        Facet("binding", "binding", codes=("binding", "expected", NOT_SAID)),
        Facet("has_value", "has_value", codes=_YES),
        Facet("has_baseline", "has_baseline", codes=_YES),
        Facet(
            "metric",
            "metric_key",
            names="SELECT metric_key AS code, any_value(metric) AS name FROM listed_indicators GROUP BY ALL",
        ),
        _DEPARTMENT,
        Facet("finding", "findings", many=True, codes=(*gap_kinds(), NOT_SAID)),
    ),
    _READING,
    "document",
)

POLICIES = Listing(
    "policies",
    (
        Column("policy", value="title", page="chain", page_key="key"),
        Column("number", sort="number"),
        Column("level", "code", codes="level"),
        Column("issuer"),
        Column("here", "code", codes="here"),
        Column("relation", "codes", value="list_filter(relations, lambda one: one <> '-')", codes="relation"),
        Column("documents", "number"),
        Column("tasks", "number", page="tasks", page_key="if(tasks > 0, key, NULL)"),
        Column("citations", "number", shown=False),
        Column("documents_reached", "number"),
        Column("tasks_reached", "number"),
        Column("bodies_reached", "number"),
        Column("regions_reached", "number", shown=False),
        *_WORDS[:1],
        Column("key", shown=False, sort="key"),
    ),
    (
        Facet("level", "level", codes=_LEVELS),
        Facet("here", "here", codes=("yes", "notice", "no")),
        Facet("relation", "relations", many=True, codes=("basis", "creates", "reference", NOT_SAID)),
        Facet("region", "citing", many=True, names=_REGIONS),
        Facet("issuer", "coalesce(replace(issuer, ',', '，'), '-')"),
    ),
    "documents DESC, tasks DESC, id",
    "level",
    {"reach": "parent-policies"},
    {"top": None, "region": None, "first_year": None, "last_year": None},
)

LISTINGS = {listing.name: listing for listing in (TASKS, DEPARTMENTS, INDICATORS, POLICIES)}
