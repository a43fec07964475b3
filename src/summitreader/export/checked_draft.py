"""A draft compared with its sources, written out: text, JSON, markdown, a page, a table, a Word document.

Every sentence of a source that is quoted in markdown or on the page can be checked again with `verify`.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

from summitreader.checking import Difference, Finding, Verdict
from summitreader.comparison.model import KINDS, Divergence, SourceSpan, letter_of
from summitreader.errors import SummitreaderError
from summitreader.export.briefing import place_in_words
from summitreader.export.citation import CONTEXT, Citation, data_line
from summitreader.export.escaping import block, inline, visible
from summitreader.export.reader_edits import Decided
from summitreader.export.tables import Table
from summitreader.notes.model import Annotation
from summitreader.notes.model import Verdict as Decision
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
    "quotation": "The words in quotation marks",
    "speaker": "The speaker",
    "figure": "The figure",
    "time": "The day or year",
    "name": "The name",
    "role": "The role",
    "denial": "What is denied or affirmed",
    "reason": "The reason",
}


class CheckedDraft:
    """A draft, its sources and the findings, with the words that all writers share."""

    def __init__(
        self,
        draft: Source,
        sources: Sequence[Source],
        findings: Sequence[Finding],
        *,
        divergences: Sequence[Divergence] = (),
        decisions: Mapping[int, str] | None = None,
    ) -> None:
        """`divergences` are those between the sources: a finding says which of them touch its evidence. `decisions` are
        what the reader decided on a sentence, by where it starts (see `decisions_on`)."""
        self.draft, self.sources, self.findings = draft, sources, findings
        self.decisions = decisions or {}
        self._divergences = [d for d in divergences if d.kind in KINDS and KINDS[d.kind].to_check]
        self._source = {source.id: source for source in sources}
        self._letter = {source.id: letter_of(n) for n, source in enumerate(sources)}

    def counts(self) -> dict[str, int]:
        return {verdict.value: sum(f.verdict is verdict for f in self.findings) for verdict in Verdict}

    def summary(self) -> str:
        """`12 supported, 2 differ …`, the gravest first, and what is to be known of the draft as a whole."""
        order = (Verdict.QUOTED_OTHERWISE, Verdict.DIFFERS, Verdict.NOT_FOUND, Verdict.PARTLY, Verdict.SUPPORTED,
                 Verdict.NOT_CHECKABLE)  # fmt: skip
        counted = self.counts()
        said = ", ".join(f"{counted[verdict]} {IN_WORDS[verdict]}" for verdict in order if counted[verdict])
        sentences = [said or "The draft has no sentence"]
        sentences += [
            f"The draft is the text of {self._letter[s.id]}" for s in self.sources if s.text == self.draft.text
        ]
        languages = {s.language for s in self.sources if s.language}
        if self.draft.language and languages and self.draft.language not in languages:
            sentences.append(f"The draft is in another language ({self.draft.language}) than its sources")
        return ". ".join(sentences)

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

    def remarks(self, finding: Finding) -> list[str]:
        """What differs, and where the sources contradict each other at the evidence, a sentence each."""
        if finding.verdict is Verdict.NOT_CHECKABLE:
            return []
        found = [self.difference(d) for d in finding.differences]
        for divergence in self._divergences:
            if any(_overlap(e.span, span) for e in finding.evidence[:1] for span in divergence.spans):
                sides = (
                    f"“{_line(side.words)}” ({', '.join(map(self.place, side.spans))})" for side in divergence.sides
                )
                found.append(f"The sources differ: {', '.join(sides)}.")
        return found

    def source_lines(self) -> Iterator[tuple[str, str]]:
        """Letter and name of each source."""
        for source in self.sources:
            yield self._letter[source.id], _line(", ".join(filter(None, (source.outlet, source.title))) or source.id)

    # Text and JSON

    def text(self) -> str:
        lines = [self.summary(), ""]
        lines += [f"  {letter} {name}" for letter, name in self.source_lines()]
        for finding in self.findings:
            lines += ["", f"[{IN_WORDS[finding.verdict]}] {self.sentence(finding)}"]
            lines += [f"    {remark}" for remark in self.remarks(finding)]
            if finding.verdict is not Verdict.NOT_CHECKABLE:
                lines += [f"    {self.place(e.span)}: {self.words(e.span)}" for e in finding.evidence]
        return "\n".join(visible(line) for line in lines) + "\n"

    def to_dict(self) -> dict[str, Any]:
        def span(there: SourceSpan | None) -> dict[str, Any]:
            """A span; with nulls where the sources have nothing."""
            source = self._source[there.source] if there else None
            return {
                "source": there and there.source,
                "path": source and source.path,
                "start": there and there.start,
                "end": there and there.end,
            }

        return {
            "schema": SCHEMA,
            "draft": {"path": self.draft.path, "sha256": self.draft.sha256},
            "sources": [{"letter": self._letter[s.id], "id": s.id, "path": s.path} for s in self.sources],
            "summary": self.summary(),
            "counts": self.counts(),
            "sentences": [
                {
                    "start": f.start,
                    "end": f.end,
                    "finding": f.verdict.value,
                    "evidence": [{**span(e.span), "share": round(e.share, 2)} for e in f.evidence],
                    "differences": [
                        {"kind": d.kind, "draft": [d.start, d.end], **span(d.there)} for d in f.differences
                    ],
                    "remarks": self.remarks(f),
                    "decision": self.decisions.get(f.start),
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
            said = " ".join([f"{self._label(finding)}.", *self.remarks(finding)])
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
            source.text[max(0, span.start - CONTEXT) : span.start],
            source.text[span.end : span.end + CONTEXT],
        )

    def html(self, paths: Mapping[str, str], title: str) -> str:
        """One page for a browser: each sentence of the draft, and in the margin what was found and the evidence."""
        from summitreader.export.page import rendered

        names = dict(self.source_lines())
        rows = [self._row(number, finding) for number, finding in enumerate(self.findings, 1)]
        for before, row in zip([None, *rows], rows, strict=False):
            row["opens_block"] = before is None or before["block"] != row["block"]
        view = {
            "schema": SCHEMA,
            "title": title,
            "summary": self.summary(),
            "sources": [
                {"letter": letter, "name": names[letter], "path": paths.get(s.id, s.path or s.id), "sha256": s.sha256}
                for s in self.sources
                for letter in [self._letter[s.id]]
            ],
            "rows": rows,
            "open": [row for row in rows if row["verdict"] not in (Verdict.SUPPORTED, Verdict.NOT_CHECKABLE)],
        }
        return rendered("checked.html", view)

    def _row(self, number: int, finding: Finding) -> dict[str, Any]:
        text, marks = self.draft.text, [(d.start, d.end) for d in finding.differences]
        bounds = sorted({finding.start, finding.end, *(at for mark in marks for at in mark)})
        bounds = [at for at in bounds if finding.start <= at <= finding.end]
        evidence = () if finding.verdict is Verdict.NOT_CHECKABLE else finding.evidence
        return {
            "number": number,
            "block": self.draft.passages[self.draft.passage_at(finding.start)].block,
            "label": IN_WORDS[finding.verdict].capitalize(),
            "decision": self.decisions.get(finding.start, ""),
            "verdict": finding.verdict.value,
            "words": self.sentence(finding),
            "pieces": [(text[a:b], any(c <= a and b <= d for c, d in marks)) for a, b in pairwise(bounds)],
            "remarks": self.remarks(finding),
            "evidence": [
                {
                    "letter": self._letter[e.span.source],
                    "start": e.span.start,
                    "end": e.span.end,
                    "words": self._source[e.span.source].text[e.span.start : e.span.end],
                    "place": self.place(e.span),
                }
                for e in evidence
            ],
        }

    def _label(self, finding: Finding) -> str:
        decision = self.decisions.get(finding.start)
        return f"{IN_WORDS[finding.verdict].capitalize()}{f' ({decision})' if decision else ''}"

    def table(self) -> Table:
        """A row a sentence, for a desk's spreadsheet."""
        rows = [
            [
                str(number),
                IN_WORDS[f.verdict],
                self.sentence(f),
                " ".join(self.remarks(f)),
                "; ".join(self.place(e.span) for e in f.evidence),
                self.words(f.evidence[0].span) if f.evidence else "",
                self.decisions.get(f.start, ""),
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
        lines = [self._label(finding), *self.remarks(finding)]
        lines += [f"{self.place(e.span)}: {self.words(e.span)}" for e in finding.evidence]
        return visible("\n".join(lines))


def decisions_on(
    draft: Source, findings: Sequence[Finding], decided: Sequence[Decided], notes: Sequence[Annotation]
) -> dict[int, str]:
    """By where a sentence starts, what the reader decided and noted on it: what was confirmed is a query to the writer,
    what was dismissed is accepted."""
    spans = [(d.divergence.spans[0], "query" if d.verdict is Decision.RIGHT else "accepted") for d in decided]
    for note in notes:
        for t in note.targets:
            if t.sha256 == draft.sha256 and t.start is not None and t.end is not None and note.note:
                spans.append((SourceSpan(draft.id, t.start, t.end), _line(note.note)))
    found: dict[int, list[str]] = {}
    for finding in findings:
        own = SourceSpan(draft.id, finding.start, finding.end)
        said = dict.fromkeys(words for span, words in spans if _overlap(span, own))
        if said:
            found[finding.start] = list(said)
    return {start: ": ".join(words) for start, words in found.items()}


def _overlap(a: SourceSpan, b: SourceSpan) -> bool:
    return a.source == b.source and a.start < b.end and b.start < a.end


def _line(words: str) -> str:
    return " ".join(words.split())
