"""Which practitioner an account belongs to: forms then fill in the doctor and the department by themselves."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from yilian.kernel.access.actor import Actor
from yilian.registry.accounts.keeping import lock_account, note_change
from yilian.registry.models import Practitioner
from yilian.registry.practitioners import change_practitioner


def link_practitioner(account_id: int, *, by: Actor, version: int | None, practitioner_id: int | None) -> None:
    """Say which practitioner of the actor's institution an account is (None: none). Raises ValidationError by field.

    An account is one practitioner at most; one of another institution stays theirs.
    """
    with transaction.atomic():
        account = lock_account(account_id, by=by, version=version)
        present = Practitioner.objects.select_for_update(of=("self",), no_key=True).filter(user=account).first()
        if present and present.institution_id != by.institution_id:
            raise ValidationError({"practitioner": [_("此账号已对应另一机构的医务人员")]})
        if present and present.pk == practitioner_id:
            return
        if present:
            change_practitioner(present, by=by, user=None)
        if practitioner_id is not None:
            change_practitioner(_free(practitioner_id, by), by=by, user=account)
        note_change(account)


def _free(practitioner_id: int, by: Actor) -> Practitioner:
    rows = Practitioner.objects.select_for_update(of=("self",), no_key=True).select_related(
        "institution", "department", "subject"
    )
    found = rows.filter(pk=practitioner_id, institution_id=by.institution_id, ended_on=None).first()
    if found is None:
        raise ValidationError({"practitioner": [_("只能选本机构在职的医务人员")]})
    if found.user_id is not None:
        raise ValidationError({"practitioner": [_("此医务人员已有对应的账号")]})
    return found
