"""Every name in the graph: namespaces, terms, named graphs, and how the IRI of each thing is made from its natural key."""

# ruff: noqa: N815 - terms are spelled as in RDF, zr:leadUnit

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import quote, unquote

from pyoxigraph import NamedNode

from kg.errors import OutputError

BASE = "https://w3id.org/zeren/"
_BASE_FORM = re.compile(r"(?:https?://[!-~]+|urn:[!-~]+)[/#:]")


class Namespace:
    """The terms of one vocabulary as attributes; a term that was not declared is an ``AttributeError``.

    >>> ZR.leadUnit.value
    'https://w3id.org/zeren/ns#leadUnit'
    """

    iri: str

    def __init_subclass__(cls, *, iri: str) -> None:
        cls.iri = iri
        for name in cls.__annotations__:
            setattr(cls, name, NamedNode(iri + name))

    @classmethod
    def terms(cls) -> Iterator[NamedNode]:
        """Yield the declared terms in the order of declaration."""
        return (getattr(cls, name) for name in cls.__annotations__)


class ZR(Namespace, iri=BASE + "ns#"):
    """Our own terms; ``ontology/zeren.ttl`` defines each, and a test compares both lists."""

    # things that a document states
    Statement: NamedNode
    Policy: NamedNode
    SourceText: NamedNode
    Section: NamedNode
    Task: NamedNode
    Assignment: NamedNode
    Indicator: NamedNode
    Citation: NamedNode
    Evidence: NamedNode
    Decision: NamedNode
    # what people decide
    Correction: NamedNode
    Revocation: NamedNode
    # graphs on a server
    PushedGraph: NamedNode
    contentDigest: NamedNode
    # things that outlast one document
    GenericBody: NamedNode
    Region: NamedNode
    Function: NamedNode
    Metric: NamedNode
    # entries of the lists in schemes.ttl
    Role: NamedNode
    IndicatorKind: NamedNode
    Comparator: NamedNode
    Relation: NamedNode
    Level: NamedNode
    Verdict: NamedNode
    DocumentKind: NamedNode
    Binding: NamedNode
    DueKind: NamedNode
    DuePrecision: NamedNode
    Frequency: NamedNode
    Place: NamedNode
    CorrectionAction: NamedNode
    CorrectionExtent: NamedNode
    CorrectionState: NamedNode
    GapKind: NamedNode
    # what follows
    Load: NamedNode
    TotalLoad: NamedNode
    PeriodLoad: NamedNode
    SharedResponsibility: NamedNode
    # policy and source
    sourceText: NamedNode
    periodStart: NamedNode
    periodEnd: NamedNode
    year: NamedNode
    issuerName: NamedNode
    implements: NamedNode
    creates: NamedNode
    ancestorPolicy: NamedNode
    level: NamedNode
    fileName: NamedNode
    encoding: NamedNode
    characters: NamedNode
    # section and task
    section: NamedNode
    parentSection: NamedNode
    number: NamedNode
    order: NamedNode
    text: NamedNode
    isMeasure: NamedNode
    joint: NamedNode
    dueDate: NamedNode
    duePrecision: NamedNode
    dueText: NamedNode
    dueKind: NamedNode
    dueEvery: NamedNode
    dueEvidence: NamedNode
    supervisor: NamedNode
    supervisorEvidence: NamedNode
    unit: NamedNode
    leadUnit: NamedNode
    responsibleUnit: NamedNode
    supportUnit: NamedNode
    inheritedUnit: NamedNode
    # assignment
    task: NamedNode
    organization: NamedNode
    role: NamedNode
    asWritten: NamedNode
    inherited: NamedNode
    collective: NamedNode
    vague: NamedNode
    # indicator
    policy: NamedNode
    metric: NamedNode
    kind: NamedNode
    comparator: NamedNode
    valueText: NamedNode
    unitText: NamedNode
    normalizedValue: NamedNode
    normalizedUnit: NamedNode
    baselineYear: NamedNode
    baselineValue: NamedNode
    binding: NamedNode
    inTable: NamedNode
    direction: NamedNode
    baseUnit: NamedNode
    factor: NamedNode
    # citation
    citedPolicy: NamedNode
    relation: NamedNode
    place: NamedNode
    marked: NamedNode
    numberText: NamedNode
    # evidence and decision
    evidence: NamedNode
    page: NamedNode
    rule: NamedNode
    decision: NamedNode
    subject: NamedNode
    mention: NamedNode
    verdict: NamedNode
    target: NamedNode
    targetText: NamedNode
    candidate: NamedNode
    reason: NamedNode
    count: NamedNode
    # correction
    correction: NamedNode
    action: NamedNode
    extent: NamedNode
    state: NamedNode
    item: NamedNode
    insteadOf: NamedNode
    priorText: NamedNode
    newName: NamedNode
    newRole: NamedNode
    newValue: NamedNode
    newUnit: NamedNode
    newYear: NamedNode
    newComparator: NamedNode
    newPeriod: NamedNode
    onTask: NamedNode
    documentPath: NamedNode
    documentTitle: NamedNode
    about: NamedNode
    note: NamedNode
    # organization and region
    function: NamedNode
    mainFunction: NamedNode
    parentRegion: NamedNode
    # what follows: loads, shared responsibility, gaps, counts
    loadOf: NamedNode
    firstYear: NamedNode
    lastYear: NamedNode
    taskCount: NamedNode
    ledCount: NamedNode
    responsibleCount: NamedNode
    supportedCount: NamedNode
    sharedLoad: NamedNode
    indicatorCount: NamedNode
    bindingCount: NamedNode
    inheritedCount: NamedNode
    documentCount: NamedNode
    between: NamedNode
    sharedTasks: NamedNode
    jaccard: NamedNode
    lift: NamedNode
    rank: NamedNode
    gap: NamedNode
    bodyCount: NamedNode
    parentCount: NamedNode
    followerCount: NamedNode
    reachCount: NamedNode
    restingTaskCount: NamedNode
    restingBodyCount: NamedNode
    regionCount: NamedNode
    unitCount: NamedNode
    targetCount: NamedNode
    sequence: NamedNode
    dueSequence: NamedNode


