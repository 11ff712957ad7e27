"""Stories of bodies: founded with their seats, elected anew, vacated, dissolved, and what the chart shows."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from yilian.domains.governance.bodies.chart import chart
from yilian.domains.governance.bodies.contacting import name_contact
from yilian.domains.governance.models import Body, Contact, Seat
from yilian.domains.governance.tests.seats import found, person, row, sitting, usual
from yilian.kernel import clock
from yilian.kernel.access.scope import scope
from yilian.kernel.deadlines.obligation import obligations
from yilian.kernel.deadlines.standing import standing

DAY = timedelta(days=1)


def founding(council, seats, **other):
    answers = {
        "consortium": council.group.pk, "sort": "council", "name": "理事会", "since_on": clock.today(),
        "decision": "会议决定", "seats": seats,
    }  # fmt: skip
    return council.world.open("body", by=council.lead, **answers | other)


def test_a_council_is_founded_with_a_term_of_four_years(council):
    body = usual(council)
    seats = sitting(body, council.stranger)
    assert set(seats) == {"林静", "周明", "何远", "吴越"}
    assert seats["吴越"].institution is None
    today = clock.today()
    assert {seat.term_until for seat in seats.values()} == {today.replace(year=today.year + 4) - DAY}
    with clock.standing_at(clock.now() + timedelta(days=5 * 365)):
        tiers = chart(council.group, clock.today())
        (card,) = [card for tier in tiers for card in tier.cards if card.kind.kind == "council"]
        assert [line.title for line in card.lines] == ["理事长", "副理事长", "理事", "理事"]
        assert all(line.is_lapsed for line in card.lines)
        obligation = obligations["governance.council_term"]
        (subject,) = obligation.subjects(clock.today())
        assert standing(obligation, subject, clock.today()).state == "broken"


@pytest.mark.parametrize(
    ("positions", "says"),
    [(["member"], "填写了 0 名正职"), (["chair", "chair"], "填写了 2 名正职"), (["chair"], "尚未填写副职")],
)
def test_a_council_has_one_chair_and_vice_chairs(council, positions, says):
    rows = [row(person(council.lead, f"理事{n}"), position) for n, position in enumerate(positions)]
    assert says in council.refused(founding(council, rows), "found", by=council.lead)


def test_seats_say_who_sits_there_and_from_where(council):
    leader = person(council.lead, "林静")
    rows = [row(leader, "chair"), row(leader, "vice"), row(person(council.stranger, "外人")),
            {"position": "member", "name": "吴越"}]  # fmt: skip
    told = council.refused(founding(council, rows), "found", by=council.lead)
    assert "第 4 行未写明人员或单位" in told
    assert "不是成员单位的在职人员：外人" in told
    assert "有人被重复填写" in told


def test_there_is_one_body_of_a_kind_and_only_the_lead_founds_it(council):
    body = usual(council)
    rows = [row(person(council.lead, "甲"), "chair"), row(person(council.lead, "乙"), "vice")]
    assert f"已有{body.name}" in council.refused(founding(council, rows), "found", by=council.lead)
    other = council.world.open("body", by=council.county, consortium=council.group.pk, sort="quality", name="质量组",
                               since_on=clock.today(), decision="决定", seats=rows)  # fmt: skip
    assert "牵头单位是江城市第一人民医院" in council.refused(other, "found", by=council.county)


def assessment(council):
    offices = {"周院": "院长", "刘分": "副院长", "医": "医务部主任", "护": "护理部主任", "人": "人事科科长",
               "科": "科教科科长", "财": "财务科科长"}  # fmt: skip
    people = [row(person(council.lead, name), office=office) for name, office in offices.items()]
    people[0]["position"], people[1]["position"] = "chair", "vice"
    return people + [row(person(actor, "负责人")) for actor in (council.township, council.county)]


def test_the_assessment_group_is_composed_as_the_rules_want(council):
    rows = assessment(council)
    told = council.refused(founding(council, rows, sort="assessment", name="考核小组"), "found", by=council.lead)
    assert "牵头医院缺少部门负责人：运管；成员单位负责人未列入：江城市中医医院" in told
    assert "组长应为" not in told
    rows[0]["office"], rows[1]["office"] = "副院长", "副院长"
    told = council.refused(founding(council, rows, sort="assessment", name="考核小组"), "found", by=council.lead)
    assert "组长应为牵头医院院长" in told
    rows[0]["office"] = "院长"
    rows += [row(person(council.lead, "运"), office="运营管理部主任"), row(person(council.chinese, "负责人"))]
    assert found(council, rows, sort="assessment", name="考核小组").kind == "assessment"


def appointment(council, body, **other):
    answers = {"consortium": council.group.pk, "body": body.pk, "since_on": clock.today() + DAY}
    case = council.world.open("appointment", by=council.lead, **answers | other)
    return council.world.take(case, "nominate", by=council.lead)


def test_a_passed_motion_elects_and_the_old_term_ends_the_day_before(council):
    body = usual(council)
    rows = [row(person(council.chinese, "新任"), "chair"), row(person(council.county, "新副"), "vice")]
    case = appointment(council, body, change="term", way="vote", seats=rows)
    assert "尚无通过的席位任免议案" in council.refused(case, "appoint", by=council.lead)
    council.passed(matter="seats", nomination=case.pk)
    with scope(council.lead):
        assert type(case).objects.get(pk=case.pk).state == "appointed"
    assert set(sitting(body, council.lead)) == {"新任", "新副"}
    gone = Seat.objects.filter(body=body, until_on=clock.today())
    assert set(gone.values_list("name", flat=True)) == {"林静", "周明", "何远", "吴越"}


def test_a_rejected_motion_seats_nobody(council):
    body = usual(council)
    case = appointment(council, body, change="fill", way="vote", seats=[row(person(council.chinese, "增补"))])
    motion = council.put(matter="seats", nomination=case.pk)
    motion = council.vote(motion, *((actor, "against") for actor in council.everybody))
    council.world.take(motion, "count", by=council.lead)
    assert "增补" not in sitting(body, council.lead)


def test_the_lead_vacates_a_seat_by_a_written_decision(council):
    body = usual(council)
    seat = sitting(body, council.lead)["何远"]
    case = appointment(council, body, change="vacate", way="decision", decision="工作调动", leaving=[seat.pk])
    council.world.take(case, "appoint", by=council.lead)
    assert "何远" not in sitting(body, council.lead)


def test_a_dissolved_body_makes_room_for_another(council):
    body = usual(council)
    with scope(council.lead):
        case = body.founding
    council.world.take(case, "dissolve", by=council.lead, ending="并入管理委员会")
    assert sitting(body, council.lead) == {}
    with clock.standing_at(clock.now() + timedelta(days=2)):
        assert usual(council).pk != body.pk


def test_the_database_refuses_a_second_chair_and_strangers(council):
    body = usual(council)
    facts = {"body": body, "since_on": clock.today(), "case_id": body.case_id, "organisation": "某公司"}
    with scope(council.lead), pytest.raises(IntegrityError, match="seat_one_chair"), transaction.atomic():
        Seat.objects.create(position="chair", name="第二人", **facts)
    with scope(council.county), pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
        Seat.objects.create(position="member", name="自荐人", **facts)
    with scope(council.county):
        assert Body.objects.filter(pk=body.pk).update(until_on=clock.today()) == 0


def test_contacts_are_named_by_members_and_read_by_members(council):
    with scope(council.county):
        name_contact(by=council.county, consortium_id=council.group.pk, department="医务科", person="周明")
        name_contact(by=council.county, consortium_id=council.group.pk, department="医务部", person="周明")
    with scope(council.township):
        assert Contact.objects.get().department == "医务部"
    with scope(council.stranger):
        assert not Contact.objects.exists()


def test_the_page_shows_the_chart_and_lets_members_name_their_contact(council, client):
    usual(council)
    address = f"/consortia/{council.group.pk}/bodies/"
    client.force_login(council.world.user("office", at=council.county.institution_name))
    text = client.get(address).content.decode()
    assert "医疗集团理事会" in text
    assert "尚未设立" in text
    assert client.post(address, {"department": "", "person": "周明"}).status_code == 422
    assert client.post(address, {"department": "医务科", "person": "周明"}).status_code == 302
    assert "医务科" in client.get(address).content.decode()
    client.force_login(council.world.user("office", at=council.stranger.institution_name))
    assert "医务科" not in client.get(address).content.decode()
    assert client.post(address, {"department": "医务科", "person": "他人"}).status_code == 403
