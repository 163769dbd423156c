"""The project's own saved pages: what has to come out of each, and that nothing else changed."""

from __future__ import annotations

import pytest

from article_extract.testing import Fixture, check_fixture, check_must, list_fixtures
from conftest import FIXTURES

ALL = list(list_fixtures(FIXTURES))


def test_there_are_enough_pages() -> None:
    assert len(ALL) >= 30


@pytest.mark.parametrize("fixture", ALL, ids=lambda f: f.name)
def test_facts(fixture: Fixture) -> None:
    assert not check_must(fixture, fixture.extract())


@pytest.mark.parametrize("fixture", ALL, ids=lambda f: f.name)
def test_record_is_as_accepted(fixture: Fixture) -> None:
    assert not check_fixture(fixture)
