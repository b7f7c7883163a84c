"""An answer of the WITS interface (DF_WITS_Tariff_TRAINS, as SDMX-JSON or as XML) in the columns of the bulk files."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NoReturn
from xml.parsers import expat

import polars as pl

from entrepot.core.text import Text
from entrepot.sources.columns import LINE, Place
from entrepot.sources.head import Head
from entrepot.sources.tally import Tally
from entrepot.sources.text_files import read_bytes, text_of

FLOW = '"DF_WITS_Tariff_TRAINS"'
XML_MESSAGE, XML_SOURCE = b"StructureSpecificData", b'DATASOURCE="TRN"'
WORLD = "000"
OTHER = Text(
    "rates of another kind than MFN for all or a preference for one",
    "既非对所有伙伴的最惠国税率、也非对单一伙伴的优惠税率",
)

NO_LINES = Text("products without a number of tariff lines", "未注明税目数的产品")

ENOUGH = 50  # products of one line, before something is said about all of them
WHOLE = Text(
    "Rates of 1 % and more are whole per cent in this answer: the interface cuts what follows the point (6.8 % is told as 6 %). "
    "Bulk files of WITS do not.",
    "返回结果中 1% 及以上的税率均为整数：该接口会舍去小数（6.8% 显示为 6%）。WITS 批量文件则不会。",
)


def is_answer(head: Head) -> bool:
    """Whether a file is such an answer as JSON, by its first words."""
    return head.suffix == ".json" and FLOW.encode() in head.start[:2_000]


def is_xml_answer(head: Head) -> bool:
    """Whether a file is such an answer as XML, which is what the interface gives unless JSON is asked for."""
    return head.suffix == ".xml" and XML_MESSAGE in head.start[:4_000] and XML_SOURCE in head.start[:8_000]


def read_answer(path: Path, provider: str, tally: Tally) -> tuple[list[pl.DataFrame], Place, int]:
    """MFN rates and, in a frame of their own with the partner, preferential ones; only frames that have rows.

    Each observation counts as a line of the file, from 1. A tariff line without an ad-valorem rate is no valid line.
    """
    place = Place(provider, path)
    form = "XML" if path.suffix.lower() == ".xml" else "JSON"
    try:
        content = read_bytes(path, provider)
        rows = list(_xml_observations(content) if form == "XML" else _observations(json.loads(text_of(content, place))))
    except (ValueError, LookupError, TypeError, AttributeError, expat.ExpatError) as error:
        problem = Text(
            f"it is not the SDMX-{form} of WITS ({type(error).__name__})",
            f"不是 WITS 的 SDMX-{form}（{type(error).__name__}）",
        )
        raise place.fault(f"bad_{form.lower()}", problem) from error
    if not rows:
        raise place.fault("no_rows", Text("no observation in the answer", "没有观测值"))
    raw = pl.DataFrame(rows, schema=dict.fromkeys(rows[0], pl.Utf8)).with_row_index(LINE, offset=1)
    told = pl.col("TotalNoOfValidLines") != ""
    tally.drop("no_lines", NO_LINES, raw.filter(~told)["ProductCode"])
    raw = raw.filter(told)
    single = raw.filter(pl.col("TotalNoOfValidLines") == "1")["Sum_Of_Rates"].cast(pl.Float64, strict=False)
    high = single.filter(single >= 1)
    if len(high) >= ENOUGH and (high % 1 == 0).all():
        tally.warn(WHOLE)
    general = (pl.col("TariffType") == "MFN") & (pl.col("PartnerCode") == WORLD)
    granted = pl.col("TariffType").str.starts_with("PR") & (pl.col("PartnerCode") != WORLD)
    tally.drop("other_rate", OTHER, raw.filter(~general & ~granted)["TariffType"])
    found = [raw.filter(general).drop("PartnerCode"), raw.filter(granted)]
    frames = [frame.drop("TariffType") for frame in found if frame.height]
    if not frames:
        raise place.fault("no_rows", Text("neither an MFN nor a preferential rate", "没有最惠国或优惠税率"))
    return frames, place, len(rows)


def _observations(content: Mapping[str, Any]) -> Sequence[dict[str, str]]:
    structure = content["structure"]
    dimensions = {one["id"]: (at, one["values"]) for at, one in enumerate(structure["dimensions"]["series"])}
    # In the keys of tariffs the product stands where the structure has the partner, and the other way round.
    (partner, partners), (product, products) = dimensions["PARTNER"], dimensions["PRODUCTCODE"]
    dimensions |= {"PARTNER": (product, partners), "PRODUCTCODE": (partner, products)}
    (years,) = (one["values"] for one in structure["dimensions"]["observation"] if one["id"] == "TIME_PERIOD")
    attributes = {one["id"]: (at, one["values"]) for at, one in enumerate(structure["attributes"]["observation"])}

    def of_series(name: str, key: Sequence[str]) -> str:
        at, values = dimensions[name]
        return str(values[int(key[at])]["id"])

    def of_observation(name: str, observation: Sequence[Any]) -> str:
        at, values = attributes[name]
        return str(values[observation[at + 1]]["id"])  # the value itself stands first

    rows = []
    for series_key, series in content["dataSets"][0]["series"].items():
        key = series_key.split(":")
        for year_key, observation in series["observations"].items():
            lines, without = (of_observation(name, observation) for name in ("TOTALNOOFLINES", "NBR_NA_LINES"))
            rows.append(
                {
                    "NomenCode": of_observation("NOMENCODE", observation),
                    "Reporter_ISO_N": of_series("REPORTER", key),
                    "PartnerCode": of_series("PARTNER", key),
                    "Year": str(years[int(year_key)]["id"]),
                    "ProductCode": of_series("PRODUCTCODE", key),
                    "TariffType": of_observation("TARIFFTYPE", observation),
                    "Sum_Of_Rates": of_observation("SUM_OF_RATES", observation),
                    "Nbr_NA_Lines": without,
                    "TotalNoOfValidLines": str(int(lines) - int(without)) if lines and without else "",
                }
            )
    return rows


def _xml_observations(content: bytes) -> Sequence[dict[str, str]]:
    """Each `Obs` with what its `Series` says; attributes have the names that the JSON gives its dimensions and attributes."""
    rows: list[dict[str, str]] = []
    series: dict[str, str] = {}

    def start(name: str, attributes: dict[str, str]) -> None:
        tag = name.rpartition(":")[2]
        if tag == "Series":
            series.clear()
            series.update(attributes)
        elif tag == "Obs":
            told = series | attributes
            lines, without = told.get("TOTALNOOFLINES", ""), told.get("NBR_NA_LINES", "")
            rows.append(
                {
                    "NomenCode": told["NOMENCODE"],
                    "Reporter_ISO_N": told["REPORTER"],
                    "PartnerCode": told["PARTNER"],
                    "Year": told["TIME_PERIOD"],
                    "ProductCode": told["PRODUCTCODE"],
                    "TariffType": told["TARIFFTYPE"],
                    "Sum_Of_Rates": told["SUM_OF_RATES"],
                    "Nbr_NA_Lines": without,
                    "TotalNoOfValidLines": str(int(lines) - int(without)) if lines and without else "",
                }
            )

    def refuse(*_: object) -> NoReturn:
        raise ValueError("a document type, and with it entities")

    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    parser.StartDoctypeDeclHandler = refuse
    parser.Parse(content, True)
    return rows
