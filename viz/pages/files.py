"""The files that pages load from this server: styles, scripts, pictures of ours, and those of others in ``vendor/``."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from starlette.requests import Request
from starlette.responses import Response

from viz.pages.links import DRAWING, read_static

# by our own table, since that of a Windows machine may say anything
_TYPES = {
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "svg": "image/svg+xml",
    "txt": "text/plain; charset=utf-8",
}


async def serve_file(request: Request) -> Response:
    """Answer with a file that pages load; its name in the address holds its digest, so that it may be kept."""
    name = request.path_params["name"]
    content = read_static(name) if name in list_files() else None
    if content is None:
        return Response("nothing is here\n", 404, media_type="text/plain")
    kept = {"Cache-Control": "public, max-age=31536000, immutable"} if "v" in request.query_params else {}
    return Response(content, headers={"Content-Type": _TYPES[name.rpartition(".")[2]], **kept})


@cache
def list_files() -> frozenset[str]:
    """Return the names of what may be asked for: by a list, so that nothing else can be."""
    return frozenset([*_walk(files("viz").joinpath("static"), ""), *DRAWING])


def _walk(folder: Traversable, before: str) -> list[str]:
    found = []
    for one in folder.iterdir():
        if one.is_dir():
            found += _walk(one, f"{before}{one.name}/")
        elif one.name.rpartition(".")[2] in _TYPES:
            found.append(before + one.name)
    return found
