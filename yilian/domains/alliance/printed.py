"""What the papers of this domain say, as plain values: whom they are for and paragraph by paragraph."""

from typing import Any

from django.utils.translation import gettext as _

from yilian.domains.alliance.dimensions import DIMENSIONS
from yilian.domains.alliance.models import (
    Admission,
    AdmissionState,
    Appraisal,
    Cause,
    Dissolution,
    Filing,
    PlaqueRequest,
)
from yilian.domains.alliance.models import FilingState as F
from yilian.domains.alliance.standing import Standing, standing_of
from yilian.kernel.access.actor import Actor
from yilian.kernel.workflow.models import Case
from yilian.registry.models import Institution


def _letter(title: str, to: str, *paragraphs: str, attached: tuple[str, ...] = (), copies: str = "",
            contact: str = "") -> dict[str, Any]:  # fmt: skip
    """Return a letter; a paragraph that begins with "#" is a heading."""
    body = [{"heading": text.startswith("#"), "text": text.removeprefix("#")} for text in paragraphs if text]
    return {"title": title, "to": to, "body": body, "attached": list(attached), "copies": copies or None,
            "contact": contact or None}  # fmt: skip


def of_consent(case: Case) -> dict[str, Any]:
    """Return the letter that agrees to the preparation (S3 9)."""
    filing = Filing.objects.select_related("applicant").get(pk=case.pk)
    return _letter(
        _("关于同意筹建{name}的函").format(name=filing.name),
        filing.applicant.name,
        _("你单位提出的设置申请和可行性报告收悉。经审查，同意筹建{name}（专科：{specialty}）。").format(
            name=filing.name, specialty=filing.specialty_name
        ),
        _(
            "请成立理事会、制定章程、与成员单位签订合作协议并设立秘书处。筹建完毕，提交联盟章程和成员单位等资料，由我单位审核。"
        ),
    )


def of_approval(case: Case) -> dict[str, Any]:
    """Return the approval (S3 9, 11, 12) with the founding members."""
    filing = Filing.objects.select_related("applicant").get(pk=case.pk)
    members = Institution.objects.filter(pk__in=filing.members).order_by("pk")
    names = "、".join(member.name for member in members)
    return _letter(
        _("关于同意设置{name}的批复").format(name=filing.name),
        filing.applicant.name,
        _("你单位报送的{name}章程和成员单位等资料收悉。经审核，现批复如下：").format(name=filing.name),
        _("一、同意设置{name}，由{lead}牵头，成员单位为：{members}。").format(
            name=filing.name, lead=filing.applicant.name, members=names
        ),
        _("二、理事会自 {day} 起任期四年。秘书处设在{place}。").format(
            day=filing.council_since, place=filing.secretariat
        ),
        _("三、请按照章程开展工作。设置满半年后纳入年度考核。"),
        _("批准文号：{number}。").format(number=filing.approval_number),
        copies="、".join(member.name for member in members),
    )


def of_refusal(case: Case) -> dict[str, Any]:
    """Return the refusal with its coded reason and what was written about it."""
    filing = Filing.objects.select_related("applicant").get(pk=case.pk)
    line = filing.history.filter(state_to=F.REFUSED).order_by("-seq").first()
    reason = line.answers.get("refuse_reason", {}).get("label", "") if line else ""
    return _letter(
        _("关于不同意设置{name}的通知").format(name=filing.name),
        filing.applicant.name,
        _("你单位报送的{name}设置申请（{number}）收悉。经审核，不同意设置。").format(
            name=filing.name, number=filing.number
        ),
        _("理由：{reason}。").format(reason=reason),
        line.note if line else "",
    )


