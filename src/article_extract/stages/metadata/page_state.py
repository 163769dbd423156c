"""
The article in a page's state JSON, for pages whose markup does not hold it.

Reads `application/json` scripts (Next.js `__NEXT_DATA__` and others), assignments of JSON to a global
(`Fusion.globalContent`, `__APOLLO_STATE__`, `__PRELOADED_STATE__`, …) and the rows that Next.js streams. What is
looked for is the shape all of them share: a list of objects that say they are paragraphs, or one long string of HTML
paragraphs.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any, Final

import regex

from article_extract.dates import read_date
from article_extract.page import Claim, Page
from article_extract.stages.metadata.loose_json import read_loose_json
from article_extract.stages.metadata.values import clean_text, paragraphs_of
from article_extract.text import letters, sentence_ends

SOURCE: Final = "page_state"
_MAX_SCRIPT: Final = 8_000_000
_MAX_ASSIGNED: Final = 20
_MAX_VALUES: Final = 400_000
_MIN_LETTERS: Final = 200
"""Less text than this is no article."""
_ASSIGNED: Final = regex.compile(
    r"(?:Fusion\.globalContent|__NUXT__|__NEXT_DATA__|__APOLLO_STATE__|__PRELOADED_STATE__|__INITIAL_STATE__|__INITIAL_DATA__|"
    r"__STATE__|__DATA__|__data|__remixContext|_sharedData|initialState|pageData|articleData)[\"'\]]*\s*=\s*(?:JSON\.parse\(\s*)?(?=[{\[\"'])"
)
_STREAMED: Final = regex.compile(r"self\.__next_f\.push\(\[\d+,\s*(?=\")")
_ROW: Final = regex.compile(r"^[0-9a-f]{1,4}:(?=[\[{])", regex.MULTILINE)
_KIND_KEYS: Final = (
    "type",
    "_type",
    "nodeType",
    "__typename",
    "blockType",
    "kind",
    "name",
    "component",
    "tag",
    "tagname",
    "style",
)
_TEXT_KINDS: Final = regex.compile(
    r"paragraph|text|^p$|block|html|header|heading|^h[1-6]$|list|quote|markdown|body", regex.IGNORECASE
)
_NOT_TEXT: Final = regex.compile(
    r"image|video|embed|advert|related|gallery|link_?list|newsletter|promo|social|caption|author|tag$|oembed|button|teaser|listing",
    regex.IGNORECASE,
)
_TEXT_KEYS: Final = (
    "content",
    "text",
    "html",
    "value",
    "children",
    "data",
    "attributes",
    "body",
    "markup",
    "items",
    "model",
    "blocks",
    "attrs",
    "props",
)
_BODY_KEYS: Final = frozenset(
    (
        "body",
        "content",
        "articlebody",
        "bodyhtml",
        "body_html",
        "html",
        "text",
        "fulltext",
        "full_text",
        "contenthtml",
        "story",
        "articletext",
        "maintext",
        "bodytext",
    )
)
_TITLE_KEYS: Final = ("headline", "title", "headlines")
_DATE_KEYS: Final = (
    "datePublished",
    "publishedAt",
    "published_at",
    "publishDate",
    "publish_date",
    "display_date",
    "first_publish_date",
    "publicationDate",
    "firstPublished",
    "published",
    "createdAt",
)
_decode: Final = json.JSONDecoder(strict=False).raw_decode


def read_page_state(page: Page) -> tuple[Claim, ...]:
    """Claims `article_body`, `title` and `published` of the longest article in the page's state; never raises.

    Costs as much as parsing all JSON of the page: for pages whose markup gave no body.
    """
    best: tuple[int, tuple[str, ...], Mapping[str, Any]] = (0, (), {})
    for value in _states(page):
        for size, paragraphs, owner in _bodies(value):
            if size > best[0]:
                best = size, paragraphs, owner
    size, paragraphs, owner = best
    if size < _MIN_LETTERS:
        return ()
    claims = [Claim("article_body", paragraphs, SOURCE)]
    for key in _TITLE_KEYS:
        title = owner.get(key)
        if isinstance(title, Mapping):
            title = title.get("basic") or title.get("text") or title.get("rendered")
        if text := clean_text(title):
            claims.append(Claim("title", text, SOURCE))
            break
    for key in _DATE_KEYS:
        raw = owner.get(key)
        if isinstance(raw, (str, int)) and (stamp := read_date(str(raw))).value:
            claims.append(Claim("published", stamp.value, SOURCE, stamp.raw))
            break
    return tuple(claims)


def _states(page: Page) -> Iterator[Any]:
    """The JSON values of the page's scripts, JSON-LD aside."""
    streamed: list[str] = []
    for script in page.root.iter("script"):
        text = script.text
        if not text or len(text) < _MIN_LETTERS or len(text) > _MAX_SCRIPT:
            continue
        kind = (script.get("type") or "").lower()
        if "json" in kind:
            if "ld+json" not in kind:
                value, _ = read_loose_json(text)
                yield value
        elif match := _STREAMED.search(text):
            chunk = _value_at(text, match.end())
            if isinstance(chunk, str):
                streamed.append(chunk)
        else:
            for match in islice(_ASSIGNED.finditer(text), _MAX_ASSIGNED):
                value = _value_at(text, match.end())
                if isinstance(value, str) and value[:1] in "{[":
                    value, _ = read_loose_json(value)
                yield value
    rows = "".join(streamed)
    for match in _ROW.finditer(rows):
        yield _value_at(rows, match.end())


