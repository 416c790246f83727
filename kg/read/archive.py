"""Packed formats (docx, xlsx): their parts, unpacked within limits, and their XML without entities."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager

from lxml import etree

from kg.errors import SourceError

MAX_PART = 100_000_000  # bytes of one part, unpacked
MAX_UNPACKED = 300_000_000  # bytes of all parts, pictures and all
# "strict" files differ from the usual ones in the names of their namespaces only
_STRICT = (
    b"http://purl.oclc.org/ooxml/wordprocessingml/main",
    b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
)
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError, KeyError)


class Archive:
    """An open zip file."""

    def __init__(self, data: bytes, where: str) -> None:
        """Open it; :raises SourceError: it is damaged, or would fill the memory."""
        self.where = where
        with self._guard():
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            self._sizes = {info.filename.lstrip("/"): info.file_size for info in self._zip.infolist()}
            self._names = {info.filename.lstrip("/"): info.filename for info in self._zip.infolist()}
        if sum(self._sizes.values()) > MAX_UNPACKED or max(self._sizes.values(), default=0) > MAX_PART:
            raise _huge(where)

    def __contains__(self, name: str) -> bool:
        return name in self._names

    @property
    def names(self) -> tuple[str, ...]:
        """The parts, by name."""
        return tuple(self._names)

    def read(self, name: str) -> bytes:
        """Return a part, unpacked.

        :raises SourceError: it is not there, damaged, or larger than it says.
        """
        with self._guard(), self._zip.open(self._names[name]) as stream:
            data = stream.read(MAX_PART + 1)
        if len(data) > MAX_PART:
            raise _huge(self.where)
        return data

    def parse(self, name: str) -> etree._Element:
        """Return a part as XML, without entities, network and comments.

        :raises SourceError: it is no XML, or declares entities.
        """
        data = self.read(name).replace(*_STRICT)
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True)
        try:
            root = etree.fromstring(data, parser)
        except etree.XMLSyntaxError as error:
            raise broken(self.where, f"{name}: {error.msg}") from error
        if root.getroottree().docinfo.internalDTD is not None:
            raise SourceError(f"{self.where}: {name} declares entities, as no office program does; save the document again")
        return root

    @contextmanager
    def _guard(self) -> Iterator[None]:
        try:
            yield
        except SourceError:
            raise
        except _BROKEN as error:
            raise broken(self.where, str(error) or type(error).__name__) from error


def broken(where: str, what: str) -> SourceError:
    """Return the error of a damaged file."""
    return SourceError(f"{where}: is damaged ({what.splitlines()[0][:120]}); open it in Word or WPS and save it again")


def _huge(where: str) -> SourceError:
    return SourceError(f"{where}: unpacks to more than {MAX_PART // 1_000_000} MB; check that it is a document, or split it")


def resolve(base: str, target: str) -> str:
    """Return the name of the part that a relation of the part ``base`` points to.

    >>> resolve("word/document.xml", "footnotes.xml"), resolve("word/document.xml", "/word/styles.xml")
    ('word/footnotes.xml', 'word/styles.xml')
    """
    return posixpath.normpath(posixpath.join(posixpath.dirname(base), target)).lstrip("/")
