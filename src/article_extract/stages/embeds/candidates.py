"""Which elements may be embeds: asked for every element of a page, so only sets are looked into."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from article_extract.stages.embeds.providers import registry

_KNOWN: Final = registry()
FRAMES: Final = frozenset(("iframe", "frame", "amp-iframe", "object", "embed"))
MEDIA: Final = frozenset(("video", "audio", "amp-video", "amp-audio"))
TEMPLATES: Final = frozenset(("template", "noscript"))
_ALWAYS: Final = FRAMES | MEDIA | TEMPLATES | _KNOWN.by_element.keys()
_PLAIN: Final = (
    "html head body main article nav header footer form input button select option label svg path use g i meta link "
    "style img picture source time h1 h2 h3 h4 h5 h6 br hr ul ol li dl dt dd table tbody thead tr td th em strong b "
    "small sup sub cite code pre address u s wbr font fieldset legend summary textarea symbol rect circle line polygon"
)
_NEVER: Final = frozenset(_PLAIN.split(" ")) | _KNOWN.markup["never"]
_LOOKED_INTO: Final = frozenset(("div", "span", "a", "p", "figure", "section", "aside", "blockquote"))
"""The commonest tags whose attributes decide, so that the walk asks nothing else about them."""
_PREFIXES: Final = ("amp-", "lite-")
_WORDS: Final = frozenset(
    {*_KNOWN.by_word, *_KNOWN.markup["containers"], *_KNOWN.markup["players"]} - _KNOWN.none_words
)
_ATTRIBUTES: Final = frozenset(
    {
        *_KNOWN.by_attribute,
        *(a for a in _KNOWN.markup["url_attributes"] if a.startswith("data-") and "src" in a),
        *(a for a in _KNOWN.markup["url_attributes"] | _KNOWN.markup["markup_attributes"] if "embed" in a),
        "data-video",
        "data-video-url",
        "data-videourl",
        "data-iframe",
        "data-video-id",
        "data-videoid",
        "videoid",
        "data-embed-provider",
        "data-embed-type",
        "data-embed-id",
        "data-consent-content",
        "srcdoc",
        "nitro-lazy-src",
        "data-video-provider",
    }
)
_CLASS: Final = 1
_ID: Final = 2
_TYPE: Final = 3
_MEANING_OF: Final = {**dict.fromkeys(_ATTRIBUTES, 4), "class": _CLASS, "id": _ID, "itemtype": _TYPE}
TELLING: Final = frozenset(_MEANING_OF)
"""The attributes that `is_candidate` looks at, but for scripts."""
_ID_PREFIXES: Final = tuple(_KNOWN.by_id_prefix)
_LOOSE_TAGS: Final = frozenset(("div", "figure", "section", "p"))
_LINK_ATTRIBUTES: Final = frozenset(_KNOWN.by_attribute)
_TEMPLATE_TYPES: Final = (
    "text/template",
    "text/html",
    "text/x-template",
    "text/x-handlebars-template",
    "text/x-dot-template",
    "x-tmpl-mustache",
    "application/json",
    "text/json",
    "text/plain",
    "opt-in",
)


def is_candidate(tag: str, attributes: Sequence[tuple[str, str]]) -> bool:
    """
    Whether `read_embed` should have a look at an element.

    >>> is_candidate("blockquote", [("class", "twitter-tweet")]), is_candidate("div", [("class", "story-text")])
    (True, False)
    """
    if tag not in _LOOKED_INTO:
        if tag in _NEVER:
            return False
        if tag == "script":
            return _is_script_candidate(attributes)
        if tag in _ALWAYS or tag.startswith(_PREFIXES):
            return True
    for name, value in attributes:
        meaning = _MEANING_OF.get(name)
        if meaning is None:
            continue
        if meaning == _CLASS:
            says = _class_says(value)
            if says is not None and (says or tag in _LOOSE_TAGS):
                return True
        elif meaning == _ID:
            if value.startswith(_ID_PREFIXES):
                return True
        elif meaning == _TYPE:
            if value.endswith(("/VideoObject", "/AudioObject")):
                return True
        elif tag != "a" or name in _LINK_ATTRIBUTES:
            return True
    return False


@lru_cache(maxsize=8192)
def _class_says(value: str) -> bool | None:
    """True: an embed; False: something of YouTube's; None: nothing. The memo is bounded and holds pure values."""
    value = value.lower()
    if not _WORDS.isdisjoint(value.split()):
        return True
    return False if "youtube" in value else None


def _is_script_candidate(attributes: Sequence[tuple[str, str]]) -> bool:
    source = False
    for name, value in attributes:
        if name == "src":
            source = True
            start = value.find("//")
            if start >= 0 and value[start + 2 :].split("/", 1)[0].lower() in _KNOWN.by_script_host:
                return True
        elif name in _ATTRIBUTES or name == "data-content":
            return True
        elif name == "class":
            if _class_says(value):
                return True
        elif name == "type" and value in _TEMPLATE_TYPES:
            return not source
    return False
