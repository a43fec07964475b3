"""Compare the sources of one story: what all report, what only one reports, who is quoted, and what to check."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from summitreader.cli.corpus import Told, add_paths, load, story_sources
from summitreader.cli.output import add_format, add_output, add_with_own, as_json, emit
from summitreader.errors import UsageError

if TYPE_CHECKING:
    from pathlib import Path

    from summitreader.comparison import Report
    from summitreader.export.reader_edits import Decided, ReaderEdits
    from summitreader.sources import Corpus


def add_arguments(parser: ArgumentParser) -> None:
    add_paths(parser)
    add_format(parser, "text", "json", "markdown", "csv")
    parser.add_argument(
        "--table",
        choices=("queue", "quotations", "coverage"),
        help="only this list, as markdown or else as csv: what is to check, who is quoted, who reports what",
    )
    parser.add_argument(
        "--kinds",
        metavar="KINDS",
        help="kinds of divergence to look for, separated by commas; `=-name` looks for all but that one",
    )
    add_with_own(parser)
    parser.add_argument(
        "--possible",
        action="store_true",
        help="with json: possible links too, of which fewer than three in four are right",
    )
    add_output(parser)


def run(arguments: Namespace) -> int:
    if arguments.format == "csv" and not arguments.table:
        raise UsageError("csv needs a list: choose one with --table queue, quotations or coverage.")
    found = compared(arguments)
    if arguments.table:
        return _write_table(found.report, arguments, {d.divergence.id: str(d.verdict) for d in found.decisions})
    return _write(found, arguments)


@dataclass(frozen=True, slots=True)
class Compared:
    """A comparison and what it was made of. With `--with-own` it is as the reader has it: of corrected sources, with
    what was linked by hand; `own` says what that is, and `decisions` what was decided."""

    corpus: Corpus
    report: Report
    own: ReaderEdits | None = None
    decisions: Sequence[Decided] = ()


def compared(arguments: Namespace) -> Compared:
    """Compare the sources that were named; `arguments` may have `kinds`."""
    from summitreader.comparison import compare
    from summitreader.comparison.encoders import installed_encoder
    from summitreader.config.places import places

    where = places(arguments.data_dir)
    kinds = kinds_named(getattr(arguments, "kinds", None))
    encoder = installed_encoder()
    corpus = load(arguments)
    if not arguments.with_own:
        sources = story_sources(corpus, arguments)
        with Told() as told:
            cache = where.cache / "compare"
            return Compared(corpus, compare(sources, progress=told, cache=cache, kinds=kinds, encoder=encoder))
    from summitreader.cli.user_edits import corrected_corpus, decided, kept_corrections
    from summitreader.comparison.own import settled
    from summitreader.export.reader_edits import own_of, reader_edits
    from summitreader.notes.corrections import placed_by_hand

    corrections = kept_corrections(corpus, where.data)
    sources = story_sources(corrected_corpus(corpus, corrections), arguments)
    with Told() as told:
        report = compare(sources, progress=told, cache=where.cache / "compare", kinds=kinds, encoder=encoder)
    ids = [source.id for source in sources]
    placed = placed_by_hand(corrections, ids)
    report = settled(report, own_of(placed), kinds=kinds)
    decisions = decided(report, where.data)
    loaded = {source.id: source for source in corpus.sources}
    here = [c for c in corrections if any(target.source in ids for target in c.targets)]
    own = reader_edits([loaded[id] for id in ids], report, here, placed, decisions)
    return Compared(corpus, report, own, decisions)


def story_title(arguments: Namespace) -> str | None:
    """The name of the story as a title: the one asked for, else that of the folder; None where there is neither."""
    paths: list[Path] = arguments.paths
    named = arguments.story or (paths[0].resolve().name if len(paths) == 1 and paths[0].is_dir() else "")
    words = " ".join(named.replace("-", " ").replace("_", " ").split())
    return words[:1].upper() + words[1:] if words else None


def kinds_named(words: str | None) -> frozenset[str] | None:
    """The kinds that were asked for; None where none were. Raises `UsageError` for a kind that there is not."""
    if words is None:
        return None
    from summitreader.comparison.model import ALL

    named = [word.strip() for word in words.split(",") if word.strip()]
    found = set(ALL) if all(word[0] in "+-" for word in named) else set()
    for word in named:
        name = word.lstrip("+-")
        kinds = {"all": ALL, "default": ALL}.get(name, frozenset({name}))
        if not kinds <= ALL:
            raise UsageError(f"No such kind of divergence: {name}. Kinds: {', '.join(sorted(ALL))}.")
        found = found - kinds if word.startswith("-") else found | kinds
    return frozenset(found)


def _write_table(report: Report, arguments: Namespace, decided: dict[str, str]) -> int:
    from summitreader.export.tables import MARK, TABLES, csv_text, markdown_table

    table = TABLES[arguments.table](report, decided)
    if arguments.format == "markdown":
        emit(markdown_table(table), arguments.output)
    else:
        emit((MARK if arguments.output else "") + csv_text(table), arguments.output)
    return 0


def _write(found: Compared, arguments: Namespace) -> int:
    from summitreader.export.reader_edits import confirmed_ids, own_dict, own_markdown, own_text, without_dismissed

    own, report = found.own, without_dismissed(found.report, found.decisions)
    if arguments.format == "json":
        from summitreader.comparison.engine import with_possible

        document = (with_possible(report) if arguments.possible else report).to_dict()
        emit(as_json(document if own is None else document | {"own": own_dict(own, report)}), arguments.output)
        return 0
    from summitreader.export.briefing import briefing_markdown, briefing_text
    from summitreader.export.outline import outline

    render, more = (briefing_text, own_text) if arguments.format == "text" else (briefing_markdown, own_markdown)
    said = render(outline(report, confirmed=confirmed_ids(found.decisions)), story_title(arguments))
    emit(said + ("" if own is None else more(own, report)), arguments.output)
    return 0
