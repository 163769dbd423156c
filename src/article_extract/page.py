"""
What the stages pass on: pages, places, blocks, verdicts, claims.

Stages read these values and never change them; the tree is read-only after `parse`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple

from article_extract.records import Author, Embed, Image, Placement, Problem, RelatedKind
from article_extract.text import LINE_BREAK

if TYPE_CHECKING:
    from lxml.etree import _Element


@dataclass(frozen=True, slots=True)
class FetchedPage:
    """A page as the network gave it."""

    url: str
    """The address after redirects."""
    content: bytes
    content_type: str | None = None
    """The HTTP header."""
    status: int = 200


@dataclass(frozen=True, slots=True)
class DecodedPage:
    """Markup as text."""

    text: str
    encoding: str
    """WHATWG name of the encoding used; `"str"` when the caller gave text."""
    kind: Literal["html", "empty", "binary", "json", "text"] = "html"
    """What the content looks like; everything but html and text has nothing to parse."""
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """A parsed page."""

    root: _Element
    url: str | None = None
    base_url: str | None = None
    """What relative links are relative to: `<base href>` or the URL."""
    problems: tuple[Problem, ...] = ()


class Names(NamedTuple):
    """The names of an element, read once for each distinct set of attributes."""

    words: frozenset[str]
    """Lower-case words of all names, and pairs of neighbouring words ("shareBar" gives share, bar, share-bar)."""
    trait: str | None
    """What the markup vocabulary says of it ("share", "body", "related"), None where it says nothing."""
    strong: bool
    """Whether the trait makes everything within chrome."""
    hidden: bool
    shape: int
    """Equal for elements with the same names, digits aside."""


NO_NAMES: Final = Names(frozenset(), None, False, False, 0)


class Within:
    """Bits for what stands around a block, inherited down the tree; plain numbers, since the walk combines them for every element."""

    HEADING: Final = 1
    LIST: Final = 2
    TABLE: Final = 4
    QUOTE: Final = 8
    FIGURE: Final = 16
    CAPTION: Final = 32
    LINK: Final = 64
    NAV: Final = 128
    HEADER: Final = 256
    FOOTER: Final = 512
    ASIDE: Final = 1024
    FORM: Final = 2048
    BUTTON: Final = 4096
    HIDDEN: Final = 8192
    ARTICLE: Final = 16384
    MAIN: Final = 32768
    PRE: Final = 65536
    HEAD_ROW: Final = 131072
    PARAGRAPH: Final = 262144
    STRONG: Final = 524288
    TIME: Final = 1048576
    DIALOG: Final = 2097152


@dataclass(slots=True, eq=False)
class Place:
    """An element of the page as the walk met it, with what it inherits from the elements around it.

    Written by `segment` alone, read by everybody after it.
    """

    parent: Place | None
    tag: str
    nth: int
    """Position among the element children of its parent, from 1."""
    depth: int
    within: int
    """Bits of `Within`."""
    names: Names
    """What class, id, role and data attributes say."""
    chrome_around: Place | None
    """The nearest element around whose names make everything within it chrome; `chrome` counts this one too."""
    href: str | None
    """Target of the nearest link around, as written."""
    element: _Element | None
    """Kept for quotations, times and what may be an embed alone, whose attributes are asked for later."""
    css_class: str = ""
    css_id: str = ""
    """Both as written."""
    rel: str = ""
    """`rel` and `itemprop`."""
    first_block: int = 0
    """Index of the first block within; `last_block` is one past the last."""
    last_block: int = 0
    chars: int = 0
    """Letters of all text within (filled after the walk, like the next three)."""
    link_chars: int = 0
    prose_chars: int = 0
    """Letters of running text within: blocks with sentences and few links, outside chrome."""
    blocks: int = 0
    """Text blocks within."""
    _path: str | None = None

    @property
    def chrome(self) -> Place | None:
        """The nearest element around (or this) whose names make everything within it chrome.

        The root never is: its names speak of the whole page. Not stored, since a place that refers to itself keeps the
        whole tree alive until the garbage is collected.
        """
        return self if self.names.strong and self.parent is not None else self.chrome_around

    @property
    def path(self) -> str:
        """CSS selector from body down (`:nth-child` counts elements), for people, browsers and `--explain`."""
        if self._path is None:
            chain = [self]
            place = self.parent
            while place is not None and place._path is None:
                chain.append(place)
                place = place.parent
            path = place._path if place is not None and place._path is not None else ""
            for place in reversed(chain):
                if len(path) <= 4000:  # else absurdly nested pages
                    before = f"{path} > " if path else ""
                    named = place.tag in ("html", "body")
                    path = f"{before}{place.tag}" if named else f"{before}{place.tag}:nth-child({place.nth})"
                place._path = path
        return self._path or ""


MarkKind = Literal["link", "strong", "emphasis", "code", "sub", "sup", "span", "time"]
"""`span` is any other inline element with names of its own."""


class Mark(NamedTuple):
    """An inline element within a block: `raw[start:end]`."""

    kind: MarkKind
    start: int
    end: int
    value: str | None = None
    """href of a link, datetime of a time."""
    place: Place | None = None
    """The element itself, where its names mean something, it is hidden, or a `span` or `strong` has names at all."""


class BlockKind(StrEnum):
    """What a block is made of."""

    TEXT = "text"
    IMAGE = "image"
    """img, picture, amp-img: no text."""
    EMBED = "embed"
    """An element that may be an embed (iframe, amp-*, video, a div with a post's id): may enclose text blocks."""
    LINK = "link"
    """A link without text (overlay, picture only)."""
    RULE = "rule"
    """hr."""


@dataclass(slots=True, eq=False)
class Block:
    """A piece of the page between two block boundaries, in reading order.

    Not frozen, because that doubles the cost of making some hundreds a page; nobody changes one after `segment`.
    """

    index: int
    kind: BlockKind
    place: Place
    """The nearest block element around."""
    raw: str = ""
    """All text nodes as they stand, with LINE_BREAK for `<br>`. Without those, the `raw` of all blocks in a row is the
    visible text of the page."""
    text: str = ""
    """White space collapsed, a newline for each `<br>`, invisible characters dropped."""
    chars: int = 0
    """Letters and digits in `text`, with CJK counted double: lengths compare across scripts."""
    link_chars: int = 0
    """Of those, how many are linked."""
    strong_chars: int = 0
    sentences: int = 0
    """Sentence marks of any script that end a sentence."""
    commas: int = 0
    heading: int = 0
    """1 to 6 within a heading, else 0."""
    marks: tuple[Mark, ...] = ()
    element: _Element | None = None
    """The element of an image, embed or link block."""

    @property
    def link_density(self) -> float:
        """Linked share of the letters, 0 to 1."""
        return self.link_chars / self.chars if self.chars else 0.0

    @property
    def is_prose(self) -> bool:
        """Running text by its look alone: a sentence, long enough, few links."""
        return (
            self.chars >= 60
            and self.heading == 0
            and (self.sentences > 0 or 160 < self.chars < 20_000)
            and self.link_chars * 3 < self.chars
            and not self.place.within & (Within.HIDDEN | Within.NAV | Within.BUTTON | Within.CAPTION)
        )

    @property
    def href(self) -> str | None:
        """Target of the first link in or around the block, as written."""
        if self.place.href:
            return self.place.href
        return next((m.value for m in self.marks if m.kind == "link" and m.value), None)


class Label(StrEnum):
    """What a span of the page is: the article's parts first, then the kinds of `Removed`."""

    TITLE = "title"
    KICKER = "kicker"
    LEAD = "lead"
    PARAGRAPH = "paragraph"
    HEADING = "heading"
    QUOTE = "quote"
    PULL_QUOTE = "pull_quote"
    LIST_ITEM = "list_item"
    TABLE_CELL = "table_cell"
    CODE = "code"
    FIGURE_CAPTION = "figure_caption"
    """Caption of a picture of the article."""
    FIGURE_CREDIT = "figure_credit"
    IMAGE = "image"
    """A picture of the article (no text)."""
    EMBED = "embed"
    RELATED = "related"
    """Title, summary or section of another story."""
    SEPARATOR = "separator"
    UNDECIDED = "undecided"
    """Between the passes only."""

    NAVIGATION = "navigation"
    SHARE = "share"
    SEE_ALSO_LABEL = "see_also_label"
    PLACEHOLDER = "placeholder"
    AD = "ad"
    NEWSLETTER = "newsletter"
    SUBSCRIBE = "subscribe"
    COMMENTS = "comments"
    BYLINE = "byline"
    DATE = "date"
    TAGS = "tags"
    CAPTION = "caption"
    PLAYER = "player"
    CONSENT = "consent"
    LOGIN = "login"
    DISCLAIMER = "disclaimer"
    TOC = "toc"
    BREADCRUMB = "breadcrumb"
    LEGAL = "legal"
    RECIRCULATION = "recirculation"
    DECORATION = "decoration"
    HIDDEN = "hidden"
    DUPLICATE = "duplicate"
    OTHER = "other"


BODY: Final = frozenset(
    (
        Label.PARAGRAPH,
        Label.HEADING,
        Label.QUOTE,
        Label.PULL_QUOTE,
        Label.LIST_ITEM,
        Label.TABLE_CELL,
        Label.CODE,
    )
)
"""Labels whose text stands in the body."""
KEPT: Final = BODY | {
    Label.TITLE,
    Label.KICKER,
    Label.LEAD,
    Label.FIGURE_CAPTION,
    Label.FIGURE_CREDIT,
    Label.IMAGE,
    Label.EMBED,
    Label.RELATED,
    Label.SEPARATOR,
}
"""Labels that a record owns; every other label is a kind of `Removed`."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a classifier says of a block, and the name of the rule that says it."""

    label: Label
    rule: str


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a block with a label of its own: `block.text[start:end]`."""

    start: int
    end: int
    label: Label
    rule: str


@dataclass(slots=True, eq=False)
class LabelledBlock:
    """A block with its verdict.

    The second pass replaces verdicts through `give`, which keeps the overruled ones for the explain report.
    """

    block: Block
    label: Label = Label.UNDECIDED
    rule: str = ""
    parts: tuple[Part, ...] = ()
    """Empty: the whole block has the label. Else the parts in order, covering the text."""
    overruled: tuple[Verdict, ...] = ()
    doubted: Verdict | None = None
    """A verdict that stands only if the model finds no story in the block."""

    def give(self, label: Label, rule: str) -> None:
        """Set the verdict, remembering the one it replaces. What a site profile says stands."""
        if self.rule.startswith("site."):
            return
        if self.label is not Label.UNDECIDED:
            self.overruled = (*self.overruled, Verdict(self.label, self.rule))
        self.label = label
        self.rule = rule
        self.parts = ()


@dataclass(slots=True, eq=False)
class Teaser:
    """Blocks that offer another story."""

    href: str
    """As written."""
    first: int
    """Index of its first block; `last` is one past its last."""
    last: int
    title_block: int | None
    """None where only an attribute says the title."""
    title: str
    label: str | None = None
    """The words that announced it."""
    placement: Placement = "end"
    kind: RelatedKind = "related"
    summary_block: int | None = None
    section_block: int | None = None
    section: str | None = None
    date_block: int | None = None
    image_block: int | None = None
    stretch: tuple[int, int] | None = None
    """Where its title stands in the text of its block, which holds further teasers; None where it has the block alone."""


@dataclass(frozen=True, slots=True)
class FoundEmbed:
    """An embed and the blocks it is made of."""

    embed: Embed
    first: int
    """Index of its first block; `last` is one past its last."""
    last: int


@dataclass(frozen=True, slots=True)
class Claim:
    """What one source says of one field. Readers state claims and never choose; `settle` does."""

    field: str
    value: Any
    """str for most fields; Author for `author`, Image for `image`, tuple of str (paragraphs) for `article_body`."""
    source: str
    """`site`, `json_ld`, `open_graph`, `meta_tags`, `microdata`, `page_state`, `byline`, `visible`, `title_tag`, `url`."""
    raw: str | None = None
    """What was printed, for dates."""


@dataclass(frozen=True, slots=True)
class Metadata:
    """The settled claims that classification uses, before the visible page is read."""

    claims: tuple[Claim, ...] = ()
    problems: tuple[Problem, ...] = ()
    titles: tuple[str, ...] = ()
    """Every title claimed by a source, without the site's name, best first."""
    descriptions: tuple[str, ...] = ()
    authors: tuple[Author, ...] = ()
    article_body: tuple[str, ...] = ()
    """Paragraphs of JSON-LD `articleBody` or page state, the longest claim."""
    site_name: str | None = None
    language: str | None = None
    types: frozenset[str] = frozenset()
    """schema.org and OpenGraph types stated for the page."""
    image: Image | None = None

    def first(self, field: str) -> Claim | None:
        """The first claim for a field in the order the sources were read."""
        return next((c for c in self.claims if c.field == field), None)

    def every(self, field: str) -> Sequence[Claim]:
        """All claims for a field."""
        return [c for c in self.claims if c.field == field]


@dataclass(frozen=True, slots=True)
class DateStamp:
    """A date as printed and as read."""

    raw: str
    value: str | None = None
    """ISO 8601, date only or with time; None when it could not be read."""
    problem: str | None = None
    """Why not, where an optional library would have read it."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of text in which quotes are looked for."""

    text: str
    where: Literal["body", "lead", "caption", "heading"] = "body"
    block: int | None = None
    """Index into `Article.body`."""
    kind: Literal["text", "block_quote", "pull_quote"] = "text"
    cite: str | None = None
    """Attribution that stands beside a block or pull quote."""


__all__ = [
    "BODY",
    "KEPT",
    "LINE_BREAK",
    "Block",
    "BlockKind",
    "Claim",
    "DateStamp",
    "DecodedPage",
    "FetchedPage",
    "FoundEmbed",
    "Label",
    "LabelledBlock",
    "Mark",
    "Metadata",
    "Page",
    "Part",
    "Passage",
    "Place",
    "Teaser",
    "Verdict",
    "Within",
]
