"""
Cut the visible page into blocks: one walk of the tree, each text node in exactly one block.

A block ends where a block element begins or ends, and at a double `<br>`. The text nodes of all blocks in a row, and
the white space left at the end, are the visible text of the page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, islice
from typing import TYPE_CHECKING, Final, NamedTuple

from article_extract import dom
from article_extract.page import NO_NAMES, Block, BlockKind, Mark, MarkKind, Names, Page, Place, Within
from article_extract.rules import read_names
from article_extract.text import LINE_BREAK, collapse_and_count, collapse_lines, commas, letters, sentence_ends

if TYPE_CHECKING:
    from lxml.etree import _Element

CandidateTest = Callable[[str, Sequence[tuple[str, str]]], bool]
_NAMING: Final = dom.NAMING
_READ: Final = _NAMING | {"hidden", "style"}
"""The attributes that mean something to the walk; most are none of these."""
_WITHIN_OF_TAG: Final = dom.WITHIN_OF_TAG
_RESPONSIVE: Final = ("block", "flex", "grid", "inline", "contents", "table")
_MEDIA: Final = {dom.IMAGE: BlockKind.IMAGE, dom.RULE: BlockKind.RULE, dom.SKIP: BlockKind.EMBED}
_NEVER_EMBEDS: Final = frozenset(("head", "style", "option", "textarea"))
_HEADING: Final = Within.HEADING
_HIDDEN: Final = Within.HIDDEN
_SPANS: Final = ("span", "strong")
_KEPT: Final = frozenset(("blockquote", "time"))
"""Elements with attributes that a stage further on reads; others are let go, since each costs the garbage collector."""
_GLUED_BREAKS: Final = 2
"""So many `<br>` in a row end a paragraph."""
_LONGEST_HEADING: Final = 300
_MOST_LOOKED_AT: Final = 100
"""Elements within an unknown one that are searched for boxes: more are no part of a sentence's markup."""


@dataclass(frozen=True, slots=True)
class Segments:
    """The page as a row of blocks."""

    blocks: tuple[Block, ...]
    places: tuple[Place, ...]
    """All block elements in document order, the root first."""
    trailing: str
    """White space after the last block."""


class _OpenMark:
    """An inline element the walk is in and that leaves a mark."""

    __slots__ = ("kind", "place", "start", "value")

    def __init__(self, kind: MarkKind, start: int, value: str | None = None, place: Place | None = None) -> None:
        self.kind = kind
        self.start = start
        """Where it begins in the block being written."""
        self.value = value
        self.place = place


class _Reading(NamedTuple):
    """What the attributes of an element say, the same for all elements of the page with the same ones."""

    names: Names
    within: int
    hidden: bool
    css_class: str
    css_id: str
    rel: str
    is_embed: bool = False


class _Writer:
    """Collects text nodes and makes blocks of them."""

    __slots__ = ("blocks", "breaks", "length", "marks", "pieces", "seen", "words")

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.pieces: list[str] = []
        self.length = 0
        self.marks: list[Mark] = []
        self.seen = False
        self.breaks = 0
        self.words = 0
        """Text nodes with letters so far, to tell links without text."""

    def add(self, text: str) -> None:
        """Take in a text node."""
        self.pieces.append(text)
        self.length += len(text)
        if not text.isspace():
            self.seen = True
            self.words += 1
            self.breaks = 0

    def flush(self, place: Place, open_marks: list[_OpenMark]) -> None:
        """End the block; what holds no letter waits for the next."""
        if not self.seen:
            self.breaks = 0
            return
        for mark in open_marks:
            if mark.start < self.length:
                self.marks.append(Mark(mark.kind, mark.start, self.length, mark.value, mark.place))
            mark.start = 0
        raw = "".join(self.pieces)
        block = _make_block(len(self.blocks), place, raw, tuple(self.marks))
        self.blocks.append(block)
        place.chars += block.chars
        place.link_chars += block.link_chars
        place.blocks += 1
        if block.is_prose:
            place.prose_chars += block.chars
        self.pieces.clear()
        self.marks.clear()
        self.length = 0
        self.seen = False
        self.breaks = 0

    def close(self, place: Place, open_marks: list[_OpenMark]) -> None:
        """A block element ends: so does its block, and the element around takes in its counts."""
        if self.seen:
            self.flush(place, open_marks)
        else:
            self.breaks = 0
        place.last_block = len(self.blocks)
        parent = place.parent
        if place.blocks and parent is not None:
            parent.chars += place.chars
            parent.link_chars += place.link_chars
            parent.prose_chars += place.prose_chars
            parent.blocks += place.blocks


