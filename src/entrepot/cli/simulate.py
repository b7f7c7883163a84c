"""`entrepot simulate customs`: a customs world with a known truth, for teaching and for testing estimators."""

import re
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from entrepot.analyses.micro.vocabulary import WORLD
from entrepot.cli.progress import progress_bar
from entrepot.core.errors import InputError, check_choice
from entrepot.core.text import LANGUAGES, Language, Text

SUFFIXES = (".parquet", ".csv")


def register(app: typer.Typer, lang: Language) -> None:
    """Add `simulate` with its one world."""
    simulate = typer.Typer(no_args_is_help=False)
    app.add_typer(
        simulate, name="simulate", help=Text("Make data with a known truth.", "生成真值已知的数据。").say(lang)
    )

    @simulate.callback(invoke_without_command=True)
    def about(context: typer.Context) -> None:
        if context.invoked_subcommand is None:
            typer.echo(context.get_help())

    def option(name: str, text: Text | None = None) -> Any:
        return typer.Option("--" + name.replace("_", "-"), help=(text or WORLD[name]).say(lang))

    out_help = Text("declarations: .parquet or .csv", "申报数据文件：.parquet 或 .csv")
    truth_help = Text(
        "FOLDER for the truth: cells, firms, regions, parameters", "存放真值的文件夹：单元、企业、地区、参数"
    )
    bad_help = Text(
        "add rows as real files have them: lost zeros, short codes, no quantity",
        "加入真实文件常见的问题行：丢失前导零、编码过短、无数量",
    )
    force_help = Text("replace files that are there", "文件已存在时覆盖")
    spoken_help = Text("language of names, notes and messages: en or zh", "名称、说明和提示所用语言：en 或 zh")

    @simulate.command("customs", help=Text("Customs declarations of firms.", "企业海关申报数据。").say(lang))
    def customs(
        out: Annotated[Path, option("out", out_help)],
        firms: Annotated[int, option("firms")] = 600,
        years: Annotated[str, option("years")] = "2010-2012",
        seed: Annotated[int, option("seed")] = 7,
        sigma: Annotated[float, option("sigma")] = 4.0,
        effect: Annotated[float, option("effect")] = -0.4,
        regions: Annotated[int, option("regions")] = 8,
        products: Annotated[int, option("products")] = 12,
        destinations: Annotated[int, option("destinations")] = 20,
        mean_destinations: Annotated[float, option("mean_destinations")] = 3.0,
        endogeneity: Annotated[float, option("endogeneity")] = 0.0,
        neighbours: Annotated[int, option("neighbours")] = 5,
        bad_rows: Annotated[bool, typer.Option("--bad-rows", help=bad_help.say(lang))] = False,
        truth: Annotated[Path | None, option("truth", truth_help)] = None,
        force: Annotated[bool, typer.Option("--force", help=force_help.say(lang))] = False,
        lang: Annotated[str, option("lang", spoken_help)] = lang,
    ) -> None:
        plan = {
            "firms": firms, "years": _years(years), "seed": seed, "sigma": sigma, "effect": effect, "regions": regions,
            "products": products, "destinations": destinations, "mean_destinations": mean_destinations,
            "endogeneity": endogeneity, "neighbours": neighbours, "bad_rows": bad_rows,
        }  # fmt: skip
        check_choice("lang", lang, LANGUAGES)
        _customs(plan, out, truth, "zh" if lang == "zh" else "en", force=force)


def _customs(plan: dict[str, Any], out: Path, truth: Path | None, lang: Language, *, force: bool) -> None:
    from entrepot.report.simulated import save_world

    with progress_bar(Text("Simulating", "模拟").say(lang)) as progress:
        rows = save_world(plan, out, truth, force=force, progress=progress)
    sys.stderr.write(Text(f"Saved: {out} ({rows:,} rows)\n", f"已保存：{out}（{rows:,} 行）\n").say(lang))
    if truth is not None:
        sys.stderr.write(Text(f"The truth: {truth}\n", f"真值：{truth}\n").say(lang))


def _years(said: str) -> list[int]:
    found = re.fullmatch(r"(\d{4})(?:-(\d{4}))?", said)
    if found is None:
        raise InputError(
            "bad_years",
            Text(
                f"--years is {said!r}; write 2010-2012 or one year.",
                f"--years 为 {said!r}；请写作 2010-2012 或单个年份。",
            ),
            field="years",
        )
    return list(range(int(found[1]), int(found[2] or found[1]) + 1))
