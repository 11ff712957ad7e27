"""What one institution owns in a test: a case with everything that can hang on it, a patient, a registered key."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

from allauth.mfa.models import Authenticator
from django.utils.http import int_to_base36

from tests.world import COUNTY, TOWNSHIP, World
from yilian.domains.referral.tests.cast import make_cast
from yilian.kernel.access.actor import Actor
from yilian.kernel.access.models import User
from yilian.kernel.access.posts import actor_for
from yilian.kernel.access.roles import roles
from yilian.kernel.access.scope import scope
from yilian.kernel.documents.attaching import attach
from yilian.kernel.documents.issuing import issue
from yilian.kernel.documents.kinds import kinds_for
from yilian.kernel.documents.tests import samples
from yilian.kernel.documents.tests.conftest import SHEET
from yilian.kernel.notices.telling import tell
from yilian.kernel.workflow.case_type import case_types
from yilian.kernel.workflow.conversation import post_message
from yilian.kernel.workflow.models import Case
from yilian.registry.patients import register_patient

SECRET = "不可外传"
PATIENT = "欧阳待查"
EVERY_ROLE = [role.key for role in roles]
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
    other = {"user": "zzzzzz", "authenticator": 987654321}
    return {meaning: other.get(meaning, uuid4()) for meaning in estate.owned}


def _furnish(estate: Estate) -> None:
    case, by = estate.case, estate.actor
    purpose = kinds_for(case.kind)[0].key
    patient, _ = register_patient(by=by, name=PATIENT, identity_number="420121199003078679")
    key = Authenticator.objects.create(user=estate.user, type=Authenticator.Type.WEBAUTHN, data={"name": SECRET})
    post_message(case, SECRET, by=by)
    estate.owned |= {
        "case": case.pk,
        "attachment": attach(case, samples.upload(f"{SECRET}.pdf", samples.PDF), purpose, by=by).pk,
        "notice": tell(case, by.institution_id, EVERY_ROLE, SECRET, by=by).pk,
        "patient": patient.pk,
    }
    estate.owned |= {"paper": issue(case, PAPERS[case.kind], by=by).pk} if case.kind in PAPERS else {}
    estate.owned |= {"authenticator": key.pk, "user": int_to_base36(estate.user.pk)}


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
