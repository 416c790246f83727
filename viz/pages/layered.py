"""A constructed graph in columns, from left to right along its arrows: for as many things as can be read at once."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import unquote

from pyoxigraph import Literal, NamedNode

from kg import vocab
from viz.pages.links import Language
from viz.pages.terms import name_term

MOST = 100  # things in a picture
_WIDTH, _HEIGHT, _GAP_X, _GAP_Y, _EDGE = 210.0, 42.0, 130.0, 12.0, 8.0
_LINE = 14  # characters of a line in a box
_NAMING = (vocab.SKOS.prefLabel, vocab.DCTERMS.title, vocab.RDFS.label, vocab.OA.exact, vocab.ZR.mention, vocab.ZR.asWritten)
_ROLES = {"leadUnit": "lead", "responsibleUnit": "responsible", "supportUnit": "support", "inheritedUnit": "inherited"}
_KINDS = {"task": "task", "org": "body", "policy": "policy", "indicator": "target", "metric": "metric"}

Triple = Sequence[object]  # of three


@dataclass(frozen=True, slots=True)
class Box:
    """A thing."""

    iri: str
    lines: tuple[str, ...]
    whole: str
    kind: str  # task, body, policy, target, metric, other
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Arrow:
    """A relation between two things."""

    role: str  # lead, responsible, support, inherited, other
    name: str
    path: str  # of SVG
    x: float  # of its middle
    y: float


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture of a graph; ``total`` things, and no picture where they are too many."""

    total: int
    width: float = 0
    height: float = 0
    boxes: tuple[Box, ...] = ()
    arrows: tuple[Arrow, ...] = ()
    relations: tuple[tuple[str, str, int], ...] = ()  # role, name, how many

    @property
    def too_many(self) -> bool:
        """Whether there are more things than can be read at once."""
        return self.total > MOST


def list_things(triples: Iterable[Triple]) -> list[str]:
    """Return the things of a graph by their IRIs, in the order in which they appear; classes are none."""
    found: dict[str, None] = {}
    for subject, property_, value in triples:
        for one in (subject, value if property_ != vocab.RDF.type else None):
            if isinstance(one, NamedNode):
                found[one.value] = None
    return list(found)


def draw_graph(triples: Sequence[Triple], lang: Language, names: Mapping[str, str]) -> Drawing:
    """Return things in boxes and relations as arrows; names of things that the graph does not name are in ``names``."""
    things = list_things(triples)
    if not 0 < len(things) <= MOST:
        return Drawing(len(things))
    relations = _relate(triples)
    ranks = _rank(things, list(relations))
    columns = _order(ranks, list(relations))
    tallest = max(len(column) for column in columns)
    height = tallest * (_HEIGHT + _GAP_Y) - _GAP_Y + 2 * _EDGE
    called = {**_kinds(triples, lang), **names, **_names(triples, lang)}
    boxes = {}
    for x, column in enumerate(columns):
        top = (height - len(column) * (_HEIGHT + _GAP_Y) + _GAP_Y) / 2
        for y, iri in enumerate(column):
            text = called.get(iri) or unquote(name_term(iri, lang))
            place = _EDGE + x * (_WIDTH + _GAP_X), top + y * (_HEIGHT + _GAP_Y)
            boxes[iri] = Box(iri, _break(text), text, _kind(iri), *place)
    arrows = tuple(_arrow(boxes[one], boxes[other], properties, lang) for (one, other), properties in relations.items())
    counted = Counter((arrow.role, arrow.name) for arrow in arrows)
    legend = tuple((role, name, number) for (role, name), number in counted.most_common())
    width = len(columns) * (_WIDTH + _GAP_X) - _GAP_X + 2 * _EDGE
    return Drawing(len(things), width, height, tuple(boxes.values()), arrows, legend)


def _relate(triples: Iterable[Triple]) -> Mapping[tuple[str, str], list[str]]:
    """Return the properties between two things, by both."""
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for subject, property_, value in triples:
        things = [one.value for one in (subject, property_, value) if isinstance(one, NamedNode)]
        if len(things) == 3 and subject != value and property_ != vocab.RDF.type:
            found[things[0], things[2]].append(things[1])
    return found


