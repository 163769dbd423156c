"""Teasers to records: one `Related` a story."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from article_extract.page import Block, Teaser
from article_extract.records import Related
from article_extract.text import squeeze
from article_extract.urls import absolute, path_key, without_tracking


def list_related(
    teasers: Sequence[Teaser],
    blocks: Sequence[Block],
    *,
    base_url: str | None,
    own_urls: Sequence[str | None],
    own_title: str | None,
    picture_of: Callable[[Block], str | None],
    read_date: Callable[[str], str | None],
) -> tuple[tuple[Related, ...], dict[int, int]]:
    """The stories offered, each once at its best place, and which teaser (index) became which record (index).

    A teaser of the page itself gives none; a story offered twice is the first announced one, inline before end before
    aside.
    """
    own = {path_key(absolute(u, base_url)) for u in own_urls if u}
    own_words = squeeze(own_title)
    order = sorted(
        range(len(teasers)),
        key=lambda i: (teasers[i].kind != "related", ("inline", "end", "aside").index(teasers[i].placement), i),
    )
    best: dict[str, int] = {}
    titles: dict[str, int] = {}
    same: dict[int, int] = {}
    for i in order:
        teaser = teasers[i]
        key = path_key(absolute(teaser.href, base_url)) or teaser.href
        words = squeeze(teaser.title)
        if key in own or (own_words and words == own_words):
            continue
        kept = best.get(key, titles.get(words))
        if kept is not None:
            same[i] = kept
            continue
        best[key] = titles[words] = i
        same[i] = i
    kept_in_order = sorted(set(same.values()))
    index_of = {i: n for n, i in enumerate(kept_in_order)}
    records = []
    for i in kept_in_order:
        teaser = teasers[i]
        url = absolute(teaser.href, base_url)
        text: Callable[[int | None], str | None] = lambda index: (  # noqa: E731 - read at once, in this turn of the loop
            " ".join(blocks[index].text.split()) if index is not None else None
        )
        records.append(
            Related(
                title=teaser.title,
                url=without_tracking(url) if url else None,
                summary=text(teaser.summary_block),
                section=text(teaser.section_block) or teaser.section,
                image=picture_of(blocks[teaser.image_block]) if teaser.image_block is not None else None,
                published=read_date(blocks[teaser.date_block].text) if teaser.date_block is not None else None,
                label=teaser.label,
                placement=teaser.placement,
                kind=teaser.kind,
            )
        )
    return tuple(records), {i: index_of[k] for i, k in same.items()}
