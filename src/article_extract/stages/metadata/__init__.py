"""
What a page's metadata say: one reader a source, and `settle`, which chooses.

`read_claims` reads the sources that cost little; `read_page_state` parses the page's state JSON and is for pages whose
markup does not hold the text; `visible` reads bylines and dates that are printed.
"""

from __future__ import annotations

from article_extract.languages import primary_code
from article_extract.page import Claim, Page
from article_extract.records import Problem
from article_extract.stages.metadata.byline_text import read_byline
from article_extract.stages.metadata.date_lines import read_visible_date
from article_extract.stages.metadata.head import read_head
from article_extract.stages.metadata.json_ld import read_json_ld
from article_extract.stages.metadata.labelled import read_visible
from article_extract.stages.metadata.meta_tags import read_meta_tags
from article_extract.stages.metadata.microdata import read_microdata
from article_extract.stages.metadata.open_graph import read_open_graph
from article_extract.stages.metadata.page_state import read_page_state
from article_extract.stages.metadata.settle import PRECEDENCE, clean_title, settle
from article_extract.urls import absolute, host_of

__all__ = [
    "PRECEDENCE",
    "clean_title",
    "read_byline",
    "read_claims",
    "read_page_state",
    "read_visible",
    "read_visible_date",
    "settle",
]


def read_claims(page: Page) -> tuple[tuple[Claim, ...], tuple[Problem, ...]]:
    """What JSON-LD, OpenGraph, meta tags, links, title and microdata state, and what was odd; never raises."""
    head = read_head(page)
    base = page.base_url
    language = head.language
    if not language or primary_code(language) == "und":
        language = next((v.replace("_", "-") for k, v in head.metas if k in ("og:locale", "content-language")), None)
    url = page.url or next((absolute(href, base) for rel, href in head.links if rel == "canonical"), None)
    if url is None:
        url = next((v for k, v in head.metas if k == "og:url"), None)
    claims, problems = read_json_ld(head.json_ld, url, base, language)
    claims.extend(read_open_graph(head.metas, base, language))
    claims.extend(read_meta_tags(head, url, base, language))
    if head.microdata:
        claims.extend(read_microdata(page, language))
    if host := host_of(page.url or url):
        claims.append(Claim("host", host, "url"))
    return tuple(claims), tuple(problems)