def _rank(things: Sequence[str], pairs: Sequence[tuple[str, str]]) -> Mapping[str, int]:
    """Return the column of each thing: behind all that lead to it; an arrow that closes a circle does not count."""
    after: dict[str, list[str]] = defaultdict(list)
    for one, other in pairs:
        after[one].append(other)
    ranks: dict[str, int] = dict.fromkeys(things, 0)
    finished: list[str] = []
    state: dict[str, int] = {}  # 1: on the way, 2: done
    back: set[tuple[str, str]] = set()
    for start in things:
        stack = [(start, iter(after[start]))] if start not in state else []
        state.setdefault(start, 1)
        while stack:
            one, rest = stack[-1]
            other = next(rest, "")
            if not other:
                state[one] = 2
                finished.append(one)
                stack.pop()
            elif state.get(other) == 1:
                back.add((one, other))
            elif other not in state:
                state[other] = 1
                stack.append((other, iter(after[other])))
    for one in reversed(finished):
        for other in after[one]:
            if (one, other) not in back:
                ranks[other] = max(ranks[other], ranks[one] + 1)
    return ranks


def _order(ranks: Mapping[str, int], pairs: Sequence[tuple[str, str]]) -> list[list[str]]:
    """Return the columns, each thing near the middle of those that it is related to, so that fewer arrows cross."""
    columns: list[list[str]] = [[] for _ in range(max(ranks.values()) + 1)]
    for thing, rank in ranks.items():
        columns[rank].append(thing)
    near: dict[str, list[str]] = defaultdict(list)
    for one, other in pairs:
        near[one].append(other)
        near[other].append(one)
    for _ in range(4):
        for column in columns:
            places = {thing: n / max(1, len(some) - 1) for some in columns for n, thing in enumerate(some)}
            middles = {
                thing: sum(places[other] for other in near[thing]) / len(near[thing]) if near[thing] else places[thing]
                for thing in column
            }
            column.sort(key=lambda thing: middles[thing])
    return columns


def _kinds(triples: Iterable[Triple], lang: Language) -> Mapping[str, str]:
    """Return things by their class and the end of their IRI, for those that have no name: 责任分工 1/2."""
    found = {}
    for subject, property_, value in triples:
        if property_ == vocab.RDF.type and isinstance(subject, NamedNode) and isinstance(value, NamedNode):
            end = "/".join(unquote(subject.value).split("/")[-2:])
            found[subject.value] = f"{name_term(value.value, lang)} {end}"
    return found


def _names(triples: Iterable[Triple], lang: Language) -> Mapping[str, str]:
    """Return what the graph itself calls its things, the best name first."""
    best: dict[str, tuple[tuple[int, bool, bool], str]] = {}
    for subject, property_, value in triples:
        if isinstance(subject, NamedNode) and property_ in _NAMING and isinstance(value, Literal):
            rank = _NAMING.index(property_), value.language != lang, value.language != "zh"
            best[subject.value] = min(best.get(subject.value, (rank, value.value)), (rank, value.value))
    return {iri: name for iri, (_, name) in best.items()}


def _arrow(one: Box, other: Box, properties: Sequence[str], lang: Language) -> Arrow:
    """Return an arrow; 负责单位 beside 牵头单位 says nothing more."""
    roles = {_ROLES[name]: property_ for property_ in properties if (name := property_.rpartition("#")[2]) in _ROLES}
    role = next((role for role in _ROLES.values() if role in roles), "other")
    shown = [roles[role]] if role in roles else properties
    names = "、".join(name_term(property_, lang) for property_ in dict.fromkeys(shown))
    return Arrow(role, names, *_curve(one, other))


def _curve(one: Box, other: Box) -> tuple[str, float, float]:
    """Return the path of an arrow, and where its letter stands: near its beginning, where it has not met others yet."""
    out, into = 1 if one.x < other.x else -1, 1 if one.x > other.x else -1  # to the right, or to the left
    x, y = one.x + (_WIDTH if out > 0 else 0), one.y + _HEIGHT / 2
    to_x, to_y = other.x + (_WIDTH if into > 0 else 0), other.y + _HEIGHT / 2
    bend = _GAP_X / 2
    path = f"M{x:.0f} {y:.0f}C{x + out * bend:.0f} {y:.0f} {to_x + into * bend:.0f} {to_y:.0f} {to_x:.0f} {to_y:.0f}"
    return path, x + 0.25 * (to_x - x), y + 0.16 * (to_y - y)


def _kind(iri: str) -> str:
    return _KINDS.get(iri.partition("/id/")[2].partition("/")[0], "other")


def _break(text: str) -> tuple[str, ...]:
    """Return a text in at most two lines."""
    if len(text) <= _LINE:
        return (text,)
    rest = text[_LINE:]
    return text[:_LINE], rest if len(rest) <= _LINE else rest[: _LINE - 1] + "…"
