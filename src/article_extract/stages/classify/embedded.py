"""Blocks that are part of an embed."""

from __future__ import annotations

from article_extract.page import BODY, Block, Label, Verdict, Within
from article_extract.stages.classify.scene import Scene

_BEFORE_TITLE = 25
_AFTER_BODY = 4


def by_embed(block: Block, scene: Scene) -> Verdict | None:
    """Text within an embed belongs to its record, unless the "embed" wraps the story."""
    number = scene.embed_at.get(block.index)
    if number is None:
        return None
    found = scene.embeds[number]
    if sum(scene.blocks[i].chars for i in range(found.first, found.last)) > max(900, 0.4 * scene.prose):
        return None
    return Verdict(Label.EMBED, f"embed.{found.embed.provider}")


def revise_embeds(scene: Scene) -> None:
    """Embeds within the article are kept; those in chrome or far from the text are the site's."""
    rows = scene.rows
    body = [r.block.index for r in rows if r.label in BODY or r.label is Label.LEAD]
    title = scene.title
    start = min(x for x in (title, body[0] if body else None, len(rows)) if x is not None)
    end = body[-1] if body else (title if title is not None else -1) + 12
    for found in scene.embeds:
        row = rows[found.first]
        place = row.block.place
        chrome = scene.chrome_of(place)
        trait = chrome.names.trait if chrome is not None else None
        inside = start <= found.first <= end + _AFTER_BODY or (
            start - _BEFORE_TITLE <= found.first < start and bool(place.within & (Within.ARTICLE | Within.MAIN))
        )
        refused = trait is not None and trait not in ("consent", "player", "dialog", "hidden")
        if place.within & (Within.NAV | Within.FOOTER) or (
            place.within & Within.ASIDE and not start <= found.first <= end
        ):
            refused = True
        keep = inside and not refused
        for i in range(found.first, found.last):
            if keep and rows[i].label in (
                Label.UNDECIDED,
                Label.EMBED,
                Label.PARAGRAPH,
                Label.LIST_ITEM,
                Label.QUOTE,
                Label.OTHER,
                Label.CONSENT,
                Label.PLAYER,
            ):
                if rows[i].label is not Label.EMBED:
                    rows[i].give(Label.EMBED, f"embed.{found.embed.provider}")
            elif not keep and rows[i].label is Label.EMBED:
                rows[i].give(Label.OTHER, "embed.outside")
