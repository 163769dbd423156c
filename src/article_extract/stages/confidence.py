"""What kind of page it is, and how sure the text is."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from math import exp
from typing import Final

import regex

from article_extract.page import BODY, BlockKind, Label, LabelledBlock, Metadata, Teaser
from article_extract.records import PageKind

_OPINION: Final = frozenset(
    "opinion opinions opinie opinión opinião opinione meinung kommentar kommentare leitartikel gastkommentar kolumne column columns columnists editorial "
    "editorials op-ed oped commentary tribune tribunes édito chronique mening åsikt debatt debate debat ledare leder mielipide pääkirjoitus мнение мнения "
    "колонка رأي آراء مقالات رای دعوت דעות γνώμη απόψεις yazarlar köşe opinia felieton komentář názory 社説 社评 评论 사설 칼럼 オピニオン ý-kiến opini kolom perspectives viewpoint".split()
)
_ERRORS: Final = regex.compile(
    r"\b(?:404|403|410|500|502|503)\b|not found|page (?:doesn.t|does not) exist|access denied|just a moment|are you a robot|attention required"
    r"|nicht gefunden|introuvable|no encontrad|non trovat|não encontrad|niet gevonden|nie znaleziono|не найдена|не знайдено|bulunamadı|غير موجودة|未找到|見つかりません",
    regex.IGNORECASE,
)
_GALLERY: Final = frozenset(
    "gallery galleries fotostrecke bildergalerie photos slideshow fotogaleria photogallery diaporama fotos galerie".split()
)


def page_kind(
    rows: Sequence[LabelledBlock],
    metadata: Metadata,
    url: str | None,
    title: str | None,
    section_words: Collection[str],
    teasers: Sequence[Teaser],
) -> PageKind:
    """The kind of a page from the types it states, its address, and how much of it is text or teasers."""
    types = {t.lower() for t in metadata.types}
    body = [r for r in rows if r.label in BODY]
    chars = sum(r.block.chars for r in body if r.label is not Label.HEADING)
    paragraphs = sum(1 for r in body if r.block.chars >= 60)
    path = [s.lower() for s in (url or "").split("?")[0].split("/")[3:] if s]
    if (
        any(r.block.kind is BlockKind.TEXT for r in rows)
        and chars < 600
        and _ERRORS.search(title or (metadata.titles[0] if metadata.titles else ""))
    ):
        return "error"
    if types & {"liveblogposting"}:
        return "liveblog"
    article = bool(types & _ARTICLES) or any(t.endswith("newsarticle") for t in types)
    if chars < 250 and types & {"videoobject", "video.other", "video", "video.episode", "video.movie"}:
        return "video"
    if chars < 250 and (types & {"imagegallery", "mediagallery"} or _GALLERY & set(path)):
        return "gallery"
    if chars < 120 and not article:
        return "index" if len(teasers) >= 5 else "other"
    if not path and not article:
        return "index"
    front_teasers = sum(1 for t in teasers if t.kind == "recirculation")
    if not article and front_teasers >= 12 and (paragraphs <= 2 or chars < 100 * front_teasers**0.5):
        return "index"
    if types & _NOT_ARTICLES and not article:
        return "other"
    words = {w.lower() for w in section_words} | set(path[:-1])
    if types & {"opinionnewsarticle"} or _OPINION & words:
        return "opinion"
    return "article"


_ARTICLES: Final = frozenset(
    "article newsarticle reportagenewsarticle analysisnewsarticle opinionnewsarticle blogposting reviewnewsarticle backgroundnewsarticle "
    "asknewsarticle satiricalarticle techarticle scholarlyarticle advertisercontentarticle socialmediaposting report review".split()
)
_NOT_ARTICLES: Final = frozenset(
    "product offer collectionpage searchresultspage itemlist profilepage discussionforumposting qapage faqpage event jobposting localbusiness "
    "recipe softwareapplication course service product.item product.group og:product contactpage aboutpage checkoutpage store".split()
)


def estimate(rows: Sequence[LabelledBlock], scores: dict[int, float], core_share: float) -> float:
    """Probability that the text is whole and clean, from how sure the model was of its blocks."""
    body = sum(r.block.chars for r in rows if r.label in BODY)
    if not body:
        return 0.0
    doubt = sum(min(p, 1 - p) * rows[i].block.chars for i, p in scores.items()) / body
    undecided = sum(1 for p in scores.values() if 0.2 < p < 0.8)
    z = (
        1.2
        - 14.0 * min(doubt, 0.4)
        - 0.12 * min(undecided, 20)
        + 0.8 * core_share
        + (0.4 if body > 1500 else -0.6 if body < 500 else 0.0)
    )
    return round(1 / (1 + exp(-z)), 3)
