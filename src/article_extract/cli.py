"""
The command line: `article-extract extract INPUT…`, or `article-extract INPUT…` for short.

Exit status: 0 when every input was read, 1 when some could not be, 2 for wrong usage.
"""

from __future__ import annotations

import argparse
import glob
import json
import os
import sys
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TextIO

from article_extract import Article, ArticleExtractError, Options, extract, extract_file

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

FORMATS: Final[dict[str, Callable[[Article], str]]] = {
    "json": lambda a: a.to_json(indent=2) + "\n",
    "jsonl": lambda a: a.to_json() + "\n",
    "text": Article.to_text,
    "markdown": Article.to_markdown,
    "html": Article.to_html,
    "schema-org": lambda a: json.dumps(a.to_schema_org(), ensure_ascii=False, indent=2) + "\n",
}
_EXTENSIONS: Final = {
    ".json": "json",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".txt": "text",
    ".md": "markdown",
    ".html": "html",
    ".htm": "html",
    ".jsonld": "schema-org",
}
_PAGES: Final = (".html", ".htm", ".xhtml", ".html.gz", ".htm.gz", ".mhtml.html")
COMMANDS: Final = ("extract",)


@dataclass(frozen=True, slots=True)
class Input:
    """One page to read."""

    name: str
    read: Callable[[Options], Article]


