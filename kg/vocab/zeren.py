"""Our own terms, as ``ontology/zeren.ttl`` defines them."""

# ruff: noqa: N815 - terms are spelled as in RDF, zr:leadUnit

from __future__ import annotations

from pyoxigraph import NamedNode

from kg.vocab.namespace import BASE, Namespace


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
    Severity: NamedNode
    TargetRelation: NamedNode
    TargetVerdict: NamedNode
    ComparisonGround: NamedNode
    LoadVerdict: NamedNode
    ContinuationKind: NamedNode
    TargetStep: NamedNode
    BodyChangeKind: NamedNode
    # what follows
    Load: NamedNode
    TotalLoad: NamedNode
    PeriodLoad: NamedNode
    RegionLoad: NamedNode
    SharedResponsibility: NamedNode
    CollaborationNetwork: NamedNode
    Community: NamedNode
    Gap: NamedNode
    TargetComparison: NamedNode
    Derivation: NamedNode
    Parameter: NamedNode
    TaskContinuation: NamedNode
    TargetChange: NamedNode
    BodyChange: NamedNode
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
    yearStated: NamedNode
    baselineYear: NamedNode
    baselineValue: NamedNode
    binding: NamedNode
    inTable: NamedNode
    direction: NamedNode
    baseUnit: NamedNode
    factor: NamedNode
    intensive: NamedNode
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
    score: NamedNode
    loadVerdict: NamedNode
    regionRank: NamedNode
    peerRank: NamedNode
    peerCount: NamedNode
    peerMedian: NamedNode
    medianLoad: NamedNode
    medianDeviation: NamedNode
    gini: NamedNode
    topShare: NamedNode
    judged: NamedNode
    between: NamedNode
    sharedTasks: NamedNode
    jaccard: NamedNode
    lift: NamedNode
    core: NamedNode
    member: NamedNode
    modularity: NamedNode
    agreement: NamedNode
    stability: NamedNode
    pairCount: NamedNode
    stay: NamedNode
    betweenPairs: NamedNode
    betweenness: NamedNode
    diffusion: NamedNode
    rank: NamedNode
    gap: NamedNode
    gapKind: NamedNode
    gapOf: NamedNode
    severity: NamedNode
    wording: NamedNode
    advice: NamedNode
    justification: NamedNode
    evidenceDigest: NamedNode
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
    reachedTaskCount: NamedNode
    reachedBodyCount: NamedNode
    reachedRegionCount: NamedNode
    # targets beside those above them
    childTarget: NamedNode
    parentTarget: NamedNode
    targetRelation: NamedNode
    targetVerdict: NamedNode
    comparisonGround: NamedNode
    difference: NamedNode
    # from a plan to the next
    nextPlan: NamedNode
    earlierTask: NamedNode
    laterTask: NamedNode
    continuationKind: NamedNode
    similarity: NamedNode
    earlierTarget: NamedNode
    laterTarget: NamedNode
    targetStep: NamedNode
    relaxed: NamedNode
    inContinuation: NamedNode
    changedBody: NamedNode
    bodyChangeKind: NamedNode
    earlierAssignment: NamedNode
    laterAssignment: NamedNode
