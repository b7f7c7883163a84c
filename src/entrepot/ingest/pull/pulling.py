"""`data pull`: fetch the files that were chosen, then add them as `data add` would; one failure does not stop the rest."""

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from entrepot.core.errors import DataError, EntrepotError
from entrepot.core.text import Text
from entrepot.ingest.add import AddReport, Announce, add
from entrepot.ingest.pull.fetch import Fetched, fetch
from entrepot.ingest.pull.receipt import belonging
from entrepot.sources.addresses import Address, Addresses, addresses
from entrepot.sources.provider import Provider
from entrepot.sources.registry import providers
from entrepot.store import Store

# For tests only: a file in the layout of `addresses.toml` that takes its place and may name servers on this machine.
TEST_SETTING = "ENTREPOT_PULL_TEST"
DOWNLOADS = "downloads"

Progress = Callable[[str, float], None]


@dataclass(frozen=True, slots=True)
class Failed:
    """A file that was not fetched, or files that were fetched and could not be added."""

    what: str
    error: EntrepotError


@dataclass(frozen=True, slots=True)
class Pulled:
    """What came of it.

    Parameters
    ----------
    fetched : files on the disk.
    added : what was added, one report for each provider; empty where nothing should be added.
    failed : what did not work.
    """

    fetched: tuple[Fetched, ...]
    added: tuple[AddReport, ...]
    failed: tuple[Failed, ...]


def listed() -> Addresses:
    """The addresses that are used: those that come with the program, or a test's own."""
    given = os.environ.get(TEST_SETTING)
    return addresses(Path(given)) if given else addresses()


def is_test() -> bool:
    """Whether a test has put addresses of its own in place."""
    return bool(os.environ.get(TEST_SETTING))


def provider_of(file: Address) -> Provider:
    """The provider of a file, with its licence."""
    return next(provider for provider in providers() if provider.name == file.provider)


def pull(
    store: Store,
    files: Sequence[Address],
    *,
    to: Path | None = None,
    progress: Progress | None = None,
    told: Callable[[Fetched | Failed], None] | None = None,
    announce: Announce | None = None,
) -> Pulled:
    """Fetch files, and add them to the store unless a folder is named for them.

    Files of one provider are added together, with those of it that were fetched before: a release may come in several
    files, and a series of one source is always replaced as a whole.

    Parameters
    ----------
    files : from `sources.addresses.chosen`.
    to : folder to fetch into; nothing is added then. Otherwise they are kept in the folder of the store.
    told : called with every file as soon as it is there, or has failed.
    announce : see `ingest.add.add`.

    Raises
    ------
    EntrepotError
        If there was one file, what was wrong with it; ``pull_incomplete`` if some of several failed: the others are
        fetched and added.
    """
    say, moved = told or (lambda one: None), progress or (lambda label, fraction: None)
    fetched: list[Fetched] = []
    failed: list[Failed] = []

    def fail(what: str, error: EntrepotError) -> None:
        failed.append(Failed(what, error))
        if len(files) > 1:  # that of a single file is raised
            say(failed[-1])

    for number, file in enumerate(files):
        folder = to or store.home / DOWNLOADS / _folder_name(file.provider)

        def shared(label: str, fraction: float, number: int = number) -> None:
            moved(label, (number + fraction) / len(files))

        try:
            one = fetch(file, provider_of(file), folder, progress=shared, test_server=is_test())
        except EntrepotError as error:
            fail(file.id, error)
        else:
            fetched.append(one)
            say(one)
    added: list[AddReport] = []
    for together in [] if to is not None else _to_add(fetched):
        try:
            added.append(add(store, together, progress=moved, announce=announce))
        except EntrepotError as error:
            fail(", ".join(path.name for path in together), error)
    if failed:
        raise _summary(failed, len(files))
    return Pulled(tuple(fetched), tuple(added), ())


def _folder_name(provider: str) -> str:
    return "".join(letter if letter.isalnum() else "-" for letter in provider.casefold())


def _to_add(fetched: Sequence[Fetched]) -> list[list[Path]]:
    """Files by provider. Trade is added file by file: each classification is a data set of its own."""
    groups: dict[str, list[Path]] = {}
    for one in fetched:
        trade = "flows" in provider_of(one.file).feeds
        groups.setdefault(one.file.id if trade else one.file.provider, []).append(one.path)
        if not trade:
            groups[one.file.provider] += _fetched_before(one.path.parent)
    return [sorted(set(paths)) for paths in groups.values()]


def _fetched_before(folder: Path) -> list[Path]:
    return [path for path in sorted(folder.iterdir()) if path.is_file() and belonging(path) is not None]


def _summary(failed: Sequence[Failed], wanted: int) -> EntrepotError:
    if wanted == 1:
        return failed[0].error
    listed_en = "; ".join(f"{one.what} ({one.error.code})" for one in failed)
    listed_zh = "；".join(f"{one.what}（{one.error.code}）" for one in failed)
    return DataError(
        "pull_incomplete",
        Text(
            f"{len(failed)} of {wanted} did not work: {listed_en}. The others are there; the same command tries again.",
            f"{wanted} 项中有 {len(failed)} 项未成功：{listed_zh}。其余已完成；再次运行同一命令即可重试。",
        ),
        field="what",
    )
