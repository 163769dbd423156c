"""Everything the metadata readers look at, collected in one pass over the tree."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from article_extract.page import Page
from article_extract.text import collapse

if TYPE_CHECKING:
    from lxml.etree import _Element

_TAGS: Final = ("meta", "link", "script", "title", "time", "h1", "article", "main")
_MAX_VALUE: Final = 20_000
"""Longer meta contents are cut: no field needs them."""
_MAX_TITLE: Final = 2_000
_MAX_METAS: Final = 2_000


@dataclass(frozen=True, slots=True)
class Head:
    """Metas, links and scripts of a page, wherever they stand."""

    metas: tuple[tuple[str, str], ...] = ()
    """Key (`property`, `name`, `itemprop` or `http-equiv`, lower case) and content, in document order."""
    links: tuple[tuple[str, str], ...] = ()
    """`rel`, lower case, and `href` as written."""
    json_ld: tuple[str, ...] = ()
    """Texts of `application/ld+json` scripts."""
    state: tuple[tuple[str, str], ...] = ()
    """Type or id, and text, of scripts that may hold the page's state as JSON."""
    title: str | None = None
    language: str | None = None
    """`lang` of the root, or of the body."""
    microdata: bool = False
    """Whether any of the elements met has an `itemprop` or `itemscope`."""


def read_head(page: Page) -> Head:
    """Collect what the readers need. One C-level pass; text of other elements is not touched."""
    metas: list[tuple[str, str]] = []
    links: list[tuple[str, str]] = []
    json_ld: list[str] = []
    state: list[tuple[str, str]] = []
    title: str | None = None
    microdata = False
    for element in page.root.iter(*_TAGS):
        tag = element.tag
        if tag == "meta":
            content = element.get("content") or element.get("value")
            if content and len(metas) < _MAX_METAS:
                content = content[:_MAX_VALUE]
                for attribute in ("property", "name", "itemprop", "http-equiv"):
                    if key := element.get(attribute):
                        metas.append((key.strip().lower(), content))
                        if attribute == "itemprop":
                            microdata = True
                        break
        elif tag == "link":
            rel, href = element.get("rel"), element.get("href")
            if rel and href:
                links.append((rel.strip().lower(), href))
        elif tag == "script":
            kind = element.get("type")
            if kind is not None and "json" in kind and element.text:
                if "ld+json" in kind.lower():
                    json_ld.append(element.text)
                else:
                    state.append((element.get("id") or kind, element.text))
        elif tag == "title":
            if title is None and not _is_in_picture(element):
                title = collapse((element.text or "")[:_MAX_TITLE]) or None
        elif not microdata and (element.get("itemprop") is not None or element.get("itemscope") is not None):
            microdata = True
    language = page.root.get("lang") or page.root.get("xml:lang")
    if not language and (body := page.root.find("body")) is not None:
        language = body.get("lang")
    return Head(tuple(metas), tuple(links), tuple(json_ld), tuple(state), title, language, microdata)


def _is_in_picture(element: _Element) -> bool:
    parent = element.getparent()
    while parent is not None:
        if parent.tag == "svg":
            return True
        if parent.tag in ("head", "body", "html"):
            return False
        parent = parent.getparent()
    return False
