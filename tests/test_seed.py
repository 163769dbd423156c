"""The page that this library was asked for, where `ARTICLE_EXTRACT_SEED` or ../shared/seed has it."""

from __future__ import annotations

import json
import os
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from article_extract import Article, extract
from article_extract.records import Related, RelatedBlock

SEED = Path(os.environ.get("ARTICLE_EXTRACT_SEED") or Path(__file__).parents[2] / "shared" / "seed")
pytestmark = [
    pytest.mark.skipif(
        not (SEED / "expected.json").is_file(),
        reason="the seed page is not here: name its folder in ARTICLE_EXTRACT_SEED",
    ),
    pytest.mark.parametrize("name", ["page-a.html", "page-b.html"]),
]
URL = "https://news.example/world/doha-forum-lavrov"


@cache
def expected() -> Any:
    return json.loads((SEED / "expected.json").read_text(encoding="utf-8"))


@cache
def article_of(name: str) -> Article:
    return extract((SEED / name).read_bytes(), url=URL)


def flat(text: str | None) -> str:
    return " ".join((text or "").replace('\\"', '"').replace('%"', '"').split())


def test_scalars(name: str) -> None:
    article = article_of(name)
    for key in ("language", "direction", "title", "site_name"):
        assert getattr(article, key) == expected()[key], key
    assert article.kind == "article"


def test_lead_but_for_its_closing_call(name: str) -> None:
    lead = flat(article_of(name).lead)
    whole = expected()["lead"]
    without_call = whole[: whole.index("تابعوا التفاصيل")].strip()
    assert lead in (whole, without_call)


def test_lead_image(name: str) -> None:
    image = article_of(name).image
    assert image is not None
    assert flat(image.alt) == flat(expected()["image"]["alt"])
    assert flat(image.caption) == flat(expected()["image"]["caption"])
    assert image.url == "https://news.example/storage/doha.jpg"


def test_headings(name: str) -> None:
    assert [block.text for block in article_of(name).body if block.type == "heading"] == expected()["headings"]


def test_paragraphs(name: str) -> None:
    assert [flat(block.text) for block in article_of(name).body if block.type == "paragraph"] == [
        flat(p) for p in expected()["paragraphs"]
    ]


def test_nothing_else_is_in_the_body(name: str) -> None:
    article = article_of(name)
    assert {block.type for block in article.body} <= {"paragraph", "heading", "related", "embed", "separator"}
    pieces = [article.text, *(block.text for block in article.body)]
    for chrome in expected()["must_not_stand_in_body"]:
        for piece in pieces:
            assert chrome not in piece
            assert "".join(chrome.split()) not in "".join(piece.split())


def test_see_also_inserts(name: str) -> None:
    article = article_of(name)
    inline = [story for story in article.related if story.placement == "inline"]
    assert [flat(story.title) for story in inline] == [flat(title) for title in expected()["see_also"]]
    for story in inline:
        assert story.kind == "related"
        assert story.url is not None
        assert flat(story.label).rstrip(": ") == "شاهد ايضاً"
        assert story.block is not None
    assert [article.related[block.related] for block in article.body if isinstance(block, RelatedBlock)] == inline


def find(title: str, related: tuple[Related, ...]) -> Related:
    return next((story for story in related if flat(story.title) == flat(title)), None) or pytest.fail(
        f"no related story {title!r}"
    )


def test_related_stories_at_the_end(name: str) -> None:
    article = article_of(name)
    end = [story for story in article.related if story.placement == "end"]
    assert [flat(story.title) for story in end] == [flat(card["title"]) for card in expected()["related"]]
    for card in expected()["related"]:
        story = find(card["title"], article.related)
        assert flat(story.summary) == flat(card["summary"])
        assert flat(story.section) == flat(card["section"])
        assert story.image is not None
        assert story.kind == "related"


def test_embeds(name: str) -> None:
    article = article_of(name)
    assert len(article.embeds) == len(expected()["embeds"])
    for embed, want in zip(article.embeds, expected()["embeds"], strict=True):
        assert embed.kind == "post"
        assert (embed.provider, embed.author, embed.handle) == (want["provider"], want["author"], want["handle"])
        assert flat(embed.text) == flat(want["text"])
        assert (embed.published or "")[:10] == want["published"]
        assert embed.block is not None


def test_quotes_and_their_speakers(name: str) -> None:
    quotes = iter([quote for quote in article_of(name).quotes if quote.where == "body"])
    for want in expected()["quotes"]:
        quote = next((quote for quote in quotes if flat(quote.text).startswith(want["starts"])), None)
        assert quote is not None, f"missing, or in another order: {want['starts']}"
        assert want["speaker_contains"] in (quote.speaker or ""), quote.text


def test_what_is_no_quote(name: str) -> None:
    said = {flat(quote.text) for quote in article_of(name).quotes}
    assert not said & set(expected()["not_quotes"])
