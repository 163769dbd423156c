"""Blocks that are part of an embed."""

from __future__ import annotations

from article_extract.page import BODY, Block, BlockKind, FoundEmbed, Label, LabelledBlock, Verdict, Within
from article_extract.stages.classify.scene import Scene

_BEFORE_TITLE = 25
_AFTER_BODY = 3
"""Texts between the end of the story and an embed of it."""
_FAR = 12
"""Blocks of any kind."""
_WRAPPERS = frozenset(("consent", "player", "dialog", "hidden"))
_BOXES = frozenset(("promo", "related"))
"""Names of boxes that hold embeds as well as teasers ("widget"): those with words of their own are teasers."""
_MOST_AROUND = 40


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
        within_text = start <= found.first <= end
        after = sum(r.block.kind is BlockKind.TEXT for r in rows[end + 1 : found.first])
        inside = (start <= found.first <= end + _FAR and after <= _AFTER_BODY) or (
            start - _BEFORE_TITLE <= found.first < start and bool(place.within & (Within.ARTICLE | Within.MAIN))
        )
        refused = _is_refused(found, scene, within_text)
        keep = inside and not refused
        if keep:
            end = max(end, found.last - 1)  # lists of posts end the text with one after another
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
                if i > found.first and found.embed.text is None and found.embed.handle is None:
                    _give_back(rows[i], scene)
            elif not keep and rows[i].label is Label.EMBED:
                rows[i].give(Label.OTHER, "embed.outside")


def _give_back(row: LabelledBlock, scene: Scene) -> None:
    """Words in the frame of a video, chart or unloaded post are the site's: a caption, or a notice in place of the embed."""
    block = row.block
    if block.kind is not BlockKind.TEXT:
        return
    if block.place.within & Within.CAPTION:
        row.give(Label.CAPTION, "figure.figcaption")
    elif block.place.within & Within.HIDDEN:
        row.give(Label.HIDDEN, "chrome.hidden")
    else:
        row.give(Label.PLACEHOLDER, "embed.placeholder")


def _is_refused(found: FoundEmbed, scene: Scene, within_text: bool) -> bool:
    """Whether names or HTML's sections around an embed say that it is the site's; they lie where text of the story stands too."""
    place = scene.blocks[found.first].place
    chrome = scene.chrome_of(place)
    if chrome is not None and any(r.label in BODY for r in scene.rows[chrome.first_block : chrome.last_block]):
        return False
    if place.within & (Within.NAV | Within.FOOTER) or (place.within & Within.ASIDE and not within_text):
        return True
    if chrome is None or chrome.names.trait in _WRAPPERS:
        return False
    if any(r.label is Label.RELATED for r in scene.rows[chrome.first_block : chrome.last_block]):
        return True
    around = chrome.chars - sum(scene.blocks[i].chars for i in range(found.first, found.last))
    return not (chrome.names.trait in _BOXES and within_text and around <= _MOST_AROUND)
