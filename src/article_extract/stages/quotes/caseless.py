"""Who is mentioned where no capitals tell names: by position beside verbs of saying, titles and subject particles."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Literal

import regex

from article_extract.stages.quotes.grammar import SUBJECT_MARKS, VERB_FINAL
from article_extract.stages.quotes.mentions import Mention
from article_extract.stages.quotes.names import Names
from article_extract.stages.quotes.words import HONORIFIC, ORGANISATION, TITLE, Cue, Token, Words

_CLOSING: Final = frozenset("”\"’'»」』")
LONGEST: Final = 8
_BREAK: Final = regex.compile(r"[，。：、；！？,:;!?\n「」“”（）()　・…]")
_AFTER_NAME: Final = regex.compile(
    r"(?<=.{2})(?:在|对|對|向|就|于|於|近日|今天|昨天|当天|當天|随后|隨後|还|還|也|则|則|同时|同時|日前|[一二三四五六日天]?\d+[日号號]).*+",
    regex.S,
)
_FROM: Final = regex.compile(r"^(?:来自|來自|据|據|但|而|对此|對此|其中|同时|此外)")
_TOPIC: Final = regex.compile(r"([^、。，「」（）\n]{1,60}+)(?:（[^）\n]{1,20}）)?(?=[、「\n]|$)")
_TOPIC_MARK: Final = regex.compile(r"(?:は|が|も)(?=$|[0-9０-９一二三四五六七八九十同「、]|[\p{Han}])")
_MODIFIER: Final = regex.compile(r"^.*(?:という|といった)(?=.)", regex.S)
_CLAUSE_END: Final = regex.compile(r"\s*(?:[，,：:。！？“「\"']|$)")


def read_spaced(words: Words, names: Names, text: str, row: Sequence[Token], cues: Sequence[Cue]) -> list[Mention]:
    """Mentions beside each cue in a script with spaces; full names are learnt on the way."""
    out: list[Mention] = []
    taken = {index for cue in cues for index in range(cue.first, cue.last)}
    final = words.code in VERB_FINAL
    for cue in cues:
        behind = _run(words, text, row, cue.last, step=1, taken=taken)
        before = _run(words, text, row, cue.first - 1, step=-1, taken=taken)
        if behind and not (final and cue.kind == "verb"):
            out.append(_mention(words, names, text, behind, 1.2))
        if before:
            out.append(_mention(words, names, text, before, 1.2 if final else 0.5))
    marks = SUBJECT_MARKS.get(words.code, ())
    for index, token in enumerate(row):
        if marks and token.text.endswith(marks) and index not in taken:
            if token.text in marks:
                run = _run(words, text, row, index - 1, step=-1, taken=taken)
            else:
                bare = next(token.text[: -len(m)] for m in marks if token.text.endswith(m))
                run = [
                    *_run(words, text, row, index - 1, step=-1, taken=taken),
                    Token(bare, token.start, token.start + len(bare), bare, words.look(bare)[1]),
                ]
            if run and run[-1].text:
                out.append(_mention(words, names, text, run[-5:], 1.4))
        elif words.pronouns and token.key in words.pronouns and index not in taken:
            kind = words.pronouns[token.key]
            out.append(Mention("pronoun", token.start, token.end, token.text, index, index + 1, 1.0, kind))
    kept: dict[tuple[int, int], Mention] = {}
    for mention in out:
        old = kept.get((mention.start, mention.end))
        if old is None or old.score < mention.score:
            kept[mention.start, mention.end] = mention
    return sorted(kept.values(), key=lambda m: m.start)


def _run(words: Words, text: str, row: Sequence[Token], index: int, *, step: int, taken: set[int]) -> list[Token]:
    """The words from one on, up to punctuation, another cue, or a word that is no part of a name."""
    run: list[Token] = []
    while 0 <= index < len(row) and len(run) < LONGEST and index not in taken:
        token = row[index]
        if run:
            left, right = (run[-1], token) if step > 0 else (token, run[-1])
            if text[left.end : right.start].strip(" \u00a0\u200c\u200f"):
                break
        if token.key in words.openers or words.prefixed(token):
            break
        if run and token.key in SUBJECT_MARKS.get(words.code, ()):
            break  # what the mark closes is a phrase of its own
        if text[max(0, token.start - 1) : token.start] in _CLOSING:
            break  # a particle written onto the quote: "…"고 말했다
        run.append(token)
        if token.key in words.pronouns:
            break
        index += step
    return run if step > 0 else run[::-1]


def _mention(words: Words, names: Names, text: str, run: list[Token], score: float) -> Mention:
    if run[0].key in words.pronouns or run[-1].key in words.pronouns:
        token = run[0] if run[0].key in words.pronouns else run[-1]
        return Mention("pronoun", token.start, token.end, token.text, 0, 0, score + 0.5, words.pronouns[token.key])
    title = max((i for i, t in enumerate(run) if t.flags & (TITLE | HONORIFIC)), default=None)
    rest = run
    if title is not None:
        score += 1.0
        rest = run[title + 1 :]
        while rest and words.definite(rest[0]):
            rest = rest[1:]
        if not rest and title and words.code in VERB_FINAL:
            rest = run[:title]
            if words.code == "ko":
                rest = rest[-1:]  # a Korean name is one word; what stands before describes it
    if not rest or (title is not None and text[rest[0].start : rest[-1].end].isnumeric()):
        head = run[title or 0]
        return Mention(
            "description", run[0].start, run[-1].end, text[run[0].start : run[-1].end], 0, 0, score, head.key
        )
    kind: Literal["name", "organisation"] = "name"
    if any(t.flags & ORGANISATION for t in run) and title is None:
        kind, rest = "organisation", run
        score += 0.5
    else:
        if any(names.is_known(t.text) for t in rest):
            score += 1.5
        if (1 < len(rest) < 5 or (words.code == "ko" and len(rest[0].text) > 1)) and (title is not None or score > 1.3):
            names.learn([t.text for t in rest], [run[title].key] if title is not None else ())
    whole = text[rest[0].start : rest[-1].end]
    return Mention(kind, rest[0].start, rest[-1].end, whole, 0, 0, score, rest[-1].key, phrase=run[0].start)


def read_unspaced(words: Words, text: str, pieces: Sequence[tuple[int, int]]) -> tuple[list[Cue], list[Mention]]:
    """Cues and mentions of a sentence in a script without spaces; `pieces` are the stretches between its quotes."""
    cues: list[Cue] = []
    mentions: list[Mention] = []
    for begin, stop in pieces:
        if words.cue_pattern is not None:
            for match in words.cue_pattern.finditer(text, begin, stop):
                at, end = match.span()
                if end - at == 1 and not (end == stop or _CLAUSE_END.match(text, end, stop)):
                    continue
                kind: Literal["verb", "source"] = "source" if match.group() in words.speech.sources else "verb"
                cues.append(Cue(at, end, kind, at, end))
                if words.code == "ja":
                    zone = _zone_before(words, text, begin, at) if kind == "source" else None
                elif kind == "source":
                    zone = _zone_behind(text, end, stop)
                else:
                    zone = _zone_before(words, text, begin, at)
                if zone:
                    mentions.append(_plain(words, text, *zone))
        if words.code == "ja":
            mentions += _topics(words, text, begin, stop)
    mentions.sort(key=lambda m: m.start)
    return cues, mentions


def _zone_before(words: Words, text: str, begin: int, at: int) -> tuple[int, int] | None:
    if words.code in ("th", "lo", "km", "my"):
        chunk = text[max(begin, at - 60) : at].rstrip()
        pieces = chunk.split()
        if not pieces:
            return None
        size = len(chunk) - max(chunk.rfind(" ", 0, max(0, chunk.rfind(" "))), 0) if len(pieces) > 2 else len(chunk)
        end = max(begin, at - 60) + len(chunk)
        start = end - size
        while start < end and text[start].isspace():
            start += 1
        return (start, end) if start < end else None
    last = begin
    for match in _BREAK.finditer(text, max(begin, at - 40), at):
        last = match.end()
    if last == begin and at - 40 > begin:
        last = at - 40
    if lead := _FROM.match(text[last:at]):
        last += lead.end()
    end = at
    if rest := _AFTER_NAME.search(text, last, at):
        end = rest.start()
    return (last, end) if end > last else None


def _zone_behind(text: str, at: int, stop: int) -> tuple[int, int] | None:
    match = _BREAK.search(text, at, min(stop, at + 30))
    end = match.start() if match else min(stop, at + 12)
    return (at, end) if end > at else None


def _plain(words: Words, text: str, begin: int, end: int) -> Mention:
    zone = text[begin:end]
    for form, kind in words.pronouns.items():
        if zone.startswith(form) and len(zone) <= len(form) + 3:
            return Mention("pronoun", begin, begin + len(form), form, begin, end, 2.0, kind)
    score = 1.5
    if words.title_pattern is not None and words.code != "ja":
        last = None
        for match in words.title_pattern.finditer(zone):
            last = match
        if last is not None:
            if 1 < len(zone) - last.end() <= 30:
                return Mention(
                    "name", begin + last.end(), end, zone[last.end() :].strip(), begin, end, 3.0, zone[last.end() :]
                )
            return Mention("description", begin, end, zone.strip(), begin, end, 2.2, last.group())
    return Mention("name", begin, end, zone.strip(), begin, end, score, zone)


def _topics(words: Words, text: str, begin: int, stop: int) -> list[Mention]:
    """Phrases that a Japanese subject particle closes."""
    out: list[Mention] = []
    for match in regex.finditer(r"[^、。，「」\n]{2,80}+", text, pos=begin, endpos=stop):
        phrase = match.group()
        mark = None
        for found in _TOPIC_MARK.finditer(phrase):
            mark = found
            break
        if mark is None or mark.start() < 2:
            continue
        name = regex.sub(r"（[^）]{0,20}）?$", "", phrase[: mark.start()])
        skip = _MODIFIER.match(name)
        if skip:
            name = name[skip.end() :]
        at = match.start() + (skip.end() if skip else 0)
        if name.endswith("て"):
            continue
        score = 2.3 if mark.group() == "は" else 2.0
        if words.title_pattern is not None:
            for title in words.title_pattern.finditer(name):
                if title.end() == len(name):
                    score = 2.8
                    if 2 <= title.start() <= 8 and "の" not in name[: title.start()]:
                        name = name[: title.start()]
                        break
        if name:
            out.append(Mention("name", at, at + len(name), name, at, at + len(name), score, name))
    return out
