"""Somebody mentioned outside quotes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(slots=True)
class Mention:
    """A name, a pronoun, or a description such as "the minister"."""

    kind: Literal["name", "pronoun", "description", "organisation"]
    start: int
    end: int
    text: str
    first: int
    """Index of its first token in the sentence; of its first character where there are no tokens."""
    last: int
    score: float
    """How likely it is a speaker at all; below zero for objects of prepositions and possessives."""
    head: str = ""
    """Key of the word that decides: the last name, the role, or the kind of pronoun."""
    indefinite: bool = False
    """Introduced as new to the story ("a minister")."""
    phrase: int = -1
    """Where its phrase begins, with the title; the same as `start` when below zero."""

    @property
    def begin(self) -> int:
        """Where its phrase begins."""
        return self.start if self.phrase < 0 else self.phrase
