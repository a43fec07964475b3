"""What headlines and ledes look like at two sizes, as text: `pytest --snapshot-update` keeps a new look."""

from __future__ import annotations

from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion

from tests.flows.conftest import Opening, corpus, opened
from tests.flows.test_openings import lines, page
from tests.flows.test_views import press

__all__ = ["corpus", "opened"]


@pytest.mark.parametrize("size", [(60, 20), (100, 30)], ids=lambda size: f"{size[0]}x{size[1]}")
async def test_the_page_looks_as_it_did(
    opened: Opening,
    corpus: Path,
    size: tuple[int, int],
    snapshot: SnapshotAssertion,
) -> None:
    async with opened(corpus, size=size) as pilot:
        await press(pilot, "equals_sign", "j")
        assert page(pilot).at == (0, 1)
        heading = pilot.app.screen.heading.render_line(0).text.rstrip()  # type: ignore[attr-defined]
        assert "\n".join([heading, *lines(pilot)]) == snapshot
