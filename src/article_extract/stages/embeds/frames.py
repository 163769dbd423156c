"""Frames and objects."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

import regex

from article_extract.records import Embed, EmbedKind
from article_extract.stages.embeds.inner import as_markup, elements_of, items_of, raw_text, text_of
from article_extract.stages.embeds.players import reads_aloud, title_of
from article_extract.stages.embeds.providers import Address, find_address, is_no_embed, registry, unwrapped
from article_extract.text import collapse
from article_extract.urls import absolute, host_of

if TYPE_CHECKING:
    from lxml.etree import _Element

_EMPTY: Final = ("about:", "data:", "javascript:", "blob:", "#")
_PARTS: Final = regex.compile(r"[a-z]{3,}")
_KEY: Final = regex.compile(r"(?<=[?&])key=[^&#]*+&?|&key=[^&#]*+$")
_TINY: Final = frozenset(("0", "1", "2", "0px", "1px"))
_INVISIBLE: Final = ("display:none", "visibility:hidden", "width:0", "height:0", "width:1px", "left:-")
_KIND_OF: Final[dict[str, EmbedKind]] = {
    **dict.fromkeys(("player", "video", "videos"), "video"),
    **dict.fromkeys(("audio", "podcast", "podcasts"), "audio"),
    **dict.fromkeys(
        (
            "chart",
            "charts",
            "graphic",
            "graphics",
            "grafik",
            "visualisation",
            "visualization",
            "dashboard",
            "infographic",
            "infografik",
        ),
        "chart",
    ),
    **dict.fromkeys(("map", "maps", "karte"), "map"),
    **dict.fromkeys(("poll", "quiz", "umfrage"), "poll"),
}
_SECOND_LEVEL: Final = frozenset(("co", "com", "org", "net", "ac", "gov", "edu", "or", "ne", "go"))


def read_frame(element: _Element, base_url: str | None) -> Embed | None:
    """The embed that an iframe, object or embed element shows."""
    if "wp-embedded-content" in (element.get("class") or ""):
        return _read_wordpress(element, base_url)
    unknown: tuple[str, bool] | None = None
    for name, value in _sources(element):
        if "{" in value:
            continue
        if found := find_address(value, base_url=base_url, proxied=True):
            if found.provider.player and reads_aloud(element):
                return None
            return _record(found, element, lazy=name != "src" and element.tag in ("iframe", "frame"))
        if is_no_embed(value, base_url=base_url):
            return None
        unknown = unknown or (value, name != "src")
    if unknown is None or is_hidden(element) or _is_advertising(element):
        return None
    return _read_unknown(element, unknown[0], base_url, lazy=unknown[1])


def _read_wordpress(element: _Element, base_url: str | None) -> Embed | None:
    """Another site's article in WordPress's own frame; the site's own is a related story."""
    url = absolute(element.get("src") or element.get("data-src") or element.get("data-lazy-src"), base_url)
    if not url or not host_of(url) or host_of(url) == host_of(base_url):
        return None
    url = url.partition("#")[0].partition("?embed=")[0].rstrip("/").removesuffix("/embed") + "/"
    title = collapse(element.get("title") or "").strip('“”„«»" ')
    return Embed("wordpress", "rich", url=url, title=title_of(element) and title)


def _sources(element: _Element) -> Iterator[tuple[str, str]]:
    wanted = registry().markup["url_attributes"]
    attributes = dict(items_of(element))
    source = attributes.get("src") or attributes.get("data") or ""
    if source and not source.strip().lower().startswith(_EMPTY):
        yield "src", source
    for name, value in attributes.items():
        if name in wanted and name not in ("src", "data") and "/" in value and not value.lower().startswith(_EMPTY):
            yield name, value
    if element.tag == "object":
        for inner in element.iterdescendants("param", "embed", "iframe", "a"):
            inside = inner.get("value") if inner.tag == "param" else inner.get("src") or inner.get("href")
            if inside and "/" in inside:
                yield "src", inside


def _record(found: Address, element: _Element, *, lazy: bool) -> Embed:
    provider = found.provider
    url: str | None = found.url
    title = title_of(element)
    author: str | None = None
    if link := _fallback_link(element):
        href, text = link
        inner = find_address(href)
        if inner is not None and inner.provider.key == provider.key:
            url = inner.url if not provider.canonical else url
            title = title or text
        elif provider.key == "bandcamp":
            url, title = href, title or text
    if provider.key == "bandcamp" and title and " by " in title:
        author = title.rpartition(" by ")[2]
    handle = found.handle if provider.kind == "post" or provider.key == "tiktok" else None
    if provider.key == "maps" and url:
        url = without_key(url)
    return Embed(
        provider.reported_key, provider.kind, found.id, url, author=author, handle=handle, title=title, placeholder=lazy
    )


def without_key(url: str) -> str:
    """The address of a map without the site's key for the service."""
    return _KEY.sub("", url)


def _fallback_link(element: _Element) -> tuple[str, str] | None:
    """The link that a frame shows to browsers without frames; the parser may have left it unparsed."""
    links = list(element.iterdescendants("a"))
    if not links and element.tag == "iframe" and (markup := as_markup(raw_text(element))):
        links = [inner for inner in elements_of(markup) if inner.tag == "a"]
    for link in links:
        href, text = link.get("href"), text_of(link)
        if href and text and href.startswith("http"):
            return href, text
    return None


def is_hidden(element: _Element) -> bool:
    """Whether a frame is too small to be looked at."""
    style = "".join((element.get("style") or "").lower().split())
    return (
        element.get("width", "").strip() in _TINY
        or element.get("height", "").strip() in _TINY
        or any(f"{sign}" in style and not style.partition(sign)[2][:1].isdigit() for sign in _INVISIBLE)
        or element.get("aria-hidden") == "true"
        or element.get("hidden") is not None
    )


def _is_advertising(element: _Element) -> bool:
    words = f"{element.get('class', '')} {element.get('id', '')} {element.get('name', '')}".lower().split()
    return not registry().markup["advertising"].isdisjoint(words) or any(
        w.startswith(("google_ads", "aswift", "ad-", "ads-", "banner")) for w in words
    )


def site_of(host: str) -> str:
    """
    The registered domain, near enough: the last two names, three where the second is "co" or the like.

    >>> site_of("video.news.example"), site_of("www.paper.co.uk")
    ('news.example', 'paper.co.uk')
    """
    parts = host.split(".")
    keep = 3 if len(parts) > 2 and parts[-2] in _SECOND_LEVEL else 2
    return ".".join(parts[-keep:])


def _read_unknown(element: _Element, value: str, base_url: str | None, *, lazy: bool) -> Embed | None:
    """A frame of nobody the data knows, by the words of its address."""
    url = absolute(value, base_url)
    if url is None or not url.startswith(("http://", "https://")):
        return None
    url = unwrapped(url)
    host = host_of(url)
    if not host:
        return None
    try:
        path = urlsplit(url).path.lower()
    except ValueError:
        return None
    words = [w for w in _PARTS.findall(f"{host} {path}") if w in registry().markup["unknown"]]
    if "showplayer" in path or "videoplayer" in path or "playvideo" in path:
        words.insert(0, "video")
    if not words or reads_aloud(element):
        return None
    kind: EmbedKind = next((_KIND_OF[w] for w in words if w in _KIND_OF), "rich")
    if site_of(host) == site_of(host_of(unwrapped(base_url or ""))):
        if kind not in ("video", "audio"):
            return None
        return Embed(f"site-{kind}", kind, url=url, title=title_of(element), placeholder=lazy)
    return Embed(site_of(host), kind, url=url, title=title_of(element), placeholder=lazy)
