"""Wrapping, marks and following: pure, without Textual, so that it can be tested by itself.

Whatever reckons in cells here, or draws what was reckoned, does so by one table: see `cells`.
"""

from summitreader.tui.layout.cells import put_right

put_right()
