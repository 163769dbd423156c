"""
Site profiles: what a user knows of one site, as data.

A profile says what differs from what the general rules find. Its selectors are element names as `class`, `id` or role
words compared whole ("promo-rail"), optionally with a tag ("p.intro", "div#teaser").
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from article_extract.errors import ProfileError
from article_extract.page import Block, Label, Place, Verdict
from article_extract.urls import host_of

_LABELS: Final = frozenset(Label) - {Label.UNDECIDED}
_SELECTOR: Final = re.compile(r"(?:[a-zA-Z][\w-]*+)?[.#][^\s>+~:\[*.#,]++")


@dataclass(frozen=True, slots=True)
class SiteProfile:
    """Labels for the elements of one site.

    >>> profile = SiteProfile(domain="news.example", labels={"p.intro": "lead", "div.promo-rail": "recirculation"})
    >>> profile.fits("https://www.news.example/2026/pool")
    True

    Raises ProfileError for a selector or label that cannot be used.
    """

    domain: str
    """Host name; the hosts below it are meant too, and a leading "www." means nothing."""
    labels: Mapping[str, str] = field(hash=False)
    """Selector → label (see `page.Label`); "paragraph" and "heading" keep, kinds of `Removed` remove."""

    def __post_init__(self) -> None:
        if not self.domain or set("/: ") & set(self.domain):
            raise ProfileError(f"domain {self.domain!r} is no host name")
        for selector, label in self.labels.items():
            if label not in _LABELS:
                raise ProfileError(f"{self.domain}: {selector!r}: unknown label {label!r}")
            if not _SELECTOR.fullmatch(selector):
                raise ProfileError(f"{self.domain}: {selector!r} is none of tag.class, .class, tag#id, #id")

    def fits(self, url: str | None) -> bool:
        """Whether the profile is for this address."""
        host, domain = host_of(url), self.domain.lower().removeprefix("www.")
        return host == domain or host.endswith("." + domain)

    def classify(self, block: Block) -> Verdict | None:
        """The label of the nearest element around the block that the profile names."""
        at: Place | None = block.place
        while at is not None:
            for selector, label in self.labels.items():
                tag, mark, name = _split(selector)
                if tag and tag != at.tag:
                    continue
                if name in (at.css_class if mark == "." else at.css_id).split():
                    return Verdict(Label(label), f"site.{self.domain}.{selector}")
            at = at.parent
        return None


def _split(selector: str) -> tuple[str, str, str]:
    for mark in ".#":
        if mark in selector:
            tag, _, name = selector.partition(mark)
            return tag, mark, name
    return selector, "", ""


def find_profile(url: str | None, profiles: tuple[SiteProfile, ...]) -> SiteProfile | None:
    """The first profile for an address."""
    return next((p for p in profiles if p.fits(url)), None)
