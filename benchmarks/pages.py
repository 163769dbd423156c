"""The corpus: gzipped pages with their gold, hand labels and fold."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

SETS: Final = ("fundus", "scripts", "wcxb-article", "traf-eval", "wcxb-other")
"""In the order of the tables; other folders with a gold.jsonl come after them."""
LABEL_FILES: Final = ("structure", "quotes", "embeds")


@dataclass(frozen=True, slots=True)
class Page:
    """One saved page and all that is known about it."""

    set: str
    id: str
    path: Path
    url: str | None
    gold: Mapping[str, Any]
    fold: int | None = None
    labels: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """Hand labels by file: structure, quotes, embeds."""

    def read(self) -> bytes:
        """The bytes of the page."""
        with gzip.open(self.path) as file:
            return file.read()


def list_sets(corpus: Path) -> tuple[str, ...]:
    """The sets of a corpus folder, the known ones first."""
    present = sorted(path.parent.name for path in corpus.glob("*/gold.jsonl"))
    return tuple(sorted(present, key=lambda name: SETS.index(name) if name in SETS else len(SETS)))


def read_pages(corpus: Path, sets: Iterable[str], labels: Path | None = None) -> list[Page]:
    """All pages of these sets. Raises OSError where a set has no gold."""
    folds_path = corpus / "folds.json"
    folds = json.loads(folds_path.read_text(encoding="utf-8")) if folds_path.exists() else {}
    labelled = _read_labels(labels)
    return [
        Page(
            name,
            entry["id"],
            corpus / name / entry["page"],
            entry.get("url"),
            entry["gold"],
            folds.get(f"{name}/{entry['id']}"),
            labelled.get((name, entry["id"]), {}),
        )
        for name in sets
        for entry in _lines(corpus / name / "gold.jsonl")
    ]


def _read_labels(folder: Path | None) -> dict[tuple[str, str], dict[str, Mapping[str, Any]]]:
    found: dict[tuple[str, str], dict[str, Mapping[str, Any]]] = {}
    for name in LABEL_FILES if folder is not None else ():
        path = folder / f"{name}.jsonl"  # type: ignore[operator]
        for entry in _lines(path) if path.exists() else ():
            found.setdefault((entry["set"], entry["id"]), {})[name] = entry
    return found


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)
