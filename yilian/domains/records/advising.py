"""What records add to a question to a specialist: documents chosen for it, and carried into the referral it becomes."""

from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from yilian.domains.records import joining, packing, rules
from yilian.domains.records.card import package_card
from yilian.domains.records.models import PackageItem
from yilian.kernel.access.actor import system_actor
from yilian.kernel.access.scope import scope
from yilian.kernel.workflow.additions import Addition, additions
from yilian.kernel.workflow.case_type import Panel
from yilian.kernel.workflow.conversation import linked
from yilian.kernel.workflow.moment import Moment

TO, BECAME = "advice", "became"
OF_THIS_PATIENT = (rules.documents_are_of_this_patient,)
CHOSEN = replace(
    joining.DOCUMENTS, help=_("对方只能看到这里选定的文档；转为转诊单时一并带入。")
)  # fmt: skip
MORE = replace(joining.MORE, required=False)


def carry(moment: Moment) -> None:
    """Put the documents of the question into the package of the referral that was made of it, as the asker's choice."""
    asker = moment.case.institution_of("asker")
    if asker is None:
        return
    keys = list(PackageItem.objects.filter(case_id=moment.case.pk).order_by("pk").values_list("record_id", flat=True))
    owner = system_actor(moment.actor.name, asker)
    with scope(owner):
        for relation, referral in linked(moment.case):
            if relation == BECAME:
                packing.choose(referral, keys, by=owner)


for _addition in (
    Addition(TO, ("ask",), (CHOSEN,), OF_THIS_PATIENT, (joining.choose, joining.seal)),
    Addition(TO, ("clarify", "ask_more"), (MORE,), OF_THIS_PATIENT, (joining.add,)),
    Addition(TO, ("convert", "refer"), then=(carry,)),
    Addition(TO, panels=(Panel("records", _("随单病历文档"), "records/card_package.html", package_card),)),
):
    additions.add(_addition)
