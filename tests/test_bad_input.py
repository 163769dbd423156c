"""What is no page, or one made to hurt: an Article every time, with a problem that says what it is."""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
import zlib
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from article_extract import Article, Options, extract
from hostile import MEGABYTE, OUTWEIGHED, PAGES, SENTENCES, STORY, page

PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00" + zlib.compress(
    b"\0" * 40
)
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00\xff\xdb\x00C\x00" + bytes(range(1, 65))
PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<< /Type /Catalog >>\nendobj\n<p>The mayor said so.</p>\ntrailer\n%%EOF\n"
EXECUTABLE = b"\x7fELF\x02\x01\x01" + bytes(9) + bytes(range(256)) * 8


@pytest.mark.parametrize(
    ("source", "kind", "says"),
    [
        pytest.param("", "error", "the page is empty", id="empty str"),
        pytest.param(b"", "error", "the page is empty", id="empty bytes"),
        pytest.param(bytearray(), "error", "the page is empty", id="empty bytearray"),
        pytest.param(" \n\t\r\n ", "error", "the page is empty", id="white space"),
        pytest.param(b" \n\t\r\n ", "error", "the page is empty", id="white space as bytes"),
        pytest.param("\xa0\u2003\u3000", "error", "the page is empty", id="white space of other scripts"),
        pytest.param("\ufeff", "error", "the page is empty", id="byte order mark as str"),
        pytest.param(b"\xef\xbb\xbf", "error", "the page is empty", id="byte order mark"),
        pytest.param(b"\xff\xfe", "error", "the page is empty", id="byte order mark of UTF-16"),
        pytest.param(PDF, "other", "a PDF file", id="PDF"),
        pytest.param(PNG, "other", "a PNG image", id="PNG"),
        pytest.param(JPEG, "other", "a JPEG image", id="JPEG"),
        pytest.param(b"GIF89a\x01\x00\x01\x00", "other", "a GIF image", id="GIF"),
        pytest.param(b"RIFF\x24\x00\x00\x00WEBPVP8 ", "other", "an image, sound or video file", id="WebP"),
        pytest.param(b"\x00\x00\x00\x20ftypisom\x00\x00\x02\x00", "other", "an image or video file", id="MP4"),
        pytest.param(gzip.compress(STORY.encode()), "other", "gzip-compressed bytes; decompress them first", id="gzip"),
        pytest.param(b"\x28\xb5\x2f\xfd\x24\x00\x01\x00\x00", "other", "zstd-compressed", id="zstd"),
        pytest.param(
            b"PK\x03\x04\x14\x00\x06\x00[Content_Types].xml",
            "other",
            "a ZIP archive or office document",
            id="office document",
        ),
        pytest.param(EXECUTABLE, "other", "a program", id="program"),
        pytest.param(
            bytes(range(256)) * 20,
            "other",
            "binary data",
            id="every byte",
        ),
        pytest.param(bytes(5000), "other", "binary data", id="nothing but NUL"),
        pytest.param(b'{"headline": "Pool opens", "body": ["<p>It opened.</p>"]}', "other", "JSON", id="JSON object"),
        pytest.param('[{"headline": "Pool opens"}]', "other", "JSON", id="JSON list"),
        pytest.param("[1, 2, 3]", "other", "JSON", id="JSON numbers"),
        pytest.param("{}", "other", "JSON", id="empty JSON object"),
    ],
)
def test_what_is_no_page(source: Any, kind: str, says: str) -> None:
    article = extract(source, url="https://news.example/a")
    assert says in " ".join(problem.message for problem in article.problems)
    assert article == Article(url="https://news.example/a", kind=kind, problems=article.problems)  # type: ignore[arg-type]
    assert Article.from_dict(json.loads(article.to_json())) == article


@pytest.mark.parametrize(
    "source",
    [
        pytest.param("<", id="angle bracket"),
        pytest.param("<html", id="half a tag"),
        pytest.param("</html>", id="end tag alone"),
        pytest.param("<!DOCTYPE html>", id="doctype alone"),
        pytest.param("<html></html>", id="empty document"),
        pytest.param("<html><head><title></title></head><body></body></html>", id="empty body"),
        pytest.param("<!-- nothing -->", id="comment alone"),
        pytest.param("<!--", id="open comment"),
        pytest.param("<?xml version='1.0'?>", id="XML declaration alone"),
        pytest.param("<frameset><frame src=a></frameset>", id="frameset"),
        pytest.param("<script>var a = '<p>not text</p>'</script>", id="script alone"),
        pytest.param("<svg><text>x</text></svg>", id="svg"),
        pytest.param("<![CDATA[x]]>", id="CDATA"),
        pytest.param("<p>", id="one tag"),
        pytest.param("&#0;&#xD800;&#x110000;&#99999999999;", id="impossible characters"),
        pytest.param("<body>&#1;&#x0b;<p>\x01\x02</p>", id="control characters"),
        pytest.param("<a:b:c xmlns:a='' d:e='f'><g:h/></a:b:c>", id="odd namespaces"),
        pytest.param("<1><2 3=4><p/><//>", id="no names"),
        pytest.param("<p a\x00b='c'\x00>x\x00y</p\x00>", id="NUL in markup"),
        pytest.param("<p style='\ud800' class='\udfff'>\ud83d</p>", id="lone surrogates"),
        pytest.param(b"<p>\xff\xfe\xfd</p>", id="invalid bytes"),
        pytest.param(b"\xfe\xff<p>wrong mark</p>", id="wrong byte order mark"),
        pytest.param(b"<meta charset=utf-7><p>+ADw-script+AD4-</p>", id="UTF-7"),
        pytest.param(b"<meta charset='nonsense\xff'><p>x</p>", id="unknown charset"),
    ],
)
def test_scraps_of_markup(source: Any) -> None:
    article = extract(source, options=Options(spans=True))
    assert article.title is None
    assert article.kind != "article"
    assert len(article.text) < 60
    assert Article.from_dict(json.loads(article.to_json())) == article
    for form in (article.to_text, article.to_markdown, article.to_html, article.to_schema_org):
        form()


