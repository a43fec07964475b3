"""Wrapping, marks and following: pure, without Textual, so that it can be tested by itself."""
