"""Where text is typed until Enter or Escape, with every key going where its place in the order says.

Keys may come in one burst: what was typed before Enter must be part of the text, what comes after it must not. So the
end of typing is seen where the letters are, at once, and keys that were already on their way here are sent back.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from textual import events
from textual.widget import Widget

if TYPE_CHECKING:
    _Base = Widget
else:  # Textual takes a widget's styles from one line of ancestors, so what is mixed in must not be a widget itself.
    _Base = object


class EndsTyping(_Base):
    """Mixed into a text entry. `begin_typing` gives it the keys; `ended` is called once, with whether it was Enter."""

    ends_typing = True
    is_typing = False
    _back_to: Callable[[], Widget | None]

    def begin_typing(self, back_to: Callable[[], Widget | None] | None = None) -> None:
        """Take the keys. At the end they go to what `back_to` then says, else to whoever has them now."""
        if not self.is_typing:
            before = self.screen.focused
            self._back_to = back_to or (lambda: before)
        self.is_typing = True
        self.screen.set_focus(self)

    def ended(self, kept: bool) -> None:
        raise NotImplementedError

    def takes(self, event: events.Key) -> bool:
        """Whether the key is none of the text: it ends the typing, or came after its end."""
        if not self.is_typing:
            self.app.post_message(events.Key(event.key, event.character))
        elif event.key in ("enter", "escape"):
            self.end_typing(event.key == "enter")
        else:
            return False
        event.stop()
        event.prevent_default()
        return True

    def end_typing(self, kept: bool) -> None:
        """Give the keys back."""
        self.is_typing = False
        next_one = self._back_to()
        if next_one is not None and next_one.is_attached:
            self.screen.set_focus(next_one)
        self.ended(kept)
