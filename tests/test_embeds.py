"""Embeds: providers as data, every form of markup, what is none."""

from __future__ import annotations

import base64
import html
import json
import re
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from article_extract import extract
from article_extract.errors import RuleFileError
from article_extract.records import Embed
from article_extract.stages.embeds import (
    is_candidate,
    list_stated_embeds,
    read_embed,
    read_flattened_post,
    read_url_embed,
    same_embed,
)
from article_extract.stages.embeds.inner import items_of
from article_extract.stages.embeds.providers import find_address, is_no_embed, read_registry, registry, unwrapped

if TYPE_CHECKING:
    from lxml.etree import _Element

BASE = "https://news.example/2024/story"
YT = "aB3-_dE6gH9"
TWEET = "1234567890123456789"
FRAME = f'<iframe src="https://www.youtube.com/embed/{YT}"></iframe>'


def tree(markup: str) -> _Element:
    return etree.fromstring(f"<html><body>{markup}</body></html>".encode(), etree.HTMLParser(encoding="utf-8"))


def embeds(markup: str, language: str | None = "en") -> list[Embed]:
    """What the walk of a page would find, each once."""
    found: list[Embed] = []
    for element in tree(markup).iter():
        if isinstance(element.tag, str) and is_candidate(element.tag, items_of(element)):
            embed = read_embed(element, base_url=BASE, language=language)
            if embed is not None and not any(same_embed(embed, other) for other in found):
                found.append(embed)
    return found


def only(markup: str, language: str | None = "en") -> Embed:
    found = embeds(markup, language)
    assert len(found) == 1, found
    return found[0]


# The data file


@pytest.mark.parametrize(
    ("key", "url", "number"), [(p.key, url, number) for p in registry().providers for url, number in p.hits]
)
def test_provider_hits(key: str, url: str, number: str) -> None:
    found = find_address(url, base_url=BASE, proxied=True)
    assert found is not None
    assert (found.provider.key, found.id or "") == (key, number)


@pytest.mark.parametrize("url", sorted({url for p in registry().providers for url in p.misses}))
def test_provider_misses(url: str) -> None:
    assert find_address(url, base_url=BASE) is None


@pytest.mark.parametrize("entry", registry().none, ids=lambda e: e.why)
def test_no_embeds(entry: Any) -> None:
    assert all(is_no_embed(url) for url in entry.hits)
    assert not any(is_no_embed(url) for url in entry.misses)


def test_canonical_addresses_lead_back() -> None:
    for provider in registry().providers:
        for url, number in provider.hits:
            found = find_address(url, base_url=BASE, proxied=True)
            assert found is not None
            if not provider.canonical or not provider.bare or not number:
                continue
            again = find_address(found.url, base_url=BASE)
            assert again is not None, found.url
            assert again.provider.key == provider.key, found.url


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({"providers": []}, "unknown table providers"),
        (
            {"provider": [{"key": "a", "kind": "video", "hits": [["a", ""]], "misses": ["b"], "host": []}]},
            "'a': unknown key host",
        ),
        ({"provider": [{"key": "a", "kind": "video", "misses": ["b"]}]}, "'a': hits is needed"),
        ({"provider": [{"key": "a", "kind": "film", "hits": [["a", ""]], "misses": ["b"]}]}, "'a': kind: 'film'"),
        (
            {"provider": [{"key": "a", "kind": "video", "hosts": ["a.example"], "hits": [["a", ""]], "misses": ["b"]}]},
            "need each other",
        ),
        (
            {
                "provider": [
                    {
                        "key": "a",
                        "kind": "video",
                        "hosts": ["a.example"],
                        "patterns": ["("],
                        "hits": [["a", ""]],
                        "misses": ["b"],
                    }
                ]
            },
            "'a': pattern '\\('",
        ),
        ({"none": [{"why": "ads", "hosts": ["a.example"]}]}, "'ads': hits is needed"),
        ({"markup": {"container": []}}, "unknown or missing key"),
        (
            {
                "provider": [
                    {"key": k, "kind": "video", "words": ["w"], "hits": [["a", ""]], "misses": ["b"]} for k in "ab"
                ]
            },
            "'b': 'w' also names 'a'",
        ),
    ],
)
def test_faulty_file(data: dict[str, Any], message: str) -> None:
    with pytest.raises(RuleFileError, match=message):
        read_registry(data)


