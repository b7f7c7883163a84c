"""The desk between HTTP and the workbench: few questions at a time, each answered and packed once."""

import asyncio
import gzip
from collections import OrderedDict
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from importlib.resources.abc import Traversable
from threading import Lock
from typing import TYPE_CHECKING, Any

import orjson
from pydantic import BaseModel
from starlette.requests import Request
from starlette.responses import Response

from entrepot.analyses.overview import Overview
from entrepot.analyses.result import Result
from entrepot.api.errors import BusyError

if TYPE_CHECKING:
    from entrepot.workbench import Workbench

WORKERS = 2
MOST_WAITING = 32
CACHE_BYTES = 64 * 2**20
PACK_FROM = 1024  # bytes; below, packing costs more than it saves
PACK_LEVEL = 3

Ask = Callable[["Workbench", dict[str, Any]], Any]


@dataclass(frozen=True, slots=True)
class Encoded:
    """An answer as it is kept: JSON, packed with gzip where that is worth it, as nearly every reader takes it so."""

    body: bytes
    packed: bool

    @property
    def plain(self) -> bytes:
        """The JSON itself."""
        return gzip.decompress(self.body) if self.packed else self.body


class Cache:
    """The answers last used, up to so many bytes."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._kept: OrderedDict[str, Encoded] = OrderedDict()
        self._bytes = 0

    def get(self, key: str) -> Encoded | None:
        """The answer, if it is still here."""
        found = self._kept.get(key)
        if found is not None:
            self._kept.move_to_end(key)
        return found

    def put(self, key: str, answer: Encoded) -> None:
        """Keep an answer; those longest unused go."""
        if key in self._kept or len(answer.body) > self._most:
            return
        self._kept[key] = answer
        self._bytes += len(answer.body)
        while self._bytes > self._most:
            self._bytes -= len(self._kept.popitem(last=False)[1].body)


class Desk:
    """Answers questions from one workbench, opened when the first one comes.

    Parameters
    ----------
    factory : opens the workbench; tried again after a failure.
    workers : quick questions computed at the same time. Slow ones, which compare all products, have one lane of their
        own, so that none of them keeps the quick ones waiting.
    waiting : further questions that may wait; beyond, `BusyError`.
    """

    def __init__(
        self, factory: Callable[[], "Workbench"], *, workers: int = WORKERS, waiting: int = MOST_WAITING
    ) -> None:
        self._factory = factory
        self._workbench: Workbench | None = None
        self._opening = Lock()
        self._quick = ThreadPoolExecutor(workers, thread_name_prefix="entrepot-quick")
        self._slow = ThreadPoolExecutor(1, thread_name_prefix="entrepot-slow")
        self._most = workers + waiting
        self._under_way: dict[str, asyncio.Task[Encoded]] = {}
        self._cache = Cache(CACHE_BYTES)
        self._code = code_fingerprint()

    async def give(
        self,
        request: Request,
        question: str,
        query: BaseModel,
        ask: Ask,
        *,
        slow: bool = False,
        media: str = "application/json",
        headers: Mapping[str, str] | None = None,
        mark: Callable[["Workbench"], str] | None = None,
    ) -> Response:
        """The answer to a question: "not modified", from memory, or computed.

        The tag names the version of the store, the code and the question, so that whatever changes an answer changes it.

        Parameters
        ----------
        media, headers : of an answer that is no JSON, but bytes of another kind.
        mark : what else the answer depends on, for what no version of the store holds.
        """
        workbench = self._workbench
        if workbench is None:
            workbench = await asyncio.get_running_loop().run_in_executor(self._quick, self._open)
        asked = query.model_dump(exclude_none=True)
        about = question if mark is None else f"{question} {mark(workbench)}"
        key = self._tag(workbench.snapshot.id, about, asked)
        sent = {**(headers or {}), "ETag": f'W/"{key}"', "Cache-Control": "no-cache", "Vary": "Accept-Encoding"}
        if _matches(request.headers.get("if-none-match"), key):
            return Response(status_code=304, headers=sent)
        pool = self._slow if slow else self._quick
        encoded = self._cache.get(key) or await self._computed(key, pool, lambda: _encode(ask(workbench, asked)))
        if encoded.packed and accepts_gzip(request.headers.get("accept-encoding", "")):
            return Response(encoded.body, headers=sent | {"Content-Encoding": "gzip"}, media_type=media)
        return Response(encoded.plain, headers=sent, media_type=media)

    async def _computed(self, key: str, pool: ThreadPoolExecutor, compute: Callable[[], Encoded]) -> Encoded:
        """Compute in a worker; the same question asked meanwhile waits for the same answer."""
        task = self._under_way.get(key)
        if task is None:
            if len(self._under_way) >= self._most:
                raise BusyError
            task = asyncio.create_task(self._compute(key, pool, compute))
            self._under_way[key] = task
        # Shielded: one reader who hangs up does not take the answer from the others.
        return await asyncio.shield(task)

    async def _compute(self, key: str, pool: ThreadPoolExecutor, compute: Callable[[], Encoded]) -> Encoded:
        try:
            encoded = await asyncio.get_running_loop().run_in_executor(pool, compute)
            self._cache.put(key, encoded)
            return encoded
        finally:
            del self._under_way[key]

    def _open(self) -> "Workbench":
        with self._opening:
            if self._workbench is None:
                self._workbench = self._factory()
            return self._workbench

    def _tag(self, snapshot: str, question: str, asked: dict[str, Any]) -> str:
        said = orjson.dumps([snapshot, self._code, question, asked], option=orjson.OPT_SORT_KEYS)
        return sha256(said).hexdigest()[:32]


def _encode(answer: Any) -> Encoded:
    if isinstance(answer, bytes):
        plain = answer
    else:
        plain = answer.to_json() if isinstance(answer, Result | Overview) else orjson.dumps(answer)
    if len(plain) <= PACK_FROM:
        return Encoded(plain, packed=False)
    return Encoded(gzip.compress(plain, PACK_LEVEL, mtime=0), packed=True)


def _matches(header: str | None, key: str) -> bool:
    """Whether the reader already has this answer."""
    if header is None:
        return False
    tags = {tag.strip().removeprefix("W/") for tag in header.split(",")}
    return "*" in tags or f'"{key}"' in tags


def accepts_gzip(header: str) -> bool:
    """Whether an Accept-Encoding header takes gzip.

    Examples
    --------
    >>> accepts_gzip("br, gzip;q=0.8"), accepts_gzip("gzip;q=0, br")
    (True, False)
    """
    for part in header.split(","):
        name, _, quality = part.strip().partition(";")
        if name.strip().lower() in {"gzip", "*"}:
            return quality.replace(" ", "") not in {"q=0", "q=0.0", "q=0.00", "q=0.000"}
    return False


def program_version() -> str:
    """The version of the installed package."""
    try:
        return version("entrepot")
    except PackageNotFoundError:
        return "0"


def code_fingerprint() -> str:
    """The version and a hash of the package's code, so that an answer computed by other code has another tag."""
    digest = sha256(program_version().encode())
    for name, content in _code_files(files("entrepot"), ""):
        digest.update(name.encode() + b"\0" + content)
    return digest.hexdigest()[:16]


def _code_files(folder: Traversable, inside: str) -> list[tuple[str, bytes]]:
    found: list[tuple[str, bytes]] = []
    for entry in sorted(folder.iterdir(), key=lambda one: one.name):
        name = f"{inside}/{entry.name}"
        if entry.is_dir():
            found += _code_files(entry, name) if entry.name not in {"static", "__pycache__"} else []
        elif entry.name.endswith((".py", ".json", ".css")):
            found.append((name, entry.read_bytes()))
    return found
