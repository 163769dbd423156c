"""
Date lines as printed: which of the dates in them is the publication, which the modification.

Words that say so come from the language files.
"""

from __future__ import annotations

from functools import cache
from typing import Final

import regex

from article_extract.dates import read_date
from article_extract.languages import Language, find_language
from article_extract.page import Claim
from article_extract.text import collapse

SOURCE: Final = "visible"
_LONGEST: Final = 400
_LONGEST_LABEL: Final = 40


def code_of(words: Language | None) -> str | None:
    """The code of a language that may be unknown."""
    return words.code if words is not None else None


def read_visible_date(text: str, words: Language | None) -> tuple[Claim, ...]:
    """Claims for `published` and `modified` of a date line; at most one each.

    A date after a word for "updated" is the modification date, every other one the publication date. A second date
    without its year has that of the first. Dates that cannot be read ("2 hours ago") give a claim without a value.

    >>> [(c.field, c.value) for c in read_visible_date("Published 3 May 2024, updated 5 May", find_language("en"))]
    [('published', '2024-05-03'), ('modified', '2024-05-05')]
    """
    text = collapse(text[:_LONGEST])
    if not any(ch.isdecimal() for ch in text) and not _is_relative(text, words):
        return ()
    claims: dict[str, Claim] = {}
    year: str | None = None
    code = code_of(words)
    for label, piece in _labelled(text, words):
        field = "modified" if label == "updated" else "published"
        stamp = read_date(piece, language=code)
        if stamp.value is None and year and any(ch.isdecimal() for ch in piece):
            stamp = read_date(f"{piece.rstrip(' ,.')} {year}", language=code)
        if stamp.value is not None:
            year = year or stamp.value[:4]
        elif not (stamp.problem or _is_relative(piece, words)):
            continue
        if field == "modified" and field in claims and "published" not in claims and stamp.value is not None:
            # "Stand: …, updated …": the earlier of two such words is the publication.
            first = claims[field]
            claims["published"] = Claim("published", first.value, SOURCE, first.raw)
            del claims[field]
        known = claims.get(field)
        if known is None or (known.value is None and stamp.value is not None):
            claims[field] = Claim(field, stamp.value, SOURCE, piece)
    return tuple(sorted(claims.values(), key=lambda c: c.field, reverse=True))


def is_date_label(text: str, words: Language | None) -> bool:
    """Whether a text is nothing but a word for "published" or "updated".

    >>> is_date_label("Last updated:", find_language("en"))
    True
    """
    return len(text) <= _LONGEST_LABEL and _labels(code_of(words)).fullmatch(text.strip(" :")) is not None


def _labelled(text: str, words: Language | None) -> list[tuple[str | None, str]]:
    """The text cut before each word for "published" or "updated", with which of the two it is."""
    pattern = _labels(code_of(words))
    cuts = [(m.start(), "updated" if m.lastgroup == "u" else "published") for m in pattern.finditer(text)]
    if not cuts:
        return [(None, text)]
    pieces: list[tuple[str | None, str]] = []
    if cuts[0][0] > 0:
        pieces.append((None, text[: cuts[0][0]]))
    for (start, label), end in zip(cuts, [c[0] for c in cuts[1:]] + [len(text)], strict=True):
        pieces.append((label, text[start:end].strip(" |·•-–,;(/")))
    return [(label, piece) for label, piece in pieces if piece]


@cache
def _labels(code: str | None) -> regex.Pattern[str]:
    """Words for "updated" and "published" of the language and English, as the groups `u` and `p`."""
    updated: list[str] = []
    published: list[str] = []
    for each in dict.fromkeys((code, "en")):
        if (language := find_language(each)) is not None:
            updated += language.dates.updated
            published += [p for p in language.dates.published if len(p) > 2]
    glued = code in ("zh", "ja", "th", "ko")
    edge, end = ("", "") if glued else (r"(?<![\p{L}\p{M}])", r"(?![\p{L}\p{M}])")
    rows = sorted(
        {*((w, "u") for w in updated), *((w, "p") for w in published)}, key=lambda r: (-len(r[0]), r[1] != "u")
    )
    if not rows:
        return regex.compile(r"(?P<u>(?!))(?P<p>(?!))")
    # One alternation, longest first, so that "originally published" is not cut before "published".
    body = "|".join(f"(?P<{kind}>{regex.escape(word)})" for word, kind in rows)
    return regex.compile(f"{edge}(?:{body}){end}", regex.IGNORECASE)


def _is_relative(text: str, words: Language | None) -> bool:
    pattern = _relative(code_of(words))
    return pattern is not None and pattern.search(text) is not None


@cache
def _relative(code: str | None) -> regex.Pattern[str] | None:
    words = find_language(code)
    phrases = [p for p in words.dates.relative if "{n}" in p] if words is not None else []
    if not phrases:
        return None
    body = "|".join(regex.escape(p).replace(regex.escape("{n}"), r"\d{1,3}") for p in phrases)
    return regex.compile(f"(?<!\\d)(?:{body})", regex.IGNORECASE)
