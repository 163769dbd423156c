"""
Second pass: cards and links that offer other stories.

A teaser is the largest element in which all links lead to one story. What announces it ("Read more", a box heading)
stands before it and decides its kind; where it stands decides its placement.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby
from typing import Final
from urllib.parse import urlsplit

from article_extract.page import BODY, Block, BlockKind, Label, Part, Place, Teaser, Within
from article_extract.stages.classify.front import looks_like_date
from article_extract.stages.classify.scene import Scene
from article_extract.text import LINE_BREAK, ends_sentence, flatten, letters, map_offsets, phrase_key, word_count
from article_extract.urls import is_same_site

_NOT_TEASED: Final = frozenset(
    (
        Label.NAVIGATION,
        Label.SHARE,
        Label.BREADCRUMB,
        Label.TAGS,
        Label.LEGAL,
        Label.LOGIN,
        Label.BYLINE,
        Label.COMMENTS,
        Label.HIDDEN,
        Label.TITLE,
        Label.TOC,
        Label.CONSENT,
        Label.NEWSLETTER,
        Label.SUBSCRIBE,
        Label.PLAYER,
        Label.EMBED,
    )
)
_RIGHTS: Final = ("©", "ⓒ", "℗")
_MOST_BLOCKS: Final = 14
_MOST_CHARS: Final = 1500
_MOST_LISTED: Final = 12
"""Items of a list of other stories: longer ones are an article's own."""
_MOST_RELATED: Final = 10
_MOST_UNLABELLED: Final = 6
"""Stories that a box under the article or beside it offers as related, with and without a label."""
_QUESTIONS: Final = ("?", "!", "؟", "？", "！", "…")
_FILES: Final = (
    ".pdf",
    ".jpg",
    ".jpeg",
    ".png",
    ".webp",
    ".gif",
    ".mp3",
    ".mp4",
    ".zip",
    ".doc",
    ".docx",
    ".xls",
    ".xlsx",
)
_NOT_STORIES: Final = frozenset(
    (
        "author authors autor autoren tag tags topic topics thema themen category categories kategorie rubrik search suche login register "
        "subscribe newsletter newsletters contact kontakt about privacy terms impressum datenschutz agb share sharer intent user profile "
        "people staff account abo shop rss feed"
    ).split()
)
_SOCIAL_HOSTS: Final = ("facebook.", "twitter.", "x.com", "linkedin.", "whatsapp.", "wa.me", "t.me", "telegram.", "pinterest.", "reddit.", "instagram.", "youtube.", "tiktok.", "threads.", "bsky.", "apple.com", "google.", "flipboard.")  # fmt: skip
_DIGIT: Final = re.compile(r"\d")
_SLUG: Final = re.compile(r"[^\W_]+[-_][^\W_]+[-_][^\W_]|\d{4,}|%[0-9A-Fa-f]{2}")


_NO_PAGES: Final = ("#", "javascript:", "mailto:", "tel:", "data:", "whatsapp:")


def is_story(href: str | None, scene: Scene) -> bool:
    """Whether an address looks like a story's: not a section front, a profile, a share link or a file."""
    if not href or len(href) > 1500:
        return False
    found = scene.stories.get(href)
    if found is None:
        found = scene.stories[href] = _reads_like_story(href.strip())
    return found


def _reads_like_story(href: str) -> bool:
    if href.startswith(_NO_PAGES):
        return False
    try:
        parts = urlsplit(href)
    except ValueError:
        return False
    if parts.netloc and parts.netloc.removeprefix("www.").removeprefix("m.").startswith(_SOCIAL_HOSTS):
        return False
    path = parts.path.rstrip("/")
    if path.lower().endswith(_FILES):
        return False
    segments = [s for s in path.split("/") if s]
    if not segments and not parts.query:
        return False
    if not _NOT_STORIES.isdisjoint(path.lower().split("/")[:-1]) or (
        len(segments) == 1 and segments[0].lower() in _NOT_STORIES
    ):
        return False
    return len(segments) >= 3 or bool(_SLUG.search(path) or _SLUG.search(parts.query) or _DIGIT.search(path))


