"""What tests of pages in a real browser have in common: how it starts, and what it measures."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from cableproof.report import Report
from cableproof.reports.page import lines

CHROMIUM = shutil.which("chromium")
needs_chromium = pytest.mark.skipif(
    CHROMIUM is None,
    reason="no chromium on this machine; install it with apt-get install -y chromium",
)
SWITCHES = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
]

#: Returns each text that stands out too little from what is behind it, with its ratio.
FAINT = """() => {
  const parts = (colour) => colour.match(/[0-9.]+/g).map(Number);
  const light = (rgb) => rgb.slice(0, 3)
    .map((part) => part / 255)
    .map((part) => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
    .reduce((sum, part, at) => sum + part * [0.2126, 0.7152, 0.0722][at], 0);
  const behind = (node) => {
    for (; node; node = node.parentElement) {
      const found = parts(getComputedStyle(node).backgroundColor);
      if (found.length === 3 || found[3] === 1) return found;
    }
  };
  const told = (node) => Array.from(node.childNodes)
    .some((each) => each.nodeType === 3 && each.data.trim());
  return Array.from(document.querySelectorAll("body *"))
    .filter((node) => told(node) && node.checkVisibility())
    .map((node) => {
      const both = [light(parts(getComputedStyle(node).color)), light(behind(node))];
      const ratio = (Math.max(...both) + 0.05) / (Math.min(...both) + 0.05);
      return [node.tagName, node.className, node.textContent.slice(0, 20), ratio];
    })
    .filter((found) => !(found[3] >= 4.5));
}"""


@contextmanager
def started() -> Iterator[Browser]:
    """Start the system's browser, which ends with the block."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=SWITCHES)
        yield browser
        browser.close()


def written(file: Path, report: Report) -> str:
    """Write the page of a report, and return its address."""
    file.write_text("".join(lines(report)), encoding="utf-8")
    return file.as_uri()


def wide(page: Page) -> list[int]:
    """Return how wide the page is, and how wide the screen."""
    found: list[int] = page.evaluate(
        "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"
    )
    return found
