"""A reader's tab in a real browser."""

from __future__ import annotations

from itertools import combinations
from typing import Any

PATIENCE = 200  # looks, 50 ms apart


class Reader:
    """A tab of the page, with what it asked for and what it complained about."""

    def __init__(self, context: Any, address: str) -> None:
        self.address = address
        self.page = context.new_page()
        self.requests: list[str] = []
        self.complaints: list[str] = []
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on("console", lambda message: self.complaints.append(message.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.open()

    def open(self, state: str = "") -> None:
        self.page.goto(self.address + state)
        self.until("Boolean(window.atlas && atlas.scene().items && atlas.state())")

    def until(self, code: str, *arguments: Any) -> None:
        """Wait until something holds; Playwright's own way asks the page to evaluate text, which its policy forbids."""
        for _ in range(PATIENCE):
            if self.run(code, *arguments):
                return
            self.page.wait_for_timeout(50)
        raise AssertionError(f"never came true: {code}")

    def run(self, code: str, *arguments: Any) -> Any:
        return self.page.evaluate(code, *arguments)

    def shown(self, kind: str = "") -> set[str]:
        ids: list[str] = self.run("kind => atlas.scene().items.filter(i => !kind || i.kind === kind).map(i => i.id)", kind)
        return set(ids)

    def spot(self, name: str) -> tuple[float, float]:
        x, y = self.run(
            "id => { const r = document.querySelector('#net canvas').getBoundingClientRect();"
            "const p = atlas.net.canvasToDOM(atlas.net.getPosition(id)); return [r.x + p.x, r.y + p.y]; }",
            name,
        )
        return x, y

    @property
    def title(self) -> str:
        text: str = self.page.locator("#panel h2").inner_text()
        return text

    def overlaps(self) -> list[list[str]]:
        """Return the pairs of nodes whose words or shapes lie over each other."""
        boxes = self.run("() => atlas.scene().items.filter(i => i.text || i.card).map(i => [i.id, i.box])")
        return [
            [one, other]
            for (one, a), (other, b) in combinations(boxes, 2)
            if min(a[2], b[2]) - max(a[0], b[0]) > 1 and min(a[3], b[3]) - max(a[1], b[1]) > 1
        ]
