"""Merging patients who have referrals: nothing is lost, both hospitals go on, and parting restores everything."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from yilian.domains.referral.models import Referral
from yilian.domains.referral.tests.cast import IDENTITY, Cast
from yilian.kernel.access.actor import Actor
from yilian.kernel.access.scope import scope
from yilian.kernel.audit.models import AccessRecord
from yilian.kernel.documents.attaching import attach
from yilian.kernel.documents.models import Attachment
from yilian.kernel.documents.tests import samples
from yilian.kernel.workflow.conversation import post_message
from yilian.kernel.workflow.models import Case, CaseMessage, Happening
from yilian.registry import patients
from yilian.registry.models import Patient, PatientIdentifier, PatientKey, PatientPair
from yilian.registry.patients import pairs
from yilian.registry.tests.conftest import resident_number

BORN = date(1957, 3, 1)
PROBLEMS = {"I20": "不稳定型心绞痛", "J44": "慢性阻塞性肺病", "S82": "小腿骨折"}
COUNTED = ("version", "changed_at")
"""Counters of writing, which only rise."""
FOUND = ("weight", "found_at")
"""What the finder writes about a pair whenever it looks again."""


@pytest.fixture(autouse=True)
def vault_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "documents"


@pytest.fixture
def twin(cast: Cast) -> Patient:
    """The patient once more, registered by the county without the number."""
    return register(cast.county, phone="13812341070", birth_on=BORN)


def register(by: Actor, **facts: Any) -> Patient:
    return patients.register_patient(by=by, name="冯东桂", **facts)[0]


def send(cast: Cast, patient: Patient, problem: str, *, by: Actor, to: Actor) -> Referral:
    """Send a referral of a patient for a problem."""
    answers = {"patient": patient.pk, "receiver": to.institution_id, "consent_told_by": by.name}
    answers |= {
        "diagnosis": problem,
        "impression": PROBLEMS[problem],
        "is_no_duplicate": True,
        "is_of_consent_age": True,
    }
    draft = cast.world.open("referral", by=by, **{**cast.answers, **answers})
    return cast.take(draft, "send", by=by)


def merge(cast: Cast, keep: Patient, drop: Patient) -> Any:
    return patients.merge(keep, drop, by=cast.county, ground="本人持身份证到场", is_verified=True)


def test_open_referrals_at_two_hospitals_go_on_with_the_kept_patient(cast, twin):
    first = send(cast, cast.patient, "I20", by=cast.township, to=cast.county)
    second = send(cast, twin, "J44", by=cast.county, to=cast.city)
    watchers = (cast.township, cast.city, cast.office, cast.stranger)
    sight = [cast.world.sees(actor, referral) for actor in watchers for referral in (first, second)]
    merged = merge(cast, cast.patient, twin)
    for actor, referral in ((cast.township, first), (cast.county, first), (cast.county, second), (cast.city, second)):
        row = cast.fresh(referral, by=actor)
        assert (row.patient_id, row.held_for_id, row.state) == (cast.patient.pk, cast.patient.pk, referral.state)
    assert [cast.world.sees(actor, referral) for actor in watchers for referral in (first, second)] == sight
    patients.unmerge(merged, by=cast.county)
    assert cast.fresh(second, by=cast.city).patient_id == twin.pk
    assert cast.fresh(first).patient_id == cast.patient.pk


def test_open_referrals_for_one_problem_refuse_the_merge_with_a_sentence(cast, twin):
    send(cast, cast.patient, "I20", by=cast.township, to=cast.county)
    send(cast, twin, "I20", by=cast.county, to=cast.city)
    with pytest.raises(ValidationError, match="不能并存的未结事项（如同一问题的转诊），请先办结其中一项"):
        merge(cast, cast.patient, twin)
    with scope(cast.county):
        assert Patient.objects.filter(merged_into__isnull=True).count() == 2


def rows(model: Any, *without: str) -> list[tuple]:
    """Return every visible row of a model, all columns but some."""
    columns = [field.attname for field in model._meta.concrete_fields if field.attname not in without]
    return sorted(map(str, model.objects.values_list(*columns)))


def state(actors: tuple[Actor, ...]) -> dict[int, dict[str, list]]:
    """Return all that each institution sees of patients and of what hangs on them."""
    seen = {}
    for actor in actors:
        with scope(actor):
            seen[actor.institution_id] = {
                "patients": rows(Patient, *COUNTED), "identifiers": rows(PatientIdentifier), "keys": rows(PatientKey),
                "cases": rows(Case), "referrals": rows(Referral), "history": rows(Happening),
                "documents": rows(Attachment), "messages": rows(CaseMessage), "pairs": rows(PatientPair, *FOUND),
                "found": [line.id for line in patients.search(actor, "fdg")],
            }  # fmt: skip
    return seen


facts = st.fixed_dictionaries(
    {},
    optional={
        "phone": st.sampled_from(["13812341070", "13900001111"]), "address": st.just("石桥乡一组7号"),
        "birth_on": st.sampled_from([BORN, date(1957, 1, 3)]), "insurance": st.just("1"),
        "guardian_name": st.just("冯小桂"), "sex": st.sampled_from("12"),
    },
)  # fmt: skip
referrals = st.sets(st.sampled_from(sorted(PROBLEMS)), max_size=2)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(of_twin=facts, kept=referrals, dropped=referrals, is_passport=st.booleans(), is_swapped=st.booleans())
def test_merging_and_parting_restores_everything(cast, of_twin, kept, dropped, is_passport, is_swapped):
    number = {"identity_kind": "03", "identity_number": "E12345678"} if is_passport else {}
    everybody = (cast.township, cast.county, cast.city)
    with transaction.atomic():
        other = register(cast.county, **of_twin, **number)
        register(cast.county, identity_number=resident_number(7, birth="19570301"), phone="13812341070")
        sent = [send(cast, cast.patient, problem, by=cast.township, to=cast.county) for problem in sorted(kept)]
        sent += [send(cast, other, problem, by=cast.county, to=cast.city) for problem in sorted(dropped - kept)]
        _furnish(sent, cast.county)
        _make_known(cast, other)
        before, logged = state(everybody), _logged(everybody)
        merged = merge(cast, *((other, cast.patient) if is_swapped else (cast.patient, other)))
        assert state(everybody) != before
        patients.unmerge(merged, by=cast.county)
        assert state(everybody) == before
        assert _logged(everybody) >= logged
        transaction.set_rollback(True)


def _furnish(sent: list[Referral], by: Actor) -> None:
    """Hang a document and a message on every referral."""
    with scope(by):
        for referral in sent:
            attach(referral, samples.upload("报告.pdf", samples.PDF), "referral.results", by=by)
            post_message(referral, "请携带原片", by=by)


def _make_known(cast: Cast, other: Patient) -> None:
    """Let the county know the patient of the township even where no referral says so, and look for pairs once more."""
    patients.register_patient(by=cast.county, name="冯东桂", identity_number=IDENTITY)
    with scope(cast.county):
        pairs.note(other, by=cast.county)


def _logged(actors: tuple[Actor, ...]) -> set[tuple]:
    found = set()
    for actor in actors:
        with scope(actor):
            found |= set(AccessRecord.objects.values_list("pk", "action", "object_id"))
    return found
