"""
The knowledge in data/: what element names mean, and what phrases of a language announce.

Files are read once, checked strictly, and compiled into dictionaries; `docs/rules.md` says how to add to them.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from typing import Any, Final, NamedTuple
from zlib import crc32

from article_extract.dom import BREAK_WORDS, LEAD_WORDS, PICTURE_WORDS, STRONG_WORDS
from article_extract.errors import RuleFileError
from article_extract.languages import Language, find_language
from article_extract.page import NO_NAMES, Names
from article_extract.text import phrase_key, squeeze, words_and_numbers

DATA: Final = resources.files("article_extract") / "data"
_TRAIT_KEYS: Final = frozenset(("name", "why", "words", "unless", "strong", "hits", "misses"))
_WORD: Final = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|[0-9]+|[^\W\d_a-zA-Z]+")
_LONGEST_NAMES: Final = 600
"""Attribute values beyond this many characters are cut: names are short, generated state is long."""


@dataclass(frozen=True, slots=True)
class Trait:
    """One entry of data/markup.toml."""

    name: str
    words: frozenset[str]
    why: str = ""
    unless: frozenset[str] = frozenset()
    strong: bool = False
    hits: tuple[str, ...] = ()
    misses: tuple[str, ...] = ()


@cache
def markup_traits() -> tuple[Trait, ...]:
    """What names of elements mean, the first that fits standing. Raises RuleFileError for a faulty file."""
    return read_traits(tomllib.loads((DATA / "markup.toml").read_text(encoding="utf-8")))


def read_traits(data: Mapping[str, Any]) -> tuple[Trait, ...]:
    """Traits from the parsed file."""
    traits = []
    for entry in data.get("trait", ()):
        where = f"markup.toml: trait {entry.get('name')!r}"
        if unknown := sorted(entry.keys() - _TRAIT_KEYS):
            raise RuleFileError(f"{where}: unknown key {unknown[0]}")
        if not (entry.get("name") and entry.get("words") and entry.get("why")):
            raise RuleFileError(f"{where}: name, words and why are needed")
        if not (entry.get("hits") and entry.get("misses")):
            raise RuleFileError(f"{where}: a trait needs at least one hit and one miss")
        traits.append(
            Trait(
                name=entry["name"],
                words=frozenset(entry["words"]),
                why=entry["why"],
                unless=frozenset(entry.get("unless", ())),
                strong=entry.get("strong", False),
                hits=tuple(entry["hits"]),
                misses=tuple(entry["misses"]),
            )
        )
    return tuple(traits)


@cache
def _rank_of_word() -> dict[str, int]:
    ranks: dict[str, int] = {}
    for i, trait in enumerate(markup_traits()):
        for word in trait.words:
            ranks.setdefault(word, i)
    return ranks


@cache
def _vocabulary() -> frozenset[str]:
    """Every word that some rule asks for; other words of names are not kept."""
    words: set[str] = set(STRONG_WORDS) | BREAK_WORDS | PICTURE_WORDS | LEAD_WORDS
    for trait in markup_traits():
        words |= trait.words | trait.unless
    return frozenset(words)


@lru_cache(maxsize=16384)
def words_of_name(name: str) -> tuple[str, ...]:
    """The known lower-case words of one name: alone, in neighbouring pairs and threes, with and without a hyphen.

    >>> words_of_name("c-shareBar")
    ('share', 'share-bar', 'sharebar')
    """
    vocabulary = _vocabulary()
    lower = name.lower()
    parts = _WORD.findall(name)
    if lower != name:
        parts = [w.lower() for w in parts]
    hint_of = _hints().get
    hints = [hint_of(w, 0) for w in parts]
    if not any(hints):
        return (lower,) if lower in vocabulary else ()
    found = [w for w, hint in zip(parts, hints, strict=True) if hint & _WHOLE]
    for i, hint in enumerate(hints[:-1]):
        if hint & _HYPHENED:
            found += [w for size in (2, 3) if (w := "-".join(parts[i : i + size])) in vocabulary]
        if hint & _FRONT and hints[i + 1] & _REAR and (pair := parts[i] + parts[i + 1]) in vocabulary:
            found.append(pair)
    if lower in vocabulary and lower not in found:
        found.append(lower)
    return tuple(dict.fromkeys(found))


_WHOLE: Final = 1
_HYPHENED: Final = 2
_FRONT: Final = 4
_REAR: Final = 8


@cache
def _hints() -> Mapping[str, int]:
    """What part of a known word a word can be: all of it, what stands before a hyphen, its beginning, its end."""
    hints: dict[str, int] = {}
    for word in _vocabulary():
        hints[word] = hints.get(word, 0) | _WHOLE
        first, hyphen, _ = word.partition("-")
        if hyphen:
            hints[first] = hints.get(first, 0) | _HYPHENED
        else:
            for cut in range(1, len(word)):
                hints[word[:cut]] = hints.get(word[:cut], 0) | _FRONT
                hints[word[cut:]] = hints.get(word[cut:], 0) | _REAR
    return hints


@lru_cache(maxsize=16384)
def read_names(names: str) -> Names:
    """What the names of an element (its class, id, role … joined by spaces) say.

    The memos are bounded and hold pure values, so they change speed alone.
    """
    if not names or names.isspace():
        return NO_NAMES
    words: set[str] = set()
    for name in names[:_LONGEST_NAMES].split():
        words.update(words_of_name(name))
    shape = hash_of(names)
    if not words:
        return Names(_NONE, None, False, False, shape)
    ranks = _rank_of_word()
    trait: str | None = None
    strong = hidden = False
    for rank in sorted({ranks[w] for w in words if w in ranks}):
        candidate = markup_traits()[rank]
        if not candidate.unless.isdisjoint(words):
            continue
        if candidate.name == "hidden":
            hidden = True
            continue
        trait, strong = candidate.name, candidate.strong
        break
    return Names(frozenset(words), trait, strong, hidden, shape)


_NONE: Final[frozenset[str]] = frozenset()
_DIGITS: Final = re.compile(r"\d+")


def hash_of(names: str) -> int:
    """A number equal for names that differ in digits alone ("col-1 item-22"); the same in every process."""
    return crc32(_DIGITS.sub("#", names[:80]).encode("utf-8", "replace"))


@dataclass(frozen=True, slots=True)
class PhraseBook:
    """The phrases of one page's languages: the page's own and English, compiled for lookup by key."""

    whole: Mapping[str, str]
    """phrase_key of a whole block → kind."""
    first: Mapping[str, tuple[tuple[str, str], ...]]
    """First word of a phrase → (phrase, kind), longest first."""
    glued: Mapping[str, tuple[tuple[str, str], ...]]
    """First character of a phrase in a language without spaces → (phrase, kind), longest first, compared as prefixes."""
    languages: tuple[Language, ...]
    months: frozenset[str]
    """Names of months."""
    date_words: frozenset[str]
    """Other words found in date lines."""
    roles: frozenset[str]
    """Words of authors' roles ("correspondent", "기자")."""
    describing: frozenset[str] = frozenset()
    """Phrases before what a picture shows ("Image caption")."""
    networks: frozenset[str] = frozenset()
    """Names of social networks, squeezed."""

    def kind_of(self, key: str) -> str | None:
        """The kind of a whole block by its `phrase_key`, None when it is no known phrase."""
        return self.whole.get(key)

    def opening(self, key: str) -> tuple[str, str] | None:
        """The longest known phrase that the key begins with, and its kind.

        >>> phrase_book("de").opening("lesen sie auch stadt öffnet bad")
        ('lesen sie auch', 'see_also')
        """
        head = key.split(" ", 1)[0]
        for phrase, kind in self.first.get(head, ()):
            if key == phrase or key.startswith(phrase + " "):
                return phrase, kind
        for phrase, kind in self.glued.get(key[:1], ()):
            if key.startswith(phrase):
                return phrase, kind
        return None


