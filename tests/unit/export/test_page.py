"""The page: complete without script, nothing of a source live in it, and every quotation of it can be checked."""

from __future__ import annotations

import base64
import hashlib
import random
import re
from dataclasses import replace
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import html5lib
import pytest

from summitreader import Corpus, Source, compare
from summitreader.checking import check_draft
from summitreader.cli import main
from summitreader.comparison import PassageRef, Report, Thread
from summitreader.export.checked_draft import CheckedDraft
from summitreader.export.escaping import visible
from summitreader.export.outline import outline
from summitreader.export.page import align, page
from summitreader.export.verify import Verdict, check, is_page, page_quotations, quotations
from tests.unit.export.notes_of import some
from tests.unit.export.rendering import HOSTILE

SAMPLE = Path(__file__).parents[3] / "sample_corpus"
XHTML = "{http://www.w3.org/1999/xhtml}"


@cache
def sample() -> Report:
    return compare(Corpus.load(SAMPLE / "brightwater-verdict").sources)


@cache
def rendered() -> str:
    return page(sample(), title="Brightwater")


def elements(document: str) -> set[tuple[str, frozenset[str]]]:
    """Every element with the names of its attributes, as both parsers read them; they agree."""
    found: set[tuple[str, frozenset[str]]] = set()

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            found.add((tag, frozenset(name for name, _ in attrs)))

    reader = Reader()
    reader.feed(document)
    reader.close()
    tree = html5lib.parse(document)
    other = {(e.tag.removeprefix(XHTML), frozenset(e.attrib)) for e in tree.iter() if isinstance(e.tag, str)}
    assert other == found | {(tag, frozenset()) for tag in ("head", "body") if (tag, frozenset()) in other}
    return found


def test_the_page_asks_for_nothing_and_lets_only_its_own_style_and_script_in() -> None:
    document = rendered()
    assert not re.search(r"<(?:link|img|iframe|object|embed|base|form)\b", document)
    assert all(link.startswith("#") for link in re.findall(r'href="([^"]*)"', document))
    (policy,) = re.findall(r'Content-Security-Policy" content="([^"]*)"', document)
    policy = policy.replace("&#39;", "'")
    assert policy.startswith("default-src 'none';")
    for tag in ("style", "script"):
        (inside,) = re.findall(rf"<{tag}>(.*?)</{tag}>", document, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(inside.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy


def test_every_link_of_the_page_has_its_target_and_ids_are_unique() -> None:
    ids = re.findall(r'\bid="([^"]*)"', rendered())
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'href="#([^"]*)"', rendered())) <= set(ids)


def test_every_passage_of_every_source_is_there_once_in_the_side_by_side_part() -> None:
    texts = rendered().partition('id="rows"')[2]
    found = re.findall(r'<p class="passage[^"]*" id="([A-Z]+-\d+)"', texts)
    wanted = [f"{'ABCDEF'[k]}-{n}" for k, s in enumerate(sample().sources) for n in range(len(s.passages))]
    assert sorted(found) == sorted(wanted)


def test_every_quotation_is_the_words_at_its_offsets() -> None:
    sources = {"ABCDEF"[n]: s for n, s in enumerate(sample().sources)}
    found = page_quotations(rendered())
    assert len(found) > 100
    for q in found:
        source = sources[q.note.partition(" ")[0]]
        cited = q.citation
        assert cited.sha256 == source.sha256
        assert visible(source.text[cited.start : cited.end]) == q.words
    o = outline(sample())
    spans = {(q.citation.start, q.citation.end) for q in found}
    assert all((e.start, e.end) in spans for c in o.to_check for side in c.sides for e in side.excerpts)


def test_rows_follow_the_base_and_each_thread_has_one() -> None:
    for base in sample().sources:
        rows = align(sample(), base.id)
        of_base = [n for row in rows for n in row.cells.get(base.id, ())]
        threads = [row.thread for row in rows if row.thread is not None]
        assert sorted(of_base) == list(range(len(base.passages)))
        assert len(threads) == len(set(threads))
        alone = [row.cells[base.id] for row in rows if row.thread is None and base.id in row.cells]
        assert sorted(alone) == alone


def test_what_the_base_does_not_have_follows_what_its_source_has_before_it() -> None:
    a, b = (Source.from_text("One is here.\n\nTwo is here.\n\nThree is here.", id=id) for id in "ab")
    threads = (Thread("t", (PassageRef("a", 1), PassageRef("b", 1)), PassageRef("a", 1)),)
    rows = align(Report((a, b), threads=threads), "a")
    assert [row.cells for row in rows] == [{"a": [0]}, {"b": [0]}, {"a": [1], "b": [1]}, {"b": [2]}, {"a": [2]}]


def test_a_base_that_is_not_there_is_refused() -> None:
    with pytest.raises(ValueError, match="no source nobody"):
        page(sample(), base="nobody")


