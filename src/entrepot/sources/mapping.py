"""Codes of economies in other people's schemes, carried to ISO 3166 alpha-3 by what the store knows."""

import polars as pl

from entrepot.sources.provider import Known


def iso3_of_scheme(known: Known, scheme: str) -> dict[str, str]:
    """Code → ISO3 for a scheme of the table `codes` ("baci", "comtrade", "old")."""
    codes = known.table("codes").filter(pl.col("scheme") == scheme)
    return dict(codes.select("code", "iso3").iter_rows())


def iso3_of_iso2(known: Known) -> dict[str, str]:
    """ISO 3166 alpha-2 → alpha-3, of the economies of today first."""
    economies = known.table("economies").filter(pl.col("iso2").is_not_null()).sort("historical", descending=True)
    return dict(economies.select("iso2", "iso3").iter_rows())


def known_iso3(known: Known) -> frozenset[str]:
    """Every ISO3 code of the table `economies`."""
    return frozenset(known.table("economies")["iso3"])


def successors(known: Known) -> dict[str, str]:
    """ISO3 of an economy that is no more → the one that its facts belong to, where the store names one."""
    gone = known.table("economies").filter(pl.col("historical") & pl.col("successor").is_not_null())
    return dict(gone.select("iso3", "successor").iter_rows())
