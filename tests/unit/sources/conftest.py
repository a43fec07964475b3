from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from typing import Any

import pytest

from summitreader.sources.isolation import reader_failed
from summitreader.sources.model import UnreadableFile


@pytest.fixture
def in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read files here and not in a worker, which what a test puts in the place of something does not reach."""

    def run(function: str, *arguments: Any, size: int, waiting: Any = None) -> Iterator[Any]:
        module, _, name = function.partition(":")
        try:
            yield from getattr(import_module(module), name)(*arguments)
        except UnreadableFile:
            raise
        except Exception as error:
            raise reader_failed(error) from error

    monkeypatch.setattr("summitreader.sources.isolation.run", run)
