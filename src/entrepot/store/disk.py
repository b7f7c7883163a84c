"""Writing that survives a kill or a power cut: a file is either as it was or as it should be, never in between."""

import hashlib
import os
import secrets
from pathlib import Path

TEMPORARY_PREFIX = ".tmp-"
HASH_CHUNK = 1 << 20


def sha256_of(path: Path) -> str:
    """SHA-256 of a file, read in pieces."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(HASH_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def temporary_beside(folder: Path) -> Path:
    """A fresh name in the folder where the finished file will stand: only there is a rename one step."""
    return folder / f"{TEMPORARY_PREFIX}{os.getpid()}-{secrets.token_hex(6)}"


def replace_durably(temporary: Path, target: Path) -> None:
    """Give a finished temporary file its name, once its bytes are on the disk. The folder is not synced here."""
    with temporary.open("rb+") as file:
        os.fsync(file.fileno())
    temporary.replace(target)


def write_durably(target: Path, content: bytes) -> None:
    """Put content under a name in one step: bytes, name and folder are on the disk when this returns."""
    temporary = temporary_beside(target.parent)
    try:
        temporary.write_bytes(content)
        replace_durably(temporary, target)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    sync_folder(target.parent)


def sync_folder(folder: Path) -> None:
    """Put the names in a folder on the disk, where the system can (Windows cannot, and does not need to)."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
