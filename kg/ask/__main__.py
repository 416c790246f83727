"""Write both forms of the catalogue anew after a query was added or changed: ``python -m kg.ask``."""

from __future__ import annotations

from kg import data
from kg.ask import list_queries, render_catalogue
from kg.ask.executables import build_catalogue


def main() -> None:
    """Write ``queries/README.md`` and ``queries/catalogue.ttl``."""
    queries = list_queries()
    (data.QUERIES / "README.md").write_bytes(render_catalogue(queries).encode())
    text = build_catalogue(queries).serialize(format="turtle")
    (data.QUERIES / "catalogue.ttl").write_bytes(f"{_HEAD}{text.rstrip()}\n".encode())


_HEAD = "# Made from the heads of the .rq files; a test compares. Write it anew with: python -m kg.ask\n"

if __name__ == "__main__":
    main()
