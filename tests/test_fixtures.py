"""The project's own saved pages: what has to come out of each, and that nothing else changed."""

from __future__ import annotations

import json

import pytest

from article_extract.testing import Fixture, check_fixture, check_must, list_fixtures
from conftest import FIXTURES

ALL = list(list_fixtures(FIXTURES))
OPEN: dict[str, list[str]] = json.loads((FIXTURES.parent / "open.json").read_text(encoding="utf-8"))
"""What does not come out right yet, fixture by fixture, in the words of the check."""


def test_there_are_enough_pages() -> None:
    assert len(ALL) >= 30


@pytest.mark.parametrize("fixture", ALL, ids=lambda f: f.name)
def test_facts(fixture: Fixture) -> None:
    """Facts of [must] hold, but for those listed in open.json; a listed one that holds again has to leave the list."""
    broken = check_must(fixture, fixture.extract())
    known = OPEN.get(fixture.name, [])
    assert [m for m in broken if m not in known] == []
    assert [m for m in known if m not in broken] == [], "these hold now: take them off open.json"


@pytest.mark.parametrize("fixture", ALL, ids=lambda f: f.name)
def test_record_is_as_accepted(fixture: Fixture) -> None:
    assert not check_fixture(fixture)
