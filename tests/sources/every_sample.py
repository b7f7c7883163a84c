"""A small file of our own in every provider's layout, as rows that can be spoilt and written again."""

import csv
import io
import json
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import quoteattr

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


def _columns(name: str, renamed: dict[str, str] | None = None, kept: Sequence[str] = ()) -> Rows:
    """The rows of a comma-separated sample with columns renamed, and only those kept that are named."""
    rows = rows_of(name)
    heading = [(renamed or {}).get(cell, cell) for cell in rows[0]]
    at = [heading.index(cell) for cell in kept] if kept else range(len(heading))
    return [[row[k] if k < len(row) else "" for k in at] for row in [heading, *rows[1:]]]


def listed(provider: str, name: str, rows: Rows, heads: int = 1) -> Sample:
    """Rows of our own as comma-separated text."""

    def write(folder: Path, changed: Rows) -> Path:
        text = io.StringIO()
        csv.writer(text, lineterminator="\n").writerows(changed)
        path = folder / name
        path.write_text(text.getvalue(), encoding="utf-8")
        return path

    return Sample(provider, name, heads, rows, write)


def book(provider: str, name: str, sheets: Sequence[str], rows: Rows, heads: int = 1) -> Sample:
    """A workbook with the same rows on several sheets."""

    def write(folder: Path, changed: Rows) -> Path:
        return workbook(folder / name, dict.fromkeys(sheets, changed))

    return Sample(provider, name, heads, rows, write)


def answer_as_json(folder: Path, rows: Rows) -> Path:
    """An answer of WITS: one series for each row, each cell the only value of its dimension or attribute there."""
    names = rows[0]
    told = [dict(zip(names, row, strict=False)) for row in rows[1:]]
    values = {name: [row.get(name, "") for row in told] for name in (*DIMENSIONS, *ATTRIBUTES)}
    series = {
        # The interface has product and partner the other way round in its keys.
        f"0:{n}:{n}:{n}:0": {"observations": {"0": [0, *([n] * len(ATTRIBUTES))]}}
        for n in range(len(told))
    }
    of = {name: [{"id": value} for value in values[name]] for name in values}
    structure = {
        "dimensions": {
            "series": [
                {"id": "FREQ", "values": [{"id": "A"}]},
                *({"id": name, "values": of[name]} for name in DIMENSIONS),
                {"id": "DATATYPE", "values": [{"id": "Reported"}]},
            ],
            "observation": [{"id": "TIME_PERIOD", "values": [{"id": row.get("TIME_PERIOD", "")} for row in told[:1]]}],
        },
        "attributes": {"observation": [{"id": name, "values": of[name]} for name in ATTRIBUTES]},
    }
    content = {"header": {"id": "DF_WITS_Tariff_TRAINS"}, "dataSets": [{"series": series}], "structure": structure}
    path = folder / "answer.json"
    path.write_text(json.dumps(content), encoding="utf-8")
    return path


def answer_as_xml(folder: Path, rows: Rows) -> Path:
    def attributes(row: list[str], names: Sequence[str]) -> str:
        told = dict(zip(rows[0], row, strict=False))
        return " ".join(f"{name}={quoteattr(told[name])}" for name in names if name in told)

    lines = [
        f"<Series {attributes(row, DIMENSIONS)}><Obs {attributes(row, ('TIME_PERIOD', *ATTRIBUTES))}/></Series>"
        for row in rows[1:]
    ]
    path = folder / "answer.xml"
    around = (
        '<m:StructureSpecificData xmlns:m="m"><m:DataSet DATASOURCE="TRN">',
        "</m:DataSet></m:StructureSpecificData>",
    )
    path.write_text("\n".join([around[0], *lines, around[1]]), encoding="utf-8")
    return path