def _make_block(index: int, place: Place, raw: str, marks: tuple[Mark, ...]) -> Block:
    text, chars = collapse_and_count(raw)
    link_chars = strong_chars = 0
    linked = place.href is not None
    if linked:
        link_chars = chars
    for kind, start, end, _, _ in marks:
        if kind == "strong" or (kind == "link" and not linked):
            piece = raw[start:end]
            # Most links are a block of their own.
            marked = chars if piece in (text, raw) else letters(collapse_lines(piece))
            if kind == "strong":
                strong_chars += marked
            else:
                link_chars += marked
    heading = 0
    if place.within & _HEADING:
        at: Place | None = place
        while at is not None and not heading:
            heading = dom.HEADING_LEVEL.get(at.tag, 0)
            at = at.parent
        heading = heading or 3
    return Block(
        index,
        BlockKind.TEXT,
        place,
        raw,
        text,
        chars,
        link_chars if link_chars < chars else chars,
        strong_chars if strong_chars < chars else chars,
        sentence_ends(text) if chars > 12 else 0,
        commas(text) if chars > 12 else 0,
        heading,
        marks,
    )


def segment(page: Page, is_embed: CandidateTest, telling: frozenset[str]) -> Segments:
    """The blocks of a page in reading order.

    `is_embed(tag, attributes)` says which elements may be embeds; each gives a block of its own before the text blocks
    within it. `telling` are the attributes that it looks at, but for frames, templates and scripts.
    """
    writer = _Writer()
    blocks = writer.blocks
    marks = writer.marks
    readings: dict[str, dict[object, _Reading]] = {}
    """By tag and, for it, by what tells something: the class, or all telling attributes."""
    telling |= _READ
    kind_of_tag = dom.KIND_OF_TAG
    mark_of_tag = dom.MARK_OF_TAG
    button = Within.BUTTON
    inline, block_tag, skip, void, image, line_break = (
        dom.INLINE,
        dom.BLOCK,
        dom.SKIP,
        dom.VOID,
        dom.IMAGE,
        dom.BREAK,
    )

    # The element the walk is in: `stack` holds the same for the elements around it.
    element = page.root
    tag = element.tag if isinstance(element.tag, str) else ""
    attributes: Sequence[tuple[str, str]] = element.items()  # type: ignore[assignment]  # str on both sides in a parsed document
    names, within, hidden, css_class, css_id, rel, embedded = _read_attributes(tag, attributes)
    place = Place(None, str(element.tag), 1, 0, within, names, None, None, None, css_class, css_id)
    places = [place]
    opened: _OpenMark | Place | None = place
    """The place or the mark that the element opened."""
    href: str | None = None
    chrome: Place | None = None
    words = nth = 0
    skipped = element.tag in dom.SKIPPED
    children: Iterator[_Element] = iter(() if skipped else element[:])  # type: ignore[index]  # the stubs know no slices
    stack: list[tuple[_Element, str, _OpenMark | Place | None, str | None, Place | None, int, int, Iterator[_Element]]]
    stack = []
    open_marks: list[_OpenMark] = []
    text = None if skipped else element.text
    """The text node before the next child."""
    while True:
        if text:
            # `writer.add`, written out: most text nodes of a page come by here.
            writer.pieces.append(text)
            writer.length += len(text)
            if not text.isspace():
                writer.seen = True
                writer.words += 1
                writer.breaks = 0
        child = next(children, None)
        if child is None:
            # The element ends.
            if opened is place:
                writer.close(place, open_marks)
                if place.parent is not None:
                    place = place.parent
            elif opened is not None:
                mark = open_marks.pop()
                if mark.start < writer.length:
                    marks.append(Mark(mark.kind, mark.start, writer.length, mark.value, mark.place))
            if not stack:
                break
            if tag == "a" and href is not None and words == writer.words:
                blocks.append(_media(len(blocks), BlockKind.LINK, place, element))
            text = element.tail
            element, tag, opened, href, chrome, words, nth, children = stack.pop()
            continue
        child_tag = child.tag
        if not isinstance(child_tag, str):
            text = child.tail
            continue
        nth += 1
        kind = kind_of_tag.get(child_tag, -1)
        if kind < 0:
            kind = _kind_of_unknown(child, child_tag, writer)
        if kind == line_break:
            writer.pieces.append(LINE_BREAK)
            writer.length += 1
            writer.breaks += 1
            if writer.breaks >= _GLUED_BREAKS and writer.seen:
                writer.flush(place, open_marks)
            text = child.tail
            continue
        attributes = child.items()  # type: ignore[assignment]
        # A slice costs a third of the iterator that lxml makes, and tells childless elements too.
        within_child = child[:] if kind != skip else []  # type: ignore[index]
        if kind != block_tag and kind != inline:  # noqa: PLR1714 - builds no tuple for each element
            if kind != void and (kind != skip or (child_tag not in _NEVER_EMBEDS and is_embed(child_tag, attributes))):
                if kind != image:
                    writer.flush(place, open_marks)
                names, within, _, css_class, css_id, rel, _ = _read_attributes(child_tag, attributes)
                within |= place.within
                own = Place(
                    place, child_tag, nth, place.depth + 1, within, names, chrome, href, child, css_class, css_id, rel
                )
                blocks.append(_media(len(blocks), _MEDIA[kind], own, child))
            text = child.text if kind != skip else None
            if (text is None and not within_child) or child_tag == "svg":
                text = child.tail
                continue
            # libxml2 lets void elements have children: `source` takes in what follows it.
            kind = inline
            attributes = ()
        else:
            text = child.text
        opening: _OpenMark | Place | None = None
        child_href = href
        child_chrome = chrome
        if kind == inline and not attributes and child_tag != "svg":
            # Most inline elements: nothing to read of them.
            mark_kind = mark_of_tag.get(child_tag)
            if mark_kind is not None and mark_kind != "link":
                if not within_child:
                    if text:
                        start = writer.length
                        writer.add(text)
                        marks.append(Mark(mark_kind, start, writer.length))
                    text = child.tail
                    continue
                opening = _OpenMark(mark_kind, writer.length)
                open_marks.append(opening)
            elif not within_child:
                if text:
                    writer.add(text)
                text = child.tail
                continue
        else:
            classes = link = None
            plain = True
            for name, said in attributes:
                if name == "class":
                    classes = said
                elif name in telling:
                    plain = False
                elif name == "href":
                    link = said
            of_tag = readings.get(child_tag)
            if of_tag is None:
                of_tag = readings[child_tag] = {}
            # Most elements say nothing but their class.
            key = classes if plain else tuple([a for a in attributes if a[0] in telling])
            reading = of_tag.get(key)
            if reading is None:
                telltale = [a for a in attributes if a[0] in telling]
                reading = _read_attributes(child_tag, telltale)
                if is_embed(child_tag, telltale):
                    reading = reading._replace(is_embed=True)
                of_tag[key] = reading
            names, within, hidden, css_class, css_id, rel, embedded = reading
            within |= place.within
            kept = child if embedded or child_tag in _KEPT else None
            if kind == inline and (not within & button or place.within & button):
                mark_kind = mark_of_tag.get(child_tag, "span")
                value = None
                if child_tag == "a":
                    value = link
                    if value is None:
                        mark_kind = "span"
                    else:
                        child_href = value
                elif child_tag == "time":
                    value = child.get("datetime")
                elif mark_kind == "span" and not names.words.isdisjoint(dom.STRONG_WORDS):
                    mark_kind = "strong"
                named = None
                if names is not NO_NAMES or hidden:
                    if not within_child and text is None and child_tag == "span":
                        if not names.words.isdisjoint(dom.BREAK_WORDS):
                            writer.flush(place, open_marks)
                            text = child.tail
                            continue
                    if names.trait is not None or mark_kind in _SPANS or embedded or rel or within & _HIDDEN:
                        named = Place(
                            place,
                            child_tag,
                            nth,
                            place.depth + 1,
                            within,
                            names,
                            chrome,
                            child_href,
                            kept,
                            css_class,
                            css_id,
                            rel,
                        )
                if embedded:
                    blocks.append(_media(len(blocks), BlockKind.EMBED, named or place, child))
                if not within_child:
                    # A link or span that holds nothing but text: by far the commonest element with attributes.
                    words_before = writer.words
                    if text:
                        start = writer.length
                        writer.add(text)
                        if named is not None or mark_kind != "span":
                            marks.append(Mark(mark_kind, start, writer.length, value, named))
                    if words_before == writer.words and (
                        child_href is not None if child_tag == "a" else text and value is not None
                    ):
                        # A link without words, or a `time` that holds but spaces.
                        blocks.append(_media(len(blocks), BlockKind.LINK, place, child))
                    text = child.tail
                    continue
                if named is not None or mark_kind != "span":
                    opening = _OpenMark(mark_kind, writer.length, value, named)
                    open_marks.append(opening)
            else:
                if writer.seen:
                    writer.flush(place, open_marks)
                else:
                    writer.breaks = 0
                own = Place(
                    place, child_tag, nth, place.depth + 1, within, names, chrome, href, kept, css_class, css_id, rel
                )
                own.first_block = len(blocks)
                places.append(own)
                if embedded and attributes:
                    blocks.append(_media(len(blocks), BlockKind.EMBED, own, child))
                if not within_child and child_tag != "a":
                    if text:
                        writer.add(text)
                    writer.close(own, open_marks)
                    text = child.tail
                    continue
                opening = place = own
                if names.strong:
                    child_chrome = own
        stack.append((element, tag, opened, href, chrome, words, nth, children))
        element = child
        tag = child_tag
        opened = opening
        href = child_href
        chrome = child_chrome
        words = writer.words
        nth = 0
        children = iter(within_child)
    _unmake_headings(blocks)
    _open_forms(places)
    return Segments(tuple(blocks), tuple(places), "".join(writer.pieces).replace(LINE_BREAK, ""))


