"""What must hold of the documents that travel with a case and come back with its answer."""

from django.utils.translation import gettext_lazy as _

from yilian.domains.records import facts
from yilian.domains.records.grounds import DECISION
from yilian.kernel.rules.rule import Verdict, rule
from yilian.registry.regulations import S4


@rule(_("随单资料应是本患者的有效病历文档"), cite=DECISION)
def documents_are_of_this_patient(case, answers) -> Verdict:
    strange = facts.strange_documents(case, answers.get("documents") or [])
    return Verdict(not strange, "、".join(strange))


@rule(_("办结时应随反馈交回至少一份病历文档：写明诊断结果和治疗经过即自动存档，也可选择已有文档"),
      cite=(S4.article("3.2.5"), S4.article("3.2.4")))  # fmt: skip
def feedback_holds_a_document(case, answers, actor, asked) -> bool:
    if not asked or answers.get("documents"):
        return True
    return facts.feedback_is_written(case) or facts.has_given_back(case, actor.institution_id)
