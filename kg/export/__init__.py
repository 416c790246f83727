"""The graph for other programs: RDF files, networks, tables; each written whole or not at all."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Literal, get_args

from kg.errors import OutputError
from kg.export.networks import NETWORKS, Network, build_network, write_network
from kg.export.progress import Tell, silent
from kg.export.selection import select
from kg.export.target import new_file, new_folder, standard_output
from kg.store import Generation
from kg.tables import open_tables

__all__ = ["FORMATS", "NETWORKS", "Format", "Network", "build_network", "export", "find_format"]

Format = Literal["ttl", "nq", "jsonld", "graphml", "gexf", "csv", "parquet", "xlsx"]
FORMATS: tuple[Format, ...] = get_args(Format)
_ENDINGS: dict[str, Format] = {".turtle": "ttl", ".nquads": "nq", ".json-ld": "jsonld", ".zip": "csv"}
STREAMED = ("ttl", "nq", "jsonld", "graphml", "gexf")


def find_format(target: Path) -> Format | None:
    """Return the format that a name's ending tells.

    >>> find_format(Path("责任图谱.TTL")), find_format(Path("tables.zip")), find_format(Path("folder"))
    ('ttl', 'csv', None)
    """
    ending = target.suffix.lower()
    return _ENDINGS.get(ending) or next((form for form in FORMATS if ending == f".{form}"), None)


def export(
    generation: Generation,
    form: Format,
    target: Path | None,
    *,
    documents: Sequence[str] = (),
    regions: Sequence[str] = (),
    network: Network = "responsibilities",
    bom: bool = False,
    force: bool = False,
    tell: Tell = silent,
) -> None:
    """Write a generation, or what some of its documents say, in one of the formats; without a target to standard output.

    :raises OutputError: the target cannot be written, or is there already and ``force`` is not given.
    :raises QueryError: no document or region is called so.
    """
    if target is None and form not in STREAMED:
        raise OutputError(f"{form} is no stream: name a {'file' if form == 'xlsx' else 'folder'} with --to")
    _require_place(form, target)
    with open_tables(generation) as tables:
        selection = select(generation, tables, documents, regions)
        if target is not None and form in ("csv", "parquet") and target.suffix.lower() != ".zip":
            from kg.export.bundle import files_in, write_csv, write_parquet

            with new_folder(target, force=force) as folder:
                if form == "csv":
                    write_csv(tables, files_in(folder), selection, tell, bom=bom)
                else:
                    write_parquet(generation, folder, selection, tell)
            return
        with new_file(target, force=force) if target is not None else standard_output() as stream:
            match form:
                case "csv":
                    from kg.export.bundle import members_of, write_csv

                    with zipfile.ZipFile(stream, "w") as archive:
                        write_csv(tables, members_of(archive), selection, tell, bom=bom)
                case "graphml" | "gexf":
                    tell("导出 export", 0, 2)
                    made = build_network(tables, network, selection, generation.manifest.base)
                    tell("导出 export", 1, 2)
                    write_network(made, form, stream)
                    tell("导出 export", 2, 2)
                case "xlsx":
                    from kg.ledger import render_ledger
                    from kg.pipeline import read_ledger

                    ledger = read_ledger(generation)
                    kept = [d for d in ledger["documents"] if selection is None or d["key"] in selection.keys]
                    stream.write(render_ledger({**ledger, "documents": kept}, "xlsx"))
                case _:
                    from kg.export.rdf import write_rdf

                    write_rdf(generation, form, stream, selection, tell)


def _require_place(form: Format, target: Path | None) -> None:
    """Raise an ``OutputError`` where a format of several files is to go into one."""
    ending = target.suffix.lower() if target is not None else ""
    if form == "csv" and ending == ".csv":
        raise OutputError(f"{target}: csv is a file for each table; name a folder, or a .zip")
    if form == "parquet" and ending in (".parquet", ".zip"):
        raise OutputError(f"{target}: parquet is a file for each table; name a folder")
