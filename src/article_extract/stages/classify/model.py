"""
The trained classifier for blocks that no rule decides: the probability that a block is text of the article.

Gradient-boosted trees made by `training/`; the weights are `data/model.json`, rows of
`[feature, threshold, left, right]` with leaves as plain numbers. docs/model.md says what was tried.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import lru_cache
from importlib import resources
from math import exp
from pathlib import Path
from typing import Final

from article_extract.errors import ConfigError
from article_extract.page import Label
from article_extract.stages.classify.features import NAMES, candidates, label_of_markup, read_features
from article_extract.stages.classify.scene import Scene

Tree = tuple[tuple[int, float, int, int, float], ...]
"""Nodes (feature or -1 for a leaf, threshold, left, right, value); the first is the root."""
THRESHOLD: Final = {"balance": 0.5, "precision": 0.75, "recall": 0.25}


@lru_cache(maxsize=8)
def load_model(path: Path | None = None) -> tuple[Tree, ...]:
    """The trees of the shipped model, or of a file of the same form. Raises ConfigError for one that does not fit."""
    if path is None:
        shipped = resources.files("article_extract") / "data" / "model.json"
        return read_model(json.loads(shipped.read_text(encoding="utf-8"))) if shipped.is_file() else ()
    try:
        return read_model(json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ConfigError(f"{path}: {error}") from error


def read_model(data: dict[str, list[str] | list[list[list[float]]]]) -> tuple[Tree, ...]:
    """Trees from the parsed file; features are matched by name, so a model trained on other columns is refused."""
    names = data["features"]
    if list(NAMES) != names:
        raise ConfigError("the model was trained on other features: run the training again")
    trees: list[Tree] = []
    for nodes in data["trees"]:
        trees.append(tuple((int(n[0]), float(n[1]), int(n[2]), int(n[3]), float(n[4])) for n in nodes))
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
    trees = load_model(scene.options.model)
    threshold = THRESHOLD[scene.options.favor]
    for index, row in zip(wanted, read_features(scene, wanted), strict=True):
        labelled = scene.rows[index]
        probability = score(trees, row) if trees else (0.9 if scene.is_open_prose(labelled.block) else 0.1)
        scene.scores[index] = probability
        if probability >= threshold:
            labelled.give(label_of_markup(labelled.block, scene), "model.body")
        elif labelled.doubted is not None:
            labelled.give(labelled.doubted.label, labelled.doubted.rule)
        else:
            labelled.give(Label.OTHER, "model.other")
