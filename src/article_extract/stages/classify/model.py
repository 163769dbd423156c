"""
The trained classifier for blocks that no rule decides: the probability that a block is text of the article.

Gradient-boosted trees made by `training/`; the weights are `data/model.json`, rows of
`[feature, threshold, left, right]` with leaves as plain numbers. docs/model.md says what was tried.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from importlib import resources
from math import exp
from typing import Final

from article_extract.page import Label
from article_extract.stages.classify.features import NAMES, candidates, labels_of_tag, read_features
from article_extract.stages.classify.scene import Scene

Tree = tuple[tuple[int, float, int, int, float], ...]
"""Nodes (feature or -1 for a leaf, threshold, left, right, value); the first is the root."""
THRESHOLD: Final = {"balance": 0.5, "precision": 0.75, "recall": 0.25}


@cache
def load_model() -> tuple[Tree, ...]:
    """The trees of the shipped model, empty where none ships."""
    path = resources.files("article_extract") / "data" / "model.json"
    if not path.is_file():
        return ()
    return read_model(json.loads(path.read_text(encoding="utf-8")))


def read_model(data: dict[str, list[str] | list[list[list[float]]]]) -> tuple[Tree, ...]:
    """Trees from the parsed file; features are matched by name, so a model trained on other columns is refused."""
    names = data["features"]
    if list(NAMES) != names:
        raise ValueError("model.json was trained on other features: run the training again")
    trees: list[Tree] = []
    for nodes in data["trees"]:
        trees.append(tuple((int(n[0]), float(n[1]), int(n[2]), int(n[3]), float(n[4])) for n in nodes))  # type: ignore[arg-type]
    return tuple(trees)


def score(trees: Sequence[Tree], row: Sequence[float]) -> float:
    """Probability that the block is the article's text."""
    total = 0.0
    for tree in trees:
        feature, threshold, left, right, value = tree[0]
        while feature >= 0:
            feature, threshold, left, right, value = tree[left if row[feature] <= threshold else right]
        total += value
    return 1.0 / (1.0 + exp(-total)) if total > -700 else 0.0


def revise_undecided(scene: Scene) -> None:
    """Ask the model about every undecided text block."""
    wanted = candidates(scene)
    if not wanted:
        return
    trees = load_model()
    threshold = THRESHOLD[scene.options.favor]
    for index, row in zip(wanted, read_features(scene, wanted), strict=True):
        labelled = scene.rows[index]
        probability = score(trees, row) if trees else (0.9 if scene.is_open_prose(labelled.block) else 0.1)
        scene.scores[index] = probability
        if probability >= threshold:
            labelled.give(labels_of_tag(labelled.block), "model.body")
        elif labelled.doubted is not None:
            labelled.give(labelled.doubted.label, labelled.doubted.rule)
        else:
            labelled.give(Label.OTHER, "model.other")
