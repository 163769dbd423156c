"""What removed texts are called."""

from __future__ import annotations

import pytest

from article_extract import extract

URL = "https://www.lighthousegazette.example/coast/lamp-of-gull-rock"
STORY = "".join(
    f"<p>The lamp on Gull Rock burned for the {n} night on Sunday, and the keeper said that the oil would last.</p>"
    for n in ("first", "second", "third", "fourth", "fifth")
)


def kinds_of(box: str, *, language: str = "en", after: bool = True) -> dict[str, str]:
    """Text → kind of everything removed from an article with a box after its text, or before it."""
    article = extract(
        f"<html lang={language}><head><title>The lamp of Gull Rock</title></head><body><main><article>"
        f"<h1>The lamp of Gull Rock</h1>{'' if after else box}{STORY}{box if after else ''}</article></main></body></html>",
        url=URL,
    )
    assert article.text.count("Gull Rock") == 5
    return {r.text: r.kind for r in article.removed}


@pytest.mark.parametrize(
    ("box", "text", "kind"),
    [
        ('<div class="modal"><a href="https://www.facebook.com/sharer.php?u=x">Send it on</a></div>', "Send it on", "share"),
        ('<div class="modal"><span>Whats App</span></div>', "Whats App", "share"),
        ('<div class="modal"><p>Keep what you like for the train</p><button>Already subscribed?</button></div>', "Keep what you like for the train", "subscribe"),
        ('<form><label>Newsletter</label><button>Sign up</button></form>', "Sign up", "newsletter"),
        ('<div class="widget"><a rel="nofollow sponsored" href="https://shop.example/lamp">A lamp of brass</a></div>', "A lamp of brass", "ad"),
        ('<ul><li><a href="/topic/lamps">Lamps</a></li><li><a href="/topic/oil">Oil</a></li></ul>', "Lamps", "tags"),
        ('<h4>More on this</h4><ul><li><a href="/topic/lamps">Lamps</a></li><li><a href="/topic/oil">Oil</a></li></ul>', "More on this", "tags"),
        ('<button>Print</button>', "Print", "share"),
        ('<div class="modal"><span>0:00</span></div>', "0:00", "player"),
        ('<div><a href="/c">© 2026 Lighthouse Gazette Ltd</a></div>', "© 2026 Lighthouse Gazette Ltd", "legal"),
    ],
)  # fmt: skip
def test_kind_after_the_text(box: str, text: str, kind: str) -> None:
    assert kinds_of(box)[text] == kind


@pytest.mark.parametrize(
    ("box", "text", "kind"),
    [
        ('<div class="modal">3/5/2026 18:30</div>', "3/5/2026 18:30", "date"),
        ('<div class="modal">5 hours ago</div>', "5 hours ago", "date"),
        ('<div class="byline"><span>By Ann Lee</span><div>May 3, 2026</div></div>', "May 3, 2026", "date"),
        ('<div class="byline">By Ann Lee on May 3, 2026</div>', "By Ann Lee", "byline"),
        ('<div class="modal">Facebook of the keeper, 12 pages</div>', "Facebook of the keeper, 12 pages", "decoration"),
    ],
)
def test_kind_before_the_text(box: str, text: str, kind: str) -> None:
    assert kinds_of(box, after=False)[text] == kind


def test_notice_in_place_of_a_video() -> None:
    box = (
        '<div class="youtube-embed" data-src="https://www.youtube.com/embed/aB3-_dE6gH9"><p>Here stands a video of another '
        "site. Do you wish to load it?</p></div>"
    )
    article = extract(
        f"<html lang=en><body><main><article><h1>The lamp of Gull Rock</h1>{STORY}{box}{STORY}</article></main></body></html>"
    )
    assert [e.id for e in article.embeds] == ["aB3-_dE6gH9"]
    assert {r.kind for r in article.removed if r.text.startswith("Here stands")} == {"placeholder"}


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("By Ann Lee May 3, 2026, 18:30", {"By Ann Lee": "byline", "May 3, 2026, 18:30": "date"}),
        ("By Ann Lee · 3 May 2026 · 4 views", {"By Ann Lee · · 4 views": "byline", "3 May 2026": "date"}),
        ("By Ann Lee and Bo Ruiz", {"By Ann Lee and Bo Ruiz": "byline"}),
    ],
)
def test_date_in_a_byline(line: str, expected: dict[str, str]) -> None:
    assert kinds_of(f'<div class="byline">{line}</div>', after=False) == expected


def test_words_that_close_a_box_of_stories() -> None:
    box = (
        '<section class="related"><h3>Related stories</h3><ul><li><a href="/coast/the-keeper-and-the-cat">The keeper and the '
        'cat that came by sea</a></li><li><a href="/coast/oil-for-a-year">Oil for a whole year arrives at once</a></li></ul>'
        "<div><span>View all</span></div></section>"
    )
    assert kinds_of(box)["View all"] == "recirculation"


def test_a_bar_of_networks() -> None:
    assert kinds_of("<div>Print Email Facebook Pin Interest Whats App</div>", after=False) == {
        "Print Email Facebook Pin Interest Whats App": "share"
    }


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ('<a href="/rights-and-licences-2026">© 2026 Lighthouse Gazette and its friends</a>', "legal"),
        ('<a href="/staff-2026/ann-lee-of-the-rock">Written by Ann Lee of Gull Rock</a>', "byline"),
    ],
)
def test_lines_that_are_no_titles_of_stories(line: str, kind: str) -> None:
    page = f"<html lang=en><body><main><article><h1>The lamp of Gull Rock</h1>{STORY}</article></main><div>{line}</div></body></html>"
    article = extract(page, url=URL)
    assert not article.related
    assert kind in {r.kind for r in article.removed}
