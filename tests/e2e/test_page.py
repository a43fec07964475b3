"""The page in a real browser, headless Chromium: what the script adds, that it asks for nothing, and that it prints."""

from __future__ import annotations

import base64
from pathlib import Path
from typing import Any

import pytest

from summitreader import Corpus, Source, compare
from summitreader.checking import check_draft
from summitreader.comparison import Report
from summitreader.export.checked_draft import CheckedDraft
from summitreader.export.page import align, page

selenium = pytest.importorskip("selenium.webdriver", reason="selenium is not installed")
from selenium.webdriver.support.ui import WebDriverWait  # noqa: E402

pytestmark = [
    pytest.mark.browser,
    pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::DeprecationWarning"),
]
SAMPLE = Path(__file__).parents[2] / "sample_corpus"
_COPIED = "return document.getElementById('copy').dataset.copied"


@pytest.fixture(scope="module")
def report() -> Report:
    return compare(Corpus.load(SAMPLE / "brightwater-verdict").sources)


@pytest.fixture
def opened(browser: Any, report: Report, tmp_path: Path) -> Any:
    return open_page(browser, tmp_path, page(report, title="Brightwater verdict"))


def open_page(browser: Any, folder: Path, document: str) -> Any:
    (folder / "page.html").write_text(document, encoding="utf-8")
    browser.get((folder / "page.html").as_uri())
    return browser


def rows(browser: Any) -> list[list[str]]:
    """The ids of the passages in each row that is shown."""
    found: list[list[str]] = browser.execute_script(
        "return [...document.querySelectorAll('#rows tbody tr')].filter(r => !r.hidden)"
        ".map(r => [...r.querySelectorAll('.passage')].map(p => p.id))"
    )
    return found


def lit(browser: Any) -> set[str]:
    return set(browser.execute_script("return [...document.querySelectorAll('.passage.on')].map(p => p.id)"))


def choose(browser: Any, control: str, value: str) -> None:
    browser.execute_script(
        "const e = document.getElementById(arguments[0]); e.value = arguments[1];"
        "e.dispatchEvent(new Event('change'))", control, value,
    )  # fmt: skip


def test_it_asks_for_nothing_and_nothing_in_it_is_refused(opened: Any) -> None:
    assert opened.execute_script("return performance.getEntriesByType('resource').length") == 0
    assert opened.get_log("browser") == []


def test_counterparts_light_up_under_the_pointer_and_with_the_keyboard(opened: Any, report: Report) -> None:
    thread = max(report.threads, key=lambda t: t.told_by)
    letters = {s.id: "ABCDEF"[n] for n, s in enumerate(report.sources)}
    ids = {f"{letters[m.source]}-{m.passage}" for m in thread.members}
    first = opened.find_element("id", min(ids))
    opened.execute_script("arguments[0].scrollIntoView({block: 'center'})", first)
    selenium.ActionChains(opened).move_to_element(first.find_element("class name", "quote")).perform()
    assert lit(opened) == ids
    selenium.ActionChains(opened).move_by_offset(0, 0).perform()
    other = opened.find_element("id", max(ids))
    opened.execute_script("arguments[0].querySelector('.place').focus()", other)
    assert lit(opened) == ids
    said = opened.find_element("id", "card-words").text
    assert all(f"{id.partition('-')[0]} " in said for id in ids)


def test_another_base_gives_the_rows_that_the_program_gives(opened: Any, report: Report) -> None:
    letters = {s.id: "ABCDEF"[n] for n, s in enumerate(report.sources)}
    for source in report.sources:
        choose(opened, "base", letters[source.id])
        wanted = [[f"{letters[s.id]}-{n}" for s in report.sources for n in r.cells.get(s.id, ())]
                  for r in align(report, source.id)]  # fmt: skip
        assert rows(opened) == wanted


def test_filters_leave_the_rows_that_were_asked_for(opened: Any) -> None:
    everything = rows(opened)
    choose(opened, "filter", "several")
    assert rows(opened) == [row for row in everything if len({id.partition("-")[0] for id in row}) > 1]
    choose(opened, "filter", "one")
    assert rows(opened) == [row for row in everything if len({id.partition("-")[0] for id in row}) == 1]
    choose(opened, "filter", "")
    assert rows(opened) == everything


def test_panes_hold_each_text_whole_and_rows_come_back(opened: Any) -> None:
    before = rows(opened)
    choose(opened, "view", "panes")
    (whole,) = rows(opened)
    assert sorted(whole) == sorted(id for row in before for id in row)
    choose(opened, "view", "rows")
    assert rows(opened) == before


def test_a_passage_is_copied_with_its_citation(opened: Any, report: Report) -> None:
    opened.execute_script("document.querySelector('#C-1 .place').focus()")
    opened.find_element("id", "copy").click()
    WebDriverWait(opened, 5).until(lambda d: d.execute_script(_COPIED))
    copied = opened.execute_script(_COPIED)
    source = report.sources[2]
    assert source.passage_text(1).strip() in copied
    assert source.outlet is not None and source.outlet in copied


def test_axe_finds_nothing_that_hinders_anybody(browser: Any, report: Report, tmp_path: Path) -> None:
    axe = pytest.importorskip("axe_core_python", reason="axe-core-python is not installed")
    script = (Path(axe.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
    draft = Source.from_text("The water company was fined 39 million crowns.\n\nIts laboratory burnt down.", id="draft")
    checked = CheckedDraft(draft, report.sources, check_draft(draft, report.sources))
    for document in (page(report, title="Brightwater verdict"), checked.html({}, "A draft")):
        opened = open_page(browser, tmp_path, document)
        for scheme in ("light", "dark"):
            features = [{"name": "prefers-color-scheme", "value": scheme}]
            opened.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})
            opened.execute_script(script)
            found = opened.execute_async_script(
                "axe.run(document).then(r => arguments[0](r.violations.map(v => v.id)))"
            )
            assert found == []


def test_it_prints(opened: Any) -> None:
    pdf = base64.b64decode(opened.print_page())
    assert pdf.startswith(b"%PDF")
    pdfium = pytest.importorskip("pypdfium2")
    document = pdfium.PdfDocument(pdf)
    words = " ".join(p.get_textpage().get_text_range() for p in document)
    assert "Copy with citation" not in words
    assert "Side by side" in words


def test_no_script_but_its_own_runs(browser: Any, tmp_path: Path) -> None:
    attack = (
        "</span><img src=x onerror=\"document.title='gone'\"><script>document.title='gone'</script> The office said "
        "“<svg onload=document.title='gone'>” on Friday. <a href=\"javascript:document.title='gone'\">x</a>"
    )
    sources = [Source.from_text(attack, id=f"{n}{attack}", title=attack, outlet=attack) for n in range(2)]
    opened = open_page(browser, tmp_path, page(compare(sources), title="Kept"))
    assert opened.title == "Kept"
    assert opened.execute_script("return document.querySelectorAll('img, svg, main script').length") == 0
    assert opened.get_log("browser") == []
