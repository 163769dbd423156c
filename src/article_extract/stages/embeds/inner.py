"""Markup and JSON that stand within attributes, templates and scripts."""

from __future__ import annotations

import base64
import binascii
import html
import json
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, Final, cast
from urllib.parse import unquote

import regex
from lxml import etree

from article_extract.text import collapse

if TYPE_CHECKING:
    from lxml.etree import _Element

MAX_MARKUP: Final = 60_000
"""Characters; what is longer is the state of a page, no embed."""
_MAX_NODES: Final = 3000
_BASE64: Final = regex.compile(r"[A-Za-z0-9+/\s]{40,60000}+={0,2}\s*")
_HAS_TAG: Final = regex.compile(
    r"(?i)<(?:iframe|blockquote|div|script|video|audio|amp-|figure|a|p|object|lite-|section)[\s>]"
)


def items_of(element: _Element) -> Sequence[tuple[str, str]]:
    """The attributes of an element."""
    return cast("Sequence[tuple[str, str]]", element.items())


def text_of(element: _Element) -> str:
    """All text within an element, on one line."""
    return collapse("".join(map(str, element.itertext())))


def raw_text(element: _Element) -> str:
    """The text right within an element whose content the parser may have left unparsed."""
    return (element.text or "")[:MAX_MARKUP]


def as_markup(text: str) -> str | None:
    """
    Markup out of text that may be escaped, percent-encoded or base64; None where there is none.

    >>> as_markup("&lt;iframe src=x&gt;"), as_markup("nothing")
    ('<iframe src=x>', None)
    """
    if not text or len(text) > MAX_MARKUP:
        return None
    for _ in range(3):
        if _HAS_TAG.search(text):
            return text
        if "&lt;" in text:
            text = html.unescape(text)
        elif "%3C" in text or "%3c" in text:
            text = unquote(text)
        elif "\\u003c" in text or "\\u003C" in text:
            text = (
                text.replace("\\u003c", "<")
                .replace("\\u003C", "<")
                .replace("\\u003e", ">")
                .replace("\\u003E", ">")
                .replace('\\"', '"')
                .replace("\\/", "/")
            )
        elif _BASE64.fullmatch(text):
            try:
                text = base64.b64decode("".join(text.split()), validate=True).decode("utf-8")
            except (binascii.Error, UnicodeDecodeError, ValueError):
                return None
        else:
            return None
    return None


def elements_of(markup: str) -> Iterator[_Element]:
    """The elements of a piece of markup, in document order."""
    parser = etree.HTMLParser(encoding="utf-8")
    try:
        root = etree.fromstring(f"<div>{markup}</div>".encode("utf-8", "replace"), parser)
    except (etree.LxmlError, ValueError):
        return
    if root is None:
        return
    for number, element in enumerate(root.iter()):
        if number > _MAX_NODES:
            return
        if isinstance(element.tag, str) and element.tag not in ("html", "body", "head"):
            yield element


def parse_json(text: str) -> Any:
    """JSON out of an attribute or script; None where it is none."""
    text = text.strip()
    if not text or len(text) > MAX_MARKUP:
        return None
    if text.startswith(("&#123;", "&quot;", "{&quot;", "[&quot;", "[{&quot;")):
        text = html.unescape(text)
    elif text.startswith(("%7B", "%5B")):
        text = unquote(text)
    if text[0] not in '{["':
        return None
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def walk_json(value: Any) -> Iterator[tuple[dict[str, Any] | None, str | None, str]]:
    """The strings of a JSON value with the object they stand in and their key."""
    stack: list[tuple[dict[str, Any] | None, str | None, Any]] = [(None, None, value)]
    seen = 0
    while stack and seen < _MAX_NODES:
        seen += 1
        holder, key, item = stack.pop()
        if isinstance(item, str):
            yield holder, key, item
        elif isinstance(item, dict):
            stack.extend((item, k, v) for k, v in reversed(item.items()))
        elif isinstance(item, list):
            stack.extend((holder, key, v) for v in reversed(item))
        elif isinstance(item, int) and not isinstance(item, bool):
            yield holder, key, str(item)
