"""How much goes to the terminal: a slow line is not filled by a key."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from statistics import median
from typing import Any

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "sample_corpus" / "brightwater-verdict"


def _benchmark() -> Any:
    spec = importlib.util.spec_from_file_location("bytes_sent", ROOT / "benchmarks" / "bytes_sent.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_start_and_each_key_send_little(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "summitreader", str(SAMPLE), "--data-dir", str(tmp_path)]
    (_, start), *sent = _benchmark().bytes_sent(command, ["j"] * 8 + ["Tab"] * 4)
    assert 1_000 < start < 150_000
    assert 0 < median(count for key, count in sent if key == "j") < 4_000
    assert all(0 < count < 20_000 for key, count in sent if key == "Tab")
