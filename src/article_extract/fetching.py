"""
URL to bytes with httpx: the only network code.

The module is not named `fetch`: once imported, a submodule of that name would hide the function `article_extract.fetch`.

`fetch` and `afetch` get one page; `Fetcher` and `AsyncFetcher` keep a client for many. What comes back is a
`FetchedPage`, which `extract` takes. Every failure is a `FetchError` that says what went wrong.
"""

from __future__ import annotations

import time
import zlib
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, version
from types import TracebackType
from typing import Any, Final
from urllib.parse import urlsplit

import httpx

from article_extract.errors import FetchError
from article_extract.page import FetchedPage

try:
    _VERSION = version("article-extract")
except PackageNotFoundError:
    _VERSION = "0"

USER_AGENT: Final = f"article-extract/{_VERSION} (+https://pypi.org/project/article-extract/)"
HEADERS: Final = {
    "User-Agent": USER_AGENT,
    "Accept": "text/html,application/xhtml+xml;q=0.9,*/*;q=0.5",
    "Accept-Language": "*",
    "Accept-Encoding": "gzip, deflate",
}
_PIECE: Final = 1024 * 1024
"""Bytes that are decompressed at a time, so that a bomb is noticed before it fills the memory."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchOptions:
    """Limits of one fetch."""

    timeout: float = 20.0
    """Seconds for connecting and for each read."""
    total_timeout: float = 60.0
    """Seconds for the whole page, however slowly it drips in."""
    max_redirects: int = 10
    max_bytes: int = 32 * 1024 * 1024
    """Decompressed size at which reading stops with an error."""
    headers: dict[str, str] = field(default_factory=dict)
    """Added to, and put before, the library's own."""


def fetch(url: str, *, options: FetchOptions = FetchOptions()) -> FetchedPage:
    """Get one page.

    Redirects are followed; `FetchedPage.url` is the last address. Raises FetchError when the address is not http(s),
    the server cannot be reached, answers with a status of 400 or more, or a limit is passed.
    """
    with Fetcher(options=options) as fetcher:
        return fetcher.fetch(url)


async def afetch(url: str, *, options: FetchOptions = FetchOptions()) -> FetchedPage:
    """`fetch` for asyncio."""
    async with AsyncFetcher(options=options) as fetcher:
        return await fetcher.fetch(url)


class Fetcher:
    """Fetches many pages over kept connections. A context manager; usable from several threads.

    >>> with Fetcher() as fetcher:              # doctest: +SKIP
    ...     article = extract(fetcher.fetch("https://news.example/a"))
    """

    def __init__(self, *, options: FetchOptions = FetchOptions(), transport: httpx.BaseTransport | None = None) -> None:
        self.options = options
        self._client = httpx.Client(**_client_arguments(options), transport=transport)

    def fetch(self, url: str) -> FetchedPage:
        """Get one page; see `article_extract.fetch`."""
        _check_address(url)
        began = time.monotonic()
        try:
            with self._client.stream("GET", url) as response:
                _check_status(response, url)
                reader = _Reader(response, url, self.options, began)
                for chunk in response.iter_bytes() if response.is_stream_consumed else response.iter_raw():
                    reader.feed(chunk)
                return _page(response, reader)
        except httpx.HTTPError as error:
            raise _explained(error, url) from error
        except (httpx.InvalidURL, ValueError) as error:
            raise FetchError(f"{url}: {error}", url=url, reason="address") from error

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def __enter__(self) -> Fetcher:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


class AsyncFetcher:
    """`Fetcher` for asyncio."""

    def __init__(
        self, *, options: FetchOptions = FetchOptions(), transport: httpx.AsyncBaseTransport | None = None
    ) -> None:
        self.options = options
        self._client = httpx.AsyncClient(**_client_arguments(options), transport=transport)

    async def fetch(self, url: str) -> FetchedPage:
        """Get one page; see `article_extract.fetch`."""
        _check_address(url)
        began = time.monotonic()
        try:
            async with self._client.stream("GET", url) as response:
                _check_status(response, url)
                reader = _Reader(response, url, self.options, began)
                async for chunk in response.aiter_bytes() if response.is_stream_consumed else response.aiter_raw():
                    reader.feed(chunk)
                return _page(response, reader)
        except httpx.HTTPError as error:
            raise _explained(error, url) from error
        except (httpx.InvalidURL, ValueError) as error:
            raise FetchError(f"{url}: {error}", url=url, reason="address") from error

    async def aclose(self) -> None:
        """Close the connections."""
        await self._client.aclose()

    async def __aenter__(self) -> AsyncFetcher:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.aclose()