_ALONE_ONLY: Final = frozenset(("roles", "helpers", "source", "networks"))
_DATE_WORDS: Final = (
    "am pm a p m utc gmt est edt cst cdt pst pdt bst cet cest eet msk ist jst kst uhr h de del of at o clock st nd rd th"
).split()
"""Zones and particles of date lines in any language."""
_NO_SPACES: Final = frozenset(("zh", "ja", "th", "km", "my", "lo"))


@lru_cache(maxsize=64)
def phrase_book(*tags: str | None) -> PhraseBook:
    """The phrases of these languages, English always added last; earlier languages win."""
    languages: list[Language] = []
    for tag in (*tags, "en"):
        language = find_language(tag)
        if language is not None and language not in languages:
            languages.append(language)
    whole: dict[str, str] = {}
    first: dict[str, list[tuple[str, str]]] = {}
    glued: dict[str, list[tuple[str, str]]] = {}
    read = [_phrases_of(language.code) for language in languages]
    for code, phrases in zip([language.code for language in languages], read, strict=True):
        for phrase, kind in phrases.whole:
            whole.setdefault(phrase, kind)
        for phrase, kind in phrases.start:
            if code in _NO_SPACES:
                glued.setdefault(phrase[0], []).append((phrase, kind))
            else:
                first.setdefault(phrase.split(" ", 1)[0], []).append((phrase, kind))
    for entries in (*first.values(), *glued.values()):
        entries.sort(key=lambda e: -len(e[0]))
    return PhraseBook(
        whole,
        {k: tuple(v) for k, v in first.items()},
        {k: tuple(v) for k, v in glued.items()},
        tuple(languages),
        frozenset().union(*(phrases.months for phrases in read)),
        frozenset(_DATE_WORDS).union(*(phrases.date_words for phrases in read)),
        frozenset().union(*(phrases.roles for phrases in read)),
        frozenset().union(*(phrases.describing for phrases in read)),
        frozenset().union(*(phrases.networks for phrases in read)),
    )


