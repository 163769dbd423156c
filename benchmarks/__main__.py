"""
Measure this library and its peers on a corpus of saved pages.

    python -m benchmarks accuracy --corpus DIR              figures of every extractor, a table a set
    python -m benchmarks accuracy --corpus DIR --folds 5    this library by models that never saw a page's site
    python -m benchmarks speed --corpus DIR                 time a page, beside lxml's parse

DIR holds <set>/gold.jsonl and <set>/pages/*.html.gz; hand labels are looked for in DIR/../labels. Peers come with
`pip install article-extract[bench]`, training with `article-extract[train]`.
"""

from __future__ import annotations

import argparse
import json
import logging
import sys
import warnings
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import asdict
from pathlib import Path
from typing import Any

from benchmarks import accuracy, speed
from benchmarks.floors import FLOORS_PATH, below, raised, read_floors, write_floors
from benchmarks.models import fold_model, train_fold_models
from benchmarks.pages import Page, list_sets, read_pages
from benchmarks.peers import OURS, PEERS, choose, version


def main(arguments: list[str] | None = None) -> int:
    """Run the command; the exit status is 0, 1 when a figure fell below its floor, 2 for wrong usage."""
    a = _parser().parse_args(arguments)
    try:
        return _accuracy(a) if a.command == "accuracy" else _speed(a)
    except (OSError, ValueError, ImportError) as error:
        print(f"benchmarks: {error}", file=sys.stderr)
        return 2


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    commands = parser.add_subparsers(dest="command", required=True)
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--corpus", type=Path, required=True, metavar="DIR", help="folder of sets")
    common.add_argument("--sets", metavar="NAMES", help="sets to run, joined by commas")
    common.add_argument("--peers", default="all", metavar="NAMES", help=f"all, none, or some of {','.join(PEERS)}")
    common.add_argument("--json", type=Path, metavar="FILE", help="write the figures here too")
    how_good = commands.add_parser("accuracy", parents=[common], help="how good the records are")
    how_good.add_argument(
        "--labels", type=Path, metavar="DIR", help="hand labels (default: the folder labels beside the corpus)"
    )
    how_good.add_argument(
        "--folds", type=int, metavar="N", help="measure this library out of fold; N as in the corpus's folds.json"
    )
    how_good.add_argument(
        "--models", type=Path, metavar="DIR", help="fold-K.json for each fold (default: train them and keep them)"
    )
    how_good.add_argument(
        "--predictions", type=Path, metavar="FILE", help="write this library's records here, a line a page"
    )
    how_good.add_argument(
        "--write-floors", action="store_true", help=f"raise {FLOORS_PATH.name} where a figure is better beyond noise"
    )
    how_good.add_argument(
        "--lower", action="store_true", help="with --write-floors: take the figures as they are, lower ones too"
    )
    how_good.add_argument("--workers", type=int, metavar="N", help="processes (default: one for each core)")
    how_fast = commands.add_parser("speed", parents=[common], help="how long a page takes")
    how_fast.add_argument("--pages", type=int, metavar="N", help="so many pages of each set (default: 60)", default=60)
    how_fast.add_argument("--rounds", type=int, metavar="N", default=3, help="the best of so many rounds counts")
    return parser


def _accuracy(a: argparse.Namespace) -> int:
    if a.write_floors and a.folds is None:
        raise ValueError("--write-floors needs --folds: floors are figures on pages that the model never saw")
    pages = _pages(a, list_sets(a.corpus), a.labels or a.corpus.parent / "labels")
    peers = _peers(a)
    models = _models(a, pages)
    with ExitStack() as stack:
        keep = stack.enter_context(a.predictions.open("w", encoding="utf-8")) if a.predictions else None
        run = accuracy.measure_pages(
            pages, [OURS, *peers], models=models, keep=keep, workers=a.workers, progress=accuracy.show_progress
        )
    print(accuracy.tables(run, by_fold=models is not None))
    for tool, failures in run.errors().items():
        print(f"\n{tool} failed on {len(failures)} pages, the first: {failures[0]}")
    _write(
        a.json,
        {
            "versions": _versions(peers),
            "out_of_fold": models is not None,
            **accuracy.report(run, by_fold=models is not None),
        },
    )
    figures = run.figures(OURS)
    if a.sets:
        figures.pop(accuracy.LABELS, None)  # labelled pages stand in several sets: a part of them has no floor
    fallen = below(read_floors(), figures) if models is not None else []
    if a.write_floors:
        write_floors(raised(read_floors(), figures, lower=a.lower))
        print(f"\nwrote {FLOORS_PATH}")
    if fallen:
        print("\n" + "\n".join(fallen))
    return 1 if fallen and not a.lower else 0


def _speed(a: argparse.Namespace) -> int:
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    wanted = [name for name in ("fundus", "wcxb-article") if name in list_sets(a.corpus)]
    pages = speed.spread(_pages(a, wanted, None), a.pages)
    peers = _peers(a)
    print(f"{speed.lxml_versions()}; best of {a.rounds} rounds, processor time; stages by a run of their own\n")
    timings = speed.time_pages(pages, peers, rounds=a.rounds)
    print(speed.tables(timings, pages))
    rows = {group: {name.strip(): asdict(timing) for name, timing in found.items()} for group, found in timings.items()}
    _write(a.json, {"parser": speed.lxml_versions(), "versions": _versions(peers), "pages": len(pages), "ms": rows})
    return 0


def _pages(a: argparse.Namespace, default: Sequence[str], labels: Path | None) -> list[Page]:
    sets = a.sets.split(",") if a.sets else default
    if unknown := [name for name in sets if not (a.corpus / name / "gold.jsonl").is_file()]:
        raise ValueError(f"{a.corpus}: no set {unknown[0]!r}; there are {', '.join(list_sets(a.corpus)) or 'none'}")
    if not sets:
        raise ValueError(f"{a.corpus}: no folder with a gold.jsonl")
    return read_pages(a.corpus, sets, labels)


def _peers(a: argparse.Namespace) -> list[str]:
    present, absent = choose(a.peers)
    if absent:
        print(f"not installed, left out: {', '.join(absent)} (pip install article-extract[bench])")
    versions = {name: found for name, found in _versions(present).items() if found}
    if versions:
        print("; ".join(f"{name} {found}" for name, found in versions.items()) + "\n")
    return present


def _versions(peers: list[str]) -> dict[str, str | None]:
    return {name: version(name) for name in (OURS, *peers)}


def _models(a: argparse.Namespace, pages: list[Page]) -> Path | None:
    """The folder of fold models that was asked for; None for the shipped model."""
    if a.folds is None:
        if a.models:
            raise ValueError("--models needs --folds")
        return None
    if any(page.fold is None for page in pages):
        raise ValueError(f"{a.corpus / 'folds.json'} does not name every page")
    there = json.loads((a.corpus / "folds.json").read_text(encoding="utf-8")).values()
    if set(there) != set(range(a.folds)):
        raise ValueError(f"{a.corpus / 'folds.json'} has folds {min(there)} to {max(there)}, not {a.folds} of them")
    if not a.models:
        print("training a model without each fold; models of the same code and corpus are kept", file=sys.stderr)
    folder: Path = a.models or train_fold_models(a.corpus, a.folds)
    for fold in range(a.folds):
        if not fold_model(folder, fold).is_file():
            raise ValueError(f"{fold_model(folder, fold)} is not there")
    return folder


def _write(path: Path | None, values: dict[str, Any]) -> None:
    if path is not None:
        path.write_text(json.dumps(values, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
