"""Captions: credits split off, labels and template escapes taken away."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

import regex

from article_extract.rules import PhraseBook
from article_extract.text import phrase_key


def unescape(text: str) -> str:
    r"""Undo the escapes that templates leave in texts: `\"` and `%"…!%"`.

    >>> unescape('He said: \\"Yes\\". %"No!%"')
    'He said: "Yes". "No!"'
    """
    if "\\" in text:
        text = text.replace('\\"', '"').replace("\\'", "'")
    return text.replace('%"', '"') if '%"' in text else text


_SHORT: Final = 80
_MOST_NAMES: Final = 7
_FEW_NAMES: Final = 4
_LONGEST_NAME: Final = 20
_LONGEST_MARKER: Final = 40
_CREDIT_KINDS: Final = frozenset(("caption", "legal", "disclaimer"))
_SEPARATOR: Final = regex.compile(r"[:：،，,=＝／]")
_LAST_SENTENCE: Final = regex.compile(r"[.!?。！？؟।]\s*([^.!?。！？؟।]{3,80}\.?)$")
_TAKEN_BY: Final = regex.compile(r"[\s。，(（/／](\p{Han}{2,4})\s?[摄攝][)）]?$")
_WHOLE_BRACKETS: Final = regex.compile(r"[\[(（【][^\[\]()（）【】.!?。]{2,60}[\])）】]")
_BRACKETS: Final = regex.compile(r"[\[(（【]([^\[\]()（）【】]{2,120})[\])）】]\.?$")
_CREDIT_TAIL: Final = regex.compile(r"(?:^|[.!?…»”\"\s|—–-])\s*((?:©|\(c\)|🅪|📷)\s*\S[^©]{1,120})$", regex.IGNORECASE)
_CREDIT_MARKS: Final = ("©", "(c)", "(C)", "🅪", "📷")
"""One of these stands in every match of `_CREDIT_TAIL`, which is slower to look for."""
_CLOSING: Final = tuple(bracket + stop for bracket in "])）】" for stop in ("", "."))


class CaptionText(NamedTuple):
    """A text that stands with a picture."""

    text: str
    credit: bool = False
    """Whether its place says that it names who made the picture."""
    box: int = 0
    """Equal for texts of one caption."""


def join_captions(texts: Sequence[CaptionText], book: PhraseBook) -> tuple[str | None, str | None]:
    """Caption and credit of all texts that stand with one picture, in any order."""
    captions: list[str] = []
    first_box: int | None = None
    credit: str | None = None
    announced = False
    for text, placed, box in texts:
        text = unescape(text)
        if _is_marker(text, book):
            # "Photo:" in an element of its own: the next text is the credit.
            announced = text.endswith((":", "：")) and not _is_label(text, book)
            continue
        one, two = read_caption(text, book)
        if one is not None and two is None and (placed or announced):
            one, two = None, one
        elif one in captions:
            one = None
        elif one is not None and captions and two is None and credit is None and len(one) <= _SHORT:
            one, two = None, one
        announced = False
        if one is not None and first_box in (None, box):
            # Of several captions beside one picture the first is its own.
            first_box = box
            captions.append(one)
        credit = credit or two
    return " ".join(captions) or None, credit


def read_caption(text: str, book: PhraseBook) -> tuple[str | None, str | None]:
    """
    Caption and credit of a text that is known to stand with a picture: also a mere name of an agency is a credit.

    >>> from article_extract.rules import phrase_book
    >>> read_caption("Image caption, The crane at dawn (Reuters)", phrase_book("en"))
    ('The crane at dawn', 'Reuters')
    """
    text = _without_label(text.strip(), book)
    if not text:
        return None, None
    caption, credit = split_credit(text, book)
    if credit is None and caption is not None:
        caption, credit = _split_end(caption, book)
    if credit is None and caption is not None and _is_credit(caption, book):
        return None, _clean(caption[_marker_end(caption, book) or 0 :])
    return caption, credit


def _split_end(text: str, book: PhraseBook) -> tuple[str | None, str | None]:
    """Caption and credit where only what stands at the end tells: "(photo Lee)", "(ECHO/ANN LEE)", "…. Photo Lee", "。李明 摄"."""
    if (match := _BRACKETS.search(text)) and match.start():
        inner = match[1]
        names = len(inner.split()) <= _MOST_NAMES and inner[:1].isupper() and not any(c.isdecimal() for c in inner)
        if ("/" in inner and names) or _opens_credit(inner, book, marked=False):
            return text[: match.start()].strip(), _after_marker(inner)
    if match := _TAKEN_BY.search(text):
        return text[: match.start()].strip() or None, match[1]
    if (last := _LAST_SENTENCE.search(text)) and len(tail := last[1].strip()) <= _SHORT:
        head = text[: last.start(1)].strip()
        if (end := _marker_end(tail, book)) is not None:
            return head, _clean(tail[end:])
        words = tail.split(" ")
        if (
            1 < len(words) <= _MOST_NAMES
            and words[1][:1].isupper()
            and not tail.endswith((".", "!", "?", "…"))
            and book.kind_of(phrase_key(words[0])) == "caption"
        ):
            return head, _clean(tail)
    return text, None


def _is_credit(text: str, book: PhraseBook) -> bool:
    if len(text) > _SHORT or text.endswith(("!", "?", "…")):
        return False
    key = phrase_key(text)
    if _WHOLE_BRACKETS.fullmatch(text) or book.kind_of(key) in _CREDIT_KINDS or _is_agency_line(text, key):
        return True
    if _marker_end(text, book) is not None:
        return True
    opening = book.opening(key)
    if opening is None or opening[1] not in _CREDIT_KINDS:
        return False
    phrase = opening[0]
    if opening[1] != "caption":
        return True
    # "Photo by Ann Lee", not "Photo of the pier"
    count = phrase.count(" ") + 1
    rest = text.split(" ")[count:]
    return count > 1 and 0 < len(rest) <= _MOST_NAMES and rest[0][:1].isupper()


def _marker_end(text: str, book: PhraseBook) -> int | None:
    """The offset after "Credits:" or "Image source,"."""
    found = _SEPARATOR.search(text, 0, _LONGEST_MARKER)
    if found is None or book.kind_of(phrase_key(text[: found.start()])) != "caption":
        return None
    # "Image source, Harbour Archive", not "Images, videos and more"
    return None if found[0] == "," and text[found.end() :].lstrip()[:1].islower() else found.end()


def _is_agency_line(text: str, key: str) -> bool:
    """A line that names an agency and little else: "Ann Lee/AFP", "Getty Images / Bo Ruiz"."""
    words = key.split()
    if len(words) > _MOST_NAMES or any(len(w) > _LONGEST_NAME for w in words):
        return False
    outer = (*words[:1], *words[-2:])
    return not _AGENCY.isdisjoint(outer) and (len(words) <= _FEW_NAMES or any(c in text for c in "/|–—•"))


def _is_marker(text: str, book: PhraseBook) -> bool:
    """Whether a text is but the words that announce a caption or credit."""
    key = phrase_key(text)
    return book.kind_of(key) == "caption" and (text.endswith((":", "：")) or book.opening(key) == (key, "caption"))


def _is_label(text: str, book: PhraseBook) -> bool:
    return phrase_key(text) in book.describing


def _without_label(text: str, book: PhraseBook) -> str:
    """The text without the words that announce a caption: "Image caption, …"."""
    if _is_label(text, book):
        return ""
    found = _SEPARATOR.search(text, 0, _LONGEST_MARKER)
    if found is None or not _is_label(text[: found.start()], book):
        return text
    return text[found.end() :].lstrip()


def split_credit(caption: str, book: PhraseBook) -> tuple[str | None, str | None]:
    """Caption and credit of one text: "… in Doha. Foto: Ann Lee/dpa", "… (AP Photo)", "© Reuters"."""
    text = caption.strip()
    if not text:
        return None, None
    if any(mark in text for mark in _CREDIT_MARKS) and (match := _CREDIT_TAIL.search(text)):
        return text[: match.start(1)].strip(" |–—-\n") or None, _clean(match[1])
    for line_break in ("\n", " | ", " / "):
        head, sep, tail = text.rpartition(line_break)
        if sep and len(tail) <= _SHORT and _opens_credit(tail, book, marked=line_break == "\n"):
            return head.strip() or None, _after_marker(tail)
    words = text.split(" ") if ":" in text else []
    for i in range(len(words) - 1, max(-1, len(words) - 16), -1):
        if (
            i == 0
            or words[i - 1][-1:] in '.!?…»”")|/–—-。،؛'
            or ":" in words[i]
            or ":" in "".join(words[i + 1 : i + 2])
        ):
            tail = " ".join(words[i:])
            if ":" in tail[:40] and _opens_credit(tail, book):
                # "Image credit: …" opens one word before "credit: …".
                while i > 0 and _opens_credit(f"{words[i - 1]} {tail}", book):
                    i -= 1
                    tail = f"{words[i]} {tail}"
                return " ".join(words[:i]).strip(" |–—-/") or None, _after_marker(tail)
    if text.endswith(_CLOSING) and (match := _BRACKETS.search(text)):
        inner = match[1]
        if _opens_credit(inner, book) or _is_agency(inner):
            return text[: match.start()].strip() or None, _after_marker(inner)
    return text, None


_AGENCY: Final = frozenset(
    "reuters afp ap dpa getty imago epa efe tass shutterstock xinhua anp ansa keystone apa tt ntb ritzau yonhap kyodo pti ani picture alliance photo images handout archive alamy bloomberg".split()
)


def _is_agency(text: str) -> bool:
    return any(word in _AGENCY for word in phrase_key(text).split()) and len(text) <= 80


def _opens_credit(text: str, book: PhraseBook, *, marked: bool = True) -> bool:
    """Whether a text opens with the words for a credit, and with `marked` a colon after them."""
    opening = book.opening(phrase_key(text))
    if opening is None or opening[1] != "caption" or opening[0] in book.describing:
        return False
    return not marked or ":" in text[: len(opening[0]) + 3] or "：" in text


def _after_marker(text: str) -> str:
    for colon in (":", "："):
        head, sep, tail = text.partition(colon)
        if sep and len(head) <= 30 and tail.strip():
            return _clean(tail)
    return _clean(text)


def _clean(text: str) -> str:
    return text.strip(" |.;()[]（）【】\n")
