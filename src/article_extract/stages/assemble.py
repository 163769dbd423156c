"""The labelled row to an Article."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, cast, get_args

from article_extract.page import KEPT, Block, BlockKind, Label, LabelledBlock, Part, Place, Teaser, Within
from article_extract.records import (
    BodyBlock,
    Code,
    EmbedBlock,
    Heading,
    ImageBlock,
    Inline,
    InlineKind,
    ListBlock,
    ListItem,
    Paragraph,
    QuoteBlock,
    RelatedBlock,
    Removed,
    RemovedKind,
    Separator,
    Span,
    Table,
)
from article_extract.text import LINE_BREAK, flatten, map_offsets
from article_extract.urls import absolute

_KIND_OF_LABEL: Final[Mapping[Label, RemovedKind]] = {
    **dict.fromkeys(Label, "other"),
    **{Label(kind): kind for kind in get_args(RemovedKind)},
    Label.RELATED: "duplicate",
    Label.FIGURE_CAPTION: "caption",
    Label.FIGURE_CREDIT: "caption",
}
_INLINE: Final = frozenset(("link", "strong", "emphasis", "code", "sub", "sup"))


@dataclass(slots=True)
class Assembled:
    """What the row gives: body, the parts of front matter, the removed texts, the spans."""

    body: list[BodyBlock] = field(default_factory=list)
    title: list[str] = field(default_factory=list)
    kicker: list[str] = field(default_factory=list)
    lead: list[str] = field(default_factory=list)
    removed: list[Removed] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)
    block_of_embed: dict[int, int] = field(default_factory=dict)
    block_of_related: dict[int, int] = field(default_factory=dict)
    body_of_picture: dict[int, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Sources:
    """What assembling needs to know of the records made beside it."""

    base_url: str | None
    embed_at: Mapping[int, int]
    """Block index → embed index, for the embeds kept."""
    teaser_at: Mapping[int, tuple[Teaser, int | None]]
    """Block index → teaser and the index of its record (None: the page itself)."""
    stretch_at: Mapping[tuple[int, int], tuple[Teaser, int | None]]
    """The same for teasers that share a block, by block index and where their title begins in it."""
    images: Mapping[int, tuple[str | None, str | None, str | None, str | None]]
    """Block index → url, alt, caption, credit of the pictures in the body."""
    picture_of_caption: Mapping[int, int]
    """Block index of a caption → block index of its picture."""
    lead_picture: int | None = None
    wants_spans: bool = False


def parts_of(row: LabelledBlock) -> tuple[Part, ...]:
    """The labelled stretches of a row; one for the whole block where it is not cut."""
    return row.parts or (Part(0, len(row.block.text), row.label, row.rule),)


def assemble(rows: Sequence[LabelledBlock], sources: Sources) -> Assembled:
    """Walk the row once and put every stretch where it belongs."""
    out = Assembled()
    owners: list[list[tuple[Part, str]]] = []
    i = 0
    while i < len(rows):
        row = rows[i]
        if row.label in (Label.LIST_ITEM, Label.TABLE_CELL, Label.QUOTE, Label.PULL_QUOTE) and not row.parts:
            end = _group_end(rows, i)
            owner = f"body[{len(out.body)}]"
            _add_group(rows[i:end], out, sources)
            for member in rows[i:end]:
                owners.append(_owners_of_member(member, owner, out))
            i = end
            continue
        owners.append(_add_row(row, out, sources))
        i += 1
    if sources.wants_spans:
        out.spans = _cut_spans(rows, owners)
    return out


def _add_row(row: LabelledBlock, out: Assembled, sources: Sources) -> list[tuple[Part, str]]:
    """Put one block in place; its parts with their owners."""
    block = row.block
    if block.kind is not BlockKind.TEXT:
        _add_media(row, out, sources)
        return []
    if not row.parts and row.label not in KEPT:
        # Most blocks of most pages.
        owner = _remove(block.text, row.label, row.rule, block.place, out)
        return [(parts_of(row)[0], owner)] if sources.wants_spans else []
    owners = []
    kept = [p for p in row.parts if p.label is row.label] if row.label is not Label.RELATED else []
    joined: str | None = None
    for part in parts_of(row):
        text = block.text[part.start : part.end].strip()
        if part.label is row.label and len(kept) > 1:
            # What stands between two stretches of one paragraph is cut out of it.
            if joined is not None:
                owners.append((part, joined))
                continue
            text = "".join(block.text[p.start : p.end] for p in kept).replace("  ", " ").strip()
        owner = ""
        label = part.label
        if label is Label.TITLE:
            out.title.append(flatten(text))
            owner = "title"
        elif label is Label.KICKER:
            out.kicker.append(flatten(text))
            owner = "kicker"
        elif label is Label.LEAD:
            out.lead.append(flatten(text))
            owner = "lead"
        elif label in (Label.PARAGRAPH, Label.LIST_ITEM, Label.TABLE_CELL, Label.QUOTE):
            owner = f"body[{len(out.body)}]"
            out.body.append(
                Paragraph(text, _inline_of(block, part, sources.base_url) if len(kept) < 2 else (), block.place.path)
            )
        elif label is Label.HEADING:
            owner = f"body[{len(out.body)}]"
            out.body.append(Heading(flatten(text), block.heading or 3, block.place.path))
        elif label is Label.CODE:
            owner = f"body[{len(out.body)}]"
            out.body.append(Code(_code_of(block), None, block.place.path))
        elif label in (Label.FIGURE_CAPTION, Label.FIGURE_CREDIT):
            picture = sources.picture_of_caption.get(block.index)
            if picture is not None and picture == sources.lead_picture:
                owner = "image"
            elif picture in out.body_of_picture:
                owner = f"body[{out.body_of_picture[picture]}]"
        elif label is Label.EMBED:
            number = sources.embed_at.get(block.index)
            if number is not None:
                _place_embed(number, block.place, out)
                owner = f"embeds[{number}]"
        elif label is Label.RELATED:
            teaser = sources.stretch_at.get((block.index, part.start)) or sources.teaser_at.get(block.index)
            if teaser is not None and teaser[1] is not None:
                _place_related(teaser[0], teaser[1], block.place, out)
                owner = f"related[{teaser[1]}]"
        if not owner:
            owner = _remove(text, label, part.rule, block.place, out)
        if part.label is row.label:
            joined = owner
        owners.append((part, owner))
    return owners


def _remove(text: str, label: Label, rule: str, place: Place, out: Assembled) -> str:
    if not text:
        return "space"
    out.removed.append(Removed(_KIND_OF_LABEL[label], text, place.path, rule))
    return f"removed[{len(out.removed) - 1}]"


def _add_media(row: LabelledBlock, out: Assembled, sources: Sources) -> None:
    block = row.block
    if row.label is Label.IMAGE:
        image = sources.images.get(block.index)
        if image is not None:
            out.body_of_picture[block.index] = len(out.body)
            out.body.append(ImageBlock(*image, block.place.path))
    elif row.label is Label.EMBED:
        number = sources.embed_at.get(block.index)
        if number is not None:
            _place_embed(number, block.place, out)
    elif block.kind is BlockKind.LINK or block.kind is BlockKind.IMAGE:
        teaser = sources.teaser_at.get(block.index)
        if teaser is not None and teaser[1] is not None:
            _place_related(teaser[0], teaser[1], block.place, out)
    elif block.kind is BlockKind.RULE and row.label is Label.SEPARATOR:
        out.body.append(Separator(block.place.path))


def _place_embed(number: int, place: Place, out: Assembled) -> None:
    if number not in out.block_of_embed:
        out.block_of_embed[number] = len(out.body)
        out.body.append(EmbedBlock(number, place.path))


def _place_related(teaser: Teaser, number: int, place: Place, out: Assembled) -> None:
    if teaser.placement == "inline" and number not in out.block_of_related:
        out.block_of_related[number] = len(out.body)
        out.body.append(RelatedBlock(number, place.path))


def _code_of(block: Block) -> str:
    return block.raw.replace(LINE_BREAK, "\n").strip("\n")


def _inline_of(block: Block, part: Part, base_url: str | None) -> tuple[Inline, ...]:
    """Formatting of a paragraph, offsets moved to its text."""
    marks = [m for m in block.marks if m.kind in _INLINE]
    if not marks:
        return ()
    offsets = sorted({o for m in marks for o in (m.start, m.end)})
    at = dict(zip(offsets, map_offsets(block.raw, offsets), strict=True))
    lead = len(block.text[part.start : part.end]) - len(block.text[part.start : part.end].lstrip())
    shift = part.start + lead
    length = len(block.text[part.start : part.end].strip())
    out = []
    for mark in marks:
        start, end = max(0, at[mark.start] - shift), min(length, at[mark.end] - shift)
        while start < end and block.text[shift + start].isspace():
            start += 1
        while end > start and block.text[shift + end - 1].isspace():
            end -= 1
        if end <= start:
            continue
        url = absolute(mark.value, base_url) if mark.kind == "link" else None
        if mark.kind != "link" or url:
            out.append(Inline(cast("InlineKind", mark.kind), start, end, url))
    return tuple(sorted(out, key=lambda m: (m.start, -m.end)))


def _group_end(rows: Sequence[LabelledBlock], start: int) -> int:
    """One past the last row of the list, table or quotation that begins at `start`."""
    label = rows[start].label
    holder = _holder(rows[start])
    end = start + 1
    for i in range(start + 1, len(rows)):
        row = rows[i]
        if row.block.kind is not BlockKind.TEXT:
            if row.label is Label.IMAGE or row.label is Label.EMBED or row.label is Label.RELATED:
                break
            continue
        if row.label is not label or row.parts or _holder(row) is not holder:
            break
        end = i + 1
    return end


def _holder(row: LabelledBlock) -> Place | None:
    """The outermost list, the table, or the quotation around a block."""
    found: Place | None = None
    at: Place | None = row.block.place
    tags = {
        Label.LIST_ITEM: ("ul", "ol", "dl"),
        Label.TABLE_CELL: ("table",),
    }.get(row.label, ("blockquote", "aside", "figure"))
    while at is not None:
        if at.tag in tags:
            found = at
            if row.label is not Label.LIST_ITEM:
                return found
        elif found is not None and at.tag not in ("li", "ul", "ol", "dl", "dd", "dt"):
            break
        at = at.parent
    return found or row.block.place


def _add_group(members: Sequence[LabelledBlock], out: Assembled, sources: Sources) -> None:
    label = members[0].label
    texts = [m for m in members if m.block.kind is BlockKind.TEXT]
    path = (_holder(members[0]) or members[0].block.place).path
    if label is Label.LIST_ITEM:
        holder = _holder(members[0])
        out.body.append(ListBlock(holder is not None and holder.tag == "ol", _items_of(texts), path))
    elif label is Label.TABLE_CELL:
        out.body.append(_table_of(texts, path))
    else:
        text = "\n".join(m.block.text for m in texts)
        cite = next((c for m in texts if (c := absolute(_cite(m.block), sources.base_url))), None)
        kind = "pull" if label is Label.PULL_QUOTE else "block"
        out.body.append(QuoteBlock(text, kind, cite, path))  # type: ignore[arg-type]


def _cite(block: Block) -> str | None:
    at: Place | None = block.place
    while at is not None:
        if at.tag == "blockquote":
            return at.element.get("cite") if at.element is not None else None
        at = at.parent
    return None


def _items_of(rows: Sequence[LabelledBlock]) -> tuple[ListItem, ...]:
    items: list[tuple[Place | None, str, int]] = []
    for row in rows:
        item: Place | None = row.block.place
        level = -1
        nearest: Place | None = None
        while item is not None:
            if item.tag in ("li", "dd", "dt") and nearest is None:
                nearest = item
            if item.tag in ("ul", "ol", "dl"):
                level += 1
            item = item.parent
        if items and nearest is not None and items[-1][0] is nearest:
            items[-1] = (nearest, f"{items[-1][1]}\n{row.block.text}", items[-1][2])
        else:
            items.append((nearest, row.block.text, level))
    base = min((level for _, _, level in items), default=0)
    return tuple(ListItem(text, max(0, level - base)) for _, text, level in items)


def _table_of(rows: Sequence[LabelledBlock], path: str) -> Table:
    table: list[tuple[Place | None, list[tuple[Place | None, str]]]] = []
    header = False
    for row in rows:
        cell: Place | None = row.block.place
        while cell is not None and cell.tag not in ("td", "th", "caption"):
            cell = cell.parent
        line = cell.parent if cell is not None else None
        if not table or table[-1][0] is not line:
            table.append((line, []))
        cells = table[-1][1]
        if cells and cells[-1][0] is cell and cell is not None:
            cells[-1] = (cell, f"{cells[-1][1]} {flatten(row.block.text)}")
        else:
            cells.append((cell, flatten(row.block.text)))
        if len(table) == 1 and row.block.place.within & Within.HEAD_ROW:
            header = True
    return Table(tuple(tuple(text for _, text in cells) for _, cells in table), header, None, path)


def _owners_of_member(row: LabelledBlock, owner: str, out: Assembled) -> list[tuple[Part, str]]:
    if row.block.kind is not BlockKind.TEXT:
        return []
    part = parts_of(row)[0]
    if row.label in KEPT:
        return [(part, owner)]
    # Chrome between the items of a list.
    return [(part, _remove(row.block.text, row.label, row.rule, row.block.place, out))]


def _cut_spans(rows: Sequence[LabelledBlock], owners: Sequence[Sequence[tuple[Part, str]]]) -> list[Span]:
    """Every character of the visible text once, white space with the block it stands in."""
    spans: list[Span] = []
    for row, parts in zip(rows, owners, strict=True):
        raw = row.block.raw
        if not raw:
            continue
        cuts = _raw_cuts(raw, [part.end for part, _ in parts[:-1]])
        start = 0
        for (part, owner), end in zip(parts, [*cuts, len(raw)], strict=True):
            text = raw[start:end].replace(LINE_BREAK, "")
            start = end
            if text:
                spans.append(Span(text, owner, part.label.value, part.rule, row.block.place.path))
    return spans


def _raw_cuts(raw: str, ends: Sequence[int]) -> list[int]:
    """Offsets into `raw` where its collapsed text reaches `ends`."""
    if not ends:
        return []
    offsets = list(range(len(raw) + 1))
    mapped = map_offsets(raw, offsets)
    cuts = []
    at = 0
    for end in ends:
        while at < len(raw) and mapped[at] < end:
            at += 1
        cuts.append(at)
    return cuts


def whole_text(lead: str | None, body: Sequence[BodyBlock]) -> str:
    """`Article.text`: the lead and the blocks of the body, separated by blank lines."""
    out = [lead] if lead else []
    for block in body:
        if isinstance(block, QuoteBlock) and block.kind == "pull":
            continue
        if isinstance(block, ListBlock):
            out.extend(item.text for item in block.items)
        elif isinstance(block, Paragraph | Heading | QuoteBlock | Table | Code) and block.text:
            out.append(block.text)
    return "\n\n".join(filter(None, out))
