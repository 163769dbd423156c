"""First pass: what element names, HTML's own structure and known phrases say of one block."""

from __future__ import annotations

from article_extract.page import Block, Label, Verdict, Within
from article_extract.stages.classify.scene import LABEL_OF_PHRASE, LABEL_OF_TRAIT, Scene

_LABEL_WORDS = 14
"""Known phrases stand alone or before at most so many words of a link."""


def by_hidden(block: Block, scene: Scene) -> Verdict | None:
    """Text that the markup hides."""
    if block.place.within & Within.HIDDEN:
        return Verdict(Label.HIDDEN, "chrome.hidden")
    return None


def by_phrase(block: Block, scene: Scene) -> Verdict | None:
    """A whole block that is a known phrase of the page's language or English."""
    key = scene.keys[block.index]
    if key is None:
        return None
    if not key:
        return Verdict(Label.DECORATION, "chrome.no_words") if not _is_content_number(block) else None
    kind = scene.book.kind_of(key)
    if kind is not None:
        if block.heading == 1 or (
            kind in _AMBIGUOUS_HEADINGS and block.heading and scene.chrome_of(block.place) is None
        ):
            return None
        return Verdict(LABEL_OF_PHRASE[kind], f"phrase.{kind}")
    opening = scene.openings[block.index]
    if opening is None:
        return None
    phrase, kind = opening
    rest = key[len(phrase) :]
    words = rest.count(" ")
    linked = block.link_chars > 0 and block.link_chars >= len(rest.replace(" ", "")) * 0.7
    if kind in ("see_also", "related"):
        # The rest is the story's title: label and title are told apart in the second pass.
        return Verdict(Label.SEE_ALSO_LABEL, f"phrase.{kind}.link") if linked else None
    if words <= 6 or (linked and words <= _LABEL_WORDS):
        if block.heading and scene.chrome_of(block.place) is None:
            return None
        if kind in ("caption", "byline") and block.sentences and words > 4:
            return None
        return Verdict(LABEL_OF_PHRASE[kind], f"phrase.{kind}.start")
    if kind in _LONG_OPENERS and block.chars <= 400:
        return Verdict(LABEL_OF_PHRASE[kind], f"phrase.{kind}.long")
    return None


def by_copyright(block: Block, scene: Scene) -> Verdict | None:
    """A short line with a copyright sign: nobody's story has one."""
    if block.chars <= _LONGEST_NOTICE and not block.heading and any(sign in block.text for sign in _COPYRIGHT):
        return Verdict(Label.LEGAL, "chrome.copyright")
    return None


_COPYRIGHT = ("©", "ⓒ", "Ⓒ", "(c) 20", "(C) 20")
_LONGEST_NOTICE = 160
_AMBIGUOUS_HEADINGS = frozenset(("decoration", "summary", "toc", "caption"))
_LONG_OPENERS = frozenset(("newsletter", "subscribe", "disclaimer", "consent", "ad", "comments"))


def _is_content_number(block: Block) -> bool:
    return bool(block.place.within & Within.TABLE)


def by_names(block: Block, scene: Scene) -> Verdict | None:
    """Names of an element around that make everything within it chrome."""
    chrome = scene.chrome_of(block.place)
    if chrome is None:
        return None
    trait = chrome.names.trait
    if trait is None:
        return None
    return Verdict(LABEL_OF_TRAIT.get(trait, Label.OTHER), f"names.{trait}")


def by_structure(block: Block, scene: Scene) -> Verdict | None:
    """HTML's own sections: nav, page footer, page header, forms, buttons, dialogs."""
    within = block.place.within
    if within & Within.NAV:
        return Verdict(Label.NAVIGATION, "structure.nav")
    if within & Within.DIALOG:
        return Verdict(Label.DECORATION, "structure.dialog")
    if (
        within & Within.FOOTER
        and not within & (Within.ARTICLE | Within.QUOTE | Within.FIGURE)
        and not scene.inside(scene.core, block.place)
    ):
        return Verdict(Label.LEGAL, "structure.footer")
    if within & Within.BUTTON:
        return Verdict(Label.NAVIGATION, "structure.button")
    if within & Within.FORM:
        return Verdict(Label.OTHER, "structure.form")
    if (
        within & Within.HEADER
        and not within & (Within.ARTICLE | Within.MAIN)
        and not block.heading
        and block.link_density > 0.8
    ):
        return Verdict(Label.NAVIGATION, "structure.header")
    return None
