"""Text of any script: white space, letters, sentence marks, keys to compare by."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

import regex

LINE_BREAK: Final = "\x00"
"""Stands for a `<br>` in raw text; a parsed tree cannot hold it."""
_INVISIBLE: Final = dict.fromkeys(
    (0x00AD, 0x200B, 0x2060, 0xFEFF, 0x180E, *range(0x202A, 0x202F), *range(0x2066, 0x206A))
)
"""Soft hyphen, zero-width space, word joiner, BOM, direction embeddings. ZWJ and ZWNJ belong to words and stay."""
_HAS_INVISIBLE: Final = re.compile("[\u00ad\u180e\u200b\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
_POINTS: Final = re.compile(
    "[\u0591-\u05bd\u05bf-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u0640\u200b-\u200f\u00ad\ufeff]"
)
"""Hebrew and Arabic vocalisation, tatweel, invisible characters."""
_POINTED: Final = re.compile("[\u00ad\u0591-\u06ed\u200b-\u200f\ufeff]")
"""Whether a text can hold any of them, or Arabic letters."""
_NOT_WORD: Final = regex.compile(r"[^\p{L}\p{N}\p{M}]+")
_MARKS: Final = regex.compile(r"[^\p{L}\p{N}\p{M}\s]+")
_ASCII: Final = tuple(map(chr, range(128)))
_ASCII_SQUEEZED: Final = {ord(ch): ch.lower() if ch.isalnum() else None for ch in _ASCII}
_ASCII_WORDS: Final = {ord(ch): ch.lower() if ch.isalnum() else None if ch == "'" else " " for ch in _ASCII}
"""What the patterns do, as tables: several times faster for texts in ASCII, which are most."""
_SENTENCE_END: Final = re.compile(r"[.!?…。！？؟۔।॥։።።᙮។၊။](?=[\s\"'”“’»«)\]」』）】\u00a0]|$)|[。！？]")
_ASCII_SENTENCE_END: Final = re.compile(r"[.!?](?=[\s\"')\]]|$)")
_COMMA: Final = re.compile(r"[,;，、；،؛]")
_WIDE: Final = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
_RARE: Final = re.compile(f"[{_HAS_INVISIBLE.pattern[1:-1]}{_WIDE.pattern[1:-1]}]")
_SPACES_PER_WORD: Final = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]")


def collapse(text: str) -> str:
    """White space of every kind to single spaces, none at the ends, invisible characters dropped."""
    if not text.isascii() and _HAS_INVISIBLE.search(text):
        text = text.translate(_INVISIBLE)
    return " ".join(text.split())


def collapse_lines(raw: str) -> str:
    """Like `collapse`, with LINE_BREAK turned into a newline; no empty lines."""
    if LINE_BREAK not in raw:
        return collapse(raw)
    return "\n".join(filter(None, map(collapse, raw.split(LINE_BREAK))))


def collapse_and_count(raw: str) -> tuple[str, int]:
    """`collapse_lines` of a text and the `letters` of that: together half the work, for most texts."""
    if LINE_BREAK in raw or not (raw.isascii() or _RARE.search(raw) is None):
        text = collapse_lines(raw)
        return text, letters(text)
    words = raw.split()
    text = " ".join(words)
    return text, len(text) - max(0, len(words) - 1)


def flatten(raw: str) -> str:
    """Raw or collapsed text as one line: every white space and LINE_BREAK a single space."""
    return " ".join(raw.replace(LINE_BREAK, " ").split())


def map_offsets(raw: str, offsets: list[int]) -> list[int]:
    """Where offsets into `raw` stand in `collapse_lines(raw)`; `offsets` in rising order.

    >>> map_offsets("  a  b ", [2, 5, 7])
    [0, 2, 3]
    """
    out: list[int] = []
    position = start = 0
    pending = False
    for end in offsets:
        if piece := raw[start:end].translate(_INVISIBLE):
            if length := len(collapse_lines(piece)):
                position += length + (1 if position and (pending or _is_space(piece[0])) else 0)
                pending = False
            pending = pending or _is_space(piece[-1])
            start = end
        # The space before a word counts as soon as the word begins.
        begins = pending and position and end < len(raw) and not _is_space(raw[end])
        out.append(position + 1 if begins else position)
    return out


def _is_space(ch: str) -> bool:
    return ch == LINE_BREAK or ch.isspace()


def letters(text: str) -> int:
    """Length that compares across scripts: characters without white space, Han and Kana counted double."""
    wide = 0 if text.isascii() else len(_WIDE.findall(text))
    return len(text) - text.count(" ") - text.count("\n") + wide


def sentence_ends(text: str) -> int:
    """How many sentences end in the text, by the marks of any script.

    >>> sentence_ends("He said so. “Did he?” 3.5 percent."), sentence_ends("他说。她也说。")
    (3, 2)
    """
    if not text.isascii():
        return len(_SENTENCE_END.findall(text))
    if "." not in text and "?" not in text and "!" not in text:
        return 0
    return len(_ASCII_SENTENCE_END.findall(text))


def commas(text: str) -> int:
    """Commas and semicolons of any script."""
    if text.isascii():
        return text.count(",") + text.count(";")
    return len(_COMMA.findall(text))


def ends_sentence(text: str) -> bool:
    """Whether the text ends with a sentence mark, closing quotation marks and brackets aside."""
    stripped = text.rstrip(" \n\"'”“’‘»«›‹)]」』）】\u00a0")
    return stripped.endswith((".", "!", "?", "…", "。", "！", "？", "؟", "۔", "।", "॥", "։", "።", ":", "：", "။", "។"))


def squeeze(text: str | None) -> str:
    """Letters and digits alone, casefolded, compatibility forms unified, pointing left out: equal for the same words."""
    if not text:
        return ""
    if text.isascii():
        return text.translate(_ASCII_SQUEEZED)
    # Spaces go first: half of what the slower pattern would find.
    return _NOT_WORD.sub("", "".join(_POINTS.sub("", unicodedata.normalize("NFKC", text)).split())).casefold()


_ARABIC: Final = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ی": "ي", "ک": "ك", "ة": "ه"})


def phrase_key(text: str) -> str:
    """Words separated by single spaces, casefolded, punctuation dropped, digits at both ends dropped, Arabic unified.

    >>> phrase_key("» Teilen (12):"), phrase_key("شاهـد أيضاً:")
    ('teilen', 'شاهد ايضا')
    """
    if text.isascii():
        words = text.translate(_ASCII_WORDS).split()
    else:
        text = unicodedata.normalize("NFKC", text)
        if _POINTED.search(text):
            text = _POINTS.sub("", text).translate(_ARABIC)
        words = _MARKS.sub(" ", text.replace("'", "").replace("’", "")).casefold().split()
    start, end = 0, len(words)
    while start < end and words[start].isnumeric():
        start += 1
    while end > start and words[end - 1].isnumeric():
        end -= 1
    return " ".join(words[start:end])


def word_count(text: str) -> int:
    """Words; in scripts without spaces, a word for every two (Han, Kana) or five (Thai, Burmese, Khmer) characters."""
    count = len(text.split())
    if text.isascii():
        return count
    return count + len(_WIDE.findall(text)) // 2 + len(_SPACES_PER_WORD.findall(text)) // 5


_WORDS: Final = regex.compile(r"\p{Nd}+|[\p{L}\p{M}\u200c]+")


def words_and_numbers(text: str) -> list[str]:
    """Words and numbers of a short text, casefolded.

    >>> words_and_numbers("3. Mai 2024, 17:47 Uhr")
    ['3', 'mai', '2024', '17', '47', 'uhr']
    """
    return _WORDS.findall(text.casefold())
