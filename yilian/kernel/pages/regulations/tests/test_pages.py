"""法规执行, 义务日历, 指标, 参数, 原因代码: who sees what, and what a change needs."""

from datetime import date, timedelta

import pytest
from django.utils.html import escape

from tests.sample.models import Errand
from tests.world import AUTHORITY, COUNTY, ELSEWHERE, TOWNSHIP
from yilian.kernel import clock
from yilian.kernel.access.scope import scope
from yilian.kernel.clock import standing_at
from yilian.kernel.deadlines.escalating import tell_of_broken
from yilian.kernel.deadlines.models import BrokenObligation
from yilian.kernel.deadlines.obligation import Evidence, Obligation, Subject, not_recorded, obligations
from yilian.kernel.indicators.indicator import Share, indicator, indicators
from yilian.kernel.indicators.models import IndicatorSnapshot
from yilian.kernel.pages.regulations import carriers
from yilian.kernel.pages.regulations.carriers import carried, counted
from yilian.kernel.rules.carrying import Carrier
from yilian.kernel.rules.models import ParameterValue, ReasonCode
from yilian.kernel.rules.regulation import Article, Regulation, regulations
from yilian.kernel.rules.rule import rule, rules

ARTICLES = (
    Article("1", "第一条", "说明目的。", "第一章", binds=False),
    Article("2", "第二条", "双向转诊要有答复。", "第一章"),
    Article("3", "第三条", "年底报表。", "第一章"),
    Article("4", "第四条", "原文未得。", "第一章", is_known=False),
)
RULE_KEY = "test.answered"


def answered(extent):
    """Sent errands that were answered."""
    sent = Errand.objects.filter(since__gte=extent.period.start_at, since__lt=extent.period.end_at)
    return Share(part=sent.filter(state="accepted"), whole=sent)


@pytest.fixture
def document(monkeypatch):
    """A small document with a rule, an obligation and an indicator, and nothing else declared."""
    for registry in (regulations, rules, obligations, indicators):
        monkeypatch.setattr(registry, "_items", {})
    monkeypatch.setattr(carriers, "sources", [])
    found = regulations.add(
        Regulation("X1", "江城市试验办法", "试验办法", "江城市", date(2026, 1, 1), ARTICLES, missing="第四条")
    )
    rule("请先答复对方", cite=found.article("2"), key=RULE_KEY)(lambda errand: True)
    indicator("test.answered", "答复率", "%", "up", found.article("2"), part_says="已接受")(answered)
    return found


@pytest.fixture
def office(world, client):
    user = world.user("office", at=COUNTY)
    client.force_login(user)
    return user


@pytest.fixture
def page(client):
    def get(address, status=200):
        answer = client.get(address)
        assert answer.status_code == status
        return answer.content.decode()

    return get


@pytest.mark.parametrize("address", ["/regulations/", "/obligations/", "/indicators/", "/parameters/", "/reasons/"])
def test_strangers_are_sent_to_the_login(client, world, address):
    assert client.get(address).status_code == 302


@pytest.mark.parametrize(
    "address",
    [
        "/regulations/S3/",
        "/regulations/S3/?open=1",
        "/regulations/S0/国办法-2/",
        "/regulations/S4/6.2.2/",
        "/obligations/",
        "/indicators/",
        "/parameters/",
        "/parameters/?open=1",
        "/parameters/errand.answer_hours/",
        "/reasons/",
    ],
)
def test_what_is_declared_has_its_page(office, page, address):
    page(address)


@pytest.mark.parametrize("address", ["/regulations/S9/", "/regulations/S3/99/", "/indicators/x/", "/parameters/x/"])
def test_what_is_not_declared_is_not_found(office, page, address):
    page(address, 404)


@pytest.mark.usefixtures("office")
def test_an_article_shows_what_carries_it_out_and_the_open_ones_are_listed(document, page):
    assert [item.is_open for item in carried(document)] == [False, False, True, False]
    shown = page("/regulations/X1/2/")
    assert "请先答复对方" in shown
    assert "/indicators/test.answered/" in shown
    only_open = page("/regulations/X1/?open=1")
    assert "年底报表" in only_open
    assert "双向转诊要有答复" not in only_open
    assert "/regulations/X1/?open=1" in page("/regulations/")


@pytest.mark.usefixtures("office")
def test_words_alone_do_not_count_as_carried_out_and_kinds_are_counted(document, page, monkeypatch):
    says = Carrier("范本条款", "default", "年底报表", is_text=True)
    monkeypatch.setattr(carriers, "sources", [lambda: iter([(document.article("3"), says)])])
    assert [item.is_worded for item in carried(document)] == [False, False, True, False]
    shown = page("/regulations/X1/")
    assert "1 / 2 条已落实" in shown
    assert [(kind.kind, count) for kind, count in counted(carried(document))] == [
        ("规则", 1), ("指标", 1), ("范本条款", 1),
    ]  # fmt: skip
    assert "年底报表" in page("/regulations/X1/?open=2")
    assert "年底报表" not in page("/regulations/X1/?open=1")


