"""What stands before the text: headline, lead, and boxes that sum the story up."""

from __future__ import annotations

import pytest

from article_extract import Article, extract

URL = "https://www.lighthousegazette.example/coast/lamp-of-gull-rock"
DECK = "The lamp burned all week, although the island has had no oil since the storm of last March."
STORY = "".join(
    f"<p>The lamp on Gull Rock burned for the {n} night on Sunday, and the keeper said that the oil would last.</p>"
    for n in ("first", "second", "third", "fourth", "fifth")
)
POINTS = "".join(
    f"<li>{point}</li>"
    for point in (
        "The lamp has burned for five nights without a drop of new oil.",
        "The keeper believes that what is left in the tank will last until May.",
        "The harbour office wants to send a boat with forty barrels of it.",
    )
)


def read(before: str, *, head: str = "", body: str = STORY) -> Article:
    """An article with something between its headline and its text."""
    return extract(
        f"<html lang=en><head><title>The lamp of Gull Rock</title>{head}</head><body><main><article>"
        f"<h1>The lamp of Gull Rock</h1>{before}<div class=story-body>{body}</div></article></main></body></html>",
        url=URL,
    )


DESCRIBED = f'<meta name="description" content="{DECK}">'


@pytest.mark.parametrize(
    ("before", "body"),
    [
        pytest.param(f"<p>{DECK}</p><p>By Oda Finn</p>", STORY, id="before the byline, of the text's own make"),
        pytest.param(f'<div class="fn">{DECK}</div>', STORY, id="names that say byline"),
        pytest.param("", f'<p class="font-bold">{DECK}</p>{STORY}', id="first paragraph of another look"),
    ],
)
def test_what_the_metadata_say_stands_apart_as_the_lead(before: str, body: str) -> None:
    assert read(before, head=DESCRIBED, body=body).lead == DECK


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(f"<p>{DECK}</p>{STORY}", id="of one make with the text"),
        pytest.param(f'<p id="speakable-summary">{DECK}</p>{STORY}', id="a mark for reading aloud"),
    ],
)
def test_first_paragraph_that_describes_the_page_is_text(body: str) -> None:
    assert read("", head=DESCRIBED, body=body).lead is None


def test_first_paragraph_is_no_second_lead() -> None:
    other = '<meta property="og:description" content="A boat with forty barrels of oil left the harbour on Monday for Gull Rock.">'
    first = '<p class="font-bold">A boat with forty barrels of oil left the harbour on Monday for Gull Rock.</p>'
    assert read(f'<p class="standfirst">{DECK}</p>', head=other, body=first + STORY).lead == DECK


def test_deck_goes_on_in_the_intro() -> None:
    assert read(f'<h2>{DECK}</h2><div><p class="intro">{DECK.lower()}</p></div>', head=DESCRIBED).lead == (
        f"{DECK}\n{DECK.lower()}"
    )


def test_headline_said_twice_is_no_lead() -> None:
    title = "The lamp of Gull Rock burns on although the island has no more oil"
    page = f"<html lang=en><head><title>{title}</title></head><body><article><h1>{title}</h1><div>{title}</div>{STORY}</article>"
    assert extract(page, url=URL).lead is None


def test_question_of_a_poll_is_no_lead() -> None:
    box = '<aside class="sidebar"><h3>Do you expect that the oil of Gull Rock will last until the boat comes?</h3></aside>'
    assert read(box).lead is None


@pytest.mark.parametrize(
    "box",
    [
        pytest.param(f"<section><h2>At a glance</h2><ul>{POINTS}</ul><p>Written by ChatGPT, read by us.</p></section>", id="said below"),
        pytest.param(f"<section><h2>Key points</h2><p>Made with AI.</p><ul>{POINTS}</ul></section>", id="said above"),
        pytest.param(f"<div><button>i Written by AI Close</button><div><h2>In brief</h2><ul>{POINTS}</ul></div></div>", id="said around"),
        pytest.param(f'<div class="summary"><h2>AI summary</h2><ul>{POINTS}</ul></div>', id="said by the heading"),
        pytest.param(f"<section><h2>TL;DR</h2><p>{DECK}</p><small>AI-generated summary</small></section>", id="a paragraph"),
    ],
)  # fmt: skip
def test_summary_by_a_machine_is_neither_lead_nor_text(box: str) -> None:
    for before in (box, f'<p class="standfirst">{DECK.upper()}</p>{box}'):
        article = read(before)
        assert article.lead == (DECK.upper() if "standfirst" in before else None)
        assert (len(article.body), article.text.count("Gull Rock")) == (5, 5)


@pytest.mark.parametrize(
    "box", [f"<h2>Key points</h2><ul>{POINTS}</ul>", f"<div><p>At a glance</p><ul>{POINTS}</ul></div>"]
)
def test_key_points_are_the_lead_when_there_is_no_other(box: str) -> None:
    lead = read(box).lead
    assert lead is not None
    assert lead.count("\n") == 2
    alone = read(f'<p class="standfirst">{DECK}</p>{box}')
    assert alone.lead == DECK


def test_story_about_machines_is_no_summary() -> None:
    body = f"<h2>AI in the lighthouse</h2><ul>{POINTS}</ul>{STORY}"
    assert "without a drop of new oil" in read("", body=body).text