def test_patterns_are_linear() -> None:
    """No quantified group that holds a quantifier without a bound, and hostile addresses cost little."""
    for provider in registry().providers:
        for pattern in provider.patterns:
            assert not re.search(r"[+*]\)[+*]", pattern.pattern.replace(r"[^#]*&)?", "")), pattern.pattern
            for piece in ("a", "&v=", "%2F", "/a", "-", "?a=b&"):
                pattern.match("/" + piece * 1200)


# Forms

TWEET_WORDS = (
    "<p lang='en'>The bridge is open again. <a href='https://t.co/AbCdEf'>pic.twitter.com/AbCdEf</a></p>"
    "&mdash; Town Hall (@townhall) "
    f"<a href='https://twitter.com/townhall/status/{TWEET}?ref_src=twsrc%5Etfw'>May 3, 2024</a>"
)


def test_post_with_its_words() -> None:
    embed = only(
        f"<blockquote class='twitter-tweet' data-lang='en'>{TWEET_WORDS}</blockquote><script src='https://platform.twitter.com/widgets.js'></script>"
    )
    assert embed == Embed(
        provider="x",
        kind="post",
        id=TWEET,
        url=f"https://x.com/townhall/status/{TWEET}",
        author="Town Hall",
        handle="townhall",
        text="The bridge is open again. pic.twitter.com/AbCdEf",
        published="2024-05-03",
    )


def test_post_that_answers_another_has_its_own_address() -> None:
    other = "<a href='https://twitter.com/somebody/status/1111111111111'>this</a>"
    embed = only(
        f"<blockquote class='twitter-tweet'><p>See {other}</p>— A B (@ab) "
        f"<a href='https://twitter.com/ab/status/2222222222222'>1 May 2024</a></blockquote>"
    )
    assert embed.id == "2222222222222"


@pytest.mark.parametrize(
    ("shared", "author", "language"),
    [
        ("A post shared by Garden Club (@garden.club)", "Garden Club", "en"),
        ("Ein Beitrag geteilt von Garden Club (@garden.club)", "Garden Club", "de"),
        ("Публикация от Garden Club (@garden.club)", "Garden Club", "ru"),
        ("Garden Club(@garden.club)がシェアした投稿", "Garden Club", "ja"),
        ("Garden Club (@garden.club)'in paylaştığı bir gönderi", "Garden Club", "tr"),
    ],
)
def test_shared_post(shared: str, author: str, language: str) -> None:
    embed = only(
        "<blockquote class='instagram-media' data-instgrm-permalink='https://www.instagram.com/p/Bx_-aB1cD2e/?utm_source=ig_embed'>"
        f"<div><a href='https://www.instagram.com/p/Bx_-aB1cD2e/'>View this post on Instagram</a></div>"
        f"<p><a href='#'>{shared}</a></p></blockquote>",
        language,
    )
    assert (embed.provider, embed.id, embed.author, embed.handle, embed.text) == (
        "instagram",
        "Bx_-aB1cD2e",
        author,
        "garden.club",
        None,
    )
    assert embed.placeholder


