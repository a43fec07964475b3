"""Numbers and what they count, in words."""

from __future__ import annotations


def counted(count: int, noun: str, plural: str = "") -> str:
    """`1 story`, `1,200 stories`: of a regular noun the plural needs not be said."""
    return f"{count:,} {noun if count == 1 else plural or f'{noun}s'}"
