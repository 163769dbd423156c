"""From an element to the record of the embed that it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import regex

from article_extract.records import Embed, EmbedKind
from article_extract.stages.embeds.candidates import FRAMES, MEDIA, TEMPLATES, is_candidate
from article_extract.stages.embeds.frames import read_frame, site_of
from article_extract.stages.embeds.inner import (
    MAX_MARKUP,
    as_markup,
    elements_of,
    items_of,
    parse_json,
    raw_text,
    walk_json,
)
from article_extract.stages.embeds.marked import (
    by_microdata,
    by_names,
    linked_address,
    own_address,
    read_post,
    read_wordpress,
)
from article_extract.stages.embeds.players import read_media, read_player, reads_aloud, says_reading, title_of
from article_extract.stages.embeds.posts import words_of
from article_extract.stages.embeds.providers import Address, Provider, find_address, find_id, registry
from article_extract.stages.embeds.records_of import read_url_embed, record_of, same_embed
from article_extract.text import collapse
from article_extract.urls import host_of

if TYPE_CHECKING:
    from lxml.etree import _Element

_MAX_DEPTH: Final = 3
_MAX_STUB: Final = 700
"""Letters of a box whose only link counts as the embed."""
_MAX_WRAPPED: Final = 60
"""Elements of a wrapper that are looked at."""
_TITLE_KEYS: Final = ("title", "name", "headline", "caption")
_MEDIA_FILE: Final = regex.compile(
    r"(?i)https?://[^\s?#]{4,500}\.(?:(?P<video>mp4|m3u8|webm|mpd)|mp3|m4a|ogg)(?:[?#]|$)"
)
_LIVE: Final = ("blockquote", "iframe", "video", "audio")


class _Where(NamedTuple):
    base_url: str | None
    language: str | None
    depth: int
    """How many attributes, templates and wrappers around."""

    def deeper(self) -> _Where:
        return self._replace(depth=self.depth + 1)


def read_embed(element: _Element, *, base_url: str | None, language: str | None = None) -> Embed | None:
    """
    The embed that a candidate element is, None where it is none.

    The element is not changed; links within it are made absolute with `base_url`, printed dates are read in `language`.
    """
    return _read(element, _Where(base_url, language, 0))


def _read(element: _Element, where: _Where) -> Embed | None:
    tag = element.tag
    if not isinstance(tag, str) or where.depth > _MAX_DEPTH:
        return None
    known = registry()
    words = (element.get("class") or "").lower().split()
    if not known.none_words.isdisjoint(words):
        return None
    if tag in FRAMES:
        found = read_frame(element, where.base_url)
        if found is None and (markup := as_markup(element.get("srcdoc") or "")):
            found = _first_within(markup, where)
        return found or by_names(element, words, where.base_url)
    if tag in MEDIA:
        return read_media(element, where.base_url)
    if tag in TEMPLATES:
        return _read_template(element, where)
    if tag == "script":
        return _read_script(element, words, where)
    provider = known.by_element.get(tag) or next((known.by_word[w] for w in words if w in known.by_word), None)
    if provider is None and "youtube" in (element.get("class") or "").lower():
        provider = known.by_name["youtube"]
    if provider is not None and (found := _read_marked(element, provider, where)):
        return found
    return (
        _by_attributes(element, where)
        or by_names(element, words, where.base_url)
        or _by_container(element, words, where)
        or by_microdata(element, where.base_url)
        or (read_player(element, where.base_url) if _is_player(element, words) else None)
    )


def _is_player(element: _Element, words: list[str]) -> bool:
    return not registry().markup["players"].isdisjoint(words) or any(
        "player" in w or "video" in w for w in (*words, (element.get("data-module-id") or "").lower())
    )


# Elements whose names tell the provider


def _read_marked(element: _Element, provider: Provider, where: _Where) -> Embed | None:
    if element.tag not in ("blockquote", "a") and (found := _within(element, provider, where)):
        return found
    address = own_address(element, provider, where.base_url) or linked_address(element, provider, where.base_url)
    if provider.key == "wordpress":
        return read_wordpress(element, where.base_url)
    if provider.player:
        if reads_aloud(element):
            return None
        return (
            record_of(address, title=title_of(element), placeholder=True)
            if address
            else read_player(element, where.base_url)
        )
    if provider.kind in ("post", "image") or provider.key in ("tiktok", "facebook"):
        return read_post(element, provider, address, where.language)
    if address is None:
        return None
    return record_of(address, title=title_of(element), placeholder=not str(element.tag).startswith("amp-"))


def _within(element: _Element, provider: Provider, where: _Where) -> Embed | None:
    """The embed of the same provider that an element wraps, which tells more than the wrapper."""
    for number, inner in enumerate(element.iterdescendants()):
        if number > _MAX_WRAPPED:
            return None
        if isinstance(inner.tag, str) and inner.tag not in TEMPLATES and is_candidate(inner.tag, items_of(inner)):
            found = _read(inner, where.deeper())
            if found is not None and found.provider == provider.reported_key:
                return found
    return None


# Elements with telling attributes


def _by_attributes(element: _Element, where: _Where) -> Embed | None:
    """By an address, markup or JSON in an attribute."""
    known = registry()
    for name, value in items_of(element):
        if not value or len(value) > MAX_MARKUP:
            continue
        for provider in known.by_attribute.get(name, ()):
            if found := own_address(element, provider, where.base_url):
                if inner := _within(element, provider, where):
                    return inner
                if provider.kind in ("post", "image") or provider.key == "tiktok":
                    return read_post(element, provider, found, where.language)
                return record_of(found, title=title_of(element), placeholder=True)
        if name in known.markup["url_attributes"] and "/" in value and len(value) < 2000:
            found = find_address(value, base_url=where.base_url, proxied=True)
            if (
                found
                and (found.provider.bare or "embed" in value or "iframe" in name)
                and (name not in ("data-url", "data-href", "data-link") or found.provider.bare)
            ):
                if inner := _within(element, found.provider, where):
                    return inner
                return record_of(found, title=title_of(element), placeholder=True)
        if name in known.markup["markup_attributes"]:
            inner = _from_json(value, where)
            if inner is None and (markup := as_markup(value)):
                inner = _first_within(markup, where)
            if inner is not None:
                return replace(inner, placeholder=True)
    return None


def _by_container(element: _Element, words: list[str], where: _Where) -> Embed | None:
    """A box for embeds that holds no more than an address or a link."""
    if registry().markup["containers"].isdisjoint(words):
        return None
    for inner in element.iterdescendants(*_LIVE):
        if is_candidate(str(inner.tag), items_of(inner)):
            return None  # read in its own right
    text = collapse(words_of(element))
    if found := read_url_embed(text):
        return found
    if len(text) > _MAX_STUB:
        return None
    addresses: list[Address] = []
    for inner in element.iterdescendants("a", "meta", "link"):
        address = find_address(inner.get("href") or inner.get("content"), base_url=where.base_url)
        if (
            address
            and address.provider.bare
            and all((a.provider.key, a.id) != (address.provider.key, address.id) for a in addresses)
        ):
            addresses.append(address)
    return replace(record_of(addresses[0]), placeholder=True) if len(addresses) == 1 else None


# Markup and JSON


def _read_template(element: _Element, where: _Where) -> Embed | None:
    for inner in element.iterdescendants():
        if (
            isinstance(inner.tag, str)
            and is_candidate(inner.tag, items_of(inner))
            and (found := _read(inner, where.deeper()))
        ):
            return replace(found, placeholder=True)
    markup = as_markup(raw_text(element)) if not len(element) else None
    return _first_within(markup, where) if markup else None


def _read_script(element: _Element, words: list[str], where: _Where) -> Embed | None:
    known = registry()
    if source := element.get("src"):
        found = find_address(source, base_url=where.base_url)
        provider = next((known.by_word[w] for w in words if w in known.by_word), None) or known.by_script_host.get(
            source.partition("//")[2].split("/", 1)[0].lower()
        )
        if found is None and provider is not None:
            found = own_address(element, provider, where.base_url)
        return record_of(found, title=title_of(element), placeholder=True) if found else None
    if inner := _by_attributes(element, where):
        return inner
    text = element.text or ""
    if not text or len(text) > MAX_MARKUP:
        return None
    if "json" in (element.get("type") or ""):
        return _from_json(text, where)
    markup = as_markup(text)
    return _first_within(markup, where) if markup else None


def _first_within(markup: str, where: _Where) -> Embed | None:
    for inner in elements_of(markup):
        if is_candidate(str(inner.tag), items_of(inner)) and (found := _read(inner, where.deeper())):
            return replace(found, placeholder=True)
    return None


def _from_json(text: str, where: _Where) -> Embed | None:
    """The one embed that a JSON text tells of; a text with several is the state of the page."""
    data = parse_json(text)
    if data is None:
        return None
    only: Embed | None = None
    for embed in _list_json(data, where):
        if (
            embed.provider.startswith("site-")
            and embed.url
            and site_of(host_of(embed.url)) == site_of(host_of(where.base_url))
        ):
            return embed
        if only is not None and embed.provider.startswith("site-"):
            continue
        if only is not None and not same_embed(only, embed):
            return None
        only = only or embed
    return only


def _list_json(data: Any, where: _Where) -> Iterator[Embed]:
    known = registry()
    for holder, key, value in walk_json(data):
        if value.startswith(("http://", "https://", "//")):
            if (found := find_address(value, base_url=where.base_url, proxied=True)) and (
                found.provider.bare or "embed" in value
            ):
                yield record_of(found, title=_title_in(holder), placeholder=True)
            elif file := _MEDIA_FILE.match(value):
                kind: EmbedKind = "video" if file["video"] else "audio"
                number = str(holder["id"]) if holder and isinstance(holder.get("id"), str | int) else None
                if not says_reading(value):
                    yield Embed(f"site-{kind}", kind, number, value, title=_title_in(holder), placeholder=True)
        elif "<" in value and where.depth < _MAX_DEPTH and (markup := as_markup(value)):
            if inner := _first_within(markup, where.deeper()):
                yield inner
        elif holder is not None and key is not None and key.lower().endswith("id") and 4 < len(value) < 60:
            names = (str(v).lower() for k, v in holder.items() if isinstance(v, str) and len(v) < 30)
            provider = next((known.by_name[n] for n in names if n in known.by_name), None)
            if provider is not None and (found := find_id(provider, value)):
                yield record_of(found, title=_title_in(holder), placeholder=True)


def _title_in(holder: dict[str, Any] | None) -> str | None:
    if holder is None:
        return None
    return next((collapse(v)[:300] for k in _TITLE_KEYS if isinstance(v := holder.get(k), str) and v.strip()), None)
