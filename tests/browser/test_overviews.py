"""The overviews of an economy and of a product: their numbers and pictures."""

from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.reading import ask

if TYPE_CHECKING:
    from tests.browser.conftest import Opened

sync_api = pytest.importorskip("playwright.sync_api", reason="the browser tests need playwright (make dev)")
expect = sync_api.expect


@pytest.mark.parametrize("query", ["view=economy&exporter=CHL", "view=product&product=2603"])
def test_the_names_of_an_overviews_tables_stand_in_cells_of_their_own_at_the_start(
    opened: "Opened", query: str
) -> None:
    page = opened.page(f"?{query}&lang=en")
    page.locator(".part tbody tr").first.wait_for()
    found: list[dict[str, Any]] = page.locator(".part tbody tr > :first-child").evaluate_all(
        """cells => cells.map(cell => {
          const [own, row] = [cell.getBoundingClientRect(), cell.parentElement.getBoundingClientRect()];
          const text = document.createRange();
          text.selectNodeContents(cell);
          const style = getComputedStyle(cell);
          return {
            display: style.display,
            align: style.textAlign,
            indent: text.getBoundingClientRect().left - own.left - parseFloat(style.paddingLeft),
            off: Math.abs(own.top - row.top),
          };
        })"""
    )
    assert len(found) > 10
    assert {(one["display"], one["align"]) for one in found} == {("table-cell", "start")}
    assert all(abs(one["indent"]) < 2 and one["off"] < 2 for one in found)


@pytest.mark.parametrize(
    ("query", "path", "id"),
    [
        ("view=economy&exporter=CHL", "economy?economy=CHL", "hhi_products"),
        ("view=product&product=2603", "product?product=2603", "price_spread"),
    ],
)
def test_an_overview_shows_the_years_numbers_and_says_how_each_is_computed(
    opened: "Opened", query: str, path: str, id: str
) -> None:
    page = opened.page(f"?{query}&lang=en")
    answer = ask(page, path)
    year = next(row for row in answer["parts"]["years"]["rows"] if row["year"] == answer["parameters"]["year"])
    figure = page.locator(".key-figures > div").filter(has=page.locator(f'[data-how="{id}"]'))
    expect(figure.locator("dd")).to_have_text(f"{year[id]:.3f}")
    asked = page.locator(".key-figures .how-link")
    assert asked.count() == page.locator(".key-figures dd").count() > 5
    entries = {one["id"]: one for one in ask(page, "lists/indicators?family=overview")["indicators"]}
    figure.get_by_role("button").click()
    expect(page.get_by_role("dialog")).to_contain_text(entries[id]["formula"])
    page.keyboard.press("Escape")
    first = page.locator(".part").first
    codes = first.locator("tbody tr").evaluate_all("rows => rows.map(row => row.dataset.code)")
    key = "product" if "economy" in query else "economy"
    assert codes == [row[key] for row in answer["parts"]["sells"]["rows"]]


@pytest.mark.parametrize("query", ["view=economy&exporter=CHL", "view=product&product=2603"])
def test_a_chart_says_its_numbers_under_the_pointer_within_the_content_security_policy(
    opened: "Opened", query: str
) -> None:
    page = opened.page(f"?{query}&lang=en")
    page.locator(".chart-canvas canvas").first.wait_for()
    chart = page.locator(".chart-canvas").first
    before = chart.screenshot()
    chart.hover(position={"x": 150, "y": 120})
    page.wait_for_timeout(300)
    assert chart.screenshot() != before
    assert opened.complaints == []
