"""Markdown: exact, the same bytes each time, and a person's own text in it stays."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summitreader.errors import SummitreaderError
from summitreader.export.files import Region, assemble, file_name, merge, parse, preview_export, write_export
from summitreader.export.markdown import Layout, markdown, markdown_files, tag_name
from summitreader.export.user_template import template
from summitreader.export.verify import quotations
from summitreader.notes.store import Store
from tests.unit.export.notes_of import some
from tests.unit.export.rendering import HOSTILE, PARSERS
from tests.unit.notes.accounts import STORY, account, span


def test_every_quotation_carries_outlet_title_date_address_paragraph_offsets_and_hash(tmp_path: Path) -> None:
    text = markdown(some(tmp_path), base=tmp_path)
    line = next(line for line in text.split("\n") if line.startswith("— The Paper"))
    start = STORY.index("Saturday")
    assert "“Leaders \\[Meet\\]”, 2025-11-01, ¶2" in line
    assert f"characters {start}–{start + 8}, a.txt, <https://paper.example/a?b=1>, SHA-256 " in line
    first = quotations(text)[0].citation
    assert (first.path, first.start, first.sha256) == ("a.txt", start, account().sha256)


def test_notes_stand_in_order_of_the_text_and_one_on_two_sources_is_one_entry(tmp_path: Path) -> None:
    notes = some(tmp_path)
    text = markdown(notes, base=tmp_path)
    assert [q.words for q in quotations(text)] == [
        "Saturday",
        "hoped for peace",
        "peace was near",
        "inseparable partners",
    ]
    assert text.count("Both speak of it.") == 1
    assert all(text.count(f"\n^{a.id}\n") == 1 for a in notes)


def test_the_same_notes_give_the_same_bytes_whatever_their_order(tmp_path: Path) -> None:
    notes = some(tmp_path)
    assert markdown(notes, base=tmp_path) == markdown(notes[::-1], base=tmp_path)


def test_tags_are_tags_and_head_their_own_sections_where_that_is_asked_for(tmp_path: Path) -> None:
    text = markdown(some(tmp_path), layout=Layout.TAG, base=tmp_path)
    assert re.findall(r"^## (.*)$", text, re.MULTILINE) == ["to check", "xi", "Without a tag"]
    assert text.count("inseparable partners\n") == 2
    assert "Tags: #xi #to-check\n" in text
    assert len({s.region.name for s in parse(text) if s.region}) == sum(1 for s in parse(text) if s.region)


@pytest.mark.parametrize(
    ("tag", "name"), [("to check", "to-check"), ("a/b", "a/b"), ("#x]]", "x"), ("é_1", "é_1"), ("_a_ __b", "a-b")]
)
def test_a_tag_becomes_what_note_programs_take_for_one(tag: str, name: str) -> None:
    assert tag_name(tag) == name


def test_one_more_note_adds_its_own_lines_only(tmp_path: Path) -> None:
    before = markdown(some(tmp_path / "1"), base=tmp_path).split("\n")
    notes = some(tmp_path / "1", extra=["Nothing was said"])
    notes = [a for a in notes if a.order <= 3 or a.order == len(notes)]
    after = markdown(notes, base=tmp_path).split("\n")
    added = [line for line in after if line not in before]
    kept = [line for line in after if line in before]
    assert added and [line for line in before if line] == [line for line in kept if line]


def places_outside(lines: list[str]) -> list[int]:
    """Where a line can be put so that it stands in no region."""
    found, inside = [], False
    for i, line in enumerate(lines):
        if not inside:
            found.append(i)
        inside = line.startswith("<!-- summitreader:") or (inside and not line.startswith("<!-- /summitreader:"))
    return found


def test_a_hundred_exports_leave_what_a_person_wrote_where_it_is(tmp_path: Path) -> None:
    chance = random.Random(2)
    file = tmp_path / "notes.md"
    own: list[str] = []
    source = account()
    with Store.open(tmp_path / "data") as store:
        for n in range(100):
            words = chance.choice(["peace", "hoped", "North", "Saturday", "partners"])
            if n % 3 == 2:
                store.remove(chance.choice(store.all()).id)
            else:
                store.add([span(source, words)], f"note {n}", root=tmp_path)
            text = markdown(store.all(), base=tmp_path)
            first = write_export(file, text).text
            assert write_export(file, text).text == first
            lines = first.split("\n")
            outside = places_outside(lines) if n % 10 == 0 else []
            if outside:
                own.append(f"My own line {n}: *mine*")
                lines.insert(chance.choice(outside), own[-1])
                file.write_text("\n".join(lines), "utf-8")
            there = file.read_text("utf-8").split("\n")
            assert all(there.count(line) == 1 for line in own)
            assert {s.region.name for s in parse(first) if s.region and ":" not in s.region.name} == {
                a.id for a in store.all()
            }


def test_what_was_changed_inside_a_region_is_kept_and_said(tmp_path: Path) -> None:
    file = tmp_path / "notes.md"
    notes = some(tmp_path)
    write_export(file, markdown(notes, base=tmp_path))
    file.write_text(file.read_text("utf-8").replace("Both speak of it.", "Both speak of it, I think."), "utf-8")
    written = write_export(file, markdown(some(tmp_path, extra=["hoped"]), base=tmp_path))
    assert "I think." in file.read_text("utf-8")
    assert written.merged is not None and written.merged.kept == (notes[2].id,)
    assert "changed by hand" in written.notices[0]


def test_a_file_that_the_program_did_not_make_is_not_overwritten(tmp_path: Path) -> None:
    file = tmp_path / "mine.md"
    file.write_text("# Mine\n")
    for write in (preview_export, write_export):
        with pytest.raises(SummitreaderError, match="not made by summitreader"):
            write(file, markdown(some(tmp_path)))
    assert file.read_text() == "# Mine\n"
    assert write_export(file, "new\n", overwrite=True).exists
    assert file.read_text() == "new\n"


def test_a_preview_writes_nothing_and_says_what_would_change(tmp_path: Path) -> None:
    file = tmp_path / "notes.md"
    assert preview_export(file, markdown(some(tmp_path))).merged is None and not file.exists()
    write_export(file, markdown(some(tmp_path)))
    before = file.read_bytes()
    preview = preview_export(file, markdown(some(tmp_path, extra=["hoped"])))
    assert preview.merged is not None and preview.merged.added and file.read_bytes() == before


@given(st.lists(st.sampled_from("abcdef"), unique=True), st.lists(st.sampled_from("abcdef"), unique=True), st.data())
@settings(max_examples=80)
def test_a_merge_has_the_new_regions_and_all_text_that_is_not_ours(
    old: list[str], new: list[str], data: st.DataObject
) -> None:
    file = assemble("# Head\n", [Region(name, f"old {name}\n") for name in old])
    pieces = [s.text + data.draw(st.sampled_from(["", "mine\n", "\nmine\n\n"])) for s in parse(file)]
    file = "".join(pieces)
    merged = merge(file, assemble("", [Region(name, f"new {name}\n") for name in new]))
    regions = {s.region.name: s.region.body for s in parse(merged.text) if s.region}
    assert regions == {name: f"new {name}\n" for name in new}
    assert merged.text.count("mine") == file.count("mine")
    assert merge(merged.text, assemble("", [Region(name, f"new {name}\n") for name in new])).text == merged.text


def test_nothing_of_a_source_or_a_note_is_rendered(tmp_path: Path) -> None:
    chance = random.Random(7)
    for n in range(20):
        words = "".join(chance.choice(HOSTILE) for _ in range(30))
        source = account(f"x{words}x", title=words, outlet=words, url=words, published=words, author=words)
        with Store.open(tmp_path / str(n)) as store:
            store.add([(source, 0, len(source.text))], words, [words, "t"], root=tmp_path)
            text = markdown(store.all(), base=tmp_path)
        for render in PARSERS.values():
            html = re.sub(r"<!--.*?-->", "", render(text), flags=re.DOTALL)
            assert not re.findall(r"<(?!/?(?:p|blockquote|h1|h2|hr /|br /)>)", html)
            assert html.count("<h2>") + html.count("<h1>") <= 3


def test_callouts_hold_the_words_alone(tmp_path: Path) -> None:
    text = markdown(some(tmp_path), callouts=True, base=tmp_path)
    assert text.count("> [!quote]\n> ") == 4
    assert next(q.words for q in quotations(text)) == "Saturday"


def test_one_file_a_source_has_the_title_for_its_name(tmp_path: Path) -> None:
    files = markdown_files(some(tmp_path), base=tmp_path)
    assert list(files) == ["Leaders Meet , The Paper.md"]
    assert "# Leaders \\[Meet\\], The Paper\n" in files["Leaders Meet , The Paper.md"]


@pytest.mark.parametrize(
    "title",
    [
        *("../../../../tmp/pwn", "/etc/cron.d/x", "..\\..\\x", "CON", "con.txt", ".", "a\x00b", "a\nb", "t" * 5_000),
        *(
            "ü" * 300,
            "x\u202egpj.md",
            "~/.bashrc",
            "-rf",
            "\x1b]0;x\x07",
            "",
            "   ",
            ".hidden",
            "a/b",
            "nul",
            "LPT1.md",
        ),
    ],
)
def test_a_title_becomes_a_name_that_stays_in_its_folder(title: str) -> None:
    name = file_name(title)
    assert len(name.encode()) <= 200 and name.endswith(".md")
    assert not set(name) & set('/\\:*?"<>|\0\n') and name.isprintable()
    assert name[0] not in ".-~ " and name.partition(".")[0].casefold() not in ("con", "nul", "lpt1", "")


def test_two_titles_never_have_one_name() -> None:
    names: list[str] = []
    for title in ("Title:", "Title?", "title", "TITLE", "t" * 300, "t" * 301):
        names.append(file_name(title, names))
    assert len({name.casefold() for name in names}) == len(names)


def test_ones_own_template_is_followed_and_escapes_unless_told_otherwise(tmp_path: Path) -> None:
    notes = some(tmp_path, note="a <b> *c*")
    render = template(
        "{% for t in targets %}{{ t.data }}\n\n{{ t.quote | quoted }}\n{% endfor %}{{ note }} {{ note | raw }}"
    )
    text = markdown(notes, base=tmp_path, render=render)
    assert "a \\<b> \\*c\\* a <b> *c*" in text
    assert len(quotations(text)) == 4


@pytest.mark.parametrize(
    "text",
    ["{{ nothing }}", "{% for", "{{ ''.__class__.__mro__ }}", "{{ tags.append('x') }}", "{% include '/etc/passwd' %}"],
)
def test_a_template_that_fails_or_reaches_out_is_an_error_and_nothing_else(tmp_path: Path, text: str) -> None:
    notes = some(tmp_path)
    with pytest.raises(SummitreaderError, match="template"):
        markdown(notes, render=template(text))
