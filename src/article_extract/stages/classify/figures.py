"""Pictures and their captions."""

from __future__ import annotations

from typing import Final

from article_extract.captions import read_caption, split_credit
from article_extract.dom import PICTURE_WORDS
from article_extract.page import BODY, Block, BlockKind, Label, LabelledBlock, Place, Verdict, Within
from article_extract.stages.classify.front import looks_like_date, names_author
from article_extract.stages.classify.scene import Scene
from article_extract.stages.classify.teasers import is_story

_LONGEST_CAPTION: Final = 700
_LONGEST_LINE: Final = 300
_SHORTEST_LINE: Final = 8
_MOST_LINES: Final = 3
"""Texts in the box of a picture: heading, caption, credit."""
_MOST_LINKED: Final = 0.5


def by_caption(block: Block, scene: Scene) -> Verdict | None:
    """Text in a figcaption, or in an element named caption or credit, is the caption of a picture."""
    within = block.place.within
    at: Place | None = block.place
    if within & (Within.BUTTON | Within.HIDDEN) and within & Within.FIGURE and _is_tool_in_figure(block):
        return None  # "Enlarge", the title of an icon
    if within & Within.CAPTION and (names_author(block, scene) or looks_like_date(block.text, scene)):
        return None  # the card of an author
    if within & Within.CAPTION and not within & Within.TABLE:
        return Verdict(Label.CAPTION, "figure.figcaption") if block.chars <= _LONGEST_CAPTION else None
    for _ in range(3):
        if at is None or at.chars > _LONGEST_CAPTION:
            return None
        if at.names.trait in ("caption", "credit") and at.tag not in ("fieldset", "form"):
            return Verdict(Label.CAPTION, f"figure.{at.names.trait}.names")
        if at.names.trait is not None:
            return None
        at = at.parent
    if within & Within.FIGURE and block.chars <= _LONGEST_CAPTION and not within & (Within.QUOTE | Within.TABLE):
        return Verdict(Label.CAPTION, "figure.text")
    return None


def _is_tool_in_figure(block: Block) -> bool:
    """Whether a button or hidden part stands within a figure or its caption, not the whole of it within one."""
    at: Place | None = block.place
    while at is not None and at.tag not in ("figcaption", "figure"):
        at = at.parent
    return at is not None and bool(block.place.within & ~at.within & (Within.BUTTON | Within.HIDDEN))


def revise_captions(scene: Scene) -> None:
    """What stands alone with a picture in one box, or right after it with a credit, is its caption, whatever its tag."""
    rows = scene.rows
    body = [r.block.index for r in rows if r.label in BODY]
    text = range(body[0], body[-1]) if body else range(0)
    for row in rows:
        picture = row.block
        if (
            picture.kind is not BlockKind.IMAGE
            or (picture.place.href is not None and is_story(picture.place.href, scene))
            or scene.chrome_of(picture.place) is not None
        ):
            continue
        shown = _is_picture(picture, scene)
        for member in _caption_box(picture, scene) if shown else ():
            member.give(Label.CAPTION, "figure.box")
        for after in rows[picture.index + 1 : picture.index + 3]:
            block = after.block
            if block.kind is not BlockKind.TEXT:
                continue
            if block.chars <= _LONGEST_LINE and after.label in (*BODY, Label.OTHER):
                if (split_credit if block.heading else read_caption)(block.text, scene.book)[1] is not None:
                    after.give(Label.CAPTION, "figure.credit")
                elif block.heading or block.link_density >= _MOST_LINKED:
                    break
                elif _shares_box(picture, block, shown and after.label is Label.OTHER):
                    after.give(Label.CAPTION, "figure.box")
                elif shown and after.label is Label.OTHER and _is_next(picture, block, scene, text):
                    after.give(Label.CAPTION, "figure.next")
            break


def _caption_box(picture: Block, scene: Scene) -> list[LabelledBlock]:
    """The line in a box that holds a picture, its credit and nothing else; two lines that are no text of the story."""
    at = _text_box(picture)
    if at is None or not 1 < at.blocks <= _MOST_LINES or at.chars > _LONGEST_CAPTION:
        return []
    rows = [r for r in scene.rows[at.first_block : at.last_block] if r.block.kind is BlockKind.TEXT]
    lines = [r for r in rows if r.label in (*BODY, Label.OTHER)]
    captions = [r for r in rows if r.label is Label.CAPTION]
    if not all(r.block.link_density < _MOST_LINKED for r in rows):
        return []
    alone = len(lines) == 1 if captions else len(rows) == 2 and all(r.label is Label.OTHER for r in rows)
    return lines if alone and all(r.block.index > picture.index for r in lines) else []


