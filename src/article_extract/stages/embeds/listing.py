"""The embeds of a page, in the row of its blocks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from article_extract.page import Block, BlockKind, FoundEmbed, Within
from article_extract.records import Embed
from article_extract.stages.embeds.posts import read_flattened_post
from article_extract.stages.embeds.providers import find_address
from article_extract.stages.embeds.read import read_embed
from article_extract.stages.embeds.records_of import read_url_embed, same_embed

if TYPE_CHECKING:
    from lxml.etree import _Element

_STATED: Final = ("og:video", "og:audio", "twitter:player")
_MAX_STATED: Final = 50
_MAX_FLAT: Final = 4
"""Blocks before a signature that may be the words of its post."""


def list_embeds(
    blocks: Sequence[Block], *, base_url: str | None, language: str | None = None
) -> tuple[FoundEmbed, ...]:
    """
    The embeds among the blocks in reading order, those within another left out.

    One thing may come more than once (a lazy frame and its `noscript`); `same_embed` tells.
    """
    found: list[FoundEmbed] = []
    covered = 0
    for block in blocks:
        if block.index < covered:
            continue
        one: FoundEmbed | None = None
        if block.kind is BlockKind.EMBED and block.element is not None:
            embed = read_embed(block.element, base_url=base_url, language=language)
            if embed is not None:
                last = block.index + 1
                if block.place.element is block.element:
                    last = max(last, block.place.last_block)
                one = FoundEmbed(embed, block.index, last)
        elif block.kind is BlockKind.TEXT:
            one = _from_text(blocks, block, covered, language)
        if one is not None:
            found.append(one)
            covered = one.last
    return tuple(found)


def list_stated_embeds(root: _Element, addresses: Sequence[str] = ()) -> tuple[Embed, ...]:
    """
    The embeds that the head of a page states (`og:video`), and those of `addresses` that its metadata name.

    Of scripted players the page may hold nothing else. Those of other services alone, without a place on the page; most
    stand among the blocks too (`same_embed`).
    """
    head = root.find("head")
    metas = head.iterchildren("meta") if head is not None else ()
    stated = [m.get("content") for m in metas if (m.get("property") or m.get("name") or "").startswith(_STATED)]
    found: list[Embed] = []
    for value in (*stated[:_MAX_STATED], *addresses[:_MAX_STATED]):
        address = find_address(value, proxied=True)
        if address is None or address.provider.player:
            continue
        embed = Embed(address.provider.key, address.provider.kind, address.id, address.url, placeholder=True)
        if not any(same_embed(embed, other) for other in found):
            found.append(embed)
    return tuple(found)


def _from_text(blocks: Sequence[Block], block: Block, covered: int, language: str | None) -> FoundEmbed | None:
    text = block.text
    if len(text) < 600 and " " not in text and text.startswith(("http", "//")):
        embed = read_url_embed(text) or (read_url_embed(block.href) if block.href else None)
        return FoundEmbed(embed, block.index, block.index + 1) if embed else None
    if "@" not in text or ("(@" not in text and "（@" not in text):
        return None
    embed = read_flattened_post([text], language=language)
    if embed is not None:
        return FoundEmbed(embed, block.index, block.index + 1)
    if len(text) > 200:
        return None
    first = block.index
    while first > max(covered, block.index - _MAX_FLAT):
        before = blocks[first - 1]
        if (
            before.kind is not BlockKind.TEXT
            or before.heading
            or before.place.within & Within.LIST != block.place.within & Within.LIST
        ):
            break
        first -= 1
        embed = read_flattened_post([b.text for b in blocks[first : block.index + 1]], language=language)
        if embed is not None:
            return FoundEmbed(embed, first, block.index + 1)
    return None
