"""What people do on every page: choose with a picker, take a step, read where a case stands."""

from urllib.parse import quote

from playwright.sync_api import Page, expect

from yilian.kernel.workflow.models import Case


def address(case: Case) -> str:
    return f"/{case.kind}/{case.pk}/"


def choose(page: Page, name: str, typed: str, title: str) -> None:
    """Type into the picker of a question and choose what the server finds."""
    box = page.locator(f"select[name={name}] + .ts-wrapper")
    box.locator(".ts-control").click()
    with page.expect_response(lambda answer: "/pick/" in answer.url and f"q={quote(typed)}" in answer.url):
        box.get_by_role("combobox").fill(typed)
    box.locator("[data-selectable]", has_text=title).first.click()
    expect(box.locator(".item", has_text=title)).to_be_visible()


def take(page: Page, verb: str, **answers: str) -> None:
    """Take a step in its dialog with these answers, by name of the question; `select` answers by value."""
    button = page.locator(f"[data-verb={verb}]")
    if not button.is_visible():
        page.locator(".step-actions summary").click()
    button.click()
    dialog = page.locator("#dialog")
    for name, answer in answers.items():
        question = dialog.locator(f"[name={name}]")
        if question.evaluate("field => field.tagName") == "SELECT":
            question.select_option(answer)
        else:
            question.fill(answer)
            question.press("Tab")
    dialog.locator(".dialog-foot button").click()
    expect(dialog).to_be_hidden()


def stands(page: Page, title: str) -> None:
    """Say that the page of a case shows this state."""
    expect(page.locator("h1 .tag").first).to_contain_text(title)