def _client_arguments(options: FetchOptions) -> dict[str, Any]:
    """What both clients are made with."""
    return {
        "headers": {**HEADERS, **options.headers},
        "timeout": options.timeout,
        "follow_redirects": True,
        "max_redirects": options.max_redirects,
    }


def _check_address(url: str) -> None:
    if not isinstance(url, str):
        raise TypeError(f"url must be str, not {type(url).__name__}")
    if not url.lower().startswith(("http://", "https://")):
        raise FetchError(f"{url}: not an http or https address", url=url, reason="address")
    try:
        parts = urlsplit(url)
        named = bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError as error:
        raise FetchError(f"{url}: {error}", url=url, reason="address") from error
    if not named:
        raise FetchError(f"{url}: names no host", url=url, reason="address")


def _check_status(response: httpx.Response, url: str) -> None:
    if response.status_code >= 400:
        raise FetchError(
            f"{url}: the server answered {response.status_code} {response.reason_phrase}".rstrip(),
            url=url,
            reason="status",
            status=response.status_code,
        )


class _Reader:
    """Decompresses what comes in and counts it against the limits."""

    def __init__(self, response: httpx.Response, url: str, options: FetchOptions, began: float) -> None:
        self.url = url
        self.options = options
        self.began = began
        self.size = 0
        self.pieces: list[bytes] = []
        coding = "" if response.is_stream_consumed else response.headers.get("content-encoding", "").strip().lower()
        if coding not in ("", "identity", "gzip", "x-gzip", "deflate"):
            raise FetchError(f"{url}: sent as {coding}, which was not asked for", url=url, reason="protocol")
        self.decoder = zlib.decompressobj(47) if coding not in ("", "identity") else None
        self.may_be_raw = coding == "deflate"

    def feed(self, chunk: bytes) -> None:
        """Take the next bytes from the network."""
        if time.monotonic() - self.began > self.options.total_timeout:
            raise FetchError(
                f"{self.url}: took more than {self.options.total_timeout:g} s", url=self.url, reason="timeout"
            )
        if self.decoder is None:
            self._add(chunk)
            return
        while chunk and not self.decoder.eof:
            try:
                self._add(self.decoder.decompress(chunk, _PIECE))
            except zlib.error as error:
                if not self.may_be_raw:
                    raise FetchError(
                        f"{self.url}: not decompressed: {error}", url=self.url, reason="protocol"
                    ) from error
                self.decoder = zlib.decompressobj(-zlib.MAX_WBITS)
                self.may_be_raw = False
                continue
            self.may_be_raw = False
            chunk = self.decoder.unconsumed_tail
            if self.decoder.eof and self.decoder.unused_data:
                chunk = self.decoder.unused_data
                if not chunk.startswith(b"\x1f\x8b"):
                    return
                self.decoder = zlib.decompressobj(47)  # gzip members in a row are one file

    def _add(self, piece: bytes) -> None:
        self.size += len(piece)
        if self.size > self.options.max_bytes:
            raise FetchError(f"{self.url}: larger than {self.options.max_bytes} bytes", url=self.url, reason="size")
        self.pieces.append(piece)


def _page(response: httpx.Response, reader: _Reader) -> FetchedPage:
    content = b"".join(reader.pieces)
    return FetchedPage(str(response.url), content, response.headers.get("content-type"), response.status_code)


def _explained(error: httpx.HTTPError, url: str) -> FetchError:
    if isinstance(error, httpx.TooManyRedirects):
        return FetchError(f"{url}: too many redirects", url=url, reason="redirects")
    if isinstance(error, httpx.TimeoutException):
        return FetchError(f"{url}: timed out ({type(error).__name__})", url=url, reason="timeout")
    if isinstance(error, httpx.NetworkError):
        return FetchError(f"{url}: cannot connect: {error}", url=url, reason="connect")
    if isinstance(error, httpx.UnsupportedProtocol):
        return FetchError(f"{url}: redirected to an address that is not http(s)", url=url, reason="address")
    return FetchError(f"{url}: {error or type(error).__name__}", url=url, reason="protocol")