TABLE: list[tuple[str, str, str | None, str]] = [
    # frames
    (
        f"<iframe src='https://www.youtube.com/embed/{YT}?feature=oembed' title='Bridge opens'></iframe>",
        "youtube",
        YT,
        "video",
    ),
    (f"<iframe data-src='//www.youtube-nocookie.com/embed/{YT}'></iframe>", "youtube", YT, "video"),
    (f"<iframe src='about:blank' data-lazy-src='https://www.youtube.com/embed/{YT}'></iframe>", "youtube", YT, "video"),
    (f"<iframe data-cmp-src='https://www.youtube.com/embed/{YT}'></iframe>", "youtube", YT, "video"),
    (
        f"<iframe srcdoc=\"<a href='#'><img></a><iframe src='https://www.youtube.com/embed/{YT}'></iframe>\"></iframe>",
        "youtube",
        YT,
        "video",
    ),
    (
        f"<iframe src='https://web.archive.org/web/20200101000000if_/https://www.youtube.com/embed/{YT}'></iframe>",
        "youtube",
        YT,
        "video",
    ),
    (
        f"<iframe src='https://cdn.embedly.example/media.html?src=https%3A%2F%2Fwww.youtube.com%2Fembed%2F{YT}&type=text'></iframe>",
        "youtube",
        YT,
        "video",
    ),
    ("<iframe src='https://player.vimeo.com/video/123456789?dnt=1'></iframe>", "vimeo", "123456789", "video"),
    (
        "<iframe src='https://w.soundcloud.com/player/?url=https%3A//api.soundcloud.com/tracks/123456789&color=0'></iframe>",
        "soundcloud",
        "123456789",
        "audio",
    ),
    ("<iframe src='https://datawrapper.dwcdn.net/aB1cD/2/' title='Rents'></iframe>", "datawrapper", "aB1cD", "chart"),
    ("<iframe src='https://www.google.com/maps/embed?pb=!1m18'></iframe>", "maps", None, "map"),
    (
        "<iframe src='https://docs.google.com/forms/d/e/1FAIpQLSdAbCdEfGhIjKl/viewform?embedded=true'></iframe>",
        "google-forms",
        "1FAIpQLSdAbCdEfGhIjKl",
        "form",
    ),
    ("<iframe src='https://vk.com/video_ext.php?oid=-1&id=456239017'></iframe>", "vk", "456239017", "video"),
    (
        "<iframe src='//player.bilibili.com/player.html?bvid=BV1aB4y1c7dE'></iframe>",
        "bilibili",
        "BV1aB4y1c7dE",
        "video",
    ),
    ("<iframe src='https://tv.naver.com/embed/12345678'></iframe>", "naver-tv", "12345678", "video"),
    (
        "<iframe src='https://www.facebook.com/plugins/post.php?href=https%3A%2F%2Fwww.facebook.com%2Ftown%2Fposts%2F1234567890'></iframe>",
        "facebook",
        "1234567890",
        "post",
    ),
    (
        "<iframe src='https://tools.example/embed/quiz/77' title='Do you know the town?'></iframe>",
        "tools.example",
        None,
        "poll",
    ),
    (f"<object><param name='movie' value='https://www.youtube.com/v/{YT}'></object>", "youtube", YT, "video"),
    # custom elements
    (f"<amp-youtube data-videoid='{YT}'></amp-youtube>", "youtube", YT, "video"),
    (f"<lite-youtube videoid='{YT}'></lite-youtube>", "youtube", YT, "video"),
    (f"<amp-twitter data-tweetid='{TWEET}'></amp-twitter>", "x", TWEET, "post"),
    ("<amp-instagram data-shortcode='Bx_-aB1cD2e'></amp-instagram>", "instagram", "Bx_-aB1cD2e", "post"),
    ("<amp-dailymotion data-videoid='x7abcde'></amp-dailymotion>", "dailymotion", "x7abcde", "video"),
    (
        "<amp-iframe src='https://e.infogram.com/0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9'></amp-iframe>",
        "infogram",
        "0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9",
        "chart",
    ),
    ("<lite-vimeo videoid='123456789'></lite-vimeo>", "vimeo", "123456789", "video"),
    # lazy attributes
    (
        f"<div class='rll-youtube-player' data-src='https://www.youtube.com/embed/{YT}' data-id='{YT}'></div>",
        "youtube",
        YT,
        "video",
    ),
    (
        f"<span class='flying-press-youtube' data-src='https://www.youtube.com/embed/{YT}'></span>",
        "youtube",
        YT,
        "video",
    ),
    (f"<div data-youtube-id='{YT}'></div>", "youtube", YT, "video"),
    (f"<div class='tweet-lazy' data-tweet-id='{TWEET}'></div>", "x", TWEET, "post"),
    (f"<div class='video' data-video-provider='youtube' data-video-id='{YT}'></div>", "youtube", YT, "video"),
    (
        "<div class='infogram-embed' data-id='0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9' data-title='Rents'></div>",
        "infogram",
        "0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9",
        "chart",
    ),
    ("<div class='flourish-embed' data-src='visualisation/12345678?1'></div>", "flourish", "12345678", "chart"),
    ("<div id='vk_post_-12345_678'></div>", "vk", "-12345_678", "post"),
    (
        "<div class='fb-post' data-href='https://www.facebook.com/town/posts/1234567890'></div>",
        "facebook",
        "1234567890",
        "post",
    ),
    (
        "<blockquote class='tiktok-embed' cite='https://www.tiktok.com/@town/video/7012345678901234567'><section></section></blockquote>",
        "tiktok",
        "7012345678901234567",
        "video",
    ),
    (
        "<blockquote class='bluesky-embed' data-bluesky-uri='at://did:plc:abcdefgh/app.bsky.feed.post/3kabcdefghi2z'><p>Hi</p></blockquote>",
        "bluesky",
        "3kabcdefghi2z",
        "post",
    ),
    (
        "<a data-pin-do='embedPin' href='https://www.pinterest.com/pin/123456789012345678/'></a>",
        "pinterest",
        "123456789012345678",
        "image",
    ),
    # scripts
    (
        "<script async src='https://telegram.org/js/telegram-widget.js' data-telegram-post='town_news/1234'></script>",
        "telegram",
        "1234",
        "post",
    ),
    (
        "<script src='https://gist.github.com/somebody/0123456789abcdef0123456789abcdef.js'></script>",
        "gist",
        "0123456789abcdef0123456789abcdef",
        "rich",
    ),
    ("<script src='https://www.aparat.com/embed/aBc1D?data[responsive]=yes'></script>", "aparat", "aBc1D", "video"),
    (
        "<script class='podigee-podcast-player' src='https://player.podigee-cdn.net/p.js' data-configuration='https://town.podigee.io/12-some-title/embed'></script>",
        "podigee",
        "12-some-title",
        "audio",
    ),
    (
        f'<script type="application/json">{{"v": {{"url": "https:\\/\\/www.youtube.com\\/embed\\/{YT}"}}}}</script>',
        "youtube",
        YT,
        "video",
    ),
    # consent walls, templates
    (f"<noscript><iframe src='https://www.youtube.com/embed/{YT}'></iframe></noscript>", "youtube", YT, "video"),
    (f"<template><iframe src='https://www.youtube.com/embed/{YT}'></iframe></template>", "youtube", YT, "video"),
    (
        f"<script type='text/template'><iframe src='https://www.youtube.com/embed/{YT}'></iframe></script>",
        "youtube",
        YT,
        "video",
    ),
    (
        f"<script type='text/html' class='js-embed-template'>&lt;iframe src=&quot;https://www.youtube.com/embed/{YT}&quot;&gt;&lt;/iframe&gt;</script>",
        "youtube",
        YT,
        "video",
    ),
    (f"<script type='text/template'>{base64.b64encode(FRAME.encode()).decode()}</script>", "youtube", YT, "video"),
    (f"<div data-embed-content='{html.escape(FRAME)}'><p>Allow?</p></div>", "youtube", YT, "video"),
    (f"<div data-embed='{json.dumps({'url': f'https://youtu.be/{YT}', 'width': 500})}'></div>", "youtube", YT, "video"),
    (
        f"<div class='elementor-widget-video' data-settings='{json.dumps({'youtube_url': f'https://youtu.be/{YT}'})}'></div>",
        "youtube",
        YT,
        "video",
    ),
    (f"<div data-embed='{json.dumps({'provider': 'youtube', 'videoId': YT})}'></div>", "youtube", YT, "video"),
    (
        f"<div class='embed-consent'><p>A video by YouTube</p><a href='https://www.youtube.com/watch?v={YT}'>Open</a></div>",
        "youtube",
        YT,
        "video",
    ),
    (
        "<script data-role='consent' data-content='&lt;blockquote class=\"instagram-media\" data-instgrm-permalink=\"https://www.instagram.com/p/Bx_-aB1cD2e/\"&gt;&lt;/blockquote&gt;'></script>",
        "instagram",
        "Bx_-aB1cD2e",
        "post",
    ),
    # WordPress, links
    (
        f"<figure class='wp-block-embed is-provider-youtube'><div class='wp-block-embed__wrapper'>https://www.youtube.com/watch?v={YT}</div></figure>",
        "youtube",
        YT,
        "video",
    ),
    (
        f"<figure class='wp-block-embed'><div class='wp-block-embed__wrapper'><iframe src='https://www.youtube.com/embed/{YT}'></iframe></div></figure>",
        "youtube",
        YT,
        "video",
    ),
    (
        "<div class='wp-block-jetpack-pinterest'><a href='https://www.pinterest.co.uk/pin/123456789012345678/'></a></div>",
        "pinterest",
        "123456789012345678",
        "image",
    ),
    (
        f"<blockquote class='twitter-tweet'><a href='https://twitter.com/townhall/status/{TWEET}'></a></blockquote>",
        "x",
        TWEET,
        "post",
    ),
    (
        "<blockquote class='wp-embedded-content'><a href='https://other.example/a/'>A title</a></blockquote>"
        "<iframe class='wp-embedded-content' src='https://other.example/a/embed/#?secret=x'></iframe>",
        "wordpress",
        None,
        "rich",
    ),
    # own players
    ("<video controls src='/media/bridge.mp4'></video>", "site-video", None, "video"),
    ("<audio controls><source src='https://cdn.example/show.mp3'></audio>", "site-audio", None, "audio"),
    ("<div class='video-player' data-video-id='clip-77'></div>", "site-video", "clip-77", "video"),
    (
        "<iframe src='https://players.brightcove.net/1234567890001/default_default/index.html?videoId=6123456789001'></iframe>",
        "site-video",
        "6123456789001",
        "video",
    ),
    (
        "<video-js data-account='1' data-player='default' data-video-id='6123456789001'></video-js>",
        "site-video",
        "6123456789001",
        "video",
    ),
    ("<iframe src='https://video.news.example/player/embed/77'></iframe>", "site-video", None, "video"),
    (
        "<script src='https://cdn.jwplayer.com/players/aBcD1234-eFgH5678.js'></script>",
        "site-video",
        "aBcD1234",
        "video",
    ),
    (
        "<div itemscope itemtype='https://schema.org/VideoObject'><meta itemprop='name' content='Bridge'>"
        "<link itemprop='contentUrl' href='/v/1.mp4'></div>",
        "site-video",
        None,
        "video",
    ),
]


