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
from entrepot.sources.us_preferences import BY_USE, GSP_ENDED, LETTERS, beneficiaries
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
SPECIFIC = Text("lines with a specific or compound duty (no ad-valorem rate)", "从量税或复合税税目（无从价税率）")
UNILATERAL = Text(
    "unilateral preferences whose beneficiaries are not known here for that year, or that have lapsed",
    "受惠方在该年份未收录或已失效的单边优惠",
)
USE = Text("exemptions by the use of the goods, not by where they come from", "按货物用途而非原产地给予的免税")
NOT_AD_VALOREM = Text(
    "special rates that are specific or compound, or stand in chapter 98 or 99",
    "从量、复合或载于第 98、99 章的优惠税率",
)
LAPSED = Text(
    "The Generalized System of Preferences (A, A+, A*) lapsed on 31 December 2020, though the schedule still prints its letters. "
    "Of its lines those of A are read for the beneficiaries of the African Growth and Opportunity Act, which kept them; the others "
    "bear the general rate.",
    "普惠制（A、A+、A*）已于 2020 年 12 月 31 日失效，但税则仍印有其代号。其中仅 A 项税目为《非洲增长与机会法》受惠方保留并读取，其余适用一般税率。",
)
LEFT_OUT_BY_NAME = Text(
    "A* and E* leave out some beneficiaries or goods line by line; the general notes that name them are not in the file, so these "
    "lines are not read as preferences.",
    "A* 与 E* 逐税目排除部分受惠方或货物，所列名单不在该文件中，故这些税目不作为优惠读取。",
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
    open_now: dict[str, list[str]] = {}
    for letter, area, first, last in LETTERS:
        if first <= year <= last:
            open_now.setdefault(letter, []).append(area)
    found: list[tuple[str, str, str, float]] = []
    unread: dict[str, list[str]] = {"use": [], "unilateral": [], "specific": []}
    for product, special in lines.select("product", "special").iter_rows():
        granted: dict[tuple[str, str], float] = {}  # once for a line, though it may print S and S+
        for code, rate in special_rates(special).items():
            plain = code.rstrip("+*")
            if plain in AGREEMENTS:
                areas, code = [_area(plain)], plain
            else:  # with a sign (A*, A+, E*) some are left out, or only some meant
                areas = open_now.get(code, [])
            if not areas:
                unread["use" if code in BY_USE else "unilateral"].append(code)
            elif rate is None:
                unread["specific"].append(code)
            else:
                granted |= {(area, code): min(rate, granted.get((area, code), rate)) for area in areas}
        found += [(product, area, code, rate) for (area, code), rate in granted.items()]
    tally.drop("unilateral_preference", UNILATERAL, unread["unilateral"])
    tally.drop("use", USE, unread["use"])
    tally.drop("special_not_ad_valorem", NOT_AD_VALOREM, unread["specific"])
    if year > GSP_ENDED and {"A", "A+", "A*"} & {*unread["unilateral"], *(code for _, _, code, _ in found)}:
        tally.warn(LAPSED)
    if {"A*", "E*"} & set(unread["unilateral"]):
        tally.warn(LEFT_OUT_BY_NAME)
    columns = {"product": pl.Utf8, "exporter": pl.Utf8, "programme": pl.Utf8, "rate": pl.Float64}
    return (
        pl.DataFrame(found, schema=columns, orient="row")
        .group_by("product", "exporter", "programme", maintain_order=True)
        .agg(pl.col("rate").mean(), lines=pl.len().cast(pl.Int32), lines_left_out=pl.lit(0, dtype=pl.Int32))
        .with_columns(regime=pl.lit("preferential"))
        .select("product", "rate", "lines", "lines_left_out", "exporter", "regime", "programme")
    )


def _area(code: str) -> str:
    """For whom an agreement's rates are: its only party, or the area of its parties."""
    parties = AGREEMENTS[code]
    return parties[0] if len(parties) == 1 else f"US-{code}"


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


def special_rates(text: str) -> dict[str, float | None]:
    """Programme → rate, of the column "special"; None where the rate is specific or compound, or stands elsewhere.

    Examples
    --------
    >>> special_rates("Free (AU, BH) 3.5% (JP) 8¢/kg + 2% (P) See 9823.01 (S+)")
    {'AU': 0.0, 'BH': 0.0, 'JP': 0.035, 'P': None, 'S+': None}
    """
    found: dict[str, float | None] = {}
    for part in text.split(")")[:-1]:
        rate, _, codes = part.rpartition("(")
        found |= dict.fromkeys(re.findall(r"[A-Z]{1,2}[+*]?", codes), rate_of(rate))
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
