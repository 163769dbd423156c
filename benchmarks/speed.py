"""
How long extractors take for a page, beside lxml's parse of the same bytes.

All take turns on each page, after a warm-up, several rounds; the best round of each page counts, in processor time, so
that what else runs on the machine matters little. Ratios are only taken within one run.
"""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from time import process_time
from typing import Any, Final

from lxml import etree

from article_extract import pipeline
from article_extract.options import Options
from benchmarks.pages import Page
from benchmarks.peers import OURS, Source, adapter
from benchmarks.tables import table

PARSE: Final = "lxml parse"
TITLE_AND_TEXT: Final = f"{OURS}, title and text"
STAGES: Final = (
    "decode",
    "parse",
    "read_claims",
    "settle",
    "segment",
    "settle_language",
    "list_embeds",
    "classify",
    "list_media",
    "list_related",
    "assemble",
    "read_visible",
    "list_quotes",
)
"""Functions of the pipeline that are timed one by one, in their order; `parse` holds libxml2's parse."""
_WARM_UP: Final = 3

Runner = Callable[[Source], object]


@dataclass(frozen=True, slots=True)
class Timing:
    """Milliseconds a page."""

    median: float
    mean: float
    ratio: float
    """Of all pages' time, to lxml's parse of them."""
    median_ratio: float
    """Median of the pages' own ratios."""


def lxml_versions() -> str:
    """The parser that is the yardstick."""
    return f"lxml {etree.__version__}, libxml2 {'.'.join(map(str, etree.LIBXML_VERSION))}"


def time_pages(pages: Sequence[Page], peers: Sequence[str], *, rounds: int = 3) -> dict[str, dict[str, Timing]]:
    """By set (and `all` where there are several): the parse, this library, its stages, the peers."""
    runners = _runners(peers)
    sources = [Source.of(page.read(), page.url) for page in pages]
    for source in sources[:_WARM_UP]:
        for run in (*runners.values(), _timed_stages):
            _safely(run, source)
    times: dict[str, list[float]] = {}
    for source in sources:
        best: dict[str, float] = {}
        for _ in range(rounds):
            for name, run in runners.items():
                began = process_time()
                _safely(run, source)
                best[name] = min(best.get(name, float("inf")), process_time() - began)
            for name, seconds in _timed_stages(source).items():
                best[f"  {name}"] = min(best.get(f"  {name}", float("inf")), seconds)
        for name, seconds in best.items():
            times.setdefault(name, []).append(seconds * 1000)
    sets = dict.fromkeys(page.set for page in pages)
    groups: dict[str, Sequence[int]] = {name: [i for i, page in enumerate(pages) if page.set == name] for name in sets}
    if len(groups) > 1:
        groups["all"] = range(len(pages))
    return {
        group: {name: _timing(ms, times[PARSE], chosen) for name, ms in times.items()}
        for group, chosen in groups.items()
    }


def _runners(peers: Sequence[str]) -> dict[str, Runner]:
    fields = Options(fields=frozenset({"title", "text"}))
    return {
        PARSE: lambda source: etree.fromstring(source.content, etree.HTMLParser()),
        OURS: lambda source: pipeline.extract(source.content, url=source.url),
        TITLE_AND_TEXT: lambda source: pipeline.extract(source.content, url=source.url, options=fields),
        **{name: adapter(name) for name in peers},
    }


def _safely(run: Runner, source: Source) -> None:
    try:
        run(source)
    except Exception:  # failures are accuracy's business
        return


def _timed_stages(source: Source) -> dict[str, float]:
    """Seconds that one extraction spends in each stage."""
    with _clocked(STAGES) as spent:
        pipeline.extract(source.content, url=source.url)
    return spent


@contextmanager
def _clocked(names: Sequence[str]) -> Iterator[dict[str, float]]:
    """Time the calls of these functions of the pipeline while the block runs; names it does not have are left out."""
    originals = {name: vars(pipeline)[name] for name in names if name in vars(pipeline)}
    spent = dict.fromkeys(originals, 0.0)

    def clocked(name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        def run(*args: Any, **kwargs: Any) -> Any:
            began = process_time()
            try:
                return function(*args, **kwargs)
            finally:
                spent[name] += process_time() - began

        return run

    for name, function in originals.items():
        setattr(pipeline, name, clocked(name, function))
    try:
        yield spent
    finally:
        for name, function in originals.items():
            setattr(pipeline, name, function)


def _timing(ms: Sequence[float], parse_ms: Sequence[float], chosen: Sequence[int]) -> Timing:
    mine, yardstick = [ms[i] for i in chosen], [max(parse_ms[i], 1e-6) for i in chosen]
    ratios = [a / b for a, b in zip(mine, yardstick, strict=True)]
    return Timing(statistics.median(mine), statistics.mean(mine), sum(mine) / sum(yardstick), statistics.median(ratios))


def spread(pages: Sequence[Page], count: int | None) -> list[Page]:
    """So many pages of each set, evenly over the set; all of them for None."""
    chosen: list[Page] = []
    for name in dict.fromkeys(page.set for page in pages):
        mine = [page for page in pages if page.set == name]
        step = max(1, len(mine) // count) if count else 1
        chosen += mine[::step][:count]
    return chosen


def tables(timings: dict[str, dict[str, Timing]], pages: Sequence[Page]) -> str:
    """A table for each set; stages are set in under this library's own time."""
    parts = []
    for group, rows in timings.items():
        count = sum(group in (page.set, "all") for page in pages)
        head = [f"{group} ({count} pages)", "median ms", "mean ms", "× parse", "× parse, median"]
        names = sorted(rows, key=lambda n: 1 if n == OURS else 2 if n.startswith("  ") else 0 if n == PARSE else 3)
        cells = [
            [n, f"{rows[n].median:.2f}", f"{rows[n].mean:.2f}", f"{rows[n].ratio:.2f}", f"{rows[n].median_ratio:.2f}"]
            for n in names
        ]
        parts.append(table(head, cells))
    return "\n\n".join(parts)
