"""The ontology and what documents state, as logic: HermiT says whether it can all be true at once."""

from __future__ import annotations

import io
import shutil
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from pyoxigraph import RdfFormat, Triple, parse, serialize

from kg.check.report import Finding, Skipped
from kg.store import Generation, Part

BATCH = 40_000  # quads in one run of HermiT: about three seconds


def find_java() -> str | None:
    """Return the command that starts Java, or ``None`` where there is none."""
    return shutil.which("java")


def check_logic(generation: Generation, parts: Sequence[Part], java: str, skipped: list[Skipped]) -> Iterator[Finding]:
    """Yield the documents that contradict the ontology, and the classes of the ontology that nothing can belong to."""
    ontology = generation.quads / "ontology.nq"
    hopeless: set[str] = set()
    try:
        for batch in _batches(parts):
            classes = reason([ontology, *_files(generation, batch)], java)
            hopeless.update(classes or ())
            if classes is None:
                # HermiT does not say why; one document at a time it says where
                alone = [part for part in batch if reason([ontology, *_files(generation, [part])], java) is None]
                yield from map(_contradiction, (part.source.path for part in alone or batch))
    except ReasonerError as error:
        skipped.append(Skipped("logic", f"推理机未能运行：{error}", f"the reasoner did not run: {error}"))
    yield from map(_hopeless, sorted(hopeless))


class ReasonerError(Exception):
    """HermiT could not be run."""


def reason(files: Iterable[Path], java: str) -> list[str] | None:
    """Return the classes that nothing can belong to; ``None`` if the facts contradict each other."""
    import owlready2

    owlready2.JAVA_EXE = java
    world: Any = owlready2.World()  # a fresh one: the default world keeps what was loaded before
    try:
        ontology = world.get_ontology("urn:zeren:check").load(fileobj=io.BytesIO(_triples(files)))
        with ontology:
            # OWL 2 has no xsd:date; HermiT refuses it unless told to pass over
            owlready2.sync_reasoner_hermit(world, debug=0, ignore_unsupported_datatypes=True)
        return sorted(str(found.iri) for found in world.inconsistent_classes() if found is not owlready2.Nothing)
    except owlready2.OwlReadyInconsistentOntologyError:
        return None
    except (owlready2.OwlReadyError, OSError) as error:
        raise ReasonerError(_last_line(error)) from error
    finally:
        world.close()


def _triples(files: Iterable[Path]) -> bytes:
    quads = (quad for path in files for quad in parse(path=path, format=RdfFormat.N_QUADS))
    return serialize((Triple(q.subject, q.predicate, q.object) for q in quads), format=RdfFormat.N_TRIPLES) or b""


def _files(generation: Generation, parts: Iterable[Part]) -> list[Path]:
    return [path for part in parts for path in (generation.document_file(part), generation.registry_file(part))]


def _batches(parts: Sequence[Part]) -> Iterator[list[Part]]:
    batch: list[Part] = []
    for part in parts:
        if batch and sum(p.quads for p in batch) + part.quads > BATCH:
            yield batch
            batch = []
        batch.append(part)
    yield batch  # without any document it is the ontology alone


def _contradiction(where: str) -> Finding:
    return Finding("violation", "contradiction", "与本体矛盾的文件", "document that contradicts the ontology", where, "logic")


def _hopeless(name: str) -> Finding:
    return Finding("violation", "empty-class", "不可能有成员的类", "class that nothing can belong to", name, "logic")


def _last_line(error: Exception) -> str:
    lines = str(error).strip().splitlines()
    return lines[-1] if lines else type(error).__name__
