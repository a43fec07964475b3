"""One page from the web, fetched only because the user said so.

http and https only; the addresses of the host are looked up once, refused where they are private in any form, and the
connection goes to the very address that was checked, at every redirect anew. Size and redirects have limits, and the
whole fetch one deadline: a watchdog closes the connection, whatever the server is doing.
"""

from __future__ import annotations

import contextlib
import http.client
import ipaddress
import re
import socket
import ssl
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

from summitreader.errors import SummitreaderError, UsageError
from summitreader.text.gate import shown_line

LARGEST = 16 * 1024 * 1024
SECONDS = 30.0
MOST_REDIRECTS = 5
_AGENT = "summitreader (a reader fetching one page for a person)"
_SAFE = "/%:@!$&'()*+,;=~-._[]?"

_PRIVATE = tuple(
    ipaddress.ip_network(network)
    for network in ("192.0.0.0/24", "192.88.99.0/24", "fec0::/10", "64:ff9b:1::/48", "100::/64", "2001::/23")
)
"""Networks that are not the public web, and that `is_global` of some Python calls global."""
_EMBEDDING = tuple(
    (ipaddress.IPv6Network(network), shift)
    for network, shift in (
        ("::ffff:0:0/96", 0), ("::ffff:0:0:0/96", 0), ("64:ff9b::/96", 0), ("::/96", 0), ("2002::/16", 80),
    )
)  # fmt: skip
"""Networks whose addresses have an IPv4 address in them, and by how many bits it is from the right end."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """`url` is where the page was found in the end, `kind` its media type, `charset` what the server says it is in."""

    url: str
    data: bytes
    kind: str
    charset: str | None


class PrivateAddress(SummitreaderError):
    """Raised for a host whose address does not belong to the public internet."""


def fetch(url: str, *, allow_private: bool = False, largest: int = LARGEST, seconds: float = SECONDS) -> Fetched:
    """The page at `url`. Raises `UsageError` for what is no web address, `SummitreaderError` where it cannot be had."""
    deadline = time.monotonic() + seconds
    for _ in range(MOST_REDIRECTS + 1):
        answer = _ask(url, allow_private, largest, deadline, seconds)
        if isinstance(answer, Fetched):
            return answer
        try:
            following = urljoin(url, answer)
            schemes = urlsplit(url).scheme, urlsplit(following).scheme
        except ValueError:
            raise SummitreaderError(
                f"{shown_line(url)} redirects to {shown_line(answer)}, which is not an address."
            ) from None
        if schemes[0] == "https" and schemes[1] != "https":
            raise SummitreaderError(
                f"{shown_line(url)} redirects from https to {shown_line(following)}, which is not followed."
            )
        url = following
    raise SummitreaderError(f"{shown_line(url)} redirects again and again; it is not followed further.")


def encoded(url: str) -> str:
    """`url` as it goes over the line: the host in IDNA, everything else that is not ASCII, and spaces, in percents.

    Raises `ValueError` for what is not an address.
    """
    parts = urlsplit(url.strip())
    host = parts.hostname or ""
    if not host.isascii():
        host = host.encode("idna").decode("ascii")
    host = f"[{host}]" if ":" in host else host
    user = parts.netloc.rpartition("@")[0]
    where = (f"{user}@" if user else "") + host + (f":{parts.port}" if parts.port is not None else "")
    path, query = (quote(part, safe=_SAFE, errors="surrogateescape") for part in (parts.path, parts.query))
    return urlunsplit((parts.scheme.lower(), where, path, query, ""))


def _ask(url: str, allow_private: bool, largest: int, deadline: float, seconds: float) -> Fetched | str:
    """The page, or the address that it redirects to."""
    try:
        parts = urlsplit(encoded(url))
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise UsageError(f"{shown_line(url)} is not a web address.") from error
    if parts.scheme not in ("http", "https") or not host:
        raise UsageError(f"{shown_line(url)} is not the address of a web page; only http and https are fetched.")
    if parts.username or parts.password:
        raise UsageError("an address with a name and password in it is not fetched.")
    port = port or (443 if parts.scheme == "https" else 80)
    too_long = SummitreaderError(f"{shown_line(url)} was not fetched: it takes more than {seconds:.0f} seconds.")
    address = _in_time(lambda: _address(host, port, allow_private), deadline, too_long)
    connection = _Pinned(host, port, address, parts.scheme == "https", deadline)
    watchdog = threading.Timer(max(0.0, deadline - time.monotonic()), connection.expire)
    watchdog.daemon = True
    watchdog.start()
    try:
        path = urlunsplit(("", "", parts.path or "/", parts.query, ""))
        connection.request(
            "GET", path, headers={"User-Agent": _AGENT, "Accept": "text/html,*/*;q=0.5", "Accept-Encoding": "identity"}
        )
        response = connection.getresponse()
        if response.status in (301, 302, 303, 307, 308) and response.getheader("Location"):
            return str(response.getheader("Location")).encode("latin-1", "replace").decode("utf-8", "replace")
        if response.status != 200:
            raise SummitreaderError(f"{shown_line(url)} answered {response.status} {shown_line(response.reason)}.")
        data = _body(response, url, largest)
        if connection.expired:
            raise too_long
        return Fetched(url, data, response.headers.get_content_type(), response.headers.get_content_charset())
    except (OSError, http.client.HTTPException, ValueError, AttributeError) as error:
        if connection.expired or time.monotonic() >= deadline:
            raise too_long from error
        raise SummitreaderError(f"{shown_line(url)} could not be fetched: {_reason(error)}.") from error
    finally:
        watchdog.cancel()
        connection.close()


def _reason(error: Exception) -> str:
    if isinstance(error, http.client.IncompleteRead):
        return "the server ended in the middle of the page"
    if isinstance(error, TimeoutError):
        return "the server does not answer"
    if isinstance(error, ssl.SSLError):
        return f"its certificate or encryption is not accepted ({shown_line(error.reason or str(error))})"
    said = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return shown_line(said).rstrip(".").lower() or type(error).__name__


def _in_time(work: Callable[[], str], deadline: float, too_long: SummitreaderError) -> str:
    """What `work` gives, which nothing can interrupt: a thread does it, for which nobody waits after the deadline."""
    results: SimpleQueue[str | Exception] = SimpleQueue()

    def run() -> None:
        try:
            results.put(work())
        except Exception as error:  # raised again below
            results.put(error)

    threading.Thread(target=run, daemon=True).start()
    try:
        result = results.get(timeout=max(0.0, deadline - time.monotonic()))
    except Empty:
        raise too_long from None
    if isinstance(result, Exception):
        raise result
    return result


def _address(host: str, port: int, allow_private: bool) -> str:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise SummitreaderError(f"there is no host {shown_line(host)}, or the network cannot be reached.") from error
    addresses = [str(entry[4][0]).partition("%")[0] for entry in found]
    if not allow_private:
        for address in addresses:
            if not is_public(address):
                raise PrivateAddress(f"{shown_line(host)} is an address of a private network, which is not fetched.")
    return addresses[0]


def is_public(address: str) -> bool:
    """Whether an IP address, and any IPv4 address that it has inside, belongs to the public internet."""
    number = ipaddress.ip_address(address)
    for network, shift in _EMBEDDING:
        if number.version == 6 and number in network:
            inside = ipaddress.IPv4Address((int(number) >> shift) & 0xFFFFFFFF)
            return network != _EMBEDDING[3][0] and is_public(str(inside))
    if any(number.version == network.version and number in network for network in _PRIVATE):
        return False
    return number.is_global and not number.is_multicast


def _body(response: http.client.HTTPResponse, url: str, largest: int) -> bytes:
    data = bytearray()
    while chunk := response.read1(65536):
        data += chunk
        if len(data) > largest:
            raise SummitreaderError(f"{shown_line(url)} is larger than {largest // 1048576} MB.")
    length = response.getheader("Content-Length", "")
    if re.fullmatch(r"\d{1,15}", length) and len(data) < int(length) and not response.chunked:
        raise SummitreaderError(
            f"{shown_line(url)} was not fetched whole: {len(data):,} of {int(length):,} bytes came; try again."
        )
    return bytes(data)


class _Pinned(http.client.HTTPConnection):
    """A connection to the address that was checked, whatever the name leads to by now."""

    def __init__(self, host: str, port: int, address: str, secure: bool, deadline: float) -> None:
        super().__init__(host, port, timeout=max(0.1, min(10.0, deadline - time.monotonic())))
        self._address = address
        self._secure = secure
        self._line: socket.socket | None = None
        self.expired = False

    def connect(self) -> None:
        self.sock = self._line = socket.create_connection((self._address, self.port), self.timeout)
        if self._secure:
            context = ssl.create_default_context()
            secured = context.wrap_socket(self.sock, server_hostname=self.host, do_handshake_on_connect=False)
            self.sock = self._line = secured
            if not self.expired:
                secured.do_handshake()
        if self.expired:
            raise TimeoutError

    def expire(self) -> None:
        """Called by the watchdog: end the connection, whatever waits for it."""
        self.expired = True
        if self._line is not None:
            with contextlib.suppress(OSError):
                socket.socket.shutdown(self._line, socket.SHUT_RDWR)
