"""What was worked out before, kept on disk, so that the second opening of a story is instant.

Two things are kept. For each source its quotations and its words, so that a source added, edited or removed costs a
new scoring and not a new analysis of the others; and for each story the whole report. What is kept is found again by
everything that it depends on (`keys.py`): the sources, code point for code point with all that is known of them, the
options, the program's own code and the packages and tables that it counts on. So it is never stale, and what comes out
is byte for byte what would be worked out anew.

What cannot be read, is damaged or is not one's own is thrown away without a word and worked out anew; where nothing can
be written, nothing is. `folder.py` says what is trusted on disk.
"""

from __future__ import annotations

from summitreader.comparison.cache.kept import Kept

__all__ = ["Kept"]
