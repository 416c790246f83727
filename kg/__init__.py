"""Zeren 责任图谱: government policy documents in, a knowledge graph of responsibilities out.

>>> import kg
>>> graph = kg.open("out")
>>> graph  # doctest: +ELLIPSIS
<KnowledgeGraph out: 5 documents, ...>
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from kg.opened import KnowledgeGraph

__all__ = ["__version__", "open"]
__version__ = "0.1.0"


def open(
    where: str | Path = "out", *, memory: bool = False, credentials: Path | None = None, timeout: float | None = None
) -> KnowledgeGraph:
    """Return the graph that ``zeren build`` wrote into a folder, or a SPARQL server by its URL, to be asked: read only.

    ``memory`` reads a folder's graph into memory first, where questions that join much are answered several times faster;
    a thousand documents take 4 s and 0.6 GB. For a server, ``credentials`` is a file, without which they come from the
    environment as for ``zeren query --endpoint``, and ``timeout`` the seconds that it has for an answer.

    >>> with kg.open("out") as graph:
    ...     graph.query("unowned-tasks").variables[:2]
    ('documentTitle', 'order')

    :raises StoreError: nothing was built there, or it is damaged.
    :raises RemoteError: the URL or the credentials cannot be used.
    """
    from kg.opened import open_graph  # late: who only imports kg waits for nothing

    return open_graph(where, memory=memory, credentials=credentials, timeout=timeout)
