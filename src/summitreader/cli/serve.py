"""The reader in a tab of a browser, on this machine.

It prints an address that holds a secret. Whoever opens the address has the reader: each tab runs one of its own, all
keep notes in one place. Only this machine can reach it, unless --listen names another address.
"""

from __future__ import annotations

import os
import secrets
import shlex
import subprocess
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

from summitreader.cli import path
from summitreader.cli.output import emit, talk
from summitreader.errors import SummitreaderError
from summitreader.processes import INSTALLED, child_environment, module_command

if TYPE_CHECKING:
    from aiohttp import web

_LOOPBACK = "127.0.0.1"
_ANYWHERE = ("0.0.0.0", "::")
_MOST_COLUMNS = 1000
_SECURITY = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("paths", nargs="*", type=path, metavar="PATH", help="a folder of sources, or files")
    parser.add_argument("--port", type=int, default=0, metavar="N", help="default: one that is free")
    parser.add_argument(
        "--listen",
        default=_LOOPBACK,
        metavar="ADDRESS",
        help="be reached from other machines at this address too: unencrypted, and whoever has the address printed "
        "reads the sources and changes the notes",
    )


def run(arguments: Namespace) -> int:
    try:
        from aiohttp import web
        from textual_serve.server import Server
    except ImportError as error:
        raise SummitreaderError("A tab needs the extra: pip install 'summitreader[serve]'.") from error
    import socket

    for named in arguments.paths:
        if not named.exists():
            raise SummitreaderError(f"No such file or folder: {named}.")
    command = _command(arguments)
    try:
        listening = socket.create_server((arguments.listen, arguments.port), family=_family(arguments.listen))
    except (OSError, OverflowError) as error:
        raise SummitreaderError(f"{arguments.listen}, port {arguments.port}: {error}.") from error
    port = listening.getsockname()[1]
    if arguments.listen != _LOOPBACK:
        talk(
            f"Listening on {arguments.listen}: whoever reaches this machine and has the address can read these sources "
            "and change your notes. Nothing is encrypted."
        )
    token = secrets.token_urlsafe(24)
    at = _named(_LOOPBACK if arguments.listen in _ANYWHERE else arguments.listen)
    emit(f"http://{at}:{port}/{token}/")
    sys.stdout.flush()
    talk("Ctrl-C ends it.")
    os.environ.update(child_environment())
    os.chdir(INSTALLED)
    server = Server(command, arguments.listen, port, "summitreader", f"http://{at}:{port}")
    app = tab_application(server, token, hosts_of(arguments.listen, port))
    web.run_app(app, sock=listening, print=None, access_log=None, shutdown_timeout=1)
    return 0


def hosts_of(listen: str, port: int) -> frozenset[str] | None:
    """The `Host`s that a request may name; None where the reader listens on all addresses and so knows none."""
    if listen in _ANYWHERE:
        return None
    names = {_LOOPBACK, "localhost"} if listen == _LOOPBACK else {listen}
    return frozenset(f"{_named(name)}:{port}" for name in names)


def tab_application(server: Any, token: str, hosts: frozenset[str] | None) -> web.Application:
    """The web application below `/TOKEN/`: the page, its static files, and a socket for each tab (`server` is a
    textual-serve `Server`). All else is refused with 403: another `Host` than `hosts`, another `Origin` than that
    host, a path without the token."""
    from aiohttp import web

    prefix = f"/{token}/"

    @web.middleware
    async def guard(
        request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
    ) -> web.StreamResponse:
        origin = request.headers.get("Origin", "")
        is_tab = request.path == f"{prefix}ws"
        if (
            not secrets.compare_digest(request.path[: len(prefix)].encode(), prefix.encode())
            or (hosts is not None and request.host not in hosts)
            or ((origin or is_tab) and origin != f"http://{request.host}")
        ):
            return web.Response(status=403, text="This address is not complete, or another page asked for it.")
        return await handler(request)

    async def index(request: web.Request) -> web.Response:
        return _page(request.host, prefix)

    async def tab(request: web.Request) -> web.StreamResponse:
        size = [request.query.get(name, "") for name in ("width", "height")]
        if not all(word.isdecimal() and len(word) < 5 and 0 < int(word) <= _MOST_COLUMNS for word in size):
            return web.Response(status=400, text="The size of the tab is missing.")
        answered: web.StreamResponse = await server.handle_websocket(request)
        return answered

    app = web.Application(middlewares=[guard])
    app.add_routes(
        [web.get(prefix, index), web.get(f"{prefix}ws", tab), web.static(f"{prefix}static", server.statics_path)]
    )
    return app


def _page(host: str, prefix: str) -> web.Response:
    from aiohttp import web
    from jinja2 import Environment, PackageLoader, select_autoescape

    nonce = secrets.token_urlsafe(16)
    templates = Environment(loader=PackageLoader("summitreader.cli", "data"), autoescape=select_autoescape())
    policy = (
        f"default-src 'none'; script-src 'nonce-{nonce}'; style-src 'self' 'unsafe-inline'; font-src 'self'; "
        f"img-src 'self' data:; connect-src ws://{host}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )
    text = templates.get_template("tab.html.jinja").render(
        static=f"{prefix}static/", socket=f"ws://{host}{prefix}ws", nonce=nonce
    )
    return web.Response(text=text, content_type="text/html", headers={**_SECURITY, "Content-Security-Policy": policy})


def _command(arguments: Namespace) -> str:
    """The reader on these paths, as one line for the shell that starts it for each tab."""
    words = [*module_command("summitreader"), *(str(named.absolute()) for named in arguments.paths)]
    if arguments.data_dir is not None:
        words += ["--data-dir", str(arguments.data_dir.absolute())]
    return subprocess.list2cmdline(words) if sys.platform == "win32" else f"exec {shlex.join(words)}"


def _named(address: str) -> str:
    return f"[{address}]" if ":" in address else address


def _family(address: str) -> int:
    import socket

    return socket.AF_INET6 if ":" in address else socket.AF_INET
