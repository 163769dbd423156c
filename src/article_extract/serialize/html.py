"""Article as clean, escaped HTML."""

from __future__ import annotations

from html import escape

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

_TAGS = {"strong": "strong", "emphasis": "em", "code": "code", "sub": "sub", "sup": "sup"}


def article_to_html(article: Article) -> str:
    """An `<article>` element with `lang` and `dir`; every text escaped, only http(s) addresses linked, no scripts."""
    out = [f'<article lang="{escape(article.language)}" dir="{article.direction}">']
    head = []
    if article.kicker:
        head.append(f"<p>{escape(article.kicker)}</p>")
    if article.title:
        head.append(f"<h1>{escape(article.title)}</h1>")
    if article.lead:
        head.append(f"<p>{_lines(article.lead)}</p>")
    if article.authors:
        names = ", ".join(
            f'<a rel="author"{_href(a.url)}>{escape(a.name)}</a>' if is_web_address(a.url) else escape(a.name)
            for a in article.authors
        )
        head.append(f"<address>{names}</address>")
    if article.published:
        head.append(
            f'<p><time datetime="{escape(article.published)}">{escape(article.published_raw or article.published)}</time></p>'
        )
    if head:
        out += ["<header>", *head, "</header>"]
    if article.image and is_web_address(article.image.url):
        out.append(_figure(article.image.url, article.image.alt, article.image.caption, article.image.credit))
    out.extend(filter(None, (_block(block, article) for block in article.body)))
    out.append("</article>")
    return "\n".join(out) + "\n"


def _href(url: str | None) -> str:
    return f' href="{escape(url or "")}"' if is_web_address(url) else ""


def _lines(text: str) -> str:
    return escape(text).replace("\n", "<br>")


def _block(block: BodyBlock, article: Article) -> str:
    match block:
        case Paragraph():
            return f"<p>{_inline(block.text, block.inline)}</p>"
        case Heading():
            level = min(6, max(2, block.level))
            return f"<h{level}>{escape(block.text)}</h{level}>"
        case QuoteBlock():
            address = block.cite if is_web_address(block.cite) else None
            opening = f'<blockquote cite="{escape(address)}">' if address else "<blockquote>"
            footer = f"<footer>{escape(block.cite)}</footer>" if block.cite and not address else ""
            quote = f"{opening}<p>{_lines(block.text)}</p>{footer}</blockquote>"
            return f"<aside>{quote}</aside>" if block.kind == "pull" else quote
        case ListBlock():
            return _list(block)
        case Table():
            return _table(block)
        case ImageBlock():
            return _figure(block.url, block.alt, block.caption, block.credit) if is_web_address(block.url) else ""
        case EmbedBlock():
            embed = record_at(article.embeds, block.embed)
            if embed is None:
                return ""
            words = escape(embed.title or embed.text or embed.author or embed.provider)
            link = f"<a{_href(embed.url)}>{words}</a>" if is_web_address(embed.url) else words
            return f'<figure data-provider="{escape(embed.provider)}">{link}</figure>'
        case RelatedBlock():
            story = record_at(article.related, block.related)
            if story is None:
                return ""
            label = f"{escape(story.label.rstrip(' :：'))}: " if story.label else ""
            title = escape(story.title)
            return f"<aside><p>{label}{f'<a{_href(story.url)}>{title}</a>' if is_web_address(story.url) else title}</p></aside>"
        case Code():
            return f"<pre><code>{escape(block.text)}</code></pre>"
        case Separator():
            return "<hr>"


def _figure(url: str | None, alt: str | None, caption: str | None, credit: str | None) -> str:
    words = " ".join(filter(None, (escape(caption or ""), f"<small>{escape(credit)}</small>" if credit else "")))
    text = f"<figcaption>{words}</figcaption>" if words else ""
    return f'<figure><img src="{escape(url or "")}" alt="{escape(alt or "")}">{text}</figure>'


def _list(block: ListBlock) -> str:
    """Items of deeper levels as lists within the item before them; a level is at most one below the one before it."""
    tag = "ol" if block.ordered else "ul"
    out: list[str] = []
    depth = -1
    for item in block.items:
        level = max(0, min(item.level, depth + 1))
        if level > depth:
            out.append(f"<{tag}>")
        else:
            out.append(f"</li></{tag}>" * (depth - level) + "</li>")
        out.append(f"<li>{_lines(item.text)}")
        depth = level
    out.append(f"</li></{tag}>" * (depth + 1))
    return "".join(out)


def _table(block: Table) -> str:
    rows = []
    for number, row in enumerate(block.rows):
        tag = "th" if block.header and number == 0 else "td"
        rows.append("<tr>" + "".join(f"<{tag}>{_lines(cell)}</{tag}>" for cell in row) + "</tr>")
    caption = f"<caption>{escape(block.caption)}</caption>" if block.caption else ""
    return f"<table>{caption}{''.join(rows)}</table>"


def _inline(text: str, inline: tuple[Inline, ...]) -> str:
    """Nested elements; stretches that overlap without nesting are left plain."""
    opens: dict[int, list[str]] = {}
    closes: dict[int, list[str]] = {}
    for mark in nested(inline, len(text)):
        tag = "a" if mark.kind == "link" else _TAGS[mark.kind]
        opens.setdefault(mark.start, []).append(f"<{tag}{_href(mark.url)}>" if tag == "a" else f"<{tag}>")
        closes.setdefault(mark.end, []).insert(0, f"</{tag}>")
    out: list[str] = []
    last = 0
    for at in sorted(opens.keys() | closes.keys()):
        out.append(_lines(text[last:at]))
        out.extend(closes.get(at, ()))
        out.extend(opens.get(at, ()))
        last = at
    out.append(_lines(text[last:]))
    return "".join(out)
