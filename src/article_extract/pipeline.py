"""
The path: bytes → text → tree → blocks → labelled blocks → Article. Every stage in order.

`extract` never touches the network, never changes what it is given, and never raises for what a page holds.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from article_extract.dates import read_date
from article_extract.languages import find_language
from article_extract.options import FIELDS, Options
from article_extract.page import BODY, Claim, FetchedPage, FoundEmbed, Label, LabelledBlock, Metadata, Page, Passage
from article_extract.records import (
    Article,
    BodyBlock,
    Direction,
    Embed,
    Paragraph,
    Problem,
    Quote,
    QuoteBlock,
    Related,
    Span,
)
from article_extract.rules import phrase_book
from article_extract.sites import find_profile
from article_extract.stages.assemble import Assembled, Sources, assemble, whole_text
from article_extract.stages.classify import Scene, classify, first_pass, revise_signatures
from article_extract.stages.confidence import estimate, page_kind, read_page_features
from article_extract.stages.decode import decode
from article_extract.stages.embeds import TELLING, is_candidate, list_embeds, list_stated_embeds, same_embed
from article_extract.stages.language import settle_language
from article_extract.stages.media import Media, list_media, picture_url
from article_extract.stages.metadata import read_claims, read_page_state, read_visible, settle
from article_extract.stages.parse import adopt, parse
from article_extract.stages.quotes import list_quotes
from article_extract.stages.related import list_related
from article_extract.stages.segment import Segments, segment
from article_extract.urls import host_of

if TYPE_CHECKING:
    from bs4 import BeautifulSoup
    from lxml.etree import _Element, _ElementTree

    Source = str | bytes | bytearray | memoryview | FetchedPage | _Element | _ElementTree | BeautifulSoup

_ACCEPTED: Final = "str, bytes, an lxml element or tree, a BeautifulSoup object or a FetchedPage"


def extract(
    html: Source, *, url: str | None = None, content_type: str | None = None, options: Options = Options()
) -> Article:
    """Read the article on one page.

    `html` is markup as str or bytes, an lxml element or tree, a BeautifulSoup object, or a `FetchedPage` (whose URL and
    content type serve where none are given). `url` makes links absolute and tells the page's own link from others;
    `content_type` is the HTTP header, for its charset.

    >>> extract("<h1>Pool opens</h1><p>The town opened its pool on Monday, and many came.</p>").title
    'Pool opens'

    Raises TypeError for other argument types, nothing for page content: what is odd is in `Article.problems`.
    """
    if not isinstance(options, Options):
        raise TypeError(f"options must be Options, not {type(options).__name__}")
    for name, value in (("url", url), ("content_type", content_type)):
        if value is not None and not isinstance(value, str):
            raise TypeError(f"{name} must be str or None, not {type(value).__name__}")
    if isinstance(html, FetchedPage):
        url = url or html.url
        content_type = content_type or html.content_type
        html = html.content
    if isinstance(html, bytearray | memoryview):
        html = bytes(html)
    if isinstance(html, str | bytes):
        decoded = decode(html, content_type, options.max_bytes)
        page = parse(decoded, url, options)
        if decoded.kind not in ("html", "text"):
            return Article(url=url, kind="error" if decoded.kind == "empty" else "other", problems=page.problems)
    else:
        page = _adopted(html, url, options)
    return _read(page, options, time.monotonic())[0]


def _adopted(html: Any, url: str | None, options: Options) -> Page:
    try:
        return adopt(html, url, options)
    except TypeError:
        raise TypeError(f"html must be {_ACCEPTED}, not {type(html).__name__}") from None


def extract_file(
    path: str | Path, *, url: str | None = None, content_type: str | None = None, options: Options = Options()
) -> Article:
    """Read the article in a saved page; `.gz` files are unpacked. Raises OSError when the file cannot be read."""
    path = Path(path)
    if path.suffix == ".gz":
        import gzip

        with gzip.open(path) as file:
            content = file.read(options.max_bytes + 1)
    else:
        content = path.read_bytes()
    return extract(content, url=url, content_type=content_type, options=options)


@dataclass(frozen=True, slots=True)
class _Cut:
    """A page cut into blocks, with what its metadata say and the language it is in."""

    claims: tuple[Claim, ...]
    problems: tuple[Problem, ...]
    metadata: Metadata
    segments: Segments
    language: str
    direction: Direction


def _cut(page: Page, options: Options) -> _Cut:
    claims, problems = read_claims(page)
    metadata = settle(claims)
    segments = segment(page, is_candidate, TELLING)
    language, direction = settle_language(
        options.language,
        [c.value for c in metadata.every("language")],
        segments.blocks,
        metadata.titles[0] if metadata.titles else None,
    )
    return _Cut(claims, problems, metadata, segments, language, direction)


def _read(page: Page, options: Options, began: float) -> tuple[Article, list[float]]:
    """The article, and what the page models saw of the page."""
    cut = _cut(page, options)
    problems = [*page.problems, *cut.problems]
    metadata, segments, language = cut.metadata, cut.segments, cut.language
    blocks = segments.blocks
    book = phrase_book(language)
    wants_embeds = not _late(began, options, problems, "embeds")
    found = list_embeds(blocks, base_url=page.base_url, language=language) if wants_embeds else ()
    scene = classify(
        blocks,
        segments.places,
        metadata,
        book,
        language,
        options,
        embeds=found,
        site=find_profile(page.url, options.sites),
        host=host_of(page.url or _canonical(metadata)),
    )
    if sum(r.block.chars for r in scene.rows if r.label in BODY) < _LITTLE_TEXT:
        metadata = settle((*cut.claims, *read_page_state(page)))
    visible = read_visible(scene.rows, find_language(language), page.base_url, metadata)
    metadata = settle((*metadata.claims, *visible))
    revise_signatures(scene, [a.name for a in metadata.authors])
    media = list_media(scene.rows, _first_text(scene.rows), page.base_url, book)
    embeds, embed_at = _kept_embeds(scene.rows, found)
    if wants_embeds:
        stated = list_stated_embeds(page.root, [c.value for c in metadata.every("media_address")])
        embeds += tuple(e for e in stated if not any(same_embed(e, other) for other in embeds))
    related, record_of = _related(scene, page, metadata, language)
    made = assemble(
        scene.rows,
        Sources(
            base_url=page.base_url,
            embed_at=embed_at,
            teaser_at={
                index: (teaser, record_of.get(number))
                for number, teaser in enumerate(scene.teasers)
                for index in range(teaser.first, teaser.last)
            },
            stretch_at={
                (teaser.first, teaser.stretch[0]): (teaser, record_of.get(number))
                for number, teaser in enumerate(scene.teasers)
                if teaser.stretch is not None
            },
            images=media.images,
            picture_of_caption=media.picture_of_caption,
            lead_picture=media.lead_block,
            wants_spans=options.spans,
        ),
    )
    features = read_page_features(scene, metadata, page.url or _canonical(metadata))
    article = _article(
        page,
        options,
        began,
        problems,
        metadata,
        scene,
        features,
        media,
        embeds,
        related,
        made,
        language,
        cut.direction,
        segments.trailing,
    )
    return article, features


def _canonical(metadata: Metadata) -> str | None:
    claim = metadata.first("canonical_url")
    return claim.value if claim is not None else None


_LITTLE_TEXT: Final = 400
"""Letters of body below which the page's state JSON is worth parsing."""


