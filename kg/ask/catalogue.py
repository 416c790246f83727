"""The named queries: what each file under ``queries/`` says in its head, and the catalogue made of all heads."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from kg import data
from kg.ask.names import nearest_names, shorten
from kg.errors import KnowledgeError, QueryError

GROUPS = {
    "load": ("任务量", "load"),
    "sharing": ("共同责任", "sharing"),
    "gaps": ("缺口", "gaps"),
    "indicators": ("指标", "indicators"),
    "comparison": ("比较", "comparison"),
    "continuity": ("前后延续", "continuity"),
    "lineage": ("责任链与上位政策", "lineage"),
    "documents": ("文件", "documents"),
    "audit": ("判定与复核", "audit"),
}
_PARAM = re.compile(r"param (?P<name>\w+): (?P<form>(?P<type>[\w-]+)[^.]*?)(?P<optional>, optional)?, e\.g\. (?P<example>.+)")
_KEY = re.compile(r"(?P<key>title|question|group|tags|note|limit)(?: \((?P<lang>\w+)\))?: (?P<value>.+)")


@dataclass(frozen=True, slots=True)
class Param:
    """What a query wants to be told.

    >>> find_query("department-tasks").params[0].type
    'organization'
    """

    name: str  # the variable's, without question mark
    type: str  # "organization", "document", …: a file under queries/lookup/; "text", "year", "role", …: see kg.ask.values
    form: str  # in words: "organization IRI or name"
    example: str
    optional: bool = False


@dataclass(frozen=True, slots=True)
class NamedQuery:
    """A question with its text; ``name`` is the file's name without ``.rq``."""

    name: str
    text: str = field(repr=False)
    title: str  # 部门任务清单
    question: str  # 这个部门承担哪些任务，是牵头、责任还是配合？
    title_en: str = ""
    question_en: str = ""
    group: str = ""
    tags: tuple[str, ...] = ()
    params: tuple[Param, ...] = ()
    note: str = ""
    limit: int | None = None  # rows that the text asks for, unless the caller wants another number


@dataclass(slots=True)
class _Head:
    values: dict[str, str] = field(default_factory=dict)
    params: list[Param] = field(default_factory=list)


def list_queries(folder: Path = data.QUERIES) -> list[NamedQuery]:
    """Return the queries of a folder, by group and name.

    >>> [query.name for query in list_queries() if "人工" in query.tags]
    ['corrections']
    """
    queries = (read_query(path) for path in folder.glob("*.rq"))
    order = list(GROUPS)
    return sorted(queries, key=lambda query: (order.index(query.group) if query.group in order else len(order), query.name))


def find_query(name: str, folder: Path = data.QUERIES) -> NamedQuery:
    """Return the query of that name.

    >>> find_query("unowned-tasks").title
    '没有责任单位的任务'
    """
    paths = {path.stem: path for path in folder.glob("*.rq")}
    if name in paths:
        return read_query(paths[name])
    names = nearest_names(shorten(name), paths)
    hint = f"did you mean {', '.join(names)}?" if names else "list them with: zeren queries"
    raise QueryError(f"no query is named {shorten(name)!r}; {hint}")


def read_query(path: Path) -> NamedQuery:
    """Return the query in a file with its head."""
    query = parse_query(path.stem, path.read_text(encoding="utf-8"))
    if not query.title:
        raise KnowledgeError(f"{path.name}: no '# title: …' in its head; see queries/README.md")
    return query


def parse_query(name: str, text: str) -> NamedQuery:
    """Return a query from its text, whose head may say nothing."""
    head = _Head()
    for line in _head_lines(text):
        _read_line(name, line, head)
    values = head.values
    return NamedQuery(
        name=name,
        text=text,
        title=values.get("title", ""),
        question=values.get("question", ""),
        title_en=values.get("title.en", ""),
        question_en=values.get("question.en", ""),
        group=values.get("group", ""),
        tags=tuple(re.split(r"[,，、]\s*", values["tags"])) if "tags" in values else (),
        params=tuple(head.params),
        note=values.get("note", ""),
        limit=_read_limit(name, values["limit"], text) if "limit" in values else None,
    )


def _head_lines(text: str) -> Iterator[str]:
    for line in text.splitlines():
        if not line.startswith("#"):
            return
        yield line.lstrip("# ").rstrip()


def _read_line(name: str, line: str, head: _Head) -> None:
    if line.startswith("param "):
        found = _PARAM.fullmatch(line)
        if found is None:
            raise KnowledgeError(f"{name}: cannot read '# {line}'; write '# param NAME: TYPE IRI or name, e.g. EXAMPLE'")
        head.params.append(Param(found["name"], found["type"], found["form"], found["example"], found["optional"] is not None))
    elif found := _KEY.fullmatch(line):
        head.values[f"{found['key']}.{found['lang']}" if found["lang"] else found["key"]] = found["value"]


def _read_limit(name: str, number: str, text: str) -> int:
    """Return the number in the head; the text says it too, so that other programs get the same rows."""
    if not re.fullmatch(r"[1-9]\d{0,8}", number) or not re.search(rf"\bLIMIT {number}\b", text):
        raise KnowledgeError(
            f"{name}: '# limit: {number}' needs a LIMIT of that number in the text; write it there, or none here"
        )
    return int(number)


