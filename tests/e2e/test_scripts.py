"""Scripts and pictures that terminals measure differently, and what is pasted, in a real terminal."""

from __future__ import annotations

import ctypes
import locale
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.conftest import Running
from tests.e2e.test_hostile import calm, trial

__all__ = ["calm", "trial"]

pytestmark = pytest.mark.terminal

TEXTS = {
    "Thai": "เขื่อนยังอยู่\n\nวิศวกรกล่าวเมื่อวันจันทร์ว่าเขื่อนมาร์นยังคงแข็งแรง น้ำดื่มถูกแจกจ่ายให้ทุกคน ที่นี่\n",
    "Devanagari": "बाँध टिका रहा\n\nअभियंताओं ने कहा कि बाँध टिका रहा। स्त्री और पुरुष विद्यालय में सोए।\n\nक्षेत्र के लोगों ने की।\n",
    "Tamil and Bengali": "தமிழ் நாட்டில் அணை\n\nবাঁধ টিকে ছিল, প্রকৌশলীরা সোমবার বলেছেন।\n\nநாற்பது குடும்பங்கள்\n",
    "Burmese and Khmer": "မြန်မာ ဆည်\n\nခိုင်ခံ့ကြောင်း ပြောကြားခဲ့သည်။ ក្រុមវិស្វករ\n\nទំនប់នៅតែរឹងមាំ។\n",
    "Arabic and Hebrew": "صمد السد\n\nقال المهندسون إن سدّ مارن قد صَمَدَ أمام الفيضان.\n\nלא, שָׁלוֹם עליכם, ווُזِّعت\n",
    "families, flags and keycaps": "The dam 👩\u200d👩\u200d👧\u200d👦\n\nEngineers 👷🏽\u200d♀️ said 🇫🇷 that it 1️⃣ had "
    "held ❤️ and 🏳️\u200d🌈, ☎️ 👍🏽\n\nThen #️⃣ ✈️ 🫱🏻\u200d🫲🏿 e\u0301 ㉈ ䷀ ☰.\n",
    "East Asian": "大坝没有垮\n\n工程师们周一说，马恩大坝没有垮。댐이 버텼다고 기술자들이 말했다. カ゛が ﾊﾝｶｸ①\n",
}


def columns(row: str) -> list[int]:
    """The columns at which a ruler stands in a row of the screen, by the widths that tmux reckons with."""
    found, column = [], 0
    for character in row:
        if character == "│":
            found.append(column)
        column += max(0, _wcwidth(character))
    return found


def _wcwidth(character: str) -> int:
    libc: Any = ctypes.CDLL(None)
    return int(libc.wcwidth(ctypes.c_wchar(character)))


@pytest.fixture
def utf8() -> None:
    for name in ("C.UTF-8", "en_US.UTF-8"):
        try:
            locale.setlocale(locale.LC_CTYPE, name)
        except locale.Error:
            continue
        return
    pytest.skip("no locale in which characters have a width")


@pytest.mark.parametrize("script", TEXTS)
def test_the_rulers_stand_straight_beside_every_script(
    running: Running, tmp_path: Path, utf8: None, script: str
) -> None:
    folder = tmp_path / "dam"
    folder.mkdir()
    (folder / "a.txt").write_text(TEXTS[script], encoding="utf-8")
    (folder / "b.txt").write_text("The dam held\n\nEngineers said on Monday that it had held.\n", encoding="utf-8")
    terminal = running(folder, size=(84, 24), before="LC_ALL=C.UTF-8")
    screen = terminal.shows("Engineers said")
    _stand_straight(screen)
    terminal.type("j", "j", "Tab", "j", "Tab", "k")
    terminal.resize(110, 24)
    _stand_straight(terminal.shows("Engineers said on Monday that it had"))


def _stand_straight(screen: str) -> None:
    rows = [found for row in screen.splitlines() if len(found := columns(row)) == 2]
    assert len(rows) > 8, screen
    assert all(found == rows[-1] for found in rows), screen


@pytest.mark.parametrize("tail", ["\x1b[201~", "\x1b", "\x1b[201~\x1b[200~", ""])
def test_nothing_of_a_paste_is_a_key(trial: Any, calm: Path, tail: str) -> None:
    terminal = trial.Terminal(trial.reader(calm.parent / "data", str(calm)))
    assert terminal.until("Officials") is not None
    terminal.settle(0.5)
    for opening, closing in (("/", "\x1b"), ("a", "\x1b"), ("", "")):
        terminal.type(opening)
        terminal.type(f"\x1b[200~river\x1b\x07 {tail}\x11qqq\x1b[A\x1b[201~")
        terminal.settle(0.5)
        assert not terminal.ended()
        if opening:
            assert any("riverqqq" in row.replace(" ", "").replace("[A", "") for row in terminal.rows()), opening
        terminal.type(closing)
        terminal.settle(0.5)
    terminal.type(b"\x11")
    assert terminal.close() == 0
