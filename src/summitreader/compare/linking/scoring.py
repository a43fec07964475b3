"""How alike two passages are, as one number, and how sure that makes a link.

The weights stand in `weights.json`, fitted by `benchmarks/links_fit.py`; the file says on what.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from math import exp

from summitreader.compare.linking.features import NAMES, pair_features
from summitreader.compare.linking.story import Story


@dataclass(frozen=True, slots=True)
class Weights:
    features: tuple[tuple[int, float], ...]
    support: float
    calibration: Mapping[str, float]
    shown: float
    alone: float


@lru_cache(maxsize=1)
def weights() -> Weights:
    table = json.loads(files("summitreader.compare.linking").joinpath("weights.json").read_text(encoding="utf-8"))
    return Weights(
        features=tuple((NAMES.index(name), value) for name, value in table["features"].items()),
        support=table["support"],
        calibration=table["calibration"],
        shown=table["shown"],
        alone=table["alone"],
    )


def raw_score(story: Story, i: int, j: int) -> float:
    """How alike passages `i` and `j` are; symmetric, about 0 to 6, comparable within and between stories."""
    values = pair_features(story, min(i, j), max(i, j))
    return max(0.0, sum(values[n] * weight for n, weight in weights().features))


def sureness(raw: float, best_of_row: float, best_of_column: float) -> float:
    """The chance that a link is right: from the score and how far it is behind the best on either side."""
    c = weights().calibration
    x = c["constant"] + c["raw"] * raw + c["row"] * (raw - best_of_row) + c["column"] * (raw - best_of_column)
    return 1 / (1 + exp(-max(-30.0, min(30.0, x))))
