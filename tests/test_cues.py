"""Each wording rule against its own examples."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.cues import Cue, load_cues
from kg.errors import KnowledgeError

CUES = [pytest.param(cue, id=f"{table}-{cue.id}-{i}") for table, cues in load_cues().items() for i, cue in enumerate(cues)]


@pytest.mark.parametrize("cue", CUES)
def test_a_cue_finds_its_matches_and_passes_its_rejects_over(cue: Cue) -> None:
    assert cue.matches
    assert [words for words in cue.matches if not cue.pattern.search(words)] == []
    assert [words for words in cue.rejects if cue.pattern.search(words)] == []


BROKEN = [
    ('[[label]]\nid = "a"\n', "no 'pattern'"),
    ('[[label]]\nid = "a"\npattern = "("\n', "mend the pattern"),
    ('[[label]]\nid = "a"\npattern = "x"\n[[label]]\nid = "a"\npattern = "y"\n', "appears twice"),
]


@pytest.mark.parametrize(("rows", "message"), BROKEN)
def test_a_broken_row_is_named(tmp_path: Path, rows: str, message: str) -> None:
    (tmp_path / "cues.toml").write_text(rows, "utf-8")
    with pytest.raises(KnowledgeError, match=message):
        load_cues("cues.toml", tmp_path)
