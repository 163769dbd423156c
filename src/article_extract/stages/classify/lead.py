"""Second pass: the lead, told from the body's first paragraph."""

from __future__ import annotations

from typing import Final

from article_extract.page import BODY, Block, BlockKind, Label, LabelledBlock, Place, Within
from article_extract.stages.classify.features import unit_of
from article_extract.stages.classify.scene import Scene
from article_extract.text import squeeze

_LONGEST_LEAD: Final = 1200
_BEFORE: Final = frozenset((Label.OTHER, Label.RECIRCULATION, Label.DUPLICATE, Label.LIST_ITEM, Label.PARAGRAPH, Label.HEADING, Label.QUOTE, Label.TABLE_CELL))


def revise_lead(scene: Scene) -> None:
    """Find the standfirst among the blocks between the headline and the body's first paragraph, and that paragraph."""
    rows = scene.rows
    title = scene.title
    body = [r for r in rows if r.label in BODY and (title is None or r.block.index > title)]
    if not body or title is None:
        return
    first_text = _first_of_run(body, scene)
    found: list[LabelledBlock] = []
    for row in rows[title + 1 : first_text.block.index + 1]:
        block = row.block
        if block.kind is not BlockKind.TEXT or row.label not in _BEFORE or block.place.within & (Within.HIDDEN | Within.NAV | Within.FIGURE | Within.FORM):
            continue
        if block.chars > _LONGEST_LEAD or scene.chrome_of(block.place) is not None:
            continue
        if rule := _lead_rule(row, first_text, scene, body):
            if found and not _same_lead(found[-1].block, block):
                continue
            found.append(row)
            row_rule = rule
            row.give(Label.LEAD, row_rule)
    if found:
        _join_items(found, scene)


def _first_of_run(body: list[LabelledBlock], scene: Scene) -> LabelledBlock:
    """The body's first paragraph that is like the following ones."""
    for row in body[:6]:
        if row.label is Label.PARAGRAPH and row.block.chars > 30 and scene.inside(row.block.place, scene.core):
            if _names_lead(row.block, scene) is None:
                return row
    return body[0]


def _lead_rule(row: LabelledBlock, first: LabelledBlock, scene: Scene, body: list[LabelledBlock]) -> str | None:
    block = row.block
    key = squeeze(block.text)
    if len(key) < 12:
        return None
    if _names_lead(block, scene) is not None:
        return "lead.names"
    if row is not first:
        descriptions = [squeeze(d) for d in scene.metadata.descriptions]
        if len(key) >= 25 and any(key == d or d.startswith(key[:80]) and len(key) >= 60 for d in descriptions):
            if not _same_make(block, first.block):
                return "lead.description"
        if row.label is Label.HEADING or (block.heading and block.heading > 1):
            if block.chars >= 50 and not _same_make_of_heading(block, scene):
                return "lead.heading"
            return None
        if row.label in BODY and block.chars >= 40 and not scene.inside(block.place, scene.core) and not scene.inside(unit_of(block.place), scene.core):
            return "lead.before_body"
        if row.label is Label.LIST_ITEM and block.place.within & Within.LIST and block.chars >= 20:
            return "lead.key_points"
        return None
    following = [r.block for r in body if r.block.index > block.index and r.label is Label.PARAGRAPH and r.block.chars > 40][:4]
    if block.strong_chars >= 0.95 * block.chars and block.chars >= 40 and following:
        if sum(b.strong_chars > 0.8 * b.chars for b in following) == 0:
            return "lead.bold"
    if block.place.tag in ("em", "i") and following:
        return None
    if block.chars >= 40 and len(following) >= 2 and not scene.inside(block.place, scene.core):
        if not _same_make(block, following[0]) and all(_same_make(following[0], b) for b in following[1:3]):
            return "lead.other_make"
    return None


def _names_lead(block: Block, scene: Scene) -> Place | None:
    at: Place | None = block.place
    for _ in range(4):
        if at is None or at.prose_chars > 0.5 * scene.prose and at.prose_chars > block.chars * 2.5:
            return None
        if at.names.trait == "lead" and at.chars <= _LONGEST_LEAD:
            return at
        if at.names.trait is not None and at.names.strong:
            return None
        at = at.parent
    return None


def _same_make(a: Block, b: Block) -> bool:
    """Same element and names, in the same kind of parent."""
    if a.place.tag != b.place.tag or a.place.names.shape != b.place.names.shape:
        return False
    pa, pb = a.place.parent, b.place.parent
    return pa is pb or (pa is not None and pb is not None and pa.names.shape == pb.names.shape and pa.tag == pb.tag)


def _same_make_of_heading(block: Block, scene: Scene) -> bool:
    """Whether later headings of the body look the same: then this one is a subhead."""
    return any(
        r.label is Label.HEADING and r.block.index > block.index and _same_make(r.block, block) and r.block.heading == block.heading
        for r in scene.rows
    )


def _same_lead(a: Block, b: Block) -> bool:
    """Parts of one lead stand in one element, or are of one make."""
    return a.place.parent is b.place.parent or a.place is b.place or _same_make(a, b)


def _join_items(found: list[LabelledBlock], scene: Scene) -> None:
    """A lead of key points takes its whole list."""
    last = found[-1].block
    if not last.place.within & Within.LIST:
        return
    for row in scene.rows[last.index + 1 :]:
        if row.block.kind is not BlockKind.TEXT:
            continue
        if row.block.place.within & Within.LIST and _same_make(row.block, last) and row.block.place.parent is last.place.parent:
            row.give(Label.LEAD, found[-1].rule)
        else:
            break
