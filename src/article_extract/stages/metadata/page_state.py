"""Claims of the page's state JSON (stub, filled below)."""

from __future__ import annotations

from article_extract.page import Claim, Page


def read_page_state(page: Page) -> tuple[Claim, ...]:
    """The article's paragraphs in state JSON."""
    return ()
