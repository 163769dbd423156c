"""
Who is in the story: the names that an article prints, the roles beside them, and the fullest form of each.

Names are runs of capitalised words where the script has capitals; elsewhere they are learnt from where they stand,
beside verbs of saying and titles (`learn`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

import regex

from article_extract.stages.quotes.grammar import DOERS, INFLECTING, NAME_PARTICLES, PARTICLE_TAILS
from article_extract.stages.quotes.words import (
    CAPITAL,
    HONORIFIC,
    LINK,
    NAME,
    OPENER,
    PARTICLE,
    PRONOUN,
    TITLE,
    UPPER,
    VERB,
    Token,
    Words,
    fold,
    tokens,
)

MAX_WORDS: Final = 5
_CAPITALS: Final = regex.compile(
    r"\p{Lu}[\p{L}\p{M}\p{N}'’.-]*+"
    r"(?:[ \u00a0]++(?:\p{Ll}[\p{L}'’]{0,4}+[ \u00a0]){0,2}\p{Lu}[\p{L}\p{M}\p{N}'’.-]*+)++"
)
"""Where names of several words can stand."""
_AFTER_PLAIN: Final = frozenset(("", ".", " ", ":", ";", "!", "?"))
_ANY: Final = UPPER | OPENER | PRONOUN | TITLE | HONORIFIC | PARTICLE | LINK
_OPENING: Final = frozenset("„“\"«»‹›‚‘'")
_CLOSING: Final = frozenset("“”\"«»‹›‘’'")
_CONJUNCTIONS: Final = frozenset(("und", "et", "and", "och", "og", "en"))
_FUSED: Final = frozenset(("vom", "zum", "zur", "im", "am", "der", "die", "das"))
_ACRONYM: Final = regex.compile(r" \((\p{Lu}[\p{Lu}\d-]{1,9})\)")
_AGE: Final = regex.compile(r"(?:, \d\d,| \(\d\d\))")


class Names:
    """The names of one article."""

    def __init__(self, words: Words) -> None:
        """Start with no names."""
        self.words = words
        self.counts: Counter[tuple[str, ...]] = Counter()
        self._shown: dict[tuple[str, ...], str] = {}
        self._by_word: dict[str, list[tuple[str, ...]]] = {}
        self._by_stem: dict[str, list[tuple[str, ...]]] = {}
        self._roles: dict[str, str] = {}
        self._people: set[str] = set()
        self._subjects: set[tuple[str, ...]] = set()
        self._acronyms: dict[str, str] = {}

    def read(self, text: str, row: Sequence[Token]) -> list[Run]:
        """Collect the capitalised names of a paragraph, and give them back."""
        runs = name_runs(self.words, row, text)
        for found in runs:
            self._meet(row, found, text)
        return runs

    def glance(self, text: str) -> None:
        """Collect the names of several words of a paragraph of which nothing else is asked: much less work."""
        for match in _CAPITALS.finditer(text):
            start, end = match.span()
            before = max(text.rfind(" ", max(0, start - 40), max(0, start - 1)) + 1, start - 40, 0)
            if self._plain(text, before, start, end):
                continue
            row = tokens(self.words, text, before, min(len(text), end + 30))
            for found in name_runs(self.words, row, text):
                if found.name[0].start < end:
                    self._meet(row, found, text)

    def _plain(self, text: str, before: int, start: int, end: int) -> bool:
        """Learn capitalised words that are nothing but a name, without a title, a particle or a mark around them."""
        if (
            text[end : end + 1] not in _AFTER_PLAIN
            or text.startswith(" (", end)
            or text[start - 1 : start] not in (" ", "")
            or "\u00a0" in text[start:end]
        ):
            return False
        parts = text[start:end].split()
        look = self.words.look
        if before < start and (
            not (lead := text[before : start - 1]).isalpha() or look(lead)[1] & (TITLE | HONORIFIC | OPENER)
        ):
            return False
        if len(parts) > MAX_WORDS or not all(part.isalpha() and look(part)[1] & _ANY == UPPER for part in parts):
            return False
        self.learn(parts)
        return True

    def _meet(self, row: Sequence[Token], found: Run, text: str) -> None:
        name = found.name
        end = name[-1].end
        behind = text[end : end + 2]
        if len(name) > 1 and not found.described and not self._common(row, found, text):
            whole = text[name[0].start : end + (behind[:1] == "." and len(name[-1].text) == 1)]
            self.learn([t.text for t in name], found.role, " ".join(whole.split()))
            acronym = _ACRONYM.match(text, end) if behind == " (" else None
            if acronym and any(t.text[0] == acronym.group(1)[0] for t in name):
                self._acronyms.setdefault(fold(acronym.group(1)), " ".join(t.text for t in name))
        if (found.person and not (len(name) == 1 and self.words.code in INFLECTING)) or (
            behind in (" (", ", ") and _AGE.match(text, end)
        ):
            self._people.add(_bare(name[-1].text))

    def _common(self, row: Sequence[Token], found: Run, text: str) -> bool:
        """Words that are quoted by themselves; nouns behind an article, where all nouns have capitals."""
        start, end = found.name[0].start, found.name[-1].end
        if text[max(0, start - 1) : start] in _OPENING and text[end : end + 1] in _CLOSING and end < len(text):
            return True
        if not self.words.noun_capitals or found.role or not found.first:
            return False
        before = row[found.first - 1]
        return before.text[0].islower() and before.key in self.words.openers and _joined(text, before, row[found.first])

    def learn(self, parts: Sequence[str], role: Iterable[str] = (), whole: str = "") -> None:
        """Remember a name of several words, the role words that stood beside it, and how it is written."""
        parts = parts[:MAX_WORDS]
        key = tuple(map(_bare, parts))
        if key not in self._shown:
            short = " ".join(map(without_possessive, parts))
            self._shown[key] = without_possessive(whole) if "." in whole and whole.count(" ") < MAX_WORDS else short
            for word in {*key, *(part for hyphened in key for part in hyphened.split("-") if len(part) > 3)}:
                self._by_word.setdefault(word, []).append(key)
            if len(key[-1]) > 3:
                self._by_stem.setdefault(_stem(key[-1]), []).append(key)
        self.counts[key] += 1
        for word in role:
            self._roles.setdefault(word, self._shown[key])

    def is_person(self, word: str) -> bool:
        """Whether a role, an honorific or an age stands beside the name somewhere in the article."""
        return _bare(word) in self._people

    def is_known(self, word: str) -> bool:
        """Whether the word is part of a longer name of the article."""
        key = _bare(word)
        if key in self._by_word:
            return True
        return len(key) > 4 and any(akin(key, name[-1]) for name in self._by_stem.get(_stem(key), ()))

    def fullest(self, name: str) -> str:
        """The longest form of a name in the article; the name itself when there is no longer one."""
        parts = [_bare(p) for p in name.split()]
        if not parts:
            return name
        key = tuple(parts)
        if self.words.code == "ko" and len(name) == 1:
            return next((shown for k, shown in self._shown.items() if k[-1][0] == name and 1 < len(k[-1]) < 5), name)
        found = [k for k in self._by_word.get(parts[-1], ()) if _within(key, k)]
        if not found and len(parts[-1]) > 4:
            found = [k for k in self._by_stem.get(_stem(parts[-1]), ()) if len(k) >= len(key) and _alike(key, k)]
        if not found:
            return self._acronyms.get(parts[0], name) if len(parts) == 1 else name
        ending = [k for k in found if k[-1] == parts[-1]] or found
        first = max(ending, key=lambda k: self.counts[k])
        longer = [k for k in found if len(k) > len(first) and k[-len(first) :] == first]
        best = max(longer, key=lambda k: (self.counts[k], len(k)), default=first)
        if self.words.code in INFLECTING:
            forms = [k for k in self._by_stem.get(_stem(best[-1]), ()) if len(k) == len(best) and _alike(k, best)]
            best = max((best, *forms), key=lambda k: (k in self._subjects, self.counts[k], -len(self._shown[k])))
        return self._shown[best] if len(best) >= len(key) else name

    def meet_speaker(self, parts: Sequence[str]) -> None:
        """Remember that the name is a person's who said something, and that this is its form as a subject."""
        self._people.add(_bare(parts[-1]))
        self._subjects.add(tuple(_bare(p) for p in parts))

    def with_role(self, word: str) -> str | None:
        """Who was introduced by a role ("president")."""
        exact = self._roles.get(word)
        if exact is not None or len(word) < 5:
            return exact
        return next((name for role, name in self._roles.items() if akin(role, word)), None)


