"""Who enjoys the unilateral preferences of the United States, by the letters of the schedule, as far as it can be stated.

The schedule marks lines; whom they are for stands in its general notes and changes by proclamation. Stated here are, for the
years in which no change is missing, the beneficiaries of

- the Generalized System of Preferences ("A", and "A+" for the least-developed of them; general note 4), which lapsed on
  31 December 2020 although the schedule still prints its letters. Lines of "A" stayed open to the beneficiaries of the
  African Growth and Opportunity Act (19 U.S.C. 2466b);
- the African Growth and Opportunity Act ("D", general note 16), which a law of 3 February 2026 brought back from its lapse of
  30 September 2025 without a gap, to 31 December 2026;
- the Caribbean Basin Economic Recovery Act ("E", general note 7), which has no end, and the Caribbean Basin Trade Partnership
  Act ("R", general note 17), to 30 September 2030;
- the Nepal Preference Program ("NP"), to 31 December 2025.

Not stated is who is left out of "A*" and "E*", which the general notes tell line by line, and who once had "J" (Andean
preferences, ended in 2013).
"""

from datetime import date, timedelta

AGOA, CBERA, CBTPA, GSP, LEAST, NEPAL = "US-D", "US-E", "US-R", "US-A", "US-A+", "US-NP"
NAMES = {
    AGOA: "African Growth and Opportunity Act",
    CBERA: "Caribbean Basin Economic Recovery Act",
    CBTPA: "Caribbean Basin Trade Partnership Act",
    GSP: "Generalized System of Preferences",
    LEAST: "Generalized System of Preferences, least-developed beneficiaries",
    NEPAL: "Nepal Preference Program",
}
# Letter, for whom, and the first and last year of a schedule for which that is known. "CA" and "MX" were NAFTA's letters.
LETTERS = (
    ("A", GSP, 2018, 2020),
    ("A", AGOA, 2018, 2025),
    ("A+", LEAST, 2018, 2020),
    ("CA", "CAN", 1994, 2020),
    ("D", AGOA, 2018, 2025),
    ("E", CBERA, 2014, 2025),
    ("MX", "MEX", 1994, 2020),
    ("NP", NEPAL, 2017, 2025),
    ("R", CBTPA, 2016, 2025),
)
GSP_ENDED = 2020
# Free by what the goods are for, not by where they come from: motor vehicles of Canada, civil aircraft, medicines, dyes.
BY_USE = frozenset({"B", "C", "K", "L"})

_CBERA = "ABW ATG BHS BLZ BRB CUW DMA GRD GUY HTI JAM KNA LCA MSR TTO VCT VGB"
_CBTPA = "BLZ BRB CUW GUY HTI JAM LCA TTO"
_AGOA = (
    "AGO BEN BFA BWA CAF CIV CMR COD COG COM CPV DJI ETH GAB GHA GIN GMB GNB KEN LBR LSO MDG MLI MOZ MRT MUS MWI NAM NER NGA RWA "
    "SEN SLE STP SWZ TCD TGO TZA UGA ZAF ZMB"
)
_GSP = (
    "AFG AGO ALB ARG ARM AZE BDI BEN BFA BIH BLZ BOL BRA BTN BWA CAF CIV CMR COD COG COM CPV DJI DMA DZA ECU EGY ERI ETH FJI GAB "
    "GEO GHA GIN GMB GNB GRD GUY HTI IDN IND IRQ JAM JOR KAZ KEN KGZ KHM KIR LBN LBR LCA LKA LSO MDA MDG MDV MKD MLI MMR MNE MNG "
    "MOZ MRT MUS MWI NAM NER NGA NPL PAK PHL PNG PRY RWA SEN SLB SLE SOM SRB SSD STP SUR SWZ TCD TGO THA TLS TON TUN TUR TUV TZA "
    "UGA UKR UZB VCT VUT WSM XKX YEM ZAF ZMB ZWE "
    "AIA CCK COK CXR ESH FLK HMD IOT MSR NFK NIU PCN PSE SHN TKL VGB WLF"
)
_LEAST = (
    "AFG AGO BDI BEN BFA BTN CAF COD COM DJI ETH GIN GMB GNB HTI KHM KIR LBR LSO MDG MLI MMR MOZ MRT MWI NER NPL RWA SEN SLB SLE "
    "SOM SSD STP TCD TGO TLS TUV TZA UGA VUT WSM YEM ZMB"
)
# Area → its beneficiaries, and the first and last day of the programme as far as its beneficiaries are known.
_PROGRAMMES = {
    GSP: (_GSP, date(2018, 1, 1), date(2020, 12, 31)),
    LEAST: (_LEAST, date(2018, 1, 1), date(2020, 12, 31)),
    AGOA: (_AGOA, date(2018, 1, 1), date(2026, 12, 31)),
    CBERA: (_CBERA, date(2014, 1, 1), None),
    CBTPA: (_CBTPA, date(2016, 1, 1), date(2030, 9, 30)),
    NEPAL: ("NPL", date(2016, 12, 30), date(2025, 12, 31)),
}
# First days of beneficiaries that came later, and first days without those that lost it.
_BEGAN = {AGOA: {date(2021, 1, 1): "COD"}}
_ENDED = {
    AGOA: {
        date(2019, 1, 1): "MRT",
        date(2020, 1, 1): "CMR",
        date(2022, 1, 1): "ETH GIN MLI",
        date(2023, 1, 1): "BFA",
        date(2024, 1, 1): "CAF GAB NER UGA",
    },
    GSP: {date(2019, 5, 17): "TUR", date(2019, 6, 5): "IND"},
}
_AGAIN = {(AGOA, "MRT"): date(2024, 1, 1)}


def beneficiaries() -> list[tuple[str, str, str, date, date | None]]:
    """Area, its name, economy, first and last day.

    Examples
    --------
    >>> [
    ...     row[2:] for row in beneficiaries() if row[0] == AGOA and row[2] in ("COD", "ETH")
    ... ]  # doctest: +NORMALIZE_WHITESPACE
    [('COD', datetime.date(2021, 1, 1), datetime.date(2026, 12, 31)),
     ('ETH', datetime.date(2018, 1, 1), datetime.date(2021, 12, 31))]
    """
    rows: list[tuple[str, str, str, date, date | None]] = []
    for area, (economies, first, last) in _PROGRAMMES.items():
        began, ended = _days(_BEGAN.get(area, {})), _days(_ENDED.get(area, {}))
        for economy in economies.split():
            until = ended[economy] - timedelta(days=1) if economy in ended else last
            rows.append((area, NAMES[area], economy, began.get(economy, first), until))
    return rows + [(area, NAMES[area], economy, day, _PROGRAMMES[area][2]) for (area, economy), day in _AGAIN.items()]


def _days(listed: dict[date, str]) -> dict[str, date]:
    return {economy: day for day, economies in listed.items() for economy in economies.split()}
