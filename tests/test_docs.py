"""What the documents say stays true: examples run, names exist, nothing public is left out."""

from __future__ import annotations

import ast
import io
import re
from contextlib import redirect_stdout
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any, get_args

import pytest

import article_extract
from article_extract import records
from article_extract.languages import CHROME_KINDS, find_language, list_languages
from article_extract.testing.fixtures import _MUST

ROOT = Path(__file__).parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")])
RECORDS = [t for t in vars(records).values() if is_dataclass(t) and isinstance(t, type)]


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def blocks(text: str, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", text, re.DOTALL | re.MULTILINE)


def test_readme_example_prints_what_it_shows() -> None:
    readme = read("README.md")
    printed = io.StringIO()
    with redirect_stdout(printed):
        exec(compile(blocks(readme, "python")[0], "README.md", "exec"), {})
    assert [line.rstrip() for line in printed.getvalue().splitlines()] == blocks(readme, "text")[0].splitlines()


@pytest.mark.parametrize("path", PAGES, ids=lambda p: p.name)
def test_python_in_documents_is_python(path: Path) -> None:
    for code in blocks(path.read_text(encoding="utf-8"), "python"):
        for node in ast.walk(ast.parse(code)):
            if isinstance(node, ast.ImportFrom) and node.module == "article_extract":
                assert [a.name for a in node.names if not hasattr(article_extract, a.name)] == []


@pytest.mark.parametrize("path", PAGES, ids=lambda p: p.name)
def test_documents_name_files_that_are_there(path: Path) -> None:
    named = re.findall(
        r"(?<![\w/])(?:docs|tests|stages|data|benchmarks|training)/[\w./-]*\w(?:\.\w+|/)", path.read_text("utf-8")
    )
    homes = (ROOT, ROOT / "src" / "article_extract")
    made_when_run = {"benchmarks/results/"}
    assert [n for n in named if n not in made_when_run and not any((home / n).exists() for home in homes)] == []


@pytest.mark.parametrize("record", RECORDS, ids=lambda r: r.__name__)
def test_every_field_is_in_records_md(record: Any) -> None:
    text = read("docs/records.md")
    assert [f.name for f in fields(record) if f"`{f.name}`" not in text] == []


def test_every_value_of_a_kind_is_in_records_md() -> None:
    text = read("docs/records.md")
    kinds = (
        "PageKind",
        "InlineKind",
        "QuoteKind",
        "QuotePlace",
        "EmbedKind",
        "Placement",
        "RelatedKind",
        "RemovedKind",
    )
    assert [v for kind in kinds for v in get_args(getattr(records, kind)) if f"`{v}`" not in text] == []


def test_every_key_is_in_its_document() -> None:
    rules, fixtures = read("docs/rules.md"), read("docs/fixtures.md")
    assert [kind for kind in sorted(CHROME_KINDS) if not re.search(rf"\b{kind}\b", rules)] == []
    assert [key for key in sorted(_MUST) if f"`{key}`" not in fixtures] == []


def test_readme_names_every_language() -> None:
    listed = read("README.md").split("## Languages", 1)[1].split("\n## ", 1)[0]
    names = [language.name for code in list_languages() if (language := find_language(code))]
    assert [name for name in names if not re.search(rf"\b{name}\b", listed)] == []


def test_public_names_have_docstrings() -> None:
    named = [(name, getattr(article_extract, name)) for name in article_extract.__all__]
    things = [(name, thing) for name, thing in named if isinstance(thing, type) or callable(thing)]
    generated = [name for name, thing in things if not thing.__doc__ or thing.__doc__.startswith(f"{name}(")]
    assert generated == []
