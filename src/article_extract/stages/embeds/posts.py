"""The words of a post: who wrote it, when, and what."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

import regex

from article_extract.records import Embed
from article_extract.stages.embeds.providers import registry
from article_extract.text import LINE_BREAK, collapse, collapse_lines, phrase_key

if TYPE_CHECKING:
    from lxml.etree import _Element

_HANDLE: Final = regex.compile(r"[(（]\s*@(?P<handle>[\w.-]{1,60}(?:@[\w.-]{3,60})?)\s*[)）]")
_PICTURE: Final = regex.compile(r"(?:https?://)?(?:pic\.(?:twitter|x)\.com|t\.co)/\w{1,20}")
_DASHES: Final = "—–-―−"
_EDGE: Final = f"{_DASHES} \n\u00a0•·*▪\u200e\u200f,،:：'’"
_MAX_NAME: Final = 90
_MAX_DATE: Final = 70
_MAX_POST: Final = 320
_SKIP: Final = frozenset(("script", "style", "svg", "noscript", "template"))
_BREAKS: Final = frozenset(("br", "p", "div", "section", "li", "blockquote", "time", "header", "footer"))


class Signature(NamedTuple):
    """Who is said to have written a post."""

    name: str | None
    handle: str
    date: str | None
    """As printed."""
    start: int
    """Where it begins in the text."""
    shared: bool = False
    """Whether it is Instagram's "A post shared by"."""


def words_of(element: _Element) -> str:
    """The text of an element, a line for each block or break."""
    return collapse_lines("".join(_pieces(element)))


def _pieces(element: _Element) -> Iterator[str]:
    open_elements: list[tuple[_Element, Iterator[_Element]]] = [(element, iter(element))]
    if element.text:
        yield element.text
    while open_elements:
        current, children = open_elements[-1]
        child = next(children, None)
        if child is None:
            open_elements.pop()
            if open_elements:
                if current.tag in _BREAKS:
                    yield LINE_BREAK
                if current.tail:
                    yield current.tail
            continue
        if not isinstance(child.tag, str) or child.tag in _SKIP:
            if child.tail:
                yield child.tail
            continue
        if child.tag in _BREAKS and child.tag != "time":
            yield LINE_BREAK
        if child.text:
            yield child.text
        open_elements.append((child, iter(child)))


def find_signature(text: str) -> Signature | None:
    r"""
    The "Name (@handle) date" that a text ends with, in any script.

    >>> find_signature("Water is back.\n— Town Hall (@townhall) May 3, 2024")
    Signature(name='Town Hall', handle='townhall', date='May 3, 2024', start=15, shared=False)
    """
    every = list(_HANDLE.finditer(text[:20000]))
    if not every:
        return None
    found = every[-1]
    after = text[found.end() :]
    if len(after) > _MAX_DATE + 40:
        return None
    line_start = text.rfind("\n", 0, found.start()) + 1
    before = text[line_start : found.start()]
    start = line_start
    for dash in ("— ", "– ", "― ", "-- ", "&mdash; ", "—"):
        at = before.rfind(dash)
        if at >= 0:
            start = line_start + at
            before = before[at + len(dash) :]
            break
    else:
        if pictures := list(_PICTURE.finditer(before)):
            start = line_start + pictures[-1].end()
            before = before[pictures[-1].end() :]
    name, shared = _name(before)
    date = after.strip(_EDGE)
    dated = any(c.isnumeric() for c in date) and len(date) <= _MAX_DATE
    return Signature(name, found["handle"], date if dated else None, start, shared)


def _name(text: str) -> tuple[str | None, bool]:
    shared = False
    name = collapse(text).strip(_EDGE)
    lower = name.casefold()
    for phrase in registry().shared_by:
        if lower.startswith(phrase) and not lower[len(phrase) : len(phrase) + 1].isalpha():
            name = name[len(phrase) :].strip(_EDGE)
            shared = True
            break
    return name if 0 < len(name) <= _MAX_NAME else None, shared


def is_frame_line(line: str) -> bool:
    """
    Whether a post's frame added the line: "View this post on Instagram".

    >>> is_frame_line("Sieh dir diesen Beitrag auf Instagram an")
    True
    """
    key = phrase_key(line)
    return not key or key in _frame_keys()


@cache
def _frame_keys() -> frozenset[str]:
    return frozenset(map(phrase_key, registry().markup["view_post"]))


def post_words(lines: str, signature: Signature | None) -> str | None:
    """The words of a post without what its frame added."""
    text = lines[: signature.start] if signature else lines
    kept = [line for line in text.split("\n") if not is_frame_line(line)]
    words = "\n".join(kept).strip().strip(_DASHES).strip()
    return words or None


def date_of(raw: str | None, language: str | None) -> str | None:
    """A printed date as ISO 8601."""
    if not raw:
        return None
    from article_extract.dates import read_date

    return read_date(raw, language=language).value


def read_flattened_post(texts: Sequence[str], *, language: str | None = None) -> Embed | None:
    """
    A post that a site printed as paragraphs or list items: its words, then "Name (@handle) date", in any script.

    None unless the last text is such a line, with a date or after a `pic.twitter.com` address.

    >>> read_flattened_post(["Water is back. pic.twitter.com/AbC123", "Town Hall (@townhall) 3 May 2024"]).handle
    'townhall'
    """
    texts = [collapse_lines(text).strip("•·*▪ ") for text in texts if text and not text.isspace()]
    if not texts or len(texts) > 12 or len(texts[-1]) > 4000:
        return None
    last = texts[-1]
    signature = find_signature(last)
    if signature is None:
        return None
    has_picture = any(_PICTURE.search(text) for text in texts)
    before = last[: signature.start].strip()
    dashed = last[signature.start : signature.start + 1] in _DASHES and bool(before or len(texts) > 1)
    if signature.name is None or not (signature.date or has_picture):
        return None
    if len(texts) == 1 and not before:
        return None
    if before and not dashed and not _PICTURE.search(before[-40:]):
        return None
    words = "\n".join([*texts[:-1], *([before] if before else [])]).strip()
    if not words:
        return None
    if not has_picture and not dashed and not (len(words) <= _MAX_POST and date_of(signature.date, language)):
        return None
    network = "mastodon" if "@" in signature.handle else "bluesky" if "." in signature.handle else "x"
    return Embed(
        provider="instagram" if signature.shared else network,
        kind="post",
        author=signature.name,
        handle=signature.handle,
        text=words,
        published=date_of(signature.date, language),
        placeholder=True,
    )
