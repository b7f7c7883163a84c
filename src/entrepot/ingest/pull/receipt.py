"""The receipt that lies beside a fetched file: where it came from, when, and what exactly came."""

import json
from dataclasses import asdict, dataclass
from datetime import date
from hashlib import file_digest
from pathlib import Path

SUFFIX = ".receipt.json"


@dataclass(frozen=True, slots=True)
class Receipt:
    """What was fetched.

    Parameters
    ----------
    url : the address in the list; `came_from` is where it led on to.
    retrieved : moment, UTC, ISO 8601.
    etag, last_modified : what the server calls this state of the file; null where it says nothing.
    """

    provider: str
    what: str
    url: str
    came_from: str
    retrieved: str
    etag: str | None
    last_modified: str | None
    sha256: str
    bytes: int
    licence: str
    licence_url: str


def path_of(file: Path) -> Path:
    """Where the receipt of a file lies."""
    return file.with_name(file.name + SUFFIX)


def write(receipt: Receipt, file: Path) -> None:
    """Put a receipt beside its file; it is there whole or not at all."""
    write_json(path_of(file), asdict(receipt))


def write_json(path: Path, content: object) -> None:
    """A small file, whole or not at all."""
    fresh = path.with_name(path.name + ".new")
    fresh.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    fresh.replace(path)


def read(file: Path) -> Receipt | None:
    """The receipt of a file; null if there is none that can be read."""
    try:
        return Receipt(**json.loads(path_of(file).read_text("utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def sha256_of(file: Path) -> str:
    """SHA-256 of a file, in hexadecimal."""
    with file.open("rb") as content:
        return file_digest(content, "sha256").hexdigest()


def belonging(file: Path) -> Receipt | None:
    """The receipt of a file, if the file is still what it speaks of."""
    receipt = read(file)
    if receipt is None or not file.is_file() or file.stat().st_size != receipt.bytes:
        return None
    return receipt if sha256_of(file) == receipt.sha256 else None


def retrieved_on(file: Path) -> str:
    """The day on which a file was fetched, as its receipt says; today for a file without one.

    Today, because what is known of such a file is only that it was there today.
    """
    receipt = belonging(file)
    return date.today().isoformat() if receipt is None else receipt.retrieved[:10]
