"""Reading a table, of which only the rows and cells in view are on the page."""

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Page

THROUGH_THE_TABLE = """async (cell) => {
  const box = document.querySelector('.table-scroll');
  const seen = new Map();
  const read = () => box.querySelectorAll('tbody tr[data-code]').forEach((row) =>
    seen.set(row.dataset.code, cell ? row.querySelector(cell)?.innerText ?? '' : ''));
  const before = box.scrollTop;
  const head = cell && box.querySelector(`thead ${cell}`);
  if (head) box.scrollLeft = head.offsetLeft - box.clientWidth / 2;
  for (let top = 0; ; top += box.clientHeight / 2) {
    box.scrollTop = top;
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    read();
    if (top >= box.scrollHeight - box.clientHeight) break;
  }
  box.scrollTop = before;
  return [...seen];
}"""


def rows(page: "Page", cell: str = "") -> list[tuple[str, str]]:
    """Code of every row in the order of the table, with the text of one of its cells."""
    page.locator("tbody tr[data-code]").first.wait_for()
    found: list[Any] = page.evaluate(THROUGH_THE_TABLE, cell)
    return [(code, text) for code, text in found]


def order(page: "Page") -> list[str]:
    """Code of every row in the order of the table."""
    return [code for code, _ in rows(page)]


def top(page: "Page", count: int = 10) -> list[str]:
    """Codes of the first rows."""
    page.locator("tbody tr[data-code]").first.wait_for()
    codes: list[str] = page.locator("tbody tr[data-code]").evaluate_all("rows => rows.map(row => row.dataset.code)")
    return codes[:count]


def choose(page: "Page", label: str, typed: str, code: str) -> None:
    """Type into a search field and take the choice of that code."""
    box = page.get_by_role("combobox", name=label, exact=True)
    box.click()
    box.fill(typed)
    page.get_by_role("option").filter(has_text=re.compile(rf"^{code}")).first.wait_for()
    box.press("Enter")


def move_weight(page: "Page", column: str, steps: int) -> None:
    """Move a slider by so many steps."""
    slider = page.locator(f'input[name="weight-{column}"]')
    slider.focus()
    for _ in range(abs(steps)):
        slider.press("ArrowRight" if steps > 0 else "ArrowLeft")


def ask(page: "Page", path: str) -> dict[str, Any]:
    answer: dict[str, Any] = page.request.get(f"/api/v1/{path}").json()
    return answer
