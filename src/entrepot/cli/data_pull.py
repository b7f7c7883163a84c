"""`entrepot data pull`: fetch official files from their providers, and add them."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from entrepot.cli.bench import opened
from entrepot.cli.progress import progress_bar
from entrepot.core.text import Language, Text

if TYPE_CHECKING:
    from entrepot.ingest.pull.fetch import Fetched
    from entrepot.ingest.pull.pulling import Failed
    from entrepot.sources.addresses import Address

NEVER_TRIED = Text(
    "An address marked ? was written down from public documentation and never tried from where this program was made (docs/data.md "
    "says which others use it); sizes are estimates. If one has moved, the page of its provider leads to the file.",
    "标 ? 的网址摘自公开文档，本程序编写时未能实际验证（docs/data.md 注明哪些网址另有公开程序使用）；大小为估计值。若网址已变更，可从提供者网页找到文件。",
)


def register(data: typer.Typer, lang: Language) -> None:
    """Give `entrepot data` its command `pull`."""
    what_help = Text(
        "ids, families or providers, see --list; without any, what all parameters need besides trade",
        "文件标识、系列或提供者名称，见 --list；不填则下载除贸易外全部参数所需的文件",
    )
    to_help = Text("fetch into this folder and add nothing", "仅下载到该文件夹，不添加")
    list_help = Text("show what can be fetched, and what has to be fetched by hand", "列出可下载及须手工下载的文件")
    json_help = Text("with --list: print JSON", "与 --list 合用：输出 JSON")
    yes_help = Text("do not ask before fetching", "下载前不再询问")
    spoken_help = Text("language of names, notes and messages: en or zh", "名称、说明和提示所用语言：en 或 zh")

    @data.command("pull", help=Text("Fetch official files, and add them.", "下载官方文件并添加。").say(lang))
    def pull_(
        what: Annotated[list[str] | None, typer.Argument(metavar="[WHAT]…", help=what_help.say(lang))] = None,
        to: Annotated[Path | None, typer.Option("--to", help=to_help.say(lang))] = None,
        show: Annotated[bool, typer.Option("--list", help=list_help.say(lang))] = False,
        as_json: Annotated[bool, typer.Option("--json", help=json_help.say(lang))] = False,
        yes: Annotated[bool, typer.Option("--yes", help=yes_help.say(lang))] = False,
        spoken: Annotated[str, typer.Option("--lang", help=spoken_help.say(lang), show_default=False)] = lang,
    ) -> None:
        from entrepot.cli.program import checked

        if show or as_json:
            show_list(what or [], checked(spoken), as_json=as_json)
        else:
            pull(what or [], checked(spoken), to=to, yes=yes)


def pull(words: list[str], lang: Language, *, to: Path | None, yes: bool) -> None:
    """Say what will be fetched under which licence, fetch it, add it, say what came of it."""
    from entrepot.cli.data_add import show_report, show_understood
    from entrepot.ingest.pull.pulling import listed, provider_of
    from entrepot.ingest.pull.pulling import pull as pull_files
    from entrepot.sources.addresses import chosen

    files = chosen(words, listed())
    for file in files:
        provider = provider_of(file)
        terms = f"{provider.licence} {provider.licence_url}".strip()
        about = Text(
            f"{file.provider}: {file.what.en} (≈ {file.size_mb:,.0f} MB)",
            f"{file.provider}：{file.what.zh}（≈ {file.size_mb:,.0f} MB）",
        )
        _say(f"{file.id}  {about.say(lang)}")
        _say(f"    {file.url}")
        _say("    " + Text(f"licence: {terms}", f"许可：{terms}").say(lang))
    _ask(files, lang, yes=yes)
    store = opened(lang).store

    def told(one: "Fetched | Failed") -> None:
        _say(_outcome(one, lang))

    with progress_bar(Text("Fetching", "下载").say(lang)) as progress:
        pulled = pull_files(
            store, files, to=to, progress=progress, told=told, announce=lambda groups: show_understood(groups, lang)
        )
    for report in pulled.added:
        show_report(report, lang)
    if to is None and pulled.fetched:
        folder = pulled.fetched[0].path.parent.parent
        _say("")
        _say(
            Text(
                f"The files are kept in {folder}, so that the next pull sends only what has changed; they may be deleted.",
                f"文件保存在 {folder}，下次只下载有变化的部分；也可删除。",
            ).say(lang)
        )


def _ask(files: "tuple[Address, ...]", lang: Language, *, yes: bool) -> None:
    """Ask whoever sits at a terminal; a script has said what it wants."""
    size = sum(file.size_mb for file in files)
    if yes or not (sys.stdin.isatty() and sys.stdout.isatty()):
        return
    question = Text(
        f"Fetch {len(files)} files, about {size:,.0f} MB, under these licences?",
        f"按上述许可下载 {len(files)} 个文件（约 {size:,.0f} MB）？",
    )
    typer.confirm(question.say(lang), default=True, abort=True)


def _outcome(one: "Fetched | Failed", lang: Language) -> str:
    from entrepot.ingest.pull.pulling import Failed

    if isinstance(one, Failed):
        return Text(f"✗ {one.what}: {one.error.message.en}", f"✗ {one.what}：{one.error.message.zh}").say(lang)
    size, hashed = one.receipt.bytes, one.receipt.sha256[:16]
    if one.unchanged:
        day = one.receipt.retrieved[:10]
        return Text(f"= {one.path.name}: as fetched on {day}", f"= {one.path.name}：与 {day} 下载的相同").say(lang)
    said = Text(
        f"✓ {one.path.name}: {size:,} bytes, SHA-256 {hashed}…", f"✓ {one.path.name}：{size:,} 字节，SHA-256 {hashed}…"
    )
    line = said.say(lang)
    if one.resumed:
        line += Text(f", gone on from {one.resumed:,}", f"，自 {one.resumed:,} 字节续传").say(lang)
    if one.replaced is not None:
        line += Text(", not the same file as last time", "，与上次下载的文件不同").say(lang)
    return line


def show_list(words: list[str], lang: Language, *, as_json: bool) -> None:
    """Print what can be fetched, and where a person finds the rest."""
    from entrepot.ingest.pull.pulling import listed, provider_of
    from entrepot.sources.addresses import chosen

    everything = listed()
    files = chosen(words, everything) if words else everything.files
    names = {file.provider for file in files}
    places = [place for place in everything.places.values() if not words or place.provider in names]
    if as_json:
        import orjson

        answer = {
            "files": [
                {
                    "id": file.id,
                    "provider": file.provider,
                    "what": file.what.say(lang),
                    "url": file.url,
                    "file": file.file,
                    "size_mb": file.size_mb,
                    "cap_bytes": file.cap_bytes,
                    "sha256": file.sha256,
                    "seen": file.seen,
                    "hosts": list(file.hosts),
                    "basket": file.basket,
                    "checked": file.checked,
                    "licence": provider_of(file).licence,
                    "licence_url": provider_of(file).licence_url,
                    "page": file.page,
                }
                for file in files
            ],
            "by_hand": [
                {"provider": place.provider, "page": place.page, "how": place.hand.say(lang)}
                for place in places
                if any(place.hand)
            ],
        }
        sys.stdout.buffer.write(orjson.dumps(answer) + b"\n")
        return
    for place in places:
        own = [file for file in files if file.provider == place.provider]
        licence = f" · {provider_of(own[0]).licence}" if own else ""
        _say(f"{place.provider}{licence}")
        for file in own:
            mark = ("●" if file.basket else " ") + (" " if file.checked else "?")
            _say(f"  {mark} {file.id:<17} {file.size_mb:>5,.0f} MB  {file.what.say(lang)}")
        if any(place.hand):
            _say(Text(f"     by hand: {place.page}", f"     手工下载：{place.page}").say(lang))
            _say(f"     {place.hand.say(lang)}")
    _say("")
    _say(Text("● is fetched by `data pull` without a word.", "● 为 `data pull` 不带参数时下载的文件。").say(lang))
    _say(NEVER_TRIED.say(lang))


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
