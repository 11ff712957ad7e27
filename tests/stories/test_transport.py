"""A patient travels: arranged on the referral, left, changed on the way, arrived, signed for; and how else it ends."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import IntegrityError, connections, transaction

from tests.stories.services_cast import Program, browser
from tests.world import World
from yilian.domains.referral.tests.cast import ARRIVAL, Cast, make_cast, refused
from yilian.domains.referral.tests.test_statements_of_steps import listening
from yilian.domains.transport.documents import of_transport
from yilian.domains.transport.models import Journey
from yilian.domains.transport.responsible import minutes_late, responsible_for
from yilian.kernel import clock
from yilian.kernel.access.scope import scope
from yilian.kernel.clock.periods import Period
from yilian.kernel.deadlines.rounds import go_round
from yilian.kernel.documents.handing_out import hand_out
from yilian.kernel.documents.issuing import issue
from yilian.kernel.indicators.evaluation import evaluate
from yilian.kernel.notices.models import Notice
from yilian.kernel.workflow.refusals import Refused

DAYS = Period(clock.today() - timedelta(days=1), clock.today() + timedelta(days=1))
CHECKED = ["identity", "documents", "risk_told", "receiver_told", "lines", "drugs", "monitor", "oxygen"]


@pytest.fixture
def cast(world):
    return make_cast(world)


def plan(**changes):
    now = clock.now()
    return {
        "transport": "ambulance", "escorted_by": "sender", "escort": "赵护士", "escort_phone": "0700-1234567",
        "vehicle": "楚A·120急", "planned_departure": now, "expected_arrival": now + timedelta(hours=1), **changes,
    }  # fmt: skip


LEAVING = {"checked": CHECKED, "items_handed": ["records", "images"], "consciousness": "alert",
           "out_systolic": 130, "situation": "胸痛缓解，持续心电监护"}  # fmt: skip
SIGNING = {"items_received": ["records", "images"], "in_systolic": 126, **ARRIVAL}


def arranged(cast: Cast, *, by=None, **changes):
    referral = cast.take(cast.sent(), "accept", by=cast.county)
    return travelling(cast, referral, by=by, **changes)


def travelling(cast, referral, *, by=None, **changes):
    referral = cast.take(referral, "arrange_transport", by=by or cast.township, **plan(**changes))
    with scope(cast.township):
        return referral, Journey.objects.get(referral_case=referral.pk, ended_at__isnull=True)


def on_the_road(cast, **changes):
    referral, journey = arranged(cast, **changes)
    return referral, cast.take(journey, "depart", by=cast.township, **LEAVING)


def fresh(cast, journey, by=None):
    with scope(by or cast.township):
        return Journey.objects.get(pk=journey.pk)


def test_the_signature_is_the_arrival_of_the_referral_and_moves_the_responsibility(cast):
    referral, journey = on_the_road(cast)
    who = responsible_for(journey)
    assert (who.institution_id, who.person) == (cast.township.institution_id, "赵护士")
    journey = cast.take(journey, "sign", by=cast.county, **SIGNING)
    assert journey.state == "handed_over"
    assert responsible_for(journey).institution_id == cast.county.institution_id
    arrived = cast.fresh(referral)
    assert (arrived.state, arrived.encounter_class, arrived.encounter_number) == (
        "arrived", "inpatient", ARRIVAL["encounter_number"],
    )  # fmt: skip
    assert arrived.arrived_at == journey.arrived_at


def test_the_arrival_of_the_referral_leaves_only_the_signature_open(cast):
    referral, journey = on_the_road(cast)
    cast.take(referral, "arrive", by=cast.county_desk, **ARRIVAL)
    journey = fresh(cast, journey)
    assert (journey.state, journey.encounter_number) == ("arrived", ARRIVAL["encounter_number"])
    assert responsible_for(journey).institution_id == cast.township.institution_id
    signed = cast.take(journey, "sign", by=cast.county, items_received=["records", "images"])
    assert signed.state == "handed_over"
    assert cast.fresh(referral).version == 5


def test_whoever_fetches_the_patient_answers_on_the_way(cast):
    _referral, journey = on_the_road(cast, escorted_by="receiver")
    assert responsible_for(journey).institution_id == cast.county.institution_id


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"escort": ""}, "护送负责人"),
        ({"vehicle": ""}, "应写明车辆"),
        ({"escorted_by": "family"}, "由医护护送"),
        ({"expected_arrival": clock.now() - timedelta(hours=1)}, "晚于计划出发"),
        ({"planned_departure": clock.now() - timedelta(days=40)}, "两天"),
        ({"expected_arrival": clock.now() + timedelta(days=40)}, "两天"),
    ],
)
def test_a_plan_that_cannot_be_is_refused_with_a_sentence(cast, changes, says):
    referral = cast.take(cast.sent(), "accept", by=cast.county)
    assert says in refused(cast, referral, "arrange_transport", cast.township, **plan(**changes))


def test_only_an_emergency_travels_before_it_is_accepted(cast):
    assert "接收后才安排" in refused(cast, cast.sent(), "arrange_transport", cast.township, **plan())
    other = cast.sent(is_emergency=True, diagnosis="I63", impression="脑梗死", is_no_duplicate=True)
    referral, journey = travelling(cast, other)
    journey = cast.take(journey, "depart", by=cast.township, **LEAVING)
    cast.take(journey, "sign", by=cast.county, **SIGNING)
    assert cast.fresh(referral).state == "arrived"


def test_leaving_unchecked_is_explained_or_refused(cast):
    _referral, journey = arranged(cast)
    given = LEAVING | {"checked": CHECKED[:-1]}
    assert "氧气" in refused(cast, journey, "depart", cast.township, **given)
    assert cast.take(journey, "depart", by=cast.township, **given, unchecked_note="患者无须吸氧").state == "under_way"


def test_what_is_missing_at_the_signature_is_written_down(cast):
    _referral, journey = on_the_road(cast)
    given = SIGNING | {"items_received": ["records"]}
    assert "不符之处" in refused(cast, journey, "sign", cast.county, **given)
    assert cast.take(journey, "sign", by=cast.county, **given, differences="影像光盘未带").state == "handed_over"


def test_times_that_cannot_be_are_refused(cast):
    _referral, journey = on_the_road(cast)
    for at in (clock.now() + timedelta(hours=1), clock.now() - timedelta(hours=2)):
        assert "到达时间不能" in refused(cast, journey, "sign", cast.county, **SIGNING, arrived_at=at)
    assert "预计到达应在将来" in refused(
        cast, journey, "report_change", cast.county, change="delayed", change_note="堵车",
        expected_arrival=clock.now() - timedelta(minutes=5),
    )  # fmt: skip


def test_late_is_a_state_that_both_sides_and_the_office_hear_of(cast):
    _referral, journey = on_the_road(cast)
    with clock.standing_at(journey.expected_arrival + timedelta(minutes=35)):
        go_round()
        late = fresh(cast, journey)
        assert (late.state, minutes_late(late)) == ("overdue", 35)
        for actor in (cast.township, cast.county, cast.office):
            with scope(actor):
                assert Notice.objects.filter(case_id=journey.pk, verb="miss", institution=actor.institution_id).exists()
        go_round()
        said = {"change": "breakdown", "change_note": "更换车辆"}
        assert "预计到达应在将来" in refused(cast, journey, "explain_delay", cast.township, **said)
        later = clock.now() + timedelta(minutes=40)
        assert cast.take(journey, "explain_delay", by=cast.township, **said, expected_arrival=later).changes == 1


def test_a_patient_turned_back_or_brought_elsewhere_stays_somebodys(cast):
    referral, journey = on_the_road(cast)
    journey = cast.take(journey, "turn_back", by=cast.township, end_reason="worse")
    assert responsible_for(journey).institution_id == cast.township.institution_id
    assert "已有未结束" in refused(cast, referral, "arrange_transport", cast.township, **plan())
    assert cast.take(journey, "come_back", by=cast.township).state == "returned"
    _again, second = travelling(cast, referral)
    second = cast.take(second, "depart", by=cast.township, **LEAVING)
    ended = cast.take(
        second, "end_elsewhere", by=cast.township, other_place="西岭镇卫生院", other_person="急诊值班",
        end_reason="worse",
    )  # fmt: skip
    assert (ended.state, responsible_for(ended).institution) == ("elsewhere", "西岭镇卫生院")
    assert cast.fresh(referral).state == "accepted"


def test_a_referral_that_ends_cancels_what_has_not_left(cast):
    referral, journey = arranged(cast)
    cast.take(referral, "decline", by=cast.county, decline_reason="incomplete")
    journey = fresh(cast, journey)
    assert journey.state == "cancelled"
    assert "被拒收" in journey.end_reason_name


def test_nobody_withdraws_a_patient_who_is_on_the_road(cast):
    referral, journey = on_the_road(cast)
    for verb, given in (("withdraw", {"cancel_reason": "improved"}), ("hold", {"hold_reason": "no_transport"})):
        assert "已在途" in refused(cast, referral, verb, cast.township, **given)
    cast.take(referral, "decline", by=cast.county, decline_reason="incomplete")
    assert fresh(cast, journey).state == "under_way"
    assert "不能「登记到诊」" in refused(cast, journey, "sign", cast.county, **SIGNING)


def test_a_referral_sent_to_another_place_takes_the_transport_with_it(cast):
    referral, journey = on_the_road(cast)
    onward = {"receiver": cast.city.institution_id, "redirect_reason": "condition", "patient_agrees": True}
    cast.take(referral, "refer_onward", by=cast.county, note="直送市级医院", **onward)
    journey = fresh(cast, journey)
    assert (journey.state, journey.receiver_id) == ("under_way", cast.city.institution_id)
    with pytest.raises(Refused):
        cast.take(journey, "sign", by=cast.county, **SIGNING)
    cast.take(referral, "accept", by=cast.city)
    assert cast.take(journey, "sign", by=cast.city, **SIGNING).state == "handed_over"


def test_nobody_is_on_the_road_twice(cast):
    _referral, first = on_the_road(cast)
    other = cast.sent(receiver=cast.city.institution_id, diagnosis="I63", impression="脑梗死", is_no_duplicate=True)
    other = cast.take(other, "accept", by=cast.city)
    cast.take(other, "arrange_transport", by=cast.township, **plan())
    with scope(cast.township):
        second = Journey.objects.get(referral_case=other.pk)
    assert "已在另一次转运途中" in refused(cast, second, "depart", cast.township, **LEAVING)
    cast.take(first, "sign", by=cast.county, **SIGNING)
    assert cast.take(second, "depart", by=cast.township, **LEAVING).state == "under_way"


def test_one_open_transport_for_a_referral_whoever_writes(cast):
    _referral, journey = arranged(cast)
    with scope(cast.township):
        second = cast.world.open("transport", by=cast.township)
        with pytest.raises(IntegrityError, match="transport_one_at_a_time"), transaction.atomic():
            Journey.objects.filter(pk=second.pk).update(referral_case_id=journey.referral_case_id)


def test_the_wrong_side_and_strangers_do_nothing(cast):
    _referral, journey = on_the_road(cast)
    with pytest.raises(Refused):
        cast.take(journey, "sign", by=cast.township, **SIGNING)
    with pytest.raises(Journey.DoesNotExist):
        cast.take(journey, "sign", by=cast.stranger, **SIGNING)
    assert browser(cast.stranger).get(journey.get_absolute_url()).status_code == 404
    assert cast.patient.name not in browser(cast.office).get(journey.get_absolute_url()).content.decode()


def test_a_referral_without_a_transport_is_asked_nothing(cast):
    referral = cast.take(cast.sent(), "accept", by=cast.county)
    desk = browser(cast.county)
    with listening() as sent:
        desk.get(referral.get_absolute_url())
    assert not [sql for sql in sent if "transport_journey" in sql]
    with listening() as sent:
        cast.take(referral, "withdraw", by=cast.township, cancel_reason="improved")
    assert not [sql for sql in sent if "transport_journey" in sql]


def test_the_page_of_the_referral_asks_once_for_its_transports(cast):
    referral, journey = on_the_road(cast)
    desk = browser(cast.county)
    with listening() as sent:
        page = desk.get(referral.get_absolute_url()).content.decode()
    assert len([sql for sql in sent if "transport_journey" in sql]) == 1
    assert journey.number in page
    assert "赵护士" in page


def test_programs_sign_and_numbers_count_both_sides(cast):
    _referral, journey = on_the_road(cast)
    body = {"answers": {**SIGNING}}
    answer = Program(cast.county).asks(f"cases/transport/{journey.pk}/steps/sign", body)
    assert answer.status_code == 200, answer.content.decode()
    for actor in (cast.township, cast.county):
        with scope(actor):
            signed = evaluate("transport.signed", institution_id=actor.institution_id, period=DAYS)
            assert (signed.part, signed.whole) == (1, 1)


def test_of_two_who_sign_and_register_the_arrival_at_once_nobody_fails(fresh_database):
    cast = make_cast(World())
    referral, journey = on_the_road(cast)
    barrier = Barrier(2)

    def act(case, verb, actor, answers):
        try:
            barrier.wait(timeout=60)
            return cast.take(case, verb, by=actor, **answers).state
        except Refused as refusal:
            return str(refusal)
        finally:
            connections.close_all()

    deeds = [(journey, "sign", cast.county, SIGNING), (referral, "arrive", cast.county_desk, ARRIVAL)]
    with ThreadPoolExecutor(2) as pool:
        said = list(pool.map(lambda deed: act(*deed), deeds))
    assert (fresh(cast, journey).state, cast.fresh(referral).state) == ("handed_over", "arrived"), said


def test_the_hand_over_sheet_says_what_is_known_and_leaves_the_rest_open(cast, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    _referral, journey = on_the_road(cast)
    with scope(cast.township):
        said = of_transport(journey)
    assert (said["handed"], said["received"], said["signed_by"]) == ("病历资料、影像资料", "", "")
    journey = cast.take(journey, "sign", by=cast.county, **SIGNING)
    with scope(cast.county):
        assert of_transport(journey)["signed_by"] == cast.county.name
        issued = issue(journey, "transport.handover", by=cast.county)
        assert hand_out(issued.attachment, by=cast.county).startswith(b"%PDF")
