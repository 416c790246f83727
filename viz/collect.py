"""The ledger read into what is to be seen; a key that it leaves out is something that the text does not say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field, replace
from typing import Any

from kg.ledger import name_document
from kg.ledger.rows import STATES
from kg.review import gather
from viz.views import ROLES, Edge, Gap, Node, Note, Quote, Relation, Rows, View

Entry = Mapping[str, Any]  # an object of the ledger

_HANDY = 9  # characters of a name that fits the overview
NAMELESS = "（无名）"  # an empty label would show as the node's id
CITED: dict[str, Relation] = {"basis": "basis", "creates": "creates", "reference": "reference"}


@dataclass(slots=True)
class _Sheet:
    """Nodes and edges while they are collected; the first node of an id stays, and takes later names in."""

    nodes: dict[str, Node] = field(default_factory=dict)
    edges: dict[Edge, None] = field(default_factory=dict)

    def add(self, node: Node) -> str:
        known = self.nodes.setdefault(node.id, node)
        if set(node.names) - set(known.names):
            self.nodes[node.id] = replace(known, names=tuple(dict.fromkeys(known.names + node.names)))
        return node.id

    def link(self, edge: Edge) -> None:
        if edge.source != edge.target:
            self.edges[edge] = None


def build_view(ledger: Entry) -> View:
    """Return the page's records; the same ledger gives the same records in the same order."""
    documents: list[Entry] = list(ledger.get("documents") or ())
    places = {str(entry.get("region_code")): entry.get("region") for entry in documents if entry.get("region")}
    sheet = _Sheet()
    for entry in documents:  # before their contents, so that a cited document is itself and not a policy without text
        sheet.add(_build_document(entry))
    for entry in documents:
        _add_contents(sheet, entry, places)
    parents = {edge.target for edge in sheet.edges if edge.relation == "basis"}
    nodes = tuple(_mark_parent(choose_short(node), parents) for node in sheet.nodes.values())
    return View(nodes, tuple(sheet.edges), tuple(find_gaps(documents)))


def shorten_iri(iri: str) -> str:
    """Return what is an IRI's own, as it stands in links to this page.

    >>> shorten_iri("https://w3id.org/zeren/id/org/130100/ecology-environment")
    'org/130100/ecology-environment'
    """
    return iri.partition("/id/")[2] or iri


def shorten_label(label: str, region: str | None) -> str:
    """Return the label as people of its region say it.

    >>> shorten_label("石家庄市生态环境局", "石家庄市"), shorten_label("中共石家庄市委党校", "石家庄市")
    ('市生态环境局', '市委党校')
    >>> shorten_label("各县（市、区）政府（石家庄市）", "石家庄市"), shorten_label("石家庄海关", "石家庄市")
    ('各县（市、区）政府', '石家庄海关')
    """
    if not region:
        return label
    plain = label.removesuffix(f"（{region}）").removeprefix("中共")
    if plain.startswith(region) and len(plain) > len(region) + 1:
        return region[-1] + plain[len(region) :]
    return plain if plain + f"（{region}）" == label else label


def choose_short(node: Node) -> Node:
    """Return a department with a long name under one that the documents use: 高新区管委会."""
    handy = [name for name in node.names if len(name) <= _HANDY]
    if node.kind != "department" or len(node.short) <= _HANDY or not handy:
        return node
    return replace(node, short=max(handy, key=len))


def _mark_parent(node: Node, parents: Set[str]) -> Node:
    """Return a cited policy as a parent (依据) or another one, which is only mentioned or still to be drawn up."""
    return replace(node, form="parent" if node.id in parents else "other") if node.kind == "policy" else node


def find_bracket(text: str, unit: str) -> tuple[int, int] | None:
    """Return where the last bracket that names a unit stands, outermost brackets first.

    >>> text = "确保达到100%（含县城）。（牵头单位：市水利局，各县（市、区）政府）"
    >>> text[slice(*find_bracket(text, "市水利局"))]
    '（牵头单位：市水利局，各县（市、区）政府）'
    """
    found, depth, start = None, 0, 0
    for position, character in enumerate(text):
        if character in "（(〔[【":
            start = start if depth else position
            depth += 1
        elif character in "）)〕]】" and depth:
            depth -= 1
            if not depth and unit in text[start : position + 1]:
                found = (start, position + 1)
    return found


