"""Plain aligned tables for the screen."""

from __future__ import annotations

from collections.abc import Sequence


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """
    Columns as wide as their widest cell; the first to the left, the others to the right.

    >>> print(table(["page", "ms"], [["a", "1.0"], ["bcd", "12.5"]]))
    page    ms
    a      1.0
    bcd   12.5
    """
    widths = [max(len(row[i]) for row in (head, *rows)) for i in range(len(head))]
    return "\n".join(
        "  ".join(
            cell.ljust(w) if i == 0 else cell.rjust(w) for i, (cell, w) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in (head, *rows)
    )


def number(value: float | None) -> str:
    """Three digits without the leading zero, as the tables print shares; a dash for nothing."""
    if value is None:
        return "–"
    text = f"{value:.3f}"
    return text[1:] if text.startswith("0.") else text
