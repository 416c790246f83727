"""The graph as Turtle, N-Quads and JSON-LD, as it comes off the disk: one document's quads in memory at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain, islice
from pathlib import Path
from typing import Any, BinaryIO

from pyoxigraph import NamedNode, Quad, RdfFormat, Triple, parse, serialize

from kg import vocab
from kg.export.jsonld import write_jsonld
from kg.export.progress import Tell
from kg.export.selection import Selection
from kg.store import Generation, guarded

# scheme: would write the entries of its lists as scheme:role\/lead, which few people know to be right
PREFIXES = {name: iri for name, iri in sorted(vocab.PREFIXES.items()) if name != "scheme"}
_CHUNK = 10_000  # quads that are written at once: each piece is a text of its own, and so is all of them


def write_rdf(generation: Generation, form: str, stream: BinaryIO, selection: Selection | None, tell: Tell) -> None:
    """Write the quads of a generation, or of some of its documents with what they say of shared things.

    Turtle knows no named graphs: it has the triples of all of them.
    """
    found = _quads(generation, selection, tell)
    match form:
        case "nq":
            for quads in _pieces(found):
                serialize(quads, stream, format=RdfFormat.N_QUADS)
        case "ttl":
            stream.writelines(f"@prefix {name}: <{iri}> .\n".encode() for name, iri in PREFIXES.items())
            stream.writelines(_turtle(triples) for triples in _pieces(quad.triple for quad in found))
        case "jsonld":
            write_jsonld(found, stream, PREFIXES)


def _quads(generation: Generation, selection: Selection | None, tell: Tell) -> Iterator[Quad]:
    files = generation.quad_files()
    if selection is not None:
        parts = [part for part in generation.manifest.documents if part.source.key in selection.keys]
        files = [generation.document_file(part) for part in parts]
        shared = {quad.subject for part in parts for quad in _read(generation, generation.registry_file(part))}
        yield from (quad for quad in _read(generation, generation.quads / "registry.nq") if quad.subject in shared)
        yield from _corrections(generation, files)
    for done, path in enumerate(files):
        tell("导出 export", done, len(files))
        yield from _read(generation, path)
    tell("导出 export", len(files), len(files))


def _corrections(generation: Generation, files: Iterable[Path]) -> Iterator[Quad]:
    """Yield what people decided about these documents, with what hangs on it."""
    decided = list(_read(generation, generation.quads / "corrections.nq"))
    wanted = {
        quad.object
        for quad in chain.from_iterable(_read(generation, path) for path in files if decided)
        if quad.predicate == vocab.ZR.correction
    }
    while more := {quad.object for quad in decided if quad.subject in wanted and isinstance(quad.object, NamedNode)} - wanted:
        wanted |= more
    yield from (quad for quad in decided if quad.subject in wanted)


def _read(generation: Generation, path: Path) -> Iterator[Quad]:
    with guarded(path, generation.out):
        yield from parse(path=path, format=RdfFormat.N_QUADS)


def _pieces(statements: Iterable[Quad | Triple]) -> Iterator[list[Any]]:
    waiting = iter(statements)
    while piece := list(islice(waiting, _CHUNK)):
        yield piece


def _turtle(triples: list[Triple]) -> bytes:
    """Return triples as Turtle without its head: the engine writes the prefixes in another order each time."""
    lines = (serialize(triples, format=RdfFormat.TURTLE, prefixes=PREFIXES) or b"").splitlines(keepends=True)
    return b"".join(line for line in lines if not line.startswith(b"@prefix "))
