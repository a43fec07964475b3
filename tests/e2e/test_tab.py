"""The reader in a tab of a real browser: keys, notes, the clipboard, who is refused, and what a closed tab leaves."""

from __future__ import annotations

import http.client
import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

pytest.importorskip("textual_serve", reason="the extra [serve] is not installed")
pytest.importorskip("selenium.webdriver", reason="selenium is not installed")
from selenium.webdriver.common.action_chains import ActionChains

pytestmark = [
    pytest.mark.browser,
    pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::DeprecationWarning"),
]
SAMPLE = Path(__file__).parents[2] / "sample_corpus" / "brightwater-verdict"
PROGRAM = (sys.executable, "-m", "summitreader")


def until(holds: Callable[[], object], what: str) -> None:
    end = time.monotonic() + 60
    while not holds():
        assert time.monotonic() < end, f"{what} did not come about"
        time.sleep(0.05)


class Served:
    """`summitreader serve`, running."""

    def __init__(self, data: Path) -> None:
        self._data = data
        self.process = subprocess.Popen(
            [*PROGRAM, "serve", str(SAMPLE), "--data-dir", str(data)], stdout=subprocess.PIPE, text=True
        )
        assert self.process.stdout is not None
        self.address = self.process.stdout.readline().strip()

    def readers(self) -> list[int]:
        """The processes of readers that the tabs of this server run, by their data folder."""
        found = []
        for entry in Path("/proc").iterdir():
            try:
                words = (entry / "cmdline").read_bytes().split(b"\0") if entry.name.isdecimal() else []
            except OSError:
                continue
            if os.fsencode(self._data) in words and b"serve" not in words:
                found.append(int(entry.name))
        return found

    def notes(self) -> list[dict[str, Any]]:
        words = [*PROGRAM, "notes", "list", str(SAMPLE), "--format", "json", "--data-dir", str(self._data)]
        listed: list[dict[str, Any]] = json.loads(
            subprocess.run(words, capture_output=True, text=True, check=True).stdout
        )
        return listed


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    server = Served(tmp_path / "data")
    yield server
    server.process.send_signal(signal.SIGINT)
    server.process.wait(20)


def open_tab(browser: Any, address: str) -> None:
    browser.get(address)
    until(lambda: "-first-byte" in browser.execute_script("return document.body.className"), "the first screen")


def press(browser: Any, *keys: str) -> None:
    for key in keys:
        ActionChains(browser).send_keys(key).pause(0.3).perform()


def pressed_until_noted(browser: Any, served: Served, count: int) -> bool:
    """Whether there are so many notes; if not, highlight once more: keys before the first comparison do nothing."""
    if len(served.notes()) == count:
        return True
    press(browser, "v")
    return False


def test_what_is_noted_in_a_tab_is_there_in_the_next_and_nothing_runs_on(browser: Any, served: Served) -> None:
    open_tab(browser, served.address)
    press(browser, "j", "j")  # the first closes the welcome
    until(lambda: pressed_until_noted(browser, served, 1), "a highlight")
    kept = served.notes()[0]
    assert len(served.readers()) == 1
    browser.get("about:blank")
    until(lambda: not served.readers(), "the end of the reader whose tab was closed")
    open_tab(browser, served.address)
    press(browser, "G")
    until(lambda: pressed_until_noted(browser, served, 2), "a highlight in the second tab")
    assert kept in served.notes()
    asked = browser.execute_script("return performance.getEntriesByType('resource').map(e => e.name)")
    assert all(urlsplit(name).netloc == urlsplit(served.address).netloc for name in asked)


def test_what_is_copied_is_in_the_clipboard_of_the_browser(browser: Any, served: Served) -> None:
    open_tab(browser, served.address)
    at = urlsplit(served.address)
    for name in ("clipboard-read", "clipboard-write"):
        browser.execute_cdp_cmd(
            "Browser.setPermission",
            {"permission": {"name": name}, "setting": "granted", "origin": f"http://{at.netloc}"},
        )
    press(browser, "j")

    def copied() -> str:
        press(browser, "y")
        return str(
            browser.execute_async_script("navigator.clipboard.readText().then(arguments[0], () => arguments[0](''))")
        )

    until(lambda: "Aldermere Post" in copied(), "the passage in the clipboard")


def test_where_the_server_is_killed_its_readers_end(browser: Any, served: Served) -> None:
    open_tab(browser, served.address)
    assert served.readers()
    served.process.kill()
    until(lambda: not served.readers(), "the end of the readers")


def test_who_does_not_have_the_address_is_refused(served: Served) -> None:
    at, chance = urlsplit(served.address), random.Random(7)
    assert at.hostname is not None
    token = at.path
    for _ in range(100):
        path = token + chance.choice(("", "ws?width=80&height=24", "static/js/textual.js"))
        headers = {"Host": at.netloc}
        match chance.randrange(3):
            case 0:
                path = chance.choice(
                    ("/", "/ws", "/static/js/textual.js", token[:-2] + "x/", token.upper(), "//" + token)
                )
            case 1:
                headers["Host"] = chance.choice(
                    ("evil.example", f"evil.example:{at.port}", f"127.0.0.1:{at.port}0", "")
                )
            case 2:
                headers["Origin"] = chance.choice(
                    ("http://evil.example", "null", f"https://{at.netloc}", "http://127.0.0.1")
                )
        headers |= {"Connection": "Upgrade", "Upgrade": "websocket", "Sec-WebSocket-Version": "13",
                    "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ=="} if "/ws" in path else {}  # fmt: skip
        connection = http.client.HTTPConnection(at.hostname, at.port, timeout=20)
        connection.request("GET", path, headers=headers)
        assert connection.getresponse().status in (400, 403), (path, headers)
        connection.close()
    assert not served.readers()
