"""
Bylines and dates as printed.

Words that announce them come from the language files; what stands around names (dates, places, papers, roles) is cut
off. Better no name than a wrong one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Final

import regex

from article_extract.dates import read_date
from article_extract.languages import Language, find_language
from article_extract.page import Claim
from article_extract.records import Author
from article_extract.stages.metadata.names import (
    is_nameless,
    is_organisation,
    is_person,
    is_role,
    name_key,
    split_names,
    tidy_name,
)
from article_extract.text import collapse, phrase_key

SOURCE: Final = "visible"
_LONGEST: Final = 400
_DIGIT: Final = re.compile(r"\d")
_HAN: Final = r"[\u4e00-\u9fff]"
_CHINESE: Final = regex.compile(
    rf"(?:记者|記者|作者|撰文|文/|文／|文\s*\|)\s*[:：/／丨|]?\s*({_HAN}{{2,4}}(?:[ "
    rf"\u3000、，,]\s*{_HAN}{{2,3}})*)(?=$|[\s）)／/，,、|丨·。]|报道|報導|摄)"
)
_JAPANESE: Final = regex.compile(
    rf"(?:^|[【（(／/\s・:：])({_HAN}{{1,4}}[ "
    rf"\u3000]?[\u3041-\u30ff\u4e00-\u9fff々]{{1,4}}?)\s?(?:記者|編集委員|特派員|論説委員)"
)
_KOREAN: Final = regex.compile(
    r"((?:[\uac00-\ud7a3]{2,4}\s?[·,]\s?)*[\uac00-\ud7a3]{2,4})\s*(?:(?:선임|인턴|객원|수습|전문|책임|데이터)\s?)?(?:기자|특파원|논설위원|앵커)(?![\uac00-\ud7a3])"
)
_CUT: Final = regex.compile(
    r"\s*(?:[|•·●/]\s*)?(?:\d{1,2}[:.h]\d{2}|\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|(?:19|20)\d\d|\d{1,2}\.?\s\p{L}{3,}\.?\s(?:19|20)\d\d|"
    r"\p{L}{3,9}\.?\s\d{1,2},?\s(?:19|20)\d\d|\d+\s(?:min|mins|minutes?|hours?|h|days?|comments?|kommentare)\b|https?:|@).*$",
    regex.IGNORECASE | regex.DOTALL,
)
_PIECES: Final = regex.compile(r"\s*[|•●]\s*|\s+[·⋅∙]\s+")
_PLACE: Final = regex.compile(
    r"(?<=\p{L}\p{L})\s+(?:in|for|at|aus|à|special to|on behalf of|für|via)\s+(?:the\s+)?\p{L}.*$"
)
_MAIL: Final = regex.compile(r"[(<]?[\w.+-]+@[\w-]+\.[\w.-]+[)>]?")
_OTHERS: Final = regex.compile(
    r"(?<=\S)\s+(?:fotos?|photos?|bilder?|photograph\w*|pictures?|videos?|grafiken?|graphics?|illustrations?|edited|translated|reviewed|"
    r"fact.?checked|additional reporting|übersetz\w+|traduc\w+)(?:\s?[:：]|\s+(?:by|von|par|por|di)\b).*$",
    regex.IGNORECASE,
)
"""Who did something else for the article."""


def read_byline(text: str, words: Language | None, links: Sequence[tuple[str, str | None]] = ()) -> tuple[Author, ...]:
    """The people that a byline names, each once, with role and address of the author's page where printed.

    `words` is the page's language, `links` are texts and absolute targets of the links within the byline. Agencies,
    desks, papers, sections and dates give no author.

    >>> [a.name for a in read_byline("By ANN LEE and Bo Ruiz, Political editor | 3 May 2024", None)]
    ['Ann Lee', 'Bo Ruiz']
    """
    lines = _MAIL.sub(" ", text[: 2 * _LONGEST]).split("\n")
    text = " | ".join(filter(None, map(collapse, lines)))[:_LONGEST]
    if not text or is_nameless(text) or phrase_key(text) in _phrases(_code(words), "byline", alone=True):
        return ()
    targets = {name_key(tidy_name(label)): url for label, url in links}
    people = _by_script(text)
    if not people:
        for piece in _PIECES.split(text):
            if people := _names(piece, words):
                break
    if not people:
        for label, _ in links:
            people += [(name, role) for name, role in _names(label, words) if all(name != n for n, _ in people)]
    return tuple(Author(name, targets.get(name_key(name)), role) for name, role in people)


def read_desk(text: str, words: Language | None) -> str | None:
    """The agency, paper or desk in a byline that names no person; None for a nameless one ("Staff", "Redaktion").

    >>> read_desk("By The Associated Press", None), read_desk("Staff and agencies", None)
    ('The Associated Press', None)
    """
    text = tidy_name(_without_start(_CUT.sub("", collapse(text[:_LONGEST])), words))
    nameless = phrase_key(text) in _phrases(_code(words), "byline", alone=True) or all(
        is_nameless(word) or len(word) < 4 for word in text.split()
    )
    fits = 2 <= len(text) <= 40 and len(text.split()) <= 5 and is_organisation(text)
    return text if fits and not nameless else None


def is_byline(text: str, words: Language | None) -> bool:
    """Whether a short text has words that announce an author at its start or after a date or separator."""
    return len(text) < _LONGEST and _starts(_code(words)).search(text) is not None


def _by_script(text: str) -> list[tuple[str, str | None]]:
    """Names beside the word for "reporter" in scripts that do not part words from names."""
    for pattern in (_KOREAN, _CHINESE, _JAPANESE):
        found = [
            name
            for match in pattern.finditer(text)
            for name in regex.split(r"\s*[·,、，]\s*|(?<=[\u4e00-\u9fff]{2})\s+", match.group(1))
        ]
        if names := [n for n in dict.fromkeys(found) if is_person(n, stated=True)]:
            return [(name, None) for name in names]
    return []


def _names(text: str, words: Language | None) -> list[tuple[str, str | None]]:
    if (late := _starts(_code(words)).search(text)) is not None and late.start() > 0:
        text = text[late.start() :].lstrip(" |•·,–—-")  # "3 May 2024 | By Ann Lee"
    text = _without_start(_OTHERS.sub("", _CUT.sub("", text)), words)
    text, role = _split_role(_PLACE.sub("", text), words)
    people = list(split_names(text))
    if role and people and people[-1][1] is None:
        people[-1] = (people[-1][0], role)
    return people


def _without_start(text: str, words: Language | None) -> str:
    """The text after the longest phrase of the language that opens bylines."""
    key = text.casefold()
    for phrase in _phrases(_code(words), "byline", alone=False):
        if key.startswith(phrase) and not key[len(phrase) : len(phrase) + 1].isalpha():
            return text[len(phrase) :].lstrip(" :：-–|/")
    return text


@cache
def _starts(code: str | None) -> regex.Pattern[str]:
    """Words that announce an author, at the start of a text or after a number or separator within it."""
    phrases = {*_phrases(code, "byline", alone=False), *_phrases("en", "byline", alone=False), "by"}
    body = "|".join(regex.escape(p) for p in sorted(phrases, key=len, reverse=True))
    return regex.compile(
        rf"(?:^|(?<=\d)\s+|\s*[|•·,–—-]\s*)(?:{body})(?:\s*[:：]\s*|\s+)(?-i:(?=[\p{{Lu}}\p{{Lo}}]))", regex.IGNORECASE
    )


def _split_role(text: str, words: Language | None) -> tuple[str, str | None]:
    """A role at the end without a comma before it: the spans of a byline run together."""
    roles = _phrases(_code(words), "roles", alone=True)
    parts = text.split()
    for size in range(min(6, len(parts) - 2), 0, -1):
        tail = " ".join(parts[-size:])
        if phrase_key(tail) in roles or (
            size < 4 and is_role(tail) and len(parts) - size < 4 and parts[-size][:1].isupper()
        ):
            return " ".join(parts[:-size]).rstrip(" ,-–|"), tail
    return text, None


@cache
def _phrases(code: str | None, kind: str, *, alone: bool) -> tuple[str, ...]:
    words = find_language(code)
    found = words.chrome.get(kind) if words is not None else None
    if found is None:
        return ()
    if alone:
        return tuple(phrase_key(p) for p in found.alone)
    return tuple(sorted((p.casefold() for p in found.start), key=len, reverse=True))


def read_visible_date(text: str, words: Language | None) -> tuple[Claim, ...]:
    """Claims for `published` and `modified` of a date line; at most one each.

    A date after a word for "updated" is the modification date, every other one the publication date. A second date
    without its year has that of the first. Dates that cannot be read ("2 hours ago") give a claim without a value.

    >>> [(c.field, c.value) for c in read_visible_date("Published 3 May 2024, updated 5 May", find_language("en"))]
    [('published', '2024-05-03'), ('modified', '2024-05-05')]
    """
    text = collapse(text[:_LONGEST])
    if not _DIGIT.search(text) and not _is_relative(text, words):
        return ()
    claims: dict[str, Claim] = {}
    year: str | None = None
    code = _code(words)
    for label, piece in _labelled(text, words):
        field = "modified" if label == "updated" else "published"
        stamp = read_date(piece, language=code)
        if stamp.value is None and year and _DIGIT.search(piece):
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


def _labelled(text: str, words: Language | None) -> list[tuple[str | None, str]]:
    """The text cut before each word for "published" or "updated", with which of the two it is."""
    pattern = _labels(_code(words))
    cuts = [(m.start(), "updated" if m.lastgroup == "u" else "published") for m in pattern.finditer(text)]
    if not cuts:
        return [(None, text)]
    pieces: list[tuple[str | None, str]] = []
    if cuts[0][0] > 0:
        pieces.append((None, text[: cuts[0][0]]))
    for (start, label), end in zip(cuts, [c[0] for c in cuts[1:]] + [len(text)], strict=True):
        pieces.append((label, text[start:end].strip(" |·•-–,;(/")))
    return [(label, piece) for label, piece in pieces if piece]


def _code(words: Language | None) -> str | None:
    return words.code if words is not None else None


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
    pattern = _relative(_code(words))
    return pattern is not None and pattern.search(text) is not None


@cache
def _relative(code: str | None) -> regex.Pattern[str] | None:
    words = find_language(code)
    phrases = [p for p in words.dates.relative if "{n}" in p] if words is not None else []
    if not phrases:
        return None
    body = "|".join(regex.escape(p).replace(regex.escape("{n}"), r"\d{1,3}") for p in phrases)
    return regex.compile(f"(?<!\\d)(?:{body})", regex.IGNORECASE)
