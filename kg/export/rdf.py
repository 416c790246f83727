"""The graph as Turtle, N-Quads and JSON-LD, as it comes off the disk: one document's quads in memory at a time."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO

from pyoxigraph import NamedNode, Quad, RdfFormat, Triple, parse, serialize

from kg import vocab
from kg.errors import StoreError
from kg.export.jsonld import write_jsonld
from kg.export.progress import Tell
from kg.export.selection import Selection
from kg.store import Generation, digest, guarded, rebuild

# scheme: would write the entries of its lists as scheme:role\/lead, which few people know to be right
PREFIXES = {name: iri for name, iri in sorted(vocab.PREFIXES.items()) if name != "scheme"}
_CHUNK = 10_000  # quads that are written at once: each piece is a text of its own, and so is all of them


def write_rdf(generation: Generation, form: str, stream: BinaryIO, selection: Selection | None, tell: Tell) -> None:
    """Write the quads of a generation, or of some of its documents with what they say of shared things.

    Turtle knows no named graphs: it has the triples of all of them.

    :raises StoreError: a file is not as it was built.
    """
    source = _Source(generation, tell)
    if form == "nq" and selection is None:
        source.copy(stream)
        return
    found = source.part(selection) if selection is not None else source.read(generation.quad_files())
    match form:
        case "nq":
            for quads in _pieces(found):
                serialize(quads, stream, format=RdfFormat.N_QUADS)
        case "ttl":
            stream.writelines(f"@prefix {name}: <{iri}> .\n".encode() for name, iri in PREFIXES.items())
            stream.writelines(_turtle(triples) for triples in _pieces(quad.triple for quad in found))
        case "jsonld":
            write_jsonld(found, stream, PREFIXES)


class _Source:
    """The files of quads, each compared with its digest before it is read."""

    def __init__(self, generation: Generation, tell: Tell) -> None:
        self.generation, self.tell = generation, tell
        self.digests = generation.digests()

    def copy(self, stream: BinaryIO) -> None:
        """Copy all quads: the files are N-Quads already."""
        for path in self._whole(self.generation.quad_files()):
            with path.open("rb") as content:
                shutil.copyfileobj(content, stream)

    def read(self, files: Sequence[Path]) -> Iterator[Quad]:
        """Yield the quads of files, one after the other."""
        for path in self._whole(files):
            with guarded(path, self.generation.out):
                yield from parse(path=path, format=RdfFormat.N_QUADS)

    def part(self, selection: Selection) -> Iterator[Quad]:
        """Yield what some documents state, what they say of shared things, and what people decided about them."""
        parts = [part for part in self.generation.manifest.documents if part.source.key in selection.keys]
        files, quads = [self.generation.document_file(part) for part in parts], self.generation.quads
        shared = {quad.subject for quad in self.read([self.generation.registry_file(part) for part in parts])}
        yield from (quad for quad in self.read([quads / "registry.nq"]) if quad.subject in shared)
        yield from self._corrections(files)
        yield from self.read(files)

    def _corrections(self, files: Sequence[Path]) -> Iterator[Quad]:
        """Yield what people decided about these documents, with what hangs on it."""
        decided = list(self.read([self.generation.quads / "corrections.nq"]))
        wanted = {quad.object for quad in self.read(files if decided else []) if quad.predicate == vocab.ZR.correction}
        while more := {quad.object for quad in decided if quad.subject in wanted and isinstance(quad.object, NamedNode)} - wanted:
            wanted |= more
        yield from (quad for quad in decided if quad.subject in wanted)

    def _whole(self, files: Sequence[Path]) -> Iterator[Path]:
        for done, path in enumerate(files):
            self.tell("导出 export", done, len(files))
            with guarded(path, self.generation.out):
                found = digest(path)
            if found != self.digests.get(path):
                raise StoreError(f"{path}: damaged (changed since the build); {rebuild(self.generation.out)}")
            yield path
        self.tell("导出 export", len(files), len(files))


def _pieces(statements: Iterable[Quad | Triple]) -> Iterator[list[Any]]:
    waiting = iter(statements)
    while piece := list(islice(waiting, _CHUNK)):
        yield piece


def _turtle(triples: list[Triple]) -> bytes:
    """Return triples as Turtle without its head: the engine writes the prefixes in another order each time."""
    lines = (serialize(triples, format=RdfFormat.TURTLE, prefixes=PREFIXES) or b"").splitlines(keepends=True)
    return b"".join(line for line in lines if not line.startswith(b"@prefix "))
