"""The options of an analysis: one vocabulary for the command line, Python, REST and the web."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal, get_args

from entrepot.analyses.candidates import among_text
from entrepot.analyses.columns import weightable
from entrepot.analyses.passages import check_distance, parse_passages
from entrepot.analyses.weights import DEFAULT, check_weights, parse_weights, presets
from entrepot.core.errors import check_choice, given_options
from entrepot.core.text import LANGUAGES, Language
from entrepot.formulas.advantage import Average
from entrepot.formulas.gap import Basis, Missing
from entrepot.formulas.growth import Exponent
from entrepot.formulas.score import Scale
from entrepot.formulas.tariff import Reading

PricePeriod = Literal["year", "window"]
Distance = Literal["ports", "sea", "great_circle", "cepii"]
Served = Literal["all", "new", "served"]
WINDOWS = (3, 5, 10)

CHOICES: dict[str, tuple[Any, ...]] = {
    "basis": get_args(Basis),
    "exponent": get_args(Exponent),
    "average": get_args(Average),
    "price_period": get_args(PricePeriod),
    "missing": get_args(Missing),
    "tariff": get_args(Reading),
    "distance": get_args(Distance),
    "window": WINDOWS,
    "scale": get_args(Scale),
    "served": get_args(Served),
    "lang": LANGUAGES,
}


@dataclass(frozen=True, slots=True)
class Options:
    """How an answer is computed and ranked; checked when made (`Options.of`).

    Parameters
    ----------
    basis : what the gravity share weights: the bilateral flow as printed, or the exporter's sales to the world.
    exponent : of the CAGR: 1/N as printed ("window"), or 1/(N−1) ("intervals").
    average : mean of bilateral unit values ("simple"), or total value over total quantity ("weighted").
    price_period : unit values of the analysis year, or of the whole window.
    missing : what a missing factor of D becomes: the market's usual, or 1.
    tariff : reading of "highest average tariff".
    distance : provider of distances.
    without : passages closed to ships, by name, parted by commas; for the distance "sea" only.
    window : years that end in the analysis year.
    scale : how parameters are made comparable.
    weights : column → weight.
    rank_by : "score", or any single column that may be weighted.
    among : the markets that compete (see `entrepot.analyses.candidates.candidates`); None for all.
    served : of these all, only those where the exporter sells nothing yet ("new"), or only those where it does.
    """

    basis: Basis = "bilateral"
    exponent: Exponent = "window"
    average: Average = "simple"
    price_period: PricePeriod = "year"
    missing: Missing = "usual"
    tariff: Reading = "mean"
    distance: Distance = "ports"
    without: str | None = None
    window: int = 5
    scale: Scale = "percentile"
    weights: Mapping[str, float] | None = None
    rank_by: str = "score"
    among: str | None = None
    served: Served = "all"
    lang: Language = "en"

    @classmethod
    def of(cls, **given: Any) -> "Options":
        """Options from what a user gave; None means the default.

        Raises
        ------
        InputError
            For an unknown option or value; it names what is valid and the nearest match.
        """
        known = cls.__dataclass_fields__
        chosen = given_options(given, list(known), CHOICES)
        weights = chosen.get("weights", presets()[DEFAULT])
        chosen["weights"] = parse_weights(weights) if isinstance(weights, str) else check_weights(weights)
        if "among" in chosen:
            chosen["among"] = among_text(chosen["among"])
        if "without" in chosen:
            chosen["without"] = parse_passages(chosen["without"])
            check_distance(chosen["without"], chosen.get("distance", known["distance"].default))
        if "rank_by" in chosen:
            check_choice("rank_by", chosen["rank_by"], ["score", *weightable()])
        return cls(**chosen)

    @property
    def chosen_weights(self) -> dict[str, float]:
        """The weights as a plain dictionary."""
        return dict(self.weights or {})

    def as_dict(self) -> dict[str, Any]:
        """Every option by name."""
        return {**asdict(self), "weights": self.chosen_weights}
