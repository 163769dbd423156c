"""Addresses: made absolute, cleaned of tracking, compared."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import parse_qsl, unquote, urlencode, urljoin, urlsplit, urlunsplit

_TRACKING: Final = frozenset(
    (
        "fbclid gclid dclid gbraid wbraid msclkid yclid twclid igshid mc_cid mc_eid _ga _gl ref_src ref_url cmpid ncid "
        "ito icid xtor wt_mc at_medium at_campaign ocid smid smtyp sr_share spm ns_source ns_mchannel ns_campaign"
    ).split()
)
_ORIGIN: Final = re.compile(r"https?://[a-z0-9.-]+(?=/|$)")
_ROOTED: Final = re.compile(r"/(?!/)[\w~%/-]*+(?:\.\w++)?+", re.ASCII)
"""Paths from the root in which there is nothing to resolve: what `urljoin` does, a tenth of the work."""
TOPIC_PAGE: Final = re.compile(
    r"(?i)/(?:tags?|topics?|themen?|themas?|temas?|tema|temat|tagy|etiquetas?|keywords?|schlagwort|schlagworte|"
    r"hashtag|taxonomy|emne|aihe|konu|etiket|sujets?|th[eè]mes?|argomenti|onderwerp|dossiers?|trefwoord|avainsana)[/=.-]"
)
"""Addresses of pages that list stories of one topic."""
_TRACKING_STARTS: Final = ("utm_", "pk_", "mtm_", "hsa_", "at_custom", "at_link", "at_bbc", "vero_", "__twitter")


def absolute(url: str | None, base: str | None) -> str | None:
    """`url` made absolute; None for nothing, a fragment, or a scheme that is no page (javascript:, data:, mailto:, …).

    Without a base, a relative address is given back as written.

    >>> absolute("/a b", "https://news.example/x/")
    'https://news.example/a%20b'
    """
    if not url:
        return None
    url = url.strip()
    if not url or url[0] == "#":
        return None
    head = url[:11].lower()
    if ":" in head and head.split(":", 1)[0] in (
        "javascript",
        "data",
        "mailto",
        "tel",
        "about",
        "blob",
        "whatsapp",
        "sms",
    ):
        return None
    if "\n" in url or "\r" in url or "\t" in url:
        url = url.replace("\n", "").replace("\r", "").replace("\t", "")
    url = url.replace(" ", "%20")
    if base and not url.startswith(("http://", "https://")):
        if (plain := _ROOTED.fullmatch(url)) and (origin := _ORIGIN.match(base)):
            return origin[0] + plain[0]
        try:
            return urljoin(base, url)
        except ValueError:
            return url
    return f"https:{url}" if url.startswith("//") else url


def without_tracking(url: str) -> str:
    """The address without the query parameters that only say where the click came from, and without its fragment.

    >>> without_tracking("https://news.example/a?id=3&utm_source=x#top")
    'https://news.example/a?id=3'
    """
    if "?" not in url and "#" not in url:
        return url
    try:
        parts = urlsplit(url)
        query = parse_qsl(parts.query, keep_blank_values=True)
    except ValueError:
        return url
    kept = [(k, v) for k, v in query if k.lower() not in _TRACKING and not k.lower().startswith(_TRACKING_STARTS)]
    if len(kept) == len(query):
        return url.split("#", 1)[0]
    return urlunsplit((parts.scheme, parts.netloc, parts.path, urlencode(kept), ""))


def host_of(url: str | None) -> str:
    """Lower-case host name without "www."; empty where there is none."""
    if not url:
        return ""
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return ""
    return host.removeprefix("www.").lower()


def path_key(url: str | None) -> str:
    """What makes two addresses the same story: host and path and the query without tracking, decoded."""
    if not url:
        return ""
    try:
        parts = urlsplit(without_tracking(url))
    except ValueError:
        return url
    path = unquote(parts.path).rstrip("/").removesuffix("/amp")
    query = f"?{parts.query}" if parts.query else ""
    return f"{parts.netloc.removeprefix('www.').removeprefix('m.').lower()}{path}{query}".casefold()


_COMMON_LABELS: Final = frozenset("www com org net gov edu news mobile amp".split())


def is_same_site(url: str, host: str) -> bool:
    """Whether an address leads to the site of `host`: a relative one does, and sister domains share a name (bbc.com, bbc.co.uk)."""
    other = host_of(url)
    if not other or other == host:
        return True
    names = {label for label in other.split(".") if len(label) > 2} - _COMMON_LABELS
    return not names.isdisjoint(host.split("."))
