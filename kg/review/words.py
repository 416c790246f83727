"""The words that a correction rests on, taken from the pinned text with what stands around them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kg.correction import Anchor
from kg.errors import CorrectionError
from kg.review.items import Place
from kg.store import Generation

QUOTED = 40  # characters of a longer passage that are enough to find it again
AROUND = 20  # characters on either side


class Texts:
    """The pinned texts of a generation by the SHA-256 of their sources."""

    def __init__(self, generation: Generation, ledger: Mapping[str, Any]) -> None:
        """Take a generation and its ledger; a text is read when it is first asked for."""
        self.generation = generation
        self.entries: Mapping[str, Mapping[str, Any]] = {entry["sha256"]: entry for entry in ledger["documents"]}
        self._texts: dict[str, str] = {}

    def of(self, sha256: str) -> str:
        """Return the text of a document.

        :raises CorrectionError: it is missing or changed.
        """
        if sha256 not in self._texts:
            part = next(part for part in self.generation.manifest.documents if part.source.sha256 == sha256)
            path = self.generation.text_file(part)
            try:
                self._texts[sha256] = path.read_bytes().decode("utf-8", "surrogatepass")
            except (OSError, UnicodeDecodeError) as error:
                advice = f"run `zeren build SOURCES --out {self.generation.out}` again"
                raise CorrectionError(f"{path}: the text is damaged ({type(error).__name__}); {advice}") from error
        return self._texts[sha256]

    def anchor(self, place: Place, *, opening: bool = False) -> Anchor:
        """Return the words of a place; of a whole task, or where there are none of its own, how the passage opens."""
        head = self.entries[place.sha256]["opening"]
        start, end = place.start, place.end
        if start is None or end is None or opening:
            start = place.start if place.start is not None else place.task
            end = start + QUOTED if start is not None else None
        return self._cut(place, head["start"], head["end"]) if start is None or end is None else self._cut(place, start, end)

    def find(self, words: str, place: Place) -> Anchor | None:
        """Return where words stand within a task or, named once for several tasks, at the only place in its document."""
        text = self.of(place.sha256)
        task = self._task(place)
        start = text.find(words, task["start"], task["end"])
        if start < 0 and text.count(words) == 1:
            start = text.find(words)
        return self._cut(place, start, start + len(words)) if start >= 0 else None

    def _task(self, place: Place) -> Mapping[str, Any]:
        found: Mapping[str, Any] = next(t for t in self.entries[place.sha256]["tasks"] if t["start"] == place.start)
        return found

    def _cut(self, place: Place, start: int, end: int) -> Anchor:
        text = self.of(place.sha256)
        words, before, after = text[start:end], text[max(0, start - AROUND) : start], text[end : end + AROUND]
        title = self.entries[place.sha256]["title"] or ""
        return Anchor(place.sha256, place.file, title, start, start + len(words), words, before, after)
