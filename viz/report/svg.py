"""SVG as text that is safe: elements are made here, and whatever is written into them is escaped."""

from __future__ import annotations

from markupsafe import Markup, escape

WIDTH = 640  # of every chart, in its own units: an A4 page between its margins


def tag(name: str, *inside: object, **attributes: object) -> Markup:
    """Return an element; ``font_size`` is written font-size, ``class_`` class, and what is ``None`` is left out.

    >>> tag("text", "A<B", x=1, class_="n")
    Markup('<text x="1" class="n">A&lt;B</text>')
    """
    given = {key.rstrip("_").replace("_", "-"): _plain(value) for key, value in attributes.items() if value is not None}
    written = "".join(f' {key}="{escape(value)}"' for key, value in given.items())
    return Markup(f"<{name}{written}>{''.join(str(escape(part)) for part in inside)}</{name}>")


def link(target: object, *inside: object) -> Markup:
    """Return what leads to a place in the report; without a target, just what stands inside."""
    return tag("a", *inside, href=target) if target else Markup("").join(map(escape, inside))


def chart(key: str, title: str, description: str, height: float, *inside: object, width: float = WIDTH) -> Markup:
    """Return a drawing that says what it shows to who cannot see it."""
    return tag(
        "svg",
        tag("title", title, id=f"{key}-t"),
        tag("desc", description, id=f"{key}-d"),
        *inside,
        viewBox=f"0 0 {_plain(width)} {_plain(height)}",
        role="img",
        aria_labelledby=f"{key}-t {key}-d",
        class_="chart",
    )


def cut(text: str, ems: float) -> str:
    """Return a text no wider than so many Chinese characters.

    >>> cut("宿州市实施绿色发展行动专项小组办公室", 8), cut("市水利局", 8)
    ('宿州市实施绿色…', '市水利局')
    """
    if measure(text) <= ems:
        return text
    width, kept = 1.0, ""
    for char in text:
        width += measure(char)
        if width > ems:
            break
        kept += char
    return kept + "…"


def measure(text: str) -> float:
    """Return about how many Chinese characters wide a text is set.

    >>> measure("市水利局"), measure("PM2.5")
    (4.0, 2.75)
    """
    return sum(0.55 if char.isascii() else 1.0 for char in text)


def _plain(value: object) -> object:
    return f"{value:.2f}".rstrip("0").rstrip(".") if isinstance(value, float) else value
