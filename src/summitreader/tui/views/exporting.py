"""What leaves the reader as a file: in which form, under which name, and what becomes of what stands there already."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from summitreader.errors import SummitreaderError
from summitreader.notes.model import Annotation
from summitreader.text import Source
from summitreader.text.gate import shown_line

TextOf = Callable[[str], str | None]
"""The text with a hash, as the store keeps it."""


@dataclass(frozen=True, slots=True)
class Format:
    """`does` says what the file is for, `stem` what it is called after the story, `ending` what it ends in. `make`
    gives its text, from the folder that it will stand in. A file of a form that `updates` is brought up to date where
    the program made it before; of another form a file is only ever made new."""

    does: str
    stem: str
    ending: str
    make: Callable[[Path], str]
    updates: bool = False


@dataclass(frozen=True, slots=True)
class Standing:
    """Whether a file may be written, and in a sentence what is done or why not."""

    allowed: bool
    words: str


def note_formats(
    annotations: Sequence[Annotation], sources: Sequence[Source], text_of: TextOf, *, some: bool
) -> tuple[Format, ...]:
    """The forms of annotations; `some` where they are not all of the story's, and so belong into another file."""

    def markdown(folder: Path) -> str:
        from summitreader.export.markdown import markdown

        return markdown(annotations, sources, base=folder)

    def jsonld(folder: Path) -> str:
        from summitreader.export.jsonld import jsonld

        return jsonld(annotations)

    def jsonl(folder: Path) -> str:
        from summitreader.export.jsonl import jsonl

        return jsonl(annotations, text_of)

    def table(folder: Path) -> str:
        from summitreader.export.tables import table

        return table(annotations)

    stem = "some notes" if some else "notes"
    return (
        Format("markdown, to read and to write on in", stem, ".md", markdown, updates=True),
        Format("JSON-LD, the W3C's form, for other programs", stem, ".jsonld", jsonld),
        Format("JSON-lines, which lose nothing", stem, ".jsonl", jsonl),
        Format("CSV, for a spreadsheet", stem, ".csv", table),
    )


def file_name(story: str, form: Format) -> str:
    """A plain name for a file about a story: one segment of a path, not hidden, not too long."""
    from summitreader.export.files import file_name as plain

    return plain(f"{story[:80]} - {form.stem}", ending=form.ending)


def suggested(folder: Path, story: str, form: Format) -> Path:
    """Where a file would go: under its own name, with a number where a file there must be left alone."""
    name = file_name(story, form)
    path = folder / name
    n = 2
    while (path.exists() or path.is_symlink()) and not (form.updates and standing(path, form, "").allowed):
        path = folder / f"{name.removesuffix(form.ending)} {n}{form.ending}"
        n += 1
    return path


def standing(path: Path, form: Format, text: str) -> Standing:
    """What writing `text` to `path` would do to what is there."""
    if path.is_dir():
        return Standing(False, "That is a folder; name a file in it.")
    if not path.parent.is_dir():
        return Standing(False, "There is no such folder.")
    if not path.exists() and not path.is_symlink():
        return Standing(True, "A new file.")
    if not form.updates or not path.exists():
        return Standing(False, "There is a file of that name, and it is left as it is; name another.")
    from summitreader.export.files import preview_export

    try:
        written = preview_export(path, text)
    except SummitreaderError:
        return Standing(False, "The file there was not made by summitreader, and is left as it is; name another.")
    merged = written.merged
    if merged is None:
        return Standing(True, "The file there is empty.")
    counts = f"{len(merged.added)} new, {len(merged.updated)} changed, {len(merged.removed)} removed"
    return Standing(True, " ".join([f"Brought up to date: {counts}; what you wrote in it stays.", *written.notices]))


def write(path: Path, form: Format, text: str) -> str:
    """Write a file that `standing` allows; a sentence that says so. Raises `SummitreaderError` where it cannot be."""
    found = standing(path, form, text)
    if not found.allowed:
        raise SummitreaderError(found.words)
    if form.updates:
        from summitreader.export.files import write_export

        return " ".join([f"Written to {shown_line(str(path))}.", *write_export(path, text).notices])
    from summitreader.export.tables import MARK
    from summitreader.sources.writing import write_whole

    write_whole(path, (MARK + text if form.ending == ".csv" else text).encode("utf-8", "surrogatepass"))
    return f"Written to {shown_line(str(path))}."
