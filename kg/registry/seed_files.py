"""Rows of the seed files: read with errors that say where to mend them, and short patterns for many words."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import product
from pathlib import Path
from typing import Any, TypeVar

from kg.errors import KnowledgeError

T = TypeVar("T")
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_BRACES = re.compile(r"\{(?!place\}|short\})([^{}]*)\}")


def expand(words: str) -> Iterator[str]:
    """Yield the words that a pattern with braces stands for.

    >>> list(expand("{发展改革,发改}委 计委"))
    ['发展改革委', '发改委', '计委']
    """
    for word in words.split():
        if "{" not in word:
            yield word
            continue
        parts = _BRACES.split(word)  # every second part is a choice
        yield from map("".join, product(*(part.split(",") if i % 2 else (part,) for i, part in enumerate(parts))))


def read_toml(path: Path) -> dict[str, Any]:
    """Return a file of the knowledge base."""
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError as error:
        raise KnowledgeError(f"{path.name}: not found in {path.parent}; the program is not whole, install it again") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise KnowledgeError(f"{path.name}: {error}; mend the file") from error


def read_rows(tables: Mapping[str, Any], table: str, file: str, make: Callable[[dict[str, Any]], T]) -> Iterator[T]:
    """Yield a record for each row of ``table``; keys appear once."""
    seen: dict[str, int] = {}
    for number, row in enumerate(tables.get(table, ()), 1):
        try:
            record, key = make(row), row.get("key")
        except (KeyError, TypeError, ValueError) as error:
            raise KnowledgeError(
                f"{file}: {table} {row.get('key', f'row {number}')}: {error} is missing or wrong; mend the row"
            ) from error
        if key is not None:
            if not _SLUG.fullmatch(key):
                raise KnowledgeError(f"{file}: {table} row {number}: key '{key}' is no slug; use a-z, 0-9 and -")
            if key in seen:
                raise KnowledgeError(f"{file}: {table} '{key}' appears twice (rows {seen[key]}, {number}); merge the rows")
            seen[key] = number
        yield record


def require_once(file: str, what: str, pairs: Iterable[tuple[str, str]]) -> None:
    """Refuse a word that stands in two rows; ``pairs`` are words with the keys of their rows."""
    seen: dict[str, str] = {}
    for word, key in pairs:
        if seen.setdefault(word, key) != key:
            raise KnowledgeError(f"{file}: the {what} '{word}' stands in {seen[word]} and in {key}; take it from one of the rows")
