"""Carrying a study out: every step kept as it is done, then tables, figures, the page and the numbers."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Any

import orjson
import polars as pl

from entrepot.analyses.study.pictures import lines_of
from entrepot.analyses.study.plan import Plan, read_plan
from entrepot.analyses.study.sample import Prepared, cells_of, inputs, prepared, read_by
from entrepot.analyses.study.steps import estimated_of, permutation_of, run_step, steps_of
from entrepot.core.text import LANGUAGES, Language, Text
from entrepot.models.packages import package
from entrepot.report.chart.draw import svg_of
from entrepot.report.chart.model import Chart
from entrepot.report.publication import PublicationTable, check_publication, publish
from entrepot.report.streams import write_tame_csv
from entrepot.report.study.figures import chart_of_figure
from entrepot.report.study.keeping import Kept, hashes, key_of
from entrepot.report.study.overview import overview_tables
from entrepot.report.study.page import page_html
from entrepot.report.study.tables import Outcome, numbers_of, study_tables
from entrepot.report.study.traders import traders_table
from entrepot.report.target import replace_file

Progress = Callable[[str, float], None]
CELLS_SHARE = 0.5  # of the bar, where cells are to be computed


@dataclass(frozen=True)
class Done:
    """A study that was carried out.

    Attributes
    ----------
    folder : where everything lies.
    tables : in the order of the study.
    computed, found : steps that were computed, and those that an earlier run had kept.
    files : what was written, sorted, from the folder on.
    notes : what the reader must know of the data.
    """

    folder: Path
    tables: tuple[PublicationTable, ...]
    computed: int
    found: int
    files: tuple[str, ...]
    notes: tuple[Text, ...]


def check_study(path: Path) -> Plan:
    """Read a study file and see that its files are there; nothing is computed.

    Raises
    ------
    InputError
        Whatever is wrong with it.
    """
    plan = read_plan(path)
    for name, file in inputs(plan).items():
        if not file.is_file():
            hashes([(name, file)])
    return plan


def run_study(
    path: Path,
    folder: Path,
    *,
    lang: Language = "en",
    force: bool = False,
    progress: Progress | None = None,
    concordances: pl.DataFrame | None = None,
) -> Done:
    """Carry a study out.

    The same file, data and seed give the same results, in any number of runs: a step is kept under the folder by a hash of
    all it depends on, and not computed again. Word and Excel files carry the time of writing; all else is the same to the byte.

    Parameters
    ----------
    path : the study file.
    folder : for the output; made if it is not there.
    lang : of tables and report; `study.json` has both languages.
    force : whether a folder may be used that holds what no study wrote.
    concordances : between vintages of the HS, for declarations whose mapping asks for one.

    Raises
    ------
    InputError, DataError
        For the file, its data, or what the models refuse.

    Examples
    --------
    >>> run_study(Path("study.toml"), Path("results")).tables  # doctest: +SKIP
    """
    plan = check_study(path)
    package("pyfixest")  # so that nobody computes cells in vain
    for form in plan.formats:
        if form == ".docx":
            package("docx")
    kept = Kept(folder)
    kept.open(force=force)
    report = progress or (lambda label, fraction: None)
    rows, key = _rows(plan, kept, report, concordances)
    start = CELLS_SHARE if plan.data.flows else 0.05
    steps = steps_of(plan, rows)
    outcomes = []
    for at, step in enumerate(steps):
        report(f"{step.table}, {step.head.say(lang)}", start + (0.95 - start) * at / len(steps))
        seed = plan.seed if step.against is not None else None
        said = kept.json(key_of(key, seed, step.said()), lambda step=step: run_step(step, plan, rows))  # type: ignore[misc]
        if step.against is None:
            outcomes.append(Outcome(step, estimated=estimated_of(said)))
        else:
            outcomes.append(Outcome(step, permutation=permutation_of(said)))
    tables, about = study_tables(plan, outcomes), overview_tables(plan, rows, outcomes)
    trading = _trading(plan, kept, key)
    if trading is not None:
        tables.append(traders_table(*trading, len(tables) + 1))
    report(Text("writing", "写出").say(lang), 0.96)
    data = numbers_of(outcomes) | {"sample": _sample(plan, rows)} | ({} if trading is None else {"traders": trading[0]})
    written = _write(plan, folder, about, tables, rows, data, lang)
    kept.prune()
    report(Text("done", "完成").say(lang), 1.0)
    return Done(folder, tuple(tables), kept.computed, kept.found, tuple(sorted(written)), rows.notes)


def _rows(plan: Plan, kept: Kept, report: Progress, concordances: pl.DataFrame | None) -> tuple[Prepared, str]:
    """The base sample with all that is said about its making, and the hash of all that it depends on."""
    files = hashes(inputs(plan).items())
    if concordances is not None:
        files["concordances"] = sha256(concordances.write_csv().encode()).hexdigest()
    code = version("entrepot")
    cells: pl.DataFrame | None = None
    notes: tuple[Text, ...] = ()
    said: Mapping[str, Any] = plan.said
    if plan.data.flows is not None:
        asked = {name: value for name, value in said["data"].items() if name not in ("join", "unit", "time")}
        own = {name: value for name, value in files.items() if not name.startswith("join")}

        def computed() -> tuple[pl.DataFrame, Sequence[Text]]:
            made = cells_of(
                plan, progress=lambda label, done: report(label, CELLS_SHARE * done), concordances=concordances
            )
            return made.frame, made.notes

        cells, notes = kept.frame(key_of("cells", code, asked, own), computed)
    parts = {name: said.get(name) for name in ("data", "variables", "sample", "samples", "groups")}
    rows = prepared(plan, cells)
    return replace(rows, notes=(*notes, *rows.notes)), key_of(code, files, parts)


def _trading(plan: Plan, kept: Kept, key: str) -> tuple[pl.DataFrame, tuple[Text, ...]] | None:
    """Who trades, from the same declarations, if the study asks for it; and what is said about it."""
    if not plan.traders:
        return None
    from entrepot.analyses.micro.traders import traders

    def computed() -> tuple[pl.DataFrame, Sequence[Text]]:
        made = traders(inputs(plan)["flows"], mapping=read_by(plan))
        return made.frame, made.notes

    return kept.frame(key_of("traders", key), computed)


def _sample(plan: Plan, rows: Prepared) -> pl.DataFrame:
    """The base sample as the regressions saw it: keys, variables, groups."""
    keys = rows.table.select(list(dict.fromkeys([*plan.data.unit, plan.data.time])))
    values = {f"v_{name}" if name in keys.columns else name: pl.Series(column).fill_nan(None) for name, column in rows.values.items()}  # fmt: skip
    groups = {}
    for name, (labels, codes) in rows.groups.items():
        groups[f"group_{name}"] = pl.Series(
            [labels[code].en if code >= 0 else None for code in codes.tolist()], dtype=pl.String
        )
    return keys.with_columns(**values, **groups)


def _write(
    plan: Plan,
    folder: Path,
    about: list[PublicationTable],
    tables: list[PublicationTable],
    rows: Prepared,
    data: Mapping[str, pl.DataFrame],
    lang: Language,
) -> list[str]:
    """Every output; `study.json` last, as it says that the rest is there."""
    written = []
    for form in plan.formats:
        check_publication(folder / f"tables{form}", force=True)
        publish(tables, folder / f"tables{form}", lang=lang, force=True)
        written.append(f"tables{form}")
    for name in ("figures", "data"):
        (folder / name).mkdir(exist_ok=True)
    drawn: dict[Language, list[tuple[str, Chart, str]]] = {one: _figures(plan, rows, one) for one in LANGUAGES}
    for name, _, svg in drawn[lang]:
        _put(folder / "figures" / f"{name}.svg", svg.encode())
        written.append(f"figures/{name}.svg")
    for name, frame in data.items():
        for form in plan.numbers:
            _table(folder / "data" / f"{name}{form}", frame)
            written.append(f"data/{name}{form}")
    source = f"Entrepôt {version('entrepot')}; " + "; ".join(file.name for file in inputs(plan).values())
    shown = [(name, chart.title, svg) for name, chart, svg in drawn[lang]]
    _put(folder / "report.html", page_html(plan, about, tables, shown, rows.notes, source, lang).encode())
    told = {one: _told(plan, about, tables, drawn[one], rows, source, one) for one in LANGUAGES}
    _put(folder / "study.json", orjson.dumps(told))
    return [*written, "report.html", "study.json"]


def _figures(plan: Plan, rows: Prepared, lang: Language) -> list[tuple[str, Chart, str]]:
    found = []
    for at, figure in enumerate(plan.figures, 1):
        name = figure.variable
        label = plan.variables[name].label if name in plan.variables else Text(name, name)
        chart = chart_of_figure(figure, label, lines_of(figure, plan, rows), at, lang)
        found.append((figure.name, chart, svg_of(chart)))
    return found


def _told(
    plan: Plan,
    about: list[PublicationTable],
    tables: list[PublicationTable],
    figures: list[tuple[str, Chart, str]],
    rows: Prepared,
    source: str,
    lang: Language,
) -> dict[str, Any]:
    """The finished study in one language, as REST gives it."""
    return {
        "title": plan.title.say(lang),
        "about": plan.about.say(lang),
        "seed": plan.seed,
        "rows": rows.table.height,
        "overview": [table.as_dict(lang) for table in about],
        "notes": [note.say(lang) for note in rows.notes],
        "tables": [table.as_dict(lang) for table in tables],
        "figures": [{"name": name, "title": chart.title, "chart": chart.as_dict(), "svg": svg} for name, chart, svg in figures],
        "source": source,
    }  # fmt: skip


def _put(path: Path, content: bytes) -> None:
    replace_file(path, lambda draft: _fill(draft, content))


def _fill(path: Path, content: bytes) -> None:
    path.write_bytes(content)


def _table(path: Path, frame: pl.DataFrame) -> None:
    if path.suffix == ".csv":
        replace_file(path, lambda draft: write_tame_csv(frame.lazy(), draft))
    else:
        replace_file(path, lambda draft: frame.write_parquet(draft))