@pytest.mark.parametrize(("markup", "provider", "number", "kind"), TABLE)
def test_forms(markup: str, provider: str, number: str | None, kind: str) -> None:
    embed = only(f"<p>Before.</p>{markup}<p>After.</p>")
    assert (embed.provider, embed.id, embed.kind) == (provider, number, kind)


FALSE = [
    "<iframe src='https://www.googletagmanager.com/ns.html?id=GTM-ABC' height='0' width='0'></iframe>",
    "<noscript><iframe src='https://www.googletagmanager.com/ns.html?id=GTM-ABC'></iframe></noscript>",
    "<noscript><img src='https://www.facebook.com/tr?id=1'></noscript>",
    "<iframe src='https://1234567.fls.doubleclick.net/activityi;src=1'></iframe>",
    "<iframe src='https://other.example/video/1' width='1' height='1'></iframe>",
    "<iframe src='https://ads.example/embed/banner' class='ad-slot'></iframe>",
    "<iframe src='https://www.google.com/recaptcha/api2/anchor?k=1'></iframe>",
    "<iframe src='https://disqus.com/embed/comments/?base=default'></iframe>",
    "<iframe src='https://www.facebook.com/plugins/page.php?href=https%3A%2F%2Fwww.facebook.com%2Ftown'></iframe>",
    "<iframe src='https://www.facebook.com/plugins/like.php?href=https://news.example'></iframe>",
    "<iframe src='https://platform.twitter.com/widgets/follow_button.html#screen_name=a'></iframe>",
    "<iframe src='https://app.beyondwords.io/embed/12345'></iframe>",
    "<iframe src='https://embeds.beehiiv.com/0a1b2c3d'></iframe>",
    "<iframe src='https://other.example/some/page'></iframe>",
    "<iframe src='about:blank'></iframe>",
    "<iframe></iframe>",
    "<div class='fb-page' data-href='https://www.facebook.com/town'></div>",
    "<div class='fb-like' data-href='https://news.example/a'></div>",
    "<div class='fb-comments' data-href='https://news.example/a'></div>",
    "<a class='twitter-timeline' href='https://twitter.com/townhall'>Posts by townhall</a>",
    "<a class='twitter-share-button' href='https://twitter.com/intent/tweet?url=https://news.example/a'>Share</a>",
    "<a class='twitter-follow-button' href='https://twitter.com/townhall'>Follow</a>",
    "<blockquote class='instagram-media' data-instgrm-permalink='https://www.instagram.com/town/'></blockquote>",
    f"<div class='share' data-url='{BASE}'><a href='https://www.facebook.com/sharer/sharer.php?u={BASE}'>Share</a></div>",
    "<div class='audio-player text-to-speech'><audio controls src='/tts/1.mp3'></audio></div>",
    "<div class='listen-to-article'><audio controls src='/a/1.mp3'></audio></div>",
    "<audio src='https://cdn.example/Post%20Narration%20Audio/1.mp3'></audio>",
    "<div class='hero-background'><video autoplay loop muted src='/v/hero.mp4'></video></div>",
    "<script src='https://platform.twitter.com/widgets.js'></script>",
    "<script src='https://e.infogram.com/js/dist/embed-loader-min.js'></script>",
    f"<script type='application/json'>{json.dumps({'state': [f'https://youtu.be/{YT}', 'https://vimeo.com/123456789']})}</script>",
    "<blockquote class='wp-embedded-content'><a href='https://news.example/other/'>Our own story</a></blockquote>",
    "<blockquote><p>Just a quotation.</p></blockquote>",
    f"<p>See <a href='https://www.youtube.com/watch?v={YT}'>the video</a> for more.</p>",
    "<amp-ad type='doubleclick'></amp-ad><amp-analytics></amp-analytics>"
    "<amp-social-share type='twitter'></amp-social-share>",
    "<div class='youtube-subscribe'><a href='https://www.youtube.com/@town'>Subscribe</a></div>",
    "<script type='text/template'><iframe src='{{ data.url }}'></iframe></script>",
]


