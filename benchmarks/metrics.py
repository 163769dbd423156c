"""
How well the text and the metadata of a page agree with its gold.

Articles are compared in their dict form (`Article.to_dict()`); one that holds nothing but `text` can be measured
too, so every extractor can. The definitions are those of the evaluations that made them known, with one extension:
tokens are counted for every script (see `words.py`), where theirs know only words between spaces.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import Any, Final

from benchmarks.figures import Counts, Formula, f1, f1_of_means, share
from benchmarks.words import squeeze, tokens

TEXT_METRICS: Final[Mapping[str, tuple[str, Formula]]] = {
    "f1": ("shingles", f1_of_means),
    "p": ("shingles", lambda c: share(c[:2])),
    "r": ("shingles", lambda c: share(c[2:])),
    "exact": ("exact", share),
    "word_f1": ("word_f1", share),
    "snip_f1": ("snippets", f1),
    "with": ("with", share),
    "without": ("without", share),
    "para_f1": ("para_f1", share),
    "title": ("title", share),
    "lead": ("lead", share),
    "authors": ("authors", share),
    "published": ("published", share),
}
"""Name of each metric, the counts of a page it is made of, and how."""
_PARAGRAPH_TYPES: Final = ("paragraph", "quote", "list", "heading")


def overlap(gold: Iterable[Hashable], found: Iterable[Hashable]) -> tuple[int, int, int]:
    """Members of two bags: (in both, only found, only gold)."""
    a, b = Counter(gold), Counter(found)
    both = (a & b).total()
    return both, b.total() - both, a.total() - both


def shingles(text: str | None, size: int = 4) -> list[tuple[str, ...]]:
    """Runs of four tokens; a shorter text is one run."""
    words = tokens(text)
    return [tuple(words[i : i + size]) for i in range(max(1, len(words) - size + 1))] if words else []


def shingle_counts(gold: str | None, found: str | None) -> Counts:
    """
    Precision and recall of 4-token shingles, each with 1, or with 0 where the page has none to divide by.

    Averaged over pages apart, then joined to F1: the definition of the Zyte article-extraction-benchmark.
    """
    both, only_found, only_gold = overlap(shingles(gold), shingles(found))
    has_found, has_gold = both + only_found, both + only_gold
    return (
        (both / has_found, 1, both / has_gold if has_gold else 0, int(has_gold > 0))
        if has_found
        else (0, 0, 0, int(has_gold > 0))
    )


def word_f1(gold: str | None, found: str | None) -> float:
    """F1 of the bags of lower-case tokens, averaged over pages: the definition of WCXB."""
    counts = overlap((t.lower() for t in tokens(gold)), (t.lower() for t in tokens(found)))
    return (f1(counts) or 0.0) if any(counts) else 1.0


def snippet_counts(wanted: Sequence[str], unwanted: Sequence[str], text: str | None) -> dict[str, Counts]:
    """
    Short pieces of the page that must and must not stand in the text.

    Pooled over pages to one F1 as trafilatura's evaluation does; `with` and `without` are WCXB's averages over pages.
    """
    key = squeeze(text)
    kept = sum(squeeze(s) in key for s in wanted)
    leaked = sum(squeeze(s) in key for s in unwanted)
    counts: dict[str, Counts] = {"snippets": (kept, leaked, len(wanted) - kept)}
    if wanted:
        counts["with"] = (kept / len(wanted), 1)
    if unwanted:
        counts["without"] = (1 - leaked / len(unwanted), 1)
    return counts


def names_f1(gold: Iterable[str], found: Iterable[Any]) -> float | None:
    """F1 of the people named, each as the set of its words; None where gold names nobody."""
    want = {_name_key(name) for name in gold}
    return f1(overlap(want, {_name_key(name_of(person)) for person in found})) if want else None


def _name_key(name: str) -> frozenset[str]:
    return frozenset(map(squeeze, tokens(name)))


def name_of(person: Any) -> str:
    """The name of an author or a speaker: a string, or a dict with a `name`."""
    if isinstance(person, str):
        return person
    if isinstance(person, Mapping):
        return person.get("name") or ""
    return " ".join(map(str, person or ()))


def item_texts(items: Sequence[Any]) -> list[str]:
    """The texts of a list block's items."""
    return [item if isinstance(item, str) else item.get("text", "") for item in items]


def lines_of(article: Mapping[str, Any]) -> list[str]:
    """Lines of the plain text that hold anything."""
    return [line for line in re.split(r"\n+", article.get("text") or "") if line.strip()]


def paragraphs(article: Mapping[str, Any]) -> list[str]:
    """Paragraphs, headings, quotes and list items of the body; the lines of the text where there is no body."""
    found: list[str] = []
    for block in article.get("body") or ():
        if block.get("type") in _PARAGRAPH_TYPES and block.get("text"):
            found += item_texts(block["items"]) if block["type"] == "list" and block.get("items") else [block["text"]]
    return found or lines_of(article)


def paragraph_f1(gold: Mapping[str, Any], article: Mapping[str, Any]) -> float | None:
    """
    F1 of lead, headings and paragraphs as whole strings (fundus measures its own pages paragraph by paragraph too).

    The article's lead counts with its paragraphs: parts of a lead that are right one by one are right, and a lead that
    is not among the first paragraphs is one string more.
    """
    lead_parts = list(gold.get("lead") or ())
    found, lead = paragraphs(article), squeeze(article.get("lead"))
    if lead and lead == squeeze(" ".join(lead_parts)):
        found = lead_parts + found
    elif lead and lead not in map(squeeze, found[:3]):
        found = [article["lead"], *found]
    want = lead_parts + [text for s in gold["sections"] for text in (*s["heading"], *s["paragraphs"])]
    keys = [key for text in want if (key := squeeze(text))]
    return f1(overlap(keys, [key for text in found if (key := squeeze(text))])) if keys else None


def text_counts(gold: Mapping[str, Any], article: Mapping[str, Any]) -> dict[str, Counts]:
    """
    What one page counts for each metric of `TEXT_METRICS`; metrics that its gold cannot measure are left out.

    Title and lead agree as whole strings, a date by its day.
    """
    text = article.get("text") or ""
    counts = snippet_counts(gold.get("with") or (), gold.get("without") or (), text)
    scores: dict[str, float | None] = {}
    if gold.get("text"):
        counts["shingles"] = shingle_counts(gold["text"], text)
        scores["exact"] = float(tokens(gold["text"]) == tokens(text))
        scores["word_f1"] = word_f1(gold["text"], text)
    if gold.get("sections"):
        scores["para_f1"] = paragraph_f1(gold, article)
    if gold.get("title"):
        scores["title"] = float(squeeze(gold["title"]) == squeeze(article.get("title")))
    if gold.get("lead"):
        scores["lead"] = float(squeeze(" ".join(gold["lead"])) == squeeze(article.get("lead")))
    if gold.get("authors"):
        scores["authors"] = names_f1(gold["authors"], article.get("authors") or ())
    if gold.get("published"):
        scores["published"] = float(str(gold["published"])[:10] == str(article.get("published") or "")[:10])
    return counts | {name: (value, 1.0) for name, value in scores.items() if value is not None}
