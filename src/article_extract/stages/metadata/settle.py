"""Choose among the claims: one table of precedence, and what makes titles and authors uniform."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import Final

import regex

from article_extract.dates import read_date
from article_extract.page import Claim, Metadata
from article_extract.records import Author, Problem
from article_extract.stages.metadata.names import is_nameless, is_organisation, name_key
from article_extract.text import squeeze

PRECEDENCE: Final[dict[str, tuple[str, ...]]] = {
    # what the site's own profile says stands above all
    "title": ("site", "json_ld", "microdata", "open_graph", "meta_tags", "title_tag", "json_ld_page"),
    # og:description is written for people, JSON-LD's is often cut or empty
    "description": ("site", "open_graph", "json_ld", "meta_tags"),
    "author": ("site", "json_ld", "microdata", "open_graph", "meta_tags", "byline", "visible"),
    # an agency or desk in the printed byline says more than the publisher in the author's place
    "organisation": ("site", "byline", "visible", "json_ld", "microdata", "open_graph", "meta_tags"),
    "published": ("site", "json_ld", "open_graph", "meta_tags", "microdata", "visible", "url"),
    "modified": ("site", "json_ld", "open_graph", "meta_tags", "microdata", "visible"),
    # a section name in JSON-LD may be the whole keyword list
    "section": ("site", "open_graph", "json_ld", "meta_tags", "microdata", "breadcrumb"),
    "tag": ("site", "open_graph", "json_ld", "meta_tags", "visible", "keywords"),
    "image": ("site", "json_ld", "open_graph", "meta_tags", "microdata"),
    # publisher is the company, site_name the paper
    "site_name": ("site", "open_graph", "json_ld", "application"),
    "language": ("site", "html", "json_ld", "open_graph", "meta_tags"),
    "canonical_url": ("site", "meta_tags", "open_graph", "json_ld"),
    "article_body": ("site", "json_ld", "page_state", "microdata"),
    "paywalled": ("site", "json_ld", "open_graph"),
}
"""For each field its sources, most trusted first. Fields and sources that are not listed keep the order of reading."""

_SEPARATORS: Final = regex.compile(r"\s*(?:[|｜‖¦]+|::+)\s*|\s+[-–—‐―－•·»«›‹:：/~→←]+\s+|[-–—－_]")
"""What stands between headline and site name. Marks that also stand within headlines count only between spaces; the
dash and the underscore without spaces are usual in Chinese."""
_SUFFIX: Final = regex.compile(
    r"\.(?:com|org|net|de|fr|it|es|co\.uk|ru|at|ch|nl|pl|se|no|fi|gr|jp|cn|kr|info|news|eu|com\.\w\w)$",
    regex.IGNORECASE,
)
_BRACKETS: Final = regex.compile(r"\s*\([^()]*\)\s*")
_ADDRESS: Final = regex.compile(r"https?://\S*$")
_LAST: Final = 99
_PRINTED: Final = ("byline", "visible")
"""Sources that are printed on the page."""


def settle(claims: Iterable[Claim], problems: Iterable[Problem] = ()) -> Metadata:
    """Order the claims by precedence, so that `Metadata.first(field)` is the settled one, and clean the fields used
    most.

    A claim without a value (a date that could not be read) comes after those with one. Names that are the site's own,
    an agency's or a desk's are organisations, not authors.
    """
    ordered = _with_printed_date(sorted(claims, key=_rank))
    stated = [c.value for c in ordered if c.field == "title"]
    sites = [c.value for c in ordered if c.field == "site_name" and c.value not in stated]
    publishers = [c.value for c in ordered if c.field == "publisher"]
    hosts = [
        name for c in ordered if c.field in ("host", "canonical_url") and c.value for name in _names_in_host(c.value)
    ]
    names = tuple(dict.fromkeys((*sites, *publishers, *hosts)))
    titles = _settle_titles(stated, names)
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
        problems=(*problems, *_date_problems(ordered)),
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


def _with_printed_date(ordered: list[Claim]) -> list[Claim]:
    """The claims with an earlier printed date first, where the stated publication is no earlier than the modification.

    Such a statement is the day on which the site was last built. A day's difference is the time zone's.
    """
    dates = [c for c in ordered if c.field == "published" and c.value]
    modified = next((c.value for c in ordered if c.field == "modified" and c.value and c.source not in _PRINTED), None)
    printed = next((c for c in dates if c.source == "visible"), None)
    if not dates or printed is None or modified is None or dates[0].source == "site":
        return ordered
    days = [date.fromisoformat(value[:10]) for value in (printed.value, dates[0].value, modified) if len(value) >= 10]
    if len(days) < 3 or (days[1] - days[0]).days < 2 or days[1] < days[2]:
        return ordered
    return [printed, *(c for c in ordered if c is not printed)]


def _date_problems(ordered: Sequence[Claim]) -> list[Problem]:
    """Why the settled dates have no value, where a library would have read them."""
    problems: list[Problem] = []
    language = next((c.value for c in ordered if c.field == "language"), None)
    for field in ("published", "modified"):
        claim = next((c for c in ordered if c.field == field), None)
        if claim is not None and claim.value is None and claim.raw:
            if message := read_date(claim.raw, language=language).problem:
                problems.append(Problem("metadata", field, f"{message} ({claim.raw!r})"))
    return problems


def _names_in_host(url: str) -> tuple[str, ...]:
    """What a site may be called after its host: "news.example" and "news", without a list of public suffixes."""
    match = regex.match(r"(?:https?://)?([^/?#:@]+)", url)
    labels = match.group(1).lower().split(".") if match else []
    while labels and labels[0] in ("www", "m", "amp", "mobile"):
        labels = labels[1:]
    if len(labels) < 2:
        return ()
    short = len(labels) > 2 and len(labels[-2]) <= 3 and len(labels[-1]) == 2  # co.uk, com.br
    return ".".join(labels), labels[-3] if short else labels[-2]


def _settle_titles(stated: Sequence[str], names: Sequence[str]) -> list[str]:
    """Headlines, best first: without the site's name, and without what follows another claim."""
    titles: list[str] = []
    keys: set[str] = set()
    for title in stated:
        title = clean_title(title, names)
        for other in stated:
            if 12 < len(other) < len(title) and title.startswith(other) and _SEPARATORS.match(title, len(other)):
                title = other
        key = squeeze(title)
        is_code = " " not in title and any(ch.isdigit() for ch in title) and len(title) > 8
        if key and key not in keys and not is_code:
            keys.add(key)
            titles.append(title)
    site_keys = {_site_key(name) for name in names if name}
    # Where all titles are the site's name, the page has no headline in its metadata.
    return [t for t in titles if _site_key(t) not in site_keys] or titles


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
        if rest and _is_site(title[match.end() :], keys):
            return rest
    for match in separators[:2]:
        rest = title[match.end() :].strip()
        # "Paris: …" at the start may be a place that a paper is named after, so a colon does not separate there.
        if (
            rest
            and match.start() > 0
            and match.group().strip() not in (":", "：")
            and _is_site(title[: match.start()], keys)
        ):
            return rest
    return None


