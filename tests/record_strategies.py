"""Articles that no page gave: hypothesis builds them from the record types."""

from __future__ import annotations

from dataclasses import MISSING, fields, is_dataclass, replace
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin

from hypothesis import strategies as st

from article_extract.records import Article, EmbedBlock, Inline, ListBlock, ListItem, Paragraph, RelatedBlock
from article_extract.serialize.dicts import hints_of

_MARKUP = [
    "*", "**", "_", "`", "```", "# ", "- ", "1. ", "> ", "|", "[a](b)", "![x](y)", "~~", "---", "===", "&amp;", "&lt;b&gt;", "<b>", "<script>alert(1)</script>",
    '"', "'", "\\", "\n", "\n\n", "    ", "\t", "!", "http://a.example", "javascript:alert(1)", "]]>", "-->", "</article>", "<!--", "\u200f", "שלום", "مرحبا", "東京", "🇹🇷", "a",
]  # fmt: skip
TEXT = st.lists(
    st.one_of(st.sampled_from(_MARKUP), st.text(st.characters(exclude_categories=["Cs"]), max_size=6)), max_size=6
).map("".join)
_SCALARS: dict[Any, st.SearchStrategy[Any]] = {
    str: TEXT,
    int: st.integers(-2, 2**40),
    float: st.floats(0, 1),
    bool: st.booleans(),
    NoneType: st.none(),
}


def of_type(hint: Any) -> st.SearchStrategy[Any]:
    """Values of a field's type."""
    origin = get_origin(hint)
    if origin in (Union, UnionType):
        return st.one_of(*(of_type(option) for option in get_args(hint)))
    if origin is tuple:
        arguments = get_args(hint)
        if arguments[-1] is Ellipsis:
            return st.lists(of_type(arguments[0]), max_size=3).map(tuple)
        return st.tuples(*(of_type(argument) for argument in arguments))
    if origin is Literal:
        return st.sampled_from(get_args(hint))
    if is_dataclass(hint) and isinstance(hint, type):
        return records(hint)
    return _SCALARS[hint]


def records(kind: type) -> st.SearchStrategy[Any]:
    """Records of a type: fields that need a value always have one, the others now and then."""
    hints = hints_of(kind)
    values = {}
    for f in fields(kind):
        if kind is Article and f.name == "sources":
            continue
        made = st.deferred(lambda hint=hints[f.name]: of_type(hint))  # type: ignore[misc]
        needed = f.default is MISSING and f.default_factory is MISSING
        values[f.name] = made if needed else st.one_of(st.just(f.default), made)
    return st.builds(kind, **values)


any_article: st.SearchStrategy[Article] = records(Article)
"""Right in type alone: offsets and indices point anywhere."""


def _pointing_right(article: Article) -> Article:
    body = []
    for block in article.body:
        if isinstance(block, EmbedBlock) and article.embeds:
            block = replace(block, embed=block.embed % len(article.embeds))
        if isinstance(block, RelatedBlock) and article.related:
            block = replace(block, related=block.related % len(article.related))
        body.append(block)
    return replace(article, body=tuple(body))


article = any_article.map(_pointing_right)
marks = st.lists(
    st.builds(
        Inline,
        st.sampled_from(["link", "strong", "emphasis", "code", "sub", "sup"]),
        st.integers(0, 12),
        st.integers(0, 12),
        st.sampled_from(["https://a.example/x_(y)?a=1&copy;=2", "javascript:x", None]),
    ),
    max_size=5,
)
paragraph = st.builds(Paragraph, TEXT, marks.map(tuple))
list_block = st.builds(
    ListBlock,
    st.booleans(),
    st.lists(
        st.builds(ListItem, TEXT.map(lambda t: " ".join(t.split())), st.integers(0, 4)), min_size=1, max_size=6
    ).map(tuple),
)
