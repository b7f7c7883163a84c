"""Zip archives from outside, read without trusting them: names, sizes and ratios are checked before a byte is used."""

import io
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO

from entrepot.core.errors import DataError
from entrepot.core.text import Text
from entrepot.sources.faults import bad_file

MAX_ENTRIES = 2_000
# A year of BACI at HS6 is 0.4 GB; a release of 30 years about 8.
MAX_ENTRY_BYTES = 16 * 2**30
MAX_TOTAL_BYTES = 64 * 2**30
# Text of numbers compresses 5 to 20 times; a bomb 1,000 times. Small entries may be as repetitive as they like.
MAX_RATIO = 200
RATIO_FREE_BYTES = 16 * 2**20

DOWNLOAD_AGAIN = Text(
    "Download the file again from its provider; if it stays so, unpack it yourself and add the folder.",
    "请从发布方重新下载该文件；若问题依旧，请自行解压后添加文件夹。",
)


@dataclass(frozen=True, slots=True)
class Entry:
    """A file inside an archive: its name and its size in bytes, unpacked."""

    name: str
    size: int


def entries_of(path: Path, provider: str = "–") -> tuple[Entry, ...]:
    """The files in an archive, in its order, if all of it is safe to read.

    Raises
    ------
    DataError
        ``bad_archive`` (no zip file, damaged), ``unsafe_entry`` (a name that leaves the archive, a link, encryption),
        ``archive_too_large`` (more entries, bytes or a higher ratio than any official file has).
    """
    with _opened(path, provider) as archive:
        return tuple(Entry(info.filename, info.file_size) for info in _safe_infos(archive, path, provider))


@contextmanager
def opened_entry(path: Path, name: str, provider: str = "–") -> Iterator[IO[bytes]]:
    """A stream of the unpacked bytes of an entry; it ends with an error if they are more than the archive said.

    Raises
    ------
    DataError
        As `entries_of`, and ``bad_archive`` when the packed bytes are damaged.
    """
    with _opened(path, provider) as archive:
        infos = {info.filename: info for info in _safe_infos(archive, path, provider)}
        if name not in infos:
            raise bad_file(
                "missing_entry",
                provider,
                path,
                Text("the archive has no such entry", "压缩包中没有该条目"),
                DOWNLOAD_AGAIN,
                entry=name,
            )
        with _damage_told(path, provider, name):
            raw = archive.open(infos[name])
        with raw:
            yield io.BufferedReader(_Told(raw, path, provider, infos[name]), 1 << 20)


def read_start(path: Path, name: str, size: int, provider: str = "–") -> bytes:
    """The first bytes of an entry."""
    with opened_entry(path, name, provider) as file:
        return file.read(size)


def read_entry(path: Path, name: str, provider: str = "–", *, limit: int = 256 * 2**20) -> bytes:
    """A whole entry, if it is not larger than the limit."""
    with opened_entry(path, name, provider) as file:
        content = file.read(limit + 1)
    if len(content) > limit:
        raise _too_large(
            path, provider, Text(f"the entry has more than {limit:,} bytes", f"条目超过 {limit:,} 字节"), name
        )
    return content


class _Told(io.RawIOBase):
    """Bytes of an entry; damage met on the way is told as such."""

    def __init__(self, raw: IO[bytes], path: Path, provider: str, info: zipfile.ZipInfo) -> None:
        self._raw = raw
        self._where = (path, provider)
        self._info = info

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        path, provider = self._where
        with _damage_told(path, provider, self._info.filename):
            content = self._raw.read(len(buffer))
        buffer[: len(content)] = content
        return len(content)


@contextmanager
def _opened(path: Path, provider: str) -> Iterator[zipfile.ZipFile]:
    with _damage_told(path, provider):
        archive = zipfile.ZipFile(path)
    with archive:
        yield archive


@contextmanager
def _damage_told(path: Path, provider: str, entry: str | None = None) -> Iterator[None]:
    """Whatever the unpacker makes of damaged bytes, told as damage. Only calls of the standard library stand inside.

    No list of exceptions would do: names that are no UTF-8, offsets before the file, and each method of packing raise
    their own, lzma's with nothing above it but Exception.
    """
    try:
        yield
    except Exception as error:
        raise _damaged(path, provider, error, entry) from error


def _safe_infos(archive: zipfile.ZipFile, path: Path, provider: str) -> list[zipfile.ZipInfo]:
    infos = [info for info in archive.infolist() if not info.is_dir()]
    if len(infos) > MAX_ENTRIES:
        found = Text(
            f"{len(infos):,} entries where at most {MAX_ENTRIES:,} are read",
            f"共 {len(infos):,} 个条目，超过上限 {MAX_ENTRIES:,}",
        )
        raise _too_large(path, provider, found)
    names: set[str] = set()
    for info in infos:
        _check_name(info, names, path, provider)
        _check_size(info, path, provider)
        names.add(info.filename)
    total = sum(info.file_size for info in infos)
    if total > MAX_TOTAL_BYTES:
        raise _too_large(path, provider, Text(f"{total:,} bytes unpacked", f"解压后 {total:,} 字节"))
    return infos


def _check_name(info: zipfile.ZipInfo, seen: set[str], path: Path, provider: str) -> None:
    name = info.filename
    parts = PurePosixPath(name.replace("\\", "/")).parts
    # Unix mode in the upper half; 0o120000 is a symbolic link.
    is_link = (info.external_attr >> 16) & 0o170000 == 0o120000
    problem: Text | None = None
    if not parts or ".." in parts or parts[0].startswith("/") or ":" in parts[0] or "\x00" in name:
        problem = Text("its name leads out of the archive", "条目名指向压缩包之外")
    elif is_link:
        problem = Text("it is a link", "条目是链接")
    elif info.flag_bits & 0x1:
        problem = Text("it is encrypted", "条目已加密")
    elif name in seen:
        problem = Text("its name occurs twice", "条目名重复")
    if problem is not None:
        remedy = Text(
            "No official file looks like this: do not use the archive.", "官方文件不会如此：请勿使用该压缩包。"
        )
        raise bad_file("unsafe_entry", provider, path, problem, remedy, entry=name)


def _check_size(info: zipfile.ZipInfo, path: Path, provider: str) -> None:
    size, packed = info.file_size, max(info.compress_size, 1)
    if size > MAX_ENTRY_BYTES:
        raise _too_large(path, provider, Text(f"{size:,} bytes unpacked", f"解压后 {size:,} 字节"), info.filename)
    if size > RATIO_FREE_BYTES and size / packed > MAX_RATIO:
        ratio = size / packed
        problem = Text(f"it unpacks to {ratio:,.0f} times its size", f"解压后为原大小的 {ratio:,.0f} 倍")
        raise _too_large(path, provider, problem, info.filename)


def _too_large(path: Path, provider: str, problem: Text, entry: str | None = None) -> DataError:
    remedy = Text(
        "No official file is like this: do not use the archive, or unpack it yourself and add the folder.",
        "官方文件不会如此：请勿使用该压缩包，或自行解压后添加文件夹。",
    )
    return bad_file("archive_too_large", provider, path, problem, remedy, entry=entry)


def _damaged(path: Path, provider: str, error: BaseException, entry: str | None = None) -> DataError:
    reason = (str(error).strip() or type(error).__name__).splitlines()[0]
    problem = Text(f"the archive is damaged ({reason})", f"压缩包已损坏（{reason}）")
    return bad_file("bad_archive", provider, path, problem, DOWNLOAD_AGAIN, entry=entry)