@lru_cache(maxsize=4096)
def _site_key(name: str) -> str:
    name = _SUFFIX.sub("", _ADDRESS.sub("", _BRACKETS.sub(" ", name).replace("&", "and").strip()).rstrip(" ,;|–-"))
    key = squeeze(name)
    return key.removeprefix("the") if len(key) > 6 else key


def _is_site(part: str, keys: set[str]) -> bool:
    """Whether part of a title is the site's name: equal, or its name with words around ("Hafenstadt News Online")."""
    key = _site_key(part)
    if not key:
        return False
    if key in keys:
        return True
    if len(part.split()) > 5:
        return False
    return any(
        (len(site) >= 5 and key.startswith(site))
        or (len(key) >= 5 and site.startswith(key) and len(key) >= 0.6 * len(site))
        for site in keys
    )


def _settle_authors(ordered: list[Claim], names: Sequence[str]) -> tuple[tuple[Author, ...], list[Claim]]:
    """The people named by the most trusted source that names any, completed by the other sources.

    A byline beyond doubt adds people to those the metadata name, and stands instead of them where it names none of
    them: accounts and editors are often stated as authors. Where no person is named, the organisation that stands in
    the author's place; never a nameless desk or account.
    """
    keys = {_site_key(name) for name in names if name}
    people: dict[str, list[Claim]] = {}
    kept: list[Claim] = []
    for claim in ordered:
        if claim.field == "author" and (is_organisation(claim.value.name) or _is_paper(claim.value.name, keys)):
            claim = Claim("organisation", claim.value.name, claim.source)
        elif claim.field == "author":
            people.setdefault(claim.source, []).append(claim)
        kept.append(claim)
    if not people:
        # The paper itself is an author only where its name is printed in the byline's place.
        groups = [
            c
            for c in kept
            if c.field == "organisation"
            and not is_nameless(c.value)
            and (c.source in _PRINTED or not _is_paper(c.value, keys))
        ]
        groups.sort(key=lambda c: c.source not in _PRINTED)
        return tuple(Author(c.value) for c in groups[:1]), kept
    chosen = next(iter(people.values()))
    printed = people.get("byline", [])
    if printed and chosen is not printed and chosen[0].source != "site":
        same = [p for p in printed if any(_is_same(p.value.name, c.value.name) for c in chosen)]
        # Microdata without an item around may be of comments.
        add = same and chosen[0].source != "microdata"
        chosen = [*chosen, *(p for p in printed if p not in same)] if add else printed
    merged: dict[str, Author] = {}
    for claim in chosen:
        merged.setdefault(name_key(claim.value.name), claim.value)
    for claim in (c for claims in people.values() for c in claims):
        if (known := merged.get(name_key(claim.value.name))) is not None:
            role, url = known.role or claim.value.role, known.url or claim.value.url
            merged[name_key(known.name)] = replace(known, url=url, role=role)
    return tuple(merged.values()), kept


def _is_same(one: str, other: str) -> bool:
    """Whether two names are one person's, a title or a middle name aside."""
    first, second = set(one.casefold().split()), set(other.casefold().split())
    return name_key(one) == name_key(other) or (len(first & second) >= 2 and (first <= second or second <= first))


def _is_paper(name: str, keys: set[str]) -> bool:
    """Whether an author's name is the paper's own, one letter more or less aside."""
    key = _site_key(name)
    return key in keys or (
        len(key) > 7 and any(abs(len(k) - len(key)) <= 1 and (k.startswith(key) or key.startswith(k)) for k in keys)
    )
