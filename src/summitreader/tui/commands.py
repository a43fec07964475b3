"""The one table of commands: what each is called, its keys, what it does and where it stands in help.

Bindings, footer, palette, help, the manual and `summitreader keys` are all made from it. Loads no Textual. Keys are
written as a person would name them: `j`, `G`, `Down`, `PageDown`, `Shift-Tab`, `Ctrl-P`, `Space`.
"""

from __future__ import annotations

from dataclasses import dataclass

from summitreader.config.keymap import of_table


@dataclass(frozen=True, slots=True)
class Command:
    """`id` is stable; `short` is what the footer says; `does` begins with a capital and has no full stop."""

    id: str
    keys: tuple[str, ...]
    short: str
    does: str
    group: str


_MOVE = "Move"
_JUMP = "Go to the next"
_VIEW = "Views and panes"
_SEARCH = "Search"
_NOTE = "Notes"
_CHECK = "Check and correct"
_LIST = "In the lists: coverage, quotations, divergences, notes, library"
_APP = "Program"

COMMANDS: tuple[Command, ...] = (
    Command("passage-next", ("j", "Down"), "passage", "Passage on", _MOVE),
    Command("passage-previous", ("k", "Up"), "passage back", "Passage back", _MOVE),
    Command("half-page-down", ("d",), "half a page", "Half a page down", _MOVE),
    Command("half-page-up", ("u",), "half a page up", "Half a page up", _MOVE),
    Command("page-down", ("Space", "PageDown"), "page", "A page down", _MOVE),
    Command("page-up", ("b", "PageUp"), "page up", "A page up", _MOVE),
    Command("first", ("g", "Home"), "top", "To the beginning", _MOVE),
    Command("last", ("G", "End"), "end", "To the end", _MOVE),
    Command("pane-next", ("Tab", "l", "Right"), "pane", "Next pane, which then leads", _MOVE),
    Command("pane-previous", ("Shift-Tab", "h", "Left"), "pane back", "Last pane", _MOVE),
    Command("jump-back", (",",), "back", "Back to where the last jump began", _MOVE),
    Command("jump-forward", (".",), "forward", "Forward again through the jumps", _MOVE),
    Command(
        "open", ("Enter",), "go there", "Go to the passage in the reader; in the reader, to its counterpart", _MOVE
    ),
    Command("go-to", ("'",), "go to", "Go to a passage by its letter and paragraph, as in B 12", _MOVE),
    Command("link-next", ("m",), "linked", "Linked passage", _JUMP),
    Command("link-previous", ("M",), "linked, back", "Linked passage, back", _JUMP),
    Command("quotation-next", ("c",), "quotation", "Quotation", _JUMP),
    Command("quotation-previous", ("C",), "quotation, back", "Quotation, back", _JUMP),
    Command("check-next", ("x",), "to check", "Divergence to check", _JUMP),
    Command("check-previous", ("X",), "to check, back", "Divergence to check, back", _JUMP),
    Command("alone-next", ("o",), "told here only", "Passage told here only", _JUMP),
    Command("alone-previous", ("O",), "only here, back", "Passage told here only, back", _JUMP),
    Command("note-next", ("]",), "note", "Note or highlight", _JUMP),
    Command("note-previous", ("[",), "note, back", "Note or highlight, back", _JUMP),
    Command("view-story", ("0",), "story", "Story: what all report, what to check, who leaves what out", _VIEW),
    Command("view-reader", ("1",), "read", "Read the sources", _VIEW),
    Command("view-coverage", ("2",), "coverage", "Coverage: who tells what, and who leaves it out", _VIEW),
    Command("view-quotations", ("3",), "quotations", "Quotations: who is quoted, and in whose wording", _VIEW),
    Command("view-divergences", ("4",), "divergences", "Divergences: what cannot both be right, to be checked", _VIEW),
    Command("view-notes", ("5",), "notes", "Notes: all annotations", _VIEW),
    Command("view-library", ("6",), "library", "Library: stories and sources, and what was not read", _VIEW),
    Command("openings", ("=",), "headlines", "Headlines and ledes of all sources side by side", _VIEW),
    Command("layout", ("L",), "layout", "Layout: panes, one text with a margin, counterparts on one row", _VIEW),
    Command("entry-next", (")",), "entry", "In the margin: the next of what the others tell here", _VIEW),
    Command("entry-previous", ("(",), "entry back", "In the margin: the one before", _VIEW),
    Command("read-once", ("r",), "read once", "Reading once: fold what was read in another source, or show all", _VIEW),
    Command("forget-seen", ("Ctrl-R",), "unread", "Forget what was seen: everything counts as unread", _VIEW),
    Command("lock", ("s",), "lock", "How panes follow: linked, proportional, off", _VIEW),
    Command("hold", ("f",), "hold", "Hold this pane still while others move", _VIEW),
    Command("maximise", ("z",), "maximise", "Maximise this pane, or put all back", _VIEW),
    Command("pane-left", ("{",), "pane left", "Move this pane to the left", _VIEW),
    Command("pane-right", ("}",), "pane right", "Move this pane to the right", _VIEW),
    Command("sources", ("p",), "sources", "Choose by name the sources that stand in panes", _VIEW),
    Command("inspector", ("i",), "inspector", "Show or hide the inspector", _VIEW),
    Command("search", ("/",), "search", "Search all sources", _SEARCH),
    Command("hit-next", ("n",), "next hit", "Next hit", _SEARCH),
    Command("hit-previous", ("N",), "hit back", "Previous hit", _SEARCH),
    Command("search-mode", ("F2",), "as", "Search as literal words, as a regular expression, or fuzzily", _SEARCH),
    Command("search-whole", ("F3",), "whole words", "Search whole words only, or parts of words too", _SEARCH),
    Command("search-case", ("F4",), "case", "Mind capitals: where the query has any, always, never", _SEARCH),
    Command("search-results", ("Ctrl-F", "F5"), "all hits", "All hits in a list, in other stories too", _SEARCH),
    Command("search-word", ("*",), "this word", "Search the selection, or the first telling word here", _SEARCH),
    Command("select-more", ("Shift-Right",), "select", "Select the first word, then a word more each time", _NOTE),
    Command("select-less", ("Shift-Left",), "select less", "A word less", _NOTE),
    Command("select-on", (">",), "selection on", "The selection a word on", _NOTE),
    Command("select-back", ("<",), "selection back", "The selection a word back", _NOTE),
    Command("highlight", ("v",), "highlight", "Highlight the passage or the selection; again to take it off", _NOTE),
    Command("colour", ("V",), "colour", "Another colour for the highlight or note here", _NOTE),
    Command("note", ("a",), "note", "Write a note on the passage or the selection, or go on with the one there", _NOTE),
    Command("note-links", ("Ctrl-T",), "counterparts", "While writing: the note is on the counterparts too", _NOTE),
    Command("note-outside", ("Ctrl-G",), "$EDITOR", "While writing: go on in the editor that $EDITOR names", _NOTE),
    Command("gather", ("w",), "add to note", "Add this passage to the note made last, of whatever source", _NOTE),
    Command(
        "delete", ("D",), "delete", "Delete the note or highlight here; in the list also what was put right", _NOTE
    ),
    Command("undo", ("U",), "undo", "Undo the last change to the notes, what was put right or decided", _NOTE),
    Command("redo", ("R",), "redo", "Redo it", _NOTE),
    Command("put-back", ("P",), "put back", "Put a note whose words are gone on this passage or selection", _NOTE),
    Command("copy", ("y",), "copy", "Copy the passage or the selection, with where it stands", _NOTE),
    Command("copy-words", ("Ctrl-C",), "copy words", "Copy the words that are selected, and nothing else", _NOTE),
    Command("export", ("e",), "export", "Export: notes, comparison, or what the list shows", _NOTE),
    Command("tags", ("t",), "tags", "Tags of the note here", _NOTE),
    Command("accept", ("+",), "right", "To check: it is right; an unsure note: it stands there", _CHECK),
    Command("dismiss", ("-",), "dismiss", "To check: dismiss it; an unsure note: it does not stand there", _CHECK),
    Command(
        "tie", ("K",), "tie or cut", "Tie this passage to one in another pane, or cut the link under the cursor", _CHECK
    ),
    Command("tie-take", ("J",), "tie", "Take this passage in hand to tie it, though it is linked already", _CHECK),
    Command("why", ("I",), "why", "Why this passage and that of the other pane are linked, or why not", _CHECK),
    Command("correct-source", ("E",), "put right", "Put right title, outlet, author, date, address, language", _CHECK),
    Command("correct-speaker", ("S",), "speaker", "Put right who says the quotation here", _CHECK),
    Command("boilerplate", ("B",), "boilerplate", "This paragraph is boilerplate, or is part of the account", _CHECK),
    Command("sort", ("s",), "sort", "Sort or group the list otherwise", _LIST),
    Command("show", ("f",), "show", "Show all of the list, or only some of it", _LIST),
    Command("scope", ("F",), "of", "Of all sources or of one; notes: also all that are kept", _LIST),
    Command("mark", ("v",), "mark", "Library: mark a source, to move several at once", _LIST),
    Command(
        "story-move", ("T",), "to story", "Library: put sources into another story or a new one; merge stories", _LIST
    ),
    Command("open-corpus", ("Ctrl-O",), "open", "Open a folder, a file, a web address or pasted text", _APP),
    Command("take-in", ("F6",), "take in", "Take in the files that came since this was opened", _APP),
    Command("leave", ("q", "Escape"), "leave", "Close what is open, then this view; q quits the program", _APP),
    Command("help", ("?",), "help", "All keys, and what the marks mean", _APP),
    Command("palette", ("Ctrl-P", ":"), "palette", "Find a command by name", _APP),
    Command("quit", ("Ctrl-Q",), "quit", "Leave the program at once", _APP),
    Command("suspend", ("Ctrl-Z",), "suspend", "Put the program in the background of the shell", _APP),
)

_READER_ONLY = frozenset(
    {"lock", "hold", "maximise"}
    | {command.id for command in COMMANDS if command.group == _JUMP or command.id.startswith(("select-", "search-"))}
)
"""Commands that no list has a use for."""

BY_ID = {command.id: command for command in COMMANDS}


TABLE_KEYS = of_table(COMMANDS)
"""The keys of the table, which hold where no settings say otherwise."""


def rivals(id: str) -> frozenset[str]:
    """The other commands that have a key of the table in common with this one."""
    return TABLE_KEYS.rivals(id)


def may_share(id: str, other: str) -> bool:
    """Whether two commands never stand in one view, so that one key may call both."""
    if other in rivals(id):
        return True
    groups = {BY_ID[id].group, BY_ID[other].group}
    return _LIST in groups and bool({id, other} & _READER_ONLY)
