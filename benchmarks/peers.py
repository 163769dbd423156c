"""
Other extractors, each behind one function that gives what it finds under this project's names.

Every peer gets the best that its documentation offers for news: metadata on, comments off, images and the network off.
A peer's description stands for the lead, since none knows what is displayed. Those that take text get the page decoded
by this library, and that costs them no time.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from importlib import metadata
from typing import Any, Final

from article_extract.options import Options
from article_extract.pipeline import extract
from article_extract.stages.decode import decode

OURS: Final = "article_extract"
_NO_URL: Final = "https://page.example/"


@dataclass(frozen=True, slots=True)
class Source:
    """A page as extractors want it."""

    content: bytes
    url: str | None
    markup: str
    """The content decoded."""
    options: Options = field(default_factory=Options)
    """For this library alone."""

    @classmethod
    def of(cls, content: bytes, url: str | None, options: Options | None = None) -> Source:
        """Decode once for all."""
        options = options or Options()
        return cls(content, url, decode(content, None, options.max_bytes).text, options)


def run_ours(page: Source) -> dict[str, Any]:
    """All records of this library."""
    return extract(page.content, url=page.url, options=page.options).to_dict()


def run_trafilatura(page: Source) -> dict[str, Any]:
    """Trafilatura with metadata."""
    import trafilatura

    found = trafilatura.bare_extraction(page.content, url=page.url, with_metadata=True, include_comments=False)
    if found is None:
        return {}
    authors = [name.strip() for name in (found.author or "").split(";") if name.strip()]
    return _article(found.title, found.description, found.text, authors, found.date)


def run_readability(page: Source) -> dict[str, Any]:
    """readability-lxml: markup of the article, turned into lines at its block elements."""
    from readability import Document

    document = Document(page.markup, url=page.url)
    return _article(document.short_title(), None, _block_text(document.summary(html_partial=True)), [], None)


def run_newspaper(page: Source) -> dict[str, Any]:
    """newspaper4k."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import newspaper

    found = newspaper.Article(page.url or _NO_URL, fetch_images=False)
    found.download(input_html=page.markup, ignore_read_more=True)
    found.parse()
    return _article(found.title, found.meta_description, found.text, list(found.authors), found.publish_date)


def run_goose(page: Source) -> dict[str, Any]:
    """goose3."""
    from goose3 import Goose

    with Goose({"enable_image_fetching": False, "strict": False}) as goose:
        found = goose.extract(raw_html=page.markup)
    return _article(found.title, found.meta_description, found.cleaned_text, list(found.authors), found.publish_date)


def run_resiliparse(page: Source) -> dict[str, Any]:
    """resiliparse: text only; the title is that of its parser."""
    from resiliparse.extract.html2text import extract_plain_text
    from resiliparse.parse.html import HTMLTree

    tree = HTMLTree.parse(page.markup)
    text = extract_plain_text(
        tree, main_content=True, preserve_formatting=True, alt_texts=False, comments=False, post_meta=False
    )
    return _article(tree.title, None, text, [], None)


def run_turbohtml(page: Source) -> dict[str, Any]:
    """Call the article of turbohtml."""
    import turbohtml

    found = turbohtml.parse(page.content).article()
    return _article(found.title, found.description, found.text, [found.byline] if found.byline else [], found.date)


PEERS: Final[dict[str, tuple[str, Callable[[Source], dict[str, Any]]]]] = {
    "trafilatura": ("trafilatura", run_trafilatura),
    "readability": ("readability-lxml", run_readability),
    "newspaper4k": ("newspaper4k", run_newspaper),
    "goose3": ("goose3", run_goose),
    "resiliparse": ("resiliparse", run_resiliparse),
    "turbohtml": ("turbohtml", run_turbohtml),
}
"""Name in the tables, distribution, adapter."""


def adapter(name: str) -> Callable[[Source], dict[str, Any]]:
    """The function of an extractor by its name in the tables."""
    return run_ours if name == OURS else PEERS[name][1]


def version(name: str) -> str | None:
    """Version of an extractor by its name in the tables; None where it is not installed."""
    try:
        return metadata.version("article-extract" if name == OURS else PEERS[name][0])
    except metadata.PackageNotFoundError:
        return None


def choose(wanted: str) -> tuple[list[str], list[str]]:
    """Peers to run and those not installed, for `all`, `none` or names with commas; ValueError for unknown names."""
    names: Iterable[str] = {"all": tuple(PEERS), "none": ()}.get(wanted, tuple(filter(None, wanted.split(","))))
    if unknown := [name for name in names if name not in PEERS]:
        raise ValueError(f"no peer is called {unknown[0]!r}; there are {', '.join(PEERS)}")
    return [n for n in names if version(n)], [n for n in names if not version(n)]


def _article(title: Any, lead: Any, text: Any, authors: list[str], date: Any) -> dict[str, Any]:
    """A record in the form that the metrics read."""
    return {
        "title": title or None,
        "lead": lead or None,
        "text": text or "",
        "authors": authors,
        "published": str(date) if date else None,
    }


_BLOCK_NAMES: Final = "p div h1 h2 h3 h4 h5 h6 li tr blockquote pre section article figure figcaption td th dt dd br"
_BLOCKS: Final = frozenset(_BLOCK_NAMES.split())


def _block_text(markup: str) -> str:
    """Plain text of clean markup, a line for each block."""
    from lxml import html

    if not markup.strip():
        return ""
    pieces: list[str] = []

    def walk(element: Any) -> None:
        if not isinstance(element.tag, str):
            pieces.append(element.tail or "")
            return
        edge = "\n" if element.tag in _BLOCKS else ""
        pieces.extend((edge, (element.text or "")))
        for child in element:
            walk(child)
        pieces.extend((edge, element.tail or ""))

    walk(html.fromstring(markup))
    lines = ("".join(pieces)).replace("\r", "").split("\n")
    return "\n".join(line for line in (" ".join(line.split()) for line in lines) if line)
