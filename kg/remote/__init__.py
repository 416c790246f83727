"""Servers far away: asked as if they were the embedded store, and kept like it.

``RemoteStore`` answers queries with pyoxigraph's own types, so that all that asks takes it for a store.
"""

from kg.remote.connection import TIMEOUT
from kg.remote.credentials import Credentials, read_credentials
from kg.remote.store import RemoteStore

__all__ = ["TIMEOUT", "Credentials", "RemoteStore", "read_credentials"]
