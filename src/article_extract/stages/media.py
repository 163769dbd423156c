"""Pictures: their address, caption and credit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import regex

from article_extract.captions import CaptionText, join_captions, unescape
from article_extract.page import Block, Label, LabelledBlock, Place, Within
from article_extract.records import Image
from article_extract.rules import PhraseBook
from article_extract.text import LINE_BREAK, collapse
from article_extract.urls import absolute

if TYPE_CHECKING:
    from lxml.etree import _Element

_LONGEST_CREDIT: Final = 80
_LONGEST_CAPTION: Final = 700
_SETS: Final = ("data-srcset", "data-lazy-srcset", "srcset")
_CANDIDATE: Final = regex.compile(r"(\S+)(?:\s+(\d+(?:\.\d+)?)([wx]))?\s*(?:,\s*|$)")
_LAZY: Final = ("data-src", "data-original", "data-lazy-src", "data-lazy", "data-url", "data-full-src", "data-image")
_FILE: Final = regex.compile(r"\.(?:jpe?g|png|webp|avif|gif)(?:[?#!:/&]|$)", regex.IGNORECASE)
_LONGEST_SET: Final = 20000
_LONGEST_URL: Final = 4000


def read_source(element: _Element, base_url: str | None) -> str | None:
    """The largest source of a picture, absolute: `srcset` of it and of its `picture`, lazy attributes, `src`."""
    return _from_sets(element, base_url) or _from_attributes(element, base_url) or _from_around(element, base_url)


def _from_sets(element: _Element, base_url: str | None) -> str | None:
    best: tuple[float, str] | None = None
    candidates = [element]
    parent = element.getparent()
    if parent is not None and parent.tag in ("picture", "source"):
        at: _Element | None = parent
        while at is not None and at.tag in ("picture", "source"):
            candidates.extend(c for c in at if c.tag == "source")
            at = at.getparent()
    for candidate in candidates:
        for name in _SETS:
            value = candidate.get(name)
            if not value or len(value) > _LONGEST_SET:
                continue
            for url, size, unit in _CANDIDATE.findall(value):
                width = (float(size) if size else 1.0) * (500 if unit == "x" or not unit else 1)
                if not url.startswith("data:") and (best is None or width > best[0]):
                    best = (width, url.rstrip(","))
    return absolute(best[1], base_url) if best is not None else None


def _from_attributes(element: _Element, base_url: str | None) -> str | None:
    for name in _LAZY:
        if url := _address(element.get(name), base_url):
            return url
    lazy: list[tuple[int, str]] = []
    for key, value in element.items():
        name = str(key)
        if name.startswith("data-") and _FILE.search(str(value)[:_LONGEST_URL]) and " " not in str(value).strip():
            # data-src-1440, data-hi-res-src
            sizes = regex.findall(r"\d+", name)
            lazy.append((int(sizes[-1]) if sizes and len(sizes[-1]) < 6 else 0, str(value)))
    for _, value in sorted(lazy, key=lambda item: -item[0]):
        if url := _address(value, base_url):
            return url
    return _address(element.get("src"), base_url)


def _from_around(element: _Element, base_url: str | None) -> str | None:
    """For a picture whose markup holds none: the file it is linked to, or its copy for readers without scripts."""
    at = element.getparent()
    for _ in range(3):
        if at is None:
            break
        if at.tag == "a":
            href = at.get("href") or ""
            return _address(href, base_url) if _FILE.search(href[:_LONGEST_URL]) else None
        at = at.getparent()
    after = element.getnext()
    if after is not None and after.tag == "noscript":
        for copy in after.iter("img"):
            return _from_sets(copy, base_url) or _from_attributes(copy, base_url)
    return None


def _address(value: str | None, base_url: str | None) -> str | None:
    if not value or value.strip().startswith(("data:", "blob:", "{", "[", "<")):
        return None
    return absolute(value, base_url)


def picture_url(block: Block, base_url: str | None) -> str | None:
    """Address of an image block's picture."""
    return read_source(block.element, base_url) if block.element is not None else None


def read_alt(element: _Element) -> str | None:
    """The alternative text, backslash escapes undone; None when empty."""
    return unescape(collapse(element.get("alt") or "")) or None


@dataclass(slots=True)
class Media:
    """The article's pictures."""

    lead: Image | None = None
    lead_block: int | None = None
    images: dict[int, tuple[str | None, str | None, str | None, str | None]] = field(default_factory=dict)
    """Block index → url, alt, caption, credit of each picture in the body."""
    picture_of_caption: dict[int, int] = field(default_factory=dict)
    """Block index of a caption → block index of its picture."""


