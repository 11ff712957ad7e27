"""Lists: filters, pages, columns, saved filters, and the workbook of what one sees."""

import re
from datetime import timedelta
from html import unescape
from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook

from tests.world import CITY
from yilian.kernel import clock
from yilian.kernel.access.scope import scope
from yilian.kernel.audit.models import AccessRecord
from yilian.kernel.pages.models import SavedFilter
from yilian.kernel.workflow.queries import PAGE


def sheet(person, address):
    answer = person.client.get(address)
    assert answer.status_code == 200
    return CalamineWorkbook.from_filelike(BytesIO(answer.content)).get_sheet_by_index(0).to_python()


def test_the_parties_see_the_case_and_strangers_an_empty_list(sender, receiver, stranger, sent):
    assert sent.number in sender.sees("/errand/")
    assert sent.number in receiver.sees("/errand/")
    page = stranger.sees("/errand/")
    assert sent.number not in page
    assert "可以新建一件" in page


@pytest.mark.parametrize(
    ("query", "is_found"),
    [
        ("state=sent", True),
        ("state=draft", False),
        ("state=open", True),
        ("state=closed", False),
        ("state=nonsense", True),
        ("side=1", True),
        ("side=2", False),
        ("since=2020-01-01", True),
        ("until=2020-01-01", False),
        ("since=gibberish", True),
        ("number=QT2", True),
        ("number=qt2", True),
        ("number=QT9", False),
    ],
)
def test_a_list_is_narrowed(sender, sent, query, is_found):
    assert (sent.number in sender.sees(f"/errand/?{query}")) == is_found


def test_a_list_is_narrowed_to_an_institution(world, sender, receiver, sent):
    other = world.place(CITY)
    assert sent.number in sender.sees(f"/errand/?partner={receiver.actor.institution_id}")
    assert sent.number in receiver.sees(f"/errand/?partner={sender.actor.institution_id}&number=QT")
    assert sent.number not in sender.sees(f"/errand/?partner={other.pk}")
    assert f"{other}</option>" in sender.sees(f"/errand/?partner={other.pk}")


@pytest.mark.parametrize(("side", "is_found"), [("1", True), ("2", False)])
def test_the_side_is_mine_and_not_the_partners(sender, receiver, sent, side, is_found):
    page = sender.sees(f"/errand/?partner={receiver.actor.institution_id}&side={side}")
    assert (sent.number in page) == is_found


def test_an_empty_answer_says_how_to_go_on(sender, sent):
    assert "可放宽条件再查" in sender.sees("/errand/?state=done")


@pytest.mark.parametrize("query", ["", "?state=sent", "?state=done"])
def test_the_part_is_the_part_of_the_whole(sender, sent, query):
    assert sender.part(f"/errand/{query}") in sender.sees(f"/errand/{query}")


def test_pages_lead_on_and_back(world, sender):
    numbers = [world.open("errand", by=sender.actor, wish=f"第{n}件").number for n in range(PAGE + 5)][::-1]
    first = sender.sees("/errand/")
    assert [number in first for number in numbers] == [True] * PAGE + [False] * 5
    assert "上一页" not in first
    second = sender.sees(f"/errand/{_link(first, 'before')}")
    assert [number in second for number in numbers] == [False] * PAGE + [True] * 5
    assert "下一页" not in second
    again = sender.sees(f"/errand/{_link(second, 'after')}")
    assert all(number in again for number in numbers[:PAGE])
    assert "上一页" not in again


def _link(page, name):
    start = page.index(f'href="?{name}=') + len('href="')
    return page[start : page.index('"', start)]


def test_one_chooses_the_columns(sender, sent):
    assert '<th scope="col">办理时限</th>' not in sender.sees("/errand/")
    sender.sends("/errand/columns/", column=["number", "due", "nonsense"])
    page = sender.sees("/errand/")
    assert '<th scope="col">办理时限</th>' in page
    assert '<th scope="col">所求</th>' not in page
    sender.sends("/errand/columns/", reset="1")
    assert '<th scope="col">所求</th>' in sender.sees("/errand/")


