"""原文 The documents whose texts are here."""

from kg.explorer.documents import gather_documents
from viz.pages.screen import Screen

SCREEN = Screen("documents", "/document", gather_documents, asked={"rows": ("5000",)})