DIMENSIONS = ("REPORTER", "PARTNER", "PRODUCTCODE")
ATTRIBUTES = ("NOMENCODE", "TARIFFTYPE", "SUM_OF_RATES", "TOTALNOOFLINES", "NBR_NA_LINES")
ANSWER = [
    [*DIMENSIONS, "TIME_PERIOD", *ATTRIBUTES],
    ["152", "000", "010121", "2019", "H5", "MFN", "15", "3", "1"],
    ["152", "156", "010129", "2019", "H5", "PREF", "2", "1", "0"],
]
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
DB_SHEET = [
    ["Doing Business", "", "", "", "", ""],
    [
        "Country code",
        "Economy",
        "DB Year",
        "Cost (% of claim)",
        "Cost to import: Border compliance (USD) (DB16-20 methodology)",
        "Cost to import: Documentary compliance (USD) (DB16-20 methodology)",
    ],
    ["CHL", "Chile", "2020", "25.6", "290", "50"],
    ["CHN", "China", "2020", "16.18", "241.25", "77.25"],
    ["CHN_Beijing", "China Beijing", "2020", "15.1", "230", "75"],
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
WIDE = [[*API[4][:6]], ["Chile", "CHL", "GDP", "NY.GDP.MKTP.CD", "90", "100.5"]]
WIDE_TARIFF = [TARIFF[4][:6], *(row[:6] for row in TARIFF[5:])]
LONG_TARIFF = [
    ["Country Name", "Country Code", "Year", "Value"],
    ["Chile", "CHL", "2021", "0.4"],
    ["Peru", "PER", "2021", "1"],
]
JOINT = [
    ["HS92", "HS96", "HS02", "HS07", "HS12", "HS17", "BEC4", "SITC1", "SITC2", "SITC3", "SITC4"],
    ["010111", "010111", "010110", "010110", "010121", "010121", "41", "00150", "00150", "00151", "00151"],
    ["010119", "010119", "010190", "010190", "010129", "010129", "41", "00150", "00150", "00159", "00159"],
]
WGI_WIDE = [
    ["Note", "", "", "", ""],
    ["", "", "2022", "2023", ""],
    ["Country/Territory", "Code", "Estimate", "Estimate", ""],
    ["Chile", "CHL", "0.75", "0.8", ""],
    ["Peru", "PER", "-0.5", "-0.25", ""],
]
WGI_SHEETS = [
    ["Economy (code)", "Year", "Governance estimate (approx. -2.5 to +2.5)"],
    ["CHL", "2023", "0.75"],
    ["PER", "2023", "-0.5"],
]
HTS = _columns(
    "hts_2023.csv",
    {"htsno": "HTS Number", "general": "General Rate of Duty", "special": "Special Rate of Duty"},
)
INTERFACE = [
    [cell.replace("Product/Sector", "ProductOrSector").replace(" ", "") for cell in rows_of("wto_stats.csv")[0]],
    *rows_of("wto_stats.csv")[1:],
]
GEODIST = list(csv.reader(io.StringIO((SAMPLES / "dist_cepii.csv").read_text("utf-8-sig")), delimiter=";"))
IMPORTS = [
    ["importer", "exporter", "year", "hs6", "value_usd", "net_kg", "hs_rev"],
    ["CHL", "PER", "2023", "260300", "1000", "5000", "H5"],
    ["PER", "CHL", "2023", "260300", "2000", "4000", "H5"],
]
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
    delimited("WTO Stats", "wto_stats.csv"),
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
    # The layouts that a provider has besides.
    listed("CEPII BACI", "BACI_HS17_Y2023_V202601.csv", BACI),
    listed("CEPII BACI", "flows_hs17.csv", BACI),
    frame("CEPII GeoDist", "dist_cepii.dta", GEODIST),
    listed(
        "Chinese HS names",
        "names.csv",
        _columns(
            "hs2017_zh.csv",
            {"name_zh_tw": "hscode_name.C", "name_en": "hscode_name.E"},
            ("hscode", "hscode_name.C", "hscode_name.E"),
        ),
    ),
    sheet("Logistics Performance Index", "lpi_scores.xlsx", rows_of("lpi_scores_2023.csv"), title="2023"),
    frame("Penn World Table", "pwt1001.dta", _columns("pwt1001.csv", kept=("countrycode", "year", "rgdpna"))),
    book("Penn World Table", "pwt1001.xlsx", ("Info", "Legend", "Data"), rows_of("pwt1001.csv")),
    listed("UN Comtrade", "imports_hs17.csv", IMPORTS),
    sheet("UNSD correlation tables", "joint.xlsx", JOINT),
    sheet("Doing Business", "Historical-data.xlsx", DB_SHEET, heads=2, title="All Data"),
    listed("US HTS", "export_2023.csv", HTS),
    Sample("WITS TRAINS", "answer.json", 1, ANSWER, answer_as_json),
    Sample("WITS TRAINS", "answer.xml", 1, ANSWER, answer_as_xml),
    listed("WTO Stats", "interface.csv", INTERFACE),
    listed("World Bank WDI", "API_NY.GDP.MKTP.CD.csv", API, heads=5),
    sheet("World Bank WDI", "API_NY.GDP.MKTP.CD.xlsx", [row[:7] for row in API], heads=5, title="Data"),
    listed("World Bank WDI", "wide.csv", WIDE),
    listed("World Bank tariff averages", "API_TM.TAX.MRCH.WM.AR.ZS.csv", TARIFF, heads=5),
    sheet("World Bank tariff averages", "API_TM.TAX.MRCH.WM.AR.ZS.xlsx", TARIFF, heads=5, title="Data"),
    listed("World Bank tariff averages", "wide_tariff.csv", WIDE_TARIFF),
    listed("World Bank tariff averages", "TM.TAX.MRCH.WM.AR.ZS.csv", LONG_TARIFF),
    book(
        "Worldwide Governance Indicators",
        "wide.xlsx",
        ("RuleofLaw", "Political StabilityNoViolence"),
        WGI_WIDE,
        heads=3,
    ),
    book("Worldwide Governance Indicators", "sheets.xlsx", ("va", "pv", "ge", "rq", "rl", "cc"), WGI_SHEETS),
)
