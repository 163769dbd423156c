"""Printed dates of many languages to ISO 8601."""

from __future__ import annotations

import importlib.util
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from article_extract.dates import read_date
from article_extract.languages import find_language

HAS_CONVERTDATE = importlib.util.find_spec("convertdate") is not None


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        pytest.param("2024-12-07", "2024-12-07", id="date"),
        pytest.param("2024-12-07T10:30:05.250Z", "2024-12-07T10:30:05.250000+00:00", id="iso with fraction"),
        pytest.param("2024-12-07 10:30:05 +0330", "2024-12-07T10:30:05+03:30", id="spaces"),
        pytest.param("2024-12-07T10:30-05:00[America/Chicago]", "2024-12-07T10:30:00-05:00", id="java zone"),
        pytest.param("2024-12-07T24:00:00Z", "2024-12-08T00:00:00+00:00", id="midnight at the end"),
        pytest.param("20241207T103000Z", "2024-12-07T10:30:00+00:00", id="basic format"),
        pytest.param("20241207", "2024-12-07", id="digits"),
        pytest.param("1733567400", "2024-12-07T10:30:00+00:00", id="epoch"),
        pytest.param("1733567400000", "2024-12-07T10:30:00+00:00", id="epoch milliseconds"),
        pytest.param("Sat, 07 Dec 2024 10:30:00 GMT", "2024-12-07T10:30:00+00:00", id="rfc 2822"),
        pytest.param("Sat Dec 07 2024 10:30:00 GMT+0200 (EET)", "2024-12-07T10:30:00+02:00", id="javascript"),
        pytest.param("2024/12/07 10:30", "2024-12-07T10:30:00", id="slashes"),
        pytest.param("07.12.2024", "2024-12-07", id="day first"),
        pytest.param("7. 12. 2024 10:30", "2024-12-07T10:30:00", id="spaced dots"),
        pytest.param("13/12/24", "2024-12-13", id="short year"),
        pytest.param("10:30 - 07/12/2024", "2024-12-07T10:30:00", id="time first"),
        pytest.param("٠٧/١٢/٢٠٢٤ ١٠:٣٠", "2024-12-07T10:30:00", id="arabic digits"),
        pytest.param("०७-१२-२०२४", "2024-12-07", id="devanagari digits"),
        pytest.param("২০২৪-১২-০৭", "2024-12-07", id="bengali digits"),
        pytest.param("2024年12月7日 10:30", "2024-12-07T10:30:00", id="chinese"),
        pytest.param("2024年12月7日 下午3時05分", "2024-12-07T15:05:00", id="chinese afternoon"),
        pytest.param("令和6年12月7日", "2024-12-07", id="japanese era"),
        pytest.param("民國113年12月7日", "2024-12-07", id="minguo"),
        pytest.param("2024.12.07. 오후 10:30", "2024-12-07T22:30:00", id="korean"),
        pytest.param("7/12/2567", "2024-12-07", id="buddhist year"),
        pytest.param("", None, id="nothing"),
        pytest.param("2024-13-45", None, id="no such month"),
        pytest.param("2023-02-29T10:00", None, id="no such day"),
        pytest.param("0000-00-00 00:00:00", None, id="zeros"),
        pytest.param("soon", None, id="a word"),
        pytest.param("x" * 5000, None, id="long"),
    ],
)
def test_any_language(raw: str, value: str | None) -> None:
    assert read_date(raw).value == value


