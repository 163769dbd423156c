"""The words of a language made ready for looking up: verbs of saying, sources, titles, pronouns, and tokens."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Final, Literal, NamedTuple

import regex

from article_extract.languages import Speech, find_language, primary_code
from article_extract.stages.quotes.grammar import (
    CASELESS,
    COMPOUNDING,
    DEFINITE,
    ELIDED,
    NOUN_CAPITALS,
    PREFIXES,
    PURPOSE,
    UNSPACED,
)

TOKEN: Final = regex.compile(
    r"[\p{L}\p{N}][\p{L}\p{M}\p{N}\u200c\u200d]*+(?:[-'’.·־״׳][\p{L}\p{N}][\p{L}\p{M}\p{N}\u200c\u200d]*+)*+"
)
_ARABIC: Final = str.maketrans("أإآٱىيکیة’", "ااااييكيه'", "ًٌٍَُِّْـٰ")


class Token(NamedTuple):
    """A word and where it stands."""

    text: str
    start: int
    end: int
    key: str
    """Folded for look-ups."""


class Cue(NamedTuple):
    """A verb of saying or a word that names a source."""

    start: int
    end: int
    kind: Literal["verb", "source"]
    first: int
    """Index of its first token."""
    last: int
    """Index behind its last token."""


@dataclass(frozen=True, slots=True)
class Words:
    """One language's speech vocabulary, compiled."""

    code: str
    speech: Speech
    known: bool
    """Whether there is a language file."""
    verbs: frozenset[str] = frozenset()
    sources: frozenset[str] = frozenset()
    phrases: dict[str, tuple[tuple[tuple[str, ...], Literal["verb", "source"]], ...]] = field(default_factory=dict)
    """Cues of several words by their first one, longest first."""
    pronouns: dict[str, str] = field(default_factory=dict)
    """Form to `male`, `female`, `plural`, `other`."""
    titles: frozenset[str] = frozenset()
    honorifics: frozenset[str] = frozenset()
    particles: frozenset[str] = frozenset()
    organisations: frozenset[str] = frozenset()
    openers: frozenset[str] = frozenset()
    title_pairs: frozenset[tuple[str, str]] = frozenset()
    """Titles of two words, of which the second can look like a verb."""
    verb_first: bool = False
    """Where the verb stands before the quote, the speaker rather follows it."""
    cue_pattern: regex.Pattern[str] | None = None
    """Verbs and sources in text without spaces."""
    title_pattern: regex.Pattern[str] | None = None

    inverts: bool = False
    """Reporting clauses usually stand verb first behind the quote."""

    @property
    def unspaced(self) -> bool:
        """Written without spaces between words."""
        return self.code in UNSPACED

    @property
    def cased(self) -> bool:
        """Names can be told by their capitals."""
        return self.code not in UNSPACED and self.code not in CASELESS

    def is_title(self, token: Token) -> bool:
        """A role noun, also as the last part of a compound ("Verteidigungsminister")."""
        if self.code in NOUN_CAPITALS and token.text[0].islower():
            return False
        return _has(self.titles, token.key, self.code)

    def is_organisation(self, token: Token) -> bool:
        """A body or document that can be a source, also as the last part of a compound."""
        return _has(self.organisations, token.key, self.code)

    def prefixed(self, token: Token) -> bool:
        """Begins with a preposition written onto the word, as "لقناة" (to the channel) does."""
        if self.code != "ar" or len(token.key) < 4 or token.key[0] not in "لب":
            return False
        rest = token.key[1:]
        return rest[0] == "ل" or rest.startswith("ال") or rest in self.organisations

    def definite(self, token: Token) -> bool:
        """Carries the definite prefix, as adjectives behind a title do in Arabic and Hebrew."""
        prefix = DEFINITE.get(self.code)
        return prefix is not None and token.key.startswith(prefix) and len(token.key) > len(prefix) + 1


@cache
def find_words(tag: str | None) -> Words:
    """The vocabulary of a BCP 47 tag, empty where the language has no file. Built once a language."""
    code = primary_code(tag)
    language = find_language(tag)
    speech = language.speech if language else Speech()
    dates = language.dates if language else None
    single: dict[str, set[str]] = {"verb": set(), "source": set()}
    phrases: dict[str, list[tuple[tuple[str, ...], Literal["verb", "source"]]]] = {}
    kinds: tuple[tuple[Literal["verb", "source"], tuple[str, ...]], ...] = (
        ("verb", speech.verbs),
        ("source", speech.sources),
    )
    for kind, entries in kinds:
        for entry in entries:
            parts = tuple(token.key for token in tokens(entry))
            if len(parts) == 1:
                single[kind].add(parts[0])
            elif parts:
                phrases.setdefault(parts[0], []).append((parts, kind))
    calendar = [*(dates.weekdays if dates else ()), *(m for row in (dates.months if dates else ()) for m in row)]
    pronouns = {fold(form): kind for kind, forms in speech.pronouns.items() for form in forms}
    bare = code in UNSPACED
    return Words(
        code=code,
        speech=speech,
        known=bool(speech.verbs),
        verbs=frozenset(single["verb"]),
        sources=frozenset(single["source"] - single["verb"]),
        phrases={k: tuple(sorted(v, key=lambda p: -len(p[0]))) for k, v in phrases.items()},
        pronouns=pronouns,
        titles=_folded(speech.titles),
        honorifics=_folded(speech.honorifics),
        particles=_folded(speech.particles),
        organisations=_folded(speech.organisations),
        openers=_folded(speech.openers) | _folded(w for w in calendar if len(w) > 3),
        title_pairs=frozenset((pair[0].key, pair[1].key) for entry in speech.titles if len(pair := tokens(entry)) == 2),
        verb_first=_rank(speech.order, "verb speaker quote") < _rank(speech.order, "speaker verb quote"),
        inverts=speech.order[:1] == ("quote verb speaker",) and code != "en",
        cue_pattern=_alternation((*speech.verbs, *speech.sources)) if bare else None,
        title_pattern=_alternation((*speech.titles, *speech.honorifics)) if bare else None,
    )


