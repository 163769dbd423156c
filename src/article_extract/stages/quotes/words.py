"""The words of a language made ready for looking up: verbs of saying, sources, titles, pronouns, and tokens."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
from itertools import accumulate, repeat
from typing import Final, Literal, NamedTuple

import regex

from article_extract.languages import Speech, find_language, primary_code
from article_extract.stages.quotes.grammar import (
    CASELESS,
    COMPOUNDING,
    DEFINITE,
    ELIDED,
    NAME_PARTICLES,
    NOUN_CAPITALS,
    PARTICLE_TAILS,
    PREFIXES,
    PURPOSE,
    UNSPACED,
)

_WORD: Final = re.compile(r"([^\W_]++(?:[-'’.·־״׳][^\W_]++)*+)")
"""`TOKEN` for text without combining marks, much faster."""
_MARKS: Final = re.compile(
    "[_\u0300-\u036f\u0483-\u0489\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0711-\u074a\u07a6-\u1fff"
    "\u200c\u200d\u20d0-\u20f0\u2cef-\u2cf1\u2d7f-\u2dff\u302a-\u302f\u3099\u309a\ua66f-\uabff\ufb1e\ufe00-\ufe2f"
    "\U00010000-\U0010ffff]"
)
"""Whether a text can hold combining marks."""
TOKEN: Final = regex.compile(
    r"[\p{L}\p{N}][\p{L}\p{M}\p{N}\u200c\u200d]*+(?:[-'’.·־״׳][\p{L}\p{N}][\p{L}\p{M}\p{N}\u200c\u200d]*+)*+"
)
_ARABIC: Final = str.maketrans("أإآٱىيکیة’", "ااااييكيه'", "ًٌٍَُِّْـٰ")


UPPER: Final = 1
"""Flags of a token, looked up once a word form: begins with a capital."""
OPENER: Final = 2
PRONOUN: Final = 4
TITLE: Final = 8
ORGANISATION: Final = 16
HONORIFIC: Final = 32
PARTICLE: Final = 64
VERB: Final = 128
SOURCE: Final = 256
PHRASE: Final = 512
"""First word of a cue of several words."""
LEADING: Final = 1024
"""Names a source only at the beginning of a sentence."""
CAPITAL: Final = 2048
"""Begins with a capital; `UPPER` is for letters that have a small form of one letter."""
LINK: Final = 4096
"""Can stand in lower case within a name."""
CUE: Final = VERB | SOURCE | PHRASE
ROLE: Final = PRONOUN | TITLE | ORGANISATION
NAME: Final = UPPER | OPENER | PRONOUN


class Token(NamedTuple):
    """A word and where it stands."""

    text: str
    start: int
    end: int
    key: str
    """Folded for look-ups."""
    flags: int = 0


class Cue(NamedTuple):
    """A verb of saying or a word that names a source."""

    start: int
    end: int
    kind: Literal["verb", "source"]
    first: int
    """Index of its first token."""
    last: int
    """Index behind its last token."""


@dataclass(frozen=True, slots=True, eq=False)
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

    unspaced: bool = False
    """Written without spaces between words."""
    cased: bool = True
    """Names can be told by their capitals."""
    noun_capitals: bool = False
    look: Callable[[str], tuple[str, int]] = lambda word: (fold(word), 0)
    """Key and flags of a word form."""

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


_PLAIN: Final = Words(code="und", speech=Speech(), known=False)


@cache
def find_words(tag: str | None) -> Words:
    """The vocabulary of a BCP 47 tag, empty where the language has no file. Built once a language."""
    code = primary_code(tag)
    language = find_language(tag)
    speech = language.speech if language else Speech()
    dates = language.dates if language else None
    pronouns: dict[str, str] = {}
    for kind_of in ("male", "female", "plural", "other"):
        for form in speech.pronouns.get(kind_of, ()):
            pronouns.setdefault(fold(form), kind_of)  # "sie" is rather she than they
    single: dict[str, set[str]] = {"verb": set(), "source": set()}
    phrases: dict[str, list[tuple[tuple[str, ...], Literal["verb", "source"]]]] = {}
    kinds: tuple[tuple[Literal["verb", "source"], tuple[str, ...]], ...] = (
        ("verb", speech.verbs),
        ("source", speech.sources),
    )
    for kind, entries in kinds:
        for entry in entries:
            parts = _keys(entry)
            if len(parts) > 1 and pronouns.get(parts[-1]) in ("male", "female"):
                parts = parts[:-1]  # the pronoun of "säger han" is who speaks
            if len(parts) == 1:
                single[kind].add(parts[0])
            elif parts:
                phrases.setdefault(parts[0], []).append((parts, kind))
    calendar = [*(dates.weekdays if dates else ()), *(m for row in (dates.months if dates else ()) for m in row)]
    bare = code in UNSPACED
    made = Words(
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
        title_pairs=frozenset((pair[0], pair[1]) for entry in speech.titles if len(pair := _keys(entry)) == 2),
        verb_first=_rank(speech.order, "verb speaker quote") < _rank(speech.order, "speaker verb quote"),
        inverts=speech.order[:1] == ("quote verb speaker",) and code != "en",
        cue_pattern=_alternation((*speech.verbs, *speech.sources)) if bare else None,
        title_pattern=_alternation((*speech.titles, *speech.honorifics)) if bare else None,
        unspaced=bare,
        cased=not bare and code not in CASELESS,
        noun_capitals=code in NOUN_CAPITALS,
    )
    return replace(made, look=lru_cache(maxsize=32768)(_looker(made)))


def _looker(words: Words) -> Callable[[str], tuple[str, int]]:
    """A function that tells everything the vocabulary knows of a word form: key and flags."""
    whole: dict[str, int] = {}
    for entries, flag in (
        (words.openers, OPENER),
        (words.pronouns, PRONOUN),
        (words.titles, TITLE),
        (words.organisations, ORGANISATION),
        (words.honorifics, HONORIFIC),
        (words.particles, PARTICLE | LINK),
        (NAME_PARTICLES | PARTICLE_TAILS, LINK),
        (words.verbs, VERB),
        (words.sources - words.verbs, SOURCE),
        (words.phrases, PHRASE),
        (PURPOSE, LEADING),
    ):
        for entry in entries:
            whole[entry] = whole.get(entry, 0) | flag
    named = {entry: flags & (TITLE | ORGANISATION) for entry, flags in whole.items() if flags & (TITLE | ORGANISATION)}
    compounding, definite = words.code in COMPOUNDING, words.code in DEFINITE
    sizes = sorted({len(entry) for entry in named if len(entry) >= 5}) if compounding else []
    prefixes = PREFIXES.get(words.code, ())

    def look(word: str) -> tuple[str, int]:
        key = fold(word)
        flags = whole.get(key, 0)
        first = word[0]
        if first.isupper():
            flags |= CAPITAL if first == key[0] else CAPITAL | UPPER
        if "-" in key:
            last = key.rsplit("-", 1)[1]
            if last in words.pronouns and word.islower():
                flags |= PRONOUN
            if compounding:
                flags |= named.get(last, 0)
            if not flags & (VERB | SOURCE) and key.split("-", 1)[0] in words.verbs:
                flags |= VERB
        for size in sizes:
            if size >= len(key):
                break
            flags |= named.get(key[-size:], 0)
        if prefixes and not flags & (VERB | SOURCE):
            flags |= _prefixed(words, key, prefixes)
        if definite:
            for prefix in (*prefixes, DEFINITE[words.code]):
                if key.startswith(prefix):
                    flags |= named.get(key[len(prefix) :], 0)
        if words.noun_capitals and flags & TITLE and first.islower():
            flags &= ~TITLE
        return key, flags

    return look


def _prefixed(words: Words, key: str, prefixes: Iterable[str]) -> int:
    """`VERB` or `SOURCE` for one of them with a conjunction written onto it, else 0."""
    for prefix in prefixes:
        if key.startswith(prefix):
            rest = key[len(prefix) :]
            if rest in words.verbs:
                return VERB
            if rest in words.sources:
                return SOURCE
    return 0


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


def tokens(words: Words, text: str, start: int = 0, end: int | None = None) -> list[Token]:
    """Words between two offsets; an elided article ("l’avocat") is a word of its own."""
    if start or (end is not None and end < len(text)):
        text = text[start:end]
    if _MARKS.search(text):
        found = [(match.group(), *match.span()) for match in TOKEN.finditer(text)]
        forms = [form for form, _, _ in found]
        starts, ends = [at + start for _, at, _ in found], [stop + start for _, _, stop in found]
    else:
        parts = _WORD.split(text)
        forms = parts[1::2]
        offsets = list(accumulate(map(len, parts), initial=start))
        starts, ends = offsets[1:-1:2], offsets[2::2]
    if not forms:
        return []
    row = list(
        map(_new, repeat(Token), zip(forms, starts, ends, *zip(*map(words.look, forms), strict=True), strict=False))
    )
    return _split_elided(words, row) if "'" in text or "’" in text else row


def _split_elided(words: Words, row: list[Token]) -> list[Token]:
    out: list[Token] = []
    done = 0
    for index in [k for k, token in enumerate(row) if "'" in token.text or "’" in token.text]:
        word, start, end = row[index][:3]
        cut = max(word.find("'"), word.find("’")) if word.count("'") + word.count("’") == 1 else -1
        if not (0 < cut <= 2 or word[:cut].lower() in ELIDED):
            continue
        if word[0] in "OD" and cut == 1 and word[2:3].isupper():
            continue
        out += row[done:index]
        cut += 1
        out.append(_new(Token, (word[:cut], start, start + cut, *words.look(word[:cut]))))
        out.append(_new(Token, (word[cut:], start + cut, end, *words.look(word[cut:]))))
        done = index + 1
    return out + row[done:] if done else row


_new: Final = tuple.__new__


def find_cues(words: Words, row: Sequence[Token]) -> list[Cue]:
    """Verbs of saying and source words among tokens, several words before single ones."""
    cues: list[Cue] = []
    behind = 0
    for index in [k for k, token in enumerate(row) if token.flags & CUE]:
        if index < behind:
            continue
        token = row[index]
        flags = token.flags
        size, kind = 0, ""
        if flags & PHRASE:
            for parts, kind_of in words.phrases[token.key]:
                if len(parts) <= len(row) - index and all(row[index + k].key == part for k, part in enumerate(parts)):
                    size, kind = len(parts), kind_of
                    break
        if not size and flags & (VERB | SOURCE) and not (index and flags & LEADING):
            size, kind = 1, "verb" if flags & VERB else "source"
        if size and not (index and (row[index - 1].key, token.key) in words.title_pairs):
            cues.append(_new(Cue, (token.start, row[index + size - 1].end, kind, index, index + size)))
            behind = index + size
    return cues


def _folded(entries: Iterable[str]) -> frozenset[str]:
    """Single words; entries of several name nothing by one of their parts."""
    return frozenset(keys[0] for entry in entries if len(keys := _keys(entry)) == 1)


def _keys(entry: str) -> tuple[str, ...]:
    """The words of an entry, as looked up."""
    return (fold(entry),) if entry.isalpha() else tuple(token.key for token in tokens(_PLAIN, entry))


def _alternation(entries: Iterable[str]) -> regex.Pattern[str] | None:
    listed = sorted(set(entries), key=len, reverse=True)
    return regex.compile(r"\L<entries>", entries=listed) if listed else None
