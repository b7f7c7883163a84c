"""A customs world with a known truth: quality, prices that scatter less where firms meet abroad, entry and exit."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl

from entrepot.analyses.simulation.bad_rows import with_bad_rows
from entrepot.analyses.simulation.customs_plan import DESTINATIONS, OWNERS, Cast, Plan, cast_of
from entrepot.cube.cells import Codes, Values
from entrepot.formulas.allocation.exchange import Presence, ico
from entrepot.formulas.allocation.expectation import largest_rmd, variance_for
from entrepot.tables.firm_flows import SCHEMA

LEAST_RMD = 0.01
TREND = -0.002  # of the year effect, per year


@dataclass(frozen=True)
class CustomsWorld:
    """Declarations and the truth behind them.

    Parameters
    ----------
    flows : canonical `firm_flows`.
    cells : region, product, year, n_firms, ico (of the year), ico_lag, relative_variance and expected_rmd. A cell without an
        exporter in the year before has no ico_lag; its dispersion follows the mean of the product's other regions then.
    firms : firm, product, year, quality, price_usd: true values.
    regions : region, latitude, longitude.
    parameters : the plan, with `effect`, the true α₁ of RMD_t on ICO_{t−1} with region-product and year effects.
    """

    flows: pl.DataFrame
    cells: pl.DataFrame
    firms: pl.DataFrame
    regions: pl.DataFrame
    parameters: dict[str, Any]


@dataclass(frozen=True)
class ProductWorld:
    """The part of a world that one product makes: see `CustomsWorld`; clipped : cells whose dispersion was cut off."""

    flows: pl.DataFrame
    cells: pl.DataFrame
    firms: pl.DataFrame
    clipped: int


def simulate_customs(*, years: Iterable[int] = (2010, 2011, 2012), **plan: Any) -> CustomsWorld:
    """A whole world in memory.

    Parameters
    ----------
    firms : firms that ever export; regions, products, destinations : how many of each.
    years : years that follow one another.
    seed : the same seed gives the same world.
    sigma : elasticity of substitution σ.
    effect : α₁ in E[RMD_pjt] = γ_pj + γ_t + α₁·ICO_pj,t−1, exact for RMD with `neighbours` nearest firms.
    mean_destinations : of a firm in a product and year, at most all.
    endogeneity : 0 to 1, weight of a shock to the region and product that raises exchange in one year and dispersion in the
        next: least squares then misses α₁; IV_ICO does not see the shock of the region itself.
    neighbours : k of the RMD for which the truth is stated.
    bad_rows : add rows as they occur in real files (see `with_bad_rows`).

    Returns
    -------
    CustomsWorld

    Raises
    ------
    InputError
        For a number out of bounds.

    Examples
    --------
    >>> world = simulate_customs(firms=60, products=2, regions=3)
    >>> sorted(world.flows.columns) == sorted(SCHEMA), world.parameters["effect"]
    (True, -0.4)
    """
    made = Plan.of(years=years, **plan)
    cast = cast_of(made)
    parts = list(product_worlds(made, cast))
    return CustomsWorld(
        flows=pl.concat(part.flows for part in parts),
        cells=pl.concat(part.cells for part in parts),
        firms=pl.concat(part.firms for part in parts),
        regions=cast.regions,
        parameters={**made.as_dict(), "clipped": sum(part.clipped for part in parts)},
    )


def product_worlds(plan: Plan, cast: Cast) -> Iterator[ProductWorld]:
    """The world product by product, so that one of any size can be written without being held."""
    edges = np.searchsorted(cast.pair_product, np.arange(plan.products + 1))
    for product in range(plan.products):
        firms = cast.pair_firm[edges[product] : edges[product + 1]]
        if len(firms):
            yield _product_world(plan, cast, product, firms)


def _product_world(plan: Plan, cast: Cast, product: int, pair_firm: Codes) -> ProductWorld:
    rng = np.random.default_rng([plan.seed, 1, product])
    regions, wide = plan.regions, plan.destinations
    level, size = rng.normal(3.0, 1.0), rng.normal(0.0, 1.0)
    talent = rng.normal(0.0, 0.5, len(pair_firm))
    # High enough that no exchange met in practice takes dispersion to where it cannot go.
    base = 0.05 + max(0.0, -0.85 * plan.effect) + rng.uniform(-0.015, 0.015, regions)
    common, own = rng.dirichlet(np.full(wide, 0.6)), rng.dirichlet(np.full(wide, 0.35), regions)
    usual = rng.normal(0.0, 0.4, regions)
    lag: Values | None = None
    shock_before = np.zeros(regions)
    flows, cells, firms, clipped = [], [], [], 0
    for place, year in enumerate((plan.years[0] - 1, *plan.years)):
        here = (cast.enters[pair_firm] <= year) & (year <= cast.leaves[pair_firm])
        # What all regions share makes the instrument relevant; a region's own shock is what it must not see.
        own_move, shock = rng.normal(0.0, 1.0, (2, regions))
        move = usual + rng.normal(0.0, 1.0) + 0.7 * own_move + 1.5 * plan.endogeneity * shock
        closeness = 1 / (1 + np.exp(-move))
        market = closeness[:, None] * common + (1 - closeness[:, None]) * own
        alive, region = pair_firm[here], cast.firm_region[pair_firm[here]]
        entry, destination = _destinations(rng, np.log(market + 1e-9)[region], plan)
        presence = _presence(region[entry], destination, plan)
        exchange = np.full(regions, np.nan)
        exchange[presence.cell_region] = ico(presence, True)
        yearly = rng.normal(0.0, 0.1, len(pair_firm))[here]
        deviation = rng.uniform(-1.0, 1.0, len(pair_firm))[here]
        if lag is not None:
            known = np.where(np.isfinite(lag), lag, np.nanmean(lag) if np.isfinite(lag).any() else 0.0)
            mean = base + TREND * place + plan.effect * known + 0.025 * plan.endogeneity * shock_before
            count = np.bincount(region, minlength=regions)
            truth, variance, cut = _scatter(mean, count, plan.neighbours)
            clipped += int(cut[count > 1].sum())
            price = np.exp(level) * (1 + np.sqrt(3 * variance)[region] * deviation)
            quality = np.exp(talent[here] + yearly)
            demand = cast.market_size[destination, place] + size + (plan.sigma - 1) * np.log(quality)[entry]
            quantity = np.exp(demand - plan.sigma * np.log(price)[entry])
            flows.append(
                _flows(cast, plan, product, year, alive[entry], destination, price[entry] * quantity, quantity)
            )
            firms.append(_firms(cast, product, year, alive, quality, price))
            cells.append(_cells(cast, product, year, count, exchange, lag, variance, truth))
        lag, shock_before = exchange, shock
    flow = pl.concat(flows)
    if plan.bad_rows:
        flow = with_bad_rows(flow, rng)
    return ProductWorld(flow, pl.concat(cells), pl.concat(firms), clipped)


def _destinations(rng: np.random.Generator, appeal: Values, plan: Plan) -> tuple[Codes, Codes]:
    """Each firm's destinations, drawn without replacement in proportion to appeal: firm and destination of each entry."""
    count = np.minimum(1 + rng.poisson(plan.mean_destinations - 1, len(appeal)), plan.destinations)
    # The largest of log-weights plus Gumbel noise are such a draw.
    noisy = appeal + rng.gumbel(size=appeal.shape)
    order = np.argsort(-noisy, axis=1, kind="stable")
    chosen = np.arange(plan.destinations)[None, :] < count[:, None]
    entry = np.repeat(np.arange(len(appeal)), count)
    return entry, order[chosen]


