"""What the page models see of a classified page: a row of numbers, the same in training and in use."""

from __future__ import annotations

from math import log1p
from typing import TYPE_CHECKING, Final

import regex

from article_extract.page import BODY, BlockKind, Label, LabelledBlock, Metadata, Within
from article_extract.text import ends_sentence

if TYPE_CHECKING:
    from article_extract.stages.classify.scene import Scene

ARTICLE_TYPES: Final = frozenset(
    "article newsarticle reportagenewsarticle analysisnewsarticle opinionnewsarticle blogposting reviewnewsarticle backgroundnewsarticle "
    "asknewsarticle satiricalarticle techarticle scholarlyarticle advertisercontentarticle socialmediaposting report review liveblogposting".split()
)
OTHER_TYPES: Final = frozenset(
    "product offer collectionpage searchresultspage itemlist profilepage discussionforumposting qapage faqpage event jobposting localbusiness "
    "recipe softwareapplication course service product.item product.group og:product contactpage aboutpage checkoutpage store".split()
)
_PRICES: Final = "$€£¥₹₽₩"
_DATE_IN_PATH: Final = regex.compile(r"/(?:19|20)\d\d[/_-]?[01]?\d")
_WORDS: Final = regex.compile(r"[\p{L}\p{N}]+")
_NEAR: Final = 5
_HEAD: Final = 12
_QUOTES: Final = '“”„«»「」"'

NAMES: Final[tuple[str, ...]] = (
    "article_type",
    "other_type",
    "types",
    "published",
    "dated",
    "author",
    "byline",
    "article_body",
    "path_segments",
    "slug_words",
    "path_digits",
    "path_date",
    "query",
    "chars",
    "paragraphs",
    "mean_paragraph",
    "headings",
    "list_share",
    "table_share",
    "linked_share",
    "strong_share",
    "page_share",
    "prose_taken",
    "prose_after",
    "prose_before",
    "title",
    "title_words",
    "title_in_slug",
    "related",
    "recirculation",
    "inline",
    "blocks",
    "forms",
    "buttons",
    "prices",
    "questions",
    "quotes",
    "sentences",
    "images",
    "embeds",
    "lead",
    "doubt",
    "undecided",
    "first_score",
    "last_score",
    "lowest",
    "highest_before",
    "highest_within",
    "highest_after",
    "gaps",
    "holes",
    "core_share",
    "stated_share",
    "stated_length",
    "rescued",
    "removed_prose",
)


def read_page_features(scene: Scene, metadata: Metadata, url: str | None) -> list[float]:
    """One row for a classified page, columns as in NAMES."""
    rows = scene.rows
    body = [r for r in rows if r.label in BODY]
    texts = [r for r in rows if r.block.kind is BlockKind.TEXT]
    chars = sum(r.block.chars for r in body)
    first, last = (body[0].block.index, body[-1].block.index) if body else (len(rows), -1)
    whole = max(1, sum(r.block.chars for r in texts))
    title = scene.title
    types = {t.lower() for t in metadata.types}
    path = "/" + (url or "").split("?")[0].partition("//")[2].partition("/")[2]
    segments = [s for s in path.split("/") if s]
    slug = {w.casefold() for w in _WORDS.findall(max(segments, key=len, default=""))}
    title_words = [w.casefold() for w in _WORDS.findall(rows[title].block.text)] if title is not None else []
    head = rows[max(0, title - _HEAD) : title + _HEAD] if title is not None else rows[max(0, first - _HEAD) : first]
    return [
        bool(types & ARTICLE_TYPES) or any(t.endswith("newsarticle") for t in types),
        bool(types & OTHER_TYPES),
        len(types),
        metadata.first("published") is not None,
        any(r.label is Label.DATE for r in head),
        bool(metadata.authors),
        any(r.label is Label.BYLINE for r in head),
        bool(metadata.article_body),
        len(segments),
        min(12, len(slug)),
        sum(c.isdigit() for c in path[-40:]),
        _DATE_IN_PATH.search(path) is not None,
        "?" in (url or ""),
        log1p(chars),
        *_shape(body, chars),
        chars / whole,
        *_prose(scene, first, last),
        title is not None,
        min(30, len(title_words)),
        sum(w in slug for w in title_words) / max(1, len(title_words)),
        *_surroundings(scene, texts),
        *_doubts(scene, body, first, last, max(1, chars)),
    ]


