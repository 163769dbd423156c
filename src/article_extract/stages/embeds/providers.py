"""The knowledge of data/embeds.toml: which services there are, and which of their addresses are embeds."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final, NamedTuple, cast, get_args
from urllib.parse import parse_qsl, unquote, urlsplit

import regex

from article_extract.errors import RuleFileError
from article_extract.records import EmbedKind
from article_extract.rules import DATA
from article_extract.urls import absolute

_KEYS: Final = frozenset(
    (
        *("key", "kind", "hosts", "patterns", "canonical", "shape", "words", "elements", "attributes"),
        *("scripts", "id_prefixes", "aliases", "player", "bare", "hits", "misses"),
    )
)
_FALSE_KEYS: Final = frozenset(["why", "hosts", "patterns", "words", "hits", "misses"])
_MARKUP_KEYS: Final = frozenset(
    (
        *("containers", "url_attributes", "markup_attributes", "id_attributes", "naming_attributes", "players"),
        *("reading_aloud", "generic_titles", "shared_by", "view_post", "advertising", "never", "unknown"),
    )
)
_KINDS: Final = frozenset(get_args(EmbedKind))
_MAX_URL: Final = 4000
_ARCHIVED: Final = regex.compile(
    r"(?:https?:)?//(?:web\.archive\.org|archive\.(?:ph|today|is|md))/(?:web/)?\d{4,14}[a-z_]*/(?=https?:/|//)"
)
_SCHEME: Final = regex.compile(r"(?i)https?:/(?=[^/])")
_NESTED: Final = ("url", "href", "src", "u", "embed", "video", "link", "post", "iframe", "embed_url")
"""Query parameters in which a proxy names the address it shows."""


@dataclass(frozen=True, slots=True)
class Provider:
    """One entry of data/embeds.toml; a service with several kinds of things has an entry for each."""

    key: str
    kind: EmbedKind
    hosts: tuple[str, ...]
    patterns: tuple[regex.Pattern[str], ...]
    """Matched at the start of path and query, or of `//host/path` for those that begin with `//`."""
    canonical: tuple[str, ...] = ()
    """Templates of the canonical address: the first whose fields are known stands."""
    shape: regex.Pattern[str] | None = None
    """What a bare id looks like."""
    words: frozenset[str] = frozenset()
    """Words of `class` that name its embeds."""
    elements: frozenset[str] = frozenset()
    attributes: frozenset[str] = frozenset()
    """Attributes that hold its id or address."""
    scripts: frozenset[str] = frozenset()
    """Hosts of scripts whose own attributes or address hold the id."""
    id_prefixes: frozenset[str] = frozenset()
    """What the `id` attribute of its elements begins with; the id follows."""
    aliases: frozenset[str] = frozenset()
    """Names by which markup calls it (`data-provider="twitter"`); its key always counts."""
    player: bool = False
    """A player that sites use for their own videos: reported as `site-video` or `site-audio`."""
    bare: bool = True
    """Whether its address alone in a paragraph is an embed."""
    hits: tuple[tuple[str, str], ...] = ()
    misses: tuple[str, ...] = ()

    @property
    def reported_key(self) -> str:
        """The key that a record states."""
        return f"site-{'audio' if self.kind == 'audio' else 'video'}" if self.player else self.key


@dataclass(frozen=True, slots=True)
class NoEmbed:
    """Addresses that stand in frames and are none: advertising, tracking, buttons."""

    why: str
    hosts: tuple[str, ...]
    patterns: tuple[regex.Pattern[str], ...] = ()
    """None: everything on these hosts."""
    words: frozenset[str] = frozenset()
    hits: tuple[str, ...] = ()
    misses: tuple[str, ...] = ()


class Address(NamedTuple):
    """What an address says of an embed."""

    provider: Provider
    id: str | None
    handle: str | None
    url: str
    """Canonical where that can be made, else as given."""


@dataclass(frozen=True, slots=True)
class Registry:
    """The file, indexed."""

    providers: tuple[Provider, ...]
    none: tuple[NoEmbed, ...]
    markup: Mapping[str, frozenset[str]]
    by_host: Mapping[str, tuple[Provider, ...]]
    none_by_host: Mapping[str, tuple[NoEmbed, ...]]
    by_word: Mapping[str, Provider]
    none_words: frozenset[str]
    by_element: Mapping[str, Provider]
    by_attribute: Mapping[str, tuple[Provider, ...]]
    by_name: Mapping[str, Provider]
    by_script_host: Mapping[str, Provider]
    by_id_prefix: Mapping[str, Provider]
    shared_by: tuple[str, ...]
    """Words before the author of a post, longest first, lower case."""


@cache
def registry() -> Registry:
    """The embed providers. Raises RuleFileError for a faulty file."""
    return read_registry(tomllib.loads((DATA / "embeds.toml").read_text(encoding="utf-8")))


def read_registry(data: Mapping[str, Any]) -> Registry:
    """Providers from the parsed file."""
    if unknown := sorted(data.keys() - {"provider", "none", "markup"}):
        raise RuleFileError(f"embeds.toml: unknown table {unknown[0]}")
    providers = tuple(_provider(entry) for entry in data.get("provider", ()))
    none = tuple(_no_embed(entry) for entry in data.get("none", ()))
    by_host: dict[str, tuple[Provider, ...]] = {}
    by_word: dict[str, Provider] = {}
    by_element: dict[str, Provider] = {}
    by_attribute: dict[str, tuple[Provider, ...]] = {}
    by_name: dict[str, Provider] = {}
    for provider in providers:
        for host in provider.hosts:
            by_host[host] = (*by_host.get(host, ()), provider)
        for index, names in ((by_word, provider.words), (by_element, provider.elements)):
            for name in names:
                if name in index:
                    raise RuleFileError(
                        f"embeds.toml: provider {provider.key!r}: {name!r} also names {index[name].key!r}"
                    )
                index[name] = provider
        for name in provider.attributes:
            by_attribute[name] = (*by_attribute.get(name, ()), provider)
        for name in (provider.key, *provider.aliases):
            by_name.setdefault(name, provider)
    markup: dict[str, Any] = data.get("markup", {})
    if unknown := sorted(markup.keys() ^ _MARKUP_KEYS):
        raise RuleFileError(f"embeds.toml: markup: unknown or missing key {unknown[0]}")
    none_by_host: dict[str, tuple[NoEmbed, ...]] = {}
    for entry in none:
        for host in entry.hosts:
            none_by_host[host] = (*none_by_host.get(host, ()), entry)
    return Registry(
        providers,
        none,
        {name: frozenset(map(str, values)) for name, values in markup.items()},
        by_host,
        none_by_host,
        by_word,
        frozenset(word for entry in none for word in entry.words),
        by_element,
        by_attribute,
        by_name,
        {host: provider for provider in providers for host in provider.scripts},
        {prefix: provider for provider in providers for prefix in provider.id_prefixes},
        tuple(sorted((w.casefold() for w in markup["shared_by"]), key=len, reverse=True)),
    )


def _provider(entry: Mapping[str, Any]) -> Provider:
    where = f"embeds.toml: provider {entry.get('key')!r}"
    if unknown := sorted(entry.keys() - _KEYS):
        raise RuleFileError(f"{where}: unknown key {unknown[0]}")
    for key in ("key", "kind", "hits", "misses"):
        if not entry.get(key):
            raise RuleFileError(f"{where}: {key} is needed")
    if entry["kind"] not in _KINDS:
        raise RuleFileError(f"{where}: kind: {entry['kind']!r} is no kind of embed")
    if bool(entry.get("hosts")) != bool(entry.get("patterns")):
        raise RuleFileError(f"{where}: hosts and patterns need each other")
    shape = entry.get("shape")
    return Provider(
        key=entry["key"],
        kind=cast(EmbedKind, entry["kind"]),
        hosts=tuple(entry.get("hosts", ())),
        patterns=tuple(_compile(p, where) for p in entry.get("patterns", ())),
        canonical=tuple(entry.get("canonical", ())),
        shape=_compile(shape, where) if shape else None,
        words=frozenset(entry.get("words", ())),
        elements=frozenset(entry.get("elements", ())),
        attributes=frozenset(entry.get("attributes", ())),
        scripts=frozenset(entry.get("scripts", ())),
        id_prefixes=frozenset(entry.get("id_prefixes", ())),
        aliases=frozenset(entry.get("aliases", ())),
        player=bool(entry.get("player", False)),
        bare=bool(entry.get("bare", True)),
        hits=tuple((str(url), str(number)) for url, number in entry["hits"]),
        misses=tuple(entry["misses"]),
    )


def _no_embed(entry: Mapping[str, Any]) -> NoEmbed:
    where = f"embeds.toml: none {entry.get('why')!r}"
    if unknown := sorted(entry.keys() - _FALSE_KEYS):
        raise RuleFileError(f"{where}: unknown key {unknown[0]}")
    for key in ("why", "hits"):
        if not entry.get(key):
            raise RuleFileError(f"{where}: {key} is needed")
    if not entry.get("hosts"):
        raise RuleFileError(f"{where}: hosts is needed")
    return NoEmbed(
        why=entry["why"],
        hosts=tuple(entry["hosts"]),
        patterns=tuple(_compile(p, where) for p in entry.get("patterns", ())),
        words=frozenset(entry.get("words", ())),
        hits=tuple(entry["hits"]),
        misses=tuple(entry.get("misses", ())),
    )


def _compile(pattern: str, where: str) -> regex.Pattern[str]:
    try:
        return regex.compile(pattern)
    except regex.error as error:
        raise RuleFileError(f"{where}: pattern {pattern!r}: {error}") from error


def unwrapped(url: str) -> str:
    """
    The address without the web archive it was saved by, whole again where only a slash is missing.

    >>> unwrapped("https://web.archive.org/web/20200101000000if_/https://player.example/1")
    'https://player.example/1'
    """
    while found := _ARCHIVED.match(url):
        url = url[found.end() :]
        if broken := _SCHEME.match(url):
            url = f"{broken.group()}/{url[broken.end() :]}"
    return url


def domains(host: str) -> Sequence[str]:
    """
    A host and the domains it is in, longest first.

    >>> domains("www.video.example.org")
    ['www.video.example.org', 'video.example.org', 'example.org', 'org']
    """
    parts = host.split(".")
    return [".".join(parts[i:]) for i in range(len(parts))]


def find_address(url: str | None, *, base_url: str | None = None, proxied: bool = False) -> Address | None:
    """
    The embed that an address is, None for any other: channels, profiles, buttons.

    With `proxied`, also the one named in its query ("cdn.example/frame?url=https%3A%2F%2F…").
    """
    split = _split(url, base_url)
    if split is None:
        return None
    whole, host, rest, query = split
    known = registry()
    names = domains(host)
    if _is_none(known, names, rest):
        return None
    for name in names:
        for provider in known.by_host.get(name, ()):
            for pattern in provider.patterns:
                target = f"//{host}{rest}" if pattern.pattern.startswith("//") else rest
                if found := pattern.match(target):
                    return _address(provider, found.groupdict(), whole)
    if proxied and query:
        for key, value in parse_qsl(query[:_MAX_URL])[:40]:
            if key.lower() in _NESTED and "/" in value:
                if inner := find_address(unquote(value), base_url="https://proxy.invalid/"):
                    return inner
    return None


def is_no_embed(url: str | None, *, base_url: str | None = None) -> bool:
    """Whether the file names the address as advertising, tracking, a button or the like."""
    split = _split(url, base_url)
    return split is not None and _is_none(registry(), domains(split[1]), split[2])


def find_id(provider: Provider, value: str, **fields: str | None) -> Address | None:
    """The embed of a provider by its bare id; None where the value does not look like one."""
    value = value.strip()
    if provider.shape is None or len(value) > 200 or not (found := provider.shape.fullmatch(value)):
        return None
    groups = {**fields, "id": value, **{k: v for k, v in found.groupdict().items() if v}}
    return _address(provider, groups, None)


def _address(provider: Provider, groups: Mapping[str, str | None], given: str | None) -> Address:
    number = groups.get("id")
    url: str | None = None
    for template in provider.canonical:
        try:
            fields = {k: v for k, v in groups.items() if v}
            url = template.format_map(fields)
            break
        except KeyError:
            continue
    handle = groups.get("handle")
    return Address(
        provider,
        unquote(number) if number else None,
        unquote(handle).lstrip("@") if handle else None,
        url or given or "",
    )


def _split(url: str | None, base_url: str | None) -> tuple[str, str, str, str] | None:
    """Address, host, path with query, query."""
    if not url or len(url) > _MAX_URL:
        return None
    url = absolute(url.replace("&amp;", "&"), base_url)
    if not url or not url.startswith(("http://", "https://")):
        return None
    url = unwrapped(url)
    try:
        parts = urlsplit(f"https:{url}" if url.startswith("//") else url)
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return None
    if not host:
        return None
    path = regex.sub(r"/{2,}+", "/", parts.path) or "/"
    rest = f"{path}?{parts.query}" if parts.query else path
    if parts.fragment.startswith("/"):
        rest += f"#{parts.fragment}"
    return url, host, rest, parts.query


def _is_none(known: Registry, names: Sequence[str], rest: str) -> bool:
    for name in names:
        for entry in known.none_by_host.get(name, ()):
            if not entry.patterns or any(p.match(rest) for p in entry.patterns):
                return True
    return False