def _late(began: float, options: Options, problems: list[Problem], field: str) -> bool:
    if options.max_seconds is None or time.monotonic() - began < options.max_seconds:
        return False
    problems.append(Problem("records", field, f"left out: the page took more than {options.max_seconds:g} s"))
    return True


def _first_text(rows: Sequence[LabelledBlock]) -> int:
    return next((r.block.index for r in rows if r.label in BODY), len(rows))


def _kept_embeds(
    rows: Sequence[LabelledBlock], found: Sequence[FoundEmbed]
) -> tuple[tuple[Embed, ...], dict[int, int]]:
    """The embeds that classification kept, each once, and the blocks they are made of."""
    embeds: list[Embed] = []
    at: dict[int, int] = {}
    for one in found:
        if rows[one.first].label is not Label.EMBED:
            continue
        number = next((n for n, e in enumerate(embeds) if same_embed(e, one.embed)), None)
        if number is None:
            number = len(embeds)
            embeds.append(one.embed)
        for index in range(one.first, one.last):
            at[index] = number
    return tuple(embeds), at


def _related(scene: Scene, page: Page, metadata: Metadata, language: str) -> tuple[tuple[Related, ...], dict[int, int]]:
    """The records of other stories, and which teaser (index) became which record (index)."""
    canonical = metadata.first("canonical_url")
    records, record_of = list_related(
        scene.teasers,
        scene.blocks,
        base_url=page.base_url,
        own_urls=(page.url, canonical.value if canonical else None),
        own_title=scene.blocks[scene.title].text if scene.title is not None else None,
        picture_of=lambda block: picture_url(block, page.base_url),
        read_date=lambda raw: read_date(raw, language=language).value,
    )
    return records, record_of


def _passages(made: Assembled, media: Media, lead: str | None) -> list[Passage]:
    """Where quotes are looked for: lead, body, captions; who "she" is, the text tells, not the picture before it."""
    passages = [Passage(lead, "lead")] if lead else []
    captions: list[Passage] = []
    for number, block in enumerate(made.body):
        if block.type == "heading" or not block.text:
            continue
        if isinstance(block, QuoteBlock):
            kind = "pull_quote" if block.kind == "pull" else "block_quote"
            passages.append(Passage(block.text, "body", number, kind, block.cite))  # type: ignore[arg-type]
        elif block.type == "image":
            captions.append(Passage(block.text, "caption"))
        elif block.type in ("paragraph", "list"):
            passages.append(Passage(block.text, "body", number))
    if media.lead is not None and media.lead.caption:
        captions.append(Passage(media.lead.caption, "caption"))
    return [*passages, *captions]


