"""The options and the setting of a question about intra-industry trade, checked at the door."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any, get_args

import polars as pl

from entrepot.analyses.choices import called
from entrepot.analyses.directory import Place
from entrepot.analyses.families import check_between, spanned
from entrepot.analyses.iit_cells import Question
from entrepot.analyses.industries import Industries, industries_of
from entrepot.analyses.partners import Partner, membership, partners_of
from entrepot.analyses.sums import grouped
from entrepot.analyses.world import World, world_of
from entrepot.analyses.years import Years, years_of
from entrepot.core.errors import InputError, given_options
from entrepot.core.text import LANGUAGES, Language, Text
from entrepot.formulas.intraindustry.competitiveness import BANDS
from entrepot.formulas.intraindustry.kinds import TypeBy, Typing

if TYPE_CHECKING:
    from entrepot.store import Snapshot

CHOICES: dict[str, tuple[Any, ...]] = {
    "typing": get_args(Typing),
    "iit_type_by": get_args(TypeBy),
    "lang": LANGUAGES,
}
VALUED = Text(
    "Exports and imports are valued as the data set has them. BACI values both free on board; in reported customs data "
    "imports include freight and insurance, which lowers the overlap and the unit-value ratio.",
    "进出口按数据集原有口径计价。BACI 双向均为离岸价；海关申报数据中进口为到岸价，会压低重叠部分与单价比。",
)
_POOLED, _WEIGHTED, _FINE = (called((name,), "intraindustry") for name in ("gl", "gl_partner_weighted", "gl_fine"))
LARGE_GROUPS = Text(
    f"{_POOLED.en} pools the row's industries and partners, {_WEIGHTED.en}, takes its partners one by one, {_FINE.en}, pools "
    "neither: pooling only ever raises the number.",
    f"{_POOLED.zh}合并该行的产业与伙伴，{_WEIGHTED.zh}逐个伙伴加权，{_FINE.zh}均不合并：合并只会使数值增大。",
)


@dataclass(frozen=True)
class IitOptions:
    """How intra-industry trade is told.

    Parameters
    ----------
    typing : "ghm" (Greenaway-Hine-Milner), "ff" (Fontagné-Freudenberg) or "celi".
    alpha : half-width of what counts as the same quality; 0.15, 0.20 and 0.25 are usual.
    iit_type_by : the row's one type by the kind with most "overlap" or by its own "unit_value".
    span : years over which the marginal indices take changes.
    tc_bands : edges of the classes of the trade competitiveness index.
    bands : ascending unit-value ratios that part further bands of overlap; none by default.
    """

    typing: Typing = "ghm"
    alpha: float = 0.15
    iit_type_by: TypeBy = "overlap"
    span: int = 1
    tc_bands: tuple[float, ...] = BANDS
    bands: tuple[float, ...] = ()
    lang: Language = "en"

    @classmethod
    def of(cls, **given: Any) -> "IitOptions":
        """Options from what a user gave; None means the default.

        Raises
        ------
        InputError
            For an unknown option or value.
        """
        chosen = given_options(given, list(cls.__dataclass_fields__), CHOICES)
        for name in ("tc_bands", "bands"):
            if name in chosen:
                chosen[name] = _edges(name, chosen[name])
        options = cls(**chosen)
        check_between("alpha", options.alpha, 0, 1, open_ends=True)
        check_between("span", options.span, 1, 100)
        return options


def _edges(name: str, given: Sequence[float] | str) -> tuple[float, ...]:
    pieces = given.split(",") if isinstance(given, str) else given
    try:
        edges = tuple(float(piece) for piece in pieces)
    except ValueError:
        edges = (1.0, 0.0)
    if any(low >= high for low, high in pairwise(edges)) or any(edge <= 0 for edge in edges):
        raise InputError(
            f"bad_{name}",
            Text(
                f"{name} must be ascending numbers above 0, such as 0.3,0.6,0.8.",
                f"{name} 须为递增的正数，例如 0.3,0.6,0.8。",
            ),
            field=name,
        )
    return edges


@dataclass(frozen=True)
class IitSetting:
    """One question about intra-industry trade, with names resolved."""

    snapshot: "Snapshot"
    world: World
    data: str
    reporter: Place
    partners: tuple[Partner, ...]
    years: tuple[int, ...]
    products: tuple[str, ...] | None
    options: IitOptions
    question: Question

    def asked(self) -> dict[str, Any]:
        """The parameters of the Result."""
        years = self.years
        whole = len(years) > 1 and years == tuple(range(years[0], years[-1] + 1))
        industries = self.question.industries
        return {
            "reporter": self.reporter.code,
            "partners": ",".join(partner.code for partner in self.partners),
            "by": industries.by,
            "level": industries.level,
            "year": years[-1],
            "years": f"{years[0]}-{years[-1]}" if whole else ",".join(map(str, years)),
            "products": ",".join(self.products) if self.products else None,
            "data": self.data,
            **asdict(self.options),
        }

    def notes(self) -> tuple[Text, ...]:
        """What a reader must know."""
        notes = [VALUED, LARGE_GROUPS]
        industries: Industries = self.question.industries
        if industries.left_out:
            said = ", ".join(industries.left_out[:8])
            number = len(industries.left_out)
            notes.append(
                Text(
                    f"{number} products without an industry are left out: {said}{' …' if number > 8 else ''}.",
                    f"{number} 个无所属产业的产品未计入：{said}{'……' if number > 8 else ''}。",
                )
            )
        if industries.several:
            number, by = len(industries.several), industries.by.upper()
            notes.append(
                Text(
                    f"{number} products correspond to several codes of {by} and are counted with the likeliest one.",
                    f"{number} 个产品对应多个 {by} 编码，已归入对应最多的一个。",
                )
            )
        listed = [partner for partner in self.partners if partner.source]
        notes += [
            Text(f"{partner.name.en}: {partner.source}.", f"{partner.name.zh}名单来源：{partner.source}。")
            for partner in listed
        ]
        lacking = [year for year in self.years if year - self.question.span not in self.question.held]
        if lacking:
            notes.append(
                Text(
                    f"Marginal indices need the year {self.question.span} before; not in the data for {lacking[0]}"
                    f"{f' and {len(lacking) - 1} more' if len(lacking) > 1 else ''}.",
                    f"边际指数需要 {self.question.span} 年前的数据；{lacking[0]}{f' 等 {len(lacking)} 年' if len(lacking) > 1 else ' 年'}缺。",
                )
            )
        if self.reporter.is_group:
            notes.append(
                Text(
                    f"{self.reporter.code} stands for its {len(self.reporter.members)} members of {self.years[-1]} in every "
                    "year, without trade among them.",
                    f"{self.reporter.code} 在各年均按 {self.years[-1]} 年的 {len(self.reporter.members)} 个成员计，不含内部贸易。",
                )
            )
        scope = "the chosen products" if self.products else "the products"
        notes.append(
            Text(
                f"Totals, advantages and shares are over {scope} of data set {self.data!r} only.",
                f"合计、优势与份额仅按数据集 {self.data!r} 的{'所选' if self.products else ''}产品计。",
            )
        )
        return tuple(notes)


def iit_title(setting: IitSetting, what: Text) -> Text:
    """What an answer is called: what it is, whose, when."""
    when, who = spanned(setting.years), setting.reporter.name
    return Text(f"{what.en} of {who.en}, {when.en}", f"{who.zh}的{what.zh}，{when.zh}")


def iit_setting(
    snapshot: "Snapshot",
    reporter: str,
    partners: str | Sequence[str] | None,
    by: str,
    level: str | None,
    years: Years,
    products: str | Sequence[str] | None,
    table: pl.DataFrame | None,
    data: str | None,
    options: IitOptions,
) -> IitSetting:
    """The question with everything found and checked, and its flows loaded."""
    world = world_of(snapshot)
    dataset = snapshot.dataset(data)
    chosen = years_of(years, dataset.years)
    place = world.places.at(world.places.find(reporter, field="reporter"), chosen[-1])
    found = partners_of(world, partners, chosen, place)
    codes = tuple(piece.strip() for piece in products.split(",")) if isinstance(products, str) else products
    prefixes = None if codes is None else tuple(codes)
    needed = sorted({*chosen, *(year - options.span for year in chosen)} & set(dataset.years))
    roster = world.roster(place)
    prepared = (
        roster.recode(snapshot.flows(dataset.name, needed, prefixes).lazy())
        .select(
            pl.col("year").cast(pl.Int64),
            "exporter",
            "importer",
            "product",
            "value_usd",
            pl.col("quantity_t").fill_null(0.0),
            pl.when(pl.col("quantity_t").is_not_null()).then("value_usd").otherwise(0.0).alias("priced_usd"),
        )
        .collect()
    )
    if roster.groups:  # else each flow is there once, as it is in the store
        amounts = ("value_usd", "quantity_t", "priced_usd")
        prepared = grouped(prepared, ["year", "exporter", "importer", "product"], *(pl.col(of).sum() for of in amounts))
    industries = industries_of(world, dataset.name, sorted(prepared["product"].unique()), by, level, table)
    if industries.left_out:
        prepared = prepared.filter(pl.col("product").is_in(industries.of_product["product"].implode()))
    question = Question(
        flows=prepared,
        reporter=place.code,
        members=membership(found, chosen),
        industries=industries,
        years=chosen,
        span=options.span,
        held=frozenset(dataset.years),
    )
    return IitSetting(snapshot, world, dataset.name, place, found, chosen, prefixes, options, question)
