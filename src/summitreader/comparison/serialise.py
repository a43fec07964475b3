"""A report as the JSON of schema `summitreader.compare/2`: key order, rounding and nesting are fixed here."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from summitreader.comparison.model import Cue, Link, Mention, PassageRef, Quotation, Report, SourceSpan, letter_of
from summitreader.text import Passage, Source, Span
from summitreader.text.sentences import DEFAULT

SCHEMA = "summitreader.compare/2"
SEGMENTER = DEFAULT.name


def schema() -> dict[str, Any]:
    """The JSON schema that `report_to_dict` keeps to, as the project ships it."""
    found: dict[str, Any] = json.loads(Path(__file__).with_name("compare.schema.json").read_text(encoding="utf-8"))
    return found


def report_to_dict(report: Report) -> dict[str, Any]:
    """The report as `compare --format json` prints it; spans in code points, scores to four places."""
    return {
        "schema": SCHEMA,
        "segmenter": SEGMENTER,
        "sources": [_source(report, i) for i in range(len(report.sources))],
        "links": [_link(link) for link in report.links],
        "threads": [
            {
                "id": t.id,
                "members": [_ref(m) for m in t.members],
                "representative": _ref(t.representative),
                "told_by": t.told_by,
            }
            for t in report.threads
        ],
        "quotations": [_quotation(q) for q in report.quotations],
        "utterances": [
            {
                "quotations": list(u.quotations),
                "relation": u.relation,
                "changes": [
                    {"quotation": c.quotation, "start": c.start, "end": c.end, "against": c.against} for c in u.changes
                ],
            }
            for u in report.utterances
        ],
        "divergences": [
            {
                "id": d.id,
                "kind": d.kind,
                "spans": _spans(d.spans),
                "silent": list(d.silent),
                "confidence": _rounded(d.confidence),
                "summary": d.summary,
                "reason": d.reason,
                "sides": [{"spans": _spans(side.spans), "words": side.words} for side in d.sides],
            }
            for d in report.divergences
        ],
        "independence": [
            {
                "a": i.a,
                "b": i.b,
                "shared_words": _rounded(i.shared_words),
                "taken": None if i.taken is None else {"sure": i.taken.sure, "reasons": list(i.taken.reasons)},
            }
            for i in report.independence
        ],
        "accounts": [{"sources": list(a.sources), "credit": a.credit} for a in report.accounts],
    }


def _spans(spans: Sequence[SourceSpan]) -> list[dict[str, Any]]:
    return [{"source": s.source, "start": s.start, "end": s.end} for s in spans]


def _rounded(share: float) -> float:
    return round(share, 4)


def _ref(ref: PassageRef) -> dict[str, Any]:
    return {"source": ref.source, "passage": ref.passage}


def _pair(span: Span) -> list[int]:
    return [span.start, span.end]


def _source(report: Report, index: int) -> dict[str, Any]:
    source: Source = report.sources[index]
    comparable = report.comparable[index] if report.comparable else True
    alone = report.alone[index] if report.alone else ("unsure",) * len(source.passages)
    return {
        "id": source.id,
        "letter": letter_of(index),
        "path": source.path,
        "title": source.title,
        "outlet": source.outlet,
        "author": source.author,
        "published": source.published,
        "day": source.day,
        "url": source.url,
        "language": source.language,
        "sha256": source.sha256,
        "text": source.text,
        "comparable": comparable,
        "blocks": [{"kind": str(b.kind), "start": b.start, "end": b.end} for b in source.blocks],
        "passages": [
            {"start": p.start, "end": p.end, "block": p.block, "alone": str(a)} | _located(source, p)
            for p, a in zip(source.passages, alone, strict=True)
        ],
    }


def _located(source: Source, passage: Passage) -> dict[str, str]:
    """The page or time that a passage begins in, and who speaks in a transcript, where that is known."""
    found = source.locator_at(passage.start)
    known = {} if found is None else {"locator": found.label, "speaker": found.speaker}
    return {key: value for key, value in known.items() if value}


def _link(link: Link) -> dict[str, Any]:
    return {
        "a": _ref(link.a),
        "b": _ref(link.b),
        "score": _rounded(link.score),
        "kind": str(link.kind),
        "shared": [
            {"a": _pair(s.a), "b": _pair(s.b), "reason": s.reason, "weight": _rounded(s.weight)} for s in link.shared
        ],
        "by": link.by,
        "strength": str(link.strength),
    } | ({"opposed": True} if link.opposed else {})


def _mention(mention: Mention | None) -> dict[str, Any] | None:
    if mention is None:
        return None
    return {"name": mention.name, "start": mention.start, "end": mention.end, "inferred": mention.inferred}


def _cue(cue: Cue | None) -> dict[str, Any] | None:
    return None if cue is None else {"text": cue.text, "start": cue.start, "end": cue.end}


def _quotation(quotation: Quotation) -> dict[str, Any]:
    return {
        "id": quotation.id,
        "source": quotation.source,
        "start": quotation.start,
        "end": quotation.end,
        "text": quotation.text,
        "kind": str(quotation.kind),
        "continues": quotation.continues,
        "speaker": _mention(quotation.speaker),
        "cue": _cue(quotation.cue),
        "via": [{"name": m.name, "start": m.start, "end": m.end} for m in quotation.via],
    } | ({} if quotation.by == "engine" else {"by": quotation.by})
