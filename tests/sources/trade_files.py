"""Small files in the layouts of the trade providers, and how tests read them."""

import zipfile
from collections.abc import Callable
from pathlib import Path

import polars as pl

from entrepot.core.errors import DataError
from entrepot.demo import FOLDER
from entrepot.sources.head import head_of
from entrepot.sources.provider import Known, Provider, TradeReading
from entrepot.tables import REFERENCE_TABLES

SAMPLES = Path(__file__).parent / "samples"
REAL = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "trade"
COUNTRIES = "country_code,country_name,country_iso2,country_iso3\r\n152,Chile,CL,CHL\r\n999,Nowhere,ZZ,ZZZ\r\n"
PRODUCTS = (
    'code,description\r\n010121,"Horses; live, pure-bred"\r\n010129,"Horses; live, other"\r\n260300,Copper ores\r\n'
)
HEADING = "t,i,j,k,v,q"
ROWS = (
    "2023,604,156,260300,10.000,      5.000",
    "2023,152,156,260300,2000.500,        NA",
    "2023,152,156,010121,1.234,      0.100",
)


def known() -> Known:
    """The embedded reference tables."""

    def table(name: str) -> pl.DataFrame:
        path = FOLDER / f"{name}.parquet"
        return pl.read_parquet(path) if path.exists() else pl.DataFrame(schema=dict(REFERENCE_TABLES[name].schema))

    return Known(table)


def year_file(rows: tuple[str, ...] = ROWS, heading: str = HEADING, end: str = "\n") -> str:
    """The text of one year of BACI."""
    return "\n".join((heading, *rows)) + end


def baci_zip(path: Path, years: dict[int, str | bytes] | None = None, **others: str) -> Path:
    """A release of BACI: years as given, with the code files."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for year, text in ({2023: year_file()} if years is None else years).items():
            archive.writestr(f"BACI_HS17_Y{year}_V202601.csv", text)
        archive.writestr("country_codes_V202601.csv", COUNTRIES)
        archive.writestr("product_codes_HS17_V202601.csv", PRODUCTS)
        for name, text in others.items():
            archive.writestr(name, text)
    return path


def opened(provider: Provider, *paths: Path) -> TradeReading:
    """Recognise and open files of one provider."""
    matches = [match for path in paths if (match := provider.recognise(head_of(path))) is not None]
    assert len(matches) == len(paths)
    reading = provider.read(matches, known())
    assert isinstance(reading, TradeReading)
    return reading


def refusal(work: Callable[[], object]) -> str | None:
    """What a DataError said, or None if the work went well; any other error is not caught."""
    try:
        work()
    except DataError as error:
        return error.message.en
    return None


def text_columns(flows: pl.DataFrame) -> pl.DataFrame:
    """Flows with codes as text."""
    return flows.with_columns(pl.col("exporter", "importer", "product").cast(pl.Utf8))
