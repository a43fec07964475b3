"""What stands until the first text does: an empty screen, which says what is being read where that takes a while."""

from __future__ import annotations

from collections.abc import Iterable

from summitreader.tui.screens.view import ViewScreen


class LoadingScreen(ViewScreen):
    """The first of all screens, on which the reader is put."""

    def compose(self) -> Iterable[object]:  # type: ignore[override]
        if not self.reader.loading.ready.is_set():
            yield self.status
