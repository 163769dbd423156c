"""Claims of microdata (`itemprop`, https://html.spec.whatwg.org/#microdata) in the page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final, cast

from lxml import etree

from article_extract.dates import read_date
from article_extract.page import Claim, Page
from article_extract.records import Author, Image
from article_extract.stages.metadata.names import is_organisation, split_names
from article_extract.text import collapse
from article_extract.urls import absolute

if TYPE_CHECKING:
    from lxml.etree import _Element

SOURCE: Final = "microdata"
_FIND: Final = etree.XPath("descendant::*[@itemprop]")
_WANTED: Final = {
    "headline": "title",
    "datepublished": "published",
    "datecreated": "published",
    "datemodified": "modified",
    "author": "author",
    "creator": "author",
    "articlesection": "section",
    "image": "image",
    "articlebody": "article_body",
}
_ITEMS: Final = ("article", "posting", "webpage", "report", "creativework", "recipe", "review", "videoobject", "video")
"""Ends of the names of types whose properties may be the page's."""
_MAX: Final = 3_000
_MAX_TEXT: Final = 600


def read_microdata(page: Page, language: str | None) -> Iterator[Claim]:
    """Claims of the properties of the page's main item.

    Properties belong to the nearest item around. Of several items the main one is that with a body; where none or
    several have one, that with the most properties of those that come first; lists of teasers have many alike and state
    nothing.
    """
    groups: dict[_Element | None, list[tuple[str, _Element]]] = {}
    for element in cast("list[_Element]", _FIND(page.root))[:_MAX]:
        for prop in (element.get("itemprop") or "").lower().split():
            if prop in _WANTED:
                owner, is_ours = _owner(element)
                if is_ours:
                    groups.setdefault(owner, []).append((prop, element))
                break
    main = _main_item(groups)
    for prop, element in main:
        yield from _claims(_WANTED[prop], element, page.base_url, language)


def _main_item(groups: dict[_Element | None, list[tuple[str, _Element]]]) -> list[tuple[str, _Element]]:
    with_body = [g for g in groups.values() if any(prop == "articlebody" for prop, _ in g)]
    if len(with_body) == 1:
        return with_body[0]
    if len(groups) > 4:
        return []
    return max(with_body or groups.values(), key=lambda g: len({prop for prop, _ in g}), default=[])


def _owner(element: _Element) -> tuple[_Element | None, bool]:
    """The item that a property belongs to, and whether it can be the page's: a comment's or a list's cannot."""
    around = element.getparent()
    while around is not None:
        if around.get("itemscope") is not None:
            kind = (around.get("itemtype") or "").lower().rstrip("/")
            prop = (around.get("itemprop") or "").lower()
            return around, kind.endswith(_ITEMS) and prop in ("", "mainentity", "mainentityofpage", "blogpost")
        around = around.getparent()
    return None, True


def _claims(field: str, element: _Element, base: str | None, language: str | None) -> Iterator[Claim]:
    if field in ("published", "modified"):
        raw = element.get("content") or element.get("datetime") or _text(element)
        if raw and len(raw) < 100:
            stamp = read_date(raw, language=language)
            yield Claim(field, stamp.value, SOURCE, stamp.raw)
    elif field == "image":
        inner = element.find(".//*[@itemprop='url']") if element.get("itemscope") is not None else None
        address = element if inner is None else inner
        if url := absolute(address.get("content") or address.get("src") or address.get("href"), base):
            yield Claim("image", Image(url, element.get("alt") or None), SOURCE)
    elif field == "author":
        yield from _authors(element, base)
    elif field != "article_body":
        text = collapse(element.get("content") or _text(element))
        if text and len(text) < _MAX_TEXT:
            yield Claim(field, text, SOURCE)


def _authors(element: _Element, base: str | None) -> Iterator[Claim]:
    is_item = element.get("itemscope") is not None
    names = element.findall(".//*[@itemprop='name']") if is_item else []
    for each in names[:8] or [element]:
        text = collapse(each.get("content") or _text(each))
        if not text or len(text) > 120:
            continue
        link = each if each.tag == "a" else element if element.tag == "a" else element.find(".//a[@href]")
        url = absolute(link.get("href"), base) if link is not None and len(names) < 2 else None
        people = split_names(text, stated=is_item)
        if "Organization" in (element.get("itemtype") or "") or (not people and is_organisation(text)):
            yield Claim("organisation", text, SOURCE)
            continue
        for name, role in people:
            yield Claim("author", Author(name, url if len(people) == 1 else None, role), SOURCE)


def _text(element: _Element) -> str:
    return collapse("".join(str(t) for t in element.itertext()))[:_MAX_TEXT]
