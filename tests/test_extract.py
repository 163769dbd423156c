"""`extract` itself: what it takes, what it promises of every call, what options change."""

from __future__ import annotations

import copy
import gzip
import json
import pickle
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import FrozenInstanceError, fields
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree, html

import article_extract
from article_extract import (
    Article,
    ConfigError,
    FetchedPage,
    Options,
    Paragraph,
    ProfileError,
    SiteProfile,
    extract,
    extract_file,
)
from article_extract.options import FIELDS, Favor
from article_extract.testing import Fixture, list_fixtures
from conftest import FIXTURES

ALL = list(list_fixtures(FIXTURES))
URL = "https://www.saltpanecho.example/town/ferry"
PAGE = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Ferry to Quell Island sails again | The Saltpan Echo</title>
<meta property="og:site_name" content="The Saltpan Echo"><meta name="description" content="The ferry is back.">
<script type="application/ld+json">{"@context":"https://schema.org","@type":"NewsArticle","headline":"Ferry to Quell Island sails again",
"datePublished":"2026-03-02T07:30:00+00:00","author":{"@type":"Person","name":"Oda Finn"},"keywords":["ferry","Quell Island"]}</script></head>
<body><header><nav><a href="/">Home</a> <a href="/town">Town</a> <a href="/sea">Sea</a></nav></header>
<main><article><h1>Ferry to Quell Island sails again</h1>
<p class="byline">By Oda Finn</p>
<p>The ferry to Quell Island sailed again on Monday, after nineteen weeks in the dry dock at Port Odda.</p>
<p>“Nobody on the island will complain about the noise,” said Captain Brita Holm, who has steered it since 1998.</p>
<p class="see-also">See also: <a href="/town/the-crane-that-would-not-turn">The crane that would not turn</a></p>
<p>Café owner Naïm Zöller gave every passenger a coffee, and the brass band played until the tide went out.</p>
<p>The next sailing is on Thursday, and the council expects that the boat will be full before noon.</p>
</article></main>
<footer><p>© The Saltpan Echo</p></footer></body></html>
"""
FIRST = "The ferry to Quell Island sailed again on Monday"


def lxml_tree() -> Any:
    return etree.ElementTree(html.document_fromstring(PAGE))


# What it takes


@pytest.mark.parametrize(
    "given_page",
    [
        pytest.param(lambda: PAGE, id="str"),
        pytest.param(PAGE.encode, id="bytes"),
        pytest.param(lambda: bytearray(PAGE.encode()), id="bytearray"),
        pytest.param(lambda: memoryview(PAGE.encode()), id="memoryview"),
        pytest.param(lambda: PAGE.encode("utf-16"), id="bytes in UTF-16"),
        pytest.param(lambda: html.document_fromstring(PAGE), id="lxml.html element"),
        pytest.param(lambda: etree.fromstring(PAGE, etree.HTMLParser()), id="lxml.etree element"),
        pytest.param(lxml_tree, id="lxml tree"),
        pytest.param(lambda: BeautifulSoup(PAGE, "lxml"), id="BeautifulSoup with lxml"),
        pytest.param(lambda: BeautifulSoup(PAGE, "html.parser"), id="BeautifulSoup with html.parser"),
        pytest.param(lambda: FetchedPage(URL, PAGE.encode(), "text/html; charset=utf-8"), id="FetchedPage"),
    ],
)
def test_every_kind_of_input_gives_the_same_article(given_page: Callable[[], Any]) -> None:
    article = extract(given_page(), url=URL)
    assert article.title == "Ferry to Quell Island sails again"
    assert article == extract(PAGE, url=URL)


def test_the_page_holds_what_the_record_says() -> None:
    article = extract(PAGE, url=URL)
    assert [type(block).type for block in article.body] == [
        "paragraph",
        "paragraph",
        "related",
        "paragraph",
        "paragraph",
    ]
    assert article.text.startswith(FIRST)
    assert "crane" not in article.text
    assert [(q.text, q.speaker) for q in article.quotes] == [
        ("Nobody on the island will complain about the noise,", "Brita Holm")
    ]
    assert (article.site_name, article.language, article.published) == (
        "The Saltpan Echo",
        "en",
        "2026-03-02T07:30:00+00:00",
    )
    assert [author.name for author in article.authors] == ["Oda Finn"]
    assert [story.url for story in article.related] == [
        "https://www.saltpanecho.example/town/the-crane-that-would-not-turn"
    ]
    assert article.problems == ()


@pytest.mark.parametrize(
    "wrong",
    [
        pytest.param(None, id="None"),
        pytest.param(7, id="int"),
        pytest.param(Path("page.html"), id="Path"),
        pytest.param([PAGE], id="list"),
        pytest.param(object(), id="object"),
        pytest.param(Article(), id="Article"),
        pytest.param(BeautifulSoup, id="the BeautifulSoup class"),
    ],
)
def test_wrong_argument_type_names_what_is_accepted(wrong: Any) -> None:
    with pytest.raises(TypeError) as raised:
        extract(wrong)
    for accepted in ("str", "bytes", "lxml element", "tree", "BeautifulSoup", "FetchedPage", type(wrong).__name__):
        assert accepted in str(raised.value)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        pytest.param({"url": b"https://x.example"}, "url must be str", id="url as bytes"),
        pytest.param({"content_type": 1}, "content_type must be str", id="content_type as int"),
        pytest.param({"options": {"spans": True}}, "options must be Options", id="options as dict"),
        pytest.param({"options": None}, "options must be Options", id="options as None"),
    ],
)
def test_other_wrong_argument_types(arguments: Any, says: str) -> None:
    with pytest.raises(TypeError, match=says):
        extract(PAGE, **arguments)


def test_fetched_page_lends_its_address_and_charset() -> None:
    page = FetchedPage(
        URL, PAGE.replace('<meta charset="utf-8">', "").encode("cp1252"), "text/html; charset=windows-1252"
    )
    article = extract(page)
    assert article.url == URL
    assert "Naïm Zöller" in article.text
    assert extract(page, url="https://other.example/").url == "https://other.example/"


@pytest.mark.parametrize("name", [pytest.param("page.html", id="plain"), pytest.param("page.html.gz", id="gzip")])
def test_extract_file(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(gzip.compress(PAGE.encode()) if name.endswith(".gz") else PAGE.encode())
    assert extract_file(path, url=URL) == extract_file(str(path), url=URL) == extract(PAGE, url=URL)


def test_extract_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        extract_file(tmp_path / "nothing.html")


# What it leaves alone


def deep_markup() -> str:
    return PAGE.replace("<main>", "<main>" + "<div>" * 2500)


@pytest.mark.parametrize(
    "markup",
    [pytest.param(PAGE, id="page"), pytest.param("<p>a<b>b", id="fragment"), pytest.param(deep_markup(), id="deep")],
)
@pytest.mark.parametrize("spans", [False, True])
def test_a_tree_given_is_unchanged(markup: str, spans: bool) -> None:
    root = etree.fromstring(markup, etree.HTMLParser(huge_tree=True))
    soup = BeautifulSoup(markup.replace("<div>" * 2500, "<div>" * 200), "html.parser")
    before, soup_before = etree.tostring(root.getroottree()), str(soup)
    extract(root, url=URL, options=Options(spans=spans))
    extract(root.getroottree(), url=URL, options=Options(spans=spans))
    extract(soup, url=URL, options=Options(spans=spans))
    assert etree.tostring(root.getroottree()) == before
    assert str(soup) == soup_before


def test_an_element_within_a_tree_is_read_alone_and_left_there() -> None:
    root = html.document_fromstring(PAGE)
    before = etree.tostring(root)
    article = root.find(".//article")
    assert article is not None
    assert FIRST in extract(article, url=URL).text
    assert "© The Saltpan Echo" not in json.dumps(
        extract(article, url=URL, options=Options(spans=True)).to_dict(), ensure_ascii=False
    )
    assert etree.tostring(root) == before


def test_a_namespaced_tree_is_read_like_any_other() -> None:
    markup = f'<html xmlns="http://www.w3.org/1999/xhtml"><body><h1>Ferry sails</h1><p>{FIRST}, after nineteen weeks in the dock.</p></body></html>'
    root = etree.fromstring(markup)
    before = etree.tostring(root)
    assert FIRST in extract(root).text
    assert etree.tostring(root) == before


# The same out for the same in


def read(fixture: Fixture) -> str:
    return fixture.extract(spans=True).to_json()


def test_the_same_in_any_thread_and_any_order() -> None:
    assert ALL
    alone = [read(fixture) for fixture in ALL]
    with ThreadPoolExecutor(8) as pool:
        forward = list(pool.map(read, ALL))
        backward = list(pool.map(read, reversed(ALL)))
        again = list(pool.map(read, [fixture for fixture in ALL for _ in range(2)]))
    assert forward == alone
    assert backward[::-1] == alone
    assert again[::2] == again[1::2] == alone


def test_one_tree_read_by_many_threads() -> None:
    root = html.document_fromstring(PAGE)
    with ThreadPoolExecutor(8) as pool:
        articles = list(pool.map(lambda _: extract(root, url=URL), range(64)))
    assert set(articles) == {extract(PAGE, url=URL)}


def test_the_same_in_another_process_with_another_hash_seed(tmp_path: Path) -> None:
    code = "import sys; from article_extract.testing import list_fixtures; from pathlib import Path\nfor f in list_fixtures(Path(sys.argv[1])): print(f.extract(spans=True).to_json())"
    roots = ":".join(path for path in sys.path if path)
    first, second = (
        subprocess.run(
            [sys.executable, "-c", code, str(FIXTURES)],
            env={"PYTHONPATH": roots, "PYTHONHASHSEED": seed, "PYTHONIOENCODING": "utf-8"},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "4242")
    )
    assert first == second
    assert first.decode().splitlines() == [read(fixture) for fixture in ALL]


# What an Article is


@pytest.mark.parametrize("fixture", ALL, ids=lambda f: f.name)
def test_an_article_pickles_copies_and_prints(fixture: Fixture) -> None:
    article = fixture.extract(spans=True)
    for same in (
        pickle.loads(pickle.dumps(article)),
        copy.deepcopy(article),
        copy.copy(article),
        fixture.extract(spans=True),
    ):
        assert same == article
        assert hash(same) == hash(article)
        assert same.to_json() == article.to_json()
    assert [block.path for block in pickle.loads(pickle.dumps(article)).body] == [block.path for block in article.body]
    assert repr(article).startswith("Article(")


def test_an_article_is_frozen() -> None:
    article = extract(PAGE)
    with pytest.raises(FrozenInstanceError):
        article.title = "Other"  # type: ignore[misc]
    with pytest.raises((FrozenInstanceError, AttributeError, TypeError)):
        article.colour = "red"  # type: ignore[attr-defined]
    assert not hasattr(article, "__dict__")


def test_articles_differ_by_content_and_not_by_path() -> None:
    assert extract(PAGE) != extract(PAGE.replace("nineteen", "twenty"))
    assert (
        extract(PAGE.replace("<main>", "<main><div>").replace("</main>", "</div></main>"), url=URL).body
        == extract(PAGE, url=URL).body
    )
    assert Paragraph("a", (), "/html/body/p[1]") == Paragraph("a")


def test_paths_say_where_blocks_stood() -> None:
    root = html.document_fromstring(PAGE)
    soup = BeautifulSoup(PAGE, "html.parser")
    for block in extract(root).body:
        found = soup.select(block.path)
        assert len(found) == 1
        if block.type == "paragraph":
            assert " ".join(found[0].get_text().split()) == block.text


def test_every_public_name_is_there() -> None:
    for name in article_extract.__all__:
        assert getattr(article_extract, name) is not None
    with pytest.raises(AttributeError, match="no attribute 'extrakt'"):
        _ = article_extract.extrakt


# Options


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        pytest.param({"fields": {"titel"}}, "unknown field 'titel'", id="unknown field"),
        pytest.param({"fields": {"spans"}}, "unknown field 'spans'", id="spans is an option of its own"),
        pytest.param({"fields": "title"}, r"Options.fields: .* not str", id="fields as str"),
        pytest.param({"fields": 3}, r"Options.fields: .* not int", id="fields as int"),
        pytest.param({"favor": "speed"}, "Options.favor: 'speed' is none of balance, precision, recall", id="favor"),
        pytest.param({"favor": None}, "Options.favor", id="favor None"),
        pytest.param({"max_bytes": 0}, "Options.max_bytes: a positive whole number", id="no bytes"),
        pytest.param({"max_bytes": 1.5}, "Options.max_bytes", id="fraction of a byte"),
        pytest.param({"max_bytes": True}, "Options.max_bytes", id="bytes as bool"),
        pytest.param({"max_depth": -3}, "Options.max_depth", id="negative depth"),
        pytest.param({"max_seconds": 0}, "Options.max_seconds: a positive number or None", id="no time"),
        pytest.param({"max_seconds": float("nan")}, "Options.max_seconds", id="not a number"),
        pytest.param({"max_seconds": "60"}, "Options.max_seconds", id="seconds as str"),
        pytest.param({"language": 7}, "Options.language", id="language as int"),
        pytest.param(
            {"sites": SiteProfile(domain="a.example", labels={})}, "Options.sites", id="one profile without a tuple"
        ),
        pytest.param({"sites": ("a.example",)}, "Options.sites", id="a domain is no profile"),
    ],
)
def test_options_are_checked(arguments: Any, says: str) -> None:
    with pytest.raises(ConfigError, match=says):
        Options(**arguments)


def test_options_are_frozen_and_comparable() -> None:
    assert Options(fields=["title", "text"]) == Options(fields=frozenset({"text", "title"}))  # type: ignore[arg-type]
    assert hash(Options(favor="recall")) == hash(Options(favor="recall"))
    assert pickle.loads(pickle.dumps(Options(language="fa"))) == Options(language="fa")
    with pytest.raises(FrozenInstanceError):
        Options().favor = "recall"  # type: ignore[misc]
    with pytest.raises(TypeError):
        Options(frozenset())  # type: ignore[call-arg]


def test_options_with_profiles_are_hashable() -> None:
    profile = SiteProfile(domain="a.example", labels={"p.intro": "lead"})
    assert hash(Options(sites=(profile,))) == hash(Options(sites=(profile,)))
    assert pickle.loads(pickle.dumps(profile)) == profile


ALWAYS = {"kind", "problems", "spans", "sources"}


@pytest.mark.parametrize("name", sorted(FIELDS))
def test_only_the_field_asked_for_is_filled(name: str) -> None:
    whole = extract(PAGE, url=URL)
    article = extract(PAGE, url=URL, options=Options(fields=frozenset({name})))
    assert getattr(article, name) == getattr(whole, name)
    empty = Article()
    for other in (f.name for f in fields(Article) if f.name not in {*ALWAYS, name}):
        assert getattr(article, other) == getattr(empty, other), other
    assert (article.kind, article.problems) == (whole.kind, whole.problems)


def test_no_field_asked_for() -> None:
    article = extract(PAGE, url=URL, options=Options(fields=frozenset()))
    assert article == Article(kind="article")


@given(st.sets(st.sampled_from(sorted(FIELDS))))
def test_indices_never_point_into_what_is_not_there(wanted: set[str]) -> None:
    article = extract(PAGE, url=URL, options=Options(fields=frozenset(wanted)))
    for made in (article.to_json, article.to_text, article.to_markdown, article.to_html, article.to_schema_org):
        made()


FAVORS: tuple[Favor, ...] = ("balance", "precision", "recall")


@pytest.mark.parametrize("fixture", ALL, ids=lambda f: f.name)
def test_favor_is_monotonic(fixture: Fixture) -> None:
    balance, precision, recall = (
        extract(fixture.content(), url=fixture.url, content_type=fixture.content_type, options=Options(favor=favor))
        for favor in FAVORS
    )
    assert len(precision.text) <= len(balance.text) <= len(recall.text)
    assert set(precision.text.splitlines()) <= set(balance.text.splitlines()) <= set(recall.text.splitlines())


@pytest.mark.parametrize(
    ("hint", "language", "direction"),
    [
        pytest.param("de-AT", "de-AT", "ltr", id="with region"),
        pytest.param("fa", "fa", "ltr", id="the script tells the direction"),
        pytest.param(None, "en", "ltr", id="none given"),
    ],
)
def test_language_hint_is_believed(hint: str | None, language: str, direction: str) -> None:
    article = extract(PAGE, options=Options(language=hint))
    assert (article.language, article.direction) == (language, direction)


def test_language_hint_helps_a_page_that_says_nothing() -> None:
    page = "<h1>Byen</h1><p>Broen er lukket.</p>"
    assert extract(page, options=Options(language="da")).language == "da"


def test_max_bytes_cuts_and_says_so() -> None:
    article = extract(PAGE + "<p>" + "x" * 5000, options=Options(max_bytes=len(PAGE)))
    assert article.text.startswith(FIRST)
    assert [p.message for p in article.problems] == [f"cut after {len(PAGE)} of {len(PAGE) + 5003} characters"]


def test_max_seconds_leaves_out_and_says_so() -> None:
    article = extract(PAGE, options=Options(max_seconds=1e-9))
    assert article.text.startswith(FIRST)
    assert article.quotes == ()
    assert {"embeds", "quotes"} <= {p.field for p in article.problems}


# Site profiles


def test_labels_of_a_profile_come_before_every_rule() -> None:
    page = PAGE.replace("<p>The next sailing", '<p class="coda">The next sailing').replace(
        "<p>Café", '<p id="treat">Café'
    )
    profile = SiteProfile(domain="saltpanecho.example", labels={"p.coda": "ad", "#treat": "quote"})
    article = extract(page, url=URL, options=Options(sites=(profile,)))
    assert "The next sailing" not in article.text
    assert [r.kind for r in article.removed if r.text.startswith("The next sailing")] == ["ad"]
    assert [b.text[:4] for b in article.body if b.type == "quote"] == ["Café"]
    assert {r.rule for r in article.removed if r.kind == "ad"} == {"site.saltpanecho.example.p.coda"}


@pytest.mark.parametrize(
    ("selector", "label", "opening"),
    [
        pytest.param("p.coda", "heading", "The next sailing", id="heading that heads nothing"),
        pytest.param("p.see-also", "paragraph", "See also: The cr", id="paragraph that looks like a related story"),
    ],
)
def test_later_passes_leave_a_profiles_label_alone(selector: str, label: str, opening: str) -> None:
    profile = SiteProfile(domain="saltpanecho.example", labels={selector: label})
    page = PAGE.replace("<p>The next sailing", '<p class="coda">The next sailing')
    article = extract(page, url=URL, options=Options(sites=(profile,)))
    assert (label, opening) in [(block.type, block.text[:16]) for block in article.body]


@pytest.mark.parametrize(
    ("domain", "fits"),
    [
        pytest.param("saltpanecho.example", True, id="domain"),
        pytest.param("www.saltpanecho.example", True, id="host"),
        pytest.param("panecho.example", False, id="tail of a name"),
        pytest.param("m.saltpanecho.example", False, id="another host"),
    ],
)
def test_a_profile_is_for_its_site_alone(domain: str, fits: bool) -> None:
    page = PAGE.replace("<p>The next sailing", '<p class="coda">The next sailing')
    options = Options(sites=(SiteProfile(domain=domain, labels={"p.coda": "ad"}),))
    assert ("The next sailing" in extract(page, url=URL, options=options).text) is not fits
    assert "The next sailing" in extract(page, options=options).text


@pytest.mark.parametrize(
    ("domain", "labels", "says"),
    [
        pytest.param("", {}, "no host name", id="no domain"),
        pytest.param("https://a.example/", {}, "no host name", id="address for a domain"),
        pytest.param("a.example", {"p.intro": "standfirst"}, "unknown label 'standfirst'", id="unknown label"),
        pytest.param("a.example", {"p": "lead"}, "none of tag.class", id="tag alone"),
        pytest.param("a.example", {"div > p.intro": "lead"}, "none of tag.class", id="combinator"),
        pytest.param("a.example", {"div p.intro": "lead"}, "none of tag.class", id="descendant"),
        pytest.param("a.example", {"p.intro.large": "lead"}, "none of tag.class", id="two classes"),
        pytest.param("a.example", {"p.intro": "undecided"}, "unknown label 'undecided'", id="a label of the passes"),
    ],
)
def test_faulty_profile(domain: str, labels: dict[str, str], says: str) -> None:
    with pytest.raises(ProfileError, match=says):
        SiteProfile(domain=domain, labels=labels)


@pytest.mark.parametrize(
    "wrap",
    [
        pytest.param("<form method=post action=./ferry.aspx>{}</form>", id="the whole page in a form"),
        pytest.param("<h4>{}</h4>", id="the text in a heading"),
        pytest.param("<form><fieldset>{}</fieldset></form>", id="in a fieldset of a form"),
    ],
)
def test_containers_that_lie(wrap: str) -> None:
    start, end = PAGE.index("<p>The ferry"), PAGE.index("</article>")
    story = "".join(f"<div>{line[3:-4]}</div>" for line in PAGE[start:end].splitlines() if line.startswith("<p>"))
    article = extract(PAGE[:start] + wrap.format(story) + PAGE[end:], url=URL)
    assert [type(b) for b in article.body] == [Paragraph] * 4
    assert article.text.startswith(FIRST) or FIRST in (article.lead or "")


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ('<a href="/x">a new dock<svg class="out"><g><path d="M0"/></g> </svg></a> for it', "a new dock for it"),
        ('<a href="/x">a new dock<svg><title>opens elsewhere</title></svg></a> for it', "a new dock for it"),
        ('a new<svg><style> .a{fill:red} </style> <path d="M0"/></svg> dock for it', "a new dock for it"),
        ("<ruby><rb>渡</rb><rp>（</rp><rt>わたし</rt><rp>）</rp></ruby> for it", "渡（わたし） for it"),
        ("a <x-term>bollard</x-term> for it", "a bollard for it"),
        ("<math><msup><mi>c</mi><mn>2</mn></msup></math> for it", "c2 for it"),
    ],
)
def test_icons_and_unknown_elements_amid_text(markup: str, text: str) -> None:
    page = PAGE.replace("after nineteen weeks in the dry dock at Port Odda.", f"after the harbour had found {markup}.")
    assert f"after the harbour had found {text}." in extract(page, url=URL).text


def test_linked_lines_of_one_paragraph_are_a_story_each() -> None:
    links = (
        '<p>See also<br><a href="/town/2026/the-stairs-of-the-lighthouse">The stairs &#8203;of the lighthouse</a><br> '
        '<a href="/town/2026/the-bell-in-the-night">The bell that rang in the night</a></p>'
    )
    page = PAGE.replace("<p>Café owner", f"{links}<p>Café owner")
    article = extract(page, url=URL, options=Options(spans=True))
    titles = ["The stairs of the lighthouse", "The bell that rang in the night"]
    assert [r.title for r in article.related if r.url and "/2026/" in r.url] == titles
    assert article.spans is not None
    owners = {s.text.replace("\u200b", "").strip(): s.owner for s in article.spans}
    for number, related in enumerate(article.related):
        assert owners[related.title] == f"related[{number}]"
        assert related.block is not None, related.title
