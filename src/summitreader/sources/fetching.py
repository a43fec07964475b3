"""One page from the web, fetched only because the user said so.

http and https only; the addresses of the host are looked up once, refused where they are private, and the connection
goes to the very address that was checked, at every redirect anew; size, time and redirects have limits.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
import time
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit, urlunsplit

from summitreader.errors import SummitreaderError, UsageError
from summitreader.text.gate import shown_line

LARGEST = 16 * 1024 * 1024
SECONDS = 30.0
MOST_REDIRECTS = 5
_AGENT = "summitreader (a reader fetching one page for a person)"


@dataclass(frozen=True, slots=True)
class Fetched:
    """`url` is where the page was found in the end, `kind` its media type, `charset` what the server says it is in."""

    url: str
    data: bytes
    kind: str
    charset: str | None


def fetch(url: str, *, allow_private: bool = False, largest: int = LARGEST, seconds: float = SECONDS) -> Fetched:
    """The page at `url`. Raises `UsageError` for what is no web address, `SummitreaderError` where it cannot be had."""
    deadline = time.monotonic() + seconds
    for _ in range(MOST_REDIRECTS + 1):
        answer = _ask(url, allow_private, largest, deadline)
        if isinstance(answer, Fetched):
            return answer
        following = urljoin(url, answer)
        if urlsplit(url).scheme == "https" and urlsplit(following).scheme != "https":
            raise SummitreaderError(
                f"{shown_line(url)} leads from https to {shown_line(following)}, which is not followed."
            )
        url = following
    raise SummitreaderError(f"{shown_line(url)} leads on and on; after {MOST_REDIRECTS} steps it is not followed.")


def _ask(url: str, allow_private: bool, largest: int, deadline: float) -> Fetched | str:
    """The page, or where it says that it is."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise UsageError(f"{shown_line(url)} is no web address.") from error
    if parts.scheme not in ("http", "https") or not host:
        raise UsageError(f"{shown_line(url)} is no address of a web page; only http and https are fetched.")
    if parts.username or parts.password:
        raise UsageError("an address with a name and password in it is not fetched.")
    port = port or (443 if parts.scheme == "https" else 80)
    address = _address(host, port, allow_private)
    connection = _Pinned(host, port, address, parts.scheme == "https", deadline)
    try:
        path = urlunsplit(("", "", parts.path or "/", parts.query, ""))
        connection.request(
            "GET", path, headers={"User-Agent": _AGENT, "Accept": "text/html,*/*;q=0.5", "Accept-Encoding": "identity"}
        )
        response = connection.getresponse()
        if response.status in (301, 302, 303, 307, 308) and response.getheader("Location"):
            return str(response.getheader("Location"))
        if response.status != 200:
            raise SummitreaderError(f"{shown_line(url)} answered {response.status} {shown_line(response.reason)}.")
        data = _body(response, url, largest, deadline)
        return Fetched(url, data, response.headers.get_content_type(), response.headers.get_content_charset())
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise SummitreaderError(
            f"{shown_line(url)} could not be fetched: {shown_line(str(error)) or type(error).__name__}."
        ) from error
    finally:
        connection.close()


def _address(host: str, port: int, allow_private: bool) -> str:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise SummitreaderError(f"there is no host {shown_line(host)}, or the network cannot be reached.") from error
    addresses = [str(entry[4][0]).partition("%")[0] for entry in found]
    if not allow_private:
        for address in addresses:
            number = ipaddress.ip_address(address)
            mapped = getattr(number, "ipv4_mapped", None)
            if not (mapped or number).is_global or number.is_multicast:
                raise SummitreaderError(
                    f"{shown_line(host)} is an address of a private network; --allow-private fetches from those too."
                )
    return addresses[0]


def _body(response: http.client.HTTPResponse, url: str, largest: int, deadline: float) -> bytes:
    data = bytearray()
    while chunk := response.read1(65536):
        data += chunk
        if len(data) > largest:
            raise SummitreaderError(f"{shown_line(url)} is larger than {largest // 1048576} MB.")
        if time.monotonic() > deadline:
            raise SummitreaderError(f"{shown_line(url)} takes too long.")
    return bytes(data)


class _Pinned(http.client.HTTPConnection):
    """A connection to the address that was checked, whatever the name leads to by now."""

    def __init__(self, host: str, port: int, address: str, secure: bool, deadline: float) -> None:
        super().__init__(host, port, timeout=max(0.1, min(10.0, deadline - time.monotonic())))
        self._address = address
        self._secure = secure

    def connect(self) -> None:
        self.sock = socket.create_connection((self._address, self.port), self.timeout)
        if self._secure:
            self.sock = ssl.create_default_context().wrap_socket(self.sock, server_hostname=self.host)
