"""
Printed and machine-made dates to ISO 8601.

Reads ISO 8601 and its relatives, RFC 2822, epoch seconds and milliseconds, numeric dates (day first, except where the
language says American English), month names of the languages that have a file, digits of every script, and the clock
times and time zones that stand beside them.
"""

from __future__ import annotations

import unicodedata
from datetime import UTC, datetime, timedelta, timezone
from functools import cache
from typing import Final

import regex

from article_extract.calendars import read_other_calendar, read_with_library, with_gregorian_years
from article_extract.languages import Language, find_language, list_languages, primary_code
from article_extract.page import DateStamp

_MAX: Final = 240
"""Longer texts are no dates."""
_YEARS: Final = range(1700, 2101)
_ISO: Final = regex.compile(
    r"\s*(\d{4})-(\d\d?)-(\d\d?)(?:[T\s]\s*(\d\d?):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?\s*"
    r"(Z|UTC|GMT|[+\-−]\d\d:?\d\d|[+\-−]\d\d)?(?:Z|\[[\w/+\-]*\])?)?\s*",
    regex.IGNORECASE,
)
_COMPACT: Final = regex.compile(r"(\d{4})(\d\d)(\d\d)(?:[T ]?(\d\d)(\d\d)(\d\d)?)?(Z|[+\-]\d\d:?\d\d)?")
_YEAR_FIRST: Final = regex.compile(
    r"(?<!\d)(\d{4})\s?(?:[-/.·–]|年|년|оны)\s*(\d{1,2})\s?(?:[-/.·–]|月|월)\s*(\d{1,2})(?!\d)\s?(?:日|일)?"
)
_YEAR_LAST: Final = regex.compile(
    r"(?<![\d:.,])(\d{1,2})(?:\s?([/.·–-])\s?|\s+tháng\s+)(\d{1,2})(?:\s?([/.·–-])\s?|(?:,|\s+năm)\s*)(\d{4}|'?\d{2})(?![\d:])"
)
_TIME: Final = regex.compile(
    r"(?<![\d.:])(\d{1,2})(?:\s?[:：]\s?(\d{2})(?:\s?[:：]\s?(\d{2}))?|[.h](\d{2})|\s?(?:[時时点點시h](?:\s?(\d{1,2})\s?[分분])?))(?!\d)"
    r"|(?<![\d.:])(\d{1,2})\s?(?=[ap]\.?m\b)",
    regex.IGNORECASE,
)
_MORNING: Final = regex.compile(
    r"(?<![a-z])a\.?\s?m\b|上午|凌晨|早上|午前|오전|صباح|(?<=\d)\s?ص(?!\p{L})|ق\.?\s?ظ|π\.?\s?μ|पूर्वाह्न|(?<=\d)\s?SA\b",
    regex.IGNORECASE,
)
_EVENING: Final = regex.compile(
    r"(?<![a-z])p\.?\s?m\b|下午|晚上|午後|오후|مساء|(?<=\d)\s?م(?!\p{L})|ب\.?\s?ظ|"
    r"بعد از ظهر|μ\.?\s?μ|अपराह्न|(?<=\d)\s?CH\b",
    regex.IGNORECASE,
)
_OFFSET: Final = regex.compile(
    r"(?:GMT|UTC|Z)?\s?([+−-])(\d{1,2})(?::?(\d{2}))?(?!\d)|(?<![\p{L}])(?:GMT|UTC|Z)(?![\p{L}])|ت\.?\s?غ|غرينتش|گرینویچ"
)
_ZONES: Final = {
    name: minutes
    for minutes, names in (
        (-600, "HST"), (-540, "AKST"), (-480, "PST AKDT"), (-420, "PDT MST"), (-360, "MDT CST"), (-300, "CDT EST"),
        (-240, "EDT"), (-180, "BRT ART"), (0, "WET"), (60, "CET MEZ WAT BST WEST"),
        (120, "CEST MESZ EET SAST CAT"), (180, "EEST MSK МСК EAT TRT"), (210, "IRST"), (240, "GST"), (300, "PKT"),
        (330, "IST"), (345, "NPT"), (420, "WIB ICT"),
        (480, "SGT HKT PHT AWST WITA"), (540, "JST KST WIT"),
        (570, "ACST"), (600, "AEST"), (660, "AEDT"), (720, "NZST"), (780, "NZDT"),
    )
    for name in names.split()
}  # fmt: skip
"""Minutes east of Greenwich. Abbreviations that mean several zones stand for the one news pages mean; see `_zone`."""
_AMERICAN: Final = {"ET": -300, "CT": -360, "MT": -420, "PT": -480}
"""Standard time of zones named without saying whether summer time applies."""
_ZONE: Final = regex.compile(rf"(?<!\p{{L}})({'|'.join((*_ZONES, *_AMERICAN))})(?!\p{{L}})")
_NOT_MONTH_FIRST: Final = (
    "gb",
    "uk",
    "au",
    "nz",
    "ie",
    "za",
    "in",
    "sg",
    "ng",
    "ke",
    "gh",
    "pk",
    "bd",
    "lk",
    "my",
    "hk",
    "eu",
)
_HAS_LETTERS: Final = regex.compile(r"\p{L}{3}")
_RELATIVE: Final = regex.compile(r"^\D{0,30}\d{1,2}\s+\p{L}+(?:\s+\p{L}+)?$")