class RDF(Namespace, iri="http://www.w3.org/1999/02/22-rdf-syntax-ns#"):
    """RDF."""

    type: NamedNode


class RDFS(Namespace, iri="http://www.w3.org/2000/01/rdf-schema#"):
    """RDF Schema."""

    label: NamedNode


class XSD(Namespace, iri="http://www.w3.org/2001/XMLSchema#"):
    """The datatypes in use."""

    string: NamedNode
    boolean: NamedNode
    integer: NamedNode
    decimal: NamedNode
    date: NamedNode
    dateTime: NamedNode


class DCTERMS(Namespace, iri="http://purl.org/dc/terms/"):
    """Dublin Core."""

    title: NamedNode
    publisher: NamedNode
    spatial: NamedNode
    type: NamedNode
    isPartOf: NamedNode
    date: NamedNode


class ELI(Namespace, iri="http://data.europa.eu/eli/ontology#"):
    """The European Legislation Identifier, for documents that cite and carry out each other."""

    Work: NamedNode
    id_local: NamedNode
    date_document: NamedNode
    implements: NamedNode
    cites: NamedNode
    has_annex: NamedNode
    is_annex_of: NamedNode


class ORG(Namespace, iri="http://www.w3.org/ns/org#"):
    """The Organization Ontology."""

    Organization: NamedNode
    OrganizationalCollaboration: NamedNode
    ChangeEvent: NamedNode
    originalOrganization: NamedNode
    resultingOrganization: NamedNode


class SKOS(Namespace, iri="http://www.w3.org/2004/02/skos/core#"):
    """Concept schemes and labels."""

    Concept: NamedNode
    ConceptScheme: NamedNode
    inScheme: NamedNode
    prefLabel: NamedNode
    altLabel: NamedNode
    notation: NamedNode


class PROV(Namespace, iri="http://www.w3.org/ns/prov#"):
    """PROV, for who decided what and when, and who took it back."""

    Agent: NamedNode
    wasAttributedTo: NamedNode
    generatedAtTime: NamedNode
    wasInvalidatedBy: NamedNode
    invalidatedAtTime: NamedNode
    wasAssociatedWith: NamedNode


