"""
How well the records of a page agree with its hand labels.

No other evaluation measures these, so the definitions are this project's own; the README of the labels says what was
labelled. Everything is counted over all pages together.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from benchmarks.figures import Counts, Formula, f1, precision, recall, share
from benchmarks.matching import (
    Record,
    begins,
    chrome_key,
    is_own_player,
    pair_up,
    place,
    same_embed,
    same_quote,
    same_speaker,
    same_story,
)
from benchmarks.metrics import item_texts, lines_of, name_of, overlap
from benchmarks.words import squeeze

RECORD_METRICS: Final[Mapping[str, tuple[str, Formula]]] = {
    "title": ("title", share),
    "lead": ("lead", share),
    "first": ("first", share),
    "last": ("last", share),
    "headings": ("headings", f1),
    "authors": ("authors", f1),
    "captions": ("captions", f1),
    "related": ("related", f1),
    "teasers": ("teasers", share),
    "inline_r": ("inline_r", share),
    "end_r": ("end_r", share),
    "aside_r": ("aside_r", share),
    "leak": ("leak", share),
    "clean": ("clean", share),
    "kinds": ("kinds", share),
    "embeds": ("embeds", f1),
    "embeds_more": ("embeds_more", f1),
    "embeds_p": ("embeds_more", precision),
    "embeds_r": ("embeds_more", recall),
    "quotes": ("quotes", f1),
    "quotes_p": ("quotes", precision),
    "quotes_r": ("quotes", recall),
    "speaker": ("speaker", share),
    "look_alikes": ("look_alikes", share),
}
"""Name of each metric, the counts of a page it is made of, and how."""
LESS_IS_BETTER: Final = frozenset({"leak", "look_alikes"})

_TEXT_TYPES: Final = ("paragraph", "heading", "quote", "list", "table", "code")
_PLACEMENTS: Final = ("inline", "end", "aside")
_FITTING: Final[Mapping[str, frozenset[str]]] = {
    label: frozenset(kinds.split())
    for label, kinds in {
        "share": "share",
        "see_also": "see_also_label recirculation",
        "related": "see_also_label recirculation",
        "newsletter": "newsletter subscribe",
        "subscribe": "subscribe newsletter login",
        "ad": "ad",
        "placeholder": "placeholder consent",
        "comments": "comments",
        "byline": "byline",
        "date": "date",
        "tags": "tags breadcrumb",
        "caption": "caption",
        "player": "player",
        "audio": "player",
        "disclaimer": "disclaimer legal",
        "toc": "toc",
    }.items()
}
"""For each labelled kind of chrome, the kinds of `removed` that say the same."""


def structure_counts(label: Record, article: Record) -> dict[str, Counts]:
    """What one page of structure.jsonl counts for each metric that it can measure."""
    counts = _boundaries(label, article) | _records(label, article)
    counts["kinds"] = _kinds(label, article)
    counts |= _related(label.get("related") or (), article.get("related") or ())
    counts["embeds"] = embed_counts(label.get("embeds") or (), article)
    return {name: count for name, count in counts.items() if any(count)}


def embed_counts(labels: Sequence[Record], article: Record) -> Counts:
    """(right, wrong, missed) embeds by provider and id, address or text; own players are never wrong."""
    pairs, rest = pair_up(labels, article.get("embeds") or (), same_embed)
    right = sum(record is not None for _, record in pairs)
    return right, sum(not is_own_player(r) for r in rest), len(pairs) - right


def quote_counts(label: Record, article: Record) -> dict[str, Counts]:
    """What one page of quotes.jsonl counts: quotes by their words, speakers of those found, look-alikes taken in."""
    found = [quote for quote in article.get("quotes") or () if quote.get("kind") != "pull"]
    pairs, rest = pair_up(label["quotes"], found, same_quote)
    matched = [(want, got) for want, got in pairs if got is not None]
    named = [(want, got) for want, got in matched if want.get("speaker")]
    keys = {squeeze(quote.get("text")) for quote in found}
    look_alikes = label.get("non_quotes") or ()
    return {
        "quotes": (len(matched), len(rest), len(pairs) - len(matched)),
        "speaker": (sum(same_speaker(want, got) for want, got in named), len(named)),
        "look_alikes": (sum(squeeze(n["text"]) in keys for n in look_alikes), len(look_alikes)),
    }


def text_blocks(article: Record, *, headings: bool = True) -> list[str]:
    """Texts of the body: a list gives its items, a table its cells; the lines of the text where there is no body."""
    found: list[str] = []
    for block in article.get("body") or ():
        if block.get("type") not in _TEXT_TYPES or (block["type"] == "heading" and not headings):
            continue
        if block.get("items"):
            found += item_texts(block["items"])
        elif block.get("rows"):
            found += [str(cell) for row in block["rows"] for cell in row]
        elif block.get("text"):
            found.append(block["text"])
    return found or lines_of(article)


def _boundaries(label: Record, article: Record) -> dict[str, Counts]:
    """
    Title and lead; whether the body begins and ends where the labels say; chrome that stands in it.

    A page is clean when it has the first and the last paragraph, wherever, and no labelled chrome.
    """
    lead = squeeze(article.get("lead"))
    blocks = [text for text in text_blocks(article, headings=False) if squeeze(text) != lead]
    first, last = label.get("first_paragraph"), label.get("last_paragraph")
    leaked, labelled = _leaks(label, article)
    counts: dict[str, Counts] = {"leak": (leaked, labelled)}
    if label.get("title"):
        counts["title"] = (float(squeeze(label["title"]) == squeeze(article.get("title"))), 1)
    if label.get("lead"):
        counts["lead"] = (float(begins(label["lead"], article.get("lead"))), 1)
    if first:
        counts["first"] = (float(bool(blocks) and begins(first, blocks[0])), 1)
    if last:
        counts["last"] = (float(bool(blocks) and begins(last, blocks[-1])), 1)
    whole = all(_stands_in(text, blocks) for text in (first, last) if text)
    counts["clean"] = (float(whole and not leaked), 1)
    return counts


def _stands_in(label: str, blocks: Iterable[str]) -> bool:
    key = squeeze(label.rstrip("…"))[:60]
    return any(begins(label, block) or key in squeeze(block) for block in blocks)


def _chrome(label: Record) -> list[tuple[str, str]]:
    """(key, kind) of the labelled chrome; scraps of one or two letters tell nothing."""
    entries = (*(label.get("chrome_in_flow") or ()), *(label.get("chrome_after") or ()))
    return [(key, entry.get("kind") or "") for entry in entries if len(key := chrome_key(entry.get("text"))) >= 3]


def _leaks(label: Record, article: Record) -> tuple[int, int]:
    """(leaked, labelled) chrome. What the story says too does not count; short strings leak as whole blocks only."""
    story = (
        label.get("lead"),
        label.get("title"),
        *(label.get("headings") or ()),
        label.get("first_paragraph"),
        label.get("last_paragraph"),
    )
    quoted = (quote["text"] for quote in label.get("block_quotes") or ())
    content = squeeze(" ".join(filter(None, (*story, *quoted))))
    keys = [key for key, _ in _chrome(label) if key not in content]
    places = {squeeze(text) for text in (*text_blocks(article), *lines_of(article), article.get("lead"))}
    leaked = sum(key in places or (len(key) >= 40 and any(key in text for text in places)) for key in keys)
    return leaked, len(keys)


def _records(label: Record, article: Record) -> dict[str, Counts]:
    """(right, wrong, missed) headings, authors and captions."""
    body = article.get("body") or ()
    headings = [block.get("text") for block in body if block.get("type") == "heading"]
    authors = [name_of(author) for author in article.get("authors") or ()]
    images = [block for block in body if block.get("type") == "image"] + [article.get("image") or {}]
    captions = {squeeze(image["caption"]): image["caption"] for image in images if image.get("caption")}.values()
    wanted = [image["caption"] for image in label.get("images") or () if image.get("caption")]
    right = sum(any(begins(want, got) for got in captions) for want in wanted)
    wrong = sum(not any(begins(want, got) for want in wanted) for got in captions)
    return {
        "headings": overlap(_keys(label.get("headings") or ()), _keys(headings)),
        "authors": overlap(_keys(label.get("authors") or ()), _keys(authors)),
        "captions": (right, wrong, len(wanted) - right),
    }


def _keys(texts: Iterable[str | None]) -> list[str]:
    return [key for text in texts if (key := squeeze(text))]


def _kinds(label: Record, article: Record) -> Counts:
    """(right, all) labelled chrome that is in `removed` under a fitting kind or in the record that it belongs to."""
    removed = [(squeeze(entry.get("text")), entry.get("kind")) for entry in article.get("removed") or ()]
    pictures = [*(article.get("body") or ()), article.get("image") or {}]
    teasers = [
        story.get(key) for story in article.get("related") or () for key in ("title", "summary", "section", "label")
    ]
    owners: dict[str, list[Any]] = {
        "caption": [picture.get(key) for picture in pictures for key in ("caption", "credit", "alt")],
        "related": teasers,
        "see_also": teasers,
        "byline": [name_of(author) for author in article.get("authors") or ()],
        "date": [article.get("published_raw"), article.get("modified_raw")],
        "tags": [*(article.get("tags") or ()), article.get("section")],
    }
    owned = {kind: _keys(texts) for kind, texts in owners.items()}
    right = labelled = 0
    for key, kind in _chrome(label):
        if kind in _FITTING:
            labelled += 1
            found = {name for text, name in removed if key == text or (len(key) >= 8 and key in text)}
            right += any(key in text for text in owned.get(kind, ())) or not found.isdisjoint(_FITTING[kind])
    return right, labelled


def _related(labels: Sequence[Record], found: Sequence[Record]) -> dict[str, Counts]:
    """
    Stories announced as related; teasers of any kind that are there at all; related ones at their placement.

    A feed's teaser that is called related counts as wrong.
    """
    pairs, rest = pair_up(_once_each(labels), found, same_story)
    related = [(want, got) for want, got in pairs if want["kind"] == "related"]
    right = sum(_is_related(got) for _, got in related)
    wrong = sum(map(_is_related, rest)) + sum(_is_related(got) for want, got in pairs if want["kind"] != "related")
    counts: dict[str, Counts] = {
        "related": (right, wrong, len(related) - right),
        "teasers": (sum(got is not None for _, got in pairs), len(pairs)),
    }
    for placement in _PLACEMENTS:
        mine = [got for want, got in related if want["placement"] == placement]
        there = sum(got is not None and _is_related(got) and got.get("placement") == placement for got in mine)
        counts[f"{placement}_r"] = (there, len(mine))
    return counts


def _is_related(found: Record | None) -> bool:
    return found is not None and found.get("kind", "related") == "related"


def _once_each(labels: Sequence[Record]) -> list[Record]:
    """A story labelled twice, once: as related rather than recirculation, then at its best place."""
    kept: dict[str, Record] = {}
    for story in sorted(labels, key=lambda s: _PLACEMENTS.index(s["placement"])):
        key = place(story.get("url")) or squeeze(story["title"])
        if key in kept and story["kind"] == "related" and kept[key]["kind"] != "related":
            del kept[key]
        kept.setdefault(key, story)
    return list(kept.values())
