"""`entrepot serve`: the browser app and the REST interface, for this machine unless told otherwise."""

import errno
import logging
import socket
import sys
from contextlib import suppress
from ipaddress import ip_address
from threading import Thread
from typing import TYPE_CHECKING

from entrepot.cli.bench import opened
from entrepot.core.errors import EntrepotError, InputError
from entrepot.core.text import Language, Text

if TYPE_CHECKING:
    from entrepot.workbench import Workbench

BACKLOG = 128


def serve(
    host: str, port: int, *, allow_remote: bool, allow_host: tuple[str, ...], debug: bool, lang: Language
) -> None:
    """Serve until interrupted.

    Parameters
    ----------
    host, port : where to listen; port 0 takes a free one.
    allow_remote : needed for a host that other machines can reach.
    allow_host : further names under which browsers may address the server (behind a proxy).

    Raises
    ------
    InputError
        If the host is not this machine's own without `allow_remote`, or the port is taken.
    """
    remote = not is_loopback(host)
    if remote and not allow_remote:
        raise _remote_refused(host)
    listening = _listen(host, port, lang)
    with listening:
        bench = opened(lang)
        import uvicorn

        from entrepot.api import create_app
        from entrepot.webui import Pages

        names = (host, socket.gethostname(), *allow_host) if remote else (host, *allow_host)
        app = create_app(lambda: bench, pages=Pages(), hosts=names, addresses_too=remote)
        logging.basicConfig(
            level=logging.DEBUG if debug else logging.WARNING, format="%(levelname)s %(name)s: %(message)s"
        )
        if remote:
            _warn(host, lang)
        _say(listening, lang)
        Thread(target=_read_ahead, args=(bench,), daemon=True).start()
        settings = uvicorn.Config(app, log_config=None, access_log=False, server_header=False, lifespan="off")
        try:
            uvicorn.Server(settings).run(sockets=[listening])
        except KeyboardInterrupt:
            # uvicorn has closed everything by now; stopping a server is no failure.
            sys.stderr.write(Text("Stopped.", "已停止。").say(lang) + "\n")


def _read_ahead(bench: "Workbench") -> None:
    """Read beside the first questions; what cannot be read is told by the question that needs it."""
    with suppress(EntrepotError):
        bench.read_ahead()


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach the host.

    Examples
    --------
    >>> is_loopback("127.0.0.1"), is_loopback("localhost"), is_loopback("0.0.0.0")
    (True, True, False)
    """
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host.lower() == "localhost"


def _listen(host: str, port: int, lang: Language) -> socket.socket:
    """Take the port before anything else, so that a taken one is told at once."""
    if not 0 <= port <= 65535:
        raise InputError(
            "bad_port",
            Text(f"--port is {port}; 0 to 65535.", f"--port 为 {port}；须在 0 到 65535 之间。"),
            field="port",
        )
    try:
        family, _, _, _, address = socket.getaddrinfo(host.strip("[]"), port, type=socket.SOCK_STREAM)[0]
    except (OSError, UnicodeError) as why:
        raise InputError(
            "unknown_host",
            Text(f"The host {host!r} cannot be resolved on this machine.", f"本机无法解析主机 {host!r}。"),
            field="host",
        ) from why
    taken = socket.socket(family, socket.SOCK_STREAM)
    try:
        # Otherwise a server that was just stopped would block its port for a minute.
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        taken.bind(address)
        taken.listen(BACKLOG)
    except OSError as why:
        taken.close()
        raise _not_listening(host, port, why) from why
    return taken


def _not_listening(host: str, port: int, why: OSError) -> InputError:
    if why.errno == errno.EADDRINUSE:
        return InputError(
            "port_taken",
            Text(
                f"Port {port} on {host} is taken by another program (perhaps another `entrepot serve`). Stop it, or choose "
                f"another port: --port {port + 1}.",
                f"{host} 的端口 {port} 已被其他程序占用（可能是另一个 `entrepot serve`）。请停止它，或换一个端口：--port {port + 1}。",
            ),
            field="port",
        )
    return InputError(
        "not_listening",
        Text(
            f"Cannot listen on {host}, port {port} ({why.strerror}). Choose another --host or --port.",
            f"无法在 {host} 的端口 {port} 上监听（{why.strerror}）。请换 --host 或 --port。",
        ),
        field="host",
    )


def _remote_refused(host: str) -> InputError:
    return InputError(
        "remote_not_allowed",
        Text(
            f"With --host {host}, other machines could reach the server, which asks nobody who they are. "
            "Add --allow-remote if that is meant.",
            f"使用 --host {host} 时，其他机器可以访问本服务器，而服务器不做身份验证。如确实需要，请加 --allow-remote。",
        ),
        field="host",
    )


def _warn(host: str, lang: Language) -> None:
    warning = Text(
        f"Warning: listening on {host}; every machine that reaches it can ask. There are no passwords and no encryption.",
        f"警告：正在 {host} 上监听；能访问它的任何机器都可以提问。没有密码，也没有加密。",
    )
    sys.stderr.write(warning.say(lang) + "\n")


def _say(listening: socket.socket, lang: Language) -> None:
    host, port = listening.getsockname()[:2]
    shown = f"[{host}]" if ":" in host else host
    line = Text(f"Entrepôt: http://{shown}:{port}  (Ctrl-C stops it)", f"商埠：http://{shown}:{port}（按 Ctrl-C 停止）")
    sys.stdout.write(line.say(lang) + "\n")
    sys.stdout.flush()
