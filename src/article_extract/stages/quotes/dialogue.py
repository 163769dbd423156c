"""
Lines of dialogue that a dash opens: «— Да, — сказал он. — Пойдём», «– Ja, sier hun.»

No mark closes such a quote; the reporting clause does. Every cut needs a verb of saying, except behind a line whose
neighbours are dialogue.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import regex

from article_extract.stages.quotes.grammar import TURNS
from article_extract.stages.quotes.marks import Span, find_dialogue
from article_extract.stages.quotes.words import TITLE, TOKEN, Words, find_cues, tokens

_TURN: Final = regex.compile(
    r"(?P<end>[,!?….»”\"])\s*[-–—―−]\s*(?=\p{L})"
    r"|(?P<glued>\s)[–—―](?=\p{Ll})"
    r"|(?P<bare>\s)[–—―−]\s(?=\p{Ll})"
    r"|(?P<comma>[,!?…»”\"])\s+(?=\p{Ll}|\p{Lu}\p{Ll}+\s\p{Ll})"
)
"""Where what is said can give way to its reporting clause."""
_DASHED: Final = regex.compile(r"[,!?….»”\"]\s*[-–—―−]\s*\p{Ll}|\s[–—―]\p{Ll}")
_BACK: Final = regex.compile(r"(?:[.,:;!?]\s*|\s)[-–—―−]\s*(?=[\p{L}\d«„“\"¿¡…])|[–—―][.,:;]?\s+(?=[\p{L}\d«„“\"¿¡…])")
_INSIDE: Final = regex.compile(r"(?<=[.!?…:]\s)[–—―]\s(?=\p{Lu})")
"""Where a line of dialogue can begin within a paragraph."""
_ANY_DOUBLE: Final = regex.compile(r"[„“”«»\"]")
_SENTENCE: Final = regex.compile(r"[.!?…:](?:\s|$)")
_ENDS: Final = regex.compile(r"[.!?…:,»”\"]\s*$")


def cut_dialogue(words: Words, texts: Sequence[str]) -> list[list[Span]]:
    """The spoken stretches of each paragraph that is a line of dialogue; empty lists for the others."""
    lines = [find_dialogue(text) if text[:3].lstrip()[:1] in "-–—―−" and text else None for text in texts]
    out: list[list[Span]] = [[] for _ in texts]
    reported = False
    for index, (text, line) in enumerate(zip(texts, lines, strict=True)):
        if line is not None:
            cut = _cut(words, text, line)
            if len(cut) > 1 or cut[-1].end < line.end:
                reported = True
            out[index] = cut
        elif words.known and (" – " in text or " — " in text) and (inside := _INSIDE.search(text)):
            cut = _cut(words, text, Span(inside.start(), inside.end(), len(text), len(text), "—"))
            if cut and cut[0].end < len(text) and not _ANY_DOUBLE.search(text):
                out[index] = cut
    for index, text in enumerate(texts):
        if lines[index] and out[index] and not _is_speech(text, reported, texts[index - 1] if index else ""):
            out[index] = []
    return out


def _is_speech(text: str, reported: bool, above: str) -> bool:
    """A line of dialogue, not an item of a list or a subheading."""
    if not _ENDS.search(text[-4:]) or len(TOKEN.findall(text[:200])) < 2:
        return False
    return reported or above.rstrip().endswith((":", "："))


def _cut(words: Words, text: str, line: Span) -> list[Span]:
    """Split a line into what is said and its reporting clauses."""
    spans: list[Span] = []
    begin = at = line.start
    limit = 0
    dashed = _DASHED.search(text, at) is not None
    while limit < 40:
        limit += 1
        match = _TURN.search(text, at)
        if match is None:
            break
        clause = match.end()
        by_dash = match.group("comma") is None
        if (dashed and not by_dash) or not _reports(
            words, text, clause, dashed=by_dash, strict=match.group("bare") is not None
        ):
            at = match.end()
            continue
        stop = match.start() if match.group()[0] in ' \u00a0,»”"' else match.start() + 1
        spans.append(Span(begin if spans else line.outer, begin, stop, stop, "—"))
        sentence = _SENTENCE.search(text, clause)
        back = _BACK.search(text, clause)
        if back is None or (sentence is not None and sentence.end() < back.start()):
            if words.code in TURNS and sentence is not None and sentence.end() < len(text):
                spans.append(Span(sentence.end(), sentence.end(), len(text), len(text), "—"))
            return _trimmed(text, spans)
        begin = at = back.end()
    spans.append(Span(begin if spans else line.outer, begin, len(text), len(text), "—"))
    return _trimmed(text, spans)


def _trimmed(text: str, spans: list[Span]) -> list[Span]:
    for span in spans:
        while span.end > span.start and text[span.end - 1].isspace():
            span.end -= 1
    return [span for span in spans if span.end > span.start]


def _reports(words: Words, text: str, at: int, *, dashed: bool, strict: bool) -> bool:
    """Whether a reporting clause begins here: its verb is among the first words, the very first without a dash."""
    row = tokens(words, text, at, min(len(text), at + 80))
    if not row:
        return False
    if not words.known:
        return dashed and not strict and row[0].text[:1].islower()
    if any(
        cue.kind == "verb" and cue.first <= (1 if dashed and not strict else 0) for cue in find_cues(words, row[:6])
    ):
        return True
    return (
        dashed
        and not strict
        and row[0].text[0].islower()
        and any(t.text[0].isupper() or t.flags & TITLE for t in row[1:3])
    )