class Run(NamedTuple):
    """Capitalised words in a row: a name, or a role alone."""

    first: int
    """Index of the first token of the run, titles included."""
    name: list[Token]
    role: list[str]
    """Keys of the titles in front of or behind the name."""
    person: bool
    lead: int = 0
    """Titles in front of the name."""
    described: bool = False
    """A role alone ("US President"), no name."""


def name_runs(words: Words, row: Sequence[Token], text: str) -> list[Run]:
    """Runs of capitalised words without openers at their beginning, titles apart."""
    out: list[Run] = []
    size = len(row)
    done = 0
    for index in [k for k, token in enumerate(row) if token.flags & NAME == UPPER]:
        if index < done:
            continue
        stop = index + 1
        while stop < size and stop - index < 12:
            following = row[stop]
            if not following.flags & (CAPITAL | LINK) or not _joined(text, row[stop - 1], following):
                break
            if following.flags & CAPITAL:
                if following.flags & OPENER and len(following.text) > 1:
                    break
                stop += 1
            elif _particle(words, row[stop - 1], following, text) and (
                reach := _behind_particles(words, row, stop, text)
            ):
                stop = reach
            else:
                break
        done = stop
        run = list(row[index:stop])
        name, role, person = _split_titles(run)
        if (
            len(name) > 2
            and name[0] is row[index]
            and _is_doer(words, name[0].key)
            and not _follows_word(text, name[0])
        ):
            role, name = [name[0].key, *role], name[1:]  # a role that no list has, with a capital only at the beginning
        elif len(name) > 2 and name[0].flags & VERB and not _follows_word(text, name[0]):
            name = name[1:]  # "Recuerda Ana Gil: …"
        before = row[index - 1] if index else None
        if before is not None and before.flags & (TITLE | HONORIFIC) and _joined(text, before, row[index]):
            if before.flags & TITLE:
                role = [before.key, *role]
                if len(name) > 2 and name[0] is row[index] and words.code in INFLECTING:
                    name = name[1:]  # "президент России Владимир Путин"
            person = person or bool(before.flags & HONORIFIC)
        if role and len(name) == 1 and len(name[0].text) < 6 and name[0].text.isupper():
            name = []  # "the president of the USA", as most languages say it
        if len(name) > 1 and stop < size and text[row[stop - 1].end : row[stop].start].strip() == ",":
            role = role + _apposed(words, row, stop, text)
        lead = 0
        while name and run[lead] is not name[0]:
            lead += 1
        out.append(_new(Run, (index, name or run, role, bool(name) and (person or bool(role)), lead, not name)))
    return out


