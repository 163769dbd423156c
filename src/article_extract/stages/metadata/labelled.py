"""Claims of the visible page: bylines and date lines that classification found."""

from __future__ import annotations

from collections.abc import Sequence

from article_extract.languages import Language
from article_extract.page import BODY, BlockKind, Claim, Label, LabelledBlock
from article_extract.stages.metadata.visible import read_byline, read_visible_date
from article_extract.urls import absolute

_BEFORE_TITLE = 10
_AFTER_BODY = 14


def read_visible(rows: Sequence[LabelledBlock], words: Language | None, base_url: str | None) -> tuple[Claim, ...]:
    """Authors and dates printed between a little above the headline and a little below the text."""
    body = [r.block.index for r in rows if r.label in BODY]
    title = next((r.block.index for r in rows if r.label is Label.TITLE), body[0] if body else 0)
    end = body[-1] if body else title
    claims: list[Claim] = []
    for row in rows[max(0, title - _BEFORE_TITLE) : end + _AFTER_BODY]:
        block = row.block
        if block.kind is not BlockKind.TEXT or row.rule.startswith(("teaser.", "names.")):
            continue
        if row.label is Label.BYLINE and row.rule != "phrase.author_bio":
            links = [
                (_flat(block.raw[m.start : m.end]), absolute(m.value, base_url))
                for m in block.marks
                if m.kind == "link"
            ]
            if block.place.href:
                links.append((block.text, absolute(block.place.href, base_url)))
            claims.extend(Claim("author", author, "visible") for author in read_byline(block.text, words, links))
        elif row.label is Label.DATE:
            stamped = [m.value for m in block.marks if m.kind == "time" and m.value]
            at = block.place
            if not stamped and at.tag == "time" and (value := at.element.get("datetime")):
                stamped.append(value)
            claims.extend(read_visible_date(block.text, words))
            claims.extend(
                Claim(c.field, c.value, "visible", block.text)
                for value in stamped
                for c in read_visible_date(value, words)
            )
    return tuple(claims)


def _flat(raw: str) -> str:
    return " ".join(raw.replace("\x00", " ").split())
