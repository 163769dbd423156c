"""What the model sees of a block: a row of numbers, the same in training and in use."""

from __future__ import annotations

import re
from collections.abc import Sequence
from math import log1p
from typing import Final

from article_extract.captions import split_credit
from article_extract.page import Block, BlockKind, Label, Place, Within
from article_extract.stages.classify.scene import Scene
from article_extract.text import ends_sentence, squeeze

_TAGS: Final = ("p", "li", "div", "td", "span", "section", "blockquote", "figcaption", "article", "dd")
_WITHIN: Final = (
    Within.ARTICLE,
    Within.MAIN,
    Within.ASIDE,
    Within.HEADER,
    Within.FOOTER,
    Within.LIST,
    Within.TABLE,
    Within.FIGURE,
    Within.FORM,
    Within.QUOTE,
    Within.LINK,
    Within.PARAGRAPH,
)
_TRAITS: Final = (
    "body",
    "meta",
    "lead",
    "caption",
    "credit",
    "byline",
    "date",
    "infobox",
    "embed",
    "kicker",
    "live",
    "gallery",
    "headline",
    "pull_quote",
)
_CHROME: Final = (
    ("related", "recirculation", "promo", "sidebar"),
    ("newsletter", "subscribe", "ad", "login", "consent", "dialog"),
    ("share", "navigation", "breadcrumb", "toc", "tags", "player", "footer"),
    ("comments",),
    ("author_bio", "disclaimer"),
)
_TAG_COLUMNS: Final = {tag: [tag == t for t in _TAGS] for tag in _TAGS}
_NO_TAG: Final = [False] * len(_TAGS)
_NO_TRAIT: Final = [False] * len(_TRAITS)
_NO_CHROME: Final = [False] * len(_CHROME)
_CHROME_COLUMNS: Final = {trait: [trait in group for group in _CHROME] for kinds in _CHROME for trait in kinds}
_DIGIT: Final = re.compile(r"\d")
_NEIGHBOURS: Final = (-2, -1, 1, 2)

NAMES: Final[tuple[str, ...]] = (
    "chars",
    "sentences",
    "commas_per_char",
    "link_density",
    "strong_ratio",
    "ends_sentence",
    "heading",
    "digit_ratio",
    "upper_start",
    *(f"tag_{t}" for t in _TAGS),
    *(f"within_{i}" for i in range(len(_WITHIN))),
    *(f"trait_{t}" for t in _TRAITS),
    "body_trait_distance",
    "voided_chrome",
    "doubted",
    "hidden",
    "chrome_distance",
    "chrome_prose_share",
    *(f"chrome_kind_{i}" for i in range(len(_CHROME))),
    "after_title",
    "blocks_after_title",
    "position",
    "core_inside",
    "core_distance",
    "core_share",
    "unit_prose_share",
    "unit_link_density",
    "unit_blocks",
    "make_prose_share",
    "make_count",
    "make_link_density",
    "in_article_body",
    "has_article_body",
    "in_description",
    "opening_kind",
    "before_heading_kind",
    "duplicate",
    "picture_before",
    "picture_after",
    "embed_before",
    "credit",
    "prose_before",
    "prose_after",
    "core_prose_before",
    "core_prose_after",
    *(
        f"{what}_{d}"
        for d in _NEIGHBOURS
        for what in ("chars", "link", "prose", "chrome", "same_parent", "same_make", "heading")
    ),
)
_NOBODY: Final = (-1.0,) * 7
_UNDECIDED: Final = (Label.UNDECIDED, Label.TITLE)
_RULES: Final = {"chrome": 1, "names": 2, "structure": 3}
_KIND_RANK: Final = {
    None: 0,
    "decoration": 1,
    "caption": 2,
    "byline": 3,
    "tags": 4,
    "see_also": 5,
    "related": 6,
    "recirculation": 7,
}


class _Make:
    """Sums over the blocks whose elements are made alike: same tag, same names of element and parent."""

    __slots__ = ("chars", "count", "link_chars", "prose_chars")

    def __init__(self) -> None:
        self.chars = self.count = self.link_chars = self.prose_chars = 0


