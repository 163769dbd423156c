"""What the written forms share: which addresses are linked, and how formatting nests."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from article_extract.records import Inline

T = TypeVar("T")


def is_web_address(url: str | None) -> bool:
    """Whether an address may be linked: http(s), no script.

    >>> is_web_address("javascript:alert(1)")
    False
    """
    return url is not None and url.lower().startswith(("http://", "https://"))


def record_at(records: Sequence[T], index: int) -> T | None:
    """The record that a body block points to; None where `Options.fields` left it out."""
    return records[index] if 0 <= index < len(records) else None


def nested(inline: Sequence[Inline], length: int) -> list[Inline]:
    """The stretches that nest, outer ones first: none empty, none across another's border, no link within a link."""
    kept: list[Inline] = []
    around: list[Inline] = []
    for mark in sorted(inline, key=lambda m: (m.start, -m.end)):
        while around and around[-1].end <= mark.start:
            around.pop()
        if not 0 <= mark.start < mark.end <= length or (around and mark.end > around[-1].end):
            continue
        if any(m.kind == mark.kind for m in around) or (mark.kind == "link" and not is_web_address(mark.url)):
            continue
        around.append(mark)
        kept.append(mark)
    return kept