def is_page(href: str) -> bool:
    """Whether an address with a path is a page at all: enough where words announce a story."""
    return not href.startswith(_NO_PAGES) and len(href.strip("/")) > 3


def revise_announced(scene: Scene) -> None:
    """Before the text is known: teasers that are announced, stand in chrome, or outside the text's own element."""
    covered = 0
    prose = [b.index for b in scene.blocks if scene.is_open_prose(b) and scene.inside(b.place, scene.core)]
    anchors = [_anchor_href(b, scene) for b in scene.blocks]
    for block in scene.blocks:
        href = anchors[block.index]
        if href is not None and LINE_BREAK in block.raw and block.index >= covered:
            if listed := _read_lines(block, scene):
                for line in listed:
                    _place(line, scene, prose)
                _label_lines(listed, scene)
                scene.teasers.extend(listed)
                continue
        if (
            href is None
            or block.index < covered
            or not (is_story(href, scene) or (_opens(block, scene) and is_page(href)))
        ):
            continue
        row = scene.rows[block.index]
        if (
            row.label in _NOT_TEASED
            or row.rule.startswith("site.")
            or (row.doubted is not None and row.doubted.label in _NOT_TEASED)
        ):
            continue
        first, last = _card(block, href, anchors, scene)
        teaser = _read_card(block, href, first, last, scene)
        if teaser is None:
            continue
        _place(teaser, scene, prose)
        in_text = scene.inside(block.place, scene.core)
        chrome = scene.chrome_of(block.place)
        if (
            in_text
            and teaser.label is None
            and (chrome is None or chrome.names.trait not in ("related", "recirculation"))
            and not _is_linked_heading(teaser, scene)
        ):
            scene.doubtful_teasers.append(teaser)
            covered = last
            continue
        _label(teaser, scene)
        scene.teasers.append(teaser)
        covered = last


def _read_lines(block: Block, scene: Scene) -> list[Teaser]:
    """Teasers of a block whose lines are each a link to another story of the site, a label at the head aside."""
    found: list[tuple[str, int, int]] = []
    links = [m for m in block.marks if m.kind == "link" and m.value]
    label: str | None = None
    at = 0
    for line in block.raw.split(LINE_BREAK):
        start, at = at, at + len(line) + 1
        text = flatten(line)
        if not text:
            continue
        here = [m for m in links if m.start < start + len(line) and m.end > start]
        href = here[0].value or "" if len(here) == 1 else ""
        if is_story(href, scene) and is_same_site(href, scene.host):
            first, last = max(start, here[0].start), min(start + len(line), here[0].end)
            title = flatten(block.raw[first:last])
            if len(title) >= 0.8 * len(text) and _long_enough(title):
                found.append((href, first, last))
                continue
        if found or label is not None or scene.book.kind_of(phrase_key(text)) not in ("see_also", "related"):
            return []
        label = text
    if len(found) < 2:
        return []
    offsets = map_offsets(block.raw, [offset for _, first, last in found for offset in (first, last)])
    teasers = []
    for (href, _, _), first, last in zip(found, offsets[::2], offsets[1::2], strict=True):
        title = block.text[first:last]
        stretch = (last - len(title.lstrip()), first + len(title.rstrip()))
        teasers.append(Teaser(href, block.index, block.index + 1, block.index, title.strip(), label, stretch=stretch))
    return teasers


def _label_lines(listed: Sequence[Teaser], scene: Scene) -> None:
    """Label the block that several teasers share."""
    row = scene.rows[listed[0].first]
    row.give(Label.RELATED, "teaser.title")
    at, parts = 0, []
    for start, end in [teaser.stretch for teaser in listed if teaser.stretch is not None]:
        if start > at:
            label = Label.SEE_ALSO_LABEL if at == 0 else Label.DECORATION
            parts.append(Part(at, start, label, "teaser.label"))
        parts.append(Part(start, end, Label.RELATED, "teaser.title"))
        at = end
    if at < len(row.block.text):
        parts.append(Part(at, len(row.block.text), Label.DECORATION, "teaser.rest"))
    row.parts = tuple(parts)


