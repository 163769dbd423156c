"""
Second pass, last: what the texts that stay out of the article are.

The rules before decide what is text; many name a block only by the box it stands in ("dialog", "promo", "button") or not
at all. Here the form of a text, the target of its links and its neighbours in a small box tell more. Nothing here puts
a text into the article or takes one out.
"""

from __future__ import annotations

from collections import Counter
from typing import Final

import regex

from article_extract.page import BODY, Block, BlockKind, Label, LabelledBlock, Part, Place, Verdict, Within
from article_extract.stages.classify.front import looks_like_date
from article_extract.stages.classify.scene import LABEL_OF_PHRASE, Scene
from article_extract.stages.classify.teasers import is_story
from article_extract.text import phrase_key, squeeze, word_count, words_and_numbers
from article_extract.urls import TOPIC_PAGE

_VAGUE: Final = frozenset((Label.OTHER, Label.DECORATION, Label.NAVIGATION, Label.RECIRCULATION, Label.LEGAL))
"""Labels that say where a text stands more than what it is."""
_MISTAKEN_DATES: Final = _VAGUE | {Label.BYLINE, Label.SHARE, Label.DISCLAIMER, Label.CONSENT}
_TOLD_BY_BOX: Final = frozenset(
    (
        Label.SHARE,
        Label.SUBSCRIBE,
        Label.NEWSLETTER,
        Label.COMMENTS,
        Label.AD,
        Label.TAGS,
        Label.PLAYER,
        Label.PLACEHOLDER,
    )
)
"""What a text in a small box is called by its neighbours' name."""
_STORY: Final = BODY | {Label.TITLE, Label.LEAD}
_SIGN_UP: Final = frozenset((Label.NEWSLETTER, Label.COMMENTS, Label.SUBSCRIBE))
_LINK_LIST: Final = 3
_BOX_BLOCKS: Final = 9
_BOX_CHARS: Final = 700
_BOX_STEPS: Final = 4
_LONGEST_TAG: Final = 40
_MOST_TAG_WORDS: Final = 5
_LEAST_TITLE_WORDS: Final = 4
_LONGEST_NOTICE: Final = 200
_SIGN_UP_BLOCKS: Final = 14
_SIGN_UP_CHARS: Final = 1500
_NO_TIME: Final = regex.compile(r"0{1,2}:00(?::00)?")
_CLOCK: Final = regex.compile(r"\d{1,2}:\d\d(?::\d\d)?")
_BAR: Final = regex.compile(r"[|·•]")
_WORD: Final = regex.compile(r"[^\s|·•]+")
_MOST_BYLINE_WORDS: Final = 24
_MOST_BAR_WORDS: Final = 14
_MOSTLY: Final = 0.8
_LEAST_MENU_TITLE: Final = 6
_TEASER_BOX_BLOCKS: Final = 30
_IN_TEASER_BOXES: Final = frozenset((Label.RELATED, Label.RECIRCULATION, Label.SEE_ALSO_LABEL, Label.DATE))
_COPYRIGHT: Final = regex.compile(r"[©ⓒ℗]|\(c\) ?\d{4}")
_LONGEST_URL: Final = 2000
_SHARE_LINK: Final = regex.compile(
    r"(?i)^mailto:\?|/sharer\b|sharer\.php|/share(?:r|article|offsite)?[/?.]|/share$|intent/(?:tweet|post|compose)|"
    r"[?&](?:share|sharing)=|//(?:api\.|web\.)?whatsapp\.com/send|^whatsapp:|//wa\.me/\?|pin/create|"
    r"//(?:www\.)?reddit\.com/submit|^fb-messenger:|//story\.kakao\.com/share|line\.me/R/msg|submitlink"
)


def revise_kinds(scene: Scene) -> None:
    """Name more exactly what is removed."""
    rows = scene.rows
    for row in rows:
        if row.block.kind is not BlockKind.TEXT or row.rule.startswith("site."):
            continue
        if row.parts:
            row.parts = tuple(_renamed(part, row.block, scene) for part in row.parts)
        elif verdict := _by_form(row, scene):
            row.give(verdict.label, verdict.rule)
        elif row.label is Label.BYLINE and (parts := _date_in_byline(row, scene)):
            row.parts = parts
    for row in rows:
        if row.label is Label.SEE_ALSO_LABEL and not row.parts and _heads_tags(row, scene):
            row.give(Label.TAGS, "kinds.tags.label")
    told = [row.label if _is_told(row) else None for row in rows]
    for row in rows:
        if row.block.kind is not BlockKind.TEXT or row.parts:
            continue
        if label := _by_box(row, told, scene):
            row.give(label, "kinds.box")
        elif row.label in _VAGUE and _is_in_teaser_box(row, scene):
            row.give(Label.RECIRCULATION, "kinds.teasers")


