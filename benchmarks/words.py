"""Tokens and comparison keys, the ground of every metric."""

from __future__ import annotations

import unicodedata
from typing import Final

import regex

_SINGLE: Final = r"\u0e00-\u0e7f\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af"
"""Thai, Kana, Han, Hangul: words are not set apart by spaces, so each character is a token."""
_POINTING: Final = regex.compile(
    r"[\u0591-\u05bd\u05bf-\u05c7"  # Hebrew points and accents
    r"\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u0640"  # Arabic vowels, tatweel
    r"\u200b-\u200f\u00ad\ufeff]"  # zero width, direction marks, soft hyphen, byte order mark
)
_MARK: Final = r"\p{M}--[\u0e00-\u0e7f]"
"""Vowel signs and accents belong to their word; Thai ones are tokens already."""
_TOKEN: Final = regex.compile(rf"(?V1)[{_SINGLE}]|[\p{{L}}\p{{N}}_--[{_SINGLE}]||{_MARK}]+")
_BETWEEN_WORDS: Final = regex.compile(rf"(?V1)[^\p{{L}}\p{{N}}||{_MARK}]+")


def tokens(text: str | None) -> list[str]:
    """
    Words of a text; where no spaces part them, its characters. Pointing is left out, case is kept.

    >>> tokens("Two ships, 東京")
    ['Two', 'ships', '東', '京']
    """
    return _TOKEN.findall(_POINTING.sub("", text or ""))


def squeeze(text: str | None) -> str:
    """
    Key for comparing strings whatever their case, spaces, punctuation and pointing.

    >>> squeeze(" «Two» ships! ")
    'twoships'
    """
    return _BETWEEN_WORDS.sub("", _POINTING.sub("", unicodedata.normalize("NFKC", text or ""))).casefold()
