"""The written forms: dict and JSON, schema, text, Markdown, HTML, schema.org."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from contextlib import suppress
from html.parser import HTMLParser
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html
from markdown_it import MarkdownIt

from article_extract import (
    SCHEMA_VERSION,
    Article,
    Author,
    BodyBlock,
    Code,
    Embed,
    EmbedBlock,
    Heading,
    Image,
    ImageBlock,
    Inline,
    ListBlock,
    ListItem,
    LiveUpdate,
    Options,
    Paragraph,
    QuoteBlock,
    RecordError,
    Related,
    RelatedBlock,
    Separator,
    Table,
    extract,
)
from article_extract.serialize import markdown
from article_extract.serialize.schema import make_schema, read_schema
from article_extract.testing import Fixture, list_fixtures
from conftest import FIXTURES
from record_strategies import TEXT, any_article, article, list_block, paragraph

ALL = list(list_fixtures(FIXTURES))
SCHEMA = jsonschema.Draft202012Validator(make_schema())
COMMONMARK = MarkdownIt("commonmark").enable(["table", "strikethrough"])
URL = "https://news.example/a?b=1&copy;=(2)"


# Dict and JSON


@pytest.mark.parametrize("spans", [False, True])
@pytest.mark.parametrize("fixture", ALL, ids=lambda f: f.name)
def test_fixture_records_come_back_equal_and_fit_the_schema(fixture: Fixture, spans: bool) -> None:
    made = fixture.extract(spans=spans)
    assert Article.from_dict(made.to_dict()) == made
    assert Article.from_dict(json.loads(made.to_json())) == made
    assert json.loads(made.to_json(indent=2)) == made.to_dict() == json.loads(json.dumps(made.to_dict()))
    assert Article.from_dict(made.to_dict()).to_json() == made.to_json()
    SCHEMA.validate(made.to_dict())


@given(any_article)
def test_any_record_comes_back_equal_and_fits_the_schema(made: Article) -> None:
    assert Article.from_dict(json.loads(made.to_json())) == made
    SCHEMA.validate(json.loads(made.to_json()))


def test_paths_and_rules_survive_but_sources_do_not() -> None:
    made = extract("<nav><a href=/>Home</a></nav><h1>Pool opens</h1><p>The town opened its pool on Monday.</p>")
    again = Article.from_dict(made.to_dict())
    assert [(r.path, r.rule) for r in again.removed] == [(r.path, r.rule) for r in made.removed]
    assert made.sources
    assert again.sources == ()
    assert "sources" not in made.to_dict()


def test_keys_and_empty_values() -> None:
    data = Article().to_dict()
    assert data["schema_version"] == SCHEMA_VERSION
    assert next(iter(data)) == "schema_version"
    assert (data["title"], data["body"], data["text"], data["direction"]) == (None, [], "", "ltr")
    assert "spans" not in data
    assert extract("<p>x", options=Options(spans=True)).to_dict()["spans"]


def test_json_keeps_other_scripts_and_escapes_lone_surrogates() -> None:
    assert "زلزال" in Article(title="زلزال").to_json()
    made = Article(title="\ud83d")
    made.to_json().encode()
    assert json.loads(made.to_json())["title"] == "\ud83d"


WHOLE: dict[str, Any] = Article(
    title="A",
    body=(Paragraph("a", (Inline("link", 0, 1, URL),)), Table((("a", "b"),))),
    authors=(Author("Ann Lee"),),
    image=Image(URL),
).to_dict()


def changed(path: list[Any], value: Any) -> dict[str, Any]:
    data: Any = json.loads(json.dumps(WHOLE))
    at = data
    for key in path[:-1]:
        at = at[key]
    if value is ...:
        del at[path[-1]]
    else:
        at[path[-1]] = value
    whole: dict[str, Any] = data
    return whole


@pytest.mark.parametrize(
    ("data", "says"),
    [
        pytest.param([], "from a dict, not from list", id="list"),
        pytest.param(None, "from a dict, not from NoneType", id="None"),
        pytest.param("{}", "from a dict, not from str", id="JSON text"),
        pytest.param({}, "schema_version: None cannot be read", id="no version"),
        pytest.param(changed(["schema_version"], "2.0"), "schema_version: '2.0' cannot be read", id="later version"),
        pytest.param(changed(["schema_version"], None), "schema_version: None", id="version null"),
        pytest.param(changed(["headline"], "A"), "headline: no such key", id="unknown key"),
        pytest.param(changed(["sources"], []), "sources: no such key", id="what is not serialised"),
        pytest.param(changed(["title"], 3), "title: str is needed, not int", id="number for text"),
        pytest.param(changed(["text"], None), "text: str is needed, not NoneType", id="null for text"),
        pytest.param(changed(["tags"], "a"), "tags: a list is needed, not str", id="text for list"),
        pytest.param(changed(["tags"], ["a", 1]), r"tags\[1\]: str is needed, not int", id="number among tags"),
        pytest.param(changed(["kind"], "page"), "kind: 'page' is none of 'article'", id="unknown kind"),
        pytest.param(changed(["kind"], ["article"]), "kind: .* is none of", id="list for kind"),
        pytest.param(changed(["paywalled"], 1), "paywalled: bool is needed, not int", id="number for bool"),
        pytest.param(changed(["confidence"], True), "confidence: float is needed, not bool", id="bool for number"),
        pytest.param(changed(["confidence"], "1"), "confidence: float is needed, not str", id="text for number"),
        pytest.param(changed(["image"], "a.jpg"), "image.?: an object is needed, not str", id="text for image"),
        pytest.param(
            changed(["image", "width"], 1.5), "image.width: int is needed, not float", id="fraction of a pixel"
        ),
        pytest.param(changed(["image", "src"], "a"), "image.src: no such key", id="unknown key of image"),
        pytest.param(changed(["image", "url"], ...), "image.url: missing", id="image without url"),
        pytest.param(changed(["authors", 0], {}), r"authors\[0\].name: missing", id="author without name"),
        pytest.param(changed(["authors", 0], None), r"authors\[0\].?: an object is needed", id="null for author"),
        pytest.param(
            changed(["body", 0, "type"], ...), r"body\[0\].type: None is none of 'paragraph'", id="block without type"
        ),
        pytest.param(
            changed(["body", 0, "type"], "video"), r"body\[0\].type: 'video' is none of", id="unknown type of block"
        ),
        pytest.param(changed(["body", 0, "type"], []), r"body\[0\].type: \[\] is none of", id="list for type"),
        pytest.param(changed(["body", 0], "a"), r"body\[0\]: an object is needed, not str", id="text for block"),
        pytest.param(changed(["body", 0, "level"], 2), r"body\[0\].level: no such key", id="key of another block"),
        pytest.param(changed(["body", 0, "text"], ...), r"body\[0\].text: missing", id="paragraph without text"),
        pytest.param(
            changed(["body", 0, "inline", 0, "start"], True),
            r"body\[0\].inline\[0\].start: int is needed, not bool",
            id="bool for offset",
        ),
        pytest.param(
            changed(["body", 1, "rows", 0, 1], 7),
            r"body\[1\].rows\[0\]\[1\]: str is needed, not int",
            id="number in table",
        ),
    ],
)
def test_dict_that_is_no_article(data: Any, says: str) -> None:
    with pytest.raises(RecordError, match=says):
        Article.from_dict(data)


def test_absent_keys_have_their_defaults() -> None:
    assert Article.from_dict({"schema_version": SCHEMA_VERSION}) == Article()
    assert Article.from_dict({"schema_version": "1.7", "title": "A", "confidence": 1}).confidence == 1.0


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=3),
        lambda c: (
            st.lists(c, max_size=3) | st.dictionaries(st.sampled_from(["type", "body", "text", "image"]), c, max_size=3)
        ),
        max_leaves=8,
    )
)
def test_any_json_is_read_or_refused_by_name(value: Any) -> None:
    for data in (
        value,
        {"schema_version": SCHEMA_VERSION, "body": value},
        {"schema_version": SCHEMA_VERSION, "body": [value], "image": value},
    ):
        # Whatever else it raises fails the test.
        with suppress(RecordError):
            assert Article.from_dict(data).to_json()


# JSON Schema


def test_the_schema_that_ships_is_that_of_the_records() -> None:
    assert read_schema() == make_schema()


def test_the_schema_is_one_and_refuses_what_from_dict_refuses() -> None:
    jsonschema.Draft202012Validator.check_schema(make_schema())
    SCHEMA.validate(WHOLE)
    for path, value in (
        (["title"], 3),
        (["kind"], "page"),
        (["headline"], "A"),
        (["body", 0, "type"], "video"),
        (["text"], ...),
        (["body", 0, "level"], 1),
    ):
        assert not SCHEMA.is_valid(changed(path, value)), path


def test_the_documented_command_writes_the_schema() -> None:
    done = subprocess.run(
        [sys.executable, "-W", "error", "-m", "article_extract.serialize.schema"],
        env={"PYTHONPATH": ":".join(sys.path)},
        capture_output=True,
        check=True,
    )
    assert json.loads(done.stdout) == make_schema()


# Text


@pytest.mark.parametrize(
    ("made", "text"),
    [
        pytest.param(Article(), "", id="nothing"),
        pytest.param(Article(title="Pool opens"), "Pool opens\n", id="title alone"),
        pytest.param(Article(text="It opened."), "It opened.\n", id="text alone"),
        pytest.param(
            Article(title="Pool opens", lead="At last.", text="At last.\n\nIt opened."),
            "Pool opens\n\nAt last.\n\nIt opened.\n",
            id="all",
        ),
    ],
)
def test_to_text(made: Article, text: str) -> None:
    assert made.to_text() == text


# Markdown


def markdown_of(*body: BodyBlock, **others: Any) -> str:
    return Article(body=body, **others).to_markdown()


def rendered(source: str) -> Any:
    """What a Markdown library makes of it."""
    return html.fragment_fromstring(COMMONMARK.render(source), create_parent="div")


def words(element: Any) -> str:
    return " ".join(element.text_content().split())


EMBED = Embed("x", "post", url="https://x.com/odda/status/1", text="Lamp is [lit] again")
STORY = Related("The crane: *part two*", "https://news.example/crane_(2)", label="See also:")


@pytest.mark.parametrize(
    ("made", "text"),
    [
        pytest.param(Article(), "", id="nothing"),
        pytest.param(Article(title="Pool opens"), "# Pool opens\n", id="title"),
        pytest.param(Article(title="C #"), "# C \\#\n", id="title with a closing sign"),
        pytest.param(Article(title="Two\nlines"), "# Two lines\n", id="title of two lines"),
        pytest.param(
            Article(kicker="Sport", title="A", authors=(Author("Ann Lee"), Author("Bo")), published="2026-05-03"),
            "*Sport*\n\n# A\n\nAnn Lee, Bo · 2026-05-03\n",
            id="front matter",
        ),
        pytest.param(Article(lead="One.\nTwo."), "**One.**  \n**Two.**\n", id="lead of two parts"),
        pytest.param(
            Article(image=Image(URL, "The *tower*", "Lit.", "Ann Lee")),
            "![The \\*tower\\*](https://news.example/a?b=1&amp;copy;=%282%29)\n*Lit. — Ann Lee*\n",
            id="lead image",
        ),
        pytest.param(
            Article(body=(Heading("Why", 1), Heading("How", 4), Heading("Who", 9))),
            "## Why\n\n#### How\n\n###### Who\n",
            id="headings below the title",
        ),
        pytest.param(Article(body=(Paragraph("a\nb"),)), "a  \nb\n", id="line break"),
        pytest.param(
            Article(body=(Paragraph("1. Go\n- stop\n# no\n> x\n+ y"),)),
            "1\\. Go  \n\\- stop  \n\\# no  \n\\> x  \n\\+ y\n",
            id="signs at line starts",
        ),
        pytest.param(
            Article(body=(Paragraph("5 * 3 = a_b [x] <b> `c` &amp; ~~d~~"),)),
            "5 \\* 3 = a\\_b \\[x\\] \\<b\\> \\`c\\` \\&amp; \\~\\~d\\~\\~\n",
            id="signs anywhere",
        ),
        pytest.param(
            Article(body=(QuoteBlock("We won.\nAgain.", "block", "Ann Lee"),)),
            "> We won.  \n> Again.\n>\n> — Ann Lee\n",
            id="block quote",
        ),
        pytest.param(
            Article(body=(QuoteBlock("We won.", "block", "https://a.example/b"),)),
            "> We won.\n>\n> — <https://a.example/b>\n",
            id="block quote with an address",
        ),
        pytest.param(
            Article(body=(Code("x = '```'\n", "py"),)), "````py\nx = '```'\n\n````\n", id="code with a fence in it"
        ),
        pytest.param(Article(body=(Code("x", "py\n# a`"),)), "```py#a\nx\n```\n", id="code with a hostile language"),
        pytest.param(Article(body=(Paragraph("a"), Separator(), Paragraph("b"))), "a\n\n---\n\nb\n", id="separator"),
        pytest.param(
            Article(body=(EmbedBlock(0),), embeds=(EMBED,)),
            "[Lamp is \\[lit\\] again](https://x.com/odda/status/1)\n",
            id="embed",
        ),
        pytest.param(Article(body=(EmbedBlock(3), RelatedBlock(0))), "", id="records left out"),
        pytest.param(
            Article(body=(RelatedBlock(0),), related=(STORY,)),
            "See also: [The crane: \\*part two\\*](https://news.example/crane_%282%29)\n",
            id="related",
        ),
        pytest.param(
            Article(body=(RelatedBlock(0),), related=(Related("A", "javascript:alert(1)"),)),
            "A\n",
            id="no script address",
        ),
        pytest.param(Article(body=(ImageBlock("javascript:x", "a", "b"),)), "", id="no script image"),
        pytest.param(
            Article(body=(Table((("a", "b|c"), ("d\ne",)), True, "Prices"),)),
            "*Prices*\n\n| a | b\\|c |\n| --- | --- |\n| d e |  |\n",
            id="table",
        ),
        pytest.param(Article(body=(Table((("a",),)),)), "|  |\n| --- |\n| a |\n", id="table without header"),
        pytest.param(Article(body=(Table(()),)), "", id="table without rows"),
    ],
)
def test_to_markdown(made: Article, text: str) -> None:
    assert made.to_markdown() == text


@pytest.mark.parametrize(
    ("text", "inline", "written"),
    [
        pytest.param("so it is", (Inline("strong", 3, 5),), "so **it** is", id="strong"),
        pytest.param("so it is", (Inline("emphasis", 0, 8), Inline("strong", 3, 5)), "*so **it** is*", id="nested"),
        pytest.param(
            "so it is",
            (Inline("strong", 0, 8), Inline("emphasis", 0, 8)),
            "**<em>so it is</em>**",
            id="the same stretch",
        ),
        pytest.param("so it is", (Inline("strong", 0, 5), Inline("emphasis", 3, 8)), "**so it** is", id="overlapping"),
        pytest.param("unbelievable", (Inline("strong", 2, 9),), "un**believa**ble", id="within a word"),
        pytest.param("a“b”c", (Inline("strong", 1, 4),), "a<strong>“b”</strong>c", id="signs within words"),
        pytest.param("so it is", (Inline("strong", 2, 6),), "so<strong> it </strong>is", id="with its spaces"),
        pytest.param(
            "so it is",
            (Inline("link", 3, 5, URL),),
            "so [it](https://news.example/a?b=1&amp;copy;=%282%29) is",
            id="link",
        ),
        pytest.param(
            "Hey! it is",
            (Inline("link", 4, 7, "https://a.example"),),
            "Hey\\![ it](https://a.example) is",
            id="no image by accident",
        ),
        pytest.param("so it is", (Inline("link", 3, 5, "javascript:alert(1)"),), "so it is", id="no script"),
        pytest.param(
            "a [b] c",
            (Inline("link", 2, 5, "https://a.example/x y"),),
            "a [\\[b\\]](https://a.example/x%20y) c",
            id="brackets in a link",
        ),
        pytest.param("use a*b now", (Inline("code", 4, 7),), "use `a*b` now", id="code"),
        pytest.param("use `b` now", (Inline("code", 4, 7),), "use `` `b` `` now", id="code with ticks"),
        pytest.param("H2O", (Inline("sub", 1, 2),), "H<sub>2</sub>O", id="sub"),
        pytest.param(
            "abc",
            (Inline("strong", 1, 1), Inline("strong", 2, 99), Inline("emphasis", -1, 2)),
            "abc",
            id="empty and out of range",
        ),
    ],
)
def test_inline_markdown(text: str, inline: tuple[Inline, ...], written: str) -> None:
    assert markdown_of(Paragraph(text, inline)) == written + "\n"


@pytest.mark.parametrize(
    ("items", "ordered", "written"),
    [
        pytest.param([("a", 0), ("b", 0)], False, "- a\n- b", id="flat"),
        pytest.param([("a", 0), ("b", 1), ("c", 2), ("d", 0)], False, "- a\n  - b\n    - c\n- d", id="nested"),
        pytest.param([("a", 2), ("b", 3)], False, "- a\n  - b", id="levels that begin deep"),
        pytest.param([("a", 0), ("b", 1), ("c", 0)], True, "1. a\n   1. b\n2. c", id="numbers of each level"),
        pytest.param([("a\nb", 0)], False, "- a  \n  b", id="item of two lines"),
        pytest.param([("- a", 0), ("2) b", 0)], False, "- \\- a\n- 2\\) b", id="signs"),
        pytest.param(
            [("x", 0)] * 9 + [("a", 0), ("b", 1)],
            True,
            "\n".join([*(f"{n}. x" for n in range(1, 10)), "10. a", "    1. b"]),
            id="below a number of two digits",
        ),
    ],
)
def test_list_markdown(items: list[tuple[str, int]], ordered: bool, written: str) -> None:
    block = ListBlock(ordered, tuple(ListItem(text, level) for text, level in items))
    assert markdown_of(block) == written + "\n"
    assert [words(li) for li in rendered(written).xpath("//li[not(.//li)]")]


def test_two_lists_in_a_row_stay_two() -> None:
    first, second = ListBlock(False, (ListItem("a"),)), ListBlock(False, (ListItem("b"),))
    assert len(rendered(markdown_of(first, second)).xpath("ul")) == 2
    assert len(rendered(markdown_of(first, second, first)).xpath("ul")) == 3


@given(TEXT)
def test_escaped_text_comes_back_as_it_was(text: str) -> None:
    text = re.sub(r"[\x00-\x1f\x7f-\x9f\xa0\ufeff]", " ", text)
    parsed = COMMONMARK.render(markdown.escape(" ".join(text.split())))
    root = html.fragment_fromstring(parsed, create_parent="div")
    assert words(root) == " ".join(text.split())
    assert {element.tag for element in root.iter()} <= {"div", "p"}


@given(paragraph)
def test_a_paragraph_with_marks_is_one_paragraph_with_its_words(block: Paragraph) -> None:
    kept = re.sub(r"[^\S\n ]|[\x00-\x09\x0b-\x1f\x7f-\x9f\ufeff]", "x", block.text)
    root = rendered(markdown_of(Paragraph(kept, block.inline)))
    assert {element.tag for element in root.iter()} <= {"div", "p", "a", "strong", "em", "code", "sub", "sup", "br"}
    assert len(root.xpath("p")) == (1 if kept.strip() else 0)
    assert root.text_content().split() == kept.split() or "".join(root.text_content().split()) == "".join(kept.split())
    assert not root.xpath("//a[not(starts-with(@href, 'https://a.example/x_'))]")


@given(list_block)
def test_a_list_has_its_items_at_their_levels(block: ListBlock) -> None:
    clean = tuple(
        ListItem(re.sub(r"[^\S ]|[\x00-\x1f\x7f-\x9f\ufeff]", "x", item.text) or "x", item.level)
        for item in block.items
    )
    root = rendered(markdown_of(ListBlock(block.ordered, clean)))
    got = [
        (" ".join("".join(li.xpath("text()|p//text()")).split()), len(li.xpath("ancestor::li")))
        for li in root.xpath("//li")
    ]
    depth, want = -1, []
    for item in clean:
        depth = max(0, min(item.level, depth + 1))
        want.append((" ".join(item.text.split()), depth))
    assert got == want
    assert {element.tag for element in root.iter()} <= {"div", "ul", "ol", "li", "p"}


@given(article)
def test_markdown_of_any_record_holds_no_live_markup(made: Article) -> None:
    root = rendered(made.to_markdown())
    assert not root.xpath("//script|//iframe|//*[@onclick or @onerror]")
    for address in root.xpath("//@href|//@src"):
        assert str(address).lower().startswith(("http://", "https://"))


@pytest.mark.parametrize("fixture", ALL, ids=lambda f: f.name)
def test_markdown_of_fixtures_holds_every_block(fixture: Fixture) -> None:
    made = fixture.extract()
    root = rendered(made.to_markdown())
    texts = [words(e) for e in root.iter("p", "h2", "h3", "h4", "h5", "h6", "li", "blockquote", "table", "pre")]
    for block in made.body:
        if block.type in ("paragraph", "heading"):
            assert " ".join(block.text.split()) in texts
    if made.title:
        assert [words(h) for h in root.xpath("h1")] == [" ".join(made.title.split())]


# HTML


class Strict(HTMLParser):
    """Notes elements left open or closed out of order."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.faults: list[str] = []
        self.feed(source)
        self.close()
        self.faults += [f"{tag} left open" for tag in self.open]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in ("br", "hr", "img"):
            self.open.append(tag)
        self.faults += [f"{tag} {name}" for name, _ in attrs if name.startswith("on") or name == "style"]
        self.faults += [f"{tag} in {tag}" for kind in ("a",) if tag == kind and kind in self.open[:-1]]

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"{tag} closed out of order")


