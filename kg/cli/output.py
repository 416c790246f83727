"""Where an answer goes: to the screen, or to a file whose ending says the form."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path

from kg.errors import OutputError


def choose_output(options: Namespace, forms: Sequence[str], example: str) -> str:
    """Return the form that was asked for by ``--format`` or the ending of ``--to``; ``table`` where nothing was.

    ``example`` names a workbook, to say where one can go.

    :raises OutputError: it is none of these forms, or does not fit where it should go.
    """
    from kg.ask.forms import choose_form

    form = choose_form(options.format, options.to, forms) or "table"
    if form not in forms:
        raise OutputError(f"{options.to}: this answer has no {form}; choose one of: {', '.join(forms[1:])}")
    if form == "xlsx" and options.to is None and sys.stdout.isatty():
        raise OutputError(f"xlsx is no text for a terminal; name a file: --to {example}")
    if form == "table" and options.to is not None:
        raise OutputError(f"{options.to}: a table is for the screen; choose another --format, or leave --to out")
    return form


def write_file(target: Path, content: str | bytes) -> None:
    """Write what was asked for to the file that the user named."""
    try:
        target.write_bytes(content.encode() if isinstance(content, str) else content)
    except OSError as error:
        raise OutputError(f"{target}: cannot be written ({error.strerror}); close it elsewhere or name another file") from error
