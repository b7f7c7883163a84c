"""The views of the browser app as they are looked at in the tests: their address, and what shows that they are there."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Look:
    """One state of a view that is worth a picture and a check of its accessibility."""

    name: str
    query: str
    ready: str
    """CSS of something that is on the page once the answer is."""


TABLE = "tbody tr[data-code]"
FINDER = "exporter=CHL&product=2603"

LOOKS = (
    Look("nothing-asked", "", ".examples a"),
    Look("finder", FINDER, ".map-drawing path"),
    Look("open", f"{FINDER}&market=CHN", ".rivals tbody tr"),
    Look("compare", f"{FINDER}&show=compare&chosen=CHN,JPN,KOR", ".compare td"),
    Look("availability", f"{FINDER}&show=availability", TABLE),
    Look("basket", "exporter=CHL&product=2603,2604,2607", TABLE),
    Look("candidates", f"{FINDER}&among=region:Asia,income:high&served=new&chosen=CYP,SGP", TABLE),
    Look("products", "view=products&exporter=CHL&market=CHN", TABLE),
    Look("products-open", "view=products&exporter=CHL&market=CHN&product=2603", ".rivals tbody tr"),
    Look("priorities", "view=priorities&exporter=CHL", ".pair-cell"),
    Look("priorities-tree", "view=priorities&exporter=CHL&product=2603&market=PHL&show=tree", ".pair-cell"),
    Look("economy", "view=economy&exporter=CHL", ".chart-canvas canvas"),
    Look("product", "view=product&product=2603", ".chart-canvas canvas"),
    Look("power", "view=power&exporter=CHL&product=2603", ".chart-canvas canvas"),
    Look("power-products", "view=power&exporter=CHL&show=products", ".chart-canvas canvas"),
    Look("power-roads", "view=power&exporter=CHL&show=roads", ".chart-canvas canvas"),
    Look("iit", "view=iit&exporter=CHN&partners=developed,developing", ".chart-canvas canvas"),
    Look("iit-kinds", "view=iit&exporter=CHN&product=2603&show=kinds", ".chart-canvas canvas"),
    Look("iit-tables", "view=iit&exporter=CHN&years=2015-2024&show=tables", ".publication td"),
    Look("studies-none", "view=study", ".commands code"),
)
"""A view with a line here has its pictures taken and is looked over by axe, in both languages and both themes."""
