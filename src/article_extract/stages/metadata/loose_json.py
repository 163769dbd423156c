"""
JSON as pages write it: comments, trailing commas, raw line breaks, entities, HTML comment and CDATA wrappers, several
objects in a row, quotation marks that should have been escaped. Each repair is tried only when the one before failed.
"""

from __future__ import annotations

import html
import json
from typing import Any, Final

import regex

_MAX: Final = 6_000_000
_MAX_QUOTES: Final = 40
"""So many unescaped quotation marks are repaired; each costs a parse."""
_WRAP: Final = regex.compile(r"(?:(?://|/\*)?\s*+(?:<!--|<!\[CDATA\[)\s*+(?:\*/)?\s*+)*+")
# What is never closed runs to the end, else each unclosed one would be scanned for anew.
_STRING: Final = r'("(?:[^"\\]++|\\.)*+(?:"|\\?\Z))'
_NOISE: Final = regex.compile(_STRING + r"|//[^\n]*+|/\*(?:[^*]++|\*(?!/))*+(?:\*/|\Z)", regex.DOTALL)
_COMMA: Final = regex.compile(_STRING + r"|,(?=\s*+(?:[}\]]|,|$))", regex.DOTALL)
_BAD_ESCAPE: Final = regex.compile(r"\\(\\|[\"/bfnrt]|u[0-9a-fA-F]{4})|\\", regex.DOTALL)
_FIELD: Final = regex.compile(
    r'"(headline|datePublished|dateModified|articleSection|description|@type)"\s*:\s*"((?:[^"\\]++|\\.){1,500})"'
)
_DECODER: Final = json.JSONDecoder(strict=False)


def read_loose_json(text: str) -> tuple[Any, str | None]:
    """The value of a script, and what had to be done to read it; (None, reason) where nothing could be read."""
    if len(text) > _MAX:
        return None, f"{len(text)} characters, not read"
    try:
        return _DECODER.decode(text), None
    except (ValueError, RecursionError):
        pass
    try:
        return _repaired(text)
    except RecursionError:
        return None, "nested too deep"


def _repaired(text: str) -> tuple[Any, str | None]:
    text = _unwrapped(text)
    if not text:
        return None, None
    if "&quot;" in text and text.count("&quot;") > text.count('"'):
        text = html.unescape(text)
    if (values := _in_a_row(text)) is not None:
        return values, "unwrapped"
    plain = _NOISE.sub(lambda m: m.group(1) or " ", text)
    plain = _COMMA.sub(lambda m: m.group(1) or " ", plain)
    plain = _BAD_ESCAPE.sub(lambda m: m.group() if m.group(1) else "", plain)
    if (values := _in_a_row(plain)) is not None:
        return values, "repaired"
    if (values := _with_quotes_escaped(plain)) is not None:
        return values, "repaired"
    fields: dict[str, str] = {}
    for match in _FIELD.finditer(text):
        fields.setdefault(match.group(1), match.group(2).replace('\\"', '"').replace("\\/", "/"))
    return (fields or None), "broken; single fields read" if fields else "broken"


def _unwrapped(text: str) -> str:
    """The text without HTML comment, CDATA marks and semicolons around it."""
    text = text.strip().lstrip("\ufeff")
    if match := _WRAP.match(text):
        text = text[match.end() :]
    for _ in range(4):
        text = text.rstrip(" \t\r\n;")
        bare = text.removesuffix("*/").rstrip()
        for mark in ("-->", "]]>"):
            if bare.endswith(mark):
                text = bare.removesuffix(mark).rstrip().removesuffix("//").removesuffix("/*")
                break
        else:
            break
    return text


def _in_a_row(text: str) -> Any:
    """The value, or a list of the values that stand one after the other; None if one is broken."""
    values: list[Any] = []
    position, length = 0, len(text)
    while position < length:
        try:
            value, position = _DECODER.raw_decode(text, position)
        except ValueError:
            return values if values and not text[position:].strip(" \n\t}])") else None
        values.append(value)
        while position < length and text[position] in " \t\r\n,;":
            position += 1
    return values[0] if len(values) == 1 else values


def _with_quotes_escaped(text: str) -> Any:
    """Escape the mark at which a string ended too early, as often as it takes."""
    if len(text) > 60_000:
        return None
    for _ in range(_MAX_QUOTES):
        try:
            return _DECODER.decode(text)
        except json.JSONDecodeError as error:
            if "delimiter" not in error.msg and "Extra data" not in error.msg and "property name" not in error.msg:
                return None
            mark = text.rfind('"', 0, error.pos)
            if mark <= 0:
                return None
            text = f"{text[:mark]}\\{text[mark:]}"
    return None
