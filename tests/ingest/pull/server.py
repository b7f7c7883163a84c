"""A provider's server on this machine: it replays files, and misbehaves in every way that servers do."""

import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from entrepot.core.text import Text
from entrepot.sources.addresses import Address

Reply = Callable[[BaseHTTPRequestHandler], None]


class Server:
    """Replies to each path in the order in which they were given; the last one stays.

    Parameters
    ----------
    asked : (path, headers) of every request, in order.
    """

    def __init__(self, base: str) -> None:
        self.base = base
        self.asked: list[tuple[str, dict[str, str]]] = []
        self._replies: dict[str, list[Reply]] = {}

    def serve(self, path: str, *replies: Reply) -> str:
        self._replies[path] = list(replies)
        return self.base + path

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        self.asked.append((handler.path, {name.lower(): value for name, value in handler.headers.items()}))
        waiting = self._replies[handler.path]
        (waiting.pop(0) if len(waiting) > 1 else waiting[0])(handler)

    @property
    def ranges(self) -> list[str | None]:
        return [headers.get("range") for _, headers in self.asked]


class _Quiet(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_: object) -> None:
        """Readers hang up in the middle here; that is what is tested."""


@contextmanager
def running(certificate: tuple[Path, Path] | None = None) -> Iterator[Server]:
    """A server on a free port; by https with a certificate and its key."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            try:
                server.answer(self)
            except (BrokenPipeError, ConnectionResetError):
                self.close_connection = True

        def log_message(self, *_: object) -> None:
            pass

    http = _Quiet(("127.0.0.1", 0), Handler)
    server = Server(f"http://127.0.0.1:{http.server_port}")
    if certificate is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*certificate)
        http.socket = context.wrap_socket(http.socket, server_side=True)
        server = Server(f"https://localhost:{http.server_port}")
    thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server
    finally:
        http.shutdown()
        http.server_close()
        thread.join()


def address(url: str, name: str = "file.zip", **others: object) -> Address:
    fields: dict[str, object] = {
        "id": "sample",
        "provider": "CEPII GeoDist",
        "what": Text("a sample", "样本"),
        "url": url,
        "file": name,
        "page": "https://data.example.org/",
        "size_mb": 1,
        "cap_bytes": 10_000_000,
    }
    return Address(**(fields | others))  # type: ignore[arg-type]


def file(
    content: bytes,
    *,
    etag: str | None = '"one"',
    dies_after: int | None = None,
    ranges: bool = True,
    length: int | None = None,
    modified: str | None = None,
) -> Reply:
    """A file as a decent server gives it: with a tag, and in part where a part is asked for.

    Parameters
    ----------
    dies_after : the connection is cut after so many bytes of this answer.
    ranges : False ignores that only a part is asked for.
    length : what Content-Length says instead of the truth.
    """

    def reply(handler: BaseHTTPRequestHandler) -> None:
        headers = handler.headers
        if etag is not None and headers.get("If-None-Match") == etag:
            handler.send_response(304)
            handler.end_headers()
            return
        start = 0
        asked = headers.get("Range")
        if asked and ranges and headers.get("If-Range") in (etag, modified):
            start = int(asked.removeprefix("bytes=").partition("-")[0])
            if start >= len(content):
                handler.send_response(416)
                handler.send_header("Content-Range", f"bytes */{len(content)}")
                handler.send_header("Content-Length", "0")
                handler.end_headers()
                return
            handler.send_response(206)
            handler.send_header("Content-Range", f"bytes {start}-{len(content) - 1}/{len(content)}")
        else:
            handler.send_response(200)
        if etag is not None:
            handler.send_header("ETag", etag)
        if modified is not None:
            handler.send_header("Last-Modified", modified)
        body = content[start:]
        handler.send_header("Content-Length", str(len(body) if length is None else length))
        handler.end_headers()
        handler.wfile.write(body[:dies_after])
        if dies_after is not None or length is not None:
            handler.wfile.flush()
            handler.close_connection = True

    return reply


def status(code: int, body: bytes = b"", **headers: str) -> Reply:
    def reply(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(code)
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)

    return reply


def silent(released: threading.Event) -> Reply:
    """Takes the question and says nothing."""

    def reply(handler: BaseHTTPRequestHandler) -> None:
        released.wait(10)
        handler.close_connection = True

    return reply
