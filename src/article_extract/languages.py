"""
The words of a language: what its news sites print around stories and how they attribute speech.

One TOML file a language in `data/languages/`; `docs/rules.md` describes the keys. Files load on first use and are
checked strictly.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Any, Final

from article_extract.errors import RuleFileError

FOLDER: Final = resources.files("article_extract") / "data" / "languages"
CHROME_KINDS: Final = frozenset(
    (
        "share see_also related recirculation placeholder ad newsletter subscribe login comments byline caption player "
        "consent disclaimer toc tags navigation legal breadcrumb decoration author_bio roles helpers source networks "
        "follow_lead summary"
    ).split()
)
_TOP: Final = frozenset(("name", "direction", "scripts", "dates", "chrome", "speech"))
_CHROME: Final = frozenset(("alone", "start", "describing", "hits", "misses"))
_DATES: Final = frozenset(("months", "weekdays", "published", "updated", "relative", "markers", "reading_time"))
_SPEECH: Final = frozenset(
    "verbs sources pronouns titles honorifics particles organisations openers order hits misses".split()
)


@dataclass(frozen=True, slots=True)
class Phrases:
    """Words of one kind of chrome."""

    alone: tuple[str, ...] = ()
    """The whole block is this phrase."""
    start: tuple[str, ...] = ()
    """A short block, or one whose rest is a link, begins with this phrase."""
    describing: tuple[str, ...] = ()
    """Of captions: what follows says what the picture shows, not who made it ("Image caption")."""
    hits: tuple[str, ...] = ()
    misses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DateWords:
    """Words of printed dates, lower case."""

    months: tuple[tuple[str, ...], ...] = ()
    """Twelve rows of names, January first."""
    weekdays: tuple[str, ...] = ()
    published: tuple[str, ...] = ()
    updated: tuple[str, ...] = ()
    relative: tuple[str, ...] = ()
    """Phrases such as "{n} minutes ago"."""
    markers: tuple[str, ...] = ()
    reading_time: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Speech:
    """How the language attributes direct speech; words in lower case."""

    verbs: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    pronouns: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """`male`, `female`, `plural`, `other`."""
    titles: tuple[str, ...] = ()
    honorifics: tuple[str, ...] = ()
    particles: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()
    openers: tuple[str, ...] = ()
    order: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Language:
    """One language file."""

    code: str
    name: str
    direction: str
    scripts: tuple[str, ...] = ()
    dates: DateWords = DateWords()
    chrome: Mapping[str, Phrases] = field(default_factory=dict)
    speech: Speech = Speech()


def list_languages() -> tuple[str, ...]:
    """Codes of all languages with a file, sorted."""
    return tuple(sorted(p.name[:-5] for p in FOLDER.iterdir() if p.name.endswith(".toml")))


@cache
def find_language(tag: str | None) -> Language | None:
    """The language of a BCP 47 tag ("pt-BR" gives Portuguese), or None where there is no file for it."""
    code = primary_code(tag)
    path = FOLDER / f"{code}.toml"
    if not code.isalpha() or not path.is_file():
        return None
    try:
        return read_language(code, tomllib.loads(path.read_text(encoding="utf-8")))
    except tomllib.TOMLDecodeError as error:
        raise RuleFileError(f"{code}.toml: {error}") from error


_SAME: Final = {
    "iw": "he",
    "nb": "no",
    "nn": "no",
    "in": "id",
    "ji": "yi",
    "fil": "tl",
    "cmn": "zh",
    "yue": "zh",
    "prs": "fa",
    "ckb": "ku",
    "bs": "hr",
}


def primary_code(tag: str | None) -> str:
    """The language part of a tag in today's code: "iw-IL" gives "he", "nb" gives "no"; "und" for None.

    >>> primary_code("zh_TW")
    'zh'
    """
    code = (tag or "und").replace("_", "-").split("-")[0].lower()
    return _SAME.get(code, code)


def read_language(code: str, data: Mapping[str, Any]) -> Language:
    """A language from its parsed file. Raises RuleFileError naming the file and the key."""
    _check(code, "", data, _TOP)
    for key in ("name", "direction"):
        if not isinstance(data.get(key), str):
            raise RuleFileError(f"{code}.toml: {key} is missing")
    dates = data.get("dates", {})
    _check(code, "dates.", dates, _DATES)
    months = tuple(tuple(_words(code, "dates.months", row)) for row in dates.get("months", ()))
    if len(months) not in (0, 12):
        raise RuleFileError(f"{code}.toml: dates.months has {len(months)} rows, not 12")
    chrome = {}
    _check(code, "chrome.", data.get("chrome", {}), CHROME_KINDS)
    for kind, table in data.get("chrome", {}).items():
        _check(code, f"chrome.{kind}.", table, _CHROME)
        if table.get("start") and not (table.get("hits") and table.get("misses")):
            raise RuleFileError(f"{code}.toml: chrome.{kind}.start needs hits and misses")
        chrome[kind] = Phrases(**{k: tuple(_words(code, f"chrome.{kind}.{k}", v)) for k, v in table.items()})
    speech = dict(data.get("speech", {}))
    _check(code, "speech.", speech, _SPEECH)
    speech.pop("hits", None)
    speech.pop("misses", None)
    pronouns = {k: tuple(_words(code, f"speech.pronouns.{k}", v)) for k, v in speech.pop("pronouns", {}).items()}
    return Language(
        code=code,
        name=data["name"],
        direction=data["direction"],
        scripts=tuple(data.get("scripts", ())),
        dates=DateWords(
            months=months, **{k: tuple(_words(code, f"dates.{k}", v)) for k, v in dates.items() if k != "months"}
        ),
        chrome=chrome,
        speech=Speech(pronouns=pronouns, **{k: tuple(_words(code, f"speech.{k}", v)) for k, v in speech.items()}),
    )


def _check(code: str, where: str, table: object, known: frozenset[str]) -> None:
    if not isinstance(table, Mapping):
        raise RuleFileError(f"{code}.toml: {where.rstrip('.')} is not a table")
    if unknown := sorted(table.keys() - known):
        raise RuleFileError(f"{code}.toml: unknown key {where}{unknown[0]}")


def _words(code: str, where: str, value: object) -> list[str]:
    if not isinstance(value, list) or not all(isinstance(v, str) and v.strip() for v in value):
        raise RuleFileError(f"{code}.toml: {where} is not a list of words")
    return value
