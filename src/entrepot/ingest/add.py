"""`data add`: find out what a file or folder is, say so, read it, check it, publish it; all of it or nothing."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import polars as pl

from entrepot.core.errors import DataError, InputError
from entrepot.core.text import Text
from entrepot.ingest.convert import converted
from entrepot.ingest.embedded import ensure_published
from entrepot.ingest.product_names import product_rows
from entrepot.ingest.pull.receipt import SUFFIX, retrieved_on
from entrepot.ingest.reference import ReferenceTables
from entrepot.ingest.trade import Progress, check_free, default_name, publish_trade
from entrepot.sources.archive import entries_of
from entrepot.sources.faults import bad_file
from entrepot.sources.head import ZIP_MAGIC, Head, head_of
from entrepot.sources.provider import Known, Match, Provider, Reading, TablesReading, TradeReading
from entrepot.sources.registry import providers
from entrepot.sources.report import ReadReport
from entrepot.store import Publication, Source, Store, traded_in

MOST_FILES = 10_000
# What `data pull` keeps beside the files that it fetches.
BESIDES = (SUFFIX, ".part", ".part.json")
# What a reader lets through of a file that its tests did not foresee; everything else is a fault of the program.
FILE_TROUBLE = (pl.exceptions.PolarsError, pl.exceptions.PanicException, OSError, UnicodeError)


@dataclass(frozen=True, slots=True)
class Understood:
    """Files that belong together, and whose they are.

    Parameters
    ----------
    provider : name of the provider.
    files : paths, in order.
    said : what they are, one sentence for each file.
    feeds : tables that they may feed; "flows" for trade.
    """

    provider: str
    files: tuple[Path, ...]
    said: tuple[Text, ...]
    feeds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Added:
    """What one provider's files became.

    Parameters
    ----------
    tables : table → rows that came of these files; "flows" for trade.
    data : name of the data set, for trade.
    mirror : both sides' values where a source tells both (see `TradeYear.mirror`); no rows otherwise.
    """

    understood: Understood
    report: ReadReport
    tables: dict[str, int]
    data: str | None
    mirror: pl.DataFrame


@dataclass(frozen=True, slots=True)
class AddReport:
    """What was added.

    Parameters
    ----------
    unrecognised : files of the folder that no reader knows; they were left alone.
    version : the version of the store that holds it.
    """

    added: tuple[Added, ...]
    unrecognised: tuple[Path, ...]
    version: str


@dataclass(frozen=True, slots=True)
class _Group:
    provider: Provider
    matches: tuple[Match, ...]

    @property
    def retrieved(self) -> str:
        """The day since when all of the files are at hand: the oldest of their receipts, today without any."""
        return min(retrieved_on(match.path) for match in self.matches)

    @property
    def understood(self) -> Understood:
        provider, matches = self.provider, self.matches
        said = tuple(match.understood for match in matches)
        return Understood(provider.name, tuple(match.path for match in matches), said, provider.feeds)


Announce = Callable[[tuple[Understood, ...]], None]


def add(
    store: Store,
    path: Path | str | Sequence[Path],
    *,
    name: str | None = None,
    convert: str | None = None,
    progress: Progress | None = None,
    announce: Announce | None = None,
) -> AddReport:
    """Add a file, or every file of a folder that a reader knows.

    Parameters
    ----------
    store : where to.
    path : the file or folder; several files may be listed.
    name : name of the data set, for trade; made of provider, classification and release if not given.
    convert : HS vintage into which trade is carried over while it is read ("HS92"); as it is if not given.
    progress : called with what is being read and the fraction that is done.
    announce : called with what was understood, before anything is read in full.

    Returns
    -------
    AddReport
        For every provider: rows read, kept, left out and why; what to know besides.

    Raises
    ------
    InputError
        The path does not exist; the name is malformed, reserved or taken, or fits no or several data sets.
    DataError
        No reader knows the file, or it is not what it should be. The store is as it was.
    """
    report_progress = progress or (lambda label, fraction: None)
    ensure_published(store)
    if name is not None:
        check_free(name, dict(store.snapshot().datasets))
    groups, unrecognised = recognise(Path(path) if isinstance(path, str) else path)
    if announce is not None:
        announce(tuple(group.understood for group in groups))
    _check_names(groups, name)
    _check_convert(groups, convert)
    with store.publishing() as publication:
        snapshot = store.snapshot()
        references = ReferenceTables(snapshot)
        known = Known(references.table)
        added: list[Added] = []
        for number, group in enumerate(_facts_first(groups)):
            begun = number / len(groups)

            def moved(label: str, fraction: float, begun: float = begun, group: _Group = group) -> None:
                report_progress(f"{group.provider.name} {label}".strip(), begun + fraction / len(groups))

            moved("", 0.0)
            reading = _read(group, known)
            if isinstance(reading, TradeReading):
                if convert is not None:
                    table = references.table("concordances")
                    reading = converted(reading, convert, table, traded_in(snapshot, convert.strip().upper()))
                added.append(_add_trade(publication, references, group, reading, name, moved))
            else:
                added.append(_add_tables(references, group, reading))
            moved("", 1.0)
        references.publish(publication)
    return AddReport(tuple(added), unrecognised, store.snapshot().id)


def recognise(path: Path | Sequence[Path]) -> tuple[tuple[_Group, ...], tuple[Path, ...]]:
    """Which files belong together and whose they are; and the files that no reader knows.

    Raises
    ------
    InputError
        ``no_file``: there is nothing at the path.
    DataError
        ``not_recognised``: no reader knows any of it; an archive is not safe to open.
    """
    found: dict[tuple[str, str], list[Match]] = {}
    by_name = {provider.name: provider for provider in providers()}
    unrecognised: list[Path] = []
    for file in _files(path) if isinstance(path, Path) else path:
        head = _head(file)
        best = max(_matches(head), key=lambda pair: pair[1].rank, default=None)
        if best is None:
            _refuse_unsafe(head)
            unrecognised.append(file)
        else:
            found.setdefault((best[0].name, best[1].group), []).append(best[1])
    if not found:
        listed = ", ".join(sorted(by_name))
        shown = ", ".join(file.name for file in unrecognised[:3]) or str(path)
        raise DataError(
            "not_recognised",
            Text(
                f"No reader knows {shown}: it is in none of the layouts in which these providers publish: "
                f"{listed}. Keep the file as it was downloaded, with its name.",
                f"无法识别 {shown}：不属于以下提供者发布的任何格式：{listed}。请保留下载时的原文件及其文件名。",
            ),
            field="path",
        )
    groups = tuple(_Group(by_name[provider], tuple(matches)) for (provider, _), matches in found.items())
    return groups, tuple(unrecognised)


def _files(path: Path) -> Iterator[Path]:
    try:
        if path.is_dir():
            listed = sorted(file for file in path.rglob("*") if file.is_file() and not _aside(file, path))
        elif path.is_file():
            listed = [path]
        else:
            raise InputError(
                "no_file",
                Text(f"There is no file or folder {str(path)!r}.", f"文件或文件夹 {str(path)!r} 不存在。"),
                field="path",
            )
    except OSError as error:
        raise _unreadable("–", path, error) from error
    if len(listed) > MOST_FILES:
        raise InputError(
            "too_many_files",
            Text(
                f"{path} holds {len(listed):,} files; at most {MOST_FILES:,} are looked at. Name a folder further down.",
                f"{path} 含 {len(listed):,} 个文件，最多查看 {MOST_FILES:,} 个。请指定下级文件夹。",
            ),
            field="path",
        )
    yield from listed


def _aside(file: Path, below: Path) -> bool:
    return any(part.startswith(".") for part in file.relative_to(below).parts) or file.name.endswith(BESIDES)


def _head(file: Path) -> Head:
    try:
        return head_of(file)
    except OSError as error:
        raise _unreadable("–", file, error) from error


def _matches(head: Head) -> list[tuple[Provider, Match]]:
    return [(provider, match) for provider in providers() if (match := provider.recognise(head)) is not None]


def _refuse_unsafe(head: Head) -> None:
    """An archive that nobody recognised may be one that nobody could open: say so rather than "not recognised"."""
    if head.start.startswith(ZIP_MAGIC):
        entries_of(head.path)


def _facts_first(groups: Sequence[_Group]) -> list[_Group]:
    """Reference facts before trade: a data set finds the names and correspondences that came along with it."""
    return sorted(groups, key=lambda group: "flows" in group.provider.feeds)


def _read(group: _Group, known: Known) -> Reading:
    try:
        return group.provider.read(group.matches, known)
    except FILE_TROUBLE as error:
        raise _unreadable(group.provider.name, group.matches[0].path, error) from error


def _check_names(groups: Sequence[_Group], name: str | None) -> None:
    trade = [group for group in groups if "flows" in group.provider.feeds]
    if name is not None and len(trade) != 1:
        raise InputError(
            "name_fits_none" if not trade else "name_fits_several",
            Text(
                "--name is for trade data, and there are none here. Leave it out."
                if not trade
                else f"--name can name one data set, and there are {len(trade)} here. Add them one at a time.",
                "--name 仅用于贸易数据，此处没有。请去掉该选项。"
                if not trade
                else f"--name 只能命名一个数据集，此处有 {len(trade)} 个。请逐个添加。",
            ),
            field="name",
        )


def _check_convert(groups: Sequence[_Group], convert: str | None) -> None:
    if convert is not None and not any("flows" in group.provider.feeds for group in groups):
        raise InputError(
            "convert_fits_none",
            Text(
                "--convert is for trade data, and there are none here. Leave it out.",
                "--convert 仅用于贸易数据，此处没有。请去掉该选项。",
            ),
            field="convert",
        )


def _add_tables(references: ReferenceTables, group: _Group, reading: TablesReading) -> Added:
    source = _source_of(group, reading.edition)
    try:
        counts = {rows.table: references.merge(rows, source) for rows in reading.tables}
    except DataError as error:
        raise _with_provider(error, group) from error
    return Added(group.understood, reading.report, counts, None, pl.DataFrame())


def _add_trade(
    publication: Publication,
    references: ReferenceTables,
    group: _Group,
    reading: TradeReading,
    name: str | None,
    progress: Progress,
) -> Added:
    provider = group.provider
    chosen = name or default_name(provider, reading)
    check_free(chosen, dict(publication.datasets), reading)
    try:
        report, mirror, traded = publish_trade(
            publication, references.snapshot, chosen, provider, reading, progress, retrieved=group.retrieved
        )
        names = product_rows(
            reading.classification, reading.products, traded, references.table("products"), provider.name
        )
        counts = {"flows": report.rows_kept}
        if names is not None:
            counts["products"] = references.merge(names, _source_of(group, reading.release))
    except FILE_TROUBLE as error:
        raise _unreadable(provider.name, group.matches[0].path, error) from error
    except DataError as error:
        raise _with_provider(error, group) from error
    return Added(group.understood, replace(report, provider=provider.name), counts, chosen, mirror)


def _source_of(group: _Group, edition: str) -> Source:
    provider = group.provider
    return Source(provider.name, edition, provider.licence, provider.licence_url, group.retrieved, provider.citation)


def _with_provider(error: DataError, group: _Group) -> DataError:
    """A fault that the check of a table found, with the provider and file that it came from."""
    name, path = group.provider.name, group.matches[0].path
    if error.message.en.startswith(name):
        return error
    said = Text(f"{name}, {path.name}: {error.message.en}", f"{name}，{path.name}：{error.message.zh}")
    return DataError(error.code, said, field=error.field, valid=error.valid)


def _unreadable(provider: str, path: Path, error: BaseException) -> DataError:
    reason = (str(error).strip() or type(error).__name__).splitlines()[0][:160]
    return bad_file(
        "unreadable",
        provider,
        path,
        Text(f"it cannot be read ({reason})", f"无法读取（{reason}）"),
        Text("Download it again from its provider.", "请从发布方重新下载。"),
    )


def remove(store: Store, name: str) -> None:
    """Take a data set of the user's own out of the store.

    Raises
    ------
    InputError
        ``unknown_data``; ``reserved_name`` for the embedded one, which would come back.
    """
    ensure_published(store)
    with store.publishing() as publication:
        held = publication.datasets.get(name)
        if held is not None and held.origin == "embedded":
            raise InputError(
                "reserved_name",
                Text(
                    f"{name!r} is the embedded data set and comes with the program; it cannot be removed.",
                    f"{name!r} 是程序内置的数据集，不能删除。",
                ),
                field="name",
            )
        was_default = publication.default == name
        publication.remove_dataset(name)
        if was_default:
            embedded = [key for key, dataset in publication.datasets.items() if dataset.origin == "embedded"]
            for other in (embedded or sorted(publication.datasets))[:1]:
                publication.set_default(other)
