"""What the classifiers see of a page beyond the single block: measures computed once, before the first pass."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final

from article_extract.options import Options
from article_extract.page import Block, FoundEmbed, Label, LabelledBlock, Metadata, Place, Teaser, Within
from article_extract.rules import PhraseBook
from article_extract.text import phrase_key, squeeze

LABEL_OF_TRAIT: Final = {
    "consent": Label.CONSENT,
    "comments": Label.COMMENTS,
    "newsletter": Label.NEWSLETTER,
    "subscribe": Label.SUBSCRIBE,
    "share": Label.SHARE,
    "ad": Label.AD,
    "breadcrumb": Label.BREADCRUMB,
    "toc": Label.TOC,
    "recirculation": Label.RECIRCULATION,
    "related": Label.RECIRCULATION,
    "promo": Label.RECIRCULATION,
    "sidebar": Label.RECIRCULATION,
    "login": Label.LOGIN,
    "navigation": Label.NAVIGATION,
    "footer": Label.LEGAL,
    "dialog": Label.DECORATION,
    "player": Label.PLAYER,
    "author_bio": Label.BYLINE,
    "disclaimer": Label.DISCLAIMER,
    "tags": Label.TAGS,
    "hidden": Label.HIDDEN,
}
LABEL_OF_PHRASE: Final = {
    "share": Label.SHARE,
    "see_also": Label.SEE_ALSO_LABEL,
    "related": Label.SEE_ALSO_LABEL,
    "recirculation": Label.RECIRCULATION,
    "placeholder": Label.PLACEHOLDER,
    "ad": Label.AD,
    "newsletter": Label.NEWSLETTER,
    "subscribe": Label.SUBSCRIBE,
    "login": Label.LOGIN,
    "comments": Label.COMMENTS,
    "byline": Label.BYLINE,
    "caption": Label.CAPTION,
    "player": Label.PLAYER,
    "consent": Label.CONSENT,
    "disclaimer": Label.DISCLAIMER,
    "toc": Label.TOC,
    "tags": Label.TAGS,
    "navigation": Label.NAVIGATION,
    "legal": Label.LEGAL,
    "breadcrumb": Label.BREADCRUMB,
    "decoration": Label.DECORATION,
    "summary": Label.DECORATION,
    "author_bio": Label.BYLINE,
    "follow_lead": Label.SUBSCRIBE,
}
_READERS_OWN: Final = frozenset(("comments", "navigation", "footer"))
"""What can hold more prose than the article; voided only when the headline stands in it."""


class Scene:
    """A page under classification. Everything here is read-only for classifiers but `rows`, whose labels they set."""

    __slots__ = (
        "blocks", "body_key", "book", "core", "doubtful_teasers", "embed_at", "embeds", "host", "keys", "language", "metadata", "open_prose", "openings", "options", "prose",
        "rows", "scores", "squeezed", "stories", "teasers", "title", "title_keys", "voided",
    )  # fmt: skip

    def __init__(
        self,
        blocks: Sequence[Block],
        places: Sequence[Place],
        metadata: Metadata,
        book: PhraseBook,
        language: str,
        options: Options,
        embeds: Sequence[FoundEmbed] = (),
        host: str = "",
    ) -> None:
        self.blocks = blocks
        self.rows = [LabelledBlock(block) for block in blocks]
        self.metadata = metadata
        self.book = book
        self.language = language
        self.host = host
        """Host name of the page, empty where the URL is not known."""
        self.embeds = embeds
        self.embed_at = {i: n for n, e in enumerate(embeds) for i in range(e.first, e.last)}
        """Which embed (index into `embeds`) a block is part of."""
        self.options = options
        root = places[0]
        self.keys: list[str | None] = [phrase_key(b.text) if b.text and b.chars <= 120 else None for b in blocks]
        """`phrase_key` of each short block."""
        self.openings = [book.opening(key) if key else None for key in self.keys]
        self.body_key = squeeze(" ".join(metadata.article_body))
        """JSON-LD `articleBody` or state JSON, squeezed; empty where there is none."""
        self.title_keys = [k for k in (squeeze(t) for t in metadata.titles) if k]
        self.voided: set[int] = set()
        """ids of places whose chrome trait is not believed."""
        self._void(root, places)
        self.open_prose = [self._is_open_prose(b) for b in blocks]
        """Which blocks are running text outside chrome."""
        self.prose = max(1, sum(b.chars for b, is_open in zip(blocks, self.open_prose, strict=True) if is_open))
        """Letters of running text outside chrome."""
        self.teasers: list[Teaser] = []
        self.doubtful_teasers: list[Teaser] = []
        self.scores: dict[int, float] = {}
        """The model's probability for each block it was asked about."""
        self.title: int | None = None
        """Index of the headline's block, set by `front`."""
        self.squeezed: dict[int, str] = {}
        """Block index → `squeeze` of its text, for those asked for; see `key_of`."""
        self.stories: dict[str, bool] = {}
        """Address → whether it looks like a story's, for those asked for."""
        self.core = self._find_core(root)
        """The innermost element that holds most of the running text."""

    def _void(self, root: Place, places: Sequence[Place]) -> None:
        """Disbelieve chrome names around most of the page's prose: "content-with-sidebar", "paywall" on every paragraph."""
        headline = next(
            (b for b in self.blocks if b.heading == 1 and b.text and not b.place.within & Within.HIDDEN), None
        )
        around_headline = set()
        at = headline.place if headline else None
        while at is not None:
            around_headline.add(id(at))
            at = at.parent
        total = root.prose_chars
        strong = [place for place in places if place.names.strong and place.prose_chars]
        for place in strong:
            if (
                place.names.trait in _READERS_OWN
                and id(place) not in around_headline
                and (place.parent is None or place.parent.chrome is None)
            ):
                total -= place.prose_chars
        if total <= 0:
            total = root.prose_chars
        shapes: Counter[tuple[str | None, int, str]] = Counter()
        for place in strong:
            if (
                place.parent is None
                or place.parent.chrome is None
                or place.parent.chrome.names.shape != place.names.shape
            ):
                shapes[place.names.trait, place.names.shape, place.tag] += place.prose_chars
        for place in strong:
            mine = shapes[place.names.trait, place.names.shape, place.tag]
            if place.names.trait in _READERS_OWN:
                if id(place) in around_headline and place.prose_chars > 0.3 * total:
                    self.voided.add(id(place))
            elif (
                place.prose_chars > 0.5 * total
                or (mine > 0.5 * total and place.names.trait not in ("related", "recirculation", "promo"))
                or (id(place) in around_headline and place.prose_chars > 0.25 * total)
            ):
                self.voided.add(id(place))

    def key_of(self, block: Block) -> str:
        """The `squeeze` of a block's text; several classifiers compare by it."""
        key = self.squeezed.get(block.index)
        if key is None:
            key = self.squeezed[block.index] = squeeze(block.text)
        return key

    def chrome_of(self, place: Place) -> Place | None:
        """The nearest element around whose names make it chrome and are believed."""
        chrome = place.chrome
        while chrome is not None and id(chrome) in self.voided:
            chrome = chrome.parent.chrome if chrome.parent is not None else None
        return chrome

    def is_open_prose(self, block: Block) -> bool:
        """Running text outside chrome."""
        return self.open_prose[block.index]

    def _is_open_prose(self, block: Block) -> bool:
        return block.is_prose and not block.place.within & Within.FORM and self.chrome_of(block.place) is None

    def may_be_text(self, block: Block) -> bool:
        """Whether a block that names or structure call chrome stands among the text, or reads like it."""
        if self.inside(block.place, self.core):
            return True
        return (
            block.chars >= 100
            and block.sentences > 0
            and block.link_chars * 3 < block.chars
            and not block.place.within & Within.HIDDEN
        )

    def _find_core(self, root: Place) -> Place:
        """Climb down from the root while one child holds most of the prose that lies outside chrome."""
        scores: dict[int, float] = {}
        places: dict[int, Place] = {}
        for block in self.blocks:
            if not self.is_open_prose(block):
                continue
            weight = float(block.chars)
            place = block.place.parent if block.place.blocks <= 1 else block.place
            while place is not None and place.blocks <= 1 and place.parent is not None:
                place = place.parent
            while place is not None and weight > 1:
                scores[id(place)] = scores.get(id(place), 0.0) + weight
                places[id(place)] = place
                weight *= 0.6
                # An element around nothing but its one child is the same container.
                while place.parent is not None and place.parent.blocks == place.blocks:
                    place = place.parent
                place = place.parent
        if not scores:
            return root

        # Links dilute: a list of teasers with summaries scores high by mass alone.
        def value(key: int) -> float:
            place = places[key]
            return scores[key] * (1 - min(0.9, place.link_chars / max(1, place.chars)))

        return places[max(scores, key=value)]

    def inside(self, place: Place, outer: Place) -> bool:
        """Whether `place` is `outer` or within it."""
        at: Place | None = place
        while at is not None and at.depth >= outer.depth:
            if at is outer:
                return True
            at = at.parent
        return False