def _value_at(text: str, position: int) -> Any:
    try:
        return _decode(text, position)[0]
    except (ValueError, RecursionError):
        return None


def _bodies(root: Any) -> Iterator[tuple[int, tuple[str, ...], Mapping[str, Any]]]:
    """Lists of paragraph objects and long HTML strings, with their letters and the object that owns them."""
    stack: list[tuple[Any, Mapping[str, Any]]] = [(root, {})]
    seen = 0
    while stack and seen < _MAX_VALUES:
        value, owner = stack.pop()
        seen += 1
        if isinstance(value, dict):
            inner = value if any(key in value for key in _TITLE_KEYS) or not owner else owner
            for key, each in value.items():
                if isinstance(each, (dict, list)):
                    stack.append((each, inner))
                elif (
                    isinstance(each, str) and len(each) > 400 and key.lower() in _BODY_KEYS and each.count("</p>") >= 2
                ):
                    yield from _measured(paragraphs_of(each), inner)
        elif isinstance(value, list):
            if len(value) >= 2 and isinstance(value[0], dict) and sum(_is_text(v) for v in value[:400]) >= 2:
                paragraphs = tuple(p for v in value[:2_000] if _is_text(v) for p in paragraphs_of(_text_of(v, 0)))
                yield from _measured(paragraphs, owner)
            stack.extend((each, owner) for each in value if isinstance(each, (dict, list)))


def _measured(
    paragraphs: tuple[str, ...], owner: Mapping[str, Any]
) -> Iterator[tuple[int, tuple[str, ...], Mapping[str, Any]]]:
    if sum(1 for p in paragraphs if sentence_ends(p)) >= 2:
        yield sum(letters(p) for p in paragraphs), paragraphs, owner


def _is_text(value: Any) -> bool:
    """Whether an object says that it is a piece of running text."""
    if not isinstance(value, dict):
        return False
    for key in _KIND_KEYS:
        kind = value.get(key)
        if isinstance(kind, str) and kind:
            return bool(_TEXT_KINDS.search(kind)) and not _NOT_TEXT.search(kind)
    return False


def _text_of(value: Any, depth: int) -> str:
    """The text of a paragraph object: a string under one of the usual keys, or the strings of its children in order."""
    if isinstance(value, str):
        return value
    if depth > 8:
        return ""
    if isinstance(value, list):
        between = "\n" if any(isinstance(v, dict) and _is_item(v) for v in value) else ""
        return between.join(_text_of(v, depth + 1) for v in value[:2_000])
    if isinstance(value, dict):
        for key in _TEXT_KEYS:
            if isinstance(value.get(key), (str, list, dict)) and (text := _text_of(value[key], depth + 1)):
                return text
    return ""


def _is_item(value: Mapping[str, Any]) -> bool:
    kind = value.get("type") or value.get("nodeType")
    return isinstance(kind, str) and "item" in kind
