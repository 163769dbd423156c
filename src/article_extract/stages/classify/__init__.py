"""Give every block its label: rules first, then the model, then the neighbours. `chain.py` is the table."""

from article_extract.stages.classify.chain import classify, first_pass
from article_extract.stages.classify.scene import Scene
from article_extract.stages.classify.sequence import revise_signatures

__all__ = ["Scene", "classify", "first_pass", "revise_signatures"]
