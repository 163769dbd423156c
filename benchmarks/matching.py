"""When a record that was found is the one that was labelled. Labels are often cut ("…"), so beginnings count."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

from benchmarks.metrics import name_of
from benchmarks.words import squeeze

Record = Mapping[str, Any]

_CUT: Final = 60
"""Characters of a beginning that are enough to know a paragraph by."""
_TRACKING: Final = re.compile(r"utm_|fbclid|gclid|ref$|cmp")
_CUT_URL: Final = 85
"""Addresses of this length and more may be cut in the labels."""
_OTHER_NAMES: Final = {
    "twitter": "x",
    "x-twitter": "x",
    "x.com": "x",
    "fb": "facebook",
    "meta": "facebook",
    "yt": "youtube",
    "youtube-nocookie": "youtube",
    "google-maps": "maps",
    "googlemaps": "maps",
}
_SMALL_WORDS: Final = (
    "the a an of and in for und von im die der das dem den des ein eine et la le les l un une du de y el los las una "
    "en da do dos o os as il lo gli i uno e di van het een og på av af från ve bir и в на"
)
_ARTICLE_WORDS: Final = frozenset(_SMALL_WORDS.split())
_UNSPACED: Final = re.compile("[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


def beginning(text: str | None) -> str:
    """Key of what a label gives of a text: all, or what stands before its "…"."""
    return squeeze((text or "").split("…")[0])


def chrome_key(text: str | None) -> str:
    """Key of labelled chrome: whole but for a cut at its end or a gap in its middle."""
    return squeeze((text or "").rstrip("…").split(" … ")[0])


def begins(label: str | None, found: str | None) -> bool:
    """Whether a text is the labelled one, as far as the shorter of the two goes."""
    want, got = beginning(label), squeeze(found)
    return bool(want) and (got.startswith(want[:_CUT]) or (len(got) > 15 and want.startswith(got[:_CUT])))


def place(url: str | None) -> str:
    """Path and query of an address, without tracking parameters: the same on every host."""
    if not url:
        return ""
    try:
        parts = urlsplit(url.strip())
    except ValueError:  # "http://[": a page may print anything
        return ""
    query = urlencode([pair for pair in parse_qsl(parts.query) if not _TRACKING.match(pair[0])])
    return unquote(parts.path.rstrip("/") + (f"?{query}" if query else "")).casefold()


def provider_of(record: Record) -> str:
    """The provider's key, whatever other name it goes by."""
    name = (record.get("provider") or "").lower().strip()
    return _OTHER_NAMES.get(name, name)


def is_own_player(record: Record) -> bool:
    """Whether it is the site's own player: those are neither asked for nor held against anyone."""
    return provider_of(record).startswith("site-")


def same_story(label: Record, found: Record) -> bool:
    """Two teasers of one story: by address, else by title."""
    if label.get("url") and found.get("url"):
        want, got = place(label["url"].rstrip("…")), place(found["url"])
        if len(want) > 3:
            may_be_cut = len(label["url"]) >= _CUT_URL
            if want == got or (may_be_cut and got.startswith(want)):
                return True
            if len(got) > 12 and got.startswith("/") and want.endswith(got):
                return True
    want, got = squeeze(label.get("title")), squeeze(found.get("title"))
    if not want or not got:
        return False
    return want == got or (min(len(want), len(got)) > 20 and (want in got or got in want))


def same_embed(label: Record, found: Record) -> bool:
    """One provider, and the same id, address or text; a label without any of them is content with the provider."""
    if provider_of(label) != provider_of(found) and not (is_own_player(label) and is_own_player(found)):
        return False
    number, address = label.get("id"), found.get("url") or ""
    if number and (str(number) == str(found.get("id")) or str(number) in address):
        return True
    if label.get("url") and address and place(address) in place(label["url"]):
        return True
    if label.get("text") and found.get("text") and begins(label["text"], found["text"]):
        return True
    return is_own_player(label) or not (number or label.get("url") or label.get("text"))


def same_quote(label: Record, found: Record) -> bool:
    """The same words, or one within the other with at least 70 % of its length."""
    want, got = squeeze(label["text"]), squeeze(found.get("text"))
    if not want or not got:
        return False
    shorter, longer = sorted((want, got), key=len)
    return want == got or (shorter in longer and len(shorter) >= 0.7 * len(longer))


def same_speaker(label: Record, found: Record) -> bool:
    """One name or description says all that the other says, articles and prepositions aside."""
    want, got = squeeze(label["speaker"]), squeeze(name_of(found.get("speaker")))
    if not want or not got:
        return False
    if _UNSPACED.search(want):
        return want in got or (len(got) > 1 and got in want)
    one, other = _name_words(label["speaker"]), _name_words(name_of(found.get("speaker")))
    return bool(one and other) and (one <= other or other <= one)


def _name_words(name: str) -> set[str]:
    return {squeeze(word) for word in re.findall(r"\w+", name.casefold()) if word not in _ARTICLE_WORDS}


def pair_up(
    labels: Sequence[Record], found: Sequence[Record], same: Callable[[Record, Record], bool]
) -> tuple[list[tuple[Record, Record | None]], list[Record]]:
    """Each label with the first record that is the same and not taken yet; and the records that no label took."""
    left = list(found)
    pairs: list[tuple[Record, Record | None]] = []
    for label in labels:
        at = next((i for i, record in enumerate(left) if same(label, record)), None)
        pairs.append((label, None if at is None else left.pop(at)))
    return pairs, left
