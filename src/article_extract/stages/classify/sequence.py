"""Second pass: where the story begins and ends, headings, tails, duplicates, and whatever is left."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import regex

from article_extract.page import BODY, BlockKind, Label, LabelledBlock, Part, Within
from article_extract.stages.classify.scene import LABEL_OF_TRAIT, Scene
from article_extract.text import ends_sentence, map_offsets, squeeze, word_count

_TEXT: Final = BODY - {Label.HEADING}
_GAP: Final = 8
"""So many other text blocks in a row make what follows an island."""


def revise_lost(scene: Scene) -> None:
    """Where hardly any running text was taken for the story, the text of the element that holds most of it is."""
    taken = sum(r.block.chars for r in scene.rows if r.label in _TEXT)
    if taken >= 0.3 * scene.prose:
        return
    for row in scene.rows:
        if row.label is Label.OTHER and scene.is_open_prose(row.block) and scene.inside(row.block.place, scene.core):
            row.give(Label.PARAGRAPH, "sequence.rescued")


def revise_extent(scene: Scene) -> None:
    """Cut the next article of an endless page, and islands of text far from the story."""
    rows = scene.rows
    title = scene.title if scene.title is not None else -1
    body = [r for r in rows if r.label in _TEXT]
    if not body:
        return
    start_of_next = None
    mass = 0
    total = sum(r.block.chars for r in body)
    for row in rows:
        block = row.block
        if block.index > title and row.label in _TEXT:
            mass += block.chars
        is_headline = (
            block.kind is BlockKind.TEXT
            and block.heading == 1
            and block.chars > 12
            and not block.place.within & Within.HIDDEN
        )
        if (
            is_headline
            and block.index > title >= 0
            and mass > 0.2 * total
            and mass > 400
            and row.label is not Label.RELATED
        ):
            if scene.key_of(block) not in scene.title_keys and _own_article(row, scene):
                start_of_next = block.index
                break
    if start_of_next is not None:
        for row in rows[start_of_next:]:
            if row.label in BODY or row.label is Label.LEAD:
                row.give(Label.RECIRCULATION, "sequence.next_article")
    _drop_islands(scene)


def _own_article(row: LabelledBlock, scene: Scene) -> bool:
    """Whether a later h1 heads another article: outside the text's element, or with a byline or date of its own."""
    index = row.block.index
    after = scene.rows[index + 1 : index + 12]
    if not any(r.label in _TEXT and r.block.chars > 80 for r in after):
        return False
    if scene.title is not None and not scene.inside(row.block.place, scene.core):
        return True
    return any(r.label in (Label.BYLINE, Label.DATE) for r in after[:5])


def _drop_islands(scene: Scene) -> None:
    """Text far after the story, cut off by chrome, is not the story's unless it is a good part of it."""
    texts = [r for r in scene.rows if r.block.kind is BlockKind.TEXT and not r.block.place.within & Within.HIDDEN]
    runs: list[list[int]] = []
    gap = 0
    for i, row in enumerate(texts):
        if row.label in BODY:
            if not runs or gap > _GAP:
                runs.append([])
            runs[-1].append(i)
            gap = 0
        else:
            gap += 1
    if len(runs) < 2:
        return
    masses = [sum(texts[i].block.chars for i in run if texts[i].label in _TEXT) for run in runs]
    # Running text makes a story: thousands of scraps outweigh no paragraph.
    prose = [sum(texts[i].block.chars for i in run if texts[i].block.is_prose) for run in runs]
    main = max(range(len(runs)), key=lambda k: (prose[k], masses[k]))
    for k, run in enumerate(runs):
        if k == main:
            continue
        inside = scene.inside(texts[run[0]].block.place, scene.core)
        limit = 0.02 if inside else 0.12
        if scene.options.favor == "recall":
            limit /= 3
        if masses[k] < limit * masses[main]:
            for i in run:
                texts[i].give(Label.OTHER, "sequence.island")


_SIGN_OFF: Final = regex.compile(
    r"\s*(?:[(（\[【]\s*(?:[\p{L}\p{M}.]{1,12}(?:\s?[/,、-]\s?[\p{L}\p{M}.]{1,12}){0,4}|完)\s*[)）\]】])\.?$"
)
_SIGN_OFF_WORDS: Final = 5
_AGENCIES: Final = frozenset(
    "dpa afp reuters ap apa sda epd kna dpaafx pap ansa efe tass итар тасс риа интерфакс ritzau ntb tt stt belga anp lusa ctk čtk tasr mti".split()
)


