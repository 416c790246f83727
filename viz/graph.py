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
from typing import Any, Literal

from jinja2 import Environment
from markupsafe import Markup

from kg.errors import OutputError
from kg.explorer.graph import Neighbourhood
from viz.collect import build_view
from viz.network import SHAPES, build_network, read_library
from viz.overview import place_overview, place_regions
from viz.pack import KINDS, pack_layout, pack_panels, pack_sounds, pack_survey, pack_view
from viz.survey import build_survey, count_things
from viz.tiles import place_tiles
from viz.views import Kind, Survey, View
from viz.whole import place_whole

_SCRIPTS = (
    "words.js",
    "data.js",
    "model.js",
    "paint.js",
    "panel.js",
    "search.js",
    "state.js",
    "trail.js",
    "graph.js",
)  # in the order of their need
_UNSAFE = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"})


MOST_IN_FULL = 3000  # things; above them a page holds regions, documents and departments
MOST = 10_000  # even where a part was asked for


def render_graph(
    ledger: Mapping[str, Any], most: int = MOST_IN_FULL, part: str = "", *, home: str = "", lang: Literal["zh", "en"] = "zh"
) -> str:
    """Return the page for a ledger, the same text for the same ledger.

    Up to ``most`` things it holds everything; above, regions, documents and departments, and how to get a part. ``part``
    says which one this is; ``home`` is the address of the pages that it stands beside, if it does.
    """
    documents = list(ledger.get("documents") or ())
    if (things := count_things(documents)) > most:
        return render_data({**_survey(build_survey(documents)), "things": things, "part": part}, home, lang)
    return render_data({**_collect(build_view(ledger)), "part": part}, home, lang)


def render_around(around: Neighbourhood) -> str:
    """Return a page of what is around one thing."""
    view = build_view({"documents": around.entries})
    name = next((node.label for node in view.nodes if node.id == around.center), around.key)
    start = {"center": around.center, "hops": around.hops}
    return render_data({**_collect(view), "gaps": [], "part": name, "start": start})


def render_data(data: Mapping[str, Any], home: str = "", lang: str = "zh") -> str:
    """Return a page around its data."""
    library = read_library()
    scripts = [library.script, *(_read("static", name) for name in _SCRIPTS)]
    styles = [library.style, _read("static", "graph-page.css"), _read("static", "graph-parts.css")]
    template = Environment(autoescape=True).from_string(_read("templates", "graph.html"))
    return template.render(
        home=home,
        lang=lang,
        policy="; ".join(_list_sources(scripts, styles)),
        data=Markup(encode_json(data)),
        scripts=[Markup(script) for script in scripts],
        styles=[Markup(style) for style in styles],
    )


def write_graph(ledger: Mapping[str, Any], path: Path, most: int = MOST_IN_FULL, part: str = "") -> None:
    """Write the page; a reader sees the old file or the new one, never half of it."""
    write_page(render_graph(ledger, most, part), path)


def write_page(text: str, path: Path) -> None:
    """Write a page, in UTF-8 whatever the system prefers."""
    page, draft = text.encode("utf-8"), None
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
    whole, first, everything = place_whole(view), place_overview(view), place_overview(view, len(view.nodes))
    nodes, _ = build_network(view, whole)
    numbers = {node.id: number for number, node in enumerate(view.nodes)}
    cards = {place.node: place.lines for place in whole.places}
    return {
        **pack_view(view, nodes),
        "sounds": pack_sounds(view.nodes),
        "kinds": look("document", "section", "task", "department", "indicator", "policy"),
        "overview": pack_layout(first, numbers),
        "everyone": pack_layout(everything, numbers) if everything != first else None,
        "whole": {
            "cards": [cards[document.id] for document in view.of_kind("document")],
            "panels": pack_panels(whole, numbers),
            "captions": [[one.word, one.x, one.y, numbers[one.document]] for one in whole.captions],
        },
    }


def _survey(survey: Survey) -> dict[str, Any]:
    numbers = {node.id: number for number, node in enumerate(survey.nodes)}
    first, everyone = place_regions(survey), place_regions(survey, len(survey.nodes))
    return {
        **pack_survey(survey),
        "sounds": pack_sounds(survey.nodes),
        "kinds": look(*KINDS),
        "tiles": pack_layout(place_tiles(survey), numbers),
        "regions": [[name, pack_layout(layout, numbers)] for name, layout in first.items()],
        "everyone": [[name, pack_layout(layout, numbers)] for name, layout in everyone.items() if layout != first[name]],
    }


def look(*kinds: Kind) -> dict[str, dict[str, str]]:
    """Return shape and colour of some kinds of nodes."""
    return {kind: {"shape": SHAPES[kind][0], "color": SHAPES[kind][1]} for kind in kinds}