def find_gaps(documents: Iterable[Entry]) -> Iterator[Gap]:
    """Yield what the documents leave open; safeguards (保障措施) are not expected to name anybody."""
    rules: dict[str, list[str]] = {"unowned": [], "leaderless": [], "vague": [], "unmeasured": []}
    documents = list(documents)
    for entry in documents:
        for task in entry.get("tasks") or ():
            for name in _open_questions(task):
                rules[name].append(shorten_iri(str(task["id"])))
    yield from (Gap(name, tuple(members)) for name, members in rules.items())
    notes = _list_undecided(documents)
    # a metric that no catalogue has is a metric all the same: no name in doubt
    yield Gap("undecided", (), tuple(note for note in notes if note.subject != "metric"))
    yield Gap("unlisted", (), tuple(note for note in notes if note.subject == "metric"))


def _list_undecided(documents: Iterable[Entry]) -> list[Note]:
    """Return the open decisions as ``zeren review`` counts and sorts them."""
    rows = [
        {key: decision.get(key) for key in ("subject", "mention", "verdict", "reason", "count")}
        | {"decision": (place, number), "candidate": None, "candidateLabel": None, "documentTitle": name_document(entry)}
        for place, entry in enumerate(documents)
        for number, decision in enumerate(entry.get("decisions") or ())
        if decision.get("verdict") in ("ambiguous", "unknown")
    ]
    return [Note(one.subject, f"{one.mention}：{one.reason}" if one.reason else one.mention) for one in gather(rows)]


def _open_questions(task: Entry) -> Iterator[str]:
    if task.get("measure"):
        return
    units = task.get("assignments") or ()
    if not units:
        yield "unowned"
    elif all(unit.get("vague") for unit in units):
        yield "vague"
    inherited = {unit.get("unit_id") for unit in units if unit.get("inherited")}
    own = {unit.get("unit_id") for unit in units} - inherited - {None}
    if len(own) > 1 and not any(unit.get("role") == "lead" for unit in units):
        yield "leaderless"
    if not task.get("indicators"):
        yield "unmeasured"


def _build_document(entry: Entry) -> Node:
    region = entry.get("region")
    stated = entry.get("stated") or {}
    name = _file(entry).rsplit("/", 1)[-1]
    title = name_document({**entry, "file": name}) or NAMELESS
    period = entry.get("period") or ()
    facts = {
        "issuer": entry.get("issuer"),
        "number_of_issue": entry.get("number"),
        "date": entry.get("date"),
        "period": "–".join(dict.fromkeys(str(year) for year in period)),
        "form": entry.get("kind"),
        "file": _file(entry),
        "encoding": entry.get("encoding"),
        "sha256": entry.get("sha256"),
    }
    return Node(
        id=shorten_iri(str(entry["id"])),
        kind="document",
        label=title,
        short=title,
        region=str(region) if region else None,
        names=tuple(filter(None, (name, str(entry.get("number") or "")))),
        facts=_filled(facts),
        stated=_read_stated(stated, str(region) if region else None),
        corrections=tuple(_read_correction(one) for one in entry.get("corrections") or ()),
    )


def _read_correction(said: Entry | None) -> Rows:
    """Return a person's correction as rows: what it was, what it is, who, when and why, and what became of it."""
    if not said:
        return ()
    rows = [(key, str(said.get(key) or "")) for key in ("mention", "before", "verdict", "by", "when", "why")]
    state = [(STATES[said["state"]], str(said.get("note") or ""))] if said.get("state") else []
    return tuple((key, value) for key, value in rows if value) + tuple(("state", "：".join(filter(None, one))) for one in state)


