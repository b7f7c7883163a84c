"""The page about data from outside is what the code says, and what it names exists."""

from pathlib import Path

from entrepot.analyses.columns import COLUMN_ORDER
from entrepot.sources.addresses import addresses
from entrepot.tables import FLOWS, REFERENCE_TABLES, product_facts
from entrepot.tables.macro import INDICATORS
from tools.data_docs import page


def test_the_page_is_what_the_code_says(project: Path) -> None:
    said = (project / "docs" / "data.md").read_text(encoding="utf-8")
    assert said == page(), "run: python tools/data_docs.py"


def test_every_provider_says_what_its_files_hold() -> None:
    columns = {column for table in (FLOWS, *REFERENCE_TABLES.values()) for column in table.schema}
    known = {*columns, *COLUMN_ORDER, *INDICATORS, *product_facts.FACTS}
    for place in addresses().places.values():
        assert place.years, place.provider
        assert place.codes, place.provider
        assert place.traps, place.provider
        assert place.gives, place.provider
        assert set(place.gives) <= known, (place.provider, set(place.gives) - known)
