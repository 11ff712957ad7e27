"""What leaves a consortium: a year in which small cells are hidden on every exit, whoever asks and however often."""

import io
import json
from datetime import UTC, date, datetime

import pytest
from django.db import ProgrammingError, transaction
from python_calamine import CalamineWorkbook

from tests.programs import Program
from tests.stories.services_cast import browser
from tests.world import AUTHORITY, CITY, COUNTY, ELSEWHERE, TOWNSHIP
from yilian.kernel.access.models import User
from yilian.kernel.access.scope import scope
from yilian.kernel.clock import standing_at
from yilian.kernel.indicators.disclosure.releasing import HIDDEN, ReleaseRefused, newest, release
from yilian.kernel.indicators.models import Release
from yilian.kernel.indicators.storing import Result, store
from yilian.registry.models import Consortium, Membership

AT = datetime(2026, 7, 1, 2, tzinfo=UTC)
SENT, SHARE, STAYS, DAYS = "referral.sent_up", "referral.in_time_share", "service.discharges", "service.mean_stay"
BEFORE = date(2020, 1, 1)
YEAR = 2025
NUMBERS = {CITY: (50, 61), COUNTY: (40, 45), TOWNSHIP: (7, 30)}
"""January and February; the seven is small."""


@pytest.fixture
def cast(world):
    """Three members of a group led by the city; the city is in an alliance of its own as well."""
    seat = world.authority().region
    places = {name: world.place(name, region=seat) for name in (CITY, COUNTY, TOWNSHIP, ELSEWHERE)}
    found = {name: place.pk for name, place in places.items()}
    for word, members in (("group", (CITY, COUNTY, TOWNSHIP)), ("other", (CITY, ELSEWHERE))):
        row = Consortium.objects.create(
            kind="city_group", name=f"{word}医疗集团", lead=places[members[0]], founded_on=BEFORE, region=seat
        )
        found[word] = row.pk
        for name in members:
            role = "lead" if name == members[0] else "member"
            Membership.objects.create(consortium=row, institution=places[name], role=role, since_on=BEFORE)
    with standing_at(AT):
        yield found


@pytest.fixture
def office(world, cast):
    return world.person("office", at=CITY)


def keep(cast, key=SENT, numbers=NUMBERS, *, wholes=None, circle="group", at=AT):
    """Store what members counted in January and February, and what their consortium did."""
    is_own = key != STAYS
    rows, months = [], (1, 2)
    for name, parts in numbers.items():
        for month, part, whole in zip(months, parts, (wholes or {}).get(name, (None, None)), strict=True):
            inside = cast[circle] if is_own else None
            rows.append(Result(key, cast[name], inside, date(YEAR, month, 1), part, whole, b"d"))
    for place, month in enumerate(months):
        part = sum(parts[place] for parts in numbers.values())
        whole = sum(pair[place] for pair in wholes.values()) if wholes else None
        rows.append(Result(key, None, cast[circle], date(YEAR, month, 1), part, whole, b"d"))
    store(rows, covers=[key], months=[date(YEAR, month, 1) for month in months],
          consortia=[cast[circle]] if is_own else None, at=at)  # fmt: skip


def cells(found):
    """Return the released rows by name: January, February and the year."""
    lines = [*found.table["places"], found.table["total"]]
    return {line["name"]: [_part(cell) for cell in (*line["months"][:2], line["year"])] for line in lines}


def _part(cell):
    return cell["part"] if isinstance(cell, dict) else cell


def handed(cast, office, key=SENT, circle="group"):
    with scope(office):
        return release(key, cast[circle], YEAR, by=office)


def test_a_small_count_is_hidden_with_as_many_as_keep_it_hidden(cast, office):
    keep(cast)
    found = handed(cast, office)
    assert cells(found) == {
        CITY: [50, 61, 111],
        COUNTY: [HIDDEN, HIDDEN, 85],
        TOWNSHIP: [HIDDEN, HIDDEN, 37],
        "合计": [97, 136, 233],
    }
    assert '"part": 7' not in json.dumps(found.table)
    assert found.table["places"][0]["months"][2:] == [None] * 10, "months that nobody knows are neither zero nor hidden"


