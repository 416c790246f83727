"""Bytes to text: the encoding is found, never asked for; text that was once read in the wrong one is set right."""

from __future__ import annotations

import codecs
import re

from kg.errors import SourceError

_LEGACY = ("gb18030", "big5")
# the longer ones first: UTF-16 and UTF-32 begin alike
_MARKS = {
    b"\xff\xfe\0\0": "utf-32",
    b"\0\0\xfe\xff": "utf-32",
    b"\xef\xbb\xbf": "utf-8-sig",
    b"\xff\xfe": "utf-16",
    b"\xfe\xff": "utf-16",
}
# what pages call themselves, and what can read it: GB 18030 holds all that says GB 2312, and so on
_NAMES = {
    "big5": "big5hkscs",
    "big5-hkscs": "big5hkscs",
    "gb18030": "gb18030",
    "gb2312": "gb18030",
    "gb_2312-80": "gb18030",
    "gbk": "gb18030",
    "x-gbk": "gb18030",
}
# the commonest characters of official prose, in both scripts; a wrong decoding hits hardly one in a hundred
_COMMON = frozenset(
    "的和是在了有一不为国发展工作建设管理市县区政府部门实施单位责任加强推进生态环境保护完善落实制度"
    "為國發展實施單位責任強推進環境護製產業農業設區縣門務關與年月日、，。（）：；"
)
# code pages in which UTF-8 was read once, and the mess stored
_MISREAD = ("mac_cyrillic", "cp1251", "cp1252", "latin-1", "mac_roman", "koi8-r", "cp866", "cp437", "gb18030", "big5")
READABLE = 0.1  # share of the commonest characters in a text that can be read
_MESS = 0.05
DAMAGED = 0.002  # share of characters that may be lost; beyond, the encoding is another one
_LOST = re.compile("\ufffd|锟斤拷|锟斤|烫烫烫|屯屯屯")
MAX_LOST = 0.02
_STRAY = re.compile("[\ud800-\udfff]")


def decode(data: bytes, where: str = "<bytes>", declared: str | None = None) -> tuple[str, str]:
    """Return text and encoding; ``declared`` is what the file says of itself.

    >>> decode("責任單位：市水利局，負責河道管理。".encode("big5"))
    ('責任單位：市水利局，負責河道管理。', 'big5')
    >>> decode("责任单位：市水利局，负责河道管理。".encode().decode("mac_cyrillic").encode())
    ('责任单位：市水利局，负责河道管理。', 'utf-8 in mac_cyrillic')

    :raises SourceError: these bytes are no text in UTF-8, UTF-16, UTF-32, GB18030 or Big5, or it is garbled.
    """
    text, encoding = _decode(data, where, declared)
    if "\0" in text:
        raise _binary(where)
    repaired = _repair(text)
    if repaired:
        return repaired[0], f"{encoding} in {repaired[1]}" if encoding != repaired[1] else encoding
    if _is_garbled(text):
        raise SourceError(
            f"{where}: its text is garbled (it was once opened in the wrong encoding and stored so) and cannot be restored;"
            " get the document from its source again"
        )
    return text, encoding


def _decode(data: bytes, where: str, declared: str | None) -> tuple[str, str]:
    for mark, encoding in _MARKS.items():
        if data.startswith(mark):
            return _decoded(data, encoding, where), "utf-8" if encoding == "utf-8-sig" else encoding
    if b"\0" in data:
        raise _binary(where)
    named = _NAMES.get((declared or "").lower())
    for encoding in dict.fromkeys(("utf-8", *([named] if named else []))):
        text = _attempt(data, encoding)
        if text is not None:
            return text, encoding
    # a few damaged bytes: what is lost there is not worth the document
    candidates = [(text, encoding) for encoding in _LEGACY if (text := _attempt(data, encoding)) is not None]
    candidates = candidates or [found for encoding in ("utf-8", *_LEGACY) if (found := _with_losses(data, encoding))]
    if candidates:
        text, encoding = max(candidates, key=lambda candidate: plausibility(candidate[0]))
        if plausibility(text) >= READABLE:
            return text, encoding
    raise SourceError(f"{where}: is no Chinese text in UTF-8, GB18030 or Big5; save it again as UTF-8")


def plausibility(text: str) -> float:
    """Return the share of common characters among those that are not ASCII."""
    sample = [char for char in text[:20000] if not char.isascii()]
    return sum(char in _COMMON for char in sample) / max(1, len(sample))


def _repair(text: str) -> tuple[str, str] | None:
    """Return the text that was meant and the code page it was misread in, when the way back loses nothing to speak of."""
    if text.isascii() or plausibility(text) >= _MESS:
        return None
    for wrong in _MISREAD:
        try:
            data = text.encode(wrong, "zeren-c1")
        except UnicodeEncodeError:
            continue
        blank = "\xa0".encode(wrong, "ignore")
        for right in ("utf-8", *_LEGACY):
            if right == wrong:
                continue
            # a page that was misread wrote its &nbsp; as they are: a stray byte between the others
            meant = data.decode(right, "surrogateescape").replace(blank.decode("ascii", "surrogateescape") or "\ufffd", " ")
            meant = _STRAY.sub("\ufffd", meant)
            if meant.count("\ufffd") <= DAMAGED * len(meant) and plausibility(meant) >= READABLE:
                return meant, wrong
    return None


def _is_garbled(text: str) -> bool:
    lost = sum(len(match[0]) for match in _LOST.finditer(text))
    if lost > MAX_LOST * len(text):
        return True
    if text.isascii() or plausibility(text) >= _MESS:
        return False
    remains = (text.encode(wrong, "ignore").decode("utf-8", "ignore") for wrong in _MISREAD)
    return any(len(meant) > len(text) / 10 and plausibility(meant) >= READABLE for meant in remains)


def _attempt(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _with_losses(data: bytes, encoding: str) -> tuple[str, str] | None:
    text = data.decode(encoding, "replace")
    return (text, encoding) if text.count("\ufffd") <= DAMAGED * len(text) else None


def _decoded(data: bytes, encoding: str, where: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise SourceError(
            f"{where}: byte {error.start} is not {encoding}, as its first bytes promise; save it again as UTF-8"
        ) from error


def _binary(where: str) -> SourceError:
    return SourceError(f"{where}: is not a text file (it holds binary data); save the document as plain text (.txt, UTF-8)")


def _keep_c1(error: UnicodeError) -> tuple[bytes, int]:
    """Give U+0080 to U+009F back as the bytes they were: browsers keep what Windows code pages leave open."""
    assert isinstance(error, UnicodeEncodeError)
    chars = error.object[error.start : error.end]
    if any(not "\x80" <= char <= "\x9f" for char in chars):
        raise error
    return bytes(map(ord, chars)), error.end


codecs.register_error("zeren-c1", _keep_c1)