def _by_form(row: LabelledBlock, scene: Scene) -> Verdict | None:
    """What the words of a text and the target of its link say."""
    block = row.block
    if row.label in _MISTAKEN_DATES and not block.place.within & Within.NAV:
        if _NO_TIME.fullmatch(block.text):
            return Verdict(Label.PLAYER, "kinds.no_time")
        if _is_by_the_article(block, scene) and _is_date(row, scene):
            return Verdict(Label.DATE, "kinds.date")
    if row.label is Label.OTHER and block.chars <= _LONGEST_NOTICE and _COPYRIGHT.search(block.text):
        return Verdict(Label.LEGAL, "kinds.copyright")
    if row.label in (Label.OTHER, Label.NAVIGATION) and _is_story_link(block, scene):
        return Verdict(Label.RECIRCULATION, "kinds.story.link")
    if row.label not in _VAGUE or block.place.within & Within.NAV:
        return None
    href = (block.href or "")[:_LONGEST_URL]
    if href and block.chars <= _LONGEST_TAG and _SHARE_LINK.search(href):
        return Verdict(Label.SHARE, "kinds.share.link")
    if not _is_in_page_footer(block, scene) and (
        squeeze(block.text) in scene.book.networks or _are_networks(block.text, scene)
    ):
        return Verdict(Label.SHARE, "kinds.share.network")
    if _is_sponsored(block):
        return Verdict(Label.AD, "kinds.ad.link")
    if row.label is not Label.NAVIGATION and _is_tag(block):
        return Verdict(Label.TAGS, "kinds.tags.link")
    if row.label is Label.OTHER:
        if (key := scene.keys[block.index]) and (kind := scene.book.kind_of(key)):
            return Verdict(LABEL_OF_PHRASE[kind], f"phrase.{kind}")
    return None


def _is_story_link(block: Block, scene: Scene) -> bool:
    """A line that is the title of a story; among menus a long one."""
    least = _LEAST_MENU_TITLE if block.place.within & Within.NAV else _LEAST_TITLE_WORDS
    return block.link_density > 0.9 and word_count(block.text) >= least and is_story(block.href, scene)


def _are_networks(text: str, scene: Scene) -> bool:
    """Whether a text is a row of network names and words for sharing: "Print Email Facebook"."""
    words = text.split()
    if not 2 < len(words) <= _MOST_BAR_WORDS:
        return False
    at = known = 0
    while at < len(words):
        for size in (2, 1):
            piece = " ".join(words[at : at + size])
            if squeeze(piece) in scene.book.networks or scene.book.kind_of(phrase_key(piece)) == "share":
                known += min(size, len(words) - at)
                break
        at += size
    return known >= _MOSTLY * len(words)


def _is_by_the_article(block: Block, scene: Scene) -> bool:
    """Not in the header of the site, which prints today's date."""
    within = bool(block.place.within & (Within.ARTICLE | Within.MAIN))
    return within or (scene.title is not None and block.index > scene.title)


def _is_date(row: LabelledBlock, scene: Scene) -> bool:
    """A date, and beside a byline's label nothing else."""
    text = row.block.text
    if _CLOCK.fullmatch(text):
        return False  # as often how long a video is
    if is_relative_date(text, scene):
        return True
    if row.label in (Label.BYLINE, Label.DISCLAIMER):
        return _is_date_alone(text, scene)
    return looks_like_date(text, scene)


def _is_date_alone(text: str, scene: Scene) -> bool:
    """A date without any other word."""
    months, others = scene.book.months, scene.book.date_words
    return looks_like_date(text, scene) and all(
        w[0].isdigit() or w in months or w in others or len(w) < 2 for w in words_and_numbers(text)
    )


def _date_in_byline(row: LabelledBlock, scene: Scene) -> tuple[Part, ...]:
    """The parts of a byline with a date in it."""
    text = row.block.text
    if len(text) > _LONGEST_NOTICE or not any(c.isdecimal() for c in text):
        return ()
    words = list(_WORD.finditer(text))
    if len(words) > _MOST_BYLINE_WORDS:
        return ()
    for i, first in enumerate(words):
        for last in reversed(words[i:]):
            if not _BAR.search(text, first.start(), last.end()) and _is_date_alone(
                text[first.start() : last.end()], scene
            ):
                cuts = (0, first.start(), last.end(), len(text))
                labels = ((Label.BYLINE, row.rule), (Label.DATE, "kinds.date"), (Label.BYLINE, row.rule))
                return tuple(
                    Part(start, end, label, rule)
                    for start, end, (label, rule) in zip(cuts, cuts[1:], labels, strict=False)
                    if end > start
                )
    return ()


def is_relative_date(text: str, scene: Scene) -> bool:
    """Whether a text is a phrase such as "5 hours ago"."""
    if len(text) > 40:
        return False
    words = words_and_numbers(text)
    others = [w for w in words if not w[0].isdigit()]
    return 0 < len(others) < len(words) <= 6 and all(w in scene.book.date_words for w in others)


