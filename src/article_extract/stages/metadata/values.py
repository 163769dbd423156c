"""Values of metadata made uniform: text without markup, paragraphs, tags, truth."""

from __future__ import annotations

import html
from typing import Any, Final

import regex

from article_extract.text import collapse

_TAG: Final = regex.compile(r"<[^<>]{0,2000}>")
_BREAK: Final = regex.compile(
    r"(?:<(?:p|/p|br|div|/div|h[1-6]|/h[1-6]|li|/li|blockquote|tr)\b[^<>]{0,2000}>|[\n\r\u2028\u2029])+",
    regex.IGNORECASE,
)
_MAX_TEXT: Final = 5_000
_MAX_BODY: Final = 2_000_000


def clean_text(value: Any) -> str | None:
    """One line of text without tags and entities; None for anything else."""
    if isinstance(value, dict):
        value = value.get("@value") or value.get("name")
    if not isinstance(value, str) or not value:
        return None
    text = value[:_MAX_TEXT]
    if "&" in text:
        text = html.unescape(text)
        if "&" in text and ";" in text:  # escaped twice
            text = html.unescape(text)
    if "<" in text:
        text = _TAG.sub(" ", text)
    return collapse(text) or None


def paragraphs_of(value: Any) -> tuple[str, ...]:
    """Paragraphs of a long text with HTML in it or without."""
    if isinstance(value, list):
        return tuple(p for each in value[:2_000] for p in paragraphs_of(each))
    if not isinstance(value, str):
        return ()
    text = value[:_MAX_BODY]
    if "&lt;" in text:
        text = html.unescape(text)
    if "<" in text:
        text = _without_scripts(text)
    pieces = _BREAK.split(text)
    return tuple(p for piece in pieces if piece and (p := collapse(html.unescape(_TAG.sub("", piece)))))


def _without_scripts(text: str) -> str:
    """HTML without script and style elements; linear for any input."""
    for tag in ("script", "style"):
        pieces: list[str] = []
        lower, at = text.lower(), 0
        if len(lower) != len(text):  # a letter whose small form is longer
            return text
        while (start := lower.find(f"<{tag}", at)) >= 0:
            end = lower.find(f"</{tag}", start)
            close = lower.find(">", end) if end >= 0 else -1
            if close < 0:
                break
            pieces.append(text[at:start])
            at = close + 1
        text = "".join((*pieces, text[at:]))
    return text


def split_tags(value: Any) -> tuple[str, ...]:
    """Terms of a keyword list; a list in one string is separated by commas or semicolons of any script.

    >>> split_tags("Rail, Hafenstadt; City council")
    ('Rail', 'Hafenstadt', 'City council')
    """
    text = clean_text(value)
    if not text:
        return ()
    parts = [part.strip(" #") for part in regex.split(r"[,;،؛、，|]", text)]
    return tuple(dict.fromkeys(p for p in parts if 1 < len(p) <= 80))


def true_or_false(value: Any) -> bool | None:
    """A truth value in the forms that pages write: true, "False", "http://schema.org/True", "yes", 0."""
    if isinstance(value, bool):
        return value
    if isinstance(value, list) and value:
        return true_or_false(value[0])
    if isinstance(value, (str, int)):
        word = str(value).strip().rpartition("/")[2].casefold()
        if word in ("true", "yes", "1", "free"):
            return True
        if word in ("false", "no", "0"):
            return False
    return None
