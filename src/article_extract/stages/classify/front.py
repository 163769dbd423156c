"""Front matter: headline, kicker, bylines, dates. The lead is found in the second pass, when the body is known."""

from __future__ import annotations

from typing import Final

import regex

from article_extract.page import Block, BlockKind, Label, Mark, Part, Place, Verdict, Within
from article_extract.stages.classify.scene import Scene
from article_extract.text import ends_sentence, map_offsets, phrase_key, squeeze, words_and_numbers

_LONGEST_TITLE: Final = 300
_LONGEST_BYLINE: Final = 140
_LONGEST_DATE: Final = 110
_LONGEST_KICKER: Final = 60
_SHORTEST_HEADLINE: Final = 12
_JOINTS: Final = " :|–—-\n·•/"
_MOST_PARTS: Final = 8
"""Inline elements looked at where one headline has many."""


def find_title(scene: Scene) -> None:
    """Choose the block that shows the headline and label it, its kicker too.

    Marks: equal to a title that the metadata claim, heading level, names, nearness to the text. The displayed headline
    wins over a claimed one; a page whose headings fit nothing keeps the claim.
    """
    best: tuple[float, int] | None = None
    prose_start = next(
        (b.index for b in scene.blocks if scene.is_open_prose(b) and scene.inside(b.place, scene.core)), None
    )
    h1_count = sum(1 for b in scene.blocks if b.heading == 1 and not b.place.within & Within.HIDDEN)
    lengths = [len(t) for t in scene.title_keys]
    shortest, longest = min(lengths, default=0), 2 * max(lengths, default=0) + 60
    for block in scene.blocks:
        if block.kind is not BlockKind.TEXT or not 1 < block.chars <= _LONGEST_TITLE:
            continue
        trait = _own_trait(block)
        if not block.heading and trait != "headline" and (block.chars < 12 or not shortest <= block.chars <= longest):
            continue
        score = _title_score(block, trait, scene, prose_start, h1_count)
        if score is not None and (best is None or score > best[0]):
            best = (score, block.index)
    if best is None or best[0] < 2:
        return
    scene.title = best[1]
    row = scene.rows[best[1]]
    row.give(Label.TITLE, "front.title")
    _split_kicker(scene, row.block)
    _find_kicker(scene, row.block)


def _own_trait(block: Block) -> str | None:
    """The trait of the block's element or of the one or two right around it that hold nothing else."""
    at: Place | None = block.place
    for _ in range(3):
        if at is None or (at.blocks > 1 and at is not block.place):
            return None
        if at.names.trait is not None and not at.names.strong:
            return at.names.trait
        at = at.parent
    return None


def _title_score(block: Block, trait: str | None, scene: Scene, prose_start: int | None, h1_count: int) -> float | None:
    key = scene.key_of(block)
    if not key:
        return None
    claimed = 0.0
    for i, title in enumerate(scene.title_keys):
        if key == title:
            claimed = max(claimed, 6.0 - min(i, 4) * 0.2)
        elif len(key) > 10 and title.startswith(key):
            claimed = max(claimed, 3.0)
        elif len(title) > 10 and key.endswith(title) and len(key) < len(title) + 60:
            claimed = max(claimed, 5.0)
        elif len(title) > 10 and key.startswith(title) and len(key) < len(title) * 1.5:
            claimed = max(claimed, 3.5)
    if not claimed and not block.heading and trait != "headline":
        return None
    score = claimed
    if block.heading:
        score += {1: 4.0, 2: 2.0, 3: 1.0}.get(block.heading, 0.5)
    if trait == "headline":
        score += 1.5
    if not claimed:
        score += min(2.0, 2.5 * _overlap(block.text, scene.metadata.titles))
        if block.heading != 1 or h1_count > 1:
            score -= 1.0
        if block.chars < 12:
            score -= 1.5
        if scene.metadata.site_name and squeeze(scene.metadata.site_name) == key:
            return None
    within = block.place.within
    if within & Within.HIDDEN:
        score -= 5.0
    if within & (Within.NAV | Within.ASIDE | Within.FOOTER | Within.BUTTON | Within.CAPTION):
        score -= 4.0
    chrome = scene.chrome_of(block.place)
    if chrome is not None:
        score -= (
            2.0
            if chrome.names.trait in ("navigation", "promo", "share", "tags") and claimed >= 5 and block.heading == 1
            else 4.0
        )
    if block.place.href is not None or block.link_density > 0.8:
        score -= 1.5
    if within & (Within.ARTICLE | Within.MAIN):
        score += 0.5
    if prose_start is not None:
        score += 0.8 if block.index <= prose_start + 1 else -2.5
    return score - block.index * 0.002