def _rank(orders: Sequence[str], order: str) -> int:
    return orders.index(order) if order in orders else len(orders)


def fold(word: str) -> str:
    """The look-up form: lower case, straight apostrophes, Arabic spellings unified."""
    if word.isascii():
        return word.lower()
    word = word.lower()
    if "\u0590" <= word[0] <= "\u06ff" or "’" in word:
        word = word.translate(_ARABIC)
    return word


def tokens(text: str, start: int = 0, end: int | None = None) -> list[Token]:
    """Words between two offsets; an elided article ("l’avocat") is a word of its own."""
    out: list[Token] = []
    end = len(text) if end is None else end
    lower = text[start:end].lower()
    simple = len(lower) == end - start
    apostrophes = "'" in text or "’" in text
    for match in TOKEN.finditer(text, start, end):
        at, stop = match.span()
        word = text[at:stop]
        if apostrophes and not word.isalnum() and ("'" in word or "’" in word):
            cut = max(word.find("'"), word.find("’")) if word.count("'") + word.count("’") == 1 else -1
            if 0 < cut <= 2 or word[:cut].lower() in ELIDED:
                if not (word[0].isupper() and cut == 1 and word[cut + 1 :][:1].isupper() and word[0] in "OD"):
                    out.append(Token(word[: cut + 1], at, at + cut + 1, fold(word[: cut + 1])))
                    word, at = word[cut + 1 :], at + cut + 1
        plain = simple and word[0] < "\u0590" and not (apostrophes and "’" in word)
        out.append(_new(Token, (word, at, stop, lower[at - start : stop - start] if plain else fold(word))))
    return out


_new: Final = tuple.__new__


def find_cues(words: Words, row: Sequence[Token]) -> list[Cue]:
    """Verbs of saying and source words among tokens, several words before single ones."""
    cues: list[Cue] = []
    prefixes = PREFIXES.get(words.code, ())
    index = 0
    while index < len(row):
        token = row[index]
        found: tuple[int, Literal["verb", "source"]] | None = None
        for parts, kind in words.phrases.get(token.key, ()):
            if len(parts) <= len(row) - index and all(row[index + k].key == part for k, part in enumerate(parts)):
                found = len(parts), kind
                break
        if found is None and (index == 0 or token.key not in PURPOSE):
            kind_of = _single(words, token.key, prefixes)
            found = (1, kind_of) if kind_of else None
        if found is None or (index and (row[index - 1].key, token.key) in words.title_pairs):
            index += 1
            continue
        size, kind = found
        cues.append(Cue(token.start, row[index + size - 1].end, kind, index, index + size))
        index += size
    return cues


def _single(words: Words, key: str, prefixes: Iterable[str]) -> Literal["verb", "source"] | None:
    if key in words.verbs:
        return "verb"
    if key in words.sources:
        return "source"
    if "-" in key and key.split("-", 1)[0] in words.verbs:
        return "verb"
    for prefix in prefixes:
        if key.startswith(prefix):
            rest = key[len(prefix) :]
            if rest in words.verbs:
                return "verb"
            if rest in words.sources:
                return "source"
    return None


@cache
def _lengths(entries: frozenset[str]) -> tuple[int, ...]:
    return tuple(sorted({len(e) for e in entries if len(e) >= 5}))


@lru_cache(maxsize=16384)
def _has(entries: frozenset[str], key: str, code: str) -> bool:
    if not entries:
        return False
    if key in entries:
        return True
    if code in COMPOUNDING:
        if "-" in key and key.rsplit("-", 1)[1] in entries:
            return True
        return any(size < len(key) and key[-size:] in entries for size in _lengths(entries))
    if code in DEFINITE:
        for prefix in (*PREFIXES[code], DEFINITE[code]):
            if key.startswith(prefix) and key[len(prefix) :] in entries:
                return True
    return False


def _folded(entries: Iterable[str]) -> frozenset[str]:
    """Single words; entries of several name nothing by one of their parts."""
    return frozenset(row[0].key for entry in entries if len(row := tokens(entry)) == 1)


def _alternation(entries: Iterable[str]) -> regex.Pattern[str] | None:
    listed = sorted(set(entries), key=len, reverse=True)
    return regex.compile(r"\L<entries>", entries=listed) if listed else None
