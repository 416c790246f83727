"""The next generation while it is made: from its parts, on a copy of the current store where that saves work."""

from __future__ import annotations

import hashlib
import logging
import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import chain
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from pyoxigraph import NamedNode, Quad, QuerySolutions, RdfFormat, Store, parse

from kg import __version__, vocab
from kg.errors import SourceError, StoreError
from kg.rdf import build_ontology_quads, merge_shared, sort_quads
from kg.store.engine import ENGINE, guarded, open_store
from kg.store.faults import filling, require_kind, writing
from kg.store.files import Lines, digest, encode_nquads, replace_durably, sync_folder, write_durably, write_lines, write_nquads
from kg.store.generation import Generation, Manifest, Part, Source, file_name, find_current, read_pointer, store_files
from kg.store.lock import BuildLock

log = logging.getLogger(__name__)

Derive = Callable[[Store], Iterable[Quad]]
Tabulate = Callable[[Sequence[Quad]], None]

_COUNT = """
SELECT ?class (COUNT(DISTINCT ?thing) AS ?n)
WHERE { GRAPH ?graph { ?thing a ?class } }
GROUP BY ?class
"""


def prepare(out: Path, *, base: str = vocab.BASE, knowledge: str = "", program: str = __version__) -> Draft:
    """Begin the next generation in ``out``; use it in a ``with`` block, which gives up whatever is not committed.

    ``knowledge`` is a digest of what the quads depend on beside the documents. Another one, another program or another
    base means that nothing of the current generation is used again.

    :raises OutputError: ``out`` cannot be written, or another build runs there.
    """
    with writing(out):
        require_kind(out)
        (out / "generations").mkdir(parents=True, exist_ok=True)
        lock = BuildLock(out)
        try:
            return Draft(out, lock, vocab.check_base(base), knowledge, program)
        except BaseException:
            lock.release()
            raise


