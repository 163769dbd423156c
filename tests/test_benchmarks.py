"""The metrics of the benchmark, on small invented inputs."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from benchmarks.accuracy import page_counts
from benchmarks.figures import Figure, balanced, f1, f1_of_means, measure, share
from benchmarks.floors import below, raised, read_floors, write_floors
from benchmarks.matching import begins, place, same_embed, same_quote, same_speaker, same_story
from benchmarks.metrics import names_f1, paragraph_f1, shingle_counts, shingles, snippet_counts, text_counts, word_f1
from benchmarks.pages import Page
from benchmarks.peers import PEERS, choose
from benchmarks.record_metrics import embed_counts, quote_counts, structure_counts
from benchmarks.tables import number, table
from benchmarks.words import squeeze, tokens


def near(value: object) -> Any:
    return pytest.approx(value, abs=1e-9)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param("The mill's wheel, 1871.", ["The", "mill", "s", "wheel", "1871"], id="Latin"),
        pytest.param("東京 tower", ["東", "京", "tower"], id="Han one by one"),
        pytest.param("สวัสดี", list("สวัสดี"), id="Thai, its marks too"),
        pytest.param("नदी", ["नदी"], id="vowel signs belong to the word"),
        pytest.param("كَتَبَ ـ كتـاب", ["كتب", "كتاب"], id="Arabic without vowels and tatweel"),
        pytest.param(None, [], id="nothing"),
    ],
)
def test_tokens(text: str | None, words: list[str]) -> None:
    assert tokens(text) == words


def test_keys_pass_over_case_space_and_marks() -> None:
    assert squeeze(" “Ｔwo”\u00a0SHIPS — 3! ") == squeeze("two ships 3") == "twoships3"


@pytest.mark.parametrize(
    ("text", "runs"),
    [
        pytest.param("a b c d e", [("a", "b", "c", "d"), ("b", "c", "d", "e")], id="two runs"),
        pytest.param("a b", [("a", "b")], id="shorter than a run"),
        pytest.param("", [], id="empty"),
    ],
)
def test_shingles(text: str, runs: list[tuple[str, ...]]) -> None:
    assert shingles(text) == runs


@pytest.mark.parametrize(
    ("gold", "found", "counts"),
    [
        pytest.param("a b c d e", "a b c d e", (1, 1, 1, 1), id="equal"),
        pytest.param("a b c d e", "a b c d", (1, 1, 0.5, 1), id="half"),
        pytest.param("a b c d", "", (0, 0, 0, 1), id="nothing found has no precision"),
        pytest.param("", "a b c d", (0, 1, 0, 0), id="no gold has no recall"),
    ],
)
def test_shingle_counts(gold: str, found: str, counts: tuple[float, ...]) -> None:
    assert shingle_counts(gold, found) == near(counts)


@pytest.mark.parametrize(
    ("gold", "found", "value"),
    [
        pytest.param("The old mill", "the OLD mill", 1, id="case"),
        pytest.param("a b", "a c", 0.5, id="half"),
        pytest.param("a a a", "a", 0.5, id="bags, not sets"),
        pytest.param("", "", 1, id="rightly nothing"),
        pytest.param("", "a", 0, id="wrongly something"),
        pytest.param("a", "", 0, id="wrongly nothing"),
    ],
)
def test_word_f1(gold: str, found: str, value: float) -> None:
    assert word_f1(gold, found) == near(value)


def test_snippets() -> None:
    counts = snippet_counts(["the wheel turns", "not there"], ["Share this", "Menu"], "The wheel – turns. Menu")
    assert counts == {"snippets": (1, 1, 1), "with": near((0.5, 1)), "without": near((0.5, 1))}
    assert snippet_counts([], [], "x") == {"snippets": (0, 0, 0)}


@pytest.mark.parametrize(
    ("gold", "found", "value"),
    [
        pytest.param(["Ada Holm"], ["Holm, Ada"], 1, id="order of the words"),
        pytest.param(["Ada Holm", "Bo Lund"], [{"name": "Ada Holm"}], 2 / 3, id="records, one missing"),
        pytest.param([], ["Ada Holm"], None, id="gold names nobody"),
    ],
)
def test_names(gold: list[str], found: list[object], value: float | None) -> None:
    assert names_f1(gold, found) == (None if value is None else near(value))


GOLD = {
    "lead": ["A first part.", "A second part."],
    "sections": [{"heading": ["Water"], "paragraphs": ["It ran.", "It fell."]}],
}


@pytest.mark.parametrize(
    ("article", "value"),
    [
        pytest.param(
            {
                "lead": "A first part.\nA second part.",
                "body": [
                    {"type": "heading", "text": "Water"},
                    {"type": "paragraph", "text": "It ran."},
                    {"type": "list", "text": "It fell.", "items": [{"text": "It fell.", "level": 0}]},
                    {"type": "image", "text": "", "caption": "The fall"},
                ],
            },
            1,
            id="all of it, the lead's parts joined",
        ),
        pytest.param({"text": "Water\nIt ran.\n\nIt fell."}, 0.75, id="plain text, no lead"),
        pytest.param({"text": "Water\nIt ran.\nIt fell.", "lead": "Something else."}, 6 / 9, id="a wrong lead costs"),
        pytest.param({}, 0, id="nothing"),
    ],
)
def test_paragraphs(article: dict[str, Any], value: float) -> None:
    assert paragraph_f1(GOLD, article) == near(value)


def test_fields_are_measured_where_gold_has_them() -> None:
    gold = {
        "title": "Pool opens",
        "text": "It opened.",
        "published": "2024-05-03T10:00:00+02:00",
        "authors": [],
        "lead": [],
    }
    counts = text_counts(gold, {"title": "POOL opens!", "text": "It opened", "published": "2024-05-03"})
    assert counts["title"] == counts["published"] == counts["exact"] == (1, 1)
    assert "authors" not in counts
    assert "lead" not in counts


def test_formulas() -> None:
    assert share((1, 4)) == 0.25
    assert f1((2, 1, 1)) == near(2 / 3)
    assert f1_of_means((1, 1, 1, 2)) == near(2 / 3)
    assert balanced((1, 2, 3, 3)) == 0.75
    assert share((0, 0)) is f1((0, 0, 0)) is f1_of_means((0, 0, 1, 1)) is balanced((1, 1, 0, 0)) is None


def test_standard_error_of_a_mean_is_the_usual_one() -> None:
    figure = measure([(1, 1), (0, 1), (1, 1), (0, 1), (0, 0)], share)
    assert figure == Figure(0.5, near((1 / 3 / 4) ** 0.5), 4)
    assert measure([(1, 1)], share) == Figure(1, 0, 1)
    assert measure([(0, 0)], share) is None


@pytest.mark.parametrize(
    ("label", "found", "same"),
    [
        pytest.param("The wheel turned and…", "The wheel turned and stopped.", True, id="cut label"),
        pytest.param("The wheel turned", "A wheel turned", False, id="other words"),
        pytest.param("The wheel turned for years on end", "The wheel", False, id="too short to tell"),
        pytest.param("", "The wheel", False, id="no label"),
    ],
)
def test_beginnings(label: str, found: str, same: bool) -> None:
    assert begins(label, found) is same


def test_places() -> None:
    assert (
        place("https://a.example/News/1/?utm_source=x&id=2")
        == place("http://www.b.example/news/1?id=2")
        == "/news/1?id=2"
    )
    assert place(None) == place("http://[") == ""


@pytest.mark.parametrize(
    ("label", "found", "same"),
    [
        pytest.param({"url": "https://a.example/mill"}, {"url": "/mill/"}, True, id="address"),
        pytest.param({"url": "https://a.example/mill"}, {"url": "/wheel"}, False, id="other address"),
        pytest.param({"title": "The mill"}, {"title": "«The Mill»"}, True, id="title"),
        pytest.param(
            {"title": "A mill stands by the old weir"},
            {"title": "News: A mill stands by the old weir"},
            True,
            id="title within",
        ),
        pytest.param({"title": "Mill"}, {"title": "Mill stands"}, False, id="too short a title within"),
        pytest.param({}, {}, False, id="nothing to compare"),
    ],
)
def test_stories(label: dict[str, str], found: dict[str, str], same: bool) -> None:
    assert same_story(label, found) is same


@pytest.mark.parametrize(
    ("label", "found", "same"),
    [
        pytest.param(
            {"provider": "twitter", "id": "12"},
            {"provider": "x", "url": "https://x.example/i/12"},
            True,
            id="id in the address",
        ),
        pytest.param({"provider": "x", "id": "12"}, {"provider": "youtube", "id": "12"}, False, id="other provider"),
        pytest.param({"provider": "x", "id": "12"}, {"provider": "x", "id": "13"}, False, id="other id"),
        pytest.param(
            {"provider": "x", "text": "Low water today"}, {"provider": "x", "text": "Low water today!"}, True, id="text"
        ),
        pytest.param(
            {"provider": "datawrapper"}, {"provider": "datawrapper", "id": "9"}, True, id="nothing but a provider"
        ),
        pytest.param({"provider": "site-video", "id": "1"}, {"provider": "site-audio"}, True, id="own players"),
    ],
)
def test_embeds(label: dict[str, str], found: dict[str, str], same: bool) -> None:
    assert same_embed(label, found) is same


def test_own_players_are_never_wrong() -> None:
    assert embed_counts([], {"embeds": [{"provider": "site-video"}, {"provider": "x", "id": "1"}]}) == (0, 1, 0)


@pytest.mark.parametrize(
    ("label", "found", "same"),
    [
        pytest.param("We open on Monday", "we open on Monday,", True, id="marks"),
        pytest.param("We open on Monday, weather permitting", "We open on Monday, weather per", True, id="70 % of it"),
        pytest.param("We open on Monday, weather permitting", "We open", False, id="a scrap"),
    ],
)
def test_quotes(label: str, found: str, same: bool) -> None:
    assert same_quote({"text": label}, {"text": found}) is same


@pytest.mark.parametrize(
    ("label", "found", "same"),
    [
        pytest.param("Ada Holm", "Mayor Ada Holm", True, id="with a title"),
        pytest.param("the mayor of Brenn", "Brenn mayor", True, id="articles aside"),
        pytest.param("Ada Holm", "Bo Holm", False, id="another"),
        pytest.param("山田太郎", "山田", True, id="no spaces"),
        pytest.param("Ada Holm", None, False, id="nobody"),
    ],
)
def test_speakers(label: str, found: str | None, same: bool) -> None:
    assert same_speaker({"speaker": label}, {"speaker": found}) is same


def test_quote_counts() -> None:
    label = {
        "quotes": [{"text": "We won", "speaker": "Ada Holm"}, {"text": "At last", "speaker": None}],
        "non_quotes": [{"text": "Low Tide"}],
    }
    found = [{"text": "We won", "speaker": "Holm"}, {"text": "Low Tide"}, {"text": "At last", "kind": "pull"}]
    assert quote_counts(label, {"quotes": found}) == {"quotes": (1, 1, 1), "speaker": (1, 1), "look_alikes": (1, 1)}


LABEL: Mapping[str, Any] = {
    "title": "Mill opens",
    "lead": "It took ten years…",
    "authors": ["Ada Holm"],
    "headings": ["Water"],
    "first_paragraph": "The wheel turned on Monday for the first time…",
    "last_paragraph": "Nobody knows for how long.",
    "images": [{"caption": "The wheel in May"}],
    "chrome_in_flow": [{"text": "Share this story", "kind": "share"}, {"text": "Also read", "kind": "see_also"}],
    "chrome_after": [
        {"text": "Follow us for more of what the river brings…", "kind": "newsletter"},
        {"text": "×", "kind": "share"},
    ],
    "related": [
        {"url": "https://a.example/weir", "title": "The weir", "kind": "recirculation", "placement": "aside"},
        {"url": "https://a.example/weir", "title": "The weir", "kind": "related", "placement": "inline"},
        {"url": "https://a.example/dam", "title": "The dam", "kind": "related", "placement": "end"},
        {"url": "https://a.example/feed", "title": "The feed", "kind": "recirculation", "placement": "end"},
    ],
    "embeds": [{"provider": "x", "id": "7"}],
}
ARTICLE: Mapping[str, Any] = {
    "title": "Mill opens",
    "lead": "It took ten years to build.",
    "authors": [{"name": "Ada Holm"}, {"name": "Bo Lund"}],
    "image": {"caption": "The wheel in May, before rain"},
    "text": "The wheel turned on Monday for the first time in years.\n\nShare this story\n\nNobody knows for how long.",
    "body": [
        {"type": "paragraph", "text": "The wheel turned on Monday for the first time in years."},
        {"type": "paragraph", "text": "Share this story"},
        {"type": "paragraph", "text": "Nobody knows for how long."},
    ],
    "removed": [{"text": "Follow us for more of what the river brings you", "kind": "ad"}],
    "related": [
        {"url": "/weir", "title": "The weir", "label": "Also read:", "kind": "related", "placement": "inline"},
        {"url": "/feed", "title": "The feed", "kind": "related", "placement": "end"},
    ],
    "embeds": [{"provider": "x", "id": "7"}, {"provider": "youtube", "id": "q"}],
}


def test_structure() -> None:
    assert structure_counts(LABEL, ARTICLE) == {
        "title": (1, 1),
        "lead": (1, 1),
        "first": (1, 1),
        "last": (1, 1),
        "headings": (0, 0, 1),
        "authors": (1, 1, 0),
        "captions": (1, 0, 0),
        "leak": (1, 3),
        "clean": (0, 1),
        "kinds": (1, 3),
        "related": (1, 1, 1),
        "teasers": (2, 3),
        "inline_r": (1, 1),
        "end_r": (0, 1),
        "embeds": (1, 1, 0),
    }


def test_an_empty_article_is_measured_too() -> None:
    counts = structure_counts(LABEL, {})
    assert counts["clean"] == (0, 1)
    assert counts["leak"] == (0, 3)
    assert counts["embeds"] == (0, 0, 1)


@pytest.mark.parametrize(
    ("name", "kind", "counts"),
    [
        ("wcxb-article", "opinion", (1, 1, 0, 0)),
        ("wcxb-article", "index", (0, 1, 0, 0)),
        ("wcxb-other", "other", (0, 0, 1, 1)),
        ("wcxb-other", "article", (0, 0, 0, 1)),
    ],
)
def test_articles_and_other_pages(name: str, kind: str, counts: tuple[float, ...]) -> None:
    page = Page(name, "p", Path("p.html.gz"), None, {"text": "x"})
    assert page_counts(page, {"kind": kind, "text": "x"})["kinds"]["kind"] == counts
    assert "kinds" not in page_counts(page, {"text": "x"})


def figures(value: float, name: str = "f1", se: float = 0.01) -> dict[str, dict[str, Figure]]:
    return {"fundus": {name: Figure(value, se, 200)}}


def test_floors_rise_beyond_noise_only(tmp_path: Path) -> None:
    floors = raised({}, figures(0.9))
    assert floors == {"fundus": {"f1": {"value": 0.9, "se": 0.01, "floor": 0.89}}}
    assert raised(floors, figures(0.905)) == floors
    assert raised(floors, figures(0.85)) == floors
    assert raised(floors, figures(0.92))["fundus"]["f1"]["floor"] == 0.91
    assert raised(floors, figures(0.85), lower=True)["fundus"]["f1"]["floor"] == 0.84
    write_floors(floors, tmp_path / "floors.json")
    assert read_floors(tmp_path / "floors.json") == floors
    assert read_floors(tmp_path / "none.json") == {}


def test_floors_are_ceilings_where_less_is_better() -> None:
    floors = raised({}, figures(0.1, "leak"))
    assert floors["fundus"]["leak"]["floor"] == 0.11
    assert raised(floors, figures(0.05, "leak"))["fundus"]["leak"]["floor"] == 0.06
    assert below(floors, figures(0.105, "leak")) == []
    assert below(floors, figures(0.12, "leak")) == ["fundus leak: 0.1200 is above its ceiling 0.1100 (was 0.1000)"]


def test_noise_is_at_least_a_page() -> None:
    assert raised({}, figures(1.0, se=0.0))["fundus"]["f1"] == {"value": 1.0, "se": 0.005, "floor": 0.995}


def test_what_falls_through_a_floor() -> None:
    floors = raised({}, figures(0.9))
    assert below(floors, figures(0.89)) == []
    assert below(floors, {}) == []
    assert below(floors, figures(0.88)) == ["fundus f1: 0.8800 is below its floor 0.8900 (was 0.9000)"]


def test_peers_are_chosen_by_name() -> None:
    assert choose("none") == ([], [])
    present, absent = choose("all")
    assert sorted(present + absent) == sorted(PEERS)
    with pytest.raises(ValueError, match="nobody"):
        choose("nobody")


def test_tables() -> None:
    assert table(["set", "f1"], [["a", number(0.9)], ["bc", number(None)]]).splitlines() == [
        "set    f1",
        "a    .900",
        "bc      –",
    ]
    assert number(1.0) == "1.000"
