"""Run extractors over a corpus and measure what they find."""

from __future__ import annotations

import json
import logging
import os
import signal
import sys
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing import get_context
from pathlib import Path
from typing import Any, Final, TextIO

from article_extract.options import Options
from benchmarks.figures import Counts, Figure, Formula, balanced, summarise
from benchmarks.metrics import TEXT_METRICS, text_counts
from benchmarks.models import fold_model
from benchmarks.pages import Page
from benchmarks.peers import OURS, Source, adapter
from benchmarks.record_metrics import RECORD_METRICS, embed_counts, quote_counts, structure_counts
from benchmarks.tables import number, table

LABELS: Final = "labels"
"""The group of the labelled pages in the tables, beside the corpus sets."""
KINDS: Final = "kinds"
"""The group that tells articles from other pages."""
KIND_METRICS: Final[Mapping[str, tuple[str, Formula]]] = {"article_or_not": ("kind", balanced)}
_ARTICLE_SETS: Final = {"wcxb-article": True, "wcxb-other": False}
_ARTICLE_KINDS: Final = frozenset({"article", "opinion", "liveblog"})
_SECONDS: Final = 60
"""What one extractor may take for one page; then it has found nothing."""

_COLUMNS: Final = 13
"""Metrics of a table; those of a group that has more go into a second one."""

Figures = dict[str, dict[str, Figure]]
"""By group (a set, `labels`, `kinds`) and metric."""


@dataclass(frozen=True, slots=True)
class Measured:
    """What one extractor made of one page, in counts by group."""

    set: str
    id: str
    fold: int | None
    tool: str
    counts: Mapping[str, Mapping[str, Counts]]
    article: str | None = None
    """The record as JSON, where predictions are kept."""
    error: str | None = None


@dataclass(frozen=True, slots=True)
class Run:
    """Every page by every extractor."""

    rows: list[Measured] = field(default_factory=list)

    def tools(self) -> list[str]:
        """Names of the extractors, in the order they ran."""
        return list(dict.fromkeys(row.tool for row in self.rows))

    def figures(self, tool: str, folds: Sequence[int] | None = None) -> Figures:
        """Figures of one extractor, over all pages or those of some folds."""
        rows = [r for r in self.rows if r.tool == tool and (folds is None or r.fold in folds)]
        present = dict.fromkeys(group for row in rows for group in row.counts)
        groups = sorted(present, key=lambda group: group in (LABELS, KINDS))
        found = {
            group: summarise([r.counts[group] for r in rows if group in r.counts], metrics_of(group))
            for group in groups
        }
        return {group: figures for group, figures in found.items() if figures}

    def folds(self) -> list[int]:
        """Numbers of the folds."""
        return sorted({row.fold for row in self.rows if row.fold is not None})

    def errors(self) -> dict[str, list[str]]:
        """By extractor, the pages that it failed on and why."""
        found: dict[str, list[str]] = {}
        for row in self.rows:
            if row.error:
                found.setdefault(row.tool, []).append(f"{row.set}/{row.id}: {row.error}")
        return found


def metrics_of(group: str) -> Mapping[str, tuple[str, Formula]]:
    """The metrics that a group is measured by."""
    return {LABELS: RECORD_METRICS, KINDS: KIND_METRICS}.get(group, TEXT_METRICS)


def page_counts(page: Page, article: Mapping[str, Any]) -> dict[str, dict[str, Counts]]:
    """All that one page counts: against its gold, its labels, its kind."""
    counts = {page.set: text_counts(page.gold, article)}
    labelled: dict[str, Counts] = {}
    if (label := page.labels.get("structure")) is not None:
        labelled |= structure_counts(label, article)
    if (label := page.labels.get("quotes")) is not None:
        labelled |= quote_counts(label, article)
    if (label := page.labels.get("embeds")) is not None:
        labelled["embeds_more"] = embed_counts(label["embeds"], article)
    if labelled:
        counts[LABELS] = labelled
    if page.set in _ARTICLE_SETS and "kind" in article:
        is_article = _ARTICLE_SETS[page.set]
        right = float((article["kind"] in _ARTICLE_KINDS) is is_article)
        counts[KINDS] = {"kind": (right, 1, 0, 0) if is_article else (0, 0, right, 1)}
    return counts


@dataclass(frozen=True, slots=True)
class _Job:
    page: Page
    tools: Sequence[str]
    model: Path | None
    keep: bool


