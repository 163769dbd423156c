"""From an element, an address or a flattened post to the record of an embed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

import regex

from article_extract.records import Embed, EmbedKind
from article_extract.stages.embeds.candidates import FRAMES, MEDIA, TEMPLATES, is_candidate
from article_extract.stages.embeds.inner import MAX_MARKUP, as_markup, elements_of, parse_json, raw_text, walk_json
from article_extract.stages.embeds.frames import read_frame, site_of
from article_extract.stages.embeds.players import read_media, read_player, reads_aloud, says_reading, title_of
from article_extract.stages.embeds.posts import date_of, find_signature, post_words, words_of
from article_extract.stages.embeds.providers import Address, Provider, find_address, find_id, registry
from article_extract.text import collapse
from article_extract.urls import absolute, host_of, path_key

if TYPE_CHECKING:
    from lxml.etree import _Element

_MAX_DEPTH: Final = 3
_MAX_STUB: Final = 700
"""Letters of a box whose only link counts as the embed."""
_LAST_LINK: Final = frozenset(("x", "bluesky", "mastodon"))
"""A post ends with its own address; those before it are in its words."""
_BARE: Final = regex.compile(r"(?:https?:)?//[^\s<>\"]{6,600}")
_FIELDS: Final = (("data-account", "account"), ("data-player", "player"), ("data-partner", "partner"))
_TITLE_KEYS: Final = ("title", "name", "headline", "caption")
_MAX_WRAPPED: Final = 60
_MEDIA_FILE: Final = regex.compile(r"(?i)https?://[^\s?#]{4,500}\.(?:(?P<video>mp4|m3u8|webm|mpd)|mp3|m4a|ogg)(?:[?#]|$)")
_LIVE: Final = frozenset(("blockquote", "iframe", "video", "audio"))


def read_embed(element: _Element, *, base_url: str | None, language: str | None = None) -> Embed | None:
    """The embed that a candidate element is, None where it is none.

    The element is not changed; links within it are made absolute with `base_url`, printed dates are read in `language`.
    """
    return _read(element, base_url, language, 0)


def read_url_embed(url: str) -> Embed | None:
    """The embed for an address that stands alone in a paragraph; None for profiles, channels, pages.

    >>> read_url_embed("https://youtu.be/aB3-_dE6gH9").id
    'aB3-_dE6gH9'
    """
    url = url.strip()
    if not _BARE.fullmatch(url):
        return None
    found = find_address(url)
    if found is None or not found.provider.bare:
        return None
    return replace(_record(found), placeholder=True)


def same_embed(a: Embed, b: Embed) -> bool:
    """Whether two records are of one thing."""
    if a.provider != b.provider:
        return False
    if a.id and b.id:
        return a.id == b.id or (a.url is not None and a.url == b.url)
    if a.url and b.url:
        return path_key(a.url) == path_key(b.url)
    if a.text and b.text:
        return a.text[:80] == b.text[:80] and a.handle == b.handle
    return a == b


def _read(element: _Element, base_url: str | None, language: str | None, depth: int) -> Embed | None:
    tag = element.tag
    if not isinstance(tag, str) or depth > _MAX_DEPTH:
        return None
    known = registry()
    words = (element.get("class") or "").lower().split()
    if not known.none_words.isdisjoint(words):
        return None
    if tag in FRAMES:
        found = read_frame(element, base_url)
        if found is None and (markup := as_markup(element.get("srcdoc") or "")):
            found = _first_within(markup, base_url, language, depth)
        return found or _by_names(element, words, base_url)
    if tag in MEDIA:
        return read_media(element, base_url)
    if tag in TEMPLATES:
        return _read_template(element, base_url, language, depth)
    if tag == "script":
        return _read_script(element, words, base_url, language, depth)
    provider = known.by_element.get(tag) or next((known.by_word[w] for w in words if w in known.by_word), None)
    if provider is None and "youtube" in (element.get("class") or "").lower():
        provider = known.by_name["youtube"]
    if provider is not None and (found := _read_marked(element, provider, base_url, language, depth)):
        return found
    return (
        _by_attributes(element, base_url, language, depth)
        or _by_names(element, words, base_url)
        or _by_container(element, words, base_url, language, depth)
        or _by_microdata(element, base_url)
        or (read_player(element, base_url) if _is_player(element, words) else None)
    )


def _is_player(element: _Element, words: list[str]) -> bool:
    return not registry().markup["players"].isdisjoint(words) or any("player" in w or "video" in w for w in (*words, (element.get("data-module-id") or "").lower()))


def _record(found: Address, **details: Any) -> Embed:
    details = {k: v for k, v in details.items() if v is not None}
    details.setdefault("handle", found.handle if found.provider.kind in ("post", "image") or found.provider.key == "tiktok" else None)
    return Embed(provider=found.provider.reported_key, kind=found.provider.kind, id=found.id, url=found.url or None, **details)


# Elements whose names tell the provider


def _read_marked(element: _Element, provider: Provider, base_url: str | None, language: str | None, depth: int) -> Embed | None:
    if element.tag not in ("blockquote", "a") and (found := _within(element, provider, base_url, language, depth)):
        return found
    address = _own_address(element, provider, base_url) or _linked_address(element, provider, base_url)
    if provider.key == "wordpress":
        return _read_wordpress(element, base_url)
    if provider.player:
        if reads_aloud(element):
            return None
        return _record(address, title=title_of(element), placeholder=True) if address else read_player(element, base_url)
    if provider.kind in ("post", "image") or provider.key in ("tiktok", "facebook"):
        return _read_post(element, provider, address, language)
    if address is None:
        return None
    return _record(address, title=title_of(element), placeholder=not str(element.tag).startswith("amp-"))


def _within(element: _Element, provider: Provider, base_url: str | None, language: str | None, depth: int) -> Embed | None:
    """The embed of the same provider that an element wraps, which tells more than the wrapper."""
    for number, inner in enumerate(element.iterdescendants()):
        if number > _MAX_WRAPPED:
            return None
        if isinstance(inner.tag, str) and inner.tag not in TEMPLATES and is_candidate(inner.tag, inner.items()):
            found = _read(inner, base_url, language, depth + 1)
            if found is not None and found.provider == provider.reported_key:
                return found
    return None


def _own_address(element: _Element, provider: Provider, base_url: str | None) -> Address | None:
    """By the element's own attributes: the provider's, then those for addresses and ids."""
    known = registry()
    fields: dict[str, str | None] = {field: element.get(name) for name, field in _FIELDS}
    generic = known.markup["id_attributes"]
    attributes = sorted(element.items(), key=lambda item: item[0] not in provider.attributes)
    for name, value in attributes:
        if not value or len(value) > 2000:
            continue
        own = name in provider.attributes
        if "/" in value and (found := find_address(value, base_url=base_url, proxied=True)) and found.provider.key == provider.key:
            return found
        if (own or name in generic) and (found := find_id(provider, value, **fields)):
            return found
        if name == "id":
            rest = next((value.removeprefix(p) for p in provider.id_prefixes if value.startswith(p)), None)
            tail = value.rpartition("_")[2]
            if rest and (found := find_id(provider, rest) or find_id(provider, rest.partition("_")[0])):
                return found
            if provider.key == "youtube" and tail != value and _looks_random(tail) and (found := find_id(provider, tail)):
                return found
        elif name == "class" and provider.key == "wistia" and "wistia_async_" in value:
            return find_id(provider, value.partition("wistia_async_")[2].split()[0])
    return None


def _looks_random(text: str) -> bool:
    return any(c.isupper() for c in text[1:]) and any(c.islower() or c.isdigit() for c in text)


def _linked_address(element: _Element, provider: Provider, base_url: str | None) -> Address | None:
    """By the links, frames and pictures within."""
    found: Address | None = None
    for inner in element.iterdescendants("a", "iframe", "blockquote", "img", "source", "link", "meta"):
        for name in ("href", "src", "data-src", "cite", "content", "data-lazy-src"):
            value = inner.get(name)
            if value and (address := find_address(value, base_url=base_url)) and address.provider.key == provider.key:
                if provider.key not in _LAST_LINK:
                    return address
                found = address
    return found


def _read_post(element: _Element, provider: Provider, address: Address | None, language: str | None) -> Embed | None:
    lines = words_of(element)
    signature = find_signature(lines)
    if address is None and (provider.key != "x" or signature is None):
        return None
    time = next((t.get("datetime") for t in element.iterdescendants("time") if t.get("datetime")), None)
    printed = signature.date if signature else None
    words = post_words(lines, signature)
    title: str | None = None
    author = signature.name if signature else None
    handle = signature.handle if signature else None
    if provider.key == "tiktok" and not handle:
        handle = next((t.lstrip("@") for a in element.iterdescendants("a") if (t := a.get("title") or "").startswith("@")), None)
        words = "\n".join(words_of(p) for p in element.iterdescendants("p")).strip() or None
    elif provider.key in ("reddit", "imgur", "pinterest", "flickr", "getty", "threads", "tumblr"):
        title = next((t for a in element.iterdescendants("a") if (t := collapse("".join(a.itertext())))), None) if provider.key in ("reddit", "imgur", "flickr") else None
        words = None
    elif provider.key == "facebook" and not signature:
        words = "\n".join(words_of(p) for p in element.iterdescendants("p")).strip() or None
        links = [t for a in element.iterdescendants("a") if (t := collapse("".join(a.itertext()))) and "facebook.com" in (a.get("href") or "")]
        author = links[0] if links and words and len(links[0]) < 80 else None
        printed = links[-1] if len(links) > 1 else None
    published = date_of(time, language) or date_of(printed, language)
    stub = not words and not str(element.tag).startswith("amp-")
    if address is None:
        return Embed(provider.key, provider.kind, author=author, handle=handle, text=words, published=published, placeholder=True) if words else None
    return _record(address, author=author, handle=handle or address.handle, text=words, published=published, title=title, placeholder=stub)


def _read_wordpress(element: _Element, base_url: str | None) -> Embed | None:
    """Another site's article, as WordPress embeds it; the site's own is a related story."""
    if element.tag != "blockquote":
        return None
    for link in element.iterdescendants("a"):
        url = absolute(link.get("href"), base_url)
        if url and host_of(url) and host_of(url) != host_of(base_url):
            return Embed("wordpress", "rich", url=url, title=collapse("".join(link.itertext())) or None)
    return None


# Elements with telling attributes


def _by_attributes(element: _Element, base_url: str | None, language: str | None, depth: int) -> Embed | None:
    """By an address, markup or JSON in an attribute."""
    known = registry()
    for name, value in element.items():
        if not value or len(value) > MAX_MARKUP:
            continue
        for provider in known.by_attribute.get(name, ()):
            if found := _own_address(element, provider, base_url):
                if inner := _within(element, provider, base_url, language, depth):
                    return inner
                if provider.kind in ("post", "image") or provider.key == "tiktok":
                    return _read_post(element, provider, found, language)
                return _record(found, title=title_of(element), placeholder=True)
        if name in known.markup["url_attributes"] and "/" in value and len(value) < 2000:
            found = find_address(value, base_url=base_url, proxied=True)
            if found and (found.provider.bare or "embed" in value or "iframe" in name) and (name not in ("data-url", "data-href", "data-link") or found.provider.bare):
                if inner := _within(element, found.provider, base_url, language, depth):
                    return inner
                return _record(found, title=title_of(element), placeholder=True)
        if name in known.markup["markup_attributes"]:
            inner = _from_json(value, base_url, language, depth)
            if inner is None and (markup := as_markup(value)):
                inner = _first_within(markup, base_url, language, depth)
            if inner is not None:
                return replace(inner, placeholder=True)
    return None


def _by_names(element: _Element, words: list[str], base_url: str | None) -> Embed | None:
    """By an id in one attribute and the name of its provider in another, or at the start of the `id`."""
    known = registry()
    named = [element.get(name) or "" for name in known.markup["naming_attributes"] if element.get(name)]
    named += words
    number = element.get("id") or ""
    provider = next((known.by_name[v] for v in (n.strip().lower() for n in named) if v in known.by_name), None)
    if provider is None and number:
        provider = next((p for prefix, p in known.by_id_prefix.items() if number.startswith(prefix)), None)
    if provider is None:
        return None
    found = _own_address(element, provider, base_url)
    return _record(found, title=title_of(element), placeholder=True) if found else None


def _by_container(element: _Element, words: list[str], base_url: str | None, language: str | None, depth: int) -> Embed | None:
    """A box for embeds that holds no more than an address or a link."""
    if registry().markup["containers"].isdisjoint(words):
        return None
    for inner in element.iterdescendants(*_LIVE):
        if is_candidate(str(inner.tag), inner.items()):
            return None  # read in its own right
    text = collapse(words_of(element))
    if found := read_url_embed(text):
        return found
    if len(text) > _MAX_STUB:
        return None
    addresses: list[Address] = []
    for inner in element.iterdescendants("a", "meta", "link"):
        address = find_address(inner.get("href") or inner.get("content"), base_url=base_url)
        if address and address.provider.bare and all((a.provider.key, a.id) != (address.provider.key, address.id) for a in addresses):
            addresses.append(address)
    return replace(_record(addresses[0]), placeholder=True) if len(addresses) == 1 else None


def _by_microdata(element: _Element, base_url: str | None) -> Embed | None:
    """A schema.org VideoObject or AudioObject with its address."""
    if not (element.get("itemtype") or "").endswith(("/VideoObject", "/AudioObject")) or reads_aloud(element):
        return None
    kind: EmbedKind = "audio" if "Audio" in element.get("itemtype", "") else "video"
    title = next((m.get("content") for m in element.iterdescendants("meta") if m.get("itemprop") == "name"), None)
    file: str | None = None
    for inner in element.iterdescendants("link", "meta", "a", "source"):
        if (inner.get("itemprop") or "").lower() in ("embedurl", "contenturl", "url"):
            value = inner.get("href") or inner.get("content") or inner.get("src")
            if found := find_address(value, base_url=base_url, proxied=True):
                return _record(found, title=title, placeholder=True)
            if inner.get("itemprop") != "url":
                file = file or absolute(value, base_url)
    return Embed(f"site-{kind}", kind, url=file, title=title, placeholder=True) if file and not says_reading(file) else None


# Markup and JSON


def _read_template(element: _Element, base_url: str | None, language: str | None, depth: int) -> Embed | None:
    for inner in element.iterdescendants():
        if isinstance(inner.tag, str) and is_candidate(inner.tag, inner.items()) and (found := _read(inner, base_url, language, depth + 1)):
            return replace(found, placeholder=True)
    markup = as_markup(raw_text(element)) if not len(element) else None
    return _first_within(markup, base_url, language, depth) if markup else None


def _read_script(element: _Element, words: list[str], base_url: str | None, language: str | None, depth: int) -> Embed | None:
    known = registry()
    if source := element.get("src"):
        found = find_address(source, base_url=base_url)
        provider = next((known.by_word[w] for w in words if w in known.by_word), None) or known.by_script_host.get(
            source.partition("//")[2].split("/", 1)[0].lower()
        )
        if found is None and provider is not None:
            found = _own_address(element, provider, base_url)
        return _record(found, title=title_of(element), placeholder=True) if found else None
    if inner := _by_attributes(element, base_url, language, depth):
        return inner
    text = element.text or ""
    if not text or len(text) > MAX_MARKUP:
        return None
    if "json" in (element.get("type") or ""):
        return _from_json(text, base_url, language, depth)
    markup = as_markup(text)
    return _first_within(markup, base_url, language, depth) if markup else None


def _first_within(markup: str, base_url: str | None, language: str | None, depth: int) -> Embed | None:
    for inner in elements_of(markup):
        if is_candidate(str(inner.tag), inner.items()) and (found := _read(inner, base_url, language, depth + 1)):
            return replace(found, placeholder=True)
    return None


def _from_json(text: str, base_url: str | None, language: str | None, depth: int) -> Embed | None:
    """The one embed that a JSON text tells of; a text with several is the state of the page."""
    data = parse_json(text)
    if data is None:
        return None
    only: Embed | None = None
    for embed in _list_json(data, base_url, language, depth):
        if embed.provider.startswith("site-") and embed.url and site_of(host_of(embed.url)) == site_of(host_of(base_url)):
            return embed
        if only is not None and embed.provider.startswith("site-"):
            continue
        if only is not None and not same_embed(only, embed):
            return None
        only = only or embed
    return only


def _list_json(data: Any, base_url: str | None, language: str | None, depth: int) -> Iterator[Embed]:
    known = registry()
    for holder, key, value in walk_json(data):
        if value.startswith(("http://", "https://", "//")):
            if (found := find_address(value, base_url=base_url, proxied=True)) and (found.provider.bare or "embed" in value):
                yield _record(found, title=_title_in(holder), placeholder=True)
            elif file := _MEDIA_FILE.match(value):
                kind: EmbedKind = "video" if file["video"] else "audio"
                number = str(holder["id"]) if holder and isinstance(holder.get("id"), str | int) else None
                if not says_reading(value):
                    yield Embed(f"site-{kind}", kind, number, value, title=_title_in(holder), placeholder=True)
        elif "<" in value and depth < _MAX_DEPTH and (markup := as_markup(value)):
            if inner := _first_within(markup, base_url, language, depth + 1):
                yield inner
        elif holder is not None and key is not None and key.lower().endswith("id") and 4 < len(value) < 60:
            names = (str(v).lower() for k, v in holder.items() if isinstance(v, str) and len(v) < 30)
            provider = next((known.by_name[n] for n in names if n in known.by_name), None)
            if provider is not None and (found := find_id(provider, value)):
                yield _record(found, title=_title_in(holder), placeholder=True)


def _title_in(holder: dict[str, Any] | None) -> str | None:
    if holder is None:
        return None
    return next((collapse(v)[:300] for k in _TITLE_KEYS if isinstance(v := holder.get(k), str) and v.strip()), None)