def _is_linked_heading(teaser: Teaser, scene: Scene) -> bool:
    """A heading that as a whole leads to another page of the site heads no text."""
    if teaser.title_block is None:
        return False
    block = scene.blocks[teaser.title_block]
    return (
        bool(block.heading) and block.link_density > 0.95 and not teaser.href.startswith(("http://", "https://", "//"))
    )


def revise_unannounced(scene: Scene) -> None:
    """After the model: cards among the text that hold nothing of it."""
    for teaser in scene.doubtful_teasers:
        rows = [r for r in scene.rows[teaser.first : teaser.last] if r.block.kind is BlockKind.TEXT]
        if not _is_linked_line(teaser, scene):
            if any(r.label in BODY for r in rows):
                continue
            listed = teaser.title_block is not None and _is_plain_link(teaser, scene)
            if listed and not any(r.doubted for r in rows):
                continue
        _label(teaser, scene)
        scene.teasers.append(teaser)
    scene.teasers.sort(key=lambda t: t.first)


def _is_linked_line(teaser: Teaser, scene: Scene) -> bool:
    """A line between paragraphs that as a whole leads to another story of the site, and is no sentence."""
    if teaser.title_block is None or teaser.last - teaser.first > 2:
        return False
    block = scene.blocks[teaser.title_block]
    if block.place.within & Within.TABLE or not _leads_elsewhere(block, scene):
        return False
    if block.place.within & Within.LIST:
        return _lists_stories(block.place, scene)
    return word_count(teaser.title) >= 5 and (not ends_sentence(block.text) or block.text.endswith(_QUESTIONS))


def _lists_stories(place: Place, scene: Scene) -> bool:
    """Whether every item of the list around is a link to another story of the site, two items at least."""
    at: Place | None = place
    while at is not None and at.tag not in ("ul", "ol", "dl"):
        at = at.parent
    if at is None or at.blocks > _MOST_LISTED:
        return False
    items = [b for b in scene.blocks[at.first_block : at.last_block] if b.kind is BlockKind.TEXT]
    return len(items) > 1 and all(_leads_elsewhere(b, scene) for b in items)


def _leads_elsewhere(block: Block, scene: Scene) -> bool:
    """Whether a block is as a whole a link to another story of the site; a kicker with a colon may stand before it."""
    href = block.href
    if href is None or not is_story(href, scene) or not is_same_site(href, scene.host):
        return False
    if block.link_density >= 0.95:
        return True
    link = next(m for m in block.marks if m.kind == "link" and m.value == href)
    return (
        block.link_density >= 0.5
        and not block.raw[link.end :].strip()
        and block.raw[: link.start].rstrip().endswith((":", "：", "|"))
    )


def _is_plain_link(teaser: Teaser, scene: Scene) -> bool:
    """A bare linked line or list item without heading, picture or summary."""
    block = scene.blocks[teaser.title_block or 0]
    return (
        teaser.last - teaser.first == 1
        and not block.heading
        and bool(block.place.within & (Within.LIST | Within.TABLE))
    )


def _anchor_href(block: Block, scene: Scene) -> str | None:
    """Where a block leads as a whole: the link around it, or the one that makes up most of it."""
    if block.place.within & (Within.NAV | Within.HIDDEN):
        return None
    if block.kind is BlockKind.LINK:
        return block.element.get("href") if block.element is not None else None
    if block.place.href is not None:
        return block.place.href
    if block.kind is not BlockKind.TEXT or not block.link_chars:
        return None
    density = block.link_density
    opening = scene.openings[block.index]
    if density < 0.6 and not (opening is not None and opening[1] in ("see_also", "related") and density > 0.3):
        return None
    links = [m for m in block.marks if m.kind == "link" and m.value]
    if not links:
        return None
    return max(links, key=lambda m: m.end - m.start).value


