"""Stories of a definition: written, refused with a sentence, tried, approved, and counted by from its month on."""

from datetime import UTC, date, datetime
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.db import DatabaseError, transaction

from tests.programs import Program
from tests.world import CITY, COUNTY, ELSEWHERE
from yilian.domains.measure.models import IndicatorChange, Trial
from yilian.domains.measure.trying import try_out
from yilian.kernel.access.scope import scope
from yilian.kernel.clock import standing_at
from yilian.kernel.indicators.catalogue import definition, editions, of_consortium
from yilian.kernel.indicators.formula import Formula
from yilian.kernel.indicators.indicator import Direction, Indicator, indicators
from yilian.kernel.indicators.models import Definition
from yilian.kernel.indicators.storing import Result, store
from yilian.kernel.lake.manifest import Manifest, Part
from yilian.kernel.workflow.refusals import Refused
from yilian.registry.models import Consortium, Membership
from yilian.registry.regulations import S4

SINCE, NOW = date(2020, 1, 1), datetime(2026, 11, 22, 4, tzinfo=UTC)
LAKE = Manifest(parts=(Part("referral", 202610, "a", 5, 0), Part("referral", 202611, "b", 5, 0)))
FORMULA = {
    "change": "new", "name": "急诊转诊占比", "unit": "%", "direction": "none", "source": "referral:receiver",
    "part": "count(where=is_emergency)", "whole": "count()", "part_says": "急诊转诊", "whole_says": "全部转诊",
    "effective_on": "2026-12-01", "ground": "理事会要求",
}  # fmt: skip


@pytest.fixture
def cast(world):
    city, county = world.place(CITY), world.place(COUNTY)
    group = Consortium.objects.create(kind="city_group", name="江城医疗集团", lead=city, founded_on=SINCE)
    for place, role in ((city, "lead"), (county, "member")):
        Membership.objects.create(consortium=group, institution=place, role=role, since_on=SINCE)
    office, director = world.person("office", at=CITY), world.person("director", at=CITY)
    with standing_at(NOW):
        yield SimpleNamespace(world=world, group=group, office=office, director=director, city=city, county=county)


def write(cast, *, by=None, **other):
    return cast.world.open("measure", by=by or cast.office, **FORMULA | {"consortium": cast.group.pk} | other)


def refused(cast, case, verb, by=None):
    with pytest.raises(Refused) as caught:
        cast.world.take(case, verb, by=by or cast.office)
    return str(caught.value)


class Counter:
    """An engine that answers every question with three of four at the city and none of one at the county."""

    name = "test"

    def __init__(self, cast):
        self.cast = cast

    def answer(self, question):
        assert list(question.months) == [202610]
        return [(self.cast.city.pk, self.cast.group.pk, 202610, (3, 4)[: len(question.trees)]),
                (self.cast.county.pk, self.cast.group.pk, 202610, (0, 1)[: len(question.trees)])]  # fmt: skip


def tried(cast, case):
    case = cast.world.take(case, "try", by=cast.office)
    return try_out(case.pk, cast.city.pk, Counter(cast), LAKE), case


def test_a_definition_is_tried_approved_and_holds_from_its_month(cast):
    trial, case = tried(cast, write(cast))
    assert (trial.month, trial.failure) == (202610, "")
    assert trial.lines[0] == (None, (3, 5, "60.00"), None)
    case = cast.world.take(case, "submit", by=cast.office)
    case = cast.world.take(case, "adopt", by=cast.director)
    with scope(cast.office):
        held = Definition.objects.get(key=case.key)
        assert (held.since_month, held.adopted_by, held.decided_case) == (202612, cast.director.name, case.pk)
        own = of_consortium(cast.group.pk)[-1]
        assert (own.key, own.title, own.formula.part) == (case.key, "急诊转诊占比", FORMULA["part"])
        edition = editions()[-1]
        assert (edition.holds(202611), edition.holds(202612), edition.consortium_id) == (False, True, cast.group.pk)


def test_a_changed_indicator_stays_as_shipped_elsewhere(cast, monkeypatch):
    shipped = "test.shipped"
    monkeypatch.setitem(indicators._items, shipped, Indicator(
        shipped, "转诊数", "件", Direction.UP, S4.article("3.2.5"), formula=Formula("referral", "receiver", "count()")
    ))  # fmt: skip
    _trial, case = tried(cast, write(cast, change="changed", indicator=shipped))
    case = cast.world.take(case, "submit", by=cast.office)
    cast.world.take(case, "adopt", by=cast.director)
    with scope(cast.office):
        assert definition(shipped, cast.group.pk).formula.part == FORMULA["part"]
        assert definition(shipped).formula.part == "count()"


