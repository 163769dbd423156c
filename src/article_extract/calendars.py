"""
Dates that are not written in the Gregorian calendar.

Thai Buddhist, Japanese-era and Minguo years are a fixed number away. Jalali (Iran, Afghanistan) and Hebrew dates need
the `convertdate` library of the `dates` extra, and month names of languages without a file the `dateparser` library;
both are imported only when such a date is met. Dates of the Islamic calendar depend on sightings and are never
converted.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any, Final

import regex

MISSING: Final = "{what} needs the library {library}: pip install 'article-extract[dates]'"

_JALALI: Final = {
    name: number
    for number, names in enumerate(
        (
            "فروردین فروردين حمل",
            "اردیبهشت ارديبهشت ثور",
            "خرداد جوزا",
            "تیر تير سرطان",
            "مرداد امرداد اسد",
            "شهریور شهريور سنبله",
            "مهر میزان",
            "آبان ابان عقرب",
            "آذر اذر قوس",
            "دی دي جدی",
            "بهمن دلو",
            "اسفند حوت",
        ),
        1,
    )
    for name in names.split()
}
_HEBREW: Final = {
    name: number
    for number, names in enumerate(
        (
            "ניסן",
            "אייר אדר_ב",
            "סיוון סיון",
            "תמוז",
            "אב",
            "אלול",
            "תשרי",
            "חשוון חשון מרחשוון",
            "כסלו",
            "טבת",
            "שבט",
            "אדר",
        ),
        1,
    )
    for name in names.split()
    if "_" not in name
}
_ISLAMIC: Final = ("محرم", "صفر", "ربيع", "جمادى", "جمادي", "رجب", "شعبان", "رمضان", "شوال", "ذو القعدة", "ذو الحجة")
_GEMATRIA: Final = {
    ch: value
    for value, chars in (
        *zip(range(1, 10), "אבגדהוזחט", strict=True),
        *zip(range(10, 100, 10), ("י", "כך", "ל", "מם", "נן", "ס", "ע", "פף", "צץ"), strict=True),
        *zip(range(100, 500, 100), "קרשת", strict=True),
    )
    for ch in chars
}
_JALALI_WORDS: Final = regex.compile(
    rf"(\d{{1,2}})\s*(?:م\s)?({'|'.join(sorted(_JALALI, key=len, reverse=True))})\s*(?:ماه)?\s*(?:سال)?"
    r"[\s،,]*(1[34]\d\d)(?!\d)"
)
_JALALI_NUMBERS: Final = regex.compile(r"(?<!\d)(1[34]\d\d)\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{1,2})(?!\d)")
_JALALI_BACKWARDS: Final = regex.compile(r"(?<!\d)(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(1[34]\d\d)(?!\d)")
_HEBREW_WORDS: Final = regex.compile(
    rf"([א-ט]?[י-ל]?[א-ט]?)['׳\"״]?([א-ט]?)['׳]?\s+ב?({'|'.join(_HEBREW)})\s+(?:ה['׳]?)?(ת[א-ת\"״'׳]{{1,6}})"
)
_ERAS: Final = (("令和", 2018), ("平成", 1988), ("昭和", 1925), ("民國", 1911), ("民国", 1911))
_ERA: Final = regex.compile(r"(令和|平成|昭和|民國|民国)\s*(元|\d{1,3})\s*年")


def with_gregorian_years(text: str, language: str) -> str:
    """Years of fixed offset rewritten: "令和6年" to "2024年", Buddhist "2567" to "2024" in Thai."""
    if any(era in text for era, _ in _ERAS):
        text = _ERA.sub(lambda m: f"{dict(_ERAS)[m.group(1)] + (1 if m.group(2) == '元' else int(m.group(2)))}年", text)
    if "25" in text or (language == "th" and "24" in text):
        text = regex.sub(r"(?<!\d)2[45]\d\d(?!\d)", lambda m: str(int(m.group()) - 543), text)
    return text


def read_other_calendar(text: str, language: str) -> tuple[tuple[int, int, int] | None, str | None]:
    """A Jalali or Hebrew date as Gregorian (year, month, day), or why not; (None, None) for neither."""
    jalali: tuple[int, int, int] | None = None
    if match := _JALALI_WORDS.search(text):
        jalali = int(match.group(3)), _JALALI[match.group(2)], int(match.group(1))
    elif match := _JALALI_NUMBERS.search(text):
        jalali = int(match.group(1)), int(match.group(2)), int(match.group(3))
    elif match := _JALALI_BACKWARDS.search(text):
        jalali = int(match.group(3)), int(match.group(2)), int(match.group(1))
    if jalali:
        if "هـ" in text or language == "ar":
            return None, "dates of the Islamic calendar are not converted"
        return _converted("persian", "a Jalali date", jalali)
    if match := _HEBREW_WORDS.search(text):
        day = _gematria(match.group(1) + match.group(2))
        year = 5000 + _gematria(match.group(4))
        return _converted("hebrew", "a Hebrew date", (year, _HEBREW[match.group(3)], day))
    if any(name in text for name in _ISLAMIC) and regex.search(r"(?<!\d)1[34]\d\d(?!\d)", text):
        return None, "dates of the Islamic calendar are not converted"
    return None, None


def _gematria(letters: str) -> int:
    return sum(_GEMATRIA.get(ch, 0) for ch in letters)


def _converted(calendar: str, what: str, date: tuple[int, int, int]) -> tuple[tuple[int, int, int] | None, str | None]:
    try:
        hebrew, persian = (import_module(f"convertdate.{name}") for name in ("hebrew", "persian"))
    except ImportError:
        return None, MISSING.format(what=what, library="convertdate")
    try:
        module: Any = {"persian": persian, "hebrew": hebrew}[calendar]
        if not (1 <= date[1] <= 13 and 1 <= date[2] <= 31):
            return None, f"{what} out of range"
        year, month, day = module.to_gregorian(*date)
        return (int(year), int(month), int(day)), None
    except (ValueError, ArithmeticError, LookupError, TypeError):
        return None, f"{what} out of range"


def read_with_library(text: str, language: str) -> tuple[tuple[int, int, int] | None, str | None]:
    """A date with month names of a language that has no file, by `dateparser`; or why not.

    Only complete absolute dates: what is relative to today would make the result depend on the day it is read.
    """
    try:
        dateparser: Any = import_module("dateparser")
    except ImportError:
        return None, MISSING.format(what="a date in this language", library="dateparser")
    settings: Any = {"PARSERS": ["absolute-time"], "STRICT_PARSING": True, "REQUIRE_PARTS": ["day", "month", "year"]}
    languages = [language] if language and language != "und" else None
    try:
        found = dateparser.parse(text, languages=languages, settings=settings)
    except Exception:  # a library for guesses, on any text: unknown languages and odd patterns raise all sorts
        found = None
    return (found.year, found.month, found.day) if found else None, None