@pytest.mark.parametrize("markup", FALSE)
def test_false_ones(markup: str) -> None:
    assert embeds(markup) == []


def test_title_and_placeholder() -> None:
    plain = only(f"<iframe src='https://www.youtube.com/embed/{YT}' title='Bridge opens'></iframe>")
    assert (plain.title, plain.placeholder) == ("Bridge opens", False)
    lazy = only(f"<iframe data-src='https://www.youtube.com/embed/{YT}' title='YouTube video player'></iframe>")
    assert (lazy.title, lazy.placeholder) == (None, True)


def test_fallback_link_of_a_frame() -> None:
    embed = only(
        "<iframe data-lazy-src='https://bandcamp.com/EmbeddedPlayer/album=1234567890/size=large/'>"
        "<a href='https://band.bandcamp.com/album/some-title'>Some Title by Some Band</a></iframe>"
    )
    assert (embed.url, embed.title, embed.author) == (
        "https://band.bandcamp.com/album/some-title",
        "Some Title by Some Band",
        "Some Band",
    )


def test_keys_are_no_part_of_a_map() -> None:
    embed = only("<iframe src='https://www.google.com/maps/embed/v1/place?key=SECRET&q=Some%20Street'></iframe>")
    assert embed.url == "https://www.google.com/maps/embed/v1/place?q=Some%20Street"