def test_a_ratio_is_hidden_with_its_numerator_and_denominator_and_zero_is_shown(cast, office):
    wholes = {CITY: (80, 90), COUNTY: (60, 60), TOWNSHIP: (12, 40)}
    keep(cast, SHARE, {CITY: (50, 61), COUNTY: (40, 45), TOWNSHIP: (0, 30)}, wholes=wholes)
    assert HIDDEN not in json.dumps(handed(cast, office, SHARE).table)
    keep(cast, SHARE, {CITY: (50, 61), COUNTY: (40, 45), TOWNSHIP: (0, 30)}, circle="other",
         wholes=wholes | {TOWNSHIP: (5, 40)})  # fmt: skip
    township = handed(cast, office, SHARE, "other").table["places"][-1]
    assert township["months"][0] == HIDDEN, "of five nothing is said, not even that it was none"


def test_every_exit_reads_the_suppressed_table(world, cast, office):
    keep(cast)
    found = handed(cast, office)
    member, stranger = (world.person("office", at=name) for name in (COUNTY, ELSEWHERE))
    for reader in (office, member, stranger, world.person("authority", at=AUTHORITY)):
        client = browser(reader)
        assert found.title in client.get("/indicators/released/").content.decode()
        page = client.get(f"/indicators/released/{found.pk}/").content.decode()
        assert "已隐藏" in page
        assert "233" in page
        sheet = client.get(f"/indicators/released/{found.pk}/export.xlsx").content
        rows = {
            row[0]: row[1:]
            for row in CalamineWorkbook.from_filelike(io.BytesIO(sheet)).get_sheet_by_index(0).to_python()
        }
        assert rows[TOWNSHIP][0] == "—"
        assert rows["合计"][12] == "233"
        program = Program(User.objects.get(pk=reader.user_id))
        assert found.pk in [item["id"] for item in program.get("releases").json()["items"]]
        table = program.get(f"releases/{found.pk}").json()
        assert table["places"][-1]["months"][0] == {"is_hidden": True, "value": None, "part": None, "whole": None}
        assert table["total"]["year"]["part"] == "233"
    assert browser(office).get("/indicators/released/999999/").status_code == 404
    assert program.get("releases/999999").status_code == 404


def test_only_who_sees_the_whole_hands_it_out(world, cast, office):
    keep(cast)
    client = browser(office)
    address = f"/indicators/{SENT}/release/?period={YEAR}&scope="
    assert client.post(f"{address}{cast['group']}").url.startswith("/indicators/released/")
    assert client.post(f"{address}own").url.startswith(f"/indicators/{SENT}/?")
    assert browser(world.person("doctor", at=CITY)).post(f"{address}{cast['group']}").status_code == 403
    member = world.person("office", at=COUNTY)
    with scope(member), pytest.raises(ReleaseRefused, match="看不到这个医联体"):
        release(SENT, cast["group"], YEAR, by=member)
    assert Release.objects.count() == 1


@pytest.mark.parametrize(
    ("key", "year", "says"),
    [
        (SENT, 2026, "2026 年尚未结束"),
        (SENT, 2024, "没有结果"),
        ("service.patients", YEAR, "不能相加"),
        ("cost.drug_share", YEAR, "都不是计数"),
    ],
)
def test_what_cannot_be_handed_out_says_why(cast, office, key, year, says):
    keep(cast)
    with scope(office), pytest.raises(ReleaseRefused, match=says):
        release(key, cast["group"], year, by=office)


def test_handed_out_again_hides_what_was_hidden_and_leans_on_nothing_that_was_shown(cast, office):
    keep(cast)
    handed(cast, office)
    later = datetime(2026, 8, 1, tzinfo=UTC)
    keep(cast, numbers=NUMBERS | {TOWNSHIP: (17, 30)}, at=later)
    assert cells(handed(cast, office))[TOWNSHIP] == [HIDDEN, HIDDEN, 47], "corrected to a large one, hidden as before"
    keep(cast, numbers=NUMBERS | {CITY: (4, 61), TOWNSHIP: (17, 30)}, at=datetime(2026, 9, 1, tzinfo=UTC))
    with pytest.raises(ReleaseRefused, match="此前发布的数"):
        handed(cast, office)
    with scope(office):
        assert len(newest(SENT)) == 1


def test_an_institution_is_handed_out_by_one_consortium(cast, office):
    keep(cast, STAYS)
    keep(cast, STAYS, {CITY: (50, 61), ELSEWHERE: (3, 90)} | NUMBERS, circle="other", at=AT)
    handed(cast, office, STAYS)
    found = handed(cast, office, STAYS, "other")
    assert found.table["left_out"] == [CITY]
    assert list(cells(found)) == [ELSEWHERE, "合计"]


def test_what_was_handed_out_is_never_changed(cast, office):
    keep(cast)
    found = handed(cast, office)
    with scope(office), pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        Release.objects.filter(pk=found.pk).update(year=2020)
