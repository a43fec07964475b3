"""The colours of highlights: four that are told apart in words too. Pure."""

from __future__ import annotations

PLAIN = "violet"
"""What a highlight without a colour of its own is drawn in."""
TINTS = ("yellow", "green", "blue")
"""The colours that one may have, as they are kept."""


def tint_in_words(colour: str | None) -> str:
    """What a colour is called; one that came from elsewhere keeps its own name, and is drawn as the plain one."""
    return colour or PLAIN


def next_tint(colour: str | None) -> str | None:
    """The colour after `colour`, round at the end; None is the plain one."""
    order = (None, *TINTS)
    return order[(order.index(colour) + 1) % len(order)] if colour in order else None
