"""Pages of all kinds in a browser, light, dark and narrow: no serious barrier, and no need to scroll sideways.

Needs Chromium, which `scripts/test` installs where it may. A page is opened once and looked at in each way: this file takes
as long as all other tests in a browser.
"""

import pytest
from axe_playwright_python.sync_playwright import Axe
from chromium import ALL, OURS  # first: it skips where there is no browser
from playwright.sync_api import Browser, Page

SEVERE = ("serious", "critical")
STOCK = {
    "label",
    "select-name",
    "link-in-text-block",
    "scrollable-region-focusable",
    "aria-allowed-attr",
}  # Datasette's


# Elements that stand out to the right, and are not within one that scrolls or hides what does.
STANDS_OUT = """() => [...document.querySelectorAll("body *")].filter((each) => {
    const box = each.getBoundingClientRect();
    for (let up = each.parentElement; up; up = up.parentElement)
        if (/auto|scroll|hidden|clip/.test(getComputedStyle(up).overflowX)) return false;
    return box.width && box.right > innerWidth + 1 && box.left < innerWidth + 1000;
}).map((each) => each.outerHTML.slice(0, 120)).slice(0, 3)"""


@pytest.mark.parametrize("kind", ALL)
def test_no_serious_barrier(kind: str, browser: Browser, address: str, kinds: dict[str, str]) -> None:
    context = browser.new_context(base_url=address, color_scheme="light")
    page = context.new_page()
    page.goto(kinds[kind])
    assert not is_dark(page)
    assert severe(page, kind) == []
    page.emulate_media(color_scheme="dark")
    assert is_dark(page)
    assert severe(page, kind, "color-contrast", "link-in-text-block") == []  # what colours make
    if kind in OURS:
        page.set_viewport_size({"width": 360, "height": 740})
        wide = page.evaluate(STANDS_OUT)
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, wide
    context.close()


def is_dark(page: Page) -> bool:
    """Whether a page is printed on a dark ground."""
    return page.evaluate(
        "getComputedStyle(document.body).backgroundColor.match(/\\d+/g).slice(0, 3).every((each) => each < 80)"
    )


def severe(page: Page, kind: str, *rules: str) -> list[tuple[str, str, str]]:
    """The serious barriers of a page, by all rules or by some; not those of Datasette's own pages that it has anywhere.

    Scripts of the page's own are bound by its policy; the tool comes in through the protocol.
    """
    only = {"runOnly": list(rules)} if rules else {}
    found = Axe().run(page, options={"resultTypes": ["violations"], **only}).response["violations"]
    stock = kind in ("table", "question", "SQL")
    return [
        (each["id"], each["nodes"][0]["html"][:200], each["nodes"][0]["failureSummary"][:300])
        for each in found
        if each["impact"] in SEVERE and not (stock and each["id"] in STOCK)
    ]
