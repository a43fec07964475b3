"""What adding promises: a page comes in as a text that can be corrected by hand, and nothing is fetched by stealth."""

from __future__ import annotations

import contextlib
import importlib.util
import socket
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from summitreader import Corpus
from summitreader.cli import main
from summitreader.errors import SummitreaderError, UsageError
from summitreader.sources import fetching
from summitreader.sources.adding import add
from summitreader.sources.fetching import Fetched, fetch
from summitreader.sources.model import Skipped

_spec = importlib.util.spec_from_file_location("pages_to_add", Path(__file__).with_name("pages.py"))
assert _spec is not None and _spec.loader is not None
pages = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(pages)

NOW = datetime(2024, 5, 4, 8, 30, tzinfo=UTC)


class _Pages(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        if self.path == "/moved":
            self.send_response(302)
            self.send_header("Location", "/2024/05/03/ships")
            self.end_headers()
        elif self.path == "/round":
            self.send_response(302)
            self.send_header("Location", "/round")
            self.end_headers()
        elif self.path == "/away":
            self.send_response(302)
            self.send_header("Location", "file:///etc/passwd")
            self.end_headers()
        elif self.path.startswith("/far/"):
            self.send_response(301)
            self.send_header(
                "Location", f"/far/{int(self.path[5:]) - 1}" if self.path != "/far/1" else "/2024/05/03/ships"
            )
            self.end_headers()
        elif self.path == "/private":
            self.send_response(302)
            self.send_header("Location", f"http://[::1]:{self.headers['Host'].rpartition(':')[2]}/x")
            self.end_headers()
        elif self.path == "/slow":
            self.send_response(200)
            self.end_headers()
            with contextlib.suppress(OSError):
                for _ in range(100):
                    self.wfile.write(b"<p>")
                    time.sleep(0.02)
        elif self.path == "/missing":
            self.send_error(404)
        else:
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(pages.HTML.encode() if self.path != "/large" else b"<p>large" * 1000)

    def log_message(self, *words: object) -> None:
        return


@pytest.fixture
def server() -> Iterator[str]:
    served = ThreadingHTTPServer(("127.0.0.1", 0), _Pages)
    thread = threading.Thread(target=served.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield f"http://127.0.0.1:{served.server_address[1]}"
    served.shutdown()
    thread.join()
    served.server_close()


def test_a_page_becomes_a_text_with_front_matter_and_is_kept_beside_it(server: str, tmp_path: Path) -> None:
    (written,) = add(server + "/moved", tmp_path, allow_private=True, now=NOW)
    assert isinstance(written, Path)
    text = written.read_text()
    assert text.startswith(f'---\ntitle: "{pages.TITLE}"\noutlet: "Vane Herald"\nauthor: "Ada Quill"\n')
    assert 'retrieved: "2024-05-04T08:30:00Z"' in text
    assert (tmp_path / ".originals" / "two-ships-collide-off-vane-point.html").read_text() == pages.HTML
    (source,) = Corpus.load(tmp_path).sources
    assert (source.title, source.outlet, source.published) == (pages.TITLE, "Vane Herald", "2024-05-03T14:10+01:00")
    assert [str(b.kind) for b in source.blocks][:3] == ["metadata", "title", "paragraph"]


def test_what_is_there_already_is_not_added_again(tmp_path: Path) -> None:
    (tmp_path / "in.txt").write_text(f"{pages.TITLE}\n\n{pages.FIRST}\n")
    folder = tmp_path / "corpus"
    assert isinstance(next(add(str(tmp_path / "in.txt"), folder)), Path)
    assert isinstance(next(add(str(tmp_path / "in.txt"), folder)), Skipped)
    (tmp_path / "in.txt").write_text(f"{pages.TITLE}\n\n{pages.SECOND}\n")
    assert next(add(str(tmp_path / "in.txt"), folder)) == folder / "two-ships-collide-off-vane-point-2.md"


@pytest.mark.parametrize(
    "title", ["../../../etc/passwd", "CON", ".bashrc", "t" * 5000, "\x1b]0;x\x07", "한국 " * 200, "-rf"]
)
def test_a_title_never_leads_out_of_the_folder(title: str, tmp_path: Path) -> None:
    (tmp_path / "in.json").write_bytes(
        b'{"title": %s, "text": "It was so."}' % __import__("json").dumps(title).encode()
    )
    folder = tmp_path / "corpus"
    (written,) = add(str(tmp_path / "in.json"), folder)
    assert isinstance(written, Path)
    assert written.parent == folder
    assert len(written.name.encode()) <= 200
    assert not written.name.startswith((".", "-"))
    assert not written.name.lower().startswith("con.")


def test_private_addresses_are_refused_unless_allowed(server: str) -> None:
    with pytest.raises(SummitreaderError, match="private"):
        fetch(server)
    assert fetch(server, allow_private=True).data == pages.HTML.encode()


@pytest.mark.parametrize("url", ["file:///etc/passwd", "ftp://vane.example/x", "http://", "http://a:b@vane.example/"])
def test_only_web_addresses_are_fetched(url: str) -> None:
    with pytest.raises(UsageError):
        fetch(url)


@pytest.mark.parametrize(("path", "reason"), [("/round", "and again"), ("/missing", "404"), ("/away", "only http")])
def test_a_page_that_cannot_be_had_says_why(path: str, reason: str, server: str) -> None:
    with pytest.raises(SummitreaderError, match=reason):
        fetch(server + path, allow_private=True)


def test_a_page_that_is_too_large_is_not_taken(server: str) -> None:
    with pytest.raises(SummitreaderError, match="larger"):
        fetch(server + "/large", allow_private=True, largest=1000)


def test_a_page_that_does_not_end_is_not_waited_for(server: str) -> None:
    begun = time.monotonic()
    with pytest.raises(SummitreaderError, match="more than"):
        fetch(server + "/slow", allow_private=True, seconds=0.3)
    assert time.monotonic() - begun < 1.5


def test_five_redirects_are_followed_and_no_more(server: str) -> None:
    assert fetch(server + "/far/5", allow_private=True).url == server + "/2024/05/03/ships"
    with pytest.raises(SummitreaderError, match="again and again"):
        fetch(server + "/far/7", allow_private=True)


def test_a_redirect_into_a_private_network_is_refused_like_its_address(
    server: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first host is taken for a public one; where it leads to is looked up and refused."""
    real = fetching._address

    def public_once(host: str, port: int, allow_private: bool) -> str:
        return real(host, port, allow_private or host == "127.0.0.1")

    monkeypatch.setattr(fetching, "_address", public_once)
    with pytest.raises(SummitreaderError, match="private"):
        fetch(server + "/private")


@pytest.mark.parametrize(
    "address", ["10.0.0.1", "192.168.1.1", "169.254.169.254", "::1", "::ffff:127.0.0.1", "0.0.0.0"]
)
def test_a_name_that_leads_to_any_private_address_is_refused(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    public = (socket.AF_INET, socket.SOCK_STREAM, 6, "", ("93.184.216.34", 80))
    private = (socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 80))
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: [public, private])
    with pytest.raises(SummitreaderError, match="private"):
        fetch("http://vane.example/")


def test_the_command_writes_into_the_folder_that_is_named_and_says_what_it_wrote(
    server: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "corpus"
    assert main(["add", server + "/moved", server + "/missing", "--to", str(folder), "--allow-private"]) == 1
    said = capsys.readouterr()
    assert said.out.splitlines() == [str(folder / "two-ships-collide-off-vane-point.md")]
    assert "404" in said.err
    assert main(["add", server + "/moved", "--to", str(folder)]) == 1
    assert "--allow-private" in capsys.readouterr().err


@pytest.mark.parametrize("path", ["/a.%00b", "/a.%1b]0;x%07", "/a.b/c.verylongsuffix"])
def test_the_address_never_names_the_suffix_of_a_file(
    path: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = Fetched(f"https://example.org{path}", pages.HTML.encode(), "application/octet-stream", "undefined")
    monkeypatch.setattr("summitreader.sources.adding.fetch", lambda *_, **__: page)
    assert len(list(add(page.url, tmp_path))) == 1
    [kept] = (tmp_path / ".originals").iterdir()
    assert kept.suffix == ".html" and kept.name.isprintable()