def _card(block: Block, href: str, anchors: list[str | None], scene: Scene) -> tuple[int, int]:
    """The block range of the largest element around in which every link leads to `href`."""
    first, last = block.index, block.index + 1
    at: Place | None = block.place
    while at is not None and at.tag not in ("body", "html", "main"):
        if at.last_block - at.first_block > _MOST_BLOCKS or at.chars > _MOST_CHARS:
            break
        lo, hi = at.first_block, max(at.last_block, at.first_block)
        if hi <= lo:
            at = at.parent
            continue
        outside = [*range(lo, min(first, hi)), *range(max(last, lo), hi)]
        if any(_is_other_story(scene.blocks[i], anchors[i], href, scene) for i in outside):
            break
        if any(scene.rows[i].label is Label.TITLE or i in scene.embed_at for i in outside):
            break
        texts = [
            scene.blocks[i]
            for i in outside
            if anchors[i] is None and scene.blocks[i].chars >= 60 and scene.blocks[i].sentences
        ]
        if len(texts) > 2 or sum(b.chars for b in texts) > 600:
            break
        first, last = min(first, lo), max(last, hi)
        at = at.parent
    return first, last


def _is_other_story(block: Block, other: str | None, href: str, scene: Scene) -> bool:
    """Whether a link leads to another story; a card's linked section name or author does not."""
    if other is None or other == href or not is_story(other, scene):
        return False
    names_section = (
        block.kind is BlockKind.TEXT and not block.heading and letters(block.text) <= 25 and word_count(block.text) <= 3
    )
    return not (names_section and len(other) < len(href) + 2)


def _read_card(block: Block, href: str, first: int, last: int, scene: Scene) -> Teaser | None:
    """Title, summary, section, date and picture of a card, None where it holds no title."""
    teaser = Teaser(href, first, last, None, "")
    inside = [scene.blocks[i] for i in range(first, last)]
    texts = [b for b in inside if b.kind is BlockKind.TEXT and not b.place.within & Within.HIDDEN]
    if texts and all(scene.rows[b.index].label is Label.CAPTION and b.link_density < 0.5 for b in texts):
        return None  # a picture that leads to its larger copy, with its caption
    if texts and not (texts := [b for b in texts if not _is_no_title(b, scene)]):
        return None
    title = next((b for b in texts if b.heading and b.chars >= 8), None)
    if title is None:
        linked = [b for b in texts if b.link_density >= 0.6 or _opens(b, scene)]
        title = max(linked or texts, key=lambda b: b.chars if b.chars <= 300 else 0, default=None)
    chrome = scene.chrome_of(block.place)
    least = (
        7
        if (chrome is not None and chrome.names.trait in ("related", "recirculation"))
        or (title is not None and title.heading)
        else 12
    )
    if title is not None and _long_enough(title.text, least):
        teaser.title_block = title.index
        teaser.title, teaser.section = _title_text(title, scene)
        if not _long_enough(teaser.title, least) or looks_like_date(teaser.title, scene):
            return None
    else:
        for b in inside:
            if b.kind is BlockKind.LINK and b.element is not None:
                label = b.element.get("aria-label") or b.element.get("title") or ""
                if _long_enough(label):
                    teaser.title = " ".join(label.split())
                    break
        if not teaser.title:
            return None
    for b in inside:
        if b.kind is BlockKind.IMAGE and teaser.image_block is None:
            teaser.image_block = b.index
        if b.kind is not BlockKind.TEXT or b.index == teaser.title_block or b.place.within & Within.HIDDEN:
            continue
        label = scene.rows[b.index].label
        if label is Label.PLACEHOLDER or (scene.keys[b.index] and scene.book.kind_of(scene.keys[b.index] or "")):
            continue
        if looks_like_date(b.text, scene):
            teaser.date_block = teaser.date_block if teaser.date_block is not None else b.index
        elif b.chars >= 60 and teaser.summary_block is None:
            teaser.summary_block = b.index
        elif b.chars <= 40 and teaser.section_block is None and not b.sentences and b.index != teaser.title_block:
            teaser.section_block = b.index
    return teaser


def _is_no_title(block: Block, scene: Scene) -> bool:
    """A line of which a rule knows already what it is, or a notice of rights, is no story's title."""
    if block.heading:
        return False
    row = scene.rows[block.index]
    by_words = row.label in _NOT_TEASED and row.rule.startswith(("phrase.", "front."))
    return by_words or block.text.startswith(_RIGHTS)