HTML_TAGS = set(
    "article header footer p h1 h2 h3 h4 h5 h6 address a time figure figcaption img small ul ol li table caption tr th td blockquote aside pre code hr br strong em sub sup div".split()
)


@given(article)
def test_html_of_any_record_is_well_formed_and_dead(made: Article) -> None:
    source = made.to_html()
    assert Strict(source).faults == []
    root = html.fragment_fromstring(source)
    assert {element.tag for element in root.iter()} <= HTML_TAGS
    for address in root.xpath("//@href|//@src|//@cite"):
        assert str(address).lower().startswith(("http://", "https://"))


@pytest.mark.parametrize("fixture", ALL, ids=lambda f: f.name)
def test_html_of_fixtures(fixture: Fixture) -> None:
    made = fixture.extract()
    source = made.to_html()
    assert Strict(source).faults == []
    root = html.fragment_fromstring(source)
    assert (root.get("lang"), root.get("dir")) == (made.language, made.direction)
    texts = [words(e) for e in root.iter("p", "h2", "h3", "h4", "h5", "h6", "blockquote")]
    for block in made.body:
        if block.type in ("paragraph", "heading") and "\n" not in block.text:
            assert " ".join(block.text.split()) in texts
    again = extract(source)
    assert again.title == made.title


@pytest.mark.parametrize(
    ("made", "holds"),
    [
        pytest.param(Article(language="ar", direction="rtl"), '<article lang="ar" dir="rtl">', id="direction"),
        pytest.param(
            Article(language='x"><script>'),
            '<article lang="x&quot;&gt;&lt;script&gt;" dir="ltr">',
            id="hostile language",
        ),
        pytest.param(
            Article(title="<script>alert('1')</script>"),
            "<h1>&lt;script&gt;alert(&#x27;1&#x27;)&lt;/script&gt;</h1>",
            id="title",
        ),
        pytest.param(Article(kicker="A & B"), "<p>A &amp; B</p>", id="kicker"),
        pytest.param(Article(lead="a\nb"), "<p>a<br>b</p>", id="lead"),
        pytest.param(
            Article(authors=(Author("Ann", "https://a.example/?a=1&b=2"), Author("Bo", "javascript:x"))),
            '<address><a rel="author" href="https://a.example/?a=1&amp;b=2">Ann</a>, Bo</address>',
            id="authors",
        ),
        pytest.param(
            Article(published="2026-05-03", published_raw="3 May"),
            '<time datetime="2026-05-03">3 May</time>',
            id="date",
        ),
        pytest.param(
            Article(image=Image("https://a.example/a.jpg", 'x" onerror="y', "Lit.", "Ann")),
            '<img src="https://a.example/a.jpg" alt="x&quot; onerror=&quot;y"><figcaption>Lit. <small>Ann</small></figcaption>',
            id="image",
        ),
        pytest.param(
            Article(body=(Paragraph("so it is", (Inline("link", 3, 5, "javascript:alert(1)"),)),)),
            "<p>so it is</p>",
            id="script address",
        ),
        pytest.param(
            Article(body=(Paragraph("so it is", (Inline("link", 3, 5, " https://a.example"),)),)),
            "<p>so it is</p>",
            id="address with a space before",
        ),
        pytest.param(
            Article(body=(Paragraph("so it is", (Inline("link", 3, 5, URL), Inline("strong", 3, 5))),)),
            f'<p>so <a href="{URL.replace("&", "&amp;")}"><strong>it</strong></a> is</p>',
            id="nested",
        ),
        pytest.param(
            Article(body=(Paragraph("abc", (Inline("strong", 1, 1), Inline("strong", 0, 9))),)),
            "<p>abc</p>",
            id="empty and out of range",
        ),
        pytest.param(
            Article(body=(ListBlock(True, (ListItem("a"), ListItem("b", 1), ListItem("c"))),)),
            "<ol><li>a<ol><li>b</li></ol></li><li>c</li></ol>",
            id="list",
        ),
        pytest.param(
            Article(body=(ListBlock(False, (ListItem("a", 3), ListItem("b", 1))),)),
            "<ul><li>a<ul><li>b</li></ul></li></ul>",
            id="list that begins deep",
        ),
        pytest.param(
            Article(body=(Table((("a", "<b>"), ("c", "d")), True, "x"),)),
            "<table><caption>x</caption><tr><th>a</th><th>&lt;b&gt;</th></tr><tr><td>c</td><td>d</td></tr></table>",
            id="table",
        ),
        pytest.param(
            Article(body=(QuoteBlock("a", "pull", "Ann"),)),
            "<aside><blockquote><p>a</p><footer>Ann</footer></blockquote></aside>",
            id="pull quote",
        ),
        pytest.param(
            Article(body=(QuoteBlock("a", "block", "https://a.example"),)),
            '<blockquote cite="https://a.example"><p>a</p></blockquote>',
            id="cited address",
        ),
        pytest.param(
            Article(body=(QuoteBlock("a", "pull", "https://a.example"),)),
            '<aside><blockquote cite="https://a.example"><p>a</p></blockquote></aside>',
            id="pull quote with an address",
        ),
        pytest.param(Article(body=(Code("a < b\n  c"),)), "<pre><code>a &lt; b\n  c</code></pre>", id="code"),
        pytest.param(
            Article(body=(EmbedBlock(0),), embeds=(EMBED,)),
            '<figure data-provider="x"><a href="https://x.com/odda/status/1">Lamp is [lit] again</a></figure>',
            id="embed",
        ),
        pytest.param(
            Article(body=(RelatedBlock(0),), related=(Related("A", "data:text/html,x", label="More"),)),
            "<aside><p>More: A</p></aside>",
            id="related without a web address",
        ),
        pytest.param(
            Article(body=(RelatedBlock(0),), related=(STORY,)),
            '<aside><p>See also: <a href="https://news.example/crane_(2)">',
            id="label with its colon",
        ),
        pytest.param(Article(body=(EmbedBlock(3), RelatedBlock(0), Separator())), "<hr>", id="records left out"),
    ],
)
def test_to_html(made: Article, holds: str) -> None:
    assert holds in made.to_html()