def _renamed(part: Part, block: Block, scene: Scene) -> Part:
    """A stretch cut off a teaser or paragraph, named by its words."""
    if part.label not in (Label.DECORATION, Label.SEE_ALSO_LABEL):
        return part
    text = block.text[part.start : part.end].strip()
    if looks_like_date(text, scene) or is_relative_date(text, scene):
        return Part(part.start, part.end, Label.DATE, "kinds.date")
    kind = scene.book.kind_of(key) if (key := _key_of(text)) else None
    if kind is None or LABEL_OF_PHRASE[kind] is part.label:
        return part
    return Part(part.start, part.end, LABEL_OF_PHRASE[kind], f"phrase.{kind}")


def _key_of(text: str) -> str:
    return phrase_key(text) if len(text) <= _LONGEST_NOTICE else ""


def _heads_tags(row: LabelledBlock, scene: Scene) -> bool:
    """Whether "More on this" stands before topics, not stories."""
    after = scene.rows[row.block.index + 1 : row.block.index + 4]
    following = next((r for r in after if r.block.kind is BlockKind.TEXT), None)
    return following is not None and following.label is Label.TAGS and not following.rule.startswith("phrase.")


def _is_tag(block: Block) -> bool:
    """A short text that is a link to a topic's page."""
    return (
        block.chars <= _LONGEST_TAG
        and block.link_density > 0.8
        and word_count(block.text) <= _MOST_TAG_WORDS
        and TOPIC_PAGE.search((block.href or "")[:_LONGEST_URL]) is not None
    )


def _is_sponsored(block: Block) -> bool:
    """Whether the link says that somebody pays for it."""
    at: Place | None = block.place
    places = [m.place for m in block.marks if m.kind == "link" and m.place is not None]
    while at is not None and at.href is not None:
        places.append(at)
        at = at.parent
    return any("sponsored" in p.rel.lower().split() for p in places)


def _is_in_page_footer(block: Block, scene: Scene) -> bool:
    chrome = scene.chrome_of(block.place)
    return bool(block.place.within & Within.FOOTER) or (
        chrome is not None and chrome.names.trait in ("footer", "navigation")
    )


def _is_told(row: LabelledBlock) -> bool:
    """Whether a row's label comes from its words or from a name that means nothing else."""
    return row.block.kind is BlockKind.TEXT and not row.parts and row.label in _TOLD_BY_BOX


def _by_box(row: LabelledBlock, told: list[Label | None], scene: Scene) -> Label | None:
    """The commonest name among the neighbours in the smallest box that has any."""
    block = row.block
    sign_up = row.label is Label.LOGIN
    if not sign_up and (row.label not in _VAGUE or row.rule.startswith(("phrase.", "teaser.", "kinds."))):
        return None
    if row.label is Label.NAVIGATION and row.rule != "structure.button":
        return None
    if sum(m.kind == "link" for m in block.marks) >= _LINK_LIST or _holds_date(block, scene):
        return None
    most_blocks, most_chars = (_SIGN_UP_BLOCKS, _SIGN_UP_CHARS) if sign_up else (_BOX_BLOCKS, _BOX_CHARS)
    if block.place.within & Within.NAV:
        return None
    at: Place | None = block.place
    for _ in range(_BOX_STEPS):
        if at is None or at.blocks > most_blocks or at.chars > most_chars:
            return None
        if any(r.label in _STORY for r in scene.rows[at.first_block : at.last_block]):
            return None
        names = Counter(label for label in told[at.first_block : at.last_block] if label is not None)
        if sign_up:
            names = Counter({k: v for k, v in names.items() if k in _SIGN_UP})
        if names:
            ranked = names.most_common(2)
            return ranked[0][0] if len(ranked) == 1 or ranked[0][1] > ranked[1][1] else None
        at = at.parent
    return None


def _holds_date(block: Block, scene: Scene) -> bool:
    words = words_and_numbers(block.text) if len(block.text) <= _LONGEST_NOTICE else []
    return any(w[0].isdigit() for w in words) and any(w in scene.book.date_words for w in words)


def _is_in_teaser_box(row: LabelledBlock, scene: Scene) -> bool:
    """Whether all else in the smallest box around a short text is teasers: "View all", "Next article"."""
    block = row.block
    if block.chars > _LONGEST_TAG or block.place.within & Within.NAV:
        return False
    at: Place | None = block.place
    for _ in range(_BOX_STEPS):
        if at is None or at.blocks > _TEASER_BOX_BLOCKS:
            return False
        others = [
            r
            for r in scene.rows[at.first_block : at.last_block]
            if r is not row and r.block.kind is BlockKind.TEXT and r.label is not Label.HIDDEN
        ]
        if others:
            return any(r.label is Label.RELATED for r in others) and all(r.label in _IN_TEASER_BOXES for r in others)
        at = at.parent
    return False
