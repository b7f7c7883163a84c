"""A small file of our own in every provider's layout, as rows that can be spoilt and written again."""

import csv
import io
import json
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.sources.reference import SAMPLES, rows_of, stata, workbook
from tests.sources.trade_files import COUNTRIES, PRODUCTS, year_file

Rows = list[list[str]]


@dataclass(frozen=True, slots=True)
class Sample:
    """Rows of a provider's layout and how they become a file again.

    Parameters
    ----------
    heads : rows on top that are no data.
    write : makes a file of a name in a folder.
    """

    provider: str
    name: str
    heads: int
    rows: Rows
    write: Callable[[Path, Rows], Path]

    @property
    def id(self) -> str:
        return f"{self.provider} {self.name}"


def delimited(provider: str, name: str, heads: int = 1, separator: str = ",") -> Sample:
    def write(folder: Path, rows: Rows) -> Path:
        text = io.StringIO()
        csv.writer(text, delimiter=separator, lineterminator="\n").writerows(rows)
        path = folder / name
        path.write_text(text.getvalue(), encoding="utf-8")
        return path

    rows = list(csv.reader(io.StringIO((SAMPLES / name).read_text("utf-8-sig")), delimiter=separator))
    return Sample(provider, name, heads, rows, write)


def sheet(provider: str, name: str, rows: Sequence[Sequence[str]], heads: int = 1, title: str = "Sheet1") -> Sample:
    def write(folder: Path, changed: Rows) -> Path:
        return workbook(folder / name, {title: changed})

    return Sample(provider, name, heads, [list(row) for row in rows], write)


def frame(provider: str, name: str, rows: Rows) -> Sample:
    """A Stata file: a column is of numbers if all of its cells are."""

    def write(folder: Path, changed: Rows) -> Path:
        columns: dict[str, list[object]] = {}
        for position, heading in enumerate(changed[0]):
            cells = [row[position] if position < len(row) else "" for row in changed[1:]]
            columns[heading] = _numbers(cells) or list(cells)
        return stata(folder / name, columns)

    return Sample(provider, name, 1, rows, write)


def _numbers(cells: Sequence[str]) -> list[object] | None:
    try:
        return [float(cell) if cell else None for cell in cells] if any(cells) else None
    except ValueError:
        return None


