"""
What the quotes stage knows of writing systems and grammar; vocabulary is in the language files.

These are closed classes (articles, case particles, scripts), listed here because the rules are written in their terms.
"""

from __future__ import annotations

from typing import Final


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


UNSPACED: Final = _set("zh ja th lo km my")
"""Languages written without spaces between words."""
CASELESS: Final = _set("ar he fa ur hi bn ta te ml kn mr gu pa ne si am ti ko ka ps ku ug sd yi dv or as")
"""Languages with spaces but without capitals."""
VERB_FINAL: Final = _set("tr az uz kk ky tk ko ja fa ur hi bn ta te ml kn mr gu pa ne si am ti ku ps eu mn my ka")
"""Languages whose subject stands before the quote although the verb follows it."""
NOUN_CAPITALS: Final = _set("de lb")
"""Languages that write all nouns with capitals."""
TURNS: Final = _set("sv no da nn nb fi is fo")
"""Languages in which a paragraph that a dash opens is one turn: sentences behind its reporting clause are speech too."""
COMPOUNDING: Final = _set("de nl sv no da nn nb is fi et hu lb af fy fo")
"""Languages whose last part of a compound tells what it is: "Verteidigungsminister"."""
INFLECTING: Final = _set("ru uk be pl cs sk sl hr sr bg mk lt lv et fi hu el ro la")
"""Languages that put names in cases, so that the same name has several forms."""
ARTICLE_LANGUAGES: Final = _set("en de fr es it pt nl ca gl lb el")
"""Languages in which a person known to the reader has an article in front."""
ARTICLES: Final = _set("the der die das le la les il lo gli el los o os het de ο η το οι τα i ha na az")
"""Articles that can stand before a subject; other short words before a name make it an object."""
INDEFINITE: Final = _set(
    "a an one another ein eine einer un une uno una um uma en ett et ei een egy bir unei unui μια ένας ένα"
)
"""Articles that bring somebody new into the story, so that "a minister" is not the minister named above."""
SUBJECT_MARKS: Final = {
    "ja": ("は", "が", "も"),
    "ko": ("은", "는", "이", "가", "께서"),
    "hi": ("ने",),
    "ur": ("نے",),
    "mr": ("नी", "ने", "यांनी"),
    "ne": ("ले",),
    "pa": ("ਨੇ",),
}
"""Particles behind the subject."""
PREFIXES: Final = {"ar": ("و", "ف"), "he": ("ו", "ש", "כש")}
"""Conjunctions written onto the next word."""
DEFINITE: Final = {"ar": "ال", "he": "ה"}
"""Articles written onto the next word."""
ELIDED: Final = _set("qu jusqu lorsqu puisqu quoiqu dell all dall nell sull quell un quest")
"""What stands before an apostrophe as a word of its own, one or two letters aside."""
NAME_PARTICLES: Final = _set("van von bin ibn")
"""Parts of foreign names in any language."""
PARTICLE_TAILS: Final = _set("der den de dem het")
"""What follows "van" and "von"."""
COMPANY: Final = _set("ltd inc llc plc gmbh ag corp co sa srl spa bv nv oy ab as kg se llp")
"""Legal forms: what bears one is no person."""
PURPOSE: Final = _set("for per pour para für za do til")
"""Prepositions that name a source only at the beginning of a sentence ("Pour elle, …")."""
DOERS: Final = {
    "ru": ("ник", "щик", "чик", "тель", "тор", "лог", "ист", "арь", "ница", "щица", "истка", "граф", "вед", "тельница"),
    "uk": ("ник", "щик", "тель", "тор", "лог", "ист", "ар", "ниця", "истка", "граф", "тельниця"),
    "bg": ("ник", "чик", "тел", "тор", "лог", "ист", "ар", "телка", "истка", "граф"),
    "pl": ("nik", "niczka", "arz", "arka", "log", "ista", "istka", "iciel", "icielka", "owiec", "tor", "torka"),
    "cs": ("ník", "nice", "ář", "ářka", "log", "ložka", "ista", "istka", "tel", "telka", "ec", "tor", "torka"),
    "tr": ("cı", "ci", "cu", "cü", "çı", "çi", "çu", "çü", "men", "mani", "olog", "ist"),
    "fi": ("ja", "jä", "ija", "ijä", "logi", "isti", "mies", "nainen", "tieteilijä", "johtaja"),
    "hu": ("ász", "ész", "ár", "ér", "lógus", "ista", "nök", "ó", "ő"),
    "ro": ("tor", "toare", "ist", "istă", "log", "logă", "ar", "er"),
    "el": ("της", "τρια", "λόγος", "γός", "άρης", "ίστας"),
    "id": ("wan", "wati"),
}
"""How words for who does something end, where a sentence can begin with such a word and a name."""
