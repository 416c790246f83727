"""Which pages of the explorer are looked at, and what is asked of each of them: shared by tests and measurements."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

from kg.explorer import Snapshot
from viz.pages.screen import Screen
from viz.pages.screens import SCREENS

AXE = Path(__file__).parent / "vendor" / "axe.min.js"
_RULES = "() => axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice'] })"
# where the focus is: its name, whether it can be seen, whether a line around it or another look shows it
_FOCUS = """() => {
  const one = document.activeElement;
  if (!one || one === document.body) return null;
  const box = one.getBoundingClientRect(), look = getComputedStyle(one);
  return { name: one.outerHTML.slice(0, 120), wide: box.width, high: box.height,
           shown: look.outlineStyle !== "none" || look.boxShadow !== "none" || one.tagName === "CANVAS" || one.tagName === "rect" };
}"""


def sample_pages(snapshot: Snapshot, each: int = 1) -> Iterator[tuple[Screen, str]]:
    """Yield every screen with the paths of its pages: its own, or the first few of the things that it shows."""
    for screen in SCREENS:
        keys = list(islice(screen.keys(snapshot), 400)) if screen.has_key else [""]
        step = max(1, len(keys) // each)
        for key in keys[::step][:each]:
            yield screen, screen.path + key


@dataclass
class Visit:
    """A tab with what it asked for elsewhere, and what it complained about."""

    page: Any
    site: str
    expected: str = ""  # part of the one complaint that is allowed
    strayed: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("console", lambda message: self.complaints.append(message.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("request", lambda request: self._note(request.url))

    def _note(self, url: str) -> None:
        if not url.startswith((self.site, "data:", "blob:")):
            self.strayed.append(url)

    def open(self, path: str) -> Any:
        """Open a page; return the server's answer."""
        answer = self.page.goto(path if path.startswith(("http:", "file:")) else self.site + path)
        self.page.wait_for_load_state("load")
        return answer

    def unexpected(self) -> list[str]:
        """Return the complaints that were not expected."""
        return [said for said in self.complaints if not (self.expected and self.expected in said)]

    def words(self) -> str:
        """Return what the page says, drawn pictures left out."""
        text: str = self.page.locator("main").inner_text()
        return " ".join(text.split())

    def sideways(self) -> int:
        """Return by how many pixels the page is wider than the window."""
        return int(self.page.evaluate("document.documentElement.scrollWidth - window.innerWidth"))

    def violations(self) -> list[tuple[str, str]]:
        """Return what axe finds: rule and element."""
        self.page.evaluate(AXE.read_text("utf-8"))
        found = self.page.evaluate(_RULES)
        return [(one["id"], one["nodes"][0]["html"][:200]) for one in found["violations"]]

    def walk(self, most: int = 60) -> list[dict[str, Any]]:
        """Press Tab until the walk begins anew; return where the focus was each time."""
        places: list[dict[str, Any]] = []
        for _ in range(most):
            self.page.keyboard.press("Tab")
            place = self.page.evaluate(_FOCUS)
            if place is None:
                break
            places.append(place)
        return places


def stop_clock(page: Any) -> None:
    """Let a page's time pass by ``page.clock.run_for`` alone, however slow this computer is."""
    page.clock.install(time="2026-01-01")
    page.clock.pause_at("2026-01-02")


Open = Callable[..., Any]  # the fixture ``visit``: a path, perhaps another site; gives a Visit