class OA(Namespace, iri="http://www.w3.org/ns/oa#"):
    """Web Annotation: a quotation and where it stands, in code points."""

    SpecificResource: NamedNode
    TextQuoteSelector: NamedNode
    TextPositionSelector: NamedNode
    hasTarget: NamedNode
    hasSource: NamedNode
    exact: NamedNode
    prefix: NamedNode
    suffix: NamedNode
    start: NamedNode
    end: NamedNode


class QUDT(Namespace, iri="http://qudt.org/schema/qudt/"):
    """Quantities and units."""

    Unit: NamedNode
    value: NamedNode
    hasUnit: NamedNode


class SCHEMA(Namespace, iri="https://schema.org/"):
    """schema.org, for the digest of a file."""

    sha256: NamedNode


PREFIXES = {
    "zr": ZR.iri,
    "rdf": RDF.iri,
    "rdfs": RDFS.iri,
    "xsd": XSD.iri,
    "owl": "http://www.w3.org/2002/07/owl#",
    "dcterms": DCTERMS.iri,
    "eli": ELI.iri,
    "org": ORG.iri,
    "skos": SKOS.iri,
    "prov": PROV.iri,
    "oa": OA.iri,
    "qudt": QUDT.iri,
    "unit": "http://qudt.org/vocab/unit/",
    "schema": SCHEMA.iri,
    "role": BASE + "scheme/role/",
    "scheme": BASE + "scheme/",
}


def check_base(base: str) -> str:
    """Return the base if IRIs can be made from it.

    >>> check_base("https://example.org/kg/")
    'https://example.org/kg/'
    """
    if not _BASE_FORM.fullmatch(base) or re.search(r'[<>"{}|\\^`]', base):
        raise OutputError(f"base IRI {base!r}: not absolute or not ASCII; give one like {BASE} that ends with / # or :")
    return base


def _key(key: str) -> str:
    return quote(key, safe="/")


def _step(step: str) -> str:
    # no slash inside, so that a/1 + 2 and a + 1/2 stay two things
    return quote(step, safe="")


def document_graph(policy: str, base: str = BASE) -> NamedNode:
    """Return the named graph that holds what one document states."""
    return NamedNode(f"{base}graph/document/{_key(policy)}")


def registry_graph(base: str = BASE) -> NamedNode:
    """Return the named graph of the things that documents share."""
    return NamedNode(f"{base}graph/registry")


def derived_graph(base: str = BASE) -> NamedNode:
    """Return the named graph of what was concluded and stands in no document."""
    return NamedNode(f"{base}graph/derived")


def ontology_graph(base: str = BASE) -> NamedNode:
    """Return the named graph of the ontology and the concept schemes."""
    return NamedNode(f"{base}graph/ontology")


def pushed_graph(base: str = BASE) -> NamedNode:
    """Return the named graph in which a server keeps which graphs were pushed to it."""
    return NamedNode(f"{base}graph/pushed")


def corrections_graph(base: str = BASE) -> NamedNode:
    """Return the named graph of what people decided."""
    return NamedNode(f"{base}graph/corrections")


def scheme(name: str) -> NamedNode:
    """Return a concept scheme; schemes belong to the vocabulary and keep its base.

    >>> scheme("role").value
    'https://w3id.org/zeren/scheme/role'
    """
    return NamedNode(f"{BASE}scheme/{_step(name)}")


def concept(scheme_name: str, code: str) -> NamedNode:
    """Return an entry of a concept scheme.

    >>> concept("role", "lead").value
    'https://w3id.org/zeren/scheme/role/lead'
    """
    return NamedNode(f"{BASE}scheme/{_step(scheme_name)}/{_step(code)}")


def policy(key: str, base: str = BASE) -> NamedNode:
    """Return a policy, whether or not its document is here."""
    return NamedNode(f"{base}id/policy/{_key(key)}")


def source(sha256: str, base: str = BASE) -> NamedNode:
    """Return the pinned text of a source file."""
    return NamedNode(f"{base}id/source/{_step(sha256)}")