class _Phrases(NamedTuple):
    """What one language adds to a book."""

    whole: tuple[tuple[str, str], ...]
    start: tuple[tuple[str, str], ...]
    months: frozenset[str]
    date_words: frozenset[str]
    roles: frozenset[str]
    describing: frozenset[str]
    networks: frozenset[str]


@cache
def _phrases_of(code: str) -> _Phrases:
    """The phrases of a language as keys with their kinds; English is part of every book, and read once."""
    language = find_language(code) or Language(code, code, "ltr")
    whole: list[tuple[str, str]] = []
    start: list[tuple[str, str]] = []
    for kind, phrases in language.chrome.items():
        if kind not in _ALONE_ONLY:
            begin = [(key, kind) for key in dict.fromkeys(_keys((*phrases.start, *phrases.describing)))]
            whole += [(key, kind) for key in _keys(phrases.alone)]
            whole += begin
            start += begin
    d, chrome = language.dates, language.chrome
    printed = (*d.weekdays, *d.published, *d.updated, *d.markers, *d.relative, *d.reading_time)
    return _Phrases(
        tuple(whole),
        tuple(start),
        frozenset(w for row in d.months for name in row for w in words_and_numbers(name)),
        frozenset(w for phrase in printed for w in words_and_numbers(phrase.replace("{n}", ""))),
        frozenset(_keys(chrome["roles"].alone)) if "roles" in chrome else frozenset(),
        frozenset(_keys(chrome["caption"].describing)) if "caption" in chrome else frozenset(),
        frozenset(map(squeeze, chrome["networks"].alone)) if "networks" in chrome else frozenset(),
    )


def _keys(phrases: Iterable[str]) -> Sequence[str]:
    return [key for key in map(phrase_key, phrases) if key]