def test_the_tree_is_left_alone() -> None:
    for markup, *_ in TABLE:
        root = tree(markup)
        before = etree.tostring(root)
        for element in root.iter():
            read_embed(element, base_url=BASE)
        assert etree.tostring(root) == before


# Addresses and flattened posts


@pytest.mark.parametrize(
    ("url", "provider", "number"),
    [
        (f"https://twitter.com/townhall/status/{TWEET}", "x", TWEET),
        (f"https://youtu.be/{YT}", "youtube", YT),
        (f" https://www.youtube.com/watch?v={YT}&t=3 ", "youtube", YT),
        ("https://www.instagram.com/reel/Bx_-aB1cD2e/", "instagram", "Bx_-aB1cD2e"),
        ("https://t.me/town_news/12", "telegram", "12"),
    ],
)
def test_address_alone(url: str, provider: str, number: str) -> None:
    embed = read_url_embed(url)
    assert embed is not None
    assert (embed.provider, embed.id, embed.placeholder) == (provider, number, True)


@pytest.mark.parametrize(
    "url",
    [
        "https://twitter.com/townhall",
        "https://www.youtube.com/@town",
        "https://www.youtube.com/channel/UC123",
        "https://t.me/town_news",
        "https://www.facebook.com/town",
        "https://docs.google.com/document/d/1aBcDeFgHiJkLmNoPqRs/edit",
        "https://news.example/a",
        "see https://youtu.be/aB3-_dE6gH9",
        "",
    ],
)
def test_address_of_no_embed(url: str) -> None:
    assert read_url_embed(url) is None


@pytest.mark.parametrize(
    ("texts", "language", "author", "handle", "published"),
    [
        (
            ["The bridge is open. pic.twitter.com/AbC123", "Town Hall (@townhall) May 3, 2024"],
            "en",
            "Town Hall",
            "townhall",
            "2024-05-03",
        ),
        (
            ["• فُتح الجسر اليوم. pic.twitter.com/AbC123", "• بلدية المدينة (@townhall) 7 ديسمبر 2024"],
            "ar",
            "بلدية المدينة",
            "townhall",
            "2024-12-07",
        ),
        (["Die Brücke ist offen. — Rathaus (@rathaus) 3. Mai 2024"], "de", "Rathaus", "rathaus", "2024-05-03"),
        (
            ["The bridge is open. pic.twitter.com/AbC123 — Town Hall (@townhall) May 3, 2024"],
            "en",
            "Town Hall",
            "townhall",
            "2024-05-03",
        ),
        (["The bridge is open.", "— Town Hall (@townhall) May 3, 2024"], "en", "Town Hall", "townhall", "2024-05-03"),
        (
            ["橋が開通しました。 pic.twitter.com/AbC123", "町役場（@townhall）2024年5月3日"],
            "ja",
            "町役場",
            "townhall",
            "2024-05-03",
        ),
    ],
)
def test_flattened_post(texts: list[str], language: str, author: str, handle: str, published: str) -> None:
    embed = read_flattened_post(texts, language=language)
    assert embed is not None
    assert (embed.provider, embed.author, embed.handle, embed.published) == ("x", author, handle, published)
    assert embed.text is not None
    assert "@" not in embed.text