def _long_enough(text: str, least: int = 12) -> bool:
    return least <= letters(text) <= 400 and word_count(text) >= (3 if least >= 12 else 2)


def _opens(block: Block, scene: Scene) -> bool:
    opening = scene.openings[block.index]
    return opening is not None and opening[1] in ("see_also", "related")


def _title_text(block: Block, scene: Scene) -> tuple[str, str | None]:
    """The title without the label, kicker or counts in the same block, and the kicker where spans tell it apart."""
    if block.place.href is None and block.marks:
        links = [m for m in block.marks if m.kind == "link" and m.value]
        if links and block.link_chars < block.chars:
            link = max(links, key=lambda m: m.end - m.start)
            text = flatten(block.raw[link.start : link.end])
            if _long_enough(text):
                return text, None
    raw = block.raw
    spans = sorted(
        (m for m in block.marks if m.kind in ("span", "strong") and m.place is not None), key=lambda m: m.start
    )
    size = len(flatten(raw))
    longest = max(spans, key=lambda m: m.end - m.start, default=None)
    if longest is not None and len(spans) > 1:
        # Kicker and title as two spans run together: "WaterWhy the dyke sinks".
        apart = [m for m in spans if m.end <= longest.start or m.start >= longest.end]
        title = flatten(raw[longest.start : longest.end])
        rest = flatten("".join(raw[m.start : m.end] for m in apart))
        if apart and _long_enough(title, 7) and len(title) + len(rest) >= size - 3 and len(title) >= 0.5 * size:
            first = flatten(raw[apart[0].start : apart[0].end])
            return title, first if apart[0].end <= longest.start and 2 < len(first) <= 40 else None
    for mark in sorted(spans, key=lambda m: -m.start):
        trait = mark.place.names.trait if mark.place is not None else None
        if trait in _NOT_IN_TITLES and mark.end - mark.start < len(raw) * 0.7:
            raw = raw[: mark.start] + " " + raw[mark.end :]
    return flatten(raw) or block.text, None


_NOT_IN_TITLES: Final = frozenset(("kicker", "date", "tags", "comments", "meta", "byline", "hidden", "player"))


def _place(teaser: Teaser, scene: Scene, prose: list[int]) -> None:
    """Decide placement, the announcing label and the kind."""
    block = scene.blocks[teaser.first]
    place = block.place
    chrome = scene.chrome_of(place)
    trait = chrome.names.trait if chrome is not None else None
    in_core = scene.inside(place, scene.core)
    if (
        prose
        and prose[0] < teaser.first < prose[-1]
        and (in_core or (not place.within & Within.ASIDE and trait != "sidebar"))
    ):
        teaser.placement = "inline"
    elif trait == "sidebar" or (place.within & Within.ASIDE and not in_core) or not prose or teaser.last <= prose[0]:
        teaser.placement = "aside"
    else:
        teaser.placement = "end"
    label_kind = _announce(teaser, scene)
    if label_kind == "ad" or (label_kind is None and trait == "ad"):
        teaser.kind = "recirculation"
    elif label_kind in ("see_also", "related") or (teaser.placement == "inline" and label_kind in (None, "heading")):
        teaser.kind = "related"
    else:
        teaser.kind = "related" if label_kind is None and trait == "related" else "recirculation"


