"""
Who says a quote: the mention beside its cue, and the fullest name in the article for that mention.

Pronouns, bare descriptions and quotes without any reporting clause go to whoever the text speaks of at that point.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import Final, NamedTuple

from article_extract.stages.quotes.clauses import Frame, Sentence, build_frame
from article_extract.stages.quotes.grammar import ARTICLE_LANGUAGES, ARTICLES, CASELESS, VERB_FINAL
from article_extract.stages.quotes.marks import Span
from article_extract.stages.quotes.mentions import Mention
from article_extract.stages.quotes.names import Names, Run, name_runs
from article_extract.stages.quotes.speech import NEAREST, best_cue
from article_extract.stages.quotes.words import Cue, Token, Words, tokens

LOOK_BACK: Final = 3
"""Paragraphs searched for the person a pronoun or a bare quote carries over."""

OPENING: Final = 3
"""Passages at the top in which somebody can be described who is named further down."""


class Attribution(NamedTuple):
    """What stands beside a quote, and who that is."""

    speaker: str | None
    mention: str | None = None
    cue: str | None = None


def find_mention(words: Words, sentence: Sentence, cue: Cue, span: Span, text: str) -> Mention | None:
    """The mention that is the subject of a cue."""
    here = bisect_left(sentence.mentions, cue.start, key=lambda m: m.start)
    left = [m for m in sentence.mentions[max(0, here - 2 * NEAREST) : here] if m.end <= cue.start]
    right = [m for m in sentence.mentions[here : here + NEAREST] if m.start >= cue.end and not _is_object(words, m)]
    left = [m for m in left if not span.outer <= m.start < span.outer_end]
    beside = _beside(words, right[0], cue, text) if right else False
    if cue.kind == "source":
        if right and _gap(text, cue.end, right[0].begin) <= 3 and not _breaks(text, cue.end, right[0].begin):
            return _best(_same_phrase(right, text))
        return left[-1] if left and _gap(text, left[-1].end, cue.start) <= 1 else None
    if cue.start >= span.outer_end:
        between = [m for m in left if m.start >= span.outer_end and m.score > 0]
        closed = text[max(span.outer_end, cue.start - 3) : cue.start].strip(" \u00a0")[-1:]
        if beside and closed and not closed.isalnum() and (not between or right[0].score > between[-1].score):
            return _best(_same_phrase(right, text))
        if between:
            return _best(between)
        before = [m for m in left if m.end <= span.outer and m.score > 0]
        attached = not any(c.isalpha() for c in text[span.outer_end : min(cue.start, span.outer_end + 200)])
        if not attached and before and _best(before).score >= 2.5 and words.code not in VERB_FINAL:
            return _best(before)
        likely = [m for m in right if m.score > 0]
        if beside or (
            likely and _gap(text, cue.end, likely[0].begin) <= 6 and not _breaks(text, cue.end, likely[0].begin)
        ):
            return _best(_same_phrase(likely, text))
        if before:
            return _best(before) if words.code not in VERB_FINAL else _best(before[-2:])
        return None
    near = [m for m in left if m.score > 0]
    adjacent = bool(near) and _gap(text, near[-1].end, cue.start) <= 1 and not _breaks(text, near[-1].end, cue.start)
    if beside and not adjacent and _inverted(words, near, right[0], cue, text):
        return _best(_same_phrase(right, text))
    if adjacent:
        apposed = len(near) > 1 and near[-1].kind == "name" and text[near[-2].end : near[-1].start].strip() in ("", ",")
        if apposed:
            return _best(near[-2:])
        outshone = near[-1].kind == "name" and _best(near).score > near[-1].score + 0.5
        return near[-1] if near[-1].score >= 1 and not outshone else _best(near)
    comma = max(text.rfind(c, max(0, cue.start - 200), cue.start) for c in ",;—–")
    if clause := [m for m in near if m.start > comma and m.score >= 2.5]:
        return _best(clause)
    if near:
        close = right and _gap(text, cue.end, right[0].begin) <= 2 and not _breaks(text, cue.end, right[0].begin)
        return right[0] if close and right[0].score > _best(near).score + 0.5 and right[0].score >= 2.5 else _best(near)
    inside = [m for m in right if m.end <= span.outer or m.start >= span.outer_end]
    if inside and _gap(text, cue.end, inside[0].begin) <= 4:
        return _best(_same_phrase(inside, text))
    return None


def _is_object(words: Words, mention: Mention) -> bool:
    """Rather whom somebody told: a single unknown name behind an article or preposition ("told The Post")."""
    return words.cased and mention.kind == "name" and 0 < mention.score < 0.95 and not words.noun_capitals


def _inverted(words: Words, near: Sequence[Mention], behind: Mention, cue: Cue, text: str) -> bool:
    """Whether the subject follows its verb although the verb stands before the quote."""
    if words.verb_first or words.code in CASELESS:
        return True
    comma = text[max(0, cue.start - 2) : cue.start].strip() == ","
    if comma and text[behind.end : behind.end + 1] in (",", ":", "."):
        return True
    if behind.kind != "pronoun":
        return False
    return comma or not near or _best(near).score < 2.5


def _beside(words: Words, mention: Mention, cue: Cue, text: str) -> bool:
    return mention.score > 0 and _gap(text, cue.end, mention.begin) <= 1 and not _breaks(text, cue.end, mention.begin)


def _same_phrase(mentions: Sequence[Mention], text: str) -> list[Mention]:
    """The first mention and what stands in apposition to it: "the minister, Ann Lee"."""
    out = [mentions[0]]
    for mention in mentions[1:3]:
        gap = text[out[-1].end : mention.start]
        if (
            mention.kind == "name"
            and out[0].kind == "description"
            and (not gap.strip(" ,\u00a0") or len(gap.split()) <= 3)
        ):
            out.append(mention)
        else:
            break
    return out


def _best(mentions: Sequence[Mention]) -> Mention:
    """The likeliest speaker; the first of equals."""
    return max(mentions, key=lambda m: m.score)


def _gap(text: str, left: int, right: int) -> int:
    """Words between two offsets."""
    return 99 if right - left > 200 else len(text[left:right].split())


def _breaks(text: str, left: int, right: int) -> bool:
    """Whether a clause or a quote ends between two offsets."""
    return any(c in ',;:()،，。"“”„«»「」' for c in text[left : min(right, left + 200)])


class Story:
    """The article so far: names, and who spoke last."""

    def __init__(
        self, words: Words, names: Names, texts: Sequence[str], spans: Sequence[list[Span]], skipped: Sequence[bool]
    ) -> None:
        """`texts` and `spans` of all passages; `skipped` tells headings and display quotes."""
        self.words = words
        self.names = names
        self.texts = texts
        self.spans = spans
        self.skipped = skipped
        self.last_speaker: str | None = None
        self._frames: dict[int, Frame] = {}
        self._introduced: dict[str, str] = {}
        self._read: dict[int, tuple[list[Token], list[Run]]] = {}
        for at, text in enumerate(texts):
            if spans[at] and not words.unspaced:
                row = tokens(words, text)
                self._read[at] = row, names.read(text, row) if words.cased else []
            elif words.cased:
                names.glance(text)
        self._least = 2.85 if words.cased else 2.0

    def frame(self, at: int) -> Frame:
        """The sentences of a passage, cut when first asked for."""
        found = self._frames.get(at)
        if found is None:
            text = self.texts[at]
            row, runs = self._read.get(at, ([], []))
            if not row and not self.words.unspaced:
                row = tokens(self.words, text)
                runs = name_runs(self.words, row, text) if self.words.cased else []
            found = self._frames[at] = build_frame(self.words, self.names, text, self.spans[at], row=row, runs=runs)
        return found

    def above(self, at: int) -> list[int]:
        """The passages of running text above one, nearest first."""
        out: list[int] = []
        while at > 0 and len(out) < LOOK_BACK:
            at -= 1
            if not self.skipped[at]:
                out.append(at)
        return out

    def attribute(self, at: int, index: int, span: Span) -> Attribution:
        """The speaker of a quote in sentence `index` of passage `at`."""
        frame = self.frame(at)
        sentence = frame.sentences[index]
        text = frame.text
        cue = best_cue(self.words, sentence, span, text)
        if span.mark == "—" and (cue is None or cue.start < span.outer_end):
            if sentence.speaker is not None:
                return Attribution(sentence.speaker)
            mention = self._behind_dash(sentence, span)
            if mention is not None:
                return Attribution(self.resolve(at, index, mention), mention.text, None)
        order = [cue, *(c for c in sentence.cues if c is not cue)][: NEAREST + 1] if cue else []
        for candidate in order:
            mention = find_mention(self.words, sentence, candidate, span, text)
            if mention is not None and mention.score > 0:
                speaker = self.resolve(at, index, mention)
                return Attribution(speaker, mention.text, text[candidate.start : candidate.end])
        shown = text[cue.start : cue.end] if cue else None
        if cue is None:
            mention = self._beside_quote(sentence, span, text)
            if mention is not None and mention.kind == "description":
                return Attribution(self.names.with_role(mention.head) or mention.text, mention.text, None)
            if mention is not None:
                return Attribution(self.resolve(at, index, mention), mention.text, None)
        carried = self.carried(at, index)
        if carried is None and cue is None:
            around = [m for m in sentence.mentions[:12] if m.score > 1]
            return (
                Attribution(self.resolve(at, index, _best(around)), _best(around).text) if around else Attribution(None)
            )
        return Attribution(carried, None, shown)

    def _behind_dash(self, sentence: Sentence, span: Span) -> Mention | None:
        """Who stands in the clause behind a line of dialogue, whatever its verb."""
        stop = next((s.outer for s in sentence.spans if s.outer >= span.outer_end), sentence.end)
        behind = [
            m for m in sentence.mentions if span.outer_end <= m.start < min(stop, span.outer_end + 60) and m.score > 1
        ]
        return behind[0] if behind else None

    def _beside_quote(self, sentence: Sentence, span: Span, text: str) -> Mention | None:
        """Without any cue: who stands before a colon ("Teacher: …"), or who begins the sentence."""
        before = [m for m in sentence.mentions[-12:] if m.end <= span.outer and m.score > 0]
        if text[max(0, span.outer - 2) : span.outer].endswith((": ", ":", "：", ":\u00a0")):
            close = [m for m in before if m.score > 1]
            return max(reversed(close), key=lambda m: m.score) if close else None
        if self.words.unspaced and before:
            return max(reversed(before), key=lambda m: m.score)
        if not self.words.known:
            around = [m for m in sentence.mentions[:12] if m.score > 0.5]
            return _best(around) if around else None
        return before[0] if before and before[0].kind == "pronoun" else None

    def resolve(self, at: int, index: int, mention: Mention) -> str | None:
        """The fullest name in the article for a mention."""
        if mention.kind == "pronoun":
            return None if mention.head == "plural" else self.carried(at, index, mention)
        if mention.kind == "name":
            return self.names.fullest(mention.text)
        if mention.kind == "organisation":
            return mention.text
        if mention.indefinite or len(mention.text.split()) > 4 or self._generic(mention):
            named = self.names.with_role(mention.head) if mention.indefinite and at < OPENING else None
            self._introduced.setdefault(mention.head, named or mention.text)
            return named or mention.text
        if named := self.names.with_role(mention.head):
            return named
        if mention.head in self._introduced:
            return self._introduced[mention.head]
        return self.carried(at, index, mention) or mention.text

    def _generic(self, mention: Mention) -> bool:
        """A role without any article, in a language that has articles: "experts", not "the expert"."""
        return self.words.code in ARTICLE_LANGUAGES and mention.text.split()[0].lower() not in ARTICLES

    def carried(self, at: int, index: int, mention: Mention | None = None) -> str | None:
        """Who the text speaks of before a sentence: in the same paragraph first, then in those above."""
        frame = self.frame(at)
        if mention is not None:
            least = 0.5 if mention.head == "other" else 2.5
            earlier = [m for m in frame.sentences[index].mentions if m.end <= mention.start and m.score >= least]
            if not earlier and mention.head in ("male", "female"):
                described = [
                    m for m in frame.sentences[index].mentions if m.end <= mention.start and m.kind == "description"
                ]
                if described and described[0].score >= 1:
                    return self.resolve(at, index, described[0])
            if earlier and earlier[0].kind != "pronoun":
                return self.names.fullest((earlier[0] if mention.head == "other" else _best(earlier)).text)
        likely: str | None = None
        for sentence in reversed(frame.sentences[max(0, index - 6) : index]):
            found, sure = self._subject(sentence, frame)
            if found and sure:
                return found
            likely = likely or found
        if likely and self.words.cased and " " in likely:
            return likely  # the only one of this paragraph
        for earlier_frame in map(self.frame, self.above(at)):
            for sentence in reversed(earlier_frame.sentences[-6:]):
                found, sure = self._subject(sentence, earlier_frame)
                if found and sure:
                    return found
                likely = likely or found
        return self.last_speaker or likely

    def _subject(self, sentence: Sentence, frame: Frame) -> tuple[str | None, bool]:
        """
        Who a sentence is about: its speaker, the subject of its verb of saying, or the first person named.

        The second value tells whether that is certainly somebody who can speak.
        """
        if sentence.speaker is not None:
            return sentence.speaker, True
        for cue in sentence.cues[:3]:
            if cue.kind == "verb":
                nowhere = Span(sentence.end, sentence.end, sentence.end, sentence.end, "")
                mention = find_mention(self.words, sentence, cue, nowhere, frame.text)
                if mention is not None and mention.kind == "name" and mention.score >= self._least:
                    return self.names.fullest(mention.text), True
                if mention is not None and mention.kind == "description":
                    if named := self.names.with_role(mention.head):
                        return named, True
        first = next((m for m in sentence.mentions[:6] if m.score > 0), None)
        if first is None or first.kind == "pronoun":
            return None, False
        person = next(
            (m for m in sentence.mentions[:4] if m.kind == "name" and m.score >= self._least and m.first <= 12), None
        )
        if person is None:
            return None, False
        name = self.names.fullest(person.text)
        if not self.words.cased or self.names.is_person(name.split()[-1]):
            return name, True
        opens = not any(map(str.isalnum, frame.text[sentence.start : min(first.start, sentence.start + 200)]))
        titled = first.kind == "description" and _gap(frame.text, first.end, person.begin) <= 1
        return name, opens and (person is first or titled)