_new: Final = tuple.__new__


def _is_doer(words: Words, key: str) -> bool:
    return key.endswith(DOERS.get(words.code, ()))


def _follows_word(text: str, token: Token) -> bool:
    """Whether a word stands before a token in the same sentence, so that its capital means something."""
    before = text[max(0, token.start - 2) : token.start].rstrip()
    return bool(before) and (before[-1].isalnum() or before[-1] in ",-")


def _particle(words: Words, before: Token, token: Token, text: str) -> bool:
    """A particle within a name. German nouns have capitals too, so "der Konsum von Drogen" must not count."""
    if token.key in PARTICLE_TAILS and before.key in NAME_PARTICLES:
        return True
    if token.key in NAME_PARTICLES and not words.noun_capitals:
        return True
    if token.key not in words.particles or len(token.key) == 1 or token.key in _CONJUNCTIONS:
        return False
    if not words.noun_capitals:
        return True
    behind = text[token.end : token.end + 4]
    return token.key not in _FUSED and (token.key not in ("von", "zu") or behind in (" der", " den", " dem"))


def _behind_particles(words: Words, row: Sequence[Token], index: int, text: str) -> int:
    """Index behind the capitalised word that particles ("van der") lead to, 0 when there is none."""
    for k in range(index + 1, min(index + 3, len(row))):
        if not _joined(text, row[k - 1], row[k]):
            return 0
        if row[k].text[0].isupper():
            return k + 1
        if row[k].key not in words.particles and row[k].key not in PARTICLE_TAILS:
            return 0
    return 0


def _apposed(words: Words, row: Sequence[Token], index: int, text: str) -> list[str]:
    """The role behind "Name, …", unless that role leads in another name."""
    for k in range(index, min(index + 4, len(row))):
        if row[k].flags & TITLE:
            named = k + 1 < len(row) and row[k + 1].text[0].isupper() and _joined(text, row[k], row[k + 1])
            return [] if named else [row[k].key]
        if k + 1 < len(row) and not _joined(text, row[k], row[k + 1]):
            break
    return []


def _split_titles(run: list[Token]) -> tuple[list[Token], list[str], bool]:
    """The name behind the last title of a run, the titles, and whether one was an honorific."""
    cut = 0
    role: list[str] = []
    honoured = False
    if not any(token.flags & (TITLE | HONORIFIC) for token in run):
        return run, role, honoured
    for index, token in enumerate(run):
        if token.flags & HONORIFIC:
            cut = index + 1
            honoured = True
        elif token.flags & TITLE:
            cut = index + 1
            role.append(token.key)
    if cut == len(run) and len(run) > 1 and role:
        kept = [t for t in run if not t.flags & TITLE]
        if len(kept) > 1 and kept == run[: len(kept)]:
            return kept, role, honoured
    if cut and cut < len(run) and run[cut].text[0].islower():
        return [], role, honoured  # "Jefe del Estado Mayor" is all role
    return run[cut:], role, honoured


def without_possessive(word: str) -> str:
    """The word without 's."""
    return word[:-2] if word.endswith(("'s", "’s")) else word.rstrip("'’.") if word[-1:] in "'’" else word


@lru_cache(maxsize=16384)
def _bare(word: str) -> str:
    return fold(without_possessive(word))


def _joined(text: str, left: Token, right: Token) -> bool:
    gap = text[left.end : right.start]
    return gap in (" ", "\u00a0", "\u202f") or (
        gap in (". ", ".", ".\u00a0") and len(left.text) <= 3 and left.text[-1:].isalpha()
    )


def _within(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    rest = iter(long)
    return all(any(part == word or part in word.split("-") for word in rest) for part in short)


def _alike(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    rest = iter(long)
    return all(any(akin(part, word) for word in rest) for part in short)


def akin(left: str, right: str) -> bool:
    """The same word but for its case ending: "stanjura" and "stanjury"."""
    if left == right:
        return True
    need = max(4, min(len(left), len(right)) - 2)
    return abs(len(left) - len(right)) <= 3 and left[:need] == right[:need]


def _stem(word: str) -> str:
    return word[:4]
