"""
Speech or not: words in quotation marks are a quote when somebody says them.

Titles of works, nicknames, terms, slogans and scare quotes stand in the same marks. What tells them apart is the
sentence around: a verb of saying or a named source, a colon, whole sentences inside the marks.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import Final, Literal

import regex

from article_extract.stages.quotes.clauses import ENDS, Frame, Sentence
from article_extract.stages.quotes.marks import SINGLE, Span
from article_extract.stages.quotes.words import Cue, Words
from article_extract.text import word_count

_WORD: Final = regex.compile(r"[\p{L}\p{N}][\p{L}\p{M}\p{N}'’.-]*+")
NEAREST: Final = 4
"""Cues and mentions looked at on either side: a sentence of real text has no more."""
CONTEXT: Final = 400
_HIRAGANA: Final = regex.compile(r"\p{Hiragana}$")
"""How a Japanese clause ends, and a name does not."""
_TO: Final = regex.compile(r"(?:など|として|って|とも|と)(?!いう|される|なる|なった|呼|題|名|する|した)|。|$")
_COLON: Final = regex.compile(r"[:：]\s*$")


def best_cue(words: Words, sentence: Sentence, span: Span, text: str) -> Cue | None:
    """The cue that governs a quote: the nearest one, with a handicap for what lies across other quotes."""
    cues = sentence.cues
    here = bisect_left(cues, span.outer, key=lambda c: c.start)
    best: tuple[float, Cue] | None = None
    for cue in cues[max(0, here - NEAREST) : here + NEAREST]:
        if cue.start >= span.outer_end:
            left, right, distance = span.outer_end, cue.start, 0.0
            if _in_another_clause(words, text[span.start : span.end], text[left : min(right, left + 400)]):
                distance = 30.0
        else:
            left, right, distance = cue.end, span.outer, 6.0
        distance += right - left + 20 * quotes_between(sentence, left, right)
        if ";" in text[left : min(right, left + 400)]:
            distance += 60
        if cue.kind == "source":
            distance += 4
        if best is None or distance < best[0]:
            best = distance, cue
    return best[1] if best else None


def quotes_between(sentence: Sentence, left: int, right: int) -> int:
    """How many quotes of the sentence begin between two offsets."""
    if right <= left:
        return 0
    return bisect_left(sentence.spans, right, key=lambda s: s.outer) - bisect_left(
        sentence.spans, left, key=lambda s: s.outer
    )


def judge(
    words: Words, frame: Frame, sentence: Sentence, span: Span, *, reported_before: bool, doubles: bool
) -> Literal["full", "partial"] | None:
    """
    Whether a span is speech, and if it is whole sentences or a part of one.

    `reported_before`: the sentence before reports speech. `doubles`: the article uses double marks for its quotes.
    """
    text = frame.text
    inner = text[span.start : span.end]
    if sum(map(str.isalpha, inner[:20])) < 2:
        return None
    if span.mark == "—":
        return "full"
    size = word_count(inner)
    if not span.closed or span.continues:
        return (
            "full"
            if size > 4 or (size > 1 and text[max(0, span.outer - 2) : span.outer].rstrip().endswith((":", "：")))
            else None
        )
    before, after = (
        text[max(sentence.start, span.outer - CONTEXT) : span.outer],
        (text[span.outer_end : min(sentence.end, span.outer_end + CONTEXT)]),
    )
    terminal = inner[-1] in ENDS or after[:1] in ENDS
    starts_sentence = not before.strip(" \u00a0(–—-")
    whole = inner[:1].isupper() or not words.cased
    colon = bool(_COLON.search(before))
    cue = best_cue(words, sentence, span, text)
    if span.mark in SINGLE and doubles and any(other.mark not in SINGLE for other in frame.spans):
        return None
    if span.mark == "『" and cue is None:
        return None
    kind: Literal["full", "partial"] = (
        "full"
        if (whole and size > 2 and (starts_sentence or colon or inner[-1] in ENDS)) or (words.unspaced and size > 5)
        else "partial"
    )
    if colon and (size > 1 or cue is not None):
        return "full" if size > 2 else kind
    alone = starts_sentence and not any(map(str.isalpha, after))
    if alone:
        return "full" if (size >= 3 or reported_before) and (inner[-1] in ENDS or size > 5) else None
    if words.unspaced and not colon and not _reported_here(words, before, after, inner):
        return None
    if words.unspaced and cue is None and size > 3 and (inner[-1] in ENDS or _HIRAGANA.search(inner[-2:])):
        return "full"
    if cue is not None:
        gap = text[span.outer_end : cue.start] if cue.start >= span.outer_end else text[cue.end : span.outer]
        near = len(gap) < 12
        if starts_sentence and size > 3:
            return "full" if whole else "partial"
        if size < 4 and cue.start >= span.outer_end and _in_another_clause(words, inner, gap):
            return None
        if (
            size < 7
            and cue.end + 1 == span.outer
            and not words.noun_capitals
            and before[-1:].isspace()
            and _looks_like_title(words, inner)
        ):
            return None
        if not near and _looks_like_title(words, inner):
            return None
        if size < 5 and inner[0].isupper() and _names_the_noun(words, sentence, span, text):
            return None
        if _modifies(text, span) and not near:
            return None
        return kind
    if starts_sentence and ((inner[-1] == "," and size > 2) or (inner[-1] in ENDS and size > 5)):
        return "full"
    if starts_sentence and not words.known and after[:1] == "," and size > 3:
        return "full"
    if size > 7 and span.outer < 3:
        return "full" if whole else "partial"
    if reported_before and size >= 2 and not _looks_like_title(words, inner):
        return kind
    if size >= 9 and terminal and not _looks_like_title(words, inner):
        return kind
    return None


def _looks_like_title(words: Words, inner: str) -> bool:
    """Capitals on all longer words, as in titles of works and names."""
    if not words.cased:
        return False
    found = [w for w in _WORD.findall(inner) if len(w) > 3]
    if not found:
        return all(w[0].isupper() for w in _WORD.findall(inner))
    if words.noun_capitals:
        return all(w[0].isupper() or w[0].isdigit() for w in _WORD.findall(inner))
    return all(w[0].isupper() or w[0].isdigit() for w in found)


def _reported_here(words: Words, before: str, after: str, inner: str) -> bool:
    """Without spaces, cues are found in longer words too: the quote must touch its own."""
    if words.code == "ja":
        return _TO.match(after) is not None
    close = before.rstrip("，,、 ")[-8:]
    touching = words.cue_pattern is not None and any(
        close.endswith(m.group()) for m in words.cue_pattern.finditer(close)
    )
    return touching or (not before.strip() and (inner[-1] in ENDS or inner[-1] in "，,"))


def _in_another_clause(words: Words, inner: str, gap: str) -> bool:
    """A verb that follows words without a comma: a “so what” attitude and said …"""
    return words.cased and any(c.isalpha() for c in gap) and inner[-1] != "," and not any(c in ",;:–—-" for c in gap)


def _names_the_noun(words: Words, sentence: Sentence, span: Span, text: str) -> bool:
    """Right behind a noun, where nouns can be told by their capitals: the blog »X«, the film »Y«."""
    if not words.noun_capitals or text[span.outer - 1 : span.outer] not in (" ", "\u00a0"):
        return False
    at = bisect_left(sentence.row, span.outer, key=lambda t: t.start) - 1
    if at < 1 or sentence.row[at].end != span.outer - 1 or not sentence.row[at].text[0].isupper():
        return False
    here = sentence.row[at]
    return not any(m.kind == "name" and m.end == here.end and m.score >= 2.5 for m in sentence.mentions)


def _modifies(text: str, span: Span) -> bool:
    """A part of a compound: "Nullo"-scene."""
    return text[span.outer_end : span.outer_end + 1] == "-" and text[span.outer_end + 1 : span.outer_end + 2].isalpha()
