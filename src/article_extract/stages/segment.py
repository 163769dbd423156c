"""
Cut the visible page into blocks: one walk of the tree, each text node in exactly one block.

A block ends where a block element begins or ends, and at a double `<br>`. The text nodes of all blocks in a row, and
the white space left at the end, are the visible text of the page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, cast

from article_extract import dom
from article_extract.page import NO_NAMES, Block, BlockKind, Mark, MarkKind, Names, Page, Place, Within
from article_extract.rules import read_names
from article_extract.text import LINE_BREAK, collapse_lines, commas, letters, sentence_ends

if TYPE_CHECKING:
    from lxml.etree import _Element

CandidateTest = Callable[[str, Sequence[tuple[str, str]]], bool]
_NAMING: Final = dom.NAMING
_READ: Final = _NAMING | {"hidden", "style", "aria-hidden"}
"""The attributes that mean something to the walk; most are none of these."""
_WITHIN_OF_TAG: Final = dom.WITHIN_OF_TAG
_RESPONSIVE: Final = ("block", "flex", "grid", "inline", "contents", "table")
_MEDIA: Final = {dom.IMAGE: BlockKind.IMAGE, dom.RULE: BlockKind.RULE, dom.SKIP: BlockKind.EMBED}
_NEVER_EMBEDS: Final = frozenset(("head", "style", "option", "textarea"))
_LEAVES: Final = frozenset(("a", "span", "b", "strong", "i", "em", "time", "label", "font", "small"))
_GLUED_BREAKS: Final = 2
"""So many `<br>` in a row end a paragraph."""


@dataclass(frozen=True, slots=True)
class Segments:
    """The page as a row of blocks."""

    blocks: tuple[Block, ...]
    places: tuple[Place, ...]
    """All block elements in document order, the root first."""
    trailing: str
    """White space after the last block."""


class _Open:
    """An element the walk is in."""

    __slots__ = ("element", "href", "iterator", "mark", "mark_start", "place", "tag", "words")

    def __init__(
        self, element: _Element, tag: str, place: Place, href: str | None, words: int, children: Iterable[_Element]
    ) -> None:
        self.element = element
        self.tag = tag
        self.place = place
        self.href = href
        self.words = words
        self.iterator: Iterator[_Element] = iter(children)
        self.mark: MarkKind | None = None
        self.mark_start = 0


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

    def flush(self, place: Place, open_marks: list[tuple[_Open, str | None, Place | None]]) -> None:
        """End the block; what holds no letter waits for the next."""
        if not self.seen:
            self.breaks = 0
            return
        for entry, value, named in open_marks:
            if entry.mark is not None and entry.mark_start < self.length:
                self.marks.append(Mark(entry.mark, entry.mark_start, self.length, value, named))
            entry.mark_start = 0
        raw = "".join(self.pieces)
        self.blocks.append(_make_block(len(self.blocks), place, raw, tuple(self.marks)))
        self.pieces.clear()
        self.marks.clear()
        self.length = 0
        self.seen = False
        self.breaks = 0


def _make_block(index: int, place: Place, raw: str, marks: tuple[Mark, ...]) -> Block:
    text = collapse_lines(raw)
    chars = letters(text)
    link_chars = strong_chars = 0
    if place.href is not None:
        link_chars = chars
    for kind, start, end, _, _ in marks:
        if kind == "strong" or (kind == "link" and place.href is None):
            marked = letters(collapse_lines(raw[start:end])) if end - start < len(raw) else chars
            if kind == "strong":
                strong_chars += marked
            else:
                link_chars += marked
    heading = 0
    if place.within & Within.HEADING:
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
        min(link_chars, chars),
        min(strong_chars, chars),
        sentence_ends(text) if chars > 12 else 0,
        commas(text) if chars > 12 else 0,
        heading,
        marks,
    )


def segment(page: Page, is_embed: CandidateTest) -> Segments:
    """The blocks of a page in reading order.

    `is_embed(tag, attributes)` says which elements may be embeds; each gives a block of its own before the text blocks
    within it.
    """
    root = page.root
    writer = _Writer()
    blocks = writer.blocks
    places: list[Place] = []
    names, within, _ = _read_attributes(root.tag if isinstance(root.tag, str) else "", root.items(), 0)  # type: ignore[arg-type]
    root_place = Place(None, str(root.tag), 1, 0, within, names, None, None, root)
    places.append(root_place)
    open_marks: list[tuple[_Open, str | None, Place | None]] = []
    stack: list[_Open] = []
    current = _Open(root, str(root.tag), root_place, None, 0, () if root.tag in dom.SKIPPED else root[:])  # type: ignore[index]  # the stubs know no slices
    place = root_place
    nth = 0
    counters: list[int] = []
    value: str | None
    named: Place | None
    attributes: Sequence[tuple[str, str]]
    if root.tag not in dom.SKIPPED:
        _add(writer, root.text)
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
    while True:
        child = next(current.iterator, None)
        if child is None:
            # The element ends.
            tag = current.tag
            if current.place is place and place.element is current.element:
                if writer.seen:
                    writer.flush(place, open_marks)
                else:
                    writer.breaks = 0
                place.last_block = len(blocks)
            elif current.mark is not None:
                _, value, named = open_marks.pop()
                if current.mark_start < writer.length:
                    writer.marks.append(Mark(current.mark, current.mark_start, writer.length, value, named))
            if not stack:
                break
            tail = current.element.tail
            element = current.element
            wordless_link = tag == "a" and current.words == writer.words and current.href is not None
            current = stack.pop()
            nth = counters.pop()
            if current.place is not place:
                place = current.place
            if wordless_link:
                blocks.append(_media(len(blocks), BlockKind.LINK, place, element))
            if tail:
                _add(writer, tail)
            continue
        tag = child.tag
        if not isinstance(tag, str):
            if child.tail:
                _add(writer, child.tail)
            continue
        nth += 1
        kind = kind_of_tag.get(tag, block_tag)
        if kind == line_break:
            writer.pieces.append(LINE_BREAK)
            writer.length += 1
            writer.breaks += 1
            if writer.breaks >= _GLUED_BREAKS and writer.seen:
                writer.flush(place, open_marks)
            if child.tail:
                _add(writer, child.tail)
            continue
        attributes = child.items()  # type: ignore[assignment]  # str on both sides in a parsed document
        # A slice costs a third of the iterator that lxml makes, and tells childless elements too.
        children = child[:] if kind != skip else []  # type: ignore[index]
        if kind != block_tag and kind != inline:  # noqa: PLR1714 - builds no tuple for each element
            if kind != void and (kind != skip or (tag not in _NEVER_EMBEDS and is_embed(tag, attributes))):
                if kind != image:
                    writer.flush(place, open_marks)
                names, within, hidden = _read_attributes(tag, attributes, place.within)
                own = Place(place, tag, nth, place.depth + 1, within, names, place.chrome, current.href, child)
                blocks.append(_media(len(blocks), _MEDIA[kind], own, child))
            if kind == skip or (child.text is None and not children):
                if child.tail:
                    _add(writer, child.tail)
                continue
            # libxml2 lets void elements have children: `source` takes in what follows it.
            kind = inline
            attributes = []
        if kind == inline and not attributes:
            # Most inline elements: nothing to read of them.
            if not children:
                start = writer.length
                if child.text:
                    _add(writer, child.text)
                    leaf_mark = mark_of_tag.get(tag)
                    if leaf_mark is not None and leaf_mark != "link" and start < writer.length:
                        writer.marks.append(Mark(leaf_mark, start, writer.length))  # type: ignore[arg-type]
                if child.tail:
                    _add(writer, child.tail)
                continue
            entry = _Open(child, tag, place, current.href, writer.words, children)
            mark = mark_of_tag.get(tag)
            if mark is not None and mark != "link":
                entry.mark = cast("MarkKind", mark)
                entry.mark_start = writer.length
                open_marks.append((entry, None, None))
            stack.append(current)
            counters.append(nth)
            current = entry
            nth = 0
            if child.text:
                _add(writer, child.text)
            continue
        names, within, hidden = _read_attributes(tag, attributes, place.within)
        href = current.href
        value = None
        named = None
        if kind == inline and not children and child.text and tag in _LEAVES and not within & button:
            # A link or span that holds nothing but text: by far the commonest element with attributes.
            mark = mark_of_tag.get(tag, "span")
            if tag == "a":
                value = child.get("href")
                if value is None:
                    mark = "span"
            elif tag == "time":
                value = child.get("datetime")
            elif mark == "span" and not names.words.isdisjoint(dom.STRONG_WORDS):
                mark = "strong"
            if names is not NO_NAMES or hidden:
                named = Place(
                    place,
                    tag,
                    nth,
                    place.depth + 1,
                    within,
                    names,
                    place.chrome,
                    href if value is None else value,
                    child,
                )
            if is_embed(tag, attributes):
                blocks.append(_media(len(blocks), BlockKind.EMBED, named or place, child))
            start = writer.length
            words = writer.words
            _add(writer, child.text)
            if named is not None or mark != "span":
                writer.marks.append(Mark(mark, start, writer.length, value, named))  # type: ignore[arg-type]
            if words == writer.words and value is not None:
                blocks.append(_media(len(blocks), BlockKind.LINK, place, child))
            if child.tail:
                _add(writer, child.tail)
            continue
        if kind == inline and not (within & button and not place.within & button):
            entry = _Open(child, tag, place, href, writer.words, children)
            mark = mark_of_tag.get(tag, "span")
            if mark == "span" and not names.words.isdisjoint(dom.STRONG_WORDS):
                mark = "strong"
            if tag == "span" and child.text is None and not children and not names.words.isdisjoint(dom.BREAK_WORDS):
                writer.flush(place, open_marks)
                if child.tail:
                    _add(writer, child.tail)
                continue
            value = None
            named = None
            if tag == "a":
                value = child.get("href")
                if value is None:
                    mark = "span"
                else:
                    entry.href = value
            elif tag == "time":
                value = child.get("datetime")
            if names is not NO_NAMES or hidden or mark != "span":
                if names is not NO_NAMES or hidden:
                    named = Place(place, tag, nth, place.depth + 1, within, names, place.chrome, entry.href, child)
                entry.mark = cast("MarkKind", mark)
                entry.mark_start = writer.length
                open_marks.append((entry, value, named))
            if is_embed(tag, attributes):
                blocks.append(_media(len(blocks), BlockKind.EMBED, named or place, child))
            stack.append(current)
            counters.append(nth)
            current = entry
            nth = 0
            if child.text:
                _add(writer, child.text)
            continue
        if writer.seen:
            writer.flush(place, open_marks)
        else:
            writer.breaks = 0
        own = Place(place, tag, nth, place.depth + 1, within, names, place.chrome, href, child)
        own.first_block = len(blocks)
        places.append(own)
        if attributes and is_embed(tag, attributes):
            blocks.append(_media(len(blocks), BlockKind.EMBED, own, child))
        stack.append(current)
        counters.append(nth)
        current = _Open(child, tag, own, href, writer.words, children)
        place = own
        nth = 0
        if child.text:
            _add(writer, child.text)
    writer.flush(root_place, open_marks)
    root_place.last_block = len(blocks)
    _sum_up(blocks, places)
    return Segments(tuple(blocks), tuple(places), "".join(writer.pieces).replace(LINE_BREAK, ""))


def _add(writer: _Writer, text: str | None) -> None:
    if not text:
        return
    writer.pieces.append(text)
    writer.length += len(text)
    if not text.isspace():
        writer.seen = True
        writer.words += 1
        writer.breaks = 0


def _media(index: int, kind: BlockKind, place: Place, element: _Element) -> Block:
    return Block(index, kind, place, element=element)


def _read_attributes(tag: str, attributes: Sequence[tuple[str, str]], within: int) -> tuple[Names, int, bool]:
    """Names, surroundings and whether the markup hides the element."""
    within |= _WITHIN_OF_TAG.get(tag, 0)
    if not attributes:
        return NO_NAMES, within, False
    joined = ""
    hidden = False
    for key, value in attributes:
        if key == "class":
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
            if key == "role":
                within |= dom.WITHIN_OF_ROLE.get(value, 0)
        elif key == "hidden":
            # React streams parts of a page as `<div hidden id="S:0">`; its script moves them into place.
            hidden = value != "until-found" and ("id", "S:") not in [(k, v[:2]) for k, v in attributes]
        elif key == "style" and "none" in value and tag not in ("body", "html"):
            if "display:none" in value.replace(" ", "").lower():
                hidden = True
        elif key == "aria-hidden" and value == "true" and tag in ("span", "svg", "i"):
            hidden = hidden or tag == "svg"
    names = read_names(joined) if joined else NO_NAMES
    if (hidden or names.hidden) and tag not in ("body", "html"):
        within |= Within.HIDDEN
    return names, within, hidden


def _sum_up(blocks: Sequence[Block], places: Sequence[Place]) -> None:
    """Add each block's counts to all elements around it."""
    for block in blocks:
        if block.kind is BlockKind.TEXT:
            place = block.place
            place.chars += block.chars
            place.link_chars += block.link_chars
            place.blocks += 1
            if block.is_prose:
                place.prose_chars += block.chars
    # The innermost come last, so going back each hands on what all within it have handed to it.
    for place in reversed(places):
        parent = place.parent
        if place.blocks and parent is not None:
            parent.chars += place.chars
            parent.link_chars += place.link_chars
            parent.prose_chars += place.prose_chars
            parent.blocks += place.blocks
