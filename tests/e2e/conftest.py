"""Fixtures: one browser for the run, a window per person, axe on the pages they visit, and no word on the console."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.e2e.calendar import CALENDAR, Calendar, stand_there
from tests.world import World
from yilian.domains.referral.tests.cast import Cast, make_cast
from yilian.kernel.access.actor import Actor
from yilian.kernel.access.models import User

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # Playwright keeps an event loop in this thread

AXE = Path(__file__).resolve().parents[2] / "node_modules/axe-core/axe.min.js"
RUN_AXE = """async runOnly => (await axe.run(document, {runOnly, resultTypes: ["violations"]})).violations
  .map(found => [found.id, found.nodes.length, found.nodes[0].html.slice(0, 160), found.nodes[0].failureSummary])"""
RULES = ["wcag2a", "wcag2aa", "wcag21aa"]
COLOURS = ["color-contrast", "link-in-text-block"]
"""The rules that the dark theme can break alone."""
PAINT = """([theme, bsTheme]) => {
  const root = document.documentElement.dataset, before = [root.theme, root.bsTheme];
  Object.assign(root, {theme, bsTheme});
  return before;
}"""
QUIET = (
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--no-first-run",
)  # fmt: skip
expect.set_options(timeout=15_000)

Window = Callable[..., Page]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the journeys and run them last: from the first of them on, tests that start an event loop cannot."""
    journeys = [item for item in items if Path(__file__).parent in item.path.parents]
    for journey in journeys:
        journey.add_marker(pytest.mark.e2e)
    items.sort(key=lambda item: item.get_closest_marker("e2e") is not None)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict) -> dict:
    return {**browser_type_launch_args, "executable_path": "/usr/bin/chromium", "args": list(QUIET)}


@pytest.fixture
def calendar(settings) -> Iterator[Calendar]:
    """The calendar of the site, which a journey turns; a test that uses it asks for it before anything of the site."""
    settings.MIDDLEWARE = [f"{stand_there.__module__}.{stand_there.__name__}", *settings.MIDDLEWARE]
    yield CALENDAR
    CALENDAR.turn_back()


@pytest.fixture
def page_of(browser: Browser, live_site: str) -> Iterator[Window]:
    """A window of a person, logged in through the login page; at the end nothing may stand on any console."""
    opened: list[BrowserContext] = []
    said: list[str] = []

    def open_window(who: User | Actor, browser: Browser = browser, **options) -> Page:
        user = who if isinstance(who, User) else User.objects.get(pk=who.user_id)
        context = browser.new_context(
            base_url=live_site, locale="zh-CN", timezone_id="Asia/Shanghai", reduced_motion="reduce",
            **{"viewport": {"width": 1440, "height": 900}} | options,
        )  # fmt: skip
        opened.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.on("console", lambda word: said.append(word.text) if word.type == "error" else None)
        page.on("pageerror", lambda error: said.append(str(error)))
        page.goto("/")
        page.get_by_label("用户名").fill(user.username)
        page.get_by_label("密码").fill("yilian-demo")
        page.get_by_role("button", name="登录", exact=True).click()
        expect(page.locator("main")).to_be_visible()
        return page

    yield open_window
    for context in opened:
        context.close()
    assert not [word for word in said if "409" not in word and "422" not in word]


@pytest.fixture
def world(live_site: str) -> World:
    """A world the site sees: what tests write here is committed."""
    return World()


@pytest.fixture
def cast(world: World) -> Cast:
    return make_cast(world)


@pytest.fixture
def readable() -> Callable[[Page], None]:
    """Say that a page has no fault that axe knows, in light and in dark."""

    axe = AXE.read_text()

    def check(page: Page) -> None:
        page.wait_for_load_state()  # a click ends when the next page begins to arrive: half of it has faults of its own
        page.evaluate(axe)
        before = page.evaluate(PAINT, ["light", "light"])
        assert not (found := page.evaluate(RUN_AXE, RULES)), f"{page.url} light: {found}"
        page.evaluate(PAINT, ["dark", "dark"])
        assert not (found := page.evaluate(RUN_AXE, COLOURS)), f"{page.url} dark: {found}"
        page.evaluate(PAINT, before)

    return check
