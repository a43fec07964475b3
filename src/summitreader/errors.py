"""The failures that a caller can act on. Each message is a sentence: what, where, what to do."""

from __future__ import annotations


class SummitreaderError(Exception):
    """The work could not be done; the command line prints the message and exits with 1."""


class UsageError(SummitreaderError):
    """The call was wrong; the command line prints the message and exits with 2."""


class Cancelled(SummitreaderError):
    """The caller's `cancelled()` said so."""
