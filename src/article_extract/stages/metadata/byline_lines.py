"""
Short lines of a page with what speaks for their being a byline.

A line is judged by its form, whatever classification took it for: words that announce an author, names and `rel` of the
markup, links to pages of authors, a date beside it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import unquote

import regex

from article_extract.languages import Language
from article_extract.page import BODY, BlockKind, Label, LabelledBlock, Place, Within
from article_extract.stages.metadata.byline_text import is_byline, is_helper
from article_extract.stages.metadata.date_lines import read_visible_date
from article_extract.text import collapse_lines, flatten, squeeze
from article_extract.urls import TOPIC_PAGE, absolute

_LONGEST: Final = 200
_DIGIT: Final = regex.compile(r"\p{Nd}")
_ANNOUNCEMENT: Final = 30
_AUTHOR_PAGE: Final = regex.compile(
    r"[/?](?:[\w-]*authors?|autor(?:en|es|in)?|auteurs?|autori|autore|staff|contributors?|journalists?|writers?|reporters?|"
    r"columnists?|columnistas?|by|redakteure?|bio)[/=]",
    regex.IGNORECASE,
)
_PERSON_PAGE: Final = regex.compile(
    r"[/?](?:people|[\w-]*profiles?|profil|experts?|our-experts|team|members?|users?|u)[/=]|linkedin\.com/in/|"
    r"(?:substack|medium)\.com/@|^mailto:[^?]",
    regex.IGNORECASE,
)
"""Pages of people who need not be authors."""
_SUBJECT: Final = regex.compile(r"/(?:places?|stars?|teams?|players?|companies)/", regex.IGNORECASE)
"""Further pages that are named after whom stories are about."""
_MOST_NAMES: Final = 4
_AUTHOR_WORDS: Final = frozenset(
    "author authors byline bylines autor autore auteur autoren writer writers reporter reporters journalist journalists "
    "contributor contributors creator verfasser penulis yazar skribent signature vcard".split()
)
_OTHER_WORDS: Final = frozenset("comment comments photo image picture caption credit related teaser".split())
"""Names of what has an author of its own."""
_SKIPPED: Final = frozenset(
    (Label.FIGURE_CAPTION, Label.FIGURE_CREDIT, Label.CAPTION, Label.COMMENTS, Label.TITLE, Label.TAGS,
     Label.PLAYER, Label.LOGIN, Label.TOC, Label.BREADCRUMB, Label.LEGAL)
)  # fmt: skip
"""What is never a byline."""
_SPEAKING: Final = ("phrase.byline", "phrase.author_bio")


@dataclass(frozen=True, slots=True)
class Line:
    """A short text block with its evidence."""

    row: LabelledBlock
    text: str
    links: tuple[tuple[str, str | None], ...]
    """Texts and absolute addresses."""
    author_links: tuple[tuple[str, str | None], ...]
    """Those to pages of authors, or of people where a date or a name of the markup supports it."""
    says: bool
    """Words in the line announce an author."""
    announced: bool
    """Such words are a line of their own before it."""
    named: bool
    """The markup's names call it a byline."""
    dated: bool
    """It holds a date, or the line before or after it is one."""
    is_helper: bool
    """Words announce an editor, a reviewer, a translator."""
    is_known: bool
    """It is, or begins with, a phrase known to be something else."""

    @property
    def index(self) -> int:
        """Index of its block."""
        return self.row.block.index

    @property
    def is_strong(self) -> bool:
        """Whether words, markup or a link leave little doubt."""
        return self.says or self.announced or self.named or bool(self.author_links)

    @property
    def is_teaser(self) -> bool:
        """Whether classification holds it for part of another story's teaser."""
        return self.row.rule.startswith("teaser.")


