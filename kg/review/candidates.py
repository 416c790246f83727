"""Things that a mention could mean: their names for people, and the records that a correction keeps of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any, TypeVar

from pyoxigraph import Literal, NamedNode, Store

from kg import vocab
from kg.ask.names import nearest_names, resolve_value
from kg.correction import Subject, digest
from kg.errors import CorrectionError, QueryError
from kg.model import Level, Metric, Organization, Policy, Region
from kg.registry import Registry, load_registry
from kg.resolve.metrics import resolve_metric
from kg.resolve.organizations import resolve_name
from kg.resolve.policies import policy_in
from kg.resolve.regions import Scope
from kg.vocab import DCTERMS, ELI, ORG, RDF, SKOS, ZR

Thing = Organization | Policy | Region | Metric
T = TypeVar("T")


class Things:
    """What the graph and the project's knowledge know, by key and by name."""

    def __init__(self, graph: Store, base: str = vocab.BASE) -> None:
        """Look in this graph first, then in ``seeds/``."""
        self.graph, self.base = graph, base

    @cached_property
    def registry(self) -> Registry:
        """What the project knows before the first document; read when it is first needed."""
        return load_registry()

    def label(self, subject: Subject, key: str, mention: str = "", region: str | None = None) -> str:
        """Return what people call a thing; its key where nobody knows it."""
        thing = self.find(subject, key, mention, region)
        match thing:
            case Organization() | Metric():
                return thing.label
            case Policy():
                place = self.registry.regions.get(thing.region or "")
                return f"{place.name}：{thing.title}" if place and place.name not in thing.title else thing.title
            case Region():
                above = self.registry.regions.get(thing.parent or "")
                return f"{above.name}{thing.name}" if above and above.code != "100000" else thing.name
        return key

    def labels(self, subject: Subject, keys: Iterable[str], mention: str, region: str | None) -> dict[str, str]:
        """Return what people call several things; of one name, each with the place that it lies in."""
        found = {key: self.label(subject, key, mention, region) for key in keys}
        often = Counter(found.values())
        above = {key: self._above(key.partition("/")[0]) for key, label in found.items() if often[label] > 1}
        return {key: f"{label}（{above[key]}）" if above.get(key) else label for key, label in found.items()}

    def _above(self, code: str) -> str:
        """Return the province and city of a place: 江苏省南京市."""
        regions = self.registry.regions
        chain = [regions[up] for up in self.registry.lineage(code)[1:] if up in regions]
        return "".join(region.name for region in reversed(chain) if region.level != "national")

    def find(self, subject: Subject, key: str, mention: str = "", region: str | None = None) -> Thing | None:
        """Return the thing of a key. ``mention`` and the document's ``region`` help with what no document has named yet."""
        match subject:
            case "region":
                return self.registry.regions.get(key)
            case "unit" | "assignment":
                return self.body(key) or self._coming_body(key, mention)
            case "metric":
                return self.metric(key) or next((m.metric for m in self.registry.metrics if m.metric.key == key), None)
            case "policy":
                known = (p.policy for p in self.registry.policies if p.policy.key == key)
                return self.policy(key) or next(known, None) or self._coming_policy(key, mention, region)
        return None

    def body(self, key: str) -> Organization | None:
        """Return a body of the graph."""
        node = vocab.organization(key, self.base)
        label = self._text(node, SKOS.prefLabel)
        if label is None:
            return None
        types = {quad.object for quad in self.graph.quads_for_pattern(node, RDF.type, None)}
        kind = "collaboration" if ORG.OrganizationalCollaboration in types else "generic" if ZR.GenericBody in types else None
        function, place = self._end(node, ZR.function), self._end(node, DCTERMS.spatial)
        return Organization(key, label, (), kind or "organization", function, place)  # type: ignore[arg-type]  # one of three

    def metric(self, key: str) -> Metric | None:
        """Return a metric of the graph."""
        node = vocab.metric(key, self.base)
        label = self._text(node, SKOS.prefLabel)
        return Metric(key, label, self._text(node, ZR.direction)) if label else None  # type: ignore[arg-type]  # as it was stated

    def policy(self, key: str) -> Policy | None:
        """Return a policy of the graph."""
        node = vocab.policy(key, self.base)
        title = self._text(node, DCTERMS.title)
        if title is None:
            return None
        level: Any = self._end(node, ZR.level) or "unknown"
        return Policy(
            key, title, level, self._end(node, DCTERMS.spatial), self._text(node, ZR.issuerName), self._text(node, ELI.id_local)
        )

    def _coming_body(self, key: str, mention: str) -> Organization | None:
        code, _, function = key.partition("/")
        region, known = self.registry.regions.get(code), self.registry.functions.get(function)
        if region is None or known is None:
            return None
        scope = Scope(region, region.level, None, code)
        usual = [form for level in (region.level, "prefecture", "province") if (form := known.official.get(level))]
        for name in (mention, *usual, *(name.text for name in known.names)):  # the program's own words for it
            body = resolve_name(name, scope, self.registry).organization if name else None
            if body is not None and body.key == key:
                return Organization(key, body.label, (), body.kind, body.function, body.region)
        return Organization(key, region.name + known.zh, (), "organization", function, code)

    def _coming_policy(self, key: str, title: str, region: str | None) -> Policy | None:
        codes = self.registry.lineage(region) if region is not None and region in self.registry.regions else ()
        policies = (policy_in(title, code, self.registry) for code in codes if code in self.registry.regions)
        return next((policy for policy in policies if policy.key == key), None)

    def _text(self, node: NamedNode, predicate: NamedNode) -> str | None:
        found = self.graph.quads_for_pattern(node, predicate, None)
        return max((quad.object.value for quad in found if isinstance(quad.object, Literal)), default=None)

    def _end(self, node: NamedNode, predicate: NamedNode) -> str | None:
        """Return the key at the end of an IRI."""
        found = (quad.object for quad in self.graph.quads_for_pattern(node, predicate, None))
        return min((end.value.rpartition("/")[2] for end in found if isinstance(end, NamedNode)), default=None)

    # by name

    def named(self, subject: Subject, words: str, scope: Scope, choices: Mapping[str, str], mention: str = "") -> Thing:
        """Return the one thing that the words name: a candidate, a thing of the graph, or one that is known anyway.

        :raises CorrectionError: nothing is called so, or several things are.
        """
        words = words.strip()
        keys = [key for key, label in choices.items() if words in (key, label)]
        home = scope.region.code if scope.region else None
        if len(keys) == 1 and (thing := self.find(subject, keys[0], mention, home)) is not None:
            return thing
        match subject:
            case "region":
                return self._region(words)
            case "metric":
                return self._metric(words, scope)
            case "policy":
                return self._of_graph(subject, "policy", words) or self._known_policy(words)
            case _:
                return self._of_graph("unit", "organization", words) or self._known_body(words, scope)

    def _of_graph(self, subject: Subject, type_: str, words: str) -> Thing | None:
        if (thing := self.find(subject, words)) is not None:
            return thing
        try:
            term = resolve_value(self.graph, type_, words)
        except QueryError as error:
            if "fits" in str(error):
                raise CorrectionError(f"--as: {error}") from error
            return None
        path = "org" if type_ == "organization" else type_
        return self.find(subject, vocab.key_of(term.value, path, self.base))

    def _region(self, words: str) -> Region:
        regions = self.registry.regions
        codes = (words,) if words in regions else self.registry.places.get(words, ())
        if not codes:  # 河北省石家庄市
            codes = tuple(
                code for code, region in regions.items() if words.endswith(region.name) and words == self._path(code, words)
            )
        if len(codes) == 1:
            return regions[codes[0]]
        if codes:
            shown = "、".join(f"{code} {self.label('region', code)}" for code in codes)
            raise CorrectionError(f"--as {words}: there are {len(codes)} of this name ({shown}); give the code")
        raise CorrectionError(f"--as {words}: no region has this name or GB/T 2260 code; check it")

    def _path(self, code: str, words: str) -> str:
        chain = [self.registry.regions[up].name for up in self.registry.lineage(code) if up in self.registry.regions][:-1]
        full = "".join(reversed(chain))
        return full if full == words else chain[1] + chain[0] if len(chain) > 1 else words

    def _metric(self, words: str, scope: Scope) -> Metric:
        thing = self.find("metric", words)
        if isinstance(thing, Metric):
            return thing
        found = self._of_graph("metric", "metric", words)
        if isinstance(found, Metric):
            return found
        metric, known = resolve_metric(words, scope, self.registry)
        if known:
            return metric
        near = nearest_names(words, (m.metric.label for m in self.registry.metrics))
        raise self._nothing("metric", words, near)

    def _known_policy(self, words: str) -> Policy:
        title = words.removeprefix("《").removesuffix("》")
        for known in self.registry.policies:
            if title in known.titles or known.policy.key == title:
                return known.policy
        raise self._nothing("policy", words, nearest_names(title, (p.policy.title for p in self.registry.policies)))

    def _known_body(self, words: str, scope: Scope) -> Organization:
        found = resolve_name(words, scope, self.registry)
        if found.verdict == "matched":
            body = found.organization
            return Organization(body.key, body.label, (), body.kind, body.function, body.region)
        raise self._nothing("organization", words, ())

    def _nothing(self, what: str, words: str, near: Iterable[str]) -> CorrectionError:
        like = f" (near: {'、'.join(near)})" if near else ""
        return CorrectionError(f"--as {words}: nothing known is called so{like}; for a new {what} give --new {words}")

    def new(self, subject: Subject, label: str, scope: Scope, function: str | None, region: str | None) -> Thing:
        """Return a thing that nobody knew before.

        :raises CorrectionError: its function or region is unknown, or the subject has no new things.
        """
        label = " ".join(label.split())
        place = self._region(region) if region else scope.region
        code = place.code if place else None
        match subject:
            case "unit" | "assignment":
                key = f"{code or scope.anonymous}/n-{digest(label)}"
                return Organization(key, label, (), "organization", self._function(function), code)
            case "policy":
                level: Level = place.level if place else scope.level
                title = label.removeprefix("《").removesuffix("》")
                policy = policy_in(title, code, self.registry) if code else None
                return policy or Policy(f"p-n-{digest(scope.anonymous, title)}", title, level, None, None)
            case "metric":
                return Metric(f"m-n-{digest(label)}", label, None)
        raise CorrectionError(f"--new: there are no new ones of {subject}; give --as or the new values")

    def _function(self, words: str | None) -> str | None:
        if words is None:
            return None
        for key, function in self.registry.functions.items():
            if words in (key, function.zh, function.en):
                return key
        near = nearest_names(words, (function.zh for function in self.registry.functions.values()))
        raise CorrectionError(f"--function {words}: no such function of government; near: {'、'.join(near) or 'nothing'}")
