"""Second pass: where the story begins and ends, headings, tails, duplicates, and whatever is left."""

from __future__ import annotations

from collections import Counter
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
    """Short lines that head paragraphs are headings, whatever their element: wholly bold, marked, or several of a kind."""
    rows = [r for r in scene.rows if r.block.kind is BlockKind.TEXT and r.label in BODY]
    candidates = _bold_headings(rows)
    lines = [row for i, row in enumerate(rows) if _is_line_between(rows, i)]
    if len(lines) > 1:
        for row in lines:
            row.give(Label.HEADING, "sequence.line_between")
    following: LabelledBlock | None = None
    above = 0
    for row in reversed(rows):
        block = row.block
        if block.index in candidates and following is not None and above < _MOST_LINES:
            after = following.block
            if after.strong_chars < 0.5 * after.chars and after.chars > block.chars:
                row.give(Label.HEADING, "sequence.bold_heading")
                above += 1
                continue
        following, above = row, 0


def _bold_headings(rows: list[LabelledBlock]) -> set[int]:
    """Blocks that may be bold headings. Of questions those that stand among more other ones or stand there again."""
    bold = [row for row in rows if _may_be_bold_heading(row)]
    questions = [row for row in bold if ends_sentence(row.block.text)]
    few = len(questions) < len(bold) - len(questions)
    times = Counter(row.block.text for row in questions)
    # Many questions are an interviewer's, who asks each of them once: text.
    return {r.block.index for r in bold if few or times[r.block.text] != 1}


def _may_be_bold_heading(row: LabelledBlock) -> bool:
    block = row.block
    if row.label is not Label.PARAGRAPH or not 3 <= block.chars <= 110 or row.parts:
        return False
    if block.link_chars > 0.5 * block.chars:
        return False
    if block.place.names.trait == "subheading" or block.text[0] in _HEADING_MARKS:
        return True
    if block.strong_chars < 0.95 * block.chars:
        return False
    return _is_question(block.text) or not (ends_sentence(block.text) or block.sentences > 0)


def _is_question(text: str) -> bool:
    return len(text) <= _LONGEST_QUESTION and text.endswith(("?", "？", "؟"))


_MOST_LINES: Final = 2
"""Bold lines of one subhead."""
_LONGEST_QUESTION: Final = 70
_LONGEST_LINE: Final = 60
_LEAST_HEADED: Final = 90
_NO_LINE_ENDS: Final = ".!?:;,…»”\"'’)]。！？：；，、؟،؛।॥-–—"
_NO_LINE_BEGINS: Final = "-–—•*·\"“„«‘'("


def _is_line_between(rows: list[LabelledBlock], i: int) -> bool:
    """A few words that end in no mark, alone between the sentences of two paragraphs, in the element of the one after."""
    if not 0 < i < len(rows) - 1:
        return False
    row, before, after = rows[i], rows[i - 1], rows[i + 1]
    block, headed = row.block, after.block
    if any(r.label is not Label.PARAGRAPH or r.block.heading for r in (before, row, after)) or row.parts:
        return False
    if not 4 <= block.chars <= _LONGEST_LINE or block.link_chars or headed.chars < _LEAST_HEADED:
        return False
    if block.text[-1] in _NO_LINE_ENDS or block.text[0] in _NO_LINE_BEGINS or not ends_sentence(before.block.text):
        return False
    same = block.place.tag == headed.place.tag and block.place.names.shape == headed.place.names.shape
    return same and block.place.parent is headed.place.parent


def revise_headings(scene: Scene) -> None:
    """A heading is the body's only where it heads text of the body."""
    rows = [r for r in scene.rows if r.block.kind is BlockKind.TEXT]
    text_follows = in_sight = offer_follows = False
    headed = 0  # level of the heading of the text that follows, where that has one already
    for row in reversed(rows):
        level = row.block.heading
        if row.label in _TEXT:
            text_follows, offer_follows, headed = True, False, 0
            in_sight = not row.block.place.within & Within.HIDDEN
        elif row.label is Label.HEADING:
            if row.block.place.within & Within.HIDDEN and in_sight:
                row.give(Label.HIDDEN, "chrome.hidden")
            elif not text_follows or (offer_follows and level >= headed > 0):
                row.give(Label.OTHER, "sequence.heads_nothing")
            elif level:
                text_follows, headed = level != 2, level
            offer_follows = False
        elif row.label is Label.TITLE:
            text_follows = False
        elif row.label in _OFFERS:
            offer_follows = True
    _drop_repeated_headline(rows, scene)


_OFFERS: Final = frozenset((Label.RELATED, Label.RECIRCULATION, Label.NEWSLETTER, Label.SUBSCRIBE))
"""What a heading may head instead of text."""


def _drop_repeated_headline(rows: list[LabelledBlock], scene: Scene) -> None:
    """Another form of the headline, as the metadata have it, before the text."""
    for row in rows:
        if row.label in _TEXT or row.label is Label.LEAD:
            return
        key = scene.key_of(row.block)
        if row.label is Label.HEADING and len(key) > 10 and any(title.endswith(key) for title in scene.title_keys):
            row.give(Label.DUPLICATE, "sequence.headline_again")


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
        again = key in seen and row.rule != "sequence.bold_heading"  # several people answer one question
        if again or key in (lead, title):
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
            and (row.block.text[0] not in _QUOTE_MARKS or _is_one_of_its_make(row, rows))
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


def _is_one_of_its_make(row: LabelledBlock, rows: list[LabelledBlock]) -> bool:
    """Whether another heading of the story, not in quotation marks, has the same element: then this is a subhead too."""
    place = row.block.place
    return any(
        r.label is Label.HEADING
        and r.block.text[0] not in _QUOTE_MARKS
        and r.block.place.tag == place.tag
        and r.block.place.names.shape == place.names.shape
        for r in rows
    )


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
    for row in (*body[:4], *body[4:][-3:]):
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
