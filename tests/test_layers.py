"""The layers of docs/architecture.md hold: who may import whom."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent / "src" / "article_extract"
LAYERS = {
    "errors": 0, "text": 0, "urls": 0,
    "records": 1, "page": 1, "options": 1, "languages": 1,
    "dom": 2, "rules": 2, "sites": 2, "dates": 2, "calendars": 2, "captions": 2, "encodings": 2, "trees": 2, "boosted": 2,
    "stages": 3,
    "pipeline": 4, "serialize": 4, "explain": 4, "__init__": 5,
    "fetching": 5, "cli": 5, "__main__": 5, "integrations": 5, "testing": 5, "data": 0,
}  # fmt: skip
INSIDE_METHODS = {("records", "serialize")}
"""The record's own `to_markdown()` and its like."""


def imports_of(path: Path) -> list[tuple[str, bool]]:
    """Modules of this package that a file imports, and whether at its top level."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for_types = {
        id(node)
        for test in ast.walk(tree)
        if isinstance(test, ast.If) and isinstance(test.test, ast.Name) and test.test.id == "TYPE_CHECKING"
        for node in ast.walk(test)
    }
    top = {id(node) for node in tree.body}
    found: list[tuple[str, bool]] = []
    for node in ast.walk(tree):
        if id(node) in for_types:
            continue
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("article_extract"):
            names = (
                [node.module] if node.module != "article_extract" else [f"article_extract.{a.name}" for a in node.names]
            )
            found.extend((name, id(node) in top) for name in names)
        elif isinstance(node, ast.Import):
            found.extend((a.name, id(node) in top) for a in node.names if a.name.startswith("article_extract"))
    return found


@pytest.mark.parametrize("path", sorted(ROOT.rglob("*.py")), ids=lambda p: str(p.relative_to(ROOT)))
def test_imports_only_from_layers_below(path: Path) -> None:
    parts = path.relative_to(ROOT).with_suffix("").parts
    mine = LAYERS[parts[0]]
    for name, at_top in imports_of(path):
        other = name.split(".")[1:]
        if not other or other[0] not in LAYERS:
            assert mine == 5, f"{path}: the public API is for the edges"
            continue
        if (parts[0], other[0]) in INSIDE_METHODS and not at_top:
            continue
        if parts[0] == other[0]:
            if parts[0] == "stages" and len(other) > 1:
                assert parts[1] == other[1], f"{path}: a stage imports another stage: {name}"
            continue
        theirs = LAYERS[other[0]]
        if parts[0] == "serialize":
            assert theirs <= 1, f"{path} imports {name}"
        else:
            assert theirs < mine or mine == 5 or (theirs == mine and mine <= 2), f"{path} imports {name}"
