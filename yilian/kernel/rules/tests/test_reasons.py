"""Reason codes: shipped once, edited locally, valid for some days and sides."""

from datetime import date

import pytest

from yilian.kernel.rules.models import ReasonCode
from yilian.kernel.rules.reasons import Reason, ReasonList, reason, reason_lists, reasons, sync_reasons

DAY = date(2026, 11, 21)
SHIPPED = (
    Reason("no_bed", "暂无床位", sides=("receiver",), suggests_next=True),
    Reason("other", "其他", comment_required=True),
)


@pytest.fixture
def shipped(monkeypatch):
    monkeypatch.setattr(reason_lists, "_items", {"test.decline": ReasonList("test.decline", "婉拒原因", SHIPPED)})
    return ReasonCode.objects.filter(list_key="test.decline")


def ship_again(monkeypatch, *items):
    monkeypatch.setattr(reason_lists, "_items", {"test.decline": ReasonList("test.decline", "婉拒原因", items)})
    return sync_reasons()


@pytest.mark.django_db
def test_shipping_twice_writes_once(shipped):
    assert (sync_reasons(), sync_reasons(), shipped.count()) == (2, 0, 2)


@pytest.mark.django_db
def test_a_local_edit_is_never_overwritten_and_the_rest_follows(shipped, monkeypatch):
    sync_reasons()
    shipped.filter(code="other").update(title="其他原因", is_edited=True)
    assert ship_again(monkeypatch, Reason("no_bed", "没有床位"), Reason("other", "别的")) == 1
    assert [row.title for row in shipped] == ["没有床位", "其他原因"]


@pytest.mark.django_db
def test_each_side_gets_its_own_reasons(shipped):
    sync_reasons()
    assert [row.code for row in reasons("test.decline", "receiver", DAY)] == ["no_bed", "other"]
    assert [row.code for row in reasons("test.decline", "sender", DAY)] == ["other"]
    assert [row.code for row in reasons("test.decline", on=DAY)] == ["no_bed", "other"]


@pytest.mark.django_db
def test_a_reason_ends_after_its_last_day_but_old_cases_still_know_it(shipped):
    sync_reasons()
    shipped.filter(code="no_bed").update(valid_until=DAY)
    assert len(reasons("test.decline", on=DAY)) == 2
    assert [row.code for row in reasons("test.decline", on=date(2026, 11, 22))] == ["other"]
    assert reason("test.decline", "no_bed").suggests_next
    assert reason("test.decline", "nothing") is None
