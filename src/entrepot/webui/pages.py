"""The files of the browser app over HTTP. What is not among them is never looked for on the disk."""

import gzip
import re
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import Receive, Scope, Send

STATIC = Path(__file__).parent / "static"

# Told by the suffix alone: a system's own table of types may be wrong or absent.
TYPES = {
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".json": "application/json",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".ico": "image/x-icon",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
    ".txt": "text/plain; charset=utf-8",
    ".webmanifest": "application/manifest+json",
}
PACKABLE = {".html", ".js", ".css", ".json", ".svg", ".txt", ".webmanifest"}
PACK_FROM = 1024
# A name that holds a hash of the content never stands for other content.
HASHED = re.compile(r"^assets/.+-[A-Za-z0-9_-]{8,}\.\w+$")

NOT_BUILT = """<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Entrepôt</title></head>
<body>
<h1>Entrepôt · 商埠</h1>
<p>The server runs, but the browser app has not been built. In the checkout, run <code>make web</code> (it needs Node 20 or
newer), then load this page again. The interface for programs works meanwhile: <a href="/api/v1/openapi.json">OpenAPI</a>.</p>
<p lang="zh">服务器已运行，但网页应用尚未构建。请在代码目录中运行 <code>make web</code>（需要 Node 20 或更新版本），
然后重新载入本页。程序接口现已可用：<a href="/api/v1/openapi.json">OpenAPI</a>。</p>
</body>
</html>
"""


@dataclass(frozen=True, slots=True)
class Asset:
    """A file of the app as it goes over the wire."""

    content: bytes
    packed: bytes | None
    kind: str
    tag: str
    lasting: bool


class Pages:
    """The browser app as an ASGI app: its files, and the page itself for every address that is a view of it.

    Parameters
    ----------
    folder : the built app; a friendly page says what to do if it is not there.
    """

    def __init__(self, folder: Path = STATIC) -> None:
        self._folder = folder
        self._built: int | None = None
        self._assets: dict[str, Asset] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        request = Request(scope)
        await self._answer(request)(scope, receive, send)

    def _answer(self, request: Request) -> Response:
        if request.method not in {"GET", "HEAD"}:
            return PlainTextResponse("Only GET. 只支持 GET。\n", 405, headers={"Allow": "GET, HEAD"})
        self._look()
        name = request.url.path.lstrip("/")
        # The state of a view is in its URL: whatever does not look like a file is the page.
        asset = self._assets.get(name) or (
            self._assets.get("index.html") if "." not in name.rpartition("/")[2] else None
        )
        if asset is not None:
            return _response(asset, request)
        if "index.html" not in self._assets:
            return Response(NOT_BUILT, 503, headers={"Cache-Control": "no-store"}, media_type=TYPES[".html"])
        return PlainTextResponse("There is no such file. 没有此文件。\n", 404)

    def _look(self) -> None:
        """Read the app again if it was built since."""
        try:
            built: int | None = (self._folder / "index.html").stat().st_mtime_ns
        except OSError:
            built = None
        if built == self._built:
            return
        files = [file for file in self._folder.rglob("*") if file.is_file()] if built is not None else []
        self._assets = {file.relative_to(self._folder).as_posix(): _asset(file, self._folder) for file in files}
        self._built = built


def _asset(file: Path, folder: Path) -> Asset:
    content, suffix = file.read_bytes(), file.suffix.lower()
    packed = gzip.compress(content, mtime=0) if suffix in PACKABLE and len(content) > PACK_FROM else None
    lasting = bool(HASHED.match(file.relative_to(folder).as_posix()))
    kind = TYPES.get(suffix, "application/octet-stream")
    return Asset(content, packed, kind, f'W/"{sha256(content).hexdigest()[:32]}"', lasting)


def _response(asset: Asset, request: Request) -> Response:
    lasting = "public, max-age=31536000, immutable"
    headers = {
        "ETag": asset.tag,
        "Vary": "Accept-Encoding",
        "Cache-Control": lasting if asset.lasting else "no-cache",
    }
    if asset.tag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    packed = asset.packed if "gzip" in request.headers.get("accept-encoding", "") else None
    if packed is not None:
        headers["Content-Encoding"] = "gzip"
    return Response(asset.content if packed is None else packed, headers=headers, media_type=asset.kind)
