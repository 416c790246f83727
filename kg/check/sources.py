"""The graph's files and its sources against their digests, and every quotation against the text that it was taken from."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path, PurePosixPath

from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from kg.check.report import Finding
from kg.errors import CorrectionError, SourceError
from kg.rdf import read_corrections
from kg.store import Generation, Part, digest
from kg.vocab import OA

Read = Callable[[str], bytes]


def check_files(generation: Generation, part: Part) -> Iterator[Finding]:
    """Yield the files of a document's quads and of its text that are not as they were written."""
    pairs = [(generation.document_file(part), part.digest), (generation.registry_file(part), part.registry_digest)]
    if part.text_digest:
        pairs.append((generation.text_file(part), part.text_digest))
    yield from _compare(pairs)


def check_shared_files(generation: Generation) -> Iterator[Finding]:
    """Yield the files of the whole graph, the derived facts and the tables among them, that are not as they were written.

    The files of the store are the engine's; it looks at them when it opens them.
    """
    own = generation.manifest.digests.items()
    yield from _compare([(generation.folder / name, wanted) for name, wanted in own if not name.startswith("store/")])


def _compare(pairs: Iterable[tuple[Path, str]]) -> Iterator[Finding]:
    for path, wanted in pairs:
        if not path.is_file() or digest(path) != wanted:
            detail = "changed" if path.is_file() else "missing"
            yield Finding("violation", "quads-damaged", "损坏的数据文件", "damaged data file", path.as_posix(), "files", detail)


def check_corrections(generation: Generation) -> Iterator[Finding]:
    """Yield the fault of the file of people's corrections that the next build would stop at."""
    path = generation.out / "corrections.ttl"
    try:
        read_corrections(path, generation.manifest.base)
    except CorrectionError as error:
        zh, en = "读不成的更正文件", "file of corrections that cannot be read"
        yield Finding("violation", "corrections-broken", zh, en, path.as_posix(), "files", str(error))


def check_sources(generation: Generation, part: Part, read: Read) -> Iterator[Finding]:
    """Yield what became of a document's source, and the quotations that its pinned text does not have at their offsets.

    The source is compared by its bytes, the quotations with the text that was taken out of it when the graph was built:
    another version of a library may take out another one.
    """
    yield from _check_bytes(generation, part, read)
    if part.text_digest:
        text = generation.text_file(part).read_bytes().decode("utf-8", "surrogatepass")
        yield from _check_quotes(generation, part, text)


def _check_bytes(generation: Generation, part: Part, read: Read) -> Iterator[Finding]:
    path = part.source.path
    built_in = PurePosixPath(str(generation.manifest.extra.get("folder", ".")))  # what relative paths are relative to
    try:
        content = read(str(built_in / path))
    except SourceError as error:
        yield Finding("warning", "source-missing", "原文无法读取", "source that cannot be read", path, "evidence", str(error))
        return
    if hashlib.sha256(content).hexdigest() != part.source.sha256:
        yield Finding("violation", "source-changed", "建图后改动的原文", "source that changed since the build", path, "evidence")


def _check_quotes(generation: Generation, part: Part, text: str) -> Iterator[Finding]:
    for node, (exact, start, end) in sorted(_read_evidence(generation, part).items()):
        there = _cut(text, start, end)
        if there != exact:
            detail = f"{start}-{end}: {exact!r} ≠ {there!r}" if there is not None else f"{start!r}-{end!r}: no offsets"
            yield Finding(
                "violation",
                "quote-not-in-source",
                "与原文不符的引文",
                "quotation that the source does not have",
                node,
                "evidence",
                detail,
            )


def _cut(text: str, start: str, end: str) -> str | None:
    """Return the text between two offsets; None if they are no offsets."""
    try:
        first, last = int(start), int(end)
    except ValueError:
        return None
    return text[first:last] if 0 <= first <= last else None


def _read_evidence(generation: Generation, part: Part) -> dict[str, tuple[str, str, str]]:
    facts: dict[str, dict[NamedNode, str]] = {}
    for quad in parse(path=generation.document_file(part), format=RdfFormat.N_QUADS):
        if (
            quad.predicate in (OA.exact, OA.start, OA.end)
            and isinstance(quad.subject, NamedNode)
            and isinstance(quad.object, Literal)
        ):
            facts.setdefault(quad.subject.value, {})[quad.predicate] = quad.object.value
    return {
        node: (found[OA.exact], found[OA.start], found[OA.end])
        for node, found in facts.items()
        if len(found) == 3  # the shapes complain about the others
    }
