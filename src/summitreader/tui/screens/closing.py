"""What every panel shares: it is closed once, however often the key that closes it was pressed."""

from __future__ import annotations

from typing import Any, Generic, TypeVar

from textual.await_complete import AwaitComplete
from textual.screen import ModalScreen

T = TypeVar("T")


class ClosedOnce:
    """Stands before a screen's class. Textual (8.2) takes away whatever screen stands on top when a panel is dismissed
    a second time: two Enters in one burst would put away the reader with it.

    It is no screen itself, since Textual takes the styles of a screen from the first of its bases that is one.
    """

    def dismiss(self, result: Any = None) -> AwaitComplete:
        if not self.is_current:  # type: ignore[attr-defined]
            return AwaitComplete.nothing()  # type: ignore[no-untyped-call, no-any-return]
        return super().dismiss(result)  # type: ignore[misc, no-any-return]


class PanelScreen(ClosedOnce, ModalScreen[T], Generic[T]):
    """A panel that stands over a view."""
