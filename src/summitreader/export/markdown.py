"""Annotations as markdown: the words quoted to the letter, the note, the tags, and an exact citation for each.

The same annotations give the same bytes. Each note, and each heading, is a region of its own (`files`), so that one
more note changes only its own lines and what a person writes between them stays. Nothing of a source or of a note is
rendered (`escaping`).

`template` makes a renderer of a person's own Jinja2 template for one annotation, in a sandbox, with everything escaped
unless it is asked for raw. A template sees `id`, `note`, `tags`, `colour`, `created`, `modified`, `state` and
`targets`, each target with `quote`, `now`, `place`, `start`, `end`, `sha256`, `path`, `state`, `confidence`, `title`,
`outlet`, `author`, `published`, `url` and `citation`. `{{ value }}` comes out as plain words on one line;
`{{ value | block }}` as paragraphs, `| quoted` as a block quotation, `| tag` as a tag, `| raw` as it is.
`{{ target.data }}` is the line that `verify` needs.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import StrEnum
from pathlib import Path

from summitreader.export.citation import citation_line, cite, data_line, pandoc_citation
from summitreader.export.escaping import block, inline, visible
from summitreader.export.files import Region, assemble, file_name
from summitreader.notes.model import Annotation, Target
from summitreader.text import Source

Render = Callable[[Annotation, Path | None], str]
"""Makes the markdown of one annotation, with paths relative to a folder; see `template`."""

_TAG = re.compile(r"(?:[^\w/-]|(?<![^\W_])_|_(?![^\W_]))+")


class Layout(StrEnum):
    """How a document is ordered: along the text, with a heading for each source, or with one for each tag."""

    TEXT = "text"
    SOURCE = "source"
    TAG = "tag"


def markdown(
    annotations: Iterable[Annotation],
    sources: Sequence[Source] = (),
    *,
    layout: Layout = Layout.SOURCE,
    callouts: bool = False,
    base: Path | None = None,
    render: Render | None = None,
    title: str = "Notes",
    clean: bool = False,
    keys: Mapping[str, str] | None = None,
    front: Mapping[str, str | None] | None = None,
) -> str:
    """One document. `sources` gives the order of the sources; those that are not among them follow, by path.

    With `callouts` each quotation is a callout, as Obsidian shows them. `base` is the folder that paths are written
    relative to. `render` replaces the rendering of an annotation. With `clean` there are no hidden markers, no offsets
    and no hashes: the document is easiest to read, but can neither be verified nor brought up to date. `keys` are
    citation keys by `csl.source_of`: each quotation is then cited for pandoc. `front` is more for the front matter.
    """
    make = render or (
        lambda annotation, where: entry(annotation, base=where, callouts=callouts, clean=clean, keys=keys or {})
    )
    ordered = in_order(annotations, sources)
    regions: list[Region] = []
    for heading, name, members in sections(ordered, layout):
        if heading:
            regions.append(Region(name, f"## {inline(heading)}\n"))
        suffix = f"@{name.partition(':')[2]}" if layout is Layout.TAG else ""
        regions += [Region(f"{a.id}{suffix}", make(a, base)) for a in members]
    if clean:
        return f"# {inline(title)}\n" + "".join(f"\n{region.body}" for region in regions)
    more = "".join(f"{name}: {_yaml(value)}\n" for name, value in (front or {}).items() if value)
    head = f"---\ntitle: {_yaml(title)}\n{more}generator: summitreader\n---\n\n# {inline(title)}\n"
    return assemble(head, regions)


def markdown_files(
    annotations: Iterable[Annotation],
    sources: Sequence[Source] = (),
    *,
    callouts: bool = False,
    base: Path | None = None,
    render: Render | None = None,
    clean: bool = False,
    keys: Mapping[str, str] | None = None,
    vault: bool = False,
) -> dict[str, str]:
    """One document a source, by the name of its file, which is made of the source's title. In a `vault` (Obsidian) each
    has what is known of the source as properties; every note ends in a block id that `[[file#^id]]` links to."""
    found: dict[str, str] = {}
    for heading, _, members in sections(in_order(annotations, sources), Layout.SOURCE):
        name = file_name(heading, found)
        first = members[0].targets[0]
        about = first.about
        front = {
            "outlet": about.outlet,
            "author": about.author,
            "published": about.published,
            "url": about.url,
            "citekey": (keys or {}).get(first.source_path or first.source),
        }
        found[name] = markdown(
            members,
            sources,
            layout=Layout.TEXT,
            callouts=callouts or vault,
            base=base,
            render=render,
            title=heading,
            clean=clean,
            keys=keys,
            front=front if vault else None,
        )
    return found


def in_order(annotations: Iterable[Annotation], sources: Sequence[Source] = ()) -> list[Annotation]:
    """In order of the sources and, in each, of the text; an orphan is at its last known place."""
    rank = {source.id: n for n, source in enumerate(sources)}

    def place(annotation: Annotation) -> tuple[int, str, int, int, str, str]:
        first = annotation.targets[0]
        start = first.last_start if first.start is None else first.start
        end = first.last_end if first.end is None else first.end
        return (
            rank.get(first.source, len(rank)),
            first.source_path or first.source,
            start,
            end,
            annotation.created,
            annotation.id,
        )

    return sorted(annotations, key=place)


def entry(
    annotation: Annotation,
    *,
    base: Path | None = None,
    callouts: bool = False,
    clean: bool = False,
    keys: Mapping[str, str] | None = None,
) -> str:
    """One annotation: a quotation for each target with its citation, then the note and the tags."""
    lines: list[str] = []
    for index, target in enumerate(annotation.targets):
        citation = cite(target, base)
        quote = block(citation.quote)
        if callouts:
            quote = ["[!quote]", *quote]
        key = (keys or {}).get(target.source_path or target.source)
        cited = f"{citation_line(target, citation, clean=clean)}{pandoc_citation(key, citation) if key else ''}"
        lines += [] if clean else [data_line(annotation.id, index, citation), ""]
        lines += [*_quoted(quote), "", f"— {cited}", ""]
        if target.now is not None and target.start is not None:
            lines += ["The source now reads:", "", *_quoted(block(target.now)), ""]
    if annotation.note:
        lines += [*block(annotation.note), ""]
    tags = [tag for tag in map(tag_name, annotation.tags) if tag]
    if tags:
        lines += ["Tags: " + " ".join(f"#{tag}" for tag in tags), ""]
    if not clean:
        lines += [f"^{annotation.id}"]
    return "\n".join(lines).rstrip("\n") + "\n"


def tag_name(tag: str) -> str:
    """A tag as note programs read it: letters, digits, `-`, `/`, and `_` inside a word, where it is no emphasis."""
    return _TAG.sub("-", visible(tag)).strip("-/")


def source_title(target: Target) -> str:
    """What a heading calls a source: its title and outlet, else its id."""
    return ", ".join(part for part in (target.about.title, target.about.outlet) if part) or target.source


def _quoted(lines: Sequence[str]) -> list[str]:
    return [f"> {line}" if line else ">" for line in lines]


def sections(ordered: Sequence[Annotation], layout: Layout) -> list[tuple[str, str, list[Annotation]]]:
    """The heading of each part of a document, the name of its region, and the annotations below it."""
    if layout is Layout.TEXT:
        return [("", "", list(ordered))]
    if layout is Layout.TAG:
        tags = sorted({tag for a in ordered for tag in a.tags}, key=lambda tag: (tag.casefold(), tag))
        found = [(tag, f"tag:{_name(tag)}", [a for a in ordered if tag in a.tags]) for tag in tags]
        rest = [a for a in ordered if not a.tags]
        return found + ([("Without a tag", "tag:", rest)] if rest else [])
    sections: dict[str, tuple[str, str, list[Annotation]]] = {}
    for annotation in ordered:
        first = annotation.targets[0]
        key = first.source_path or first.source
        section = sections.setdefault(key, (source_title(first), f"source:{_name(key)}", []))
        section[2].append(annotation)
    return list(sections.values())


def _name(text: str) -> str:
    return f"{zlib.crc32(text.encode('utf-8', 'surrogatepass')):08x}"


def _yaml(text: str) -> str:
    """A YAML scalar in double quotes, which is JSON's."""
    import json

    return json.dumps(text, ensure_ascii=True)
