"""Members name the department and the person that answer for a consortium's business (S4 6.2.4)."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yilian.domains.governance.models import Contact
from yilian.kernel import audit, clock
from yilian.kernel.access.actor import Actor
from yilian.kernel.workflow.flow import Ask
from yilian.registry.consortia import is_member

KEEPERS = ("office", "director", "secretary")

CONTACT = (
    Ask("department", gettext_lazy("对接部门"), max_length=60),
    Ask("person", gettext_lazy("联系人"), max_length=60),
    Ask("phone", gettext_lazy("办公电话"), required=False, max_length=40),
)


def may_name(actor: Actor, consortium_id: int) -> bool:
    """Say whether this person names the contact of the own institution in a consortium."""
    return actor.may(*KEEPERS) and is_member(actor.institution_id, consortium_id, clock.today())


def name_contact(*, by: Actor, consortium_id: int, department: str, person: str, phone: str = "") -> Contact:
    """Keep who answers for the consortium at the actor's institution; raise ValidationError for whoever may not."""
    if not may_name(by, consortium_id):
        raise ValidationError(_("对接部门和联系人由成员单位自己填写。"))
    row, _is_new = Contact.objects.update_or_create(
        consortium_id=consortium_id,
        institution_id=by.institution_id,
        defaults={"department": department, "person": person, "phone": phone, "changed_at": clock.now()},
    )
    audit.record(by, "changed", object_kind="consortium", object_id=consortium_id, ground=_("对接部门与联系人"))
    return row
