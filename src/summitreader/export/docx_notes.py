"""Notes as a Word document: each quotation with a footnote that cites it, then the note and its tags.

Parts are as in markdown: a heading for each source or tag, in the order of the text. python-docx writes no footnotes,
so their part is written here. What `verify` needs is in a part of its own, a line for each quotation (`docx.CITED`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

from summitreader.export.citation import citation_line, cite, data_line
from summitreader.export.docx import bookmark, new_document, saved
from summitreader.export.escaping import visible
from summitreader.export.markdown import Layout, in_order, sections
from summitreader.notes.model import Annotation
from summitreader.text import Source

if TYPE_CHECKING:
    from docx.document import Document

_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_RAISED = '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr>'
_RULES = "".join(
    f'<w:footnote w:type="{kind}" w:id="{id}"><w:p><w:r><w:{element}/></w:r></w:p></w:footnote>'
    for id, (kind, element) in enumerate(
        (("separator", "separator"), ("continuationSeparator", "continuationSeparator")), -1
    )
)
"""The rules above footnotes, which Word wants to be there."""


def docx_notes(
    annotations: Iterable[Annotation],
    sources: Sequence[Source] = (),
    *,
    layout: Layout = Layout.SOURCE,
    base: Path | None = None,
    title: str = "Notes",
) -> bytes:
    """The document; paths are written relative to the folder `base`. The same input gives the same bytes.

    Raises `SummitreaderError` where python-docx is not installed.
    """
    document = new_document(title)
    document.add_heading(visible(title), 1)
    footnotes: list[str] = []
    cited: list[str] = []
    for heading, _, members in sections(in_order(annotations, sources), layout):
        if heading:
            document.add_heading(_line(heading), 2)
        for annotation in members:
            for index, target in enumerate(annotation.targets):
                citation = cite(target, base)
                run = document.add_paragraph(style="Quote").add_run(visible(citation.quote))
                bookmark(f"sq_{len(cited)}", len(cited), run._r, run._r)
                cited.append(data_line(annotation.id, index, citation))
                footnotes.append(citation_line(target, citation, written=_line))
                _refer(run, len(footnotes))
                if target.now is not None and target.start is not None:
                    document.add_paragraph("The source now reads:")
                    document.add_paragraph(visible(target.now), style="Quote")
            if annotation.note:
                document.add_paragraph(visible(annotation.note))
            if annotation.tags:
                document.add_paragraph(f"Tags: {', '.join(map(_line, annotation.tags))}")
    _add_part(document, "word/footnotes.xml", "footnotes", _footnotes(footnotes))
    lines = "".join(f"<line>{escape(line)}</line>" for line in cited)
    _add_part(document, "customXml/item2.xml", "customXml", f'<cited xmlns="urn:summitreader">{lines}</cited>')
    return saved(document)


def _refer(run: Any, number: int) -> None:
    """A raised footnote number after a run, outside the bookmark that is around it."""
    from docx.oxml.parser import parse_xml

    reference = parse_xml(f'<w:r {_W}>{_RAISED}<w:footnoteReference w:id="{number}"/></w:r>')
    run._r.getparent().append(reference)


def _footnotes(texts: Sequence[str]) -> str:
    written = "".join(
        f'<w:footnote w:id="{n}"><w:p><w:r>{_RAISED}<w:footnoteRef/></w:r>'
        f'<w:r><w:t xml:space="preserve"> {escape(text)}</w:t></w:r></w:p></w:footnote>'
        for n, text in enumerate(texts, 1)
    )
    return f"<w:footnotes {_W}>{_RULES}{written}</w:footnotes>"


def _add_part(document: Document, name: str, kind: str, xml: str) -> None:
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part

    of_word = f"application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}+xml"
    content = of_word if name.startswith("word/") else "application/xml"
    data = (_XML + xml).encode("utf-8")
    part = Part(PackURI(f"/{name}"), content, data, document.part.package)
    document.part.relate_to(part, f"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}")


def _line(words: str) -> str:
    return " ".join(visible(words).split())
