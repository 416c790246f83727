"""What one document states, as quads of its own named graph."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from pyoxigraph import Literal, NamedNode, Quad

from kg import schemes, vocab
from kg.correction import Justification, Ruling
from kg.model import Citation, Deadline, Evidence, Indicator, Policy, Relation, Resolved, Role, Task
from kg.rdf.stated import COMPARATORS, Decided, find_issued, full_date, number_citations, period_days, quantity, year_end
from kg.rdf.terms import Graph, boolean, chinese, day, decimal, integer, sort_quads, text
from kg.vocab import DCTERMS, ELI, OA, QUDT, RDF, RDFS, SCHEMA, ZR

CONTEXT = 20  # characters of text kept on either side of a quotation
_SHORTCUTS: dict[Role, NamedNode] = {"lead": ZR.leadUnit, "responsible": ZR.responsibleUnit, "support": ZR.supportUnit}
_RELATIONS: dict[Relation, NamedNode] = {"basis": ZR.implements, "creates": ZR.creates, "reference": ELI.cites, "self": ELI.cites}
_TARGETS: dict[str, Callable[[str, str], NamedNode]] = {
    "unit": vocab.organization,
    "policy": vocab.policy,
    "region": vocab.region,
    "metric": vocab.metric,
}


def build_document_quads(resolved: Resolved, base: str = vocab.BASE) -> list[Quad]:
    """Return what one document states, in its own graph, sorted; the same input gives the same list."""
    graph = _DocumentGraph(resolved, base)
    graph.state_policy()
    graph.state_sections()
    for order, task in enumerate(resolved.reading.tasks, start=1):
        graph.state_task(task, order)
    for order, indicator in enumerate(resolved.reading.indicators, start=1):
        graph.state_indicator(indicator, vocab.indicator(graph.key, None, order, base), None)
    graph.state_citations()
    graph.state_decisions()
    return sort_quads(graph.quads)


class _DocumentGraph(Graph):
    """The quads of one document, and what they have in common."""

    def __init__(self, resolved: Resolved, base: str) -> None:
        self.key = resolved.policy.key
        super().__init__(vocab.document_graph(self.key, base), base)
        self.resolved = resolved
        self.document = resolved.reading.document
        self.policy = vocab.policy(self.key, base)
        issued = find_issued(resolved)
        self.issued = vocab.policy(issued, base) if issued else None  # the plan, where the document is but its notice
        self.source = vocab.source(self.document.sha256, base)
        self.decided = Decided(resolved, base)

    def state_policy(self) -> None:
        resolved, profile, node = self.resolved, self.resolved.reading.profile, self.policy
        self.add(node, RDF.type, ZR.Policy)
        self.add(node, DCTERMS.title, chinese(resolved.policy.title))
        self.add(node, DCTERMS.publisher, vocab.organization(resolved.issuer.key, self.base) if resolved.issuer else None)
        self.add(node, ZR.issuerName, chinese(profile.issuer))
        self.add(node, ELI.id_local, text(resolved.policy.number or profile.number))
        self.add(node, ELI.date_document, day(full_date(profile.date)))
        self.add(node, DCTERMS.spatial, vocab.region(resolved.region.code, self.base) if resolved.region else None)
        self.add(node, DCTERMS.type, schemes.find_document_kind(profile.kind))
        if resolved.period:
            first, last = period_days(resolved.period)
            self.add(node, ZR.periodStart, day(first))
            self.add(node, ZR.periodEnd, day(last))
            self.add(node, ZR.year, integer(resolved.period[1]))
        self.state_notice(resolved.notice)
        for decision, _, said in self.decided.numbered:  # on the document itself: its region, its period, its title
            if said.subject in ("region", "period") or said.target == self.key:
                self.add(node, ZR.decision, decision)
        self.add(node, ZR.sourceText, self.source)
        self.add(self.source, RDF.type, ZR.SourceText)
        self.add(self.source, SCHEMA.sha256, text(self.document.sha256))
        self.add(self.source, ZR.fileName, text(self.document.path.rpartition("/")[2]))
        self.add(self.source, ZR.encoding, text(self.document.encoding))
        self.add(self.source, ZR.characters, integer(len(self.document.text)))

    def state_notice(self, notice: Policy | None) -> None:
        """State the notice that issues the plan: a policy of its own, with the plan as its annex."""
        said = self.resolved.reading.notice
        if notice is None or said is None or notice.key == self.key:
            return
        node, issuer = vocab.policy(notice.key, self.base), self.resolved.issuer
        self.add(node, RDF.type, ZR.Policy)
        self.add(node, DCTERMS.publisher, vocab.organization(issuer.key, self.base) if issuer else None)
        self.add(node, ELI.id_local, text(notice.number))
        self.add(node, ELI.date_document, day(full_date(said.date)))
        self.add(node, ELI.has_annex, self.policy)
        self.add(self.policy, ELI.is_annex_of, node)

    def state_sections(self) -> None:
        for order, section in enumerate(self.resolved.reading.sections, start=1):
            node = vocab.section(self.key, section.key, self.base)
            self.add(node, RDF.type, ZR.Section)
            self.add(node, DCTERMS.isPartOf, self.policy)
            self.add(node, ZR.parentSection, vocab.section(self.key, section.parent, self.base) if section.parent else None)
            self.add(node, RDFS.label, chinese(section.heading))
            self.add(node, ZR.number, text(section.number))
            self.add(node, ZR.order, integer(order))
            self.add(node, ZR.evidence, self.state_evidence(section.evidence))

    def state_task(self, task: Task, order: int) -> None:
        node = vocab.task(self.key, task.key, self.base)
        self.add(node, RDF.type, ZR.Task)
        self.add(node, DCTERMS.isPartOf, self.policy)
        self.add(node, ZR.section, vocab.section(self.key, task.section, self.base) if task.section else None)
        self.add(node, ZR.number, text(task.number))
        self.add(node, ZR.order, integer(order))
        self.add(node, RDFS.label, chinese(task.title))
        self.add(node, ZR.text, chinese(task.text))
        self.add(node, ZR.isMeasure, boolean(task.measure))
        self.add(node, ZR.joint, boolean(task.joint))
        self.add(node, ZR.evidence, self.state_evidence(task.evidence))
        if task.deadline:
            self.state_deadline(node, task.deadline)
        for supervisor in task.supervisors:
            self.add(node, ZR.supervisor, chinese(supervisor.name))
            self.add(node, ZR.supervisorEvidence, self.state_evidence(supervisor.evidence))
        self.state_assignments(task, node)
        self.state_reasons(node, task.justified)
        for number, indicator in enumerate(task.indicators, start=1):
            self.state_indicator(indicator, vocab.indicator(self.key, task.key, number, self.base), node)

    def state_reasons(self, node: NamedNode, reasons: Iterable[Justification]) -> None:
        for reason in reasons:
            self.add(node, ZR.justification, self.correction(reason.ruling))

    def state_deadline(self, node: NamedNode, deadline: Deadline) -> None:
        """State by when something is due; what comes back or never ends has no date."""
        self.add(node, ZR.dueText, chinese(deadline.evidence.words))
        self.add(node, ZR.dueKind, vocab.concept("due-kind", deadline.kind))
        self.add(node, ZR.dueEvidence, self.state_evidence(deadline.evidence))
        self.add(node, ZR.dueEvery, vocab.concept("frequency", deadline.every) if deadline.every else None)
        self.add(node, ZR.dueDate, day(full_date(deadline.due)))
        self.add(node, ZR.duePrecision, text(deadline.precision))

    def state_assignments(self, task: Task, task_node: NamedNode) -> None:
        for order, unit in enumerate(task.units, start=1):
            node = vocab.assignment(self.key, task.key, order, self.base)
            body = self.resolved.body_of(unit)
            self.add(node, RDF.type, ZR.Assignment)
            self.add(node, ZR.task, task_node)
            self.add(node, ZR.role, vocab.concept("role", unit.role))
            self.add(node, ZR.asWritten, chinese(unit.name))
            self.add(node, ZR.inherited, boolean(unit.inherited))
            self.add(node, ZR.collective, boolean(unit.collective))
            self.add(node, ZR.vague, boolean(unit.vague))
            self.add(node, ZR.evidence, self.state_evidence(unit.evidence))
            self.add(node, ZR.decision, self.decided.on_unit(unit))
            self.add(node, ZR.correction, self.correction(unit.ruling))
            if body:
                target = vocab.organization(body.key, self.base)
                self.add(node, ZR.organization, target)
                self.add(task_node, ZR.unit, target)
                self.add(task_node, _SHORTCUTS[unit.role], target)
                self.add(task_node, ZR.inheritedUnit, target if unit.inherited else None)

    def state_indicator(self, indicator: Indicator, node: NamedNode, task: NamedNode | None) -> None:
        metric = self.resolved.metrics.get(indicator.name)
        self.add(node, RDF.type, ZR.Indicator)
        self.add(node, DCTERMS.isPartOf, self.policy)
        self.add(node, ZR.task if task else ZR.policy, task or self.policy)
        self.add(node, RDFS.label, chinese(indicator.name))
        self.add(node, ZR.metric, vocab.metric(metric.key, self.base) if metric else None)
        self.add(node, ZR.decision, self.decided.on("metric", indicator.name))
        self.add(node, ZR.kind, vocab.concept("indicator-kind", indicator.kind))
        self.add(node, ZR.comparator, vocab.concept("comparator", COMPARATORS[indicator.op]) if indicator.op else None)
        self.add(node, ZR.binding, vocab.concept("binding", indicator.binding) if indicator.binding else None)
        self.add(node, ZR.inTable, boolean(indicator.table))
        self.add(node, ZR.asWritten, chinese(indicator.evidence.words))
        self.add(node, ZR.evidence, self.state_evidence(indicator.evidence))
        self.add(node, ZR.correction, self.correction(indicator.ruling))
        self.state_reasons(node, indicator.justified)
        self.state_value(node, indicator)
        if indicator.year is not None:
            self.add(node, ZR.year, integer(indicator.year))
            self.add(node, ZR.yearStated, boolean(indicator.year_stated))
            self.add(node, ZR.dueDate, day(year_end(indicator.year)))
            self.add(node, ZR.duePrecision, text("year"))
        if indicator.baseline:
            self.add(node, ZR.baselineYear, integer(indicator.baseline.year))
            self.add(node, ZR.baselineValue, decimal(indicator.baseline.value))

    def state_value(self, node: NamedNode, indicator: Indicator) -> None:
        """State number and unit as written, and both in the unit's base; an unknown value stays unsaid."""
        said = quantity(indicator)
        self.add(node, ZR.unitText, text(indicator.unit))
        self.add(node, QUDT.hasUnit, said.unit)
        self.add(node, QUDT.value, decimal(said.value))
        self.add(node, ZR.valueText, text(said.text))
        self.add(node, ZR.normalizedValue, decimal(said.normalized))
        self.add(node, ZR.normalizedUnit, said.base)

    def state_citations(self) -> None:
        for order, citation, task in number_citations(self.resolved.reading):
            node = vocab.citation(self.key, order, self.base)
            task_node = vocab.task(self.key, task.key, self.base) if task else None
            self.add(node, RDF.type, ZR.Citation)
            self.add(node, DCTERMS.isPartOf, self.policy)
            self.add(node, ZR.task, task_node)
            self.add(node, ZR.place, vocab.concept("place", citation.where) if citation.where else None)
            self.add(node, ZR.relation, vocab.concept("relation", citation.relation))
            self.add(node, ZR.level, vocab.concept("level", citation.level))
            self.add(node, ZR.issuerName, chinese(citation.issuer))
            self.add(node, ZR.marked, boolean(citation.marked))
            self.add(node, ZR.asWritten, chinese(citation.title))
            self.add(node, ZR.numberText, text(citation.number))
            self.add(node, ZR.evidence, self.state_evidence(citation.evidence))
            self.add(node, ZR.decision, self.decided.on("policy", citation.title))
            self.link_policy(node, citation, task_node)

    def link_policy(self, node: NamedNode, citation: Citation, task: NamedNode | None) -> None:
        policy = self.resolved.policies.get(citation.title)
        if policy is None:
            return
        target = vocab.policy(policy.key, self.base)
        self.add(node, ZR.citedPolicy, target)
        if target != self.policy:  # a plan that names itself is no parent of itself
            for subject in filter(None, (self.policy, self.issued if self.issued != target else None, task)):
                self.add(subject, _RELATIONS[citation.relation], target)

    def state_decisions(self) -> None:
        for node, _, decision in self.decided.numbered:
            mint = _TARGETS.get(decision.subject)
            self.add(node, RDF.type, ZR.Decision)
            self.add(node, ZR.subject, text(decision.subject))
            self.add(node, ZR.mention, chinese(decision.mention))
            self.add(node, ZR.verdict, vocab.concept("verdict", decision.verdict))
            self.add(node, ZR.reason, chinese(decision.reason))
            self.add(node, ZR.count, integer(decision.count))
            self.add(node, ZR.correction, self.correction(decision.ruling))
            if mint is None:  # a period is a value, not a thing
                self.add(node, ZR.targetText, text(decision.target))
            else:
                self.add(node, ZR.target, mint(decision.target, self.base) if decision.target else None)
                self.add(node, ZR.candidate, *(mint(key, self.base) for key in decision.candidates))

    def correction(self, ruling: Ruling | None) -> NamedNode | None:
        """Return the person's correction that a thing owes its form to; what it says stands in a graph of its own."""
        return vocab.correction(ruling.key, self.base) if ruling is not None else None

    def state_evidence(self, evidence: Evidence | None) -> NamedNode | None:
        """State where something stands and return the node; ``None`` where there is no evidence."""
        if evidence is None:
            return None
        start, end, pinned = evidence.span.start, evidence.span.end, self.document.text
        node = vocab.evidence(self.key, start, end, evidence.rule, self.base)
        self.add(node, RDF.type, ZR.Evidence)
        self.add(node, OA.hasSource, self.source)
        self.add(node, OA.exact, Literal(evidence.quote))
        self.add(node, OA.prefix, Literal(pinned[max(0, start - CONTEXT) : start]))
        self.add(node, OA.suffix, Literal(pinned[end : end + CONTEXT]))
        self.add(node, OA.start, integer(start))
        self.add(node, OA.end, integer(end))
        page = self.document.page_of(evidence.span)
        self.add(node, ZR.page, integer(page) if page is not None else None)
        self.add(node, ZR.rule, text(evidence.rule))
        return node
