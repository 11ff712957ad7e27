"""Agreements and the rest of the house: referrals answered in time or not, agendas, limits of answers, the resolver."""

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from django.utils import timezone

from tests.world import COUNTY, TOWNSHIP
from yilian.domains.agreement.attachment_kinds import DELIVERY
from yilian.domains.agreement.checking.round import check
from yilian.domains.agreement.checking.shown import by_clause, overview
from yilian.domains.agreement.models import Agreement, Finding
from yilian.domains.agreement.resolving.joining import limit_card
from yilian.domains.agreement.resolving.resolver import ask
from yilian.domains.governance.models import AgendaPoint
from yilian.domains.referral.models import Referral
from yilian.domains.referral.tests.cast import make_cast
from yilian.kernel import clock
from yilian.kernel.access.actor import Actor
from yilian.kernel.access.scope import scope
from yilian.kernel.documents.attaching import attach
from yilian.kernel.documents.tests import samples
from yilian.kernel.rules.values import set_value
from yilian.registry.clauses import ClauseKind, Proof, clause_kind, clause_kinds
from yilian.registry.models import Consortium, Membership
from yilian.registry.patients import register_patient
from yilian.registry.regulations import S0

YEAR = timedelta(days=364)


def moment(day: date, hour: int = 9) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(hour)))


def at(day: date, hour: int = 9) -> Any:
    return clock.standing_at(moment(day, hour))


class Region:
    """The cast of the referrals, with an office at each of the two that agree."""

    def __init__(self, world) -> None:
        self.world, self.cast = world, make_cast(world)
        self.group = Consortium.objects.filter(memberships__institution__name=COUNTY).first()
        self.here = world.person("office", "director", at=TOWNSHIP)
        self.there = world.person("office", "director", at=COUNTY)

    def agreed(self, day: date, clauses: dict[str, dict] | None = None, **other: Any) -> Agreement:
        """Sign an agreement of the two on a day; `clauses` changes values by kind, None drops a kind."""
        with at(day):
            answers = {"subject": "双向转诊协议", "consortium": self.group.pk, "partners": [self.there.institution_id],
                       "template": "referral", "begins_on": day, "ends_on": day + YEAR} | other  # fmt: skip
            row = self.world.open("agreement", by=self.here, **answers)
            for kind, terms in (clauses or {}).items():
                self.put(row, kind, terms)
            row = self.world.take(row, "propose", by=self.here)
            row = self.world.take(row, "approve", by=self.there)
            row = self.world.take(row, "finalise", by=self.here)
            for actor in (self.here, self.there):
                row = self.world.take(row, "sign", by=actor, manner="typed", signer=actor.name)
            return row

    def put(self, row: Agreement, kind: str, terms: dict) -> None:
        """Give a clause of a kind these values, or add one."""
        import json

        with scope(self.here):
            clause = row.clauses.filter(kind=kind, is_dropped=False).first()
        if clause is None:
            self.world.take(row, "add_clause", by=self.here, clause_kind=kind, clause_title=kind, clause_text="文",
                            terms=json.dumps(terms))  # fmt: skip
            return
        self.world.take(row, "revise", by=self.here, clause=clause.pk, read=clause.round, clause_title=clause.title,
                        clause_text=clause.text, terms=json.dumps({**clause.terms, **terms}))  # fmt: skip

    def referred(self, day: date, *, hours: float | None = None, **other: Any) -> Any:
        """Send a referral of a new patient on a day; answered after so many hours, or not at all."""
        with at(day):
            with scope(self.cast.township):
                patient, _is_new = register_patient(
                    by=self.cast.township, name=f"患者{day:%m%d}{hours}", birth_on=date(1960, 1, 1)
                )
            case = self.cast.sent(**{"patient": patient.pk, "priority": "3", "consent_told_at": moment(day, 8)} | other)
        if hours is not None:
            with clock.standing_at(moment(day) + timedelta(hours=hours)):
                case = self.cast.take(case, "accept", by=self.cast.county_desk)
        return case

    def findings(self, row: Agreement, kind: str) -> list[tuple[str, str]]:
        """Return (month, verdict) of the findings about a kind of clause."""
        with scope(self.here):
            rows = Finding.objects.filter(case=row.pk, clause__kind=kind).order_by("first_on")
            return [(f"{one.first_on:%m-%d}", one.verdict) for one in rows]