# schema.org


def test_to_schema_org() -> None:
    made = Article(
        url="https://news.example/a?utm=1",
        canonical_url="https://news.example/a",
        site_name="The Echo",
        section="Town",
        language="en-GB",
        kind="article",
        title="Pool opens",
        lead="At last.",
        description="The pool is open.",
        authors=(Author("Ann Lee", "https://news.example/ann", "Reporter"),),
        published="2026-05-03T10:00:00+02:00",
        tags=("pool",),
        image=Image("https://news.example/a.jpg", "alt", "Lit.", "Bo", 800, 600),
        text="At last.\n\nIt opened.",
        related=(
            Related("A", "https://news.example/b"),
            Related("B", "https://news.example/c", kind="recirculation"),
            Related("C"),
        ),
        paywalled=True,
    )
    assert made.to_schema_org() == {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "url": "https://news.example/a",
        "mainEntityOfPage": "https://news.example/a",
        "headline": "Pool opens",
        "abstract": "At last.",
        "description": "The pool is open.",
        "articleSection": "Town",
        "inLanguage": "en-GB",
        "datePublished": "2026-05-03T10:00:00+02:00",
        "author": [{"@type": "Person", "name": "Ann Lee", "url": "https://news.example/ann", "jobTitle": "Reporter"}],
        "publisher": {"@type": "Organization", "name": "The Echo"},
        "image": {
            "@type": "ImageObject",
            "url": "https://news.example/a.jpg",
            "caption": "Lit.",
            "creditText": "Bo",
            "width": 800,
            "height": 600,
        },
        "keywords": ["pool"],
        "isAccessibleForFree": False,
        "articleBody": "At last.\n\nIt opened.",
        "relatedLink": ["https://news.example/b"],
    }


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("article", "NewsArticle"),
        ("opinion", "OpinionNewsArticle"),
        ("liveblog", "LiveBlogPosting"),
        ("video", "VideoObject"),
        ("gallery", "ImageGallery"),
        ("index", "CollectionPage"),
        ("error", "WebPage"),
        ("other", "WebPage"),
    ],
)
def test_schema_org_type(kind: Any, name: str) -> None:
    assert Article(kind=kind).to_schema_org() == {"@context": "https://schema.org", "@type": name}


def test_schema_org_of_a_live_blog() -> None:
    update = LiveUpdate("Lit", "2026-05-03", "Ann", (Paragraph("a"), Separator(), Paragraph("b")))
    assert Article(kind="liveblog", live_updates=(update,)).to_schema_org()["liveBlogUpdate"] == [
        {
            "@type": "BlogPosting",
            "headline": "Lit",
            "datePublished": "2026-05-03",
            "author": {"@type": "Person", "name": "Ann"},
            "articleBody": "a\n\nb",
        }
    ]


@pytest.mark.parametrize("fixture", ALL, ids=lambda f: f.name)
def test_schema_org_is_read_back(fixture: Fixture) -> None:
    made = fixture.extract()
    data = made.to_schema_org()
    again = extract(
        f'<html><head><script type="application/ld+json">{json.dumps(data).replace("</", "<" + chr(92) + "/")}</script></head><body></body></html>',
        url=made.url,
    )
    if data["@type"].endswith("NewsArticle"):
        assert (again.title, again.published, again.authors) == (made.title, made.published, made.authors)
