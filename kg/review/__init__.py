"""What a person should look at, and what a person decided: open questions, their candidates, verdicts on file."""

from kg.review.book import FILE, add_corrections, read_book, revoke
from kg.review.decide import Desk, Order
from kg.review.items import Item, Place, is_about, list_items
from kg.review.opened import SUBJECTS, OpenDecision, gather, list_open
from kg.review.queue import choose, commands_for, stand
from kg.review.sheet import ASKED, SHOWN, read_sheet, sheet_rows

__all__ = [
    "ASKED",
    "FILE",
    "SHOWN",
    "SUBJECTS",
    "Desk",
    "Item",
    "OpenDecision",
    "Order",
    "Place",
    "add_corrections",
    "choose",
    "commands_for",
    "gather",
    "is_about",
    "list_items",
    "list_open",
    "read_book",
    "read_sheet",
    "revoke",
    "sheet_rows",
    "stand",
]
