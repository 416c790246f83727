"""What the engine says about a query that it cannot run, in one line for the person who wrote it."""

from __future__ import annotations

import re

_PLACE = re.compile(r"error at (?P<line>\d+):(?P<column>\d+): ")
_LONGEST = 160  # of a parser's message


def explain_syntax(message: str, text: str) -> str:
    """Return the parser's message in one line, with the words at which it stopped."""
    found = _PLACE.match(message)
    if found is None:
        return f"syntax error: {squeeze(message)}"
    line, column = int(found["line"]), int(found["column"])
    lines = text.splitlines()
    near = lines[line - 1][max(0, column - 21) : column + 19].strip() if line <= len(lines) else ""
    where = f"near {near!r}" if near else "at the end"
    return f"syntax error in line {line}, column {column}, {where}: {squeeze(message[found.end() :])}"


def squeeze(message: str) -> str:
    """Return a message in one line, the long list of what might have stood there cut off."""
    line = " ".join(message.split())
    return line if len(line) <= _LONGEST else line[:_LONGEST].rsplit(",", 1)[0] + ", …"
