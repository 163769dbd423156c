"""Label blocks by gold text: is a block part of the article?"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from article_extract.options import Options
from article_extract.page import Label
from article_extract.pipeline import read_scene
from article_extract.stages.classify.features import candidates, read_features
from article_extract.text import squeeze

SETS = {"wcxb-article": 1.0, "fundus": 6.0, "scripts": 6.0}
"""Sets with gold text, and what a block of theirs weighs: the web's own gold is noisy, above all on long pages."""
_SHORT = 20
_WINDOW = 12


class Gold:
    """The gold text of one page, ready to compare blocks with."""

    def __init__(self, gold: Mapping[str, Any], label: Mapping[str, Any] | None) -> None:
        text = gold["text"]
        lead = "\n".join(gold.get("lead") or ())
        self.whole = squeeze(lead + text)
        self.lines = {squeeze(line) for line in f"{lead}\n{text}".split("\n")} - {""}
        self.windows = {self.whole[i : i + _WINDOW] for i in range(max(1, len(self.whole) - _WINDOW + 1))}
        self.chrome: set[str] = set()
        self.content: set[str] = set()
        if label is not None:
            for entry in (*(label.get("chrome_in_flow") or ()), *(label.get("chrome_after") or ())):
                key = squeeze((entry.get("text") or "").rstrip("…").split(" … ")[0])
                if len(key) > 2:
                    self.chrome.add(key)
            for key in (
                label.get("lead"),
                label.get("first_paragraph"),
                label.get("last_paragraph"),
                *(label.get("headings") or ()),
            ):
                if key:
                    self.content.add(squeeze(key.rstrip("…"))[:60])

    def is_article(self, text: str) -> bool | None:
        """Whether a block's text is the article's; None where the gold leaves it open."""
        key = squeeze(text)
        if not key:
            return None
        if any(key.startswith(c) for c in self.content if c):
            return True
        if key in self.chrome or any(len(c) >= 30 and key.startswith(c) for c in self.chrome):
            return False
        if len(key) < _SHORT:
            return key in self.lines
        if key in self.whole:
            return True
        grams = [key[i : i + _WINDOW] for i in range(0, len(key) - _WINDOW + 1, 3)]
        share = sum(g in self.windows for g in grams) / max(1, len(grams))
        return True if share > 0.75 else False if share < 0.3 else None


NOT_ARTICLES = "wcxb-other"
"""Pages with gold text that are no articles."""


def read_gold(corpus: Path, name: str) -> Iterator[dict[str, Any]]:
    """The gold lines of one set."""
    with (corpus / name / "gold.jsonl").open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def read_labels(corpus: Path) -> dict[tuple[str, str], dict[str, Any]]:
    """Hand labels beside the corpus, by set and id; empty where there are none."""
    path = corpus.parent / "labels" / "structure.jsonl"
    if not path.exists():
        return {}
    rows = (json.loads(line) for line in path.open(encoding="utf-8"))
    return {(row["set"], row["id"]): row for row in rows}


def page_rows(
    corpus: Path, name: str, entry: Mapping[str, Any], label: Mapping[str, Any] | None
) -> list[tuple[list[float], int, float]]:
    """Features, label and weight of every block of one page that the rules leave to the model."""
    with gzip.open(corpus / name / entry["page"]) as file:
        content = file.read()
    scene = read_scene(content, url=entry.get("url"), options=Options())
    gold = Gold(entry["gold"], label)
    wanted = candidates(scene)
    out = []
    for index, row in zip(wanted, read_features(scene, wanted), strict=True):
        block = scene.blocks[index]
        answer = gold.is_article(block.text)
        if answer is None or scene.rows[index].label is Label.TITLE:
            continue
        out.append((row, int(answer), SETS[name] * (0.3 + min(1.0, block.chars / 200))))
    return out
