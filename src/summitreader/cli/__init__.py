"""The command line. Each command loads what it needs when it runs, so that `--help` and `--version` load nothing."""

from __future__ import annotations


def main() -> int:
    return 0