def read_date(raw: str, *, language: str | None = None) -> DateStamp:
    """The date in a short text, with what was printed; never raises.

    `language` is the page's BCP 47 tag: it says how month names and "3/5/2024" are to be read. The value is
    "YYYY-MM-DD" when no clock time is given, and has an offset when a time zone is. Dates without a year, relative
    ones ("2 hours ago") and texts longer than 240 characters have no value.

    >>> read_date("Sun, 03 May 2026 09:05:00 GMT").value, read_date("2024年12月7日 10:30").value
    ('2026-05-03T09:05:00+00:00', '2024-12-07T10:30:00')
    """
    raw = str(raw).strip()
    if not raw or len(raw) > _MAX:
        return DateStamp(raw[:_MAX])
    try:
        return _read(raw, language)
    except (ValueError, OverflowError):
        return DateStamp(raw)


def _read(raw: str, language: str | None) -> DateStamp:
    if match := _ISO.fullmatch(raw):
        year, month, day, hour, minute, second, fraction, zone = match.groups()
        if hour is None:
            return _stamp(raw, (int(year), int(month), int(day)), None, None)
        micro = int((fraction or "0")[:6].ljust(6, "0"))
        return _stamp(
            raw, (int(year), int(month), int(day)), (int(hour), int(minute), int(second or 0), micro), _iso_zone(zone)
        )
    text = _with_ascii_digits(raw)
    if text.isdecimal() or text[:1].isdecimal():
        if stamp := _from_number(raw, text):
            return stamp
    code = primary_code(language)
    text = with_gregorian_years(text.translate(_UNIFIED), code)
    found = _find_numeric(text, language) or _find_named(text, code)
    problem: str | None = None
    if found is None:
        date, problem = read_other_calendar(text, code)
        if date:
            found = date, 0, 0
        elif problem is None and regex.search(r"\d{4}", text) and regex.search(r"(?<!\d)\d{1,2}(?!\d)", text):
            if _HAS_LETTERS.search(text) and find_language(language) is None:
                date, problem = read_with_library(raw, code)
                if date:
                    found = date, 0, 0
    if found is None:
        return DateStamp(raw, None, problem)
    date, start, end = found
    rest = f"{text[:start]} | {text[end:]}"
    time = _find_time(rest)
    return _stamp(raw, date, time, _zone(rest, code, date) if time else None)


_UNIFIED: Final = {
    0x00A0: " ",
    0x202F: " ",
    0x2009: " ",
    0x200E: None,
    0x200F: None,
    0x202A: None,
    0x202B: None,
    0x202C: None,
    0xFEFF: None,
    0x0640: None,
    0x064B: None,
}


def _with_ascii_digits(text: str) -> str:
    if text.isascii():
        return text
    return "".join(str(unicodedata.digit(ch)) if ch.isdecimal() else ch for ch in text)


