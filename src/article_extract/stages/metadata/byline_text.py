"""
What the text of a byline says: people, roles, desks, agencies.

Words that announce them come from the language files; what stands around names (dates, places, papers, roles) is cut
off. Better no name than a wrong one.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Final

import regex

from article_extract.languages import Language, find_language
from article_extract.records import Author
from article_extract.stages.metadata.date_lines import code_of
from article_extract.stages.metadata.names import (
    is_agency,
    is_nameless,
    is_organisation,
    is_person,
    is_role,
    name_key,
    split_names,
    tidy_name,
)
from article_extract.text import collapse, phrase_key, squeeze

_LONGEST: Final = 400
_BEFORE: Final = 30
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
    r"(?:\s(?:on|am|at|le|el|il|op|den))?\s*(?:[|•·●/]\s*)?(?:\p{L}{3,6}days?,?\s(?:\p{L}{3,}\s)?\d|\d{1,2}[:.h]\d{2}|\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|(?:19|20)\d\d|\d{1,2}\.?\s\p{L}{3,}\.?\s(?:19|20)\d\d|"
    r"(?:(?<!\p{L})\p{L}{3,9}|(?-i:\p{Lu}\p{Ll}{2,8}))\.?\s\d{1,2},?\s(?:19|20)\d\d|\d+\s(?:min|mins|minutes?|hours?|h|days?|comments?|kommentare)\b|https?:|@).*$",
    regex.IGNORECASE | regex.DOTALL,
)
_PIECES: Final = regex.compile(r"\s*[|•●]\s*|\s+[·⋅∙]\s+")
_PARTS: Final = regex.compile(r"\s*[|•●/／]\s*|\s+[·⋅∙]\s+")
_PLACE: Final = regex.compile(
    r"(?<=\p{L}\p{L})\s+(?:in|for|at|aus|à|special to|on behalf of|für|via|IN)\s+(?:the\s+)?\p{L}.*$"
)
_MAIL: Final = regex.compile(r"[(<]?[\w.+-]+@[\w-]+\.[\w.-]+[)>]?")
_OTHERS: Final = regex.compile(
    r"(?<=\S)\s+(?:fotos?|photos?|bilder?|photograph\w*|pictures?|videos?|grafiken?|graphics?|illustrations?|edited|translated|reviewed|"
    r"fact.?checked|additional reporting|übersetz\w+|traduc\w+)(?:\s?[:：]|\s+(?:by|von|par|por|di)\b).*$",
    regex.IGNORECASE,
)
"""Who did something else for the article."""
_SIGN_OFF: Final = regex.compile(r"\s*[/,;+&|–—·]\s*|\s+(?:and|und|et|y|e|with|mit|avec|con)\s+|\s-\s")
_SIGNATURE: Final = regex.compile(r"[(（]([^()（）]{3,40})[)）]|[—–―]\s?([^—–―]{3,40})")
_GLUED_WORD: Final = regex.compile(r"(?<=\p{Ll}\p{Ll})(?<!\bMac|\bFitz)(?=\p{Lu}\p{Ll}{3})")
_GLUED: Final = ("zh", "ja", "th", "km", "my")


def read_byline(text: str, words: Language | None, links: Sequence[tuple[str, str | None]] = ()) -> tuple[Author, ...]:
    """The people that a byline names, each once, with role and address of the author's page where printed.

    `words` is the page's language, `links` are texts and absolute targets of the links within the byline. Agencies,
    desks, papers, sections and dates give no author.

    >>> [a.name for a in read_byline("By ANN LEE and Bo Ruiz, Political editor | 3 May 2024", None)]
    ['Ann Lee', 'Bo Ruiz']
    """
    lines = _MAIL.sub(" ", text[: 2 * _LONGEST]).split("\n")
    text = " | ".join(filter(None, map(collapse, lines)))[:_LONGEST]
    if not text or is_nameless(text) or phrase_key(text) in _phrases(code_of(words), "byline", alone=True):
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


def read_desk(text: str, words: Language | None, *, is_announced: bool = False) -> str | None:
    """The agency, paper or desk in a byline that names no person; None for a nameless one ("Staff", "Redaktion").

    `is_announced`: words and markup leave no doubt that an author stands here; then the name of an account passes too.

    >>> read_desk("By The Associated Press", None), read_desk("Staff and agencies", None)
    ('The Associated Press', None)
    """
    text = collapse(_MAIL.sub(" ", text[:_LONGEST]))
    if is_announced and (part := announced_part(text, words)):
        text = part
    text = tidy_name(_without_start(_CUT.sub("", text), words))
    nameless = phrase_key(text) in _phrases(code_of(words), "byline", alone=True) or all(
        is_nameless(word) or (len(word) < 4 and not is_announced) for word in text.split()
    )
    fits = 2 <= len(text) <= 40 and len(text.split()) <= 5
    if is_announced and fits and not nameless and not is_role(text) and not any(ch in text for ch in ",.!?:|"):
        return text
    return text if fits and is_organisation(text) and not nameless else None


def read_sign_off(text: str) -> str | None:
    """The agency in a short line of agencies, initials and places: "ab/Reuters", "(dpa)", "AFP, PARIS".

    >>> read_sign_off("ab/Reuters"), read_sign_off("AFP, PARIS"), read_sign_off("Reuters reported this")
    ('Reuters', 'AFP', None)
    """
    text = collapse(text[:80]).strip("()[]（）–—- ")
    parts = [part for part in _SIGN_OFF.split(text) if part]
    agency = next((part for part in parts if is_agency(part)), None)
    if agency is None or len(parts) > 4:
        return None
    rest = [part for part in parts if part is not agency]
    return agency if all(is_agency(p) or is_nameless(p) or len(p) <= 4 or p.isupper() for p in rest) else None


def read_source(text: str, words: Language | None) -> str | None:
    """Who is named after a word for "source" in a date line.

    >>> read_source("2024-05-03 来源：海港周刊", find_language("zh"))
    '海港周刊'
    """
    if len(text) > 120:
        return None
    for phrase in _phrases(code_of(words), "source", alone=True):
        match = regex.search(rf"(?:^|[\s|(（\[]){regex.escape(phrase)}\s*[:：]\s*", text, regex.IGNORECASE)
        if match:
            name = regex.split(r"[|\n，,;；()（）\[\]]|\d{4}|(?<=\p{Han})\s", text[match.end() :], maxsplit=1)[
                0
            ].strip()
            return name if 2 <= len(name) <= 30 and not is_nameless(name) and len(name.split()) <= 4 else None
    return None


def read_signature(text: str, words: Language | None) -> tuple[Author, ...]:
    """The people of a short line that is nothing but their names in brackets or after a dash."""
    match = _SIGNATURE.fullmatch(text.strip())
    if match is None:
        return ()
    inner = next(group for group in match.groups() if group)
    return read_byline(inner, words) if only_people(inner, words) else ()


def is_byline(text: str, words: Language | None, *, alone: bool = False) -> bool:
    """Whether a short text has words that announce an author at its start or after a date or separator.

    `alone`: whether it is such words and nothing else.
    """
    if len(text) >= _LONGEST:
        return False
    if alone:
        key = text.casefold().strip(" :：.")
        return key == "by" or any(
            key in _phrases(code, "byline", alone=False) for code in dict.fromkeys((code_of(words), "en"))
        )
    return _announcement(text, words) is not None or bool(_by_script(text))


def _announcement(text: str, words: Language | None) -> regex.Match[str] | None:
    """Words that announce an author, where what stands before them is short and no name: there they are a role."""
    match = _starts(code_of(words)).search(text)
    if match is None or sum(map(str.isalpha, text[: match.start()])) > _BEFORE or is_person(text[: match.start()]):
        return None
    return match


def announced_part(text: str, words: Language | None) -> str:
    """What stands between words that announce an author and the next separator; empty where no such words are."""
    match = _announcement(text, words)
    return _CUT.sub("", _PARTS.split(text[match.end() :], maxsplit=1)[0]).split(",")[0] if match is not None else ""


def is_byline_end(text: str, words: Language | None) -> bool:
    """Whether a text ends with words that announce an author: "Posted on 3 May 2024 by"."""
    key = collapse(text).casefold().rstrip(" :：")
    return any(
        key.endswith(phrase) and not key[: -len(phrase)][-1:].isalpha()
        for code in dict.fromkeys((code_of(words), "en"))
        for phrase in _phrases(code, "byline", alone=False)
    )


def is_helper(text: str, words: Language | None, *, alone: bool = False) -> bool:
    """Whether words for an editor, a reviewer, a translator or a photographer open the text, or are all of it."""
    key = collapse(text[:_LONGEST]).casefold().lstrip("([（【 ")
    for code in dict.fromkeys((code_of(words), "en")):
        for phrase in _helpers(code):
            if key.startswith(phrase):
                rest = key[len(phrase) :].strip(" :：.)")
                if not rest if alone else not key[len(phrase) : len(phrase) + 1].isalpha() or code in _GLUED:
                    return True
    return False


def is_nameless_line(text: str, words: Language | None) -> bool:
    """Whether a line names nobody: a desk's or reporter's word, alone or with a place ("Staff reporter, Hafenstadt")."""
    head, *rest = (part.strip() for part in regex.split(r"[,،|–—\n-]", text[:_LONGEST]))
    alone = _phrases(code_of(words), "byline", alone=True)
    return (is_nameless(head) or phrase_key(head) in alone) and all(len(part.split()) < 2 for part in rest)


def only_people(text: str, words: Language | None) -> bool:
    """Whether a line is people, their roles, dates and reading times, and nothing else."""
    found = False
    if is_nameless_line(text, words):
        return False
    for piece in _PARTS.split(text.replace("\n", " | ")[:_LONGEST]):
        piece = _CUT.sub("", piece)
        if (place := _PLACE.search(piece)) is not None and len(place.group().split()) <= 4:
            piece = piece[: place.start()]
        piece = piece.strip(" ,–—-()")
        if not squeeze(piece) or any(ch.isdigit() for ch in piece):
            continue
        if (
            is_role(piece)
            or (found and is_organisation(piece))
            or phrase_key(piece) in _phrases(code_of(words), "roles", alone=True)
        ):
            continue
        people = _names(piece, words)
        left = squeeze(_without_start(piece, words))
        for name, role in people:
            left = left.replace(squeeze(name), "", 1).replace(squeeze(role), "", 1)
        if not people or len(left) > 4:
            return False
        found = True
    return found


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
    if (late := _announcement(text, words)) is not None and late.start() > 0:
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
    for phrase in _phrases(code_of(words), "byline", alone=False):
        if key.startswith(phrase) and not key[len(phrase) : len(phrase) + 1].isalpha():
            return text[len(phrase) :].lstrip(" :：-–|/")
    return text


@cache
def _starts(code: str | None) -> regex.Pattern[str]:
    """Words that announce an author, at the start of a text or after a number or separator within it."""
    phrases = {*_phrases(code, "byline", alone=False), *_phrases("en", "byline", alone=False), "by"}
    body = "|".join(regex.escape(p) for p in sorted(phrases, key=len, reverse=True))
    return regex.compile(
        rf"(?:^|(?<=\d)\s+|\s*[|•·,–—-]\s*)(?:{body})(?:\s*[:：]\s*|\s+|(?<=by)(?-i:(?=\p{{Lu}}\p{{Ll}})))"
        r"(?-i:(?=[\p{Lu}\p{Lo}]))",
        regex.IGNORECASE,
    )


def _split_role(text: str, words: Language | None) -> tuple[str, str | None]:
    """A role at the end without a comma before it: the spans of a byline run together."""
    for glued in _GLUED_WORD.finditer(text):
        if is_role(regex.split(r"[,|(]", text[glued.start() :], maxsplit=1)[0]):
            return text[: glued.start()], text[glued.start() :].strip()
    roles = _phrases(code_of(words), "roles", alone=True)
    parts = text.split()
    for size in range(min(6, len(parts) - 2), 0, -1):
        tail = " ".join(parts[-size:])
        if phrase_key(tail) in roles or (
            size < 4 and is_role(tail) and len(parts) - size < 4 and parts[-size].lstrip("(")[:1].isupper()
        ):
            return " ".join(parts[:-size]).rstrip(" ,-–|"), tail.strip("()")
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


@cache
def _helpers(code: str | None) -> tuple[str, ...]:
    words = find_language(code)
    found = words.chrome.get("helpers") if words is not None else None
    return tuple(sorted((p.casefold() for p in found.alone), key=len, reverse=True)) if found is not None else ()
