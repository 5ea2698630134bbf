"""The report in a real browser: no error, no request, nothing wider than the screen."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from report_tables import HOLDS, article, identifier, refusal, speaker, statement, write_tables

from flows.report.page import write_report

CHROMIUM, DRIVER = shutil.which("chromium"), shutil.which("chromedriver")
pytestmark = pytest.mark.skipif(
    not (CHROMIUM and DRIVER), reason="needs Chromium: apt-get install chromium chromium-driver"
)

SWITCHES = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
LONG = "Wirklichkeitsferne" * 12


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service

    options = webdriver.ChromeOptions()
    options.binary_location = str(CHROMIUM)
    for switch in (*SWITCHES, f"--user-data-dir={tmp_path_factory.mktemp('profile')}"):
        options.add_argument(switch)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    driver = webdriver.Chrome(options=options, service=Service(str(DRIVER)))
    yield driver
    driver.quit()


@pytest.fixture(scope="module")
def pages(published: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The report of the sample articles, one of texts without a place to break, and one of hardly any rows."""
    home = tmp_path_factory.mktemp("pages")
    long = write_tables(
        home / "long",
        statements=[statement(speaker=LONG, role=LONG, text=LONG, outlet=LONG)],
        articles=[article(title=LONG, outlet=LONG), article(2, title=LONG, outlet=LONG, duplicate_of=identifier(1))],
        speakers=[speaker(speaker=LONG)],
        quarantine=[refusal(source_path=LONG, rule=LONG, reason=LONG)],
    )
    write_report(home / "long.html", long, HOLDS, "1+0")
    write_report(home / "empty.html", write_tables(home / "empty", articles=[article()]), HOLDS, "1+0")
    return {
        "samples": published / "report/index.html",
        "long": home / "long.html",
        "empty": home / "empty.html",
    }


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("name", ["samples", "long", "empty"])
def test_it_shows_without_errors_and_requests_within_the_screen(browser, pages, name, width, scheme):
    opened = open_page(browser, pages[name], width, scheme)
    assert [entry for entry in browser.get_log("browser") if entry["level"] != "INFO"] == []
    assert set(requests(browser)) <= {opened, "data:,"}
    assert browser.execute_script("return document.documentElement.scrollWidth <= innerWidth")
    assert browser.execute_script("return innerWidth") == width
    for cut in browser.execute_script(OPEN_ALL):
        pytest.fail(f"wider than the screen: {cut}")


OPEN_ALL = """
for (const each of document.querySelectorAll('details')) each.open = true;
if (document.documentElement.scrollWidth > innerWidth)
  return [...document.querySelectorAll('main *')]
    .filter(each => each.getBoundingClientRect().right > innerWidth && !each.closest('.wide, pre'))
    .map(each => each.outerHTML.slice(0, 120));
return [];
"""


def test_plots_fit_the_screen_and_follow_the_scheme(browser, pages):
    colours = {}
    for width, shown in ((1280, "wide-plot"), (390, "narrow-plot")):
        for scheme in ("light", "dark"):
            open_page(browser, pages["samples"], width, scheme)
            visible = browser.execute_script(
                "return [...document.querySelectorAll('svg')].filter(each => each.getBoundingClientRect().width)"
                ".map(each => each.parentElement.className)"
            )
            assert visible
            assert set(visible) == {shown}
            colours[scheme] = browser.execute_script(
                "return [...document.querySelectorAll('#time svg path[fill]')].map(each => getComputedStyle(each).fill)"
            )
    assert "rgb(0, 114, 178)" in colours["light"]
    assert not set(colours["light"]) & set(colours["dark"]) - {"none"}


def test_it_prints(browser, pages):
    open_page(browser, pages["samples"], 1280, "light")
    printed = browser.execute_cdp_cmd("Page.printToPDF", {"paperWidth": 8.27, "paperHeight": 11.69})
    assert len(printed["data"]) > 20_000


def open_page(browser: Any, path: Path, width: int, scheme: str) -> str:
    """Opens a page on a screen of this width, and forgets what was logged before; its address."""
    media = {"features": [{"name": "prefers-color-scheme", "value": scheme}]}
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", media)
    screen = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 500}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", screen)
    browser.get("about:blank")
    for log in ("browser", "performance"):
        browser.get_log(log)
    browser.get(path.as_uri())
    return path.as_uri()


def requests(browser: Any) -> Iterator[str]:
    for entry in browser.get_log("performance"):
        message = json.loads(entry["message"])["message"]
        if message["method"] == "Network.requestWillBeSent":
            yield message["params"]["request"]["url"]
