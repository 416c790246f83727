"""One document's entry out of a ledger as it lies on disk, without reading all others."""

from __future__ import annotations

import json
from typing import Any

_BEGIN, _END = b"\n  {", b"\n  }"  # of an entry: a ledger is indented by one blank a level, and no string holds a line's end


def pick_entry(content: bytes, sha256: str) -> dict[str, Any] | None:
    """Return the entry of the document with this SHA-256; ``None`` if there is none.

    >>> import json
    >>> ledger = {"documents": [{"sha256": "aa", "tasks": []}, {"sha256": "bb", "tasks": [{"sha256": "aa"}]}]}
    >>> pick_entry(json.dumps(ledger, indent=1).encode(), "bb")
    {'sha256': 'bb', 'tasks': [{'sha256': 'aa'}]}
    """
    at = content.find(b'\n   "sha256": "' + sha256.encode() + b'"')
    if at < 0:
        return None
    begin, end = content.rfind(_BEGIN, 0, at + 1), content.find(_END, at)
    entry: dict[str, Any] = json.loads(content[begin : end + len(_END)])
    return entry