@pytest.fixture
def region(world) -> Region:
    return Region(world)


def test_answers_in_time_and_late_by_month_and_the_rows_open(region):
    row = region.agreed(date(2026, 6, 10))
    late = region.referred(date(2026, 6, 20), hours=30)
    region.referred(date(2026, 7, 5), hours=3)
    with at(date(2026, 8, 3)):
        assert check().looked_at > 0
        assert region.findings(row, "answer_within") == [("06-10", "broken"), ("07-01", "kept"), ("08-01", "not_due")]
    with scope(region.here):
        line = next(one for one in by_clause(row) if one["clause"].kind == "answer_within")
        june = line["findings"][-1]
        assert "1 件中 0 件" in june.finding.detail
        assert june.rows[0]["url"] == late.get_absolute_url()
        assert [one["agreement"].pk for one in overview()] == [row.pk]


def test_a_second_round_looks_only_at_what_is_not_settled_and_changes_nothing(region):
    row = region.agreed(date(2026, 5, 1))
    region.referred(date(2026, 5, 10), hours=30)
    with at(date(2026, 8, 3)):
        first = check()
        before = region.findings(row, "answer_within")
        second = check()
    assert first.looked_at > second.looked_at > 0
    assert region.findings(row, "answer_within") == before


def test_nothing_on_record_is_no_data_and_what_is_still_open_waits(region):
    row = region.agreed(date(2026, 5, 1), {"answer_within": {"hours": 100}})
    region.referred(date(2026, 5, 30))
    with at(date(2026, 6, 1)):
        check()
        assert region.findings(row, "answer_within") == [("05-01", "not_due"), ("06-01", "not_due")]
    with at(date(2026, 7, 1)):
        check()
        found = region.findings(row, "answer_within")
    assert found == [("05-01", "broken"), ("06-01", "no_data"), ("07-01", "not_due")]


def test_a_retroactive_agreement_is_judged_from_its_signing(region):
    region.referred(date(2026, 5, 10), hours=40)
    row = region.agreed(date(2026, 6, 15), begins_on=date(2026, 1, 1), ends_on=date(2026, 12, 31))
    with at(date(2026, 7, 2)):
        check()
        assert [day for day, _verdict in region.findings(row, "answer_within")] == ["06-15", "07-01"]


def test_what_is_broken_twice_running_is_put_on_the_agenda_once(region):
    row = region.agreed(date(2026, 5, 1))
    for day in (date(2026, 5, 10), date(2026, 6, 10), date(2026, 7, 10)):
        region.referred(day, hours=40)
    with at(date(2026, 6, 2)):
        assert check().filed == 0
    with at(date(2026, 7, 2)):
        assert check().filed == 1
    with at(date(2026, 8, 2)):
        assert check().filed == 0
    lead = region.world.person("office", at=region.group.lead.name)
    with scope(lead):
        [point] = AgendaPoint.objects.all()
    assert point.case_id == row.pk
    assert "连续 2 期未履行" in point.title


def test_quotas_and_data_are_proved_by_what_parties_report_and_deliver(region):
    today, there = clock.today(), region.there.institution_id
    row = region.agreed(today - timedelta(days=200), {
        "quota": {"what": "training", "provider": there, "places": 2, "every": "month", "is_free": True},
        "data": {"what": "月报", "provider": there, "every": "quarter"},
    })  # fmt: skip
    check()
    assert {verdict for _day, verdict in region.findings(row, "quota")} == {"no_data", "not_due"}
    assert region.findings(row, "data")[0][1] == "broken"
    with scope(region.here):
        place = row.clauses.get(kind="quota", is_dropped=False).position
    region.world.take(row, "record", by=region.there, place=place, done_on=today - timedelta(days=190), amount=2,
                      what="内科进修医师")  # fmt: skip
    with scope(region.there):
        attach(row, samples.upload("月报.pdf", samples.PDF), DELIVERY, by=region.there)
    check()
    verdicts = [verdict for _day, verdict in region.findings(row, "quota")]
    assert verdicts[0] == "kept"
    assert region.findings(row, "data")[-1][1] == "kept"