def _stamp(
    raw: str, date: tuple[int, int, int], time: tuple[int, int, int, int] | None, zone: timezone | None
) -> DateStamp:
    year, month, day = date
    if year not in _YEARS:
        return DateStamp(raw)
    if time is None:
        return DateStamp(raw, datetime(year, month, day).date().isoformat())
    hour, minute, second, micro = time
    moment = datetime(year, month, day, hour % 24, minute, min(second, 59), micro, zone)
    if hour == 24:  # ISO 8601's midnight at the end of the day
        moment += timedelta(days=1)
    return DateStamp(raw, moment.isoformat())


def _iso_zone(zone: str | None) -> timezone | None:
    if not zone:
        return None
    if zone[0] not in "+-−":
        return UTC
    digits = zone[1:].replace(":", "")
    return _offset(-1 if zone[0] != "+" else 1, int(digits[:2]), int(digits[2:] or 0))


def _offset(sign: int, hours: int, minutes: int) -> timezone | None:
    if hours > 14 or minutes > 59:
        return None
    return timezone(sign * timedelta(hours=hours, minutes=minutes))


def _from_number(raw: str, text: str) -> DateStamp | None:
    """Epoch seconds (9 or 10 digits) and milliseconds (13), or digits in a row as "20240503T103000Z"."""
    if match := _COMPACT.fullmatch(text):
        year, month, day, hour, minute, second, zone = match.groups()
        if (
            int(year) in _YEARS
            and 1 <= int(month) <= 12
            and 1 <= int(day) <= 31
            and int(hour or 0) < 24
            and int(minute or 0) < 60
        ):
            time = (int(hour), int(minute), int(second or 0), 0) if hour else None
            return _stamp(raw, (int(year), int(month), int(day)), time, _iso_zone(zone))
    number, _, fraction = text.partition(".")
    if number.isdecimal() and (not fraction or fraction.isdecimal()) and len(number) in (9, 10, 12, 13):
        seconds = int(number) // (1000 if len(number) > 10 else 1)
        return DateStamp(raw, datetime.fromtimestamp(seconds, UTC).isoformat())
    return None


def _find_numeric(text: str, language: str | None) -> tuple[tuple[int, int, int], int, int] | None:
    for match in _YEAR_FIRST.finditer(text):
        year, month, day = (int(g) for g in match.groups())
        if year in _YEARS and 1 <= month <= 12 and 1 <= day <= 31:
            return (year, month, day), match.start(), match.end()
    for match in _YEAR_LAST.finditer(text):
        first, separator, second, separator2, last = match.groups()
        if separator != separator2 or (len(last) < 4 and separator is None):
            continue
        year = int(last.lstrip("'"))
        if year < 100:
            year += 1957 if primary_code(language) == "th" else 2000 if year < 70 else 1900
        day, month = int(first), int(second)
        if month > 12 or (day <= 12 and separator == "/" and _is_month_first(language)):
            day, month = month, day
        if year in _YEARS and 1 <= month <= 12 and 1 <= day <= 31:
            return (year, month, day), match.start(), match.end()
    return None


def _is_month_first(language: str | None) -> bool:
    """Whether "3/5/2024" is in March: in American English, and English that names no other country."""
    parts = (language or "").lower().replace("_", "-").split("-")
    return parts[0] == "en" and not any(part in _NOT_MONTH_FIRST for part in parts[1:])


