"""What one institution owns in a test: a case with everything that can hang on it, a patient, a registered key."""

import io
import itertools
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import xlsxwriter
from allauth.mfa.models import Authenticator
from django.utils.http import int_to_base36

from tests.world import COUNTY, TOWNSHIP, World
from yilian.domains.capacity.board.reporting import add_resource
from yilian.domains.capacity.booking.opening import open_beds
from yilian.domains.encounter.taking_in import take_in as report_care
from yilian.domains.inpatient.reporting import report_stay
from yilian.domains.records.consents import Terms, give_consent
from yilian.domains.records.issuing import Facts, issue_record
from yilian.domains.referral.tests.cast import make_cast
from yilian.kernel import clock
from yilian.kernel.access.actor import Actor
from yilian.kernel.access.models import Deputy, User
from yilian.kernel.access.posts import actor_for
from yilian.kernel.access.roles import roles
from yilian.kernel.access.scope import scope
from yilian.kernel.documents.attaching import attach
from yilian.kernel.documents.issuing import issue
from yilian.kernel.documents.kinds import kinds_for
from yilian.kernel.documents.tests import samples
from yilian.kernel.documents.tests.conftest import SHEET
from yilian.kernel.imports.running import take_in
from yilian.kernel.imports.sheet import sheets
from yilian.kernel.notices.models import NoticeDelivery
from yilian.kernel.notices.robot_keeping import add_robot
from yilian.kernel.notices.robots import robot_kinds
from yilian.kernel.notices.telling import tell
from yilian.kernel.workflow.case_type import case_types
from yilian.kernel.workflow.conversation import post_message
from yilian.kernel.workflow.models import Case
from yilian.registry.check_digits import resident_check
from yilian.registry.departments import register_department
from yilian.registry.models import Department, Institution, Patient
from yilian.registry.patients import register_patient
from yilian.registry.patients.merging import merge

SECRET = "不可外传"
PATIENT = "欧阳待查"
EVERY_ROLE = [role.key for role in roles]
SERIAL = itertools.count()
ENCOUNTER = "encounter"
PAPERS = {"errand": SHEET.key, "referral": "referral.letter"}


@dataclass
class Estate:
    """Somebody with every role at one place, and what belongs to that place, by the meaning of its id."""

    user: User
    actor: Actor
    case: Case
    owned: dict[str, Any] = field(default_factory=dict)

    @property
    def secrets(self) -> set[str]:
        """Everything that nobody outside may read anywhere."""
        return {SECRET, PATIENT, self.case.number, *(str(key) for key in self.owned.values() if isinstance(key, UUID))}

    @property
    def verbs(self) -> list[str]:
        return [step.verb for step in self.case.case_type.flow.steps]


def build(world: World, kind: str) -> Estate:
    """Return an estate around a case of this type: sent where the tests know how, else a draft."""
    estate = BUILDERS.get(kind, _draft)(world, kind)
    with scope(estate.actor):
        _furnish(estate)
    return estate


def absent_ids(estate: Estate) -> dict[str, Any]:
    """Return ids of the same shape that nothing has."""
    other = {"user": "zzzzzz"} | dict.fromkeys(
        ("authenticator", "merge", "robot", "delivery", "deputy", "account", "post", "resource", "place"), 987654321
    )
    return {meaning: other.get(meaning, uuid4()) for meaning in estate.owned}


def _furnish(estate: Estate) -> None:
    case, by = estate.case, estate.actor
    purpose = kinds_for(case.kind)[0].key
    first, second, third = (register_patient(by=by, name=PATIENT, identity_number=_identity())[0] for _ in range(3))
    key = Authenticator.objects.create(user=estate.user, type=Authenticator.Type.WEBAUTHN, data={"name": SECRET})
    post_message(case, SECRET, by=by)
    robot = add_robot(by=by, kind=robot_kinds["wecom"], title=case.number, address="0123456789", wanted=["word"])
    notice = tell(case, by.institution_id, EVERY_ROLE, SECRET, by=by)
    estate.owned |= {
        "case": case.pk,
        f"{case.kind} case": case.pk,
        "robot": robot.pk,
        "delivery": NoticeDelivery.objects.create(
            notice=notice, institution_id=by.institution_id, robot=robot, channel="wecom", state="dead", at=notice.at
        ).pk,
        "attachment": attach(case, samples.upload(f"{SECRET}.pdf", samples.PDF), purpose, by=by).pk,
        "deputy": _deputy_of(estate).pk,
        "account": estate.user.pk,
        "post": by.post_id,
        "notice": notice.pk,
        "patient": first.pk,
        "second patient": second.pk,
        "merge": merge(second, third, by=by, ground=SECRET, is_verified=True).pk,
        "run": take_in(sheets["patients"], by=by, file_name=SECRET, content=_workbook(), is_dry=True).pk,
    }
    estate.owned["feed"] = report_care(ENCOUNTER, by=by, file_name=SECRET, content=b"", is_dry=True).pk
    estate.owned |= _clinical(first, by) | _capacity(case, by)
    estate.owned |= {"paper": issue(case, PAPERS[case.kind], by=by).pk} if case.kind in PAPERS else {}
    estate.owned |= {"authenticator": key.pk, "user": int_to_base36(estate.user.pk)}