def measure_pages(
    pages: Sequence[Page],
    tools: Sequence[str] = (OURS,),
    *,
    models: Path | None = None,
    keep: TextIO | None = None,
    workers: int | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Run:
    """
    Run extractors over pages in a pool of processes.

    With `models`, ours runs by the weights that never saw a page's fold. `keep` gets a line a page: our records.
    """
    jobs = [
        _Job(p, tools, fold_model(models, p.fold) if models and p.fold is not None else None, keep is not None)
        for p in pages
    ]
    run = Run()
    with ProcessPoolExecutor(workers or os.cpu_count(), get_context("spawn"), _be_quiet) as pool:
        for done, rows in enumerate(pool.map(_measure, jobs, chunksize=4), start=1):
            run.rows.extend(rows)
            for row in rows:
                if keep is not None and row.article is not None:
                    keep.write(row.article + "\n")
            if progress is not None:
                progress(done, len(jobs))
    return run


def show_progress(done: int, total: int) -> None:
    """A counter on standard error, where a person reads it."""
    if sys.stderr.isatty():
        print(f"\r{done} of {total} pages", end="\n" if done == total else "", file=sys.stderr, flush=True)


def _be_quiet() -> None:
    """Extractors talk about what they find odd; thousands of pages are no place for it."""
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")


def _measure(job: _Job) -> list[Measured]:
    page = job.page
    source = Source.of(page.read(), page.url, Options(model=job.model))
    rows = []
    for tool in job.tools:
        article: dict[str, Any] = {}
        error = None
        try:
            with _time_limit(_SECONDS):
                article = adapter(tool)(source)
        except Exception as failure:  # an extractor that fails has found nothing
            error = " ".join(f"{type(failure).__name__}: {failure}".split())[:200]
        kept = None
        if job.keep and tool == OURS:
            kept = json.dumps(
                {"set": page.set, "id": page.id, **({"error": error} if error else {"article": article})},
                ensure_ascii=False,
            )
        rows.append(Measured(page.set, page.id, page.fold, tool, page_counts(page, article), kept, error))
    return rows


@contextmanager
def _time_limit(seconds: int) -> Iterator[None]:
    """Raise TimeoutError after so many seconds, where the system has alarms."""
    if not hasattr(signal, "SIGALRM"):
        yield
        return

    def ring(*_: object) -> None:
        raise TimeoutError(f"took more than {seconds} s")

    before = signal.signal(signal.SIGALRM, ring)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def tables(run: Run, *, by_fold: bool = False) -> str:
    """For each group a table of extractors, ours with its standard errors; then, out of fold, ours by fold."""
    every = {tool: run.figures(tool) for tool in run.tools()}
    rows: list[tuple[str, Figures, str]] = []
    for tool, figures in every.items():
        rows.append((tool, figures, "value"))
        if tool == OURS:
            rows.append(("  ± standard error", figures, "se"))
    rows += [(f"  {name}", figures, "value") for name, figures in _by_fold(run).items() if by_fold]
    parts = []
    for group in dict.fromkeys(group for figures in every.values() for group in figures):
        pages = len({(row.set, row.id) for row in run.rows if group in row.counts})
        shown = [name for name in metrics_of(group) if any(name in f.get(group, {}) for f in every.values())]
        for columns in (shown[i : i + _COLUMNS] for i in range(0, len(shown), _COLUMNS)):
            cells = [
                [label, *(number(getattr(f[group][name], part) if name in f[group] else None) for name in columns)]
                for label, f, part in rows
                if group in f
            ]
            parts.append(table([f"{group} ({pages} pages)", *columns], cells))
    return "\n\n".join(parts)


def _by_fold(run: Run) -> dict[str, Figures]:
    """Ours for each fold alone, and for all but the last, which is looked at least."""
    folds = run.folds()
    found = {f"fold {number}": run.figures(OURS, [number]) for number in folds}
    if len(folds) > 2:
        found[f"folds {folds[0]}-{folds[-2]}"] = run.figures(OURS, folds[:-1])
    return found


def report(run: Run, *, by_fold: bool = False) -> dict[str, Any]:
    """The figures as JSON values: overall, out of fold also by fold, and what failed."""
    return {
        "overall": {tool: _plain(run.figures(tool)) for tool in run.tools()},
        "by_fold": {name: _plain(figures) for name, figures in _by_fold(run).items()} if by_fold else {},
        "errors": run.errors(),
    }


def _plain(figures: Figures) -> dict[str, dict[str, dict[str, float | int]]]:
    return {
        group: {name: {"value": round(f.value, 5), "se": round(f.se, 5), "pages": f.pages} for name, f in rows.items()}
        for group, rows in figures.items()
    }
