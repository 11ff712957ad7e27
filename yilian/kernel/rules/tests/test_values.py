"""Parameters: the most specific value in force, defaults marked, and refused changes."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import ProgrammingError, transaction
from hypothesis import given
from hypothesis import strategies as st

from yilian.kernel.clock import standing_at
from yilian.kernel.rules import values
from yilian.kernel.rules.due import NoDurationError, due_at
from yilian.kernel.rules.models import ParameterValue
from yilian.kernel.rules.parameter import BadValueError, Parameter, parameters
from yilian.kernel.rules.regulation import Article, Regulation

YEAR = Regulation("X4", "集团制度", "集团制度", "江城市", None, (Article("3.3", "3.3", "…"),)).article("3.3")
NOON = datetime(2026, 11, 21, 4, tzinfo=UTC)
TODAY, TOMORROW = date(2026, 11, 21), date(2026, 11, 22)


@dataclass(frozen=True)
class Person:
    user_id: int | None = None
    name: str = "王办公室"


@pytest.fixture(autouse=True)
def _noon():
    with standing_at(NOON):
        yield


@pytest.fixture
def declared(monkeypatch):
    monkeypatch.setattr(parameters, "_items", dict(parameters._items))
    parameters.add(Parameter("test.answer", "答复时限", 24, "h", minimum=0, maximum=720))
    parameters.add(Parameter("test.share", "比例", Decimal("0.5"), "%"))
    parameters.add(Parameter("test.term", "任期", 4, "a", cite=YEAR))
    parameters.add(Parameter("test.approval", "内部审批", True))
    parameters.add(Parameter("test.mode", "模式", "normal", choices=(("normal", "平时"), ("emergency", "应急"))))


@pytest.fixture
def hospital():
    return ParameterValue._meta.get_field("institution").related_model.objects.create(name="江城市第一人民医院")


@pytest.fixture
def group(hospital):
    model = ParameterValue._meta.get_field("consortium").related_model
    return model.objects.create(kind="city_group", name="江城市医疗集团", lead=hospital, founded_on=date(2020, 1, 1))


def put(key, text, **scope):
    return values.set_value(key, text, by=Person(), **{"effective_from": TODAY, "ground": "第三次理事会决议"} | scope)


@pytest.mark.django_db
@pytest.mark.usefixtures("declared")
def test_a_default_without_a_source_is_marked_until_someone_sets_it():
    assert values.setting_of("test.answer").is_unconfirmed
    assert not values.setting_of("test.term").is_unconfirmed
    put("test.answer", "48")
    confirmed = values.setting_of("test.answer")
    assert (confirmed.value, confirmed.shown, confirmed.is_unconfirmed) == (48, "48 小时", False)


@pytest.mark.django_db
@pytest.mark.usefixtures("declared")
def test_the_most_specific_scope_speaks(hospital, group):
    put("test.answer", "10")
    put("test.answer", "20", consortium_id=group.pk)
    put("test.answer", "30", institution_id=hospital.pk)
    assert values.value_of("test.answer") == 10
    assert values.value_of("test.answer", consortium_id=group.pk) == 20
    assert values.value_of("test.answer", hospital.pk, group.pk) == 30


@pytest.mark.django_db
@pytest.mark.usefixtures("declared")
def test_an_institution_may_give_the_decision_back(hospital):
    put("test.answer", "10")
    put("test.answer", "30", institution_id=hospital.pk)
    put("test.answer", None, institution_id=hospital.pk)
    assert values.value_of("test.answer", hospital.pk) == 10


@pytest.mark.django_db
@pytest.mark.usefixtures("declared")
def test_a_value_counts_from_its_day_and_the_history_keeps_it():
    put("test.answer", "10")
    put("test.answer", "12", effective_from=TOMORROW)
    assert values.value_of("test.answer") == 10
    assert values.value_of("test.answer", on=TOMORROW) == 12
    assert [(row.value, row.set_by_name) for row in values.history_of("test.answer")] == [
        ("12", "王办公室"),
        ("10", "王办公室"),
    ]


@pytest.mark.django_db
@pytest.mark.usefixtures("declared")
def test_all_parameters_are_read_in_one_query(hospital, django_assert_num_queries):
    put("test.answer", "30", institution_id=hospital.pk)
    with django_assert_num_queries(1):
        found = {setting.parameter.key: setting.value for setting in values.settings_of(hospital.pk)}
    assert (found["test.answer"], found["test.approval"]) == (30, True)


@pytest.mark.django_db
@pytest.mark.usefixtures("declared")
@pytest.mark.parametrize(
    ("key", "text", "change", "says"),
    [
        ("test.answer", "soon", {}, "请填写数字"),
        ("test.answer", "-1", {}, "不能小于 0"),
        ("test.answer", "721", {}, "不能大于 720"),
        ("test.share", "NaN", {}, "请填写数字"),
        ("test.approval", "maybe", {}, "请选择"),
        ("test.mode", "war", {}, "请从列出的选项中选择"),
        ("test.answer", "5", {"ground": " "}, "请写明修改依据"),
        ("test.answer", "5", {"effective_from": date(2026, 11, 20)}, "不能早于今天"),
    ],
)
def test_a_bad_change_is_refused_with_a_sentence(key, text, change, says):
    with pytest.raises((BadValueError, values.ValueRefused), match=says):
        put(key, text, **change)
    assert not ParameterValue.objects.exists()


@given(value=st.one_of(st.integers(0, 720), st.booleans(), st.decimals(allow_nan=False, allow_infinity=False)))
def test_a_written_value_reads_back(value):
    parameter = Parameter("x", "x", value)
    assert parameter.read(parameter.write(value)) == value


@pytest.mark.django_db
@pytest.mark.usefixtures("declared")
def test_something_is_due_after_the_value_in_force(hospital):
    assert due_at("test.answer", NOON) == datetime(2026, 11, 22, 4, tzinfo=UTC)
    put("test.answer", "2", institution_id=hospital.pk)
    assert due_at("test.answer", NOON, hospital.pk) == datetime(2026, 11, 21, 6, tzinfo=UTC)


@pytest.mark.django_db
@pytest.mark.usefixtures("declared")
def test_zero_switches_a_deadline_off():
    put("test.answer", "0")
    assert due_at("test.answer", NOON) is None


@pytest.mark.usefixtures("declared")
@pytest.mark.parametrize("key", ["test.share", "test.mode", "test.approval"])
def test_only_a_length_of_time_can_be_a_deadline(key):
    with pytest.raises(NoDurationError, match=key):
        due_at(key, NOON)


@pytest.mark.django_db
@pytest.mark.usefixtures("declared")
def test_years_follow_the_calendar():
    assert due_at("test.term", datetime(2024, 2, 29, 1, tzinfo=UTC)) == datetime(2028, 2, 29, 1, tzinfo=UTC)


@pytest.mark.django_db
@pytest.mark.usefixtures("declared")
def test_nobody_rewrites_the_history_of_a_parameter():
    row = put("test.answer", "10")
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        ParameterValue.objects.filter(pk=row.pk).update(value="99")
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        row.delete()