def test_a_kind_of_clause_is_one_function_with_a_citation_and_a_form(region, monkeypatch):
    """Follows "Add a kind of clause" in CONTRIBUTING.md."""
    monkeypatch.setattr(clause_kinds, "_items", dict(clause_kinds._items))

    @clause_kind("flag", "升旗", cite=S0.article("管理制度 14"))
    def flags(duties, on):
        return {duty.key: Proof(False, "没有升旗") for duty in duties}

    assert isinstance(flags, ClauseKind)
    row = region.agreed(date(2026, 5, 1), {"flag": {}})
    with at(date(2026, 7, 2)):
        assert check().filed == 1
        assert region.findings(row, "flag") == [("05-01", "broken"), ("06-01", "broken"), ("07-01", "not_due")]


def due_hours(case: Any) -> float:
    return (case.answer_due_at - case.sent_at).total_seconds() / 3600


def test_a_referral_is_answered_by_the_stricter_of_parameter_and_agreement(region):
    assert due_hours(region.referred(clock.today())) == 48
    region.agreed(clock.today(), {"answer_within": {"hours": 8, "urgency": "3"}})
    case = region.referred(clock.today() + timedelta(days=1))
    assert due_hours(case) == 8
    with at(clock.today() + timedelta(days=1), 10):
        case = region.cast.take(case, "receive", by=region.cast.county_desk)
    assert due_hours(region.cast.fresh(case)) == 8
    assert case.due == case.answer_due_at


def test_a_looser_promise_leaves_the_parameter_and_others_are_untouched(region):
    region.agreed(clock.today(), {"answer_within": {"hours": 200}})
    assert due_hours(region.referred(clock.today() + timedelta(days=1))) == 48


def test_an_amended_clause_leaves_open_cases_as_they_were(region):
    row = region.agreed(clock.today(), {"answer_within": {"hours": 8}})
    case = region.referred(clock.today() + timedelta(days=1))
    with at(clock.today() + timedelta(days=1), 11):
        region.world.take(row, "amend", by=region.here)
        with scope(region.here):
            after = row.successors.get()
        region.put(after, "answer_within", {"hours": 4})
        after = region.world.take(after, "propose", by=region.here)
        after = region.world.take(after, "approve", by=region.there)
        after = region.world.take(after, "finalise", by=region.here)
        for actor in (region.here, region.there):
            after = region.world.take(after, "sign", by=actor, manner="typed", signer=actor.name)
        case = region.cast.take(case, "receive", by=region.cast.county_desk)
    assert due_hours(region.cast.fresh(case)) == 8
    assert case.due == case.answer_due_at
    assert due_hours(region.referred(clock.today() + timedelta(days=2))) == 4


def decided(region: Region, hours: str, consortium: Consortium) -> None:
    """Let a consortium decide on a limit from today on."""
    with scope(region.there):
        set_value("referral.answer_hours", hours, by=region.there, effective_from=clock.today(), ground="决议 YA1",
                  consortium_id=consortium.pk)  # fmt: skip


def reasons(region: Region, case: Any) -> dict[str, Any] | None:
    with scope(region.here):
        return limit_card(Referral.objects.get(pk=case.pk), region.here)


def test_a_referral_says_which_decision_set_its_limit(region):
    today = clock.today()
    assert reasons(region, region.referred(today)) is None
    decided(region, "12", region.group)
    case = region.referred(today + timedelta(days=1))
    found = reasons(region, case)
    assert (due_hours(case), found["applied"].offer.shown) == (12, "12 小时")
    assert "北岭县医共体参数「普通转诊的答复时限」：决议 YA1" in found["applied"].origin
    with at(today + timedelta(days=1), 10):
        decided(region, "6", region.group)
    after = reasons(region, case)
    assert (after["applied"], after["others"][0].offer.shown) == (None, "6 小时")
    assert "已计算的时限不变" in after["why"]


