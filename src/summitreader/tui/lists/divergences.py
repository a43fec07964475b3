"""Divergences: a queue to check, with the passages side by side, and the reader's own decision on each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from rich.cells import cell_len
from textual.widget import Widget

from summitreader.comparison.model import Divergence, LinkKind, letter_of
from summitreader.comparison.summary import counts, sources_in_words
from summitreader.notes.model import Verdict
from summitreader.tui.context import Handler
from summitreader.tui.layout.document import drawn_words
from summitreader.tui.layout.marks import UNICODE, Mark
from summitreader.tui.lists.coverage_rows import copied_in_words
from summitreader.tui.lists.divergence_rows import (
    BESIDE,
    CheckRow,
    CopyRow,
    NameRow,
    Order,
    Shown,
    Side,
    arranged,
    check_rows,
    copy_rows,
    counted,
    inspect_divergence,
    name_rows,
    verb_rows,
)
from summitreader.tui.lists.list_screen import ListScreen
from summitreader.tui.lists.note_composer import NoteComposer
from summitreader.tui.story.index import NOT_TO_CHECK
from summitreader.tui.story.inspection import Inspection, kind_in_words, name_of
from summitreader.tui.story.session import Session
from summitreader.tui.widgets.bars import OPENING, Bar, Choice, Piece, one_line, wrapped
from summitreader.tui.widgets.query_line import containing
from summitreader.tui.widgets.row_list import Heading, Line, ListRow

_KIND_CELLS = 12
_BAR_CELLS = 20


class DivergencesScreen(ListScreen):
    """`shown` says which part of the queue the list holds; a decision takes a row out of it, U puts it back."""

    VIEW = "view-divergences"
    LINES_EACH = None
    KEYS = (
        ("open", "both sides"),
        ("copy", "copy all sides"),
        ("accept", "confirm"),
        ("dismiss", "dismiss"),
        ("note", "note"),
        ("show", "next tab"),
    )
    FILTER_HINT = "words in the divergences"

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.shown = Shown.TO_CHECK
        self.order = Order.SUREST
        self._all: tuple[CheckRow, ...] = ()
        self._copied: tuple[CopyRow, ...] = ()
        self._named: tuple[NameRow, ...] | None = None
        self._said: tuple[NameRow, ...] | None = None
        self.accounts = Bar()
        self.writing: NoteComposer = NoteComposer(session, self.say, self.list.focus, self._noted)

    def below(self) -> Iterable[Widget]:
        return (self.accounts, self.writing.editor)

    def commands(self) -> Mapping[str, Handler]:
        return {
            **super().commands(),
            "check-next": lambda: self.list.step(1),
            "check-previous": lambda: self.list.step(-1),
            "accept": lambda: self._decide(Verdict.RIGHT),
            "dismiss": lambda: self._decide(Verdict.DISMISSED),
            "note": self._note,
            "export": self._export,
        }

    # ── rows ──────────────────────────────────────────────────────────────────────────────────────────────────────

    def take_in(self) -> None:
        self._all = check_rows(self.session.index, self.session.verdict)
        self._copied = copy_rows(self.session.index)
        self._named = self._said = None

    def rows(self) -> Sequence[CheckRow | CopyRow | NameRow | Heading]:
        wanted = containing(self.query_words)
        if self.shown is Shown.COPIED:
            return [row for row in self._copied if wanted(row.folded)]
        if self.shown is Shown.NAMED:
            if self._named is None:
                self._named = name_rows(self.session.index)
            return [row for row in self._named if wanted(row.folded)]
        if self.shown is Shown.SAID:
            if self._said is None:
                self._said = verb_rows(self.session.index)
            return [row for row in self._said if wanted(row.folded)]
        return arranged(self._all, self.shown, self.order, self.query_words)

    def empty_words(self) -> str:
        if self.not_compared():
            return self.not_compared()
        if self.shown is Shown.COPIED:
            return "No long passages in common."
        if self.shown is Shown.NAMED:
            return "No person or place has different names in these sources."
        if self.shown is Shown.SAID:
            return "No statement is reported with different verbs in these sources."
        if self.shown is Shown.TO_CHECK and any(row.divergence.kind not in NOT_TO_CHECK for row in self._all):
            return "Nothing left to check. ⟨show⟩ shows what was confirmed or dismissed."
        if self.shown is Shown.TO_CHECK:
            return "No contradictions found. ⟨show⟩ shows omissions."
        return f"Nothing {self.shown} yet."

    def place(self, row: ListRow) -> tuple[int, int] | None:
        if isinstance(row, CheckRow):
            return row.places[0] if row.places else None
        if isinstance(row, CopyRow):
            return self._first_linked(row)
        return row.place if isinstance(row, NameRow) else None

    def _first_linked(self, row: CopyRow) -> tuple[int, int]:
        """Where the first passage of `a` stands that is linked to `b`, in the same words if there is one."""
        index = self.session.index
        linked = [
            (c.link.kind not in (LinkKind.SAME, LinkKind.NEAR), n)
            for n in range(len(index.sources[row.a].passages))
            for c in index.counterparts(row.a, n)
            if c.source == row.b and c.link is not None
        ]
        return (row.a, min(linked)[1] if linked else 0)

    def check(self, row: ListRow) -> Divergence | None:
        return row.divergence if isinstance(row, CheckRow) and row.divergence.kind not in NOT_TO_CHECK else None

    def inspection(self, row: ListRow) -> Inspection | None:
        if isinstance(row, CheckRow):
            return inspect_divergence(self.session.index, row)
        found = super().inspection(row)
        if found is not None and isinstance(row, CopyRow):
            return replace(found, entries=tuple(e for e in found.entries if e.source in (row.a, row.b)))
        return found

    # ── drawing ───────────────────────────────────────────────────────────────────────────────────────────────────

    def draw(self, row: ListRow, width: int) -> Sequence[Line]:
        if isinstance(row, CopyRow):
            return self._copy_lines(row, width)
        if isinstance(row, NameRow):
            return self._name_lines(row, width)
        assert isinstance(row, CheckRow)
        return self._check_lines(row, width)

    def _check_lines(self, row: CheckRow, width: int) -> list[Line]:
        """Kind, sides and confidence; where the sides do not fit on one line, each has its own."""
        d = row.divergence
        to_check = d.kind not in NOT_TO_CHECK
        glyph = UNICODE.marks[Mark.CHECK] if to_check else UNICODE.silent
        style = "check" if to_check else "dim"
        kind = one_line(d.kind.replace("-", " "), _KIND_CELLS - 1)
        pieces: list[Piece] = [(f"{glyph} ", style), (f"{kind:<{_KIND_CELLS}}", style)]
        confidence = f"  {round(10 * d.confidence)} in 10"
        room = width - _KIND_CELLS - 2 - len(confidence)
        if not to_check or len(row.sides) < 2:
            first, *rest = wrapped(self._what_is_told(row), max(8, room), 3)
            indent = (" " * (_KIND_CELLS + 2), "")
            return [[*pieces, *_fitted(first, room), (confidence, "dim")], *([indent, *line] for line in rest)]
        sides = [_side(side, room) for side in row.sides]
        line = [piece for n, side in enumerate(sides) for piece in ([("  against  ", "dim")] if n else []) + side]
        if sum(cell_len(words) for words, _ in line) <= room:
            return [[*pieces, *_fitted(line, room), (confidence, "dim")]]
        indent = (" " * (_KIND_CELLS + 2), "")
        return [[*pieces, *_fitted(sides[0], room), (confidence, "dim")], *([indent, *side] for side in sides[1:])]

    def _what_is_told(self, row: CheckRow) -> list[Piece]:
        """Who reports it, in whose words, and who does not."""
        if not row.spans:
            return [(row.divergence.summary, "")]
        number, start, end = row.spans[0]
        words = " ".join(drawn_words(self.session.sources[number], start, end).split())
        letters = " ".join(dict.fromkeys(letter_of(n) for n, _ in row.places))
        silent = " ".join(letter_of(self.session.index.number[id]) for id in row.divergence.silent)
        aside = f"  not in {silent}" if silent and row.divergence.kind != "only" else ""
        return [(f"{letters}  ", "accent"), (words, ""), (aside, "dim")]

    def _copy_lines(self, row: CopyRow, width: int) -> list[Line]:
        """The share, whose words stand where; below it, who likely took them from whom, and what speaks for that."""
        cells = _BAR_CELLS if width >= 72 else _BAR_CELLS // 3
        filled = round(cells * row.shared_words)
        names = f"of {letter_of(row.a)} {row.names[0]} in {letter_of(row.b)} {row.names[1]}"
        said = f"one account{f', crediting {row.credit}' if row.credit else ''}" if row.one_account else ""
        room = width - cells - 8
        names = one_line(names, max(10, room - min(cell_len(said), room // 2) - 2))
        lines: list[Line] = [
            [
                (f"{round(100 * row.shared_words):>3} % ", "strong"),
                ("█" * filled, "linked"),
                ("░" * (cells - filled), "rule"),
                (f"  {names}  ", ""),
                (one_line(said, max(0, room - cell_len(names) - 2)), "note"),
            ]
        ]
        if row.taken:
            indent = 8 if width < 100 else cells + 8
            taken = f"{row.taken} copied by {letter_of(row.a)} from {letter_of(row.b)}"
            why = one_line(f": {row.why}", max(4, width - indent - cell_len(taken)))
            lines.append([(" " * indent, ""), (taken, "strong"), (why, "dim")])
        return lines

    def _name_lines(self, row: NameRow, width: int) -> list[Line]:
        """The name, then a line a source with what it says instead, how often."""
        lines: list[Line] = [
            [(one_line(row.name, max(8, width - cell_len(row.sort) - 3)), "strong"), (f"  {row.sort}", "dim")]
        ]
        for source, forms in row.forms:
            name = one_line(f"{letter_of(source)} {name_of(self.session.sources[source])}", min(28, width // 3))
            words = " · ".join(f"{words} {count}" if count else words for words, count in forms)
            cells = min(28, width // 3) + 2
            gap = " " * (cells - cell_len(name))
            lines.append([("  " + name + gap, "dim"), (one_line(words, max(4, width - cells - 2)), "")])
        return lines

    def tabs(self) -> Mapping[str, int | None]:
        counts = counted(self._all)
        beside = {Shown.COPIED: len(self._copied)}
        beside |= {Shown.NAMED: len(self._named)} if self._named is not None else {}
        beside |= {Shown.SAID: len(self._said)} if self._said is not None else {}
        return {str(state): {**counts, **beside}.get(state) for state in Shown}

    def heading_right(self) -> Sequence[Choice]:
        return () if self.shown in BESIDE else ((f"{self.order} ", "dim", "sort"),)

    def show_list(self, at: str | None = None) -> None:
        super().show_list(at)
        index = self.session.index
        names = [one_line(f"{letter_of(n)} {name_of(source)}", 40) for n, source in enumerate(index.sources)]
        copied = copied_in_words(index.report, names)
        pieces: list[Piece] = []
        said = " · ".join(copied) or "no two sources share enough words to be one account"
        if copied or (self.shown is Shown.COPIED and index.report.accounts):
            pieces = [(f" {sources_in_words(counts(index.report))}   ", "strong"), (said, "note")]
        self.accounts.left = tuple(pieces)
        self.accounts.display = bool(pieces)

    # ── commands ──────────────────────────────────────────────────────────────────────────────────────────────────

    def _decide(self, verdict: Verdict) -> None:
        row = self.list.selected
        if not isinstance(row, CheckRow):
            self.say("Nothing to decide here.")
            return
        if row.verdict is verdict:
            self.session.decide(row.divergence, None)
            self.say("Undone: still to check.")
            return
        self.session.decide(row.divergence, verdict)
        done = "Confirmed" if verdict is Verdict.RIGHT else "Dismissed"
        self.say(f"{done}: {kind_in_words(row.divergence.kind)}. ⟨undo⟩ undoes.")

    async def _export(self) -> None:
        """What is listed; beside the queue there is nothing to decide, so all that was flagged goes out there."""
        from summitreader.tui.lists.tables import queue_formats

        listed = [row for row in self.list.rows if isinstance(row, CheckRow)] or list(self._all)
        formats = queue_formats(listed, self.session.index.report) if listed else ()
        await self.context.navigation.export(formats, f"{len(listed)} divergences, with your decisions")

    async def _note(self) -> None:
        row = self.list.selected
        if isinstance(row, CheckRow):
            await self.writing.on_places(row.spans)
        else:
            self.say("Nothing to annotate in this row.")

    def _noted(self) -> None:
        self.say("Note attached to all passages. ⟨view-notes⟩ lists the notes.")


def _side(side: Side, width: int) -> list[Piece]:
    """`“his first in eleven years” (1, 4)`: what stands around the words goes first where there is little room."""
    who = f" ({', '.join(letter_of(source) for source in side.sources)})"
    room = width - cell_len(who) - 2
    words = one_line(side.words, max(4, min(60, room)))
    around = cell_len(words) + cell_len(side.before) + cell_len(side.after) <= room
    before, after = (side.before, side.after) if around else ("", "")
    opening, closing = ("", "") if (before + words)[:1] in OPENING else ("“", "”")
    if closing and "“" not in before + words:
        after = after.rstrip('”"')
    return [(opening + before, "dim"), (words, "strong"), (after + closing + who, "dim")]


def _fitted(pieces: Sequence[Piece], width: int) -> list[Piece]:
    """The pieces, cut or filled to exactly `width` cells."""
    found: list[Piece] = []
    for words, style in pieces:
        words = words if cell_len(words) <= width else one_line(words, width)
        found.append((words, style))
        width -= cell_len(words)
        if width <= 0:
            break
    return [*found, (" " * max(0, width), "")]
