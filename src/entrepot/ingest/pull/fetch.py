"""Fetch one file: in parts if need be, checked before it gets its name, never more than it may be."""

import json
import os
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

import httpx
from filelock import FileLock, Timeout

from entrepot.core.errors import DataError, InputError
from entrepot.core.text import Text
from entrepot.ingest.pull import receipt as receipts
from entrepot.ingest.pull.content import START_BYTES, wrong_start, wrong_whole
from entrepot.ingest.pull.exchange import Exchange, Limits, PassingTroubleError, user_agent
from entrepot.ingest.pull.receipt import Receipt
from entrepot.sources.addresses import MB, Address
from entrepot.sources.provider import Provider

PIECE = 1 << 16
PART, STATE, LOCK = ".part", ".part.json", ".pull.lock"

Progress = Callable[[str, float], None]


@dataclass(frozen=True, slots=True)
class Fetched:
    """A file as it lies on the disk.

    Parameters
    ----------
    unchanged : the provider still has the same file as last time; nothing was sent.
    replaced : hash of the file of another content that lay there before; null where none did.
    resumed : bytes that were there from an earlier attempt of the program and were not sent again.
    """

    file: Address
    path: Path
    receipt: Receipt
    unchanged: bool = False
    replaced: str | None = None
    resumed: int = 0


@dataclass(frozen=True, slots=True)
class _State:
    """What a part is a part of."""

    url: str
    validator: str | None
    etag: str | None
    last_modified: str | None
    total: int | None


def fetch(
    file: Address,
    provider: Provider,
    folder: Path,
    *,
    progress: Progress | None = None,
    limits: Limits | None = None,
    test_server: bool = False,
    wait: Callable[[float], None] = time.sleep,
) -> Fetched:
    """Fetch a file into a folder, or go on where an earlier attempt stopped.

    Parameters
    ----------
    file : the address, from `sources.addresses`.
    folder : made if it is not there.
    progress : called with the name of the file and the fraction that is there.
    test_server : for tests only: see `door.way_to`.
    wait : how to wait some seconds.

    Returns
    -------
    Fetched
        The file under its own name, with its receipt beside it.

    Raises
    ------
    DataError
        ``unsafe_address``, ``bad_certificate``, ``too_many_redirects``, ``address_gone``, ``address_refused``,
        ``unexpected_answer``, ``not_the_file``, ``file_too_large``, ``wrong_checksum``, ``gave_up``. What has come stays
        as NAME.part where it can be gone on with, and the message says so.
    InputError
        ``file_exists``: a file of that name lies there that was not fetched. ``pull_running``; ``cannot_write``.

    Examples
    --------
    >>> fetch(geodist, cepii, Path("downloads")).path.name  # doctest: +SKIP
    'dist_cepii.dta'
    """
    limits = limits or Limits()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with FileLock(folder / LOCK, timeout=0):
            download = _Download(file, provider, folder, progress or (lambda label, fraction: None), limits)
            return download.run(wait, test_server=test_server)
    except Timeout as error:
        raise InputError(
            "pull_running",
            Text(f"Another `data pull` is writing to {folder}.", f"另一个 `data pull` 正在写入 {folder}。"),
            field="to",
        ) from error
    except OSError as error:
        raise InputError(
            "cannot_write",
            Text(f"{folder} cannot be written to ({error}).", f"无法写入 {folder}（{error}）。"),
            field="to",
        ) from error


