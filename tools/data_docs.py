"""Write ``docs/data.md`` from the readers, the list of addresses and the embedded order of precedence.

python tools/data_docs.py            write it
python tools/data_docs.py --check    say whether it is as the code would write it
"""

from __future__ import annotations

import argparse
import inspect
import sys
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "src"))

import entrepot.sources  # noqa: E402
from entrepot.ingest.reference import PRECEDENCE  # noqa: E402
from entrepot.sources.addresses import Address, Place, addresses  # noqa: E402
from entrepot.sources.provider import Provider  # noqa: E402
from entrepot.sources.registry import providers  # noqa: E402

PAGE = ROOT / "docs" / "data.md"
HEAD = """# Data from outside

*Every official file that the program reads: whose it is, under which licence, where it lies, in which layouts, what comes of
it, and which of its traps the reader is ready for. Made by `python tools/data_docs.py` from the readers themselves; a test
fails when it is out of step.*

**中文概要。** 本页由程序代码生成，逐一列出可读取的官方数据：提供者、许可、官方网址或手工获取方式、可识别的文件格式、
年份与编码、所填充的表和指标，以及读取时已处理的常见问题。`entrepot data pull` 从官方网址下载并添加；`entrepot data add`
自动识别手工下载的文件或文件夹；`entrepot data show` 显示数据覆盖与来源的采信顺序。标 ? 的网址摘自公开文档，
尚未从本程序的编写环境实际验证；注明 in public code 者，另有公开程序使用该网址。

    entrepot data pull --list          what can be fetched, and what has to be fetched by hand
    entrepot data pull                 everything that the parameters need besides trade
    entrepot data pull baci-hs17       one file; `baci` takes the family, "CEPII BACI" all of a provider
    entrepot data add FILE-OR-FOLDER   files that you have: the provider and layout are recognised
    entrepot data show                 years × tables, economies, sources in the order in which they are believed

`data pull` speaks https only, to the hosts below and no others, never to private network addresses; it goes on where a broken
download stopped, takes no more than a cap, and checks what came before the file gets its name. Beside each file lies a receipt
(address, day, tag, SHA-256), and its day goes into the store. Proxies are not used: behind one, fetch by hand. An address marked ? was
written down from public documentation and **never tried** from where this program was made; "in public code" says that programs of others
were found that fetch it. A hash is recorded only where the provider never changes the file and several independent public records of it
agree; otherwise sizes are estimates.
"""


def main() -> None:
    """Write the page, or compare it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="compare, and write nothing")
    if parser.parse_args().check:
        if not PAGE.exists() or PAGE.read_text(encoding="utf-8") != page():
            raise SystemExit("docs/data.md is not what the code says: run python tools/data_docs.py")
        print("docs/data.md is what the code says")
        return
    PAGE.write_text(page(), encoding="utf-8")


def page() -> str:
    """The whole page."""
    listed, about = addresses(), summaries()
    known = {provider.name: provider for provider in providers()}
    trade = [name for name in known if "flows" in known[name].feeds]
    parts = [HEAD, overview(known), precedence()]
    for title, names in (("Trade", trade), ("Reference facts", [name for name in known if name not in trade])):
        parts.append(f"## {title}\n")
        for name in names:
            files = [file for file in listed.files if file.provider == name]
            parts.append(section(known[name], about[name], listed.places.get(name), files))
    return "\n".join(parts)


def summaries() -> dict[str, str]:
    """What each reader's module says of itself, by provider."""
    found = {}
    for module in iter_modules(entrepot.sources.__path__):
        loaded = import_module(f"entrepot.sources.{module.name}")
        own = [*getattr(loaded, "PROVIDERS", ()), getattr(loaded, "PROVIDER", None)]
        text = " ".join((inspect.getdoc(loaded) or "").split())
        found.update({one.name: text for one in own if isinstance(one, Provider)})
    return found


def overview(known: dict[str, Provider]) -> str:
    """One line for each provider."""
    lines = ["| provider | licence | feeds |", "|---|---|---|"]
    for name, provider in known.items():
        tables = ", ".join(f"`{table}`" for table in provider.feeds)
        lines.append(f"| [{name}](#{anchor(name)}) | {provider.licence} | {tables} |")
    return "\n".join(lines) + "\n"


def anchor(name: str) -> str:
    """What a heading is called in a link."""
    return "".join(letter for letter in name.lower().replace(" ", "-") if letter.isalnum() or letter == "-")


def precedence() -> str:
    """Which source is believed where several give one fact."""
    lines = ["## Which source is believed\n"]
    lines.append(
        "Whole series at a time: an economy's values of an indicator come from one source. Files that you add come before the "
        "embedded facts; among them:\n"
    )
    lines += [f"- `{table}`: {', then '.join(order)}" for table, order in PRECEDENCE.items()]
    lines.append("- every other table: the file that was added last comes first\n")
    return "\n".join(lines)


def section(provider: Provider, about: str, place: Place | None, files: list[Address]) -> str:
    """What there is to know of one provider."""
    link = f" ([terms]({provider.licence_url}))" if provider.licence_url else ""
    lines = [f"### {provider.name}\n", f"{about}\n", f"- licence: {provider.licence}{link}"]
    lines.append(f"- citation: {provider.citation}")
    lines += [f"- layout `{key}`: {text.en}" for key, text in provider.layouts.items()]
    lines.append(f"- tables: {', '.join(f'`{table}`' for table in provider.feeds)}")
    if place is not None:
        if place.gives:
            lines.append(f"- series and columns: {', '.join(f'`{name}`' for name in place.gives)}")
        lines += [f"- {word}: {said}" for word, said in (("years", place.years), ("codes", place.codes)) if said]
        lines += [f"- handled: {trap}" for trap in place.traps]
        by_hand = f" {place.hand.en}" if place.hand.en else ""
        lines.append(f"- page: <{place.page}>{by_hand}")
    lines += [
        f"- `data pull {file.id}`{'' if file.checked else ' ?'}: <{file.url}>, {size(file)}{', in public code' if file.seen else ''}"
        for file in files
    ]
    return "\n".join(lines) + "\n"


def size(file: Address) -> str:
    """How large it is, to the byte where its hash is known."""
    if file.sha256 is None:
        return f"about {file.size_mb:,} MB"
    return f"{file.size_mb * 1e6:,.0f} bytes, SHA-256 `{file.sha256}`"


if __name__ == "__main__":
    main()