def test_a_filter_is_kept_for_its_owner(sender, receiver, sent):
    sender.sends("/errand/saved/", title="待答复", state="sent")
    assert "待答复" in sender.sees("/errand/")
    assert "待答复" not in receiver.sees("/errand/")
    saved = SavedFilter.objects.get()
    assert saved.query == "state=sent"
    receiver.sends("/errand/saved/", forget=str(saved.pk))
    assert SavedFilter.objects.exists()
    sender.sends("/errand/saved/", forget=str(saved.pk))
    assert not SavedFilter.objects.exists()


def test_an_empty_filter_is_not_kept(sender):
    sender.sends("/errand/saved/", title="全部")
    assert not SavedFilter.objects.exists()


def test_the_workbook_holds_what_the_filter_shows(world, sender, sent):
    other = world.open("errand", by=sender.actor, wish="另一件")
    rows = sheet(sender, "/errand/export.xlsx?state=sent")
    assert rows[0][:2] == ["编号", "所求"]
    assert [row[0] for row in rows[1:]] == [sent.number]
    assert {row[0] for row in sheet(sender, "/errand/export.xlsx")[1:]} == {sent.number, other.number}


def test_the_workbook_runs_no_formula(world, sender):
    world.open("errand", by=sender.actor, wish='=HYPERLINK("http://x","点我")')
    assert sheet(sender, "/errand/export.xlsx")[1][1] == '=HYPERLINK("http://x","点我")'


def test_strangers_export_nothing(stranger, sent):
    assert len(sheet(stranger, "/errand/export.xlsx")) == 1


def test_exporting_is_recorded(sender, sent):
    sheet(sender, "/errand/export.xlsx?state=sent")
    with scope(sender.actor):
        kept = AccessRecord.objects.get(action="exported")
    assert kept.detail["rows"] == 1


@pytest.fixture
def urgent(world, sender, receiver):
    """Open errands of urgencies 3, 2, 1, 3, …, the earlier ones due later, and one that is closed."""
    numbers = []
    for n in range(PAGE + 3):
        with clock.standing_at(clock.now() - timedelta(hours=n)):
            answers = {"wish": "一件", "receiver": receiver.actor.institution_id, "priority": 3 - n % 3}
            errand = world.open("errand", by=sender.actor, **answers)
            numbers.append(world.take(errand, "send", by=sender.actor).number)
    return numbers


@pytest.mark.parametrize("sort", ["due", "priority"])
def test_a_list_is_ordered_page_by_page_and_in_the_workbook(world, sender, receiver, urgent, sort):
    closed = world.take(world.open("errand", by=sender.actor, wish="x", receiver=receiver.actor.institution_id),
                        "send", by=sender.actor)  # fmt: skip
    for verb, answers in (("accept", {}), ("finish", {"result": "好"})):
        world.take(closed, verb, by=receiver.actor, **answers)
    place = {number: n for n, number in enumerate(urgent)}
    by_due = sorted(urgent, key=lambda number: -place[number])
    wanted = by_due if sort == "due" else sorted(by_due, key=lambda number: 3 - place[number] % 3)
    shown = [row[0] for row in sheet(sender, f"/errand/export.xlsx?sort={sort}")[1:]]
    assert shown == wanted
    first = sender.sees(f"/errand/?sort={sort}")
    following = unescape(re.findall(r'href="(\?[^"]*after=[^"]*)"', first)[-1])
    assert f"sort={sort}" in following
    rest = sender.sees(f"/errand/{following}")
    assert [number for number in wanted if number in first] == wanted[:PAGE]
    assert first.index(wanted[0]) < first.index(wanted[1])
    assert [number for number in wanted if number in rest] == wanted[PAGE:]
    assert f"export.xlsx?sort={sort}" in first


def test_a_search_says_that_it_is_not_ordered(sender, urgent):
    assert "不另排序" in sender.sees("/errand/?sort=due&number=QT")
    assert "不另排序" not in sender.sees("/errand/?sort=due&state=sent")
