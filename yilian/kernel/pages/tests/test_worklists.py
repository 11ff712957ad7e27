"""The work table, the inbox, search and help."""

import re
from datetime import timedelta
from html import unescape

from yilian.kernel import clock
from yilian.kernel.access.scope import scope
from yilian.kernel.audit.models import AccessRecord
from yilian.kernel.pages.tests.test_cases import at
from yilian.kernel.workflow.queries import PAGE


def test_home_shows_first_what_waits_for_me(sender, receiver, sent):
    assert f'href="{at(sent)}"' in receiver.sees("/")
    waiting = sender.sees("/")
    assert waiting.index("对方尚未答复") < waiting.index(sent.number)
    assert "现在没有等您办理的事项" in waiting


def test_home_of_a_stranger_is_empty(stranger, sent):
    assert sent.number not in stranger.sees("/")


def test_what_is_late_has_its_own_tab(receiver, sent):
    assert sent.number not in receiver.sees("/inbox/?tab=late")
    with clock.standing_at(clock.now() + timedelta(days=3)):
        page = receiver.sees("/inbox/?tab=late")
    assert sent.number in page
    assert "超时 24 小时" in page


def test_the_inbox_has_a_tab_for_what_i_sent(sender, sent):
    assert sent.number in sender.sees("/inbox/?tab=sent")
    assert sent.number not in sender.sees("/inbox/")


def test_the_inbox_pages(world, sender):
    numbers = [world.open("errand", by=sender.actor, wish=f"第{n}件").number for n in range(PAGE + 3)]
    first = sender.sees("/inbox/")
    start = first.index("after=") + len("after=")
    rest = sender.sees(f"/inbox/?tab=mine&after={first[start : first.index(chr(34), start)]}")
    assert sum(number in first for number in numbers) == PAGE
    assert all((number in first) != (number in rest) for number in numbers)


def test_the_part_of_the_inbox_is_the_part_of_the_whole(receiver, sent):
    for address in ("/inbox/", "/inbox/?tab=late", "/messages/", "/messages/?all"):
        assert receiver.part(address) in receiver.sees(address)


def test_a_number_is_found_by_its_beginning_with_or_without_letters(sender, stranger, sent):
    for text in (sent.number, sent.number[:12].lower(), sent.number[2:]):
        assert at(sent) in sender.sees(f"/search/?q={text}")
        assert at(sent) not in stranger.sees(f"/search/?q={text}")


def test_pages_are_found_and_finding_is_recorded(sender):
    page = sender.sees("/search/?q=请托")
    assert 'href="/errand/new/"' in page
    with scope(sender.actor):
        assert AccessRecord.objects.get(action="searched").detail["text"] == "请托"


def test_what_is_not_found_says_how_to_search(sender):
    assert "单号可只输开头几位" in sender.sees("/search/?q=没有这个")


def test_help_leads_to_the_interface(sender):
    assert 'href="/help/api/"' in sender.sees("/help/")
    sender.sees("/help/api/")


def test_help_draws_the_states_and_lists_the_steps(sender):
    page = sender.sees("/help/errand/")
    for text in ("<svg", "待接收", "不能请托本机构", "系统（到期自动）", "答复时限"):
        assert text in page


def following(page):
    """Return the address of the next page."""
    return unescape(re.findall(r'href="([^"]*after=[^"]*)"', page)[-1])


def order_of(page, numbers):
    return sorted((number for number in numbers if number in page), key=page.index)


def test_what_i_sent_has_pages(world, sender, receiver):
    sent = [
        world.take(
            world.open("errand", by=sender.actor, wish=f"第{n}件", receiver=receiver.actor.institution_id),
            "send", by=sender.actor,
        ).number
        for n in range(PAGE + 3)
    ]  # fmt: skip
    first = sender.sees("/inbox/?tab=sent")
    rest = sender.sees(following(first))
    assert order_of(first, sent) == sent[::-1][:PAGE]
    assert order_of(rest, sent) == sent[::-1][PAGE:]
    assert 'href="/inbox/?tab=sent&amp;after=' not in rest


def test_the_inbox_goes_by_urgency_where_that_is_wished(world, sender):
    numbers = [world.open("errand", by=sender.actor, wish="一件", priority=3 - n % 3).number for n in range(PAGE + 4)]
    wanted = sorted(numbers, key=lambda number: (3 - numbers.index(number) % 3, numbers.index(number)))
    first = sender.sees("/inbox/?sort=priority")
    assert order_of(first, numbers) == wanted[:PAGE]
    assert order_of(sender.sees(following(first)), numbers) == wanted[PAGE:]


def test_what_was_answered_is_under_way_but_no_longer_unanswered(world, sender, receiver, sent):
    assert sent.number in sender.sees("/inbox/?tab=unanswered")
    page = sender.sees("/inbox/?tab=sent")
    assert sent.number in page
    assert "我方发出、办理中" in page
    taken = world.take(sent, "accept", by=receiver.actor)
    assert taken.open
    assert sent.number not in sender.sees("/inbox/?tab=unanswered")
    assert sent.number in sender.sees("/inbox/?tab=sent")


def test_the_inbox_is_narrowed_by_state_and_the_address_keeps_it(world, sender):
    draft = world.open("errand", by=sender.actor, wish="草稿一件")
    page = sender.sees("/inbox/?only=errand.draft")
    assert draft.number in page
    assert "only=errand.draft" in page
    assert draft.number not in sender.sees("/inbox/?only=errand.sent")
    assert draft.number in sender.sees("/inbox/?only=nothing.at-all")
