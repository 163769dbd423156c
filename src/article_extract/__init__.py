"""
A news page goes in, the article comes out as structured records, and every sentence of the page is accounted for.

>>> from article_extract import extract
>>> article = extract("<html><body><h1>Pool opens</h1><p>The town opened its pool on Monday.</p></body></html>")
>>> article.title
'Pool opens'
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from article_extract.errors import (
    ArticleExtractError,
    ConfigError,
    FetchError,
    ProfileError,
    RecordError,
    RuleFileError,
)
from article_extract.options import Options
from article_extract.page import FetchedPage
from article_extract.pipeline import extract, extract_file
from article_extract.records import (
    SCHEMA_VERSION,
    Article,
    Author,
    BodyBlock,
    Code,
    Embed,
    EmbedBlock,
    Heading,
    Image,
    ImageBlock,
    Inline,
    ListBlock,
    ListItem,
    LiveUpdate,
    Paragraph,
    Problem,
    Quote,
    QuoteBlock,
    Related,
    RelatedBlock,
    Removed,
    Separator,
    Span,
    Table,
)
from article_extract.sites import SiteProfile
from article_extract.stages.quotes import quotes_in

if TYPE_CHECKING:
    from article_extract.fetching import AsyncFetcher, Fetcher, FetchOptions, afetch, fetch

__all__ = [
    "SCHEMA_VERSION",
    "Article",
    "ArticleExtractError",
    "AsyncFetcher",
    "Author",
    "BodyBlock",
    "Code",
    "ConfigError",
    "Embed",
    "EmbedBlock",
    "FetchError",
    "FetchOptions",
    "FetchedPage",
    "Fetcher",
    "Heading",
    "Image",
    "ImageBlock",
    "Inline",
    "ListBlock",
    "ListItem",
    "LiveUpdate",
    "Options",
    "Paragraph",
    "Problem",
    "ProfileError",
    "Quote",
    "QuoteBlock",
    "RecordError",
    "Related",
    "RelatedBlock",
    "Removed",
    "RuleFileError",
    "Separator",
    "SiteProfile",
    "Span",
    "Table",
    "afetch",
    "extract",
    "extract_file",
    "fetch",
    "quotes_in",
]

_NETWORK = frozenset(("AsyncFetcher", "FetchOptions", "Fetcher", "afetch", "fetch"))


def __getattr__(name: str) -> Any:
    """The network names, imported with httpx when first used."""
    if name in _NETWORK:
        from importlib import import_module

        return getattr(import_module("article_extract.fetching"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
