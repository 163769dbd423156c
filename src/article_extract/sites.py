"""
Site profiles: what a user knows of one site, as data.

A profile says what differs from what the general rules find. Its selectors are element names as `class`, `id` or role
words compared whole ("promo-rail"), optionally with a tag ("p.intro", "div#teaser").
"""

from __future__ import annotations

from dataclasses import dataclass

from article_extract.errors import ProfileError
from article_extract.page import Block, Label, Place, Verdict
from article_extract.urls import host_of


@dataclass(frozen=True, slots=True)
class SiteProfile:
    """Labels for the elements of one site.

    >>> profile = SiteProfile(domain="news.example", labels={"p.intro": "lead", "div.promo-rail": "recirculation"})
    >>> profile.fits("https://www.news.example/2026/pool")
    True

    Raises ProfileError for a selector or label that cannot be used.
    """

    domain: str
    labels: dict[str, str]
    """Selector → label (see `page.Label`); "paragraph" and "heading" keep, kinds of `Removed` remove."""

    def __post_init__(self) -> None:
        if not self.domain or "/" in self.domain:
            raise ProfileError(f"domain {self.domain!r} is no host name")
        for selector, label in self.labels.items():
            if label not in set(Label):
                raise ProfileError(f"{self.domain}: {selector!r}: unknown label {label!r}")
            tag, mark, name = _split(selector)
            if not name or any(ch in name for ch in " >+~:[*"):
                raise ProfileError(f"{self.domain}: {selector!r} is none of tag.class, .class, tag#id, #id")

    def fits(self, url: str | None) -> bool:
        """Whether the profile is for this address."""
        host = host_of(url)
        return host == self.domain or host.endswith("." + self.domain)

    def classify(self, block: Block) -> Verdict | None:
        """The label of the nearest element around the block that the profile names."""
        at: Place | None = block.place
        while at is not None:
            for selector, label in self.labels.items():
                tag, mark, name = _split(selector)
                if tag and tag != at.tag:
                    continue
                value = at.element.get("class" if mark == "." else "id") or ""
                if name in value.split():
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
