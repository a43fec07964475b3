"""How alike two passages are, as one number, and how sure that makes a link.

The weights stand in `weights.json`, fitted by `benchmarks/links_fit.py`; `docs/linking.md` says on what.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from math import exp, log1p
from operator import mul

from summitreader.comparison.linking.features import NAMES, row_features
from summitreader.comparison.linking.letters import Letters
from summitreader.comparison.linking.story import Story

_CALM = 1.6
"""From here on more likeness adds ever less: of pairs above 0.9 some are still wrong, and order stays visible."""


@dataclass(frozen=True, slots=True)
class Weights:
    """`features` run parallel to `features.NAMES`; `features_long` are for texts too long to look at letters."""

    features: tuple[float, ...]
    features_long: tuple[float, ...]
    support: float
    within: float
    calibration: Mapping[str, float]
    calibration_long: Mapping[str, float]
    shown: float
    likely: float
    alone: Mapping[str, float]


@lru_cache(maxsize=1)
def weights() -> Weights:
    """The packaged weights."""
    table = json.loads(files("summitreader.comparison.linking").joinpath("weights.json").read_text(encoding="utf-8"))
    return Weights(
        features=tuple(float(table["features"].get(name, 0.0)) for name in NAMES),
        features_long=tuple(float(table["features_long"].get(name, 0.0)) for name in NAMES),
        support=table["support"],
        within=table["within"],
        calibration=table["calibration"],
        calibration_long=table["calibration_long"],
        shown=table["shown"],
        likely=table["likely"],
        alone=table["alone"],
    )


def likeness(story: Story, letters: Letters | None, i: int, j: int) -> float:
    """How alike passages `i` and `j` are: symmetric, about 0 to 10, comparable within and between stories."""
    return likenesses(story, letters, i, (j,))[0]


def likenesses(story: Story, letters: Letters | None, i: int, others: Iterable[int]) -> list[float]:
    """How alike passage `i` is to each of `others` in turn."""
    w = weights()
    features = w.features if letters is not None else w.features_long
    return [sum(map(mul, found, features)) for found in row_features(story, letters, i, others)]


Sureness = Callable[[float, float], float]
"""The chance that a link is right, from the likeness and how far it is behind the best on either side together."""


def sureness_by(letters: bool) -> Sureness:
    """The curve for pairs whose letter sequences were compared too, or were not."""
    c = weights().calibration if letters else weights().calibration_long
    constant, raw, behind = c["constant"], c["raw"], c["behind"]

    def sure(likeness: float, behind_best: float) -> float:
        x = constant + raw * likeness + behind * behind_best
        if x > _CALM:
            x = _CALM + log1p(x - _CALM)
        return 1 / (1 + exp(-x if x > -30.0 else 30.0))

    return sure


def sureness(likeness: float, behind_in_row: float, behind_in_column: float, letters: bool = True) -> float:
    """The chance that a link is right: from the likeness and how far it is behind the best on either side (0 or less);
    `letters` says whether letter sequences were compared too."""
    return sureness_by(letters)(likeness, behind_in_row + behind_in_column)