def test_nothing_of_a_source_or_a_note_is_an_element_an_attribute_or_a_link(tmp_path: Path) -> None:
    rng = random.Random(5)
    notes = some(tmp_path)
    plain = compare(
        [Source.from_text(f"The harbour office spoke. “We stay,” Ann Lee said. {id}", id=id) for id in "ab"]
    )
    allowed = elements(page(replace(plain), title="t", notes=notes)) | elements(rendered())
    pieces = [
        *HOSTILE,
        "\"'`",
        "<svg onload=alert(1)>",
        "</script><script>",
        "</style>",
        "]]>",
        "<!--",
        "&quot;",
        "=x ",
    ]
    for _ in range(60):
        words = ["".join(rng.choice(pieces) for _ in range(rng.randrange(1, 25))) for _ in range(6)]
        sources = tuple(
            Source.from_text(
                f"{words[n]} The office said “{words[n + 1]}” on Friday, Ann Lee said. {words[0]}",
                id=words[n] + str(n), title=words[n + 2], outlet=words[n + 3], url=words[n], author=words[n],
                published=words[n], article=bool(n),
            )
            for n in range(2)
        )  # fmt: skip
        hostile = [replace(a, note=words[0], tags=(words[1],)) for a in notes]
        report = compare(sources)
        odd = tuple(replace(s, language=words[0], path=words[1]) for s in report.sources)
        document = page(replace(report, sources=odd), title=words[5], notes=hostile, paths={sources[0].id: words[2]})
        assert elements(document) <= allowed
        for q in page_quotations(document):
            source = sources[q.note.startswith("B")]
            assert visible(source.text[q.citation.start : q.citation.end]) == q.words


def test_nothing_of_a_draft_or_its_sources_is_live_on_the_page_of_a_checked_draft() -> None:
    def made(words: list[str]) -> str:
        draft, *sources = (
            Source.from_text(
                f"{words[n]} The office said “{words[n + 1]}” on Friday, with 4{n} people.", id=f"{n}", title=words[0]
            )
            for n in range(3)
        )
        checked = CheckedDraft(draft, sources, check_draft(draft, sources), decisions={0: words[1]})
        return checked.html({"1": words[2]}, words[3])

    allowed: set[tuple[str, frozenset[str]]] = elements(made(["It is a plain sentence of some words."] * 4)) | {
        ("mark", frozenset())
    }
    rng = random.Random(6)
    for _ in range(40):
        pieces = [
            *HOSTILE,
            "\"'`",
            "<svg onload=alert(1)>",
            "</script><script>",
            "</style>",
            "<!--",
            "&quot;",
            " words ",
        ]
        document = made(["".join(rng.choice(pieces) for _ in range(rng.randrange(1, 25))) for _ in range(4)])
        assert elements(document) <= allowed
        assert is_page(document)


def test_a_page_is_checked_against_its_sources(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "story"
    folder.mkdir()
    for name in ("courtline-agency.txt", "aldermere-post.txt"):
        (folder / name).write_bytes((SAMPLE / "brightwater-verdict" / name).read_bytes())
    written = tmp_path / "out" / "story.html"
    written.parent.mkdir()
    data = ["--data-dir", str(tmp_path / "data")]
    assert main(["report", str(folder), "-o", str(written), "--base", "B", *data]) == 0
    assert main(["verify", str(written), *data]) == 0
    capsys.readouterr()
    text = (folder / "courtline-agency.txt").read_text("utf-8")
    (folder / "courtline-agency.txt").write_text(text.replace("eleven weeks", "twelve weeks"), "utf-8")
    assert main(["verify", str(written), *data]) == 1
    out = capsys.readouterr().out
    assert "twelve weeks" in out and len(out.splitlines()) < 20


def test_words_that_were_changed_in_the_page_are_found() -> None:
    document = rendered().replace("eleven weeks", "nine weeks")
    texts = [s.text for s in sample().sources]
    hashes = {s.text: s.sha256 for s in sample().sources}
    found = [check(q, texts, hashes.__getitem__) for q in page_quotations(document)]
    changed = [c for c in found if c.verdict is Verdict.CHANGED]
    assert changed and all("nine weeks" in c.quotation.words for c in changed)


def test_a_page_is_known_by_what_made_it_and_another_file_is_not_overwritten(tmp_path: Path) -> None:
    assert is_page(rendered())
    assert not is_page("<html><body>Mine</body></html>")
    assert not quotations(rendered())
    mine = tmp_path / "mine.html"
    mine.write_text("<html>Mine</html>")
    call = ["report", str(SAMPLE / "brightwater-verdict"), "-o", str(mine), "--data-dir", str(tmp_path / "data")]
    assert main(call) == 1
    assert mine.read_text() == "<html>Mine</html>"
    assert main([*call, "--overwrite"]) == 0
    assert main([*call, "--base", "Z"]) == 2


def test_notes_are_shown_with_the_words_that_they_are_on(tmp_path: Path) -> None:
    story = ["--data-dir", str(tmp_path), str(SAMPLE / "brightwater-verdict")]
    assert main(["notes", "add", *story, "--quote", "two and a half years", "--note", "Check *this*."]) == 0
    written = tmp_path / "page.html"
    assert main(["report", *story, "-o", str(written), "--with-notes"]) == 0
    document = written.read_text("utf-8")
    assert "Check *this*." in document.partition('id="notes"')[2].partition("</section>")[0]
    assert main(["export", "--format", "html", *story, "-o", str(written)]) == 0
    assert written.read_text("utf-8") == document
    assert main(["report", *story, "-o", str(written)]) == 0
    assert 'id="notes"' not in written.read_text("utf-8")
