"""From records to HTML: templates, the words of the interface, and the files that pages load from this server."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any, Literal
from urllib.parse import urlencode

from jinja2 import Environment, FunctionLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import Response

Language = Literal["zh", "en"]

_TYPES = {
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "svg": "image/svg+xml",
    "txt": "text/plain; charset=utf-8",
}
# by name, so that nothing else can be asked for; types by our own table, since that of a Windows machine may say anything
SERVED = ("page.css", "sparql.css", "sparql.js", "icon.svg")
VENDOR = ("yasgui.min.css", "yasgui.min.js", "licences.txt")


def language_of(request: Request) -> Language:
    """Return the language of the interface: Chinese unless the address says otherwise."""
    return "en" if request.query_params.get("lang") == "en" else "zh"


def link(path: str, lang: Language = "zh", **params: str) -> str:
    """Return an address on this server.

    >>> link("/sparql", "en", name="department-load")
    '/sparql?name=department-load&lang=en'
    """
    given = {name: value for name, value in params.items() if value} | ({"lang": "en"} if lang == "en" else {})
    return f"{path}?{urlencode(given)}" if given else path


def render_page(template: str, request: Request, **values: Any) -> str:
    """Return a page; its template finds the words of the language at ``t``."""
    lang = language_of(request)
    words = {key: pair[lang] for key, pair in _words().items()}
    return _environment().get_template(template).render(t=words, lang=lang, other=_switch(request, lang), **values)


def has_editor() -> bool:
    """Return whether the editor was fetched when the program was built or the clone set up."""
    return all(files("viz").joinpath("static", "vendor", name).is_file() for name in VENDOR)


async def serve_file(request: Request) -> Response:
    """Answer with a file that pages load; its name in the address holds its digest, so that it may be kept."""
    name = request.path_params["name"]
    known = name in SERVED or (name.startswith("vendor/") and name.removeprefix("vendor/") in VENDOR)
    content = _read_static(name) if known else None
    if content is None:
        return Response("nothing is here\n", 404, media_type="text/plain")
    kept = {"Cache-Control": "public, max-age=31536000, immutable"} if "v" in request.query_params else {}
    return Response(content, headers={"Content-Type": _TYPES[name.rpartition(".")[2]], **kept})


@cache
def address_of(name: str) -> str:
    """Return where a file of ours is to be had."""
    content = _read_static(name) or b""
    return f"/static/{name}?v={hashlib.sha256(content).hexdigest()[:12]}"


@cache
def _read_static(name: str) -> bytes | None:
    place = files("viz").joinpath("static", *name.split("/"))
    return place.read_bytes() if place.is_file() else None


def _switch(request: Request, lang: Language) -> str:
    """Return the address of this page in the other language."""
    params = {key: value for key, value in request.query_params.items() if key != "lang"}
    return link(request.url.path, "en" if lang == "zh" else "zh", **params)


@cache
def _words() -> Mapping[str, Mapping[Language, str]]:
    return tomllib.loads(files("viz").joinpath("templates", "words.toml").read_text(encoding="utf-8"))


@cache
def _environment() -> Environment:
    def load(name: str) -> str:
        return files("viz").joinpath("templates", name).read_text(encoding="utf-8")

    made = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    made.loader = FunctionLoader(load)
    made.globals |= {"link": link, "address_of": address_of}
    return made
