"""Article as Markdown (CommonMark 0.31, tables as in GitHub Flavored Markdown)."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from article_extract.records import (
    Article,
    BodyBlock,
    Code,
    EmbedBlock,
    Heading,
    ImageBlock,
    Inline,
    ListBlock,
    Paragraph,
    QuoteBlock,
    RelatedBlock,
    Separator,
    Table,
)
from article_extract.serialize.marks import is_web_address, nested, record_at

_SPECIAL: Final = re.compile(r"([\\`*_\[\]<>~]|&(?=#?\w{1,40};)|!(?=\[)|!$)")
_LINE_START: Final = re.compile(r"^([#+\-=|:]|\d{1,9}[.)])", re.MULTILINE)
_TRAILING: Final = re.compile(r"[ \t]*\n[ \t]*")
_FENCE: Final = re.compile(r"`+")
_UNSAFE: Final = re.compile(r"[\s()<>\\\"'`\[\]*_|\x00-\x1f]")


def article_to_markdown(article: Article) -> str:
    """Kicker, title as a level-1 heading, byline, lead (bold), lead image and body; embeds and inline related as links.

    Only http(s) addresses are linked. What Markdown has no mark for (sub, sup, emphasis within a word) is inline HTML.
    """
    out: list[str] = []
    if article.kicker:
        out.append(f"*{escape(_flat(article.kicker))}*")
    if article.title:
        out.append(_heading(1, article.title))
    names = ", ".join(author.name for author in article.authors)
    byline = " · ".join(filter(None, (names, article.published)))
    if byline:
        out.append(escape(_flat(byline)))
    if article.lead:
        out.append("  \n".join(f"**{escape(line.strip())}**" for line in article.lead.split("\n") if line.strip()))
    if article.image and article.image.url:
        out.append(_image(article.image.url, article.image.alt, article.image.caption, article.image.credit))
    before: BodyBlock | None = None
    odd = False
    for block in article.body:
        # Two lists in a row would be one: the second has another mark.
        odd = (
            isinstance(block, ListBlock)
            and isinstance(before, ListBlock)
            and before.ordered == block.ordered
            and not odd
        )
        if text := _list(block, odd) if isinstance(block, ListBlock) else _block(block, article):
            out.append(text)
            before = block
    out = [part for part in out if part]
    return "\n\n".join(out) + "\n" if out else ""


def escape(text: str) -> str:
    r"""Text that Markdown must not read as markup.

    >>> escape("1. *Done* [x]")
    '1\\. \\*Done\\* \\[x\\]'
    """
    return _line_starts(_SPECIAL.sub(r"\\\1", _TRAILING.sub("\n", text).strip(" \t")))


def _line_starts(text: str) -> str:
    return _LINE_START.sub(lambda m: f"{m[1][:-1]}\\{m[1][-1]}", text)


def _flat(text: str) -> str:
    return " ".join(text.split())


def _lines(text: str) -> str:
    """Escaped text with its line breaks; empty lines, which would end the paragraph, left out."""
    return "  \n".join(escape(line) for line in text.splitlines() if line.strip())


def _heading(level: int, text: str) -> str:
    escaped = re.sub(r"#$", r"\\#", escape(_flat(text)))
    return f"{'#' * level} {escaped}" if escaped else ""


def _block(block: BodyBlock, article: Article) -> str:
    match block:
        case Paragraph():
            return _inline(block.text, block.inline)
        case Heading():
            return _heading(min(6, max(2, block.level)), block.text)
        case QuoteBlock():
            lines = [f"> {line}" for line in _lines(block.text).split("\n")]
            if block.cite and is_web_address(block.cite):
                lines += [">", f"> — <{_address(block.cite)}>"]
            elif block.cite:
                lines += [">", f"> — {escape(_flat(block.cite))}"]
            return "\n".join(lines)
        case ListBlock():
            return _list(block, False)
        case Table():
            return _table(block)
        case ImageBlock():
            return _image(block.url, block.alt, block.caption, block.credit)
        case EmbedBlock():
            embed = record_at(article.embeds, block.embed)
            return _link(embed.title or embed.text or embed.author or embed.provider, embed.url) if embed else ""
        case RelatedBlock():
            story = record_at(article.related, block.related)
            if story is None:
                return ""
            label = _flat(story.label or "").rstrip(" :：")
            return (f"{escape(label)}: " if label else "") + _link(story.title, story.url)
        case Code():
            fence = "`" * max(3, 1 + max((len(m) for m in _FENCE.findall(block.text)), default=0))
            language = re.sub(r"[^\w+#.-]", "", block.language or "")
            return f"{fence}{language}\n{block.text}\n{fence}"
        case Separator():
            return "---"


def _address(url: str) -> str:
    """An address as a link destination: percent-encoded where Markdown would read a sign as its own."""
    encoded = _UNSAFE.sub(lambda m: "".join(f"%{byte:02X}" for byte in m[0].encode("utf-8", "replace")), url)
    return re.sub(r"&(?=#?\w{1,40};)", "&amp;", encoded.replace("%5F", "_").replace("%2A", "*"))


def _link(words: str, url: str | None) -> str:
    text = escape(_flat(words))
    return f"[{text}]({_address(url)})" if url and is_web_address(url) else text


def _image(url: str | None, alt: str | None, caption: str | None, credit: str | None) -> str:
    if not url or not is_web_address(url):
        return ""
    image = f"![{escape(_flat(alt or ''))}]({_address(url)})"
    words = escape(_flat(" — ".join(filter(None, (caption, credit)))))
    return f"{image}\n*{words}*" if words else image


def _list(block: ListBlock, odd: bool) -> str:
    """The items, each below the text of the item it belongs to; a level is at most one below the one before it."""
    lines: list[str] = []
    numbers: list[int] = []
    indents = [0]
    for item in block.items:
        level = max(0, min(item.level, len(numbers)))
        del numbers[level + 1 :]
        del indents[level + 1 :]
        if level == len(numbers):
            numbers.append(0)
        numbers[level] += 1
        mark = f"{numbers[level]}{')' if odd else '.'}" if block.ordered else "*" if odd else "-"
        indent = indents[level]
        indents.append(indent + len(mark) + 1)
        lines.append(f"{' ' * indent}{mark} " + _lines(item.text).replace("\n", "\n" + " " * indents[-1]))
    return "\n".join(lines)


def _table(table: Table) -> str:
    width = max((len(row) for row in table.rows), default=0)
    if not width:
        return ""
    rows = [[escape(_flat(c)).replace("|", "\\|") for c in row] + [""] * (width - len(row)) for row in table.rows]
    head = rows.pop(0) if table.header else [""] * width
    lines = ["| " + " | ".join(line) + " |" for line in (head, ["---"] * width, *rows)]
    caption = [f"*{escape(_flat(table.caption))}*", ""] if table.caption and table.caption.strip() else []
    return "\n".join((*caption, *lines))


_MARK: Final = {"strong": ("**", "strong"), "emphasis": ("*", "em")}


def _inline(text: str, inline: tuple[Inline, ...]) -> str:
    """Text with its marks; overlapping stretches that do not nest are left plain."""
    opens: dict[int, list[str]] = {}
    closes: dict[int, list[str]] = {}
    starred: set[int] = set()
    code: list[Inline] = []
    for mark in nested(inline, len(text)):
        if code and mark.start < code[-1].end:
            continue
        before, after = _delimiters(mark, text, starred)
        if mark.kind == "code":
            code.append(mark)
        opens.setdefault(mark.start, []).append(before)
        closes.setdefault(mark.end, []).insert(0, after)
    raw = {mark.start for mark in code}
    out: list[str] = []
    last = 0
    for at in sorted(opens.keys() | closes.keys()):
        out.append(_plain(text[last:at], last in raw))
        out.extend(closes.get(at, ()))
        out.extend(opens.get(at, ()))
        last = at
    out.append(_plain(text[last:], False))
    lines = [line.strip(" \t") for line in "".join(out).split("\n")]
    return _line_starts("  \n".join(line for line in lines if line))


def _plain(text: str, is_code: bool) -> str:
    return text.replace("\n", " ") if is_code else _SPECIAL.sub(r"\\\1", text)


def _delimiters(mark: Inline, text: str, starred: set[int]) -> tuple[str, str]:
    if mark.kind == "link":
        return "[", f"]({_address(mark.url or '')})"
    within = text[mark.start : mark.end]
    if mark.kind == "code":
        fence = "`" * (1 + max((len(m) for m in _FENCE.findall(within)), default=0))
        space = " " if within[:1] in "` " or within[-1:] in "` " else ""
        return fence + space, space + fence
    if mark.kind not in _MARK:
        return f"<{mark.kind}>", f"</{mark.kind}>"
    star, tag = _MARK[mark.kind]
    edges = {mark.start, mark.end}
    if edges & starred or not _flanks(text, mark):
        return f"<{tag}>", f"</{tag}>"
    starred |= edges
    return star, star


def _flanks(text: str, mark: Inline) -> bool:
    """Whether stars around the stretch are read as delimiters (CommonMark, "left-flanking delimiter run")."""
    sides = ((text[mark.start - 1 : mark.start], text[mark.start]), (text[mark.end : mark.end + 1], text[mark.end - 1]))
    return all(
        not _is_space(inner) and (not _is_sign(inner) or _is_space(outer) or _is_sign(outer)) for outer, inner in sides
    )


def _is_space(char: str) -> bool:
    return not char or char.isspace()


def _is_sign(char: str) -> bool:
    return unicodedata.category(char)[0] in "PS"
