"""What several tests share: where fixtures and the optional corpus are."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

FIXTURES = Path(__file__).parent / "fixtures" / "pages"

settings.register_profile(
    "default", deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True, max_examples=60
)
settings.load_profile("default")


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The corpus of real pages, where `ARTICLE_EXTRACT_CORPUS` names it."""
    folder = os.environ.get("ARTICLE_EXTRACT_CORPUS")
    if not folder or not Path(folder).is_dir():
        pytest.skip("ARTICLE_EXTRACT_CORPUS names no folder: tests on real pages are skipped")
    return Path(folder)
