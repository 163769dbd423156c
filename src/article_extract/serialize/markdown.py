"""Article as Markdown (CommonMark 0.31, tables as in GitHub Flavored Markdown)."""

from __future__ import annotations

import re
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

_SPECIAL: Final = re.compile(r"([\\`*_\[\]<>])")
_LINE_START: Final = re.compile(r"^(\s*)([#+\-=~>|]|\d{1,9}[.)])(?=\s|$|[#+\-=~>|])", re.MULTILINE)
_FENCE: Final = re.compile(r"`+")


def article_to_markdown(article: Article) -> str:
    """Title as a level-1 heading, then kicker, lead (bold), lead image and body; embeds and inline related as links."""
    out: list[str] = []
    if article.kicker:
        out.append(f"*{escape(article.kicker)}*")
    if article.title:
        out.append(f"# {escape(article.title)}")
    names = ", ".join(author.name for author in article.authors)
    byline = " · ".join(filter(None, (names, article.published)))
    if byline:
        out.append(escape(byline))
    if article.lead:
        out.append("\n".join(f"**{escape(line)}**  " for line in article.lead.split("\n")).rstrip())
    if article.image and article.image.url:
        out.append(_image(article.image.url, article.image.alt, article.image.caption, article.image.credit))
    out.extend(filter(None, (_block(block, article) for block in article.body)))
    return "\n\n".join(out) + "\n" if out else ""


def escape(text: str) -> str:
    r"""Text that Markdown must not read as markup.

    >>> escape("1. *Done* [x]")
    '1\\. \\*Done\\* \\[x\\]'
    """
    text = _SPECIAL.sub(r"\\\1", text)
    return _LINE_START.sub(lambda m: m[1] + (m[2][:-1] + "\\" + m[2][-1] if m[2][0].isdigit() else "\\" + m[2]), text)


def _block(block: BodyBlock, article: Article) -> str:
    match block:
        case Paragraph():
            return _inline(block.text, block.inline)
        case Heading():
            return f"{'#' * min(6, max(2, block.level))} {escape(block.text)}"
        case QuoteBlock():
            lines = [f"> {escape(line)}" for line in block.text.split("\n")]
            if block.cite and not block.cite.startswith(("http://", "https://")):
                lines += [">", f"> — {escape(block.cite)}"]
            return "\n".join(lines)
        case ListBlock():
            lines = []
            for number, item in enumerate(block.items, 1):
                mark = f"{number}." if block.ordered else "-"
                indent = "   " * item.level
                lines.append(f"{indent}{mark} " + escape(item.text).replace("\n", f"\n{indent}   "))
            return "\n".join(lines)
        case Table():
            return _table(block)
        case ImageBlock():
            return _image(block.url, block.alt, block.caption, block.credit) if block.url else ""
        case EmbedBlock():
            embed = article.embeds[block.embed]
            words = embed.title or embed.text or embed.author or embed.provider
            return f"[{escape(words)}]({_address(embed.url)})" if embed.url else escape(words)
        case RelatedBlock():
            story = article.related[block.related]
            label = f"{escape(story.label)}: " if story.label else ""
            return f"{label}[{escape(story.title)}]({_address(story.url)})" if story.url else f"{label}{escape(story.title)}"
        case Code():
            fence = "`" * max(3, 1 + max((len(m) for m in _FENCE.findall(block.text)), default=0))
            return f"{fence}{block.language or ''}\n{block.text}\n{fence}"
        case Separator():
            return "---"


def _address(url: str) -> str:
    return url.replace("(", "%28").replace(")", "%29").replace(" ", "%20").replace("<", "%3C").replace(">", "%3E")


def _image(url: str | None, alt: str | None, caption: str | None, credit: str | None) -> str:
    image = f"![{escape(alt or '')}]({_address(url or '')})"
    words = " — ".join(filter(None, (caption, credit)))
    return f"{image}\n*{escape(words)}*" if words else image


def _table(table: Table) -> str:
    width = max((len(row) for row in table.rows), default=0)
    if not width:
        return ""
    cell = lambda text: escape(text).replace("|", "\\|").replace("\n", " ")  # noqa: E731
    rows = [[cell(c) for c in row] + [""] * (width - len(row)) for row in table.rows]
    head = rows.pop(0) if table.header else [""] * width
    lines = [head, ["---"] * width, *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


_MARK: Final = {"strong": "**", "emphasis": "*"}


def _inline(text: str, inline: tuple[Inline, ...]) -> str:
    """Text with links, strong and emphasis; overlapping stretches that do not nest are left plain."""
    opens: dict[int, list[str]] = {}
    closes: dict[int, list[str]] = {}
    ends: list[int] = []
    for mark in sorted(inline, key=lambda m: (m.start, -m.end)):
        while ends and ends[-1] <= mark.start:
            ends.pop()
        if (ends and mark.end > ends[-1]) or (mark.kind not in _MARK and mark.kind != "link"):
            continue
        ends.append(mark.end)
        before, after = ("[", f"]({_address(mark.url or '')})") if mark.kind == "link" else (_MARK[mark.kind],) * 2
        opens.setdefault(mark.start, []).append(before)
        closes.setdefault(mark.end, []).insert(0, after)
    out: list[str] = []
    last = 0
    for at in sorted(opens.keys() | closes.keys()):
        out.append(_SPECIAL.sub(r"\\\1", text[last:at]))
        out.extend(closes.get(at, ()))
        out.extend(opens.get(at, ()))
        last = at
    out.append(_SPECIAL.sub(r"\\\1", text[last:]))
    whole = "".join(out).replace("\n", "  \n")
    return _LINE_START.sub(lambda m: m[1] + (m[2][:-1] + "\\" + m[2][-1] if m[2][0].isdigit() else "\\" + m[2]), whole)
