"""Search: what a query is, where it matches in a text, and which passages of the sources hold it."""

from summitreader.search.corpus import Hit, search
from summitreader.search.matching import find
from summitreader.search.query import Mode, Query, QueryError

__all__ = ["Hit", "Mode", "Query", "QueryError", "find", "search"]
