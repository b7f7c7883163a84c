"""`entrepot data …`: what the store holds, which data set is the default, whether it is whole, what may go."""

import sys
from collections.abc import Iterable

from entrepot.cli.bench import opened
from entrepot.cli.progress import progress_bar
from entrepot.core.errors import StoreError
from entrepot.core.text import Language, Text


def list_datasets(lang: Language, *, as_json: bool) -> None:
    """Print the data sets of the store; the default one is marked."""
    listed = opened(lang).datasets(lang)
    if as_json:
        import orjson

        sys.stdout.buffer.write(orjson.dumps(listed) + b"\n")
        return
    heads = (
        Text("", ""),
        Text("Name", "名称"),
        Text("Title", "标题"),
        Text("Codes", "分类"),
        Text("Years", "年份"),
        Text("Release", "发布版本"),
        Text("Licence", "许可"),
    )
    rows = [
        (
            "●" if found["name"] == listed["default"] else "",
            found["name"],
            found["title"],
            found["classification"],
            _span(found["years"]),
            found["release"],
            found["licence"],
        )
        for found in listed["datasets"]
    ]
    _table([head.say(lang) for head in heads], rows)
    _say(Text("● is used where no --data is given.", "● 为未指定 --data 时所用的数据集。").say(lang))


def use_dataset(name: str, lang: Language) -> None:
    """Make a data set the default one."""
    bench = opened(lang)
    bench.snapshot.dataset(name)
    with bench.store.publishing() as publication:
        publication.set_default(name)
    _say(Text(f"{name} is now the default data set.", f"{name} 已设为默认数据集。").say(lang))


def verify(lang: Language) -> None:
    """Hash every file of the store again.

    Raises
    ------
    StoreError
        Naming every file that is not what it was.
    """
    from entrepot.store import Store

    store = Store()
    if not store.exists():
        store = opened(lang).store
    title = Text("Verifying", "校验").say(lang)
    with progress_bar(title) as progress:
        found = store.verify(lambda done, total: progress(f"{done}/{total}", done / total))
    if not found.whole:
        listed = [f"{finding.part}: {finding.problem.en}" for finding in found.findings]
        zh = [f"{finding.part}:{finding.problem.zh}" for finding in found.findings]
        raise StoreError(
            "store_damaged",
            Text(
                f"The store at {store.home} is damaged in {len(listed)} of {found.objects} files: {'; '.join(listed)}. "
                "Embedded data come back if you remove that folder; load your own again.",
                f"{store.home} 的数据仓库有 {len(listed)} 个文件损坏（共 {found.objects} 个）：{';'.join(zh)}。"
                "删除该文件夹即可恢复内置数据；您自己的数据请重新载入。",
            ),
        )
    _say(
        Text(
            f"Version {found.version} is whole: {found.objects} files, {found.rows:,} rows, {_size(found.bytes)}.",
            f"版本 {found.version} 完整：{found.objects} 个文件，{found.rows:,} 行，{_size(found.bytes)}。",
        ).say(lang)
    )


def prune(lang: Language) -> None:
    """Delete versions and files that nobody needs any more."""
    gone = opened(lang).store.prune()
    _say(
        Text(
            f"Removed {len(gone.versions)} versions and {gone.objects} files, {_size(gone.bytes)}.",
            f"已删除 {len(gone.versions)} 个版本、{gone.objects} 个文件，共 {_size(gone.bytes)}。",
        ).say(lang)
    )


def _span(years: list[int]) -> str:
    if not years:
        return "–"
    holes = len(range(years[0], years[-1] + 1)) - len(years)
    return f"{years[0]}–{years[-1]}" if not holes else f"{years[0]}–{years[-1]} (−{holes})"


def _size(size: int) -> str:
    return f"{size / 2**20:.1f} MiB"


def _table(heads: Iterable[str], rows: Iterable[tuple[str, ...]]) -> None:
    from rich.box import SIMPLE_HEAD
    from rich.table import Table
    from rich.text import Text as Styled

    from entrepot.cli.table import plain, printer

    table = Table(*heads, box=SIMPLE_HEAD, pad_edge=False)
    for row in rows:
        table.add_row(*(Styled(plain(cell)) for cell in row))
    printer().print(table)


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
