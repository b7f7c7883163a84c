"""Who enjoys the unilateral preferences of the United States, by the letters of the schedule, as far as it can be stated.

The schedule marks lines; whom they are for stands in its general notes and changes by proclamation. Stated here are the
beneficiaries of the Caribbean Basin Economic Recovery Act ("E", general note 7) and of the African Growth and Opportunity
Act ("D", general note 16), for the years in which no change is missing. For the latter the lines of the Generalized System of
Preferences ("A") stayed open when that programme lapsed at the end of 2020 (19 U.S.C. 2466b).
"""

from datetime import date

AGOA, CBERA = "US-D", "US-E"
NAMES = {AGOA: "African Growth and Opportunity Act", CBERA: "Caribbean Basin Economic Recovery Act"}
# Letter → for whom, and the first and last year of a schedule for which that is known.
LETTERS = {"A": (AGOA, 2021, 2025), "D": (AGOA, 2021, 2025), "E": (CBERA, 2014, 2025)}

_CBERA = "ABW ATG BHS BLZ BRB CUW DMA GRD GUY HTI JAM KNA LCA MSR TTO VCT VGB"
_AGOA = (
    "AGO BEN BFA BWA CAF CIV COD COG COM CPV DJI ETH GAB GHA GIN GMB GNB KEN LBR LSO MDG MLI MOZ MUS MWI NAM NER NGA RWA SEN SLE "
    "STP SWZ TCD TGO TZA UGA ZAF ZMB"
)
# Last days of eligibility; the programme itself lapsed on 30 September 2025.
_ENDED = {
    date(2021, 12, 31): "ETH GIN MLI",
    date(2022, 12, 31): "BFA",
    date(2023, 12, 31): "CAF GAB NER UGA",
}
_LAPSED = date(2025, 9, 30)


def beneficiaries() -> list[tuple[str, str, str, date, date | None]]:
    """Area, its name, economy, first and last day.

    Examples
    --------
    >>> [row[2:] for row in beneficiaries() if row[2] in ("ETH", "JAM")]
    [('JAM', datetime.date(2014, 1, 1), None), ('ETH', datetime.date(2021, 1, 1), datetime.date(2021, 12, 31))]
    """
    ended = {economy: day for day, economies in _ENDED.items() for economy in economies.split()}
    return [
        *((CBERA, NAMES[CBERA], economy, date(2014, 1, 1), None) for economy in _CBERA.split()),
        *((AGOA, NAMES[AGOA], economy, date(2021, 1, 1), ended.get(economy, _LAPSED)) for economy in _AGOA.split()),
        (AGOA, NAMES[AGOA], "MRT", date(2024, 1, 1), _LAPSED),
    ]