def _kind_of_unknown(child: _Element, tag: str, writer: _Writer) -> int:
    """A wordless svg is an icon. Other unknown elements are inline to CSS and boxes to most sites: inline amid text alone."""
    if tag == "svg":
        space = "".join(map(str, child.itertext()))
        if (not space or space.isspace()) and all(c.tag not in dom.SKIPPED for c in child.iter()):
            if space:
                writer.add(space)
            return dom.VOID
    if not (writer.seen or (tag != "svg" and child.tail and not child.tail.isspace())):
        return dom.BLOCK
    known = dom.KIND_OF_TAG
    within = islice(child.iter(), 1, _MOST_LOOKED_AT)
    return dom.BLOCK if any(known.get(c.tag) == dom.BLOCK for c in within) else dom.INLINE


def _unmake_headings(blocks: Sequence[Block]) -> None:
    """A heading element around several sentences is a container, whatever its tag."""
    for _, group in groupby([b for b in blocks if b.heading], _heading_of):
        within = list(group)
        if sum(b.chars for b in within) <= _LONGEST_HEADING or sum(b.sentences for b in within) < 3:
            continue
        for block in within:
            block.heading = 0
            at: Place | None = block.place if block.is_prose else None
            while at is not None:
                at.prose_chars += block.chars
                at = at.parent