def _read_stated(stated: Entry, region: str | None) -> tuple[tuple[str, str], ...]:
    """Return the curator's statements as rows, the region by its name and the reason last."""
    rows = [(key, _plain(value)) for key, value in stated.items() if key not in ("reason", "file", "sha256") and value]
    named = [(key, region if key in ("region", "region_code") and region else value) for key, value in rows]
    reason = [("reason", str(stated["reason"]))] if stated.get("reason") else []
    return tuple(dict.fromkeys([("region" if key == "region_code" else key, value) for key, value in named] + reason))


def _plain(value: object) -> str:
    if isinstance(value, (list, tuple)):
        return "–".join(dict.fromkeys(str(part) for part in value))
    return str(value)


def _add_contents(sheet: _Sheet, entry: Entry, places: Mapping[str, str | None]) -> None:
    document = sheet.nodes[shorten_iri(str(entry["id"]))]
    for indicator in entry.get("indicators") or ():
        _add_indicator(sheet, indicator, document.id, document, _file(entry))
    for citation in entry.get("citations") or ():
        _add_citation(sheet, citation, document.id, document, _file(entry))
    sections: dict[tuple[str, ...], str] = {}
    for task in entry.get("tasks") or ():
        above = _add_section(sheet, task, document, sections)
        node = sheet.add(_build_task(task, document, _file(entry)))
        sheet.link(Edge(above, node, "contains", document.id))
        for unit in task.get("assignments") or ():
            _add_assignment(sheet, unit, node, document, places, _file(entry))
        for indicator in task.get("indicators") or ():
            _add_indicator(sheet, indicator, node, document, _file(entry))
        for citation in task.get("citations") or ():
            _add_citation(sheet, citation, node, document, _file(entry))


def _add_section(sheet: _Sheet, task: Entry, document: Node, sections: dict[tuple[str, ...], str]) -> str:
    """Return the node above a task: its innermost heading, or the document."""
    path = tuple(str(heading) for heading in task.get("path") or ())
    if not path:
        return document.id
    if path not in sections:
        number = f"section/{document.id.partition('/')[2] or document.id}/{len(sections) + 1}"
        key = shorten_iri(str(task["section_id"])) if task.get("section_id") else number
        facts = _filled({"path": " › ".join(path)})
        sections[path] = sheet.add(Node(key, "section", path[-1] or NAMELESS, path[-1] or NAMELESS, document.region, facts=facts))
        sheet.link(Edge(document.id, key, "contains", document.id))
    return sections[path]


def _build_task(task: Entry, document: Node, file: str) -> Node:
    text = str(task.get("text") or "")
    title = str(task.get("title") or text[:20] or NAMELESS)
    deadline = task.get("deadline")
    facts = {
        "number": task.get("number"),
        "path": " › ".join(str(heading) for heading in task.get("path") or ()),
        "document": document.label,
        "deadline": deadline.get("due") or deadline.get("quote") if isinstance(deadline, Mapping) else deadline,
        "joint": "joint" if task.get("joint") else None,
        "measure": "measure" if task.get("measure") else None,
    }
    sentence = Quote(text, task.get("start"), task.get("end"), file)
    bracket = _find_assigning_quote(text, task.get("assignments") or (), file)
    return Node(
        id=shorten_iri(str(task["id"])),
        kind="task",
        label=title,
        short=title,
        region=document.region,
        quotes=(sentence,) + ((bracket,) if bracket else ()) if text else (),
        form="measure" if task.get("measure") else "",
        facts=_filled(facts),
    )


def _find_assigning_quote(text: str, units: Iterable[Entry], file: str) -> Quote | None:
    """Return the bracket that names the task's own units, with offsets from its first unit to its last."""
    own = [unit for unit in units if not unit.get("inherited")]
    span = find_bracket(text, str(own[0].get("unit"))) if own else None
    if span is None:
        return None
    starts = [unit["start"] for unit in own if isinstance(unit.get("start"), int)]
    ends = [unit["end"] for unit in own if isinstance(unit.get("end"), int)]
    return Quote(text[slice(*span)], min(starts, default=None), max(ends, default=None), file)


