"""
Train the block model and write its weights.

    python -m training --corpus DIR                      weights of the package, from all folds
    python -m training --corpus DIR --folds OUT_DIR      OUT_DIR/fold-K.json, each trained without fold K's sites

Needs lightgbm. The same corpus and seed give the same weights.
"""

from __future__ import annotations

import argparse
import json
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

from article_extract.stages.classify.features import NAMES
from training.align import SETS, page_rows, read_gold, read_labels

PARAMETERS = {
    "objective": "binary",
    "num_leaves": 16,
    "learning_rate": 0.12,
    "min_data_in_leaf": 40,
    "feature_fraction": 0.5,
    "bagging_fraction": 0.8,
    "bagging_freq": 1,
    "lambda_l2": 2.0,
    "seed": 7,
    "deterministic": True,
    "force_row_wise": True,
    "num_threads": 2,
    "verbose": -1,
}
ROUNDS = 80


def _rows(job: tuple[Path, str, dict[str, Any], dict[str, Any] | None]) -> list[tuple[list[float], int, float]]:
    return page_rows(*job)


def collect(corpus: Path) -> list[tuple[int, list[tuple[list[float], int, float]]]]:
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


def train(pages: list[tuple[int, list[tuple[list[float], int, float]]]], without: int | None) -> dict[str, Any]:
    """Weights from all pages but those of one fold."""
    import lightgbm
    import numpy

    rows = [r for fold, page in pages if fold != without for r in page]
    data = lightgbm.Dataset(
        numpy.array([r[0] for r in rows]),
        label=[r[1] for r in rows],
        weight=[r[2] for r in rows],
        feature_name=list(NAMES),
    )
    booster = lightgbm.train(PARAMETERS, data, ROUNDS)
    return {"features": list(NAMES), "trees": [_nodes(t["tree_structure"]) for t in booster.dump_model()["tree_info"]]}


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


def write(model: dict[str, Any], path: Path) -> None:
    """One tree a line, so that a change can be read."""
    path.parent.mkdir(parents=True, exist_ok=True)
    trees = ",\n".join(json.dumps(t, separators=(",", ":")) for t in model["trees"])
    path.write_text(f'{{"features": {json.dumps(model["features"])},\n"trees": [\n{trees}\n]}}\n', encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m training", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--folds", type=Path, help="write a model for each fold into this folder instead")
    parser.add_argument("--out", type=Path, default=Path("src/article_extract/data/model.json"))
    a = parser.parse_args()
    pages = collect(a.corpus)
    if a.folds is None:
        write(train(pages, None), a.out)
        return
    for fold in sorted({f for f, _ in pages}):
        write(train(pages, fold), a.folds / f"fold-{fold}.json")