def _shape(body: list[LabelledBlock], chars: int) -> tuple[float, ...]:
    """What the body is made of."""
    total = max(1, chars)
    paragraphs = [r.block for r in body if r.label is Label.PARAGRAPH]
    return (
        min(80, len(paragraphs)),
        sum(b.chars for b in paragraphs) / max(1, len(paragraphs)),
        sum(r.label is Label.HEADING for r in body) / max(1, len(body)),
        sum(r.block.chars for r in body if r.label is Label.LIST_ITEM) / total,
        sum(r.block.chars for r in body if r.label is Label.TABLE_CELL) / total,
        sum(r.block.link_chars for r in body) / total,
        sum(r.block.strong_chars for r in body) / total,
    )


def _prose(scene: Scene, first: int, last: int) -> tuple[float, float, float]:
    """Shares of the open running text that is body, and that stands after and before it."""
    total = scene.prose
    taken = after = before = 0
    for row, is_open in zip(scene.rows, scene.open_prose, strict=True):
        if not is_open:
            continue
        if row.label in BODY:
            taken += row.block.chars
        elif row.block.index > last:
            after += row.block.chars
        elif row.block.index < first:
            before += row.block.chars
    return taken / total, after / total, before / total


def _surroundings(scene: Scene, texts: list[LabelledBlock]) -> tuple[float, ...]:
    """Teasers, forms, prices: what other pages have more of."""
    body = [r for r in texts if r.label in BODY]
    chars = max(1, sum(r.block.chars for r in body))
    kinds = [(t.kind, t.placement) for t in scene.teasers]
    return (
        min(60, sum(kind == "related" for kind, _ in kinds)),
        min(60, sum(kind != "related" for kind, _ in kinds)),
        min(60, sum(placement == "inline" for _, placement in kinds)),
        log1p(len(texts)),
        min(60, sum(r.block.place.within & Within.FORM != 0 for r in texts)),
        min(60, sum(r.block.place.within & Within.BUTTON != 0 for r in texts)),
        min(60, sum(r.block.chars <= 60 and any(p in r.block.text for p in _PRICES) for r in texts)),
        min(30, sum(r.block.text.endswith(("?", "؟", "？")) for r in body)),
        sum(r.block.text.count(mark) for r in body for mark in _QUOTES) * 1000 / chars,
        sum(r.block.sentences for r in body) * 1000 / chars,
        min(60, sum(r.label is Label.IMAGE for r in scene.rows)),
        min(30, len(scene.embeds)),
        any(r.label is Label.LEAD for r in texts),
    )


def _doubts(scene: Scene, body: list[LabelledBlock], first: int, last: int, chars: int) -> tuple[float, ...]:
    """How sure the block model was, at the edges of the body above all."""
    rows, scores = scene.rows, scene.scores
    own = [scores[r.block.index] for r in body if r.block.index in scores]
    out = [(i, p) for i, p in scores.items() if rows[i].label not in BODY]
    inner = [r for r in rows[first : last + 1] if r.block.kind is BlockKind.TEXT]
    stated = scene.body_key
    keys = [key for r in body if len(key := scene.key_of(r.block)) >= 20] if stated else []
    holes = runs = 0
    in_body = True
    for row in inner:
        if (row.label in BODY) != in_body:
            in_body = not in_body
            runs += not in_body
        holes += row.label not in BODY
    return (
        sum(min(p, 1 - p) * rows[i].block.chars for i, p in scores.items()) / chars,
        min(40, sum(0.2 < p < 0.8 for p in scores.values())),
        scores.get(first, 1.0),
        scores.get(last, 1.0),
        min(own, default=1.0),
        max((p for i, p in out if first - 2 * _NEAR <= i < first), default=0.0),
        max((p for i, p in out if first < i < last), default=0.0),
        max((p for i, p in out if last < i <= last + 2 * _NEAR), default=0.0),
        min(20, runs),
        holes / max(1, len(inner)),
        scene.core.prose_chars / scene.prose,
        sum(len(k) for k in keys if k in stated) / max(1, sum(map(len, keys))) if stated else -1.0,
        min(3.0, sum(map(len, keys)) / len(stated)) if stated else -1.0,
        any(r.rule == "sequence.rescued" for r in body),
        sum(r.block.chars for r in inner if r.label not in BODY and ends_sentence(r.block.text)) / chars,
    )
