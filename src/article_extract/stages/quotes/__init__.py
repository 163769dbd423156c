"""
What people say: quotes with their speakers.

`list_quotes` reads the passages of an extracted article; `quotes_in` reads any paragraphs.
"""

from __future__ import annotations

from collections.abc import Sequence

from article_extract.page import Passage
from article_extract.records import Quote
from article_extract.stages.quotes.find import read_quotes

__all__ = ["list_quotes", "quotes_in"]


def list_quotes(passages: Sequence[Passage], language: str) -> tuple[Quote, ...]:
    """
    The quotes of an article in reading order.

    `language` is a BCP 47 tag; one without a language file still gives quotes, with less certain speakers. Offsets are
    set for quotes within a passage that has a block: `passage.text[quote.start:quote.end] == quote.text`.
    """
    return read_quotes(passages, language)


def quotes_in(paragraphs: Sequence[str], *, language: str | None = None) -> tuple[Quote, ...]:
    """
    The quotes of plain paragraphs; `block`, `start` and `end` point into `paragraphs`.

    >>> [(q.text, q.speaker) for q in quotes_in(["“We are open again,” said Ann Lee."], language="en")]
    [('We are open again,', 'Ann Lee')]
    """
    return read_quotes([Passage(text, block=index) for index, text in enumerate(paragraphs)], language or "und")
