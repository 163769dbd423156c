"""
Floors: what this library reached out of fold, less one standard error. A change that falls below one is looked at.

The file is `{group: {metric: {"value": v, "se": s, "floor": v - s}}}`; for metrics of which less is better, `floor` is
v + s and stands for a ceiling.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from benchmarks.figures import Figure
from benchmarks.record_metrics import LESS_IS_BETTER

FLOORS_PATH: Final = Path(__file__).with_name("floors.json")

Floors = dict[str, dict[str, dict[str, float]]]


def read_floors(path: Path = FLOORS_PATH) -> Floors:
    """The floors that stand; none where there is no file."""
    if not path.is_file():
        return {}
    floors: Floors = json.loads(path.read_text(encoding="utf-8"))
    return floors


def write_floors(floors: Floors, path: Path = FLOORS_PATH) -> None:
    """Write the file, a line for each metric, so that a change can be read."""
    groups = []
    for group, metrics in floors.items():
        lines = ",\n".join(f"    {json.dumps(name)}: {json.dumps(entry)}" for name, entry in metrics.items())
        groups.append(f"  {json.dumps(group)}: {{\n{lines}\n  }}")
    path.write_text("{\n" + ",\n".join(groups) + "\n}\n", encoding="utf-8")


def raised(floors: Floors, figures: Mapping[str, Mapping[str, Figure]], *, lower: bool = False) -> Floors:
    """
    Floors after a run: new ones where there were none, others raised where the figure is better beyond noise.

    Noise is one standard error, and never less than one page. `lower` takes every figure of the run as it is. What the
    run did not measure stays.
    """
    made: Floors = {group: dict(metrics) for group, metrics in floors.items()}
    for group, metrics in figures.items():
        mine = made.setdefault(group, {})
        for name, figure in metrics.items():
            sign = -1 if name in LESS_IS_BETTER else 1
            noise = max(figure.se, 1 / figure.pages)
            if lower or name not in mine or sign * (figure.value - mine[name]["value"]) > noise:
                floor = min(1.0, max(0.0, figure.value - sign * noise))
                mine[name] = {"value": round(figure.value, 4), "se": round(noise, 4), "floor": round(floor, 4)}
    return made


def below(floors: Floors, figures: Mapping[str, Mapping[str, Figure]]) -> list[str]:
    """What fell through its floor, a line each; metrics that the run did not measure are passed over."""
    found = []
    for group, metrics in floors.items():
        for name, entry in metrics.items():
            figure = figures.get(group, {}).get(name)
            if figure is None:
                continue
            sign = -1 if name in LESS_IS_BETTER else 1
            if sign * (figure.value - entry["floor"]) < -5e-5:
                side = "above its ceiling" if sign < 0 else "below its floor"
                found.append(
                    f"{group} {name}: {figure.value:.4f} is {side} {entry['floor']:.4f} (was {entry['value']:.4f})"
                )
    return found
