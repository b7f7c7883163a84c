"""`entrepot search WORDS`: economies and products by whatever someone types."""

import sys
from typing import Any

from entrepot.core.text import Language, Text

_KINDS = {"economy": Text("economy", "经济体"), "group": Text("group", "集团"), "product": Text("product", "产品")}
_HOW = {
    "code": Text("code", "代码"),
    "name": Text("name", "名称"),
    "synonym": Text("also called {}", "又称{}"),
    "word": Text("word of {}", "名称含该词：{}"),
    "pinyin": Text("pinyin of {}", "{}的拼音"),
    "typo": Text("like {}", "近似于{}"),
}


def search(words: str, *, as_json: bool, lang: Language, **options: Any) -> None:
    """Print what fits, best first."""
    from entrepot.cli.bench import opened

    found = opened(lang).search(
        words, lang=lang, **{name: value for name, value in options.items() if value is not None}
    )
    if as_json:
        import orjson

        sys.stdout.buffer.write(orjson.dumps(found) + b"\n")
        return
    _table(found["results"], lang)


def _table(results: list[dict[str, Any]], lang: Language) -> None:
    from rich.box import SIMPLE_HEAD
    from rich.table import Table
    from rich.text import Text as Styled

    from entrepot.cli.table import plain, printer

    console = printer()
    if not results:
        console.print(
            Text("Nothing fits. Try fewer letters, or a code.", "没有结果。请少输几个字，或输入代码。").say(lang)
        )
        return
    table = Table(box=SIMPLE_HEAD, show_edge=False, padding=(0, 1, 0, 0))
    for head in (Text("Code", "代码"), Text("Name", "名称"), Text("What", "类别"), Text("Fits as", "匹配方式")):
        table.add_column(head.say(lang), no_wrap=head.en != "Name")
    for hit in results:
        name = hit["name"] if len(hit["name"]) <= 60 else hit["name"][:59] + "…"
        said = hit["matched"] if len(hit["matched"]) <= 24 else hit["matched"][:23] + "…"
        how = _HOW[hit["how"]].say(lang).format(said)
        table.add_row(*(Styled(plain(one)) for one in (hit["code"], name, _KINDS[hit["kind"]].say(lang), how)))
    console.print(table)
