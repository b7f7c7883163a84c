"""What a study file says, checked: data, variables, samples, groups, tables of regressions, figures, outputs."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib import resources
from pathlib import Path
from typing import Any

from entrepot.analyses.econ.variables import Variable, variable_of
from entrepot.analyses.study.filters import Filter, filter_of
from entrepot.analyses.study.reading import Section, bad_value, unknown
from entrepot.core.errors import InputError
from entrepot.core.text import Text

LARGEST = 1 << 20
PARTS = ("study", "data", "variables", "sample", "samples", "groups", "table", "figure", "outputs")
MODEL = ("outcome", "regressors", "effects", "cluster", "sample")
SHARED = ("endogenous", "instruments")  # may also be said once for a whole table
TABLE_FORMATS = (".txt", ".html", ".tex", ".docx", ".xlsx")
NUMBER_FORMATS = (".parquet", ".csv")
KINDS = ("density", "trend", "high_low")
# Options of `entrepot cells` that are no tables.
CELL_OPTIONS = (
    "flow", "regime", "level", "sigma", "price", "neighbours", "metric", "power", "include_self", "log_of", "space_unit",
    "space_threshold",
)  # fmt: skip
CELL_TABLES = ("regions", "prody", "high_income", "industries", "markups")


@dataclass(frozen=True)
class Data:
    """Where the rows come from: declarations, of which cells are made, or a table that is ready; files joined to it."""

    flows: str | None
    table: str | None
    mapping: str | None
    options: Mapping[str, Any]
    tables: Mapping[str, str]
    joins: tuple[tuple[str, tuple[str, ...]], ...]
    unit: tuple[str, ...]
    time: str


@dataclass(frozen=True)
class Named:
    """A variable: what it is made of, how it is called, how much of each tail is winsorised (None: as the sample says)."""

    variable: Variable
    label: Text
    winsorise: float | None


@dataclass(frozen=True)
class Grouping:
    """A division of rows: at the median (within `within`, such as each year), or by the values of a column."""

    by: str
    split: str
    within: tuple[str, ...]
    label: Text


@dataclass(frozen=True)
class Model:
    """One regression of a table.

    Parameters
    ----------
    effects, clusters : columns, or several joined by "*".
    endogenous, instruments : for two-stage least squares.
    group : name of a grouping: a regression for each of its groups.
    test : the coefficient whose difference between groups is tested; permutations : draws, 0 for none.
    """

    head: Text
    outcome: str
    regressors: tuple[str, ...]
    effects: tuple[str, ...]
    clusters: tuple[str, ...]
    sample: str | None
    endogenous: str | None
    instruments: tuple[str, ...]
    group: str | None
    test: str | None
    permutations: int


@dataclass(frozen=True)
class TablePlan:
    """A table of regressions; `size_of` names the regressor whose economic size is told below."""

    name: str
    title: Text
    models: tuple[Model, ...]
    size_of: str | None
    notes: tuple[Text, ...]


@dataclass(frozen=True)
class FigurePlan:
    """A figure: the density of a variable (in some years), its mean over the years, or both halves of the rows over them."""

    name: str
    kind: str
    title: Text
    variable: str
    by: str | None
    years: tuple[int, ...]
    sample: str | None


@dataclass(frozen=True)
class Plan:
    """A whole study; `folder` is where its file lies, and paths in it start from there."""

    title: Text
    about: Text
    seed: int
    folder: Path
    data: Data
    variables: Mapping[str, Named]
    filters: tuple[Filter, ...]
    winsorise: float
    samples: Mapping[str, tuple[Text, tuple[Filter, ...]]]
    groups: Mapping[str, Grouping]
    tables: tuple[TablePlan, ...]
    figures: tuple[FigurePlan, ...]
    formats: tuple[str, ...]
    numbers: tuple[str, ...]
    traders: bool
    said: Mapping[str, Any] = field(repr=False)


def read_plan(path: Path) -> Plan:
    """The plan in a TOML file.

    Raises
    ------
    InputError
        ``no_study``, ``bad_toml``, and whatever `plan_of` refuses.
    """
    try:
        if path.stat().st_size > LARGEST:
            raise bad_value("file", path.name, Text("smaller than 1 MiB", "小于 1 MiB 的文件"))
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(
            "no_study",
            Text(f"{str(path)!r} cannot be read as a text file.", f"无法将 {str(path)!r} 作为文本文件读取。"),
            field="file",
        ) from error
    return plan_of(text, path.absolute().parent)


def template() -> str:
    """A commented study file for the programme of the source, to be adapted."""
    return resources.files("entrepot.analyses.study").joinpath("template.toml").read_text(encoding="utf-8")


def plan_of(text: str, folder: Path) -> Plan:
    r"""The plan in a text; nothing in it is executed.

    Raises
    ------
    InputError
        ``bad_toml``, ``unknown_key`` (with the nearest), ``bad_value``, ``bad_filter``, ``unknown_transform``.

    Examples
    --------
    >>> plan_of("[study]\nsede = 1", Path("."))
    Traceback (most recent call last):
    ...
    entrepot.core.errors.InputError: study.sede: 'sede' is not known here. Did you mean 'seed'? Known: title_en, ...
    """
    try:
        said = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise InputError(
            "bad_toml",
            Text(f"The study file is no TOML: {error}.", f"研究文件不是有效的 TOML：{error}。"),
            field="file",
        ) from error
    whole = Section(said, "file", PARTS)
    study = Section(whole.table("study"), "study", ("title_en", "title_zh", "about_en", "about_zh", "seed"))
    variables = {name: _variable(name, one) for name, one in whole.table("variables").items()}
    if not variables:
        raise bad_value("variables", {}, Text("at least one variable", "至少一个变量"))
    base = Section(whole.table("sample"), "sample", ("filters", "winsorise"))
    samples = {name: _sample(name, one) for name, one in whole.table("samples").items()}
    groups = {name: _group(name, one) for name, one in whole.table("groups").items()}
    known = _Known(tuple(variables), tuple(samples), tuple(groups))
    outputs = Section(whole.table("outputs"), "outputs", ("tables", "numbers", "traders"))
    data = _data(whole.table("data"))
    traders = outputs.flag("traders")
    if traders and data.flows is None:
        raise bad_value("outputs.traders", True, Text("false without data.flows", "false（未给出 data.flows）"))
    tables = tuple(_table(one, f"table {at}", known) for at, one in enumerate(whole.tables("table"), 1))
    figures = tuple(_figure(one, f"figure {at}", known) for at, one in enumerate(whole.tables("figure"), 1))
    _once([*(one.name for one in tables), *(one.name for one in figures)])
    return Plan(
        study.names("title"), study.names("about"), study.whole("seed", 0, high=2**31 - 1), folder, data, variables,
        tuple(filter_of(one, "sample.filters") for one in base.texts("filters", ())), base.share("winsorise", 0.0),
        samples, groups, tables, figures, _listed(outputs, "tables", TABLE_FORMATS),
        _listed(outputs, "numbers", NUMBER_FORMATS), traders, said,
    )  # fmt: skip


@dataclass(frozen=True)
class _Known:
    variables: tuple[str, ...]
    samples: tuple[str, ...]
    groups: tuple[str, ...]

    def variable(self, where: str, name: str) -> str:
        """A variable, or a product of some: "a*b"."""
        for part in name.split("*"):
            if part.strip() not in self.variables:
                raise unknown(where, part.strip(), self.variables)
        return "*".join(part.strip() for part in name.split("*"))


def _data(said: Any) -> Data:
    keys = ("flows", "file", "mapping", "options", "unit", "time", "join", *CELL_TABLES)
    section = Section(said, "data", keys)
    flows, table = section.maybe("flows"), section.maybe("file")
    if (flows is None) == (table is None):
        raise bad_value("data", dict(said), Text("either flows (declarations) or file (a table)", "flows（申报数据）与 file（表格）二者之一"))  # fmt: skip
    for key in ("mapping", "options", *CELL_TABLES):
        if table is not None and key in section:
            raise bad_value(f"data.{key}", said[key], Text("left out with data.file", "与 data.file 同用时省略"))
    options = section.table("options")
    Section(options, "data.options", CELL_OPTIONS)
    joins = []
    for at, one in enumerate(section.tables("join"), 1):
        join = Section(one, f"data.join {at}", ("file", "on"))
        joins.append((join.text("file"), join.texts("on")))
    unit = section.texts("unit", ("region", "product"))
    tables = {name: section.text(name) for name in CELL_TABLES if name in section}
    return Data(
        flows, table, section.maybe("mapping"), dict(options), tables, tuple(joins), unit, section.text("time", "year")
    )


def _variable(name: str, said: Any) -> Named:
    where = f"variables.{name}"
    if any(sign in name for sign in "*:, \t"):
        raise bad_value(where, name, Text("named without *, :, commas and spaces", "不含 *、:、逗号和空格的名称"))
    if isinstance(said, str):
        return Named(variable_of(said), Text(name, name), None)
    section = Section(said, where, ("is", "label_en", "label_zh", "winsorise"))
    label = section.names("label")
    share = section.share("winsorise", 0.0) if "winsorise" in section else None
    return Named(variable_of(section.text("is")), label if label.en else Text(name, name), share)


def _sample(name: str, said: Any) -> tuple[Text, tuple[Filter, ...]]:
    section = Section(said, f"samples.{name}", ("label_en", "label_zh", "filters"))
    label = section.names("label")
    filters = tuple(filter_of(one, f"samples.{name}.filters") for one in section.texts("filters"))
    return (label if label.en else Text(name, name)), filters


def _group(name: str, said: Any) -> Grouping:
    section = Section(said, f"groups.{name}", ("by", "split", "within", "label_en", "label_zh"))
    label = section.names("label")
    split = section.choice("split", "median", ("median", "values"))
    return Grouping(section.text("by"), split, section.texts("within", ()), label if label.en else Text(name, name))


def _table(said: Any, where: str, known: _Known) -> TablePlan:
    keys = ("name", "title_en", "title_zh", "note_en", "note_zh", "size_of", "column", *MODEL, *SHARED)
    section = Section(said, where, keys)
    name = section.text("name")
    if not name.replace("_", "").isalnum() or not name.isascii() or len(name) > 31:
        raise bad_value(f"{where}.name", name, Text("up to 31 letters, digits and _", "不超过 31 个字母、数字或下划线"))
    where = f"table {name}"
    columns = section.tables("column")
    if not columns:
        raise bad_value(f"{where}.column", [], Text("at least one [[table.column]]", "至少一个 [[table.column]]"))
    shared = {key: said[key] for key in (*MODEL, *SHARED) if key in section}
    models = tuple(_model(one, shared, f"{where}, column {at}", at, known) for at, one in enumerate(columns, 1))
    size = section.maybe("size_of")
    if size is not None and not any(size in model.regressors for model in models):
        raise unknown(f"{where}.size_of", size, list(dict.fromkeys(x for model in models for x in model.regressors)))
    title, note = section.names("title"), section.names("note")
    return TablePlan(name, title if title.en else Text(name, name), models, size, (note,) if note.en else ())


def _model(said: Any, shared: Mapping[str, Any], where: str, at: int, known: _Known) -> Model:
    own = ("head_en", "head_zh", "add", *SHARED, "group", "test", "permutations")
    Section(said, where, (*MODEL, *own))
    section = Section({**shared, **said}, where, (*MODEL, *own))
    outcome = known.variable(f"{where}.outcome", section.text("outcome"))
    listed = (*section.texts("regressors"), *section.texts("add", ()))
    regressors = tuple(dict.fromkeys(known.variable(f"{where}.regressors", one) for one in listed))
    if not regressors or outcome in regressors:
        wanted = Text("at least one, and not the outcome", "至少一个，且不含被解释变量")
        raise bad_value(f"{where}.regressors", list(listed), wanted)
    endogenous = section.maybe("endogenous")
    instruments = tuple(known.variable(f"{where}.instruments", one) for one in section.texts("instruments", ()))
    if endogenous is not None and endogenous not in regressors:
        raise unknown(f"{where}.endogenous", endogenous, regressors)
    if (endogenous is None) != (not instruments):
        raise bad_value(
            f"{where}.instruments", list(instruments), Text("given with endogenous", "与 endogenous 一同给出")
        )
    sample, group, test = section.maybe("sample"), section.maybe("group"), section.maybe("test")
    for key, name, valid in (
        ("sample", sample, known.samples),
        ("group", group, known.groups),
        ("test", test, regressors),
    ):
        if name is not None and name not in valid:
            raise unknown(f"{where}.{key}", name, valid)
    draws = section.whole("permutations", 0)
    if draws and (group is None or endogenous is not None):
        raise bad_value(f"{where}.permutations", draws, Text("given with group, without instruments", "与 group 同用且不含工具变量"))  # fmt: skip
    if len(section.texts("cluster", ())) > 2:
        raise bad_value(f"{where}.cluster", section.texts("cluster"), Text("at most two", "至多两个"))
    head = section.names("head")
    return Model(
        head if head.en else Text(f"({at})", f"（{at}）"), outcome, regressors, section.texts("effects", ()),
        section.texts("cluster", ()), sample, endogenous, instruments, group, test or regressors[0], draws,
    )  # fmt: skip


def _figure(said: Any, where: str, known: _Known) -> FigurePlan:
    section = Section(said, where, ("name", "kind", "title_en", "title_zh", "variable", "by", "years", "sample"))
    name = section.text("name")
    if not name.replace("_", "").isalnum() or not name.isascii():
        raise bad_value(f"{where}.name", name, Text("letters, digits and _", "字母、数字或下划线"))
    kind, by, sample = section.choice("kind", "trend", KINDS), section.maybe("by"), section.maybe("sample")
    if (kind == "high_low") != (by is not None):
        raise bad_value(f"{where}.by", by, Text("given for high_low only", "仅用于 high_low"))
    if by is not None:
        known.variable(f"{where}.by", by)
    if sample is not None and sample not in known.samples:
        raise unknown(f"{where}.sample", sample, known.samples)
    variable = known.variable(f"{where}.variable", section.text("variable"))
    title = section.names("title")
    return FigurePlan(
        name, kind, title if title.en else Text(name, name), variable, by, section.wholes("years"), sample
    )


def _listed(section: Section, key: str, valid: tuple[str, ...]) -> tuple[str, ...]:
    chosen = section.texts(key, valid)
    for one in chosen:
        if one not in valid:
            raise unknown(f"{section.where}.{key}", one, valid)
    return chosen


def _once(names: list[str]) -> None:
    for name in names:
        if names.count(name) > 1:
            raise bad_value("name", name, Text("given once among tables and figures", "在表和图中不重复的名称"))
