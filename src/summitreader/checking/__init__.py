"""A draft compared with its sources, sentence by sentence."""

from summitreader.checking.check import check_draft
from summitreader.checking.findings import Difference, Evidence, Finding, Verdict

__all__ = ["Difference", "Evidence", "Finding", "Verdict", "check_draft"]