def _announce(teaser: Teaser, scene: Scene) -> str | None:
    """Find the words that announce a teaser; their kind, "heading" for a box heading that is no known phrase."""
    if teaser.stretch is not None and teaser.label is not None:
        return "related"
    own = scene.openings[teaser.title_block] if teaser.title_block is not None else None
    if own is not None and own[1] in ("see_also", "related"):
        block = scene.blocks[teaser.title_block or 0]
        at = block.text.find(teaser.title)
        label = block.text[:at].strip(" :：-–—|»›\n") if at > 0 else ""
        if label:
            teaser.label = label
            return own[1]
    taken = {i for t in scene.teasers for i in range(t.first, t.last)} if len(scene.teasers) < 60 else set()
    steps = 0
    for index in range(teaser.first, max(-1, teaser.first - 80), -1):
        block = scene.blocks[index]
        if block.kind is not BlockKind.TEXT or index in taken or index == teaser.title_block:
            continue
        if index >= teaser.first and index not in (teaser.section_block,):
            continue
        key = scene.keys[index]
        kind = scene.book.kind_of(key) if key else None
        if kind is None and scene.openings[index] is not None and block.chars < 40:
            kind = scene.openings[index][1]  # type: ignore[index]
        if kind in ("see_also", "related", "recirculation", "ad"):
            teaser.label = block.text
            if index == teaser.section_block:
                teaser.section_block = None
            return kind
        if index == teaser.section_block:
            continue
        if block.heading and scene.rows[index].label is not Label.TITLE:
            if block.chars <= 60 and not _near_text(index, teaser.first, scene):
                teaser.section = block.text
                return "heading"
            return None
        steps += 1
        if scene.is_open_prose(block) or steps > 3:
            return None
    return None


def _near_text(start: int, end: int, scene: Scene) -> bool:
    """Whether running text stands between a heading and a teaser: then the heading is not the teaser's."""
    return any(scene.is_open_prose(scene.blocks[i]) for i in range(start + 1, end))


def _label(teaser: Teaser, scene: Scene) -> None:
    for index in range(teaser.first, teaser.last):
        row = scene.rows[index]
        block = row.block
        if index == teaser.title_block:
            row.give(Label.RELATED, "teaser.title")
            at = block.text.find(teaser.title)
            parts = []
            if at > 0:
                before = Label.SEE_ALSO_LABEL if teaser.label else Label.DECORATION
                parts.append(Part(0, at, before, "teaser.label"))
            if at >= 0 and len(teaser.title) < len(block.text):
                end = at + len(teaser.title)
                parts.append(Part(at, end, Label.RELATED, "teaser.title"))
                if end < len(block.text):
                    parts.append(Part(end, len(block.text), Label.DECORATION, "teaser.rest"))
                row.parts = tuple(parts)
        elif index in (teaser.summary_block, teaser.section_block):
            row.give(Label.RELATED, "teaser.summary" if index == teaser.summary_block else "teaser.section")
        elif index == teaser.date_block:
            row.give(Label.DATE, "teaser.date")
        elif block.kind is BlockKind.IMAGE or row.label in (Label.UNDECIDED, Label.OTHER):
            row.give(Label.RECIRCULATION, "teaser.other")


def revise_inline(scene: Scene) -> None:
    """After the body is known: labels that announce nothing, and placement by the real extent of the body."""
    body = [r.block.index for r in scene.rows if r.label in BODY]
    if not body:
        return
    for teaser in scene.teasers:
        if teaser.placement == "inline" and not body[0] < teaser.first < body[-1]:
            teaser.placement = "end" if teaser.first > body[-1] else "aside"
            if (
                teaser.label is None
                and scene.chrome_of(scene.blocks[teaser.first].place) is None
                and teaser.placement == "aside"
            ):
                teaser.kind = "recirculation"
        elif teaser.placement == "end" and body[0] < teaser.first < body[-1]:
            teaser.placement = "inline"
    _tell_feeds(scene)
    for teaser in scene.teasers:
        if teaser.label and teaser.first > 0:
            row = next(
                (
                    scene.rows[i]
                    for i in range(teaser.first - 1, max(-1, teaser.first - 80), -1)
                    if scene.blocks[i].text == teaser.label
                ),
                None,
            )
            if row is not None and row.label not in (Label.SEE_ALSO_LABEL, Label.RECIRCULATION):
                row.give(Label.SEE_ALSO_LABEL, "teaser.heading")


def _tell_feeds(scene: Scene) -> None:
    """A long row of stories under one label, or under none, is a feed, whatever the label or the names say."""
    for (label, placement, kind), group in groupby(scene.teasers, lambda t: (t.label, t.placement, t.kind)):
        row = list(group)
        if kind == "related" and placement != "inline" and len(row) > (_MOST_RELATED if label else _MOST_UNLABELLED):
            for teaser in row:
                teaser.kind = "recirculation"
