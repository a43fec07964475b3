"""Plain ways to score how alike two sentences are, to be measured beside: each takes sentences, gives a square matrix.

`bm25`: k1 1.2, b 0.75, frequencies of the sentences given, Snowball stems, stop words out, mean of both directions.
`characters`: cosine of TF-IDF over character 3–5-grams within words. `token_set`: rapidfuzz's token_set_ratio.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

_split = str.split

Matrix = NDArray[np.float64]

STOP = frozenset(
    _split("""
    a about after all also an and any are as at be because been before being between both but by can could did
    do does down during each few for from further had has have having he her here hers him his how i if in into
    is it its just me more most my no nor not now of off on once only or other our out over own same she should
    so some such than that the their them then there these they this those through to too under until up very
    was we were what when where which while who whom why will with would you your said s t
""")
)


@lru_cache(maxsize=1)
def _stemmer() -> Any:
    import snowballstemmer

    return snowballstemmer.stemmer("english")


@lru_cache(maxsize=1 << 17)
def snowball(word: str) -> str:
    return str(_stemmer().stemWord(word))


def plain_words(sentence: str) -> list[str]:
    return [snowball(w) for w in re.findall(r"\w+", sentence.lower()) if w not in STOP]


def bm25(sentences: Sequence[str]) -> Matrix:
    bags = [Counter(plain_words(s)) for s in sentences]
    df: Counter[str] = Counter()
    for bag in bags:
        df.update(bag.keys())
    n = len(bags)
    mean = sum(sum(b.values()) for b in bags) / max(n, 1) or 1.0
    postings: dict[str, list[tuple[int, float]]] = {}
    for i, bag in enumerate(bags):
        length = sum(bag.values())
        for term, count in bag.items():
            idf = math.log(1 + (n - df[term] + 0.5) / (df[term] + 0.5))
            gain = idf * count * 2.2 / (count + 1.2 * (0.25 + 0.75 * length / mean))
            postings.setdefault(term, []).append((i, gain))
    out = np.zeros((n, n))
    for i, bag in enumerate(bags):
        for term in bag:
            for j, gain in postings[term]:
                out[i, j] += gain
    return (out + out.T) / 2


def characters(sentences: Sequence[str]) -> Matrix:
    bags: list[Counter[str]] = []
    for s in sentences:
        bag: Counter[str] = Counter()
        for word in re.findall(r"\w+", s.lower()):
            padded = f" {word} "
            bag.update(padded[i : i + k] for k in (3, 4, 5) for i in range(len(padded) - k + 1))
        bags.append(bag)
    df: Counter[str] = Counter()
    for bag in bags:
        df.update(bag.keys())
    n = len(bags)
    column = {g: c for c, g in enumerate(df)}
    matrix = np.zeros((n, len(column)), dtype=np.float32)
    for i, bag in enumerate(bags):
        for g, count in bag.items():
            matrix[i, column[g]] = (1 + math.log(count)) * (math.log((1 + n) / (1 + df[g])) + 1)
    matrix /= np.linalg.norm(matrix, axis=1, keepdims=True) + 1e-9
    return (matrix @ matrix.T).astype(np.float64)


def token_set(sentences: Sequence[str]) -> Matrix:
    from rapidfuzz import fuzz, process, utils

    plain = [utils.default_process(s) for s in sentences]
    return np.asarray(process.cdist(plain, plain, scorer=fuzz.token_set_ratio, dtype=np.float64))


BASELINES: dict[str, Callable[[Sequence[str]], Matrix]] = {
    "bm25": bm25,
    "characters": characters,
    "token_set": token_set,
}
