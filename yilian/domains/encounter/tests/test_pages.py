"""Reporting by page and by program: a file goes in, its result comes back, strangers find nothing."""

from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.programs import Program
from tests.world import COUNTY, TOWNSHIP, World
from yilian.domains.encounter.taking_in import carry_out
from yilian.domains.encounter.tests.test_judging import GOOD


@pytest.fixture(autouse=True)
def lake(settings, tmp_path):
    settings.LAKE_FOLDER = tmp_path / "lake"
    settings.LAKE_FOLDER.mkdir()


def csv(*rows):
    names = list(rows[0])
    return "\n".join([",".join(names), *(",".join(row[name] for name in names) for row in rows)]).encode()


@pytest.fixture
def world(db):
    return World()


def test_a_file_is_reported_on_the_page_and_the_rejected_rows_come_back(client, world):
    user = world.user("quality", at=COUNTY)
    client.force_login(user)
    bad = GOOD["encounter"] | {"source_key": "A2", "age": "200"}
    file = SimpleUploadedFile("十月.csv", csv(GOOD["encounter"], bad))
    answer = client.post("/feeds/new/encounter/", {"file": file, "mode": "report"})
    assert answer.status_code == 302
    assert "排队中" in client.get(answer["Location"]).content.decode()
    carry_out(UUID(answer["Location"].split("/")[2]), user.posts.get().institution_id)
    page = client.get(answer["Location"]).content.decode()
    assert "年龄应在 0 至 130 之间" in page
    assert client.get(f"{answer['Location']}rejected.xlsx").content.startswith(b"PK")
    assert client.get("/feeds/new/encounter/template.xlsx").content.startswith(b"PK")
    assert "十月.csv" in client.get("/feeds/").content.decode()
    client.force_login(world.user("quality", at=TOWNSHIP))
    assert client.get(answer["Location"]).status_code == 404
    assert client.get(f"{answer['Location']}rejected.xlsx").status_code == 404
    client.force_login(world.user("doctor", at=COUNTY))
    assert client.get("/feeds/new/encounter/").status_code in (403, 404)


def test_without_a_file_or_for_unknown_data_nothing_is_reported(client, world):
    client.force_login(world.user("quality", at=COUNTY))
    assert client.post("/feeds/new/encounter/", {"mode": "report"}).status_code == 422
    assert client.get("/feeds/new/nothing/").status_code == 404


def test_a_program_reports_rows_and_asks_what_came_of_them(world):
    program = Program(world.user("quality", at=COUNTY))
    answer = program.post("feeds", {"fact": "encounter", "rows": [GOOD["encounter"], {"source_key": "A2"}]})
    assert answer.status_code == 202
    carry_out(UUID(answer.json()["id"]), program.place)
    told = program.get(f"feeds/{answer.json()['id']}").json()
    assert (told["state"], told["received"], told["taken"], told["rejected"]) == ("taken", 2, 1, 1)
    assert {fault["rule"]: fault["rows"] for fault in told["faults"]}["end_at_is_filled"] == 1
    (returned,) = program.get(f"feeds/{answer.json()['id']}/rejected").json()["rows"]
    assert (returned["line"], returned["source_key"]) == (2, "A2")
    assert "就诊类别：未填写" in returned["reasons"]
    assert program.get(f"feeds/{answer.json()['id']}/rejected?after=1").json()["rows"] == []
    stranger = Program(world.user("quality", at=TOWNSHIP))
    assert stranger.get(f"feeds/{answer.json()['id']}/rejected").status_code == 404
    assert stranger.get(f"feeds/{answer.json()['id']}").status_code == 404
    assert Program(world.user("doctor", at=COUNTY)).post("feeds", {"fact": "encounter"}).status_code == 403


@pytest.mark.parametrize(
    "body",
    [
        {"rows": []},
        {"fact": "referral", "rows": [{}]},
        {"fact": "order", "rows": [1]},
        {"fact": "order", "rows": [{"a": {}}]},
    ],
)
def test_a_call_that_is_no_report_is_refused(world, body):
    assert Program(world.user("quality", at=COUNTY)).post("feeds", body).status_code == 422
