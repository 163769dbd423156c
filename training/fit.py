"""
Train the block model and the two page models, and write their weights.

    python -m training --corpus DIR                      weights of the package, from all folds
    python -m training --corpus DIR --folds OUT_DIR      OUT_DIR/fold-K.json, each trained without fold K's sites

Needs lightgbm. The same corpus and seed give the same weights.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from benchmarks.metrics import word_f1

from article_extract.options import Options
from article_extract.pipeline import read_page_row
from article_extract.stages.classify.features import NAMES
from article_extract.stages.confidence.features import NAMES as PAGE_NAMES
from training.align import NOT_ARTICLES, SETS, page_rows, read_gold, read_labels

COMMON: dict[str, Any] = {
    "objective": "binary",
    "bagging_freq": 1,
    "bagging_fraction": 0.8,
    "seed": 7,
    "deterministic": True,
    "force_row_wise": True,
    "num_threads": 2,
    "verbose": -1,
}
BLOCK = COMMON | {
    "num_leaves": 16,
    "learning_rate": 0.12,
    "min_data_in_leaf": 40,
    "feature_fraction": 0.5,
    "lambda_l2": 2.0,
}
PAGE = COMMON | {
    "num_leaves": 6,
    "learning_rate": 0.05,
    "min_data_in_leaf": 40,
    "feature_fraction": 0.3,
    "lambda_l2": 10.0,
}
BLOCK_ROUNDS = 80
ARTICLE_ROUNDS = 200
TEXT_ROUNDS = 80
PAGE_WEIGHTS = {"scripts": 8.0}
"""Other scripts are rare in the corpus and have no pages that are no articles."""
RIGHT = 0.95
"""Word F1 at which a text counts as right."""


BlockRows = tuple[int, list[tuple[list[float], int, float]]]
"""Fold of a page, and features, answer and weight of its blocks."""


class PageRow(NamedTuple):
    """What training sees of one page."""

    fold: int
    features: list[float]
    is_article: bool
    is_right: bool
    weight: float


def _rows(job: tuple[Path, str, dict[str, Any], dict[str, Any] | None]) -> list[tuple[list[float], int, float]]:
    return page_rows(*job)


def collect(corpus: Path) -> list[BlockRows]:
    """(fold, rows) of every page with gold text."""
    folds = json.loads((corpus / "folds.json").read_text(encoding="utf-8"))
    labels = read_labels(corpus)
    jobs, numbers = [], []
    for name in SETS:
        for entry in read_gold(corpus, name):
            if entry["gold"].get("text"):
                jobs.append((corpus, name, entry, labels.get((name, entry["id"]))))
                numbers.append(folds[f"{name}/{entry['id']}"])
    with ProcessPoolExecutor(2) as pool:
        return list(zip(numbers, pool.map(_rows, jobs, chunksize=8), strict=True))


def train_blocks(pages: list[BlockRows], without: int | None) -> dict[str, Any]:
    """Weights of the block model from all pages but those of one fold."""
    rows = [r for fold, page in pages if fold != without for r in page]
    return _boost(BLOCK, BLOCK_ROUNDS, NAMES, [r[0] for r in rows], [r[1] for r in rows], [r[2] for r in rows])


def train_pages(pages: list[PageRow], without: int | None) -> dict[str, dict[str, Any]]:
    """Weights of the two page models from all pages but those of one fold."""
    kept = [p for p in pages if p.fold != without]
    rows = [p.features for p in kept]
    share = sum(not p.is_article for p in kept) / len(kept)
    weights = [p.weight * (1.0 if p.is_article else (1 - share) / share) for p in kept]
    return {
        "article": _boost(PAGE, ARTICLE_ROUNDS, PAGE_NAMES, rows, [p.is_article for p in kept], weights),
        "text": _boost(PAGE, TEXT_ROUNDS, PAGE_NAMES, rows, [p.is_right for p in kept], None),
    }


def _boost(
    parameters: dict[str, Any],
    rounds: int,
    names: Sequence[str],
    rows: Sequence[Sequence[float]],
    answers: Sequence[int],
    weights: Sequence[float] | None,
) -> dict[str, Any]:
    import lightgbm
    import numpy

    data = lightgbm.Dataset(
        numpy.array(rows, dtype=float), label=[int(a) for a in answers], weight=weights, feature_name=list(names)
    )
    booster = lightgbm.train(parameters, data, rounds)
    trees = [_nodes(t["tree_structure"]) for t in booster.dump_model()["tree_info"]]
    return {"features": list(names), "trees": trees}


def collect_pages(corpus: Path, blocks: dict[int, dict[str, Any]]) -> list[PageRow]:
    """Rows of all pages with gold text, each read with a block model that has not seen its site."""
    folds = json.loads((corpus / "folds.json").read_text(encoding="utf-8"))
    untrained = {"features": list(PAGE_NAMES), "trees": []}
    with TemporaryDirectory() as folder:
        for fold, block in blocks.items():
            write({"block": block, "article": untrained, "text": untrained}, Path(folder) / f"fold-{fold}.json")
        jobs = []
        for name in (*SETS, NOT_ARTICLES):
            for entry in read_gold(corpus, name):
                if entry["gold"].get("text"):
                    jobs.append((corpus, name, entry, folds[f"{name}/{entry['id']}"], Path(folder)))
        with ProcessPoolExecutor(2) as pool:
            return list(pool.map(_page_row, jobs, chunksize=8))


def _page_row(job: tuple[Path, str, dict[str, Any], int, Path]) -> PageRow:
    corpus, name, entry, fold, folder = job
    with gzip.open(corpus / name / entry["page"]) as file:
        content = file.read()
    article, features = read_page_row(
        content, url=entry.get("url"), options=Options(model=folder / f"fold-{fold}.json", max_seconds=None)
    )
    right = word_f1(entry["gold"]["text"], article.text) >= RIGHT
    return PageRow(fold, features, name != NOT_ARTICLES, right, PAGE_WEIGHTS.get(name, 1.0))


def _nodes(root: dict[str, Any]) -> list[list[float]]:
    """A tree as rows of feature, threshold, left, right, value; leaves have feature -1."""
    nodes: list[list[float]] = []

    def add(node: dict[str, Any]) -> int:
        at = len(nodes)
        nodes.append([])
        if "leaf_value" in node:
            nodes[at] = [-1, 0, 0, 0, round(node["leaf_value"], 5)]
        else:
            left = add(node["left_child"])
            right = add(node["right_child"])
            nodes[at] = [node["split_feature"], float(f"{node['threshold']:.6g}"), left, right, 0]
        return at

    add(root)
    return nodes


def write(models: dict[str, dict[str, Any]], path: Path) -> None:
    """One tree a line, so that a change can be read."""
    path.parent.mkdir(parents=True, exist_ok=True)
    parts = []
    for name, model in models.items():
        trees = ",\n".join(json.dumps(t, separators=(",", ":")) for t in model["trees"])
        parts.append(f'"{name}": {{"features": {json.dumps(model["features"])},\n"trees": [\n{trees}\n]}}')
    path.write_text("{" + ",\n".join(parts) + "}\n", encoding="utf-8")


def train_folds(corpus: Path) -> dict[int, dict[str, dict[str, Any]]]:
    """For each fold the models that have not seen it."""
    _, blocks, pages = _read(corpus)
    return {fold: {"block": block, **train_pages(pages, fold)} for fold, block in blocks.items()}


def train_all(corpus: Path) -> dict[str, dict[str, Any]]:
    """The models of the package: the page models see what block models make of pages that they do not know."""
    rows, _, pages = _read(corpus)
    return {"block": train_blocks(rows, None), **train_pages(pages, None)}


def _read(corpus: Path) -> tuple[list[BlockRows], dict[int, dict[str, Any]], list[PageRow]]:
    """Block rows, a block model for each fold, and the page rows that those give."""
    rows = collect(corpus)
    blocks = {fold: train_blocks(rows, fold) for fold in sorted({f for f, _ in rows})}
    return rows, blocks, collect_pages(corpus, blocks)


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m training", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--folds", type=Path, help="write a model for each fold into this folder instead")
    parser.add_argument("--out", type=Path, default=Path("src/article_extract/data/model.json"))
    a = parser.parse_args()
    if a.folds is None:
        write(train_all(a.corpus), a.out)
        return
    for fold, models in train_folds(a.corpus).items():
        write(models, a.folds / f"fold-{fold}.json")
