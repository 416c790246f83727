"""The pictures of the report: bars of load, maps of bodies by sections and of bodies by bodies."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from kg.report import HeatMap, LoadRow, Matrix
from viz.report.evidence import Evidence
from viz.report.svg import WIDTH, chart, cut, link, tag
from viz.report.words import Words

_ROLES = ("led", "responsible", "supported", "inherited")
_STEPS = 5  # shades of a map


def draw_bars(key: str, loads: Sequence[LoadRow], evidence: Evidence, words: Words) -> Markup:
    """Return a bar for each body: its tasks by role, and what it bears by 下同 as an outline behind them."""
    label, row, top = 190.0, 21.0, 30.0
    room = WIDTH - label - 62
    most = max((len(load.tasks) + len(load.inherited) for load in loads), default=1)
    drawn = [_legend(words, label)]
    for place, load in enumerate(loads):
        y, x = top + place * row, label
        said = {role: len(getattr(load, role)) for role in ("tasks", *_ROLES)}
        parts = [tag("title", words.say("bar_title", body=load.label, **said))]
        for role, tasks in _apart(load).items():
            width = room * tasks / most
            if tasks:
                parts.append(tag("rect", x=x, y=y + 4, width=max(width, 1.0), height=row - 8, class_=f"r-{role}"))
            x += width
        shown = words.number(len(load.tasks)) + (f" + {len(load.inherited)}" if load.inherited else "")
        parts.append(tag("text", cut(load.label, 16), x=label - 8, y=y + 14.5, text_anchor="end"))
        parts.append(tag("text", shown, x=x + 6, y=y + 14.5, class_="n"))
        behind = load.tasks or load.inherited
        drawn.append(link(evidence.target(behind, f"{load.label} {words['c_tasks']}", "load"), *parts))
    base = top + len(loads) * row
    drawn.append(tag("line", x1=label, x2=label, y1=top - 2, y2=base + 2, class_="axis"))
    names = words["comma"].join(load.label for load in loads[:3])
    return chart(key, words["part_load"], words.say("load_desc", names=names), base + 8, *drawn)


def _apart(load: LoadRow) -> dict[str, int]:
    """Return how many tasks fall to each role, each task once: to the role that says most."""
    led = set(load.led)
    responsible = set(load.responsible) - led
    supported = set(load.supported) - led - responsible
    return {
        "led": len(led),
        "responsible": len(responsible),
        "supported": len(supported),
        "inherited": len(load.inherited),
    }


def _legend(words: Words, x: float) -> Markup:
    parts = []
    for role in _ROLES:
        parts.append(tag("rect", x=x, y=6, width=11, height=11, class_=f"r-{role}"))
        parts.append(tag("text", words[f"c_{role}"], x=x + 16, y=15.5))
        x += 34 + 11 * (len(words[f"c_{role}"]) if words.lang == "zh" else 0.55 * len(words[f"c_{role}"]))
    return tag("g", *parts, class_="legend")


def draw_heat_map(key: str, heat: HeatMap, evidence: Evidence, words: Words, title: str) -> Markup:
    """Return bodies by sections; a cell counts the tasks and leads to them."""
    label, row, head = 166.0, 17.0, 132.0
    width = min((WIDTH - label - 4) / max(len(heat.sections), 1), 46.0)
    most = max(map(len, heat.cells.values()), default=1)
    drawn = []
    for column, section in enumerate(heat.sections):
        x = label + (column + 0.5) * width
        name = tag("title", section)
        drawn.append(tag("text", name, cut(section, 11), x=x, y=head - 6, class_="down", text_anchor="end"))
    for place, body in enumerate(heat.bodies):
        y = head + place * row
        drawn.append(tag("text", tag("title", body), cut(body, 14), x=label - 8, y=y + 12.5, text_anchor="end"))
    for (place, column), tasks in heat.cells.items():
        body, section = heat.bodies[place], heat.sections[column]
        said = words.say("cell_title", body=body, section=section, n=len(tasks))
        target = evidence.target(tasks, f"{heat.document}　{body} {section}", "sections")
        drawn.append(link(target, _cell(label + column * width, head + place * row, width, row, len(tasks), most, said, words)))
    drawn.append(_grid(label, head, width, row, len(heat.sections), len(heat.bodies)))
    desc = words.say("sections_desc", bodies=len(heat.bodies), sections=len(heat.sections))
    return chart(key, title, desc, head + row * len(heat.bodies) + 4, *drawn)


def draw_matrix(key: str, matrix: Matrix, evidence: Evidence, words: Words) -> Markup:
    """Return bodies by bodies, group by group, each group in a frame."""
    label, head, size = 208.0, 26.0, len(matrix.keys)
    side = min((WIDTH - label - 4) / max(size, 1), 24.0)
    most = max(map(len, matrix.cells.values()), default=1)
    drawn = []
    for place, name in enumerate(matrix.labels):
        y, number = head + place * side, str(place + 1)
        drawn.append(tag("text", tag("title", name), cut(name, 15.5), x=label - 24, y=y + side / 2 + 4, text_anchor="end"))
        drawn.append(tag("text", number, x=label - 6, y=y + side / 2 + 4, text_anchor="end", class_="n"))
        drawn.append(tag("text", number, x=label + (place + 0.5) * side, y=head - 7, text_anchor="middle", class_="n"))
        x = label + place * side
        drawn.append(tag("rect", x=x, y=y, width=side, height=side, class_="own"))
        drawn.append(tag("text", matrix.own[place], x=x + side / 2, y=y + side / 2 + 3.5, text_anchor="middle", class_="n own-n"))
    for (a, b), tasks in matrix.cells.items():
        both = f"{matrix.labels[a]}{words['comma']}{matrix.labels[b]}"
        said = words.say("cell_title", body=matrix.labels[a], section=matrix.labels[b], n=len(tasks))
        for first, second in ((a, b), (b, a)):
            cell = _cell(label + second * side, head + first * side, side, side, len(tasks), most, said, words)
            drawn.append(link(evidence.target(tasks, both, "sharing"), cell))
    drawn.append(_grid(label, head, side, side, size, size))
    for group in dict.fromkeys(matrix.groups):
        at, wide = label + matrix.groups.index(group) * side, matrix.groups.count(group) * side
        drawn.append(tag("rect", x=at, y=at - label + head, width=wide, height=wide, class_="frame"))
    return chart(key, words["part_sharing"], words["matrix_desc"], head + side * size + 4, *drawn)


def _cell(x: float, y: float, width: float, height: float, count: int, most: int, said: str, words: Words) -> Markup:
    step = 1 if most == 1 else 1 + round((_STEPS - 1) * (count - 1) / (most - 1))
    square = tag("rect", x=x, y=y, width=width, height=height, class_=f"h{step}")
    number = tag(
        "text", words.number(count), x=x + width / 2, y=y + height / 2 + 3.8, text_anchor="middle", class_=f"n h{step}-n"
    )
    return tag("g", tag("title", said), square, number)


def _grid(x: float, y: float, width: float, height: float, columns: int, rows: int) -> Markup:
    lines = [tag("line", x1=x, x2=x + columns * width, y1=y + n * height, y2=y + n * height) for n in range(rows + 1)]
    lines += [tag("line", y1=y, y2=y + rows * height, x1=x + n * width, x2=x + n * width) for n in range(columns + 1)]
    return tag("g", *lines, class_="grid")
