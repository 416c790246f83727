"""原文: a document's pinned text with everything that was read in it, marked where it stands."""

from kg.explorer.reader.document import gather_document, list_policies

__all__ = ["gather_document", "list_policies"]
