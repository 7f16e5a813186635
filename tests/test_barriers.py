"""Pages of all kinds in a browser, light, dark and narrow: no serious barrier, and no need to scroll sideways.

Needs Chromium, which `scripts/test` installs where it may. A file of its own, for it takes as long as the other tests in
a browser together.
"""

import pytest
from axe_playwright_python.sync_playwright import Axe
from chromium import ALL, OURS  # first: it skips where there is no browser
from playwright.sync_api import Browser

SEVERE = ("serious", "critical")
STOCK = {
    "label",
    "select-name",
    "link-in-text-block",
    "scrollable-region-focusable",
    "aria-allowed-attr",
}  # Datasette's


@pytest.mark.parametrize("kind", OURS)
def test_narrow_screens_need_no_sideways_scrolling(
    kind: str, browser: Browser, address: str, kinds: dict[str, str]
) -> None:
    context = browser.new_context(base_url=address, viewport={"width": 360, "height": 740})
    page = context.new_page()
    page.goto(kinds[kind])
    wide = page.evaluate("""() => [...document.querySelectorAll("body *")].filter((each) => {
        const box = each.getBoundingClientRect();
        for (let up = each.parentElement; up; up = up.parentElement)
            if (/auto|scroll|hidden|clip/.test(getComputedStyle(up).overflowX)) return false;
        return box.width && box.right > innerWidth + 1 && box.left < innerWidth + 1000;
    }).map((each) => each.outerHTML.slice(0, 120)).slice(0, 3)""")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360, wide
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("kind", ALL)
def test_no_serious_barrier(kind: str, scheme: str, browser: Browser, address: str, kinds: dict[str, str]) -> None:
    context = browser.new_context(base_url=address, color_scheme=scheme)
    page = context.new_page()
    page.goto(kinds[kind])
    dark = page.evaluate(
        "getComputedStyle(document.body).backgroundColor.match(/\\d+/g).slice(0, 3).every((each) => each < 80)"
    )
    assert dark == (scheme == "dark")
    # Scripts of the page's own are bound by its policy; the tool comes in through the protocol.
    found = Axe().run(page).response["violations"]
    stock = kind in ("table", "question", "SQL")
    severe = [
        (each["id"], each["nodes"][0]["html"][:200], each["nodes"][0]["failureSummary"][:300])
        for each in found
        if each["impact"] in SEVERE and not (stock and each["id"] in STOCK)
    ]
    assert severe == []
    context.close()