def _add_assignment(sheet: _Sheet, unit: Entry, task: str, document: Node, places: Mapping[str, str | None], file: str) -> None:
    node = build_department(unit, document.id, document.region, places)
    quote = Quote(str(unit.get("quote") or unit.get("unit") or node.label), unit.get("start"), unit.get("end"), file)
    role = unit.get("role")
    relation: Relation = role if role in ROLES else "responsible"
    said = _read_correction(unit.get("correction"))
    written = str(unit.get("unit") or node.label)
    sheet.link(Edge(task, sheet.add(node), relation, document.id, bool(unit.get("inherited")), written, quote, said))


def build_department(unit: Entry, document: str, home: str | None, places: Mapping[str, str | None]) -> Node:
    """Return the node of a body as one assignment names it; ``places`` are the documents' regions by code."""
    key = str(unit.get("unit_key") or shorten_iri(str(unit.get("unit_id") or "")).partition("/")[2])
    region = places.get(key.partition("/")[0], home)
    label = str(unit.get("label") or unit.get("unit") or NAMELESS)
    written = str(unit.get("unit") or label)
    vague = unit.get("vague") or unit.get("collective")
    return Node(
        id=shorten_iri(str(unit.get("unit_id") or f"org/{document}/{written}")),
        kind="department",
        label=label,
        short=shorten_label(label, region),
        region=region,
        names=(written,),
        form=str(unit.get("kind") or ("generic" if vague else "organization" if unit.get("unit_id") else "unmatched")),
        facts=_filled({"function": unit.get("function_label")}),
    )


def _add_indicator(sheet: _Sheet, indicator: Entry, owner: str, document: Node, file: str) -> None:
    name = str(indicator.get("name") or indicator.get("quote") or NAMELESS)
    before = indicator.get("baseline") or {}
    facts = {
        "measure_kind": indicator.get("kind"),
        "op": indicator.get("op"),
        "value": _number(indicator.get("value")),
        "unit": indicator.get("unit"),
        "year": indicator.get("year"),
        "baseline": f"{_number(before.get('value'))}（{before.get('year')}）" if before else None,
        "binding": indicator.get("binding"),
        "metric": indicator.get("metric"),
    }
    quote = Quote(str(indicator.get("quote") or name), indicator.get("start"), indicator.get("end"), file)
    node = Node(
        id=shorten_iri(str(indicator["id"])),
        kind="indicator",
        label=name,
        short=name,
        region=document.region,
        quotes=(quote,),
        names=tuple(filter(None, (str(indicator.get("metric") or ""),))),
        facts=_filled(facts),
        corrections=tuple(filter(None, (_read_correction(indicator.get("correction")),))),
    )
    sheet.link(Edge(owner, sheet.add(node), "indicator", document.id))


def _add_citation(sheet: _Sheet, citation: Entry, source: str, document: Node, file: str) -> None:
    relation = CITED.get(str(citation.get("relation")))
    if relation is None:  # a document that names itself says nothing new
        return
    title = str(citation.get("title") or NAMELESS)
    node = Node(
        id=shorten_iri(str(citation.get("policy_id") or f"policy/{title}")),
        kind="policy",
        label=title,
        short=title,
        region=None,
        facts=_filled({"level": citation.get("level"), "issuer": citation.get("issuer")}),
    )
    quote = Quote(str(citation.get("quote") or title), citation.get("start"), citation.get("end"), file)
    said = _read_correction(citation.get("correction"))
    sheet.link(Edge(source, sheet.add(node), relation, document.id, written=title, quote=quote, correction=said))


def _file(entry: Entry) -> str:
    return str(entry.get("source_path") or entry.get("file") or "")


def _filled(facts: Mapping[str, Any]) -> tuple[tuple[str, str | int | float], ...]:
    known = {key: value for key, value in facts.items() if value not in (None, "")}
    return tuple((key, value if isinstance(value, (int, float)) else str(value)) for key, value in known.items())


def _number(value: object) -> object:
    """Return 95 for 95.0, so that a value reads as it was written."""
    return int(value) if isinstance(value, float) and value.is_integer() else value