@pytest.mark.parametrize(
    ("raw", "language", "value"),
    [
        pytest.param("Published Dec. 7, 2024 at 5:07 p.m. EST", "en", "2024-12-07T17:07:00-05:00", id="american"),
        pytest.param("Updated 7 July 2024 5pm ET", "en", "2024-07-07T17:00:00-04:00", id="summer time"),
        pytest.param("7th of December 2024", "en-GB", "2024-12-07", id="ordinal"),
        pytest.param("7 December '24", "en", "2024-12-07", id="apostrophe year"),
        pytest.param("12/7/2024", "en-US", "2024-12-07", id="month first"),
        pytest.param("12/7/2024", "en-GB", "2024-07-12", id="day first in britain"),
        pytest.param("07.12.2024 | 10:30 Uhr", "de", "2024-12-07T10:30:00", id="german numbers"),
        pytest.param("Samstag, 7. Dezember 2024 um 10.30 Uhr", "de-AT", "2024-12-07T10:30:00", id="german"),
        pytest.param("Stand: 7. Dez. 2024, 10:30 MEZ", "de", "2024-12-07T10:30:00+01:00", id="german zone"),
        pytest.param("7 decembre", "fr", None, id="no year"),
        pytest.param("3 مارس/ آذار 2024", "ar", "2024-03-03", id="arabic double month"),
        pytest.param("٧ ديسمبر ٢٠٢٤ - ٥:٣٠ م", "ar", "2024-12-07T17:30:00", id="arabic evening"),
        pytest.param("7 كانون الأول 2024 10:30 صباحًا", "ar", "2024-12-07T10:30:00", id="arabic morning"),
        pytest.param("۷ دسامبر ۲۰۲۴", "fa", "2024-12-07", id="persian gregorian"),
        pytest.param("7 בדצמבר 2024, 10:30", "he", "2024-12-07T10:30:00", id="hebrew"),
        pytest.param("7 декабря 2024, 10:30 МСК", "ru", "2024-12-07T10:30:00+03:00", id="russian"),
        pytest.param("2 hours ago", "en", None, id="relative"),
        pytest.param("gestern, 10:30 Uhr", "de", None, id="relative word"),
    ],
)
def test_with_language(raw: str, language: str, value: str | None) -> None:
    stamp = read_date(raw, language=language)
    assert stamp.value == value
    assert stamp.raw == raw


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # convertdate's own
@pytest.mark.parametrize(
    ("raw", "value"),
    [
        pytest.param("۱۷ آذر ۱۴۰۳ - ۱۰:۳۰", "2024-12-07T10:30:00", id="words"),
        pytest.param("1403/09/17", "2024-12-07", id="numbers"),
        pytest.param("ז' בכסלו תשפ\"ה", "2024-12-08", id="hebrew calendar"),
    ],
)
def test_other_calendars(raw: str, value: str) -> None:
    stamp = read_date(raw, language="fa")
    if HAS_CONVERTDATE:
        assert (stamp.value, stamp.problem) == (value, None)
    else:
        assert stamp.value is None
        assert stamp.problem is not None
        assert "convertdate" in stamp.problem


def test_islamic_dates_are_left_alone() -> None:
    stamp = read_date("5 رجب 1446", language="ar")
    assert stamp.value is None
    assert stamp.problem is not None


@pytest.mark.parametrize("code", ["ar", "de", "en", "fa", "he", "ru"])
def test_every_month_name_is_read(code: str) -> None:
    language = find_language(code)
    assert language is not None
    for number, names in enumerate(language.dates.months, 1):
        for name in names:
            assert read_date(f"7 {name} 2024", language=code).value == f"2024-{number:02}-07", name


@given(st.datetimes(min_value=datetime(1900, 1, 1), max_value=datetime(2099, 12, 31)))
def test_iso_comes_back(moment: datetime) -> None:
    assert read_date(moment.isoformat()).value == moment.isoformat()


@given(
    st.text(alphabet=st.sampled_from("0123456789 -/.:,|TZ年月日٣مصapmMayEST+'’של"), max_size=60),
    st.sampled_from([None, "en", "ar", "th", "fa", "zz", "en-US"]),
)
def test_never_raises(raw: str, language: str | None) -> None:
    stamp = read_date(raw, language=language)
    assert stamp.value is None or len(stamp.value) >= 10