def test_truncated_markup_keeps_what_is_there() -> None:
    whole = page()
    for length in range(0, len(whole), 17):
        assert isinstance(extract(whole[:length]), Article)
    cut = extract(whole[: whole.index("The town council") + 30])
    assert SENTENCES[0] in cut.text
    assert "The town council paid" in cut.text


@pytest.mark.parametrize(
    ("source", "says"),
    [
        pytest.param(page().replace("Tuesday", "Tues\0day"), "NUL", id="NUL as str"),
        pytest.param(page().replace("Tuesday", "Tues\0day").encode(), "NUL", id="NUL as bytes"),
        pytest.param(page().replace("Tuesday", "Tues\ud800day"), "lone surrogates", id="lone surrogate"),
        pytest.param(page().replace("Tuesday", "Tues\ud83dday\udc4d"), "lone surrogates", id="surrogates apart"),
        pytest.param(page().encode().replace(b"Tuesday", b"Tues\xffday"), "invalid byte", id="invalid byte"),
    ],
)
def test_odd_characters_are_replaced_and_named(source: Any, says: str) -> None:
    article = extract(source)
    assert "Tues\ufffd" in article.text
    assert SENTENCES[2] in article.text
    assert any(says in problem.message for problem in article.problems)


def test_surrogate_pairs_are_characters() -> None:
    assert "Tues\U0001f44dday" in extract(page().replace("Tuesday", "Tues\ud83d\udc4dday")).text


@pytest.mark.parametrize(
    ("words", "name"),
    [
        pytest.param(["deep words"], "10,000 nested inline elements", id="inline elements"),
        pytest.param(["one", "two", "three"], "colspan of 2**53", id="colspan"),
    ],
)
def test_words_in_hostile_places_are_somewhere(words: list[str], name: str) -> None:
    article = extract(PAGES[name](), options=Options(spans=True))
    assert article.spans is not None
    whole = "".join(span.text for span in article.spans)
    for word in words:
        assert word in whole


@pytest.mark.parametrize("levels", [257, 1000, 1999, 3000, 10_000, 50_000])
@pytest.mark.parametrize("tag", ["div", "b", "span", "blockquote", "ul", "table"])
def test_text_of_deep_nesting_is_kept(levels: int, tag: str) -> None:
    inner = {"ul": "<li>", "table": "<tr><td>"}.get(tag, "")
    article = extract(f"<body>{STORY}{f'<{tag}>{inner}' * levels}Down here it says so.", options=Options(spans=True))
    assert article.spans is not None
    assert "Down here it says so." in "".join(span.text for span in article.spans)
    assert any("flattened" in problem.message for problem in article.problems) == (
        levels * (1 + inner.count("<")) > 2000
    )
    assert SENTENCES[0] in article.text


@pytest.mark.parametrize("build", ["lxml", "soup"])
def test_deep_trees_of_other_people(build: str) -> None:
    markup = f"<html><body>{STORY}{'<div>' * 1500}Down here.{'</div>' * 1500}</body></html>"
    if build == "lxml":
        root = etree.fromstring(markup, etree.HTMLParser(huge_tree=True))
        article = extract(root, options=Options(max_depth=100))
    else:
        from bs4 import BeautifulSoup

        article = extract(BeautifulSoup(markup, "html.parser"), options=Options(max_depth=100))
    assert SENTENCES[0] in article.text
    assert any("flattened" in problem.message for problem in article.problems)


def test_the_limit_of_bytes_is_kept() -> None:
    article = extract(page(after="<p>" + "x" * 2 * MEGABYTE), options=Options(max_bytes=MEGABYTE))
    assert SENTENCES[0] in article.text
    assert article.problems[0].message.startswith(f"cut after {MEGABYTE} of")


MEMORY = {"50 MB of paragraphs": 3072}
"""Megabytes of address space, where more than the usual is needed."""


@pytest.mark.parametrize("name", [pytest.param(name, id=name) for name in PAGES])
def test_hostile_pages_give_their_story(name: str) -> None:
    limit = MEMORY.get(name, 1024) * MEGABYTE
    here = Path(__file__).parent
    environment = {**os.environ, "PYTHONPATH": f"{here.parent / 'src'}{os.pathsep}{here}"}
    done = subprocess.run(
        [sys.executable, "-m", "hostile", name, str(limit)],
        capture_output=True,
        text=True,
        env=environment,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    found = json.loads(done.stdout)
    if name == "state JSON nested 100,000 deep":
        assert (found["kind"], found["title"]) == ("other", None)
        return
    where = "\n".join(found["removed"]) if name in OUTWEIGHED else ""
    assert [sentence for sentence in SENTENCES if sentence in found["found"] or sentence in where] == list(SENTENCES)
    assert found["title"] == "Lighthouse of Port Odda lit again"
