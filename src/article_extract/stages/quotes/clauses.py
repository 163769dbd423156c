"""
Sentences of a paragraph with what stands outside its quotes: words, cues, and who is mentioned.

Quoted words count as one opaque word each, so that their full stops end no sentence.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Final, Literal

import regex

from article_extract.stages.quotes import caseless
from article_extract.stages.quotes.grammar import ARTICLES, COMPANY, INDEFINITE, INFLECTING
from article_extract.stages.quotes.marks import Span
from article_extract.stages.quotes.mentions import Mention
from article_extract.stages.quotes.names import Names, Run, without_possessive
from article_extract.stages.quotes.words import (
    OPENER,
    ORGANISATION,
    PRONOUN,
    ROLE,
    TITLE,
    Cue,
    Token,
    Words,
    find_cues,
    tokens,
)

_STOP: Final = regex.compile(r"[.!?…؟۔।॥։።][.!?…\]\)]*+(?=\s|\x01|$)|[。！？\n]")
LONGEST: Final = 2000
ENDS: Final = frozenset(".!?…。！？؟۔।॥։።")
_ABBREVIATION: Final = regex.compile(
    r"(?<![\p{L}\p{N}])(?:\p{L}|\d{1,2}|\p{L}\.\p{L}|\p{Lu}\p{Ll}{1,2}|Prof|Capt|Sen|Major-Gen|Brig)$"
)


@dataclass(slots=True)
class Sentence:
    """A sentence: offsets into the paragraph, its quotes, and the words around them."""

    start: int
    end: int
    spans: list[Span] = field(default_factory=list)
    row: list[Token] = field(default_factory=list)
    cues: list[Cue] = field(default_factory=list)
    speaker: str | None = None
    """Who says its last quote."""
    found: list[Mention] | None = None
    """Its mentions, once read."""
    read: Callable[[Sentence], list[Mention]] | None = None
    """Reads its mentions, which most sentences are never asked for."""

    @property
    def mentions(self) -> list[Mention]:
        """Who is mentioned outside its quotes, in order."""
        if self.found is None:
            self.found = self.read(self) if self.read else []
        return self.found


@dataclass(slots=True)
class Frame:
    """A paragraph, its quotes and its sentences."""

    text: str
    spans: list[Span]
    sentences: list[Sentence]


def build_frame(
    words: Words, names: Names, text: str, spans: list[Span], *, row: Sequence[Token], runs: Sequence[Run]
) -> Frame:
    """Cut a paragraph into sentences and read the words outside its quotes; `row` and `runs` are all of its words."""
    masked = _mask(text, spans)
    sentences: list[Sentence] = []
    begin = 0
    for cut in [*_boundaries(words, text, masked, spans), len(text)]:
        if text[begin:cut].strip():
            sentences.append(Sentence(begin, cut))
            begin = cut
    if not sentences:
        sentences.append(Sentence(0, len(text)))
    sentences[-1].end = len(text)
    _share(sentences, spans, row)
    at = 0
    for sentence in sentences:
        if words.unspaced:
            sentence.cues, sentence.found = caseless.read_unspaced(words, text, _pieces(sentence))
            continue
        sentence.cues = find_cues(words, sentence.row)
        if not words.cased:
            sentence.found = caseless.read_spaced(words, names, text, sentence.row, sentence.cues)
            continue
        begin = at
        while at < len(runs) and runs[at].name[0].start < sentence.end:
            at += 1
        here = _located(words, names, text, sentence, runs[begin:at]) if at > begin else []
        sentence.read = partial(_mentions, words, names, text, here)
    return Frame(text, spans, sentences)


def _share(sentences: list[Sentence], spans: list[Span], row: Sequence[Token]) -> None:
    """Give every sentence its quotes and the words outside of them."""
    index = 0
    for span in spans:
        while index < len(sentences) - 1 and span.outer >= sentences[index].end:
            index += 1
        sentences[index].spans.append(span)
    starts = [token.start for token in row]
    at = 0
    outside: list[Token] = []
    for span in spans:
        outside += row[at : bisect_left(starts, span.outer, at)]
        at = bisect_left(starts, span.outer_end, at)
    outside += row[at:]
    starts = [token.start for token in outside]
    at = 0
    for sentence in sentences[:-1]:
        stop = bisect_left(starts, sentence.end, at)
        sentence.row = outside[at:stop]
        at = stop
    sentences[-1].row = outside[at:]


def _pieces(sentence: Sentence) -> list[tuple[int, int]]:
    """The stretches of a sentence between its quotes."""
    at = sentence.start
    pieces: list[tuple[int, int]] = []
    for span in sentence.spans:
        if span.outer > at:
            pieces.append((at, span.outer))
        at = max(at, span.outer_end)
    if at < sentence.end:
        pieces.append((at, sentence.end))
    return pieces


def _mask(text: str, spans: list[Span]) -> str:
    parts: list[str] = []
    at = 0
    for span in spans:
        parts += (text[at : span.outer], "\x01" * (span.outer_end - span.outer))
        at = span.outer_end
    parts.append(text[at:])
    return "".join(parts)


def _boundaries(words: Words, text: str, masked: str, spans: list[Span]) -> list[int]:
    cuts: list[int] = []
    for match in _STOP.finditer(masked):
        at = match.end()
        following = masked[at : at + 40].lstrip()[:1]
        if match.group() == "." and not words.unspaced:
            if _ABBREVIATION.search(masked, max(0, match.start() - 10), match.start()) and following:
                continue
            if following.islower():
                continue
        cuts.append(at)
    if not words.unspaced:
        for span in spans:
            behind = masked[span.outer_end : span.outer_end + 120]
            following = behind.lstrip()[:1]
            if (
                not following
                or text[span.end - 1] not in ENDS
                or following.islower()
                or not (following.isalpha() or following == "\x01")
            ):
                continue
            if (text[span.end - 1] != "." or not words.cased) and _reports(words, behind):
                continue
            cuts.append(span.outer_end)
    return _limit(sorted(set(cuts)), masked, spans)


def _limit(cuts: list[int], masked: str, spans: list[Span]) -> list[int]:
    """Cut overlong sentences behind a quote or at a space, so that work on one sentence stays bounded."""
    if len(masked) <= LONGEST:
        return cuts
    out: list[int] = []
    begin = 0
    ends = [span.outer_end for span in spans]
    for cut in [*cuts, len(masked)]:
        while cut - begin > LONGEST:
            at = bisect_right(ends, begin + LONGEST) - 1
            if at >= 0 and ends[at] > begin:
                begin = ends[at]
            else:
                space = masked.rfind(" ", begin + 1, begin + LONGEST)
                following = bisect_right(ends, begin)
                inside = following < len(spans) and spans[following].outer < begin + LONGEST
                begin = ends[following] if inside else space + 1 if space > begin else begin + LONGEST
            out.append(begin)
        if cut < len(masked):
            out.append(cut)
            begin = cut
    return sorted(set(out))


def _reports(words: Words, behind: str) -> bool:
    """Whether the text right behind a quote is its reporting clause."""
    clause = regex.split(r"[.!?।۔\x01:]", behind, maxsplit=1)[0]
    row = tokens(words, clause)
    return any(cue.first <= 4 for cue in find_cues(words, row))


def _located(
    words: Words, names: Names, text: str, sentence: Sentence, runs: Sequence[Run]
) -> list[tuple[Run, int, int]]:
    """The capitalised runs outside quotes with the indices of their names; who stands beside a cue can speak."""
    row = sentence.row
    where = {token.start: index for index, token in enumerate(row)}
    taken = {k for cue in sentence.cues for k in range(cue.first, cue.last)}
    out: list[tuple[Run, int, int]] = []
    for found in runs:
        name = found.name
        first, last = where.get(name[0].start, -1), where.get(name[-1].start, -1) + 1
        if first < 0 or not last:
            continue
        if last - first > 1:
            if first - 1 in taken or (last in taken and not _led_by_noun(words, text, row, first)):
                names.meet_speaker([t.text for t in name])
        elif first in taken:
            continue
        out.append((found, first, last))
    return out


def _mentions(
    words: Words, names: Names, text: str, runs: Sequence[tuple[Run, int, int]], sentence: Sentence
) -> list[Mention]:
    """Names, pronouns and descriptions in order."""
    row = sentence.row
    taken = {k for cue in sentence.cues for k in range(cue.first, cue.last)}
    out: list[Mention] = []
    used: set[int] = set()
    for found, first, last in runs:
        lead = max(0, first - found.lead)
        used.update(range(lead, last))
        out.append(_name(words, names, text, row, found, lead=lead, first=first, last=last))
    for index in [k for k, token in enumerate(row) if token.flags & ROLE]:
        token = row[index]
        if index in used or (index in taken and "-" not in token.key):
            continue
        if token.flags & PRONOUN:
            kind = _pronoun(words, token)
            out.append(Mention("pronoun", token.start, token.end, token.text, index, index + 1, 2.0, kind))
        elif not token.flags & OPENER or token.text.isupper():
            out.append(_description(words, text, row, index))
    out.sort(key=lambda m: m.start)
    return out


def _pronoun(words: Words, token: Token) -> str:
    return words.pronouns.get(token.key) or words.pronouns[token.key.rsplit("-", 1)[1]]


def _name(
    words: Words, names: Names, text: str, row: list[Token], found: Run, *, lead: int, first: int, last: int
) -> Mention:
    run = found.name
    whole = text[run[0].start : run[-1].end]
    shown = without_possessive(whole)
    unknown = (
        len(run) == 1 and found.role and found.lead and words.code in INFLECTING and not names.is_known(run[0].text)
    )
    if unknown and not names.is_person(run[0].text):
        return _description(words, text, row, first - 1, lead)  # "the president of Malaysia", in one case ending
    if found.described:
        head = max((k for k in range(first, last) if row[k].flags & TITLE), default=last - 1)
        return _description(words, text, row, head, first)
    organisation = run[-1].key in COMPANY or any(t.flags & ORGANISATION for t in run)
    person = names.is_person(run[-1].text)
    if organisation:
        score = 1.8
    elif len(run) > 1 or person:
        score = 3.0 if person or found.role else 2.87
    elif names.is_known(run[0].text):
        score = 2.9
    elif run[0].text.isupper() and len(run[0].text) > 1:
        score = 1.2
    else:
        score = 0.6 if first == 0 or words.noun_capitals else 1.1
    if found.role or person:
        score += 0.5
    if shown != whole:
        score -= 2.0
    score -= _oblique(words, text, row, lead, person=person)
    return Mention(
        "organisation" if organisation else "name", run[0].start, run[-1].end, shown, first, last, score, run[-1].key
    )


def _led_by_noun(words: Words, text: str, row: list[Token], first: int) -> bool:
    """A lower-case noun or adjective in front that is no role: "serwisie społecznościowym Truth Social"."""
    if not first or not _adjacent(text, row[first - 1], row[first]):
        return False
    before = row[first - 1]
    return before.text[0].islower() and not before.flags & TITLE


def _oblique(words: Words, text: str, row: list[Token], first: int, *, person: bool) -> float:
    """What a preposition or conjunction in front takes from a mention's score; an article takes little."""
    if not first or not _adjacent(text, row[first - 1], row[first]):
        return 0.0
    before = row[first - 1]
    if before.key in ARTICLES or before.key in INDEFINITE:
        return 0.2 + (_oblique(words, text, row, first - 1, person=person) if first > 1 else 0.0)
    if not _function(words, before):
        return 0.0
    behind = text[row[first].end : row[first].end + 1]
    return 0.1 if first == 1 and (person or behind != ",") else 1.2


