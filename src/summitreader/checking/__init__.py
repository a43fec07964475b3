"""A draft held against its sources, sentence by sentence."""

from summitreader.checking.check import Difference, Evidence, Finding, Verdict, check_draft

__all__ = ["Difference", "Evidence", "Finding", "Verdict", "check_draft"]
