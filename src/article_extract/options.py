"""What a caller can ask of `extract`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal, get_args

from article_extract.errors import ConfigError
from article_extract.records import Article

if TYPE_CHECKING:
    from article_extract.sites import SiteProfile

Favor = Literal["balance", "precision", "recall"]
FIELDS: Final = frozenset(f.name for f in fields(Article)) - {"spans", "problems", "kind", "sources"}
"""The names that `Options.fields` takes; `kind` and `problems` are always there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How to extract; the defaults suit most callers.

    >>> Options(fields=frozenset({"title", "text"}), language="fa").favor
    'balance'

    Raises ConfigError for values outside the documented ones.
    """

    fields: frozenset[str] | None = None
    """Names of the Article fields wanted, from `FIELDS`; the others stay empty. None: all."""
    spans: bool = False
    """Put the whole row of spans on the article: every character of the page with its owner, label and rule."""
    language: str | None = None
    """BCP 47 tag to believe instead of the page's own statement and of detection."""
    favor: Favor = "balance"
    """In doubt about a block: `"precision"` leaves it out of the body, `"recall"` takes it in."""
    max_bytes: int = 32 * 1024 * 1024
    """Markup beyond this size is cut off, with a problem recorded."""
    max_depth: int = 2000
    """Elements nested deeper than this are flattened, with a problem recorded; no text is lost."""
    max_seconds: float | None = 60.0
    """Optional stages (quotes, related, embeds) not begun by then are left out, with a problem recorded. None: no limit."""
    model: Path | None = None
    """Weights of the models other than the package's: for those who train on pages of their own, and for evaluation."""
    sites: tuple[SiteProfile, ...] = ()
    """Site profiles; the first whose domain fits the page's URL comes before all rules."""

    def __post_init__(self) -> None:
        if self.fields is not None:
            if isinstance(self.fields, str) or not isinstance(self.fields, Iterable):
                raise ConfigError(f"Options.fields: a set of names or None, not {type(self.fields).__name__}")
            object.__setattr__(self, "fields", frozenset(self.fields))
            if unknown := sorted(map(str, self.fields - FIELDS)):
                raise ConfigError(
                    f"Options.fields: unknown field {unknown[0]!r}; known are {', '.join(sorted(FIELDS))}"
                )
        if self.language is not None and not isinstance(self.language, str):
            raise ConfigError(f"Options.language: a BCP 47 tag or None, not {self.language!r}")
        if self.favor not in get_args(Favor):
            raise ConfigError(f"Options.favor: {self.favor!r} is none of {', '.join(get_args(Favor))}")
        for name in ("max_bytes", "max_depth"):
            value = getattr(self, name)
            if not isinstance(value, int) or isinstance(value, bool) or value < 1:
                raise ConfigError(f"Options.{name}: a positive whole number, not {value!r}")
        if self.max_seconds is not None and not (isinstance(self.max_seconds, int | float) and self.max_seconds > 0):
            raise ConfigError(f"Options.max_seconds: a positive number or None, not {self.max_seconds!r}")
        sites: object = self.sites
        if not isinstance(sites, list | tuple) or not all(hasattr(site, "classify") for site in sites):
            raise ConfigError("Options.sites: a tuple of SiteProfile")
        object.__setattr__(self, "sites", tuple(sites))

    def wants(self, *names: str) -> bool:
        """Whether any of these fields is asked for."""
        return self.fields is None or not self.fields.isdisjoint(names)