def _presence(region: Codes, destination: Codes, plan: Plan) -> Presence:
    keys, firms = np.unique(region * plan.destinations + destination, return_counts=True)
    at, to = np.divmod(keys, plan.destinations)
    return Presence(np.zeros_like(at), at, to, firms.astype(np.float64), plan.regions, plan.destinations)


def _scatter(mean: Values, count: Codes, neighbours: int) -> tuple[Values, Values, Values]:
    """Dispersion as it can be, the relative variance of prices that gives it, and where it had to be cut off."""
    near = np.minimum(neighbours, count - 1)
    most = np.full(len(mean), np.inf)
    for k in np.unique(near[near > 0]).tolist():
        most[near == k] = largest_rmd(k)
    truth = np.clip(mean, LEAST_RMD, most)
    variance = variance_for(truth, near)
    return np.where(near > 0, truth, np.nan), np.where(near > 0, variance, 0.02), truth != mean


def _flows(
    cast: Cast, plan: Plan, product: int, year: int, firm: Codes, destination: Codes, value: Values, quantity: Values
) -> pl.DataFrame:
    names = pl.Series(DESTINATIONS[: plan.destinations])
    frame = pl.DataFrame(
        {
            "firm": cast.firm_codes.gather(firm),
            "region": pl.Series(cast.region_codes).gather(cast.firm_region[firm]),
            "destination": names.gather(destination),
            "value_usd": value,
            "quantity": quantity,
            "owner": pl.Series(OWNERS).gather(cast.firm_owner[firm]),
            "regime": pl.Series(["ordinary", "processing"]).gather(cast.firm_regime[firm].astype(int)),
        }
    ).with_columns(year=pl.lit(year), flow=pl.lit("export"), product=pl.lit(cast.product_codes[product]))
    return frame.select(pl.col(name).cast(dtype) for name, dtype in SCHEMA.items())


def _firms(cast: Cast, product: int, year: int, firm: Codes, quality: Values, price: Values) -> pl.DataFrame:
    frame = pl.DataFrame({"firm": cast.firm_codes.gather(firm), "quality": quality, "price_usd": price})
    return frame.select(
        "firm",
        pl.lit(cast.product_codes[product]).alias("product"),
        pl.lit(year, pl.Int16).alias("year"),
        "quality",
        "price_usd",
    )


def _cells(
    cast: Cast, product: int, year: int, count: Codes, exchange: Values, lag: Values, variance: Values, truth: Values
) -> pl.DataFrame:
    frame = pl.DataFrame(
        {
            "region": cast.region_codes,
            "n_firms": count,
            "ico": exchange,
            "ico_lag": lag,
            "relative_variance": variance,
            "expected_rmd": truth,
        }
    ).with_columns(
        pl.col(pl.Float64).fill_nan(None), product=pl.lit(cast.product_codes[product]), year=pl.lit(year, pl.Int16)
    )
    kept = ["region", "product", "year", "n_firms", "ico", "ico_lag", "relative_variance", "expected_rmd"]
    return frame.filter(pl.col("n_firms") > 0).select(kept)
