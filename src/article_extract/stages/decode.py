"""
Bytes to text.

The order of authority is that of the WHATWG HTML standard ("determining the character encoding"): byte order mark, HTTP
header, `<meta>`, XML declaration. What the standard does not do, and real pages need: bytes that are valid UTF-8 are
UTF-8 whatever is declared, and a declaration that the bytes contradict loses to detection.
"""

from __future__ import annotations

import re
from typing import Final, Literal

from article_extract.encodings import decode_bytes, detect, find_encoding
from article_extract.page import DecodedPage
from article_extract.records import Problem

Kind = Literal["html", "empty", "binary", "json", "text"]

_MARKS: Final = (
    (b"\xef\xbb\xbf", "utf-8", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32le", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32be", "utf-32-be"),
    (b"\xff\xfe", "utf-16le", "utf-16-le"),
    (b"\xfe\xff", "utf-16be", "utf-16-be"),
)
"""Byte order marks: bytes, name, Python codec. The longer ones first, since UTF-32's begins with UTF-16's."""

_SIGNATURES: Final = (
    (b"%PDF-", "a PDF file"),
    (b"\x89PNG\r\n\x1a\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF87a", "a GIF image"),
    (b"GIF89a", "a GIF image"),
    (b"\x1f\x8b\x08", "gzip-compressed bytes; decompress them first"),
    (b"\x28\xb5\x2f\xfd", "zstd-compressed bytes; decompress them first"),
    (b"BZh", "bzip2-compressed bytes; decompress them first"),
    (b"PK\x03\x04", "a ZIP archive or office document"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an office document"),
    (b"\x7fELF", "a program"),
    (b"OggS", "an Ogg file"),
    (b"ID3", "an MP3 file"),
    (b"wOFF", "a font"),
    (b"wOF2", "a font"),
    (b"\x00\x00\x01\x00", "an icon"),
    (b"{\\rtf", "an RTF document"),
)
"""Leading bytes of what is no page (https://mimesniff.spec.whatwg.org/), and what to call it."""

_HEADER_CHARSET: Final = re.compile(r"charset\s*=\s*[\"']?([^\s;\"',]{1,40})", re.IGNORECASE)
_META_CHARSET: Final = re.compile(rb"<meta\b[^>]{0,400}?\bcharset\s*=\s*[\"']?\s*([^\s\"'/>;]{1,40})", re.IGNORECASE)
_XML_ENCODING: Final = re.compile(rb"^\s*<\?xml\b[^>]{0,200}?\bencoding\s*=\s*[\"']([^\"'>]{1,40})")
_HTML_LANG: Final = re.compile(rb"<html\b[^>]{0,600}?\blang\s*=\s*[\"']?([a-zA-Z]{2,3})\b", re.IGNORECASE)
_TAG: Final = re.compile(r"<(?:[a-zA-Z!?]|/[a-zA-Z])")
_JSON_START: Final = re.compile(r"\s*(?:\{\s*[\"}]|\[\s*(?:[\"{\[\]]|-?\d|true\b|false\b|null\b))")
_MULTIBYTE: Final = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_CONTROLS: Final = bytes((*range(1, 9), *range(14, 27), *range(28, 32)))
"""Bytes that no text in an encoding of the web holds."""
_HEAD: Final = 4096
"""How far declarations are looked for. The standard says 1024 bytes; pages put longer comments first."""


def decode(content: bytes | str, content_type: str | None, max_bytes: int) -> DecodedPage:
    """Markup as text, with what it looks like and what was odd; never raises.

    `content_type` is the HTTP header, `max_bytes` where the rest is cut off (characters, for str). The text holds no
    NUL and no lone surrogate. Binary, empty and JSON content gives an empty text for binary, else the text as it
    stands.
    """
    problems: list[Problem] = []
    if len(content) > max_bytes:
        problems.append(
            _problem(f"cut after {max_bytes} of {len(content)} {'characters' if isinstance(content, str) else 'bytes'}")
        )
        content = content[:max_bytes]
    if isinstance(content, str):
        text = _repaired(content, problems)
        return _sniffed(text, "str", problems)
    if not content or content.isspace():
        return DecodedPage("", "utf-8", "empty", (*problems, _problem("the page is empty")))
    for mark, name, codec in _MARKS:
        if content.startswith(mark):
            return _sniffed(_without_nul(content[len(mark) :].decode(codec, "replace"), problems), name, problems)
    if what := _signature(content):
        return DecodedPage("", "utf-8", "binary", (*problems, _problem(f"not a page but {what}")))
    text, name = _read(content, content_type, problems)
    if name != "utf-8" or b"\0" in content:  # a byte is found many times faster than a character
        text = _without_nul(text, problems)
    return _sniffed(text, name, problems)


def _problem(message: str) -> Problem:
    return Problem("decode", None, message)


def _repaired(text: str, problems: list[Problem]) -> str:
    """Text from the caller without BOM, NUL and lone surrogates (which no encoder takes)."""
    if not text.isascii():
        text = text.removeprefix("\ufeff")
        try:
            text.encode("utf-8")
        except UnicodeEncodeError:
            text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
            problems.append(_problem("lone surrogates replaced"))
    return _without_nul(text, problems)


def _without_nul(text: str, problems: list[Problem]) -> str:
    if "\0" in text:
        problems.append(_problem("NUL characters replaced"))
        return text.replace("\0", "\ufffd")
    return text


def _signature(content: bytes) -> str | None:
    """What kind of file the bytes are, if no page."""
    head = content[:1024]
    for start, what in _SIGNATURES:
        if head.startswith(start):
            return what
    if head[:4] == b"RIFF" and head[8:12] in (b"WEBP", b"WAVE", b"AVI "):
        return "an image, sound or video file"
    if head[4:8] == b"ftyp":
        return "an image or video file"
    if _utf16_order(head):
        return None
    odd = len(head) - len(head.translate(None, _CONTROLS))
    nul = head.count(0)
    if (odd > len(head) // 10 or nul > len(head) // 3) and b"<" not in head.replace(b"<\0", b""):
        return "binary data"
    return "binary data" if odd > len(head) // 16 else None


def _utf16_order(head: bytes) -> str | None:
    """The byte order of UTF-16 without a mark: ASCII markup leaves a NUL in every other byte."""
    half = len(head) // 2
    if half < 2 or b"\0" not in head:
        return None
    even, odd = head[0 : half * 2 : 2].count(0), head[1 : half * 2 : 2].count(0)
    if odd > half * 0.3 and even < odd * 0.1:
        return "utf-16le"
    if even > half * 0.3 and odd < even * 0.1:
        return "utf-16be"
    return None


def _read(content: bytes, content_type: str | None, problems: list[Problem]) -> tuple[str, str]:
    """The text and the name of its encoding."""
    if b"\0" in content[:1024] and (order := _utf16_order(content[:1024])):
        problems.append(_problem(f"{order} without a byte order mark"))
        return decode_bytes(content, order), order
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.end >= len(content) - 3 and error.reason.startswith("unexpected end"):
            # A character cut at the end, by max_bytes or by the network.
            return content[: error.start].decode("utf-8"), "utf-8"
    else:
        if b"\x1b" in content and (b"\x1b$" in content or b"\x1b(J" in content):
            # ISO-2022-JP is ASCII bytes with escape sequences, so it always passes for UTF-8.
            if "iso-2022-jp" in _declared(content, content_type) or content.isascii():
                return decode_bytes(content, "iso-2022-jp"), "iso-2022-jp"
        if not content.isascii():
            declared = _declared(content, content_type)
            if declared and "utf-8" not in declared:
                problems.append(_problem(f"declared as {declared[0]}, read as utf-8"))
        return text, "utf-8"
    text = content.decode("utf-8", "replace")
    bad = text.count("\ufffd")
    declared = _declared(content, content_type)
    good = 0 if bad * 2 > len(content) else _multibyte(content, enough=bad * 8)
    if good >= bad * (2 if "utf-8" in declared[:1] or not declared else 8):
        problems.append(_problem(f"{bad} invalid byte sequences in utf-8 replaced"))
        return text, "utf-8"
    language = _HTML_LANG.search(content[:_HEAD])
    legacy = tuple(d for d in declared if d not in ("utf-8", "utf-16le", "utf-16be", "iso-2022-jp"))
    name, score = detect(content, legacy, language.group(1).decode("ascii").lower() if language else None)
    if score < 0.2 and "utf-8" in declared and good >= bad:
        name = "utf-8"
    if not declared:
        problems.append(_problem(f"no encoding declared, read as {name}"))
    elif name != declared[0]:
        problems.append(_problem(f"declared as {declared[0]}, read as {name}"))
    return decode_bytes(content, name), name


def _multibyte(content: bytes, enough: int) -> int:
    """How many valid multi-byte sequences of UTF-8 there are; counting stops when there are `enough`."""
    count = 0
    for _ in _MULTIBYTE.finditer(content):
        count += 1
        if count >= enough:
            break
    return count


def _declared(content: bytes, content_type: str | None) -> tuple[str, ...]:
    """WHATWG names of the encodings declared, by authority, each once."""
    head = content[:_HEAD]
    labels: list[str] = []
    if content_type and (match := _HEADER_CHARSET.search(content_type[:1000])):
        labels.append(match.group(1))
    for pattern in (_META_CHARSET, _XML_ENCODING):
        if found := pattern.search(head):
            labels.append(found.group(1).decode("latin-1"))
    names = (find_encoding(label) for label in labels)
    return tuple(dict.fromkeys(name for name in names if name))


def _sniffed(text: str, encoding: str, problems: list[Problem]) -> DecodedPage:
    """The page with its kind: markup has a tag, JSON begins and ends like JSON, everything else is plain text."""
    kind: Kind = "html"
    start = text[:2000].lstrip()[:1]
    if start != "<" or not _TAG.search(text):
        if not start and (not text or text.isspace()):
            kind = "empty"
            problems.append(_problem("the page is empty"))
        elif _JSON_START.match(text[:2000]) and text[-200:].rstrip()[-1:] in ("}", "]"):
            kind = "json"
            problems.append(_problem("not a page but JSON"))
        elif not _TAG.search(text):
            kind = "text"
            problems.append(_problem("plain text without markup"))
    return DecodedPage(text, encoding, kind, tuple(problems))