def entry(provider: str, name: str, inside: str, heads: int, rows: Rows, others: dict[str, str]) -> Sample:
    """A zip with the rows as one of its entries."""

    def write(folder: Path, changed: Rows) -> Path:
        text = io.StringIO()
        csv.writer(text, lineterminator="\n").writerows(changed)
        with zipfile.ZipFile(folder / name, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(inside, text.getvalue())
            for other, content in others.items():
                archive.writestr(other, content)
        return folder / name

    return Sample(provider, name, heads, rows, write)


def correlation(folder: Path, rows: Rows) -> Path:
    conversion = [["From HS 2017", "To HS 1992"], ["010121", "010111"]]
    return workbook(folder / "HS2017toHS1992.xlsx", {"Conversion HS17-HS92": conversion, "Correlation HS17-HS92": rows})


def codes(folder: Path, rows: Rows) -> Path:
    """Every cell is kept as it is, so that a spoilt one is spoilt in the JSON too."""
    listed = [dict(zip(rows[0], row, strict=False)) for row in rows[1:]]
    path = folder / "H5.json"
    path.write_text(json.dumps({"more": False, "classCode": "H5", "className": "HS2017", "results": listed}, indent=1))
    return path


API = [list(row) for row in csv.reader(io.StringIO((SAMPLES / "API_NY.GDP.MKTP.CD_sample.csv").read_text("utf-8-sig")))]
TARIFF = [
    *API[:4],
    ["Country Name", "Country Code", "Indicator Name", "Indicator Code", "2020", "2021", ""],
    ["Chile", "CHL", "Tariff rate", "TM.TAX.MRCH.WM.AR.ZS", "0.5", "0.4", ""],
    ["Viet Nam", "VNM", "Tariff rate", "TM.TAX.MRCH.WM.AR.ZS", "1.5", "1.25", ""],
]
DOING_BUSINESS = [
    ["cod", "economy", "dbyear", "contractscost", "tradeMcostborder", "tradeMcostdocs"],
    ["CHL", "Chile", "2020", "25.6", "290", "50"],
    ["CHIN", "China", "2020", "16.18", "241.25", "77.25"],
    ["CHN", "China Shanghai", "2020", "15.1", "230", "75"],
]
CORRELATION = [
    ["Between", "", ""],
    ["HS 2017", "HS 1992", "Relationship"],
    ["010121", "010111", "1:n"],
    ["010121", "010119", ""],
]
CODES = [
    ["id", "text", "parent"],
    ["01", "01 - Live animals", "TOTAL"],
    ["0101", "0101 - Horses", "01"],
    ["010121", "010121 - Pure-bred", "0101"],
]
SITC = [["Please cite"], ["Journal"], [""], ["SITC Rev.3 5-digit", "Sigma 1990-2001"], ["00111", "2.5"], ["00112", "3"]]
BACI = [line.split(",") for line in year_file().splitlines()]
BACI_OTHERS = {"country_codes_V202601.csv": COUNTRIES, "product_codes_HS17_V202601.csv": PRODUCTS}

EVERY = (
    Sample("UNSD correlation tables", "HS2017toHS1992.xlsx", 2, CORRELATION, correlation),
    Sample("UN Comtrade codes", "H5.json", 1, CODES, codes),
    entry("CEPII BACI", "BACI_HS17_V202601.zip", "BACI_HS17_Y2023_V202601.csv", 1, BACI, BACI_OTHERS),
    delimited("UN Comtrade", "comtrade_records.csv"),
    delimited("Eurostat Comext", "comext.csv"),
    delimited("US Census", "us_imports_2024.csv"),
    delimited("World Bank WDI", "wdi_ny.gdp.mktp.cd.csv"),
    entry("World Bank WDI", "API.zip", "API_NY.GDP.MKTP.CD_DS2_en_csv_v2_1.csv", 5, API, {}),
    entry("World Bank tariff averages", "API.zip", "API_TM.TAX.MRCH.WM.AR.ZS_DS2_en_csv_v2_1.csv", 5, TARIFF, {}),
    delimited("IMF WEO", "weo_long.csv"),
    delimited("IMF WEO", "weo_database.tsv", separator="\t"),
    delimited("Penn World Table", "pwt1001.csv"),
    delimited("CEPII GeoDist", "dist_cepii.csv", separator=";"),
    delimited("WITS TRAINS", "wits_mfn.csv"),
    delimited("WITS TRAINS", "wits_groups.csv"),
    delimited("US HTS", "hts_2023.csv"),
    delimited("WTO TTD", "wto_ttd.csv"),
    sheet("WTO RTA-IS", "AllRTAs.xlsx", rows_of("rtas.csv"), title="AllRTAs"),
    delimited("DESTA", "desta_members.csv", separator=";"),
    delimited("DESTA", "desta_dyads_02_02.csv"),
    delimited("Worldwide Governance Indicators", "wgi_flat.csv"),
    sheet("Worldwide Governance Indicators", "wgi.xlsx", rows_of("wgi_long.csv")),
    frame("Doing Business", "Historical-data.dta", DOING_BUSINESS),
    sheet("Logistics Performance Index", "lpi.xlsx", rows_of("lpi_editions_2018.csv"), heads=3, title="2018"),
    sheet("Logistics Performance Index", "lpi_tidy.xlsx", rows_of("lpi_tidy.csv")),
    delimited("Chinese HS names", "hs2017_zh.csv"),
    delimited("CEPII ProTEE", "protee.csv"),
    sheet("Broda-Weinstein", "broda.xlsx", SITC, heads=4),
    frame(
        "Broda-Weinstein",
        "sigmas.dta",
        [["cname", "hs_3digit", "sigma"], ["UnitedKingdom", "10", "2.5"], ["Chile", "844", "3.5"]],
    ),
    sheet("Rauch", "rauch.xlsx", [["sitc4", "con", "lib"], ["0011", "w", "r"], ["0012", "n", ""]]),
    frame("Lall", "lall.dta", [["product", "lall"], ["11", "PP"], ["7649", "HT1"]]),
    sheet(
        "ITC Export Potential Map", "itc.xlsx", [["HS6", "k"], ["010121", "0101"], ["010129", "0102"]], title="Sectors"
    ),
    delimited("World Port Index", "UpdatedPub150_2026-03.csv"),
    delimited("Port throughput", "teu_by_year.csv"),
    delimited("Port throughput", "top_ports.csv"),
)
