"""Elements whose names, attributes and links tell what they are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from article_extract.records import Embed, EmbedKind
from article_extract.stages.embeds.inner import items_of, text_of
from article_extract.stages.embeds.players import reads_aloud, says_reading, title_of
from article_extract.stages.embeds.posts import date_of, find_signature, post_words, words_of
from article_extract.stages.embeds.providers import Address, Provider, find_address, find_id, registry
from article_extract.stages.embeds.records_of import record_of
from article_extract.urls import absolute, host_of

if TYPE_CHECKING:
    from lxml.etree import _Element

_LAST_LINK: Final = frozenset(("x", "bluesky", "mastodon"))
"""A post ends with its own address; those before it are in its words."""
_FIELDS: Final = (("data-account", "account"), ("data-player", "player"), ("data-partner", "partner"))


def own_address(element: _Element, provider: Provider, base_url: str | None) -> Address | None:
    """By the element's own attributes: the provider's, then those for addresses and ids."""
    known = registry()
    fields: dict[str, str | None] = {field: element.get(name) for name, field in _FIELDS}
    generic = known.markup["id_attributes"]
    attributes = sorted(items_of(element), key=lambda item: item[0] not in provider.attributes)
    for name, value in attributes:
        if not value or len(value) > 2000:
            continue
        own = name in provider.attributes
        if (
            "/" in value
            and (found := find_address(value, base_url=base_url, proxied=True))
            and found.provider.key == provider.key
        ):
            return found
        if (own or name in generic) and (found := find_id(provider, value, **fields)):
            return found
        if name == "id":
            rest = next((value.removeprefix(p) for p in provider.id_prefixes if value.startswith(p)), None)
            tail = value.rpartition("_")[2]
            if rest and (found := find_id(provider, rest) or find_id(provider, rest.partition("_")[0])):
                return found
            if (
                provider.key == "youtube"
                and tail != value
                and _looks_random(tail)
                and (found := find_id(provider, tail))
            ):
                return found
        elif name == "class" and provider.key == "wistia" and "wistia_async_" in value:
            return find_id(provider, value.partition("wistia_async_")[2].split()[0])
    return None


def _looks_random(text: str) -> bool:
    return any(c.isupper() for c in text[1:]) and any(c.islower() or c.isdigit() for c in text)


def linked_address(element: _Element, provider: Provider, base_url: str | None) -> Address | None:
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


def read_post(element: _Element, provider: Provider, address: Address | None, language: str | None) -> Embed | None:
    """A post with its words, author and date, as far as the page holds them."""
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
        handle = next(
            (t.lstrip("@") for a in element.iterdescendants("a") if (t := a.get("title") or "").startswith("@")), None
        )
        words = "\n".join(words_of(p) for p in element.iterdescendants("p")).strip() or None
    elif provider.key in ("reddit", "imgur", "pinterest", "flickr", "getty", "threads", "tumblr"):
        if provider.key in ("reddit", "imgur", "flickr"):
            title = next((t for a in element.iterdescendants("a") if (t := text_of(a))), None)
        words = None
    elif provider.key == "facebook" and not signature:
        words = "\n".join(words_of(p) for p in element.iterdescendants("p")).strip() or None
        links = [
            t for a in element.iterdescendants("a") if (t := text_of(a)) and "facebook.com" in (a.get("href") or "")
        ]
        author = links[0] if links and words and len(links[0]) < 80 else None
        printed = links[-1] if len(links) > 1 else None
    published = date_of(time, language) or date_of(printed, language)
    stub = not words and not str(element.tag).startswith("amp-")
    if address is None and not words:
        return None
    if address is None:
        return Embed(
            provider.key, provider.kind, author=author, handle=handle, text=words, published=published, placeholder=True
        )
    return record_of(
        address,
        author=author,
        handle=handle or address.handle,
        text=words,
        published=published,
        title=title,
        placeholder=stub,
    )


def read_wordpress(element: _Element, base_url: str | None) -> Embed | None:
    """Another site's article, as WordPress embeds it; the site's own is a related story."""
    if element.tag != "blockquote":
        return None
    for link in element.iterdescendants("a"):
        url = absolute(link.get("href"), base_url)
        if url and host_of(url) and host_of(url) != host_of(base_url):
            return Embed("wordpress", "rich", url=url, title=text_of(link) or None)
    return None


def by_names(element: _Element, words: list[str], base_url: str | None) -> Embed | None:
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
    found = own_address(element, provider, base_url)
    return record_of(found, title=title_of(element), placeholder=True) if found else None


def by_microdata(element: _Element, base_url: str | None) -> Embed | None:
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
                return record_of(found, title=title, placeholder=True)
            if inner.get("itemprop") != "url":
                file = file or absolute(value, base_url)
    return (
        Embed(f"site-{kind}", kind, url=file, title=title, placeholder=True)
        if file and not says_reading(file)
        else None
    )
