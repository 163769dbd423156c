"""
Where a page prints its authors: near the headline, at the head of the text or after it, the best evidence first.

Better no name than a wrong one: a bare name needs a date beside it, or to be named again elsewhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import regex

from article_extract.languages import Language
from article_extract.page import BODY, BlockKind, Claim, Label, LabelledBlock, Metadata, Within
from article_extract.records import Author
from article_extract.stages.metadata.byline_lines import CommonWords, Line, lines_of
from article_extract.stages.metadata.byline_text import (
    announced_part,
    is_byline_end,
    is_nameless_line,
    only_people,
    read_byline,
    read_desk,
    read_sign_off,
    read_signature,
    read_source,
)
from article_extract.stages.metadata.names import is_organisation, is_person, name_key
from article_extract.text import squeeze

_ABOVE: Final = 8
_BELOW: Final = 25
_AFTER_BODY: Final = 14
_OPENING: Final = 6
"""Blocks at the head of the text that may be a byline."""
_LIST: Final = 12
"""Further authors stand at most so many blocks after the first."""
_EARLY: Final = 25
_DOUBTFUL: Final = ("doubtful_author", "organisation")
_WHO: Final = (*_DOUBTFUL, "author")


def read_bylines(
    rows: Sequence[LabelledBlock], words: Language | None, base_url: str | None, metadata: Metadata
) -> list[Claim]:
    """Claims of the printed authors: of source `byline` where a line near the headline leaves no doubt, else `visible`.

    Where no person is named, the organisation printed in the author's place.
    """
    return _Reader(rows, words, base_url, metadata).read()


class _Reader:
    """The stretches of one page in which bylines stand."""

    def __init__(
        self, rows: Sequence[LabelledBlock], words: Language | None, base_url: str | None, metadata: Metadata
    ) -> None:
        self._rows = rows
        self._words = words
        self._base_url = base_url
        self._metadata = metadata
        self._common = CommonWords(rows)
        own = ("site_name", "publisher", "host")
        self._own = {squeeze(str(c.value)) for c in metadata.claims if c.field in own}
        body = [r.block.index for r in rows if r.label in BODY]
        title = next((r.block.index for r in rows if r.label is Label.TITLE), body[0] if body else 0)
        prose = next((i for i in body if i > title and rows[i].block.is_prose), len(rows))
        self._first = min(prose, title + _BELOW)
        end = max(self._first, body[-1] - 1) if body else self._first

        self._end = end
        near = self._lines(max(0, title - _ABOVE), self._first)
        self._head = [line for line in near if line.index > title]
        self._above = [
            line
            for line in reversed(near)
            if line.index < title and (line.says or line.author_links or line.row.label is Label.BYLINE)
        ]
        self._opening = self._lines(self._first, min(self._first + _OPENING, end))
        # A summary may stand before the byline.
        self._late = [line for line in self._opening if line.row.label in (Label.BYLINE, Label.DATE)]
        self._tail = self._lines(end, end + 1 + _AFTER_BODY)

    def _lines(self, first: int, last: int) -> list[Line]:
        return list(lines_of(self._rows, first, last, self._words, self._base_url))

    def _within(self) -> list[Line]:
        """What classification held for bylines amid the text; read only where nothing else is found."""
        return [line for line in self._lines(self._first, self._end) if line.row.label is Label.BYLINE]

    def read(self) -> list[Claim]:
        places = (self._head, self._above, self._late)
        if people := next(filter(None, map(self._beyond_doubt, places)), ()):
            return [Claim("author", person, "byline") for person in people]
        near = [line for place in places for line in place]
        said = [line for line in self._tail if line.says and not line.is_teaser]
        account = self._desk([line for line in near if line.says])
        people = (() if account else self._bare(self._head)) or self._at_opening() or self._beyond_doubt(said)
        desk = account or self._desk(near)
        if not people and not desk:
            tail = [line for line in self._tail if not line.is_teaser]
            people = self._beyond_doubt(tail) or self._signed() or self._beyond_doubt(self._within())
            desk = self._desk(said)
            people = people or (self._own_site() if not desk else ())
        if people:
            return [Claim("author", person, "visible") for person in people]
        desk = desk or self._source()
        return [Claim("organisation", desk, "visible")] if desk else []

    def _beyond_doubt(self, lines: Sequence[Line]) -> tuple[Author, ...]:
        """The people of the first line that is a byline by its words, names or links, and of its like right after."""
        found: dict[str, Author] = {}
        first: Line | None = None
        for line in lines:
            if first is not None and (abs(line.index - first.index) > _LIST or not _is_like(line, first)):
                continue
            if not line.is_strong or line.is_helper:
                continue
            people = self._people(line)
            if people:
                first = first or line
            elif first is None and line.says and (desk := self._desk([line])) and squeeze(desk) not in self._own:
                break
            for person in people:
                found.setdefault(name_key(person.name), person)
        return tuple(found.values())

    def _people(self, line: Line) -> tuple[Author, ...]:
        """The people that a line with evidence names, without the site's own account."""
        return tuple(p for p in self._named(line) if squeeze(p.name) not in self._own)

    def _named(self, line: Line) -> tuple[Author, ...]:
        """The people of a line; linked names where the text runs them together with others."""
        if (line.is_known and not line.says) or is_nameless_line(line.text, self._words):
            return ()
        if line.is_teaser and not (line.dated or line.says or line.named):
            return ()
        linked: dict[str, Author] = {}
        for label, url in line.author_links:
            for person in read_byline(label, self._words, [(label, url)]):
                if self._common.allow(person.name):
                    linked.setdefault(name_key(person.name), person)
        people = read_byline(line.text, self._words, line.links)
        known = {name_key(p.name) for p in people}
        if linked and not known & linked.keys():
            return tuple(linked.values())
        if linked and only_people(line.text, self._words):
            people = (*people, *(p for key, p in linked.items() if key not in known))
        if line.says or (line.announced and line.named):
            part = squeeze(announced_part(line.text, self._words))
            return people if people and (not part or squeeze(people[0].name.split()[0]) in part) else ()
        # Far into the line it is a place in an address, or a person in a sentence.
        early = bool(people) and 0 <= squeeze(line.text).find(squeeze(people[0].name)) <= _EARLY
        if linked or (line.row.label is Label.BYLINE and early) or only_people(line.text, self._words):
            return tuple(p for p in people if self._common.allow(p.name) and len(squeeze(p.name)) > 2)
        return ()

    def _bare(self, lines: Sequence[Line]) -> tuple[Author, ...]:
        """People whose names stand alone, beside a date or named again elsewhere."""
        for line in lines:
            if line.is_helper or line.links or line.is_teaser or line.is_known:
                continue
            people = self._alone(line)
            if people and (line.dated or any(self._is_confirmed(p.name) for p in people)):
                return people
        return ()

    def _alone(self, line: Line) -> tuple[Author, ...]:
        if not only_people(line.text, self._words):
            return ()
        people = read_byline(line.text, self._words)
        fits = all(len(p.name.split()) <= 4 and self._common.allow(p.name, strict=True) for p in people)
        return people if fits else ()

    def _is_confirmed(self, name: str) -> bool:
        """Whether a source claims the name, doubtfully, or a later block is the name or begins with it."""
        key = squeeze(name)
        stated = (
            c.value.name if c.field == "author" else str(c.value) for c in self._metadata.claims if c.field in _WHO
        )
        if any(squeeze(other) == key for other in stated):
            return True
        later = (r.block for r in self._rows[self._first :] if r.block.kind is BlockKind.TEXT and not r.block.heading)
        return any(squeeze(block.text[:60]).startswith(key) for block in later)

    def _at_opening(self) -> tuple[Author, ...]:
        """Several names that are a paragraph of their own among the first ones of the text, or one with "by"."""
        for line in (*self._head, *self._opening):
            if line.links or line.is_known or line.row.label not in (Label.PARAGRAPH, Label.HEADING):
                continue
            if line.row.block.heading or line.row.block.place.within & (Within.LIST | Within.TABLE):
                continue
            people = self._people(line) if line.says else self._alone(line)
            if people and (line.says or len(people) > 1):
                return people
        return ()

    def _signed(self) -> tuple[Author, ...]:
        """People in brackets or after a dash right after the text."""
        for line in self._tail[:4]:
            if not line.is_helper and (people := read_signature(line.text, self._words)):
                return people
        return ()

    def _desk(self, lines: Sequence[Line]) -> str | None:
        """The agency, paper or account that a line names in the author's place."""
        for line in lines:
            if not line.is_strong or line.is_helper or (line.is_known and not line.says):
                continue
            for label, _ in line.author_links:
                if self._is_announced(line, label) and (desk := read_desk(label, self._words, is_announced=True)):
                    return desk
            announced = line.says and (line.named or line.dated or bool(line.author_links))
            desk = read_desk(line.text, self._words, is_announced=announced)
            if desk and (is_organisation(desk) or self._common.allow(desk)):
                return desk
        return next((desk for line in lines if not line.is_known and (desk := read_sign_off(line.text))), None)

    def _is_announced(self, line: Line, label: str) -> bool:
        """Whether a link to an author's page stands after words that announce one, or alone, or beside a date."""
        if not label or label not in line.text:
            return False
        before, _, after = line.text.partition(label)
        rest = squeeze(before + after)
        return not rest or is_byline_end(before, self._words) or (line.dated and sum(map(str.isalpha, rest)) <= 12)

    def _source(self) -> str | None:
        """Who is named as the source beside the date, or in the agency's line after the text."""
        for line in self._head:
            if source := read_source(line.text, self._words) or self._site_in_place(line):
                return source
        for line in self._tail:
            if line.named and "@" in line.text and (desk := read_desk(line.text, self._words, is_announced=True)):
                return desk
        return next((desk for line in self._tail[:6] if (desk := read_sign_off(line.text))), None)

    def _site_in_place(self, line: Line) -> str | None:
        """The site's name beside a place in a dated line or a byline's: "(Hafenstadt - Hafenbote)"."""
        if not (line.dated or line.named) or line.is_known or len(line.text) > 60:
            return None
        parts = [part for part in regex.split(r"\s*[-–—,،/|()（）]\s*", line.text) if part]
        fits = len(parts) <= 3 and all(len(part.split()) <= 3 for part in parts)
        return next((part for part in parts if fits and squeeze(part) in self._own), None)

    def _own_site(self) -> tuple[Author, ...]:
        """The author who gave the site its name: a person's, none of whose words the page uses as a word."""
        if self._metadata.authors or not self._common.many:
            return ()
        for claim in self._metadata.claims:
            if claim.field in _DOUBTFUL and is_person(str(claim.value)):
                if self._common.allow(str(claim.value), strict=True):
                    return (Author(str(claim.value)),)
        return ()


def _is_like(line: Line, first: Line) -> bool:
    """Whether a line is of the same make as the first byline: a list of authors has one for each."""
    one, other = line.row.block.place, first.row.block.place
    return one.tag == other.tag and one.names.shape == other.names.shape and not line.says
