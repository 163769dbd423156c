"""Embeds: other services' posts, players, charts and maps within a page, and the site's own players."""

from article_extract.stages.embeds.candidates import TELLING, is_candidate
from article_extract.stages.embeds.listing import list_embeds, list_stated_embeds
from article_extract.stages.embeds.posts import read_flattened_post
from article_extract.stages.embeds.read import read_embed
from article_extract.stages.embeds.records_of import read_url_embed, same_embed

__all__ = [
    "TELLING",
    "is_candidate",
    "list_embeds",
    "list_stated_embeds",
    "read_embed",
    "read_flattened_post",
    "read_url_embed",
    "same_embed",
]
