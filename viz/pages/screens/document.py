"""原文 One document: its text with everything that was read in it; or a policy that is only cited."""

from kg.explorer.reader import gather_document, list_policies
from viz.pages.screen import Screen

SCREEN = Screen("document", "/document/", gather_document, list_policies, tab="documents", asked={"part": ("all",)})