def of_admission(case: Case) -> dict[str, Any]:
    """Return the lead's decision on an application to join."""
    admission = Admission.objects.select_related("applicant", "consortium").get(pk=case.pk)
    name = admission.consortium.name
    if admission.state == AdmissionState.ADMITTED:
        decided = _("经核对，贵单位满足加入条件，同意自 {day} 起加入{name}。").format(
            day=admission.joined_on, name=name
        )
        rest = _("双方保持资产归属、行政隶属、财政投入渠道、人员身份关系不变，互不影响与其他机构的合作。")
    else:
        line = admission.history.filter(state_to=AdmissionState.DECLINED).order_by("-seq").first()
        reason = line.answers.get("decline_reason", {}).get("label", "") if line else ""
        decided = _("经研究，暂不同意贵单位加入{name}。").format(name=name)
        rest = _("理由：{reason}。{note}").format(reason=reason, note=line.note if line else "")
    received = _("贵单位加入{name}的申请（{number}）收悉。").format(name=name, number=admission.number)
    return _letter(_("关于加入{name}申请的复函").format(name=name), admission.applicant.name, received, decided, rest)


def of_plaque(case: Case) -> dict[str, Any]:
    """Return the letter of the annex (S4) with its three promises."""
    request = PlaqueRequest.objects.select_related("applicant", "lead", "consortium").get(pk=case.pk)
    return _letter(
        _("关于挂牌“{name}”的函").format(name=request.plaque_name),
        request.lead.name if request.lead else "",
        _("我单位按照协议约定有关内容，经充分评估，提请挂牌“{name}”。挂牌期间，我单位作出以下承诺：").format(
            name=request.plaque_name
        ),
        _("一、双方按照协议内容积极开展医疗、教学、科研合作。"),
        _("二、仅在{consortium}范围内使用此品牌，充分保护贵单位的名誉、荣誉，不使贵单位声誉受到负面社会影响。").format(
            consortium=request.consortium.name if request.consortium else ""
        ),
        _(
            "三、如我单位出现分立、合并、解散、破产清算等法人终止情形，将主动告知贵单位，挂牌授权自动终止，并不再使用本品牌。"
        ),
    )


def why_plaque_is_over(case: Case) -> str:
    """Return how the right to the plaque ended."""
    request = PlaqueRequest.objects.get(pk=case.pk)
    return " ".join(str(part) for part in (request.state_title, request.ended_on or "") if part)


def of_result(case: Case) -> dict[str, Any]:
    """Return the published result of a year with its five scores (S3 17, 19)."""
    appraisal = Appraisal.objects.select_related("consortium", "lead").get(pk=case.pk)
    scores = "，".join(f"{one.title} {getattr(appraisal, one.score)}" for one in DIMENSIONS)
    word = _("合格") if appraisal.is_passed else _("不合格")
    consequence = ""
    if not appraisal.is_passed:
        is_ordered = standing_of(appraisal.consortium, appraisal.published_on) == Standing.ORDERED
        consequence = _("连续两年不合格，责令解散。") if is_ordered else _("给予黄牌警告。")
    return _letter(
        _("关于{name} {year} 年度考核结果的通报").format(name=appraisal.consortium.name, year=appraisal.year),
        appraisal.lead.name,
        _(
            "按照《银川市专科联盟管理办法（试行）》第十七条、第十九条，对{name}进行了 {year} 年度考核，结果如下："
        ).format(name=appraisal.consortium.name, year=appraisal.year),
        _("各方面得分：{scores}。总分 {total}，结论：{word}。").format(scores=scores, total=appraisal.total, word=word),
        consequence,
        appraisal.opinion,
    )


def of_order(case: Case) -> dict[str, Any]:
    """Return the order to dissolve (S3 19, 20)."""
    dissolution = Dissolution.objects.select_related("consortium", "lead").get(pk=case.pk)
    name = dissolution.consortium.name
    return _letter(
        _("关于责令解散{name}的决定").format(name=name),
        dissolution.lead.name,
        _("{grounds}。按照《银川市专科联盟管理办法（试行）》第十九条，责令{name}解散。").format(
            grounds=dissolution.grounds.rstrip("。"), name=name
        ),
        _("请告知各成员单位，停止使用牌匾，清算费用并妥善处理共享数据，完成后报送清理情况。"),
        _("按照第二十条，自解散之日起三年内，牵头单位不得再次申请设置该专业专科联盟。"),
    )


def no_order(case: Case, actor: Actor) -> str:
    """Say why a dissolution at one's own wish has no order."""
    is_ordered = Dissolution.objects.filter(pk=case.pk, cause=Cause.FAILED).exists()
    return "" if is_ordered else _("自愿解散不出具责令解散的决定")
