"""Harmonized Tariff Schedule of the United States (USITC): general and special rates, summed up to HS6."""

import re
from collections.abc import Sequence

import polars as pl

from entrepot.core.text import Text
from entrepot.sources.columns import Place, check_codes, require
from entrepot.sources.head import Head
from entrepot.sources.provider import Known, Match, Provider, TableRows, TablesReading
from entrepot.sources.tally import Tally
from entrepot.sources.tariff_rows import tariff_rows
from entrepot.sources.text_files import read_text
from entrepot.sources.trade_years import hs_in_force
from entrepot.sources.us_preferences import LETTERS, beneficiaries
from entrepot.tables import tariff_areas

NAME = "US HTS"
EXPORT, SHORT = "export", "short"
LAYOUTS = {
    EXPORT: Text("CSV export of the schedule (HTS Number, General Rate of Duty …)", "税则 CSV 导出（HTS Number 等列）"),
    SHORT: Text("CSV with htsno, general, special", "CSV（htsno、general、special）"),
}
COLUMNS = {
    EXPORT: ("HTS Number", "General Rate of Duty", "Special Rate of Duty"),
    SHORT: ("htsno", "general", "special"),
}
# Programmes by the letters of the column "special": agreements, each with its parties. Of unilateral preferences those are
# read whose beneficiaries can be stated for the year (`us_preferences`); the others are counted.
AGREEMENTS = {
    "AU": ("AUS",),
    "BH": ("BHR",),
    "CL": ("CHL",),
    "CO": ("COL",),
    "IL": ("ISR",),
    "JO": ("JOR",),
    "JP": ("JPN",),
    "KR": ("KOR",),
    "MA": ("MAR",),
    "OM": ("OMN",),
    "P": ("CRI", "DOM", "GTM", "HND", "NIC", "SLV"),
    "PA": ("PAN",),
    "PE": ("PER",),
    "S": ("CAN", "MEX"),
    "SG": ("SGP",),
}
AREA_NAMES = {"P": "Dominican Republic-Central America-United States Free Trade Agreement", "S": "USMCA"}
FIRST_SPECIAL_CHAPTER = "98"
# The digits of a rate are looked at once each: a damaged cell may be a hundred thousand of them.
SPECIAL = re.compile(r"(Free|(?<![\d.])\d{1,4}(?:\.\d{1,8})?%)\s*\(([^()]*)\)")
SPECIFIC = Text("lines with a specific or compound duty (no ad-valorem rate)", "从量税或复合税税目（无从价税率）")
UNILATERAL = Text(
    "unilateral preferences whose beneficiaries are not known here, or that have lapsed",
    "受惠方未收录或已失效的单边优惠",
)
PROVISIONS = Text("lines of chapters 98 and 99 (special provisions)", "第 98、99 章特别条款税目")


def recognise(head: Head) -> Match | None:
    """The schedule, by its columns."""
    layout = next((name for name, columns in COLUMNS.items() if set(columns) <= set(head.columns)), None)
    if layout is None:
        return None
    said = LAYOUTS[layout]
    return Match(head.path, layout, Text(f"{NAME}: {said.en}", f"美国协调关税税则（HTS）：{said.zh}"))


def read(matches: Sequence[Match], known: Known) -> TablesReading:
    """Mean over the tariff lines of each HS6: MFN ("general"), and each agreement where it covers lines."""
    tally = Tally()
    parts, rows_read, editions = [], 0, []
    for match in matches:
        year = _year(match)
        raw, place = read_text(match.path, NAME)
        require(raw, COLUMNS[match.layout], place)
        rows_read += raw.height
        lines = _lines(raw.rename(dict(zip(COLUMNS[match.layout], COLUMNS[SHORT], strict=True))), place, tally)
        frame = pl.concat([_mfn(lines), _preferences(lines, tally, year)])
        frame = frame.with_columns(
            importer=pl.lit("USA"), year=pl.lit(year), vintage=pl.lit(hs_in_force(year)), basis=pl.lit("line")
        )
        parts.append(tariff_rows(frame, NAME, str(year)))
        editions.append(str(year))
    tally.warn(
        Text(
            "Additional duties (sections 201, 232, 301) stand in chapter 99 and are not in these rates.",
            "附加关税（201、232、301 条款）载于第 99 章，不含在税率内。",
        )
    )
    rates = pl.concat(parts)
    areas: list[tuple[object, ...]] = [
        (f"US-{code}", AREA_NAMES[code], economy, None, None, NAME)
        for code in AREA_NAMES
        for economy in AGREEMENTS[code]
    ]
    areas += [(area, name, economy, since, until, NAME) for area, name, economy, since, until in beneficiaries()]
    members = pl.DataFrame(areas, schema=dict(tariff_areas.SCHEMA), orient="row")
    report = tally.report(
        NAME, [m.path for m in matches], LAYOUTS[matches[0].layout], rows_read=rows_read, rows_kept=rates.height
    )
    return TablesReading(
        (TableRows("tariffs", rates), TableRows("tariff_areas", members)), report, edition=max(editions)
    )


