"""From an address to the record of an embed, and whether two records are of one thing."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

import regex

from article_extract.records import Embed
from article_extract.stages.embeds.providers import Address, find_address
from article_extract.urls import path_key

_BARE: Final = regex.compile(r"(?:https?:)?//[^\s<>\"]{6,600}")


def record_of(found: Address, **details: Any) -> Embed:
    """The record for an address; what is None in `details` is left out."""
    details = {k: v for k, v in details.items() if v is not None}
    details.setdefault(
        "handle", found.handle if found.provider.kind in ("post", "image") or found.provider.key == "tiktok" else None
    )
    return Embed(
        provider=found.provider.reported_key, kind=found.provider.kind, id=found.id, url=found.url or None, **details
    )


def read_url_embed(url: str) -> Embed | None:
    """
    The embed for an address that stands alone in a paragraph; None for profiles, channels, pages.

    >>> read_url_embed("https://youtu.be/aB3-_dE6gH9").id
    'aB3-_dE6gH9'
    """
    url = url.strip()
    if not _BARE.fullmatch(url):
        return None
    found = find_address(url)
    if found is None or not found.provider.bare:
        return None
    return replace(record_of(found), placeholder=True)


def same_embed(a: Embed, b: Embed) -> bool:
    """Whether two records are of one thing."""
    if a.provider != b.provider:
        return False
    if a.id and b.id:
        return a.id == b.id or (a.url is not None and a.url == b.url)
    if a.url and b.url:
        return path_key(a.url) == path_key(b.url)
    if a.text and b.text:
        return a.text[:80] == b.text[:80] and a.handle == b.handle
    return a == b