def owed(institution, watcher, evidence, document):
    subject = Subject("1", "县医院", date(2020, 1, 1), institution_id=institution, watchers=frozenset({watcher}))
    return obligations.add(
        Obligation("test.meeting", "联席会议", document.article("3"), "year", lambda on: [subject], evidence)
    )


@pytest.mark.usefixtures("office")
def test_obligations_show_their_evidence_to_owner_and_watchers_only(document, world, page, client):
    held = clock.today()
    owed(world.place(COUNTY).pk, 0, lambda s, first, last: [Evidence("第一次会议", "/meeting/1/", held)], document)
    shown = page("/obligations/")
    assert "已履行" in shown
    assert 'href="/meeting/1/"' in shown
    client.force_login(world.user("office", at=ELSEWHERE))
    assert "第一次会议" not in page("/obligations/")


@pytest.mark.usefixtures("office")
def test_an_obligation_without_records_is_unknown(document, world, page):
    owed(world.place(COUNTY).pk, 0, not_recorded, document)
    assert "系统尚无此类记录" in page("/obligations/?state=unknown")
    assert "系统尚无此类记录" not in page("/obligations/?state=broken")


@pytest.mark.usefixtures("office")
def test_the_month_shows_what_ends_in_it_and_hands_out_files(document, world, page, client):
    held = [Evidence("第一次会议", "/meeting/1/", clock.today())]
    owed(world.place(COUNTY).pk, 0, lambda s, first, last: held, document)
    december = page(f"/obligations/calendar/?month={clock.today().year}-12")
    assert "第一次会议" in december
    assert "已履行" in december
    for month in (f"{clock.today().year}-11", "2026Q3", "9999-12", "x"):
        assert "第一次会议" not in page(f"/obligations/calendar/?month={month}&consortium=x")
    assert f"DTSTART;VALUE=DATE:{clock.today().year}1231" in page("/obligations/calendar.ics")
    assert client.get("/obligations/export.xlsx?state=kept").content.startswith(b"PK")
    assert "第一次会议" not in page("/obligations/?consortium=999")
    client.force_login(world.user("office", at=ELSEWHERE))
    assert "BEGIN:VEVENT" not in page("/obligations/calendar.ics")


def test_an_obligation_that_is_added_is_found_everywhere(document, office, world, page):
    owed(world.place(COUNTY).pk, 0, lambda s, first, last: [], document)
    assert not carried(document)[2].is_open
    assert "/obligations/?only=test.meeting" in page("/regulations/X1/3/")
    last = date(clock.today().year, 12, 31)
    with standing_at(clock.now() + timedelta(days=400)):
        assert "联席会议" in page("/obligations/?state=broken")
        assert tell_of_broken() == 1
        assert tell_of_broken() == 0
        with scope(world.person("office", at=COUNTY)):
            row = BrokenObligation.objects.get()
    assert (row.key, row.last_day) == ("test.meeting", last)


@pytest.fixture
def errands(world):
    doctor = world.person("doctor", at=TOWNSHIP)
    made = [world.open("errand", by=doctor, wish=f"第{n}件", receiver=world.place(COUNTY).pk) for n in range(2)]
    sent = [world.take(errand, "send", by=doctor) for errand in made]
    world.take(sent[0], "accept", by=world.person("reception", at=COUNTY))
    return sent


@pytest.mark.usefixtures("document", "office")
def test_an_indicator_shows_its_parts_and_the_rows_behind_it(errands, page):
    month = f"{clock.today():%Y-%m}"
    shown = page(f"/indicators/test.answered/?period={month}&scope=all")
    assert "50%" in shown
    assert all(f'href="/errand/{errand.pk}/"' in shown for errand in errands)
    part = page(f"/indicators/test.answered/?period={month}&scope=all&rows=part")
    assert f'href="/errand/{errands[1].pk}/"' not in part


@pytest.mark.usefixtures("document", "errands")
def test_an_indicator_counts_only_what_the_reader_sees(world, client, page):
    client.force_login(world.user("office", at=ELSEWHERE))
    shown = page("/indicators/test.answered/?scope=all")
    assert "无数据" in shown
    assert "/errand/" not in shown


