"""A draft beside its sources: it is the base, `x` goes through what differs, and an edit is checked again."""

from __future__ import annotations

from pathlib import Path

import pytest

from summitreader.tui import watching
from summitreader.tui.layout.panes import Layout
from tests.flows.conftest import Opening, until
from tests.flows.test_watching import app, reader, words

DRAFT = """The new bridge over the Aar opened on Monday after five years of work.

About 300 people walked across before the first cars came, and a brass band from Lisbon played.
"""


async def test_what_differs_in_a_draft_is_what_to_check_until_the_draft_is_mended(
    opened: Opening, corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watching, "EVERY", 0.1)
    draft = tmp_path / "draft.md"
    draft.write_text(DRAFT, encoding="utf-8")
    async with opened(corpus, draft, draft=draft) as pilot:
        session = app(pilot).session
        assert session is not None
        assert reader(pilot).deck.arrangement == Layout.MARGIN
        flagged = [d for d in session.index.pending if d.kind == "draft"]
        assert flagged[0].sides[0].words == "five years"
        await pilot.press("x")
        await pilot.pause()
        assert reader(pilot).deck.active.document.source.text == DRAFT
        assert words(pilot) == "The new bridge over the Aar opened on Monday after five years of work."
        draft.write_text(DRAFT.replace("five", "four"), encoding="utf-8")

        def is_checked_again() -> bool:
            now = app(pilot).session
            ids = [d.id for d in now.index.pending if d.kind == "draft"] if now is not None and not now.doing else []
            return len(ids) > 0 and flagged[0].id not in ids

        await until(is_checked_again)
