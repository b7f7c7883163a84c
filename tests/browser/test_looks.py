"""Every view in both languages and themes, on a phone and on a desk: pictures to be looked at, and WCAG 2.2 AA by axe."""

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser.views import LOOKS, Look

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.conftest import Opened

pytest.importorskip("playwright.sync_api", reason="the browser tests need playwright (make dev)")

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
AXE = "rules => axe.run(document, {runOnly: rules, resultTypes: ['violations']})"
WINDOWS = ((390, 844), (1440, 900))
# Together every language, theme and width; the text is the same whatever the colours.
LOOKED_OVER = {("en", "light", 1440), ("zh", "dark", 1440), ("zh", "light", 390), ("en", "dark", 390)}


@pytest.fixture(scope="session")
def axe(project: Path) -> str:
    """The source of axe-core, a development dependency of the browser app."""
    file = project / "web/node_modules/axe-core/axe.min.js"
    if not file.exists():
        pytest.skip("axe-core is not installed (make web-packages)")
    return file.read_text()


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: look.name)
def test_a_view_looks_right(opened: "Opened", project: Path, axe: str, look: Look) -> None:
    """Pictures go to build/screenshots; no page is wider than its window, and axe finds nothing."""
    folder = project / "build/screenshots"
    # The content security policy would keep axe out, too.
    page = opened.page(bypass_csp=True)
    for lang in ("en", "zh"):
        page.goto(f"/?{look.query}&lang={lang}")
        page.evaluate(axe)
        for width, height in WINDOWS:
            page.set_viewport_size({"width": width, "height": height})
            page.locator(look.ready).first.wait_for()
            for scheme in ("light", "dark"):
                page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
                page.wait_for_timeout(100)
                assert page.evaluate("document.documentElement.scrollWidth") <= width
                page.screenshot(path=folder / f"{look.name}-{lang}-{scheme}-{width}.png")
                if (lang, scheme, width) in LOOKED_OVER:
                    assert complaints(page) == [], (lang, scheme, width)


def complaints(page: "Page") -> list[tuple[str, str, list[str]]]:
    """What axe finds: rule, impact, the first elements."""
    found = page.evaluate(AXE, RULES)["violations"]
    return [(one["id"], one["impact"], [node["html"][:120] for node in one["nodes"][:3]]) for one in found]
