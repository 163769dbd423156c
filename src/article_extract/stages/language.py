"""Which language a page is in: stated or, where the markup is silent or lies, read from its text."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Sequence
from functools import cache
from typing import Final

import regex

from article_extract.languages import find_language, primary_code
from article_extract.page import Block
from article_extract.records import Direction
from article_extract.rules import DATA

_SAMPLE: Final = 3000
_FEW: Final = 500
"""Letters that tell a script."""
_RANGES: Final = (
    ("Latn", "A-Za-z\u00c0-\u024f\u1e00-\u1eff"),
    ("Arab", "\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufeff"),
    ("Hebr", "\u0590-\u05ff"),
    ("Cyrl", "\u0400-\u052f"),
    ("Grek", "\u0370-\u03ff\u1f00-\u1fff"),
    ("Deva", "\u0900-\u097f"),
    ("Beng", "\u0980-\u09ff"),
    ("Guru", "\u0a00-\u0a7f"),
    ("Gujr", "\u0a80-\u0aff"),
    ("Orya", "\u0b00-\u0b7f"),
    ("Taml", "\u0b80-\u0bff"),
    ("Telu", "\u0c00-\u0c7f"),
    ("Knda", "\u0c80-\u0cff"),
    ("Mlym", "\u0d00-\u0d7f"),
    ("Sinh", "\u0d80-\u0dff"),
    ("Thai", "\u0e00-\u0e7f"),
    ("Laoo", "\u0e80-\u0eff"),
    ("Tibt", "\u0f00-\u0fff"),
    ("Mymr", "\u1000-\u109f"),
    ("Geor", "\u10a0-\u10ff\u1c90-\u1cbf"),
    ("Ethi", "\u1200-\u137f"),
    ("Khmr", "\u1780-\u17ff"),
    ("Armn", "\u0530-\u058f"),
    ("Kana", "\u3040-\u30ff"),
    ("Hang", "\uac00-\ud7af\u1100-\u11ff"),
    ("Hani", "\u3400-\u4dbf\u4e00-\u9fff"),
)
_SCRIPT: Final = regex.compile("|".join(f"([{chars}])" for _, chars in _RANGES))
_ONE_LANGUAGE: Final = {
    "Hebr": "he", "Grek": "el", "Beng": "bn", "Guru": "pa", "Gujr": "gu", "Orya": "or", "Taml": "ta", "Telu": "te", "Knda": "kn",
    "Mlym": "ml", "Sinh": "si", "Thai": "th", "Laoo": "lo", "Tibt": "bo", "Mymr": "my", "Geor": "ka", "Ethi": "am", "Khmr": "km",
    "Armn": "hy", "Kana": "ja", "Hang": "ko", "Hani": "zh", "Deva": "hi", "Arab": "ar", "Cyrl": "ru", "Latn": "und",
}  # fmt: skip
_SCRIPTS_OF: Final = {
    "Arab": "ar fa ur ps ku sd ug ckb az pa ks", "Cyrl": "ru uk bg sr mk be kk ky mn tg uz tt ba cv os ce ab", "Deva": "hi mr ne sa mai bho kok",
    "Hebr": "he yi", "Ethi": "am ti", "Hani": "zh ja yue wuu", "Kana": "ja", "Hang": "ko",
}  # fmt: skip
_RTL: Final = frozenset(("Arab", "Hebr", "Thaa", "Syrc"))
_WORD: Final = regex.compile(r"[\p{L}\p{M}]+")


def main_script(text: str) -> str | None:
    """ISO 15924 code of the script most letters of a sample are in; Kana wherever a twelfth is Kana."""
    named: dict[str, int] = {}
    for ch, count in Counter(text[:_FEW]).items():
        if match := _SCRIPT.match(ch):
            script = _RANGES[(match.lastindex or 0) - 1][0]
            named[script] = named.get(script, 0) + count
    if not named:
        return None
    if named.get("Kana", 0) * 12 > sum(named.values()):
        return "Kana"
    return max(named, key=named.__getitem__)


@cache
def _function_words() -> dict[str, frozenset[str]]:
    data = tomllib.loads((DATA / "function_words.toml").read_text(encoding="utf-8"))
    return {code: frozenset(words.split()) for code, words in data.items()}


def detect_language(text: str) -> str:
    """The language of a text by script and function words; "und" where too little tells.

    >>> detect_language("Der Stadtrat hat das neue Bad beschlossen, und die Arbeiten beginnen im Mai.")
    'de'
    """
    return _detect(text, main_script(text))


def _detect(text: str, script: str | None) -> str:
    if script is None:
        return "und"
    words = _WORD.findall(text[:_SAMPLE].casefold())
    if not words or script not in ("Latn", "Cyrl", "Arab", "Deva", "Hebr"):
        return _ONE_LANGUAGE[script]
    codes, languages_of = _languages_in(script)
    scores = dict.fromkeys(codes, 0)
    for word, count in Counter(words).items():
        for code in languages_of.get(word, ()):
            scores[code] += count
    best = max(scores, key=scores.__getitem__, default="und")
    if not scores or scores[best] < max(2, 0.04 * len(words)):
        return _ONE_LANGUAGE[script]
    return best


@cache
def _languages_in(script: str) -> tuple[tuple[str, ...], dict[str, tuple[str, ...]]]:
    """The languages written in a script, and which of them have a function word."""
    codes = tuple(c for c, words in _function_words().items() if main_script(" ".join(words)) == script)
    languages_of: dict[str, tuple[str, ...]] = {}
    for code in codes:
        for word in _function_words()[code]:
            languages_of[word] = (*languages_of.get(word, ()), code)
    return codes, languages_of


def settle_language(
    hint: str | None, stated: Sequence[str | None], blocks: Sequence[Block], title: str | None
) -> tuple[str, Direction]:
    """BCP 47 tag and direction: the caller's hint, else what the page states unless its text is in another language."""
    sample = _sample(blocks, title)
    script = main_script(sample)
    direction: Direction = "rtl" if script in _RTL else "ltr"
    if hint:
        return hint, direction
    detected = _detect(sample, script)
    for tag in stated:
        if not tag:
            continue
        tag = tag.strip().replace("_", "-")
        code = primary_code(tag)
        if not code.isalpha() or not 2 <= len(code) <= 3:
            continue
        if script is None or _fits(code, script, detected, sample):
            return _tidy(tag), direction
    return detected, direction


