"""Models for measuring out of fold: each trained without the pages of one fold."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Final

_ROOT: Final = Path(__file__).resolve().parent.parent
CACHE: Final = _ROOT / "benchmarks" / "results"
"""Not kept in version control."""


def fold_model(folder: Path, fold: int) -> Path:
    """Where the weights that never saw a fold stand."""
    return folder / f"fold-{fold}.json"


def train_fold_models(corpus: Path, folds: int) -> Path:
    """Folder of models of this very code and corpus; trained now unless they were before. Needs the extra `train`."""
    folder = CACHE / f"models-{_fingerprint(corpus)}"
    if all(fold_model(folder, fold).is_file() for fold in range(folds)):
        return folder
    from training.fit import train_folds, write

    for fold, models in train_folds(corpus).items():
        write(models, fold_model(folder, fold))
    return folder


def _fingerprint(corpus: Path) -> str:
    """Of everything that training reads: the code, its data but for the weights themselves, the gold and the folds."""
    code = [p for folder in ("src", "training") for p in (_ROOT / folder).rglob("*") if p.suffix in (".py", ".toml")]
    code += [_ROOT / "benchmarks" / name for name in ("metrics.py", "words.py")]
    gold = [*corpus.glob("*/gold.jsonl"), corpus / "folds.json", corpus.parent / "labels" / "structure.jsonl"]
    digest = hashlib.sha256()
    for path in (*sorted(code), *sorted(gold)):
        if path.is_file():
            digest.update(path.name.encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