def section(policy_key: str, key: str, base: str = BASE) -> NamedNode:
    """Return a section of a document."""
    return NamedNode(f"{base}id/section/{_key(policy_key)}/{_step(key)}")


def task(policy_key: str, key: str, base: str = BASE) -> NamedNode:
    """Return a task of a document.

    >>> task("130100/2023-gongzuo-yaodian", "2.3").value
    'https://w3id.org/zeren/id/task/130100/2023-gongzuo-yaodian/2.3'
    """
    return NamedNode(f"{base}id/task/{_key(policy_key)}/{_step(key)}")


def assignment(policy_key: str, task_key: str, order: int, base: str = BASE) -> NamedNode:
    """Return the n-th assignment of a task, counted from 1."""
    return NamedNode(f"{base}id/assignment/{_key(policy_key)}/{_step(task_key)}/{order}")


def indicator(policy_key: str, task_key: str | None, order: int, base: str = BASE) -> NamedNode:
    """Return the n-th indicator of a task, or of the document outside its tasks, counted from 1."""
    return NamedNode(f"{base}id/indicator/{_key(policy_key)}/{_step(task_key or 'document')}/{order}")


def citation(policy_key: str, order: int, base: str = BASE) -> NamedNode:
    """Return the n-th citation of a document in reading order, counted from 1."""
    return NamedNode(f"{base}id/citation/{_key(policy_key)}/{order}")


def evidence(policy_key: str, start: int, end: int, rule: str, base: str = BASE) -> NamedNode:
    """Return a piece of evidence: the same words read by two rules are two pieces."""
    return NamedNode(f"{base}id/evidence/{_key(policy_key)}/{start}-{end}/{_step(rule)}")


def decision(policy_key: str, subject: str, order: int, base: str = BASE) -> NamedNode:
    """Return the n-th decision on a kind of mention in a document, counted from 1."""
    return NamedNode(f"{base}id/decision/{_key(policy_key)}/{_step(subject)}-{order}")


def organization(key: str, base: str = BASE) -> NamedNode:
    """Return a body.

    >>> organization("130100/ecology-environment").value
    'https://w3id.org/zeren/id/org/130100/ecology-environment'
    """
    return NamedNode(f"{base}id/org/{_key(key)}")


def change(key: str, year: int, base: str = BASE) -> NamedNode:
    """Return the reform by which a body, given by its key, became part of another.

    >>> change("130100/tourism", 2018).value
    'https://w3id.org/zeren/id/change/130100/tourism/2018'
    """
    return NamedNode(f"{base}id/change/{_key(key)}/{year}")


def function(key: str, base: str = BASE) -> NamedNode:
    """Return a function of government, the same nationwide."""
    return NamedNode(f"{base}id/function/{_key(key)}")


def region(code: str, base: str = BASE) -> NamedNode:
    """Return a place by its GB/T 2260 code."""
    return NamedNode(f"{base}id/region/{_step(code)}")


def metric(key: str, base: str = BASE) -> NamedNode:
    """Return what an indicator measures."""
    return NamedNode(f"{base}id/metric/{_key(key)}")


def correction(key: str, base: str = BASE) -> NamedNode:
    """Return a person's correction.

    >>> correction("c-3f2a9b41d0").value
    'https://w3id.org/zeren/id/correction/c-3f2a9b41d0'
    """
    return NamedNode(f"{base}id/correction/{_step(key)}")


def person(name: str, base: str = BASE) -> NamedNode:
    """Return who decided something: by name, or as the IRI that stands for them elsewhere."""
    if re.match(r"(?:https?://|urn:|mailto:)[!-~]+$", name) and not re.search(r'[<>"{}|\\^`]', name):
        return NamedNode(name)
    return NamedNode(f"{base}id/person/{_step(name)}")


def key_of(iri: str, kind: str, base: str = BASE) -> str:
    """Return the key that an IRI was made of.

    >>> key_of("https://w3id.org/zeren/id/org/130100/ecology-environment", "org")
    '130100/ecology-environment'
    """
    return unquote(iri.removeprefix(f"{base}id/{kind}/"))