def _overlap(text: str, titles: tuple[str, ...]) -> float:
    """Share of the words of the best claimed title that the text has too."""
    words = set(phrase_key(text).split())
    best = 0.0
    for title in titles[:3]:
        other = set(phrase_key(title).split())
        if other and words:
            best = max(best, len(words & other) / max(len(other), len(words)))
    return best


def _split_kicker(scene: Scene, block: Block) -> None:
    """A label within the heading element is the kicker: a span so named, or what stands before a claimed title."""
    text = block.text
    cut = 0
    for mark in block.marks:
        if (
            mark.place is not None
            and mark.place.names.trait == "kicker"
            and mark.start <= 2
            and mark.end < len(block.raw)
        ):
            kicker = " ".join(block.raw[mark.start : mark.end].split())
            if kicker and text.startswith(kicker) and len(kicker) < len(text):
                cut = len(kicker)
    if not cut:
        cut = _kicker_by_markup(block)
    if not cut:
        for title in scene.metadata.titles:
            if len(title) >= 10 and text.endswith(title) and 1 < len(text) - len(title) <= _LONGEST_KICKER:
                if text[-len(title) - 2].isalnum() and text[-len(title) - 1] in "-\u2010\u2011":
                    continue  # within a word
                cut = len(text) - len(title)
                break
            head, line_break, rest = text.partition("\n")
            if line_break and len(head) <= _LONGEST_KICKER and squeeze(rest) == squeeze(title):
                cut = len(head) + 1
                break
    if cut:
        while cut < len(text) and text[cut] in _JOINTS:
            cut += 1
        if cut < len(text):
            row = scene.rows[block.index]
            row.parts = (
                Part(0, cut, Label.KICKER, "front.kicker.inside"),
                Part(cut, len(text), Label.TITLE, "front.title"),
            )


def _kicker_by_markup(block: Block) -> int:
    """Where an inline element that opens the heading ends, if it holds a label apart from the rest; 0 if none does."""
    raw = block.raw
    start, end = len(raw) - len(raw.lstrip()), len(raw.rstrip())
    openers = sorted((m for m in block.marks if m.start <= start < m.end < end), key=lambda m: m.end)[:_MOST_PARTS]
    closers = [m for m in block.marks if m.start > start and m.end >= end][:_MOST_PARTS]
    for opener, cut in zip(openers, map_offsets(raw, [m.end for m in openers]), strict=True):
        head, rest = block.text[:cut].strip(), block.text[cut:].lstrip()
        if not 0 < len(head) <= _LONGEST_KICKER or len(rest.strip(_JOINTS)) < _SHORTEST_HEADLINE:
            continue
        before, after = raw[opener.end - 1], raw[opener.end]
        glued = before.isalnum() and after.isupper()
        apart = any(m.start >= opener.end and _looks_otherwise(m, opener) for m in closers)
        if head[-1] in ":：" or rest[0] in ":|" or ((glued or apart) and not ends_sentence(head)):
            return cut
    return 0


def _looks_otherwise(a: Mark, b: Mark) -> bool:
    """Whether two elements carry names, and different ones: two lines of one headline carry the same."""
    if a.place is None or b.place is None:
        return False
    return a.place.names.shape != b.place.names.shape


def _find_kicker(scene: Scene, title: Block) -> None:
    if any(p.label is Label.KICKER for p in scene.rows[title.index].parts):
        return
    for index in range(title.index - 1, max(-1, title.index - 5), -1):
        row = scene.rows[index]
        block = row.block
        if block.kind is not BlockKind.TEXT:
            continue
        if block.chars > 60 or block.place.within & (Within.HIDDEN | Within.NAV):
            return
        trait = _own_trait(block)
        if trait == "kicker" and scene.chrome_of(block.place) is None:
            row.give(Label.KICKER, "front.kicker.names")
            return
        if (
            index == title.index - 1
            and 2 < block.chars <= 30
            and (block.place.parent is title.place.parent or block.place is title.place.parent)
            and trait is None
            and not block.link_chars
            and scene.chrome_of(block.place) is None
            and not block.place.within & (Within.LIST | Within.BUTTON | Within.TABLE)
            and not looks_like_date(block.text, scene)
            and scene.metadata.first("section") is None
        ):
            row.give(Label.KICKER, "front.kicker.before")
            return
        if block.chars > 40 or trait in ("date", "byline", "meta") or scene.chrome_of(block.place) is not None:
            return


