"""Claims of the visible page: bylines and date lines that classification found."""

from __future__ import annotations

from collections.abc import Sequence

from article_extract.languages import Language
from article_extract.page import BODY, Block, BlockKind, Claim, Label, LabelledBlock, Metadata
from article_extract.stages.metadata.bylines import read_bylines
from article_extract.stages.metadata.date_lines import is_date_label, read_visible_date
from article_extract.text import flatten

_BEFORE_TITLE = 10
_AFTER_BODY = 14
_AFTER_TITLE = 25
_SHORT = 200
_CLOSE = 12
_LINE = 80
_FAR_AFTER_BODY = 60
_OF_PICTURES = frozenset((Label.FIGURE_CAPTION, Label.FIGURE_CREDIT, Label.CAPTION))
"""Their dates say when a picture was taken."""
_NO_DATES = _OF_PICTURES | {Label.TITLE, Label.HIDDEN}


def read_visible(
    rows: Sequence[LabelledBlock], words: Language | None, base_url: str | None, metadata: Metadata
) -> tuple[Claim, ...]:
    """Authors and dates printed between a little above the headline and a little below the text."""
    body = [r.block.index for r in rows if r.label in BODY]
    title = next((r.block.index for r in rows if r.label is Label.TITLE), body[0] if body else 0)
    end = body[-1] if body else title
    claims: list[Claim] = []
    for row in rows[max(0, title - _BEFORE_TITLE) : end + _AFTER_BODY]:
        block = row.block
        if row.label is Label.TAGS and block.kind is BlockKind.TEXT:
            claims.extend(Claim("tag", tag, "visible") for tag in _tags_of(block))
            continue
        if block.kind is not BlockKind.TEXT or row.rule.startswith(("teaser.", "names.")):
            continue
        if row.label is Label.DATE:
            stamped = [m.value for m in block.marks if m.kind == "time" and m.value]
            at = block.place
            if not stamped and at.tag == "time" and at.element is not None and (value := at.element.get("datetime")):
                stamped.append(value)
            claims.extend(read_visible_date(_said_before(rows, block, words) + block.text, words))
            claims.extend(
                Claim(c.field, c.value, "visible", block.text)
                for value in stamped
                for c in read_visible_date(value, words)
            )
    if not any(c.field == "published" and c.value for c in claims):
        claims.extend(_dates_after(rows[end + _AFTER_BODY : end + _FAR_AFTER_BODY], rows, words))
    near = [
        row
        for row in rows[max(0, title - _BEFORE_TITLE) : title + _AFTER_TITLE]
        if row.block.kind is BlockKind.TEXT
        and len(row.block.text) < _SHORT
        and not row.rule.startswith("teaser.")
        and row.label not in _OF_PICTURES
        and (row.label not in BODY or len(row.block.text) < _LINE)
    ]
    if not any(c.field == "published" and c.value for c in claims):
        claims.extend(_unlabelled_dates(near, rows, words) or _unlabelled_dates(_after_title(rows, title), rows, words))
    claims.extend(read_bylines(rows, words, base_url, metadata))
    return tuple(claims)


def _said_before(rows: Sequence[LabelledBlock], block: Block, words: Language | None) -> str:
    """The block before a date, where it is nothing but a word such as "Updated"."""
    before = next(
        (r for r in reversed(rows[max(0, block.index - 3) : block.index]) if r.block.kind is BlockKind.TEXT), None
    )
    if before is None or not is_date_label(before.block.text, words):
        return ""
    return before.block.text + " "


def _dates_after(
    rows: Sequence[LabelledBlock], page: Sequence[LabelledBlock], words: Language | None
) -> Sequence[Claim]:
    """Dates well below the text, of those alone that a block before them calls published or updated."""
    claims: list[Claim] = []
    for row in rows:
        if (
            row.label is Label.DATE
            and not row.rule.startswith("teaser.")
            and (said := _said_before(page, row.block, words))
        ):
            claims.extend(read_visible_date(said + row.block.text, words))
    return claims


def _after_title(rows: Sequence[LabelledBlock], title: int) -> Sequence[LabelledBlock]:
    """The short blocks around the headline up to the text, also those that look like another story's."""
    stop = next((n for n in range(title + 1, len(rows)) if rows[n].label in BODY), title)
    found = [r for r in rows[max(0, title - 2) : min(stop, title + _CLOSE)] if r.block.kind is BlockKind.TEXT]
    return [r for r in found if len(r.block.text) < _LINE and r.label not in _NO_DATES]


def _tags_of(block: Block) -> Sequence[str]:
    """The linked words of a tag list, without # and separators."""
    if block.place.href is not None:
        return [tag] if (tag := flatten(block.raw).strip(" #,;·|")) and len(tag) <= 60 else []
    tags = [flatten(block.raw[m.start : m.end]).strip(" #,;·|") for m in block.marks if m.kind == "link"]
    return [tag for tag in tags if 1 < len(tag) <= 60]


def _unlabelled_dates(
    rows: Sequence[LabelledBlock], page: Sequence[LabelledBlock], words: Language | None
) -> Sequence[Claim]:
    """The first dates near the headline, whatever classification took their block for."""
    for row in rows:
        texts = [m.value for m in row.block.marks if m.kind == "time" and m.value]
        for text in (*texts, _said_before(page, row.block, words) + row.block.text):
            found = [c for c in read_visible_date(text, words) if c.value]
            if found:
                return found
    return ()
