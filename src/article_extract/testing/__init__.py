"""
Saved pages as fixtures: a folder a page, with what must come out of it.

    site/slug/page.html (or page.html.gz)   the page as saved
    site/slug/about.toml                    its address, what it shows, and [must]: facts written by hand
    site/slug/expected.json                 the whole record as last accepted

`python -m article_extract.testing check DIR` compares; `accept DIR` records today's result after a look at the diff.
"""

from article_extract.testing.fixtures import Fixture, check_fixture, check_must, list_fixtures, stable_dict

__all__ = ["Fixture", "check_fixture", "check_must", "list_fixtures", "stable_dict"]
