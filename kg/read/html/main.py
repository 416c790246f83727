"""Where the document is in a web page: by the names that content systems give its place, else by where the words are.

Extractors made for news were tried on pages of government sites: they lose a document that repeats a phrase, tables of
few sentences, or the lines at the end (附件, 责任分工). Here nothing is lost that stands beside the words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from kg.cues import first, load_cues

_NEVER = [
    "script",
    "style",
    "noscript",
    "template",
    "iframe",
    "frame",
    "object",
    "embed",
    "applet",
    "svg",
    "canvas",
    "select",
    "button",
    "input",
    "textarea",
    "map",
    "audio",
    "video",
    "link",
    "meta",
    "title",
]
_SMALL = 0.3  # of the page's words: an element that is named as the site's own and holds more is the document after all
_MOST = 0.6
# how many words make a box of the page; in a table more, for it may be one of data
_LEAST = dict.fromkeys(("div", "section", "article", "main", "form", "center"), 0) | dict.fromkeys(
    ("table", "tbody", "tr", "td"), 300
)
_NOT_HAN = re.compile(r"[^\u4e00-\u9fff]+")
_HIDDEN = re.compile(r"display\s*:\s*none", re.I)
_ATTACHED = re.compile(r"附[件表]|\.(?:docx?|xlsx?|pdf|wps|ofd|zip|rar)\b", re.I)
_TITLE_LABEL = re.compile(r"(?:标题|名称|文件名称|信息名称)[：:]?")
_SITE = re.compile(r"\s*[-_|—–]+\s*|\s{2,}")
MAX_LINE = 130  # characters of a line that belongs to the page


def find_content(root: etree._Element) -> etree._Element:
    """Return the element that holds the document; what belongs to the site is taken out of the tree."""
    body = root.find("body")
    body = root if body is None else body
    for element in [element for element in body.iter() if element.tag in _NEVER or not isinstance(element.tag, str)]:
        _drop(element)
    words, links = _weigh(body)
    total = words[body] or 1
    for element in list(body.iter()):
        if element is not body and words[element] <= _SMALL * total and _is_frame(element, words, links):
            _drop(element)
    words, _ = _weigh(body)
    named = _named(body, words)
    return named if named is not None else _heaviest(body, words)


def find_title(root: etree._Element, content: etree._Element) -> str | None:
    """Return the title that the page states apart from the text."""
    for meta in root.iter("meta"):
        name, words = (meta.get("name") or meta.get("property") or "").lower(), meta.get("content", "")
        if name in ("articletitle", "og:title") and _is_title(words):
            return _plain(words)
    inside = set(content.iter())
    for head in root.iter("h1", "h2"):
        words = _plain("".join(head.itertext()))
        if head not in inside and _is_title(words):
            return words
    for element in root.iter("div", "p", "td", "span", "h3", "strong"):
        if element not in inside and _matches("title", element):
            words = _plain("".join(element.itertext()))
            if _is_title(words) and element.find(".//a") is None:
                return words
    for cell in root.iter("td", "th"):  # of the page's record: 索引号, 标题, 发文字号
        following = cell.getnext()
        if following is not None and _TITLE_LABEL.fullmatch(re.sub(r"\s+", "", "".join(cell.itertext()))):
            words = _plain("".join(following.itertext()))
            if _is_title(words):
                return words
    named = root.find("head/title")
    if named is not None and named.text:
        pieces = [piece for piece in _SITE.split(named.text) if _is_title(piece)]
        return _plain(max(pieces, key=len)) if pieces else None
    return None


def is_furniture(line: str) -> bool:
    """Say whether a line belongs to the page: 打印本页, or 上一篇 and what it is called."""
    words = line.strip()
    return len(words) <= MAX_LINE and first(load_cues("pages.toml")["furniture"], words) is not None


def _drop(element: etree._Element) -> None:
    """Take an element out; the words behind it stay."""
    parent = element.getparent()
    if parent is None:
        return
    before, tail = element.getprevious(), element.tail or ""
    parent.remove(element)
    if before is not None:
        before.tail = (before.tail or "") + tail
    else:
        parent.text = (parent.text or "") + tail


def _weigh(body: etree._Element) -> tuple[dict[etree._Element, int], dict[etree._Element, int]]:
    """Return how many Han characters stand in each element outside of links, and how many in links."""
    words: dict[etree._Element, int] = {}
    links: dict[etree._Element, int] = {}
    for element in reversed(list(body.iter())):
        own, linked = _han(element.text), 0
        for child in element:
            own += words[child] + _han(child.tail)
            linked += links[child]
        if element.tag == "a" and element.get("href"):
            own, linked = 0, own + linked
        words[element], links[element] = own, linked
    return words, links


def _han(words: str | None) -> int:
    return len(_NOT_HAN.sub("", words)) if words else 0


def _is_frame(element: etree._Element, words: dict[etree._Element, int], links: dict[etree._Element, int]) -> bool:
    """Say whether a small element is the site's own: by its kind, its name, or because it is a list of links."""
    listed = links[element] >= 12 and links[element] >= 4 * words[element] and sum(1 for _ in element.iter("a")) >= 3
    named = element.tag in ("nav", "footer", "aside") or _matches("frame", element)
    hidden = element.get("hidden") is not None or _HIDDEN.search(element.get("style") or "") is not None
    return (listed or named or hidden) and (hidden or not _ATTACHED.search("".join(_attached(element))))


def _attached(element: etree._Element) -> Iterator[str]:
    """Yield the words of an element, and where its links lead."""
    yield from element.itertext()
    yield from (link.get("href", "") for link in element.iter("a"))


def _matches(table: str, element: etree._Element) -> bool:
    name = f"{element.get('id') or ''} {element.get('class') or ''}".lower()
    return len(name) > 1 and first(load_cues("pages.toml")[table], name) is not None


def _named(body: etree._Element, words: dict[etree._Element, int]) -> etree._Element | None:
    """Return the place that is named as the document's: the outermost, when it holds most of what there is."""
    found = (element for element in body.iter() if words[element] >= words[body] * 0.5 > 0 and _matches("content", element))
    return next(found, None)


def _heaviest(body: etree._Element, words: dict[etree._Element, int]) -> etree._Element:
    """Return the innermost element that holds most words, with nothing outside that reads like a document."""
    here, total = body, words[body]
    while total:
        inner = next((child for child in here if words[child] >= max(_MOST * total, _LEAST.get(child.tag, total + 1))), None)
        if inner is None:
            break
        beside = [here.text or "", *(child.tail or "" for child in here)]
        beside += ["".join(child.itertext()) for child in here if child is not inner]
        if any(first(load_cues("pages.toml")["document"], outside) for outside in beside):
            break
        here = inner
    return here


def _is_title(words: str) -> bool:
    return 6 <= _han(words) <= 100 and not _plain(words).endswith(("…", "..."))


def _plain(words: str) -> str:
    return re.sub(r"\s+", " ", words).strip()
