"""Wording rules: patterns that live in seeds/*.toml, each with words that it must and must not match."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kg import data
from kg.errors import KnowledgeError


@dataclass(frozen=True, slots=True)
class Cue:
    """One wording rule; ``says`` is what it concludes where its table has more than one conclusion."""

    id: str
    pattern: re.Pattern[str]
    says: str
    matches: tuple[str, ...]
    rejects: tuple[str, ...]


@cache
def load_cues(file: str = "cues.toml", folder: Path = data.SEEDS) -> Mapping[str, tuple[Cue, ...]]:
    """Return the cues of a file by table, in the order of the file.

    :raises KnowledgeError: a row lacks something, is named twice or is no regular expression.
    """
    path = folder / file
    tables: dict[str, tuple[Cue, ...]] = {}
    for table, rows in tomllib.loads(path.read_text("utf-8")).items():
        cues = tuple(_cue(row, f"{path.name}: {table}") for row in rows)
        names = [cue.id for cue in cues]
        for name in names:
            if names.count(name) > 1:
                raise KnowledgeError(f"{path.name}: {table} '{name}' appears twice; rename one of the rows")
        tables[table] = cues
    return tables


def _cue(row: Mapping[str, object], where: str) -> Cue:
    try:
        name, pattern = str(row["id"]), str(row["pattern"])
        compiled = re.compile(pattern)
    except KeyError as error:
        raise KnowledgeError(f"{where}: a row has no {error}; add it") from error
    except re.error as error:
        raise KnowledgeError(f"{where} '{row['id']}': {error}; mend the pattern") from error
    lists = [row.get(key, ()) for key in ("matches", "rejects")]
    matches, rejects = (tuple(map(str, words)) if isinstance(words, list) else () for words in lists)
    return Cue(name, compiled, str(row.get("says", name)), matches, rejects)


def first(cues: tuple[Cue, ...], text: str) -> Cue | None:
    """Return the first cue that is found in ``text``."""
    return next((cue for cue in cues if cue.pattern.search(text)), None)
