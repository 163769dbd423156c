"""Bylines and dates as printed."""

from __future__ import annotations

from collections.abc import Sequence

from article_extract.languages import Language
from article_extract.page import Claim
from article_extract.records import Author
from article_extract.stages.metadata.names import split_names


def read_byline(text: str, words: Language | None, links: Sequence[tuple[str, str | None]] = ()) -> tuple[Author, ...]:
    """People named in a byline."""
    return tuple(Author(name, None, role) for name, role in split_names(text))


def read_visible_date(text: str, words: Language | None) -> tuple[Claim, ...]:
    """Dates printed in a date line."""
    return ()
