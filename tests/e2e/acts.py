"""What people do on every page: choose with a picker, take a step, read where a case stands."""

from urllib.parse import quote

from playwright.sync_api import Locator, Page, expect

from yilian.kernel.workflow.models import Case

PAPER = b"%PDF-1.4\n1 0 obj << >> endobj\n%%EOF"


def address(case: Case) -> str:
    return f"/{case.kind}/{case.pk}/"


def choose(page: Page, name: str, typed: str, title: str) -> None:
    """Type into the picker of a question and choose what the server finds."""
    box = page.locator(f"select[name='{name}'] + .ts-wrapper")
    box.locator(".ts-control").click()
    with page.expect_response(lambda answer: "/pick/" in answer.url and f"q={quote(typed)}" in answer.url):
        box.get_by_role("combobox").fill(typed)
    box.locator("[data-selectable]", has_text=title).first.click()
    expect(box.locator(".item", has_text=title)).to_be_visible()


def fill(within: Locator, **answers: str | bool) -> None:
    """Answer questions by their names: a list by value, a box by True, everything else by typing."""
    for name, answer in answers.items():
        question = within.locator(f"[name='{name}'], [name$='.{name}']")
        if isinstance(answer, bool):
            question.set_checked(answer)
        elif question.evaluate("field => field.tagName") == "SELECT":
            question.select_option(answer)
        else:
            question.fill(answer)
            question.press("Tab")


def ask(page: Page, verb: str) -> Locator:
    """Open the dialog of a step and return it."""
    button = page.locator(f"[data-verb={verb}]")
    expect(button).to_be_attached()
    page.wait_for_load_state()  # before its scripts have run a button leads to a page of its own, not to the dialog
    if not button.is_visible():
        page.locator(".step-actions summary").click()
    button.click()
    dialog = page.locator("#dialog")
    expect(dialog.locator(".dialog-foot button")).to_be_visible()
    return dialog


def confirm(page: Page) -> None:
    """Send the dialog that is open and see it go away."""
    dialog = page.locator("#dialog")
    dialog.locator(".dialog-foot button").click()
    expect(dialog).to_be_hidden()


def take(page: Page, verb: str, **answers: str | bool) -> None:
    """Take a step in its dialog with these answers, by name of the question."""
    fill(ask(page, verb), **answers)
    confirm(page)


def add_row(page: Page, table: str) -> Locator:
    """Add a row to a table of answers and return it."""
    page.locator(f"[data-add-row={table}]").click()
    return page.locator(f"[data-rows={table}] tbody tr").last


def attach(page: Page, purpose: str) -> None:
    """Hang a small PDF on the case of the page."""
    page.locator("#file-purpose").select_option(purpose)
    title = f"{purpose}.pdf"
    page.locator("#file-input").set_input_files({"name": title, "mimeType": "application/pdf", "buffer": PAPER})
    page.locator(".attach button").click()
    expect(page.locator("#card-documents .file-name", has_text=title)).to_be_visible()


def find(page: Page, title: str) -> None:
    """Open what waits in the inbox under this title."""
    page.goto("/inbox/")
    page.locator("main").get_by_role("link", name=title).first.click()
    expect(page.locator("h1")).to_be_visible()


def press(page: Page, title: str) -> None:
    page.get_by_role("button", name=title, exact=True).click()


def stands(page: Page, title: str) -> None:
    """Say that the page of a case shows this state."""
    expect(page.locator("h1 .tag").first).to_contain_text(title)
