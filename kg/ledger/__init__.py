"""The ledger 责任清单: everything that was extracted, as one JSON object and as the lists that offices work with."""

from __future__ import annotations

from kg.ledger.entry import ledger_entry
from kg.ledger.formats import FORMATS, LedgerFormat, render_ledger, write_ledger
from kg.ledger.rows import name_document

__all__ = ["FORMATS", "LedgerFormat", "ledger_entry", "name_document", "render_ledger", "write_ledger"]