@pytest.mark.usefixtures("document", "errands")
def test_freezing_needs_a_period_that_is_over_a_purpose_and_a_role(world, client, office):
    address = f"/indicators/test.answered/?period={clock.today():%Y-%m}&scope=all"
    county = world.person("office", at=COUNTY)
    client.post(address, {"ground": "2026 年度考核"})
    with standing_at(clock.now() + timedelta(days=40)):
        client.post(address, {"ground": " "})
        with scope(county):
            assert not IndicatorSnapshot.objects.exists()
        client.post(address, {"ground": "2026 年度考核"})
        with scope(county):
            snapshot = IndicatorSnapshot.objects.get()
        assert (snapshot.value, snapshot.frozen_for_id) == (50, county.institution_id)
        assert "与现在一致" in client.get(address).content.decode()
    client.force_login(world.user("doctor", at=COUNTY))
    assert client.post(address, {"ground": "考核"}).status_code == 403


def change(client, **given):
    values = {"scope": "institution", "value": "12", "effective_from": clock.today(), "ground": "院长办公会"}
    return client.post("/parameters/errand.answer_hours/", values | given)


@pytest.mark.usefixtures("office")
def test_an_office_sets_a_parameter_for_its_own_institution(world, client, page):
    assert "默认值，待本地核定" in page("/parameters/errand.answer_hours/")
    assert change(client).status_code == 302
    row = ParameterValue.objects.get()
    assert (row.institution_id, row.consortium_id, row.value) == (world.place(COUNTY).pk, None, "12")
    shown = page("/parameters/errand.answer_hours/")
    assert "12 小时" in shown
    assert "默认值，待本地核定" not in shown


@pytest.mark.usefixtures("office")
@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"value": "x"}, "请填写数字"),
        ({"ground": ""}, "必填"),
        ({"effective_from": date(2020, 1, 1)}, "不能早于今天"),
        ({"scope": "installation"}, "installation"),
    ],
)
def test_a_bad_change_comes_back_with_its_reason(client, given, says):
    answer = change(client, **given)
    assert answer.status_code == 422
    assert escape(says) in answer.content.decode()
    assert not ParameterValue.objects.exists()


@pytest.fixture
def keeper(world):
    """Somebody at the health authority above which no other is at work."""
    world.authority()
    return world.user("authority", at=AUTHORITY)


def test_only_the_authority_sets_the_whole_installation(world, client, keeper):
    client.force_login(world.user("admin", "office", at=COUNTY))
    assert change(client, scope="installation").status_code == 422
    says = "由江城市卫生健康委员会的以下岗位维护：卫健行政人员、系统管理"
    assert says in client.get("/parameters/errand.answer_hours/").content.decode()
    assert not ParameterValue.objects.exists()
    client.force_login(keeper)
    assert change(client, scope="installation").status_code == 302
    row = ParameterValue.objects.get()
    assert (row.institution_id, row.consortium_id) == (None, None)


def test_an_authority_below_another_at_work_does_not_bind_everybody(world, client, keeper):
    world.authority("北岭县卫生健康局", "420121")
    client.force_login(world.user("authority", "admin", at="北岭县卫生健康局"))
    assert change(client, scope="installation").status_code == 422
    row = ReasonCode.objects.create(list_key="test.list", code="no_bed", title="暂无床位")
    assert client.post(f"/reasons/{row.pk}/", {"title": "没有床位"}).status_code == 403


def test_an_authority_that_is_only_registered_keeps_nothing(world, client, keeper):
    world.authority("楚江省卫生健康委员会", "420000")
    client.force_login(keeper)
    assert change(client, scope="installation").status_code == 302


def test_others_neither_read_nor_set_parameters(world, client):
    client.force_login(world.user("doctor", at=COUNTY))
    assert client.get("/parameters/").status_code == 403
    assert change(client).status_code == 403
    client.force_login(world.user("director", at=COUNTY))
    assert client.get("/parameters/errand.answer_hours/").status_code == 200
    assert change(client).status_code == 403


def test_the_authority_retires_a_reason_and_the_text_stays_ours(world, client, keeper):
    row = ReasonCode.objects.create(list_key="test.list", code="no_bed", title="暂无床位")
    client.force_login(keeper)
    address = f"/reasons/{row.pk}/"
    late = {"title": "没有床位", "valid_from": clock.today(), "valid_until": clock.today() - timedelta(days=1)}
    assert client.post(address, late).status_code == 422
    assert client.post(address, {"title": "没有床位", "valid_until": clock.today()}).status_code == 302
    row.refresh_from_db()
    assert (row.title, row.is_edited) == ("没有床位", True)
    for role in ("office", "admin", "authority"):
        client.force_login(world.user(role, at=COUNTY))
        refused = client.post(address, {"title": "改了"})
        assert refused.status_code == 403
        assert "由江城市卫生健康委员会的以下岗位维护" in refused.content.decode()
    row.refresh_from_db()
    assert row.title == "没有床位"
