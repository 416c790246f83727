"""A document in the forms in which a generation holds it: quads, ledger entry, rows of the tables."""

from __future__ import annotations

from dataclasses import dataclass, replace

from kg.ledger import ledger_entry
from kg.model import Resolved
from kg.pipeline.crew import Packed
from kg.pipeline.outputs import Ledger
from kg.pipeline.work import Work
from kg.rdf import build_document_quads, build_registry_quads
from kg.registry import Registry
from kg.store import Lines, encode_nquads
from kg.tables import TableRow, document_rows


@dataclass(frozen=True, slots=True)
class EncodeJob:
    """A document that is to be stated under this key."""

    key: str
    resolved: Packed[Resolved]
    base: str


@dataclass(frozen=True, slots=True)
class Encoded:
    """One document, ready to be written."""

    entry: Ledger
    quads: Lines
    shared: Lines
    rows: tuple[TableRow, ...]
    text: str  # pinned, to which all offsets refer


def encode_one(job: EncodeJob, registry: Registry, work: Work) -> Encoded:
    """State what one document says."""
    resolved = job.resolved.open()
    resolved = replace(resolved, policy=replace(resolved.policy, key=job.key))
    with work.stage("encode"):
        labels = {name: function.zh for name, function in registry.functions.items()}
        return Encoded(
            ledger_entry(resolved, labels, job.base),
            encode_nquads(build_document_quads(resolved, job.base)),
            encode_nquads(build_registry_quads(resolved, registry, job.base)),
            tuple(document_rows(resolved, job.base)),
            resolved.reading.document.text,
        )
