"""Captions: credits split off, template escapes undone."""

from __future__ import annotations

from typing import Final

import regex

from article_extract.rules import PhraseBook
from article_extract.text import phrase_key


def unescape(text: str) -> str:
    r"""Undo the escapes that templates leave in texts: `\"` and `%"…!%"`.

    >>> unescape('He said: \\"Yes\\". %"No!%"')
    'He said: "Yes". "No!"'
    """
    if "\\" in text:
        text = text.replace('\\"', '"').replace("\\'", "'")
    return text.replace('%"', '"') if '%"' in text else text


_BRACKETS: Final = regex.compile(r"[\[(（【]([^\[\]()（）【】]{2,120})[\])）】]\.?$")
_CREDIT_TAIL: Final = regex.compile(r"(?:^|[.!?…»”\"\s|—–-])\s*((?:©|\(c\)|🅪|📷)\s*\S[^©]{1,120})$", regex.IGNORECASE)
_CREDIT_MARKS: Final = ("©", "(c)", "(C)", "🅪", "📷")
"""One of these stands in every match of `_CREDIT_TAIL`, which is slower to look for."""
_CLOSING: Final = tuple(bracket + stop for bracket in "])）】" for stop in ("", "."))


def split_credit(caption: str, book: PhraseBook) -> tuple[str | None, str | None]:
    """Caption and credit of one text: "… in Doha. Foto: Ann Lee/dpa", "… (AP Photo)", "© Reuters"."""
    text = caption.strip()
    if not text:
        return None, None
    if any(mark in text for mark in _CREDIT_MARKS) and (match := _CREDIT_TAIL.search(text)):
        return text[: match.start(1)].strip(" |–—-\n") or None, _clean(match[1])
    for line_break in ("\n", " | "):
        head, sep, tail = text.rpartition(line_break)
        if sep and len(tail) <= 80 and _opens_credit(tail, book):
            return head.strip() or None, _after_marker(tail)
    words = text.split(" ") if ":" in text else []
    for i in range(len(words) - 1, max(-1, len(words) - 16), -1):
        if i == 0 or words[i - 1][-1:] in '.!?…»”")|/–—-。،؛' or ":" in words[i]:
            tail = " ".join(words[i:])
            if ":" in tail[:40] and _opens_credit(tail, book):
                return " ".join(words[:i]).strip(" |–—-/") or None, _after_marker(tail)
    if text.endswith(_CLOSING) and (match := _BRACKETS.search(text)):
        inner = match[1]
        if _opens_credit(inner, book) or _is_agency(inner):
            return text[: match.start()].strip() or None, _after_marker(inner)
    return text, None


_AGENCY: Final = frozenset(
    "reuters afp ap dpa getty imago epa efe tass shutterstock xinhua anp ansa keystone apa tt ntb ritzau yonhap kyodo pti ani picture alliance photo images handout archive alamy bloomberg".split()
)


def _is_agency(text: str) -> bool:
    return any(word in _AGENCY for word in phrase_key(text).split()) and len(text) <= 80


def _opens_credit(text: str, book: PhraseBook) -> bool:
    opening = book.opening(phrase_key(text))
    return (
        opening is not None and opening[1] == "caption" and text[: len(opening[0]) + 3].find(":") + text.find("：") > -2
    )


def _after_marker(text: str) -> str:
    for colon in (":", "："):
        head, sep, tail = text.partition(colon)
        if sep and len(head) <= 30 and tail.strip():
            return _clean(tail)
    return _clean(text)


def _clean(text: str) -> str:
    return text.strip(" |.()[]（）【】\n")
