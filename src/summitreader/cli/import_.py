"""Import annotations: W3C JSON-LD, JSON Lines or CSV exported by this program, Hypothesis JSON, Readium annotation
sets, and the comments of an exported Word document.

The ids of new annotations are printed. Existing annotations are not duplicated, your later changes are preserved, and
what cannot be imported is reported with the reason. With PATH the annotations are located in those sources at once.
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from summitreader.cli import path
from summitreader.cli.annotation_args import open_store
from summitreader.cli.corpus import load
from summitreader.cli.output import emit, talk
from summitreader.counting import counted
from summitreader.errors import SummitreaderError

LARGEST = 512 * 1024 * 1024


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("file", type=path, metavar="FILE", help="the file to import")
    parser.add_argument("paths", nargs="*", type=path, metavar="PATH", help="sources to locate them in")
    parser.add_argument("--any-size", action="store_true", help="read sources above 32 MB too")
    parser.set_defaults(story=None)


def run(arguments: Namespace) -> int:
    from summitreader.notes.importers import read_annotations
    from summitreader.sources.discovery import read_file
    from summitreader.sources.model import UnreadableFile

    try:
        data = read_file(arguments.file, largest=LARGEST, follow=True)
    except UnreadableFile as refused:
        raise SummitreaderError(f"{arguments.file} was not read: {refused}") from refused
    if data.startswith(b"PK\x03\x04"):
        return _comments(arguments, data)
    incoming = read_annotations(data)
    for refusal in incoming.refused:
        talk(f"not imported: {refusal}")
    with open_store(arguments) as store:
        brought = store.bring_in(incoming.documents, incoming.texts, incoming.decisions)
        if arguments.paths:
            corpus = load(arguments)
            placed = store.for_sources(corpus.sources, root=corpus.root)
            states = [annotation.state for annotation in placed if annotation.id in set(brought.added)]
            talk(", ".join(f"{states.count(s)} {s}" for s in dict.fromkeys(states)) or "None is in these sources.")
    talk(
        f"{incoming.kind}: {len(brought.added)} new, {len(brought.changed)} changed, "
        f"{len(brought.older)} older than the stored ones, {len(incoming.refused)} rejected."
    )
    if brought.added:
        emit("\n".join(brought.added))
    if incoming.decisions:
        talk(f"{counted(len(incoming.decisions), 'decision')} imported; your later decisions are preserved.")
    return 1 if incoming.refused and not incoming.documents else 0


def _comments(arguments: Namespace, data: bytes) -> int:
    """Import the comments of a Word document: edited ones update their note, new ones become notes."""
    from summitreader.export.docx import read_docx, sum_of
    from summitreader.notes.errors import NoSuchAnnotation

    content = read_docx(data)
    corpus = load(arguments) if arguments.paths else None
    source = next((s for s in corpus.sources if s.sha256 == content.sha256), None) if corpus else None
    changed, added, refused = 0, [], 0
    with open_store(arguments) as store:
        here = {(a.note, t.start, t.end) for a in store.all() for t in a.targets if t.sha256 == content.sha256}
        for comment in content.comments:
            if comment.note:
                try:
                    note = store.get(comment.note).note
                except NoSuchAnnotation:
                    talk(f"not imported: the note {comment.note} no longer exists.")
                    refused += 1
                    continue
                if comment.changed and note != comment.words:
                    as_it_went_out = sum_of(note) == comment.sum
                    store.edit(comment.note, note=comment.words, was=None if as_it_went_out else "")
                    changed += 1
            elif source is None or comment.span is None or corpus is None:
                talk(f"not imported: “{comment.quote[:60]}” could not be located; name the source after the document.")
                refused += 1
            elif (comment.words, *comment.span) not in here:
                added.append(store.add([(source, *comment.span)], comment.words, root=corpus.root).id)
    talk(f"Word document: {len(added)} new, {changed} changed, {refused} rejected.")
    if added:
        emit("\n".join(added))
    return 1 if refused and not (added or changed) else 0
