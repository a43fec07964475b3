"""The web server that shows the reader in tabs of a browser: a reader for each tab, behind an address with a secret."""

from __future__ import annotations

import secrets
import socket
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from summitreader.errors import SummitreaderError

if TYPE_CHECKING:
    from aiohttp import web

_ANYWHERE = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}
"""The addresses that mean all of a machine's, and the one by which the machine itself reaches them."""
_MOST_COLUMNS = 1000
_SECURITY = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


class TabServer:
    """Listens at once; `address` is what a browser opens. All but the page below the secret path, its static files and
    a socket for each tab is refused with 403: another `Host`, another `Origin` than that host, a path without the
    secret.

    Raises `SummitreaderError` where the extra is not installed or the port cannot be had.
    """

    def __init__(self, command: str, listen: str, port: int) -> None:
        """`command` is the line for a shell that starts a reader; port 0 takes one that is free."""
        try:
            from textual_serve.server import Server
        except ImportError as error:
            raise SummitreaderError("A tab needs the extra: pip install 'summitreader[serve]'.") from error
        family = socket.AF_INET6 if ":" in listen else socket.AF_INET
        try:
            self._socket = socket.create_server((listen, port), family=family)
        except (OSError, OverflowError) as error:
            raise SummitreaderError(f"{listen}, port {port}: {error}.") from error
        port = self._socket.getsockname()[1]
        host = _ANYWHERE.get(listen) or (f"[{listen}]" if ":" in listen else listen)
        self._prefix = f"/{secrets.token_urlsafe(24)}/"
        self._hosts = None if listen in _ANYWHERE else {f"{host}:{port}"}
        """The `Host`s that a request may name; None where it listens on all addresses and so knows none."""
        if self._hosts and listen == "127.0.0.1":
            self._hosts.add(f"localhost:{port}")
        self._server = Server(command, listen, port, "summitreader", f"http://{host}:{port}")
        self.address = f"http://{host}:{port}{self._prefix}"

    def run(self) -> None:
        """Serve until interrupted."""
        from aiohttp import web

        @web.middleware
        async def guard(
            request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
        ) -> web.StreamResponse:
            return (
                await handler(request)
                if self._may(request)
                else web.Response(status=403, text="This address is not complete, or another page asked for it.")
            )

        app = web.Application(middlewares=[guard])
        app.add_routes(
            [
                web.get(self._prefix, self._page),
                web.get(f"{self._prefix}ws", self._tab),
                web.static(f"{self._prefix}static", self._server.statics_path),
            ]
        )
        web.run_app(app, sock=self._socket, print=None, access_log=None, shutdown_timeout=1)

    def _may(self, request: web.Request) -> bool:
        origin, prefix = request.headers.get("Origin", ""), self._prefix
        is_tab = request.path == f"{prefix}ws"
        return (
            secrets.compare_digest(request.path[: len(prefix)].encode(), prefix.encode())
            and (self._hosts is None or request.host in self._hosts)
            and (origin == f"http://{request.host}" or not (origin or is_tab))
        )

    async def _tab(self, request: web.Request) -> web.StreamResponse:
        from aiohttp import web

        size = [request.query.get(name, "") for name in ("width", "height")]
        if not all(word.isdecimal() and len(word) < 5 and 0 < int(word) <= _MOST_COLUMNS for word in size):
            return web.Response(status=400, text="The size of the tab is missing.")
        answered: web.StreamResponse = await self._server.handle_websocket(request)
        return answered

    async def _page(self, request: web.Request) -> web.Response:
        from aiohttp import web
        from jinja2 import Environment, PackageLoader, select_autoescape

        nonce, socket_address = secrets.token_urlsafe(16), f"ws://{request.host}"
        templates = Environment(loader=PackageLoader("summitreader.tui", "data"), autoescape=select_autoescape())
        policy = (
            f"default-src 'none'; script-src 'nonce-{nonce}'; style-src 'self' 'unsafe-inline'; font-src 'self'; "
            f"img-src 'self' data:; connect-src {socket_address}; base-uri 'none'; form-action 'none'; "
            "frame-ancestors 'none'"
        )
        text = templates.get_template("tab.html.jinja").render(
            static=f"{self._prefix}static/", socket=f"{socket_address}{self._prefix}ws", nonce=nonce
        )
        return web.Response(
            text=text, content_type="text/html", headers={**_SECURITY, "Content-Security-Policy": policy}
        )
