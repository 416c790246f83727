"""Servers far away: asked as if they were the embedded store, and kept like it.

``RemoteStore`` answers queries with pyoxigraph's own types, so that all that asks takes it for a store. ``push`` makes the
graphs on a server those of a store, ``pull`` fetches them into a file.
"""

from kg.remote.connection import TIMEOUT
from kg.remote.credentials import Credentials, read_credentials
from kg.remote.place import PATIENCE, Addresses, Place
from kg.remote.pull import Pulled, pull
from kg.remote.push import Pushed, push
from kg.remote.store import RemoteStore

__all__ = [
    "PATIENCE",
    "TIMEOUT",
    "Addresses",
    "Credentials",
    "Place",
    "Pulled",
    "Pushed",
    "RemoteStore",
    "pull",
    "push",
    "read_credentials",
]