def measured(extent):
    """Nobody knows yet."""


def set_target(cast, key, value):
    answers = {"change": "target", "indicator": key, "consortium": cast.group.pk, "effective_on": "2026-12-01",
               "ground": "理事会要求"}  # fmt: skip
    case = cast.world.open("measure", by=cast.office, **answers, **({} if value is None else {"target": value}))
    assert "不必试算" in refused(cast, case, "try")
    case = cast.world.take(case, "submit", by=cast.office)
    return cast.world.take(case, "adopt", by=cast.director)


def test_a_target_alone_is_approved_without_a_formula_and_changes_no_number(cast, monkeypatch, client):
    counted, asked = "test.counted", "test.asked"
    words = ("%", Direction.UP, S4.article("3.2.5"))
    for key, what in (
        (counted, {"formula": Formula("referral", "receiver", "count()")}),
        (asked, {"measure": measured}),
    ):
        monkeypatch.setitem(
            indicators._items, key, Indicator(key, f"{key}率", *words, part_says="件", theme="local", **what)
        )
    for key in (counted, asked):
        shipped = indicators[key]
        case = set_target(cast, key, "62.5")
        with scope(cast.office):
            held = definition(key, cast.group.pk)
            assert (held.target.value, held.definition_digest) == (Decimal("62.5"), shipped.definition_digest)
            assert definition(key).target is None
            assert not [one for one in editions() if one.consortium_id], "nothing is counted anew"
        client.force_login(cast.world.user("director", at=CITY))
        page = client.get(f"/measure/{case.pk}/").content.decode()
        assert "62.5%" in page
        assert "照旧，只设定目标值" in client.get(f"/indicators/{key}/?scope={cast.group.pk}").content.decode()
    client.force_login(cast.world.user("office", at=ELSEWHERE))
    for page in (f"/indicators/{counted}/?scope={cast.group.pk}", f"/indicators/?scope={cast.group.pk}"):
        shown = client.get(page).content.decode()
        for said in ("62.5", "理事会要求", cast.group.name):
            assert said not in shown, "targets and reasons stay inside"
    stranger = Program(cast.world.user("quality", at=ELSEWHERE))
    assert stranger.get(f"indicators/{counted}?consortium={cast.group.pk}").status_code == 404
    with scope(cast.office):
        set_target(cast, asked, None)
        assert definition(asked, cast.group.pk).target is None


def test_a_target_leaves_an_adopted_formula_in_force(cast):
    _trial, case = tried(cast, write(cast))
    case = cast.world.take(case, "submit", by=cast.office)
    own = cast.world.take(case, "adopt", by=cast.director).key
    set_target(cast, own, "30")
    with scope(cast.office):
        held = definition(own, cast.group.pk)
        assert (held.formula.part, held.target.value) == (FORMULA["part"], 30)
        assert [one.indicator.formula.part for one in editions() if one.consortium_id] == [FORMULA["part"]]


@pytest.mark.parametrize(
    ("other", "says"),
    [
        ({"part": "count(where=is_urgent)"}, "没有“is_urgent”这一列"),
        ({"part": "sum(refusals) / count()"}, "最外层须是"),
        ({"whole": "count("}, "分母"),
    ],
)
def test_a_formula_that_cannot_be_read_is_not_tried(cast, other, says):
    assert says in refused(cast, write(cast, **other), "try")


def test_what_was_not_tried_or_has_changed_since_is_not_handed_in(cast):
    assert "请先试算" in refused(cast, write(cast), "submit")
    _trial, case = tried(cast, write(cast))
    case = cast.world.take(case, "edit", by=cast.office, part="count(where=not is_emergency)")
    assert "改过公式要再试算一次" in refused(cast, case, "submit")


def test_months_that_are_past_keep_their_definition(cast):
    _trial, case = tried(cast, write(cast, effective_on="2026-10-31"))
    assert "自本月或以后的月份起生效" in refused(cast, case, "submit")


