"""Code systems: shipped, searched, extended."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from yilian.registry.codes.loading import load_shipped, register_code
from yilian.registry.codes.search import named, search, valid
from yilian.registry.codes.shipped import SYSTEMS
from yilian.registry.models import Code, CodeSystem
from yilian.registry.tests.conftest import LOADER

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 21)


def names(system: str, text: str) -> list[str]:
    return [code.name for code in search(system, text, on=TODAY)]


def test_every_shipped_system_is_there_and_complete():
    counts = {system.key: Code.objects.filter(system_id=system.key).count() for system in SYSTEMS}
    assert counts == {system.key: len(list(system.rows())) for system in SYSTEMS}
    assert counts["ethnicity"] == 58
    assert counts["specialty"] == 155
    assert counts["icd-10"] > 120


@pytest.mark.parametrize("system", SYSTEMS, ids=lambda system: system.key)
def test_shipped_codes_are_unique_and_their_parents_exist(system):
    rows = list(system.rows())
    codes = [row.code for row in rows]
    assert len(set(codes)) == len(codes)
    assert {row.parent for row in rows if row.parent} <= set(codes)


@pytest.mark.parametrize(
    ("system", "text", "first"),
    [
        ("specialty", "03.04", "心血管内科"),
        ("specialty", "xxg", "心血管内科"),
        ("specialty", "心血管", "心血管内科"),
        ("specialty", "jizhen", "急诊医学科"),
        ("icd-10", "i10", "特发性（原发性）高血压"),
        ("icd-10", "tnb", "1型糖尿病"),
        ("icd-10", "脑梗死", "脑梗死"),
        ("ethnicity", "wwe", "维吾尔族"),
        ("grade", "三级甲等", "三级甲等"),
    ],
)
def test_codes_are_found_by_number_name_pinyin_and_initials(system, text, first):
    assert names(system, text)[0] == first


@pytest.mark.parametrize("text", ["%", "_", "不存在", "\\"])
def test_nothing_matches_signs(text):
    assert names("icd-10", text) == []


def test_what_begins_comes_before_what_contains():
    assert names("specialty", "内科")[0].startswith("内科")
    assert len(search("icd-10", "", on=TODAY, limit=7)) == 7


def test_an_ended_code_is_not_offered_but_still_known():
    register_code(by=LOADER, system="icd-10", code="X99", name="试验病", valid_until=TODAY)
    assert names("icd-10", "X99") == ["试验病"]
    assert not valid("icd-10", TODAY + timedelta(days=1)).filter(code="X99").exists()
    assert named("icd-10", "X99").name == "试验病"


def test_codes_are_registered_once():
    facts = {"by": LOADER, "system": "icd-10", "code": "X99.1", "parent": "I10"}
    assert register_code(name="试验病", **facts)[1] == "created"
    assert register_code(name="试验病", **facts)[1] == "unchanged"
    assert register_code(name="考验病", **facts)[1] == "updated"
    assert names("icd-10", "kyb") == ["考验病"]
    with pytest.raises(ValidationError, match="没有代码"):
        register_code(by=LOADER, system="icd-10", code="X98", name="乙", parent="X97")


def test_loading_again_keeps_local_codes_and_mends_shipped_ones(settings):
    register_code(by=LOADER, system="icd-10", code="X99", name="试验病")
    Code.objects.filter(system_id="sex", code="1").update(name="改")
    CodeSystem.objects.update(version="older")
    load_shipped(using="default")
    assert named("sex", "1").name == "男"
    assert named("icd-10", "X99").name == "试验病"
    assert not CodeSystem.objects.filter(version="older").exists()