class _Download:
    def __init__(self, file: Address, provider: Provider, folder: Path, progress: Progress, limits: Limits) -> None:
        self._file, self._provider, self._limits = file, provider, limits
        self._progress = progress
        self._final = folder / file.file
        self._part = folder / (file.file + PART)
        self._state_file = folder / (file.file + STATE)
        self._former = receipts.belonging(self._final)
        self._begun_at = 0

    def run(self, wait: Callable[[float], None], *, test_server: bool) -> Fetched:
        if self._final.exists() and self._former is None:
            raise InputError(
                "file_exists",
                Text(
                    f"{self._final} is there already and was not fetched by this program, or was changed since. "
                    "Move it away first.",
                    f"{self._final} 已存在，且并非由本程序下载，或下载后被修改过。请先移走。",
                ),
                field="to",
            )
        self._begun_at = self._size()
        exchange = Exchange(self._file.hosts, self._limits, test_server=test_server)
        try:
            return self._patiently(exchange, wait)
        finally:
            exchange.close()

    def _patiently(self, exchange: Exchange, wait: Callable[[float], None]) -> Fetched:
        """Attempt after attempt. Only a byte further than ever before begins the count anew, so it always ends."""
        failures, furthest, pause = 0, self._size(), self._limits.first_wait_s
        while True:
            try:
                return self._attempt(exchange)
            except PassingTroubleError as trouble:
                if self._size() > furthest:
                    failures, furthest, pause = 0, self._size(), self._limits.first_wait_s
                failures += 1
                asked = trouble.asked_s or 0.0
                most = self._limits.attempts if trouble.hopeful else min(2, self._limits.attempts)
                if failures >= most or asked > self._limits.longest_asked_s:
                    raise self._gave_up(trouble, failures) from trouble
                wait(max(pause, asked))
                pause = min(pause * 2, self._limits.longest_wait_s)

    def _attempt(self, exchange: Exchange) -> Fetched:
        state = self._state()
        offset = self._size() if state is not None else 0
        headers = {"User-Agent": user_agent(), "Accept": "*/*", "Accept-Encoding": "identity"}
        if state is not None and state.validator is not None and offset:
            headers |= {"Range": f"bytes={offset}-", "If-Range": state.validator}
        elif self._former is not None and self._former.url == self._file.url:
            known = {"If-None-Match": self._former.etag, "If-Modified-Since": self._former.last_modified}
            headers |= {name: value for name, value in known.items() if value}
        with exchange.answer(self._file.url, headers) as (response, came_from):
            status = response.status_code
            if status == 304 and self._former is not None:
                return Fetched(self._file, self._final, self._former, unchanged=True)
            if status == 416 and state is not None and _total_of(response) == offset:
                return self._finished(state, came_from)  # it was complete, only its name was missing
            if status == 206 and state is not None and _continues(response, state, offset):
                self._received(response, state, offset)
            elif status == 200:
                state = self._begin(response)
                self._received(response, state, 0)
            elif status in (206, 416):
                self._forget()
                raise PassingTroubleError(Text("the file changed in between", "文件在此期间已更改"))
            else:
                raise self._refused(status)
        return self._finished(state, came_from)

    def _begin(self, response: httpx.Response) -> _State:
        """Start anew: what this part will be a part of stands on the disk before its first byte."""
        self._forget()
        head = response.headers
        etag, modified = head.get("etag"), head.get("last-modified")
        encoded = head.get("content-encoding", "identity").lower() != "identity"
        strong = etag if etag and not etag.startswith("W/") else None
        # Of a packed answer neither the length nor any range says something about the file itself.
        length = None if encoded else head.get("content-length", "")
        total = int(length) if length and length.isdecimal() else None
        state = _State(self._file.url, None if encoded else strong or modified, etag, modified, total)
        if total is not None and total > self._file.cap_bytes:
            raise self._too_large(total)
        receipts.write_json(self._state_file, asdict(state))
        return state

    def _received(self, response: httpx.Response, state: _State, offset: int) -> None:
        try:
            self._receive(response, state, offset)
        except DataError:
            self._forget()  # what came is not worth going on with
            raise

    def _receive(self, response: httpx.Response, state: _State, offset: int) -> None:
        total = state.total or max(int(self._file.size_mb * MB), 1)
        start = bytearray()
        judged = offset > 0
        with self._part.open("ab") as out:
            for piece in _pieces(response):
                if not judged:
                    start += piece
                    judged = len(start) >= START_BYTES
                    self._judge(wrong_start(self._file.file, bytes(start)) if judged else None)
                offset += len(piece)
                if offset > self._file.cap_bytes:
                    raise self._too_large(offset)
                out.write(piece)
                self._progress(self._file.file, min(offset / total, 1.0))
        if state.total is not None and offset < state.total:
            raise PassingTroubleError(
                Text(
                    f"the file ended at {offset:,} of {state.total:,} bytes",
                    f"文件在 {offset:,}/{state.total:,} 字节处中断",
                )
            )

    def _finished(self, state: _State, came_from: str) -> Fetched:
        if state.total is not None and self._size() > state.total:
            self._forget()
            raise PassingTroubleError(Text("more came than was announced", "收到的内容多于声明的长度"))
        try:
            found = self._checked()
        except DataError:
            self._forget()
            raise
        receipt = Receipt(
            provider=self._file.provider,
            what=self._file.what.en,
            url=self._file.url,
            came_from=came_from,
            retrieved=datetime.now(UTC).isoformat(timespec="seconds"),
            etag=state.etag,
            last_modified=state.last_modified,
            sha256=found,
            bytes=self._size(),
            licence=self._provider.licence,
            licence_url=self._provider.licence_url,
        )
        former = self._former
        receipts.write(receipt, self._final)
        self._part.replace(self._final)
        self._state_file.unlink(missing_ok=True)
        replaced = former.sha256 if former is not None and former.sha256 != found else None
        return Fetched(self._file, self._final, receipt, replaced=replaced, resumed=self._begun_at)

    def _checked(self) -> str:
        """The hash of the whole part, if it is the file that was asked for."""
        if not self._part.exists():
            self._part.touch()
        self._judge(wrong_whole(self._part, self._file.file))
        found = receipts.sha256_of(self._part)
        known = self._file.sha256
        if known is not None and found != known:
            raise self._fault(
                "wrong_checksum",
                Text(
                    f"what came is not the file that is known (SHA-256 {found[:16]}… instead of {known[:16]}…), and "
                    "it was deleted",
                    f"收到的文件与已知文件不符（SHA-256 为 {found[:16]}…，应为 {known[:16]}…），已删除",
                ),
            )
        with self._part.open("rb") as written:
            os.fsync(written.fileno())
        return found

    def _judge(self, wrong: Text | None) -> None:
        if wrong is not None:
            raise self._fault("not_the_file", wrong, self._by_hand())

    def _size(self) -> int:
        return self._part.stat().st_size if self._part.exists() else 0

    def _state(self) -> _State | None:
        """What the part at hand is a part of; a part of another address or of nothing known is forgotten."""
        try:
            state = _State(**json.loads(self._state_file.read_text("utf-8")))
        except (OSError, ValueError, TypeError):
            state = None
        if state is not None and state.url == self._file.url and state.validator and self._part.exists():
            return state
        self._forget()
        return None

    def _forget(self) -> None:
        self._begun_at = 0
        self._part.unlink(missing_ok=True)
        self._state_file.unlink(missing_ok=True)

    def _fault(self, code: str, what: Text, after: Text = Text("", "")) -> DataError:
        file = self._file
        return DataError(
            code,
            Text(
                f"{file.provider}, {file.url}: {what.en}. {after.en}".rstrip(),
                f"{file.provider}，{file.url}：{what.zh}。{after.zh}",
            ),
            field="what",
        )

    def _by_hand(self) -> Text:
        page = self._file.page
        return Text(
            f"By hand: {page}, then `entrepot data add FILE`.", f"手工下载：{page}，再运行 `entrepot data add 文件`。"
        )

    def _refused(self, status: int) -> DataError:
        code, what = "unexpected_answer", Text(f"the server answers with status {status}", f"服务器返回状态 {status}")
        if status in (404, 410):
            code = "address_gone"
            what = Text(f"there is no such file any more (status {status})", f"该文件已不存在（状态 {status}）")
        elif status in (401, 403):
            code = "address_refused"
            what = Text(f"the server gives it to people only (status {status})", f"服务器拒绝程序下载（状态 {status}）")
        return self._fault(code, what, self._by_hand())

    def _too_large(self, size: int) -> DataError:
        cap = self._file.cap_bytes
        return self._fault(
            "file_too_large",
            Text(
                f"it has {size:,} bytes or more, and at most {cap:,} are taken",
                f"文件达 {size:,} 字节，超过上限 {cap:,}",
            ),
        )

    def _gave_up(self, trouble: PassingTroubleError, failures: int) -> DataError:
        asked = trouble.asked_s
        what = Text(f"{trouble.what.en}, {failures} times in a row", f"{trouble.what.zh}，连续 {failures} 次")
        if asked is not None and asked > self._limits.longest_asked_s:
            what = Text(
                f"{trouble.what.en} and asks to come back in {asked:,.0f} seconds",
                f"{trouble.what.zh}，并要求 {asked:,.0f} 秒后再试",
            )
        if self._state() is None:
            return self._fault("gave_up", what, Text("Try again later.", "请稍后重试。"))
        kept = Text(
            f"The first {self._size():,} bytes are kept in {self._part}; the same command goes on from there.",
            f"已下载的 {self._size():,} 字节保存在 {self._part}；再次运行同一命令即可续传。",
        )
        return self._fault("gave_up", what, kept)


def _pieces(response: httpx.Response) -> Iterator[bytes]:
    packed = response.headers.get("content-encoding", "identity").lower() != "identity"
    return response.iter_bytes(PIECE) if packed else response.iter_raw(PIECE)


def _total_of(response: httpx.Response) -> int | None:
    """The length of the whole file that a Content-Range gives."""
    total = response.headers.get("content-range", "").rpartition("/")[2]
    return int(total) if total.isdecimal() else None


def _continues(response: httpx.Response, state: _State, offset: int) -> bool:
    """Whether a partial answer is the rest of what is at hand."""
    begins = response.headers.get("content-range", "").removeprefix("bytes ").partition("-")[0]
    same_tag = state.etag is None or response.headers.get("etag", state.etag) == state.etag
    total = _total_of(response)
    same_length = state.total is None or total is None or total == state.total
    return begins == str(offset) and same_tag and same_length