def _lines(raw: pl.DataFrame, place: Place, tally: Tally) -> pl.DataFrame:
    """Tariff lines with a rate of their own: a statistical suffix without one has that of the line above it."""
    digits = pl.col("htsno").str.replace_all(".", "", literal=True)
    check_codes(raw, "htsno", r"[\d.]*", place, Text("not an HTS number", "不是 HTS 编号"))
    lines = raw.with_columns(code=digits).filter(
        (pl.col("code").str.len_chars() >= 8) & (pl.col("general").str.strip_chars() != "")
    )
    if lines.is_empty():
        raise place.fault("no_rows", Text("no tariff line with a rate", "没有带税率的税目"))
    provision = pl.col("code").str.head(2) >= FIRST_SPECIAL_CHAPTER
    tally.drop("special_provision", PROVISIONS, lines.filter(provision)["htsno"])
    lines = lines.filter(~provision).with_columns(product=pl.col("code").str.head(6))
    rate = pl.Series([rate_of(text) for text in lines["general"]], dtype=pl.Float64)
    tally.drop("specific_duty", SPECIFIC, lines.filter(rate.is_null())["htsno"])
    return lines.select("product", "htsno", "special", rate.alias("rate"))


def _mfn(lines: pl.DataFrame) -> pl.DataFrame:
    return lines.group_by("product", maintain_order=True).agg(
        pl.col("rate").mean(),
        lines=pl.col("rate").count().cast(pl.Int32),
        lines_left_out=pl.col("rate").null_count().cast(pl.Int32),
        exporter=pl.lit(""),
        regime=pl.lit("mfn"),
        programme=pl.lit(""),
    )


def _preferences(lines: pl.DataFrame, tally: Tally, year: int) -> pl.DataFrame:
    open_now = {letter: area for letter, (area, first, last) in LETTERS.items() if first <= year <= last}
    found: list[tuple[str, str, float]] = []
    unread: list[str] = []
    for product, special in lines.select("product", "special").iter_rows():
        for code, rate in special_rates(special).items():
            plain = code.rstrip("+*")
            if plain in AGREEMENTS:
                found.append((product, plain, rate))
            elif code in open_now:  # with a sign (A*, A+, E*) some are left out, or only some meant
                found.append((product, code, rate))
            else:
                unread.append(code)
    tally.drop("unilateral_preference", UNILATERAL, unread)
    frame = pl.DataFrame(found, schema={"product": pl.Utf8, "code": pl.Utf8, "rate": pl.Float64}, orient="row")
    area = {code: parties[0] if len(parties) == 1 else f"US-{code}" for code, parties in AGREEMENTS.items()}
    area |= open_now
    return (
        frame.group_by("product", "code", maintain_order=True)
        .agg(
            pl.col("rate").mean(),
            lines=pl.len().cast(pl.Int32),
            lines_left_out=pl.lit(0, dtype=pl.Int32),
        )
        .with_columns(
            exporter=pl.col("code").replace_strict(area), regime=pl.lit("preferential"), programme=pl.col("code")
        )
        .drop("code")
        .select("product", "rate", "lines", "lines_left_out", "exporter", "regime", "programme")
    )


def rate_of(text: str) -> float | None:
    """An ad-valorem rate as a fraction; None for a specific or compound one.

    Examples
    --------
    >>> rate_of("6.8%"), rate_of("Free"), rate_of("2.8¢/kg + 8.8%")
    (0.068, 0.0, None)
    """
    said = text.strip()
    if said.casefold() == "free":
        return 0.0
    shape = re.fullmatch(r"(\d+(?:\.\d+)?)\s*%", said)
    return round(float(shape[1]) / 100, 10) if shape else None


def special_rates(text: str) -> dict[str, float]:
    """Programme → rate, of the ad-valorem parts of the column "special".

    Examples
    --------
    >>> special_rates("Free (AU, BH) 3.5% (JP)")
    {'AU': 0.0, 'BH': 0.0, 'JP': 0.035}
    """
    found: dict[str, float] = {}
    for rate, codes in SPECIAL.findall(text):
        value = rate_of(rate)
        if value is not None:
            found |= dict.fromkeys(re.findall(r"[A-Z]{1,2}[+*]?", codes), value)
    return found


def _year(match: Match) -> int:
    found = re.search(r"(?<!\d)(?:19|20)\d{2}(?!\d)", match.path.stem)
    if found is None:
        raise Place(NAME, match.path).fault(
            "no_year",
            Text("the schedule does not say its year", "税则文件未注明年份"),
            Text(
                "Put the year into the name of the file, as in hts_2024.csv.",
                "请在文件名中注明年份，例如 hts_2024.csv。",
            ),
        )
    return int(found.group())


PROVIDER = Provider(
    name=NAME,
    licence="public domain (United States)",
    licence_url="https://hts.usitc.gov/",
    citation="United States International Trade Commission, Harmonized Tariff Schedule.",
    feeds=("tariffs", "tariff_areas"),
    layouts=LAYOUTS,
    recognise=recognise,
    read=read,
)
