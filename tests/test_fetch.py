"""URL to bytes, against a real server on the loopback interface."""

from __future__ import annotations

import asyncio
import pickle
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest

from article_extract import (
    ArticleExtractError,
    AsyncFetcher,
    FetchedPage,
    Fetcher,
    FetchError,
    FetchOptions,
    afetch,
    extract,
    fetch,
)
from local_server import PAGE, Server, running_server

QUICK = FetchOptions(timeout=5, total_timeout=20)


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with running_server() as server:
        yield server


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "*")


def run_fetch(url: str, options: FetchOptions) -> FetchedPage:
    return fetch(url, options=options)


def run_afetch(url: str, options: FetchOptions) -> FetchedPage:
    return asyncio.run(afetch(url, options=options))


BOTH = pytest.mark.parametrize("get", [pytest.param(run_fetch, id="sync"), pytest.param(run_afetch, id="async")])
Get = Callable[[str, FetchOptions], FetchedPage]


@BOTH
@pytest.mark.parametrize(
    ("path", "last", "content_type", "encoding"),
    [
        pytest.param("page", "page", "text/html; charset=utf-8", "utf-8", id="200"),
        pytest.param("latin", "latin", "text/html; charset=ISO-8859-1", "cp1252", id="charset of the header"),
        pytest.param("moved", "page?from=moved", "text/html; charset=utf-8", "utf-8", id="redirect"),
        pytest.param("found", "page?from=moved", "text/html; charset=utf-8", "utf-8", id="two redirects"),
        pytest.param("gzip", "gzip", "text/html; charset=utf-8", "utf-8", id="gzip"),
        pytest.param("gzip-members", "gzip-members", "text/html; charset=utf-8", "utf-8", id="gzip of two members"),
        pytest.param("deflate", "deflate", "text/html; charset=utf-8", "utf-8", id="deflate"),
        pytest.param(
            "raw-deflate", "raw-deflate", "text/html; charset=utf-8", "utf-8", id="deflate without its header"
        ),
    ],
)
def test_a_page(*, server: Server, get: Get, path: str, last: str, content_type: str, encoding: str) -> None:
    page = get(server.url(path), QUICK)
    assert page == FetchedPage(server.url(last), PAGE.encode(encoding), content_type, 200)
    article = extract(page)
    assert article.url == server.url(last)
    assert article.title == "Die Fähre fährt wieder"
    assert article.text.startswith("Die Fähre zur Insel Quell")
    assert pickle.loads(pickle.dumps(page)) == page


@BOTH
def test_a_page_without_a_type(server: Server, get: Get) -> None:
    assert get(server.url("no-type"), QUICK) == FetchedPage(server.url("no-type"), b"<p>x", None, 200)


def unused_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


@BOTH
@pytest.mark.parametrize(
    ("path", "changes", "reason", "status", "says"),
    [
        pytest.param("nothing", {}, "status", 404, "404 Not Found", id="404"),
        pytest.param("gone", {}, "status", 410, "410 Gone", id="410"),
        pytest.param("broken", {}, "status", 500, "500", id="500"),
        pytest.param("loop", {}, "redirects", None, "too many redirects", id="redirect loop"),
        pytest.param("found", {"max_redirects": 1}, "redirects", None, "too many redirects", id="redirect limit"),
        pytest.param("to-file", {}, "address", None, "not http", id="redirect to a file"),
        pytest.param("to-nonsense", {}, "connect", None, "cannot connect", id="redirect to nonsense"),
        pytest.param("drip", {"total_timeout": 0.3}, "timeout", None, "more than 0.3 s", id="slow drip"),
        pytest.param(
            "gzip-drip",
            {"total_timeout": 0.3},
            "timeout",
            None,
            "more than 0.3 s",
            id="slow drip that decompresses to nothing",
        ),
        pytest.param("silence", {"timeout": 0.2}, "timeout", None, "timed out", id="silence"),
        pytest.param("large", {"max_bytes": 100_000}, "size", None, "larger than 100000 bytes", id="too large"),
        pytest.param("bomb", {"max_bytes": 1_000_000}, "size", None, "larger than 1000000 bytes", id="gzip bomb"),
        pytest.param(
            "double-bomb",
            {"max_bytes": 1_000_000},
            "protocol",
            None,
            "gzip, gzip, which was not asked for",
            id="gzip bomb in a gzip bomb",
        ),
        pytest.param("brotli", {}, "protocol", None, "br, which was not asked for", id="coding that was not asked for"),
        pytest.param("broken-gzip", {}, "protocol", None, "not decompressed", id="no gzip after all"),
        pytest.param("hang-up", {}, "protocol", None, "", id="closed connection"),
        pytest.param("cut", {}, "protocol", None, "", id="connection closed halfway"),
        pytest.param("no-http", {}, "protocol", None, "", id="another protocol"),
    ],
)
def test_a_failure_is_named(
    *, server: Server, get: Get, path: str, changes: dict[str, Any], reason: str, status: int | None, says: str
) -> None:
    url = server.url(path)
    with pytest.raises(FetchError) as raised:
        get(url, FetchOptions(**{"timeout": 5.0, "total_timeout": 20.0, **changes}))
    error = raised.value
    assert (error.reason, error.status, error.url) == (reason, status, url)
    assert str(error).startswith(url)
    assert says in str(error)
    assert isinstance(error, ArticleExtractError)


