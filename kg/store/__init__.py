"""The built graph on disk: whole generations side by side, and one pointer file that says which of them counts.

    OUT/current                       one line: the name of the current generation
    OUT/lock                          held while a build runs
    OUT/generations/000007/
        manifest.json                 what it was built from, and what it holds
        quads/documents/<key>.nq      what one document states
        quads/registry/<key>.nq       what that document says of shared things
        quads/registry.nq             these together, each thing with one name
        quads/ontology.nq derived.nq corrections.nq
        texts/<key>.txt               its pinned text, as it was read
        tables/<name>.parquet         the same facts as columns (kg.tables)
        store/                        all quads, in Oxigraph

A build prepares the next generation beside the current one and switches the pointer at the very end; killed at any
moment, the old generation is still whole and current.

A build goes like this::

    with prepare(out, knowledge=fingerprint(data.SEEDS)) as draft:
        if draft.keep(path, sha256) is None:
            draft.put(Source(key, path, sha256), document_quads, registry_quads, text)
        generation = draft.commit()
"""

from kg.store.draft import Draft, prepare
from kg.store.engine import guarded, load_memory, open_current, open_store
from kg.store.files import Lines, digest, encode_nquads, fingerprint, replace_durably, sync_file, write_nquads
from kg.store.generation import (
    Generation,
    Manifest,
    Part,
    Source,
    current,
    find_current,
    first_line,
    read_pointer,
    rebuild,
)
from kg.store.lock import BuildLock

__all__ = [
    "BuildLock",
    "Draft",
    "Generation",
    "Lines",
    "Manifest",
    "Part",
    "Source",
    "current",
    "digest",
    "encode_nquads",
    "find_current",
    "fingerprint",
    "first_line",
    "guarded",
    "load_memory",
    "open_current",
    "open_store",
    "prepare",
    "read_pointer",
    "rebuild",
    "replace_durably",
    "sync_file",
    "write_nquads",
]
