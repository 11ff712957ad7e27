"""The running of the network is read through indicators: who takes part, how long each hop takes, what is refused."""

import io
from datetime import timedelta
from decimal import Decimal

import pytest
from python_calamine import CalamineWorkbook

from tests.stories.services_cast import Program, browser, offered
from yilian.domains.capacity.board.reporting import add_resource
from yilian.domains.referral.tests.cast import ARRIVAL, FEEDBACK, make_cast
from yilian.kernel import clock
from yilian.kernel.access.models import User
from yilian.kernel.access.scope import scope
from yilian.kernel.clock.periods import Period
from yilian.kernel.indicators.evaluation import evaluate
from yilian.kernel.indicators.grouping import evaluate_each
from yilian.registry.models import Consortium
from yilian.registry.patients import register_patient

LEAGUES = (
    ("referral.hours_to_seen", "receiver_id"), ("referral.wrong_department", "institution_id"),
    ("referral.refusals", "institution_id"), ("referral.answered_in_time", "receiver_id"),
    ("referral.answer_hours", "receiver_id"), ("referral.answer_hours_median", "receiver_id"),
)  # fmt: skip
DAY, HOUR = timedelta(days=1), timedelta(hours=1)


@pytest.fixture
def cast(world):
    cast = make_cast(world)
    cast.group = Consortium.objects.get(name="江城市医疗集团")
    cast.community = Consortium.objects.get(name="北岭县医共体")
    cast.head = world.person("office", at="北岭县人民医院")
    cast.now = clock.now()
    cast.period = Period(clock.today() - 60 * DAY, clock.today())
    return cast


def at(cast, days, hours=0.0):
    return clock.standing_at(cast.now - 20 * DAY + days * DAY + hours * HOUR)


def sent(cast, **changes):
    with at(cast, 0):
        person, _new = register_patient(by=cast.township, name="何别人", identity_number="")
        known = {"patient": person.pk, "consent_by": "何别人", "is_of_consent_age": True}
        return cast.sent(**known | {"consent_told_at": clock.now()} | changes)


def walked(cast, seen, accepted, arrived, answered):
    """Send a referral and let each hop take so many hours."""
    referral, spent = sent(cast), 0.0
    for verb, hours, answers in (
        ("receive", seen, {}), ("accept", accepted, {}), ("arrive", arrived, ARRIVAL), ("complete", answered, FEEDBACK),
    ):  # fmt: skip
        spent += hours
        with at(cast, 0, spent):
            referral = cast.take(referral, verb, by=cast.county, **answers)
    return referral


def refuse(cast, reason, **changes):
    with at(cast, 1):
        return cast.take(
            sent(cast, **changes),
            "decline",
            by=cast.county,
            decline_reason=reason,
            suggested_next=cast.city.institution_id,
        )


def test_each_hop_has_its_median_and_ninth_decile(cast):
    for hours in (1, 2, 9):
        walked(cast, hours, 2 * hours, 24, 48)
    with scope(cast.county):

        def of(key):
            return evaluate(key, cast.county.institution_id, period=cast.period).value

        assert of("referral.hours_to_seen") == Decimal("2.00")
        assert of("referral.hours_to_seen_most") == Decimal("7.60")
        assert of("referral.hours_to_accepted") == Decimal("4.00")
        assert of("referral.hours_to_arrived") == Decimal("24.00")
        assert of("referral.hours_to_answered_most") == Decimal("48.00")
        assert evaluate("referral.hours_to_seen", cast.city.institution_id, period=cast.period).value is None


def test_a_league_says_what_each_value_says(cast):
    walked(cast, 1, 2, 3, 4)
    refuse(cast, "wrong_specialty")
    refuse(cast, "incomplete")
    with scope(cast.county):
        for key, column in LEAGUES:
            each = evaluate_each(key, column, period=cast.period)
            alone = evaluate(key, cast.county.institution_id, period=cast.period)
            mine = each[cast.county.institution_id]
            assert (mine.value, mine.part, mine.whole) == (alone.value, alone.part, alone.whole)
            assert set(mine.part_rows) == set(alone.part_rows)
        assert evaluate("referral.wrong_department", cast.county.institution_id, period=cast.period).shown == "33.33%"
        with pytest.raises(TypeError, match="added up beforehand"):
            evaluate_each("inpatient.fit_days", "institution_id", period=cast.period)


