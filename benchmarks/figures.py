"""
From pages to figures: every metric is a formula of counts summed over pages.

A page gives a metric its counts, a tuple of numbers; a set's figure is the formula applied to their sum. So a mean,
an F1 of pooled counts and an F1 of two averages all get their standard error the same way, from leaving each page
out in turn (the jackknife; for a mean it is exactly the deviation over the root of the number of pages).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt

Counts = tuple[float, ...]
Formula = Callable[[Counts], float | None]


@dataclass(frozen=True, slots=True)
class Figure:
    """What one metric says about a set of pages."""

    value: float
    se: float
    """Standard error: how far the value would move with other pages of the same sort."""
    pages: int
    """Pages that had something to measure."""


def share(counts: Counts) -> float | None:
    """Of (part, whole): part / whole; a mean when every page gives (value, 1)."""
    part, whole = counts
    return part / whole if whole else None


def f1(counts: Counts) -> float | None:
    """Of pooled (right, wrong, missed): the harmonic mean of precision and recall."""
    right, wrong, missed = counts
    return 2 * right / (2 * right + wrong + missed) if right + wrong + missed else None


def precision(counts: Counts) -> float | None:
    """Of pooled (right, wrong, missed): share of what was found that is right."""
    return share((counts[0], counts[0] + counts[1]))


def recall(counts: Counts) -> float | None:
    """Of pooled (right, wrong, missed): share of what there was that was found."""
    return share((counts[0], counts[0] + counts[2]))


def f1_of_means(counts: Counts) -> float | None:
    """Of (precision, pages with one, recall, pages with one): F1 of the two averages."""
    p, r = share(counts[:2]), share(counts[2:])
    if p is None or r is None:
        return None
    return 2 * p * r / (p + r) if p + r else 0.0


def balanced(counts: Counts) -> float | None:
    """Of (right, all) of one class and (right, all) of the other: the mean of the two shares."""
    one, other = share(counts[:2]), share(counts[2:])
    return None if one is None or other is None else (one + other) / 2


def measure(rows: Sequence[Counts], formula: Formula) -> Figure | None:
    """A formula over pages, with its standard error; None where no page has anything to measure."""
    rows = [row for row in rows if any(row)]
    if not rows:
        return None
    total = tuple(map(sum, zip(*rows, strict=True)))
    value = formula(total)
    if value is None:
        return None
    without = [formula(tuple(t - x for t, x in zip(total, row, strict=True))) for row in rows]
    known = [v for v in without if v is not None]
    if len(known) < 2:
        return Figure(value, 0.0, len(rows))
    middle = sum(known) / len(known)
    spread = sum((v - middle) ** 2 for v in known)
    return Figure(value, sqrt(spread * (len(known) - 1) / len(known)), len(rows))


def summarise(pages: Iterable[Mapping[str, Counts]], formulas: Mapping[str, tuple[str, Formula]]) -> dict[str, Figure]:
    """Figures of a set: for each metric, the counts it reads from a page and its formula."""
    pages = list(pages)
    figures = {name: measure([p[key] for p in pages if key in p], formula) for name, (key, formula) in formulas.items()}
    return {name: figure for name, figure in figures.items() if figure is not None}
