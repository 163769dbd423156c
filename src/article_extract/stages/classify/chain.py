"""
The ordered table of classifiers: every block gets one label and the name of the rule that gave it.

First pass: one block at a time, the first verdict stands. What no rule decides goes to the model. Second pass: among
neighbours; these functions see the whole row and may overrule, which `LabelledBlock.overruled` remembers.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from article_extract.options import Options
from article_extract.page import Block, BlockKind, FoundEmbed, Label, LabelledBlock, Metadata, Place, Verdict
from article_extract.rules import PhraseBook
from article_extract.sites import SiteProfile
from article_extract.stages.classify import chrome, embedded, figures, front, kinds, lead, model, sequence, teasers
from article_extract.stages.classify.scene import Scene

Classifier = Callable[[Block, Scene], Verdict | None]
Reviser = Callable[[Scene], None]

FIRST_PASS: Final[tuple[Classifier, ...]] = (
    embedded.by_embed,
    figures.by_caption,  # before names: captions stand in galleries and sliders
    chrome.by_phrase,  # before names: says more exactly what a block within a box is
    chrome.by_hidden,
    chrome.by_copyright,
    chrome.by_names,
    chrome.by_structure,
    front.by_names_of_meta,
    front.by_date_form,
    front.by_author_name,
)
DOUBTED: Final = frozenset((chrome.by_hidden, chrome.by_names, chrome.by_structure))
"""What names and structure say of blocks among the story's text is evidence: names lie ("promo" around each paragraph)."""
SECOND_PASS: Final[tuple[Reviser, ...]] = (
    teasers.revise_announced,  # before the text: cards hold sentences too
    model.revise_undecided,
    teasers.revise_unannounced,
    sequence.revise_lost,
    figures.revise_captions,
    sequence.revise_extent,
    sequence.revise_inline,
    sequence.revise_tail,
    sequence.revise_name_lines,
    teasers.revise_inline,
    lead.revise_lead,
    sequence.revise_bold,
    sequence.revise_headings,
    sequence.revise_pull_quotes,
    sequence.revise_duplicates,
    figures.revise_images,
    embedded.revise_embeds,
    sequence.revise_rest,
    kinds.revise_kinds,
)


def classify(
    blocks: Sequence[Block],
    places: Sequence[Place],
    metadata: Metadata,
    book: PhraseBook,
    language: str,
    options: Options,
    *,
    embeds: Sequence[FoundEmbed] = (),
    site: SiteProfile | None = None,
    host: str = "",
) -> Scene:
    """Label every block. The rows of the returned scene are in page order, none undecided."""
    scene = first_pass(blocks, places, metadata, book, language, options, embeds=embeds, site=site, host=host)
    for revise in SECOND_PASS:
        revise(scene)
    return scene


def first_pass(
    blocks: Sequence[Block],
    places: Sequence[Place],
    metadata: Metadata,
    book: PhraseBook,
    language: str,
    options: Options,
    *,
    embeds: Sequence[FoundEmbed] = (),
    site: SiteProfile | None = None,
    host: str = "",
) -> Scene:
    """The first pass alone: what training reads."""
    scene = Scene(blocks, places, metadata, book, language, options, embeds, host)
    if site is not None:
        for row in scene.rows:
            if verdict := site.classify(row.block):
                row.give(verdict.label, verdict.rule)
    front.find_title(scene)
    for row in scene.rows:
        if row.label is Label.UNDECIDED and row.block.kind is BlockKind.TEXT:
            decide(row, scene)
    return scene


def decide(row: LabelledBlock, scene: Scene) -> None:
    """Give a row the first verdict of the first pass, if any."""
    for classifier in FIRST_PASS:
        if verdict := classifier(row.block, scene):
            if classifier in DOUBTED and scene.may_be_text(row.block):
                row.doubted = verdict
            else:
                row.give(verdict.label, verdict.rule)
            return
