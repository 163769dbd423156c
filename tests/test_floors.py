"""
The library's figures on the corpus stay above their floors (benchmarks/floors.json).

Runs where ARTICLE_EXTRACT_CORPUS names the corpus folder; hand labels are looked for beside it. ARTICLE_EXTRACT_MODELS
names a folder of fold models (`python -m training --corpus DIR --folds OUT_DIR`), and the figures are then those on
pages that the model never saw; without it the shipped model is measured, which has seen them, so it must do better.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from benchmarks.accuracy import measure_pages
from benchmarks.floors import FLOORS_PATH, below, read_floors
from benchmarks.pages import list_sets, read_pages
from benchmarks.peers import OURS

CORPUS = os.environ.get("ARTICLE_EXTRACT_CORPUS")
MODELS = os.environ.get("ARTICLE_EXTRACT_MODELS")


@pytest.mark.skipif(not CORPUS, reason="figures not checked: ARTICLE_EXTRACT_CORPUS does not name a corpus folder")
def test_no_figure_is_below_its_floor() -> None:
    floors = read_floors()
    if not floors:
        pytest.skip(
            f"figures not checked: there is no {FLOORS_PATH.name} yet (python -m benchmarks accuracy --write-floors)"
        )
    corpus = Path(CORPUS or "")
    pages = read_pages(corpus, [name for name in list_sets(corpus) if name in floors], corpus.parent / "labels")
    assert pages, f"{corpus} holds none of the sets {', '.join(floors)}"
    run = measure_pages(pages, models=Path(MODELS) if MODELS else None)
    assert run.errors() == {}
    assert below(floors, run.figures(OURS)) == []
