"""A tab with the page for questions."""

from __future__ import annotations

import pytest

from tests.viz.explored import Visit
from viz.pages.render import has_editor

with_editor = pytest.mark.skipif(not has_editor(), reason="the editor was not fetched: python viz/web/bundle.py")


class Tab(Visit):
    """A tab whose answer and editor are read as a person reads them."""

    def rows(self, table: str = "#results table") -> list[list[str]]:
        """Return the cells of a table once it is there."""
        self.page.locator(f"{table} tbody tr").first.wait_for()
        rows = self.page.locator(f"{table} tbody tr").all()
        return [[cell.strip() for cell in row.locator("td").all_inner_texts()] for row in rows]

    def write(self, text: str) -> None:
        """Put a text in the place of what the editor holds, as a person does."""
        self.page.locator("#editor .CodeMirror").click()
        self.page.keyboard.press("Control+A")
        self.page.keyboard.insert_text(text)

    def text(self) -> str:
        text: str = self.page.evaluate("document.querySelector('#editor .CodeMirror').CodeMirror.getValue()")
        return text
