"""Takes the pictures in docs/screenshots from a running demo: `python -m tools.screenshots http://localhost:8000`."""

import sys
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "screenshots"
CHROMIUM = "/usr/bin/chromium"
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]


@dataclass(frozen=True)
class Shot:
    """One picture: who is logged in, where, what is clicked on the way, and how the window is."""

    name: str
    user: str
    path: str
    click: str = ""
    width: int = 1366
    height: int = 800
    scheme: str = "light"


SHOTS = (
    Shot("home", "reception", "/"),
    Shot("home-dark", "reception", "/", scheme="dark"),
    Shot("list", "reception", "/referral/"),
    Shot("referral", "county", "/referral/", click="tbody a >> nth=1"),
    Shot("form", "township", "/referral/new/"),
    Shot("register", "office", "/consortia/", click="a:has-text('骨科专科联盟') >> nth=0"),
    Shot("regulation", "office", "/regulations/S3/"),
    Shot("indicators", "office", "/indicators/"),
    Shot("flow", "office", "/help/filing/"),
    Shot("phone", "township", "/inbox/", width=390, height=800),
)


def main(address: str) -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        for shot in SHOTS:
            take(browser, address.rstrip("/"), shot)
        browser.close()


def take(browser: Browser, address: str, shot: Shot) -> None:
    """Log in, go there and write the picture."""
    context = browser.new_context(
        locale="zh-CN",
        timezone_id="Asia/Shanghai",
        viewport={"width": shot.width, "height": shot.height},
        color_scheme="dark" if shot.scheme == "dark" else "light",
    )
    page = context.new_page()
    log_in(page, address, shot.user)
    page.goto(address + shot.path)
    if shot.click:
        page.click(shot.click)
    page.wait_for_load_state("networkidle")
    page.screenshot(path=FOLDER / f"{shot.name}.png")
    context.close()


def log_in(page: Page, address: str, user: str) -> None:
    page.goto(address)
    page.fill("[name=login]", user)
    page.fill("[name=password]", "yilian-demo")
    page.locator("form:has([name=password]) button[type=submit]").first.click()
    page.wait_for_load_state("networkidle")


if __name__ == "__main__":
    main(sys.argv[1])
