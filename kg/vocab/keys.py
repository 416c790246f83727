"""How keys become part of an IRI, and come out of it again; which base IRIs can be made from."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import quote, unquote

from kg.errors import OutputError
from kg.vocab.namespace import BASE

_BASE_FORM = re.compile(r"(?:https?://[!-~]+|urn:[!-~]+)[/#:]")


def check_base(base: str) -> str:
    """Return the base if IRIs can be made from it.

    >>> check_base("https://example.org/kg/")
    'https://example.org/kg/'
    """
    if not _BASE_FORM.fullmatch(base) or re.search(r'[<>"{}|\\^`]', base):
        raise OutputError(f"base IRI {base!r}: not absolute or not ASCII; give one like {BASE} that ends with / # or :")
    return base


@lru_cache(maxsize=4096)  # the same regions, functions and documents come again and again
def escape(key: str) -> str:
    """Return a key as it stands in an IRI; its slashes stay."""
    return quote(key, safe="/")


@lru_cache(maxsize=4096)
def escape_step(step: str) -> str:
    """Return one step of an IRI's path: no slash inside, so that a/1 + 2 and a + 1/2 stay two things."""
    return quote(step, safe="")


def key_of(iri: str, kind: str, base: str = BASE) -> str:
    """Return the key that an IRI was made of.

    >>> key_of("https://w3id.org/zeren/id/org/130100/ecology-environment", "org")
    '130100/ecology-environment'
    """
    return unquote(iri.removeprefix(f"{base}id/{kind}/"))