@pytest.mark.parametrize(
    "texts",
    [
        [],
        [""],
        ["The town hall (@townhall) said so."],
        ["The mayor spoke.", "Follow us (@news)"],
        ["Words.", "By Some Author (@author)"],
        ["Town Hall (@townhall) May 3, 2024"],
        ["A long paragraph. " * 40, "Reporter (@reporter) May 3, 2024"],
    ],
)
def test_no_flattened_post(texts: list[str]) -> None:
    assert read_flattened_post(texts, language="en") is None


def test_same_embed() -> None:
    a = Embed("x", "post", id="1", url="https://x.com/a/status/1")
    assert same_embed(a, Embed("x", "post", id="1", text="words"))
    assert not same_embed(a, Embed("x", "post", id="2"))
    assert not same_embed(a, Embed("youtube", "video", id="1"))
    assert same_embed(
        Embed("maps", "map", url="https://maps.example/a?b=1"), Embed("maps", "map", url="https://maps.example/a?b=1#x")
    )
    assert not same_embed(Embed("site-video", "video"), Embed("site-video", "video", url="https://a.example/1.mp4"))


def test_stated_embeds() -> None:
    root = etree.fromstring(
        f"<html><head><meta property='og:video' content='https://www.youtube.com/embed/{YT}'>"
        f"<meta property='og:video:secure_url' content='https://www.youtube.com/v/{YT}'>"
        "<meta name='twitter:player' content='https://news.example/player?id=1'></head><body></body></html>",
        etree.HTMLParser(),
    )
    assert [(e.provider, e.id, e.placeholder) for e in list_stated_embeds(root)] == [("youtube", YT, True)]


def test_embeds_of_named_addresses() -> None:
    root = etree.fromstring("<html><head></head><body></body></html>", etree.HTMLParser())
    named = [f"https://www.youtube.com/embed/{YT}", "https://news.example/clip.mp4", f"https://youtu.be/{YT}"]
    assert [(e.provider, e.id) for e in list_stated_embeds(root, named)] == [("youtube", YT)]


# Where on a page

STORY = "".join(
    f"<p>The harbour office counted {n} boats on Monday evening, and the harbour master said that all were dry.</p>"
    for n in ("nine", "ten", "twelve", "thirty")
)


def embeds_of_page(box: str, head: str = "") -> list[tuple[str, str | None, bool]]:
    article = extract(
        f"<html lang=en><head><title>Boats counted</title>{head}</head><body><main><article><h1>Boats counted</h1>"
        f"{STORY}{box}{STORY.replace('Monday', 'Friday')}</article></main></body></html>",
        url=BASE,
    )
    assert article.text.count("harbour master") == 8
    return [(e.provider, e.id, e.block is not None) for e in article.embeds]


@pytest.mark.parametrize(
    ("box", "head", "expected"),
    [
        pytest.param(f"<div class='widget'>{FRAME}</div>", "", [("youtube", YT, True)], id="box named widget"),
        pytest.param(
            f"<div class='widget'>{FRAME}<h3><a href='/2024/other-crew-paints'>How the other crew paints its boat for the summer</a></h3></div>",
            "",
            [],
            id="teaser in a widget",
        ),
        pytest.param(f"<div class='ad-slot'>{FRAME}</div>", "", [], id="ad"),
        pytest.param("", f'<meta property="og:video" content="https://www.youtube.com/embed/{YT}">', [("youtube", YT, False)], id="og:video"),
        pytest.param(FRAME, f'<meta property="og:video" content="https://www.youtube.com/embed/{YT}">', [("youtube", YT, True)], id="og:video that stands on the page"),
        pytest.param(
            "",
            '<script type="application/ld+json">{"@type":"NewsArticle","headline":"Boats counted","video":'
            f'{{"@type":"VideoObject","name":"Boats","embedUrl":"https://www.youtube.com/embed/{YT}"}}}}</script>',
            [("youtube", YT, False)],
            id="video of JSON-LD",
        ),
        pytest.param(
            '<blockquote class="instagram-media" data-instgrm-permalink="https://www.instagram.com/p/Cabcdefgh12/"><p><a '
            'href="https://www.instagram.com/p/Cabcdefgh12/">A post shared by Harbour Office (@harbouroffice)</a></p></blockquote>',
            "",
            [("instagram", "Cabcdefgh12", True)],
            id="linked words of a post are no teaser",
        ),
    ],
)  # fmt: skip
def test_embeds_of_a_page(box: str, head: str, expected: list[tuple[str, str | None, bool]]) -> None:
    assert embeds_of_page(box, head) == expected


