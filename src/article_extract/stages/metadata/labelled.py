"""Claims of the visible page: bylines and date lines that classification found."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from article_extract.languages import Language
from article_extract.page import BODY, Block, BlockKind, Claim, Label, LabelledBlock
from article_extract.records import Author
from article_extract.stages.metadata.names import is_person
from article_extract.stages.metadata.visible import is_byline, read_byline, read_desk, read_visible_date
from article_extract.text import flatten
from article_extract.urls import absolute

_BEFORE_TITLE = 10
_AFTER_BODY = 14
_AFTER_TITLE = 25
_SHORT = 200
_AUTHOR_PAGE = regex.compile(
    r"[/?](?:authors?|autor(?:en|es|in)?|auteurs?|autori|people|profiles?|profil|staff|contributors?|journalists?|writers?|by)[/=]",
    regex.IGNORECASE,
)


def read_visible(rows: Sequence[LabelledBlock], words: Language | None, base_url: str | None) -> tuple[Claim, ...]:
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
        if row.label is Label.BYLINE and row.rule != "phrase.author_bio":
            links = [
                (flatten(block.raw[m.start : m.end]), absolute(m.value, base_url))
                for m in block.marks
                if m.kind == "link"
            ]
            if block.place.href:
                links.append((block.text, absolute(block.place.href, base_url)))
            people = read_byline(block.text, words, links)
            claims.extend(Claim("author", author, "visible") for author in people)
            if not people and (desk := read_desk(block.text, words)):
                claims.append(Claim("organisation", desk, "visible"))
        elif row.label is Label.DATE:
            stamped = [m.value for m in block.marks if m.kind == "time" and m.value]
            at = block.place
            if not stamped and at.element is not None and at.tag == "time" and (value := at.element.get("datetime")):
                stamped.append(value)
            claims.extend(read_visible_date(block.text, words))
            claims.extend(
                Claim(c.field, c.value, "visible", block.text)
                for value in stamped
                for c in read_visible_date(value, words)
            )
    near = [
        row
        for row in rows[max(0, title - _BEFORE_TITLE) : title + _AFTER_TITLE]
        if row.block.kind is BlockKind.TEXT and len(row.block.text) < _SHORT and not row.rule.startswith("teaser.")
    ]
    if not any(c.field == "published" and c.value for c in claims):
        claims.extend(_unlabelled_dates(near, words))
    if not any(c.field == "author" for c in claims):
        claims.extend(Claim("author", author, "visible") for author in _unlabelled_authors(near, words, base_url))
    return tuple(claims)


def _tags_of(block: Block) -> Sequence[str]:
    """The linked words of a tag list, without # and separators."""
    if block.place.href is not None:
        return [tag] if (tag := flatten(block.raw).strip(" #,;·|")) and len(tag) <= 60 else []
    tags = [flatten(block.raw[m.start : m.end]).strip(" #,;·|") for m in block.marks if m.kind == "link"]
    return [tag for tag in tags if 1 < len(tag) <= 60]


def _unlabelled_dates(rows: Sequence[LabelledBlock], words: Language | None) -> Sequence[Claim]:
    """The first dates near the headline, whatever classification took their block for."""
    for row in rows:
        texts = [m.value for m in row.block.marks if m.kind == "time" and m.value]
        for text in (*texts, row.block.text):
            found = [c for c in read_visible_date(text, words) if c.value]
            if found:
                return found
    return ()


def _unlabelled_authors(
    rows: Sequence[LabelledBlock], words: Language | None, base_url: str | None
) -> Sequence[Author]:
    """People named near the headline after "by", in a date line, or by a link to an author's page."""
    for row in rows:
        text = row.block.text
        # A date line may also hold topics: without "by", a link must say that a name is one.
        said = is_byline(text, words) or (
            any(m.value and _AUTHOR_PAGE.search(m.value) for m in row.block.marks)
            and any(c.value for c in read_visible_date(text, words))
        )
        if said and (people := read_byline(text, words)):
            return people
    for row in rows:
        text = row.block.text
        if row.block.href and _AUTHOR_PAGE.search(row.block.href) and text[:1].isupper() and is_person(text):
            return (Author(text, absolute(row.block.href, base_url)),)
    return ()
