"""The page of results in sections that are written apart, and the small sums behind its tables.

What stands outside the marks of a section is kept by hand, and no measurement touches it.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from pathlib import Path

RESULTS = Path(__file__).parent / "RESULTS.md"
_SECTION = re.compile(r"<!-- begin (?P<name>[\w-]+) -->\n.*?<!-- end (?P=name) -->\n", re.DOTALL)


def put_section(page: str, name: str, lines: Iterable[str]) -> str:
    r"""Return the page with this section in place of the one of its name, or at the end.

    >>> put_section(put_section("# Results\n", "speed", ["fast"]), "speed", ["faster"])
    '# Results\n\n<!-- begin speed -->\nfaster\n<!-- end speed -->\n'
    """
    section = "\n".join([f"<!-- begin {name} -->", *lines, f"<!-- end {name} -->", ""])
    if any(match["name"] == name for match in _SECTION.finditer(page)):
        return _SECTION.sub(lambda match: section if match["name"] == name else match[0], page)
    return f"{page.rstrip()}\n\n{section}"


def write_section(name: str, lines: Iterable[str], path: Path = RESULTS) -> None:
    """Put a section into the page of results; all else there stays."""
    page = path.read_text("utf-8") if path.is_file() else "# Results\n"
    path.write_text(put_section(page, name, lines), "utf-8", newline="\n")


def growth(points: Sequence[tuple[float, float]]) -> float | None:
    """Return the exponent with which a time grows with a size: 1 is linear; ``None`` for fewer than two points.

    >>> growth([(100, 2.0), (1000, 20.0)]), growth([(100, 3.0), (1000, 3.0)])
    (1.0, 0.0)
    """
    logs = [(math.log(size), math.log(time)) for size, time in points if size > 0 and time > 0]
    if len({size for size, _ in logs}) < 2:
        return None
    middle_x, middle_y = (sum(axis) / len(logs) for axis in zip(*logs, strict=True))
    slope: float = sum((x - middle_x) * (y - middle_y) for x, y in logs) / sum((x - middle_x) ** 2 for x, _ in logs)
    return round(slope, 2)


def percentile(values: Sequence[float], share: float) -> float:
    """Return the value below which a share of all lies, by the nearest rank.

    >>> percentile([5.0, 1.0, 3.0], 0.5), percentile([1.0, 2.0], 0.99)
    (3.0, 2.0)
    """
    ordered = sorted(values)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]


def table(head: Sequence[str], rows: Iterable[Sequence[str]], left: int = 1) -> list[str]:
    """Return a Markdown table; the first ``left`` columns are words, the others figures.

    >>> table(["query", "ms"], [["documents", "3"]])
    ['| query | ms |', '| --- | ---: |', '| documents | 3 |']
    """
    marks = ["---"] * left + ["---:"] * (len(head) - left)
    return [f"| {' | '.join(cells)} |" for cells in (head, marks, *rows)]


def milliseconds(seconds: float) -> str:
    """Return a time with as many digits as it deserves.

    >>> milliseconds(0.00042), milliseconds(0.0421), milliseconds(1.2345)
    ('0.4', '42', '1,234')
    """
    value = 1000 * seconds
    return f"{value:.1f}" if value < 10 else f"{value:,.0f}"
