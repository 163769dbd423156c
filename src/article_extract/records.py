"""
What the user gets: an `Article` and the records in it.

All are frozen, slotted values. They hold no tree: they pickle, compare and print. `Article.to_dict()` gives the
same names with JSON types; its JSON Schema ships as `data/article.schema.json`. Paths say where something stood on
the page; they are for people and tools and are not part of equality.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar, Final, Literal

SCHEMA_VERSION: Final = "1.0"
"""Version of the dict form. The first number changes when a key is renamed, removed or changes its meaning."""

Direction = Literal["ltr", "rtl"]
PageKind = Literal["article", "opinion", "liveblog", "video", "gallery", "index", "error", "other"]
InlineKind = Literal["link", "strong", "emphasis", "code", "sub", "sup"]
QuoteKind = Literal["full", "partial", "block", "pull"]
QuotePlace = Literal["body", "lead", "caption"]
EmbedKind = Literal["post", "video", "audio", "image", "chart", "map", "document", "poll", "form", "rich"]
Placement = Literal["inline", "end", "aside"]
RelatedKind = Literal["related", "recirculation"]
RemovedKind = Literal[
    "navigation",
    "share",
    "see_also_label",
    "placeholder",
    "ad",
    "newsletter",
    "subscribe",
    "comments",
    "byline",
    "date",
    "tags",
    "caption",
    "player",
    "consent",
    "login",
    "disclaimer",
    "toc",
    "breadcrumb",
    "legal",
    "recirculation",
    "decoration",
    "hidden",
    "duplicate",
    "other",
]


@dataclass(frozen=True, slots=True)
class Author:
    """A person who wrote the article; an organisation only when no person is named."""

    name: str
    url: str | None = None
    """Absolute address of the author's page."""
    role: str | None = None
    """As printed: "Political editor"."""


@dataclass(frozen=True, slots=True)
class Image:
    """The lead image. A picture within the body is an `ImageBlock`."""

    url: str | None
    """Absolute; the largest source the page offers."""
    alt: str | None = None
    caption: str | None = None
    """Without its credit."""
    credit: str | None = None
    width: int | None = None
    """Pixels, as stated."""
    height: int | None = None


@dataclass(frozen=True, slots=True)
class Inline:
    """Formatting of a stretch of a paragraph: `text[start:end]`, in code points."""

    kind: InlineKind
    start: int
    end: int
    url: str | None = None
    """Absolute target of a link; None for the other kinds."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text."""

    type: ClassVar[str] = "paragraph"
    text: str
    inline: tuple[Inline, ...] = ()
    path: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of body text."""

    type: ClassVar[str] = "heading"
    text: str
    level: int
    """1 to 6, as marked up; 3 where only its look makes it a heading."""
    path: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class QuoteBlock:
    """A block quote, or a pull quote (a display copy, not part of `Article.text`)."""

    type: ClassVar[str] = "quote"
    text: str
    kind: Literal["block", "pull"]
    cite: str | None = None
    """Attribution inside the block, or the absolute address of its `cite` attribute."""
    path: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class ListItem:
    """One item of a list."""

    text: str
    level: int = 0
    """Depth of nesting, from 0."""


@dataclass(frozen=True, slots=True)
class ListBlock:
    """A list of the article."""

    type: ClassVar[str] = "list"
    ordered: bool
    items: tuple[ListItem, ...]
    path: str = field(default="", compare=False)

    @property
    def text(self) -> str:
        """The items, one a line."""
        return "\n".join(item.text for item in self.items)


@dataclass(frozen=True, slots=True)
class Table:
    """A table of the article."""

    type: ClassVar[str] = "table"
    rows: tuple[tuple[str, ...], ...]
    header: bool = False
    """Whether the first row is a header."""
    caption: str | None = None
    path: str = field(default="", compare=False)

    @property
    def text(self) -> str:
        """The rows, one a line, cells separated by tabs."""
        return "\n".join("\t".join(row) for row in self.rows)


@dataclass(frozen=True, slots=True)
class ImageBlock:
    """A picture at its place in the body."""

    type: ClassVar[str] = "image"
    url: str | None
    alt: str | None = None
    caption: str | None = None
    credit: str | None = None
    path: str = field(default="", compare=False)

    @property
    def text(self) -> str:
        """The caption, or an empty string; not part of `Article.text`."""
        return self.caption or ""


@dataclass(frozen=True, slots=True)
class EmbedBlock:
    """Where an embed stood in the body."""

    type: ClassVar[str] = "embed"
    embed: int
    """Index into `Article.embeds`."""
    path: str = field(default="", compare=False)

    @property
    def text(self) -> str:
        """Always empty: the embed's words are in its record."""
        return ""