def unit_of(place: Place) -> Place:
    """The nearest element around with more than one text block."""
    at = place
    while at.blocks <= 1 and at.parent is not None:
        at = at.parent
    return at


def read_features(scene: Scene, wanted: Sequence[int]) -> list[list[float]]:
    """One row for each wanted block (indices in rising order), columns as in NAMES."""
    blocks = scene.blocks
    texts = [b for b in blocks if b.kind is BlockKind.TEXT]
    rank = {b.index: i for i, b in enumerate(texts)}
    core = scene.core
    makes: list[_Make] = []
    make_of: dict[tuple[str, int, int], _Make] = {}
    before: list[int] = []
    core_before: list[int] = []
    heading_kind: list[int] = []
    first_seen: dict[str, int] = {}
    seen = core_seen = last_kind = 0
    for b in texts:
        place = b.place
        chars = b.chars
        like = (place.tag, place.names.shape, place.parent.names.shape if place.parent else 0)
        make = make_of.get(like)
        if make is None:
            make = make_of[like] = _Make()
        makes.append(make)
        make.count += 1
        make.chars += chars
        make.link_chars += b.link_chars
        before.append(seen)
        core_before.append(core_seen)
        if scene.is_open_prose(b):
            make.prose_chars += chars
            seen += chars
            if scene.inside(place, core):
                core_seen += chars
        first_seen.setdefault(b.text, b.index)
        heading_kind.append(last_kind)
        if b.heading or (chars < 40 and scene.keys[b.index]):
            kind = scene.book.kind_of(scene.keys[b.index] or "")
            if b.heading or kind:
                last_kind = _KIND_RANK.get(kind, 8)
    total = max(1, seen)
    core_total = max(1, core_seen)
    title = scene.title
    description = squeeze(scene.metadata.descriptions[0]) if scene.metadata.descriptions else ""
    within_columns: dict[int, list[bool]] = {}
    rows = []
    alone: dict[int, tuple[float, float, bool, bool]] = {}
    """What a block is as a neighbour, for those that are one."""
    for index in wanted:
        b = blocks[index]
        i = rank[index]
        place = b.place
        parent = place.parent
        text = b.text
        chars = max(1, b.chars)
        traits: dict[str, int] = {}
        at: Place | None = place
        distance = 0
        while at is not None and distance < 12:
            if at.names.trait is not None:
                traits.setdefault(at.names.trait, distance)
            at = at.parent
            distance += 1
        unit = unit_of(place)
        make = makes[i]
        key = scene.key_of(b) if chars >= 15 and (scene.body_key or description) else ""
        opening = scene.openings[index]
        row: list[float] = [
            log1p(chars),
            min(b.sentences, 12),
            min(1.0, b.commas * 20 / chars),
            b.link_chars / chars,
            b.strong_chars / chars,
            ends_sentence(text),
            b.heading,
            min(1.0, len(_DIGIT.findall(text[:200])) / min(chars, 200)),
            text[:1].isupper(),
        ]
        tag, within = place.tag, place.within
        row += _TAG_COLUMNS.get(tag, _NO_TAG)
        if within not in within_columns:
            within_columns[within] = [within & w != 0 for w in _WITHIN]
        row += within_columns[within]
        row += [traits.get(t, 9) < 4 for t in _TRAITS] if traits else _NO_TRAIT
        row += [
            traits.get("body", 12),
            place.chrome is not None,
            _RULES.get(doubted.rule.split(".")[0], 0) if (doubted := scene.rows[index].doubted) else 0,
            bool(place.within & Within.HIDDEN),
            min(12, place.depth - chrome_place.depth) if (chrome_place := scene.chrome_of(place)) else 12,
            chrome_place.prose_chars / total if chrome_place else 0,
        ]
        row += _CHROME_COLUMNS.get(chrome_place.names.trait or "", _NO_CHROME) if chrome_place else _NO_CHROME
        row += [
            title is not None and index > title,
            min(60, max(-60, index - title)) if title is not None else -61,
            index / len(blocks),
            scene.inside(place, core),
            _distance(unit, core),
            core.prose_chars / max(1, scene.prose),
            unit.prose_chars / total,
            unit.link_chars / max(1, unit.chars),
            min(unit.blocks, 60),
            make.prose_chars / total,
            min(make.count, 60),
            make.link_chars / max(1, make.chars),
            bool(key and scene.body_key and key in scene.body_key),
            bool(scene.body_key),
            bool(key and description and (key in description or description.startswith(key[:60]))),
            _KIND_RANK.get(opening[1], 8) if opening else 0,
            heading_kind[i],
            first_seen[text] != index,
            index > 0 and blocks[index - 1].kind is BlockKind.IMAGE,
            index + 1 < len(blocks) and blocks[index + 1].kind is BlockKind.IMAGE,
            index > 0 and blocks[index - 1].kind is BlockKind.EMBED,
            b.chars <= 300 and split_credit(text, scene.book)[1] is not None,
            before[i] / total,
            (total - before[i]) / total,
            core_before[i] / core_total,
            (core_total - (core_before[i + 1] if i + 1 < len(texts) else core_seen)) / core_total,
        ]
        for d in _NEIGHBOURS:
            j = i + d
            if not 0 <= j < len(texts):
                row += _NOBODY
                continue
            other = texts[j]
            near = other.place
            row += alone.get(j) or alone.setdefault(j, _as_neighbour(scene, other))
            row += (near is parent or near is place or near.parent is parent, makes[j] is make, other.heading)
        rows.append(row)
    return rows


