"""Answers made visible: the graph page drawn from the ledger, the pages of the server from the graph."""