def _heading_of(block: Block) -> int:
    """The id of the heading element around."""
    at: Place | None = block.place
    while at is not None and at.tag not in dom.HEADING_LEVEL:
        at = at.parent
    return id(at or block.place)


def _open_forms(places: Sequence[Place]) -> None:
    """Some servers wrap the whole page in one form; what stands in it stands in no form."""
    half = places[0].prose_chars // 2
    opened: set[int] = set()
    for place in places:
        if place.within & Within.FORM and (
            place.prose_chars > half
            or (id(place.parent) in opened and not dom.WITHIN_OF_TAG.get(place.tag, 0) & Within.FORM)
        ):
            opened.add(id(place))
            place.within &= ~Within.FORM


def _media(index: int, kind: BlockKind, place: Place, element: _Element) -> Block:
    return Block(index, kind, place, element=element)


def _read_attributes(tag: str, attributes: Sequence[tuple[str, str]]) -> _Reading:
    """Names, what they and the tag say of all within, and whether the markup hides the element."""
    within = _WITHIN_OF_TAG.get(tag, 0)
    joined = css_class = css_id = rel = ""
    hidden = tag == "svg"
    for key, value in attributes:
        if key == "class":
            css_class = value
            joined = f"{joined} {value}" if joined else value
            if "hidden" in value and tag not in ("body", "html"):
                classes = value.split()
                if "hidden" in classes and not any(
                    ":" in c and c.rsplit(":", 1)[1].startswith(_RESPONSIVE) for c in classes
                ):
                    hidden = True
        elif key not in _READ:
            continue
        elif key in _NAMING:
            joined = f"{joined} {value}" if joined else value
            if key == "id":
                css_id = value
            elif key == "role":
                within |= dom.WITHIN_OF_ROLE.get(value, 0)
            elif key == "rel" or key == "itemprop":  # noqa: PLR1714 - builds no tuple for each attribute
                rel = f"{rel} {value}" if rel else value
        elif key == "hidden":
            # React streams parts of a page as `<div hidden id="S:0">`; its script moves them into place.
            hidden = value != "until-found" and ("id", "S:") not in [(k, v[:2]) for k, v in attributes]
        elif key == "style" and "none" in value and tag not in ("body", "html"):
            if "display:none" in value.replace(" ", "").lower():
                hidden = True
    names = read_names(joined) if joined else NO_NAMES
    if (hidden or names.hidden) and tag not in ("body", "html"):
        within |= Within.HIDDEN
    return _Reading(names, within, hidden, css_class, css_id, rel)
