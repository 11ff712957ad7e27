"""What records add to a referral: documents that travel with it, grounds that begin with it, documents that come back.

Named by key only (docs/adr/0007); the steps and sides are those of the referral's own table.
"""

from dataclasses import replace
from typing import Any

from django.utils.translation import gettext_lazy as _

from yilian.domains.records import grounds, packing, rules
from yilian.domains.records.card import package_card
from yilian.domains.records.feedback import write_feedback
from yilian.domains.records.lookup import KEY
from yilian.kernel.workflow.additions import Addition, additions
from yilian.kernel.workflow.case_type import Panel
from yilian.kernel.workflow.flow import STAY, Ask, Party, Step
from yilian.kernel.workflow.moment import Moment

TO = "referral"
SENDER, RECEIVER = Party("sender", "doctor", "reception"), Party("receiver", "doctor", "reception")
ON_THE_WAY = (
    "submitted", "received", "awaiting_information", "accepted", "time_proposed", "scheduled", "no_show", "on_hold",
    "arrived", "in_treatment", "interim_reported", "awaiting_feedback", "in_followup", "completed",
)  # fmt: skip
DOCUMENTS = Ask(
    "documents", _("随单病历文档"), "picks", source=KEY, required=False,
    help=_("从该患者的病历中选择；发出时封存，之后补充的单独标明。"),
)  # fmt: skip
GIVEN_BACK = Ask(
    "documents", _("随反馈交回的病历文档"), "picks", source=KEY, required=False,
    help=_("可不选：本次填写的诊断结果和治疗经过会自动存为病历文档。"),
)  # fmt: skip
MORE = Ask("documents", _("补充的病历文档"), "picks", source=KEY, help=_("先在患者档案中存档，再从这里选择。"))


def choose(moment: Moment) -> None:
    """Keep the choice; a step without an answer leaves an earlier one as it is."""
    if (chosen := moment.answers.get("documents")) is not None:
        packing.choose(moment.case, chosen, by=moment.actor)


def seal(moment: Moment) -> None:
    packing.seal(moment.case, by=moment.actor)


def ground_sender(moment: Moment) -> None:
    grounds.ground_by_case(moment.case, "sender", by=moment.actor)


def ground_receiver(moment: Moment) -> None:
    grounds.ground_by_case(moment.case, "receiver", by=moment.actor)


def add(moment: Moment) -> None:
    packing.add(moment.case, moment.answers.get("documents") or [], by=moment.actor)


def give_back(moment: Moment) -> None:
    """Put what was chosen, and the document made of the feedback itself, into the package."""
    add(moment)
    case: Any = moment.case
    if made := write_feedback(case, by=moment.actor, at=moment.at):
        packing.put(case, [made], by=moment.actor, is_addition=True)


OF_THIS_PATIENT = (rules.documents_are_of_this_patient,)

for _addition in (
    Addition(TO, ("send", "submit_for_approval", "submit_to_head"), (DOCUMENTS,), OF_THIS_PATIENT, (choose,)),
    Addition(TO, ("send", "approve", "approve_as_head"), then=(seal, ground_sender)),
    Addition(TO, ("accept", "admit_emergency"), then=(ground_receiver,)),
    Addition(TO, ("answer_information", "report_interim", "refer_onward"), (replace(MORE, required=False),),
             OF_THIS_PATIENT, (add,)),
    Addition(TO, ("complete", "finish_followup"), (GIVEN_BACK,),
             (rules.feedback_holds_a_document, *OF_THIS_PATIENT), (give_back,)),
    Addition(
        TO,
        steps=(
            Step("add_documents", _("补充病历文档"), ON_THE_WAY, STAY, (SENDER, RECEIVER), asks=(MORE,), duty=False,
                 needs=OF_THIS_PATIENT, then=(add,), tell=("sender", "receiver")),
        ),
        panels=(Panel("records", _("随单病历文档"), "records/card_package.html", package_card),),
    ),
):  # fmt: skip
    additions.add(_addition)
