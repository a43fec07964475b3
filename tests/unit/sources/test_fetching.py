"""A page from the web: whatever a server sends there is an answer in time, and no form of address leads inside."""

from __future__ import annotations

import contextlib
import itertools
import socket
import struct
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from summitreader.errors import SummitreaderError, UsageError
from summitreader.sources.fetching import PrivateAddress, encoded, fetch, is_public

V4 = ("127.0.0.1", "127.8.8.8", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0",
      "192.0.0.8", "192.88.99.1", "192.0.2.1", "198.18.0.1", "198.51.100.1", "203.0.113.1", "224.0.0.1", "240.0.0.1",
      "255.255.255.255")  # fmt: skip
V6 = ("::1", "::", "fe80::1", "fec0::1", "fd00::1", "fc00::1", "ff02::1", "2001:db8::1", "2001:0:1::1", "100::1",
      "::127.0.0.1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:a9fe:a9fe", "::ffff:0:127.0.0.1",
      "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "64:ff9b::a00:1", "64:ff9b:1::a00:1", "64:ff9b:1::7f00:1",
      "2002:7f00:1::", "2002:a00:1::1", "2002:a9fe:a9fe::", "2002:c0a8:101::1")  # fmt: skip
AS_NAMES = ("127.1", "127.0.1", "2130706433", "0x7f000001", "0x7f.0.0.1", "0177.0.0.1", "017700000001", "0", "0x0",
            "localhost", "localhost.",
            "LOCALHOST", "10.1", "0xa.1", "3232235777", "\uff11\uff12\uff17.0.0.1")  # fmt: skip
"""Hosts that the system takes for a private address, though they do not look like one."""


@pytest.mark.parametrize("host", [*V4, *(f"[{address}]" for address in V6), *AS_NAMES])
def test_private_addresses_in_every_form_are_not_reached(host: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "create_connection", lambda *_: pytest.fail("it was reached"))
    with pytest.raises(SummitreaderError) as said:
        fetch(f"http://{host}/")
    assert isinstance(said.value, PrivateAddress | UsageError) or "no host" in str(said.value)
    address = host.strip("[]")
    if host in V4 or address in V6:
        assert not is_public(address) and isinstance(said.value, PrivateAddress)


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:2800:220:1::1", "64:ff9b::5db8:d822", "2002:5db8:d822::1"])
def test_public_addresses_are_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    ("url", "sent"),
    [
        (
            "http://münchen.example/größe grün?q=ä b",
            "http://xn--mnchen-3ya.example/gr%C3%B6%C3%9Fe%20gr%C3%BCn?q=%C3%A4%20b",
        ),
        ("https://example.org/a%20b?x=1&y=%C3%A4#part", "https://example.org/a%20b?x=1&y=%C3%A4"),
        ("HTTP://Example.org:8080", "http://example.org:8080"),
    ],
)
def test_addresses_as_people_write_them(url: str, sent: str) -> None:
    assert encoded(url) == sent


OK = b"HTTP/1.1 200 OK\r\n"
CHUNKED = OK + b"Transfer-Encoding: chunked\r\n\r\n"
RESET = b"reset"
"""In place of a piece: the connection is reset."""