def lines_of(
    rows: Sequence[LabelledBlock], first: int, last: int, words: Language | None, base_url: str | None
) -> Iterator[Line]:
    """The short text blocks of `rows[first:last]`, with their evidence."""
    texts = [r for r in rows[first:last] if r.block.kind is BlockKind.TEXT and r.label is not Label.HIDDEN]
    dates = [len(r.block.text) < _LONGEST and _has_date(r.block.text, words) for r in texts]
    before = ""
    for n, row in enumerate(texts):
        block, text = row.block, _parted(row, words)
        previous, before = before if len(before) <= _ANNOUNCEMENT else "", text
        if len(text) > _LONGEST or row.label in _SKIPPED or (row.label in BODY and block.is_prose):
            continue
        if block.place.within & (Within.NAV | Within.BUTTON):
            continue
        links = [
            (flatten(block.raw[m.start : m.end]).strip(), m.value) for m in block.marks if m.kind == "link" and m.value
        ]
        if block.place.href:
            links.append((text, block.place.href))
        if row.label is Label.NAVIGATION and not all(_AUTHOR_PAGE.search(href) for _, href in links):
            continue
        named, dated, says = _is_named(row), any(dates[max(0, n - 1) : n + 2]), is_byline(text, words)
        supported = named or dated or says
        yield Line(
            row,
            text,
            tuple((label, absolute(href, base_url)) for label, href in links),
            tuple(
                (label, absolute(href, base_url))
                for label, href in links
                if _AUTHOR_PAGE.search(href)
                or (supported and (_PERSON_PAGE.search(href) or _is_named_after(href, label)))
            ),
            says,
            bool(previous) and is_byline(previous, words, alone=True),
            named,
            dated,
            is_helper(text, words) or (bool(previous) and is_helper(previous, words, alone=True)),
            row.rule.startswith("phrase.") and not row.rule.startswith(_SPEAKING),
        )


def _is_named_after(href: str, label: str) -> bool:
    """Whether an address ends with the very name that it is the link of: "/redaktion/ann-lee"; topics have such pages too."""
    path = href.split("?", maxsplit=1)[0].rstrip("/")
    folder, _, slug = path.rpartition("/")
    return (
        1 < len(label.split()) <= _MOST_NAMES
        and bool(folder)
        and _plain(unquote(slug)) == _plain(label)
        and not (TOPIC_PAGE.search(f"{folder}/") or _SUBJECT.search(f"{folder}/"))
    )


def _plain(text: str) -> str:
    """Letters without their accents, which addresses leave out."""
    return squeeze("".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c)))


def _parted(row: LabelledBlock, words: Language | None) -> str:
    """The block's text, with a separator where inline elements run together: "Ann LeeBo Ruiz"."""
    block = row.block
    if not block.marks or len(block.raw) > 2 * _LONGEST:
        return block.text
    edges = sorted({edge for mark in block.marks for edge in (mark.start, mark.end) if 0 < edge < len(block.raw)})
    text, at = "", 0
    for edge in edges:
        if block.raw[edge - 1].islower() and (block.raw[edge].isupper() or block.raw[edge].isdigit()):
            piece = block.raw[at:edge]
            text += piece + (" " if is_byline(piece.strip(), words, alone=True) else " | ")
            at = edge
    return collapse_lines(text + block.raw[at:]) if at else block.text


def _has_date(text: str, words: Language | None) -> bool:
    return _DIGIT.search(text) is not None and any(c.value for c in read_visible_date(text, words))


def _is_named(row: LabelledBlock) -> bool:
    """Whether class, `rel` or `itemprop` of the element, or of those close around it, call it a byline."""
    at: Place | None = row.block.place
    for _ in range(3):
        if at is None or at.chars > 3 * _LONGEST or at.prose_chars or at.blocks > 8:
            break
        if at.names.words & _OTHER_WORDS:
            return False
        if at.names.words & _AUTHOR_WORDS or at.tag == "address" or _is_author(at.rel):
            return True
        at = at.parent
    return any(m.place is not None and m.place.names.words & _AUTHOR_WORDS for m in row.block.marks)


def _is_author(rel: str) -> bool:
    return "author" in rel or "creator" in rel.split()


class CommonWords:
    """Words that the page writes with a small letter: in scripts with capitals, names are not made of them."""

    def __init__(self, rows: Sequence[LabelledBlock]) -> None:
        self._rows = rows
        self._words: frozenset[str] | None = None

    def allow(self, name: str, *, strict: bool = False) -> bool:
        """Whether not all words of the name are common ones; `strict`: whether none is."""
        parts = [part.lower() for part in _CAPITAL.findall(name)]
        if not parts:
            return True
        if self._words is None:
            texts = (r.block.text for r in self._rows if r.block.kind is BlockKind.TEXT)
            self._words = frozenset(word for text in texts for word in _SMALL.findall(text))
        common = [part in self._words for part in parts]
        return not (any(common) if strict else all(common))

    @property
    def many(self) -> bool:
        """Whether the page has enough Latin words to tell."""
        self.allow("Xx")
        return self._words is not None and sum(word.isascii() for word in self._words) > 50


_SMALL: Final = regex.compile(r"(?<![\p{L}’'-])\p{Ll}[\p{L}’'-]+")
_CAPITAL: Final = regex.compile(r"\p{Lu}[\p{L}’'-]+")
