"""A built generation: its folder, and the manifest that says what it was built from."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any

from kg.errors import StoreError
from kg.store.files import digest

FORMAT = 5  # of the folder; another number means that everything is built anew
_PLAIN = re.compile(r"[a-z0-9][a-z0-9_.-]{0,79}(?<!\.)")
_DEVICES = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?")  # no file on Windows has such a name
_NAME = re.compile(r"\d{6,}")


@dataclass(frozen=True, slots=True)
class Source:
    """A source file and the key of the policy that it states."""

    key: str
    path: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Part:
    """The quads of one source, and its pinned text: files by name, their digests and sizes in quads."""

    source: Source
    name: str
    quads: int
    digest: str
    registry_quads: int
    registry_digest: str
    text_digest: str = ""  # of the pinned text; empty where none was put


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a generation was built from, and what it holds."""

    generation: str
    previous: str | None
    program: str
    engine: str
    base: str
    knowledge: str  # digest of seeds and ontology
    documents: tuple[Part, ...]
    counts: Mapping[str, int]  # things by class, "quads", "documents"
    files: Mapping[str, int]  # of the store, with their sizes
    digests: Mapping[str, str]  # SHA-256 of these, of the tables, and of the quads that no document states: by path in the folder
    extra: Mapping[str, Any] = field(default_factory=dict)  # what the pipeline wants to remember
    format: int = FORMAT

    def to_json(self) -> str:
        """Return the manifest as a JSON text."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=1, sort_keys=True) + "\n"

    @classmethod
    def from_json(cls, text: str) -> Manifest:
        """Read a manifest.

        :raises ValueError: it is of another format, or anything in it is not as :meth:`to_json` writes it.
        """
        try:
            raw = json.loads(text)
        except RecursionError as error:
            raise ValueError("nested too deeply") from error
        if not isinstance(raw, dict):
            raise ValueError(f"{type(raw).__name__} instead of an object")
        if raw.get("format") != FORMAT:
            raise ValueError(f"format {raw.get('format')} is not {FORMAT}")
        _require(raw, cls)
        return cls(**{**raw, "documents": tuple(_read_part(part) for part in raw["documents"])})


@dataclass(frozen=True, slots=True)
class Generation:
    """A built generation; nothing in its folder changes any more."""

    folder: Path
    manifest: Manifest

    @property
    def out(self) -> Path:
        """The folder that was given as ``--out``."""
        return self.folder.parent.parent

    @property
    def store(self) -> Path:
        """The folder of the embedded store."""
        return self.folder / "store"

    @property
    def tables(self) -> Path:
        """The folder of the columnar tables."""
        return self.folder / "tables"

    @property
    def quads(self) -> Path:
        """The folder of the N-Quads files."""
        return self.folder / "quads"

    def document_file(self, part: Part) -> Path:
        """Return the quads that a document states."""
        return self.quads / "documents" / f"{part.name}.nq"

    def registry_file(self, part: Part) -> Path:
        """Return the quads that a document says of shared things."""
        return self.quads / "registry" / f"{part.name}.nq"

    def text_file(self, part: Part) -> Path:
        """Return the pinned text of a document, which offsets refer to: UTF-8, as it was read when the graph was built."""
        return self.folder / "texts" / f"{part.name}.txt"

    def quad_files(self) -> list[Path]:
        """Return the files that together hold all quads of the generation."""
        shared = [self.quads / f"{name}.nq" for name in ("ontology", "registry", "derived", "corrections")]
        return shared + [self.document_file(part) for part in self.manifest.documents]

    def digests(self) -> dict[Path, str]:
        """Return the SHA-256 that each file had when it was written."""
        wanted = {self.folder / name: sha256 for name, sha256 in self.manifest.digests.items()}
        for part in self.manifest.documents:
            wanted |= {self.document_file(part): part.digest, self.registry_file(part): part.registry_digest}
            wanted |= {self.text_file(part): part.text_digest} if part.text_digest else {}
        return wanted

    def is_whole(self) -> bool:
        """Tell whether all files of quads, of tables and of the store are as they were written, byte for byte."""
        wanted = self.digests()
        try:
            return (
                wanted.keys() >= {*self.quad_files(), *(self.store / name for name in self.manifest.files)}
                and self.manifest.files == store_files(self.store)
                and all(digest(path) == sha256 for path, sha256 in wanted.items())
            )
        except OSError:
            return False

    def find_part(self, path: str, sha256: str) -> Part | None:
        """Return the part that came from this very file."""
        return next((p for p in self.manifest.documents if (p.source.path, p.source.sha256) == (path, sha256)), None)


def store_files(folder: Path) -> dict[str, int]:
    """Return the files that hold a closed store's content, with their sizes; logs and locks are left out."""
    if not folder.is_dir():
        return {}
    kept = (path for path in folder.iterdir() if path.suffix == ".sst" or path.name.startswith(("CURRENT", "MANIFEST")))
    return {path.name: path.stat().st_size for path in sorted(kept)}