def _article(
    page: Page,
    options: Options,
    began: float,
    problems: list[Problem],
    settled: Metadata,
    scene: Scene,
    features: Sequence[float],
    media: Media,
    embeds: tuple[Embed, ...],
    related: tuple[Related, ...],
    made: Assembled,
    language: str,
    direction: Direction,
    trailing: str,
) -> Article:
    """Join what the stages found into the record."""
    rows = scene.rows
    problems += settled.problems
    value: Callable[[str], Any] = lambda field: claim.value if (claim := settled.first(field)) is not None else None  # noqa: E731
    raw: Callable[[str], str | None] = lambda field: claim.raw if (claim := settled.first(field)) is not None else None  # noqa: E731
    body, source = tuple(made.body), None
    if (stated := _stated_body(body, settled)) is not None:
        body, source = stated
        made.body[:] = body
    title = " ".join(made.title) or (settled.titles[0] if settled.titles else None)
    lead = "\n".join(made.lead) or None
    kicker = " ".join(made.kicker).strip(" :|–—-·•/") or None
    section = value("section")
    kind = page_kind(
        rows, settled, page.url, title, [w for w in (section, kicker) if w], scene.teasers, features, options.model
    )
    quotes: tuple[Quote, ...] = ()
    if options.wants("quotes") and not _late(began, options, problems, "quotes"):
        quotes = list_quotes(_passages(made, media, lead), language)
    image = media.lead
    if image is None and settled.image is not None:
        image = settled.image
    elif image is not None and image.url is None and settled.image is not None:
        image = replace(image, url=settled.image.url)
    sources = {
        f: c.source
        for f in ("title", "authors", "published", "modified", "section", "site_name")
        if (c := settled.first(_CLAIM_OF.get(f, f)))
    }
    if made.title:
        sources["title"] = "visible"
    if source:
        sources["body"] = source
    article = Article(
        url=page.url,
        canonical_url=value("canonical_url"),
        site_name=settled.site_name,
        section=section,
        language=language,
        direction=direction,
        kind=kind,
        title=title,
        kicker=kicker,
        lead=lead,
        description=settled.descriptions[0] if settled.descriptions else None,
        authors=settled.authors,
        published=value("published"),
        published_raw=raw("published"),
        modified=value("modified"),
        modified_raw=raw("modified"),
        tags=tuple(dict.fromkeys(c.value for c in settled.every("tag"))),
        image=image,
        body=body,
        text=whole_text(lead, body),
        quotes=quotes,
        embeds=tuple(replace(e, block=made.block_of_embed.get(n)) for n, e in enumerate(embeds)),
        related=tuple(replace(r, block=_block_before(made, n)) for n, r in enumerate(related)),
        removed=tuple(made.removed),
        paywalled=value("paywalled"),
        truncated=value("truncated"),
        next_page=value("next_page"),
        live_updates=tuple(c.value for c in settled.every("live_update")),
        confidence=estimate(features, options.model),
        problems=tuple(problems),
        spans=(*made.spans, Span(trailing, "space", "space", "segment"))
        if options.spans and trailing
        else tuple(made.spans)
        if options.spans
        else None,
        sources=tuple(sources.items()),
    )
    return article if options.fields is None else _only(article, options.fields)


_CLAIM_OF: Final = {"authors": "author"}


def _block_before(made: Assembled, number: int) -> int | None:
    """Index of the body block that an inline teaser follows; None for the others and for one before everything."""
    at = made.block_of_related.get(number)
    return at - 1 if at else None


def _stated_body(body: Sequence[BodyBlock], metadata: Metadata) -> tuple[tuple[BodyBlock, ...], str] | None:
    """The text that the metadata state, for pages whose markup holds none of it or only its beginning."""
    claim = metadata.first("article_body")
    stated = metadata.article_body
    if claim is None or not stated:
        return None
    size = sum(map(len, stated))
    if size < 200 or sum(len(b.text) for b in body if b.type != "heading") > 0.25 * size:
        return None
    return tuple(Paragraph(text, (), f"{claim.source}:articleBody") for text in stated if text), claim.source


def _only(article: Article, wanted: frozenset[str]) -> Article:
    """The article with the fields not asked for left empty."""
    empty = Article()
    kept = wanted | {"problems", "kind", "spans", "sources"}
    return replace(article, **{name: getattr(empty, name) for name in FIELDS - kept})


def read_scene(content: str | bytes, *, url: str | None = None, options: Options = Options()) -> Scene:
    """The page after the first pass of classification, for training and tools."""
    page = parse(decode(content, None, options.max_bytes), url, options)
    cut = _cut(page, options)
    blocks = cut.segments.blocks
    return first_pass(
        blocks,
        cut.segments.places,
        cut.metadata,
        phrase_book(cut.language),
        cut.language,
        options,
        embeds=list_embeds(blocks, base_url=page.base_url, language=cut.language),
        host=host_of(url),
    )


def read_page_row(content: str | bytes, *, url: str | None, options: Options) -> tuple[Article, list[float]]:
    """The article with the features of its page, for training."""
    page = parse(decode(content, None, options.max_bytes), url, options)
    return _read(page, options, time.monotonic())
