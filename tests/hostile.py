"""
Pages made to hurt: absurd sizes, depths and counts, each with a short story that must come out all the same.

`python -m hostile NAME BYTES` reads one within that much address space and prints what came out, for tests that want a
process of their own.
"""

from __future__ import annotations

import json
import resource
import sys
from collections.abc import Callable
from typing import Final

from article_extract import Options, extract

STORY: Final = (
    "<h1>Lighthouse of Port Odda lit again</h1>"
    "<p>The lighthouse of Port Odda burned again on Tuesday night, for the first time since the storm of 2019.</p>"
    "<p>“We had almost stopped looking up,” said harbour master Brita Quell, who lit the lamp by hand.</p>"
    "<p>The town council paid for the repair with the money that visitors left in a box at the foot of the stairs.</p>"
)
SENTENCES: Final = ("burned again on Tuesday night", "harbour master Brita Quell", "at the foot of the stairs")
MEGABYTE: Final = 1024 * 1024


def page(*, before: str = "", within: str = "", after: str = "", head: str = "", attributes: str = "") -> str:
    """A page with the story and something hostile at a place."""
    return (
        f"<!DOCTYPE html><html lang=en><head><title>Lighthouse of Port Odda lit again</title>{head}</head><body>"
        f"{before}<article{attributes}>{STORY}{within}</article>{after}</body></html>"
    )


def _nested(count: int) -> str:
    return page(before="<div>" * count, after="</div>" * count)


