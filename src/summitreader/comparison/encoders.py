"""Sentence encoders: optional, and only to grade what the words have found.

An encoder turns texts into vectors. It is an object of one's own, or one that an installed package offers in the
entry-point group `summitreader.encoders` (a callable without arguments that gives the object).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib.metadata import entry_points
from math import sqrt
from operator import mul
from typing import Protocol

GROUP = "summitreader.encoders"

Vector = Sequence[float]


class Encoder(Protocol):
    """Gives one vector a text; all vectors have the same length."""

    def encode(self, texts: list[str], /) -> Sequence[Vector]: ...


def load_encoder(encoder: Encoder | str | None) -> Encoder | None:
    """The encoder named, or the one given. Raises `ValueError` where no installed package offers that name."""
    if not isinstance(encoder, str):
        return encoder
    offered = {entry.name: entry for entry in entry_points(group=GROUP)}
    if encoder not in offered:
        names = ", ".join(sorted(offered)) or "none"
        raise ValueError(f"no encoder named {encoder} is installed (installed: {names})")
    found: Encoder = offered[encoder].load()()
    return found


def closeness(encoder: Encoder, texts: list[str]) -> Callable[[int, int], float]:
    """The cosine of two texts, -1 to 1, with the mean of all taken off: what every passage of a story shares is no
    evidence. Raises `ValueError` where there is not one vector a text."""
    vectors = [[float(x) for x in vector] for vector in encoder.encode(texts)] if texts else []
    if len(vectors) != len(texts) or len({len(v) for v in vectors}) > 1:
        raise ValueError("the encoder must give one vector a text, all of one length")
    mean = [sum(column) / len(vectors) for column in zip(*vectors, strict=True)]
    centred = [[x - m for x, m in zip(v, mean, strict=True)] for v in vectors]
    norms = [sqrt(sum(map(mul, v, v))) or 1.0 for v in centred]

    def cosine(i: int, j: int) -> float:
        return float(sum(map(mul, centred[i], centred[j]))) / (norms[i] * norms[j])

    return cosine
