"""The question to a specialist: what is asked about whom, what came back, and when."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from yilian.kernel.workflow.models import Case
from yilian.registry.columns import institution_key, noun_key


class AdviceState(models.TextChoices):
    """Where a question stands."""

    DRAFT = "draft", _("草稿")
    ASKED = "asked", _("待答复")
    CLARIFYING = "clarifying", _("待补充情况")
    ANSWERED = "answered", _("已答复")
    ADVISED = "advised", _("已指导，无需转诊")
    CONVERTED = "converted", _("已转为转诊")
    CLOSED = "closed", _("已结束")
    DECLINED = "declined", _("未受理")
    WITHDRAWN = "withdrawn", _("已撤回")
    EXPIRED = "expired", _("逾期未答复")


class Priority(models.IntegerChoices):
    """How soon an answer is wanted; what is an emergency is no question but a referral."""

    URGENT = 2, _("加急")
    ROUTINE = 3, _("普通")


class Recommendation(models.TextChoices):
    """What the specialist advises about the place of treatment."""

    STAY = "stay", _("可在本机构继续诊治")
    REFER = "refer", _("建议转诊")
    LATER = "later", _("先按建议处理，观察后再定")


class Use(models.TextChoices):
    """What the asker made of the advice."""

    FOLLOWED = "followed", _("已采纳")
    PARTLY = "partly", _("部分采纳")
    NOT = "not", _("未采纳")


class Advice(Case):
    """A question about a patient, asked of a specialist of another member."""

    asker = institution_key(_("申请机构"))
    asker_department = noun_key("registry.Department", _("申请科室"))
    asker_doctor = noun_key("registry.Practitioner", _("申请医生"))
    contact_phone = models.CharField(_("联系电话"), max_length=40, blank=True)
    adviser = institution_key(_("受邀机构"), null=True, blank=True)
    adviser_department = noun_key("registry.Department", _("受邀科室"))
    adviser_doctor = noun_key("registry.Practitioner", _("受邀医生"))
    subject = models.CharField(_("诊疗科目"), max_length=20, blank=True, db_collation="C")
    subject_name = models.CharField(max_length=100, blank=True)

    question = models.TextField(_("咨询的问题"), blank=True)
    diagnosis = models.CharField(_("诊断编码"), max_length=40, blank=True, db_collation="C")
    diagnosis_name = models.CharField(_("诊断"), max_length=120, blank=True)
    impression = models.CharField(_("初步印象"), max_length=200, blank=True)
    present_history = models.TextField(_("病情摘要"), blank=True)
    treatment = models.TextField(_("已做处理"), blank=True)
    patient_agrees = models.BooleanField(_("患者已知情同意"), default=False)
    may_convert = models.BooleanField(_("授权对方拟转诊单"), default=False)

    details_wanted = models.TextField(_("需要补充的情况"), blank=True)
    details_given = models.TextField(_("补充的情况"), blank=True)
    further_question = models.TextField(_("追问"), blank=True)
    answer = models.TextField(_("答复意见"), blank=True)
    recommendation = models.CharField(
        _("处置建议"), max_length=8, choices=Recommendation.choices, blank=True, db_collation="C"
    )
    use = models.CharField(_("采纳情况"), max_length=8, choices=Use.choices, blank=True, db_collation="C")
    asked_at = models.DateTimeField(_("提问时间"), null=True, editable=False)
    answer_due_at = models.DateTimeField(_("答复期限"), null=True, editable=False)
    first_answered_at = models.DateTimeField(_("首次答复时间"), null=True, editable=False)
    answered_by = models.CharField(_("答复人"), max_length=100, blank=True, editable=False)

    class Meta:
        verbose_name = _("专家咨询")
        indexes = [
            models.Index(fields=["asked_at"], name="advice_asked_at", condition=models.Q(asked_at__isnull=False))
        ]
