"""Pictures: which are the article's, their captions, credits and addresses."""

from __future__ import annotations

import pytest
from lxml import html

from article_extract import Article, extract
from article_extract.captions import CaptionText, join_captions, read_caption
from article_extract.rules import phrase_book
from article_extract.stages.media import read_source

URL = "https://www.tidemillpost.example/coast/the-tide-mill-turns"
FILLER = "".join(
    f"<p>The tide mill at Sorrel Quay turned for hour {n} on Tuesday, and the miller said that the flour was dry.</p>"
    for n in ("one", "two", "three", "four", "five")
)


def read(figure: str, *, language: str = "en", before: str = "") -> Article:
    """An article with a figure between its paragraphs."""
    return extract(
        f"<html lang={language}><title>The tide mill turns</title><body><main><article><h1>The tide mill turns</h1>{before}"
        f"{FILLER}{figure}{FILLER.replace('Tuesday', 'Wednesday')}</article></main>",
        url=URL,
    )


def captions_of(article: Article) -> list[tuple[str | None, str | None]]:
    images = [b for b in article.body if b.type == "image"]
    return [(i.caption, i.credit) for i in ([article.image] if article.image else []) + images]  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("code", "text", "expected"),
    [
        ("en", "The wheel at dawn. Photo: Ann Lee/dpa", ("The wheel at dawn.", "Ann Lee/dpa")),
        ("en", "The wheel at dawn (Reuters)", ("The wheel at dawn", "Reuters")),
        ("en", "(The Tidemill Post)", (None, "The Tidemill Post")),
        ("en", "Getty Images", (None, "Getty Images")),
        ("en", "Credits: Supplied Image;", (None, "Supplied Image")),
        ("en", "Image caption, The wheel before the flood", ("The wheel before the flood", None)),
        ("en", "Image source, Harbour Archive", (None, "Harbour Archive")),
        ("ar", "التعليق على الصورة، عجلة الطاحونة", ("عجلة الطاحونة", None)),
        ("ar", "صدر الصورة، أرشيف الميناء", (None, "أرشيف الميناء")),
        ("en", "The wheel at dawn Image Credits: Harbour Archive", ("The wheel at dawn", "Harbour Archive")),
        ("en", "Photo courtesy of Sorrel Mill", (None, "Photo courtesy of Sorrel Mill")),
        ("en", "Photo of the mill in snow", ("Photo of the mill in snow", None)),
        ("en", "Images, videos and a song about the mill", ("Images, videos and a song about the mill", None)),
        ("en", "Getty Images / Ann Reznick Photography", (None, "Getty Images / Ann Reznick Photography")),
        ("no", "Privat", (None, "Privat")),
        ("fr", "Tous droits réservés Le Moulin", (None, "Tous droits réservés Le Moulin")),
        ("uk", "Старий млин / Фото музею", ("Старий млин", "Фото музею")),
        ("uk", "На фото: старий млин", ("старий млин", None)),
        ("it", "La ruota vista dal canale (foto Morosin)", ("La ruota vista dal canale", "foto Morosin")),
        ("id", "Roda kincir ditarik warga, Selasa. (HARIAN KINCIR/ANI)", ("Roda kincir ditarik warga, Selasa.", "HARIAN KINCIR/ANI")),
        ("nl", "Het rad bij eb. Beeld Anna Molenaar", ("Het rad bij eb.", "Beeld Anna Molenaar")),
        ("ko", "▲ 물레방아가 돌고 있다. 사진=방앗간 제공", ("▲ 물레방아가 돌고 있다.", "방앗간 제공")),
        ("zh", "磨坊的水轮。　李水 摄", ("磨坊的水轮。", "李水")),
        ("zh", "磨坊的水輪。圖／磨坊提供", ("磨坊的水輪。", "磨坊提供")),
        ("en", "The wheel (left) and the weir. Image of the year", ("The wheel (left) and the weir. Image of the year", None)),
        ("en", "The miller, left, and his daughter in the yard", ("The miller, left, and his daughter in the yard", None)),
    ],
)  # fmt: skip
def test_caption_and_credit(code: str, text: str, expected: tuple[str | None, str | None]) -> None:
    assert read_caption(text, phrase_book(code)) == expected


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        ([("Getty Images", False), ("The wheel", False)], ("The wheel", "Getty Images")),
        ([("Harbour Archive", True), ("The wheel", False)], ("The wheel", "Harbour Archive")),
        ([("The wheel", False), ("Photo:", False), ("Ann Lee / TP", False)], ("The wheel", "Ann Lee / TP")),
        ([("Image caption,", False), ("The wheel", False)], ("The wheel", None)),
        ([("Photo", False), ("The wheel", False)], ("The wheel", None)),
        ([("The wheel", False), ("The wheel", False)], ("The wheel", None)),
        ([("The wheel turns.", False, 1), ("It is old, and nobody can say today when it was built or by whom it was paid for.", False, 1)],
         ("The wheel turns. It is old, and nobody can say today when it was built or by whom it was paid for.", None)),
        ([("The wheel turns.", False, 1), ("Another wheel, which turned for as long as anybody in the village can remember, until 1950.", False, 2)],
         ("The wheel turns.", None)),
        ([("The wheel turns.", False), ("Ann Lee", False)], ("The wheel turns.", "Ann Lee")),
    ],
)  # fmt: skip
def test_texts_beside_one_picture(texts: list[tuple[str, bool, int]], expected: tuple[str | None, str | None]) -> None:
    assert join_captions([CaptionText(*t) for t in texts], phrase_book("en")) == expected


