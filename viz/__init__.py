"""Answers made visible: pages drawn from the ledger."""
