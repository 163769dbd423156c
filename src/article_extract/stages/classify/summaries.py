"""Second pass: boxes that sum the story up. A machine's are neither lead nor text; an editor's are the lead without another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import regex

from article_extract.page import BODY, BlockKind, Label, LabelledBlock, Place, Within
from article_extract.stages.classify.scene import Scene

_MACHINE: Final = regex.compile(
    r"(?<![\p{Latin}\p{Cyrillic}])(?:AI|A\.I\.|KI|IA|ИИ|ШІ|ChatGPT|GPT(?:-\d\w?)?|OpenAI|LLM)(?![\p{Latin}\p{Cyrillic}])"
    r"|人工智能|人工智慧|人工知能|인공지능"
)
"""What machines that write are called, with case: "ai" is an ordinary word of many languages."""
_LONGEST_STATEMENT: Final = 220
_LONGEST_BOX: Final = 2000
_MOST_ITEMS: Final = 10
_REACH: Final = 80
"""A box before the text begins within so many blocks of the headline."""
_MOST_LEADING: Final = 3
"""Paragraphs of a lead before the box."""
_STEPS: Final = 4
_SHORTEST_POINT: Final = 20


@dataclass(frozen=True, slots=True)
class Box:
    """A summary before the text."""

    head: LabelledBlock
    """What says that it is one."""
    rows: Sequence[LabelledBlock]
    """All its text, in order."""
    items: Sequence[LabelledBlock]
    """What of it was taken for the story's text."""
    machine: bool
    """Whether it says that a machine made it."""


def drop_machine_summaries(scene: Scene) -> frozenset[int]:
    """Take what a box before the text says that a machine wrote out of the text. The indices of all blocks of such boxes."""
    boxes = [box for box in _boxes(scene, _MOST_LEADING) if box.machine]
    for box in boxes:
        for row in box.rows:
            if row.label in BODY:
                row.give(Label.OTHER, "summary.machine")
    return frozenset(row.block.index for box in boxes for row in box.rows)


def take_key_points(scene: Scene) -> None:
    """The list under a heading such as "Key points" is the lead of a story that has no other."""
    for box in _boxes(scene, 0):
        if box.machine or not 2 <= len(box.items) <= _MOST_ITEMS:
            continue
        if not all(_is_point(row) for row in box.items):
            continue
        for row in box.items:
            row.give(Label.LEAD, "lead.key_points")
        if box.head.label in BODY:
            box.head.give(Label.DECORATION, "phrase.summary")
        return


def _boxes(scene: Scene, most: int) -> list[Box]:
    """The boxes after the headline, before which at most so many paragraphs stand."""
    boxes: list[Box] = []
    start = scene.title + 1 if scene.title is not None else 0
    end = 0
    for row in scene.rows[start : start + _REACH]:
        if row.block.index < end or row.block.kind is not BlockKind.TEXT:
            continue
        if not _is_head(row, scene):
            if row.label is Label.PARAGRAPH and row.block.is_prose:
                most -= 1
                if most < 0:
                    break
            continue
        box = _box_of(row, scene)
        if box is not None:
            boxes.append(box)
            end = box.rows[-1].block.index + 1
    return boxes


def _is_head(row: LabelledBlock, scene: Scene) -> bool:
    if row.block.place.within & Within.HIDDEN:
        return False
    key = scene.keys[row.block.index]
    if key and scene.book.kind_of(key) in ("summary", "toc"):
        return True
    return row.label is Label.DISCLAIMER and _says_machine(row)


def _says_machine(row: LabelledBlock) -> bool:
    return row.block.chars <= _LONGEST_STATEMENT and _MACHINE.search(row.block.text) is not None


def _box_of(head: LabelledBlock, scene: Scene) -> Box | None:
    """The smallest element around the heading that holds text too; in a flat page, the heading and the list after it."""
    at: Place | None = head.block.place
    found: Box | None = None
    for _ in range(_STEPS):
        if at is None or at.chars > _LONGEST_BOX or at.prose_chars > 0.5 * scene.prose:
            break
        rows = _rows_within(at, head, scene)
        if any(row.block.index == scene.title or (row.label is Label.HEADING and row is not head) for row in rows):
            break
        items = _items(rows, head)
        if found is not None and len(items) > len(found.items):
            break
        if items:  # elements around the same text may hold the statement who made it
            found = Box(head, rows, items, _is_made_by_machine(rows, items))
        at = at.parent
    if found is not None:
        return found
    rows = [head]
    for row in scene.rows[head.block.index + 1 : head.block.index + 1 + _MOST_ITEMS]:
        if row.block.kind is not BlockKind.TEXT:
            continue
        if not _is_point(row) or (len(rows) > 1 and row.block.place.parent is not rows[-1].block.place.parent):
            break
        rows.append(row)
    return Box(head, rows, rows[1:], machine=_says_machine(head)) if len(rows) > 1 else None


def _rows_within(place: Place, head: LabelledBlock, scene: Scene) -> list[LabelledBlock]:
    rows = scene.rows
    first = last = head.block.index
    while first > 0 and scene.inside(rows[first - 1].block.place, place):
        first -= 1
    while last + 1 < len(rows) and scene.inside(rows[last + 1].block.place, place):
        last += 1
    return [row for row in rows[first : last + 1] if row.block.kind is BlockKind.TEXT]


def _items(rows: Sequence[LabelledBlock], head: LabelledBlock) -> list[LabelledBlock]:
    """What of a box was taken for text, and sentences of its lists, which the model often takes for links."""
    return [
        row
        for row in rows
        if row is not head
        and (row.label in (Label.LIST_ITEM, Label.PARAGRAPH) or (row.label is Label.OTHER and _is_point(row)))
    ]


def _is_point(row: LabelledBlock) -> bool:
    block = row.block
    return bool(block.place.within & Within.LIST) and block.chars >= _SHORTEST_POINT and block.link_density < 0.5


def _is_made_by_machine(rows: Sequence[LabelledBlock], items: Sequence[LabelledBlock]) -> bool:
    """Whether a short text of the box, which is none of its points, names a machine."""
    points = [row for row in items if row.block.place.within & Within.LIST] or items
    return any(_says_machine(row) for row in rows if row not in points)
