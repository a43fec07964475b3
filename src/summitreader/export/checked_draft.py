"""A draft that was held against its sources, written out: text, JSON, markdown, a table, a Word document.

Every sentence of a source that is quoted in markdown can be checked again with `verify`.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from summitreader.checking import Difference, Finding, Verdict
from summitreader.comparison.model import SourceSpan, letter_of
from summitreader.errors import SummitreaderError
from summitreader.export.briefing import place_in_words
from summitreader.export.citation import Citation, data_line
from summitreader.export.escaping import block, inline, visible
from summitreader.export.tables import Table
from summitreader.text import Source

SCHEMA = "summitreader.check/1"
IN_WORDS = {
    Verdict.SUPPORTED: "supported",
    Verdict.DIFFERS: "differs",
    Verdict.QUOTED_OTHERWISE: "quoted otherwise",
    Verdict.PARTLY: "partly found",
    Verdict.NOT_FOUND: "not found in these sources",
    Verdict.NOT_CHECKABLE: "not checkable",
}
_NAMED = {
    "quotation": "the words in quotation marks",
    "speaker": "the speaker",
    "figure": "the figure",
    "time": "the day or year",
    "name": "the name",
    "role": "the role",
    "denial": "what is denied or affirmed",
    "reason": "the reason",
}
_CONTEXT = 32


class CheckedDraft:
    """A draft, its sources and the findings, with the words that all writers share."""

    def __init__(self, draft: Source, sources: Sequence[Source], findings: Sequence[Finding]) -> None:
        self.draft, self.sources, self.findings = draft, sources, findings
        self._source = {source.id: source for source in sources}
        self._letter = {source.id: letter_of(n) for n, source in enumerate(sources)}

    def counts(self) -> dict[str, int]:
        return {verdict.value: sum(f.verdict is verdict for f in self.findings) for verdict in Verdict}

    def summary(self) -> str:
        """`12 supported, 2 differ …`, the gravest first."""
        order = (Verdict.QUOTED_OTHERWISE, Verdict.DIFFERS, Verdict.NOT_FOUND, Verdict.PARTLY, Verdict.SUPPORTED,
                 Verdict.NOT_CHECKABLE)  # fmt: skip
        counted = self.counts()
        return ", ".join(f"{counted[verdict]} {IN_WORDS[verdict]}" for verdict in order if counted[verdict])

    def sentence(self, finding: Finding) -> str:
        return _line(self.draft.text[finding.start : finding.end])

    def words(self, span: SourceSpan) -> str:
        return _line(self._source[span.source].text[span.start : span.end])

    def place(self, span: SourceSpan) -> str:
        """`B ¶4`."""
        source = self._source[span.source]
        return f"{self._letter[span.source]} {place_in_words(source.place_name(source.passage_at(span.start)))}"

    def difference(self, difference: Difference) -> str:
        """What differs, and what the source has, in one sentence."""
        ours = _line(self.draft.text[difference.start : difference.end])
        kind = _NAMED[difference.kind]
        if difference.there is None:
            return f"{kind}: “{ours}” is in none of these sources."
        return f"{kind}: “{ours}”; {self.place(difference.there)} has “{self.words(difference.there)}”."

    def source_lines(self) -> Iterator[tuple[str, str]]:
        """Letter and name of each source."""
        for source in self.sources:
            yield self._letter[source.id], _line(", ".join(filter(None, (source.outlet, source.title))) or source.id)

    # Text and JSON

    def text(self) -> str:
        lines = [self.summary() or "The draft has no sentence.", ""]
        lines += [f"  {letter} {name}" for letter, name in self.source_lines()]
        for finding in self.findings:
            lines += ["", f"[{IN_WORDS[finding.verdict]}] {self.sentence(finding)}"]
            lines += [f"    {self.difference(d)}" for d in finding.differences]
            if finding.verdict is not Verdict.NOT_CHECKABLE:
                lines += [f"    {self.place(e.span)}: {self.words(e.span)}" for e in finding.evidence]
        return "\n".join(visible(line) for line in lines) + "\n"

    def to_dict(self) -> dict[str, Any]:
        def span(there: SourceSpan) -> dict[str, Any]:
            return {"source": there.source, "start": there.start, "end": there.end}

        return {
            "schema": SCHEMA,
            "draft": {"path": self.draft.path, "sha256": self.draft.sha256},
            "sources": [{"letter": self._letter[s.id], "id": s.id, "path": s.path} for s in self.sources],
            "counts": self.counts(),
            "sentences": [
                {
                    "start": f.start,
                    "end": f.end,
                    "finding": f.verdict.value,
                    "evidence": [{**span(e.span), "share": round(e.share, 2)} for e in f.evidence],
                    "differences": [
                        {"kind": d.kind, "start": d.start, "end": d.end, "there": d.there and span(d.there)}
                        for d in f.differences
                    ],
                }
                for f in self.findings
            ],
        }

    # Markdown and the table

    def markdown(self, paths: Mapping[str, str]) -> str:
        """The draft with a footnote a sentence, and below it the sentences of the sources; `paths` are those of the
        sources' files, from where the document will be."""
        lines = [f"{self.summary()}.", ""]
        lines += [f"- {letter} {inline(name)}" for letter, name in self.source_lines()]
        block_before = None
        for number, finding in enumerate(self.findings, 1):
            own = self.draft.passages[self.draft.passage_at(finding.start)].block
            if own != block_before:
                lines.append("")
            block_before = own
            lines.append(f"{inline(self.sentence(finding))}[^{number}]")
        for number, finding in enumerate(self.findings, 1):
            said = " ".join([f"{IN_WORDS[finding.verdict].capitalize()}.", *map(self.difference, finding.differences)])
            at = (
                ""
                if finding.verdict is Verdict.NOT_CHECKABLE
                else ", ".join(self.place(e.span) for e in finding.evidence)
            )
            lines += ["", f"[^{number}]: {inline(said)}{f' {inline(at)}.' if at else ''}"]
        lines += ["", "## The sentences of the sources", ""]
        for number, finding in enumerate(self.findings, 1):
            if finding.verdict is Verdict.NOT_CHECKABLE:
                continue
            for index, evidence in enumerate(finding.evidence):
                citation = self._citation(evidence.span, paths)
                lines += [data_line(str(number), index, citation), ""]
                lines += [f"> {line}" if line else ">" for line in block(citation.quote)]
                name = dict(self.source_lines())[self._letter[evidence.span.source]]
                lines += ["", f"— {number}: {inline(self.place(evidence.span))}, {inline(name)}", ""]
        return "\n".join(lines).rstrip("\n") + "\n"

    def _citation(self, span: SourceSpan, paths: Mapping[str, str]) -> Citation:
        source = self._source[span.source]
        return Citation(
            source.text[span.start : span.end],
            paths.get(span.source),
            source.sha256,
            span.start,
            span.end,
            source.place_name(source.passage_at(span.start)),
            source.text[max(0, span.start - _CONTEXT) : span.start],
            source.text[span.end : span.end + _CONTEXT],
        )

    def table(self) -> Table:
        """A row a sentence, for a desk's spreadsheet."""
        rows = [
            [
                str(number),
                IN_WORDS[f.verdict],
                self.sentence(f),
                " ".join(map(self.difference, f.differences)),
                "; ".join(self.place(e.span) for e in f.evidence),
                self.words(f.evidence[0].span) if f.evidence else "",
                "",
            ]
            for number, f in enumerate(self.findings, 1)
        ]
        return ("no.", "finding", "sentence", "what differs", "where", "best evidence", "decision"), rows

    def docx(self) -> bytes:
        """The draft as a Word document with a comment a sentence. Raises `SummitreaderError` without python-docx."""
        try:
            from docx import Document
        except ImportError as error:
            raise SummitreaderError(
                "A Word document needs python-docx, which is not installed: pip install 'summitreader[docx]'."
            ) from error
        document = Document()
        found = {finding.start: finding for finding in self.findings}
        for number in range(len(self.draft.blocks)):
            paragraph = document.add_paragraph()
            for passage in (p for p in self.draft.passages if p.block == number):
                run = paragraph.add_run(visible(_line(self.draft.text[passage.start : passage.end])))
                paragraph.add_run(" ")
                finding = found.get(passage.start)
                if finding is not None and finding.verdict is not Verdict.NOT_CHECKABLE:
                    document.add_comment(run, self._comment(finding), author="summitreader", initials="S")
        out = io.BytesIO()
        document.save(out)
        return out.getvalue()

    def _comment(self, finding: Finding) -> str:
        lines = [IN_WORDS[finding.verdict].capitalize(), *map(self.difference, finding.differences)]
        lines += [f"{self.place(e.span)}: {self.words(e.span)}" for e in finding.evidence]
        return visible("\n".join(lines))


def _line(words: str) -> str:
    return " ".join(words.split())
