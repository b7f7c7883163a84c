"""The list of addresses that comes with the program: every provider is on it, and nothing on it is unsafe."""

from pathlib import Path
from urllib.parse import urlsplit

import pytest

from entrepot.core.errors import InputError
from entrepot.core.text import Text
from entrepot.ingest.pull.content import STARTS, TEXT_SUFFIXES, wrong_whole
from entrepot.sources.addresses import Address, addresses, chosen
from entrepot.sources.head import head_of
from entrepot.sources.registry import providers
from tests.sources.reference import KNOWN, real

LISTED = addresses()


def test_every_provider_can_be_fetched_or_says_how_to_get_it_by_hand() -> None:
    fetched = {file.provider for file in LISTED.files}
    assert set(LISTED.places) == {provider.name for provider in providers()}
    assert [name for name, place in LISTED.places.items() if name not in fetched and not any(place.hand)] == []
    assert all(bool(place.hand.en) == bool(place.hand.zh) for place in LISTED.places.values())


@pytest.mark.parametrize("file", LISTED.files, ids=lambda file: file.id)
def test_an_address_is_safe_and_whole(file: Address) -> None:
    for url in (file.url, file.page):
        parts = urlsplit(url)
        assert (parts.scheme, parts.port, parts.username) == ("https", None, None)
        assert "." in (parts.hostname or "")
    assert file.what.en != file.what.zh
    assert file.size_mb * 1e6 < file.cap_bytes <= 16e9
    assert file.seen in {None, "code"}
    assert "." + file.file.rpartition(".")[2] in {*STARTS, *TEXT_SUFFIXES, ".xls"}


def test_ids_and_names_are_unique() -> None:
    ids = [file.id for file in LISTED.files]
    assert len(set(ids)) == len(ids)
    places = [(file.provider, file.file) for file in LISTED.files]
    assert len(set(places)) == len(places)
    assert {file.family for file in LISTED.files} & {file.id for file in LISTED.files if "-" in file.id} == set()


def test_the_basket_has_no_trade() -> None:
    feeds = {provider.name: provider.feeds for provider in providers()}
    basket = chosen([], LISTED)
    assert basket
    assert [file.id for file in basket if "flows" in feeds[file.provider]] == []
    assert sum(file.size_mb for file in basket) < 200


def test_words() -> None:
    assert [file.id for file in chosen(["baci"], LISTED)][:2] == ["baci-hs92", "baci-hs96"]
    assert [file.id for file in chosen([" WGI ", "cepii protee"], LISTED)] == ["wgi", "wgi-2025", "protee"]
    for word, code in (
        ("wgy", "unknown_file"),
        ("WTO TTD", "by_hand_only"),
        ("wits", "by_hand_only"),
        ("", "unknown_file"),
    ):
        with pytest.raises(InputError) as told:
            chosen([word], LISTED)
        assert told.value.code == code
    assert isinstance(told.value.message, Text)


# Real files beside the project that are what an address gives; where one is kept under the name in the list, the
# reader must know it by that name too.
SAME = {
    "geodist": "geography/dist_cepii.dta",
    "wgi": "conditions/wgidataset_long_1996_2023.xlsx",
    "lpi-2018": "conditions/International_LPI_from_2007_to_2018.xlsx",
    "lpi-2023": "conditions/International_LPI_from_2012_to_2023.xlsx",
    "wpi": "ports/UpdatedPub150_2026-03.csv",
    "rta": "agreements/WTO_RTAIS_AllRTAs_2026-04.xlsx",
    "hts": "tariffs/us_hts8_2023.csv",
    "codes-h5": "products/un_classification_json/classificationH5.json",
    "codes-s3": "products/un_classification_json/classificationS3.json",
    "unsd-joint": "products/official-correlations-between-comtrade-codes.xlsx",
    "unsd-hs22-hs17": "products/un_concordance_xls/HS2022toHS2017ConversionAndCorrelationTables.xlsx",
    "unsd-hs22-sitc3": "products/un_concordance_xls/HS2022toSITC3ConversionAndCorrelationTables.xlsx",
    "protee": "products/CEPII_ProTEE_0_1_trade_elasticities_HS6.csv",
    "broda-weinstein": "products/un_concordance_xls/Sigmas73countries_9403_HS3digit.dta",
}


@pytest.mark.parametrize("id_", SAME)
def test_what_an_address_gives_is_read_under_the_name_that_it_gets(id_: str, tmp_path: Path) -> None:
    file = next(file for file in LISTED.files if file.id == id_)
    copy = tmp_path / file.file
    copy.write_bytes(real(SAME[id_]).read_bytes())
    assert wrong_whole(copy, file.file) is None
    provider = next(provider for provider in providers() if provider.name == file.provider)
    match = provider.recognise(head_of(copy))
    assert match is not None
    assert provider.read([match], KNOWN).report.rows_kept
    assert copy.stat().st_size < file.cap_bytes
