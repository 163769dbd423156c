"""Law 1 of the record contract: nothing lost, nothing twice, one owner each."""

from __future__ import annotations

import gzip
import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from article_extract import Article, Options, extract
from article_extract.testing import list_fixtures
from conftest import FIXTURES
from visible import visible_text

OWNER = re.compile(r"^(title|kicker|lead|image|space|(body|embeds|related|removed)\[(\d+)\])$")


def check_law(article: Article, root: object) -> None:
    """The spans give the visible text back, and every owner exists."""
    assert article.spans is not None
    assert "".join(span.text for span in article.spans) == visible_text(root)
    for span in article.spans:
        match = OWNER.match(span.owner)
        assert match, span
        if match[2]:
            assert int(match[3]) < len(getattr(article, match[2])), span
    owned = {span.owner for span in article.spans}
    for number in range(len(article.removed)):
        assert f"removed[{number}]" in owned
    for quote in article.quotes:
        if quote.block is not None and quote.start is not None:
            assert article.body[quote.block].text[quote.start : quote.end] == quote.text
    for block in article.body:
        if block.type == "embed":
            assert article.embeds[block.embed].block is not None  # type: ignore[union-attr]
        if block.type == "related":
            assert block.related < len(article.related)  # type: ignore[union-attr]
        if block.type == "paragraph":
            for mark in block.inline:  # type: ignore[union-attr]
                assert 0 <= mark.start < mark.end <= len(block.text)


def tree_of(markup: str) -> object:
    """The tree that is given to `extract`, so that both read the same one."""
    return etree.fromstring(markup.encode(), etree.HTMLParser(encoding="utf-8", huge_tree=True))


words = st.sampled_from(
    [
        "Anna",
        "said",
        "town.",
        "“Yes”",
        "المدينة",
        "城市。",
        "Read more",
        "Loading...",
        "3 May 2026",
        "Foto: X",
        "\u200b",
        "\xa0",
        " ",
        "\n\t",
        "(dpa)",
        "%",
        "Share",
        "by",
    ]
)
text = st.lists(words, max_size=14).map(" ".join)
tags = st.sampled_from(
    "p div span a b i h1 h2 li ul ol blockquote figure figcaption section article aside nav footer header button br hr img table tr td svg "
    "script style template noscript textarea select option iframe pre time video form label".split()
)
attributes = st.sampled_from(
    [
        "",
        ' class="share-bar"',
        ' class="article-body"',
        ' class="related"',
        ' hidden=""',
        ' style="display:none"',
        ' class="sr-only"',
        ' href="/news/a-story-of-1"',
        ' class="caption"',
        ' class="byline"',
        ' class="kicker"',
        ' class="twitter-tweet"',
        ' src="https://www.youtube.com/embed/abcdefghijk"',
        ' class="lead"',
    ]
)


def element(children: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """An element with attributes around some children."""
    return st.tuples(tags, attributes, st.lists(children, max_size=4)).map(
        lambda t: f"<{t[0]}{t[1]}>{''.join(t[2])}</{t[0]}>"
    )


markup = st.recursive(text, element, max_leaves=30)


@given(st.lists(markup, max_size=6))
def test_spans_are_the_visible_text_of_generated_pages(parts: list[str]) -> None:
    tree = tree_of(f"<html><head><title>T</title></head><body>{''.join(parts)}</body></html>")
    check_law(extract(tree, options=Options(spans=True)), tree)  # type: ignore[arg-type]


@given(st.text(max_size=300))
def test_any_string_is_read(source: str) -> None:
    article = extract(source, options=Options(spans=True))
    assert Article.from_dict(json.loads(article.to_json())) == article


@given(st.binary(max_size=300))
def test_any_bytes_are_read(source: bytes) -> None:
    assert extract(source, options=Options(spans=True)) == extract(source, options=Options(spans=True))


@pytest.mark.parametrize("fixture", list(list_fixtures(FIXTURES)), ids=lambda f: f.name)
def test_spans_are_the_visible_text_of_fixtures(fixture: object) -> None:
    from article_extract.stages.decode import decode

    source = decode(fixture.content(), fixture.content_type, 1 << 25)  # type: ignore[attr-defined]
    tree = tree_of(source.text)
    check_law(extract(tree, url=fixture.url, options=Options(spans=True)), tree)  # type: ignore[arg-type,attr-defined]


def test_spans_are_the_visible_text_of_every_corpus_page(corpus: Path) -> None:
    count = 0
    for path in sorted(corpus.glob("*/pages/*.html.gz")):
        content = gzip.decompress(path.read_bytes())
        if not content.strip():
            continue
        tree = etree.fromstring(content, etree.HTMLParser(encoding="utf-8", huge_tree=True))
        if tree is None:
            continue
        check_law(extract(tree, options=Options(spans=True)), tree)
        count += 1
    assert count > 1000