def revise_tail(scene: Scene) -> None:
    """A sign-off such as "(dpa)" after the last sentence is cut off the last paragraph."""
    last = next((r for r in reversed(scene.rows) if r.label in _TEXT), None)
    if last is None or last.label is not Label.PARAGRAPH:
        return
    if last.parts:
        return
    text = last.block.text
    if (
        text[:1] in "(（[【"
        and text[-1:] in ")）]】"
        and word_count(text) <= _SIGN_OFF_WORDS
        and last.block.chars <= 60
    ):
        last.give(Label.DISCLAIMER, "sequence.sign_off")
        return
    match = _SIGN_OFF.search(text[-80:]) if text.endswith((")", "）", "]", "】", ").", "）。")) else None
    if match is None:
        return
    start = len(text) - len(text[-80:]) + match.start()
    inner = squeeze(match.group())
    before = text[:start].rstrip()
    if not before:
        last.give(Label.DISCLAIMER, "sequence.sign_off")
        return
    known = (
        inner in _AGENCIES
        or inner == "完"
        or any(a in inner and len(inner) <= len(a) + 8 for a in _AGENCIES if len(a) > 2)
    )
    initials = inner.isalpha() and len(inner) <= 4 and before.endswith((".", "!", "?", "。", "“", '"', "”", "»"))
    if known or initials:
        last.parts = (
            Part(0, start, last.label, last.rule),
            Part(start, len(text), Label.DISCLAIMER, "sequence.sign_off"),
        )


def revise_inline(scene: Scene) -> None:
    """Hidden text, ad labels and widgets within a paragraph are cut out of it."""
    for row in scene.rows:
        block = row.block
        if row.label not in BODY and row.label not in (Label.LEAD, Label.TITLE):
            continue
        cuts = []
        for mark in block.marks:
            place = mark.place
            if place is None or (
                place.within & Within.HIDDEN == block.place.within & Within.HIDDEN and not place.names.strong
            ):
                continue
            if place.within & Within.HIDDEN and not block.place.within & Within.HIDDEN:
                cuts.append((mark.start, mark.end, Label.HIDDEN, "inline.hidden"))
            elif place.names.strong and place.names.trait in _INLINE_CHROME and id(place) not in scene.voided:
                cuts.append((mark.start, mark.end, LABEL_OF_TRAIT[place.names.trait], f"inline.{place.names.trait}"))
        if cuts and not row.parts:
            _cut(row, cuts)


_INLINE_CHROME: Final = frozenset(
    ("ad", "share", "hidden", "player", "recirculation", "dialog", "subscribe", "newsletter")
)


def _cut(row: LabelledBlock, cuts: list[tuple[int, int, Label, str]]) -> None:
    """Cut stretches of the raw text out of a block, unless nothing or too much would be left."""
    block = row.block
    text = block.text
    if sum(end - start for start, end, _, _ in cuts) > 0.5 * len(block.raw):
        return
    offsets = sorted({o for start, end, _, _ in cuts for o in (start, end)})
    at = dict(zip(offsets, map_offsets(block.raw, offsets), strict=True))
    parts: list[Part] = []
    position = 0
    for start, end, label, rule in sorted(cuts):
        first, last = at[start], at[end]
        if first < position or last <= first:
            continue
        if first > position:
            parts.append(Part(position, first, row.label, row.rule))
        parts.append(Part(first, last, label, rule))
        position = last
    if position < len(text):
        parts.append(Part(position, len(text), row.label, row.rule))
    if any(p.label is row.label for p in parts):
        row.parts = tuple(parts)


_HEADING_MARKS: Final = "◆◇■□▶●◎★☆"
"""What Korean and Japanese papers print before subheads."""


def revise_bold(scene: Scene) -> None:
    """A short line wholly in bold that ends no sentence is a heading; a bold question or sentence is text."""
    rows = [r for r in scene.rows if r.block.kind is BlockKind.TEXT and r.label in BODY]
    for i, row in enumerate(rows):
        block = row.block
        if (
            row.label is not Label.PARAGRAPH
            or not 3 <= block.chars <= 110
            or row.parts
            or block.link_chars > 0.5 * block.chars
        ):
            continue
        named = block.place.names.trait == "subheading" or block.text[0] in _HEADING_MARKS
        if not named and block.strong_chars < 0.95 * block.chars:
            continue
        if not named and (ends_sentence(block.text) or block.sentences > 0):
            continue
        following = rows[i + 1].block if i + 1 < len(rows) else None
        if following is not None and following.strong_chars < 0.5 * following.chars and following.chars > block.chars:
            row.give(Label.HEADING, "sequence.bold_heading")


def revise_headings(scene: Scene) -> None:
    """A heading is the body's only where it heads text of the body."""
    rows = [r for r in scene.rows if r.block.kind is BlockKind.TEXT]
    text_follows = False
    for row in reversed(rows):
        if row.label in _TEXT:
            text_follows = True
        elif row.label is Label.HEADING:
            if not text_follows:
                row.give(Label.OTHER, "sequence.heads_nothing")
            elif row.block.heading <= 2:
                text_follows = row.block.heading == 1
            else:
                text_follows = True
        elif row.label is Label.TITLE:
            text_follows = False


