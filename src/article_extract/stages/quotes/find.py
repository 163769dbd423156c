"""The path from passages to quotes: spans, sentences, speech or not, speakers."""

from __future__ import annotations

from collections.abc import Sequence

from article_extract.page import Passage
from article_extract.records import Quote
from article_extract.stages.quotes.clauses import ENDS
from article_extract.stages.quotes.dialogue import cut_dialogue
from article_extract.stages.quotes.inserted import cut_inserted
from article_extract.stages.quotes.marks import (
    SINGLE,
    Span,
    find_spans,
    find_tail,
    has_mark,
    has_reversed_guillemets,
)
from article_extract.stages.quotes.names import Names
from article_extract.stages.quotes.speakers import Attribution, Story
from article_extract.stages.quotes.speech import judge
from article_extract.stages.quotes.words import Words, find_words


def read_quotes(passages: Sequence[Passage], language: str) -> tuple[Quote, ...]:
    """The quotes of the passages in order."""
    if not any(p.kind != "text" or has_mark(p.text) for p in passages):
        return ()
    words = find_words(language)
    spans = _all_spans(words, passages)
    if not any(spans) and all(p.kind == "text" for p in passages):
        return ()
    names = Names(words)
    texts = [p.text for p in passages]
    doubles = sum(span.mark not in SINGLE and span.mark != "—" for found in spans for span in found) > 1
    story = Story(words, names, texts, spans, [p.where == "heading" or p.kind != "text" for p in passages])
    if not words.cased and not words.unspaced:
        for index in range(len(passages)):
            story.frame(index)  # names are learnt from where they stand
    out: list[Quote] = []
    for index, passage in enumerate(passages):
        if passage.kind != "text":
            out += _display(story, passage, index)
        elif passage.where != "heading" and spans[index]:
            out += _inline(story, passage, index, doubles)
    return tuple(out)


def _all_spans(words: Words, passages: Sequence[Passage]) -> list[list[Span]]:
    """Spans of each passage, with quotes that go on across passages and lines of dialogue sorted out."""
    turned = has_reversed_guillemets("\n".join(p.text for p in passages if "»" in p.text or "›" in p.text))
    dialogue = cut_dialogue(words, [p.text if p.where != "heading" and p.kind == "text" else "" for p in passages])
    out: list[list[Span]] = []
    pending: str | None = None
    for index, passage in enumerate(passages):
        text = passage.text
        if dialogue[index]:
            out.append(dialogue[index])
            pending = None
            continue
        found = find_spans(text, reversed_guillemets=turned) if has_mark(text) or pending else []
        if passage.where == "heading":
            out.append(found)
            continue
        if pending:
            first = found[0] if found else None
            if first is not None and first.outer == 0 and first.mark == pending:
                first.continues = True
            elif tail := find_tail(text, pending):
                found = [tail, *(s for s in found if s.outer >= tail.outer_end)]
        if words.known and words.cased:
            found = cut_inserted(words, text, found)
        pending = found[-1].mark if found and not found[-1].closed else None
        out.append(found)
    return out


def _inline(story: Story, passage: Passage, at: int, doubles: bool) -> list[Quote]:
    out: list[Quote] = []
    frame = story.frame(at)
    reported = False
    for index, sentence in enumerate(frame.sentences):
        speaks = False
        for span in sentence.spans:
            kind = judge(story.words, frame, sentence, span, reported_before=reported, doubles=doubles)
            if kind is None:
                continue
            if span.continues and story.last_speaker is not None:
                said = Attribution(story.last_speaker)
            else:
                said = story.attribute(at, index, span)
            speaks = True
            sentence.speaker = said.speaker
            story.last_speaker = said.speaker or story.last_speaker
            anchored = passage.block is not None
            out.append(
                Quote(
                    text=frame.text[span.start : span.end],
                    speaker=said.speaker,
                    mention=said.mention,
                    cue=said.cue,
                    kind=kind,
                    where="lead" if passage.where == "lead" else "caption" if passage.where == "caption" else "body",
                    block=passage.block,
                    start=span.start if anchored else None,
                    end=span.end if anchored else None,
                    implicit=said.speaker is not None and not _named_in(frame.text, said.speaker),
                    continues=span.continues,
                )
            )
        reported = speaks or bool(sentence.cues) or (reported and not sentence.mentions)
    return out


def _named_in(text: str, speaker: str) -> bool:
    """Whether the paragraph names the speaker, by the last word of the name at least."""
    return speaker in text or speaker.rsplit(maxsplit=1)[-1] in text


def _display(story: Story, passage: Passage, at: int) -> list[Quote]:
    """A block or pull quote: its words without outer marks, said by whom its cite names or the text above announces."""
    text = passage.text.strip()
    spans = story.spans[at]
    whole = spans[0] if len(spans) == 1 else None
    marked = whole is not None and whole.outer <= 1 and whole.outer_end >= len(passage.text.rstrip()) - 1
    if whole is not None and marked:
        text = passage.text[whole.start : whole.end]
    pull = passage.kind == "pull_quote"
    above = story.above(at)
    announced = bool(above) and story.texts[above[0]].rstrip().endswith((":", "："))
    if not text or not (pull or marked or passage.cite or announced or text[-1] in ENDS):
        return []
    speaker: str | None = None
    if passage.cite:
        speaker = story.names.fullest(passage.cite) if "://" not in passage.cite else None
    elif announced or pull:
        speaker = story.carried(at, 0)
    return [
        Quote(
            text=text,
            speaker=speaker,
            mention=passage.cite if passage.cite and "://" not in passage.cite else None,
            kind="pull" if pull else "block",
            where="lead" if passage.where == "lead" else "caption" if passage.where == "caption" else "body",
            block=passage.block,
            implicit=speaker is not None and not passage.cite,
        )
    ]