def _as_neighbour(scene: Scene, b: Block) -> tuple[float, float, bool, bool]:
    """How long, how linked, running text, chrome or decided already."""
    is_chrome = (
        scene.rows[b.index].label not in _UNDECIDED
        or bool(b.place.within & (Within.NAV | Within.HIDDEN))
        or scene.chrome_of(b.place) is not None
    )
    return log1p(b.chars), b.link_chars / max(1, b.chars), scene.is_open_prose(b), is_chrome


def _distance(unit: Place, core: Place) -> int:
    """Steps up from the unit to the core, 9 where it stands outside; negative where the unit holds the core."""
    at: Place | None = unit
    steps = 0
    while at is not None and steps < 9:
        if at is core:
            return steps
        at = at.parent
        steps += 1
    at = core
    steps = 0
    while at is not None and steps < 9:
        if at is unit:
            return -steps
        at = at.parent
        steps += 1
    return 9


def candidates(scene: Scene) -> list[int]:
    """Text blocks that no rule of the first pass decided."""
    return [row.block.index for row in scene.rows if row.label is Label.UNDECIDED and row.block.kind is BlockKind.TEXT]


def label_of_markup(block: Block, scene: Scene) -> Label:
    """What a block of the body is by its markup."""
    within = block.place.within
    if block.heading:
        return Label.HEADING
    if _is_pulled(block.place):
        return Label.PULL_QUOTE
    if within & Within.PRE:
        return Label.CODE
    if within & Within.TABLE and not _is_layout(block, scene):
        return Label.TABLE_CELL
    if within & Within.LIST:
        return Label.LIST_ITEM
    if within & Within.QUOTE:
        return Label.QUOTE
    return Label.PARAGRAPH


def _is_pulled(place: Place) -> bool:
    at: Place | None = place
    for _ in range(4):
        if at is None:
            return False
        if at.names.trait == "pull_quote":
            return at.chars < 800
        at = at.parent
    return False


def _is_layout(block: Block, scene: Scene) -> bool:
    """Whether the table around serves layout: one of its cells holds running text as long as a story's."""
    at: Place | None = block.place
    while at is not None and at.tag != "table":
        if at.tag in ("td", "th") and (at.prose_chars > 0.3 * scene.prose or at.prose_chars > 1200):
            return True
        at = at.parent
    if at is None:
        return True
    return at.blocks == 1 or (
        scene.inside(scene.core, at) and scene.core is not at and scene.core.tag not in ("tr", "tbody", "thead")
    )
