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

_FRAGMENT = re.compile(r"<<(\w+)>>")


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
    content = tomllib.loads(path.read_text("utf-8"))
    fragments: dict[str, str] = {}
    for row in content.get("fragment", ()):
        fragments[str(row.get("id"))] = _filled(str(row.get("pattern", "")), fragments, f"{path.name}: fragment")
    tables: dict[str, tuple[Cue, ...]] = {}
    for table, rows in content.items():
        cues = tuple(_cue(row, fragments, f"{path.name}: {table}") for row in rows)
        names = [cue.id for cue in cues]
        for name in names:
            if names.count(name) > 1:
                raise KnowledgeError(f"{path.name}: {table} '{name}' appears twice; rename one of the rows")
        tables[table] = cues
    return tables


def _filled(pattern: str, fragments: Mapping[str, str], where: str) -> str:
    """Put the fragments in: ``<<kind>>`` stands for the pattern of the fragment row *kind* above."""
    try:
        return _FRAGMENT.sub(lambda match: f"(?:{fragments[match[1]]})", pattern)
    except KeyError as error:
        raise KnowledgeError(f"{where}: there is no fragment {error} above; add it, or mend the name") from error


def _cue(row: Mapping[str, object], fragments: Mapping[str, str], where: str) -> Cue:
    try:
        name, pattern = str(row["id"]), _filled(str(row["pattern"]), fragments, where)
        compiled = re.compile(pattern)
    except KeyError as error:
        raise KnowledgeError(f"{where}: a row has no {error}; add it") from error
    except re.error as error:
        raise KnowledgeError(f"{where} '{row['id']}': {error}; mend the pattern") from error
    lists = [row.get(key, ()) for key in ("matches", "rejects")]
    matches, rejects = (tuple(map(str, words)) if isinstance(words, list) else () for words in lists)
    return Cue(name, compiled, str(row.get("says", name)), matches, rejects)


@cache
def pattern(table: str, name: str) -> re.Pattern[str]:
    """Return the pattern of one row of ``cues.toml``."""
    return next(cue.pattern for cue in load_cues()[table] if cue.id == name)


def first(cues: tuple[Cue, ...], text: str) -> Cue | None:
    """Return the first cue that is found in ``text``."""
    return next((cue for cue in cues if cue.pattern.search(text)), None)
