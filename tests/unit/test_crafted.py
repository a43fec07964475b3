"""Files of the program's own kinds that somebody spoiled come to a sentence; benchmarks/crafted.py tries thousands."""

from __future__ import annotations

from tests.unit.notes.test_hardship import benchmark


def test_a_spoiled_file_of_any_kind_comes_to_a_sentence() -> None:
    assert benchmark("crafted").crafted(50, seed=3) == []
