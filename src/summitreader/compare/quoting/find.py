"""From a source to its quotations: paragraph by paragraph, then joined over paragraphs."""

from __future__ import annotations

from summitreader.compare.model import Quotation, QuotationKind
from summitreader.compare.quoting.marks import find_marked
from summitreader.text import TOLD, Source


def find_quotations(source: Source) -> tuple[Quotation, ...]:
    """The quotations of one source, in order of the text; metadata and boilerplate give none."""
    out = []
    for block in source.blocks:
        if block.kind not in TOLD:
            continue
        for m in find_marked(source.text, block.start, block.end):
            if m.depth == 0 and m.opened:
                words = len(source.text[m.inner_start : m.inner_end].split())
                kind = QuotationKind.SPEECH if words >= 5 else QuotationKind.FRAGMENT
                text = source.text[m.inner_start : m.inner_end]
                out.append(Quotation(f"{source.id}#q{len(out)}", source.id, m.start, m.end, text, kind))
    return tuple(out)