SERVERS: dict[str, tuple[bytes, bytes]] = {
    "says nothing": (b"", b""),
    "a status without end": (b"", b"H"),
    "a reason without end": (b"HTTP/1.1 200 ", b"O"),
    "continues without end": (b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
    "early hints without end": (b"", b"HTTP/1.1 103 Early Hints\r\nLink: a\r\n\r\n"),
    "a header without end": (OK + b"X: ", b"y"),
    "a name of a header without end": (OK, b"X"),
    "headers without end": (OK, b"X: y\r\n"),
    "a folded header without end": (OK + b"X: y\r\n", b" y\r\n"),
    "headers and no more": (OK + b"X: y\r\n", b""),
    "a body without end": (OK + b"\r\n", b"body "),
    "a body until it closes": (OK + b"Connection: close\r\n\r\n", b"x"),
    "a body of a length, a byte at a time": (OK + b"Content-Length: 1000000\r\n\r\n", b"x"),
    "nothing of a length": (OK + b"Content-Length: 1000000\r\n\r\n", b""),
    "a length of zeros": (OK + b"Content-Length: 00000000010000\r\n\r\n", b"x"),
    "a length that is negative": (OK + b"Content-Length: -5\r\n\r\n", b"x"),
    "a length that is no number": (OK + b"Content-Length: many\r\n\r\n", b"x"),
    "two lengths": (OK + b"Content-Length: 5\r\nContent-Length: 50000\r\n\r\n", b"x"),
    "a size of a chunk without end": (CHUNKED, b"0"),
    "an extension of a chunk without end": (CHUNKED + b"5;", b"a"),
    "a chunk a byte at a time": (CHUNKED + b"fffff\r\n", b"x"),
    "chunks of one byte": (CHUNKED, b"1\r\nx\r\n"),
    "a size that is no number": (CHUNKED + b"xyz\r\n", b"x"),
    "a size that is negative": (CHUNKED + b"-5\r\n", b"x"),
    "trailers without end": (CHUNKED + b"0\r\n", b"A: b\r\n"),
    "a trailer without end": (CHUNKED + b"0\r\nA: ", b"b"),
    "an error with a body without end": (b"HTTP/1.1 500 Oh\r\n\r\n", b"x"),
    "a redirect with a body without end": (b"HTTP/1.1 302 Found\r\nLocation: /\r\n\r\n", b"x"),
    "a redirect to itself, slowly": (b"HTTP/1.1 302 Found\r\nLocation: /\r\nX: ", b"x"),
    "an answer of old": (b"HTTP/1.0 200 OK\r\n\r\n", b"x"),
    "an answer of no version": (b"<html>", b"<p>"),
    "bytes of another protocol": (b"\x16\x03\x01\x02\x00", b"\x00"),
    "zeros": (b"", b"\0"),
    "line ends": (b"", b"\r\n"),
    "a switch of protocols": (b"HTTP/1.1 101 Switching Protocols\r\n\r\n", b"x"),
    "no content, and then some": (b"HTTP/1.1 204 No Content\r\n\r\n", b"x"),
    "a reset at once": (b"", RESET),
    "a reset in the middle": (OK + b"Content-Length: 100\r\n\r\nabc", RESET),
}
"""What a server sends first, and then again and again, a piece every few hundredths of a second."""


@contextlib.contextmanager
def _server(first: bytes, then: bytes) -> Iterator[str]:
    """A server of that kind; whoever connects again is served the same."""
    listening, over = socket.create_server(("127.0.0.1", 0)), threading.Event()

    def answer(connection: socket.socket) -> None:
        with connection, contextlib.suppress(OSError):
            connection.recv(4096)
            for piece in itertools.chain([first], itertools.repeat(then)):
                if piece == RESET:
                    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                    return
                connection.sendall(piece)
                if over.wait(0.03):
                    return

    def serve() -> None:
        with contextlib.suppress(OSError):
            while not over.is_set():
                threading.Thread(target=answer, args=(listening.accept()[0],), daemon=True).start()

    threading.Thread(target=serve, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}/"
    finally:
        over.set()
        listening.close()


def _fetched(kind: str) -> tuple[str, float]:
    """What becomes of a page from a server of that kind, and after how many seconds."""
    begun = time.monotonic()
    with _server(*SERVERS[kind]) as url:
        try:
            became = f"{len(fetch(url, allow_private=True, seconds=0.6).data)} bytes"
        except SummitreaderError as error:
            became = str(error)
    return became, time.monotonic() - begun


def test_the_deadline_holds_whatever_a_server_sends() -> None:
    with ThreadPoolExecutor(8) as pool:
        became = dict(zip(SERVERS, pool.map(_fetched, SERVERS), strict=True))
    assert {kind: seconds for kind, (_, seconds) in became.items() if seconds > 0.6 + 2} == {}
    taken = {kind for kind, (words, _) in became.items() if words.endswith("bytes")}
    assert taken == {"two lengths"}, became


def _once(answer: bytes) -> str:
    """The address of a server that sends `answer` to whoever connects first, and ends."""
    listening = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        with listening, contextlib.suppress(OSError), listening.accept()[0] as connection:
            connection.recv(4096)
            connection.sendall(answer)

    threading.Thread(target=serve, daemon=True).start()
    return f"http://127.0.0.1:{listening.getsockname()[1]}/"


def test_a_page_that_is_cut_off_is_not_added() -> None:
    url = _once(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nshort")
    with pytest.raises(SummitreaderError, match="5 of 1,000 bytes"):
        fetch(url, allow_private=True)


@pytest.mark.parametrize("target", ["http://[", "http://a b.invalid:x/", "//"])
def test_a_redirect_to_nothing_is_a_sentence(target: str) -> None:
    url = _once(f"HTTP/1.1 302 Found\r\nLocation: {target}\r\nContent-Length: 0\r\n\r\n".encode())
    with pytest.raises(SummitreaderError):
        fetch(url, allow_private=True)