def find_current(out: Path) -> Generation | None:
    """Return the current generation, or ``None`` if nothing was built in ``out`` yet.

    :raises StoreError: there is a pointer, but what it points to is damaged.
    """
    name = read_pointer(out)
    if name is None:
        return None
    folder = out / "generations" / name
    path = folder / "manifest.json"
    try:
        manifest = Manifest.from_json(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise StoreError(f"{path}: manifest damaged ({first_line(error)}); {rebuild(out)}") from error
    if manifest.generation != name:
        raise StoreError(f"{path}: is the manifest of generation {manifest.generation}; {rebuild(out)}")
    return Generation(folder, manifest)


def current(out: Path) -> Generation:
    """Return the current generation.

    :raises StoreError: nothing was built yet, or it is damaged.
    """
    generation = find_current(out)
    if generation is None:
        raise StoreError(f"{out}: no graph here yet; run `zeren build SOURCES --out {out}` first")
    return generation


def read_pointer(out: Path) -> str | None:
    """Return the name of the current generation, or ``None`` if there is no pointer."""
    path = out / "current"
    try:
        name = path.read_text("ascii").strip()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (OSError, ValueError) as error:
        raise StoreError(f"{path}: not readable ({first_line(error)}); {rebuild(out)}") from error
    if not _NAME.fullmatch(name):
        raise StoreError(f"{path}: damaged, names no generation; {rebuild(out)}")
    return name


def rebuild(out: Path) -> str:
    """Return the advice that mends a damaged graph."""
    return f"run `zeren build SOURCES --out {out}` again"


def file_name(key: str) -> str:
    """Return a file name for a policy key that every system takes, and no other key has.

    >>> file_name("130100.key-points.2023")
    '130100.key-points.2023'
    >>> file_name("130100/key-points")
    '130100-key-points-8d9fed1421'
    """
    if _PLAIN.fullmatch(key) and not _DEVICES.fullmatch(key):
        return key
    slug = re.sub(r"[^a-z0-9_.]+", "-", key.lower()).strip("-.")[:60]
    return f"{slug}-{hashlib.sha256(key.encode()).hexdigest()[:10]}"


def _read_part(raw: dict[str, Any]) -> Part:
    _require(raw, Part)
    _require(raw["source"], Source)
    part = Part(**{**raw, "source": Source(**raw["source"])})
    if part.name != file_name(part.source.key):  # a name may lead out of the folder
        raise ValueError(f"{part.name!r} is not the file of {part.source.key!r}")
    return part


_IS: dict[str, Callable[[Any], bool]] = {  # by the annotation of the field
    "str": lambda value: isinstance(value, str),
    "str | None": lambda value: value is None or isinstance(value, str),
    "int": lambda value: type(value) is int,
    "Source": lambda value: isinstance(value, dict),
    "tuple[Part, ...]": lambda value: isinstance(value, list) and all(isinstance(part, dict) for part in value),
    "Mapping[str, int]": lambda value: isinstance(value, dict) and all(type(number) is int for number in value.values()),
    "Mapping[str, str]": lambda value: isinstance(value, dict) and all(isinstance(word, str) for word in value.values()),
    "Mapping[str, Any]": lambda value: isinstance(value, dict),
}


def _require(raw: Mapping[str, Any], record: type[Manifest | Part | Source]) -> None:
    """Raise a ``ValueError`` unless these are the fields of the record, with values of their types."""
    wanted = {part.name: str(part.type) for part in fields(record)}
    if raw.keys() != wanted.keys():
        raise ValueError(f"{record.__name__}: other fields than expected ({', '.join(sorted(raw.keys() ^ wanted.keys()))})")
    for name, kind in wanted.items():
        if not _IS[kind](raw[name]):
            raise ValueError(f"{record.__name__}.{name}: {type(raw[name]).__name__} instead of {kind}")


def first_line(error: BaseException) -> str:
    """Return what an error says, in one line."""
    return (str(error) or type(error).__name__).splitlines()[0]
