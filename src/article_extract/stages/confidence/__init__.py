"""What kind of page it is, and how sure the text is: two models over the whole page. `features.py` is what they see."""

from article_extract.stages.confidence.features import read_page_features
from article_extract.stages.confidence.verdict import estimate, page_kind

__all__ = ["estimate", "page_kind", "read_page_features"]
