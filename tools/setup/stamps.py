"""Stamps: how the set-up knows that a step was already done for exactly these inputs."""

import hashlib
import sys
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def say(text: str) -> None:
    """One line of progress, shown at once."""
    print(f"· {text}", flush=True)


def stop(*lines: str) -> None:
    """End the set-up with an explanation and what to do about it."""
    print(*lines, sep="\n", file=sys.stderr)
    raise SystemExit(2)


def fingerprint(files: Iterable[Path], *facts: str) -> str:
    """SHA-256 over the given files (place and content) and any further facts that the step depends on."""
    digest = hashlib.sha256()
    for fact in facts:
        digest.update(fact.encode() + b"\0")
    for file in sorted(files):
        digest.update(file.relative_to(ROOT).as_posix().encode() + b"\0")
        digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()


def is_done(stamp: Path, key: str) -> bool:
    """Whether the step behind `stamp` was finished for the inputs behind `key`."""
    return stamp.is_file() and stamp.read_text().strip() == key


def done(stamp: Path, key: str) -> None:
    """Record that the step is finished; only called after it succeeded."""
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(key + "\n")