@dataclass(frozen=True, slots=True)
class RelatedBlock:
    """Where an inline "see also" stood in the body."""

    type: ClassVar[str] = "related"
    related: int
    """Index into `Article.related`."""
    path: str = field(default="", compare=False)

    @property
    def text(self) -> str:
        """Always empty: the story's title is in its record."""
        return ""


@dataclass(frozen=True, slots=True)
class Code:
    """Preformatted text or program code."""

    type: ClassVar[str] = "code"
    text: str
    language: str | None = None
    path: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Separator:
    """A thematic break (`hr`, "* * *") between body blocks."""

    type: ClassVar[str] = "separator"
    path: str = field(default="", compare=False)

    @property
    def text(self) -> str:
        """Always empty."""
        return ""


BodyBlock = (
    Paragraph | Heading | QuoteBlock | ListBlock | Table | ImageBlock | EmbedBlock | RelatedBlock | Code | Separator
)
BODY_BLOCK_TYPES: Final[Mapping[str, type[BodyBlock]]] = {
    t.type: t
    for t in (
        Paragraph,
        Heading,
        QuoteBlock,
        ListBlock,
        Table,
        ImageBlock,
        EmbedBlock,
        RelatedBlock,
        Code,
        Separator,
    )
}


@dataclass(frozen=True, slots=True)
class Quote:
    """Words that somebody said, as the article prints them.

    A quote split around a reporting clause is two records; one that reopens its mark in the next paragraph is one
    record a paragraph, the later ones with `continues`.
    """

    text: str
    """Without its marks."""
    speaker: str | None = None
    """The fullest name or description in the article for who said it; None rather than a wrong one."""
    mention: str | None = None
    """What stands beside the quote: "he", "Lavrov"."""
    cue: str | None = None
    """The reporting verb or the word that names a source, as printed."""
    kind: QuoteKind = "full"
    where: QuotePlace = "body"
    block: int | None = None
    """Index into `Article.body`; None for lead and captions."""
    start: int | None = None
    """`body[block].text[start:end] == text` for inline quotes in the body; None elsewhere. Code points."""
    end: int | None = None
    implicit: bool = False
    """The speaker is not named in the same paragraph."""
    continues: bool = False


@dataclass(frozen=True, slots=True)
class Embed:
    """Something of another service, or the site's own player, within the article."""

    provider: str
    """Lower-case key: `x`, `youtube`, `maps`, `datawrapper`, …; `site-video` or `site-audio` for the site's own player."""
    kind: EmbedKind
    id: str | None = None
    url: str | None = None
    """Canonical address where provider and id give one."""
    author: str | None = None
    handle: str | None = None
    """Without the @."""
    text: str | None = None
    """The words of a post, where the page holds them."""
    published: str | None = None
    """ISO 8601."""
    title: str | None = None
    placeholder: bool = False
    """The page holds only a stand-in: lazy-loaded, consent-walled or script-less."""
    block: int | None = None
    """Index into `Article.body` of its EmbedBlock; None when it stands outside the body."""


@dataclass(frozen=True, slots=True)
class Related:
    """Another story that the page offers."""

    title: str
    url: str | None = None
    """Absolute, without tracking parameters."""
    summary: str | None = None
    section: str | None = None
    image: str | None = None
    """Absolute address of its picture."""
    published: str | None = None
    """ISO 8601."""
    label: str | None = None
    """The words that announced it."""
    placement: Placement = "end"
    kind: RelatedKind = "related"
    block: int | None = None
    """Index of the body block it follows, for inline ones."""


@dataclass(frozen=True, slots=True)
class Removed:
    """Visible text of the page that no other field owns."""

    kind: RemovedKind
    text: str
    path: str = field(default="", compare=False)
    rule: str = ""
    """Name of the rule that decided."""


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the page's visible text, raw white space included, and who owns it."""

    text: str
    owner: str
    """`title`, `kicker`, `lead`, `body[3]`, `image`, `embeds[0]`, `related[2]` or `removed[7]`; `space` for white space
    between the pieces."""
    label: str
    rule: str
    path: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class LiveUpdate:
    """One entry of a live blog."""

    title: str | None
    published: str | None
    """ISO 8601."""
    author: str | None
    body: tuple[BodyBlock, ...]


