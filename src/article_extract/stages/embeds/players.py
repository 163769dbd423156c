"""The site's own players, and the players that read the text aloud."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

import regex

from article_extract.records import Embed
from article_extract.stages.embeds.inner import items_of, parse_json, walk_json
from article_extract.stages.embeds.providers import find_address, registry
from article_extract.text import collapse
from article_extract.urls import absolute

if TYPE_CHECKING:
    from lxml.etree import _Element

_PARTS: Final = regex.compile(r"[A-Z]?[a-z0-9]+|[A-Z]+(?![a-z])")
_LEVELS: Final = 5
_SOURCES: Final = (
    "src",
    "data-src",
    "data-lazy-src",
    "data-mp4",
    "data-hls",
    "data-url",
    "data-video-src",
    "data-video-url",
    "data-audio-src",
    "data-audio-url",
    "data-audio",
    "data-stream",
)
_IDS: Final = (
    "data-video-id",
    "data-videoid",
    "data-media-id",
    "data-mediaid",
    "data-entry-id",
    "data-audio-id",
    "data-player-id",
    "data-asset-id",
    "data-vid",
)
_NAMES: Final = ("class", "id", "data-type", "data-testid", "data-module", "data-component")
_JSON_IDS: Final = frozenset(
    ("id", "videoid", "video_id", "mediaid", "media_id", "playlistid", "assetid", "clipid", "entryid", "contentid")
)
_AUDIO: Final = ("audio", "podcast", "radio")
_DECORATION: Final = frozenset(("background", "bg", "backdrop", "hero", "cover", "header", "footer", "banner"))


def reads_aloud(element: _Element) -> bool:
    """Whether an element, or one of the few around it, says that it reads the text aloud."""
    at: _Element | None = element
    for _ in range(_LEVELS):
        if at is None or at.tag in ("article", "main", "body"):
            return False
        names = " ".join(at.get(name) or "" for name in _NAMES)
        if says_reading(names) or "text-to-speech" in (at.get("data-tracking") or ""):
            return True
        at = at.getparent()
    return False


def says_reading(names: str) -> bool:
    """Whether names or an address say that something is the text read aloud."""
    words = registry().markup["reading_aloud"]
    if not words.isdisjoint(names.lower().split()):
        return True
    parts = [part.lower() for part in _PARTS.findall(names[:600])]
    return not words.isdisjoint(parts) or any(f"{a}-{b}" in words for a, b in pairwise(parts))


def read_media(element: _Element, base_url: str | None) -> Embed | None:
    """A `video` or `audio` element: somebody's whose address it plays, else the site's own."""
    if reads_aloud(element):
        return None
    if _is_decoration(element):
        return None
    is_audio = "audio" in str(element.tag)
    sources = [element, *element.iterchildren("source")]
    url: str | None = None
    for source in sources:
        for name in _SOURCES:
            if value := source.get(name):
                if found := find_address(value, base_url=base_url, proxied=True):
                    if not found.provider.player:
                        return Embed(
                            found.provider.key, found.provider.kind, found.id, found.url, title=title_of(element)
                        )
                if "{" not in value and not value.startswith(("blob:", "data:")):
                    url = url or absolute(value, base_url)
    number = _id_of(element)
    if (url and says_reading(url)) or (is_audio and not url and not number):
        return None
    return Embed(
        "site-audio" if is_audio else "site-video",
        "audio" if is_audio else "video",
        number,
        url,
        title=title_of(element),
    )


def read_player(element: _Element, base_url: str | None) -> Embed | None:
    """An element that is named as a player; None without an id or an address of what it plays."""
    if element.tag not in ("div", "figure", "section", "span", "p", "video-js", "amp-video-iframe") or reads_aloud(
        element
    ):
        return None
    for medium in element.iter("video", "audio"):
        return read_media(medium, base_url)
    number = _id_of(element) or _id_in_json(element)
    url = next(
        (
            absolute(element.get(name), base_url)
            for name in _SOURCES
            if "/" in (v := element.get(name) or "") and "{" not in v
        ),
        None,
    )
    if not number and not url:
        return None
    names = " ".join(
        element.get(n) or "" for n in ("class", "id", "data-type", "data-module-id", "data-video-type")
    ).lower()
    is_audio = any(word in names for word in _AUDIO) and "video" not in names
    if not is_audio and "video" not in names and "player" not in names:
        return None
    return Embed(
        "site-audio" if is_audio else "site-video",
        "audio" if is_audio else "video",
        number,
        url,
        title=title_of(element),
        placeholder=True,
    )


def _is_decoration(element: _Element) -> bool:
    """Whether a video without controls moves behind something else."""
    if element.get("controls") is not None or element.get("loop") is None or element.get("autoplay") is None:
        return False
    parent = element.getparent()
    source = element.get("src") or next((s.get("src") or "" for s in element.iterchildren("source")), "")
    around = parent.get("class", "") if parent is not None else ""
    names = f"{element.get('class', '')} {around} {source.rpartition('/')[2]}"
    return element.get("aria-hidden") == "true" or not _DECORATION.isdisjoint(p.lower() for p in _PARTS.findall(names))


def _id_of(element: _Element) -> str | None:
    return next((v.strip()[:120] for name in _IDS if (v := element.get(name)) and v.strip()), None)


def _id_in_json(element: _Element) -> str | None:
    """The id in the JSON of a data attribute: {"videoId": 12}."""
    for name, value in items_of(element):
        if name.startswith("data-") and value.lstrip().startswith("{") and (data := parse_json(value)) is not None:
            for _, key, item in walk_json(data):
                if key is not None and key.lower() in _JSON_IDS and 0 < len(item) <= 80:
                    return item
    return None


def title_of(element: _Element) -> str | None:
    """What an element says of its content, the phrases that say nothing left out."""
    for name in ("title", "data-title", "aria-label", "data-video-title", "data-media-title", "videotitle", "alt"):
        title = collapse(element.get(name) or "").removeprefix("Spotify Embed: ")
        if (
            title
            and not title.casefold().endswith(" video player")
            and title.casefold() not in registry().markup["generic_titles"]
            and not title.startswith(("http://", "https://"))
        ):
            return title[:300]
    return None
