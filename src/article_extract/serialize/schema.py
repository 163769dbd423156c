"""
The JSON Schema (draft 2020-12) of `Article.to_dict()`, made from the records' types.

After a change of the records, write the file that ships with the package anew:

    python -m article_extract.serialize.schema > src/article_extract/data/article.schema.json
"""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass
from importlib import resources
from types import NoneType, UnionType
from typing import Any, Final, Literal, Union, get_args, get_origin

from article_extract.records import BODY_BLOCK_TYPES, SCHEMA_VERSION, Article
from article_extract.serialize.dicts import LEFT_OUT_WHEN_NONE, NOT_SERIALISED, hints_of

PATH: Final = resources.files("article_extract") / "data" / "article.schema.json"
_SIMPLE: Final[dict[Any, str]] = {str: "string", int: "integer", float: "number", bool: "boolean", NoneType: "null"}
_BLOCKS: Final = frozenset(BODY_BLOCK_TYPES.values())


def make_schema() -> dict[str, Any]:
    """The schema as a dict."""
    definitions: dict[str, Any] = {}
    root = _record(Article, definitions)
    root["properties"] = {"schema_version": {"const": SCHEMA_VERSION}, **root["properties"]}
    root["required"] = ["schema_version", *root["required"]]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:article-extract:article:{SCHEMA_VERSION}",
        "title": "Article",
        **root,
        "$defs": dict(sorted(definitions.items())),
    }


def read_schema() -> dict[str, Any]:
    """The schema that ships with the package."""
    schema: dict[str, Any] = json.loads(PATH.read_text(encoding="utf-8"))
    return schema


def _record(kind: type, definitions: dict[str, Any]) -> dict[str, Any]:
    properties: dict[str, Any] = {}
    if kind in _BLOCKS:
        properties["type"] = {"const": kind.type}
        properties["text"] = {"type": "string"}
    hints = hints_of(kind)
    required = list(properties)
    for f in fields(kind):
        if kind is Article and f.name in NOT_SERIALISED:
            continue
        properties[f.name] = _type(hints[f.name], definitions)
        if not (kind is Article and f.name in LEFT_OUT_WHEN_NONE) and f.name not in required:
            required.append(f.name)
    return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}


def _type(hint: Any, definitions: dict[str, Any]) -> dict[str, Any]:
    origin = get_origin(hint)
    if origin in (Union, UnionType):
        return {"anyOf": [_type(o, definitions) for o in get_args(hint)]}
    if origin is tuple:
        return {"type": "array", "items": _type(get_args(hint)[0], definitions)}
    if origin is Literal:
        return {"enum": list(get_args(hint))}
    if is_dataclass(hint) and isinstance(hint, type):
        if hint.__name__ not in definitions:
            definitions[hint.__name__] = {}
            definitions[hint.__name__] = _record(hint, definitions)
        return {"$ref": f"#/$defs/{hint.__name__}"}
    return {"type": _SIMPLE[hint]}


def main() -> None:
    """Print the schema as it stands in the package."""
    print(json.dumps(make_schema(), ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main()