def main(argv: Sequence[str] | None = None) -> int:
    """Run the program; the exit status."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    if arguments and arguments[0] not in COMMANDS and arguments[0] not in ("-h", "--help", "--version"):
        arguments.insert(0, "extract")
    parser = _parser()
    try:
        options = parser.parse_args(arguments)
    except SystemExit as stop:
        return int(stop.code or 0)
    if not hasattr(options, "run"):
        parser.print_help(sys.stderr)
        return 2
    try:
        return int(options.run(options))
    except BrokenPipeError:
        # The reader of a pipe went away; nothing more to say, and nothing to flush at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except KeyboardInterrupt:
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="article-extract", description="A news page goes in, the article comes out as structured records."
    )
    parser.add_argument("--version", action="version", version=f"article-extract {_version()}")
    commands = parser.add_subparsers(metavar="COMMAND")
    one = commands.add_parser(
        "extract",
        help="read articles (the default command)",
        description="Read the articles of files, folders, globs, URLs or standard input (-).",
        epilog="Exit status: 0 all inputs read, 1 some could not be read, 2 wrong usage.",
    )
    one.add_argument(
        "inputs",
        nargs="+",
        metavar="INPUT",
        help="a file, a folder (its pages, recursively), a glob, a URL, or - for standard input",
    )
    one.add_argument(
        "--format",
        choices=sorted(FORMATS),
        help="json for one input, jsonl for several, unless named or told by --output",
    )
    one.add_argument(
        "--output",
        "-o",
        type=Path,
        metavar="FILE",
        help="write here instead of standard output; its extension picks the format",
    )
    one.add_argument(
        "--explain", action="store_true", help="print a table of the page's blocks: index, label, rule, first words"
    )
    one.add_argument("--url", help="the page's address, for one input that is no URL")
    one.add_argument("--language", help="BCP 47 tag to believe instead of the page's own")
    one.add_argument(
        "--favor",
        choices=("balance", "precision", "recall"),
        default="balance",
        help="what to do with doubtful blocks (default: balance)",
    )
    one.add_argument("--spans", action="store_true", help="include every character of the page with its owner")
    one.add_argument("--quiet", "-q", action="store_true", help="no progress bar")
    one.set_defaults(run=_run_extract)
    return parser


def _version() -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("article-extract")
    except PackageNotFoundError:
        return "0 (not installed)"


def _run_extract(arguments: argparse.Namespace) -> int:
    inputs, failed = _list_inputs(arguments.inputs)
    for name, reason in failed:
        print(f"article-extract: {name}: {reason}", file=sys.stderr)
    if arguments.url is not None and (len(inputs) + len(failed) != 1 or any(_is_url(item.name) for item in inputs)):
        print("article-extract: --url goes with exactly one input that is no URL itself", file=sys.stderr)
        return 2
    if arguments.output is not None and any(_is_same_file(arguments.output, item.name) for item in inputs):
        print(f"article-extract: {arguments.output} is an input; it cannot be the output too", file=sys.stderr)
        return 2
    several = len(inputs) + len(failed) > 1
    kind = arguments.format or (_EXTENSIONS.get(arguments.output.suffix.lower()) if arguments.output else None)
    if kind is None:
        kind = "jsonl" if several else "json"
    if kind == "json" and several and arguments.format is None:
        kind = "jsonl"
    options = Options(language=arguments.language, favor=arguments.favor, spans=arguments.spans or arguments.explain)
    count_failed = len(failed)
    out: AbstractContextManager[TextIO]
    try:
        out = arguments.output.open("w", encoding="utf-8") if arguments.output else nullcontext(sys.stdout)
    except OSError as error:
        print(f"article-extract: {arguments.output}: {error.strerror or error}", file=sys.stderr)
        return 2
    if not arguments.output and hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")
    with out as stream:
        for item in _with_progress(inputs, quiet=arguments.quiet or not several):
            try:
                article = item.read(options) if arguments.url is None else _reread(item, arguments.url, options)
            except Exception as error:  # whatever one input does, the rest are read
                count_failed += 1
                reason = _reason(error).removeprefix(f"{item.name}: ")
                print(f"article-extract: {item.name}: {reason}", file=sys.stderr)
                continue
            stream.write(_explained(article) if arguments.explain else FORMATS[kind](article))
            if several and kind in ("text", "markdown") and not arguments.explain:
                stream.write("\n")
    if count_failed:
        print(
            f"article-extract: {count_failed} of {len(inputs) + len(failed)} inputs could not be read", file=sys.stderr
        )
    return 1 if count_failed else 0


def _reason(error: Exception) -> str:
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    expected = isinstance(error, (OSError, EOFError, zlib.error, ArticleExtractError))
    return str(error) if expected and str(error) else f"{type(error).__name__}: {error}"


def _is_same_file(output: Path, name: str) -> bool:
    try:
        return output.samefile(name)
    except (OSError, ValueError):
        return False


def _reread(item: Input, url: str, options: Options) -> Article:
    if item.name == "-":
        return extract(sys.stdin.buffer.read(), url=url, options=options)
    return extract_file(item.name, url=url, options=options)


def _list_inputs(names: Sequence[str]) -> tuple[list[Input], list[tuple[str, str]]]:
    """The pages that the arguments name, and what names nothing."""
    inputs: list[Input] = []
    failed: list[tuple[str, str]] = []
    for name in names:
        if name == "-":
            inputs.append(Input("-", lambda options: extract(sys.stdin.buffer.read(), options=options)))
        elif _is_url(name):
            inputs.append(Input(name, lambda options, url=name: _read_url(url, options)))  # type: ignore[misc]
        elif Path(name).is_dir():
            pages = sorted(p for p in Path(name).rglob("*") if p.name.lower().endswith(_PAGES) and p.is_file())
            inputs.extend(_file(p) for p in pages)
            if not pages:
                failed.append((name, "no pages (.html, .htm, .html.gz) in this folder"))
        elif Path(name).is_file():
            inputs.append(_file(Path(name)))
        elif glob.has_magic(name):
            paths = sorted(Path(p) for p in glob.glob(name, recursive=True) if Path(p).is_file())
            inputs.extend(_file(p) for p in paths)
            if not paths:
                failed.append((name, "no file fits"))
        else:
            failed.append((name, "no such file, folder or address"))
    return inputs, failed


def _is_url(name: str) -> bool:
    return name.lower().startswith(("http://", "https://"))


def _file(path: Path) -> Input:
    return Input(str(path), lambda options: extract_file(path, options=options))


def _read_url(url: str, options: Options) -> Article:
    from article_extract.fetching import fetch

    return extract(fetch(url), options=options)


def _with_progress(inputs: Sequence[Input], *, quiet: bool) -> Iterator[Input]:
    """The inputs, with a progress bar on a terminal where `rich` is installed."""
    if quiet or not sys.stderr.isatty():
        yield from inputs
        return
    try:
        from rich.console import Console
        from rich.progress import track
    except ImportError:
        yield from inputs
        return
    yield from track(inputs, description="reading", console=Console(stderr=True))


def _explained(article: Article) -> str:
    """The page's spans as a table."""
    rows: list[tuple[str, str, str, str]] = []
    for number, span in enumerate(article.spans or ()):
        words = " ".join(span.text.split())
        if words:
            rows.append((str(number), span.label, span.rule, words[:70] + ("…" if len(words) > 70 else "")))
    head = ("i", "label", "rule", "text")
    widths = [max((len(r[c]) for r in (head, *rows)), default=0) for c in range(3)]
    lines = [_line(head, widths), *(_line(r, widths) for r in rows)]
    for problem in article.problems:
        lines.append(f"problem ({problem.stage}): {problem.message}")
    return "\n".join(lines) + "\n"


def _line(row: Sequence[Any], widths: Sequence[int]) -> str:
    return f"{row[0]:>{widths[0]}}  {row[1]:<{widths[1]}}  {row[2]:<{widths[2]}}  {row[3]}".rstrip()
