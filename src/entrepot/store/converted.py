"""What the manifest keeps of a data set that was carried over from another classification: how much of it, and how."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from entrepot.core.text import Text


@dataclass(frozen=True, slots=True)
class Converted:
    """How well a data set was carried over.

    Parameters
    ----------
    classification : the one that its files were in.
    weights : name of the data set by whose trade codes were parted; empty where there was none.
    years : year → `value_usd` of the files, and the fractions of it that were carried over "exact", "merged",
        "split_by_trade", "chosen", "split_equally", or were "lost"; they add up to 1 (`formulas.concordance.Shares`).
    """

    classification: str
    weights: str
    years: Mapping[int, Mapping[str, float]]

    def whole(self) -> dict[str, float]:
        """Value and fractions of all years together."""
        total = sum(shares["value_usd"] for shares in self.years.values())
        names = dict.fromkeys(name for shares in self.years.values() for name in shares if name != "value_usd")
        fractions = {
            name: sum(shares[name] * shares["value_usd"] for shares in self.years.values()) / total if total else 0.0
            for name in names
        }
        return {"value_usd": total, **fractions}

    @property
    def said(self) -> Text:
        """One sentence for people.

        Examples
        --------
        >>> shares = {"value_usd": 1e9, "exact": 0.9, "merged": 0.05, "split_by_trade": 0.03}
        >>> rest = {"chosen": 0.01, "split_equally": 0.0, "lost": 0.01}
        >>> Converted("HS17", "world", {2024: {**shares, **rest}}).said.en[:67]
        'Carried over from HS17: of the value 90.0 % goes code by code, 5.0 %'
        """
        share = {name: f"{100 * fraction:.1f} %" for name, fraction in self.whole().items() if name != "value_usd"}
        by_en = f"by the trade of data set {self.weights}" if self.weights else "by trade"
        by_zh = f"按数据集 {self.weights} 的贸易额" if self.weights else "按贸易额"
        return Text(
            f"Carried over from {self.classification}: of the value {share['exact']} goes code by code, {share['merged']} into codes "
            f"that others go to as well, {share['split_by_trade']} is parted {by_en}; where no trade is known, {share['chosen']} "
            f"goes where the table itself converts to and {share['split_equally']} is parted equally; {share['lost']} is lost (no corresponding code).",
            f"由 {self.classification} 转换而来：按金额计，{share['exact']} 一一对应，{share['merged']} 并入其他编码，"
            f"{share['split_by_trade']} {by_zh}拆分；无贸易额可依者，{share['chosen']} 按对照表自身的选择归入，{share['split_equally']} 均分；"
            f"{share['lost']} 因无对应编码而丢失。",
        )


def to_json(converted: Converted) -> dict[str, Any]:
    """The description as JSON."""
    years = {str(year): dict(shares) for year, shares in sorted(converted.years.items())}
    return {"classification": converted.classification, "weights": converted.weights, "years": years}


def from_json(raw: Mapping[str, Any]) -> Converted:
    """The description from its JSON form."""
    years = {
        int(year): {str(name): float(share) for name, share in shares.items()} for year, shares in raw["years"].items()
    }
    return Converted(str(raw["classification"]), str(raw["weights"]), years)
