"""Building lxml trees from events: for markup deeper than a parser holds, and for copies of other people's trees."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, Final, cast

from lxml import etree

from article_extract.dom import SKIPPED

if TYPE_CHECKING:
    from lxml.etree import _Element

_EMPTY: Final = b"<html><head></head><body></body></html>"
_SOUP_MARKUP: Final = frozenset(
    ("Comment", "CData", "Declaration", "Doctype", "ProcessingInstruction", "XMLProcessingInstruction")
)
_VOID: Final = frozenset("area base br col embed hr img input link meta param source track wbr".split())
_GLUED: Final = frozenset(
    "a abbr b bdi bdo cite code em font i mark q rp rt ruby s small span strong sub sup time u".split()
)
_NOT_XML: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def empty_tree() -> _Element:
    """A new page without anything on it."""
    return cast("_Element", etree.fromstring(_EMPTY, etree.HTMLParser()))


def xml_text(text: str) -> str:
    """The text with U+FFFD for the characters that a tree cannot hold."""
    return _NOT_XML.sub("\ufffd", text)


class TreeBuilder:
    """Builds a tree from events and flattens what is nested beyond `max_depth`: its text goes to the element around.

    Void elements and those whose text is invisible are still made there, as leaves. Serves as parser target of lxml,
    which as such knows no depth limit, and for copies.
    """

    def __init__(self, max_depth: int) -> None:
        self.flattened = 0
        self._max_depth = max_depth
        self._make: Callable[..., _Element] = etree.HTMLParser().makeelement
        self._root: _Element | None = None
        self._open: list[_Element | None] = []
        self._at: list[_Element] = []
        self._pending: list[str] = []

    def start(self, tag: str, attributes: Any) -> None:
        """An element begins."""
        deep = len(self._at) >= self._max_depth
        if deep and (
            (tag not in _VOID and tag not in SKIPPED) or self._at[-1].tag in SKIPPED or len(self._at) > self._max_depth
        ):
            self._separate(tag)
            self.flattened += 1
            self._open.append(None)
            return
        self._flush()
        try:
            element = etree.SubElement(self._at[-1], tag) if self._at else self._make(tag)
        except ValueError:
            element = etree.SubElement(self._at[-1], "span") if self._at else self._make("span")
        for name, value in attributes.items():
            if name.startswith(("{", "xmlns")):
                continue
            try:
                element.set(name, value)
            except ValueError:
                element.set(re.sub(r"[\W]+", "-", name) or "data-", xml_text(value))
        if self._root is None:
            self._root = element
        self._open.append(element)
        self._at.append(element)

    def end(self, tag: str) -> None:
        """The innermost element ends."""
        if not self._open:
            return
        if self._open.pop() is None:
            self._separate(tag)
            return
        self._flush()
        if len(self._at) > 1 or not self._open:
            self._at.pop()

    def _separate(self, tag: str) -> None:
        """Words on both sides of a flattened block element stay apart."""
        if tag not in _GLUED and not (self._pending and self._pending[-1] == "\n"):
            self._pending.append("\n")

    def data(self, text: str) -> None:
        """Text within the innermost element."""
        self._pending.append(text)

    def comment(self, text: str) -> None:
        """Comments are left out."""

    def pi(self, target: str, data: str | None = None) -> None:
        """Processing instructions are left out."""

    def close(self) -> _Element:
        """The root."""
        self._flush()
        return self._root if self._root is not None else empty_tree()

    def _flush(self) -> None:
        if not self._pending:
            return
        text = "".join(self._pending)
        self._pending.clear()
        if not self._at:
            if self._root is None or not text.strip():
                return
            self._at.append(self._root)
        element = self._at[-1]
        text = xml_text(text)
        if len(element):
            last = element[-1]
            last.tail = (last.tail or "") + text
        else:
            element.text = (element.text or "") + text


def replay_lxml(root: _Element, builder: TreeBuilder) -> None:
    """Replay a tree as events, local names only. Iterative: depth is what it is for."""
    open_tags: list[tuple[_Element, Iterator[Any], str]] = []

    def enter(element: _Element) -> None:
        tag = etree.QName(element).localname
        builder.start(tag, {etree.QName(k).localname if k[:1] == "{" else k: v for k, v in element.items()})
        builder.data(_text_of(element))
        open_tags.append((element, element.iterchildren(), tag))

    enter(root)
    while open_tags:
        element, children, tag = open_tags[-1]
        child = next(children, None)
        if child is None:
            builder.end(tag)
            open_tags.pop()
            if open_tags:
                builder.data(element.tail or "")
        elif isinstance(child.tag, str):
            enter(child)
        else:
            if child.tag is etree.Entity:
                builder.data(html.unescape(child.text))
            builder.data(child.tail or "")


def _text_of(element: _Element) -> str:
    text = element.text
    return text if isinstance(text, str) else ""


def replay_soup(soup: Any, builder: TreeBuilder) -> None:
    """Replay a BeautifulSoup object as events; comments, declarations and the like are left out."""
    whole = soup.name == "[document]"
    top = [c for c in soup.contents if getattr(c, "contents", None) is not None and c.name == "html"] if whole else []
    wrapped = whole and not top
    open_tags: list[tuple[Iterator[Any], str]] = []

    def enter(tag: Any) -> None:
        attributes = {
            str(k): " ".join(map(str, v)) if isinstance(v, (list, tuple)) else str(v or "")
            for k, v in tag.attrs.items()
        }
        name = str(tag.name).rpartition(":")[2] if getattr(tag, "prefix", None) else str(tag.name)
        builder.start(name, attributes)
        open_tags.append((iter(tag.contents), name))

    if wrapped:
        builder.start("html", {})
        builder.start("body", {})
        open_tags.extend(((iter(()), "html"), (iter(soup.contents), "body")))
    elif whole:
        open_tags.append((iter(soup.contents), ""))
    else:
        enter(soup)
    while open_tags:
        children, name = open_tags[-1]
        child = next(children, None)
        if child is None:
            open_tags.pop()
            if name:
                builder.end(name)
        elif getattr(child, "contents", None) is not None:
            enter(child)
        elif type(child).__name__ not in _SOUP_MARKUP:
            builder.data(str(child))