class Draft:
    """A generation in the making, held by a lock; it becomes current with :meth:`commit` or leaves no trace."""

    def __init__(self, out: Path, lock: BuildLock, base: str, knowledge: str, program: str) -> None:
        """Clear away what killed builds left, and make the folder of the next generation."""
        self.out, self.base, self._lock = out, base, lock
        self._made_with = (program, base, knowledge)
        self._parts: dict[str, Part] = {}
        self._changed: set[str] = set()
        self._done = False
        self.previous, self._before = self._look_back()
        home = out / "generations"
        taken = [int(path.name) for path in home.iterdir() if path.name.isdigit()]
        self.folder = home / f"{max(taken, default=0) + 1:06}"
        for name in ("quads/documents", "quads/registry", "texts"):
            (self.folder / name).mkdir(parents=True)

    def keep(self, path: str, sha256: str) -> Part | None:
        """Take over what the current generation has of this very file; ``None`` if it has to be read."""
        part = self.previous.find_part(path, sha256) if self.previous else None
        if part is None or self.previous is None:
            return None
        old, new = self.previous, self._generation_files(part)
        pairs = [(old.document_file(part), new[0], part.digest), (old.registry_file(part), new[1], part.registry_digest)]
        if part.text_digest:
            pairs.append((old.text_file(part), self._text_file(part), part.text_digest))
        with writing(self.folder):
            if any(not source.is_file() or digest(source) != wanted for source, _, wanted in pairs):
                log.warning("%s: what generation %s has of it is damaged; reading it again", path, old.manifest.generation)
                return None
            self._claim(part)
            for source, target, _ in pairs:
                _link(source, target)
        return part

    def put(self, source: Source, document: Iterable[Quad], registry: Iterable[Quad], text: str = "") -> Part:
        """Add what one document states, what it says of shared things, and the pinned text that its offsets refer to.

        :raises SourceError: another document already states this policy.
        """
        return self.put_lines(source, encode_nquads(document), encode_nquads(registry), text)

    def put_lines(self, source: Source, own: Lines, shared: Lines, text: str = "") -> Part:
        """Add the same where the quads are lines already.

        :raises SourceError: another document already states this policy.
        """
        part = Part(source, file_name(source.key), own.count, "", shared.count, "")
        self._claim(part)
        first, second = self._generation_files(part)
        with writing(self.folder):
            digests = write_lines(own, first), write_lines(shared, second)
            part = Part(source, part.name, own.count, digests[0], shared.count, digests[1], self._put_text(part, text))
        self._parts[source.key] = part
        self._changed.add(source.key)
        return part

    def _put_text(self, part: Part, text: str) -> str:
        content = text.encode("utf-8", "surrogatepass")
        if content:
            write_durably(self._text_file(part), content)
        return hashlib.sha256(content).hexdigest() if content else ""

    def _text_file(self, part: Part) -> Path:
        return self.folder / "texts" / f"{part.name}.txt"

    def commit(
        self,
        derive: Derive | None = None,
        extra: Mapping[str, Any] | None = None,
        corrections: Iterable[Quad] = (),
        tabulate: Tabulate | None = None,
    ) -> Generation:
        """Load the store, switch the pointer, remove generations older than the previous one; return the new one.

        ``tabulate`` gets the merged quads of shared things and writes the folder ``tables``. ``derive`` gets the loaded store
        once the tables are written, and returns what follows; that goes into the derived graph. ``corrections`` are the
        quads of what people decided.
        """
        with writing(self.folder):
            write_nquads(build_ontology_quads(self.base), self.folder / "quads" / "ontology.nq")
            shared = ((key, _read_quads(self._generation_files(part)[1])) for key, part in sorted(self._parts.items()))
            merged = merge_shared(shared, self.base)
            write_nquads(merged, self.folder / "quads" / "registry.nq")
            write_nquads(corrections, self.folder / "quads" / "corrections.nq")
            with ThreadPoolExecutor(1) as aside, filling(self.folder / "store", self.out):
                tables = aside.submit(tabulate, merged) if tabulate else None  # both work outside Python most of the time
                counts = self._fill_store(derive, tables)
            manifest = self._manifest(counts, extra or {})
            write_durably(self.folder / "manifest.json", manifest.to_json().encode())
            for folder in ("quads/documents", "quads/registry", "quads", "texts", "tables", "store", "", ".."):
                if (self.folder / folder).is_dir():
                    sync_folder(self.folder / folder)
            replace_durably(self.out / "current", f"{self.folder.name}\n".encode())
        self._done = True
        self._clear_away({self.folder.name, self._before})
        self._lock.release()
        return Generation(self.folder, manifest)

    def abort(self) -> None:
        """Give up: remove the half-made generation; the current one stays. After a commit this does nothing."""
        if not self._done:
            self._done = True
            if self._pointed_at() != self.folder.name:  # an interrupt may come just after the switch
                shutil.rmtree(self.folder, ignore_errors=True)
            self._lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.abort()

    def _look_back(self) -> tuple[Generation | None, str | None]:
        """Return the current generation as far as it can be used again, and its name."""
        try:
            name = read_pointer(self.out)
            generation = find_current(self.out)
        except StoreError as error:
            # nothing is removed here: someone may want to rescue it
            log.warning("%s (now building anew)", error)
            return None, None
        self._clear_away({name, generation.manifest.previous if generation else None})
        if generation is None:
            return None, None
        made_with = (generation.manifest.program, generation.manifest.base, generation.manifest.knowledge)
        return (generation if made_with == self._made_with else None), name

    def _pointed_at(self) -> str | None:
        try:
            return read_pointer(self.out)
        except StoreError:
            return None

    def _clear_away(self, kept: set[str | None]) -> None:
        for folder in (self.out / "generations").iterdir():
            if folder.is_dir() and folder.name not in kept:
                shutil.rmtree(folder, ignore_errors=True)  # on Windows a reader may hold it: the next build tries again

    def _claim(self, part: Part) -> None:
        other = self._parts.get(part.source.key)
        if other is not None:
            raise SourceError(
                f"{part.source.path}: states the same policy as {other.source.path} ({part.source.key}); leave one of them out"
            )
        self._parts[part.source.key] = part

    def _generation_files(self, part: Part) -> tuple[Path, Path]:
        quads = self.folder / "quads"
        return quads / "documents" / f"{part.name}.nq", quads / "registry" / f"{part.name}.nq"

    def _fill_store(self, derive: Derive | None, tables: Future[None] | None) -> dict[str, int]:
        folder = self.folder / "store"
        store = self._copy_store(folder) or self._load_store(folder)
        if tables is not None:
            tables.result()
        derived = sort_quads(derive(store)) if derive else []
        store.clear_graph(vocab.derived_graph(self.base))
        store.bulk_extend(derived)
        write_nquads(derived, self.folder / "quads" / "derived.nq")
        counts = {"quads": len(store), "documents": len(self._parts), **_count_things(store, vocab.ontology_graph(self.base))}
        store.optimize()
        store.flush()
        return counts

    def _load_store(self, folder: Path) -> Store:
        store = Store(str(folder))
        quads = self.folder / "quads"
        files = [self._generation_files(part)[0] for _, part in sorted(self._parts.items())]
        store.bulk_extend(_read_quads(*(quads / f"{name}.nq" for name in ("ontology", "registry", "corrections")), *files))
        return store

    def _copy_store(self, folder: Path) -> Store | None:
        """Return a copy of the current store with the changed graphs replaced; ``None`` if loading anew is better."""
        old = self.previous
        if old is None or old.manifest.engine != ENGINE or len(self._changed) * 2 > len(self._parts):
            return None
        try:
            if not old.is_whole():
                raise StoreError(f"{old.folder}: damaged")
            with guarded(old.store, self.out):
                open_store(old).backup(str(folder))
        except StoreError as error:
            log.warning("%s (now loading anew)", error)
            shutil.rmtree(folder, ignore_errors=True)
            return None
        store = Store(str(folder))
        gone = {part.source.key for part in old.manifest.documents} - self._parts.keys()
        for key in sorted(gone | self._changed):
            store.remove_graph(vocab.document_graph(key, self.base))
        quads = self.folder / "quads"
        for graph in (vocab.registry_graph(self.base), vocab.corrections_graph(self.base)):
            store.remove_graph(graph)
        files = [self._generation_files(self._parts[key])[0] for key in sorted(self._changed)]
        store.bulk_extend(_read_quads(quads / "registry.nq", quads / "corrections.nq", *files))
        return store

    def _manifest(self, counts: Mapping[str, int], extra: Mapping[str, Any]) -> Manifest:
        program, base, knowledge = self._made_with
        files = store_files(self.folder / "store")
        whole = [
            *(f"store/{name}" for name in files),
            *(path.relative_to(self.folder).as_posix() for path in sorted((self.folder / "tables").glob("*.parquet"))),
            *(f"quads/{name}.nq" for name in ("corrections", "derived", "ontology", "registry")),
        ]
        return Manifest(
            generation=self.folder.name,
            previous=self._before,
            program=program,
            engine=ENGINE,
            base=base,
            knowledge=knowledge,
            documents=tuple(part for _, part in sorted(self._parts.items())),
            counts=dict(sorted(counts.items())),
            files=files,
            digests={name: digest(self.folder / name) for name in whole},
            extra=extra,
        )


def _read_quads(*files: Path) -> Iterator[Quad]:
    return chain.from_iterable(parse(path=path, format=RdfFormat.N_QUADS) for path in files)


def _link(source: Path, target: Path) -> None:
    try:
        os.link(source, target)  # both are never changed
    except OSError:
        shutil.copyfile(source, target)


def _count_things(store: Store, ontology: NamedNode) -> dict[str, int]:
    rows = store.query(_COUNT, named_graphs=[graph for graph in store.named_graphs() if graph != ontology])
    assert isinstance(rows, QuerySolutions)
    return {row["class"].value.replace("#", "/").rpartition("/")[2]: int(row["n"].value) for row in rows}