def list_media(rows: Sequence[LabelledBlock], first_text: int, base_url: str | None, book: PhraseBook) -> Media:
    """Pictures with their captions; the one above the first text (block index) is the lead image."""
    media = Media()
    pictures = [r.block for r in rows if r.label is Label.IMAGE]
    captions: dict[int, list[Block]] = {}
    for row in rows:
        if row.label is not Label.FIGURE_CAPTION:
            continue
        owner = _picture_for(row.block, pictures)
        if owner is not None:
            captions.setdefault(owner.index, []).append(row.block)
            media.picture_of_caption[row.block.index] = owner.index
    seen: dict[str, int] = {}
    for block in pictures:
        element = block.element
        if element is None:
            continue
        url = read_source(element, base_url)
        alt = read_alt(element)
        caption, credit = join_captions(_mark_credits(captions.get(block.index, ())), book)
        key = _picture_key(url)
        if key and key in seen:
            # A lightbox or mobile copy: its caption serves where the first has none.
            first = media.images.get(seen[key])
            if first is not None and caption and not first[2]:
                media.images[seen[key]] = (first[0], first[1], caption, credit or first[3])
            continue
        if key:
            seen[key] = block.index
        media.images[block.index] = (url, alt, caption, credit)
    lead = next((b for b in pictures if b.index in media.images and b.index < first_text), None)
    if lead is not None:
        url, alt, caption, credit = media.images.pop(lead.index)
        element = lead.element
        media.lead = Image(url, alt, caption, credit, _size(element, "width"), _size(element, "height"))
        media.lead_block = lead.index
    return media


def _size(element: _Element | None, name: str) -> int | None:
    value = (element.get(name) if element is not None else None) or ""
    return int(value) if value.isdigit() and len(value) < 6 else None


_SIZES: Final = regex.compile(r"[-_]?\d{2,4}x\d{2,4}|\?.*$")
_SHORTEST_NAME: Final = 8


def _picture_key(url: str | None) -> str | None:
    """Equal for copies of a picture in other sizes: the file's name where it tells pictures apart, else the address."""
    if not url:
        return None
    name = _SIZES.sub("", url).rsplit("/", 1)[-1]
    return name if len(name) >= _SHORTEST_NAME and _FILE.search(name) else url


def _picture_for(caption: Block, pictures: Sequence[Block]) -> Block | None:
    """The picture in the caption's figure, else the nearest one right before it, else right after."""
    at: Place | None = caption.place
    steps = 0
    while at is not None and steps < 5:
        inside = [p for p in pictures if at.first_block <= p.index < at.last_block]
        if inside:
            before = [p for p in inside if p.index < caption.index]
            return before[-1] if before else inside[0]
        at = at.parent
        steps += 1
    before = [p for p in pictures if 0 < caption.index - p.index <= 4]
    return before[-1] if before else None


def _caption_texts(block: Block) -> list[CaptionText]:
    """A caption's text; cut in two where an element of its own holds the credit."""
    for mark in block.marks:
        if mark.place is not None and mark.place.names.trait == "credit" and mark.end - mark.start < len(block.raw):
            caption = collapse((block.raw[: mark.start] + " " + block.raw[mark.end :]).replace(LINE_BREAK, " "))
            credit = collapse(block.raw[mark.start : mark.end])
            if caption and credit:
                return [CaptionText(caption), CaptionText(credit, credit=True)]
    return [CaptionText(block.text, _is_credit_place(block.place))]


def _is_credit_place(place: Place) -> bool:
    at: Place | None = place
    for _ in range(2):
        if at is None or at.tag in ("figure", "figcaption"):
            break
        if at.names.trait == "credit":
            return True
        at = at.parent
    return False


def _mark_credits(blocks: Sequence[Block]) -> list[CaptionText]:
    """The texts beside a picture; what stands in the figure outside its figcaption is the credit."""
    captioned = any(b.place.within & Within.CAPTION for b in blocks)
    texts: list[CaptionText] = []
    for block in blocks:
        outside = captioned and not block.place.within & Within.CAPTION and block.chars <= _LONGEST_CREDIT
        box = _caption_place(block.place).first_block
        texts += [CaptionText(text, credit or outside, box) for text, credit, _ in _caption_texts(block)]
    return texts


def _caption_place(place: Place) -> Place:
    """The element that holds one caption: the figcaption, or the outermost element of that name."""
    found = place
    at: Place | None = place
    while at is not None and at.chars <= _LONGEST_CAPTION and at.tag != "figure":
        if at.tag == "figcaption" or at.names.trait == "caption":
            found = at
        at = at.parent
    return found
