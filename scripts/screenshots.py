"""Takes a picture of each kind of page of the committed corpus. See scripts/screenshots."""

import re
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parent.parent
DATABASE = ROOT / "data" / "corpus.db"
LOOKS = {
    "": {"viewport": {"width": 1200, "height": 1000}},
    "-dark": {"viewport": {"width": 1200, "height": 1000}, "color_scheme": "dark"},
    "-narrow": {"viewport": {"width": 360, "height": 740}, "device_scale_factor": 2},
}


def pages() -> dict[str, str]:
    """Name of a picture -> address of the page."""
    with closing(sqlite3.connect(DATABASE)) as connection:
        key = connection.execute("select key from articles where outlet_id is not null order by id").fetchone()[0]
        outlet, name = connection.execute("select key, name from outlets order by id").fetchone()
        author = connection.execute("select key from authors order by id").fetchone()[0]
    return {
        "home": "/",
        "search": "/search?q=war+OR+peace",
        "article": f"/article/{key}",
        "raw": f"/article/{key}/raw",
        "outlet": f"/outlet/{quote(outlet, safe='')}",
        "author": f"/author/{quote(author, safe='')}",
        "trends": "/trends?q=war&q=peace",
        "concordance": "/concordance?q=war",
        "compare": "/compare?a=" + quote(f'outlet:"{name}"'),
        "quality": "/quality",
        "export": "/export?q=war",
        "schema": "/schema",
    }


def main() -> None:
    """Serve the corpus, and go through its pages."""
    chromium = next(
        filter(None, map(shutil.which, ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome"))),
        None,
    )
    if chromium is None:
        sys.exit("Error: the pictures are taken with Chromium: install it")
    command = [sys.executable, "-u", "-m", "corpus_db", "serve", "--no-open", "--port", "0", "--db", str(DATABASE)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server, sync_playwright() as playwright:
        found = re.search(r"http://\S+", server.stdout.readline() if server.stdout else "")
        if found is None:
            sys.exit("Error: the corpus could not be served")
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for suffix, look in LOOKS.items():
            page = browser.new_context(base_url=found[0], **look).new_page()
            for name, address in pages().items():
                page.goto(address)
                target = ROOT / "docs" / f"{name}{suffix}.png"
                page.screenshot(path=target)
                print(target.relative_to(ROOT))
        browser.close()
        server.terminate()


if __name__ == "__main__":
    main()
