"""Article to a dict of JSON types and back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from functools import cache
from types import NoneType, UnionType
from typing import Any, Final, Literal, Union, get_args, get_origin, get_type_hints

from article_extract import records
from article_extract.errors import RecordError
from article_extract.records import BODY_BLOCK_TYPES, SCHEMA_VERSION, Article, BodyBlock

NOT_SERIALISED: Final = frozenset(("sources",))
"""Fields of Article that are for the session alone."""
LEFT_OUT_WHEN_NONE: Final = frozenset(("spans",))


def article_to_dict(article: Article) -> dict[str, Any]:
    """All fields as JSON types, `schema_version` first; `spans` only where they were asked for."""
    out: dict[str, Any] = {"schema_version": SCHEMA_VERSION}
    for f in fields(article):
        value = getattr(article, f.name)
        if f.name in NOT_SERIALISED or (f.name in LEFT_OUT_WHEN_NONE and value is None):
            continue
        out[f.name] = _plain(value)
    return out


def article_to_json(article: Article, *, indent: int | None = None) -> str:
    """The dict as JSON text. Lone surrogates, which JSON text in UTF-8 cannot hold, are escaped."""
    text = json.dumps(article_to_dict(article), ensure_ascii=False, indent=indent)
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return json.dumps(article_to_dict(article), indent=indent)
    return text


def body_block_to_dict(block: BodyBlock) -> dict[str, Any]:
    """One body block with its `type` and plain `text`."""
    out: dict[str, Any] = {"type": block.type, "text": block.text}
    for f in fields(block):
        out[f.name] = _plain(getattr(block, f.name))
    return out


def _plain(value: object) -> Any:
    if isinstance(value, tuple):
        return [_plain(v) for v in value]
    if type(value) in _BLOCKS:
        return body_block_to_dict(value)  # type: ignore[arg-type]
    if is_dataclass(value):
        return {f.name: _plain(getattr(value, f.name)) for f in fields(value)}
    return value


_BLOCKS: Final = frozenset(BODY_BLOCK_TYPES.values())


def article_from_dict(data: Mapping[str, Any]) -> Article:
    """The Article that `article_to_dict` was given. Raises RecordError naming the key that does not fit."""
    if not isinstance(data, Mapping):
        raise RecordError(f"an Article is read from a dict, not from {type(data).__name__}")
    version = data.get("schema_version")
    if str(version).split(".")[0] != SCHEMA_VERSION.split(".", maxsplit=1)[0]:
        raise RecordError(f"schema_version: {version!r} cannot be read, this is {SCHEMA_VERSION}")
    rest = {k: v for k, v in data.items() if k != "schema_version"}
    article: Article = _read_record(Article, rest, "")
    return article


@cache
def hints_of(kind: type) -> dict[str, Any]:
    """Resolved types of a record's fields."""
    return get_type_hints(kind, vars(records))


def _read_record(kind: type, data: object, where: str) -> Any:
    if not isinstance(data, Mapping):
        raise RecordError(f"{where or 'article'}: an object is needed, not {type(data).__name__}")
    hints = hints_of(kind)
    known: dict[str, Field[Any]] = {
        f.name: f for f in fields(kind) if kind is not Article or f.name not in NOT_SERIALISED
    }
    extra = data.keys() - known.keys() - ({"type", "text"} if kind in _BLOCKS else set())
    if extra:
        raise RecordError(f"{where}{min(map(str, extra))}: no such key")
    values = {}
    for name, f in known.items():
        if name in data:
            values[name] = _read(hints[name], data[name], f"{where}{name}")
        elif f.default is MISSING and f.default_factory is MISSING:
            raise RecordError(f"{where}{name}: missing")
    return kind(**values)


def _read(hint: Any, value: object, where: str) -> Any:
    origin = get_origin(hint)
    if origin in (Union, UnionType):
        options = get_args(hint)
        if value is None and NoneType in options:
            return None
        options = tuple(o for o in options if o is not NoneType)
        if len(options) == 1:
            return _read(options[0], value, where)
        if not isinstance(value, Mapping):
            raise RecordError(f"{where}: an object is needed, not {type(value).__name__}")
        kind = value.get("type")
        if not isinstance(kind, str) or kind not in BODY_BLOCK_TYPES:
            raise RecordError(f"{where}.type: {kind!r} is none of {', '.join(map(repr, BODY_BLOCK_TYPES))}")
        return _read_record(BODY_BLOCK_TYPES[kind], value, f"{where}.")
    if origin is tuple:
        if not isinstance(value, list | tuple):
            raise RecordError(f"{where}: a list is needed, not {type(value).__name__}")
        args = get_args(hint)
        if args[-1] is Ellipsis:
            return tuple(_read(args[0], v, f"{where}[{i}]") for i, v in enumerate(value))
        if len(value) != len(args):
            raise RecordError(f"{where}: {len(args)} values are needed, not {len(value)}")
        return tuple(_read(a, v, f"{where}[{i}]") for i, (a, v) in enumerate(zip(args, value, strict=True)))
    if origin is Literal:
        if value not in get_args(hint):
            raise RecordError(f"{where}: {value!r} is none of {', '.join(map(repr, get_args(hint)))}")
        return value
    if is_dataclass(hint) and isinstance(hint, type):
        return _read_record(hint, value, f"{where}.")
    if hint is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if not isinstance(value, hint) or (isinstance(value, bool) and hint is int):
        raise RecordError(f"{where}: {hint.__name__} is needed, not {type(value).__name__}")
    return value