def _filler(size: int) -> str:
    line = f"<p>{'Row {0} of the tide table was read aloud by clerk {0}, and nobody in the hall objected. ' * 10}</p>\n"
    one = len(line.format(10**6))
    return "".join(line.format(number) for number in range(10**6, 10**6 + size // one))


PAGES: Final[dict[str, Callable[[], str]]] = {
    "10,000 nested elements": lambda: _nested(10_000),
    "100,000 nested elements": lambda: _nested(100_000),
    "10,000 nested inline elements": lambda: page(within=f"<p>{'<b><i>' * 5000}deep words{'</i></b>' * 5000}</p>"),
    "5,000 nested lists": lambda: page(within="<ul><li>item" * 5000 + "</ul>" * 5000),
    "2,000 nested tables": lambda: page(within="<table><tr><td>cell" * 2000 + "</table>" * 2000),
    "2,000 nested block quotes": lambda: page(within="<blockquote><p>so it is" * 2000),
    "unclosed formatting elements": lambda: page(within="<p><b><i><u><font color=red>word " * 5000),
    "20,000 unclosed anchors": lambda: page(within="<a href=/x>word " * 20_000),
    "50 MB of paragraphs": lambda: page(within=_filler(50 * MEGABYTE)),
    "a million attributes": lambda: page(attributes="".join(f" a{n}=1" for n in range(1_000_000))),
    "a million attributes of one name": lambda: page(attributes=" class=x" * 1_000_000),
    "100,000 elements with 20 attributes": lambda: page(
        after=("<i " + " ".join(f"a{n}=1" for n in range(20)) + ">x</i>") * 100_000
    ),
    "colspan of 2**53": lambda: page(
        within=f"<table><tr><td colspan={2**53} rowspan={2**53}>one</td><td>two</td></tr><tr><td>three</td></tr></table>"
    ),
    "100,000 links": lambda: page(
        after="".join(f"<a href='/news/{n}'>Story number {n} of the day</a> " for n in range(100_000))
    ),
    "20,000 links in list items": lambda: page(
        after="<ul>"
        + "".join(f"<li><a href='/news/story-of-{n}'>Story number {n} of the long day</a></li>" for n in range(20_000))
        + "</ul>"
    ),
    "10,000 cards": lambda: page(
        after="".join(
            f"<div class=card><a href='/news/story-{n}'><img src=/{n}.jpg alt='picture {n}'><h3>Story number {n} of the day</h3></a>"
            f"<p>Summary of story {n}, which is long enough to be one.</p><time>3 May 2026</time></div>"
            for n in range(10_000)
        )
    ),
    "200,000 siblings": lambda: page(within="<span>x</span>" * 200_000),
    "50,000 paragraphs": lambda: page(within="<p>x</p>" * 50_000),
    "200,000 empty elements": lambda: page(within="<div></div>" * 200_000),
    "200,000 line breaks": lambda: page(within=f"<p>{'tide<br>' * 200_000}</p>"),
    "text node of 5 MB": lambda: page(within=f"<p>{'The tide came in and went out. ' * 160_000}</p>"),
    "word of 5 MB": lambda: page(within=f"<p>{'a' * 5 * MEGABYTE}</p>"),
    "white space of 5 MB": lambda: page(within=f"<p>a{' ' * 5 * MEGABYTE}b</p>"),
    "commas of 1 MB": lambda: page(within=f"<p>{', ' * (MEGABYTE // 2)}</p>"),
    "capitalised words of 1 MB": lambda: page(within=f"<p>{'Brita Quell ' * 87_000}</p>"),
    "digits of 1 MB": lambda: page(within=f"<p>{'1 2 03/04 ' * 100_000}</p>"),
    "title of 1 MB": lambda: page(
        before=f"<h1>{'Town | Port - ' * 75_000}</h1>",
        head=f"<meta property=og:title content='{'Town | Port - ' * 75_000}'>",
    ),
    "byline of 1 MB": lambda: page(before=f"<div class=byline>By {'Brita Quell and Oda Finn, ' * 40_000}</div>"),
    "JSON-LD of 5 MB": lambda: page(
        head='<script type="application/ld+json">{"@context":"https://schema.org","@graph":['
        + ",".join(
            '{"@type":"NewsArticle","headline":"Story #","author":{"@type":"Person","name":"Ann #"},"datePublished":"2026-05-03"}'.replace(
                "#", str(n)
            )
            for n in range(43_000)
        )
        + "]}</script>"
    ),
    "JSON-LD nested 100,000 deep": lambda: page(
        head='<script type="application/ld+json">' + '{"@graph":[' * 100_000 + "]}" * 100_000 + "</script>"
    ),
    "unclosed JSON-LD nested 100,000 deep": lambda: page(
        head='<script type="application/ld+json">' + "[" * 100_000 + "</script>"
    ),
    "broken JSON-LD of 1 MB": lambda: page(
        head='<script type="application/ld+json">{"@type":"NewsArticle","headline":"a", // x\n'
        + '"k":"v",, /* ' * 80_000
        + "</script>"
    ),
    "JSON-LD of open quotes": lambda: page(
        head='<script type="application/ld+json">{' + '"a\\' * 300_000 + "</script>"
    ),
    "state JSON of 5 MB": lambda: page(
        head="<script>window.__STATE__ = {"
        + ",".join(f'"k{n}":{{"body":"text {n}"}}' for n in range(180_000))
        + "};</script>"
    ),
    "state JSON nested 100,000 deep": lambda: (
        "<html><head><script>window.__STATE__=" + '{"a":[' * 100_000 + "</script></head><body><p>x</p></body></html>"
    ),
    "2,000 JSON-LD scripts": lambda: page(
        head='<script type="application/ld+json">{"@type":"NewsArticle","headline":"a"}</script>' * 2000
    ),
    "20,000 meta elements": lambda: page(
        head="".join(
            f"<meta name='author' content='Ann Lee {n}'><meta property='article:tag' content='t{n}'>"
            for n in range(20_000)
        )
    ),
    "srcset of 1 MB": lambda: page(
        within="<figure><img src=/a.jpg srcset='"
        + ", ".join(f"/p/{n}.jpg {n}w" for n in range(1, 55_000))
        + "' alt='The tower'></figure>"
    ),
    "srcset of commas": lambda: page(
        within="<figure><img src=/a.jpg srcset='" + "," * MEGABYTE + "' alt='The tower'></figure>"
    ),
    "data address of 5 MB": lambda: page(
        within="<figure><img src='data:image/png;base64," + "A" * 5 * MEGABYTE + "' alt='The tower'></figure>"
    ),
    "class attribute of 1 MB": lambda: page(attributes=" class='" + " ".join(f"c{n}" for n in range(150_000)) + "'"),
    "one class name of 1 MB": lambda: page(attributes=f" class='{'aB' * (MEGABYTE // 2)}'"),
    "style attribute of 1 MB": lambda: page(attributes=f" style='{'color:red;' * 100_000}'"),
    "20,000 distinct class names": lambda: page(
        after="".join(f"<div class='c{n}x share{n}y'>x</div>" for n in range(20_000))
    ),
    "20,000 distinct lettered class names": lambda: page(
        after="".join(f"<div class='{_letters(n)}-box'>x</div>" for n in range(20_000))
    ),
    "10,000 iframes": lambda: page(
        within="".join(f"<iframe src='https://www.youtube.com/embed/abcdefg{n:04}'></iframe>" for n in range(10_000))
    ),
    "10,000 tweets": lambda: page(
        within="".join(
            f"<blockquote class=twitter-tweet><p>Words {n}</p>&mdash; Odda (@odda) <a href='https://twitter.com/odda/status/{10**17 + n}'>3 May 2026</a></blockquote>"
            for n in range(10_000)
        )
    ),
    "10,000 images": lambda: page(
        within="".join(
            f"<figure><img src=/p{n}.jpg alt='Picture {n}'><figcaption>Caption number {n}. Photo: Ann Lee</figcaption></figure>"
            for n in range(10_000)
        )
    ),
    "300,000 quotation marks": lambda: page(within=f"<p>{'“' * 300_000}</p>"),
    "300,000 straight quotation marks": lambda: page(within=f"<p>{chr(34) * 300_000}</p>"),
    "300,000 apostrophes between words": lambda: page(within=f"<p>{'it’s ‘so ' * 100_000}</p>"),
    "50,000 quotes": lambda: page(within=f"<p>{'“We will see about that,” said Brita Quell. ' * 50_000}</p>"),
    "10,000 paragraphs of quotes": lambda: page(
        within="".join(f"<p>“We will see about tide {n},” said Brita Quell of Port {n}.</p>" for n in range(10_000))
    ),
    "20,000 opened quotes": lambda: page(within="<p>“We will see</p>" * 20_000),
    "1 MB of tags never closed": lambda: page(after="<" * MEGABYTE),
    "1 MB comment never closed": lambda: page(after="<!--" + "x" * MEGABYTE),
    "100,000 comments": lambda: page(after="<!-- x -->" * 100_000),
    "100,000 unclosed comments": lambda: page(after="<!-- x " * 100_000),
    "200,000 character references": lambda: page(within=f"<p>{'&amp;&#x41;&nosuch;' * 66_000}</p>"),
    "40,000 table cells": lambda: page(within="<table>" + "<tr><td>1</td><td>two</td></tr>" * 20_000 + "</table>"),
    "a table row of 40,000 cells": lambda: page(
        within="<table><tr>" + "<td>1</td>" * 40_000 + "</tr>" + "<tr><td>1</td></tr>" * 1000 + "</table>"
    ),
    "100,000 rowspans": lambda: page(
        within="<table>"
        + "<tr>"
        + "<td rowspan=65534 colspan=1000>1</td>" * 100
        + "</tr>"
        + "<tr><td rowspan=9999>x</td></tr>" * 5000
        + "</table>"
    ),
    "5,000 html and body elements": lambda: page(after="</body></html><html><body><p>more words</p>" * 5000),
    "1 MB base address": lambda: page(
        head=f"<base href='https://news.example/{'a/' * (MEGABYTE // 2)}'>", within="<a href=x>x</a>" * 1000
    ),
    "10,000 long links": lambda: page(within="<p>" + f"<a href='/{'a/' * 500}'>x</a> " * 10_000 + "</p>"),
    "50,000 hidden elements": lambda: page(after="<div style='display:none'>hidden words</div>" * 50_000),
    "20,000 headings": lambda: page(within="<h2>Read more</h2>" * 20_000),
    "20,000 repeated paragraphs": lambda: page(
        within="<p>The very same paragraph, printed again and again by the old press.</p>" * 20_000
    ),
    "live blog of 10,000 entries": lambda: page(
        head='<script type="application/ld+json">{"@type":"LiveBlogPosting","headline":"Live","liveBlogUpdate":['
        + ",".join(
            '{"@type":"BlogPosting","headline":"Update #","articleBody":"Words #","datePublished":"2026-05-03T10:00:00Z"}'.replace(
                "#", str(n)
            )
            for n in range(10_000)
        )
        + "]}</script>"
    ),
}
"""By what is wrong with them; made when asked for, since some are large."""
OUTWEIGHED: Final = frozenset(("5,000 nested lists", "2,000 nested tables"))
"""Here the story is the smaller part of the page's prose, and may be what is removed."""


def _letters(number: int) -> str:
    out = ""
    while True:
        number, digit = divmod(number, 26)
        out = chr(97 + digit) + out
        if not number:
            return out.rjust(4, "q")


def main(name: str, limit: int) -> None:
    """Read one page with an address space of `limit` bytes; what came out, as JSON."""
    made = PAGES[name]().encode()
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    article = extract(made, url="https://news.example/a", options=Options(max_seconds=None))
    print(
        json.dumps(
            {
                "kind": article.kind,
                "title": article.title,
                "found": [sentence for sentence in SENTENCES if sentence in article.text],
                "removed": [removed.text[:500] for removed in article.removed[:20]],
                "problems": [problem.message for problem in article.problems],
            }
        )
    )


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
