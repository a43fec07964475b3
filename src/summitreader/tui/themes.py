"""The reader's own themes. Each gives every category a colour; none tells a category by colour alone."""

from __future__ import annotations

from textual.theme import Theme

_DARK = {
    "aside": "#7b8494",
    "quotation": "#a3cf8b",
    "linked": "#7cc5e8",
    "check": "#ff8f70",
    "note": "#c9a3f0",
    "note-tint": "#352a47",
    "cursor-surface": "#2a3242",
    "counterpart-surface": "#212a39",
    "hit": "#8a7430",
    "hit-text": "#ffffff",
    "selection": "#3d5a80",
    "ruler": "#2e3542",
    "bar-surface": "#1e232d",
}
_LIGHT = {
    "aside": "#6b7280",
    "quotation": "#2f6d1f",
    "linked": "#0b6394",
    "check": "#b3340c",
    "note": "#6b2fb3",
    "note-tint": "#ece0fa",
    "cursor-surface": "#dbe4f3",
    "counterpart-surface": "#e9eef7",
    "hit": "#f0dc8c",
    "hit-text": "#1a1a1a",
    "selection": "#b5d0f5",
    "ruler": "#d0d4dc",
    "bar-surface": "#eceef2",
}
_CONTRAST = {
    "aside": "#c0c0c0",
    "quotation": "#80ff80",
    "linked": "#60d8ff",
    "check": "#ffb000",
    "note": "#ff9cff",
    "note-tint": "#4a0060",
    "cursor-surface": "#303030",
    "counterpart-surface": "#202020",
    "hit": "#ffff00",
    "hit-text": "#000000",
    "selection": "#00ffff",
    "ruler": "#606060",
    "bar-surface": "#000000",
}

DARK = Theme(
    name="summit-dark",
    primary="#7cc5e8",
    accent="#e8b04a",
    warning="#ff8f70",
    error="#ff6b6b",
    success="#a3cf8b",
    foreground="#d5dae3",
    background="#161a22",
    surface="#1b202a",
    panel="#1e232d",
    dark=True,
    variables=_DARK,
)
LIGHT = Theme(
    name="summit-light",
    primary="#0b6394",
    accent="#9a5b00",
    warning="#b3340c",
    error="#b00020",
    success="#2f6d1f",
    foreground="#1d2129",
    background="#fbfbfa",
    surface="#f3f4f6",
    panel="#eceef2",
    dark=False,
    variables=_LIGHT,
)
CONTRAST = Theme(
    name="summit-contrast",
    primary="#60d8ff",
    accent="#ffff00",
    warning="#ffb000",
    error="#ff6060",
    success="#80ff80",
    foreground="#ffffff",
    background="#000000",
    surface="#000000",
    panel="#000000",
    dark=True,
    variables=_CONTRAST,
)
OWN = (DARK, LIGHT, CONTRAST)


def variable_defaults(dark: bool) -> dict[str, str]:
    """What the variables above are where another theme is chosen, which does not know them."""
    return dict(_DARK if dark else _LIGHT)
