"""Ports and main ports from the World Port Index of the user; the embedded ones for economies that it has no port of."""

from dataclasses import dataclass

import polars as pl

from entrepot.core.text import Text
from entrepot.formulas.distance import DistanceRules, importance, ranked_harbours, with_lanes
from entrepot.ingest.embedded import embedded_table
from entrepot.tables import main_ports, ports


@dataclass(frozen=True, slots=True)
class PortTables:
    """The tables `ports` and `main_ports`, and what to tell about the latter.

    Parameters
    ----------
    derived : economies whose main ports were chosen from the index.
    embedded : economies that keep those of the embedded set.
    """

    ports: pl.DataFrame
    main_ports: pl.DataFrame
    derived: tuple[str, ...]
    embedded: tuple[str, ...]

    @property
    def note(self) -> Text:
        """How the main ports were chosen."""
        return Text(
            f"At most five an economy. Of {len(self.derived)} economies chosen from the World Port Index: by containers handled "
            f"where known, otherwise by size of the harbour. The embedded list for {len(self.embedded)} of which the index has "
            f"no port near the sea lanes: {' '.join(self.embedded) or '–'}.",
            f"每个经济体至多五个。{len(self.derived)} 个经济体的主要港口取自世界港口索引：有集装箱吞吐量者按吞吐量，"
            f"其余按港口规模排序。索引中没有可用港口的 {len(self.embedded)} 个经济体沿用内置清单：{' '.join(self.embedded) or '–'}。",
        )


def derive_ports(
    harbours: pl.DataFrame, throughput: pl.DataFrame, lanes: pl.DataFrame, rules: DistanceRules | None = None
) -> PortTables:
    """Choose each economy's main ports among those of the index that lie on the lane network.

    Parameters
    ----------
    harbours : canonical table, not empty.
    throughput : canonical table, perhaps without rows.
    lanes : canonical table.
    rules : how many ports an economy has, and how far from the lanes a port may lie; the defaults if not given.

    Returns
    -------
    PortTables
        Checked tables. `main_ports.note` says what each rank rests on. Embedded ports stay beside those of the index, which
        come first where both have a code.

    Examples
    --------
    >>> derive_ports(harbours, throughput, lanes).main_ports  # doctest: +SKIP
    """
    rules = rules or DistanceRules()
    former_ports, former_main = embedded_table("ports"), embedded_table("main_ports")
    ranked = with_lanes(ranked_harbours(harbours, throughput, former_main), lanes, limit_km=rules.lane_limit_km)
    own_ports = ranked.select(list(ports.SCHEMA))
    every_port = pl.concat([own_ports, former_ports.join(own_ports, on="port", how="anti")]).sort("port")

    usable = ranked.filter("on_lane").with_columns(rank=pl.int_range(1, pl.len() + 1).over("economy"))
    chosen = usable.filter(pl.col("rank") <= rules.ports_per_economy)
    notes = [importance(*row) for row in chosen.select("teu", "teu_year", "size").iter_rows()]
    own_main = chosen.with_columns(note=pl.Series(notes, dtype=pl.Utf8), rank=pl.col("rank").cast(pl.Int8)).select(
        list(main_ports.SCHEMA)
    )
    kept = former_main.join(own_main, on="economy", how="anti")
    # A port may have moved: its place is that of the table `ports`, whoever lists it.
    kept = (
        kept.drop("lat", "lon").join(every_port.select("port", "lat", "lon"), on="port").select(list(main_ports.SCHEMA))
    )
    return PortTables(
        ports.check(every_port),
        main_ports.check(pl.concat([own_main, kept]).sort("economy", "rank")),
        tuple(own_main["economy"].unique().sort()),
        tuple(kept["economy"].unique().sort()),
    )