@BOTH
@pytest.mark.parametrize(
    ("url", "reason"),
    [
        pytest.param("ftp://127.0.0.1/a", "address", id="ftp"),
        pytest.param("file:///etc/hostname", "address", id="file"),
        pytest.param("127.0.0.1/a", "address", id="no scheme"),
        pytest.param("", "address", id="empty"),
        pytest.param("http://", "address", id="no host"),
        pytest.param("http://[::1/a", "address", id="broken host"),
        pytest.param("http://127.0.0.1:99999/a", "address", id="impossible port"),
        pytest.param("http://\ud800.example/", "address", id="lone surrogate"),
        pytest.param("http://a\nb.example/", "address", id="line break"),
        pytest.param("http://:80/", "address", id="port alone"),
    ],
)
def test_an_address_that_leads_nowhere(get: Get, url: str, reason: str) -> None:
    with pytest.raises(FetchError) as raised:
        get(url, QUICK)
    assert (raised.value.reason, raised.value.url, raised.value.status) == (reason, url, None)


@BOTH
def test_a_port_where_nobody_listens(get: Get) -> None:
    with pytest.raises(FetchError, match="cannot connect") as raised:
        get(f"http://127.0.0.1:{unused_port()}/", QUICK)
    assert raised.value.reason == "connect"
    assert isinstance(raised.value.__cause__, httpx.ConnectError)


@BOTH
@pytest.mark.parametrize("wrong", [None, b"http://a.example", 3])
def test_wrong_argument_type(get: Get, wrong: Any) -> None:
    with pytest.raises(TypeError, match="url must be str"):
        get(wrong, QUICK)


def test_the_function_is_not_hidden_by_its_module() -> None:
    code = "import article_extract.fetching, article_extract.cli\nfrom article_extract import AsyncFetcher, Fetcher, afetch, fetch\nimport article_extract as a\nprint(callable(fetch), callable(a.fetch))"
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={"PYTHONPATH": ":".join(path for path in sys.path if path)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "True True\n"


@pytest.mark.parametrize("status", [None, 404])
def test_fetch_errors_pickle(status: int | None) -> None:
    error = FetchError("https://a.example: no", url="https://a.example", reason="status", status=status)
    again = pickle.loads(pickle.dumps(error))
    assert type(again) is FetchError
    assert (str(again), again.url, again.reason, again.status) == (str(error), error.url, error.reason, error.status)


def test_a_fetcher_keeps_its_connection(server: Server) -> None:
    server.seen.clear()
    with Fetcher(options=QUICK) as fetcher:
        pages = [fetcher.fetch(server.url("page")) for _ in range(5)]
        with pytest.raises(FetchError):
            fetcher.fetch(server.url("nothing"))
        pages.append(fetcher.fetch(server.url("gzip")))
    assert {page.content for page in pages} == {PAGE.encode()}
    assert len({port for path, port, _ in server.seen[:5]}) == 1


def test_an_async_fetcher_keeps_its_connection(server: Server) -> None:
    server.seen.clear()

    async def run() -> list[FetchedPage]:
        async with AsyncFetcher(options=QUICK) as fetcher:
            one_by_one = [await fetcher.fetch(server.url("page")) for _ in range(5)]
            return one_by_one + await asyncio.gather(*(fetcher.fetch(server.url("page")) for _ in range(8)))

    assert {page.content for page in asyncio.run(run())} == {PAGE.encode()}
    assert len({port for _, port, _ in server.seen[:5]}) == 1


def test_one_fetcher_in_many_threads(server: Server) -> None:
    with Fetcher(options=QUICK) as fetcher, ThreadPoolExecutor(8) as pool:
        pages = list(pool.map(fetcher.fetch, [server.url("page"), server.url("gzip"), server.url("deflate")] * 8))
    assert {page.content for page in pages} == {PAGE.encode()}


def test_headers(server: Server) -> None:
    server.seen.clear()
    fetch(server.url("page"), options=FetchOptions(headers={"Accept-Language": "fa", "X-Reason": "test"}))
    headers = server.seen[0][2]
    assert headers["User-Agent"].startswith("article-extract/")
    assert (headers["Accept-Language"], headers["X-Reason"], headers["Accept-Encoding"]) == (
        "fa",
        "test",
        "gzip, deflate",
    )


def test_another_transport(server: Server) -> None:
    transport = httpx.MockTransport(lambda request: httpx.Response(200, html=PAGE))
    with Fetcher(transport=transport) as fetcher:
        assert fetcher.fetch("https://saltpanecho.example/").content == PAGE.encode()


@pytest.mark.parametrize(
    ("code", "absent"),
    [
        pytest.param("import article_extract", ["httpx", "bs4", "rich", "asyncio", "dateparser", "numpy"], id="import"),
        pytest.param(
            "import article_extract as a; a.extract('<h1>Pool</h1><p>The pool opened, he said.')",
            ["httpx", "bs4", "rich", "dateparser", "numpy"],
            id="extract",
        ),
        pytest.param("import article_extract.cli as c; c._parser()", ["httpx", "bs4", "rich"], id="command line"),
    ],
)
def test_heavy_modules_are_not_imported_before_they_are_used(code: str, absent: list[str]) -> None:
    done = subprocess.run(
        [sys.executable, "-c", f"{code}\nimport sys\nprint([m for m in {absent!r} if m in sys.modules])"],
        env={"PYTHONPATH": ":".join(path for path in sys.path if path)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "[]"