def _capacity(case: Case, by: Actor) -> dict[str, Any]:
    """Return something the place has beds of, one of them, and somebody who lies in one."""
    resource = add_resource(by=by, kind="bed", name=f"{SECRET} {case.number}")
    place = Institution.objects.get(pk=by.institution_id)
    ward = Department.objects.filter(institution=place, name="内科").first()
    ward = ward or register_department(by=by, institution=place, name="内科")
    stay, _saved = report_stay(
        by=by, admission_number=case.number, person={"name": PATIENT, "identity_number": _identity()}, source="api",
        department=ward, diagnosis_name=SECRET, admitted_on=clock.today(),
    )  # fmt: skip
    return {"resource": resource.pk, "place": open_beds(resource, [SECRET], by=by)[0].pk, "stay": stay.pk}


def _clinical(patient: Patient, by: Actor) -> dict[str, Any]:
    """Return a document of the patient with its file, and a consent to read it."""
    said = Facts("examination", SECRET, SECRET, clock.now(), {"findings": SECRET})
    record = issue_record(said, patient_id=patient.pk, by=by, uploads=[samples.upload(f"{SECRET}.pdf", samples.PDF)])
    today = clock.today()
    terms = Terms((), [by.institution_id], today, today, SECRET, "0", SECRET)
    evidence = samples.upload(f"{SECRET}.pdf", samples.PDF)
    consent = give_consent(patient, terms, by=by, evidence=evidence)
    return {"record": record.pk, "record file": record.files.get().pk, "record consent": consent.pk}


def _deputy_of(estate: Estate) -> Deputy:
    """Return a deputyship that the estate's person has given."""
    other = User.objects.create(username=estate.case.number, full_name=SECRET)
    today = clock.today()
    return Deputy.objects.create(
        principal=estate.user, deputy=other, institution_id=estate.actor.institution_id, since_on=today, until_on=today
    )


def _identity() -> str:
    """Return the next identity number with a right check character."""
    day, number = divmod(next(SERIAL), 900)
    first = f"420121{date(1990, 3, 7) + timedelta(days=day):%Y%m%d}{number + 100}"
    return first + resident_check(first)


def _workbook() -> bytes:
    """Return a workbook of patients with a row that is refused, so that a marked one is kept."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        page = book.add_worksheet()
        page.write_row(0, 0, [column.heading for column in sheets["patients"].columns])
        page.write_row(1, 0, [SECRET] * len(sheets["patients"].columns))
    return buffer.getvalue()


def _at(world: World, place: str) -> tuple[User, Actor]:
    user = world.user(*EVERY_ROLE, at=place)
    actor = actor_for(user)
    assert actor is not None
    return user, actor


def _draft(world: World, kind: str) -> Estate:
    user, actor = _at(world, f"{case_types[kind].title}的发起机构")
    return Estate(user, actor, world.open(kind, by=actor))


def _sent_errand(world: World, kind: str) -> Estate:
    user, actor = _at(world, TOWNSHIP)
    case = world.open(kind, by=actor, wish=SECRET, receiver=world.place(COUNTY).pk)
    return Estate(user, actor, world.take(case, "send", by=actor))


def _sent_referral(world: World, kind: str) -> Estate:
    cast = make_cast(world)
    user, actor = _at(world, TOWNSHIP)
    return Estate(user, actor, cast.sent(impression=SECRET))


BUILDERS: dict[str, Callable[[World, str], Estate]] = {"errand": _sent_errand, "referral": _sent_referral}