def _shares_box(picture: Block, text: Block, loose: bool) -> bool:
    """Whether the innermost element around the picture that holds text holds this text alone."""
    at = _text_box(picture)
    return (
        at is not None
        and at.blocks == 1
        and (at is not text.place or (loose and text.chars >= _SHORTEST_LINE))
        and at.first_block <= text.index < at.last_block
    )


def _text_box(picture: Block) -> Place | None:
    """The innermost element around a picture that holds text."""
    at = picture.place.parent
    while at is not None and at.blocks == 0:
        at = at.parent
    return at


def _is_next(picture: Block, text: Block, scene: Scene, story: range) -> bool:
    """Whether a line that is no text of the story follows a picture among the story's text."""
    at = _text_box(picture)
    return (
        at is text.place.parent
        and (
            picture.index in story
            or scene.inside(picture.place, scene.core)
            or bool(picture.place.within & Within.ARTICLE)
        )
        and text.place.blocks == 1
        and text.chars >= _SHORTEST_LINE
    )


def revise_images(scene: Scene) -> None:
    """Pictures among or right before the body's text are the article's; captions beside them are figure captions."""
    rows = scene.rows
    body = [r.block.index for r in rows if r.label in BODY or r.label is Label.LEAD]
    if not body:
        return
    title = scene.title if scene.title is not None else body[0]
    start = min(title, body[0])
    end = body[-1]
    last_picture: int | None = None
    for row in rows:
        block = row.block
        if block.kind is BlockKind.IMAGE and row.label is Label.UNDECIDED:
            if (
                _is_picture(block, scene)
                and (start - 12 <= block.index <= end + 3)
                and _in_article(block, scene, start, end)
            ):
                row.give(Label.IMAGE, "figure.image")
                last_picture = block.index
            continue
        if row.label is Label.CAPTION and row.rule.startswith(("figure.", "phrase.caption")):
            if (start - 12 <= block.index <= end + 6 and scene.chrome_of(block.place) is None) or _same_figure(
                block, rows[last_picture].block if last_picture is not None else None
            ):
                row.give(Label.FIGURE_CAPTION, row.rule)


def _is_picture(block: Block, scene: Scene) -> bool:
    """Not a logo, icon, tracking pixel or author's portrait."""
    element = block.element
    within = block.place.within
    if (
        element is None
        or within & (Within.NAV | Within.HIDDEN)
        or (within & Within.BUTTON and not within & Within.FIGURE)
    ):
        return False
    for name in ("width", "height"):
        size = element.get(name) or ""
        if size.isdigit() and 0 < int(size) < 100:
            return False
    words = block.place.names.words
    if not words.isdisjoint(PICTURE_WORDS):
        return False
    chrome = scene.chrome_of(block.place)
    if chrome is not None and chrome.names.trait != "dialog":
        return False
    at: Place | None = block.place.parent
    for _ in range(3):
        if at is None:
            break
        if at.names.trait in ("byline", "author_bio", "meta") and at.chars < 300:
            return False
        at = at.parent
    source = element.get("src") or element.get("data-src") or ""
    return not (source.endswith((".svg", ".gif")) and "data-src" not in element.attrib)


def _in_article(block: Block, scene: Scene, start: int, end: int) -> bool:
    """Between headline and end, or in the figure right above the headline."""
    if start <= block.index <= end:
        return True
    return (
        bool(block.place.within & (Within.FIGURE | Within.ARTICLE | Within.MAIN))
        and not block.place.within & Within.ASIDE
    )


def _same_figure(caption: Block, picture: Block | None) -> bool:
    if picture is None or not caption.place.within & Within.FIGURE:
        return False
    at: Place | None = caption.place
    while at is not None:
        if at.tag == "figure":
            return at.first_block <= picture.index < at.last_block
        at = at.parent
    return False
