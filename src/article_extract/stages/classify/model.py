"""
The trained classifier for blocks that no rule decides: the probability that a block is text of the article.

docs/model.md says what was tried.
"""

from __future__ import annotations

from typing import Final

from article_extract.boosted import load_model, probability_of
from article_extract.page import Label
from article_extract.stages.classify.features import NAMES, candidates, label_of_markup, read_features
from article_extract.stages.classify.scene import Scene

THRESHOLD: Final = {"balance": 0.5, "precision": 0.75, "recall": 0.25}


def revise_undecided(scene: Scene) -> None:
    """Ask the model about every undecided text block."""
    wanted = candidates(scene)
    if not wanted:
        return
    model = load_model("block", NAMES, scene.options.model)
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
