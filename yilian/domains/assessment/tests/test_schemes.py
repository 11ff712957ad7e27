"""Schemes: those that ship can be used, others are made from files, adopted from a day on, and checked before."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from yilian.domains.assessment.recompute import kinds
from yilian.domains.assessment.schemes import faults_of, shipped
from yilian.domains.assessment.schemes.comparing import differences
from yilian.domains.assessment.schemes.keeping import in_force, known, titles
from yilian.domains.assessment.schemes.making import adopt, file_of, make_version
from yilian.domains.assessment.wording import KINDS
from yilian.kernel import clock
from yilian.kernel.access.models import User
from yilian.registry.models.consortium import ConsortiumKind
from yilian.registry.regulations import S0, S1, S2, S3, S4

DOCUMENTS = {document.key: document for document in (S0, S1, S2, S3, S4)}


@pytest.mark.parametrize("code", ["county@1", "alliance@1"])
def test_shipped_schemes_can_be_used_and_cite_articles_that_exist(code):
    scheme = shipped()[code]
    assert faults_of(scheme.items) == []
    assert set(scheme.kinds) <= set(ConsortiumKind.values)
    for item in scheme.items:
        document, _slash, article = item["source"].partition("/")
        assert DOCUMENTS[document].article(article)
        assert all(item["path"]), "four tiers"


def test_the_five_dimensions_of_an_alliance_are_those_of_the_regulation():
    groups = dict.fromkeys(item["path"][0] for item in shipped()["alliance@1"].items)
    assert list(groups) == ["运行机制", "分工协作", "资源共享", "技术辐射", "可持续发展"]


def test_every_way_of_scoring_has_words():
    assert set(KINDS) == set(kinds)


@pytest.mark.django_db
def test_keys_of_lines_are_told_apart_by_their_titles():
    assert len(titles()) == sum(len(scheme.items) for scheme in shipped().values())


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"weight": "5"}, "应为 100"),
        ({"weight": "x"}, "不正确"),
        ({"weight": "NaN"}, "不正确"),
        ({"kind": "wheel"}, "没有计分法"),
        ({"indicator": "no.such"}, "没有指标"),
        ({"kind": "proportional", "terms": {"none": "9", "full": "9"}}, "不正确"),
        ({"kind": "deduct", "terms": {"each": "1", "points": "0"}}, "不正确"),
        ({"kind": "threshold", "terms": {"steps": [["a", "1"]]}}, "不正确"),
        ({"unknown": "guess"}, "无数据"),
        ({"certainty": ""}, "依据程度"),
        ({"title": ""}, "不能为空"),
    ],
)
def test_a_broken_line_is_named(change, says):
    items = [dict(item) for item in shipped()["county@1"].items]
    items[0] |= change
    assert says in "；".join(faults_of(items))


def test_a_file_that_is_changed_comes_back_as_the_next_version(cast):
    text = file_of(shipped()["county@1"]).decode("utf-8-sig").replace("医联体组成情况", "医联体成员组成")
    row = make_version("county", "二版", ["city_group"], text.encode("gb18030"), by=cast.lead)
    assert (row.code, known()["county@2"].items[1]["title"]) == ("county@2", "医联体成员组成")
    adopt("county@2", cast.group, clock.today() + timedelta(days=5), "理事会决议", by=cast.lead)
    assert in_force(cast.group, clock.today()).code == "county@1"
    assert in_force(cast.group, clock.today() + timedelta(days=5)).code == "county@2"


def test_a_version_says_what_it_changes():
    old = shipped()["county@1"]
    first, second, *rest = (dict(item) for item in old.items)
    items = (second | {"weight": "6", "terms": {"each": "1"}}, *rest, first | {"key": "own", "title": "本地项"})
    assert differences(old, replace(old, items=items)) == [
        ("医联体组成情况", ["计分参数：无 → each 1", "分值：2 → 6"]),
        ("本地项", ["新增，分值 4"]),
        ("医联体建设实施方案出台情况", ["删除，原分值 4"]),
    ]
    assert differences(old, old) == []


@pytest.mark.parametrize(
    ("content", "says"),
    [(b"", "列名"), (b"\xff\xfe\x00", "编码"), (b"key,title\n1,2\n", "列名"), (b"x" * 1_000_001, "过大")],
)
def test_files_that_are_no_scheme_are_refused(cast, content, says):
    with pytest.raises(ValidationError, match=says):
        make_version("own", "自定", ["city_group"], content, by=cast.lead)


def test_cells_that_a_spreadsheet_would_carry_out_are_refused(cast):
    content = file_of(shipped()["county@1"]).replace("医联体组成情况".encode(), b"=HYPERLINK(1)")
    with pytest.raises(ValidationError, match="开头"):
        make_version("own", "自定", ["city_group"], content, by=cast.lead)


def test_only_the_lead_adopts_and_only_what_fits(cast):
    for code, consortium, by in (("county@1", cast.group, cast.county), ("alliance@1", cast.group, cast.lead)):
        with pytest.raises(ValidationError):
            adopt(code, consortium, date(2030, 1, 1), "依据", by=by)


def test_the_page_makes_and_adopts(cast):
    client = Client()
    client.force_login(User.objects.get(pk=cast.lead.user_id), backend="yilian.kernel.access.logins.PasswordBackend")
    upload = SimpleUploadedFile("方案.csv", file_of(shipped()["county@1"]))
    answer = client.post("/schemes/", {"name": "own", "title": "本地方案", "kinds": ["city_group"], "file": upload})
    assert answer["Location"] == "/schemes/?code=own@1"
    given = {"consortium": cast.group.pk, "effective_on": clock.today().isoformat(), "ground": "院长办公会"}
    assert client.post("/schemes/?code=own@1", given).status_code == 302
    assert in_force(cast.group, clock.today()).code == "own@1"
    assert "本地方案" in client.get("/schemes/").content.decode()
    assert client.get("/schemes/?code=nothing").status_code == 404
    assert client.get("/schemes/file.csv?code=own@1").content == file_of(known()["own@1"])


def test_the_page_of_the_parameter_offers_the_schemes_there_are_and_takes_no_other(cast):
    client = Client()
    client.force_login(User.objects.get(pk=cast.lead.user_id), backend="yilian.kernel.access.logins.PasswordBackend")
    page = "/parameters/assessment.scheme/"
    assert '<option value="county@1">' in client.get(page).content.decode()
    given = {"scope": "institution", "effective_from": clock.today().isoformat(), "ground": "院长办公会"}
    assert client.post(page, given | {"value": "county@99"}).status_code == 422
    assert client.post(page, given | {"value": "county@1"}).status_code == 302
