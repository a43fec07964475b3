"""A draft compared with its sources, sentence by sentence."""

from summitreader.checking.check import check_draft
from summitreader.checking.findings import Difference, Evidence, Finding, Verdict
from summitreader.checking.in_report import draft_divergences, with_draft

__all__ = ["Difference", "Evidence", "Finding", "Verdict", "check_draft", "draft_divergences", "with_draft"]
