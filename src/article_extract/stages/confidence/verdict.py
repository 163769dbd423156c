"""What kind of page it is, and how sure the text is."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Final

import regex

from article_extract.boosted import load_model, probability_of
from article_extract.page import BODY, BlockKind, Label, LabelledBlock, Metadata, Teaser
from article_extract.records import PageKind
from article_extract.stages.confidence.features import NAMES

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
    features: Sequence[float],
    model: Path | None,
) -> PageKind:
    """The kind of a page: an article or not by the model for pages, the rest by the types it states and its address.

    `features` are the page's, see `read_page_features`; `model` is `Options.model`.
    """
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
    if chars < 250 and types & {"videoobject", "video.other", "video", "video.episode", "video.movie"}:
        return "video"
    if chars < 250 and (types & {"imagegallery", "mediagallery"} or _GALLERY & set(path)):
        return "gallery"
    # A page that says nothing of itself is judged by its headline and text: the model has seen none.
    silent = not types and not url and metadata.first("published") is None
    is_article = (
        bool(title and body) if silent else probability_of(load_model("article", NAMES, model)(features)) >= 0.5
    )
    # The text may stand in the metadata alone.
    stated = chars < _LEAST_TEXT and features[_STATED] > 0 and features[_ARTICLE_TYPE] > 0
    if not stated and (chars < _LEAST_TEXT or not is_article):
        return "index" if len(teasers) >= _INDEX and paragraphs <= len(teasers) else "other"
    words = {w.lower() for w in section_words} | set(path[:-1])
    if types & {"opinionnewsarticle"} or _OPINION & words:
        return "opinion"
    return "article"


_LEAST_TEXT: Final = 60
"""Letters; less is no article's text."""
_INDEX: Final = 5
"""Teasers of a page that is made of them."""


def estimate(features: Sequence[float], model: Path | None) -> float:
    """Probability that word F1 of the text is at least .95; 0 to 1, calibrated out of fold (docs/model.md).

    `features` are the page's, see `read_page_features`; `model` is `Options.model`.
    """
    if not features[_CHARS] and not features[_STATED]:
        return 0.0
    return round(probability_of(load_model("text", NAMES, model)(features)), 3)


_CHARS: Final = NAMES.index("chars")
_STATED: Final = NAMES.index("article_body")
_ARTICLE_TYPE: Final = NAMES.index("article_type")
