"""How much goes to the terminal: a slow line is not filled by a key."""

from __future__ import annotations

import sys
from pathlib import Path
from statistics import median

from benchmarks.bytes_sent import bytes_sent

SAMPLE = Path(__file__).parents[2] / "sample_corpus" / "brightwater-verdict"


def test_the_start_and_each_key_send_little(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "summitreader", str(SAMPLE), "--data-dir", str(tmp_path)]
    (_, start), *sent = bytes_sent(command, ["j"] * 8 + ["Tab"] * 4)
    assert 1_000 < start < 150_000
    assert 0 < median(count for key, count in sent if key == "j") < 4_000
    assert all(0 < count < 20_000 for key, count in sent if key == "Tab")
