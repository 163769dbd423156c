"""What metadata claim, and which claim settles."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from article_extract import extract
from article_extract.languages import find_language
from article_extract.options import Options
from article_extract.page import Claim, Metadata, Page
from article_extract.records import Author
from article_extract.stages.decode import decode
from article_extract.stages.metadata import clean_title, read_claims, read_page_state, settle
from article_extract.stages.metadata.byline_text import is_helper, only_people, read_byline, read_desk
from article_extract.stages.metadata.date_lines import read_visible_date
from article_extract.stages.metadata.loose_json import read_loose_json
from article_extract.stages.metadata.names import is_person, split_names
from article_extract.stages.parse import parse

URL = "https://www.hafenbote.example/stadt/becken-7"


def page_of(markup: str, url: str | None = URL) -> Page:
    return parse(decode(markup, None, 1 << 24), url, Options())


def read(head: str, body: str = "<p>x", url: str | None = URL) -> Metadata:
    claims, problems = read_claims(page_of(f"<html lang=en><head>{head}</head><body>{body}", url))
    return settle(claims, problems)


def script(value: Any) -> str:
    text = value if isinstance(value, str) else json.dumps(value)
    return f'<script type="application/ld+json">{text}</script>'


def first(metadata: Metadata, field: str) -> Any:
    claim = metadata.first(field)
    return claim.value if claim else None


ARTICLE = {
    "@type": "NewsArticle",
    "headline": "Harbour pool opens again",
    "datePublished": "2026-05-03T09:05:00+02:00",
    "dateModified": "2026-05-04",
    "author": [{"@type": "Person", "name": "Ann Lee", "url": "/people/ann", "jobTitle": "City editor"}],
    "articleSection": "City",
    "keywords": "Pool, Harbour",
    "image": {"@type": "ImageObject", "url": "/i.jpg", "width": "1200", "height": 800, "caption": "The pool"},
    "publisher": {"@type": "NewsMediaOrganization", "name": "Hafenbote"},
    "isAccessibleForFree": "False",
    "articleBody": "<p>The pool is open.</p><p>Many came.</p>",
    "inLanguage": "en",
}


def test_json_ld_article() -> None:
    metadata = read(script({"@context": "https://schema.org", **ARTICLE}))
    assert metadata.titles == ("Harbour pool opens again",)
    assert first(metadata, "published") == "2026-05-03T09:05:00+02:00"
    assert first(metadata, "modified") == "2026-05-04"
    assert metadata.authors == (Author("Ann Lee", "https://www.hafenbote.example/people/ann", "City editor"),)
    assert first(metadata, "section") == "City"
    assert [c.value for c in metadata.every("tag")] == ["Pool", "Harbour"]
    assert metadata.image is not None
    assert (metadata.image.url, metadata.image.width) == ("https://www.hafenbote.example/i.jpg", 1200)
    assert metadata.site_name == "Hafenbote"
    assert first(metadata, "paywalled") is True
    assert metadata.article_body == ("The pool is open.", "Many came.")
    assert "NewsArticle" in metadata.types


GRAPH = {
    "@graph": [
        {"@type": "WebSite", "name": "Hafenbote"},
        {"@type": "WebPage", "@id": URL, "name": "Harbour pool opens again - Hafenbote", "datePublished": "2026-05-01"},
        {**ARTICLE, "author": {"@id": "#ann"}, "mainEntityOfPage": {"@id": URL}},
        {"@type": "Person", "@id": "#ann", "name": "Ann Lee"},
        {"@type": "BreadcrumbList", "itemListElement": [{"name": n} for n in ("Home", "Town", "Harbour pool")]},
    ]
}
TEASERS = [{"@type": "NewsArticle", "headline": f"Other story {n}", "url": f"https://x.example/{n}"} for n in range(6)]


@pytest.mark.parametrize(
    ("value", "title"),
    [
        pytest.param(GRAPH, "Harbour pool opens again", id="graph"),
        pytest.param([GRAPH["@graph"][0], ARTICLE], "Harbour pool opens again", id="array"),
        pytest.param({"@type": "WebPage", "mainEntity": ARTICLE}, "Harbour pool opens again", id="main entity"),
        pytest.param({"@type": ["Article", "NewsArticle"], "headline": "Two types"}, "Two types", id="two types"),
        pytest.param([*TEASERS, {**ARTICLE, "url": URL}], "Harbour pool opens again", id="among teasers"),
        pytest.param(TEASERS, None, id="teasers alone"),
        pytest.param({"@type": "Product", "name": "A towel"}, None, id="no article"),
        pytest.param({"@type": "VideoObject", "name": "Pool film"}, "Pool film", id="a video page"),
        pytest.param({"@type": "NewsArticle", "headline": "Tom &amp; Bo <b>swim</b>"}, "Tom & Bo swim", id="entities"),
        pytest.param([], None, id="empty"),
        pytest.param({"@graph": [[[[None, 3, "x"]]]]}, None, id="odd nesting"),
    ],
)
def test_json_ld_node_about_the_page(value: Any, title: str | None) -> None:
    metadata = read(script(value))
    assert (metadata.titles[0] if metadata.titles else None) == title


def test_graph_is_joined() -> None:
    metadata = read(script(GRAPH))
    assert [a.name for a in metadata.authors] == ["Ann Lee"]
    assert first(metadata, "published") == "2026-05-03T09:05:00+02:00"
    assert metadata.site_name == "Hafenbote"


def test_live_blog() -> None:
    update = {
        "@type": "BlogPosting",
        "headline": "It rains",
        "datePublished": "2026-05-03T10:00:00Z",
        "articleBody": "Hard.",
    }
    metadata = read(script({"@type": "LiveBlogPosting", "headline": "Pool live", "liveBlogUpdate": [update, None]}))
    (live,) = [c.value for c in metadata.every("live_update")]
    assert (live.title, live.published, live.body[0].text) == ("It rains", "2026-05-03T10:00:00+00:00", "Hard.")


@pytest.mark.parametrize(
    "text",
    [
        pytest.param('{"headline": "Pool"}', id="plain"),
        pytest.param('/* c */ {"headline": "Pool", // why\n "url": "https://a.example/x"}', id="comments"),
        pytest.param('{"headline": "Pool", "a": [1, 2,], }', id="trailing commas"),
        pytest.param('{"headline": "Pool", "b": "one\ntwo\tthree\x0b"}', id="control characters"),
        pytest.param('<!-- {"headline": "Pool"} -->', id="html comment"),
        pytest.param('//<![CDATA[\n{"headline": "Pool"}\n//]]>', id="cdata"),
        pytest.param("{&quot;headline&quot;: &quot;Pool&quot;}", id="entities"),
        pytest.param('{"headline": "Pool"};', id="semicolon"),
        pytest.param('{"headline": "Pool", "d": "a "quoted" word"}', id="unescaped quotes"),
        pytest.param('{"headline": "Pool", "d": "don\\\'t"}', id="bad escape"),
        pytest.param('{"headline": "Pool", "d": {"datePublished": "2026-05-03"', id="cut"),
        pytest.param('\ufeff{"headline": "Pool"}', id="mark"),
    ],
)
def test_loose_json(text: str) -> None:
    value, _ = read_loose_json(text)
    assert value["headline"] == "Pool"


def test_loose_json_in_a_row() -> None:
    assert read_loose_json('{"a": 1} {"b": 2}')[0] == [{"a": 1}, {"b": 2}]


@pytest.mark.parametrize("text", ["", "   ", "not json", "[" * 100_000, '{"a":' * 50_000, "x" * 7_000_000])
def test_loose_json_gives_up(text: str) -> None:
    assert read_loose_json(text)[0] is None


META = """
<meta property="og:title" content="Pool opens &#8211; Hafenbote"><meta property="og:site_name" content="Hafenbote">
<meta property="og:description" content="The pool."><meta property="og:type" content="article">
<meta property="og:image" content="/og.jpg"><meta property="og:image:width" content="800">
<meta property="article:published_time" content="2026-05-03T07:05:00Z"><meta property="article:tag" content="Pool">
<meta property="article:section" content="City"><meta property="article:author" content="https://social.example/hafenbote">
<meta name="author" content="Ann Lee and Bo Ruiz"><meta name="keywords" content="water; pool">
<link rel="canonical" href="/stadt/becken-7"><link rel="next" href="/stadt/becken-7?page=2">
<title>Pool opens | Hafenbote</title>
"""


def test_metas() -> None:
    metadata = read(META)
    assert metadata.titles == ("Pool opens",)
    assert metadata.descriptions == ("The pool.",)
    assert [a.name for a in metadata.authors] == ["Ann Lee", "Bo Ruiz"]
    assert first(metadata, "published") == "2026-05-03T07:05:00+00:00"
    assert first(metadata, "canonical_url") == URL
    assert first(metadata, "next_page") == f"{URL}?page=2"
    assert first(metadata, "section") == "City"
    assert [c.value for c in metadata.every("tag")] == ["Pool", "water", "pool"]
    assert metadata.image is not None
    assert metadata.image.url == "https://www.hafenbote.example/og.jpg"
    assert metadata.language == "en"


@pytest.mark.parametrize(
    ("head", "field", "value"),
    [
        pytest.param('<meta name="dc.date.issued" content="2026-05-03">', "published", "2026-05-03", id="dublin core"),
        pytest.param(
            '<meta name="parsely-pub-date" content="2026-05-03T07:00Z">',
            "published",
            "2026-05-03T07:00:00+00:00",
            id="parsely",
        ),
        pytest.param(
            '<meta name="citation_publication_date" content="2026/05/03">', "published", "2026-05-03", id="scholar"
        ),
        pytest.param('<meta itemprop="datePublished" content="2026-05-03">', "published", "2026-05-03", id="itemprop"),
        pytest.param('<meta name="last-modified" content="2026-05-03">', "modified", "2026-05-03", id="modified"),
        pytest.param('<meta property="article:content_tier" content="locked">', "paywalled", True, id="locked"),
        pytest.param('<meta property="article:content_tier" content="free">', "paywalled", False, id="free"),
        pytest.param('<link rel="next" href="/stadt/anderes-8">', "next_page", None, id="next story is no next page"),
        pytest.param(
            '<meta name="published-date" content="2026-05-03">', "published", "2026-05-03", id="published-date"
        ),
        pytest.param(
            '<meta name="article:published_time" value="2026-05-03">', "published", "2026-05-03", id="value for content"
        ),
        pytest.param('<meta name="date" content="soon">', "published", None, id="unreadable date"),
        pytest.param('<meta property="og:locale" content="de_AT">', "language", "en", id="html lang before locale"),
    ],
)
def test_single_metas(head: str, field: str, value: object) -> None:
    assert first(read(head), field) == value


def test_what_was_printed_is_kept() -> None:
    claim = read('<meta name="date" content=" gestern ">').first("published")
    assert claim is not None
    assert claim.raw == "gestern"


MICRODATA = """
<article itemscope itemtype="https://schema.org/NewsArticle"><h1 itemprop="headline">Pool opens</h1>
<span itemprop="author" itemscope itemtype="https://schema.org/Person">
<a href="/ann"><span itemprop="name">Ann Lee</span></a></span>
<time itemprop="datePublished" datetime="2026-05-03">May 3</time><div itemprop="articleBody">Words</div></article>
<div itemscope itemtype="https://schema.org/Comment"><span itemprop="author">Cy Commenter</span></div>
"""


def test_microdata() -> None:
    metadata = read("", MICRODATA)
    assert metadata.titles[0] == "Pool opens"
    assert metadata.authors == (Author("Ann Lee", "https://www.hafenbote.example/ann"),)
    assert first(metadata, "published") == "2026-05-03"


@pytest.mark.parametrize(
    ("title", "site", "clean"),
    [
        pytest.param("Pool opens | Hafenbote", "Hafenbote", "Pool opens", id="bar"),
        pytest.param("Pool opens — The Hafenbote", "Hafenbote", "Pool opens", id="dash and article"),
        pytest.param("Hafenbote: Pool opens", "Hafenbote", "Hafenbote: Pool opens", id="a colon does not separate"),
        pytest.param("Hafenbote :: Pool opens", "Hafenbote", "Pool opens", id="in front"),
        pytest.param("Pool opens - again - Hafenbote", "Hafenbote", "Pool opens - again", id="dash within"),
        pytest.param("Pool opens | City | Hafenbote Online", "Hafenbote", "Pool opens | City", id="section stays"),
        pytest.param("Pool opens - a town swims", "Hafenbote", "Pool opens - a town swims", id="no site"),
        pytest.param("泳池重新开放_港口新闻网", "港口新闻网", "泳池重新开放", id="underscore"),
        pytest.param("Pool opens · Hafen & Bote", "Hafen and Bote", "Pool opens", id="ampersand"),
        pytest.param("Pool opens", None, "Pool opens", id="no site known"),
        pytest.param("Hafenbote", "Hafenbote", "Hafenbote", id="only the site"),
    ],
)
def test_clean_title(title: str, site: str | None, clean: str) -> None:
    assert clean_title(title, site) == clean


def test_title_without_site_name_uses_host() -> None:
    assert read("<title>Pool opens | Hafenbote</title>").titles == ("Pool opens",)


@pytest.mark.parametrize(
    ("claims", "names"),
    [
        pytest.param([("Ann Lee", "json_ld"), ("Bo Ruiz", "meta_tags")], ["Ann Lee"], id="most trusted source"),
        pytest.param([("Hafenbote", "json_ld"), ("Bo Ruiz", "visible")], ["Bo Ruiz"], id="person before paper"),
        pytest.param([("Hafenbote", "json_ld")], [], id="the paper in its metadata is no author"),
        pytest.param([("Hafenbote", "visible")], ["Hafenbote"], id="the paper where its byline is printed"),
        pytest.param([("admin", "json_ld"), ("Staff", "meta_tags")], [], id="nobody"),
        pytest.param([("Ann Lee", "json_ld"), ("ann lee", "visible")], ["Ann Lee"], id="once"),
    ],
)
def test_settled_authors(claims: list[tuple[str, str]], names: list[str]) -> None:
    stated = [Claim("site_name", "Hafenbote", "open_graph"), *(Claim("author", Author(n), s) for n, s in claims)]
    assert [a.name for a in settle(stated).authors] == names


@pytest.mark.parametrize(
    ("published", "modified", "printed", "settled"),
    [
        pytest.param("2024-05-20T10:00:00Z", "2024-05-20T10:00:00Z", "2024-05-03", "2024-05-03", id="day of the build"),
        pytest.param("2024-05-04T01:00:00Z", "2024-05-04T01:00:00Z", "2024-05-03", "2024-05-04T01:00:00Z", id="zone"),
        pytest.param("2024-05-03", "2024-05-20", "2024-05-01", "2024-05-03", id="modified later"),
        pytest.param("2024-05-03", "2024-05-03", "2024-05-20", "2024-05-03", id="printed later"),
        pytest.param("2024-05", "2024-05", "2024-03", "2024-05", id="months"),
    ],
)
def test_printed_date_before_the_build(published: str, modified: str, printed: str, settled: str) -> None:
    claims = [
        Claim("published", published, "json_ld"),
        Claim("modified", modified, "json_ld"),
        Claim("published", printed, "visible"),
    ]
    assert first(settle(claims), "published") == settled


@pytest.mark.parametrize(
    ("name", "person"),
    [
        pytest.param("Ann Lee", True, id="two words"),
        pytest.param("Maria de la Cruz", True, id="particles"),
        pytest.param("J. R. O’Neil-Smith", True, id="initials"),
        pytest.param("Ann", False, id="one word"),
        pytest.param("ann lee", False, id="small letters"),
        pytest.param("The Hafen News", False, id="paper"),
        pytest.param("Senior Editor", False, id="role"),
        pytest.param("ann@hafen.example", False, id="mail"),
        pytest.param("Ann Lee is a writer", False, id="sentence"),
        pytest.param("王小明", True, id="chinese"),
        pytest.param("编辑部", False, id="chinese desk"),
        pytest.param("김하늘", True, id="korean"),
        pytest.param("منى عادل", True, id="arabic"),
        pytest.param("海港日报", False, id="chinese paper"),
        pytest.param("Crisis Staff zu", False, id="particle at the end"),
        pytest.param("Ann’s Harbour", False, id="possessive"),
        pytest.param("Hafenstadt Clinic", False, id="clinic"),
        pytest.param("Иван Петров", True, id="russian"),
    ],
)
def test_is_person(name: str, person: bool) -> None:
    assert is_person(name) is person


@pytest.mark.parametrize(
    ("printed", "language", "names"),
    [
        pytest.param("By Ann Lee and Bo Ruiz", "en", ["Ann Lee", "Bo Ruiz"], id="two joined by and"),
        pytest.param("By ANN LEE", "en", ["Ann Lee"], id="capitals"),
        pytest.param("Ann Lee, Political editor", "en", ["Ann Lee"], id="role after comma"),
        pytest.param("Ann Lee Senior Political Correspondent", "en", ["Ann Lee"], id="role run together"),
        pytest.param("By Ann Lee in Paris | 3 May 2024", "en", ["Ann Lee"], id="place and date"),
        pytest.param("3 May 2024 · Ann Lee", "en", ["Ann Lee"], id="date first"),
        pytest.param("Published May 3, 2024 by Ann Lee", "en", ["Ann Lee"], id="by within"),
        pytest.param("Staff and agencies", "en", [], id="no person named"),
        pytest.param("Updated 3 May 2024", "en", [], id="a date"),
        pytest.param("By The Hafen News", "en", [], id="a paper"),
        pytest.param("Von Lena Vogt und Jan Kloss, Berlin", "de", ["Lena Vogt", "Jan Kloss"], id="german"),
        pytest.param("Text: Lena Vogt Fotos: Jan Kloss", "de", ["Lena Vogt"], id="photographer"),
        pytest.param("（记者 王小明 李红）", "zh", ["王小明", "李红"], id="chinese"),
        pytest.param("[항구=뉴스] 김하늘·박바다 기자", "ko", ["김하늘", "박바다"], id="korean"),
        pytest.param("山田花子 記者", "ja", ["山田花子"], id="japanese"),
        pytest.param("كتبت منى عادل وسارة حسن", "ar", ["منى عادل", "سارة حسن"], id="arabic"),
        pytest.param("بقلم أحمد سالم - القاهرة", "ar", ["أحمد سالم"], id="arabic place"),
        pytest.param("by Ann LeeNovember 21, 2024", "en", ["Ann Lee"], id="date run together"),
        pytest.param("ByAnn Lee", "en", ["Ann Lee"], id="by run together"),
        pytest.param("Ann LeeHarbour correspondent", "en", ["Ann Lee"], id="role run together without space"),
        pytest.param("Ann Lee (Content manager)", "en", ["Ann Lee"], id="role in brackets"),
        pytest.param("Ann Lee on Friday 3 May 2024", "en", ["Ann Lee"], id="weekday"),
        pytest.param("Sari Lembah, kontributor Teluk", "id", ["Sari Lembah"], id="role is no announcement"),
        pytest.param("", "en", [], id="nothing"),
    ],
)
def test_names_in_byline(printed: str, language: str, names: list[str]) -> None:
    assert [author.name for author in read_byline(printed, find_language(language))] == names


def test_byline_links_and_roles() -> None:
    people = read_byline("By Ann Lee, City editor", find_language("en"), [("Ann Lee", "https://a.example/ann")])
    assert people == (Author("Ann Lee", "https://a.example/ann", "City editor"),)


def test_surname_first() -> None:
    assert split_names("Lee, Ann T.") == (("Ann T. Lee", None),)


@pytest.mark.parametrize(
    ("printed", "desk"),
    [
        pytest.param("By The Hafen News Agency", "The Hafen News Agency", id="agency"),
        pytest.param("Staff", None, id="nameless"),
        pytest.param("By Ann Lee", None, id="person"),
    ],
)
def test_desk(printed: str, desk: str | None) -> None:
    assert read_desk(printed, find_language("en")) == desk


@pytest.mark.parametrize(
    ("printed", "desk"),
    [
        pytest.param("By HTN, in News, Sport · 3 May 2024", "HTN", id="initials"),
        pytest.param("Posted by Harbourfan on 3 May 2024", "Harbourfan", id="account"),
        pytest.param("Hafenstadt Now desk@hafen.example", "Hafenstadt Now", id="mail"),
        pytest.param("Senior editor", None, id="role"),
        pytest.param("By Staff", None, id="nobody"),
    ],
)
def test_announced_desk(printed: str, desk: str | None) -> None:
    assert read_desk(printed, find_language("en"), is_announced=True) == desk


@pytest.mark.parametrize(
    ("text", "language", "people"),
    [
        pytest.param("Ann Lee | Senior writer | 3 May 2024", "en", True, id="role and date"),
        pytest.param("王小明/海港日报", "zh", True, id="paper after the name"),
        pytest.param("Ann Lee opened the pool", "en", False, id="sentence"),
        pytest.param("Staff reporter, Hafenstadt", "en", False, id="nobody"),
        pytest.param("Hafenstadt Platform for Single Parents and Others in Town", "en", False, id="long place"),
    ],
)
def test_only_people(text: str, language: str, people: bool) -> None:
    assert only_people(text, find_language(language)) is people


@pytest.mark.parametrize(
    ("text", "language", "helper"),
    [
        pytest.param("Reviewed by Ann Lee", "en", True, id="reviewer"),
        pytest.param("By Ann Lee", "en", False, id="author"),
        pytest.param("（责编：王小明）", "zh", True, id="chinese editor"),
        pytest.param("Fotos: Jan Kloss", "de", True, id="photographer"),
    ],
)
def test_is_helper(text: str, language: str, helper: bool) -> None:
    assert is_helper(text, find_language(language)) is helper


TEXT = "".join(
    f"<p>The pool of the harbour town opened on day {n}, and many people came to see how deep the water of it is now. "
    "The key to the gate was lost, so the keeper had to read the buying guides of the shop and climb the fence.</p>"
    for n in range(6)
)


@pytest.mark.parametrize(
    ("before", "after", "head", "names"),
    [
        pytest.param("<p>Ann Lee</p><p>3 May 2024</p>", "", "", ["Ann Lee"], id="name beside a date"),
        pytest.param("<p>Buying Guides</p><p>3 May 2024</p>", "", "", [], id="words of the text beside a date"),
        pytest.param("<h2>Harbour Falls</h2>", "", "", [], id="name of a place"),
        pytest.param("<div class=text__author>Ann Lee</div>", "", "", ["Ann Lee"], id="named by the markup"),
        pytest.param("<p><a href=/author/ann/>Ann Lee</a></p>", "", "", ["Ann Lee"], id="page of an author"),
        pytest.param("<p><a href=/topic/lee/>Ann Lee</a></p>", "", "", [], id="page of a topic"),
        pytest.param(
            "<p><a href=/mitarbeiter/ann-lee>Ann Lee</a>, Hafenstadt, 3 May 2024</p>", "", "", ["Ann Lee"],
            id="page named after the author, beside a date",
        ),
        pytest.param(
            "<p><a href=/topic/ann-lee>Ann Lee</a>, Hafenstadt, 3 May 2024</p>", "", "", [], id="topic named after a person"
        ),
        pytest.param("<p>Written by</p><p>Ann Lee</p>", "", "", ["Ann Lee"], id="announced before"),
        pytest.param("<p>Reviewed by</p><p>Ann Lee</p>", "", "", [], id="reviewer"),
        pytest.param(
            "<p>By Ann Lee</p>", "", '<meta name="author" content="Bo Ruiz">', ["Ann Lee"], id="byline before account"
        ),
        pytest.param(
            "<p>By Ann Lee and Bo Ruiz</p>", "", '<meta name="author" content="Bo Ruiz">', ["Bo Ruiz", "Ann Lee"],
            id="byline adds",
        ),
        pytest.param(
            "<p class=authors><a href=/author/a/>Ann Lee</a><a href=/author/b/>Bo Ruiz</a></p>", "", "",
            ["Ann Lee", "Bo Ruiz"], id="links run together",
        ),
        pytest.param("<p>AFP, PARIS</p>", "", "", ["AFP"], id="agency and place"),
        pytest.param("", "<p>ab/Reuters</p>", "", ["Reuters"], id="agency after the text"),
        pytest.param("", "<p>(Ann Lee)</p>", "", ["Ann Lee"], id="signature"),
        pytest.param("", "<p>Written by Ann Lee</p>", "", ["Ann Lee"], id="by after the text"),
        pytest.param(
            "<p class=meta>by <a href=/author/hafen/>harbourfan</a> 3 May 2024</p>", "", "", ["harbourfan"], id="account"
        ),
        pytest.param(
            "<p>(Portville - Hafenbote)</p><p>3 May 2024</p>", "", '<meta property="og:site_name" content="Hafenbote">',
            ["Hafenbote"], id="paper in its place",
        ),
        pytest.param("", "", '<meta name="author" content="Hafenbote">', [], id="paper in its metadata"),
    ],
)  # fmt: skip
def test_printed_authors(before: str, after: str, head: str, names: list[str]) -> None:
    title = "The pool of the harbour town opens its gates again"
    page = (
        f'<html lang="en"><head><title>{title}</title>{head}<meta property="og:site_name" content="Hafenbote"></head>'
        f"<body><article><h1>{title}</h1>{before}{TEXT}{after}</article></body></html>"
    )
    assert [author.name for author in extract(page, url=URL).authors] == names


@pytest.mark.parametrize(
    ("language", "before", "after", "names"),
    [
        pytest.param("ko", "<p>김하늘 기자 | 2024-05-03 16:52</p>", "", ["김하늘"], id="korean"),
        pytest.param("zh", "<p>王小明/海港日报</p><p>2024-05-03 09:10</p>", "", ["王小明"], id="chinese name"),
        pytest.param("zh", "<p>2024年05月03日 来源：海港周刊</p>", "<p>责任编辑：李红</p>", ["海港周刊"], id="chinese source"),
        pytest.param("he", "", "<p>(נועה לוי)</p>", ["נועה לוי"], id="hebrew signature"),
        pytest.param("ar", "<p>كتبت منى عادل</p>", "", ["منى عادل"], id="arabic"),
    ],
)  # fmt: skip
def test_printed_authors_of_scripts(language: str, before: str, after: str, names: list[str]) -> None:
    words = {
        "ko": "항구 도시의 수영장이 다시 문을 열었고 많은 사람들이 물의 깊이를 보러 왔다고 한다. ",
        "zh": "海港城的游泳池重新开放，许多人前来观看池水到底有多深，管理员不得不翻过围栏去开门。",
        "he": "הבריכה של עיר הנמל נפתחה מחדש ואנשים רבים באו לראות כמה עמוקים המים שבה. ",
        "ar": "افتتح مسبح مدينة الميناء من جديد وجاء كثير من الناس ليروا كم هو عميق ماؤه اليوم. ",
    }[language]
    text = "".join(f"<p>{words * 3}{n}.</p>" for n in range(5))
    page = f'<html lang="{language}"><body><article><h1>{words[:24]}</h1>{before}{text}{after}</article></body></html>'
    assert [author.name for author in extract(page, url=URL).authors] == names


@pytest.mark.parametrize(
    ("printed", "language", "published", "modified"),
    [
        pytest.param("3 May 2024", "en", "2024-05-03", None, id="bare"),
        pytest.param("Published 3 May 2024, updated 5 May", "en", "2024-05-03", "2024-05-05", id="both"),
        pytest.param("Last updated: May 5, 2024", "en", None, "2024-05-05", id="updated"),
        pytest.param("May 3, 2024 Updated May 4, 2024", "en", "2024-05-03", "2024-05-04", id="bare and updated"),
        pytest.param(
            "Aktualisiert: 4. Mai 2024 | Veröffentlicht: 3. Mai 2024", "de", "2024-05-03", "2024-05-04", id="german"
        ),
        pytest.param("نشر: 3 مايو 2024 - تحديث: 4 مايو 2024", "ar", "2024-05-03", "2024-05-04", id="arabic"),
        pytest.param("5 min read", "en", None, None, id="no date"),
        pytest.param("Copyright 2024", "en", None, None, id="a year"),
    ],
)
def test_visible_dates(printed: str, language: str, published: str | None, modified: str | None) -> None:
    found = {c.field: c.value for c in read_visible_date(printed, find_language(language))}
    assert (found.get("published"), found.get("modified")) == (published, modified)


@pytest.mark.parametrize(
    ("before", "after", "published", "modified"),
    [
        pytest.param("<p>Updated</p><p>May 5, 2024</p>", "", None, "2024-05-05", id="label in a block of its own"),
        pytest.param("", f"{'<p>Lamps</p>' * 20}<h4>Published</h4><p>May 3, 2024</p>", "2024-05-03", None, id="far below"),
        pytest.param("", f"{'<p>Lamps</p>' * 20}<h4>Lamp fair</h4><p>May 3, 2024</p>", None, None, id="far below, of something else"),
        pytest.param("<figure><img src=a.jpg><figcaption>The lamp of Gull Rock, May 3, 2024</figcaption></figure>", "", None, None, id="day of a picture"),
        pytest.param("<p>The oil will last until May 3, 2024, unless somebody brings some more of it to the island.</p>", "", None, None, id="sentence"),
    ],
)  # fmt: skip
def test_printed_dates(before: str, after: str, published: str | None, modified: str | None) -> None:
    words = (
        "The lamp on Gull Rock burned for another night, and the keeper said that the oil of the island would last. "
    )
    text = "".join(f"<p>{words * 3}{n}.</p>" for n in "abcde")
    page = f"<html lang=en><body><article><h1>The lamp of Gull Rock</h1>{before}{text}</article><footer>{after}</footer></body></html>"
    article = extract(page, url=URL)
    assert (article.published, article.modified) == (published, modified)


def test_relative_date_keeps_what_was_printed() -> None:
    (claim,) = read_visible_date("2 hours ago", find_language("en"))
    assert (claim.value, claim.raw) == (None, "2 hours ago")


PARAGRAPHS = [
    f"The pool of the harbour town opened on day {n}, and many people came to see how deep the water is."
    for n in range(4)
]


HTML = "".join(f"<p>{p}</p>" for p in PARAGRAPHS)
JSON_SCRIPT = '<script type="application/json">{}</script>'


@pytest.mark.parametrize(
    ("form", "state"),
    [
        pytest.param(
            JSON_SCRIPT, {"headline": "x", "body": [{"type": "paragraph", "content": p} for p in PARAGRAPHS]}, id="next"
        ),
        pytest.param(
            "<script>Fusion.x=2;Fusion.globalContent={};Fusion.y=1</script>",
            {"content_elements": [{"type": "text", "content": f"<b>{p}</b>"} for p in PARAGRAPHS]},
            id="fusion",
        ),
        pytest.param("<script>window.__STATE__ = {}</script>", {"a": {"bodyHtml": HTML}}, id="html string"),
        pytest.param(
            JSON_SCRIPT,
            [{"_type": "block", "children": [{"_type": "span", "text": p}]} for p in PARAGRAPHS],
            id="portable text",
        ),
        pytest.param(
            "<script>self.__next_f.push([1,{}])</script>",
            "a:" + json.dumps([{"type": "p", "text": p} for p in PARAGRAPHS]) + "\n",
            id="streamed",
        ),
    ],
)
def test_page_state(form: str, state: Any) -> None:
    markup = form.replace("{}", json.dumps(state))
    bodies = [c.value for c in read_page_state(page_of(markup)) if c.field == "article_body"]
    assert bodies == [tuple(PARAGRAPHS)]


def test_page_state_without_article() -> None:
    assert read_page_state(page_of('<script type="application/json">{"a": [1, {"type": "image"}]}</script>')) == ()


JSON = st.recursive(
    st.none() | st.booleans() | st.floats(allow_nan=False) | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=4)
    | st.dictionaries(
        st.sampled_from(
            ["@type", "@id", "@graph", "author", "name", "image", "url", "headline", "datePublished", "publisher",
             "hasPart", "keywords", "liveBlogUpdate", "mainEntityOfPage", "articleBody", "inLanguage", "width",
             "isAccessibleForFree"]
        ),
        inner,
        max_size=6,
    ),
    max_leaves=25,
)  # fmt: skip


@given(JSON, st.sampled_from(["NewsArticle", "WebPage", "BreadcrumbList", "LiveBlogPosting", "VideoObject", None]))
def test_any_json_ld_is_read(value: Any, kind: str | None) -> None:
    if isinstance(value, dict) and kind:
        value["@type"] = kind
    read(script(json.dumps(value).replace("</", "<\\/")))


@given(st.text(max_size=80))
def test_any_text_is_read(text: str) -> None:
    read_loose_json("{" + text)
    split_names(text)
    read_byline(text, find_language("en"), [(text, None)])
    read_visible_date(text, find_language("de"))
    clean_title(text, text[:5])


@given(
    st.sampled_from(["author", "date", "og:title", "keywords", "article:author", "og:image", "twitter:data1"]),
    st.text(max_size=40),
)
def test_any_meta_is_read(name: str, content: str) -> None:
    safe = content.replace('"', "").replace("<", "")
    read(f'<meta name="{name}" content="{safe}"><title>{safe}</title>')
