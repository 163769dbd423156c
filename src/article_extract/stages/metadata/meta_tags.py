"""
Claims of `<title>`, `<link>`, `lang` and of the meta vocabularies news sites use.

Dublin Core, Parse.ly, Sailthru, Cxense, Google Scholar's `citation_*` and plain names.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final
from urllib.parse import urlsplit

import regex

from article_extract.dates import read_date
from article_extract.page import Claim
from article_extract.records import Author, Image
from article_extract.stages.metadata.head import Head
from article_extract.stages.metadata.names import is_organisation, split_names, tidy_name
from article_extract.stages.metadata.values import clean_text, split_tags
from article_extract.urls import absolute

SOURCE: Final = "meta_tags"


def _fields() -> dict[str, str]:
    fields: dict[str, str] = {}
    for field, names in (
        (
            "title",
            "title headline dc.title dcterms.title dc:title parsely-title sailthru.title citation_title "
            "cxenseparse:title hdl",
        ),
        (
            "description",
            "description dc.description dcterms.description dc:description dcterms.abstract sailthru.description "
            "abstract",
        ),
        (
            "author",
            "author authors article.author article_author author_name dc.creator dcterms.creator dc:creator creator "
            "parsely-author "
            "sailthru.author citation_author cxenseparse:author mrf:authors byl byline dcsext.author rbauthors "
            "dc.author "
            "news_authors writer",
        ),
        (
            "published",
            "datepublished date dc.date dc.date.issued dc.date.created dcterms.date dcterms.issued dcterms.created "
            "dc:date "
            "dc:created parsely-pub-date sailthru.date citation_publication_date citation_date citation_online_date "
            "cxenseparse:recs:publishtime cxenseparse:publishtime pubdate publishdate publish_date publish-date "
            "publishtime "
            "publication_date publication-date article.published article_date_original pub_date published "
            "published_date "
            "published_time article:publish_date originalpublicationdate displaydate dateissued datecreated "
            "article.created "
            "article-published-date date.issued created prism.publicationdate rnews:datepublished bt:pubdate ptime "
            "iso-8601-publish-date published-date",
        ),
        (
            "modified",
            "datemodified last-modified lastmod lastmodified last_modified modified_time dc.date.modified "
            "dcterms.modified "
            "revised date.modified article.updated article-updated-date updated updated_time utime bt:moddate "
            "dc:modified "
            "rnews:datemodified sailthru.modified lastupdate last_updated modified-date",
        ),
        (
            "section",
            "section parsely-section cxenseparse:section article.section category sailthru.section cg dcsext.section",
        ),
        (
            "tag",
            "news_keywords keywords parsely-tags sailthru.tags dc.subject dcterms.subject dc:subject article.tags "
            "cxenseparse:keywords",
        ),
        (
            "image",
            "image thumbnail parsely-image-url sailthru.image.full sailthru.image.thumb thumbnailurl "
            "msapplication-image",
        ),
        (
            "site_name",
            "application-name apple-mobile-web-app-title dc.publisher dcterms.publisher cre citation_journal_title "
            "publisher",
        ),
        ("language", "dc.language dcterms.language content-language dc:language"),
    ):
        fields.update(dict.fromkeys(names.split(), field))
    return fields


_FIELD_OF: Final = _fields()
_NUMBERED: Final = regex.compile(r"(.*?)[/_=-]?(?:page|p|seite|s)?[/_=-]?(\d{1,3})(/|\.html?|\.php)?")


def read_meta_tags(head: Head, url: str | None, base: str | None, language: str | None) -> Iterator[Claim]:
    """Claims of title, metas, links and the root's `lang`."""
    if head.title:
        yield Claim("title", head.title, "title_tag")
    if head.language and 2 <= len(head.language.strip()) <= 20:
        yield Claim("language", head.language.strip(), "html")
    for key, content in head.metas:
        field = _FIELD_OF.get(key)
        if field is None:
            continue
        if field in ("published", "modified"):
            stamp = read_date(content, language=language)
            yield Claim(field, stamp.value, SOURCE, stamp.raw)
        elif field == "author":
            yield from _authors(content)
        elif field == "tag":
            source = "keywords" if key == "keywords" else SOURCE
            for tag in split_tags(content):
                yield Claim("tag", tag, source)
        elif field == "image":
            if address := absolute(content, base):
                yield Claim("image", Image(address), SOURCE)
        elif text := clean_text(content):
            if field == "site_name":
                yield Claim(field, text, "application")
            else:
                yield Claim(field, text, SOURCE)
    for rel, href in head.links:
        if rel == "canonical":
            if canonical := absolute(href, base):
                yield Claim("canonical_url", canonical, SOURCE)
        elif rel == "next":
            target = absolute(href, base)
            if target and _is_next_page(url, target):
                yield Claim("next_page", target, SOURCE)
        elif rel == "image_src":
            if target := absolute(href, base):
                yield Claim("image", Image(target), SOURCE)


def _authors(content: str) -> Iterator[Claim]:
    text = clean_text(content) or ""
    if text.startswith(("http:", "https:", "[", "{")):
        return
    people = split_names(text)
    if not people and (name := tidy_name(text)) and len(name) < 60:
        yield Claim("organisation" if is_organisation(name) else "doubtful_author", name, SOURCE)
    for name, role in people:
        yield Claim("author", Author(name, None, role), SOURCE)


def _is_next_page(url: str | None, target: str) -> bool:
    """Whether `rel=next` leads on within the article: blogs use it for the next story.

    >>> _is_next_page("https://a.example/x/story", "https://a.example/x/story/2")
    True
    """
    if not url:
        return False
    try:
        here, there = urlsplit(url), urlsplit(target)
    except ValueError:
        return False
    if here.netloc != there.netloc:
        return False
    if here.path == there.path:
        return here.query != there.query and any(ch.isdigit() for ch in there.query)
    stem, path = here.path.rstrip("/"), there.path.rstrip("/")
    if len(stem) < 2:
        return False
    if path.startswith(stem.removesuffix(".html")) and _NUMBERED.fullmatch(path):
        return len(path) - len(stem) < 12
    first, second = _NUMBERED.fullmatch(stem), _NUMBERED.fullmatch(path)
    return bool(
        first and second and first[1] == second[1] and int(second[2]) == int(first[2]) + 1 and int(second[2]) < 50
    )
