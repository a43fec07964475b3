"""Check every quotation of an exported document against its source: unchanged, moved, changed or gone.

The document is exported markdown, a page made by `summitreader report`, or a Word document; for the last two only
quotations that differ are listed. Exits with 1 if any quotation differs.
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from pathlib import Path

from summitreader.cli import path
from summitreader.cli.annotation_args import open_store
from summitreader.cli.corpus import ocr_options
from summitreader.cli.output import add_format, as_json, emit, talk
from summitreader.counting import counted
from summitreader.errors import SummitreaderError
from summitreader.export.verify import (
    Checked,
    Quotation,
    Verdict,
    check,
    docx_quotations,
    is_page,
    page_quotations,
    quotations,
)
from summitreader.files import exists, is_regular, read_regular
from summitreader.notes.store import Store
from summitreader.sources.model import Corpus, OcrOptions
from summitreader.text import Source
from summitreader.text.gate import shown_line


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "file", type=path, metavar="FILE", help="a markdown, HTML or Word document made by this program"
    )
    parser.add_argument("paths", nargs="*", type=path, metavar="PATH", help="where its sources are, if they have moved")
    add_format(parser)


def run(arguments: Namespace) -> int:
    found, listed_whole = _quotations(arguments.file)
    checked = []
    texts: dict[str, list[str] | None] = {}
    ocr = ocr_options(arguments)
    named = (
        Corpus.load(arguments.paths[0] if len(arguments.paths) == 1 else arguments.paths, ocr=ocr).sources
        if arguments.paths
        else ()
    )
    with open_store(arguments) as store:
        for quotation in found:
            cited = quotation.citation
            if cited.path is not None and cited.path not in texts:
                texts[cited.path] = _texts(cited.path, arguments.file, ocr)
                if texts[cited.path] is None:
                    texts[cited.path] = _moved(cited.path, cited.sha256, named, store, ocr)
            old = store.snapshot(cited.sha256)
            of_source = texts[cited.path] if cited.path is not None else [old] if old is not None else None
            checked.append(check(quotation, of_source, _hash, old))
    amiss = [c for c in checked if c.verdict is not Verdict.UNCHANGED]
    if arguments.format == "json":
        emit(as_json([_as_dict(c) for c in checked]))
    elif listed := checked if listed_whole else amiss:
        emit(_as_text(listed))
    talk(f"{len(checked) - len(amiss)} of {counted(len(checked), 'quotation')} unchanged.")
    return 1 if amiss else 0


def _quotations(file: Path) -> tuple[list[Quotation], bool]:
    """The quotations of a document, and whether to list all of them or only those that differ."""
    try:
        data = read_regular(file)
    except OSError as error:
        raise SummitreaderError(f"{file} cannot be read: {(error.strerror or str(error)).lower()}.") from error
    if data.startswith(b"PK\x03\x04"):
        from summitreader.export.docx import read_docx

        return docx_quotations(read_docx(data)), False
    try:
        document = data.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError as error:
        raise SummitreaderError(f"{file} cannot be read: it is not UTF-8.") from error
    if is_page(document):
        return page_quotations(document), False
    found = quotations(document)
    if not found:
        raise SummitreaderError(f"{file} contains no quotation exported by summitreader.")
    return found, True


def _texts(written: str, beside: Path, ocr: OcrOptions) -> list[str] | None:
    """The texts of the cited file as the program reads it; None if the file is missing."""
    for folder in (beside.absolute().parent, Path.cwd()):
        file = folder / written
        if is_regular(file):
            try:
                return [source.text for source in Corpus.load([file], ocr=ocr).sources]
            except SummitreaderError:  # an unreadable source: only its quotations are gone
                return None
    return None


def _moved(written: str, sha256: str, named: Sequence[Source], store: Store, ocr: OcrOptions) -> list[str] | None:
    """The texts of a source that has moved: found by hash, then by name, then where the store last saw it."""
    last = written.replace("\\", "/").rpartition("/")[2]
    found = [source.text for source in named if source.sha256 == sha256] or [
        source.text for source in named if (source.path or "").rpartition("/")[2] == last
    ]
    if not found:
        places = [place for place in map(Path, store.locations(sha256)) if exists(place)]
        found = [source.text for source in Corpus.load(places, ocr=ocr).sources] if places else []
    return found or None


def _hash(text: str) -> str:
    return Source(id="", text=text).sha256


def _as_dict(checked: Checked) -> dict[str, object]:
    quotation = checked.quotation
    return {
        "verdict": str(checked.verdict),
        "why": checked.why,
        "note": quotation.note,
        "target": quotation.target,
        "path": quotation.citation.path,
        "quote": quotation.words,
        "now": checked.now,
    }


def _as_text(checked: Sequence[Checked]) -> str:
    lines = []
    for one in checked:
        words = shown_line(one.quotation.words)
        short = f"{words[:60]}…" if len(words) > 60 else words
        where = shown_line(one.quotation.citation.path or "")
        lines.append(f"{one.verdict:<9}  {shown_line(one.quotation.note)}  “{short}”  {where}")
        if one.verdict is not Verdict.UNCHANGED:
            lines.append(f"           {one.why}")
            if one.now is not None:
                lines.append(f"           now: “{shown_line(one.now)}”")
    return "\n".join(lines)
