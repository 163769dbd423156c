"""Article as schema.org JSON-LD (https://schema.org/NewsArticle)."""

from __future__ import annotations

from typing import Any, Final

from article_extract.records import Article

_TYPES: Final = {
    "article": "NewsArticle",
    "opinion": "OpinionNewsArticle",
    "liveblog": "LiveBlogPosting",
    "video": "VideoObject",
    "gallery": "ImageGallery",
    "index": "CollectionPage",
}


def article_to_schema_org(article: Article) -> dict[str, Any]:
    """NewsArticle, or the type closest to the page's kind; keys without a value are left out."""
    image = None
    if article.image and article.image.url:
        image = _without_nothing(
            {
                "@type": "ImageObject",
                "url": article.image.url,
                "caption": article.image.caption,
                "creditText": article.image.credit,
                "width": article.image.width,
                "height": article.image.height,
            }
        )
    out: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": _TYPES.get(article.kind, "WebPage"),
        "url": article.canonical_url or article.url,
        "mainEntityOfPage": article.canonical_url or article.url,
        "headline": article.title,
        "alternativeHeadline": article.kicker,
        "abstract": article.lead,
        "description": article.description,
        "articleSection": article.section,
        "inLanguage": article.language if article.language != "und" else None,
        "datePublished": article.published,
        "dateModified": article.modified,
        "author": [
            _without_nothing({"@type": "Person", "name": a.name, "url": a.url, "jobTitle": a.role})
            for a in article.authors
        ],
        "publisher": {"@type": "Organization", "name": article.site_name} if article.site_name else None,
        "image": image,
        "keywords": list(article.tags),
        "isAccessibleForFree": None if article.paywalled is None else not article.paywalled,
        "articleBody": article.text,
        "relatedLink": [story.url for story in article.related if story.url and story.kind == "related"],
    }
    if article.live_updates:
        out["liveBlogUpdate"] = [
            _without_nothing(
                {
                    "@type": "BlogPosting",
                    "headline": update.title,
                    "datePublished": update.published,
                    "author": {"@type": "Person", "name": update.author} if update.author else None,
                    "articleBody": "\n\n".join(block.text for block in update.body if block.text),
                }
            )
            for update in article.live_updates
        ]
    return _without_nothing(out)


def _without_nothing(data: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in data.items() if value not in (None, "", [], {})}
