"""
The trained classifier for blocks that no rule decides: the probability that a block is text of the article.

Gradient-boosted trees made by `training/`; the weights are `data/model.json`, rows of
`[feature, threshold, left, right]` with leaves as plain numbers. docs/model.md says what was tried.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from functools import lru_cache
from importlib import resources
from math import exp
from pathlib import Path
from typing import Final, cast

from article_extract.errors import ConfigError
from article_extract.page import Label
from article_extract.stages.classify.features import NAMES, candidates, label_of_markup, read_features
from article_extract.stages.classify.scene import Scene

Tree = tuple[tuple[int, float, int, int, float], ...]
"""Nodes (feature or -1 for a leaf, threshold, left, right, value); the first is the root."""
THRESHOLD: Final = {"balance": 0.5, "precision": 0.75, "recall": 0.25}
Model = Callable[[Sequence[float]], float]
"""From a row of features to the summed votes of the trees (log odds)."""


@lru_cache(maxsize=8)
def load_model(path: Path | None = None) -> Model:
    """The shipped model, or one from a file of the same form. Raises ConfigError for one that does not fit."""
    file = resources.files("article_extract") / "data" / "model.json" if path is None else path
    try:
        return compile_trees(read_model(json.loads(file.read_text(encoding="utf-8"))))
    except (OSError, ValueError, KeyError, TypeError, IndexError, RecursionError) as error:
        raise ConfigError(f"{file}: {error}") from error


def read_model(data: dict[str, list[str] | list[list[list[float]]]]) -> tuple[Tree, ...]:
    """Trees from the parsed file; features are matched by name, so a model trained on other columns is refused."""
    names = data["features"]
    if list(NAMES) != names:
        raise ConfigError("the model was trained on other features: run the training again")
    trees: list[Tree] = []
    for nodes in data["trees"]:
        trees.append(tuple((int(n[0]), float(n[1]), int(n[2]), int(n[3]), float(n[4])) for n in nodes))
    return tuple(trees)


def compile_trees(trees: Sequence[Tree]) -> Model:
    """The trees as one Python expression, which runs three times as fast as a walk over their nodes.

    It is made of the numbers of the file alone: `float` and `int` have read every one of them.
    """

    def expression(tree: Tree, node: int) -> str:
        feature, threshold, left, right, value = tree[node]
        if feature < 0:
            return repr(value)
        return f"({expression(tree, left)} if r[{feature}] <= {threshold!r} else {expression(tree, right)})"

    votes = ",".join(expression(tree, 0) for tree in trees)
    return cast("Model", eval(f"lambda r: sum(({votes},))", {"__builtins__": {}, "sum": sum}))


def probability_of(votes: float) -> float:
    """The logistic function of summed votes."""
    return 1.0 / (1.0 + exp(-votes)) if votes > -700 else 0.0


def revise_undecided(scene: Scene) -> None:
    """Ask the model about every undecided text block."""
    wanted = candidates(scene)
    if not wanted:
        return
    model = load_model(scene.options.model)
    threshold = THRESHOLD[scene.options.favor]
    for index, row in zip(wanted, read_features(scene, wanted), strict=True):
        labelled = scene.rows[index]
        probability = probability_of(model(row))
        scene.scores[index] = probability
        if probability >= threshold:
            labelled.give(label_of_markup(labelled.block, scene), "model.body")
        elif labelled.doubted is not None:
            labelled.give(labelled.doubted.label, labelled.doubted.rule)
        else:
            labelled.give(Label.OTHER, "model.other")
