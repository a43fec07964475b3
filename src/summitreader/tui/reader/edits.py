"""Links by hand: a passage is taken in hand and tied to one in another pane, or a link under the cursor is cut."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping

from summitreader.comparison.model import Quotation, letter_of
from summitreader.notes.model import Annotation, Verdict, What
from summitreader.text import TOLD, BlockKind
from summitreader.text.gate import shown_line
from summitreader.tui.corrections import Place
from summitreader.tui.reader.notes import NoteCommands
from summitreader.tui.reader.part import Reader, ReaderPart
from summitreader.tui.story.index import Counterpart
from summitreader.tui.story.inspection import name_of, possible_at, relation_in_words
from summitreader.tui.widgets.bars import in_quotation_marks, one_line
from summitreader.tui.widgets.source_pane import SourcePane


class EditLink(ReaderPart):
    """Handlers of the commands that tie and cut. What is in hand stands in the first row until it is let go."""

    def __init__(self, reader: Reader) -> None:
        super().__init__(reader)
        self.in_hand: Place | None = None

    def commands(self) -> Mapping[str, Callable[[], object]]:
        return {"tie": self._tie_or_cut, "tie-take": self._take}

    def in_hand_words(self, width: int, key: str) -> str:
        """What is in hand, for the first row; empty where nothing is."""
        if self.in_hand is None:
            return ""
        number, passage = self.in_hand
        words = in_quotation_marks(shown_line(self.session.sources[number].passage_text(passage)), width + 2)
        return f"linking: {letter_of(number)} {words}  {key} links it here  "

    def release(self) -> bool:
        """Tie nothing after all; whether anything was in hand."""
        had = self.in_hand is not None
        self.in_hand = None
        if had:
            self.reader.show_status()
        return had

    def _here(self) -> Place | None:
        """The passage under the cursor, where it can be linked; the reader is told where it cannot."""
        active = self.deck.active
        source = active.document.source
        if not source.passages:
            return None
        if not self.session.compared:
            self.say("Links can be added once the comparison has finished.")
            return None
        if not source.is_told(active.cursor):
            self.say("This is page furniture and cannot be linked. ⟨boilerplate⟩ makes it part of the account.")
            return None
        return (active.number, active.cursor)

    def _take(self) -> None:
        here = self._here()
        if here is None:
            return
        self.reader.context.corrections.store(self.session)
        self.in_hand = here
        self.reader.show_status()
        self.say("Linking: go to the matching passage and press ⟨tie⟩. Esc cancels.")

    async def _tie_or_cut(self) -> None:
        here = self._here()
        if here is None:
            return
        if self.in_hand is not None:
            self._tie(self.in_hand, here)
            return
        self.reader.context.corrections.store(self.session)  # says so where nothing can be saved, before it asks
        index = self.session.index
        found = index.counterparts(*here)
        possible = possible_at(index, *here) if self.reader.shows_possible else []
        if not found and possible:
            await self._ask_possible(here, possible)
        elif not found:
            self._take()
        elif len(found) == 1:
            self._cut(here, found[0])
        else:
            await self._ask_which(here, found)

    def _tie(self, one: Place, other: Place) -> None:
        if one == other:
            self.release()
            self.say("Link cancelled.")
            return
        if one[0] == other[0]:
            self.say("Both passages are in one source. Go to another source and press ⟨tie⟩. Esc cancels.")
            return
        there = next((c for c in self.session.index.counterparts(*one) if (c.source, c.passage) == other), None)
        self.in_hand = None
        self.reader.show_status()
        if there is not None and there.link is not None:
            self.say("These passages are already linked. ⟨tie⟩ removes a link.")
            return
        self.reader.context.corrections.tie(self.session, one, other)
        self.say(f"Linked to {self._named(one)}. ⟨undo⟩ undoes.")

    async def _ask_which(self, here: Place, found: list[Counterpart]) -> None:
        from summitreader.tui.dialogs.choice import ChoiceScreen

        rows = [
            (
                f"{self._named((c.source, c.passage))} · {relation_in_words(c)}",
                self.session.sources[c.source].passage_text(c.passage),
            )
            for c in found
        ]

        def take(chosen: int | None) -> None:
            if chosen is not None:
                self.reader.context.attempt(lambda: self._cut(here, found[chosen]))

        await self.deck.app.push_screen(ChoiceScreen("Remove which link?", rows), take)

    async def _ask_possible(self, here: Place, found: list[Counterpart]) -> None:
        """A possible match is confirmed, or the passage is linked to another."""
        from summitreader.tui.dialogs.choice import ChoiceScreen

        places = [(c.source, c.passage) for c in found]
        rows = [(self._named(place), self.session.sources[place[0]].passage_text(place[1])) for place in places]

        def take(chosen: int | None) -> None:
            if chosen is not None:
                self.reader.context.attempt(
                    lambda: self._tie(here, places[chosen]) if chosen < len(places) else self._take()
                )

        rows.append(("another passage", "go to it and link it"))
        await self.deck.app.push_screen(ChoiceScreen("Link this passage to which possible match?", rows), take)

    def _cut(self, here: Place, counterpart: Counterpart) -> None:
        there = (counterpart.source, counterpart.passage)
        self.reader.context.corrections.cut(self.session, here, there)
        self.say(f"Link to {self._named(there)} removed. ⟨undo⟩ undoes.")

    def _named(self, place: Place) -> str:
        source = self.session.sources[place[0]]
        return f"{letter_of(place[0])} {one_line(shown_line(name_of(source)), 24)} {source.place_name(place[1])}"


class EditSource(ReaderPart):
    """Handlers of the commands that correct. Each correction is on disk before the command is over."""

    def commands(self) -> Mapping[str, Callable[[], object]]:
        return {
            "correct-source": self._source,
            "correct-speaker": self._speaker,
            "boilerplate": self._boilerplate,
        }

    async def _source(self) -> None:
        from summitreader.tui.dialogs.source_form import ask_source

        await ask_source(self.deck.app, self.session, self.deck.active.document.source, self.say)

    def _boilerplate(self) -> None:
        """The block under the cursor is part of the account, or is not."""
        active = self.deck.active
        source = active.document.source
        if not source.passages:
            return
        number = source.passages[active.cursor].block
        told = source.blocks[number].kind in TOLD
        kind = BlockKind.BOILERPLATE if told else BlockKind.PARAGRAPH
        if told and sum(block.kind in TOLD for block in source.blocks) == 1:
            self.say("This is the only paragraph of the account; nothing would be left to compare.")
            return
        self.reader.context.corrections.set_block(self.session, active.number, number, kind)
        done = "Marked as page furniture. No longer compared." if told else "Marked as text. It is compared."
        self.say(f"{done} ⟨undo⟩ undoes.")

    async def _speaker(self) -> None:
        active = self.deck.active
        if not active.document.source.passages:
            return
        found = self.session.index.quotations_in(active.number, active.cursor)
        if not found:
            self.say("No quotation in this passage. ⟨quotation-next⟩ goes to the next quotation.")
        elif len(found) == 1:
            await self._ask_speaker(found[0])
        else:
            await self._ask_which(found)

    async def _ask_which(self, found: list[Quotation]) -> None:
        from summitreader.tui.dialogs.choice import ChoiceScreen

        rows = [(f"“{one_line(shown_line(q.text), 50)}”", _said_by(q)) for q in found]

        async def take(chosen: int | None) -> None:
            if chosen is not None:
                await self._ask_speaker(found[chosen])

        await self.deck.app.push_screen(ChoiceScreen("Which quotation?", rows), take)

    async def _ask_speaker(self, quotation: Quotation) -> None:
        from summitreader.tui.dialogs.choice import NamingScreen

        self.reader.context.corrections.store(self.session)
        named = Counter(
            shown_line(q.speaker.name)
            for q in self.session.index.report.quotations
            if q.speaker is not None and q.speaker.name
        )
        offered = [(name, f"{n} quotation{'' if n == 1 else 's'}") for name, n in named.most_common()]
        now = quotation.speaker.name if quotation.speaker is not None else None

        def take(name: str | None) -> None:
            if name is None or (name or None) == now:
                return

            def keep() -> None:
                self.reader.context.corrections.set_speaker(self.session, quotation, name or None)
                self.say(f"Speaker: {name or 'unknown'}. ⟨undo⟩ undoes.")

            self.reader.context.attempt(keep)

        heading = f"Who says “{one_line(shown_line(quotation.text), 60)}”?"
        await self.deck.app.push_screen(
            NamingScreen(heading, offered, shown_line(now or ""), empty="unknown", hint="a name"), take
        )


def _said_by(quotation: Quotation) -> str:
    name = quotation.speaker.name if quotation.speaker is not None else None
    return f"said by {name}" if name else "speaker not known"


class Verdicts(ReaderPart):
    """Handlers of the commands that say right or wrong, and of the one that tags."""

    def __init__(self, reader: Reader, note_commands: NoteCommands) -> None:
        super().__init__(reader)
        self.note_commands = note_commands

    def commands(self) -> Mapping[str, Callable[[], object]]:
        return {
            "accept": lambda: self._decide(right=True),
            "dismiss": lambda: self._decide(right=False),
            "tags": self._tag,
        }

    def _decide(self, *, right: bool) -> None:
        """The place of a note that asks for it comes first, then what is to be checked here."""
        from summitreader.tui.story.inspection import kind_in_words

        unsure = self.note_commands.doubtful()
        if unsure is not None:
            self._settle(*unsure, right=right)
            return
        active = self.deck.active
        found = self.session.index.checks_in(active.number, active.cursor)
        if not found and self.reader.check is None:
            self.say("Nothing to check in this passage. ⟨check-next⟩ goes to the next check.")
            return
        first = self.reader.check or next((d for d in found if self.session.verdict(d) is None), found[0])
        verdict = Verdict.RIGHT if right else Verdict.DISMISSED
        if self.session.verdict(first) is verdict:
            self.session.decide(first, None)
            self.say("Undone: still to check.")
            return
        self.session.decide(first, verdict)
        done = "Confirmed" if right else "Dismissed"
        self.say(f"{done}: {kind_in_words(first.kind)}. ⟨undo⟩ undoes.")

    def _settle(self, annotation: Annotation, target: int, *, right: bool) -> None:
        self.session.notes.settle(annotation.id, target, right=right)
        self.say(
            "Place confirmed." if right else "Place rejected: the note is orphaned. ⟨put-back⟩ attaches it elsewhere."
        )

    async def _tag(self) -> None:
        from summitreader.tui.dialogs.tags import ask_tags

        here = self.note_commands.here()
        if not here:
            self.say("No note or highlight here. ⟨note⟩ writes a note, ⟨highlight⟩ highlights.")
            return
        await ask_tags(self.deck.app, self.session, here[0])


class ExplainLink(ReaderPart):
    """Handler of the command that asks: about what is in hand, where anything is, else about the other pane. That is
    the one that led before, or the next on the screen; in it the counterpart of this passage, else what its cursor is
    on."""

    def __init__(self, reader: Reader, edit_link: EditLink) -> None:
        super().__init__(reader)
        self.edit_link = edit_link
        self._led: list[int] = []

    def commands(self) -> Mapping[str, Callable[[], object]]:
        return {"why": self._ask}

    def activated(self, number: int) -> None:
        """Remember which sources led, the latest last."""
        if not self._led or self._led[-1] != number:
            self._led = [n for n in self._led if n != number] + [number]

    def _other(self) -> Place | None:
        held = self.edit_link.in_hand
        if held is not None and held[0] != self.deck.active.number:
            return held
        counterparts = self.session.index.counterparts(self.deck.active.number, self.deck.active.cursor)
        pane = self._other_pane()
        if pane is None:
            best = max(counterparts, key=lambda c: c.score, default=None)
            return None if best is None else (best.source, best.passage)
        found = [c.passage for c in counterparts if c.source == pane.number]
        return (pane.number, found[0] if found and pane.cursor not in found else pane.cursor)

    def _other_pane(self) -> SourcePane | None:
        here = self.deck.active.number
        for number in reversed(self._led):
            box = self.deck.box(number)
            if number != here and number in self.deck.chosen and box is not None:
                return box.pane
        after = [box.pane for box in self.deck.followers if box.pane.number > here] or [
            box.pane for box in self.deck.followers
        ]
        return after[0] if after else None

    async def _ask(self) -> None:
        active = self.deck.active
        there = self._other()
        if not self.session.compared:
            self.say("The comparison has not finished yet.")
        elif there is None or not active.document.source.passages or not self.session.sources[there[0]].passages:
            self.say("No other source to compare with.")
        else:
            from summitreader.tui.dialogs.why import WhyScreen

            here = (active.number, active.cursor)
            await self.deck.app.push_screen(WhyScreen(self.session, here, there, self._own(here, there)))

    def _own(self, here: Place, there: Place) -> str:
        for correction in self.reader.context.corrections.between(self.session, here, there):
            if correction.correction is not None:
                cut = correction.correction.what is What.CUT
                return "You removed this link." if cut else "You linked these passages."
        return ""