def by_names_of_meta(block: Block, scene: Scene) -> Verdict | None:
    """Short blocks whose element names say byline, date or credit."""
    if block.chars > _LONGEST_BYLINE or block.heading == 1:
        return None
    at: Place | None = block.place
    for _ in range(4):
        if at is None or (at.prose_chars > 0 and at is not block.place):
            break
        trait = at.names.trait
        if trait == "byline" and block.chars <= _LONGEST_BYLINE and at.chars <= 4 * _LONGEST_BYLINE:
            if looks_like_date(block.text, scene) and not scene.metadata.authors:
                return Verdict(Label.DATE, "front.date.form")
            return Verdict(Label.BYLINE, "front.byline.names")
        if trait == "date" and block.chars <= _LONGEST_DATE and at.chars <= 3 * _LONGEST_DATE:
            return Verdict(Label.DATE, "front.date.names")
        if trait in ("caption", "credit"):
            return Verdict(Label.CAPTION, f"front.{trait}.names")
        if trait == "meta" and at.chars <= 3 * _LONGEST_BYLINE:
            if looks_like_date(block.text, scene):
                return Verdict(Label.DATE, "front.date.meta")
            if names_author(block, scene):
                return Verdict(Label.BYLINE, "front.byline.meta")
            return Verdict(Label.DECORATION, "front.meta.names")
        if trait is not None and trait not in ("kicker",):
            break
        at = at.parent
    return None


def by_date_form(block: Block, scene: Scene) -> Verdict | None:
    """A short block that is a date and little else."""
    if block.chars > _LONGEST_DATE or block.heading:
        return None
    if looks_like_date(block.text, scene):
        return Verdict(Label.DATE, "front.date.form")
    return None


def by_author_name(block: Block, scene: Scene) -> Verdict | None:
    """A short block that is a claimed author's name and little else."""
    if block.chars > _LONGEST_BYLINE or block.heading == 1:
        return None
    if names_author(block, scene):
        return Verdict(Label.BYLINE, "front.byline.claimed")
    words = (scene.keys[block.index] or "").split()
    if 2 <= len(words) <= 5 and words[-1] in scene.book.roles and not block.sentences and not block.heading:
        return Verdict(Label.BYLINE, "front.byline.role")
    if "@" in block.text and block.chars <= 70 and not scene.book.roles.isdisjoint(words):
        return Verdict(Label.BYLINE, "front.byline.email")
    opening = scene.openings[block.index]
    if (
        opening is not None
        and opening[1] == "byline"
        and block.chars <= 90
        and not block.sentences
        and not block.heading
    ):
        return Verdict(Label.BYLINE, "front.byline.phrase")
    return None


def names_author(block: Block, scene: Scene) -> bool:
    """Whether the block is the name of an author the metadata claim, with at most a role or a place beside it."""
    if not scene.metadata.authors or block.chars > _LONGEST_BYLINE:
        return False
    key = scene.key_of(block)
    left = len(key)
    for author in scene.metadata.authors:
        name = squeeze(author.name)
        if len(name) > 3 and name in key:
            left -= len(name)
    if left == len(key):
        return False
    return left <= 30 and not (block.sentences > 1)


_NUMERIC_DATE: Final = regex.compile(
    r"(?:\d{4}[-./]\d{1,2}[-./]\d{1,2}|\d{1,2}[-./]\d{1,2}[-./]\d{2,4}|\d{4}年\d{1,2}月\d{1,2}日|\d{1,2}月\d{1,2}日|\d{4}년\s*\d{1,2}월\s*\d{1,2}일)"
)
_CLOCK: Final = regex.compile(r"\b\d{1,2}[:.h]\d{2}\b")
_YEAR: Final = regex.compile(r"(?:19|20|13|14|25)\d\d")
_DIGIT: Final = regex.compile(r"\p{Nd}")


def looks_like_date(text: str, scene: Scene) -> bool:
    """Whether a short text is a date line: numbers with a month name, a numeric date or a clock, and few other words."""
    if len(text) > 2 * _LONGEST_DATE or not _DIGIT.search(text):
        return False
    words = words_and_numbers(text)
    if not words:
        return False
    months, others = scene.book.months, scene.book.date_words
    numeric = bool(_NUMERIC_DATE.search(_western_digits(text)))
    month = any(w in months for w in words)
    clock = bool(_CLOCK.search(text))
    if not (numeric or month or clock):
        return False
    if clock and not numeric and not month and len(words) > 6:
        return False
    other = [w for w in words if not w[0].isdigit() and w not in months and w not in others and len(w) > 1]
    return len(other) <= (3 if numeric or (month and _YEAR.search(_western_digits(text))) else 1)


def _western_digits(text: str) -> str:
    if text.isascii():
        return text
    return "".join(str(int(ch)) if ch.isdecimal() else ch for ch in text)