@cache
def _months_of(codes: tuple[str, ...]) -> tuple[dict[str, int], tuple[regex.Pattern[str], ...]]:
    """Month numbers by name, and the patterns day-month-year, month-day-year, year-month-day, year-day-month."""
    numbers: dict[str, int] = {}
    for code in codes:
        language: Language | None = find_language(code)
        for number, names in enumerate(language.dates.months if language else (), 1):
            for name in names:
                numbers.setdefault(name.casefold(), number)
    if not numbers:
        return {}, ()
    alternatives = "|".join(regex.escape(n).replace(r"\ ", r"\s+") for n in sorted(numbers, key=len, reverse=True))
    # Hebrew writes "in" before the month, Arabic "and" before either name of a month with two.
    second = r"(?:\.?\s?[/(]\s?\p{L}[\p{L}\p{M}\s]{1,15}\)?)?"
    month = rf"(?<![\p{{L}}\p{{M}}])[בלو]?(?P<m>{alternatives}){second}(?![\p{{L}}\p{{M}}])"
    gap = r"[^\p{L}\d]{0,4}(?:\p{L}{1,6}[.'’]?[^\p{L}\d]{1,3}){0,2}"
    tail = r"(?:st|nd|rd|th|er|re|e|ος|η|го|º|ª|°)?"
    day, year = (
        rf"(?<![\d:])(?P<d>\d{{1,2}})(?![:\d]){tail}",
        r"(?<!\d)(?:(?P<y>\d{4})(?!\d)|(?<=['’-])(?P<yy>\d{2})(?![\d:.]))",
    )
    orders = (
        f"{day}{gap}{month}{gap}{year}",
        f"{month}{gap}{day}{gap}{year}",
        f"{year}{gap}{month}{gap}{day}",
        f"{year}{gap}{day}{gap}{month}",
    )
    return numbers, tuple(regex.compile(order, regex.IGNORECASE) for order in orders)


def _find_named(text: str, code: str) -> tuple[tuple[int, int, int], int, int] | None:
    """A date with a month name: of the page's language or English; only then of any language."""
    if not _HAS_LETTERS.search(text) and text.isascii():
        return None
    rows = [(code, "en"), *(((code, "en", *list_languages()),) if code == "und" else ())]
    for codes in rows:
        numbers, patterns = _months_of(tuple(dict.fromkeys(codes)))
        for pattern in patterns:
            if match := pattern.search(text):
                name = " ".join(match["m"].casefold().split())
                year = int(match["y"]) if match["y"] else 2000 + int(match["yy"])
                month, day = numbers.get(name, 0), int(match["d"])
                if year in _YEARS and 1 <= month <= 12 and 1 <= day <= 31:
                    return (year, month, day), match.start(), match.end()
    return None


def _find_time(text: str) -> tuple[int, int, int, int] | None:
    for match in _TIME.finditer(text):
        hour, minute, second, dotted, minute_cjk, bare = match.groups()
        hours, minutes = int(hour or bare), int(minute or dotted or minute_cjk or 0)
        if hours > 24 or minutes > 59 or text[match.start() - 1 : match.start()] in ("+", "−", "-"):
            continue
        around = text[max(0, match.start() - 12) : match.end() + 14]
        if hours <= 12:
            if _EVENING.search(around):
                hours = hours % 12 + 12
            elif hours == 12 and _MORNING.search(around):
                hours = 0
        return hours, minutes, min(59, int(second or 0)), 0
    return None


def _zone(text: str, code: str, date: tuple[int, int, int]) -> timezone | None:
    """The time zone named beside a clock time."""
    # A named zone may carry its offset as well ("GMT+0200 (CEST)"): the offset is the safer of the two.
    for match in _OFFSET.finditer(text):
        sign, hours, minutes = match.groups()
        if sign is None:
            if not _ZONE.search(text):
                return UTC
        elif match.group()[0] in "GUZ" or (
            (minutes and text[match.start() - 1 : match.start()] in ("", " "))
            or regex.search(r"\d[ ]?$", text[: match.start()])
        ):
            if zone := _offset(-1 if sign != "+" else 1, int(hours), int(minutes or 0)):
                return zone
    if named := _ZONE.search(text):
        name = named.group(1)
        if name in _AMERICAN:
            return timezone(timedelta(minutes=_AMERICAN[name] + (60 if _is_american_summer(date) else 0)))
        minutes_east = {
            ("CST", "zh"): 480,
            ("BST", "bn"): 360,
            ("IST", "he"): 120,
            ("IST", "ga"): 60,
            ("GST", "zh"): 480,
        }.get((name, code), _ZONES[name])
        return timezone(timedelta(minutes=minutes_east))
    return None


def _is_american_summer(date: tuple[int, int, int]) -> bool:
    """Summer time in the United States: second Sunday of March to first Sunday of November."""
    year, month, day = date
    if month in (3, 11):
        first = datetime(year, month, 1).isoweekday() % 7
        sunday = 1 + (7 - first) % 7
        return day >= sunday + 7 if month == 3 else day < sunday
    return 3 < month < 11
