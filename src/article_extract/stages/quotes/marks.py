"""
Where quoted words stand: quotation marks of every system, and dashes that open a line of dialogue.

Nothing here knows a language. One pass over the marks of a paragraph with a stack of those still open, so the time is
linear however the marks are nested or broken.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice
from typing import Final

import regex

CLOSERS: Final = {
    "„": '“”"‟″',
    "“": '”"“″',
    "”": '”"',
    "‟": '”"',
    '"': '"”“″',
    "＂": "＂",
    "«": "»",
    "»": "«»",
    "‹": "›",
    "›": "‹›",
    "「": "」",
    "『": "』",
    "﹁": "﹂",
    "‚": "‘’'",
    "‘": "’'",
    "’": "‘’",
    "'": "'’",
    "`": "'’`´",
    ",,": "“”\"''",
    "``": "''\"”",
    "<<": ">>",
    "''": "''",
}
"""What can close each opening mark; pairs that editors mix count."""
MOST_MARKS: Final = 20_000
"""No paragraph that people wrote has more; what follows is not looked at."""
SINGLE: Final = frozenset("‚‘'`’´")
_MARK: Final = regex.compile(r",,(?=\p{L})|''|``|<<|>>|[„“”‟\"″＂«»‹›「」『』﹁﹂‚‘’'`´]")
_ANY_MARK: Final = re.compile("[„“”‟\"＂«»‹›「『﹁‚‘'`]")
_LINE_DASH: Final = re.compile(r"(?:^|\n)[^\S\n]*+[-–—―−]\s*\S")
_OPENS_AFTER: Final = regex.compile(r"[\s\p{Ps}\p{Pi}\p{Pd}/'’ʼ:,;.!?…=+&|*>\u200b\u200e\u200f\u202a-\u202e]")
_GLUES: Final = regex.compile(
    r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}\p{Arabic}\u0640\u3000-\u303f\uff00-\uffef]"
)
"""Scripts that put an opening mark directly behind a letter (no spaces, or a prefixed preposition)."""
_ARABIC: Final = regex.compile(r"\p{Arabic}")
_ARABIC_END: Final = regex.compile(r"[\p{Arabic}۔؟!.،]")
_HEBREW: Final = regex.compile(r"\p{Hebrew}")
_HEBREW_PREFIX: Final = regex.compile(r"(?<![\p{L}\p{M}])[ובהלמשכ]{1,3}$")
_ELISION: Final = regex.compile(r"(?:t|n|s|k|em|cause|til|tis|twas|round|bout|\d\ds?)(?![\p{L}\d])", regex.I)
_DASH: Final = regex.compile(r"\s*[-–—―−]\s*(?=[\p{L}\d\[(¿¡…«„“\"])")
_EDGE: Final = " \t\n\r\u00a0\u202f\u2009\u200b\u200e\u200f\u3000\u2060"


@dataclass(slots=True)
class Span:
    """Quoted words: `text[start:end]` lies between the marks, `[outer, outer_end)` includes them."""

    outer: int
    start: int
    end: int
    outer_end: int
    mark: str
    """The opening mark; "—" for a line of dialogue."""
    closed: bool = True
    continues: bool = False
    """The quote began in an earlier paragraph."""


def has_mark(text: str) -> bool:
    """Whether a paragraph can hold quoted words at all."""
    return (
        _ANY_MARK.search(text) is not None
        or ",," in text
        or "<<" in text
        or (_LINE_DASH.search(text) if "\n" in text else _LINE_DASH.match(text)) is not None
    )


def find_spans(text: str, *, reversed_guillemets: bool = False) -> list[Span]:
    """The outermost quoted stretches of a paragraph, in order, and unclosed ones at its end."""
    found: list[Span] = []
    stack: list[tuple[int, int, str]] = []
    open_doubles = 0
    for match in islice(_MARK.finditer(text), MOST_MARKS):
        mark, at, after = match.group(), match.start(), match.end()
        single = mark in SINGLE
        if single and open_doubles:
            continue
        opens, closes = _sides(text, mark, at, reversed_guillemets=reversed_guillemets)
        if closes and stack:
            depth = _depth(stack, mark)
            if depth is not None and not (single and _possessive(text, at, after)):
                begin, inner, opener = stack[depth]
                open_doubles -= sum(dropped not in SINGLE for _, _, dropped in stack[depth:])
                del stack[depth:]
                found.append(Span(begin, inner, at, after, opener))
                continue
        if opens and len(stack) < 8:
            stack.append((at, after, mark))
            open_doubles += not single
    if stack:
        found += _unclosed(text, stack, found)
    return [trimmed for span in _outermost(found) if (trimmed := _trim(text, span)).end > trimmed.start]


def find_dialogue(text: str) -> Span | None:
    """The whole paragraph as a line of dialogue when it begins with a dash."""
    match = _DASH.match(text)
    if match is None:
        return None
    return _trim(text, Span(match.start(), match.end(), len(text), len(text), "—"))


def find_tail(text: str, opener: str) -> Span | None:
    """The stretch from the start of a paragraph to a mark that closes a quote opened in an earlier one."""
    for match in _MARK.finditer(text):
        mark, at, after = match.group(), match.start(), match.end()
        opens, closes = _sides(text, mark, at, reversed_guillemets=opener == "»")
        if mark in SINGLE and opener not in SINGLE:
            continue
        if closes and mark in CLOSERS.get(opener, "") and not opens:
            return _trim(text, Span(0, 0, at, after, opener, continues=True))
        return None
    return None


def has_reversed_guillemets(text: str) -> bool:
    """Whether the text writes »so«, not «so»."""
    if "»" not in text and "›" not in text:
        return False
    return len(regex.findall(r"(?<![^\s(\[„“/–—-])[»›](?=\S)", text)) > len(
        regex.findall(r"(?<![^\s(\[„“/–—'’-])[«‹]", text)
    )


def _sides(text: str, mark: str, at: int, *, reversed_guillemets: bool) -> tuple[bool, bool]:
    """Whether a mark can open and whether it can close, by its shape and its neighbours."""
    after = at + len(mark)
    before = text[at - 1] if at else " "
    behind = text[after] if after < len(text) else " "
    if mark in "„‟「『﹁‚" or mark in (",,", "``", "<<"):
        return not behind.isspace() or mark in "「『<<", False
    if mark in "」』﹂" or mark == ">>":
        return False, True
    if mark in "«‹":
        return (False, True) if reversed_guillemets else (True, False)
    if mark in "»›":
        if not reversed_guillemets:
            return False, True
        return not behind.isspace() and (before.isspace() or not before.isalnum()), not before.isspace()
    glued = bool(_GLUES.match(before))
    opens = (bool(_OPENS_AFTER.match(before)) or glued) and not behind.isspace()
    closes = not before.isspace()
    if mark == "’" and before.isspace() and _ARABIC.match(behind):
        return True, False  # Urdu writes ’so‘
    if mark == "‘" and _ARABIC_END.match(before) and not _ARABIC.match(behind):
        return False, True
    if mark in SINGLE:
        if before.isalnum() and behind.isalnum() and not glued:
            return False, False
        if mark in "'’" and opens and _ELISION.match(text, after):
            return False, closes
        return opens and mark not in "’´" and not before.isalnum(), closes and mark != "‘"
    if _HEBREW.match(before) and _HEBREW.match(behind):
        if after + 1 >= len(text) or not _HEBREW.match(text[after + 1]):
            return False, False
        return bool(_HEBREW_PREFIX.search(text, max(0, at - 4), at)), False
    if mark == "“" and opens and before.isspace():
        closes = False
    if mark == "”" and closes and not before.isspace() and (behind.isspace() or not behind.isalnum()):
        opens = False
    if opens and before.isspace():
        closes = False
    elif closes and (behind.isspace() or behind in ".,;:!?)]"):
        opens = False
    return opens, closes


def _depth(stack: list[tuple[int, int, str]], mark: str) -> int | None:
    for depth in range(len(stack) - 1, -1, -1):
        if mark in CLOSERS[stack[depth][2]]:
            return depth
    return None


def _possessive(text: str, at: int, after: int) -> bool:
    """`the dogs' owner' he said`: an apostrophe behind s, another single mark to come."""
    if (
        text[at - 1 : at] not in ("s", "S")
        or text[after : after + 1] != " "
        or not text[after + 1 : after + 2].isalpha()
    ):
        return False
    return regex.search(r"['’](?![\p{L}\d])", text, pos=after, endpos=after + 200) is not None


def _unclosed(text: str, stack: list[tuple[int, int, str]], found: list[Span]) -> list[Span]:
    """The quote that runs on to the next paragraph: opened at the start, behind a colon, or after the last."""
    last = max((span.outer_end for span in found), default=0)
    for begin, inner, mark in stack:
        lead_in = text[:begin].rstrip(_EDGE)
        alone = not lead_in or lead_in[-1] in ":：,،" or begin >= last
        if mark not in SINGLE and alone:
            return [Span(begin, inner, len(text), len(text), mark, closed=False)]
    return []


def _outermost(found: list[Span]) -> list[Span]:
    """Spans that lie in no other; an unclosed one must stand at the start or behind the rest."""
    closed = [s for s in found if s.closed]
    open_ended = [s for s in found if not s.closed and (s.outer == 0 or not any(c.outer > s.outer for c in closed))]
    out: list[Span] = []
    reach = -1
    for span in sorted(closed + open_ended, key=lambda s: (s.outer, -s.outer_end)):
        if span.outer >= reach:
            out.append(span)
            reach = span.outer_end
    return out


def _trim(text: str, span: Span) -> Span:
    while span.start < span.end and text[span.start] in _EDGE:
        span.start += 1
    while span.end > span.start and text[span.end - 1] in _EDGE:
        span.end -= 1
    return span
