"""The reader's own themes. Each gives every category a colour; none tells a category by colour alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from rich.style import Style
from textual.color import Color
from textual.theme import BUILTIN_THEMES, Theme

_DARK = {
    "aside": "#7b8494",
    "quotation": "#a3cf8b",
    "linked": "#7cc5e8",
    "check": "#ff8f70",
    "note": "#c9a3f0",
    "note-tint": "#352a47",
    "note-tint-yellow": "#443c12",
    "note-tint-green": "#1c4028",
    "note-tint-blue": "#16395c",
    "cursor-surface": "#2a3242",
    "counterpart-surface": "#212a39",
    "hit": "#8a7430",
    "hit-text": "#ffffff",
    "hit-current-text": "#161a22",
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
    "note-tint-yellow": "#f7eaa8",
    "note-tint-green": "#d3efd4",
    "note-tint-blue": "#d3e6fb",
    "cursor-surface": "#dbe4f3",
    "counterpart-surface": "#e9eef7",
    "hit": "#f0dc8c",
    "hit-text": "#1a1a1a",
    "hit-current-text": "#ffffff",
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
    "note-tint-yellow": "#5a4a00",
    "note-tint-green": "#00501a",
    "note-tint-blue": "#00308a",
    "cursor-surface": "#303030",
    "counterpart-surface": "#202020",
    "hit": "#ffff00",
    "hit-text": "#000000",
    "hit-current-text": "#000000",
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
_SIXTEEN_DARK = {
    "aside": "ansi_white",
    "quotation": "ansi_bright_green",
    "linked": "ansi_bright_cyan",
    "check": "ansi_bright_yellow",
    "note": "ansi_bright_magenta",
    "note-tint": "ansi_magenta",
    "note-tint-yellow": "ansi_yellow",
    "note-tint-green": "ansi_green",
    "note-tint-blue": "ansi_blue",
    "cursor-surface": "ansi_blue",
    "counterpart-surface": "ansi_bright_black",
    "hit": "ansi_yellow",
    "hit-text": "ansi_black",
    "hit-current-text": "ansi_black",
    "selection": "ansi_cyan",
    "ruler": "ansi_bright_black",
    "bar-surface": "ansi_black",
}
_SIXTEEN_LIGHT = {
    "aside": "ansi_bright_black",
    "quotation": "ansi_magenta",
    "linked": "ansi_blue",
    "check": "ansi_red",
    "note": "ansi_magenta",
    "note-tint": "ansi_bright_magenta",
    "note-tint-yellow": "ansi_bright_yellow",
    "note-tint-green": "ansi_bright_green",
    "note-tint-blue": "ansi_bright_blue",
    "cursor-surface": "ansi_bright_cyan",
    "counterpart-surface": "ansi_white",
    "hit": "ansi_bright_yellow",
    "hit-text": "ansi_black",
    "hit-current-text": "ansi_bright_white",
    "selection": "ansi_cyan",
    "ruler": "ansi_white",
    "bar-surface": "ansi_bright_white",
}
SIXTEEN = Theme(
    name="summit-16",
    primary="ansi_bright_cyan",
    accent="ansi_bright_yellow",
    warning="ansi_bright_yellow",
    error="ansi_bright_red",
    success="ansi_bright_green",
    foreground="ansi_bright_white",
    background="ansi_black",
    surface="ansi_black",
    panel="ansi_black",
    dark=True,
    ansi=True,
    boost="ansi_black",
    variables=BUILTIN_THEMES["ansi-dark"].variables | _SIXTEEN_DARK,
)
_SIXTEEN_ON_WHITE = Theme(
    name="summit-16-light",
    primary="ansi_blue",
    accent="ansi_red",
    warning="ansi_red",
    error="ansi_red",
    success="ansi_green",
    foreground="ansi_black",
    background="ansi_bright_white",
    surface="ansi_bright_white",
    panel="ansi_bright_white",
    dark=False,
    ansi=True,
    boost="ansi_bright_white",
    variables=BUILTIN_THEMES["ansi-light"].variables | _SIXTEEN_LIGHT,
)
OWN = (DARK, LIGHT, CONTRAST, SIXTEEN)


def names() -> tuple[str, ...]:
    """All themes there are: the program's own, and Textual's."""
    return (*(theme.name for theme in OWN), *BUILTIN_THEMES)


_SURFACES = ("cursor-surface", "counterpart-surface", "bar-surface", "ruler")


def in_few_colours(theme: Theme) -> Theme:
    """The theme for 256 colours: the nearest to a faint tint is a loud one there, so surfaces are grey."""
    return replace(
        theme,
        background=_grey(theme.background or "#000000"),
        surface=_grey(theme.surface or "#000000"),
        panel=_grey(theme.panel or "#000000"),
        variables=theme.variables | {name: _grey(theme.variables[name]) for name in _SURFACES},
    )


def for_colours(theme: Theme, system: str | None) -> Theme:
    """The theme for what the terminal can show: `truecolor`, `256`, or the sixteen colours of `standard` and less."""
    if theme.ansi or system == "truecolor":
        return theme
    if system == "256":
        return in_few_colours(theme)
    return replace(SIXTEEN if theme.dark else _SIXTEEN_ON_WHITE, name=theme.name)


def _grey(colour: str) -> str:
    """The grey that is as light as `colour`."""
    r, g, b = Color.parse(colour).rgb
    light = round(0.299 * r + 0.587 * g + 0.114 * b)
    return f"#{light:02x}{light:02x}{light:02x}"


def variable_defaults(dark: bool) -> dict[str, str]:
    """What the variables above are where another theme is chosen, which does not know them."""
    return dict(_DARK if dark else _LIGHT)


def palette(variables: Mapping[str, str]) -> dict[str, Style]:
    """Every style that lines are drawn in, by name, from a theme's variables; made once a theme.

    Plain names are for bars, lists and glyphs; those that begin with `text-` are laid over a source's text.
    """

    def style(foreground: str = "", background: str = "", **attributes: bool) -> Style:
        return Style(
            color=Color.parse(variables[foreground]).rich_color if foreground else None,
            bgcolor=Color.parse(variables[background]).rich_color if background else None,
            **attributes,  # type: ignore[arg-type]
        )

    return {
        "strong": style(bold=True),
        "accent": style("accent", bold=True),
        "dim": style("aside"),
        "check": style("check", bold=True),
        "quotation": style("quotation"),
        "linked": style("linked"),
        "told": style("linked"),
        "alone": style("aside"),
        "one": style("aside"),
        "note": style("note"),
        "differs": style(bold=True, underline=True),
        "column": style(bold=True, underline=True),
        "rule": style("ruler"),
        "ruler": style("ruler"),
        "thumb": style("aside"),
        "bar": style("accent"),
        "cursor": style(background="cursor-surface"),
        "raised": style(background="counterpart-surface"),
        "check-words": style("check"),
        "text-headline": style(bold=True),
        "text-aside": style("aside", italic=True),
        "text-counterpart": style(background="counterpart-surface"),
        "text-cursor": style(background="cursor-surface"),
        "text-note": style(background="note-tint"),
        "text-note-yellow": style(background="note-tint-yellow"),
        "text-note-green": style(background="note-tint-green"),
        "text-note-blue": style(background="note-tint-blue"),
        "text-quotation": style("quotation", italic=True),
        "text-shared": style("linked", underline=True),
        "text-check": style("check", bold=True, underline=True),
        "text-hit": style("hit-text", "hit"),
        "text-hit-current": style("hit-current-text", "accent", bold=True),
        "text-selection": style("hit-text", "selection"),
    }
