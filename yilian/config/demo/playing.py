"""Plays a year of referrals: each script act by act, at its own moment, through the engine and its rules."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

from django.db import connection

from yilian.config.demo.health_records import travelling
from yilian.config.demo.indications import naming
from yilian.config.demo.scripts import BACK, DRAFT, RETURNED, SCRIPTS, Act, Script
from yilian.config.demo.services import asking_for
from yilian.config.demo.vignettes import VIGNETTES, Vignette
from yilian.domains.referral.case_type import referral_type
from yilian.kernel import clock, rows
from yilian.kernel.access.actor import Actor, system_actor
from yilian.kernel.access.scope import scope
from yilian.kernel.almanac.keeping import kept
from yilian.kernel.workflow.engine import open_case, take
from yilian.kernel.workflow.models import Case
from yilian.registry import known
from yilian.registry.consortia import shared_consortia
from yilian.registry.models import Department, Institution, Patient
from yilian.registry.models.consortium import GRID_KINDS

CANDIDATES, TRIES, LONG_AGO = 12, 5, (50, 70)
RETURNS = "select source_id from workflow_caselink where target_id = %s and relation = 'returns' order by id"
EMERGENCY_KINDS = {"I21": "chest_pain", "I20": "chest_pain", "I63": "stroke", "S72": "trauma"}
LEAVING = {"send": "approve", "send_outside": "approve_outside"}
HEAD_FIRST = ("up", 3)
"""Of these a place that has a head of department wants the head's word before the office's."""
GRACE = timedelta(days=20)
"""By then the clock has closed whatever nobody answered or nobody came for."""


@dataclass
class Stage:
    """Who and what the demo has: institutions by demo key, people by institution, patients by demo key."""

    places: Mapping[str, Institution]
    people: Mapping[int, Actor]
    approvers: Mapping[int, Actor]
    patients: Mapping[str, list[UUID]]
    upward: Mapping[str, tuple[str, ...]]
    beside: Mapping[str, tuple[str, ...]]
    approving: frozenset[int]
    heads: Mapping[int, Actor]
    chance: Random
    now: datetime

    def person(self, institution_id: int) -> Actor:
        return self.people[institution_id]


@dataclass
class Course:
    """A referral on its way: its script, its illness, and the moment it has reached."""

    stage: Stage
    script: Script
    illness: Vignette
    home: str
    at: datetime
    case: Case | None = None

    def answers(self, raw: Mapping[str, Any]) -> dict[str, Any]:
        """Return answers with the marks (@…) replaced by what fits this patient and moment."""
        return {name: self._filled(value) for name, value in raw.items()}

    def _filled(self, value: Any) -> Any:
        if not (isinstance(value, str) and value.startswith("@")):
            return value
        start = self.at.replace(hour=9, minute=0) + timedelta(days=2)
        marks = {
            "@now": self.at,
            "@today": clock.local(self.at).date(),
            "@start": start,
            "@end": start + timedelta(minutes=30),
            "@impression": self.illness.impression,
            "@code": self.illness.code,
            "@found": self.illness.found,
            "@given": self.illness.given,
            "@plan": self.illness.plan,
            "@encounter": f"{self.at:%y%m%d}{self.stage.chance.randrange(10**4):04d}",
        }
        if value in marks:
            return marks[value]
        return {"@patient": self._signer, "@relation": self._relation, "@next": self._next}[value]()

    def _patient(self) -> Patient:
        case: Any = self.case
        return case.patient

    def _signer(self) -> str:
        patient = self._patient()
        return patient.guardian_name or patient.name

    def _relation(self) -> str:
        return "5" if self._patient().guardian_name else "0"

    def _next(self) -> int:
        """Return another place up the line that has not refused."""
        case: Any = self.case
        taken = {case.receiver_id, case.sender_id, *case.refused_by}
        keys = [key for key in self.stage.upward[self.home] if self.stage.places[key].pk not in taken]
        return self.stage.places[self.stage.chance.choice(keys or ["chinese"])].pk


def play(stage: Stage, count: int) -> int:
    """Play referrals over the year until now, the older ones first, until there are this many (or one more); return how
    many. A beginning may come to nothing, another may bring a return: so they are sought in a few rounds.
    """
    weights = [script.weight for script in SCRIPTS]
    played = 0
    while played < count:
        for begins in sorted(_beginnings(stage, count - played)):
            if played < count:
                script = stage.chance.choices(SCRIPTS, weights)[0]
                played += play_one(stage, script, begins if script.acts else _lately(stage))
    return played


def _lately(stage: Stage) -> datetime:
    """Return when a draft was begun that still waits: nobody leaves one for months."""
    return stage.now - timedelta(days=stage.chance.uniform(0, 3))


def play_waiting(stage: Stage, each: int) -> int:
    """Leave referrals waiting in every state that waits for somebody, so many of each; return how many.

    A patient who is followed up has come back, so that referral is played whole, with its return.
    """
    played = 0
    for script, acts, days in [*((script, acts, (6, 9)) for script, acts in _stations()), (RETURNED, None, LONG_AGO)]:
        made = 0
        for _ in range(each * TRIES):
            if made < each:
                made += play_one(stage, script, stage.now - timedelta(days=stage.chance.uniform(*days)), acts)
        played += made
    return played


def play_one(stage: Stage, script: Script, begins: datetime, acts: int | None = None) -> int:
    """Play one referral, or its first acts only, and if it has one its return; what lies ahead has not happened."""
    ways = stage.beside if script.where == "lateral" else stage.upward
    homes = [key for key in script.homes or ways if stage.patients.get(key)]
    course = Course(stage, script, stage.chance.choice(VIGNETTES), stage.chance.choice(homes), begins)
    if not _open(course):
        return 0
    for act in script.acts[:acts]:
        if not _act(course, act):
            return 1
    return 1 + (0 if acts else sum(_play_back(course, target) for target in _returns(course)))


def _stations() -> list[tuple[Script, int]]:
    """Return, for each state that is not final, the shortest beginning of a script that leads there."""
    found: dict[str, tuple[Script, int]] = {referral_type.flow.start: (DRAFT, 0)}
    for script in SCRIPTS:
        for count, act in enumerate(script.acts, start=1):
            step = referral_type.flow.step(act.verb)
            if step and step.target and not referral_type.is_final(step.target):
                known = found.get(step.target)
                if known is None or known[1] > count:
                    found[step.target] = (script, count)
    return list(found.values())


def _beginnings(stage: Stage, count: int) -> Iterator[datetime]:
    """Spread beginnings over a year, more of them lately and in office hours; a tenth lies in the last three days."""
    for number in range(count):
        days = stage.chance.random() ** 1.4 * 365 if number % 10 else stage.chance.random() * 3
        moment = clock.local(stage.now - timedelta(days=days))
        hour, minute = 8 + int(stage.chance.triangular(0, 10, 2)), stage.chance.randrange(60)
        yield min(moment.replace(hour=hour, minute=minute), clock.local(stage.now - timedelta(minutes=20)))


def _open(course: Course) -> bool:
    stage, illness = course.stage, course.illness
    sender = stage.person(stage.places[course.home].pk)
    with clock.standing_at(course.at), scope(sender):
        patient = known.patient(stage.chance.choice(stage.patients[course.home]))
        if patient is None or patient.is_deceased or not _can_have(patient, illness, course.at) or _is_busy(patient):
            return False
        course.case = _hold(open_case("referral", by=sender, answers=_form(course, patient)))
    return True


def _is_busy(patient: Patient) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("select exists (select 1 from case_file where patient_id = %s and open)", [patient.pk])
        return bool(cursor.fetchone()[0])


def _hold(case: Case) -> Case:
    """Keep a case that this transaction has opened: nobody else can have it, so its steps need not read it again."""
    case.is_held = True
    return case


def _can_have(patient: Patient, illness: Vignette, at: datetime) -> bool:
    born = patient.birth_on
    is_of_age = born is None or illness.youngest <= at.year - born.year <= illness.oldest
    return is_of_age and (patient.sex == "2" or not illness.ward.startswith("05"))


def _form(course: Course, patient: Patient) -> dict[str, Any]:
    stage, illness = course.stage, course.illness
    doctor = stage.person(stage.places[course.home].pk)
    form = {
        "patient": patient.pk, "direction": "up", "priority": str(illness.priority), "destination": "network",
        "up_reason": illness.reason, "diagnosis": illness.code, "impression": illness.impression,
        "present_history": illness.present, "past_history": illness.past, "treatment": illness.treatment,
        "pulse": illness.pulse, "systolic": illness.systolic, "diastolic": illness.systolic * 5 // 8,
        "temperature": "36.8", "respiration": 20, "oxygen_saturation": 96, "allergies": "否认药物过敏史",
        "transport": stage.chance.choice(("own", "own", "accompanied", "ambulance")), "contact_phone": "0000-1234567",
        "consent_choice": "agree", "consent_by": patient.guardian_name or patient.name,
        "consent_relation": "5" if patient.guardian_name else "0", "consent_told_by": doctor.name,
        "consent_told_at": course.at,
    }  # fmt: skip
    form |= _destination(course, doctor.institution_id) | course.answers(course.script.form)
    form |= asking_for(form, patient) | naming(form, doctor)
    if form.get("destination") == "outside":
        form |= {"service": None, "receiver": None, "receiver_department": None, **_contact(course)}
    if form.get("is_emergency"):
        form |= dict.fromkeys(("consent_choice", "consent_by", "consent_relation"), "")
        form["emergency_kind"] = EMERGENCY_KINDS.get(illness.code[:3], "other")
    return form


def _destination(course: Course, sender: int) -> dict[str, Any]:
    ways = course.stage.beside if course.script.where == "lateral" else course.stage.upward
    receiver = course.stage.places[
        course.stage.chance.choice(ways.get(course.home) or course.stage.upward[course.home])
    ]
    found = {"receiver": receiver.pk, "receiver_department": _ward(receiver.pk, course.illness.ward)}
    shared = shared_consortia(sender, receiver.pk, course.at.date())
    return found if any(one.kind in GRID_KINDS for one in shared) else found | _contact(course)


@kept
def _ward(institution_id: int, subject: str) -> int | None:
    wards = Department.objects.filter(institution=institution_id, subject__code=subject)
    return wards.values_list("pk", flat=True).first()


def _contact(course: Course) -> dict[str, Any]:
    return {"outside_contact": "接诊处", "outside_contact_at": course.at, "outside_contact_note": "电话商定次日接诊"}


def _act(course: Course, act: Act) -> bool:
    """Play one act; say whether it lies in the past and so has happened."""
    case: Any = course.case
    least, most = act.after
    waited = timedelta(hours=course.stage.chance.uniform(least, most))
    course.at = (case.due or course.at) + GRACE if act.side == "clock" else course.at + waited
    if act.verb == "arrive" and case.appointment_start:
        course.at = max(course.at, case.appointment_start + timedelta(minutes=5))
    if course.at > course.stage.now:
        return False
    by, stage = _actor(course, act, case), course.stage
    with clock.standing_at(course.at), scope(by):
        for verb in _verbs(course, act):
            by = stage.approvers[by.institution_id] if verb.startswith("approve") else by
            by = stage.heads[by.institution_id] if verb == "agree_as_head" else by
            answers = course.answers(act.answers) | travelling(case, verb, by=by)
            course.case = take(case, verb, by=by, note=act.note, **answers)
    return True


def _verbs(course: Course, act: Act) -> tuple[str, ...]:
    """Some places want referrals approved inside before they leave; an emergency goes at once."""
    case: Any = course.case
    is_asked = case.sender_id in course.stage.approving and not case.is_emergency
    by_head = case.sender_id in course.stage.heads and (case.direction, case.priority) == HEAD_FIRST
    before = ("submit_to_head", "agree_as_head") if by_head else ("submit_for_approval",)
    if is_asked and act.verb == "submit_for_approval":
        return before[:1]
    return (*before, LEAVING[act.verb]) if is_asked and act.verb in LEAVING else (act.verb,)


def _actor(course: Course, act: Act, case: Any) -> Actor:
    if act.side == "clock":
        return system_actor("时钟", case.sender_id)
    return course.stage.person(case.sender_id if act.side == "sender" else case.receiver_id)


def _returns(course: Course) -> list[Case]:
    """Return the drafts of down-referrals that the course has led to."""
    case: Any = course.case
    if case.receiver_id is None:
        return []
    with scope(course.stage.person(case.receiver_id)):
        with connection.cursor() as cursor:
            cursor.execute(RETURNS, [case.pk])
            drafts = [rows.read(type(case), key) for (key,) in cursor.fetchall()]
        return [draft for draft in drafts if draft]


def _play_back(course: Course, target: Any) -> int:
    back = Course(course.stage, course.script, course.illness, course.home, course.at, target)
    sender = course.stage.person(target.sender_id)
    patient_answers = {"down_reason": "stable", "contact_phone": "0000-7654321", "consent_choice": "agree",
                       "consent_told_by": sender.name, "consent_told_at": back.at, **_contact(back)}  # fmt: skip
    with clock.standing_at(back.at), scope(sender):
        signer = {"consent_by": back._signer(), "consent_relation": back._relation()}
        back.case = take(target, "edit", by=sender, **patient_answers, **signer)
    for act in BACK:
        if not _act(back, act):
            break
    return 1
