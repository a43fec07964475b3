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
    Command("passage-next", ("j", "Down"), "passage", "Next passage", _MOVE),
    Command("passage-previous", ("k", "Up"), "passage back", "Previous passage", _MOVE),
    Command("half-page-down", ("d",), "half a page", "Scroll half a page down", _MOVE),
    Command("half-page-up", ("u",), "half a page up", "Scroll half a page up", _MOVE),
    Command("page-down", ("Space", "PageDown"), "page", "Scroll a page down", _MOVE),
    Command("page-up", ("b", "PageUp"), "page up", "Scroll a page up", _MOVE),
    Command("first", ("g", "Home"), "top", "Go to the beginning", _MOVE),
    Command("last", ("G", "End"), "end", "Go to the end", _MOVE),
    Command("pane-next", ("Tab", "l", "Right"), "source", "Next source", _MOVE),
    Command("pane-previous", ("Shift-Tab", "h", "Left"), "source back", "Previous source", _MOVE),
    Command("jump-back", (",",), "back", "Back to where you were before the last jump", _MOVE),
    Command("jump-forward", (".",), "forward", "Forward through the jumps", _MOVE),
    Command("open", ("Enter",), "go there", "Go to the passage in the reader; in the reader, to its match", _MOVE),
    Command("go-to", ("'",), "go to", "Go to a passage by its letter and paragraph, as in B 12", _MOVE),
    Command("link-next", ("m",), "linked", "Next linked passage", _JUMP),
    Command("link-previous", ("M",), "linked, back", "Previous linked passage", _JUMP),
    Command("quotation-next", ("c",), "quotation", "Next quotation", _JUMP),
    Command("quotation-previous", ("C",), "quotation, back", "Previous quotation", _JUMP),
    Command("check-next", ("x",), "to check", "Next divergence to check", _JUMP),
    Command("check-previous", ("X",), "to check, back", "Previous divergence to check", _JUMP),
    Command("alone-next", ("o",), "only here", "Next passage only in this source", _JUMP),
    Command("alone-previous", ("O",), "only here, back", "Previous passage only in this source", _JUMP),
    Command("note-next", ("]",), "note", "Next note or highlight", _JUMP),
    Command("note-previous", ("[",), "note, back", "Previous note or highlight", _JUMP),
    Command("view-story", ("0",), "story", "Story: what all sources report, what to check, what is left out", _VIEW),
    Command("view-reader", ("1",), "read", "Read the sources", _VIEW),
    Command("view-coverage", ("2",), "coverage", "Coverage: which source reports what", _VIEW),
    Command("view-quotations", ("3",), "quotations", "Quotations: who is quoted, and in which wording", _VIEW),
    Command("view-divergences", ("4",), "divergences", "Divergences: contradictions to check", _VIEW),
    Command("view-notes", ("5",), "notes", "Notes: all annotations", _VIEW),
    Command("view-library", ("6",), "library", "Library: stories, sources, and files that were not read", _VIEW),
    Command("openings", ("=",), "headlines", "Headlines and ledes of all sources side by side", _VIEW),
    Command("layout", ("L",), "layout", "Layout: panes, margin, or rows of matching passages", _VIEW),
    Command("entry-next", (")",), "entry", "In the margin: next entry", _VIEW),
    Command("entry-previous", ("(",), "entry back", "In the margin: previous entry", _VIEW),
    Command("read-once", ("r",), "hide read", "Hide what you have read in another source, or show everything", _VIEW),
    Command("forget-seen", ("Ctrl-R",), "unread", "Clear reading progress", _VIEW),
    Command("lock", ("s",), "lock", "How other panes scroll: linked, proportional, off", _VIEW),
    Command("hold", ("f",), "hold", "Keep this pane still while others scroll", _VIEW),
    Command("maximise", ("z",), "maximise", "Maximise this pane, or restore all panes", _VIEW),
    Command("pane-wider", ("Ctrl-Right",), "wider", "Make this pane wider (or drag its right border)", _VIEW),
    Command("pane-narrower", ("Ctrl-Left",), "narrower", "Make this pane narrower", _VIEW),
    Command("panes-more", ("|",), "more panes", "One more source side by side", _VIEW),
    Command("panes-fewer", ("\\",), "fewer panes", "One source fewer side by side", _VIEW),
    Command("pane-left", ("{",), "pane left", "Move this pane left", _VIEW),
    Command("pane-right", ("}",), "pane right", "Move this pane right", _VIEW),
    Command("sources", ("p",), "sources", "Choose which sources are shown", _VIEW),
    Command("inspector", ("i",), "inspector", "Show or hide the text of matches, possible ones too", _VIEW),
    Command("search", ("/",), "search", "Search all sources", _SEARCH),
    Command("hit-next", ("n",), "next hit", "Next hit", _SEARCH),
    Command("hit-previous", ("N",), "hit back", "Previous hit", _SEARCH),
    Command("search-mode", ("F2",), "as", "Search mode: literal, regular expression, fuzzy", _SEARCH),
    Command("search-whole", ("F3",), "whole words", "Whole words: on, off", _SEARCH),
    Command("search-case", ("F4",), "case", "Case: smart, on, off", _SEARCH),
    Command("search-results", ("Ctrl-F", "F5"), "all hits", "List all hits, including other stories", _SEARCH),
    Command("search-word", ("*",), "this word", "Search for the selection, or the first content word here", _SEARCH),
    Command("select-more", ("Shift-Right",), "select", "Select the first word; again to extend by a word", _NOTE),
    Command("select-less", ("Shift-Left",), "select less", "Shorten the selection by a word", _NOTE),
    Command("select-on", (">",), "selection on", "Move the selection a word on", _NOTE),
    Command("select-back", ("<",), "selection back", "Move the selection a word back", _NOTE),
    Command("highlight", ("v",), "highlight", "Highlight the passage or the selection; again to remove it", _NOTE),
    Command("colour", ("V",), "colour", "Change the colour of the highlight or note here", _NOTE),
    Command("note", ("a",), "note", "Write a note on the passage or the selection, or edit the one there", _NOTE),
    Command("note-links", ("Ctrl-T",), "counterparts", "While writing: also attach to the matching passages", _NOTE),
    Command("note-outside", ("Ctrl-G",), "$EDITOR", "While writing: continue in $EDITOR", _NOTE),
    Command("gather", ("w",), "add to note", "Add this passage to the latest note, from any source", _NOTE),
    Command("delete", ("D",), "delete", "Delete the note or highlight here; in the list also a correction", _NOTE),
    Command("undo", ("U",), "undo", "Undo the last change to notes, corrections or decisions", _NOTE),
    Command("redo", ("R",), "redo", "Redo the last undone change", _NOTE),
    Command("put-back", ("P",), "reattach", "Attach an orphaned note to this passage or selection", _NOTE),
    Command("copy", ("y",), "copy", "Copy the passage or the selection with its citation", _NOTE),
    Command("copy-words", ("Ctrl-C",), "copy words", "Copy the selected words only", _NOTE),
    Command("export", ("e",), "export", "Export notes, the comparison, or what the list shows", _NOTE),
    Command("tags", ("t",), "tags", "Edit the tags of the note here", _NOTE),
    Command("accept", ("+",), "confirm", "Confirm a divergence, or the place of an uncertain note", _CHECK),
    Command("dismiss", ("-",), "dismiss", "Dismiss a divergence, or the place of an uncertain note", _CHECK),
    Command("tie", ("K",), "link", "Link this passage to another, confirm a possible match, or unlink", _CHECK),
    Command("tie-take", ("J",), "add link", "Start another link from this passage", _CHECK),
    Command("why", ("I",), "why", "Explain why this passage and its match are linked, or why not", _CHECK),
    Command("correct-source", ("E",), "correct", "Correct title, outlet, author, date, address, language", _CHECK),
    Command("correct-speaker", ("S",), "speaker", "Correct the speaker of the quotation here", _CHECK),
    Command("boilerplate", ("B",), "furniture", "Mark this paragraph as page furniture, or as text", _CHECK),
    Command("sort", ("s",), "sort", "Change the order of the list", _LIST),
    Command("show", ("f",), "show", "Filter the list by state", _LIST),
    Command("scope", ("F",), "of", "All sources or one; notes: also those of other stories", _LIST),
    Command("mark", ("v",), "mark", "Library: select a source, to move several at once", _LIST),
    Command("story-move", ("T",), "to story", "Library: move sources to another or a new story; merge stories", _LIST),
    Command("open-corpus", ("Ctrl-O",), "open", "Open a folder, a file, a web address or pasted text", _APP),
    Command("take-in", ("F6",), "load new", "Load files added since the program started", _APP),
    Command("leave", ("q", "Escape"), "leave", "Close what is open, then this view; q then ends the program", _APP),
    Command("help", ("?",), "help", "All keys and the meaning of the marks", _APP),
    Command("palette", ("Ctrl-P", ":"), "palette", "Find a command by name", _APP),
    Command("quit", ("Ctrl-Q",), "quit", "Quit the program at once", _APP),
    Command("suspend", ("Ctrl-Z",), "suspend", "Suspend the program to the shell", _APP),
)

_READER_ONLY = frozenset(
    {"lock", "hold", "maximise"}
    | {command.id for command in COMMANDS if command.group == _JUMP or command.id.startswith(("select-", "search-"))}
)
"""Commands that do not apply to lists."""

BY_ID = {command.id: command for command in COMMANDS}


TABLE_KEYS = of_table(COMMANDS)
"""The default keys."""


def rivals(id: str) -> frozenset[str]:
    """The other commands that have a key of the table in common with this one."""
    return TABLE_KEYS.rivals(id)


def may_share(id: str, other: str) -> bool:
    """Whether two commands never share a view, so that they may share a key."""
    if other in rivals(id):
        return True
    groups = {BY_ID[id].group, BY_ID[other].group}
    return _LIST in groups and bool({id, other} & _READER_ONLY)
