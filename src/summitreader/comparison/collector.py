"""Rest for the search for cyclic garbage while much is made that lives on."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collector_resting() -> Iterator[None]:
    """No search for cyclic garbage meanwhile: comparing makes none, and in a long story the search would walk through
    all its words again and again, for a third of the time. What was made lives on, and need not be searched at once."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            if not gc.get_freeze_count():
                gc.freeze()
                gc.unfreeze()  # all that there is now counts as old
            gc.enable()
