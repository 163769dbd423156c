"""Article as plain text."""

from __future__ import annotations

from article_extract.records import Article


def article_to_text(article: Article) -> str:
    """Title and `Article.text`, separated by a blank line; one newline at the end unless there is nothing."""
    parts = [part for part in (article.title, article.text) if part]
    return "\n\n".join(parts) + "\n" if parts else ""
