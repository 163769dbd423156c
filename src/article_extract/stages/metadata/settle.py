"""Choose among the claims: one table of precedence, and what makes titles and authors uniform."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

import regex

from article_extract.page import Claim, Metadata
from article_extract.records import Author, Problem
from article_extract.stages.metadata.names import is_organisation, name_key
from article_extract.text import squeeze

PRECEDENCE: Final[dict[str, tuple[str, ...]]] = {
    # what the site's own profile says stands above all
    "title": ("site", "json_ld", "microdata", "open_graph", "meta_tags", "title_tag", "json_ld_page"),
    # og:description is written for people, JSON-LD's is often cut or empty
    "description": ("site", "open_graph", "json_ld", "meta_tags"),
    "author": ("site", "json_ld", "microdata", "meta_tags", "open_graph"),
    "published": ("site", "json_ld", "open_graph", "meta_tags", "microdata", "visible", "url"),
    "modified": ("site", "json_ld", "open_graph", "meta_tags", "microdata", "visible"),
    # a section name in JSON-LD may be the whole keyword list
    "section": ("site", "open_graph", "json_ld", "meta_tags", "microdata", "breadcrumb"),
    "tag": ("site", "open_graph", "json_ld", "meta_tags", "keywords"),
    "image": ("site", "json_ld", "open_graph", "meta_tags", "microdata"),
    # publisher is the company, site_name the paper
    "site_name": ("site", "open_graph", "json_ld", "application"),
    "language": ("site", "html", "json_ld", "open_graph", "meta_tags"),
    "canonical_url": ("site", "meta_tags", "open_graph", "json_ld"),
    "article_body": ("site", "json_ld", "page_state", "microdata"),
    "paywalled": ("site", "json_ld", "open_graph"),
}
"""For each field its sources, most trusted first. Fields and sources that are not listed keep the order of reading."""

_SEPARATORS: Final = regex.compile(r"\s*(?:::|[|｜‖¦\-–—‐―－•·»«›‹:：/~_→←]+)\s*")
_LAST: Final = 99


def settle(claims: Iterable[Claim], problems: Iterable[Problem] = ()) -> Metadata:
    """Order the claims by precedence, so that `Metadata.first(field)` is the settled one, and clean the fields used most.

    A claim without a value (a date that could not be read) comes after those with one. Names that are the site's own,
    an agency's or a desk's are organisations, not authors.
    """
    ordered = sorted(claims, key=_rank)
    sites = [c.value for c in ordered if c.field == "site_name"]
    publishers = [c.value for c in ordered if c.field == "publisher"]
    canonical = next((c.value for c in ordered if c.field == "canonical_url" and c.value), None)
    host = _host_label(canonical)
    names = (*sites, *publishers, *((host,) if host else ()))
    titles: list[str] = []
    for claim in ordered:
        if claim.field == "title":
            title = clean_title(claim.value, names)
            if title and all(squeeze(title) != squeeze(t) for t in titles):
                titles.append(title)
    titles = _without_site(titles, names)
    authors, ordered = _settle_authors(ordered, names)
    bodies = [c.value for c in ordered if c.field == "article_body"]
    image = next((c.value for c in ordered if c.field == "image"), None)
    if image is not None:
        for other in (c.value for c in ordered if c.field == "image"):
            if other.url == image.url:
                image = replace(
                    image,
                    alt=image.alt or other.alt,
                    width=image.width or other.width,
                    height=image.height or other.height,
                )
    descriptions = dict.fromkeys(c.value for c in ordered if c.field == "description")
    return Metadata(
        claims=tuple(ordered),
        problems=tuple(problems),
        titles=tuple(titles),
        descriptions=tuple(descriptions),
        authors=authors,
        article_body=max(bodies, key=lambda b: sum(map(len, b)), default=()),
        site_name=next(iter((*sites, *publishers)), None),
        language=next((c.value for c in ordered if c.field == "language"), None),
        types=frozenset(c.value for c in ordered if c.field == "type"),
        image=image,
    )


def _rank(claim: Claim) -> tuple[int, int]:
    order = PRECEDENCE.get(claim.field, ())
    return claim.value is None, order.index(claim.source) if claim.source in order else _LAST


def _host_label(url: str | None) -> str | None:
    """The registered name in a host: "news" for "www.news.example", without a list of public suffixes."""
    match = regex.match(r"https?://([^/?#:@]+)", url or "")
    labels = match.group(1).lower().split(".") if match else []
    while labels and labels[0] in ("www", "m", "amp", "mobile"):
        labels = labels[1:]
    if len(labels) < 2:
        return None
    if len(labels) > 2 and len(labels[-2]) <= 3 and len(labels[-1]) == 2:  # co.uk, com.br
        return labels[-3]
    return labels[-2]


def clean_title(title: str, site_names: str | Sequence[str] | None) -> str:
    """The title without the site's name before or after a separator; anything else stays.

    >>> clean_title("Pool opens - again | The Hafenstadt News", "Hafenstadt News")
    'Pool opens - again'
    """
    names = (site_names,) if isinstance(site_names, str) else tuple(site_names or ())
    keys = {key for name in names if (key := _site_key(name))}
    title = title.strip()
    for _ in range(3):
        cut = _cut_site(title, keys)
        if cut is None:
            return title
        title = cut
    return title


def _cut_site(title: str, keys: set[str]) -> str | None:
    separators = list(_SEPARATORS.finditer(title))
    for match in reversed(separators[-6:]):
        rest = title[: match.start()].strip()
        if rest and match.start() > 0 and _is_site(title[match.end() :], keys):
            return rest
    for match in separators[:2]:
        rest = title[match.end() :].strip()
        # "Paris: …" at the start may be a place that a paper is named after, so a colon does not separate there.
        if rest and match.start() > 0 and ":" not in match.group() and _is_site(title[: match.start()], keys):
            return rest
    return None


def _site_key(name: str) -> str:
    key = squeeze(
        regex.sub(
            r"\.(?:com|org|net|de|fr|it|es|co\.uk|ru|at|ch|nl|pl|se|no|fi|gr|jp|cn|kr|info|news|eu)$",
            "",
            name.strip(),
            flags=regex.IGNORECASE,
        )
    )
    return key.removeprefix("the") if len(key) > 6 else key


def _is_site(part: str, keys: set[str]) -> bool:
    key = _site_key(part)
    return bool(key) and key in keys


def _without_site(titles: list[str], names: Sequence[str]) -> list[str]:
    """Titles that are nothing but the site's name go last; such pages have no headline in their metadata."""
    keys = {_site_key(name) for name in names if name}
    real = [t for t in titles if not _is_site(t, keys)]
    return real or titles


def _settle_authors(ordered: list[Claim], names: Sequence[str]) -> tuple[tuple[Author, ...], list[Claim]]:
    """The people named by the most trusted source that names any, completed by the other sources."""
    keys = {_site_key(name) for name in names if name}
    people: dict[str, list[Claim]] = {}
    kept: list[Claim] = []
    for claim in ordered:
        if claim.field != "author":
            kept.append(claim)
        elif is_organisation(claim.value.name) or _is_site(claim.value.name, keys):
            kept.append(Claim("organisation", claim.value.name, claim.source))
        else:
            kept.append(claim)
            people.setdefault(claim.source, []).append(claim)
    if not people:
        return (), kept
    chosen = next(iter(people.values()))
    merged: dict[str, Author] = {}
    for claim in chosen:
        merged.setdefault(name_key(claim.value.name), claim.value)
    for claims in people.values():
        for claim in claims:
            if (known := merged.get(name_key(claim.value.name))) is not None:
                merged[name_key(claim.value.name)] = replace(
                    known, url=known.url or claim.value.url, role=known.role or claim.value.role
                )
    return tuple(merged.values()), kept