def revise_duplicates(scene: Scene) -> None:
    """A text stands in the body once."""
    seen: set[str] = set()
    lead = squeeze("".join(r.block.text for r in scene.rows if r.label is Label.LEAD))
    title = scene.key_of(scene.blocks[scene.title]) if scene.title is not None else ""
    for row in scene.rows:
        if row.label not in BODY or row.label is Label.TABLE_CELL:
            continue
        key = scene.key_of(row.block)
        if len(key) < 25:
            continue
        if key in seen or key in (lead, title):
            row.give(Label.DUPLICATE, "sequence.duplicate")
        seen.add(key)


_QUOTE_MARKS: Final = "\"'“”„‟‘’‚«»‹›「」『』 \n"
_SHORTEST_PULL: Final = 25
_MOST_TEXTS: Final = 1000
"""Each is looked for in all others; no story has more paragraphs, and hostile pages have."""


def revise_pull_quotes(scene: Scene) -> None:
    """A display copy of words that stand in a longer paragraph is a pull quote; the name line after it goes with it."""
    rows = [r for r in scene.rows if r.block.kind is BlockKind.TEXT]
    texts = [
        (r, scene.key_of(r.block))
        for r in rows
        if r.label in (Label.PARAGRAPH, Label.LIST_ITEM, Label.QUOTE, Label.LEAD)
    ]
    if len(texts) > _MOST_TEXTS:
        return
    short = [
        (r, scene.key_of(r.block))
        for r in rows
        if r.label in (Label.PARAGRAPH, Label.QUOTE, Label.HEADING) and r.block.chars <= 400
    ]
    whole = "\n".join(key for _, key in texts)
    pulled: set[int] = set()
    for row, key in short:
        if len(key) < _SHORTEST_PULL or row.block.sentences > 4:
            continue
        if (
            row.label is Label.HEADING
            and not row.block.place.within & (Within.QUOTE | Within.ASIDE | Within.FIGURE)
            and row.block.text[0] not in _QUOTE_MARKS
        ):
            continue
        # Once for itself; a heading does not stand in `whole`.
        least = 1 if row.label is Label.HEADING else 2
        probe = key if len(key) < 90 else key[:80]
        if whole.count(probe) < least:
            continue
        if any(probe in other and len(other) > len(key) + 10 for r, other in texts if r is not row):
            row.give(Label.PULL_QUOTE, "sequence.pull_quote")
            pulled.add(row.block.index)
    for i, row in enumerate(rows):
        if row.block.index in pulled and i + 1 < len(rows):
            after = rows[i + 1]
            same_box = after.block.place.parent is row.block.place.parent or after.block.place.within & Within.QUOTE
            if (
                after.label in BODY
                and after.block.chars <= 90
                and not ends_sentence(after.block.text)
                and same_box
                and _is_name_line(after.block.text)
            ):
                after.give(Label.BYLINE, "sequence.pull_quote.cite")


def _is_name_line(text: str) -> bool:
    words = text.strip(" —–-").split()
    return 0 < len(words) <= 14 and not words[0][:1].islower()


def revise_name_lines(scene: Scene) -> None:
    """A lone name as the body's first or last block is its byline."""
    body = [r for r in scene.rows if r.label in BODY]
    for row in (body[:1] + body[-1:]) if len(body) > 3 else ():
        text = row.block.text.strip()
        words = text.replace("/", " ").split()
        if row.label is not Label.PARAGRAPH or not 2 <= len(words) <= 6 or row.block.chars > 60:
            continue
        if ends_sentence(text) or any(ch.isdigit() for ch in text):
            continue
        if (
            all(w[:1].isupper() for w in words if len(w) > 3)
            and sum(w[:1].isupper() for w in words) >= 2
            and not any(w.isupper() and len(w) > 12 for w in words)
        ):
            row.give(Label.BYLINE, "sequence.name_line")


_SIGNED: Final = 140
"""The longest signature, roles and places included."""


def revise_signatures(scene: Scene, names: Sequence[str]) -> None:
    """Once the authors are known: a line of theirs at the head or the end of the body is a byline, no text."""
    keys = [key for name in names if len(key := squeeze(name)) > 3]
    body = [r for r in scene.rows if r.label in BODY]
    if not keys or len(body) < 3:
        return
    for row in (*body[:2], *body[-3:]):
        text = row.block.text
        start = text.rfind("\n") + 1
        line = text[start:].strip()
        if row.parts or len(line) > _SIGNED or not _is_signature(line, keys):
            continue
        if start == 0:
            row.give(Label.BYLINE, "sequence.signature")
        elif row is body[-1]:
            row.parts = (
                Part(0, start, row.label, row.rule),
                Part(start, len(text), Label.BYLINE, "sequence.signature"),
            )


def _is_signature(line: str, keys: Sequence[str]) -> bool:
    rest = key = squeeze(line)
    for name in keys:
        rest = rest.replace(name, "", 1)
    return len(rest) < len(key) and len(rest) <= 0.5 * len(key) and not (len(rest) > 12 and ends_sentence(line))


def revise_rest(scene: Scene) -> None:
    """What nobody decided is not the article's."""
    for row in scene.rows:
        if row.label is Label.UNDECIDED:
            row.give(Label.OTHER, "rest")
