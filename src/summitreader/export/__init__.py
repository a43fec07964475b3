"""Annotations and comparisons as text: pure functions, one a format, and `files`, the one place that writes."""
