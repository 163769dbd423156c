"""Text to a tree: what lxml alone would lose or choke on."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from article_extract.options import Options
from article_extract.page import DecodedPage, Page
from article_extract.stages.decode import decode
from article_extract.stages.parse import adopt, parse

DEFAULTS = Options()


def read(markup: str, url: str | None = None, options: Options = DEFAULTS) -> Page:
    return parse(decode(markup, None, options.max_bytes), url, options)


def words(page: Page) -> list[str]:
    return " ".join(str(t) for t in page.root.itertext()).split()


def depth_of(root: etree._Element) -> int:
    deepest = depth = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        deepest = max(deepest, depth)
    return deepest


@pytest.mark.parametrize("levels", [300, 1990, 2100, 10_000])
def test_deep_text_is_not_lost(levels: int) -> None:
    page = read(f"<body>{'<div>' * levels}deep text{'</div>' * levels}<p>after</p></body>")
    assert words(page) == ["deep", "text", "after"]
    assert depth_of(page.root) <= 2050
    assert bool(page.problems) == (levels > 2000)


def test_flattening_keeps_words_apart_and_scripts_hidden() -> None:
    markup = f"<body>{'<div>' * 30}<p>one</p><script>var hidden</script><p>two</p><img src=a.png></body>"
    page = read(markup, options=Options(max_depth=10))
    assert depth_of(page.root) <= 12
    script = page.root.find(".//script")
    assert script is not None
    assert script.text == "var hidden"
    assert page.root.find(".//img") is not None
    assert words(page) == ["one", "var", "hidden", "two"]
    assert "flattened" in page.problems[0].message


@pytest.mark.parametrize(
    "attributes",
    [
        pytest.param(" ".join(f'a{i}="1"' for i in range(50_000)), id="with values"),
        pytest.param(" ".join(f"a{i}" for i in range(50_000)), id="without values"),
        pytest.param(" ".join(f"a{i}='>'" for i in range(50_000)), id="brackets in values"),
    ],
)
def test_absurd_attributes_are_capped(attributes: str) -> None:
    page = read(f"<p>before</p><div {attributes}>text</div><p>after</p>")
    assert words(page) == ["before", "text", "after"]
    assert len(page.root.findall(".//div")[0].attrib) <= 256
    assert "attributes" in page.problems[0].message


def test_code_that_looks_like_attributes_stays() -> None:
    code = "if (a <b " + "x y z " * 2000 + ") {}"
    page = read(f"<script>{code}</script><p>text</p>")
    script = page.root.find(".//script")
    assert script is not None
    assert script.text == code
    assert page.problems == ()


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        pytest.param("<html><body><p>one</p></body></html><html><body>two<p>three", "one two three", id="second page"),
        pytest.param("<body><p>one</p></body><p>two</p></html>three<p>four", "one two three four", id="after html"),
        pytest.param("<p>zero<body><p>one</p></body><body><p>two", "zero one two", id="several bodies"),
        pytest.param("<head><title>Pool\n<meta name=a content=b></head><body><p>one</p>", "Pool one", id="open title"),
        pytest.param("<head><!-- Pool\n<meta name=a></head><body><p>one</p></body>", "one", id="open comment"),
        pytest.param("<p>one<p>two<div>thr", "one two thr", id="cut"),
        pytest.param("<p>one</p><di", "one", id="cut in a tag"),
        pytest.param("a\0b<p>c", "a\ufffdb c", id="nul"),
        pytest.param("<td colspan=9007199254740992>one", "one", id="huge colspan"),
    ],
)
def test_broken_markup(markup: str, expected: str) -> None:
    page = read(markup)
    text = " ".join(" ".join(str(t) for t in page.root.itertext()).split())
    assert text == expected
    assert page.root.tag == "html"
    assert page.root.find("body") is not None


@pytest.mark.parametrize(
    ("markup", "url", "base"),
    [
        pytest.param("<base href='/b/'><p>x", "https://a.example/c", "https://a.example/b/", id="relative to url"),
        pytest.param("<base href='https://b.example/'><p>x", None, "https://b.example/", id="absolute"),
        pytest.param("<base target=_top><p>x", "https://a.example/c", "https://a.example/c", id="without href"),
        pytest.param("<p>x", None, None, id="none"),
    ],
)
def test_base(markup: str, url: str | None, base: str | None) -> None:
    assert read(f"<head>{markup}", url).base_url == base


@pytest.mark.parametrize("kind", ["empty", "binary", "json"])
def test_what_is_no_markup_gives_an_empty_page(kind: str) -> None:
    page = parse(DecodedPage("{}", "utf-8", kind), None, Options())  # type: ignore[arg-type]
    assert words(page) == []


def test_plain_text_gives_paragraphs() -> None:
    page = read("One line\nand more.\n\n3 < 4 & 5")
    assert [p.text for p in page.root.iter("p")] == ["One line\nand more.", "3 < 4 & 5"]


SOUP = '<div class="a b" id=c><p>one<!-- no --><b>two</b></p>three</div>'


@pytest.mark.parametrize(
    "tree",
    [
        pytest.param(BeautifulSoup(SOUP, "html.parser"), id="soup"),
        pytest.param(BeautifulSoup(SOUP, "html.parser").div, id="tag"),
        pytest.param(BeautifulSoup(f"<html><body>{SOUP}</body></html>", "lxml"), id="soup with root"),
        pytest.param(etree.fromstring(SOUP, etree.HTMLParser()), id="lxml"),
        pytest.param(etree.ElementTree(etree.fromstring(SOUP, etree.HTMLParser())), id="lxml tree"),
    ],
)
def test_adopted_trees(tree: object) -> None:
    before = str(tree) if not isinstance(tree, etree._Element | etree._ElementTree) else etree.tostring(tree)
    page = adopt(tree, "https://a.example/", Options())
    after = str(tree) if not isinstance(tree, etree._Element | etree._ElementTree) else etree.tostring(tree)
    assert before == after
    div = page.root if page.root.tag == "div" else page.root.find(".//div")
    assert div is not None
    assert div.get("class") == "a b"
    assert "".join(str(t) for t in div.itertext() if "no" not in str(t)) == "onetwothree"


def test_adopted_namespaces_and_depth() -> None:
    root = etree.fromstring(
        "<html xmlns='http://www.w3.org/1999/xhtml'><body>" + "<div>" * 100 + "deep" + "</div>" * 100 + "</body></html>"
    )
    page = adopt(root, None, Options(max_depth=20))
    assert page.root.tag == "html"
    assert page.root.find("body") is not None
    assert depth_of(page.root) <= 21
    assert words(page) == ["deep"]
    assert root.tag.startswith("{")


def test_adopt_takes_nothing_else() -> None:
    with pytest.raises(TypeError, match="lxml element"):
        adopt(3, None, Options())


@given(st.text(alphabet="<>/ab='\" \n&;!-", max_size=120))
def test_never_raises(markup: str) -> None:
    page = read(markup, options=Options(max_depth=5))
    assert page.root.find("body") is not None


@given(
    st.lists(
        st.sampled_from(["<div>", "</div>", "<p>", "w ", "<b>", "</b>", "<li>", "</html>", "<body>", "<br>"]),
        max_size=60,
    )
)
def test_no_word_is_lost(pieces: list[str]) -> None:
    markup = "".join(pieces)
    assert len(words(read(markup, options=Options(max_depth=6)))) == markup.count("w ")


@given(st.text(alphabet=st.characters(), max_size=60))
def test_soup_round_trip_never_raises(text: str) -> None:
    adopt(BeautifulSoup(f"<p>{text}<b a='{text}'>", "html.parser"), None, Options(max_depth=3))


def test_page_without_body_keeps_its_head() -> None:
    page = read("<script type=x>state</script><title>Pool</title>")
    assert page.root.find("head/title") is not None
    assert page.root.find("head/script") is not None
    assert page.root.find("body") is not None