def test_who_hands_in_does_not_approve(cast):
    _trial, case = tried(cast, write(cast))
    case = cast.world.take(case, "submit", by=cast.director)
    assert "批准者不是提交者" in refused(cast, case, "adopt", by=cast.director)


def test_a_member_defines_nothing_for_the_consortium(cast):
    member = cast.world.person("office", at=COUNTY)
    case = write(cast, by=member)
    assert "牵头单位" in refused(cast, case, "try", by=member)
    values = {"key": "local.x", "consortium": cast.group, "since_month": 202612, "title": "x", "unit": "x",
              "direction": "up", "fact": "referral", "at": "receiver", "part": "count()", "decided_case": case.pk,
              "adopted_at": NOW, "adopted_by": "x"}  # fmt: skip
    with scope(member), pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
        Definition.objects.create(**values)
    assert not cast.world.sees(cast.office, case)


def test_a_definition_without_data_says_so(cast):
    case = cast.world.take(write(cast), "try", by=cast.office)
    trial = try_out(case.pk, cast.city.pk, Counter(cast), Manifest())
    assert "还没有任何月份" in trial.failure
    with scope(cast.office):
        assert Trial.objects.filter(case=case.pk).count() == 1
        assert IndicatorChange.objects.get(pk=case.pk).state == "draft"


def adopted(cast):
    """A definition in force and its version, with numbers of December 2026 for group and county."""
    _trial, case = tried(cast, write(cast))
    case = cast.world.take(case, "submit", by=cast.office)
    case = cast.world.take(case, "adopt", by=cast.director)
    with scope(cast.office):
        digest = definition(case.key).definition_digest
    december, places = date(2026, 12, 1), (None, cast.county.pk)
    numbers = (Result(case.key, place, cast.group.pk, december, 1, 4, digest) for place in places)
    store(numbers, covers=[case.key], months=[december], at=NOW)
    return case, digest.hex()[:8]


def test_what_a_consortium_added_has_its_page_for_its_members_and_for_nobody_else(cast, client):
    case, _version = adopted(cast)
    client.force_login(cast.world.user("office", at=COUNTY))
    shelf = client.get(f"/indicators/?scope={cast.group.pk}&period=2026-12&theme=local").content.decode()
    assert case.key in shelf
    assert "急诊转诊占比" in shelf
    page = client.get(f"/indicators/{case.key}/?period=2026-12").content.decode()
    for said in ("count(where=is_emergency)", "2026-12", cast.director.name, "理事会要求", "1", "25%"):
        assert said in page, said
    assert client.get(f"/indicators/{case.key}/export.xlsx?period=2026-12").status_code == 200
    assert case.key not in client.get("/indicators/").content.decode(), "outside it nobody counts by it"
    client.force_login(cast.world.user("office", at=ELSEWHERE))
    assert client.get(f"/indicators/{case.key}/").status_code == 404


def test_programs_of_the_consortium_read_what_it_added_and_others_find_nothing(cast):
    case, version = adopted(cast)
    member, stranger = (Program(cast.world.user("office", at=name)) for name in (COUNTY, ELSEWHERE))
    own = [item for item in member.get("indicators").json()["items"] if item["key"] == case.key]
    assert [(item["consortium_id"], item["formula"]["part"]) for item in own] == [(cast.group.pk, FORMULA["part"])]
    found = member.get(f"indicators/{case.key}/months?period=2026Q4").json()
    assert [(item["month"], item["value"], item["version"]) for item in found["items"]] == [
        ("2026-12", "25.00", version)
    ]
    assert member.get(f"indicators/{case.key}").json()["consortium_id"] == cast.group.pk
    assert case.key not in stranger.get("indicators").content.decode()
    for address in (f"indicators/{case.key}", f"indicators/{case.key}/months?consortium={cast.group.pk}"):
        assert stranger.get(address).status_code == 404
    shipped = member.get("indicators/referral.sent_up/months?period=2026Q4").json()
    assert (shipped["items"], shipped["institution_id"]) == ([], member.place)


def test_a_formula_is_checked_while_it_is_written(cast, client):
    user = cast.world.user("office", at=CITY)
    client.force_login(user)
    address = "/measure/write/?source=referral:receiver&part=count(where%3Durgent)"
    page = client.get(address, headers={"HX-Request": "true"}).content.decode()
    assert "没有“urgent”这一列" in page
    assert "<form" not in page
    assert "公式读得懂" in client.get(address.replace("urgent", "is_emergency")).content.decode()