WHEEL = '<img src="/wheel.jpg" width="800" height="500" alt="">'


@pytest.mark.parametrize(
    ("figure", "expected"),
    [
        pytest.param(
            f"<figure>{WHEEL}<button>Enlarge picture now</button><figcaption>The wheel at dawn</figcaption></figure>",
            ("The wheel at dawn", None),
            id="button in the figure",
        ),
        pytest.param(
            f"<figure>{WHEEL}<figcaption><svg><title>Camera Icon</title></svg>The wheel at dawn</figcaption></figure>",
            ("The wheel at dawn", None),
            id="title of an icon",
        ),
        pytest.param(
            f'<figure><div role="button">{WHEEL}</div><figcaption>The wheel at dawn</figcaption></figure>',
            ("The wheel at dawn", None),
            id="picture in a button",
        ),
        pytest.param(
            f"<figure><div>{WHEEL}<span>The Mill Museum</span></div><figcaption>The wheel at dawn</figcaption></figure>",
            ("The wheel at dawn", "The Mill Museum"),
            id="credit on the picture",
        ),
        pytest.param(
            f'<div><figure><a href="/coast/photo/8812-wheel">{WHEEL}</a><figcaption>The wheel of the mill at dawn</figcaption>'
            "</figure></div>",
            ("The wheel of the mill at dawn", None),
            id="picture leads to its own page",
        ),
        pytest.param(
            f'<div class="pic">{WHEEL}<p class="media-head">The wheel at dawn</p><p class="by">Photo: Ann Lee</p></div>',
            ("The wheel at dawn", "Ann Lee"),
            id="between picture and credit",
        ),
        pytest.param(
            f'<div class="pic">{WHEEL}<h3>The wheel at dawn</h3><p>Photo: Ann Lee</p></div>',
            ("The wheel at dawn", "Ann Lee"),
            id="heading between picture and credit",
        ),
        pytest.param(
            f'<div class="x1"><div class="x2">{WHEEL}</div><div class="x3">The wheel at dawn</div></div>',
            ("The wheel at dawn", None),
            id="box without names",
        ),
        pytest.param(
            '<img src="/wheel.jpg" width="800" height="0" alt=""><p class="caption">The wheel at dawn</p>',
            ("The wheel at dawn", None),
            id="height set by script",
        ),
    ],
)
def test_caption_of_a_figure(figure: str, expected: tuple[str | None, str | None]) -> None:
    article = read(figure)
    assert captions_of(article) == [expected]
    assert "at dawn" not in article.text
    assert not article.related


@pytest.mark.parametrize(
    ("markup", "url"),
    [
        ('<img src="a.jpg" srcset="b.jpg 300w, c.jpg 900w">', "https://www.tidemillpost.example/coast/c.jpg"),
        ('<img src="data:image/gif;base64,R0" data-hi-res-src="/c.jpg">', "https://www.tidemillpost.example/c.jpg"),
        ('<img src="/blank.gif" data-src-360="/s.webp" data-src-1440="/l.webp">', "https://www.tidemillpost.example/l.webp"),
        ('<a href="/big.jpeg?v=2"><img src="data:image/gif;base64,R0"></a>', "https://www.tidemillpost.example/big.jpeg?v=2"),
        ('<img src="data:image/gif;base64,R0"><noscript><img src="/n.png"></noscript>', "https://www.tidemillpost.example/n.png"),
        ('<a href="/story-of-a-mill"><img src="data:image/gif;base64,R0"></a>', None),
    ],
)  # fmt: skip
def test_source_of_a_picture(markup: str, url: str | None) -> None:
    element = next(html.fromstring(f"<div>{markup}</div>").iter("img"))
    assert read_source(element, URL) == url


def test_pictures_of_other_names_are_no_copies() -> None:
    article = read('<img src="/img?id=12" width="800" alt="a">' + FILLER.replace("Tuesday", "Friday") + '<img src="/img?id=13" width="800" alt="b">')  # fmt: skip
    assert [b.alt for b in article.body if b.type == "image"] == ["a", "b"]  # type: ignore[union-attr]


def test_copy_of_a_picture_stands_once() -> None:
    article = read(
        '<figure><img src="/pic/wheel-800x600.jpg"></figure><div><img src="/pic/wheel-80x60.jpg"><p class="caption">'
        "The wheel at dawn</p></div>"
    )
    assert captions_of(article) == [("The wheel at dawn", None)]
