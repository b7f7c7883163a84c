"""Whether what came is the file that was asked for: a page for people, another format and a cut archive are told."""

import re
import zipfile
from pathlib import Path

from entrepot.core.text import Text

START_BYTES = 1024
ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
# A workbook in the old format is OLE; WEO calls a text in UTF-16 or with tabs ".xls" too.
STARTS: dict[str, tuple[bytes, ...]] = {
    ".zip": (ZIP,),
    ".xlsx": (ZIP,),
    ".dta": (b"<stata_dta>", *(bytes([version]) for version in range(0x69, 0x77))),
    ".json": (b"{", b"["),
}
TEXT_SUFFIXES = {".csv", ".tsv", ".txt"}
PAGE = re.compile(rb"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
TITLE = re.compile(rb"<title[^>]*>\s*(.*?)\s*</title>", re.IGNORECASE | re.DOTALL)


def wrong_start(name: str, start: bytes) -> Text | None:
    r"""What is wrong with the first bytes of a file of that name; null where nothing is.

    Examples
    --------
    >>> wrong_start("a.zip", b"<!DOCTYPE html><title>Sign in</title>").en
    'a web page came instead of the file ("Sign in")'
    >>> wrong_start("a.zip", b"PK\x03\x04") is None
    True
    """
    start = start[:START_BYTES]
    plain = start.removeprefix(b"\xef\xbb\xbf").lstrip()
    if plain.startswith(b"<") and PAGE.search(plain):
        found = TITLE.search(plain)
        title = "" if found is None else " ".join(found[1].decode("utf-8", errors="replace").split())[:80]
        return Text(
            "a web page came instead of the file" + (f' ("{title}")' if title else ""),
            "收到的是网页而不是文件" + (f"（“{title}”）" if title else ""),
        )
    if not start:
        return Text("nothing came", "没有收到任何内容")
    suffix = Path(name).suffix.lower()
    known = STARTS.get(suffix)
    judged = plain if suffix == ".json" else start
    if (known is not None and not judged.startswith(known)) or (suffix in TEXT_SUFFIXES and _is_binary(start)):
        shown = start[:12].decode("latin-1").encode("unicode_escape").decode()
        return Text(
            f"what came is no {suffix[1:]} file (it begins with {shown!r})",
            f"收到的不是 {suffix[1:]} 文件（开头为 {shown!r}）",
        )
    return None


def _is_binary(start: bytes) -> bool:
    return b"\0" in start and not start.startswith((b"\xff\xfe", b"\xfe\xff"))


def wrong_whole(path: Path, name: str) -> Text | None:
    """What is wrong with a file that has come to its end: an archive without its directory was cut."""
    with path.open("rb") as file:
        wrong = wrong_start(name, file.read(START_BYTES))
    if wrong is None and Path(name).suffix.lower() in {".zip", ".xlsx"} and not zipfile.is_zipfile(path):
        return Text("the archive has no end: it was cut", "压缩包没有结尾，内容不完整")
    return wrong
