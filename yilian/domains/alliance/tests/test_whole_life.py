"""One alliance from its application to the ban that follows its end, each clock struck on its day."""

from datetime import date

from yilian.domains.alliance.models import Agreement, Assessment, Dissolution, Plaque
from yilian.domains.alliance.plaques import in_force
from yilian.domains.alliance.standing import Standing, standing_of
from yilian.domains.alliance.tests.acts import assess, on, refusal, today
from yilian.domains.alliance.tests.conftest import MEMBER, TOWN
from yilian.kernel import clock
from yilian.kernel.access.scope import scope
from yilian.kernel.workflow.conversation import linked
from yilian.registry.consortia import is_member
from yilian.registry.models import Consortium


def put_up_a_plaque(city, consortium_id):
    promises = {"promises_cooperation": True, "promises_use": True, "promises_notice": True}
    case = city.world.open("plaque", by=city.county, consortium=consortium_id, evaluation="符合条件。", **promises)
    case = city.world.take(case, "request", by=city.county)
    return city.world.take(case, "consent", by=city.office, approved_name=case.plaque_name, consented_on=today())


def join(city, consortium_id):
    town = city.world.person("office", at=TOWN)
    case = city.world.take(city.application(consortium_id, by=town), "submit", by=town)
    return city.world.take(case, "admit", by=city.office, joined_on=today())


def test_from_the_application_to_the_ban(city):
    with on(2026, 2, 1):
        founded = city.founded()
        alliance = Consortium.objects.get(pk=founded.consortium_id)
        plaque = put_up_a_plaque(city, alliance.pk)
        join(city, alliance.pk)
        assert standing_of(alliance) == Standing.ACTIVE
    with on(2026, 12, 1):
        first = assess(city, alliance.pk, 2026, 55)
        assert (first.is_passed, standing_of(alliance)) == (False, Standing.YELLOW)
    with on(2027, 12, 1):
        second = assess(city, alliance.pk, 2027, 59)
        assert standing_of(alliance) == Standing.ORDERED
        with scope(city.authority):
            [(relation, dissolution)] = linked(second)
            dissolution = Dissolution.objects.get(pk=dissolution.pk)
        assert (relation, dissolution.state, dissolution.cause) == ("leads_to", "ordered", "failed")
        assert city.world.sees(city.county, dissolution)
        late = city.application(alliance.pk, by=city.world.person("office", at="云山县人民医院"))
        refused = refusal(city, late, "submit", by=city.world.person("office", at="云山县人民医院"))
        assert "责令解散" in str(refused)
    with on(2028, 2, 29):
        notes = dict.fromkeys(("members_note", "plaques_note", "money_note", "data_note"), "已完成。")
        dissolution = city.world.take(dissolution, "settle", by=city.office, **notes)
        dissolution = city.world.take(dissolution, "dissolve", by=city.authority, dissolved_on=today())
        assert dissolution.state == "dissolved"
    alliance.refresh_from_db()
    assert alliance.ended_on == date(2028, 2, 29)
    member = city.place(MEMBER).pk
    assert is_member(member, alliance.pk, date(2028, 2, 29))
    assert not is_member(member, alliance.pk, date(2028, 3, 1))
    assert in_force(member, alliance.pk, date(2028, 2, 29))
    assert in_force(member, alliance.pk, date(2028, 3, 1)) is None
    assert not Agreement.objects.filter(consortium=alliance, ended_on=None).exists()
    with on(2028, 3, 1):
        assert standing_of(alliance) == Standing.DISSOLVED
        city.world.take(plaque, "record_lapse", by=city.office)
        assert Plaque.objects.get(case_id=plaque.pk).surrendered_on == clock.today()
    with on(2031, 2, 28):
        refused = refusal(city, city.filing(), "submit", by=city.office)
        banned = next(reason for reason in refused.reasons if reason.passes_on)
        assert banned.passes_on == date(2031, 3, 1)
        assert "2031-03-01 前不得再次申请该专业" in banned.text
        assert "《银川市专科联盟管理办法（试行）》第二十条" in banned.text
    with on(2031, 3, 1):
        assert city.world.take(city.filing(), "submit", by=city.office).state == "submitted"


def test_a_passed_year_takes_the_yellow_card_away(city):
    with on(2026, 1, 20):
        alliance = Consortium.objects.get(pk=city.founded().consortium_id)
    with on(2026, 11, 20):
        assess(city, alliance.pk, 2026, 40)
    with on(2027, 11, 20):
        assess(city, alliance.pk, 2027, 90)
        assert standing_of(alliance) == Standing.ACTIVE
        assert not hasattr(Consortium.objects.get(pk=alliance.pk), "ending")
    assert [row.is_passed for row in Assessment.objects.filter(consortium=alliance)] == [True, False]


def test_a_voluntary_end_leaves_no_ban(city):
    with on(2026, 2, 1):
        alliance = city.founded().consortium_id
    with on(2026, 9, 1):
        case = city.world.open("dissolution", by=city.office, consortium=alliance, grounds="任务完成。")
        case = city.world.take(case, "propose", by=city.office)
        case = city.world.take(case, "agree", by=city.authority, order_number="江卫医函〔2026〕30号")
        assert standing_of(Consortium.objects.get(pk=alliance)) == Standing.WINDING_UP
        city.world.take(case, "dissolve_unsettled", by=city.authority, dissolved_on=today())
    with on(2026, 9, 2):
        assert city.world.take(city.filing(), "submit", by=city.office).state == "submitted"
