"""The graph page: one HTML file that needs nothing else, no network, no server, no font."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from base64 import b64encode
from collections.abc import Mapping, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any

from jinja2 import Environment
from markupsafe import Markup

from kg.errors import OutputError
from viz.collect import build_view
from viz.layout import Layout
from viz.network import SHAPES, build_network, read_library
from viz.overview import place_overview
from viz.views import Edge, Node, Quote, View
from viz.whole import place_whole

_SCRIPTS = ("words.js", "model.js", "paint.js", "panel.js", "search.js", "graph.js")  # in the order of their need
_UNSAFE = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"})


def render_graph(ledger: Mapping[str, Any]) -> str:
    """Return the page for a ledger, the same text for the same ledger."""
    view = build_view(ledger)
    library = read_library()
    scripts = [library.script, *(_read("static", name) for name in _SCRIPTS)]
    styles = [library.style, _read("static", "graph.css")]
    template = Environment(autoescape=True).from_string(_read("templates", "graph.html"))
    return template.render(
        policy="; ".join(_list_sources(scripts, styles)),
        data=Markup(encode_json(_collect(view))),
        scripts=[Markup(script) for script in scripts],
        styles=[Markup(style) for style in styles],
    )


def write_graph(ledger: Mapping[str, Any], path: Path) -> None:
    """Write the page; a reader sees the old file or the new one, never half of it."""
    page = render_graph(ledger).encode("utf-8")
    draft = None
    try:
        handle, draft = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        with os.fdopen(handle, "wb") as stream:
            stream.write(page)
        Path(draft).chmod(0o644)  # mkstemp lets nobody else read
        os.replace(draft, path)  # noqa: PTH105 - the one call that swaps files at once on every system
    except OSError as error:
        if draft is not None:
            Path(draft).unlink(missing_ok=True)
        raise OutputError(f"{path}: the graph page could not be written ({error.strerror}); choose another folder") from error


def encode_json(value: object) -> str:
    r"""Return JSON that cannot end the script element it stands in.

    >>> encode_json({"label": "</script>"})
    '{"label":"\\u003c/script\\u003e"}'
    """
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=str).translate(_UNSAFE)


def _read(*parts: str) -> str:
    return files("viz").joinpath(*parts).read_text(encoding="utf-8")


def _list_sources(scripts: Sequence[str], styles: Sequence[str]) -> list[str]:
    """Return the page's content security policy: these scripts, these styles, and nothing from anywhere."""

    def sign(text: str) -> str:
        return f"'sha256-{b64encode(hashlib.sha256(text.encode('utf-8')).digest()).decode('ascii')}'"

    return [
        "default-src 'none'",
        f"script-src {' '.join(map(sign, scripts))}",
        f"style-src {' '.join(map(sign, styles))}",
        "img-src data:",
        "base-uri 'none'",
        "form-action 'none'",
    ]


def _collect(view: View) -> dict[str, Any]:
    whole = place_whole(view)
    everything = place_overview(view, len(view.nodes))
    nodes, edges = build_network(view, whole)
    return {
        "nodes": [node | _describe(record) for node, record in zip(nodes, view.nodes, strict=True)],
        "edges": [_trim(edge) | _cite(record) for edge, record in zip(edges, view.edges, strict=True)],
        "kinds": {kind: {"shape": shape, "color": colour} for kind, (shape, colour) in SHAPES.items()},
        "overview": _draw(place_overview(view)),
        "everyone": _draw(everything),
        "whole": _draw(whole),
        "gaps": [
            {"name": gap.name, "members": gap.members, "notes": [(note.subject, note.words) for note in gap.notes]}
            for gap in view.gaps
        ],
    }


def _describe(node: Node) -> dict[str, Any]:
    detail = {
        "short": node.short if node.short != node.label else "",
        "region": node.region,
        "quotes": [_quote(quote) for quote in node.quotes],
        "names": [name for name in node.names if name != node.label],
        "form": node.form,
        "facts": node.facts,
        "stated": node.stated,
        "corrections": node.corrections,
    }
    return {key: value for key, value in detail.items() if value}


def _cite(edge: Edge) -> dict[str, Any]:
    quote = _quote(edge.quote) if edge.quote else None
    cited = {"written": edge.written, "quote": quote, "correction": edge.correction}
    return {key: value for key, value in cited.items() if value}


def _quote(quote: Quote) -> tuple[str, int | None, int | None, str]:
    return quote.text, quote.start, quote.end, quote.file


def _trim(edge: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in edge.items() if key != "arrows" and value is not False}


def _draw(layout: Layout) -> dict[str, Any]:
    return {
        "places": [[place.node, place.x, place.y, place.side, place.lines] for place in layout.places],
        "panels": [[p.title, p.x, p.y, p.width, p.height, p.shown, p.total, p.documents] for p in layout.panels],
        "captions": [[caption.word, caption.x, caption.y, caption.document] for caption in layout.captions],
    }
