"""Reporting clauses inside the marks: « Rien n’est décidé, souligne-t-elle. Nous attendons. »"""

from __future__ import annotations

from typing import Final

import regex

from article_extract.stages.quotes.marks import Span
from article_extract.stages.quotes.words import Words, fold

_CLAUSE: Final = regex.compile(
    r"(?P<end>[,!?…»”])\s+"
    r"(?:(?:[ms]['’]|nous |lui )?(?P<verb>\p{L}++)-(?:t-)?(?P<pronoun>\p{L}++)|(?P<plain>\p{L}++)\s+(?=\p{Lu}))"
    r"[^.,;:!?«»“”]{0,80}+(?P<stop>[.,])\s*"
)


def cut_inserted(words: Words, text: str, spans: list[Span]) -> list[Span]:
    """The spans, each cut in two where a reporting clause stands inside it."""
    out: list[Span] = []
    for span in spans:
        match = _find(words, text, span) if span.mark in '«“"„' and span.end - span.start < 5000 else None
        if match is None:
            out.append(span)
            continue
        first = match.start() + (match["end"] in "!?…")
        out.append(Span(span.outer, span.start, first, first, span.mark, continues=span.continues))
        out.append(Span(match.end(), match.end(), span.end, span.outer_end, span.mark, span.closed))
    return out


def _find(words: Words, text: str, span: Span) -> regex.Match[str] | None:
    for match in _CLAUSE.finditer(text, span.start + 1, span.end - 1):
        verb = match["verb"] or match["plain"]
        if fold(verb) not in words.verbs:
            continue
        if match["verb"] and fold(match["pronoun"]) in words.pronouns:
            return match
        if match["plain"] and span.mark == "«" and words.inverts:
            return match
    return None