def _description(words: Words, text: str, row: list[Token], index: int, first: int | None = None) -> Mention:
    """A role or body without a name: its adjectives and its article belong to it."""
    begin = index if first is None else first
    indefinite = False
    while begin and index - begin < 4 and _adjacent(text, row[begin - 1], row[begin]):
        before = row[begin - 1]
        if before.key in words.verbs or before.key in words.sources or before.key in words.pronouns:
            break
        if _function(words, before):
            if before.key in INDEFINITE or before.key in ARTICLES:
                indefinite = before.key in INDEFINITE
                begin -= 1
            break
        begin -= 1
    head = row[index]
    organisation = not head.flags & TITLE
    score = 1.7 if organisation else 2.2
    score -= _oblique(words, text, row, begin, person=False)
    kind: Literal["description", "organisation"] = "organisation" if organisation else "description"
    end = _complement(words, text, row, index) if organisation else head.end
    shown = without_possessive(text[row[begin].start : end])
    return Mention(
        kind, row[begin].start, max(head.end, row[index].end), shown, begin, index + 1, score, head.key, indefinite
    )


def _complement(words: Words, text: str, row: list[Token], index: int) -> int:
    """Where the name of a body ends that stands behind its kind: "agencja prasowa IRNA", "ministère de l’Intérieur"."""
    end = row[index].end
    for k in range(index + 1, min(index + 3, len(row))):
        if not _adjacent(text, row[k - 1], row[k]) or row[k].key in words.verbs or row[k].key in words.openers:
            break
        if row[k].text[0].isupper():
            return row[k].end
    return end


def _function(words: Words, token: Token) -> bool:
    return bool(token.flags & OPENER) or (not words.known and len(token.text) <= 3 and token.text.islower())


def _adjacent(text: str, left: Token, right: Token) -> bool:
    return text[left.end : right.start] in (" ", "\u00a0", "") or left.text[-1] in "'’"
