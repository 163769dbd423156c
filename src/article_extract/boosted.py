"""
Gradient-boosted trees as data: the file that `training/` writes, read and compiled.

The file holds three models: one for blocks (is it text of the article?) and two for pages (is it an article? is its text
whole and clean?). Each is a list of feature names and trees; a tree is rows of `[feature, threshold, left, right, value]`,
leaves have feature -1.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from importlib import resources
from math import exp
from pathlib import Path
from typing import Any, Final, cast

from article_extract.errors import ConfigError

Tree = tuple[tuple[int, float, int, int, float], ...]
"""Nodes (feature or -1 for a leaf, threshold, left, right, value); the first is the root."""
Model = Callable[[Sequence[float]], float]
"""From a row of features to the summed votes of the trees (log odds)."""
MODELS: Final = ("block", "article", "text")


@lru_cache(maxsize=8)
def _read_file(path: Path | None) -> Mapping[str, Any]:
    file = resources.files("article_extract") / "data" / "model.json" if path is None else path
    try:
        data = json.loads(file.read_text(encoding="utf-8"))
        return {name: data[name] for name in MODELS}
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise ConfigError(f"{file}: {error}") from error


@lru_cache(maxsize=24)
def load_model(name: str, features: tuple[str, ...], path: Path | None = None) -> Model:
    """A shipped model, or one from a file of the same form.

    `features` are the columns of the rows it will be asked about. Raises ConfigError for a file that does not fit them.
    """
    data = _read_file(path)[name]
    try:
        return compile_trees(read_trees(data, features))
    except (ValueError, KeyError, TypeError, IndexError, RecursionError) as error:
        raise ConfigError(f"{path or 'model.json'}: {name}: {error}") from error


def read_trees(data: Mapping[str, Any], features: Sequence[str]) -> tuple[Tree, ...]:
    """Trees from the parsed file; features are matched by name, so a model trained on other columns is refused."""
    if list(features) != data["features"]:
        raise ConfigError("the model was trained on other features: run the training again")
    return tuple(
        tuple((int(n[0]), float(n[1]), int(n[2]), int(n[3]), float(n[4])) for n in nodes) for nodes in data["trees"]
    )


def compile_trees(trees: Sequence[Tree]) -> Model:
    """The trees as one Python expression, which runs three times as fast as a walk over their nodes.

    It is made of the numbers of the file alone: `float` and `int` have read every one of them.
    """

    def expression(tree: Tree, node: int) -> str:
        feature, threshold, left, right, value = tree[node]
        if feature < 0:
            return repr(value)
        return f"({expression(tree, left)} if r[{feature}] <= {threshold!r} else {expression(tree, right)})"

    votes = "".join(f"{expression(tree, 0)}," for tree in trees)
    return cast("Model", eval(f"lambda r: sum(({votes}))", {"__builtins__": {}, "sum": sum}))


def probability_of(votes: float) -> float:
    """The logistic function of summed votes."""
    return 1.0 / (1.0 + exp(-votes)) if votes > -700 else 0.0
