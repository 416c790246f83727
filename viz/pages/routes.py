"""Which path leads where: files, the helpers of the page for questions, and the addresses of things.

A thing's IRI is answered as the W3C's *Cool URIs for the Semantic Web* advises: ``/id/…`` names the thing, which no server can
send, and leads on (303) to ``/doc/id/…``, which is about it and comes as HTML or RDF, whichever is liked best. The terms under
``/ns#`` need no detour: what stands behind ``#`` never reaches a server.
"""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from viz.pages.answer import screen_routes
from viz.pages.catalogue import list_catalogue
from viz.pages.chain_files import download_chain
from viz.pages.comparing import download_comparison
from viz.pages.deciding import decision_routes
from viz.pages.department_files import download_duties, list_bodies
from viz.pages.documents import show_document, show_terms
from viz.pages.files import serve_file
from viz.pages.finding_files import download_gaps
from viz.pages.matrix_sheet import download_matrix
from viz.pages.pictures import show_picture
from viz.pages.sparql import download_csv, suggest_names
from viz.pages.table_files import download_csv as download_table
from viz.pages.table_files import download_workbook


def make_routes() -> list[BaseRoute]:
    """Return the routes beside ``/sparql``."""
    return [
        Route("/static/{name:path}", serve_file),
        Route("/sparql/names", suggest_names),
        Route("/sparql/csv", download_csv),
        Route("/sparql/picture", show_picture),
        Route("/api/queries", list_catalogue),
        Route("/table/{key:path}.csv", download_table),
        Route("/table/{key:path}.xlsx", download_workbook),
        Route("/id/{path:path}", _lead_on),
        Route("/scheme/{path:path}", _lead_on),
        Route("/doc/{path:path}", show_document),
        Route("/ns", show_terms),
        Route("/compare.csv", download_comparison),
        Route("/compare.xlsx", download_comparison),
        Route("/department", list_bodies),
        Route("/download/chain/{key:path}", download_chain),
        Route("/download/department/{key:path}", download_duties),
        Route("/download/findings/{kind}.{ending}", download_gaps),
        Route("/matrix.xlsx", download_matrix),
        *decision_routes(),
        *screen_routes(),
    ]


async def _lead_on(request: Request) -> Response:
    """Lead from the thing to what is known about it."""
    path = request.scope["raw_path"].partition(b"?")[0].decode("latin-1")
    return RedirectResponse(f"/doc{path}" + (f"?{request.url.query}" if request.url.query else ""), 303)
