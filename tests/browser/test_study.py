"""A finished study in the browser: found in the list, read in both languages, its tables and figures taken away."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl
import pytest

from tests.browser.conftest import Opened, free_port, visiting, wait_until_served
from tests.browser.test_looks import LOOKED_OVER, WINDOWS, axe, complaints
from tests.report.test_study import STUDY

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

sync_api = pytest.importorskip("playwright.sync_api", reason="the browser tests need playwright (make dev)")
pytest.importorskip("pyfixest", reason="studies need entrepot[econometrics]")
expect = sync_api.expect

__all__ = ["axe"]  # a fixture
WORDS = {
    "en": {
        "title": "A small programme",
        "tests": "Tests",
        "figures": "Figures",
        "sample": "Data and sample",
        "x": "L.ICO",
    },
    "zh": {"title": "小型研究", "tests": "检验", "figures": "图", "sample": "数据与样本", "x": "滞后交流"},
}


@pytest.fixture(scope="module")
def home(tmp_path_factory) -> Path:
    """A store of its own with one finished study, "small"."""
    from entrepot.analyses.simulation import simulate_customs
    from entrepot.report.study import run_study
    from entrepot.store import Store

    folder, home = tmp_path_factory.mktemp("programme"), tmp_path_factory.mktemp("home")
    world = simulate_customs(firms=900, products=25, regions=5, years=range(2010, 2014), seed=4)
    world.flows.write_parquet(folder / "flows.parquet")
    world.regions.write_csv(folder / "regions.csv")
    (folder / "study.toml").write_text(STUDY)
    run_study(folder / "study.toml", Store(home).studies.folder("small"))
    return home


@pytest.fixture(scope="module")
def served(home: Path, project: Path) -> Iterator[str]:
    if not (project / "src/entrepot/webui/static/index.html").exists():
        pytest.skip("the browser app is not built (make web)")
    port = free_port()
    command = [str(Path(sys.executable).with_name("entrepot")), "serve", "--port", str(port)]
    environment = os.environ | {"ENTREPOT_HOME": str(home)}
    server = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=sys.stderr)
    try:
        wait_until_served(f"http://127.0.0.1:{port}", server)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(timeout=20)


@pytest.fixture
def here(browser: "Browser", served: str) -> Iterator[Opened]:
    yield from visiting(browser, served)


def numbers(home: Path, kind: str) -> list[dict[str, Any]]:
    return pl.read_parquet(home / "studies" / "small" / "data" / f"{kind}.parquet").rows(named=True)


def row(page: "Page", table: str, label: str) -> list[str]:
    """The cells of the row of that name."""
    region = page.get_by_role("region", name=re.compile(table))
    found = region.locator("tr").filter(has=page.get_by_role("rowheader", name=label, exact=True)).first
    return found.locator("td").all_inner_texts()


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_study_is_found_and_read(here: Opened, home: Path, lang: str) -> None:
    words = WORDS[lang]
    page = here.page(f"?view=study&lang={lang}")
    page.get_by_role("link", name=words["title"]).click()
    page.wait_for_url(re.compile("view=study&name=small"))
    expect(page.get_by_role("heading", level=1)).to_contain_text(words["title"])
    expect(page).to_have_title(re.compile(words["title"]))

    baseline = [one for one in numbers(home, "coefficients") if (one["table"], one["term"]) == ("baseline", "ico")]
    said = row(page, "Baseline" if lang == "en" else "基准回归", words["x"])
    assert [float(cell.strip("*")) for cell in said] == [pytest.approx(one["estimate"], abs=5e-5) for one in baseline]

    page.get_by_role("button", name=re.compile(f"^{words['tests']}")).click()
    page.wait_for_url(re.compile("show=tests"))
    (test,) = numbers(home, "permutations")
    cells = page.locator("section.publication").last.locator("tbody td").all_inner_texts()
    assert [cell.strip("*") for cell in cells[3:6]] == [
        f"{test[one]:.4f}" for one in ("difference", "p_value", "monte_carlo_error")
    ]
    (stage,) = numbers(home, "instruments")
    assert f"{stage['rk_f']:,.3f}" in page.locator("section.publication").first.inner_text()

    page.get_by_role("button", name=words["sample"]).click()
    expect(page.get_by_role("rowheader", name="n_firms >= 5")).to_be_visible()
    page.go_back()
    expect(page.locator("section.publication")).to_have_count(2)
    again = here.page(page.url.removeprefix(f"{here.address}/"))
    expect(again.locator("section.publication")).to_have_count(2)


def test_tables_and_numbers_are_taken_away_as_they_were_written(here: Opened, home: Path) -> None:
    page = here.page("?view=study&name=small&lang=en")
    folder = home / "studies" / "small"
    taken = {
        "Tables · Excel": "tables.xlsx",
        "Tables · Word": "tables.docx",
        "Tables · LaTeX": "tables.tex",
        "Tables · web page": "tables.html",
        "Tables · text": "tables.txt",
        "Report": "report.html",
        "Coefficients · CSV": "data/coefficients.csv",
        "Sample · Parquet": "data/sample.parquet",
    }
    for label, file in taken.items():
        page.locator(".take-away summary").click()
        with page.expect_download() as download:
            page.get_by_role("link", name=re.compile(f"^{label}")).click()
        assert download.value.suggested_filename == f"small-{Path(file).name}"
        assert download.value.path().read_bytes() == (folder / file).read_bytes()
        page.keyboard.press("Escape")


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_figures_are_drawn_told_and_saved(here: Opened, lang: str) -> None:
    page = here.page(f"?view=study&name=small&show=figures&lang={lang}")
    charts = page.locator("figure.chart")
    expect(charts.locator("canvas")).to_have_count(3)
    for chart in charts.all():
        assert chart.get_by_role("img").get_attribute("aria-label")
    density = charts.first
    for form in ("PNG", "SVG"):
        with page.expect_download() as download:
            density.get_by_role("button", name=form).click()
        assert download.value.suggested_filename == f"small-density.{form.lower()}"
        assert len(download.value.path().read_bytes()) > 1000
    density.locator("summary").click()
    points = [cell.replace("−", "-") for cell in density.locator("tbody td").all_inner_texts()]
    assert len(points) == 2 * 200
    heights = [float(one) for one in points[1::2]]
    assert max(heights) > 0
    assert min(heights) >= 0
    assert heights.index(max(heights)) not in (0, 199)


def test_the_keys_lead_through_a_study(here: Opened) -> None:
    page = here.page("?view=study&name=small&lang=en")
    page.get_by_role("button", name=re.compile("^Tables")).focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("show=figures"))
    page.goto("/?view=study&name=small&lang=en")
    scroll = page.locator(".publication .inner-scroll").first
    scroll.focus()
    expect(scroll).to_be_focused()


def test_what_cannot_be_shown_is_said(here: Opened) -> None:
    page = here.page("?view=study&name=smal&lang=en")
    page.get_by_role("alert").get_by_role("button", name=re.compile("small")).click()
    page.wait_for_url(re.compile("name=small"))
    expect(page.locator("section.publication").first).to_be_visible()

    page.route("**/api/v1/studies?*", lambda route: route.fulfill(json={"studies": []}))
    page.goto("/?view=study&lang=zh")
    expect(page.locator("code").last).to_have_text("entrepot study run study.toml --name main")
    page.unroute("**/api/v1/studies?*")

    page.route("**/api/v1/studies/*", lambda route: route.abort())
    page.goto("/?view=study&name=small&lang=zh")
    expect(page.get_by_role("alert")).to_contain_text("没有连接")
    page.unroute("**/api/v1/studies/*")
    expect(page.locator("section.publication").first).to_be_visible()
    here.complaints[:] = [text for text in here.complaints if not re.search("422|ERR_FAILED", text)]


@pytest.mark.parametrize(
    "show", ["", "&name=small", "&name=small&show=figures", "&name=small&show=tests", "&name=small&show=sample"]
)
def test_it_looks_right_everywhere(here: Opened, axe: str, show: str) -> None:
    page = here.page(bypass_csp=True)
    for lang in ("en", "zh"):
        page.goto(f"/?view=study{show}&lang={lang}")
        page.evaluate(axe)
        page.locator(".headline h1").wait_for()
        if "figures" in show:
            expect(page.locator("figure.chart canvas")).to_have_count(3)
        for width, height in WINDOWS:
            page.set_viewport_size({"width": width, "height": height})
            for scheme in ("light", "dark"):
                if (lang, scheme, width) not in LOOKED_OVER:
                    continue
                page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
                page.wait_for_timeout(100)
                assert page.evaluate("document.documentElement.scrollWidth") <= width
                assert complaints(page) == [], (lang, scheme, width)
