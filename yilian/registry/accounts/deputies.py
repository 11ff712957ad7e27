"""Deputies whom the administrator names for somebody who is away and could not do it."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from yilian.kernel.access import substituting
from yilian.kernel.access.actor import Actor
from yilian.kernel.access.models import Deputy
from yilian.registry.accounts.keeping import insist_keeper, lock_account, note_change
from yilian.registry.audited import audit


def name_deputy(
    principal_id: int, *, by: Actor, version: int | None, deputy_id: int, since_on: date, until_on: date
) -> Deputy:
    """Let a colleague act for somebody of the actor's institution. Raises ValidationError by field.

    An administrator never becomes a deputy by their own hand.
    """
    with transaction.atomic():
        account = lock_account(principal_id, by=by, version=version)
        if deputy_id == by.user_id and principal_id != by.user_id:
            raise ValidationError({"deputy": [_("不能把自己设为他人的受托人：请由另一位系统管理员或本人设置")]})
        row = substituting.appoint(
            by=by, principal_id=account.pk, deputy_id=deputy_id, since_on=since_on, until_on=until_on
        )
        note_change(account)
        audit(by, "registered", row, detail={"title": str(row)})
    return row


def end_deputy(row_id: int, *, by: Actor, principal_id: int) -> None:
    """End a deputyship of somebody of the actor's institution. Raises Deputy.DoesNotExist."""
    insist_keeper(by)
    row = substituting.deputyships_at(by.institution_id).get(pk=row_id, principal_id=principal_id)
    with transaction.atomic():
        substituting.end(row)
        audit(by, "ended", row, detail={"title": str(row)})
