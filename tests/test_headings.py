"""Which lines of a story are its subheads."""

from __future__ import annotations

import pytest

from article_extract import Heading, extract

URL = "https://www.lighthousegazette.example/coast/lamp-of-gull-rock"


def said(n: int) -> str:
    """A paragraph unlike the others of the page."""
    nights = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth")
    return (
        f"<p>The lamp on Gull Rock burned for the {nights[n]} night on Sunday, and the keeper of it said to the "
        f"harbour master that the oil in barrel {n + 1} would last until somebody brought more of it.</p>"
    )


def headings(*parts: str, head: str = "") -> list[str]:
    article = extract(
        f"<html lang=en><head><title>The lamp of Gull Rock</title>{head}</head><body><main><article>"
        f"<h1>The lamp of Gull Rock</h1><div class=story-body>{''.join(parts)}</div></article></main></body></html>",
        url=URL,
    )
    return [b.text for b in article.body if isinstance(b, Heading)]


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        pytest.param(
            (said(0), "<p>A night without oil</p>", said(1), "<p>The boat that came late</p>", said(2), said(3)),
            ["A night without oil", "The boat that came late"],
            id="plain lines between paragraphs",
        ),
        pytest.param((said(0), "<p>Photograph of the rock</p>", said(1), said(2)), [], id="one plain line is none"),
        pytest.param(
            (said(0), "<p><b>1. Trim the wick</b></p>", said(1), "<p><b>2. Fill the tank</b></p>", said(2), said(3)),
            ["1. Trim the wick", "2. Fill the tank"],
            id="numbered bold lines",
        ),
        pytest.param(
            (said(0), "<p><b>A night without oil</b></p><p><b>and two without a boat</b></p>", said(1), said(2)),
            ["A night without oil", "and two without a boat"],
            id="subhead of two bold lines",
        ),
        pytest.param(
            (said(0), "<p><b>The oil</b></p>", said(1), "<p><b>The boat</b></p>", said(2), "<p><b>And what now?</b></p>", said(3)),
            ["The oil", "The boat", "And what now?"],
            id="one question among bold lines",
        ),
        pytest.param(
            (said(0), "<p><b>Who brought the oil?</b></p>", said(1), "<p><b>And who will pay?</b></p>", said(2)),
            [],
            id="questions of an interview",
        ),
        pytest.param(
            (said(0), "<p><b>Who brought the oil to the rock?</b></p>", said(1), said(2), "<p><b>Who brought the oil to the rock?</b></p>", said(3)),
            ["Who brought the oil to the rock?"] * 2,
            id="one question to several people",
        ),
        pytest.param(
            (said(0), "<h3>The oil</h3><p><b>The first barrel</b></p>", said(1), said(2)),
            ["The oil", "The first barrel"],
            id="bold line under a heading",
        ),
        pytest.param(
            (said(0), "<h2>The oil</h2>", said(1), "<h2>“Barrel 4 would last until somebody brought more”</h2>", said(2), said(3)),
            ["The oil", "“Barrel 4 would last until somebody brought more”"],
            id="subhead in quotation marks",
        ),
        pytest.param(
            (said(0), '<h2 class="visually-hidden">Article content</h2>', said(1), said(2)), [], id="hidden heading"
        ),
        pytest.param(
            (said(0), '<h3>For those who read on:</h3><p><a href="/coast/a-boat-with-forty-barrels-of-oil">Read also: A boat with forty barrels of oil</a></p><h3>The oil</h3>', said(1), said(2)),
            ["The oil"],
            id="heading of a link to another story",
        ),
    ],
)  # fmt: skip
def test_subheads(parts: tuple[str, ...], expected: list[str]) -> None:
    assert headings(*parts) == expected


def test_other_form_of_the_headline_is_no_subhead() -> None:
    other = '<meta property="og:title" content="Gull Rock: a lamp that burns without any oil">'
    assert headings("<h2>a lamp that burns without any oil</h2>", said(0), said(1), said(2), head=other) == []