def render_catalogue(queries: Iterable[NamedQuery]) -> str:
    """Return the page that lists all queries, for ``queries/README.md``."""
    by_group: dict[str, list[NamedQuery]] = {}
    for query in queries:
        by_group.setdefault(query.group, []).append(query)
    lines = [_CATALOGUE_HEAD.strip()]
    for group, members in by_group.items():
        chinese, english = GROUPS.get(group, (group, group))
        lines += ["", f"## {chinese} ({english})", "", "| query | question | parameters |", "| --- | --- | --- |"]
        lines += [_render_row(query) for query in members]
    return "\n".join(lines) + "\n"


def _render_row(query: NamedQuery) -> str:
    params = "<br>".join(_render_param(param) for param in query.params)
    note = f"<br>{query.note}" if query.note else ""
    note += f"<br>{query.limit} rows unless `--limit` says more" if query.limit else ""
    return f"| [`{query.name}`]({query.name}.rq) | **{query.title}** {query.question}<br>{query.question_en}{note} | {params} |"


def _render_param(param: Param) -> str:
    return f"`{param.name}`{' (optional)' if param.optional else ''}: {param.form}, e.g. {param.example}"


_CATALOGUE_HEAD = """
# Named queries

<!-- Made from the heads of the .rq files; a test compares. Write it anew with: python -m kg.ask -->

Ask one with `zeren query NAME --param NAME=VALUE`. A value is an IRI or a name; a name that fits several things is not
guessed, the candidates are listed instead. Numbers, years (2023, 2023年), dates (2023-06-30, 2023年6月30日) and codes from
`ontology/schemes.ttl` (牵头, lead) are read as such. One value a parameter; ask again for another. An optional parameter only
narrows the answer. `zeren queries WORDS` searches this list, `zeren queries NAME` shows one with its columns.
[catalogue.ttl](catalogue.ttl) says the same as SHACL executables (`sh:SPARQLSelectExecutable` …), for programs.

How they are written, so that every SPARQL 1.1 engine gives the same rows, and soon: over the union of all graphs, shortcut
properties (`zr:unit`, `zr:leadUnit`, …), one triple inside `NOT EXISTS`, `DISTINCT` around paths and wherever two graphs
may say the same, grouping before joining, a total order. All mandatory triples stand before the first `OPTIONAL` (a join
after one made three queries quadratic in Oxigraph); where the answer is small, an `OPTIONAL` holds one triple. A parameter
is projected and stands in the outermost group or is a grouping key, so that it can be bound; an IRI is written into every
group that names it, a value is substituted.
A class beside a scoped triple (`?task dcterms:isPartOf ?document ; a zr:Task`) makes Oxigraph read the whole class: take a
property that only that class has (`zr:isMeasure`, `zr:kind`), or `?x a ?class FILTER(?class = …)`. A property from
`VALUES`, and a path with `+` that is joined further, read the graph too: write a `UNION`, and `zr:ancestorPolicy`.
Duties inherited by 下同 (`zr:inheritedUnit`) never mix with those that a task names itself.

What Virtuoso 7.2 does in its own way, and how the queries go round it: a yes or no comes as 1 or 0 unless it is
`xsd:boolean(…)` that is projected (never inside `IF`); `CONCAT` and `IF` take what is unbound for empty and for false, so
ask `BOUND` first; Chinese words that `CONCAT` joins to a value are garbled unless they are `"…"^^xsd:string`; two integers
divide to an integer (`1.0 / ?n`); `EXISTS` stands alone in its `BIND`, without `||`; a path with `+` does not lead from a
variable to itself; `<` compares IRIs, so write `STR(…)`; `GROUP_CONCAT` joins by ASCII only; two `OPTIONAL` sub-selects
grouped by two keys lose filters, so count in one, over a `UNION`. `tests/remote/` asks each query of both servers and
compares the rows.

A long answer is cut where `# limit: N` in the head says so. The text has the same `LIMIT N` after a total order, in the
sub-select that finds the keys and behind the last `ORDER BY`, so that labels are looked up for the rows shown only; every
key makes at least one row. `zeren query --limit 500` or `--limit all` changes it, and a cut answer says that it is cut.

What concerns the whole graph is looked up, not counted: the derived graph states loads, pairs, gaps, counts and reach
(`derive/`). Rows are put in order by its whole numbers, `zr:sequence`, `zr:dueSequence` and `zr:rank`, with the IRI behind
them only to settle ties: a disk store sorts numbers at once, but looks an IRI up for each comparison. Variables that begin
with `_` only order the rows and are no columns. An optional parameter of such a query stands beside the keys in
`FILTER(COALESCE(STR(?document), "") = "" || EXISTS { ?task dcterms:isPartOf ?document })`, with one triple in `EXISTS`:
to compare IRIs takes nine times as long, and `BOUND` does not see what is substituted. The sub-selects project it, and so
each has it bound.

`lookup/` holds how names of each type are found, `checks/` what must never be, `derive/` what derived
facts are, by definition, `facts/` what fills the tables where a graph has none (a server), `measures/` the measures of
`kg/analysis` in SQL over the tables, `remote/` what a server is asked about itself, `pages/` what the pages of `zeren serve`
ask.
"""
