"""The verb that writes the graph for other programs."""

from __future__ import annotations

import argparse
from argparse import Namespace
from pathlib import Path

from kg.cli import show
from kg.errors import OutputError

FINE = 0
FORMATS = ("ttl", "nq", "jsonld", "graphml", "gexf", "csv", "parquet", "xlsx")
NETWORKS = ("responsibilities", "departments")
EXAMPLES = (
    "zeren export --to 责任图谱.nq",
    "zeren export csv --to 责任表.zip --bom",
    "zeren export parquet --to tables/ --region 河北省",
    "zeren export graphml --to 部门协作.graphml --network departments",
    "zeren export ttl --to - --document 石家庄市2023年生态文明建设工作要点",
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what `zeren export` takes."""
    add = parser.add_argument
    kinds = "ttl, nq, jsonld: the graph; graphml, gexf: a network; csv, parquet: the tables; xlsx: the ledger"
    add("form", nargs="?", choices=FORMATS, metavar="FORMAT", help=f"{kinds} (default: what the ending of --to says)")
    add("--format", choices=FORMATS, help="the same as FORMAT")
    where = "a file; for csv a folder or a .zip, for parquet a folder; - for standard output"
    add("--to", type=Path, required=True, metavar="FILE|DIR", help=where)
    document = "only this document: its title or a part of it, its file or its IRI; may be repeated"
    add("--document", action="append", default=[], metavar="TITLE|FILE", help=document)
    region = "only documents of this region and of the places in it: name or code; may be repeated"
    add("--region", action="append", default=[], metavar="NAME|CODE", help=region)
    network = "for graphml and gexf: who answers for what (default), or which bodies share tasks"
    add("--network", choices=NETWORKS, default=NETWORKS[0], help=network)
    add("--bom", action="store_true", help="CSV that Excel opens as UTF-8 at a double click")
    add("--force", action="store_true", help="replace a file that is there, or a folder that an export made")


def export(options: Namespace) -> int:
    """Write the graph in one of the formats."""
    from kg import store
    from kg.export import export as run
    from kg.export import find_format

    if options.form and options.format and options.form != options.format:
        raise OutputError(f"two formats are named, {options.form} and {options.format}; name one")
    target = None if str(options.to) == "-" else options.to
    form = options.form or options.format or (find_format(target) if target else None)
    if form is None:
        raise OutputError(f"{options.to}: the ending says no format; name one of {', '.join(FORMATS)}")
    with show.progress() as progress:
        run(
            store.current(options.out),
            form,
            target,
            documents=options.document,
            regions=options.region,
            network=options.network,
            bom=options.bom,
            force=options.force,
            **({"tell": progress} if progress else {}),
        )
    if target is not None:
        print(f"已写入 {target}")
    return FINE
