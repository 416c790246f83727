"""What a caller can get wrong, one kind per place where it is mended.

ZerenError
├── SourceError     a document that cannot be read
├── KnowledgeError  a row in seeds/ or queries/ that contradicts itself
├── QueryError      an unknown query, a missing parameter, bad SPARQL
│   └── ForbiddenQueryError  an update, or a call of another server
├── CorrectionError a person's correction that is incomplete, or fits nothing
├── OutputError     a folder or file that cannot be written
├── StoreError      no built graph, or one that is damaged
├── RemoteError     a server that does not answer, or not as it should
├── EndpointError   an address that cannot be served
└── InstallError    an optional part that is not installed
"""

from __future__ import annotations


class ZerenError(Exception):
    """A fault that the caller can mend; the message says what, where and what to do."""


class SourceError(ZerenError):
    """A document could not be read; the others still go through."""


class KnowledgeError(ZerenError):
    """A row of the project's own knowledge (seeds, queries, ontology) is wrong."""


class QueryError(ZerenError):
    """A question could not be asked."""


class ForbiddenQueryError(QueryError):
    """A query would change the graph, or call a server that it may not call."""


class CorrectionError(ZerenError):
    """A person's correction cannot be taken, or the file of them cannot be read."""


class OutputError(ZerenError):
    """A result could not be written."""


class BusyError(OutputError):
    """Somebody else writes there just now."""


class StoreError(ZerenError):
    """There is no built graph where one was expected, or it is damaged."""


class RemoteError(ZerenError):
    """A server far away did not do what it was asked."""


class EndpointError(ZerenError):
    """The endpoint cannot listen where it should."""


class InstallError(ZerenError):
    """What was asked for needs a package that is not installed."""
