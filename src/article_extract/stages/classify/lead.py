"""Second pass: the lead, told from the body's first paragraph."""

from __future__ import annotations

from functools import cache
from typing import Final

from article_extract.page import BODY, Block, BlockKind, Label, LabelledBlock, Place, Within
from article_extract.rules import markup_traits
from article_extract.stages.classify.features import unit_of
from article_extract.stages.classify.scene import Scene
from article_extract.stages.classify.summaries import drop_machine_summaries, take_key_points
from article_extract.text import squeeze

_LONGEST_LEAD: Final = 1200
_NOT_LEADS: Final = frozenset(
    (
        Label.HIDDEN, Label.TITLE, Label.KICKER, Label.BYLINE, Label.DATE, Label.CAPTION, Label.SHARE, Label.COMMENTS, Label.BREADCRUMB,
        Label.TAGS, Label.EMBED, Label.RELATED, Label.PLAYER, Label.CONSENT, Label.PLACEHOLDER, Label.LOGIN, Label.TOC, Label.AD,
    )
)  # fmt: skip


def revise_lead(scene: Scene) -> None:
    """Find the standfirst among the blocks between the headline and the body's first paragraph, and that paragraph."""
    rows = scene.rows
    title = scene.title
    by_machine = drop_machine_summaries(scene)
    body = [r for r in rows if r.label in BODY and (title is None or r.block.index > title)]
    if not body or title is None:
        return
    first_text = _first_of_run(body, scene)
    found: list[LabelledBlock] = []
    seen_text = False
    for row in rows[title + 1 : first_text.block.index + 1]:
        block = row.block
        if (
            block.kind is not BlockKind.TEXT
            or (row.label in _NOT_LEADS and not _is_misnamed(row, scene))
            or block.index in by_machine
            or block.place.within & (Within.HIDDEN | Within.NAV | Within.FIGURE | Within.FORM)
        ):
            continue
        if block.chars > _LONGEST_LEAD or block.link_density > 0.8:
            continue
        rule = _lead_rule(row, first_text, scene, body, after_title=not seen_text)
        seen_text = seen_text or block.chars >= 40
        if rule is None:
            continue
        if found and row is first_text and rule == "lead.description":
            continue  # some describe the page by the lead in one place and by the first paragraph in another
        if found and not _same_lead(found[-1].block, block) and not _goes_on(found[-1], row, rule, scene):
            continue
        found.append(row)
        row.give(Label.LEAD, rule)
    if found:
        _join_items(found, scene)
    else:
        take_key_points(scene)


def _first_of_run(body: list[LabelledBlock], scene: Scene) -> LabelledBlock:
    """The body's first paragraph that is like the following ones."""
    texts = [r for r in body if r.label is not Label.HEADING]
    for row in texts[:6]:
        if row.label is Label.PARAGRAPH and row.block.chars > 30 and scene.inside(row.block.place, scene.core):
            if _names_lead(row.block, scene) is None:
                return row
    return texts[0] if texts else body[0]


def _lead_rule(
    row: LabelledBlock, first: LabelledBlock, scene: Scene, body: list[LabelledBlock], *, after_title: bool
) -> str | None:
    block = row.block
    key = scene.key_of(block)
    if len(key) < 12 or (scene.title is not None and key == scene.key_of(scene.blocks[scene.title])):
        return None
    if _names_lead(block, scene) is not None and (row.label in BODY or block.sentences or block.chars >= 60):
        return "lead.names"
    if row is not first:
        if len(key) >= 25 and _is_described(key, scene) and not _same_make(block, first.block):
            return "lead.description"
        if block.heading > 1:
            if (
                block.chars >= 50
                and scene.chrome_of(block.place) is None
                and (after_title or row.label is Label.HEADING)
                and not _same_make_of_heading(block, scene)
            ):
                return "lead.heading"
            return None
        if scene.chrome_of(block.place) is not None:
            return None
        if (
            row.label in BODY
            and block.chars >= 40
            and not scene.inside(unit_of(block.place), scene.core)
            and not _same_look(block, first.block)
        ):
            return "lead.before_body"
        if after_title and block.chars >= 60 and block.sentences and not _same_look(block, first.block):
            return "lead.after_title"
        if row.label is Label.LIST_ITEM and block.place.within & Within.LIST and block.chars >= 20:
            return "lead.key_points"
        return None
    following = [
        r.block for r in body if r.block.index > block.index and r.label is Label.PARAGRAPH and r.block.chars > 40
    ][:4]
    if block.strong_chars >= 0.95 * block.chars and block.chars >= 40 and block.sentences and following:
        if sum(b.strong_chars > 0.8 * b.chars for b in following) == 0:
            return "lead.bold"
    if block.chars >= 40 and len(following) >= 2 and not _same_make(block, following[0]):
        if all(_same_make(following[0], b) for b in following[1:3]):
            if not scene.inside(block.place, scene.core):
                return "lead.other_make"
            if _is_described(key, scene) and block.place.names.words.isdisjoint(_NO_LEAD):
                return "lead.description"
    return None


def _is_misnamed(row: LabelledBlock, scene: Scene) -> bool:
    """Whether what element names call a byline is the sentence that the metadata describe the page with."""
    return row.rule == "front.byline.names" and row.block.chars >= 40 and _is_described(scene.key_of(row.block), scene)


def _goes_on(last: LabelledBlock, row: LabelledBlock, rule: str, scene: Scene) -> bool:
    """Whether a paragraph named lead follows a deck in a heading, with no other text between."""
    if rule != "lead.names" or not last.block.heading or row.block.heading:
        return False
    return not any(r.label in BODY for r in scene.rows[last.block.index + 1 : row.block.index])


def _is_described(key: str, scene: Scene) -> bool:
    """Whether the metadata's description says the same."""
    for description in scene.metadata.descriptions:
        other = squeeze(description)
        if key == other or (
            len(other) >= 40 and (other.startswith(key[:80]) or key.startswith(other[:80])) and len(key) >= 40
        ):
            return True
    return False


def _same_look(a: Block, b: Block) -> bool:
    """Same element and names."""
    return a.place.tag == b.place.tag and a.place.names.shape == b.place.names.shape


@cache
def lead_words() -> frozenset[str]:
    """Names of leads; "teaser" is one only here, between headline and text."""
    trait = next(t for t in markup_traits() if t.name == "lead")
    return trait.words | {"teaser", "teaser-text", "teasertext", "article-teaser"}


_NO_LEAD: Final = frozenset(("speakable", "related", "newsletter", "author-description", "lead-image", "caption"))


def _names_lead(block: Block, scene: Scene) -> Place | None:
    at: Place | None = block.place
    for _ in range(4):
        if at is None or (at.prose_chars > 0.5 * scene.prose and at.prose_chars > block.chars * 2.5):
            return None
        if (
            at.chars <= _LONGEST_LEAD
            and not at.names.words.isdisjoint(lead_words())
            and at.names.words.isdisjoint(_NO_LEAD)
        ):
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
        r.label is Label.HEADING
        and r.block.index > block.index
        and _same_make(r.block, block)
        and r.block.heading == block.heading
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
        if (
            row.block.place.within & Within.LIST
            and _same_make(row.block, last)
            and row.block.place.parent is last.place.parent
        ):
            row.give(Label.LEAD, found[-1].rule)
        else:
            break
