"""Whom a file speaks of: its codes and names of economies as ISO 3166 alpha-3, aggregates and strangers counted."""

import re
import unicodedata
from collections.abc import Mapping

import polars as pl

from entrepot.core.text import Text
from entrepot.sources.columns import Place
from entrepot.sources.mapping import iso3_of_iso2, iso3_of_scheme, known_iso3
from entrepot.sources.provider import Known
from entrepot.sources.tally import Tally

AGGREGATE = Text("groups of economies (regions, income groups, the world)", "经济体分组（地区、收入组、全世界）")
STRANGER = Text("economies that the store does not know", "数据仓库未收录的经济体")

# Aggregates among the country codes of World Bank files.
WORLD_BANK_AGGREGATES = frozenset(
    """AFE AFR AFW ARB BEA BEC BHI BLA BMN BSS CAA CEA CEB CEU CLA CME CSA CSS DEA DEC DFS DLA DMN DNF DNS DSA DSF DSS
    EAP EAR EAS ECA ECS EMU EUU FCS FXS HIC HPC IBB IBD IBT IDA IDB IDX INX LAC LCN LCR LDC LIC LMC LMY LTE MDE MEA MIC
    MNA NAC NAF NRS NXS OED OSS PRE PSS PST RRS SAS SSA SSF SST SXZ TEA TEC TLA TMN TSA TSS UMC WLD XZN AFX""".split()
)
# Codes of single providers that no scheme of the store has: Kosovo at the IMF, Palestine at CEPII.
CODES = {"UVK": "XKX", "PAL": "PSE"}
# Spellings of official files that the store's own names and aliases do not hold.
SPELLINGS = {
    "bahamas the": "BHS",
    "bahrain kingdom of": "BHR",
    "bolivia plurinational state of": "BOL",
    "british overseas territory of saint helena ascension and tristan da cunha": "SHN",
    "chinese taipei": "TWN",
    "congo": "COG",
    "congo dem rep": "COD",
    "congo rep": "COG",
    "czech republic": "CZE",
    "egypt arab rep": "EGY",
    "faeroe islands": "FRO",
    "falkland islands islas malvinas": "FLK",
    "gambia the": "GMB",
    "hong kong china": "HKG",
    "hong kong sar china": "HKG",
    "iran islamic rep": "IRN",
    "korea rep": "KOR",
    "korea republic of": "KOR",
    "korea democratic people s republic of": "PRK",
    "kosovo under unsc res 1244": "XKX",
    "kuwait the state of": "KWT",
    "kyrgyz republic": "KGZ",
    "lao pdr": "LAO",
    "lebanese republic": "LBN",
    "johnson atoll": "UMI",
    "macao china": "MAC",
    "macedonia fyr": "MKD",
    "midway islands": "UMI",
    "micronesia fed sts": "FSM",
    "micronesia federated states of": "FSM",
    "moldova republic of": "MDA",
    "netherlands kingdom of with respect to aruba": "ABW",
    "saudi arabia kingdom of": "SAU",
    "sco tomi and principe": "STP",  # accents lost in a World Bank workbook
    "slovak republic": "SVK",
    "saint kittsand nevis": "KNA",
    "saint vincent grenadines": "VCT",
    "saint vincent and the grenadines windward islands": "VCT",
    "south georgia and south sandwich islands": "SGS",
    "st kitts and nevis": "KNA",
    "st lucia": "LCA",
    "st vincent and the grenadines": "VCT",
    "swaziland": "SWZ",
    "taiwan china": "TWN",
    "tc rkiye": "TUR",  # ü lost in a World Bank workbook
    "the gambia": "GMB",
    "turkey": "TUR",
    "turkiye": "TUR",
    "venezuela bolivarian republic of": "VEN",
    "venezuela rb": "VEN",
    "viet nam": "VNM",
    "virgin islands british": "VGB",
    "svalbard": "SJM",
    "wake island": "UMI",
    "wallis and futuna islands": "WLF",
    "yemen rep": "YEM",
    "yugoslavia socialist federal republic of": "YUG",
}


def folded(name: str) -> str:
    """A name without case, accents and punctuation.

    Examples
    --------
    >>> folded("Côte d'Ivoire"), folded("Türkiye ")
    ('cote d ivoire', 'turkiye')
    """
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return " ".join(re.findall(r"[^\W_]+", plain.casefold()))


class Economies:
    """The economies of the store by every code and name that official files use for them."""

    def __init__(self, known: Known) -> None:
        table = known.table("economies")
        iso3 = known_iso3(known)
        self._by_code: dict[str, str] = {
            **CODES,
            **iso3_of_scheme(known, "old"),
            **{code: code for code in iso3},
        }
        self._by_iso2 = iso3_of_iso2(known)
        numbered = table.filter(pl.col("m49").is_not_null()).sort("historical", descending=True)
        self._by_number = {code.lstrip("0"): economy for code, economy in numbered.select("m49", "iso3").iter_rows()}
        self._by_number.update(iso3_of_scheme(known, "comtrade"))
        self.name_zh: Mapping[str, str] = dict(table.select("iso3", "name_zh").iter_rows())
        self._by_name: dict[str, str] = {}
        for row in table.sort("historical").select("iso3", "name_en", "aliases").iter_rows():
            for name in (row[1], *(row[2] or ())):
                self._by_name.setdefault(folded(name), row[0])
        self._by_name |= {name: code for name, code in SPELLINGS.items() if code in iso3}

    def of_code(self, code: str) -> str | None:
        """An alpha-3 code, of today or an older one."""
        return self._by_code.get(code.strip().upper())

    def of_iso2(self, code: str) -> str | None:
        """An alpha-2 code."""
        return self._by_iso2.get(code.strip().upper())

    def of_number(self, number: str) -> str | None:
        """An ISO or UN number, with or without leading zeros."""
        return self._by_number.get(number.strip().lstrip("0"))

    def of_name(self, name: str) -> str | None:
        """A name in English or Chinese, or one of its known spellings."""
        return self._by_name.get(folded(name))

    def mapped(
        self, frame: pl.DataFrame, column: str, place: Place, tally: Tally, *, by: str = "code", to: str = "economy"
    ) -> pl.DataFrame:
        """The rows of economies that the store knows, with their ISO3; the others counted by reason.

        Parameters
        ----------
        by : what the column holds: "code" (alpha-3), "iso2", "number" or "name".

        Raises
        ------
        DataError
            ``no_known_economy``: not one row is of a known economy, as when columns have changed places.
        """
        lookup = {"code": self.of_code, "iso2": self.of_iso2, "number": self.of_number, "name": self.of_name}[by]
        found = {value: lookup(value or "") for value in frame[column].unique().to_list()}
        economy = pl.Series(to, [found[value] for value in frame[column].to_list()], dtype=pl.Utf8)
        unknown = frame.filter(economy.is_null())[column].to_list()
        if len(unknown) == frame.height and frame.height:
            raise place.fault(
                "no_known_economy",
                Text("no row is of a known economy", "没有一行属于已知经济体"),
                column=column,
                value=unknown[0],
            )
        of_groups = [code for code in unknown if by == "code" and code in WORLD_BANK_AGGREGATES]
        tally.drop("aggregate", AGGREGATE, of_groups)
        tally.drop("unknown_economy", STRANGER, [code for code in unknown if code not in of_groups or by != "code"])
        return frame.with_columns(economy).filter(pl.col(to).is_not_null())
