"""What HTML elements are to the walk: skipped, inline, block, media."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from article_extract.page import MarkKind, Within

SKIP: Final = 0
INLINE: Final = 1
BLOCK: Final = 2
BREAK: Final = 3
IMAGE: Final = 4
RULE: Final = 5
VOID: Final = 6


def _kinds() -> Mapping[str, int]:
    kinds: dict[str, int] = {}
    for kind, names in (
        (SKIP, "head script style template noscript iframe option textarea"),
        (
            INLINE,
            "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark meter nobr output picture progress "
            "q rb rbc rp rt rtc ruby s samp small span strike strong sub sup time tt u var wbr slot basefont blink "
            "math mfrac mi mn mo mover mroot mrow ms mspace msqrt mstyle msub msubsup msup mtext munder munderover semantics",
        ),
        (
            BLOCK,
            "address article aside blockquote body button caption center dd details dialog div dl dt fieldset figcaption figure "
            "footer form h1 h2 h3 h4 h5 h6 header hgroup html legend li main menu nav ol p pre search section select summary "
            "table tbody td tfoot th thead tr ul audio video object canvas",
        ),
        (BREAK, "br"),
        (IMAGE, "img amp-img image"),
        (RULE, "hr"),
        (VOID, "area base col link meta param source track input embed"),
    ):
        kinds.update(dict.fromkeys(names.split(), kind))
    return kinds


KIND_OF_TAG: Final = _kinds()
"""Kind of each known tag. Others (custom elements, svg) are blocks, unless they stand amid text."""

SKIPPED: Final = frozenset(tag for tag, kind in KIND_OF_TAG.items() if kind == SKIP)
"""Elements whose text is not visible text (CONTRACT: head, script, style, template, noscript, iframe fallback, option,
textarea)."""

WITHIN_OF_TAG: Final[Mapping[str, int]] = {
    "h1": Within.HEADING,
    "h2": Within.HEADING,
    "h3": Within.HEADING,
    "h4": Within.HEADING,
    "h5": Within.HEADING,
    "h6": Within.HEADING,
    "p": Within.PARAGRAPH,
    "ul": Within.LIST,
    "ol": Within.LIST,
    "dl": Within.LIST,
    "table": Within.TABLE,
    "thead": Within.HEAD_ROW,
    "th": Within.HEAD_ROW,
    "blockquote": Within.QUOTE,
    "figure": Within.FIGURE,
    "figcaption": Within.CAPTION,
    "amp-img": Within.FIGURE,
    "nav": Within.NAV,
    "menu": Within.NAV,
    "header": Within.HEADER,
    "footer": Within.FOOTER,
    "aside": Within.ASIDE,
    "form": Within.FORM,
    "fieldset": Within.FORM,
    "select": Within.FORM,
    "button": Within.BUTTON,
    "dialog": Within.DIALOG,
    "article": Within.ARTICLE,
    "main": Within.MAIN,
    "pre": Within.PRE,
    "svg": Within.HIDDEN,
    "amp-sidebar": Within.NAV,
    "amp-consent": Within.DIALOG,
}
WITHIN_OF_ROLE: Final[Mapping[str, int]] = {
    "navigation": Within.NAV,
    "menu": Within.NAV,
    "menubar": Within.NAV,
    "banner": Within.HEADER,
    "contentinfo": Within.FOOTER,
    "complementary": Within.ASIDE,
    "search": Within.FORM,
    "form": Within.FORM,
    "dialog": Within.DIALOG,
    "alertdialog": Within.DIALOG,
    "button": Within.BUTTON,
    "main": Within.MAIN,
    "article": Within.ARTICLE,
    "heading": Within.HEADING,
}
MARK_OF_TAG: Final[Mapping[str, MarkKind]] = {
    "a": "link",
    "b": "strong",
    "strong": "strong",
    "em": "emphasis",
    "i": "emphasis",
    "cite": "emphasis",
    "code": "code",
    "kbd": "code",
    "samp": "code",
    "tt": "code",
    "sub": "sub",
    "sup": "sup",
    "time": "time",
}
HEADING_LEVEL: Final[Mapping[str, int]] = {f"h{n}": n for n in range(1, 7)}
NAMING: Final = frozenset(
    (
        "class id role itemprop rel data-testid data-test-id data-test data-component data-component-name data-module data-type "
        "data-block data-block-type data-name data-qa data-cy data-track-module data-area data-print property data-widget "
        "data-element data-section data-zone data-role data-spm-zone data-block-name data-item-type data-key data-tb-region"
    ).split()
)
"""Attributes whose values name an element's part on the page."""
STRONG_WORDS: Final = frozenset(("strong", "bold", "fett", "negrita", "gras", "font-bold", "fw-bold", "text-bold"))
"""Names of spans that print bold."""
BREAK_WORDS: Final = frozenset(("br", "break", "linebreak", "line-break", "paragraph-break"))
"""Names of empty spans that end a paragraph."""
PICTURE_WORDS: Final = frozenset(("logo", "icon", "avatar", "emoji", "pixel", "author", "portrait", "spacer"))
"""Names of pictures that are none of the article's."""
LEAD_WORDS: Final = frozenset(
    ("teaser", "teaser-text", "teasertext", "article-teaser", "speakable", "lead-image", "author-description")
)
"""Names that tell leads from others between headline and text, beside the trait `lead`."""
