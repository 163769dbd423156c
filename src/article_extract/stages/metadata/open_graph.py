"""Claims of OpenGraph (https://ogp.me/), its `article:` vocabulary, and Twitter cards."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from article_extract.dates import read_date
from article_extract.page import Claim
from article_extract.records import Author, Image
from article_extract.stages.metadata.names import split_names
from article_extract.stages.metadata.values import clean_text, split_tags
from article_extract.urls import absolute

SOURCE: Final = "open_graph"
_TEXTS: Final = {
    "og:title": "title",
    "twitter:title": "title",
    "og:description": "description",
    "twitter:description": "description",
    "og:site_name": "site_name",
    "article:section": "section",
    "og:section": "section",
    "og:article:section": "section",
}
_DATES: Final = {
    "article:published_time": "published",
    "article:published": "published",
    "og:article:published_time": "published",
    "og:published_time": "published",
    "og:pubdate": "published",
    "article:modified_time": "modified",
    "article:modified": "modified",
    "og:article:modified_time": "modified",
    "og:updated_time": "modified",
}
_AUTHORS: Final = frozenset(
    ("article:author", "og:article:author", "article:author_name", "article:author:name", "og:author")
)
_AUTHOR_LABELS: Final = frozenset(
    (
        "written by; by; author; verfasst von; geschrieben von; écrit par; rédigé par; escrito por; scritto da; "
        "skrevet av; skriven av; skrevet af; geschreven door; napisane przez; написано автором; автор; yazan; كُتب "
        "بواسطة; kirjoittanut; por; par; ditulis oleh; được viết bởi; 執筆者; 作者; 글쓴이; נכתב על ידי; συντάχθηκε "
        "από; napsal(a)"
    ).split("; ")
)
"""Labels that WordPress writes in `twitter:label1` before the author's name, lower case."""


def read_open_graph(metas: Sequence[tuple[str, str]], base: str | None, language: str | None) -> Iterator[Claim]:
    """Claims of the metas, in document order; og:title comes before twitter:title."""
    values: dict[str, str] = {}
    for key, content in metas:
        values.setdefault(key, content)
        if key in _TEXTS and not key.startswith("twitter:"):
            if text := clean_text(content):
                yield Claim(_TEXTS[key], text, SOURCE)
        elif key in _DATES:
            stamp = read_date(content, language=language)
            yield Claim(_DATES[key], stamp.value, SOURCE, stamp.raw)
        elif key in _AUTHORS:
            for name, role in split_names(clean_text(content) or ""):
                yield Claim("author", Author(name, None, role), SOURCE)
        elif key in ("article:tag", "og:article:tag"):
            for tag in split_tags(content):
                yield Claim("tag", tag, SOURCE)
        elif key == "og:type":
            yield Claim("type", content.strip(), SOURCE)
        elif key == "og:url":
            if url := absolute(content, base):
                yield Claim("canonical_url", url, SOURCE)
        elif key == "og:locale":
            yield Claim("language", content.strip().replace("_", "-"), SOURCE)
        elif key in ("article:content_tier", "og:article:content_tier"):
            tier = content.strip().lower()
            if tier in ("free", "locked", "metered", "paid", "premium"):
                yield Claim("paywalled", tier != "free", SOURCE)
    for key in ("twitter:title", "twitter:description"):
        if text := clean_text(values.get(key)):
            yield Claim(_TEXTS[key], text, SOURCE)
    for number in ("1", "2"):
        if values.get(f"twitter:label{number}", "").strip().lower() in _AUTHOR_LABELS:
            for name, role in split_names(clean_text(values.get(f"twitter:data{number}")) or ""):
                yield Claim("author", Author(name, None, role), SOURCE)
    yield from _images(values, base)


def _images(values: dict[str, str], base: str | None) -> Iterator[Claim]:
    address = values.get("og:image:secure_url") or values.get("og:image") or values.get("og:image:url")
    if url := absolute(address, base):
        alt = clean_text(values.get("og:image:alt"))
        yield Claim(
            "image",
            Image(url, alt, None, None, _number(values.get("og:image:width")), _number(values.get("og:image:height"))),
            SOURCE,
        )
    for key in ("twitter:image", "twitter:image:src"):
        if url := absolute(values.get(key), base):
            yield Claim("image", Image(url, clean_text(values.get("twitter:image:alt"))), SOURCE)


def _number(value: str | None) -> int | None:
    text = (value or "").strip()
    return int(text) if text.isascii() and text.isdigit() and 0 < len(text) < 6 and int(text) else None