def _fits(code: str, script: str, detected: str, sample: str) -> bool:
    """Whether a stated language can be what the text is in."""
    if code == primary_code(detected):
        return True
    scripts = _SCRIPTS_OF.get(script)
    if scripts is not None:
        if code not in scripts.split():
            return False
    elif script != "Latn":
        return code == _ONE_LANGUAGE[script] or (code not in _function_words() and find_language(code) is None)
    elif code in ("ar", "fa", "he", "ur", "ru", "uk", "bg", "el", "hi", "bn", "th", "zh", "ja", "ko", "ka", "hy", "am"):
        return False
    known = _function_words().get(code)
    if known is None or detected == "und" or detected not in _function_words():
        return True
    counts = Counter(w.casefold() for w in _WORD.findall(sample[:_SAMPLE]))
    mine = sum([counts[w] for w in known & counts.keys()])
    other = sum([counts[w] for w in _function_words()[detected] & counts.keys()])
    # Close relatives share their function words; a lie is told by a clear difference.
    return mine * 2 >= other or sum(counts.values()) < 25


def _tidy(tag: str) -> str:
    parts = tag.split("-")
    out = [parts[0].lower()]
    for part in parts[1:3]:
        if len(part) == 4 and part.isalpha():
            out.append(part.title())
        elif (len(part) == 2 and part.isalpha()) or (len(part) == 3 and part.isdigit()):
            out.append(part.upper())
    return "-".join(out)


def _sample(blocks: Sequence[Block], title: str | None) -> str:
    """The page's running text, else all of it."""
    out = [title or ""]
    size = 0
    for block in sorted((b for b in blocks if b.chars >= 80 and b.link_chars * 3 < b.chars), key=lambda b: b.index)[
        :60
    ]:
        out.append(block.text)
        size += len(block.text)
        if size > 2 * _SAMPLE:
            break
    if size < 200:
        out += [b.text for b in blocks if b.text][:80]
    text = " ".join(out)
    # From the middle: the first long blocks are often notices in another language.
    start = max(0, min(len(text) - _SAMPLE, len(text) // 4))
    return text[start : start + _SAMPLE]