def test_posts_one_after_another_end_a_story() -> None:
    posts = "".join(
        f'<figure><h2><a href="/2024/pictures/{n}-boat-of-the-harbour">{n}. Boat</a></h2><blockquote class="instagram-media" '
        f'data-instgrm-permalink="https://www.instagram.com/p/Cabcdefgh1{n}/"></blockquote></figure><script></script>'
        for n in range(6)
    )
    article = extract(
        f"<html lang=en><body><article><h1>Boats counted</h1>{STORY}{posts}</article></body></html>", url=BASE
    )
    assert [e.id for e in article.embeds] == [f"Cabcdefgh1{n}" for n in range(6)]


def test_unwrapped() -> None:
    twice = "https://web.archive.org/web/2020/https:/web.archive.org/web/2019id_/https://a.example/x"
    assert unwrapped(twice) == "https://a.example/x"


# Nothing raises

_names = st.sampled_from(
    [
        "src",
        "class",
        "id",
        "data-src",
        "data-embed",
        "data-id",
        "data-video-id",
        "srcdoc",
        "data-settings",
        "data-content",
        "type",
        "style",
        "width",
        "data-telegram-post",
        "data-bluesky-uri",
        "data-instgrm-permalink",
        "href",
        "title",
        "cite",
        "itemtype",
        "data-provider",
        "data-tweet-id",
    ]
)
_values = st.one_of(
    st.text(max_size=40),
    st.sampled_from(
        [
            "twitter-tweet",
            "instagram-media",
            "wp-block-embed",
            "youtube",
            "video-player",
            "https://www.youtube.com/embed/",
            "https://[",
            "//",
            "https://x.com/a/status/",
            "at://a/b",
            "<iframe src=//youtu.be/x>",
            "{",
            '{"a": [',
            '{"id": "x", "provider": "youtube"}',
            "PGlmcmFtZT4=",
            "&lt;iframe&gt;",
            "application/json",
            "text/template",
            "https://web.archive.org/web/2020/",
            "data:text/html,x",
            "https://youtube.com:99999/embed/a",
            "{{x}}",
            "https://schema.org/VideoObject",
            "vk_post_",
        ]
    ),
)
_tags = st.sampled_from(
    [
        "iframe",
        "div",
        "blockquote",
        "script",
        "noscript",
        "template",
        "video",
        "audio",
        "object",
        "a",
        "figure",
        "amp-youtube",
        "lite-x",
        "span",
    ]
)


@settings(max_examples=300, deadline=None)
@given(_tags, st.lists(st.tuples(_names, _values), max_size=6), st.text(max_size=60), _values)
def test_nothing_raises_on_odd_elements(tag: str, attributes: list[tuple[str, str]], text: str, link: str) -> None:
    element = etree.HTMLParser().makeelement(tag)
    for name, value in attributes:
        with_xml = "".join(c for c in value if c.isprintable())
        element.set(name, with_xml)
    element.text = "".join(c for c in text if c.isprintable())
    child = etree.SubElement(element, "a")
    child.set("href", "".join(c for c in link if c.isprintable()))
    is_candidate(tag, attributes)
    embed = read_embed(element, base_url=BASE)
    assert embed is None or (embed.provider and embed.block is None)


@settings(max_examples=200, deadline=None)
@given(
    st.one_of(
        st.text(max_size=80),
        st.builds("https://{}".format, st.text(max_size=60)),
        st.builds("https://x.com/{}".format, st.text(max_size=60)),
    )
)
def test_nothing_raises_on_odd_addresses(url: str) -> None:
    read_url_embed(url)
    find_address(url, base_url=BASE, proxied=True)


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.one_of(
            st.text(max_size=80), st.sampled_from(["(@a) 1 May 2024", "— x (@a.b) 2", "pic.twitter.com/a", "（@b）"])
        ),
        max_size=4,
    )
)
def test_nothing_raises_on_odd_texts(texts: list[str]) -> None:
    read_flattened_post(texts, language="en")
