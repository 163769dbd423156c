"""Claims of microdata (`itemprop`, https://html.spec.whatwg.org/#microdata) and RDFa (`property`) in the page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from lxml import etree

from article_extract.dates import read_date
from article_extract.page import Claim, Page
from article_extract.records import Author, Image
from article_extract.stages.metadata.names import is_organisation, is_person, split_names
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
_MAX: Final = 3_000
_OTHERS: Final = ("comment", "itemlistelement", "review", "hasPart", "ispartof", "mentions", "citation", "isrelatedto")


def read_microdata(page: Page, language: str | None) -> Iterator[Claim]:
    """Claims of elements with `itemprop` that belong to the page's main item.

    Properties of items within another story's item (a comment, a list of teasers) state nothing; where a field is stated
    more than three times it belongs to a list.
    """
    found: dict[str, list[_Element]] = {}
    for element in _FIND(page.root)[:_MAX]:
        for prop in (element.get("itemprop") or "").lower().split():
            if (prop in _WANTED and element.tag != "meta") or prop in ("datepublished", "datemodified", "image"):
                found.setdefault(prop, []).append(element)
                break
    for prop, elements in found.items():
        field = _WANTED[prop]
        if len(elements) > 3 and field != "author":
            elements = [e for e in elements if not _is_within_other(e)][:1]
        for element in elements[:6]:
            if _is_within_other(element):
                continue
            yield from _claims(field, element, page.base_url, language)


def _claims(field: str, element: _Element, base: str | None, language: str | None) -> Iterator[Claim]:
    if field in ("published", "modified"):
        raw = element.get("content") or element.get("datetime") or _text(element)
        if raw and len(raw) < 100:
            stamp = read_date(raw, language=language)
            yield Claim(field, stamp.value, SOURCE, stamp.raw)
    elif field == "image":
        inner = element.find(".//*[@itemprop='url']") if element.get("itemscope") is not None else None
        address = (inner if inner is not None else element).get("content") or element.get("src") or element.get("href")
        if url := absolute(address, base):
            yield Claim("image", Image(url, element.get("alt") or None), SOURCE)
    elif field == "author":
        yield from _authors(element, base)
    elif field != "article_body" and (text := element.get("content") or _text(element)) and len(text) < 500:
        yield Claim(field, collapse(text), SOURCE)


def _authors(element: _Element, base: str | None) -> Iterator[Claim]:
    is_group = "Organization" in (element.get("itemtype") or "")
    names = element.findall(".//*[@itemprop='name']") if element.get("itemscope") is not None else []
    for each in names[:8] or [element]:
        text = collapse(each.get("content") or _text(each) or "")
        if not text or len(text) > 120:
            continue
        link = each if each.tag == "a" else element if element.tag == "a" else element.find(".//a[@href]")
        url = absolute(link.get("href"), base) if link is not None and len(names) < 2 else None
        if is_group:
            yield Claim("organisation", text, SOURCE)
            continue
        people = split_names(text, stated=bool(names))
        if not people and is_organisation(text):
            yield Claim("organisation", text, SOURCE)
        for name, role in people:
            if is_person(name, stated=True):
                yield Claim("author", Author(name, url if len(people) == 1 else None, role), SOURCE)


def _text(element: _Element) -> str:
    return collapse("".join(str(t) for t in element.itertext()))[:600]


def _is_within_other(element: _Element) -> bool:
    """Whether an item that is not the page's own stands around: two scopes deep, apart from author and image items."""
    parent = element.getparent()
    steps = 0
    while parent is not None and steps < 60:
        prop = (parent.get("itemprop") or "").lower()
        if prop in _OTHERS:
            return True
        kind = parent.get("itemtype") or ""
        if kind.endswith(("/Comment", "/UserComments", "/ListItem", "/ItemList")):
            return True
        parent = parent.getparent()
        steps += 1
    return False