def test_of_several_consortia_the_one_that_is_referred_in_counts_and_the_rest_stand_by(region):
    decided(region, "30", Consortium.objects.get(name="江城市医疗集团"))
    decided(region, "36", region.group)
    limit = resolved(region, region.here)["answer_limit"]
    assert limit.chosen.offer.shown == "36 小时"
    assert [one.offer.shown for one in limit.others] == ["30 小时", "48 小时"]
    case = region.referred(clock.today() + timedelta(days=1))
    assert due_hours(case) == 36
    decided(region, "0", region.group)
    assert "answer_limit" not in resolved(region, region.here)


def test_a_green_channel_binds_emergencies_alone(region):
    day = date(2026, 5, 1)
    row = region.agreed(day, {"green": {"kind": "stroke", "minutes": 20, "contact": "0700-1234567", "share": 100}})
    emergency = {"is_emergency": True, "priority": "1"}
    assert due_hours(region.referred(date(2026, 5, 10), hours=0.5, emergency_kind="stroke", **emergency)) == 1 / 3
    assert due_hours(region.referred(date(2026, 5, 11), hours=0.5, emergency_kind="trauma", **emergency)) == 1
    assert due_hours(region.referred(date(2026, 5, 12), hours=2)) == 24
    with at(date(2026, 6, 2)):
        check()
        assert region.findings(row, "green") == [("05-01", "broken"), ("06-01", "not_due")]
    with scope(region.here):
        assert "1 件中 0 件在 20 分钟内答复" in Finding.objects.get(clause__kind="green", first_on=day).detail
    found = resolved(region, region.here, on=date(2026, 6, 2))
    assert found["green_channel 卒中"].chosen.offer.shown == "20 分钟内响应，联系电话 0700-1234567"
    assert found["green_channel"].chosen.offer.value == 60


def test_lists_of_recognised_results_add_up(region):
    with scope(region.there):
        set_value("agreement.recognised_items", "血常规、尿常规", by=region.there, effective_from=clock.today(),
                  ground="决议 YA2", consortium_id=region.group.pk)  # fmt: skip
    region.agreed(clock.today(), {"recognition": {"items": "胸部CT，血常规"}})
    with scope(region.here):
        answers = ask(region.here.institution_id, region.there.institution_id, clock.today()).answers
        asked = ask(region.here.institution_id, region.there.institution_id, clock.today(), subject="CT").answers
    said = [one.chosen.offer.shown for one in answers if one.topic.key == "recognition"]
    assert said == ["胸部CT、血常规", "血常规、尿常规"]
    assert [one.chosen.offer.shown for one in asked if one.topic.key == "recognition"] == ["胸部CT"]


def resolved(region: Region, by: Actor, on: date | None = None, **rest: Any) -> dict[str, Any]:
    with scope(by):
        found = ask(region.here.institution_id, region.there.institution_id, on or clock.today(), **rest)
    return {f"{one.topic.key} {one.about}".strip(): one for one in found.answers}


def test_contradicting_agreements_are_shown_and_the_strictest_limit_applies(region, django_assert_max_num_queries):
    price = {"item": "CT 平扫", "unit": "次"}
    region.agreed(clock.today(), {"answer_within": {"hours": 8}, "price": {**price, "amount": "180"}})
    second = region.agreed(clock.today(), {"answer_within": {"hours": 6}, "price": {**price, "amount": "150"}})
    with django_assert_max_num_queries(12):  # parameters included, which are read from memory where nothing was written
        found = resolved(region, region.there)
    assert found["price CT 平扫"].chosen is None
    assert found["price CT 平扫"].is_contradicted
    assert {one.offer.shown for one in found["price CT 平扫"].others} == {"每次 180 元", "每次 150 元"}
    limit = found["answer_limit"]
    assert (limit.chosen.offer.shown, limit.is_contradicted) == ("6 小时", True)
    assert second.number in limit.chosen.origin
    assert any(one.is_fallback and one.offer.value == 48 for one in limit.others)


def test_who_sees_no_agreement_is_told_of_the_parameter_alone(region):
    region.agreed(clock.today(), {"answer_within": {"hours": 8}})
    found = resolved(region, region.cast.stranger)
    assert found["answer_limit"].chosen.offer.value == 48
    assert not found["answer_limit"].others


def test_a_membership_is_no_agreement(region):
    assert Membership.objects.filter(institution=region.here.institution_id).exists()
    assert set(resolved(region, region.here)) == {"answer_limit", "green_channel"}