def test_the_office_sees_members_silent_ones_first_and_why(cast):
    User.objects.filter(pk=cast.county.user_id).update(last_login=cast.now - 90 * DAY)
    with scope(cast.township_desk):
        add_resource(by=cast.township_desk, kind="bed", name="普通床")
    walked(cast, 1, 2, 3, 4)
    page = browser(cast.office).get(f"/network/?consortium={cast.group.pk}").content.decode()
    for text in ("从未有人登录", "14 天内无人登录", "资源数全部过时", "14 天内没有办理"):
        assert text in page
    assert page.index("石桥乡卫生院") < page.index("北岭县人民医院")


def test_hops_services_and_reasons_are_tables_and_a_workbook(cast):
    with at(cast, -1):
        service = offered(cast.county)
    referral = sent(cast, service=service.pk)
    with at(cast, 0, 5):
        cast.take(referral, "receive", by=cast.county)
    refuse(cast, "wrong_specialty", service=service.pk)
    office, period = browser(cast.head), f"{cast.period.first}..{cast.period.last}"
    asked = f"consortium={cast.community.pk}&period={period}"
    assert "14.5 小时" in office.get(f"/network/?{asked}&tab=hops").content.decode()
    page = office.get(f"/network/?{asked}&tab=services").content.decode()
    assert "北岭县人民医院 心血管内科住院" in page
    assert ">100%<" in page, "of the answers about this service, one, the department was wrong"
    assert "不属本机构诊疗科目" in office.get(f"/network/?{asked}&tab=reasons").content.decode()
    rows = (
        CalamineWorkbook.from_filelike(io.BytesIO(office.get(f"/network/export.xlsx?{asked}&tab=hops").content))
        .get_sheet_by_index(0)
        .to_python()
    )
    assert rows[1][0] == "北岭县人民医院"
    assert "14.5 小时" in rows[1]
    opened = office.get(f"/network/rows/?{asked}&key=referral.hours_to_seen&place={cast.county.institution_id}")
    assert referral.number in opened.content.decode()
    of_service = f"/network/rows/?{asked}&key=referral.hours_to_seen&service={service.pk}"
    assert referral.number in office.get(of_service).content.decode()
    assert referral.number not in office.get(of_service + "7").content.decode()
    reason = office.get(f"/network/rows/?{asked}&key=referral.refusals&reason=不属本机构诊疗科目").content.decode()
    assert "拒收" in reason
    assert office.get(f"/network/rows/?{asked}&key=alliance.participation").status_code == 404
    assert (
        office.get(f"/network/rows/?{asked}&key=referral.refusals&place={cast.stranger.institution_id}").status_code
        == 404
    )


def test_programs_read_the_same_tables(cast):
    walked(cast, 1, 2, 3, 4)
    program = Program(cast.head)
    said = program.asks(f"network?table=hops&period={cast.period.first}..{cast.period.last}").json()
    (line,) = said["items"]
    assert (line["title"], line["values"]["referral.hours_to_seen"]) == ("北岭县人民医院", 1.0)
    assert program.asks("network?period=never").status_code == 422
    assert program.asks(f"network?consortium={cast.group.pk}").status_code == 404
    assert Program(cast.township).asks("network").status_code == 403


def test_who_oversees_nothing_sees_the_own_part_only(cast):
    walked(cast, 1, 2, 3, 4)
    member = cast.world.person("office", at="石桥乡卫生院")
    page = browser(member).get(f"/network/?consortium={cast.group.pk}").content.decode()
    assert "石桥乡卫生院" in page
    assert "江城市第一人民医院</td>" not in page
    assert "北岭县人民医院</td>" not in page
    assert browser(cast.township).get("/network/").status_code == 403
    assert "没有可看的网络" in browser(cast.stranger).get("/network/").content.decode()
    with scope(cast.stranger):
        posts = evaluate("network.never_logged_in", period=cast.period).whole_rows
        assert {post.institution_id for post in posts} == {cast.stranger.institution_id}


def test_late_answers_are_counted_now_and_open(cast):
    late = sent(cast)
    with scope(cast.county):
        value = evaluate("referral.unanswered_late", cast.county.institution_id, period=cast.period)
        assert [row.pk for row in value.part_rows] == [late.pk]
        undone = evaluate("network.not_acted_on", cast.county.institution_id, period=cast.period)
        assert [row.pk for row in undone.part_rows] == [late.pk]
        assert evaluate("network.not_acted_on", cast.township.institution_id, period=cast.period).value == 0
    authority = browser(cast.authority)
    assert "1 件" in authority.get("/network/").content.decode()
    listed = authority.get(f"/network/rows/?consortium={cast.community.pk}&key=network.not_acted_on").content.decode()
    assert f"{late.number} 转诊单 已提交 时限" in listed
    assert "轮到北岭县人民医院" in listed
    strange = f"/network/rows/?consortium={cast.community.pk}&key=network.steps&reason=x&service=9"
    assert authority.get(strange).status_code == 200
