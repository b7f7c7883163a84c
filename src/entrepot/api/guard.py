"""The guard before everything that is served: who may ask, how much, and what a browser may do with the answer."""

import logging
from collections.abc import Iterable
from ipaddress import ip_address
from urllib.parse import parse_qsl

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from entrepot.api.errors import OUR_FAULT, error_response, language_of
from entrepot.core.errors import EntrepotError, InputError
from entrepot.core.text import Text

LOOPBACK = ("localhost", "127.0.0.1", "::1")
LONGEST_QUERY = 4096
MOST_PARAMETERS = 40

# Scripts, styles, data and pictures from this server only, and no page of others around ours.
SECURITY_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'none'; "
        "frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
log = logging.getLogger("entrepot.api")


class Guard:
    """Checks a request before the app sees it, and marks every answer.

    Parameters
    ----------
    app : what is guarded.
    hosts : names, besides those of this machine's loopback, under which the server may be addressed.
    addresses_too : also take a bare IP address for a name of ours. A page elsewhere can make its own *name* point here
        (DNS rebinding), but cannot put an address into the Host header.
    """

    def __init__(self, app: ASGIApp, *, hosts: Iterable[str] = (), addresses_too: bool = False) -> None:
        self.app = app
        self.hosts = frozenset(host.lower() for host in (*LOOPBACK, *hosts))
        self.addresses_too = addresses_too

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        started = False

        async def marked(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                headers = MutableHeaders(scope=message)
                for name, value in SECURITY_HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        refusal = self._refusal(scope)
        try:
            if refusal is not None:
                status, error = refusal
                await error_response(error, language_of(scope), status=status)(scope, receive, marked)
            else:
                await self.app(scope, receive, marked)
        except Exception as error:
            # The traceback is for whoever runs the server with --debug, never for whoever asks.
            what = f"{type(error).__name__}: {error}"
            log.error("%s %s failed: %s", scope["method"], scope["path"], what)
            log.debug("where it failed", exc_info=error)
            if not started:
                await error_response(OUR_FAULT, language_of(scope), status=500)(scope, receive, marked)

    def _refusal(self, scope: Scope) -> tuple[int, EntrepotError] | None:
        host = Headers(scope=scope).get("host", "")
        if not self._is_ours(host):
            return 400, _unknown_host(host)
        query = scope.get("query_string", b"")
        if len(query) > LONGEST_QUERY:
            return 414, _too_long(len(query))
        names = [name for name, _ in parse_qsl(query.decode("latin-1"), keep_blank_values=True)]
        twice = next((name for name in names if names.count(name) > 1), None) if len(names) <= MOST_PARAMETERS else ""
        return None if twice is None else (422, _repeated(twice, len(names)))

    def _is_ours(self, header: str) -> bool:
        name = host_name(header)
        return name in self.hosts or (self.addresses_too and _is_address(name))


def host_name(header: str) -> str:
    """The name in a Host header, without port and brackets.

    Examples
    --------
    >>> host_name("LOCALHOST:8000"), host_name("[::1]:8000"), host_name("::1")
    ('localhost', '::1', '::1')
    """
    text = header.strip().lower()
    if text.startswith("["):
        return text[1:].partition("]")[0]
    return text if text.count(":") > 1 else text.partition(":")[0]


def _is_address(name: str) -> bool:
    try:
        ip_address(name)
    except ValueError:
        return False
    return True


def _unknown_host(host: str) -> InputError:
    return InputError(
        "unknown_host",
        Text(
            f"This server does not go by the name {host[:80]!r}. Use the address that it printed when it started; "
            "further names are allowed with --allow-host.",
            f"本服务器不以 {host[:80]!r} 为名。请使用启动时显示的地址；其他名称可用 --allow-host 允许。",
        ),
        field="host",
    )


def _too_long(size: int) -> InputError:
    return InputError(
        "query_too_long",
        Text(f"The query has {size} bytes; at most {LONGEST_QUERY}.", f"查询串有 {size} 字节；至多 {LONGEST_QUERY}。"),
    )


def _repeated(name: str, many: int) -> InputError:
    if not name:
        return InputError(
            "too_many_parameters",
            Text(f"{many} parameters; at most {MOST_PARAMETERS}.", f"共 {many} 个参数；至多 {MOST_PARAMETERS} 个。"),
        )
    return InputError(
        "repeated_parameter",
        Text(f"The parameter {name[:60]!r} is given more than once.", f"参数 {name[:60]!r} 重复给出。"),
        field=name[:60],
    )
