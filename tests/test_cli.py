"""The command line, called as a function and as a program."""

from __future__ import annotations

import gzip
import io
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from lxml import html

from article_extract import Article, extract
from article_extract.cli import FORMATS, main
from local_server import PAGE as FERRY
from local_server import Server, running_server

POOL = (
    "<!DOCTYPE html><html lang=en><head><title>Pool opens</title></head><body><nav><a href=/>Home</a> <a href=/town>Town</a></nav><article>"
    "<h1>Pool opens</h1><p>The town opened its pool on Monday, and three hundred children came before noon.</p>"
    "<p>“It was colder than the sea,” said Ada Quell, who was the first to jump from the new tower.</p></article></body></html>"
)
CRANE = POOL.replace("Pool opens", "Crane turns").replace("its pool", "its crane")
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capfdbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """Run `main` in an empty folder; status, standard output, standard error."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NO_PROXY", "*")
    monkeypatch.setenv("COLUMNS", "200")

    def call(*arguments: str, stdin: bytes = b"") -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        status = main(arguments)
        sys.stdout.flush()
        out, err = capfdbinary.readouterr()
        return status, out.decode(), err.decode()

    return call


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    """A folder with two pages and what is none."""
    (tmp_path / "site" / "deep").mkdir(parents=True)
    (tmp_path / "site" / "pool.html").write_text(POOL)
    (tmp_path / "site" / "deep" / "crane.html.gz").write_bytes(gzip.compress(CRANE.encode()))
    (tmp_path / "site" / "notes.txt").write_text("not a page")
    return tmp_path / "site"


def lines(out: str) -> list[Article]:
    return [Article.from_dict(json.loads(line)) for line in out.splitlines()]


def titles(out: str) -> list[str | None]:
    return [article.title for article in lines(out)]


# Inputs


def test_one_file_gives_json(run: Run, pages: Path) -> None:
    status, out, err = run("site/pool.html")
    assert (status, err) == (0, "")
    assert Article.from_dict(json.loads(out)) == extract(POOL)
    assert out.startswith("{\n")
    assert run("extract", "site/pool.html") == (status, out, err)
    assert run(str(pages / "pool.html")) == (status, out, err)


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        pytest.param(
            ["site/pool.html", "site/deep/crane.html.gz"], ["Pool opens", "Crane turns"], id="files in their order"
        ),
        pytest.param(
            ["site/deep/crane.html.gz", "site/pool.html"], ["Crane turns", "Pool opens"], id="files in the other order"
        ),
        pytest.param(["site"], ["Crane turns", "Pool opens"], id="folder"),
        pytest.param(["site/**/*.html*"], ["Crane turns", "Pool opens"], id="glob"),
        pytest.param(["site/*.html", "site/deep"], ["Pool opens", "Crane turns"], id="glob and folder"),
        pytest.param(["-", "site/pool.html"], ["Crane turns", "Pool opens"], id="standard input and file"),
        pytest.param(["site/pool.html", "site/pool.html"], ["Pool opens", "Pool opens"], id="one twice"),
    ],
)
def test_several_inputs_give_json_lines(run: Run, pages: Path, arguments: list[str], expected: list[str]) -> None:
    status, out, err = run(*arguments, stdin=CRANE.encode())
    assert (status, err) == (0, "")
    assert titles(out) == expected


def test_standard_input(run: Run) -> None:
    status, out, err = run("-", stdin=POOL.encode())
    assert (status, err) == (0, "")
    assert Article.from_dict(json.loads(out)) == extract(POOL.encode())
    assert json.loads(run("-", "--url", "https://a.example/b", stdin=POOL.encode())[1])["url"] == "https://a.example/b"


def test_a_file_whose_name_looks_like_a_glob(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a[1].html").write_text(POOL)
    assert json.loads(run("a[1].html")[1])["title"] == "Pool opens"


def test_a_file_of_another_extension_is_read_when_named(run: Run, tmp_path: Path) -> None:
    (tmp_path / "page.aspx").write_text(POOL)
    assert json.loads(run("page.aspx")[1])["title"] == "Pool opens"


# Forms


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_every_format(run: Run, pages: Path, name: str) -> None:
    status, out, err = run("site/pool.html", "--format", name)
    assert (status, err) == (0, "")
    assert out == FORMATS[name](extract(POOL))


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("a.json", "json"),
        ("a.jsonl", "jsonl"),
        ("a.ndjson", "jsonl"),
        ("a.txt", "text"),
        ("a.md", "markdown"),
        ("a.HTML", "html"),
        ("a.htm", "html"),
        ("a.jsonld", "schema-org"),
        ("a.xyz", "json"),
        ("a", "json"),
    ],
)
def test_the_extension_of_the_output_picks_the_format(
    run: Run, pages: Path, tmp_path: Path, name: str, form: str
) -> None:
    assert run("site/pool.html", "--output", name) == (0, "", "")
    assert (tmp_path / name).read_text() == FORMATS[form](extract(POOL))


def test_a_format_that_is_named_wins_over_the_extension(run: Run, pages: Path, tmp_path: Path) -> None:
    assert run("site/pool.html", "-o", "a.txt", "--format", "markdown") == (0, "", "")
    assert (tmp_path / "a.txt").read_text() == extract(POOL).to_markdown()


def test_several_inputs_in_one_file(run: Run, pages: Path, tmp_path: Path) -> None:
    assert run("site", "-o", "all.json") == (0, "", "")
    assert titles((tmp_path / "all.json").read_text()) == ["Crane turns", "Pool opens"]
    assert run("site", "-o", "all.html") == (0, "", "")
    assert [h.text for h in html.fromstring((tmp_path / "all.html").read_text()).iter("h1")] == [
        "Crane turns",
        "Pool opens",
    ]
    assert run("site", "-o", "all.txt") == (0, "", "")
    assert "\n\nPool opens\n\n" in (tmp_path / "all.txt").read_text()


def test_options_reach_the_extraction(run: Run, pages: Path) -> None:
    out = json.loads(
        run("site/pool.html", "--url", "https://a.example/b", "--language", "en-NZ", "--favor", "recall", "--spans")[1]
    )
    assert (out["url"], out["language"]) == ("https://a.example/b", "en-NZ")
    assert "".join(span["text"] for span in out["spans"]).startswith("Home Town")


def test_other_scripts_are_written_as_they_are(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(
        "<html lang=ar><h1>افتتاح المسبح</h1><p>افتتحت البلدة مسبحها يوم الاثنين.</p>", encoding="utf-8"
    )
    assert "افتتحت البلدة" in run("a.html")[1]
    assert "افتتحت البلدة" in run("a.html", "--format", "text")[1]


def test_explain(run: Run, pages: Path) -> None:
    status, out, err = run("site/pool.html", "--explain")
    assert (status, err) == (0, "")
    head, *rows = [line.split(None, 3) for line in out.splitlines()]
    assert head == ["i", "label", "rule", "text"]
    assert [row[1] for row in rows] == ["navigation", "title", "paragraph", "paragraph"]
    assert [row[3].split()[0] for row in rows] == ["Home", "Pool", "The", "“It"]
    assert all(row[2] for row in rows)
    assert [int(row[0]) for row in rows] == sorted(int(row[0]) for row in rows)


def test_explain_names_problems(run: Run) -> None:
    status, out, _ = run("-", "--explain", stdin=b"%PDF-1.7")
    assert status == 0
    assert "problem (decode): not a page but a PDF file" in out


# What goes wrong


def broken_gzip() -> bytes:
    packed = bytearray(gzip.compress(POOL.encode() * 20))
    packed[len(packed) // 2 : len(packed) // 2 + 20] = bytes(range(200, 220))
    return bytes(packed)


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        pytest.param("missing.html", None, "missing.html: no such file, folder or address", id="no such file"),
        pytest.param("none*.html", None, "none*.html: no file fits", id="glob without files"),
        pytest.param(
            "empty", "folder", "empty: no pages (.html, .htm, .html.gz) in this folder", id="folder without pages"
        ),
        pytest.param("a.html.gz", b"no gzip", "a.html.gz: Not a gzipped file", id="no gzip"),
        pytest.param(
            "b.html.gz", gzip.compress(POOL.encode())[:40], "b.html.gz: Compressed file ended", id="half a gzip"
        ),
        pytest.param("c.html.gz", broken_gzip(), "c.html.gz: ", id="damaged gzip"),
        pytest.param("http://127.0.0.1:9/", None, "http://127.0.0.1:9/: ", id="address where nobody listens"),
        pytest.param("HTTP://[broken/", None, "HTTP://[broken/: ", id="broken address"),
    ],
)
def test_one_bad_input_never_stops_the_rest(
    *, run: Run, pages: Path, tmp_path: Path, name: str, content: Any, says: str
) -> None:
    if content == "folder":
        (tmp_path / name).mkdir()
    elif content is not None:
        (tmp_path / name).write_bytes(content)
    status, out, err = run("site/pool.html", name, "site/deep/crane.html.gz")
    assert status == 1
    assert titles(out) == ["Pool opens", "Crane turns"]
    assert f"article-extract: {says}" in err
    assert err.splitlines()[-1] == "article-extract: 1 of 3 inputs could not be read"
    assert len(err.splitlines()) == 2
    status, out, err = run(name)
    assert (status, out) == (1, "")
    assert err.splitlines()[-1] == "article-extract: 1 of 1 inputs could not be read"


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_a_file_that_may_not_be_read(run: Run, pages: Path) -> None:
    (pages / "pool.html").chmod(0)
    status, out, err = run("site")
    assert (status, titles(out)) == (1, ["Crane turns"])
    assert "Permission denied" in err


@pytest.mark.parametrize(
    "content",
    [pytest.param(b"", id="empty"), pytest.param(b"%PDF-1.7", id="PDF"), pytest.param(b"\x00" * 99, id="binary")],
)
def test_content_that_is_no_page_is_read_all_the_same(run: Run, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.html").write_bytes(content)
    status, out, err = run("a.html")
    assert (status, err) == (0, "")
    assert json.loads(out)["problems"]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        pytest.param([], "usage: article-extract", id="nothing"),
        pytest.param(["extract"], "the following arguments are required: INPUT", id="no input"),
        pytest.param(["--colour", "a.html"], "unrecognized arguments: --colour", id="unknown option"),
        pytest.param(["a.html", "--format", "pdf"], "invalid choice: 'pdf'", id="unknown format"),
        pytest.param(["a.html", "--favor", "speed"], "invalid choice: 'speed'", id="unknown favor"),
        pytest.param(["a.html", "--output"], "expected one argument", id="output without a name"),
        pytest.param(["site", "--url", "https://a.example"], "--url goes with exactly one input", id="url for several"),
        pytest.param(
            ["http://127.0.0.1:9/", "--url", "https://a.example"],
            "--url goes with exactly one input",
            id="url for an address",
        ),
        pytest.param(
            ["site/pool.html", "-o", "no/such/folder/a.json"],
            "No such file or directory",
            id="output that cannot be written",
        ),
        pytest.param(["site/pool.html", "-o", "site/pool.html"], "is an input", id="output over an input"),
    ],
)
def test_wrong_usage(run: Run, pages: Path, arguments: list[str], says: str) -> None:
    before = (pages / "pool.html").read_text()
    status, out, err = run(*arguments)
    assert (status, out) == (2, "")
    assert says in err
    assert (pages / "pool.html").read_text() == before


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--help"], "usage: article-extract"),
        (["--version"], "article-extract "),
        (["extract", "--help"], "Exit status"),
    ],
)
def test_help_and_version(run: Run, arguments: list[str], says: str) -> None:
    status, out, err = run(*arguments)
    assert (status, err) == (0, "")
    assert says in out


# Addresses


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with running_server() as server:
        yield server


def test_addresses(run: Run, server: Server, pages: Path) -> None:
    status, out, err = run(server.url("moved"))
    assert (status, err) == (0, "")
    assert json.loads(out) == extract(FERRY, url=server.url("page?from=moved")).to_dict()
    status, out, err = run(server.url("nothing"), "site/pool.html", server.url("latin"))
    assert status == 1
    assert titles(out) == ["Pool opens", "Die Fähre fährt wieder"]
    assert err.splitlines()[0] == f"article-extract: {server.url('nothing')}: the server answered 404 Not Found"


# The program


def program(
    *arguments: str, stdin: bytes = b"", cwd: Path | None = None, **changes: str
) -> subprocess.CompletedProcess[bytes]:
    environment = {**os.environ, "PYTHONPATH": ":".join(os.path.abspath(path) for path in sys.path if path), **changes}
    return subprocess.run(
        [sys.executable, "-m", "article_extract", *arguments],
        input=stdin,
        capture_output=True,
        cwd=cwd,
        env=environment,
        check=False,
    )


def test_the_program(pages: Path) -> None:
    done = program("pool.html", "deep", "missing.html", cwd=pages)
    assert done.returncode == 1
    assert titles(done.stdout.decode()) == ["Pool opens", "Crane turns"]
    assert b"1 of 3 inputs could not be read" in done.stderr


def test_the_program_reads_standard_input_and_writes_utf_8_everywhere() -> None:
    page = "<html lang=ar><h1>افتتاح</h1><p>افتتحت البلدة مسبحها يوم الاثنين.</p>".encode()
    done = program("-", stdin=page, LC_ALL="C", PYTHONIOENCODING="ascii")
    assert (done.returncode, done.stderr) == (0, b"")
    assert Article.from_dict(json.loads(done.stdout.decode())) == extract(page)


def test_the_program_with_wrong_usage() -> None:
    done = program("--nonsense")
    assert (done.returncode, done.stdout) == (2, b"")
    assert b"usage: article-extract" in done.stderr
    assert b"Traceback" not in done.stderr


def test_a_reader_that_goes_away_is_no_traceback(tmp_path: Path) -> None:
    for number in range(40):
        (tmp_path / f"{number}.html").write_text(POOL.replace("Monday", "Monday " * 3000))
    environment = {**os.environ, "PYTHONPATH": ":".join(os.path.abspath(path) for path in sys.path if path)}
    with subprocess.Popen(
        [sys.executable, "-m", "article_extract", str(tmp_path)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.read(10)
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait() == 1