@dataclass(frozen=True, slots=True)
class Problem:
    """Something odd on the page; never raised."""

    stage: str
    """`decode`, `parse`, `metadata`, `segment`, `classify`, `records` or `assemble`."""
    field: str | None
    """The Article field concerned, if one."""
    message: str


@dataclass(frozen=True, slots=True)
class Article:
    """The article on one page, and everything the site put around it.

    Empty strings never stand for "none": absent scalars are None, absent collections are empty tuples.
    """

    url: str | None = None
    """As given."""
    canonical_url: str | None = None
    """As the page states, absolute."""
    site_name: str | None = None
    section: str | None = None
    """Newspaper section."""
    language: str = "und"
    """BCP 47 tag, from the text when the markup lies or is silent; `"und"` when nothing tells."""
    direction: Direction = "ltr"
    kind: PageKind = "other"
    title: str | None = None
    """The headline as displayed, without the site's name."""
    kicker: str | None = None
    """Short label above the headline."""
    lead: str | None = None
    """The standfirst as displayed between headline and body, parts joined by a newline. Never the meta description."""
    description: str | None = None
    """The summary that the page's metadata state."""
    authors: tuple[Author, ...] = ()
    published: str | None = None
    """ISO 8601, with the time zone when the page gives one."""
    published_raw: str | None = None
    """What was printed."""
    modified: str | None = None
    modified_raw: str | None = None
    tags: tuple[str, ...] = ()
    image: Image | None = None
    body: tuple[BodyBlock, ...] = ()
    """The article in reading order."""
    text: str = ""
    """Lead (when displayed) and body as plain text, blocks separated by a blank line."""
    quotes: tuple[Quote, ...] = ()
    embeds: tuple[Embed, ...] = ()
    related: tuple[Related, ...] = ()
    removed: tuple[Removed, ...] = ()
    """Every visible text of the page that no other field owns."""
    paywalled: bool | None = None
    """Stated as not free; None when nothing is stated."""
    truncated: bool | None = None
    """The text is visibly cut; None when nothing tells."""
    next_page: str | None = None
    """Where a multi-page article goes on, absolute."""
    live_updates: tuple[LiveUpdate, ...] = ()
    confidence: float = 0.0
    """Estimated probability that `text` is the whole article and nothing else, 0 to 1."""
    problems: tuple[Problem, ...] = ()
    spans: tuple[Span, ...] | None = None
    """The whole page in order, with `Options(spans=True)`; else None."""
    sources: tuple[tuple[str, str], ...] = field(default=(), compare=False)
    """Which source settled a field: `(("title", "visible"), ("published", "json_ld"))`. Not part of the dict form."""

    def to_dict(self) -> dict[str, Any]:
        """The record as JSON types, `schema_version` included; `from_dict` reads it back to an equal value."""
        from article_extract.serialize.dicts import article_to_dict

        return article_to_dict(self)

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Article:
        """Read what `to_dict` gave. Raises RecordError naming the key for anything else."""
        from article_extract.serialize.dicts import article_from_dict

        return article_from_dict(data)

    def to_json(self, *, indent: int | None = None) -> str:
        """`to_dict()` as JSON text; other scripts are kept readable."""
        from article_extract.serialize.dicts import article_to_json

        return article_to_json(self, indent=indent)

    def to_text(self) -> str:
        """Title and `text` as plain text, separated by a blank line."""
        from article_extract.serialize.text import article_to_text

        return article_to_text(self)

    def to_markdown(self) -> str:
        """The article as Markdown (CommonMark, tables as in GitHub's)."""
        from article_extract.serialize.markdown import article_to_markdown

        return article_to_markdown(self)

    def to_html(self) -> str:
        """The article as a clean, escaped `<article>` element with `lang` and `dir`."""
        from article_extract.serialize.html import article_to_html

        return article_to_html(self)

    def to_schema_org(self) -> dict[str, Any]:
        """The article as schema.org NewsArticle (or its closest type), ready for `json.dumps`."""
        from article_extract.serialize.schema_org import article_to_schema_org

        return article_to_schema_org(self)
